/*
 * Absences as they are written.
 *
 * The slots of a case remember only that a fact is absent and why. On paper people name wholes: if
 * all that nobody states of a record or of a section is absent for one reason, the whole is named;
 * else each fact. The rule depends on nothing but the slots, so a case that is read back gives the
 * same entries, and the same digest.
 */
#include "case_build.h"
#include "case_leaf.h"

#include <assert.h>

struct gather {
    const struct amicus_case *subject;
    struct arena *arena;
    struct absence *items;
    size_t capacity;
    uint32_t count;
    bool failed;
};

static void add(struct gather *gather, const struct absence *absence)
{
    void *items = gather->items;
    amicus_status status =
        arena_grow(gather->arena, &items, &gather->capacity, gather->count, sizeof *gather->items);
    gather->items = items;
    if (status != AMICUS_OK) {
        gather->failed = true;
        return;
    }
    gather->items[gather->count++] = *absence;
}

/* Tell whether a fact is one that an absence of the whole would cover. */
static bool is_covered(const struct fact *fact, struct text section)
{
    return fact->is_id == 0 && (section.length == 0 || case_in_section(fact, section));
}

/* The one reason for which all unstated facts are absent, if there are two of them at least. */
static struct text common_reason(const struct gather *gather, const struct fact_list *stored,
                                 uint32_t record, struct text section)
{
    const struct amicus_case *subject = gather->subject;
    struct text reason = {"", 0};
    uint32_t count = 0;
    for (uint32_t i = 0; i < stored->count; i++) {
        const struct fact *fact = &subject->vocabulary->facts[stored->facts[i]];
        const struct slot *slot = &subject->slots[subject->records[record].first_slot + fact->slot];
        if (slot->statement_count > 0 || !is_covered(fact, section)) {
            continue;
        }
        if (slot->absent_reason.length == 0 ||
            (count > 0 && !text_equal(slot->absent_reason, reason))) {
            return (struct text){"", 0};
        }
        reason = slot->absent_reason;
        count++;
    }
    return count > 1 ? reason : (struct text){"", 0};
}

/* Gather what is absent of a record, or of a section of the root. */
static void gather_facts(struct gather *gather, uint32_t record, struct text section)
{
    const struct amicus_case *subject = gather->subject;
    struct fact_list stored = vocabulary_stored(subject->vocabulary, subject->records[record].kind);
    struct absence absence = {record, FACT_NONE, KIND_NONE, section, {"", 0}};
    absence.reason = common_reason(gather, &stored, record, section);
    if (absence.reason.length > 0) {
        add(gather, &absence);
        return;
    }
    for (uint32_t i = 0; i < stored.count; i++) {
        const struct fact *fact = &subject->vocabulary->facts[stored.facts[i]];
        const struct slot *slot = &subject->slots[subject->records[record].first_slot + fact->slot];
        if (slot->absent_reason.length > 0 && is_covered(fact, section)) {
            absence.fact = stored.facts[i];
            absence.reason = slot->absent_reason;
            add(gather, &absence);
        }
    }
}

const struct absence *leaf_absences(uint32_t *count, struct arena *arena,
                                    const struct amicus_case *subject)
{
    assert(count != NULL && arena != NULL);
    assert(subject != NULL && subject->record_count > 0);
    const struct vocabulary *vocabulary = subject->vocabulary;
    struct gather gather = {.subject = subject, .arena = arena};
    for (uint32_t i = 0; i < vocabulary->root_count; i++) {
        if (case_is_section(vocabulary, vocabulary->roots[i])) {
            gather_facts(&gather, RECORD_ROOT, vocabulary->roots[i]);
        }
    }
    for (uint32_t i = 0; i < vocabulary->kind_count; i++) {
        struct absence whole = {
            RECORD_ROOT, FACT_NONE, i, {"", 0}, subject->lists[i].absent_reason};
        if (whole.reason.length > 0) {
            add(&gather, &whole);
        }
    }
    for (uint32_t i = 1; i < subject->record_count; i++) {
        gather_facts(&gather, i, (struct text){"", 0});
    }
    *count = gather.count;
    return gather.failed ? NULL : gather.items == NULL ? arena_give(arena, 1) : gather.items;
}

void leaf_put_absence(struct builder *builder, const struct amicus_case *subject,
                      const struct absence *absence)
{
    assert(builder != NULL && subject != NULL);
    assert(absence != NULL && absence->record < subject->record_count);
    if (absence->kind != KIND_NONE) {
        builder_put(builder, subject->vocabulary->kinds[absence->kind].list);
    } else if (absence->fact != FACT_NONE) {
        case_write_path(builder, subject, absence->record, absence->fact);
    } else if (absence->section.length > 0) {
        builder_put(builder, absence->section);
    } else {
        case_write_record(builder, subject, absence->record);
    }
}
