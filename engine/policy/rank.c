/*
 * Ranks: `beats` inside a group, closed transitively.
 *
 * A group is what can be ranked by name at all: the rules of one issue and layer, the remedies of
 * one stratum, all fallbacks. Between groups the layer or the stratum decides, so a `beats` that
 * points out of its group says nothing, or the opposite of what holds; the checker tells which.
 * The closure is a walk from each row over the edges of its group; who comes back to where it began
 * is a cycle, and is refused with its path. Undercutters are walked likewise.
 *
 * Cost: rows times edges of a group; groups are small.
 */
#include "compiler.h"

#include <assert.h>

/* The rows of one kind, their group and the rows that each names in `beats`. */
struct ranking {
    struct compiler *compiler;
    uint32_t count;
    const struct draft **drafts; /* by row */
    const uint64_t *groups;      /* by row */
    uint32_t *edge_first;        /* by row, and one behind: into edges */
    uint32_t *edges;
    uint32_t *seen;   /* by row: the walk that saw it last, + 1 */
    uint32_t *parent; /* by row: from where it was reached */
    uint32_t *stack;
    uint32_t stack_count;
};

static bool ranking_start(struct ranking *ranking, uint32_t count, uint32_t edge_count)
{
    struct compiler *compiler = ranking->compiler;
    ranking->count = count;
    ranking->edge_first = compiler_give(compiler, (size_t)count + 1, sizeof(uint32_t));
    ranking->edges = compiler_give(compiler, edge_count, sizeof(uint32_t));
    ranking->seen = compiler_give(compiler, count, sizeof(uint32_t));
    ranking->parent = compiler_give(compiler, count, sizeof(uint32_t));
    ranking->stack = compiler_give(compiler, count, sizeof(uint32_t));
    return compiler->status == AMICUS_OK;
}

/* Take one edge of a walk. returns true if it comes back to where the walk began. */
static bool follow(struct ranking *ranking, uint32_t start, uint32_t row, uint32_t next)
{
    if (ranking->seen[next] == start + 1) {
        return false;
    }
    ranking->seen[next] = start + 1;
    ranking->parent[next] = row;
    if (next != start) {
        ranking->stack[ranking->stack_count++] = next;
    }
    return next == start;
}

/* Reach everything from one row; `start` itself is marked only if a walk comes back to it. */
static bool walk(struct ranking *ranking, uint32_t start)
{
    bool is_cycle = false;
    ranking->stack_count = 0;
    ranking->stack[ranking->stack_count++] = start;
    while (ranking->stack_count > 0) {
        uint32_t row = ranking->stack[--ranking->stack_count];
        for (uint32_t i = ranking->edge_first[row]; i < ranking->edge_first[row + 1]; i++) {
            is_cycle = follow(ranking, start, row, ranking->edges[i]) || is_cycle;
        }
    }
    return is_cycle;
}

/* Report the cycle that the last walk found, once: from its first row by id. */
static void refuse_cycle(struct ranking *ranking, uint32_t start, const char *code,
                         const char *verb)
{
    struct compiler *compiler = ranking->compiler;
    for (uint32_t row = ranking->parent[start]; row != start; row = ranking->parent[row]) {
        if (row < start) {
            return;
        }
    }
    uint32_t *path = ranking->stack; /* it is empty now */
    uint32_t length = 0;
    for (uint32_t row = ranking->parent[start]; row != start; row = ranking->parent[row]) {
        path[length++] = row;
    }
    struct builder builder;
    builder_start(&builder, compiler->arena);
    builder_put(&builder, ranking->drafts[start]->id);
    for (; length > 0; length--) {
        builder_putf(&builder, " %s %.*s", verb, SHOWN(ranking->drafts[path[length - 1]]->id));
    }
    builder_putf(&builder, " %s %.*s", verb, SHOWN(ranking->drafts[start]->id));
    struct text text;
    const struct draft *draft = ranking->drafts[start];
    diagnostics_add(compiler->list, AMICUS_ERROR, code, draft_place(compiler, draft, draft->id),
                    "take one of them out", "a cycle: %s",
                    builder_end(&text, &builder) == AMICUS_OK ? text.at : "");
}

/* Put what each row reaches into the indices. */
static uint32_t put_reached(struct ranking *ranking, uint32_t start, uint32_t *first)
{
    uint32_t count = 0;
    *first = compiler_count(ranking->compiler, TABLE_INDICES);
    for (uint32_t row = 0; row < ranking->count; row++) {
        if (ranking->seen[row] == start + 1) {
            (void)compiler_indices(ranking->compiler, &row, 1);
            count += 1;
        }
    }
    return count;
}

/* --- beats --- */

