/*
 * A kit for tests of deciding: a small vocabulary and case from text, and an image put together by
 * hand, so that each operator and each way to argue can be tested without a policy.
 *
 * Add nodes with the functions below, then rules and remedies; kit_decide decides. Issues, rules
 * and remedies get rows in the order of adding.
 */
#ifndef DECIDE_KIT_H
#define DECIDE_KIT_H

#include "evaluate.h"
#include "limit.h"
#include "ruling.h"

#include <stdio.h>
#include <string.h>

enum { KIT_MOST = 512 };

struct kit {
    struct amicus_rulebook book;
    amicus_diagnostics *list;
    struct amicus_case *subject;
    struct amicus_ruling *ruling;
    struct arena *arena;
    struct workspace workspace;
    char pool[8192];
    struct node nodes[KIT_MOST];
    uint32_t args[KIT_MOST], indices[KIT_MOST];
    struct issue_row issues[32];
    uint32_t order[32];
    struct rule_row rules[64];
    struct remedy_row remedies[32];
    struct param_row params[8];
    struct version_row versions[16];
    struct reading_row readings[32];
    struct derived_row derived[16];
    uint32_t derived_of[256];
    struct calendar_row calendars[2];
    struct template_row templates[16];
    struct piece pieces[32];
    struct fallback_row fallbacks[8];
    struct flag_row flags[8];
    struct next_row nexts[8];
    struct source_row sources[1];
    struct provision_row provisions[1];
    uint8_t ranks[OUTCOME_COUNT];
};

static const char KIT_VOCABULARY[] =
    "amicus: vocabulary/1\n"
    "roots: [case, contract]\n"
    "lists:\n"
    "  - {name: milestones, one: milestone, base: item, recorded: true}\n"
    "  - {name: bonuses, one: bonus, base: item, recorded: true}\n"
    "  - {name: deliveries, one: delivery, recorded: true, of: delivery.milestone}\n"
    "  - {name: defects, one: defect, of: defect.item}\n"
    "  - {name: evidence, one: evidence, evidence: true, recorded: true}\n"
    "unions:\n"
    "  - {one: item, role: money}\n"
    "roles: {case_id: case.id, as_of: case.as_of, filed_by: case.filed_by, filed: case.filed_at,\n"
    "  contract_formed: contract.formed_at, item_held: item.held, item_fee: item.fee,\n"
    "  item_amount: item.amount, evidence_submitter: evidence.submitted_by,\n"
    "  decisive_unknown: item.decisive, level_evidence: case.level}\n"
    "facts:\n"
    "  - {path: case.id, type: id, meaning: m, knows: [platform], question: q}\n"
    "  - {path: case.as_of, type: instant, meaning: m, knows: [platform], question: q}\n"
    "  - {path: case.filed_at, type: instant, meaning: m, knows: [platform], question: q}\n"
    "  - {path: case.filed_by, type: enum, of: [client, freelancer], meaning: m,\n"
    "     knows: [platform], question: q}\n"
    "  - {path: case.grounds, type: list_of_enum, of: [scope, quality, breach], meaning: m,\n"
    "     knows: [client], question: q}\n"
    "  - {path: contract.formed_at, type: instant, meaning: m, knows: [platform], question: q}\n"
    "  - {path: contract.written, type: bool, meaning: m, knows: [client], question: q}\n"
    "  - {path: contract.oral, type: bool, meaning: m, knows: [client], question: q}\n"
    "  - {path: contract.kept, type: bool, meaning: m, knows: [client], question: q}\n"
    "  - {path: contract.price, type: money, meaning: m, knows: [client], question: q}\n"
    "  - {path: contract.grace, type: duration, meaning: m, knows: [client], question: q}\n"
    "  - {path: contract.starts_on, type: date, meaning: m, knows: [client], question: q}\n"
    "  - {path: contract.rounds, type: int, meaning: m, knows: [client], question: q}\n"
    "  - {path: contract.law, type: text, meaning: m, knows: [client], question: q}\n"
    "  - {path: item.id, type: id, meaning: m, knows: [platform], question: q}\n"
    "  - {path: item.held, type: money, meaning: m, knows: [platform], question: q}\n"
    "  - {path: item.fee, type: money, meaning: m, knows: [platform], question: q}\n"
    "  - {path: item.amount, type: money, meaning: m, knows: [platform], question: q}\n"
    "  - {path: milestone.title, type: text, meaning: m, knows: [platform], question: q}\n"
    "  - {path: delivery.id, type: id, meaning: m, knows: [platform], question: q}\n"
    "  - {path: delivery.milestone, type: ref, to: milestone, meaning: m, knows: [platform],\n"
    "     question: q}\n"
    "  - {path: delivery.at, type: instant, meaning: m, knows: [platform], question: q}\n"
    "  - {path: delivery.formal, type: bool, meaning: m, knows: [platform], question: q}\n"
    "  - {path: delivery.until, type: instant, meaning: m, knows: [platform], question: q}\n"
    "  - {path: delivery.parts, type: int, meaning: m, knows: [platform], question: q}\n"
    "  - {path: defect.id, type: id, meaning: m, knows: [client], question: q}\n"
    "  - {path: defect.item, type: ref, to: item, meaning: m, knows: [client], question: q}\n"
    "  - {path: defect.cost, type: money, meaning: m, knows: [client], question: q}\n"
    "  - {path: defect.grave, type: bool, meaning: m, knows: [client], question: q,\n"
    "     helps: {true: client, false: freelancer}}\n"
    "  - {path: evidence.id, type: id, meaning: m, knows: [platform], question: q}\n"
    "  - {path: evidence.submitted_by, type: enum, of: [client, freelancer], meaning: m,\n"
    "     knows: [platform], question: q}\n"
    "  - {path: item.formal, type: bool, derived: true, meaning: m}\n"
    "  - {path: item.cost, type: money, derived: true, meaning: m}\n"
    "  - {path: item.decisive, type: bool, derived: true, engine: true, meaning: m}\n"
    "  - {path: case.level, type: bool, derived: true, engine: true, meaning: m}\n";

