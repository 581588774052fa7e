/*
 * The duty to repair damage in Dutch law: ten facts, one question, the whole table of answers.
 *
 * The rule is written twice, with its exceptions as undercutters and with one of them as an
 * opposing rule of higher rank. Each form must give the table on all 1,024 inputs, by the road that
 * users take: a case file, loaded and decided.
 *
 * Then facts are left unknown in all 3^10 ways. A definite label must be the answer of every
 * completion, and an open one must have completions that differ; which answers the completions give
 * is computed from the table alone, from the fewer unknowns to the more. These inputs are patched
 * into one case whose facts are all unknown, and only labelled, because loading 118,098 files would
 * test the loader. How many labels the engine found only by trying the completions is printed too.
 */
#include "conformance_kit.h"
#include "resolve.h"

enum { FACTS = 10, INPUTS = 1024, PARTIALS = 59049, ANSWER_NO = 1, ANSWER_YES = 2 };

struct table {
    struct text names[FACTS];
    bool duty[INPUTS];         /* by the facts as binary digits, the first the highest */
    uint8_t answers[PARTIALS]; /* by digits of base 3, the last the highest, 2 unknown: bits of
                                  the answers that the completions give */
};

static void table_read(struct table *table, struct suite *suite)
{
    const struct tree *root = suite_tree(suite, "tort/table.yaml");
    const struct tree *duty = tree_find(root, "duty");
    const struct tree *name = tree_find(root, "facts")->first;
    memset(table, 0, sizeof *table);
    suite_must(duty->count == 112, "112 inputs of the table are true");
    for (unsigned i = 0; i < FACTS; i++, name = name->next) {
        suite_must(name != NULL, "ten facts");
        table->names[i] = name->text;
    }
    for (const struct tree *row = duty->first; row != NULL; row = row->next) {
        unsigned input = 0;
        suite_must(row->text.length == FACTS, row->text.at);
        for (unsigned i = 0; i < FACTS; i++) {
            input = 2 * input + (row->text.at[i] == '1' ? 1u : 0u);
        }
        suite_must(!table->duty[input], "an input stands twice in the table");
        table->duty[input] = true;
    }
}

/* Whether a fact of a partial input is false (0), true (1) or unknown (2). */
static unsigned digit(unsigned partial, unsigned fact)
{
    for (unsigned i = 0; i < fact; i++) {
        partial /= 3;
    }
    return partial % 3;
}

/* The answers of an input: of the table, or of the two that make its first unknown fact known.
 * Those have lower numbers, so they were answered before. */
static uint8_t answers_of(const struct table *table, unsigned partial)
{
    unsigned input = 0;
    unsigned power = 1;
    for (unsigned fact = 0; fact < FACTS; fact++, power *= 3) {
        if (digit(partial, fact) == 2) {
            return table->answers[partial - power] | table->answers[partial - 2 * power];
        }
        input = 2 * input + digit(partial, fact);
    }
    return table->duty[input] ? ANSWER_YES : ANSWER_NO;
}

/* Answer all, and see that the table in this folder is the one whose counts were published. */
static void table_complete(struct table *table)
{
    unsigned counts[4] = {0, 0, 0, 0};
    for (unsigned partial = 0; partial < PARTIALS; partial++) {
        table->answers[partial] = answers_of(table, partial);
        counts[table->answers[partial]]++;
    }
    suite_must(counts[ANSWER_YES] == 1121 && counts[ANSWER_NO] == 39913 &&
                   counts[ANSWER_YES | ANSWER_NO] == 18015,
               "1,121 partial inputs are true, 39,913 false and 18,015 neither");
}

/* A case file; digits of base 3 say what is known. */
static struct text case_text(const struct table *table, struct suite *suite, unsigned partial)
{
    struct builder builder;
    builder_start(&builder, suite->arena);
    builder_puts(&builder, "amicus: case/1\n"
                           "case: {id: T1, as_of: 2025-01-01T00:00:00Z}\n"
                           "act:\n");
    for (unsigned i = 0; i < FACTS; i++) {
        const unsigned value = digit(partial, i);
        if (value < 2) {
            builder_putf(&builder, "  %s: %s\n", table->names[i].at, value == 1 ? "true" : "false");
        }
    }
    return suite_words(&builder);
}

static amicus_case *load(const amicus_rulebook *book, struct text text)
{
    amicus_diagnostics *list = NULL;
    amicus_case *subject = NULL;
    suite_must(amicus_diagnostics_open(&list) == AMICUS_OK, "no memory");
    amicus_status status =
        amicus_case_load(&subject, book, "case", text.at, text.length, AMICUS_FORMAT_YAML, list);
    suite_print(list);
    amicus_diagnostics_close(list);
    suite_must(status == AMICUS_OK, "a case of tort does not load");
    return subject;
}

static unsigned input_run(const struct table *table, struct suite *suite,
                          const amicus_rulebook *book, unsigned partial)
{
    const struct text text = case_text(table, suite, partial);
    amicus_case *subject = load(book, text);
    amicus_ruling *ruling = NULL;
    amicus_diagnostics *list = NULL;
    suite_must(amicus_diagnostics_open(&list) == AMICUS_OK &&
                   amicus_ruling_of(&ruling, book, subject, NULL, NULL, list) == AMICUS_OK,
               "a case of tort gets no ruling");
    /* An exception that outranks the rule decides; one that only stood beside it would be a
     * conflict with the same label. */
    const struct issue_result *duty =
        ruling_find_issue(ruling, image_find_issue(&book->image, text_of("duty")), RECORD_ROOT);
    suite_must(duty != NULL, "the question of tort");
    if (duty->is_conflict) {
        suite_differ(suite, text.at, "one rule to outrank the other", "a conflict");
    }
    const unsigned passed =
        !duty->is_conflict &&
        suite_check(suite, text.at, table->answers[partial] == ANSWER_YES ? "upheld" : "rejected",
                    suite_label(ruling, text_of("duty")));
    amicus_ruling_close(ruling);
    amicus_case_close(subject);
    amicus_diagnostics_close(list);
    return passed;
}

