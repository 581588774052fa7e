/*
 * Promises of kept vocabularies: what is taken out is what was put in, and nothing else is
 * believed.
 */
#include "digest.h"
#include "small_vocabulary.h"
#include "suite.h"
#include "vocabulary_keep.h"

#include <string.h>

static void must_be_alike(const struct fact *a, const struct fact *b)
{
    CU_ASSERT_TRUE(text_equal(a->path, b->path) && text_equal(a->name, b->name));
    CU_ASSERT_TRUE(text_equal(a->unit, b->unit) && text_equal(a->meaning, b->meaning));
    CU_ASSERT_TRUE(text_equal(a->question, b->question));
    CU_ASSERT_TRUE(a->kind == b->kind && a->slot == b->slot && a->derived == b->derived);
    CU_ASSERT_TRUE(a->ref_kind == b->ref_kind && a->type == b->type && a->is_id == b->is_id);
    CU_ASSERT_TRUE(a->needs_finding == b->needs_finding && a->no_merits == b->no_merits);
    CU_ASSERT_TRUE(a->helps_true == b->helps_true && a->helps_false == b->helps_false);
    CU_ASSERT_TRUE(a->knows == b->knows && a->member_count == b->member_count);
    for (uint32_t i = 0; i < a->member_count; i++) {
        CU_ASSERT_TRUE(text_equal(a->members[i].name, b->members[i].name));
        CU_ASSERT_EQUAL(a->members[i].helps, b->members[i].helps);
    }
}

static void must_be_the_same(const struct vocabulary *a, const struct vocabulary *b)
{
    CU_ASSERT_TRUE(text_equal(a->digest, b->digest));
    CU_ASSERT_EQUAL_FATAL(a->kind_count, b->kind_count);
    for (uint32_t i = 0; i < a->kind_count; i++) {
        const struct kind *x = &a->kinds[i], *y = &b->kinds[i];
        CU_ASSERT_TRUE(text_equal(x->list, y->list) && text_equal(x->one, y->one));
        CU_ASSERT_TRUE(x->base == y->base && x->is_union == y->is_union);
        CU_ASSERT_TRUE(x->is_recorded == y->is_recorded && x->is_evidence == y->is_evidence);
        CU_ASSERT_TRUE(x->id_fact == y->id_fact && x->slot_count == y->slot_count);
        CU_ASSERT_EQUAL(x->derived_count, y->derived_count);
        CU_ASSERT_EQUAL(memcmp(x->owner_path, y->owner_path, sizeof x->owner_path), 0);
    }
    CU_ASSERT_EQUAL_FATAL(a->fact_count, b->fact_count);
    for (uint32_t i = 0; i < a->fact_count; i++) {
        must_be_alike(&a->facts[i], &b->facts[i]);
        CU_ASSERT_EQUAL(vocabulary_find(b, b->facts[i].kind, a->facts[i].name), i);
    }
    CU_ASSERT_EQUAL_FATAL(a->root_count, b->root_count);
    for (uint32_t i = 0; i < a->root_count; i++) {
        CU_ASSERT_TRUE(text_equal(a->roots[i], b->roots[i]));
    }
    CU_ASSERT_EQUAL(memcmp(&a->roles, &b->roles, sizeof a->roles), 0);
    CU_ASSERT_TRUE(a->item_kind == b->item_kind && a->evidence_kind == b->evidence_kind);
    CU_ASSERT_EQUAL_FATAL(a->ranking.tier_count, b->ranking.tier_count);
    for (uint32_t i = 0; i < a->ranking.tier_count; i++) {
        CU_ASSERT_EQUAL(a->ranking.tiers[i].test_count, b->ranking.tiers[i].test_count);
        CU_ASSERT_EQUAL(a->ranking.tiers[i].tests[0].members, b->ranking.tiers[i].tests[0].members);
    }
    CU_ASSERT_EQUAL(a->ranking.seen_test.fact, b->ranking.seen_test.fact);
}

