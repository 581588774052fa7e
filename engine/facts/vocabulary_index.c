/*
 * The index of a vocabulary: slots, and facts by name.
 *
 * Everything here follows from the kinds and from the facts sorted by path, so a vocabulary that
 * was read from its file and one that was kept are numbered by the same code, and nothing of it has
 * to be kept or believed. In a member of a union the union's facts take the first slots, so that a
 * rule over "any money item" reads the same slot in a milestone and in a week.
 *
 * Sorted lists and not maps: making a map took longer than all look-ups of a call, and a list is an
 * array of numbers that a search halves. Facts of one kind come in two sorted halves, those of the
 * base and its own, so that sorting by insertion moves little.
 *
 * Cost: a look-up halves a list of at most some hundred names.
 */
#include "vocabulary_index.h"

#include <assert.h>

/* Give the facts of one kind their slots, behind those of its base. */
static void number_kind(const struct vocabulary *vocabulary, struct kind *kinds, struct fact *facts,
                        uint32_t number)
{
    struct kind *kind = &kinds[number];
    kind->slot_count = 0;
    kind->derived_count = 0;
    kind->id_fact = FACT_NONE;
    if (kind->base != KIND_NONE) {
        kind->slot_count = kinds[kind->base].slot_count;
        kind->derived_count = kinds[kind->base].derived_count;
        kind->id_fact = kinds[kind->base].id_fact;
    }
    for (uint32_t i = 0; i < vocabulary->fact_count; i++) {
        struct fact *fact = &facts[i];
        if (fact->kind != number) {
            continue;
        }
        if (fact->derived == FACT_NONE) {
            fact->slot = kind->slot_count++;
        } else {
            fact->derived = kind->derived_count++;
        }
        if (fact->is_id && number != KIND_ROOT) {
            kind->id_fact = i;
        }
    }
}

/* Put a number into a sorted list; behind its equals. */
static void insert(const struct fact *facts, uint32_t *numbers, uint32_t count, uint32_t fact)
{
    uint32_t at = count;
    for (; at > 0 && text_order(facts[numbers[at - 1]].name, facts[fact].name) > 0; at--) {
        numbers[at] = numbers[at - 1];
    }
    numbers[at] = fact;
}

/* List the facts of a kind by name, all of them and the stored ones. */
static amicus_status list_kind(const struct vocabulary *vocabulary, struct vocabulary_index *index,
                               uint32_t number)
{
    const struct kind *kind = &vocabulary->kinds[number];
    const struct fact *facts = vocabulary->facts;
    size_t total = (size_t)kind->slot_count + kind->derived_count;
    uint32_t *names = arena_give_array(vocabulary->arena, total, sizeof *names);
    uint32_t *stored = arena_give_array(vocabulary->arena, kind->slot_count, sizeof *stored);
    if (names == NULL || stored == NULL) {
        return AMICUS_MEMORY;
    }
    uint32_t count = 0;
    uint32_t stored_count = 0;
    for (uint32_t i = 0; i < vocabulary->fact_count; i++) {
        if (facts[i].kind != number && facts[i].kind != kind->base) {
            continue;
        }
        assert(count < total);
        insert(facts, names, count++, i);
    }
    for (uint32_t i = 0; i < count; i++) {
        if (facts[names[i]].derived == FACT_NONE) {
            stored[stored_count++] = names[i];
        }
    }
    assert(count == total && stored_count == kind->slot_count);
    index->names[number] = (struct fact_list){names, count};
    index->stored[number] = (struct fact_list){stored, stored_count};
    return AMICUS_OK;
}

amicus_status vocabulary_index_fill(const struct vocabulary *vocabulary,
                                    struct vocabulary_index *index, struct kind *kinds,
                                    struct fact *facts)
{
    assert(vocabulary != NULL && index != NULL);
    assert(vocabulary->kinds == kinds && vocabulary->facts == facts);
    uint32_t count = vocabulary->kind_count;
    index->names = arena_give_array(vocabulary->arena, count, sizeof *index->names);
    index->stored = arena_give_array(vocabulary->arena, count, sizeof *index->stored);
    if (index->names == NULL || index->stored == NULL) {
        return AMICUS_MEMORY;
    }
    for (uint32_t i = 0; i < count; i++) {
        number_kind(vocabulary, kinds, facts, i);
    }
    for (uint32_t i = 0; i < count; i++) {
        amicus_status status = list_kind(vocabulary, index, i);
        if (status != AMICUS_OK) {
            return status;
        }
    }
    return AMICUS_OK;
}

uint32_t vocabulary_find(const struct vocabulary *vocabulary, uint32_t kind, struct text name)
{
    assert(vocabulary != NULL);
    assert(kind < vocabulary->kind_count);
    struct fact_list names = vocabulary->index->names[kind];
    uint32_t low = 0;
    uint32_t high = names.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = text_order(vocabulary->facts[names.facts[middle]].name, name);
        if (order == 0) {
            return names.facts[middle];
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
    return FACT_NONE;
}

struct fact_list vocabulary_stored(const struct vocabulary *vocabulary, uint32_t kind)
{
    assert(vocabulary != NULL);
    assert(kind < vocabulary->kind_count);
    return vocabulary->index->stored[kind];
}

uint32_t vocabulary_find_path(const struct vocabulary *vocabulary, struct text path)
{
    assert(vocabulary != NULL);
    assert(path.at != NULL || path.length == 0);
    uint32_t low = 0;
    uint32_t high = vocabulary->fact_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = text_order(vocabulary->facts[middle].path, path);
        if (order == 0) {
            return middle;
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
    return FACT_NONE;
}

uint32_t vocabulary_find_kind(const struct vocabulary *vocabulary, struct text name)
{
    assert(vocabulary != NULL);
    assert(name.at != NULL || name.length == 0);
    for (uint32_t i = 0; i < vocabulary->kind_count && name.length > 0; i++) {
        if (text_equal(vocabulary->kinds[i].list, name) ||
            text_equal(vocabulary->kinds[i].one, name)) {
            return i;
        }
    }
    return KIND_NONE;
}

bool kind_is(const struct vocabulary *vocabulary, uint32_t kind, uint32_t wanted)
{
    assert(vocabulary != NULL);
    assert(kind < vocabulary->kind_count && wanted < vocabulary->kind_count);
    return kind == wanted || vocabulary->kinds[kind].base == wanted;
}

/* In the order of their paths, so that of two names as near the one of the earlier path is taken.
 */
struct text vocabulary_nearest(const struct vocabulary *vocabulary, uint32_t kind, struct text name)
{
    assert(vocabulary != NULL);
    assert(kind < vocabulary->kind_count);
    struct likeness likeness = likeness_to(name);
    for (uint32_t i = 0; i < vocabulary->fact_count; i++) {
        if (kind_is(vocabulary, kind, vocabulary->facts[i].kind)) {
            likeness_try(&likeness, vocabulary->facts[i].name);
        }
    }
    return likeness.best;
}
