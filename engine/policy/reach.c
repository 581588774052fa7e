/*
 * Reach: what the conditions of a policy read in the end, through derived facts.
 *
 * A merits rule must not read a fact without merits (a rating, a country), neither straight nor by
 * way of a derived fact. A rule must not read what is computed only when all issues are decided.
 * And what nobody reads or cites is probably a slip: parameters, provisions and issues without a
 * rule are warned of.
 */
#include "compiler.h"

#include <assert.h>
#include <string.h>

/* Which facts taint what reads them. */
enum taint {
    TAINT_NO_MERITS, /* they must not count */
    TAINT_COMPUTED   /* they are computed when all issues are decided */
};

struct reach {
    struct compiler *compiler;
    enum taint taint;
    uint32_t *tainted; /* by derived row: a tainted fact that it reaches + 1, or 0 */
};

static bool is_tainted(const struct reach *reach, uint32_t fact)
{
    const struct vocabulary *vocabulary = reach->compiler->vocabulary;
    return reach->taint == TAINT_NO_MERITS ? vocabulary->facts[fact].no_merits != 0
                                           : fact_is_computed(vocabulary, fact);
}

/* The first tainted fact below a node; FACT_NONE if there is none. */
static uint32_t tainted_below(const struct reach *reach, uint32_t node)
{
    const struct compiler *compiler = reach->compiler;
    if (node == NODE_NONE) {
        return FACT_NONE;
    }
    const struct node *row = compiler_node_at(compiler, node);
    if (row->op == NODE_FACT) {
        uint32_t derived = *(uint32_t *)compiler_row(compiler, TABLE_DERIVED_OF, row->b);
        if (is_tainted(reach, row->b)) {
            return row->b;
        }
        if (derived != INDEX_NONE && reach->tainted[derived] != 0) {
            return reach->tainted[derived] - 1;
        }
    }
    uint32_t found = FACT_NONE;
    const uint32_t *args = compiler->tables[TABLE_ARGS].items;
    for (uint32_t i = 0; found == FACT_NONE && i < node_child_count(row); i++) {
        found = tainted_below(reach, node_child(row, args, i));
    }
    return found;
}

/* Taint the definitions that read what is tainted. returns true if there was a new one. */
static bool spread(struct reach *reach)
{
    bool has_changed = false;
    for (uint32_t i = 0; i < compiler_count(reach->compiler, TABLE_DERIVED); i++) {
        const struct derived_row *row = compiler_row(reach->compiler, TABLE_DERIVED, i);
        uint32_t fact = reach->tainted[i] == 0 ? tainted_below(reach, row->node) : FACT_NONE;
        if (fact != FACT_NONE) {
            reach->tainted[i] = fact + 1;
            has_changed = true;
        }
    }
    return has_changed;
}

/* Spread until nothing changes; a rulebook nests its definitions a few levels. */
static bool reach_start(struct reach *reach, struct compiler *compiler, enum taint taint)
{
    *reach = (struct reach){.compiler = compiler, .taint = taint};
    reach->tainted =
        compiler_give(compiler, compiler_count(compiler, TABLE_DERIVED), sizeof(uint32_t));
    bool has_changed = reach->tainted != NULL;
    while (has_changed) {
        has_changed = spread(reach);
    }
    return reach->tainted != NULL;
}

static void check_node(const struct reach *reach, const struct draft *draft, uint32_t node)
{
    struct compiler *compiler = reach->compiler;
    uint32_t fact = tainted_below(reach, node);
    if (fact == FACT_NONE) {
        return;
    }
    struct text path = compiler->vocabulary->facts[fact].path;
    bool is_late = reach->taint == TAINT_COMPUTED;
    diagnostics_add(compiler->list, AMICUS_ERROR, is_late ? "P0429" : "P0425",
                    draft_place(compiler, draft, path),
                    is_late ? "let a remedy, a fallback or a flag read it"
                            : "decide by what was agreed and done; a flag may show this fact to a "
                              "human",
                    is_late ? "%s '%.*s' reads '%.*s', which is known only when all issues are "
                              "decided"
                            : "%s '%.*s' reads '%.*s', which must not count on the merits",
                    declare_name(draft->kind), SHOWN(draft->id), SHOWN(path));
}

/* Hold the conditions of rules and undercutters against the taint. */
static void check_rules(const struct reach *reach, enum declare kind)
{
    struct compiler *compiler = reach->compiler;
    const struct drafts *drafts = &compiler->drafts[kind];
    for (uint32_t i = 0; i < drafts->count; i++) {
        const struct draft *draft = &drafts->items[i];
        const struct rule_row *row = compiler_row(compiler, TABLE_RULES, draft->row);
        check_node(reach, draft, row->when);
        check_node(reach, draft, row->unless);
    }
}

static void check_remedies(const struct reach *reach)
{
    struct compiler *compiler = reach->compiler;
    const struct drafts *drafts = &compiler->drafts[DECLARE_REMEDY];
    for (uint32_t i = 0; i < drafts->count; i++) {
        const struct draft *draft = &drafts->items[i];
        const struct remedy_row *row = compiler_row(compiler, TABLE_REMEDIES, draft->row);
        check_node(reach, draft, row->when);
        check_node(reach, draft, row->freelancer);
    }
}