static void gives_back_what_was_kept(void)
{
    struct small small = small_open();
    struct vocabulary *taken = NULL;
    struct text bytes;
    CU_ASSERT_EQUAL_FATAL(vocabulary_pack(&bytes, small.vocabulary, small.arena), AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(vocabulary_unpack(&taken, bytes, small.vocabulary->digest), AMICUS_OK);
    must_be_the_same(small.vocabulary, taken);
    vocabulary_close(taken);
    small_close(&small);
}

static void believes_no_bytes_of_another_digest(void)
{
    struct small small = small_open();
    struct vocabulary *taken = NULL;
    struct text bytes;
    char other[65];
    CU_ASSERT_EQUAL_FATAL(vocabulary_pack(&bytes, small.vocabulary, small.arena), AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(vocabulary_digest_of(other, text_of("another")), AMICUS_OK);
    CU_ASSERT_EQUAL(vocabulary_unpack(&taken, bytes, text_of(other)), AMICUS_NOT_FOUND);
    CU_ASSERT_PTR_NULL(taken);
    small_close(&small);
}

static void believes_no_bytes_that_are_damaged_or_cut(void)
{
    struct small small = small_open();
    struct vocabulary *taken = NULL;
    struct text bytes;
    CU_ASSERT_EQUAL_FATAL(vocabulary_pack(&bytes, small.vocabulary, small.arena), AMICUS_OK);
    char *changed = arena_copy(small.arena, bytes.at, bytes.length);
    CU_ASSERT_PTR_NOT_NULL_FATAL(changed);
    for (size_t i = 0; i < bytes.length; i += 7) {
        changed[i] = (char)(changed[i] ^ 16);
        CU_ASSERT_EQUAL(vocabulary_unpack(&taken, (struct text){changed, bytes.length},
                                          small.vocabulary->digest),
                        AMICUS_NOT_FOUND);
        changed[i] = (char)(changed[i] ^ 16);
        CU_ASSERT_EQUAL(
            vocabulary_unpack(&taken, (struct text){changed, i}, small.vocabulary->digest),
            AMICUS_NOT_FOUND);
    }
    small_close(&small);
}

/* Somebody who knows the form can make the sum right: what is then taken must still be sound. */
static void takes_nothing_unsound_out_of_forged_bytes(void)
{
    struct small small = small_open();
    struct text bytes;
    unsigned refused = 0;
    CU_ASSERT_EQUAL_FATAL(vocabulary_pack(&bytes, small.vocabulary, small.arena), AMICUS_OK);
    char *forged = arena_copy(small.arena, bytes.at, bytes.length);
    CU_ASSERT_PTR_NOT_NULL_FATAL(forged);
    for (size_t i = 80; i + 8 < bytes.length; i++) {
        char before = forged[i];
        forged[i] = (char)0xFF;
        uint64_t sum = checksum_of((struct text){forged, bytes.length - sizeof sum});
        memcpy(forged + bytes.length - sizeof sum, &sum, sizeof sum);
        struct vocabulary *taken = NULL;
        amicus_status status = vocabulary_unpack(&taken, (struct text){forged, bytes.length},
                                                 small.vocabulary->digest);
        CU_ASSERT_TRUE(status == AMICUS_OK || status == AMICUS_NOT_FOUND);
        refused += status == AMICUS_NOT_FOUND ? 1 : 0;
        for (uint32_t j = 0; taken != NULL && j < taken->fact_count; j++) {
            CU_ASSERT_FATAL(taken->facts[j].kind < taken->kind_count);
            CU_ASSERT_EQUAL(vocabulary_find_path(taken, taken->facts[j].path), j);
        }
        vocabulary_close(taken);
        forged[i] = before;
    }
    CU_ASSERT_TRUE(refused > bytes.length / 2);
    small_close(&small);
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"gives back what was kept", gives_back_what_was_kept},
        {"believes no bytes of another digest", believes_no_bytes_of_another_digest},
        {"believes no bytes that are damaged or cut", believes_no_bytes_that_are_damaged_or_cut},
        {"takes nothing unsound out of forged bytes", takes_nothing_unsound_out_of_forged_bytes},
        CU_TEST_INFO_NULL,
    };
    return suite_run("vocabulary_keep", tests);
}
