/*
 * Argument graphs: each is made into a rulebook and decided, and its labels compared with those
 * that its author asserted; a graph with a cycle must be refused, with a true cycle named.
 *
 * How a graph becomes a rulebook:
 *   a statement    an issue of the case, s0, s1, ... in the order in which they are first named
 *   a fact         its issue has one rule, on a fact of the case that is true; nothing argues
 *                  against it
 *   an argument    a rule for the issue of its conclusion, a<n>.s<m>, on the labels of its
 *                  premises, and a rule against each alternative of the conclusion
 *   unless         an undercutter of all rules of the argument
 *   rank           the higher beats the lower where they meet on one issue
 *
 * `in` is upheld, `out` is rejected. A cycle is true if each of its issues rests on the next one:
 * as premise, or as what undercuts, of an argument for it or for one of its alternatives.
 */
#include "conformance_kit.h"

#include <dirent.h>

enum { STATEMENTS_MOST = 64, ARGUMENTS_MOST = 32, PREMISES_MOST = 8, NONE = 64 };

struct argument {
    unsigned conclusion, unless; /* statements; NONE */
    unsigned premises[PREMISES_MOST];
    unsigned premise_count;
    long rank;
};

struct graph {
    struct suite *suite;
    struct text names[STATEMENTS_MOST];
    unsigned statement_count;
    bool is_fact[STATEMENTS_MOST];
    bool is_opposed[STATEMENTS_MOST][STATEMENTS_MOST];
    struct argument arguments[ARGUMENTS_MOST];
    unsigned argument_count;
};

/* The number of a statement, a new one if it was not named before. */
static unsigned statement(struct graph *graph, const struct tree *node)
{
    for (unsigned i = 0; i < graph->statement_count; i++) {
        if (text_equal(graph->names[i], node->text)) {
            return i;
        }
    }
    suite_must(graph->statement_count < STATEMENTS_MOST, "more statements than the test has room");
    graph->names[graph->statement_count] = node->text;
    return graph->statement_count++;
}

static void read_alternatives(struct graph *graph, const struct tree *list)
{
    for (const struct tree *a = list->first; a != NULL; a = a->next) {
        for (const struct tree *b = list->first; b != NULL; b = b->next) {
            if (a != b) {
                graph->is_opposed[statement(graph, a)][statement(graph, b)] = true;
            }
        }
    }
}

static void read_argument(struct graph *graph, const struct tree *node)
{
    suite_must(graph->argument_count < ARGUMENTS_MOST, "more arguments than the test has room");
    struct argument *argument = &graph->arguments[graph->argument_count++];
    const struct tree *unless = tree_find(node, "unless");
    argument->conclusion = statement(graph, tree_find(node, "for"));
    argument->unless = unless == NULL ? NONE : statement(graph, unless);
    argument->rank = strtol(tree_find(node, "rank")->text.at, NULL, 10);
    const struct tree *premise = tree_find(node, "premises")->first;
    for (; premise != NULL; premise = premise->next) {
        suite_must(argument->premise_count < PREMISES_MOST, "more premises than there is room");
        argument->premises[argument->premise_count++] = statement(graph, premise);
    }
}

static void read_graph(struct graph *graph, struct suite *suite, const struct tree *root)
{
    memset(graph, 0, sizeof *graph);
    graph->suite = suite;
    const struct tree *one = tree_find(root, "facts")->first;
    for (; one != NULL; one = one->next) {
        graph->is_fact[statement(graph, one)] = true;
    }
    for (one = tree_find(root, "alternatives")->first; one != NULL; one = one->next) {
        read_alternatives(graph, one);
    }
    for (one = tree_find(root, "arguments")->first; one != NULL; one = one->next) {
        read_argument(graph, one);
    }
    const struct tree *expected = tree_find(root, "expected"); /* may name some that nothing else
                                                                  does */
    for (one = expected == NULL ? NULL : expected->first; one != NULL; one = one->next) {
        for (const struct tree *name = one->first; name != NULL; name = name->next) {
            (void)statement(graph, name);
        }
    }
}

