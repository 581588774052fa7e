/*
 * Coverage of a rulebook.
 *
 * The evaluator marks each node with what it came to; everything else is read from rulings. Nothing
 * is evaluated a second time. A condition is a test that an author wrote: the parts of all, any and
 * no, down to the first that is none of them, in the when and unless of rules and in the guards of
 * remedies. What is inside a some or an every is a part of that test. A constant is no condition.
 *
 * Marks only ever add up, so the order in which tests run, and in how many threads, leaves no
 * trace.
 */
#include "coverage.h"

#include <assert.h>
#include <string.h>

enum { SEEN_BOTH = 1u << KLEENE_FALSE | 1u << KLEENE_TRUE };

struct coverage *coverage_of(struct arena *arena, const struct amicus_rulebook *rulebook)
{
    assert(arena != NULL);
    assert(rulebook != NULL);
    const struct image *image = &rulebook->image;
    struct coverage *coverage = arena_give(arena, sizeof *coverage);
    if (coverage == NULL) {
        return NULL;
    }
    coverage->rulebook = rulebook;
    coverage->arena = arena;
    coverage->seen = arena_give_array(arena, image->node_count, sizeof *coverage->seen);
    coverage->rules = arena_give_array(arena, image->rule_count, sizeof *coverage->rules);
    coverage->provisions =
        arena_give_array(arena, image->provision_count, sizeof *coverage->provisions);
    coverage->facts =
        arena_give_array(arena, image->vocabulary->fact_count, sizeof *coverage->facts);
    bool is_made = coverage->seen != NULL && coverage->rules != NULL &&
                   coverage->provisions != NULL && coverage->facts != NULL;
    return is_made ? coverage : NULL;
}

static void cite(struct coverage *coverage, text_at clause)
{
    const struct image *image = &coverage->rulebook->image;
    uint32_t row = image_find_provision(image, image_text(image, clause));
    if (row != INDEX_NONE) {
        coverage->provisions[row] = true;
    }
}

static void note_findings(struct coverage *coverage, const struct amicus_ruling *ruling)
{
    for (uint32_t i = 0; i < ruling->finding_count; i++) {
        const struct finding *finding = &ruling->findings[i];
        coverage->rules[finding->rule] |= (uint8_t)(1u << finding->value);
        if (finding->status == FINDING_APPLIED) {
            cite(coverage, coverage->rulebook->image.rules[finding->rule].clause);
        }
    }
}

void coverage_note(struct coverage *coverage, const struct amicus_ruling *ruling)
{
    assert(coverage != NULL && ruling != NULL);
    assert(coverage->rulebook->image.node_count == ruling->rulebook->image.node_count);
    const struct image *image = &coverage->rulebook->image;
    note_findings(coverage, ruling);
    for (uint32_t i = 0; i < ruling->item_count; i++) {
        if (ruling->items[i].remedy != INDEX_NONE) {
            cite(coverage, image->remedies[ruling->items[i].remedy].clause);
        }
    }
    for (uint32_t i = 0; i < ruling->flag_count; i++) {
        if (ruling->flags[i].flag != INDEX_NONE) {
            cite(coverage, image->flags[ruling->flags[i].flag].clause);
        }
    }
    if (ruling->if_nobody_acts.is_known) {
        cite(coverage, image->fallbacks[ruling->if_nobody_acts.row].clause);
    }
    for (uint32_t i = 0; i < ruling->read_count; i++) {
        if (ruling->reads[i].fact != FACT_NONE) {
            coverage->facts[ruling->reads[i].fact] = true;
        }
    }
}

void coverage_merge(struct coverage *coverage, const struct coverage *other)
{
    assert(coverage != NULL && other != NULL);
    assert(coverage->rulebook == other->rulebook);
    const struct image *image = &coverage->rulebook->image;
    for (uint32_t i = 0; i < image->node_count; i++) {
        coverage->seen[i] |= other->seen[i];
    }
    for (uint32_t i = 0; i < image->rule_count; i++) {
        coverage->rules[i] |= other->rules[i];
    }
    for (uint32_t i = 0; i < image->provision_count; i++) {
        coverage->provisions[i] |= other->provisions[i];
    }
    for (uint32_t i = 0; i < image->vocabulary->fact_count; i++) {
        coverage->facts[i] |= other->facts[i];
    }
}