/* The head that each case of these tests begins with. */
#define KIT_HEAD                                                                                   \
    "amicus: case/1\n"                                                                             \
    "case: {id: C1, as_of: 2025-06-02T00:00:00Z, filed_at: 2025-05-20T00:00:00Z, "                 \
    "filed_by: freelancer}\n"

static inline text_at kit_text(struct kit *kit, const char *words)
{
    const uint32_t at = kit->book.image.pool_bytes;
    const size_t bytes = strlen(words) + 1;
    memcpy(kit->pool + at, words, bytes);
    kit->book.image.pool_bytes += (uint32_t)bytes;
    return at;
}

static inline void kit_image(struct kit *kit)
{
    struct image *image = &kit->book.image;
    image->pool = kit->pool;
    image->nodes = kit->nodes;
    image->args = kit->args;
    image->indices = kit->indices;
    image->issues = kit->issues;
    image->issue_order = kit->order;
    image->rules = kit->rules;
    image->remedies = kit->remedies;
    image->params = kit->params;
    image->versions = kit->versions;
    image->readings = kit->readings;
    image->derived = kit->derived;
    image->derived_of = kit->derived_of;
    image->calendars = kit->calendars;
    image->templates = kit->templates;
    image->pieces = kit->pieces;
    image->fallbacks = kit->fallbacks;
    image->flags = kit->flags;
    image->nexts = kit->nexts;
    image->sources = kit->sources;
    image->provisions = kit->provisions;
    image->outcome_ranks = kit->ranks;
    memset(kit->derived_of, 0xff, sizeof kit->derived_of);
    image->pool_bytes = 1;
    image->name = kit_text(kit, "kit");
    image->version = kit_text(kit, "1");
}

static inline void kit_print(const struct kit *kit)
{
    for (size_t i = 0; i < amicus_diagnostics_count(kit->list); i++) {
        const amicus_diagnostic *at = amicus_diagnostics_find(kit->list, i);
        printf("%s:%u: %s %s\n", at->file, at->line, at->code, at->what);
    }
}

/* Set up: returns false, with the reasons printed, if the texts have faults. */
static inline bool kit_open(struct kit *kit, const char *case_text)
{
    memset(kit, 0, sizeof *kit);
    bool is_open = amicus_diagnostics_open(&kit->list) == AMICUS_OK &&
                   arena_open(&kit->arena, (size_t)16 << 20) == AMICUS_OK &&
                   vocabulary_load(&kit->book.vocabulary, "kit", text_of(KIT_VOCABULARY),
                                   kit->list) == AMICUS_OK &&
                   case_load(&kit->subject, kit->book.vocabulary, "case", text_of(case_text),
                             AMICUS_FORMAT_YAML, kit->list) == AMICUS_OK;
    if (!is_open) {
        kit_print(kit);
        return false;
    }
    kit->book.image.vocabulary = kit->book.vocabulary;
    kit_image(kit);
    return true;
}

static inline void kit_close(struct kit *kit)
{
    amicus_ruling_close(kit->ruling);
    case_close(kit->subject);
    vocabulary_close(kit->book.vocabulary);
    arena_close(kit->arena);
    amicus_diagnostics_close(kit->list);
}