/* Whether an argument has a rule on the issue of a statement; is_for receives its side. */
static bool meets(const struct graph *graph, const struct argument *argument, unsigned about,
                  bool *is_for)
{
    *is_for = argument->conclusion == about;
    return !graph->is_fact[about] && (*is_for || graph->is_opposed[argument->conclusion][about]);
}

static bool is_argued(const struct graph *graph, unsigned about)
{
    bool is_for = false;
    bool is_argued = false;
    for (unsigned i = 0; i < graph->argument_count; i++) {
        is_argued |= meets(graph, &graph->arguments[i], about, &is_for);
    }
    return is_argued;
}

/* The rules that an argument beats on an issue: of the other side there, and of lower rank. */
static void write_beats(struct builder *builder, const struct graph *graph, unsigned row,
                        unsigned about)
{
    bool is_for = false;
    bool is_theirs_for = false;
    bool is_first = true;
    const struct argument *own = &graph->arguments[row];
    (void)meets(graph, own, about, &is_for);
    for (unsigned i = 0; i < graph->argument_count; i++) {
        const struct argument *theirs = &graph->arguments[i];
        if (meets(graph, theirs, about, &is_theirs_for) && is_for != is_theirs_for &&
            own->rank > theirs->rank) {
            builder_putf(builder, "%s\"a%u.s%u\"", is_first ? ", beats = { " : ", ", i, about);
            is_first = false;
        }
    }
    builder_puts(builder, is_first ? "" : " }");
}

static void write_rule(struct builder *builder, const struct graph *graph, unsigned row,
                       unsigned about)
{
    bool is_for = false;
    const struct argument *argument = &graph->arguments[row];
    if (!meets(graph, argument, about, &is_for)) {
        return;
    }
    builder_putf(builder,
                 "rule \"a%u.s%u\" { title = \"an argument\", issue = \"s%u\", side = \"%s\",\n"
                 "  clause = \"G-1\", layer = \"practice\", when = all { ",
                 row, about, about, is_for ? "for" : "against");
    for (unsigned i = 0; i < argument->premise_count; i++) {
        builder_putf(builder, "issue.s%u:upheld(), ", argument->premises[i]);
    }
    if (argument->premise_count == 0) { /* it holds by itself */
        builder_puts(builder, "graph.stated:is(true) ");
    }
    builder_puts(builder, "}");
    write_beats(builder, graph, row, about);
    builder_puts(builder, " }\n");
}

static void write_undercutter(struct builder *builder, const struct graph *graph, unsigned row)
{
    bool is_for = false;
    bool is_first = true;
    const struct argument *argument = &graph->arguments[row];
    for (unsigned about = 0; argument->unless != NONE && about < graph->statement_count; about++) {
        if (meets(graph, argument, about, &is_for)) {
            builder_putf(builder, "%s\"a%u.s%u\"", is_first ? "undercut { " : ", ", row, about);
            is_first = false;
        }
    }
    if (!is_first) {
        builder_putf(builder,
                     " } { id = \"u%u\", title = \"it undercuts\", clause = \"G-1\",\n"
                     "  layer = \"practice\", when = issue.s%u:upheld() }\n",
                     row, argument->unless);
    }
}

