/*
 * amicus stats: how often people override suggestions, and which.
 *
 * Every case counts by the decision that stands. What a row needs of the ruling and of the case is
 * taken from their recorded bytes, in an arena that is emptied after each decision, so that memory
 * does not grow with the record.
 */
#include "date.h"
#include "ledger.h"
#include "review.h"
#include "yaml_tree.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#define REVIEW_BYTES ((size_t)256 << 20)
#define ROW_BYTES    ((size_t)64 << 20)
#define NAMES_MOST   256u

struct counting {
    struct session *session;
    struct ledger ledger;
    struct review review;
    struct expression where;
    struct arena *arena, *row; /* of the whole; of one decision */
};

static int read_options(struct counting *counting)
{
    const struct options *options = &counting->session->options;
    const char *by = options_value(options, OPTION_BY);
    const char *where = options_value(options, OPTION_WHERE);
    unsigned kind = 0;
    while (by != NULL && kind < BY_COUNT && strcmp(review_by_names[kind], by) != 0) {
        kind++;
    }
    if (kind == BY_COUNT) {
        diagnostics_add(counting->ledger.list, AMICUS_ERROR, "U0104", (struct place){"", 0, 0},
                        "write rule, ground, reviewer, month or outcome",
                        "'--by %.60s' is not understood", by);
    }
    counting->where = (struct expression){.count = 0};
    if (where != NULL && expression_read(&counting->where, where, &review_words,
                                         counting->ledger.list) != AMICUS_OK) {
        return ledger_say(&counting->ledger, EXIT_USAGE);
    }
    if (kind == BY_COUNT) {
        return ledger_say(&counting->ledger, EXIT_USAGE);
    }
    return exit_of(
        review_start(&counting->review, counting->arena, (enum review_by)kind, &counting->where));
}

/* Read bytes as what they are: JSON starts with a bracket. */
static const struct tree *read_tree(struct counting *counting, struct text bytes)
{
    const struct tree *root = NULL;
    amicus_diagnostics *list;
    const bool is_json = bytes.length > 0 && bytes.at[0] == '{';
    struct tree_source source = tree_source_of("", bytes, is_json);
    source.allows_null = true;
    if (amicus_diagnostics_open(&list) == AMICUS_OK) {
        (void)!(is_json ? tree_read_json(&root, counting->row, &source, list)
                        : tree_read_yaml(&root, counting->row, &source, list));
        amicus_diagnostics_close(list);
    }
    return root;
}

static size_t add_once(struct text *names, size_t count, struct text name)
{
    for (size_t i = 0; i < count; i++) {
        if (text_equal(names[i], name)) {
            return count;
        }
    }
    if (count < NAMES_MOST) {
        names[count++] = name;
    }
    return count;
}

/* The rules that applied, each once, and whether an item rests on a burden. */
static size_t read_ruling(const struct tree *root, struct text *rules, bool *is_on_burden)
{
    const struct tree *findings = root == NULL ? NULL : tree_find(root, "findings");
    const struct tree *items = root == NULL ? NULL : tree_find(root, "items");
    size_t count = 0;
    for (const struct tree *at = findings == NULL ? NULL : findings->first; at != NULL;
         at = at->next) {
        const struct tree *rule = tree_find(at, "rule");
        const struct tree *status = tree_find(at, "status");
        if (rule != NULL && status != NULL && tree_is(status, "applied")) {
            count = add_once(rules, count, rule->text);
        }
    }
    for (const struct tree *at = items == NULL ? NULL : items->first; at != NULL; at = at->next) {
        const struct tree *burden = tree_find(at, "on_burden");
        *is_on_burden = *is_on_burden || (burden != NULL && tree_is(burden, "true"));
    }
    return count;
}

/* The grounds of a case: plain names, or a statement that has them under `is`. */
static size_t read_grounds(const struct tree *root, struct text *grounds)
{
    const struct tree *subject = root == NULL ? NULL : tree_find(root, "case");
    const struct tree *list = subject == NULL ? NULL : tree_find(subject, "grounds");
    size_t count = 0;
    if (list != NULL && list->kind == TREE_MAP) {
        list = tree_find(list, "is");
    }
    for (const struct tree *at = list == NULL ? NULL : list->first; at != NULL; at = at->next) {
        count = at->kind == TREE_SCALAR ? add_once(grounds, count, at->text) : count;
    }
    return count;
}

/* The reviewer as he is named: what was claimed, else the whole. */
static struct text person_of(struct text actor)
{
    const char *slash = actor.length == 0 ? NULL : memchr(actor.at, '/', actor.length);
    const size_t cut = slash == NULL ? 0 : (size_t)(slash - actor.at) + 1;
    return (struct text){actor.at + cut, actor.length - cut};
}