static inline uint32_t kit_node(struct kit *kit, struct node node)
{
    kit->nodes[kit->book.image.node_count] = node;
    return kit->book.image.node_count++;
}

static inline uint32_t kit_kind(const struct kit *kit, const char *name)
{
    return vocabulary_find_kind(kit->book.vocabulary, text_of(name));
}

static inline uint32_t kit_fact(const struct kit *kit, const char *path)
{
    return vocabulary_find_path(kit->book.vocabulary, text_of(path));
}

static inline uint32_t kit_var(struct kit *kit, uint32_t var)
{
    return kit_node(kit, (struct node){.op = NODE_VAR, .type = TYPE_REF, .a = var});
}

/* A fact of the root, or of a record node. */
static inline uint32_t kit_read(struct kit *kit, const char *path, uint32_t record)
{
    const uint32_t fact = kit_fact(kit, path);
    return kit_node(kit, (struct node){.op = NODE_FACT,
                                       .type = kit->book.vocabulary->facts[fact].type,
                                       .a = record,
                                       .b = fact,
                                       .ref_kind = fact});
}

static inline uint32_t kit_const(struct kit *kit, enum value_type type, int64_t n, uint16_t unit)
{
    return kit_node(kit,
                    (struct node){.op = NODE_CONST, .type = (uint8_t)type, .k = n, .unit = unit});
}

/* Two operands. */
static inline uint32_t kit_two(struct kit *kit, enum node_op op, enum value_type type, uint32_t a,
                               uint32_t b)
{
    return kit_node(kit, (struct node){.op = (uint8_t)op, .type = (uint8_t)type, .a = a, .b = b});
}

static inline uint32_t kit_one(struct kit *kit, enum node_op op, uint32_t a)
{
    return kit_node(kit, (struct node){.op = (uint8_t)op, .type = TYPE_BOOL, .a = a});
}

/* A truth value of the root or of a record is true. */
static inline uint32_t kit_is(struct kit *kit, const char *path, uint32_t record)
{
    const uint32_t fact = kit_read(kit, path, record);
    return kit_two(kit, NODE_EQUAL, TYPE_BOOL, fact, kit_const(kit, TYPE_BOOL, 1, 0));
}

static inline uint32_t kit_args(struct kit *kit, const uint32_t *nodes, uint32_t count)
{
    const uint32_t at = kit->book.image.arg_count;
    memcpy(kit->args + at, nodes, count * sizeof *nodes);
    kit->book.image.arg_count += count;
    return at;
}

/* Operands in a list: ALL, ANY, NO, MIN, MAX, CHOOSE, FIRST_KNOWN. */
static inline uint32_t kit_many(struct kit *kit, enum node_op op, enum value_type type,
                                const uint32_t *nodes, uint32_t count)
{
    return kit_node(kit, (struct node){.op = (uint8_t)op,
                                       .type = (uint8_t)type,
                                       .a = kit_args(kit, nodes, count),
                                       .b = count});
}

/* A list operator over variable 1. */
static inline uint32_t kit_list(struct kit *kit, enum node_op op, enum value_type type,
                                const char *kind, const uint32_t operands[2])
{
    return kit_node(kit, (struct node){.op = (uint8_t)op,
                                       .type = (uint8_t)type,
                                       .a = 1,
                                       .b = operands[0],
                                       .c = operands[1],
                                       .k = kit_kind(kit, kind)});
}

static inline uint32_t kit_issue_is(struct kit *kit, uint32_t issue, enum label label)
{
    return kit_node(
        kit,
        (struct node){.op = NODE_ISSUE, .type = TYPE_BOOL, .a = issue, .b = NODE_NONE, .k = label});
}

static inline uint32_t kit_truth(struct kit *kit, bool is_true)
{
    return kit_const(kit, TYPE_BOOL, is_true, 0);
}

/* Add an issue that the freelancer claims and must prove, each of kind, at a standard. */
static inline uint32_t kit_issue(struct kit *kit, const char *name, uint32_t kind, enum proof proof)
{
    const uint32_t row = kit->book.image.issue_count++;
    kit->issues[row] = (struct issue_row){.name = kit_text(kit, name),
                                          .kind = kind,
                                          .claimant = PARTY_FREELANCER,
                                          .burden = PARTY_FREELANCER,
                                          .proof = (uint8_t)proof,
                                          .first_rule = row * 10 + 100};
    kit->order[row] = row;
    return row;
}