static const char *script_of(const struct graph *graph)
{
    struct builder builder;
    builder_start(&builder, graph->suite->arena);
    builder_puts(&builder, "source \"S\" { title = \"a graph\", grade = \"D\" }\n"
                           "provision \"G-1\" { title = \"it argues\", source = \"S\", "
                           "layer = \"practice\" }\n");
    for (unsigned i = 0; i < graph->statement_count; i++) {
        builder_putf(&builder,
                     "issue \"s%u\" { title = \"%s\", each = \"case\", claimant = \"freelancer\",\n"
                     "  burden = \"freelancer\", standard = \"balance\" }\n",
                     i, graph->names[i].at);
        if (graph->is_fact[i] || !is_argued(graph, i)) {
            builder_putf(&builder,
                         "rule \"given.s%u\" { title = \"it is given\", issue = \"s%u\",\n"
                         "  side = \"for\", clause = \"G-1\", layer = \"practice\",\n"
                         "  when = graph.s%u:is(true) }\n",
                         i, i, i);
        }
    }
    for (unsigned row = 0; row < graph->argument_count; row++) {
        for (unsigned about = 0; about < graph->statement_count; about++) {
            write_rule(&builder, graph, row, about);
        }
        write_undercutter(&builder, graph, row);
    }
    return suite_words(&builder).at;
}

static const char *vocabulary_of(const struct graph *graph)
{
    struct builder builder;
    builder_start(&builder, graph->suite->arena);
    builder_puts(&builder, "amicus: vocabulary/1\n"
                           "roots: [case, graph]\n"
                           "roles: {case_id: case.id, as_of: case.as_of}\n"
                           "facts:\n"
                           "  - {path: case.id, type: id, knows: [platform], meaning: m}\n"
                           "  - {path: case.as_of, type: instant, knows: [platform], meaning: m}\n"
                           "  - {path: graph.stated, type: bool, knows: [platform], meaning: m}\n");
    for (unsigned i = 0; i < graph->statement_count; i++) {
        builder_putf(&builder, "  - {path: graph.s%u, type: bool, knows: [platform], meaning: m}\n",
                     i);
    }
    return suite_words(&builder).at;
}

static const char *case_of(const struct graph *graph)
{
    struct builder builder;
    builder_start(&builder, graph->suite->arena);
    builder_puts(&builder, "amicus: case/1\n"
                           "case: {id: G1, as_of: 2025-01-01T00:00:00Z}\n"
                           "graph:\n  stated: true\n");
    for (unsigned i = 0; i < graph->statement_count; i++) {
        builder_putf(&builder, "  s%u: %s\n", i, graph->is_fact[i] ? "true" : "false");
    }
    return suite_words(&builder).at;
}

/* Compare the statements under one key. returns how many agree. */
static unsigned labels_compare(struct graph *graph, const struct lab *lab, const char *file,
                               const struct tree *names, const char *want)
{
    unsigned passed = 0;
    const struct tree *one = names == NULL ? NULL : names->first;
    for (; one != NULL; one = one->next) {
        char issue[16];
        char where[200];
        (void)snprintf(issue, sizeof issue, "s%u", statement(graph, one));
        (void)snprintf(where, sizeof where, "%s: %s", file, one->text.at);
        passed += suite_check(graph->suite, where, want, suite_label(lab->ruling, text_of(issue)));
    }
    return passed;
}

static void acyclic_run(struct suite *suite, const char *file, struct row *row)
{
    struct graph graph;
    struct lab lab;
    const struct tree *root = suite_tree(suite, file);
    const struct tree *expected = tree_find(root, "expected");
    const struct tree *in = tree_find(expected, "in");
    const struct tree *out = tree_find(expected, "out");
    read_graph(&graph, suite, root);
    row->cases += (in == NULL ? 0 : in->count) + (out == NULL ? 0 : out->count);
    suite_must(expected->count == (in == NULL ? 0u : 1u) + (out == NULL ? 0u : 1u), file);
    lab_open(&lab, suite, vocabulary_of(&graph), script_of(&graph));
    if (lab_decide(&lab, case_of(&graph))) {
        row->passed += labels_compare(&graph, &lab, file, in, "upheld");
        row->passed += labels_compare(&graph, &lab, file, out, "rejected");
    } else {
        suite_differ(suite, file, "a ruling", "none");
    }
    lab_close(&lab);
}

