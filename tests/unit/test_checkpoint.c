/*
 * Promises of signed notes: what is written is read, and nothing else; of keys, and of a witness.
 */
#include "base64.h"
#include "checkpoint.h"
#include "merkle.h"
#include "suite.h"
#include "witness.h"

#include <stdio.h>
#include <string.h>

static const uint8_t SEED[KEY_BYTES] = {1, 2, 3};
static const uint8_t OTHER[KEY_BYTES] = {9};

struct bench {
    struct arena *arena;
    struct signer log, witness;
    struct text note; /* of size 2 */
    uint8_t leaves[4][DIGEST_BYTES], root2[DIGEST_BYTES], root3[DIGEST_BYTES];
    struct hasher hasher;
};

static struct text sign(struct bench *bench, uint64_t size, const uint8_t *root)
{
    struct builder builder;
    struct text note;
    builder_start(&builder, bench->arena);
    CU_ASSERT_EQUAL_FATAL(checkpoint_sign(&builder, &bench->log, size, root), AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(builder_end(&note, &builder), AMICUS_OK);
    return note;
}

static void bench_open(struct bench *bench)
{
    memset(bench, 0, sizeof *bench);
    CU_ASSERT_EQUAL_FATAL(arena_open(&bench->arena, (size_t)16 << 20), AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(signer_of(&bench->log, "example.org/log", KEY_LOG, SEED), AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(signer_of(&bench->witness, "example.org/eye", KEY_WITNESS, OTHER),
                          AMICUS_OK);
    for (unsigned i = 0; i < 4; i++) {
        char byte = (char)('a' + i);
        hasher_leaf(&bench->hasher, bench->leaves[i], (struct text){&byte, 1});
    }
    hasher_node(&bench->hasher, bench->root2, bench->leaves[0], bench->leaves[1]);
    hasher_node(&bench->hasher, bench->root3, bench->root2, bench->leaves[2]);
    bench->note = sign(bench, 2, bench->root2);
}

static void bench_close(struct bench *bench)
{
    arena_close(bench->arena);
}

static void a_note_that_is_signed_reads_back(void)
{
    struct bench bench;
    struct checkpoint checkpoint;
    bench_open(&bench);
    CU_ASSERT_TRUE_FATAL(checkpoint_read(&checkpoint, bench.note));
    CU_ASSERT_EQUAL(checkpoint.size, 2);
    CU_ASSERT_EQUAL(memcmp(checkpoint.root, bench.root2, DIGEST_BYTES), 0);
    CU_ASSERT_TRUE(text_is(checkpoint.origin, "example.org/log"));
    CU_ASSERT_TRUE(checkpoint_is_signed(&checkpoint, &bench.log.verifier, NULL));
    bench_close(&bench);
}

static void no_changed_bit_of_a_note_passes(void)
{
    struct bench bench;
    bench_open(&bench);
    char *bytes = arena_copy(bench.arena, bench.note.at, bench.note.length);
    unsigned passed = 0;
    for (size_t bit = 0; bit < bench.note.length * 8; bit++) {
        struct checkpoint checkpoint;
        bytes[bit / 8] = (char)(bytes[bit / 8] ^ (1 << (bit % 8)));
        passed += checkpoint_read(&checkpoint, (struct text){bytes, bench.note.length}) &&
                  checkpoint_is_signed(&checkpoint, &bench.log.verifier, NULL);
        bytes[bit / 8] = (char)(bytes[bit / 8] ^ (1 << (bit % 8)));
    }
    CU_ASSERT_EQUAL(passed, 0);
    for (size_t length = 0; length < bench.note.length; length++) {
        struct checkpoint checkpoint;
        CU_ASSERT_FALSE(checkpoint_read(&checkpoint, (struct text){bytes, length}));
    }
    bench_close(&bench);
}

static void what_could_be_written_otherwise_is_refused(void)
{
    static const char *const WRONG[] = {
        "",
        "\n\n\n\n",
        "a\n2\nAAAA\n\n",
        "a\n02\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n\xe2\x80\x94 a AAAAAAAA\n",
        "a\n+2\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n\xe2\x80\x94 a AAAAAAAA\n",
        "a b\n2\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n\xe2\x80\x94 a AAAAAAAA\n",
        "a\n2\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=\n\n\xe2\x80\x94 a AAAAAAAA\n",
        "a\n2\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n- a AAAAAAAA\n",
        "a\n2\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nmore\n\n\xe2\x80\x94 a AAAAAAAA\n",
        "a\n2\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n\xe2\x80\x94 a AAAAAAAA",
        "a\n2\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n",
        "a\n9999999999999999999\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n\xe2\x80\x94 a "
        "AAAAAAAA\n"};
    struct checkpoint checkpoint;
    for (size_t i = 0; i < sizeof WRONG / sizeof WRONG[0]; i++) {
        CU_ASSERT_FALSE(checkpoint_read(&checkpoint, text_of(WRONG[i])));
    }
    CU_ASSERT_TRUE(checkpoint_read(
        &checkpoint,
        text_of(
            "a\n2\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n\xe2\x80\x94 a AAAAAAAA\n")));
}

static void a_key_reads_back_and_a_damaged_one_is_refused(void)
{
    struct bench bench;
    struct builder builder;
    struct text text;
    struct signer signer;
    struct verifier verifier;
    bench_open(&bench);
    builder_start(&builder, bench.arena);
    signer_write(&builder, &bench.log);
    CU_ASSERT_EQUAL_FATAL(builder_end(&text, &builder), AMICUS_OK);
    CU_ASSERT_EQUAL(signer_read(&signer, text), AMICUS_OK);
    CU_ASSERT_EQUAL(memcmp(&signer, &bench.log, sizeof signer), 0);
    char *bytes = arena_copy(bench.arena, text.at, text.length);
    for (size_t i = 0; i < text.length; i++) {
        bytes[i] = (char)(bytes[i] ^ 2);
        CU_ASSERT_NOT_EQUAL(signer_read(&signer, (struct text){bytes, text.length}), AMICUS_OK);
        bytes[i] = (char)(bytes[i] ^ 2);
    }
    builder_start(&builder, bench.arena);
    verifier_write(&builder, &bench.log.verifier);
    CU_ASSERT_EQUAL_FATAL(builder_end(&text, &builder), AMICUS_OK);
    CU_ASSERT_EQUAL(verifier_read(&verifier, text), AMICUS_OK);
    CU_ASSERT_EQUAL(memcmp(&verifier, &bench.log.verifier, sizeof verifier), 0);
    CU_ASSERT_NOT_EQUAL(signer_of(&signer, "no name", KEY_LOG, SEED), AMICUS_OK);
    bench_close(&bench);
}

static void the_signature_of_rfc_8032_is_made(void)
{
    /* RFC 8032, section 7.1, test 2: one byte, 0x72. */
    static const uint8_t KEY[KEY_BYTES] = {0x4c, 0xcd, 0x08, 0x9b, 0x28, 0xff, 0x96, 0xda,
                                           0x9d, 0xb6, 0xc3, 0x46, 0xec, 0x11, 0x4e, 0x0f,
                                           0x5b, 0x8a, 0x31, 0x9f, 0x35, 0xab, 0xa6, 0x24,
                                           0xda, 0x8c, 0xf6, 0xed, 0x4f, 0xb8, 0xa6, 0xfb};
    static const uint8_t BEGIN[4] = {0x92, 0xa0, 0x09, 0xa9};
    struct signer signer;
    uint8_t signature[SIGNATURE_BYTES];
    CU_ASSERT_EQUAL(signer_of(&signer, "a", KEY_LOG, KEY), AMICUS_OK);
    CU_ASSERT_EQUAL(signer.verifier.public_key[0], 0x3d);
    CU_ASSERT_EQUAL(signer_sign(&signer, signature, (struct text){"\x72", 1}), AMICUS_OK);
    CU_ASSERT_EQUAL(memcmp(signature, BEGIN, sizeof BEGIN), 0);
    CU_ASSERT_TRUE(verifier_accepts(&signer.verifier, signature, (struct text){"\x72", 1}));
    CU_ASSERT_FALSE(verifier_accepts(&signer.verifier, signature, (struct text){"\x73", 1}));
}

/* --- the witness --- */

static void put_hex(struct builder *builder, const uint8_t *hash)
{
    char hex[DIGEST_HEX];
    digest_write(hex, hash);
    builder_putf(builder, "\"%s\"", hex);
}

/* An offer of a note, with a proof of one hash or none. */
static struct text offer_of(struct bench *bench, struct text note, uint64_t size1,
                            const uint8_t *proof)
{
    struct builder builder;
    struct text text;
    builder_start(&builder, bench->arena);
    builder_puts(&builder, "{\"checkpoint\":");
    builder_put_json(&builder, note);
    builder_puts(&builder, ",\"key\":\"");
    verifier_write(&builder, &bench->log.verifier);
    builder_puts(&builder, "\",\"proof\":[");
    if (proof != NULL) {
        put_hex(&builder, proof);
    }
    builder_putf(&builder, "],\"size1\":%llu}", (unsigned long long)size1);
    CU_ASSERT_EQUAL_FATAL(builder_end(&text, &builder), AMICUS_OK);
    return text;
}

static amicus_status offer(struct bench *bench, const struct witness *before, struct text bytes,
                           struct text *state)
{
    struct builder builder;
    amicus_diagnostics *list;
    CU_ASSERT_EQUAL_FATAL(amicus_diagnostics_open(&list), AMICUS_OK);
    builder_start(&builder, bench->arena);
    amicus_status status = witness_take(&builder, before, bytes, &bench->witness, 1748822400, list);
    CU_ASSERT_EQUAL(status == AMICUS_OK, amicus_diagnostics_count(list) == 0);
    amicus_diagnostics_close(list);
    if (status == AMICUS_OK) {
        CU_ASSERT_EQUAL_FATAL(builder_end(state, &builder), AMICUS_OK);
    }
    return status;
}

static void a_witness_signs_what_grew_and_refuses_a_fork_and_a_cut(void)
{
    struct bench bench;
    struct text state;
    struct text next;
    struct witness seen;
    bench_open(&bench);
    struct text offer2 = offer_of(&bench, bench.note, 1, NULL);
    CU_ASSERT_EQUAL_FATAL(offer(&bench, NULL, offer2, &state), AMICUS_OK);
    CU_ASSERT_TRUE_FATAL(witness_read(&seen, state));
    CU_ASSERT_EQUAL(seen.at_s, 1748822400);
    CU_ASSERT_EQUAL(seen.checkpoint.size, 2);
    struct text note3 = sign(&bench, 3, bench.root3);
    CU_ASSERT_EQUAL(offer(&bench, &seen, offer_of(&bench, note3, 2, NULL), &next), AMICUS_INVALID);
    CU_ASSERT_EQUAL(offer(&bench, &seen, offer_of(&bench, note3, 2, bench.leaves[3]), &next),
                    AMICUS_INVALID);
    CU_ASSERT_EQUAL(offer(&bench, &seen, offer_of(&bench, note3, 2, bench.leaves[2]), &next),
                    AMICUS_OK);
    CU_ASSERT_TRUE(witness_read(&seen, next));
    CU_ASSERT_EQUAL(offer(&bench, &seen, offer2, &state), AMICUS_INVALID);
    struct text fork = sign(&bench, 3, bench.leaves[0]);
    CU_ASSERT_EQUAL(offer(&bench, &seen, offer_of(&bench, fork, 3, NULL), &state), AMICUS_INVALID);
    CU_ASSERT_EQUAL(offer(&bench, &seen, text_of("{}"), &state), AMICUS_INVALID);
    CU_ASSERT_EQUAL(offer(&bench, &seen, text_of("{"), &state), AMICUS_INVALID);
    bench_close(&bench);
}

static void no_changed_byte_of_a_witness_state_passes(void)
{
    struct bench bench;
    struct text state;
    struct witness seen;
    unsigned passed = 0;
    bench_open(&bench);
    CU_ASSERT_EQUAL_FATAL(offer(&bench, NULL, offer_of(&bench, bench.note, 1, NULL), &state),
                          AMICUS_OK);
    char *bytes = arena_copy(bench.arena, state.at, state.length);
    for (size_t i = 0; i < state.length; i++) {
        bytes[i] = (char)(bytes[i] ^ 1);
        passed += witness_read(&seen, (struct text){bytes, state.length});
        bytes[i] = (char)(bytes[i] ^ 1);
    }
    CU_ASSERT_EQUAL(passed, 0);
    bench_close(&bench);
}

static void base64_has_one_way_of_writing(void)
{
    static const char *const PAIRS[][2] = {
        {"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}};
    static const char *const WRONG[] = {
        "Zg", "Zg=", "Zh==", "Zm9=", "Z===", "====", "Zm 9", "Zm9v\n"};
    struct arena *arena;
    uint8_t bytes[8];
    size_t length;
    CU_ASSERT_EQUAL_FATAL(arena_open(&arena, 65536), AMICUS_OK);
    for (size_t i = 0; i < sizeof PAIRS / sizeof PAIRS[0]; i++) {
        struct builder builder;
        struct text text;
        builder_start(&builder, arena);
        base64_put(&builder, text_of(PAIRS[i][0]));
        CU_ASSERT_EQUAL_FATAL(builder_end(&text, &builder), AMICUS_OK);
        CU_ASSERT_TRUE(text_is(text, PAIRS[i][1]));
        CU_ASSERT_TRUE(base64_read(bytes, sizeof bytes, &length, text));
        CU_ASSERT_EQUAL(length, strlen(PAIRS[i][0]));
        CU_ASSERT_EQUAL(memcmp(bytes, PAIRS[i][0], length), 0);
    }
    for (size_t i = 0; i < sizeof WRONG / sizeof WRONG[0]; i++) {
        CU_ASSERT_FALSE(base64_read(bytes, sizeof bytes, &length, text_of(WRONG[i])));
    }
    arena_close(arena);
}

int main(void)
{
    static CU_TestInfo tests[] = {
        {"a note that is signed reads back", a_note_that_is_signed_reads_back},
        {"no changed bit of a note passes", no_changed_bit_of_a_note_passes},
        {"what could be written otherwise is refused", what_could_be_written_otherwise_is_refused},
        {"a key reads back, and a damaged one is refused",
         a_key_reads_back_and_a_damaged_one_is_refused},
        {"the signature of RFC 8032 is made", the_signature_of_rfc_8032_is_made},
        {"a witness signs what grew, and refuses a fork and a cut",
         a_witness_signs_what_grew_and_refuses_a_fork_and_a_cut},
        {"no changed byte of a witness's state passes", no_changed_byte_of_a_witness_state_passes},
        {"base64 has one way of writing", base64_has_one_way_of_writing},
        CU_TEST_INFO_NULL};
    return suite_run("checkpoint", tests);
}