/* --- walking --- */

/* Who is told of each thing that can be tried. */
struct visitor {
    const struct coverage *coverage;
    struct coverage_count count;
    struct gap_rows *gaps;
    bool *visited; /* by node: a condition that two rules share is one */
    amicus_status status;
};

static struct text origin_text(struct visitor *visitor, uint32_t file, uint32_t line)
{
    const struct image *image = &visitor->coverage->rulebook->image;
    struct builder builder;
    struct text text = {"", 0};
    builder_start(&builder, visitor->coverage->arena);
    if (file < image->file_count) {
        builder_put(&builder, image_text(image, image->files[file].path));
        builder_putc(&builder, ':');
        builder_put_int(&builder, line);
    }
    amicus_status status = builder_end(&text, &builder);
    visitor->status = visitor->status == AMICUS_OK ? status : visitor->status;
    return text;
}

static void add_gap(struct visitor *visitor, const struct gap_row *gap)
{
    void *rows = visitor->gaps->rows;
    amicus_status status = arena_grow(visitor->coverage->arena, &rows, &visitor->gaps->capacity,
                                      visitor->gaps->count, sizeof *visitor->gaps->rows);
    visitor->gaps->rows = rows;
    if (status != AMICUS_OK) {
        visitor->status = status;
        return;
    }
    visitor->gaps->rows[visitor->gaps->count++] = *gap;
}

static const char *lack_of(uint8_t bits)
{
    if ((bits & SEEN_BOTH) == 0) {
        return "never decided";
    }
    return (bits & 1u << KLEENE_TRUE) == 0 ? "never true" : "never false";
}

/* Count a thing. returns true if it is not done */
static bool count_share(struct share *share, bool is_done)
{
    share->all++;
    share->done += is_done;
    return !is_done;
}

static void visit_leaf(struct visitor *visitor, uint32_t node)
{
    const struct image *image = &visitor->coverage->rulebook->image;
    uint8_t bits = visitor->coverage->seen[node];
    if (!count_share(&visitor->count.conditions, (bits & SEEN_BOTH) == SEEN_BOTH)) {
        return;
    }
    struct gap_row gap = {.lacks = lack_of(bits)};
    struct builder builder;
    builder_start(&builder, visitor->coverage->arena);
    image_write_node(&builder, image, node);
    amicus_status status = builder_end(&gap.what, &builder);
    visitor->status = visitor->status == AMICUS_OK ? status : visitor->status;
    gap.origin = origin_text(visitor, image->nodes[node].file, image->nodes[node].line);
    add_gap(visitor, &gap);
}

/* Visit the conditions of a node. Conditions nest LIMIT_CONDITION_DEPTH deep at most. */
/* NOLINTNEXTLINE(misc-no-recursion) */
static void visit_condition(struct visitor *visitor, uint32_t node)
{
    const struct image *image = &visitor->coverage->rulebook->image;
    if (node == NODE_NONE || visitor->visited[node]) {
        return;
    }
    const struct node *at = &image->nodes[node];
    visitor->visited[node] = true;
    if (at->op == NODE_ALL || at->op == NODE_ANY || at->op == NODE_NO) {
        for (uint32_t i = 0; i < at->b; i++) {
            visit_condition(visitor, image->args[at->a + i]);
        }
    } else if (at->op != NODE_CONST) {
        visit_leaf(visitor, node);
    }
}

static void visit_rules(struct visitor *visitor)
{
    const struct image *image = &visitor->coverage->rulebook->image;
    for (uint32_t i = 0; i < image->rule_count; i++) {
        const struct rule_row *rule = &image->rules[i];
        uint8_t bits = visitor->coverage->rules[i];
        if (count_share(&visitor->count.rules, (bits & SEEN_BOTH) == SEEN_BOTH)) {
            struct gap_row gap = {
                .what = image_text(image, rule->id),
                .origin = origin_text(visitor, rule->origin.file, rule->origin.line),
                .lacks = (bits & 1u << KLEENE_TRUE) == 0 ? "never applied" : "always applied"};
            add_gap(visitor, &gap);
        }
    }
}