/* Whether the issue of one statement rests on that of another. */
static bool rests_on(const struct graph *graph, unsigned above, unsigned below)
{
    bool is_for = false;
    bool is_resting = false;
    for (unsigned i = 0; i < graph->argument_count; i++) {
        const struct argument *argument = &graph->arguments[i];
        if (!meets(graph, argument, above, &is_for)) {
            continue;
        }
        is_resting |= argument->unless == below;
        for (unsigned k = 0; k < argument->premise_count; k++) {
            is_resting |= argument->premises[k] == below;
        }
    }
    return is_resting;
}

/* Whether a message names a true cycle: "...: s1 -> s2 -> s1". */
static bool is_true_cycle(const struct graph *graph, const char *what)
{
    const char *at = strstr(what, ": s");
    unsigned first = NONE;
    unsigned last = NONE;
    for (unsigned length = 0; at != NULL; length++) {
        char *end = NULL;
        const unsigned long next = strtoul(at + 3, &end, 10);
        if (next >= graph->statement_count ||
            (length > 0 && !rests_on(graph, last, (unsigned)next))) {
            return false;
        }
        first = length == 0 ? (unsigned)next : first;
        last = (unsigned)next;
        if (*end == '\0') {
            return length > 0 && first == last;
        }
        at = strncmp(end, " -> s", 5) == 0 ? end + 2 : NULL;
    }
    return false;
}

static void cyclic_run(struct suite *suite, const char *file, struct row *row)
{
    struct graph graph;
    struct lab lab;
    unsigned cycles = 0;
    bool is_true = true;
    read_graph(&graph, suite, suite_tree(suite, file));
    lab_open(&lab, suite, vocabulary_of(&graph), script_of(&graph));
    for (size_t i = 0; i < amicus_diagnostics_count(lab.list); i++) {
        const amicus_diagnostic *one = amicus_diagnostics_find(lab.list, i);
        if (strcmp(one->code, "P0420") == 0) {
            is_true &= is_true_cycle(&graph, one->what);
            cycles++;
        } else if (one->severity == AMICUS_ERROR) {
            is_true = false;
        }
    }
    bool is_passed = lab.status == AMICUS_INVALID && cycles > 0 && is_true;
    row->cases++;
    row->passed += is_passed ? 1 : 0;
    if (!is_passed) {
        suite_differ(suite, file, "refused with a true cycle", amicus_status_name(lab.status));
        suite_print(lab.list);
    }
    lab_close(&lab);
}

static int is_graph(const struct dirent *entry)
{
    const char *end = strrchr(entry->d_name, '.');
    return end != NULL && strcmp(end, ".json") == 0;
}

/* Run all graphs of a folder, in the order of their names. returns how many there are. */
static unsigned folder_run(struct suite *suite, const char *folder, struct row *row,
                           void (*run)(struct suite *, const char *, struct row *))
{
    char path[512];
    struct dirent **entries = NULL;
    (void)snprintf(path, sizeof path, CONFORMANCE_FOLDER "%s", folder);
    int found = scandir(path, &entries, is_graph, alphasort);
    suite_must(found > 0, path);
    for (int i = 0; i < found; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        run(suite, path, row);
        free(entries[i]);
    }
    free(entries);
    return (unsigned)found;
}

int main(int count, char **words)
{
    struct suite suite;
    struct row labels = {"argument_graphs labels", 0, 0, 0, "17 acyclic graphs"};
    struct row cycles = {"argument_graphs cyclic", 0, 0, 0, "refused with a true cycle named"};
    suite_open(&suite, count, words);
    suite_must(folder_run(&suite, "argument_graphs/acyclic", &labels, acyclic_run) == 17,
               "17 acyclic graphs");
    suite_must(labels.cases == 110, "they have 110 labels");
    suite_must(folder_run(&suite, "argument_graphs/cyclic", &cycles, cyclic_run) == 9,
               "9 cyclic graphs");
    suite_row(&suite, labels);
    suite_row(&suite, cycles);
    return suite_close(&suite);
}