static void refuse_unknown(struct compiler *compiler, const struct draft *draft, struct text name)
{
    struct text near = map_nearest(compiler->names[draft->kind], name);
    bool is_undercut =
        draft->kind == DECLARE_RULE && draft_find(compiler, DECLARE_UNDERCUT, name) != NULL;
    diagnostics_add(compiler->list, AMICUS_ERROR, "P0405", draft_place(compiler, draft, name),
                    is_undercut ? "undercut the undercutter instead" : mend_near(compiler, near),
                    is_undercut ? "%s '%.*s' beats '%.*s', which is an undercutter, not a rule"
                                : "%s '%.*s' beats '%.*s', which is not declared",
                    declare_name(draft->kind), SHOWN(draft->id), SHOWN(name));
}

static bool is_lower(const struct compiler *compiler, const struct draft *a, const struct draft *b)
{
    if (a->kind == DECLARE_RULE) {
        const struct rule_row *x = compiler_row(compiler, TABLE_RULES, a->row);
        const struct rule_row *y = compiler_row(compiler, TABLE_RULES, b->row);
        return x->layer < y->layer;
    }
    const struct remedy_row *x = compiler_row(compiler, TABLE_REMEDIES, a->row);
    const struct remedy_row *y = compiler_row(compiler, TABLE_REMEDIES, b->row);
    return x->stratum < y->stratum;
}

static bool is_other_issue(const struct compiler *compiler, const struct draft *a,
                           const struct draft *b)
{
    if (a->kind != DECLARE_RULE) {
        return false;
    }
    const struct rule_row *x = compiler_row(compiler, TABLE_RULES, a->row);
    const struct rule_row *y = compiler_row(compiler, TABLE_RULES, b->row);
    return x->issue != y->issue;
}

/* A `beats` that leaves its group: an error across issues, else a warning if it can never hold. */
static void check_outside(struct compiler *compiler, const struct draft *draft,
                          const struct draft *beaten)
{
    if (is_other_issue(compiler, draft, beaten)) {
        diagnostics_add(compiler->list, AMICUS_ERROR, "P0423",
                        draft_place(compiler, draft, beaten->id),
                        "rules of different issues do not meet; ask the issue in `unless`",
                        "rule '%.*s' beats '%.*s', which argues another issue", SHOWN(draft->id),
                        SHOWN(beaten->id));
        return;
    }
    if (is_lower(compiler, draft, beaten)) {
        diagnostics_add(compiler->list, AMICUS_WARNING, "P0424",
                        draft_place(compiler, draft, beaten->id), "remove it, or move one of them",
                        "%s '%.*s' cannot beat '%.*s', which is of a higher %s",
                        declare_name(draft->kind), SHOWN(draft->id), SHOWN(beaten->id),
                        draft->kind == DECLARE_RULE ? "layer" : "stratum");
    }
}

/* Take what one draft beats. returns how many edges there are then. */
static uint32_t take_beats(struct ranking *ranking, const struct draft *draft, uint32_t found)
{
    struct compiler *compiler = ranking->compiler;
    for (uint32_t i = 0; i < draft_texts_count(draft, FIELD_BEATS); i++) {
        struct text name = draft_texts_at(draft, FIELD_BEATS, i);
        const struct draft *beaten = draft_find(compiler, (enum declare)draft->kind, name);
        if (beaten == NULL) {
            refuse_unknown(compiler, draft, name);
        } else if (ranking->groups[draft->row] != ranking->groups[beaten->row]) {
            check_outside(compiler, draft, beaten);
        } else {
            ranking->edges[found++] = beaten->row;
        }
    }
    return found;
}

/* Rows without a draft of the ranked kind (undercutters, among rules) beat nothing. */
static void take_edges(struct ranking *ranking)
{
    uint32_t found = 0;
    for (uint32_t row = 0; row < ranking->count; row++) {
        const struct draft *draft = ranking->drafts[row];
        ranking->edge_first[row] = found;
        found = draft == NULL ? found : take_beats(ranking, draft, found);
    }
    ranking->edge_first[ranking->count] = found;
}

static uint32_t edges_most(const struct compiler *compiler, enum declare kind)
{
    uint32_t most = 0;
    for (uint32_t i = 0; i < compiler->drafts[kind].count; i++) {
        most += draft_texts_count(&compiler->drafts[kind].items[i], FIELD_BEATS);
    }
    return most;
}

static const struct draft **drafts_by_row(struct compiler *compiler, enum declare kind,
                                          const struct draft **rows)
{
    for (uint32_t i = 0; rows != NULL && i < compiler->drafts[kind].count; i++) {
        rows[compiler->drafts[kind].items[i].row] = &compiler->drafts[kind].items[i];
    }
    return rows;
}

