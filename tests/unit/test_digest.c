#include "digest.h"
#include "suite.h"

#include <string.h>

static void digests_under_a_domain_and_a_nul(void)
{
    /* printf 'amicus.case/1\0abc' | sha256sum */
    static const char WANTED[] = "ad93d27662d9ae866b88e1c705bde7809047ecf65f5d439e448108f4250787b0";
    uint8_t digest[DIGEST_BYTES];
    char hex[DIGEST_HEX];
    CU_ASSERT_EQUAL(digest_of(digest, "amicus.case/1", text_of("abc")), AMICUS_OK);
    digest_write(hex, digest);
    CU_ASSERT_STRING_EQUAL(hex, WANTED);
}

static void digests_nothing(void)
{
    /* printf 'x\0' | sha256sum */
    static const char WANTED[] = "14f825b2bbc32dd8d196367fa8776873069c12a8954d8da7513aa7704ddd09eb";
    uint8_t digest[DIGEST_BYTES];
    char hex[DIGEST_HEX];
    CU_ASSERT_EQUAL(digest_of(digest, "x", (struct text){NULL, 0}), AMICUS_OK);
    digest_write(hex, digest);
    CU_ASSERT_STRING_EQUAL(hex, WANTED);
}

static void never_lets_one_kind_pass_as_another(void)
{
    uint8_t a[DIGEST_BYTES];
    uint8_t b[DIGEST_BYTES];
    CU_ASSERT_EQUAL(digest_of(a, "amicus.case/1", text_of("abc")), AMICUS_OK);
    CU_ASSERT_EQUAL(digest_of(b, "amicus.ruling/1", text_of("abc")), AMICUS_OK);
    CU_ASSERT_NOT_EQUAL(memcmp(a, b, DIGEST_BYTES), 0);
    CU_ASSERT_EQUAL(digest_of(a, "d", text_of("omain")), AMICUS_OK);
    CU_ASSERT_EQUAL(digest_of(b, "do", text_of("main")), AMICUS_OK);
    CU_ASSERT_NOT_EQUAL(memcmp(a, b, DIGEST_BYTES), 0);
}

static void digests_pieces_as_the_whole(void)
{
    static char bytes[20000];
    uint8_t whole[DIGEST_BYTES];
    uint8_t pieces[DIGEST_BYTES];
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (char)(i * 7 % 251);
    }
    CU_ASSERT_EQUAL(digest_of(whole, "d", (struct text){bytes, sizeof bytes}), AMICUS_OK);
    struct digester digester;
    digester_start(&digester, "d");
    size_t at = 0;
    for (size_t length = 0; at + length <= sizeof bytes; at += length, length += 97) {
        digester_put(&digester, (struct text){bytes + at, length});
    }
    digester_put(&digester, (struct text){bytes + at, sizeof bytes - at});
    CU_ASSERT_EQUAL(digester_end(pieces, &digester), AMICUS_OK);
    CU_ASSERT_EQUAL(memcmp(whole, pieces, DIGEST_BYTES), 0);
}

static void sums_up_so_that_damage_shows(void)
{
    char bytes[203];
    memset(bytes, 'a', sizeof bytes);
    const struct text text = {bytes, sizeof bytes};
    const uint64_t sum = checksum_of(text);
    for (size_t bit = 0; bit < sizeof bytes * 8; bit++) {
        bytes[bit / 8] = (char)(bytes[bit / 8] ^ (1 << bit % 8));
        CU_ASSERT_NOT_EQUAL(checksum_of(text), sum);
        bytes[bit / 8] = (char)(bytes[bit / 8] ^ (1 << bit % 8));
    }
    for (size_t length = 0; length < sizeof bytes; length++) {
        CU_ASSERT_NOT_EQUAL(checksum_of((struct text){bytes, length}), sum);
    }
    CU_ASSERT_EQUAL(checksum_of(text), sum);
}

static void writes_lower_case_hex_with_a_nul(void)
{
    uint8_t digest[DIGEST_BYTES] = {0x00, 0x0F, 0xF0, 0xAB};
    char hex[DIGEST_HEX];
    memset(hex, 'x', sizeof hex);
    digest_write(hex, digest);
    CU_ASSERT_EQUAL(strlen(hex), 64);
    CU_ASSERT_EQUAL(strncmp(hex, "000ff0ab00", 10), 0);
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"digests under a domain and a NUL", digests_under_a_domain_and_a_nul},
        {"digests nothing", digests_nothing},
        {"never lets one kind pass as another", never_lets_one_kind_pass_as_another},
        {"digests pieces as the whole", digests_pieces_as_the_whole},
        {"sums up so that damage shows", sums_up_so_that_damage_shows},
        {"writes lower-case hex with a NUL", writes_lower_case_hex_with_a_nul},
        CU_TEST_INFO_NULL,
    };
    return suite_run("digest", tests);
}