static enum store_status take_decision(struct counting *counting,
                                       const struct kept_decision *decision,
                                       struct review_decision *row)
{
    struct store *store = counting->ledger.store;
    struct kept_ruling ruling;
    struct kept_case subject;
    struct text *names = arena_give_array(counting->row, 2 * NAMES_MOST, sizeof *names);
    enum store_status status =
        names == NULL ? STORE_MEMORY
                      : store_find_ruling(store, decision->ruling_id, counting->row, &ruling);
    if (status == STORE_OK) {
        status = store_find_case(store, ruling.case_id, ruling.case_n, counting->row, &subject);
    }
    if (status != STORE_OK) {
        return status;
    }
    struct builder month;
    builder_start(&month, counting->row);
    instant_write(&month, decision->at_s);
    if (builder_end(&row->month, &month) != AMICUS_OK || row->month.length < 7) {
        return STORE_MEMORY;
    }
    row->month.length = 7;
    row->case_id = ruling.case_id;
    row->reviewer = person_of(decision->actor);
    row->reason = decision->reason;
    row->suggested = outcome_find(ruling.outcome);
    row->outcome = outcome_find(decision->outcome);
    row->is_override = text_is(decision->kind, "override");
    row->moved_minor = decision->moved_minor;
    row->rules = names;
    row->rule_count = read_ruling(read_tree(counting, ruling.json), names, &row->is_on_burden);
    row->grounds = names + NAMES_MOST;
    row->ground_count = read_grounds(read_tree(counting, subject.bytes), names + NAMES_MOST);
    return STORE_OK;
}

static int count_one(struct counting *counting, int64_t id)
{
    struct kept_decision decision;
    struct review_decision row = {.rule_count = 0};
    arena_reset(counting->row);
    enum store_status status =
        store_find_decision(counting->ledger.store, id, counting->row, &decision);
    if (status == STORE_OK && decision.state != STANDS_IN_FORCE) {
        counting->review.left_out++;
        return EXIT_DONE;
    }
    if (status == STORE_OK) {
        status = take_decision(counting, &decision, &row);
    }
    if (status == STORE_OK && (row.suggested == OUTCOME_COUNT || row.outcome == OUTCOME_COUNT)) {
        counting->review.left_out++;
        return EXIT_DONE;
    }
    return status == STORE_OK ? exit_of(review_add(&counting->review, &row))
                              : ledger_fail(&counting->ledger, status);
}

static int put(struct counting *counting, struct output *output)
{
    struct outline outline;
    struct builder builder;
    struct text text;
    if (output->format != FORMAT_CSV && output->format != FORMAT_SVG) {
        outline_start(&outline, counting->arena, "stats");
        review_write_outline(&outline, &counting->review);
        return outline_end(&outline) == AMICUS_OK
                   ? session_put_outline(counting->session, output, &outline, "amicus.stats/1")
                   : EXIT_AGAIN;
    }
    builder_start(&builder, counting->arena);
    if (output->format == FORMAT_CSV) {
        review_write_csv(&builder, &counting->review);
    } else {
        review_write_svg(&builder, &counting->review);
    }
    if (builder_end(&text, &builder) != AMICUS_OK) {
        return EXIT_AGAIN;
    }
    output_put(output, text);
    return EXIT_DONE;
}

static int count_all(struct counting *counting)
{
    struct ruling_ids ids = {.arena = counting->arena};
    int code = ledger_fail(&counting->ledger, store_list_standing(counting->ledger.store, &ids));
    for (size_t i = 0; i < ids.count && code == EXIT_DONE; i++) {
        code = count_one(counting, ids.ids[i]);
    }
    if (code == EXIT_DONE && counting->review.decisions == 0) {
        session_say(counting->session, text_of("no decision is meant\n"));
        return EXIT_NOTHING;
    }
    struct outputs *outputs = &counting->session->outputs;
    for (size_t i = 0; i < outputs->count && code == EXIT_DONE; i++) {
        code = put(counting, &outputs->all[i]);
    }
    return code;
}

int command_stats(struct session *session)
{
    assert(session != NULL);
    assert(session->options.operand_count == 0);
    struct counting counting = {.session = session};
    int code = ledger_open(&counting.ledger, session, LEDGER_READ);
    if (code == EXIT_DONE && (arena_open(&counting.arena, REVIEW_BYTES) != AMICUS_OK ||
                              arena_open(&counting.row, ROW_BYTES) != AMICUS_OK)) {
        code = EXIT_AGAIN;
    }
    if (code == EXIT_DONE) {
        code = read_options(&counting);
    }
    if (code == EXIT_DONE) {
        code = count_all(&counting);
    }
    arena_close(counting.row);
    arena_close(counting.arena);
    ledger_close(&counting.ledger);
    return code;
}
