/*
 * Taking a vocabulary out of the bytes in which it was kept: see vocabulary_pack.c for their form,
 * and for why they are believed.
 *
 * In this order: the key and the sum, the parts, the rows with their texts, the index, and then
 * what links facts, for which names must be found. Nothing is left of the bytes but a copy of the
 * block, in which the texts lie.
 */
#include "digest.h"
#include "vocabulary_index.h"
#include "vocabulary_keep.h"
#include "vocabulary_rows.h"

#include <assert.h>
#include <string.h>

#define SUM_BYTES sizeof(uint64_t)
#define ROOTS_MAX (sizeof((const struct vocabulary *)NULL)->roots / sizeof(struct text))

/* Places in a ranking: see vocabulary_links.c. A set of members is bits of an int64_t. */
enum { TIERS_MAX = 100, MEMBERS_MAX = 62 };

/* What is being taken out: rows in a copy of the block, and what is made of them. */
struct unpacking {
    struct kept_head head;
    const char *parts[PART_COUNT];
    struct vocabulary *vocabulary;
    struct vocabulary_index *index;
    struct kind *kinds;
    struct fact *facts;
    struct member *members;
    struct evidence_tier *tiers;
};

static bool is_span(uint32_t first, uint32_t count, uint32_t total)
{
    return count <= total && first <= total - count;
}

static const void *row_of(const struct unpacking *unpacking, enum part part, uint32_t number)
{
    assert(number < unpacking->head.counts[part]);
    return unpacking->parts[part] + number * kept_row_bytes(part);
}

/* Take a text of the pool: whole, clean, with its NUL behind it. */
static bool take_text(struct text *out, const struct unpacking *unpacking, struct kept_text kept)
{
    uint32_t pool_bytes = unpacking->head.counts[PART_POOL];
    const char *pool = unpacking->parts[PART_POOL];
    if (kept.at >= pool_bytes || kept.length >= pool_bytes - kept.at ||
        pool[kept.at + kept.length] != '\0') {
        return false;
    }
    *out = (struct text){pool + kept.at, kept.length};
    return text_is_utf8(*out, NULL) && text_find_control(*out, NULL) == out->length;
}

static bool is_kind_or_none(const struct unpacking *unpacking, uint32_t kind)
{
    return kind == KIND_NONE || kind < unpacking->head.counts[PART_KINDS];
}

static bool take_kind(struct unpacking *unpacking, uint32_t number)
{
    const struct kept_kind *row = row_of(unpacking, PART_KINDS, number);
    struct kind *kind = &unpacking->kinds[number];
    bool is_root = number == KIND_ROOT;
    bool has_base = row->base != KIND_NONE;
    if (!take_text(&kind->list, unpacking, row->list) ||
        !take_text(&kind->one, unpacking, row->one) || row->is_union > 1 || row->is_recorded > 1 ||
        row->is_evidence > 1 || (has_base && (is_root || row->is_union == 1)) ||
        (has_base && (row->base >= number || !unpacking->kinds[row->base].is_union))) {
        return false;
    }
    kind->base = row->base;
    kind->is_union = row->is_union == 1;
    kind->is_recorded = row->is_recorded == 1;
    kind->is_evidence = row->is_evidence == 1;
    memcpy(kind->owner_path, row->owner_path, sizeof kind->owner_path);
    return !is_root || (kind->list.length == 0 && !kind->is_union && !kind->is_evidence);
}

static bool take_members(struct unpacking *unpacking, struct fact *fact,
                         const struct kept_fact *row)
{
    bool is_enum = row->type == TYPE_ENUM || row->type == TYPE_ENUMS;
    if (row->member_count > MEMBERS_MAX || is_enum != (row->member_count > 0) ||
        !is_span(row->first_member, row->member_count, unpacking->head.counts[PART_MEMBERS])) {
        return false;
    }
    for (uint32_t i = 0; i < row->member_count; i++) {
        const struct kept_member *kept = row_of(unpacking, PART_MEMBERS, row->first_member + i);
        struct member *member = &unpacking->members[row->first_member + i];
        if (!take_text(&member->name, unpacking, kept->name) || kept->helps > PARTY_THIRD) {
            return false;
        }
        member->helps = (uint8_t)kept->helps;
    }
    fact->members = is_enum ? &unpacking->members[row->first_member] : NULL;
    fact->member_count = row->member_count;
    return true;
}