/* Where a row of a table keeps what it beats. */
static void beaten_fields(struct compiler *compiler, enum table table, uint32_t row,
                          uint32_t **first, uint32_t **count)
{
    void *at = compiler_row(compiler, table, row);
    if (table == TABLE_RULES) {
        struct rule_row *rule = at;
        *first = &rule->first_beaten;
        *count = &rule->beaten_count;
    } else if (table == TABLE_REMEDIES) {
        struct remedy_row *remedy = at;
        *first = &remedy->first_beaten;
        *count = &remedy->beaten_count;
    } else {
        struct fallback_row *fallback = at;
        *first = &fallback->first_beaten;
        *count = &fallback->beaten_count;
    }
}

static void rank_table(struct compiler *compiler, enum declare kind, enum table table,
                       const uint64_t *groups)
{
    uint32_t count = compiler_count(compiler, table);
    struct ranking ranking = {.compiler = compiler, .groups = groups};
    const struct draft **drafts = compiler_give(compiler, count, sizeof(void *));
    if (drafts == NULL || !ranking_start(&ranking, count, edges_most(compiler, kind))) {
        return;
    }
    ranking.drafts = drafts_by_row(compiler, kind, drafts);
    take_edges(&ranking);
    for (uint32_t row = 0; row < count; row++) {
        if (ranking.edge_first[row] == ranking.edge_first[row + 1]) {
            continue;
        }
        if (walk(&ranking, row)) {
            refuse_cycle(&ranking, row, "P0421", "beats");
        }
        uint32_t *first = NULL;
        uint32_t *beaten = NULL;
        beaten_fields(compiler, table, row, &first, &beaten);
        *beaten = put_reached(&ranking, row, first);
    }
}

/* --- undercutters --- */

static void check_undercutters(struct compiler *compiler)
{
    uint32_t count = compiler_count(compiler, TABLE_RULES);
    struct ranking ranking = {.compiler = compiler};
    const struct draft **drafts = compiler_give(compiler, count, sizeof(void *));
    uint32_t edges = 0;
    for (uint32_t row = 0; row < count; row++) {
        const struct rule_row *rule = compiler_row(compiler, TABLE_RULES, row);
        edges += rule->undercutter_count;
    }
    if (drafts == NULL || !ranking_start(&ranking, count, edges)) {
        return;
    }
    drafts_by_row(compiler, DECLARE_RULE, drafts);
    ranking.drafts = drafts_by_row(compiler, DECLARE_UNDERCUT, drafts);
    uint32_t found = 0;
    for (uint32_t row = 0; row < count; row++) {
        const struct rule_row *rule = compiler_row(compiler, TABLE_RULES, row);
        ranking.edge_first[row] = found;
        for (uint32_t i = 0; i < rule->undercutter_count; i++) {
            ranking.edges[found++] =
                *(uint32_t *)compiler_row(compiler, TABLE_INDICES, rule->first_undercutter + i);
        }
    }
    ranking.edge_first[count] = found;
    for (uint32_t row = 0; row < count; row++) {
        if (walk(&ranking, row)) {
            refuse_cycle(&ranking, row, "P0422", "is undercut by");
        }
    }
}

/* --- the whole --- */

void rank_rules(struct compiler *compiler)
{
    assert(compiler != NULL);
    assert(compiler->status == AMICUS_OK);
    uint32_t count = compiler_count(compiler, TABLE_RULES);
    uint64_t *groups = compiler_give(compiler, count, sizeof *groups);
    for (uint32_t row = 0; groups != NULL && row < count; row++) {
        const struct rule_row *rule = compiler_row(compiler, TABLE_RULES, row);
        groups[row] = ((uint64_t)rule->issue << 8) | rule->layer;
    }
    if (groups != NULL) {
        rank_table(compiler, DECLARE_RULE, TABLE_RULES, groups);
        check_undercutters(compiler);
    }
}

void rank_remedies(struct compiler *compiler)
{
    assert(compiler != NULL);
    assert(compiler->status == AMICUS_OK);
    uint32_t count = compiler_count(compiler, TABLE_REMEDIES);
    uint32_t fallbacks = compiler_count(compiler, TABLE_FALLBACKS);
    uint64_t *strata = compiler_give(compiler, count, sizeof *strata);
    uint64_t *one = compiler_give(compiler, fallbacks, sizeof *one);
    if (strata == NULL || one == NULL) {
        return;
    }
    for (uint32_t row = 0; row < count; row++) {
        const struct remedy_row *remedy = compiler_row(compiler, TABLE_REMEDIES, row);
        strata[row] = remedy->stratum;
    }
    rank_table(compiler, DECLARE_REMEDY, TABLE_REMEDIES, strata);
    rank_table(compiler, DECLARE_FALLBACK, TABLE_FALLBACKS, one);
}
