/*
 * A small vocabulary for tests of the facts layer: every type, a union, a ref, owners, help, H.
 *
 * Tests of mechanisms use it and not rules/vocabulary.yaml, so that a change of policy breaks no
 * test of the engine.
 */
#ifndef SMALL_VOCABULARY_H
#define SMALL_VOCABULARY_H

#include "case.h"
#include "yaml_tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char SMALL_VOCABULARY[] =
    "amicus: vocabulary/1\n"
    "roots: [case, contract, due]\n"
    "unions:\n"
    "  - {one: item, role: money}\n"
    "lists:\n"
    "  - {name: milestones, one: milestone, base: item}\n"
    "  - {name: weeks, one: week, base: item}\n"
    "  - {name: segments, one: segment, recorded: true, of: segment.week}\n"
    "  - {name: deliveries, one: delivery, recorded: true, of: delivery.item}\n"
    "  - {name: reviews, one: review, recorded: true, of: review.delivery.item}\n"
    "  - {name: defects, one: defect, of: defect.item}\n"
    "  - {name: evidence, one: evidence, evidence: true, recorded: true}\n"
    "facts:\n"
    "  - {path: case.id, type: id, knows: [platform]}\n"
    "  - {path: case.as_of, type: instant, knows: [platform]}\n"
    "  - {path: case.filed_by, type: enum, of: [client, freelancer], knows: [platform]}\n"
    "  - {path: case.grounds, type: list_of_enum, of: [pay, scope, quality]}\n"
    "  - {path: case.work_shown, type: bool, helps: {true: filer}, finding: human,\n"
    "     knows: [freelancer, reviewer]}\n"
    "  - {path: contract.type, type: enum, of: [fixed, hourly]}\n"
    "  - {path: contract.formed_on, type: date}\n"
    "  - {path: contract.notice, type: duration}\n"
    "  - {path: contract.limit, type: minutes}\n"
    "  - {path: contract.rounds, type: int}\n"
    "  - {path: contract.terms, type: text}\n"
    "  - {path: item.id, type: id}\n"
    "  - {path: item.held, type: money}\n"
    "  - {path: item.amount, type: money}\n"
    "  - {path: item.share, type: bps}\n"
    "  - {path: item.late, type: int, derived: true, unit: days}\n"
    "  - {path: due.review, type: instant, derived: true, each: milestone}\n"
    "  - {path: milestone.title, type: text}\n"
    "  - {path: week.starts_on, type: date}\n"
    "  - {path: segment.week, type: ref, to: week}\n"
    "  - {path: segment.idle, type: bool, helps: {true: client}}\n"
    "  - {path: delivery.id, type: id}\n"
    "  - {path: delivery.item, type: ref, to: item}\n"
    "  - {path: delivery.formal, type: bool, helps: {true: freelancer}, knows: [platform]}\n"
    "  - {path: delivery.usable, type: bool, helps: {true: freelancer}, finding: human,\n"
    "     knows: [client, reviewer]}\n"
    "  - {path: review.id, type: id}\n"
    "  - {path: review.delivery, type: ref, to: delivery}\n"
    "  - {path: review.action, type: enum, of: [approve, reject], helps: {approve: freelancer}}\n"
    "  - {path: defect.item, type: ref, to: item}\n"
    "  - {path: defect.severity, type: enum, of: [minor, major]}\n"
    "  - {path: evidence.id, type: id}\n"
    "  - {path: evidence.capture, type: enum, of: [original, screenshot, retyped]}\n"
    "  - {path: evidence.authenticity, type: enum, of: [genuine, unverified, found_false],\n"
    "     knows: [platform, reviewer], finding: human}\n"
    "  - {path: evidence.both_visible, type: bool}\n"
    "roles:\n"
    "  case_id: case.id\n"
    "  as_of: case.as_of\n"
    "  filed_by: case.filed_by\n"
    "  item_held: item.held\n"
    "  item_amount: item.amount\n"
    "evidence_ranking:\n"
    "  void: {authenticity: found_false}\n"
    "  seen: {both_visible: true}\n"
    "  tiers:\n"
    "    - {capture: [original]}\n"
    "    - {capture: [screenshot]}\n";

/* The head that every case of a test needs. */
#define SMALL_HEAD                                                                                 \
    "amicus: case/1\n"                                                                             \
    "case: {id: T-1, as_of: 2025-06-02T00:00:00Z, filed_by: freelancer}\n"

/* Things that a test opens and closes; a test that cannot have them ends the program. */
struct small {
    amicus_diagnostics *list;
    struct vocabulary *vocabulary;
    struct amicus_case *subject;
    amicus_status status; /* of the last case */
    struct arena *arena;
};

static inline void small_must(bool holds, const char *what)
{
    if (!holds) {
        (void)fprintf(stderr, "cannot %s\n", what);
        exit(2);
    }
}

static inline struct small small_open(void)
{
    struct small small = {.status = AMICUS_OK};
    small_must(amicus_diagnostics_open(&small.list) == AMICUS_OK, "open a list");
    small_must(arena_open(&small.arena, (size_t)64 << 20) == AMICUS_OK, "open an arena");
    small_must(vocabulary_load(&small.vocabulary, "small.yaml", text_of(SMALL_VOCABULARY),
                               small.list) == AMICUS_OK,
               "load the small vocabulary");
    return small;
}

static inline void small_close(struct small *small)
{
    case_close(small->subject);
    vocabulary_close(small->vocabulary);
    arena_close(small->arena);
    amicus_diagnostics_close(small->list);
}

/* Open the vocabulary and load a case of it; status and list tell how that went. */
static inline struct small small_load(const char *text)
{
    struct small small = small_open();
    small.status = case_load(&small.subject, small.vocabulary, "test.yaml", text_of(text),
                             AMICUS_FORMAT_AUTO, small.list);
    return small;
}

/* Tell whether a code was reported at a line (0: anywhere). */
static inline bool small_has(const struct small *small, const char *code, uint32_t line)
{
    for (size_t i = 0; i < amicus_diagnostics_count(small->list); i++) {
        const amicus_diagnostic *row = amicus_diagnostics_find(small->list, i);
        if (strcmp(row->code, code) == 0 && (line == 0 || row->line == line)) {
            return true;
        }
    }
    return false;
}

/* The number of a fact within a kind; the test ends if there is none. */
static inline uint32_t small_fact(const struct small *small, const char *kind, const char *name)
{
    uint32_t number = vocabulary_find_kind(small->vocabulary, text_of(kind));
    small_must(number != KIND_NONE, kind);
    uint32_t fact = vocabulary_find(small->vocabulary, number, text_of(name));
    small_must(fact != FACT_NONE, name);
    return fact;
}

/* The value of a fact of the first record of a kind, or of the root ("case"). */
static inline const struct value *small_value(const struct small *small, const char *kind,
                                              const char *name)
{
    uint32_t number = vocabulary_find_kind(small->vocabulary, text_of(kind));
    uint32_t record = number == KIND_ROOT ? RECORD_ROOT : small->subject->lists[number].first;
    return case_value(small->subject, record, small_fact(small, kind, name));
}

/* The slot behind small_value. */
static inline const struct slot *small_slot(const struct small *small, const char *kind,
                                            const char *name)
{
    return &small->subject->slots[small_value(small, kind, name) - small->subject->values];
}

#endif