static bool take_words(const struct unpacking *unpacking, struct fact *fact,
                       const struct kept_fact *row)
{
    return take_text(&fact->path, unpacking, row->path) &&
           take_text(&fact->name, unpacking, row->name) &&
           take_text(&fact->unit, unpacking, row->unit) &&
           take_text(&fact->meaning, unpacking, row->meaning) &&
           take_text(&fact->question, unpacking, row->question);
}

/* A ref points to a kind of record; nothing else points anywhere. */
static bool is_target(const struct unpacking *unpacking, const struct kept_fact *row)
{
    return row->type == TYPE_REF
               ? row->ref_kind != KIND_ROOT && row->ref_kind < unpacking->head.counts[PART_KINDS]
               : row->ref_kind == KIND_NONE;
}

static bool take_fact(struct unpacking *unpacking, uint32_t number)
{
    const struct kept_fact *row = row_of(unpacking, PART_FACTS, number);
    struct fact *fact = &unpacking->facts[number];
    if (!take_words(unpacking, fact, row) || row->kind >= unpacking->head.counts[PART_KINDS] ||
        row->type <= TYPE_NONE || row->type >= TYPE_COUNT || !is_target(unpacking, row) ||
        row->is_derived > 1 || row->is_id > 1 || row->needs_finding > 1 || row->no_merits > 1 ||
        row->helps_true > PARTY_THIRD || row->helps_false > PARTY_THIRD ||
        (row->is_id == 1 && (row->type != TYPE_TEXT || row->is_derived == 1)) ||
        !take_members(unpacking, fact, row)) {
        return false;
    }
    fact->kind = row->kind;
    fact->ref_kind = row->ref_kind;
    fact->type = row->type;
    fact->derived = row->is_derived == 1 ? 0 : FACT_NONE;
    fact->is_id = row->is_id;
    fact->needs_finding = row->needs_finding;
    fact->no_merits = row->no_merits;
    fact->helps_true = row->helps_true;
    fact->helps_false = row->helps_false;
    fact->knows = row->knows;
    return number == 0 || text_order(unpacking->facts[number - 1].path, fact->path) < 0;
}

/* Names are looked up by halving, so no two facts of a kind may have the same. */
static bool are_names_sound(const struct unpacking *unpacking)
{
    const struct vocabulary *vocabulary = unpacking->vocabulary;
    for (uint32_t kind = 0; kind < vocabulary->kind_count; kind++) {
        struct fact_list names = unpacking->index->names[kind];
        for (uint32_t i = 1; i < names.count; i++) {
            if (text_equal(vocabulary->facts[names.facts[i - 1]].name,
                           vocabulary->facts[names.facts[i]].name)) {
                return false;
            }
        }
    }
    return true;
}

/* Each step of an owner path is a stored ref, and the last one leads to a money item. */
static bool is_owner_sound(const struct vocabulary *vocabulary, uint32_t number)
{
    const uint32_t *path = vocabulary->kinds[number].owner_path;
    uint32_t kind = number;
    bool is_ended = false;
    for (unsigned i = 0; i < 3; i++) {
        is_ended = is_ended || path[i] == FACT_NONE;
        if (is_ended && path[i] != FACT_NONE) {
            return false;
        }
        if (is_ended) {
            continue;
        }
        const struct fact *fact =
            path[i] < vocabulary->fact_count ? &vocabulary->facts[path[i]] : NULL;
        if (fact == NULL || fact->type != TYPE_REF || fact->derived != FACT_NONE ||
            !kind_is(vocabulary, kind, fact->kind)) {
            return false;
        }
        kind = fact->ref_kind;
    }
    return path[0] == FACT_NONE ||
           (vocabulary->item_kind != KIND_NONE && kind_is(vocabulary, kind, vocabulary->item_kind));
}

static bool are_kinds_sound(const struct unpacking *unpacking)
{
    const struct vocabulary *vocabulary = unpacking->vocabulary;
    uint32_t item = vocabulary->item_kind;
    uint32_t evidence = vocabulary->evidence_kind;
    if (!is_kind_or_none(unpacking, item) || !is_kind_or_none(unpacking, evidence) ||
        (item != KIND_NONE && !vocabulary->kinds[item].is_union)) {
        return false;
    }
    for (uint32_t i = 0; i < vocabulary->kind_count; i++) {
        if (vocabulary->kinds[i].is_evidence != (i == evidence) || !is_owner_sound(vocabulary, i)) {
            return false;
        }
    }
    return true;
}