/* --- what nobody uses --- */

static void warn(struct compiler *compiler, const struct draft *draft, const char *code,
                 const char *mend, const char *what)
{
    diagnostics_add(compiler->list, AMICUS_WARNING, code, draft_place(compiler, draft, draft->id),
                    mend, "%s '%.*s' %s", declare_name(draft->kind), SHOWN(draft->id), what);
}

static void mark_clauses(const struct compiler *compiler, enum declare kind, bool *is_cited)
{
    const struct drafts *drafts = &compiler->drafts[kind];
    for (uint32_t i = 0; i < drafts->count; i++) {
        struct text clause = draft_text(&drafts->items[i], FIELD_CLAUSE);
        const struct draft *provision = draft_find(compiler, DECLARE_PROVISION, clause);
        if (provision != NULL) {
            is_cited[provision->row] = true;
        }
    }
}

/* Whether the rulebook declares it itself: a practice that is included also asks what only other
 * marketplaces answer. */
static bool is_own(const struct compiler *compiler, const struct draft *draft)
{
    struct text name = compiler->input->name;
    struct text path = compiler->files[draft->file]->path;
    const char *slash = memchr(path.at, '/', path.length);
    return slash == NULL || text_equal((struct text){path.at, (size_t)(slash - path.at)}, name);
}

static void warn_unused(struct compiler *compiler)
{
    static const enum declare CITING[] = {DECLARE_RULE, DECLARE_UNDERCUT, DECLARE_REMEDY,
                                          DECLARE_FALLBACK, DECLARE_FLAG};
    const struct drafts *provisions = &compiler->drafts[DECLARE_PROVISION];
    bool *is_cited = compiler_give(compiler, provisions->count, sizeof *is_cited);
    if (is_cited == NULL) {
        return;
    }
    for (unsigned i = 0; i < sizeof CITING / sizeof CITING[0]; i++) {
        mark_clauses(compiler, CITING[i], is_cited);
    }
    for (uint32_t i = 0; i < provisions->count; i++) {
        const struct draft *draft = &provisions->items[i];
        if (!is_cited[draft->row] && draft_text(draft, FIELD_UNCITED).length == 0) {
            warn(compiler, draft, "P0435", "write the rule that it calls for, or remove it",
                 "is cited by no rule, remedy, fallback or flag");
        }
    }
    const struct drafts *params = &compiler->drafts[DECLARE_PARAM];
    for (uint32_t i = 0; i < params->count; i++) {
        const struct draft *draft = &params->items[i];
        if (!compiler->param_is_read[draft->row] && !text_is(draft->id, PARAM_SECOND_ABOVE)) {
            warn(compiler, draft, "P0437", "read it as param.<name>, or remove it",
                 "is read by nothing");
        }
    }
    const struct drafts *issues = &compiler->drafts[DECLARE_ISSUE];
    for (uint32_t i = 0; i < issues->count; i++) {
        const struct draft *draft = &issues->items[i];
        const struct issue_row *row = compiler_row(compiler, TABLE_ISSUES, draft->row);
        if (row->rule_count == 0 && is_own(compiler, draft)) {
            warn(compiler, draft, "P0438", "write a rule that argues for it",
                 "is argued by no rule");
        }
    }
}

/* Where a fact is read first. */
static struct place place_of_reader(const struct compiler *compiler, uint32_t fact)
{
    for (uint32_t i = 0; i < compiler_count(compiler, TABLE_NODES); i++) {
        const struct node *node = compiler_node_at(compiler, i);
        if (node->op == NODE_FACT && node->b == fact) {
            return compiler_place(compiler, node->file, node->line,
                                  compiler->vocabulary->facts[fact].name);
        }
    }
    return (struct place){"", 0, 0};
}

static void warn_undefined(struct compiler *compiler)
{
    const struct vocabulary *vocabulary = compiler->vocabulary;
    for (uint32_t i = 0; i < vocabulary->fact_count; i++) {
        struct text path = vocabulary->facts[i].path;
        bool is_open = compiler->fact_is_read[i] && vocabulary->facts[i].derived != FACT_NONE &&
                       draft_find(compiler, DECLARE_FACT, path) == NULL &&
                       !fact_is_computed(vocabulary, i);
        if (is_open) {
            diagnostics_add(compiler->list, AMICUS_WARNING, "P0428", place_of_reader(compiler, i),
                            mend_of(compiler, "define it: fact \"%.*s\" { is = ... }", SHOWN(path)),
                            "the derived fact '%.*s' is read, but nothing defines it: it stays "
                            "unknown",
                            SHOWN(path));
        }
    }
}

void reach_check(struct compiler *compiler)
{
    assert(compiler != NULL);
    assert(compiler->status == AMICUS_OK);
    struct reach reach;
    if (!reach_start(&reach, compiler, TAINT_NO_MERITS)) {
        return;
    }
    check_rules(&reach, DECLARE_RULE);
    check_rules(&reach, DECLARE_UNDERCUT);
    check_remedies(&reach);
    if (!reach_start(&reach, compiler, TAINT_COMPUTED)) {
        return;
    }
    check_rules(&reach, DECLARE_RULE);
    check_rules(&reach, DECLARE_UNDERCUT);
    warn_unused(compiler);
    warn_undefined(compiler);
}