/* The partial inputs of one form, on patched copies of one case. */
struct bench {
    const struct table *table;
    struct suite *suite;
    const amicus_rulebook *book;
    amicus_case *subject; /* nothing is known of it */
    struct arena *arena;
    uint32_t slots[FACTS];
    uint32_t issue;
};

static void bench_open(struct bench *bench)
{
    const struct vocabulary *vocabulary = bench->book->vocabulary;
    const struct text text = TEXT("amicus: case/1\ncase: {id: T1, as_of: 2025-01-01T00:00:00Z}\n");
    bench->subject = load(bench->book, text);
    suite_must(arena_open(&bench->arena, (size_t)16 << 20) == AMICUS_OK, "no memory");
    for (unsigned i = 0; i < FACTS; i++) {
        char path[32];
        (void)snprintf(path, sizeof path, "act.%s", bench->table->names[i].at);
        bench->slots[i] =
            case_slot(bench->subject, RECORD_ROOT, vocabulary_find_path(vocabulary, text_of(path)));
    }
    bench->issue = image_find_issue(&bench->book->image, text_of("duty"));
    suite_must(bench->issue != INDEX_NONE, "the question of tort");
}

static void bench_close(struct bench *bench)
{
    amicus_case_close(bench->subject);
    arena_close(bench->arena);
}

/* Label a partial input. by_values receives whether only the values of unknown facts told. */
static enum label bench_label(const struct bench *bench, unsigned partial, bool *by_values)
{
    struct workspace workspace;
    arena_reset(bench->arena);
    suite_must(workspace_start(&workspace, bench->book, bench->subject, bench->arena) == AMICUS_OK,
               "no memory");
    struct value *values = workspace_patch_values(&workspace);
    suite_must(values != NULL, "no memory");
    for (unsigned i = 0; i < FACTS; i++, partial /= 3) {
        if (partial % 3 < 2) {
            values[bench->slots[i]] = (struct value){
                .as.n = partial % 3, .type = TYPE_BOOL, .standing = STANDING_ESTABLISHED};
        }
    }
    resolve_taken(&workspace);
    resolve_by_facts(&workspace);
    suite_must(workspace.status == AMICUS_OK, "a partial input gets no label");
    const struct issue_result *duty = &workspace.results[workspace.first_result[bench->issue]];
    *by_values = duty->whatever_unknown;
    return (enum label)duty->label;
}

/* Label every partial input. by_values receives how many labels only the values of unknown facts
 * told. returns how many labels are that of every completion, or open where those differ. */
static unsigned partials_run(const struct bench *bench, unsigned *by_values)
{
    unsigned exact = 0;
    *by_values = 0;
    for (unsigned partial = 0; partial < PARTIALS; partial++) {
        static const enum label WANTED[] = {[ANSWER_NO] = LABEL_REJECTED,
                                            [ANSWER_YES] = LABEL_UPHELD,
                                            [ANSWER_NO | ANSWER_YES] = LABEL_OPEN};
        bool is_by_values = false;
        const enum label label = bench_label(bench, partial, &is_by_values);
        const enum label wanted = WANTED[bench->table->answers[partial]];
        *by_values += is_by_values ? 1 : 0;
        exact += label == wanted ? 1 : 0;
        if (label != wanted) {
            suite_differ(bench->suite, case_text(bench->table, bench->suite, partial).at,
                         label_name(wanted), label_name(label));
        }
    }
    return exact;
}

/* Whether every fact of a partial input is known. */
static bool is_whole(unsigned partial)
{
    for (unsigned i = 0; i < FACTS; i++) {
        if (digit(partial, i) == 2) {
            return false;
        }
    }
    return true;
}

static void form_run(struct suite *suite, const struct table *table, const char *form)
{
    char name[64];
    char remark[100];
    (void)snprintf(name, sizeof name, "tort/%s", form);
    amicus_rulebook *book = suite_rulebook(suite, name);
    unsigned cases = 0;
    unsigned passed = 0;
    for (unsigned partial = 0; partial < PARTIALS; partial++) {
        if (is_whole(partial)) {
            cases++;
            passed += input_run(table, suite, book, partial);
        }
    }
    suite_must(cases == INPUTS, "1,024 inputs");
    (void)snprintf(name, sizeof name, "tort table, %s", form);
    suite_row(suite, (struct row){name, cases, passed, 0, "every fact known"});

    struct bench bench = {.table = table, .suite = suite, .book = book};
    unsigned by_values = 0;
    bench_open(&bench);
    const unsigned exact = partials_run(&bench, &by_values);
    bench_close(&bench);
    (void)snprintf(name, sizeof name, "tort partial inputs, %s", form);
    (void)snprintf(remark, sizeof remark, "exact; %u whatever the unknown facts are", by_values);
    suite_row(suite, (struct row){name, PARTIALS, exact, 0, remark});
    amicus_rulebook_close(book);
}

int main(int count, char **words)
{
    struct suite suite;
    static struct table table; /* too large for the stack */
    suite_open(&suite, count, words);
    table_read(&table, &suite);
    table_complete(&table);
    form_run(&suite, &table, "undercut");
    form_run(&suite, &table, "rank");
    return suite_close(&suite);
}