static bool are_roles_sound(const struct vocabulary *vocabulary)
{
    for (size_t at = 0; at < sizeof vocabulary->roles; at += sizeof(uint32_t)) {
        uint32_t fact = FACT_NONE;
        memcpy(&fact, (const char *)&vocabulary->roles + at, sizeof fact);
        bool is_there = fact < vocabulary->fact_count;
        if (fact != FACT_NONE &&
            (!is_there || !vocabulary_fits_role(&vocabulary->facts[fact], at))) {
            return false;
        }
    }
    return true;
}

/* A test is of a stored enum or bool of the evidence, and names members that it has. */
static bool is_test_sound(const struct vocabulary *vocabulary, const struct evidence_test *test)
{
    if (test->fact == FACT_NONE) {
        return true;
    }
    if (vocabulary->evidence_kind == KIND_NONE || test->fact >= vocabulary->fact_count) {
        return false;
    }
    const struct fact *fact = &vocabulary->facts[test->fact];
    uint32_t members = fact->type == TYPE_BOOL ? 2 : fact->member_count;
    return (fact->type == TYPE_BOOL || fact->type == TYPE_ENUM) && fact->derived == FACT_NONE &&
           kind_is(vocabulary, vocabulary->evidence_kind, fact->kind) && test->members >= 0 &&
           test->members >> members == 0;
}

static bool take_tiers(struct unpacking *unpacking)
{
    struct vocabulary *vocabulary = unpacking->vocabulary;
    uint32_t tests = unpacking->head.counts[PART_TESTS];
    const struct evidence_test *rows = (const void *)unpacking->parts[PART_TESTS];
    for (uint32_t i = 0; i < tests; i++) {
        if (!is_test_sound(vocabulary, &rows[i])) {
            return false;
        }
    }
    for (uint32_t i = 0; i < unpacking->head.counts[PART_TIERS]; i++) {
        const struct kept_tier *row = row_of(unpacking, PART_TIERS, i);
        if (!is_span(row->first_test, row->test_count, tests)) {
            return false;
        }
        unpacking->tiers[i] = (struct evidence_tier){&rows[row->first_test], row->test_count};
    }
    vocabulary->ranking =
        (struct evidence_ranking){.tiers = unpacking->tiers,
                                  .tier_count = unpacking->head.counts[PART_TIERS],
                                  .void_test = unpacking->head.void_test,
                                  .seen_test = unpacking->head.seen_test};
    return is_test_sound(vocabulary, &vocabulary->ranking.void_test) &&
           is_test_sound(vocabulary, &vocabulary->ranking.seen_test);
}

static bool take_rows(struct unpacking *unpacking)
{
    struct vocabulary *vocabulary = unpacking->vocabulary;
    for (uint32_t i = 0; i < vocabulary->kind_count; i++) {
        if (!take_kind(unpacking, i)) {
            return false;
        }
    }
    for (uint32_t i = 0; i < vocabulary->fact_count; i++) {
        if (!take_fact(unpacking, i)) {
            return false;
        }
    }
    for (uint32_t i = 0; i < vocabulary->root_count; i++) {
        const struct kept_text *root = row_of(unpacking, PART_ROOTS, i);
        if (!take_text(&vocabulary->roots[i], unpacking, *root)) {
            return false;
        }
    }
    return true;
}

/* Make room for what the rows become. */
static amicus_status make_arrays(struct unpacking *unpacking)
{
    struct vocabulary *vocabulary = unpacking->vocabulary;
    const uint32_t *counts = unpacking->head.counts;
    struct arena *arena = vocabulary->arena;
    unpacking->index = arena_give(arena, sizeof *unpacking->index);
    unpacking->kinds = arena_give_array(arena, counts[PART_KINDS], sizeof *unpacking->kinds);
    unpacking->facts = arena_give_array(arena, counts[PART_FACTS], sizeof *unpacking->facts);
    unpacking->members = arena_give_array(arena, counts[PART_MEMBERS], sizeof *unpacking->members);
    unpacking->tiers = arena_give_array(arena, counts[PART_TIERS], sizeof *unpacking->tiers);
    if (unpacking->index == NULL || unpacking->kinds == NULL || unpacking->facts == NULL ||
        unpacking->members == NULL || unpacking->tiers == NULL) {
        return AMICUS_MEMORY;
    }
    vocabulary->index = unpacking->index;
    vocabulary->kinds = unpacking->kinds;
    vocabulary->kind_count = counts[PART_KINDS];
    vocabulary->facts = unpacking->facts;
    vocabulary->fact_count = counts[PART_FACTS];
    vocabulary->root_count = counts[PART_ROOTS];
    vocabulary->item_kind = unpacking->head.item_kind;
    vocabulary->evidence_kind = unpacking->head.evidence_kind;
    vocabulary->roles = unpacking->head.roles;
    return AMICUS_OK;
}