/* Add a rule; issue INDEX_NONE: an undercutter. Each of the issue's kind, of layer practice. */
static inline uint32_t kit_rule(struct kit *kit, const char *id, uint32_t issue, enum side side,
                                uint32_t when)
{
    const uint32_t row = kit->book.image.rule_count++;
    kit->rules[row] =
        (struct rule_row){.id = kit_text(kit, id),
                          .issue = issue,
                          .kind = issue == INDEX_NONE ? KIND_ROOT : kit->issues[issue].kind,
                          .side = (uint8_t)side,
                          .when = when,
                          .unless = NODE_NONE,
                          .from_s = INSTANT_MIN,
                          .until_s = INSTANT_MAX,
                          .because = INDEX_NONE,
                          .first_beaten = 400 + row * 2,
                          .first_undercutter = 300 + row * 2};
    if (issue != INDEX_NONE) {
        kit->indices[kit->issues[issue].first_rule + kit->issues[issue].rule_count++] = row;
    }
    return row;
}

/* Let rule a beat rule b; undercut rule b by a. At most two each. */
static inline void kit_beats(struct kit *kit, uint32_t a, uint32_t b)
{
    kit->indices[kit->rules[a].first_beaten + kit->rules[a].beaten_count++] = b;
}

static inline void kit_undercuts(struct kit *kit, uint32_t a, uint32_t b)
{
    kit->indices[kit->rules[b].first_undercutter + kit->rules[b].undercutter_count++] = a;
}

static inline uint32_t kit_remedy(struct kit *kit, const char *id, enum outcome outcome,
                                  uint32_t when, uint32_t freelancer)
{
    const uint32_t row = kit->book.image.remedy_count++;
    kit->remedies[row] = (struct remedy_row){.id = kit_text(kit, id),
                                             .kind = kit_kind(kit, "item"),
                                             .stratum = STRATUM_MERITS,
                                             .outcome = (uint8_t)outcome,
                                             .proof = PROOF_BALANCE,
                                             .when = when,
                                             .freelancer = freelancer,
                                             .first_beaten = 480 + row * 2,
                                             .because = INDEX_NONE,
                                             .next = INDEX_NONE};
    return row;
}

static inline uint32_t kit_share(struct kit *kit, int64_t minor)
{
    return kit_const(kit, TYPE_MONEY, minor, kit->subject->currency);
}

/* Define a derived fact. */
static inline void kit_define(struct kit *kit, const char *path, uint32_t node)
{
    const uint32_t fact = kit_fact(kit, path);
    const uint32_t row = kit->book.image.derived_count++;
    kit->derived[row] = (struct derived_row){.fact = fact, .node = node};
    kit->derived_of[fact] = row;
}

/* Find the guards of the image as it is now. Whoever decides without kit_decide calls it before. */
static inline bool kit_guard(struct kit *kit)
{
    return guards_find(&kit->book.image, kit->arena, GUARD_TESTS_MAX) == AMICUS_OK;
}

/* Evaluate a node at a standard, about the first milestone if there is one. */
static inline struct value kit_evaluate(struct kit *kit, uint32_t node, enum proof proof)
{
    struct scope scope;
    arena_reset(kit->arena);
    if (!kit_guard(kit) ||
        workspace_start(&kit->workspace, &kit->book, kit->subject, kit->arena) != AMICUS_OK) {
        return value_open(TYPE_NONE);
    }
    const uint32_t kind = kit_kind(kit, "milestone");
    kit->workspace.proof = (uint8_t)proof;
    if (kit->subject->lists[kind].count > 0) {
        kit->workspace.vars[0] = kit->subject->lists[kind].first;
        kit->workspace.about = kit->workspace.vars[0];
    }
    scope_open(&kit->workspace, &scope);
    return evaluate(&kit->workspace, node);
}

static inline enum kleene kit_kleene(struct kit *kit, uint32_t node, enum proof proof)
{
    return kleene_of(kit_evaluate(kit, node, proof));
}

/* Decide the case; the ruling is the kit's. */
static inline bool kit_decide(struct kit *kit)
{
    amicus_ruling_close(kit->ruling);
    kit->ruling = NULL;
    const bool is_decided =
        kit_guard(kit) && decide_case(&kit->ruling, &kit->book, kit->subject, &(struct instants){0},
                                      kit->list) == AMICUS_OK;
    kit_print(kit);
    return is_decided;
}

static inline const struct finding *kit_finding(const struct kit *kit, uint32_t rule)
{
    for (uint32_t i = 0; i < kit->ruling->finding_count; i++) {
        if (kit->ruling->findings[i].rule == rule) {
            return &kit->ruling->findings[i];
        }
    }
    return NULL;
}

#endif