static void visit_conditions(struct visitor *visitor)
{
    const struct image *image = &visitor->coverage->rulebook->image;
    for (uint32_t i = 0; i < image->rule_count; i++) {
        visit_condition(visitor, image->rules[i].when);
        visit_condition(visitor, image->rules[i].unless);
    }
    for (uint32_t i = 0; i < image->remedy_count; i++) {
        visit_condition(visitor, image->remedies[i].when);
    }
}

static void mark_clause(const struct image *image, bool *named, text_at clause)
{
    uint32_t row = image_find_provision(image, image_text(image, clause));
    if (row != INDEX_NONE) {
        named[row] = true;
    }
}

static void visit_clauses(struct visitor *visitor, bool *named)
{
    const struct image *image = &visitor->coverage->rulebook->image;
    for (uint32_t i = 0; i < image->rule_count; i++) {
        mark_clause(image, named, image->rules[i].clause);
    }
    for (uint32_t i = 0; i < image->remedy_count; i++) {
        mark_clause(image, named, image->remedies[i].clause);
    }
    for (uint32_t i = 0; i < image->flag_count; i++) {
        mark_clause(image, named, image->flags[i].clause);
    }
    for (uint32_t i = 0; i < image->fallback_count; i++) {
        mark_clause(image, named, image->fallbacks[i].clause);
    }
    for (uint32_t i = 0; i < image->provision_count; i++) {
        const struct provision_row *row = &image->provisions[i];
        if (named[i] && count_share(&visitor->count.clauses, visitor->coverage->provisions[i])) {
            struct gap_row gap = {.what = image_text(image, row->id),
                                  .origin =
                                      origin_text(visitor, row->origin.file, row->origin.line),
                                  .lacks = "never cited"};
            add_gap(visitor, &gap);
        }
    }
}

static void visit_facts(struct visitor *visitor, bool *named)
{
    const struct image *image = &visitor->coverage->rulebook->image;
    for (uint32_t i = 0; i < image->node_count; i++) {
        if (image->nodes[i].op == NODE_FACT) {
            named[image->nodes[i].b] = true;
        }
    }
    for (uint32_t i = 0; i < image->vocabulary->fact_count; i++) {
        if (named[i] && count_share(&visitor->count.facts, visitor->coverage->facts[i])) {
            struct gap_row gap = {
                .what = image->vocabulary->facts[i].path, .origin = {"", 0}, .lacks = "never read"};
            add_gap(visitor, &gap);
        }
    }
}

static amicus_status visit(struct visitor *visitor)
{
    const struct image *image = &visitor->coverage->rulebook->image;
    struct arena *arena = visitor->coverage->arena;
    visitor->visited = arena_give_array(arena, image->node_count, sizeof *visitor->visited);
    bool *clauses = arena_give_array(arena, image->provision_count, sizeof *clauses);
    bool *facts = arena_give_array(arena, image->vocabulary->fact_count, sizeof *facts);
    if (visitor->visited == NULL || clauses == NULL || facts == NULL) {
        return AMICUS_MEMORY;
    }
    visit_rules(visitor);
    visit_conditions(visitor);
    visit_clauses(visitor, clauses);
    visit_facts(visitor, facts);
    return visitor->status;
}

amicus_status coverage_gaps(struct gap_rows *out, struct coverage_count *count,
                            const struct coverage *coverage)
{
    assert(out != NULL && count != NULL);
    assert(coverage != NULL);
    *out = (struct gap_rows){NULL, 0, 0};
    struct visitor visitor = {.coverage = coverage, .gaps = out};
    amicus_status status = visit(&visitor);
    *count = visitor.count;
    return status;
}

uint32_t coverage_least(const struct coverage_count *count)
{
    assert(count != NULL);
    assert(count->rules.done <= count->rules.all);
    const struct share shares[] = {count->rules, count->conditions, count->clauses};
    uint32_t least = 10000;
    for (size_t i = 0; i < sizeof shares / sizeof shares[0]; i++) {
        if (shares[i].all > 0) {
            uint32_t share = (uint32_t)((uint64_t)shares[i].done * 10000 / shares[i].all);
            least = share < least ? share : least;
        }
    }
    return least;
}