/* Find the parts in a block. returns false if they are not exactly the block */
static bool find_parts(struct unpacking *unpacking, const char *block, size_t length)
{
    size_t used = 0;
    for (unsigned i = 0; i < PART_COUNT; i++) {
        size_t bytes = kept_part_bytes((enum part)i, unpacking->head.counts[i]);
        if (bytes > length - used) {
            return false;
        }
        unpacking->parts[i] = block + used;
        used += bytes;
    }
    return used == length && unpacking->head.counts[PART_KINDS] > 0 &&
           unpacking->head.counts[PART_ROOTS] <= ROOTS_MAX &&
           unpacking->head.counts[PART_TIERS] <= TIERS_MAX;
}

static amicus_status unpack(struct vocabulary *vocabulary, struct text bytes)
{
    struct unpacking unpacking = {.vocabulary = vocabulary};
    size_t length = bytes.length - SUM_BYTES - KEPT_HEAD_AT - sizeof unpacking.head;
    memcpy(&unpacking.head, bytes.at + KEPT_HEAD_AT, sizeof unpacking.head);
    char *hex = arena_copy(vocabulary->arena, bytes.at + KEPT_MARK_MAX, KEPT_KEY);
    char *block =
        arena_copy(vocabulary->arena, bytes.at + KEPT_HEAD_AT + sizeof unpacking.head, length);
    if (hex == NULL || block == NULL) {
        return AMICUS_MEMORY;
    }
    vocabulary->digest = (struct text){hex, KEPT_KEY};
    if (!find_parts(&unpacking, block, length)) {
        return AMICUS_NOT_FOUND;
    }
    amicus_status status = make_arrays(&unpacking);
    if (status == AMICUS_OK && !take_rows(&unpacking)) {
        return AMICUS_NOT_FOUND;
    }
    if (status == AMICUS_OK) {
        status =
            vocabulary_index_fill(vocabulary, unpacking.index, unpacking.kinds, unpacking.facts);
    }
    if (status != AMICUS_OK) {
        return status;
    }
    bool is_sound = are_names_sound(&unpacking) && are_kinds_sound(&unpacking) &&
                    are_roles_sound(vocabulary) && take_tiers(&unpacking);
    return is_sound ? AMICUS_OK : AMICUS_NOT_FOUND;
}

/* Tell whether bytes carry a key, and the sum of what they hold. */
static bool is_ours(struct text bytes, struct text digest)
{
    static const char MARK[KEPT_MARK_MAX] = KEPT_MARK;
    size_t least = KEPT_HEAD_AT + sizeof(struct kept_head) + SUM_BYTES;
    if (bytes.length < least || memcmp(bytes.at, MARK, sizeof MARK) != 0 ||
        memcmp(bytes.at + KEPT_MARK_MAX, digest.at, KEPT_KEY) != 0) {
        return false;
    }
    size_t length = bytes.length - SUM_BYTES;
    uint64_t sum = checksum_of((struct text){bytes.at, length});
    return memcmp(&sum, bytes.at + length, SUM_BYTES) == 0;
}

amicus_status vocabulary_unpack(struct vocabulary **out, struct text bytes, struct text digest)
{
    assert(out != NULL && digest.length == KEPT_KEY);
    assert(bytes.at != NULL || bytes.length == 0);
    *out = NULL;
    if (!is_ours(bytes, digest)) {
        return AMICUS_NOT_FOUND;
    }
    struct vocabulary *vocabulary = NULL;
    amicus_status status = vocabulary_open(&vocabulary);
    if (status == AMICUS_OK) {
        status = unpack(vocabulary, bytes);
    }
    if (status != AMICUS_OK) {
        arena_close(vocabulary == NULL ? NULL : vocabulary->arena);
        return status;
    }
    *out = vocabulary;
    return AMICUS_OK;
}
