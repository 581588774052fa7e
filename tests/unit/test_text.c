#include "suite.h"
#include "text.h"

#include <string.h>

static struct arena *opened(void)
{
    struct arena *arena = NULL;
    CU_ASSERT_EQUAL_FATAL(arena_open(&arena, (size_t)1 << 20), AMICUS_OK);
    return arena;
}

static void check_json(const char *raw, size_t length, const char *wanted)
{
    struct arena *arena = opened();
    struct builder builder;
    struct text written;
    builder_start(&builder, arena);
    builder_put_json(&builder, (struct text){raw, length});
    CU_ASSERT_EQUAL_FATAL(builder_end(&written, &builder), AMICUS_OK);
    CU_ASSERT_STRING_EQUAL(written.at, wanted);
    arena_close(arena);
}

static void check_visible(const char *raw, const char *wanted)
{
    struct arena *arena = opened();
    struct builder builder;
    struct text written;
    builder_start(&builder, arena);
    builder_put_visible(&builder, text_of(raw));
    CU_ASSERT_EQUAL_FATAL(builder_end(&written, &builder), AMICUS_OK);
    CU_ASSERT_STRING_EQUAL(written.at, wanted);
    arena_close(arena);
}

static void makes_a_slice_of_a_string(void)
{
    static const struct text LITERAL = TEXT("abc");
    CU_ASSERT_EQUAL(text_of("abc").length, 3);
    CU_ASSERT_EQUAL(text_of(NULL).length, 0);
    CU_ASSERT_TRUE(text_equal(LITERAL, text_of("abc")));
}

static void copies_a_slice_with_a_nul_behind(void)
{
    struct arena *arena = opened();
    struct text copy;
    CU_ASSERT_EQUAL_FATAL(text_copy(&copy, arena, (struct text){"abcdef", 3}), AMICUS_OK);
    CU_ASSERT_EQUAL(copy.length, 3);
    CU_ASSERT_STRING_EQUAL(copy.at, "abc");
    arena_close(arena);
}

static void gives_the_empty_text_when_a_copy_fails(void)
{
    struct arena *arena = NULL;
    static const char LONG[8192];
    CU_ASSERT_EQUAL_FATAL(arena_open(&arena, 4096), AMICUS_OK);
    struct text copy = {"x", 1};
    CU_ASSERT_EQUAL(text_copy(&copy, arena, (struct text){LONG, sizeof LONG}), AMICUS_MEMORY);
    CU_ASSERT_EQUAL(copy.length, 0);
    CU_ASSERT_PTR_NULL(copy.at);
    arena_close(arena);
}

static void compares_texts_by_their_bytes(void)
{
    const struct text none = {NULL, 0};
    CU_ASSERT_TRUE(text_equal(none, text_of("")));
    CU_ASSERT_FALSE(text_equal(text_of("a"), text_of("ab")));
    CU_ASSERT_FALSE(text_equal(text_of("a"), text_of("b")));
    CU_ASSERT_TRUE(text_is(text_of("money"), "money"));
    CU_ASSERT_FALSE(text_is(text_of("money"), "mone"));
    CU_ASSERT_FALSE(text_is((struct text){"a\0b", 3}, "a"));
}

static void orders_texts_by_bytes_with_a_beginning_first(void)
{
    const struct text none = {NULL, 0};
    CU_ASSERT_TRUE(text_order(text_of("a"), text_of("b")) < 0);
    CU_ASSERT_TRUE(text_order(text_of("b"), text_of("a")) > 0);
    CU_ASSERT_TRUE(text_order(text_of("a"), text_of("ab")) < 0);
    CU_ASSERT_TRUE(text_order(text_of("ab"), text_of("a")) > 0);
    CU_ASSERT_EQUAL(text_order(text_of("a"), text_of("a")), 0);
    CU_ASSERT_EQUAL(text_order(none, none), 0);
    CU_ASSERT_TRUE(text_order(none, text_of("a")) < 0);
    CU_ASSERT_TRUE(text_order(text_of("Z"), text_of("a")) < 0);
    CU_ASSERT_TRUE(text_order(text_of("z"), text_of("\xC3\xA9")) < 0);
}

static void accepts_every_form_of_utf8(void)
{
    static const char *const GOOD[] = {
        "",
        "a",
        "\x7F",
        "\xC2\x80",
        "\xDF\xBF",
        "\xE0\xA0\x80",
        "\xED\x9F\xBF",
        "\xEE\x80\x80",
        "\xEF\xBF\xBF",
        "\xF0\x90\x80\x80",
        "\xF4\x8F\xBF\xBF",
    };
    for (size_t i = 0; i < sizeof GOOD / sizeof GOOD[0]; i++) {
        CU_ASSERT_TRUE(text_is_utf8(text_of(GOOD[i]), NULL));
    }
}

static void refuses_what_only_looks_like_utf8_and_says_where(void)
{
    static const char *const BAD[] = {
        "\x80",             /* no lead */
        "\xBF",             /* no lead */
        "\xC0\x80",         /* overlong NUL */
        "\xC1\xBF",         /* overlong */
        "\xE0\x9F\xBF",     /* overlong */
        "\xF0\x8F\xBF\xBF", /* overlong */
        "\xED\xA0\x80",     /* surrogate */
        "\xED\xBF\xBF",     /* surrogate */
        "\xF4\x90\x80\x80", /* above U+10FFFF */
        "\xF5\x80\x80\x80", /* above U+10FFFF */
        "\xFF",             /* never a lead */
        "\xC2",             /* cut */
        "\xE2\x82",         /* cut */
        "\xF0\x9F\x98",     /* cut */
        "\xC2\x41",         /* no continuation */
        "\xE2\x82\x41",     /* no continuation */
    };
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        char bytes[16] = "ok ";
        size_t fault = 99;
        memcpy(bytes + 3, BAD[i], strlen(BAD[i]) + 1);
        CU_ASSERT_FALSE(text_is_utf8(text_of(bytes), &fault));
        CU_ASSERT_EQUAL(fault, 3);
        CU_ASSERT_FALSE(text_is_utf8(text_of(bytes), NULL));
    }
}

static void decodes_each_length_of_character(void)
{
    uint32_t code = 0;
    CU_ASSERT_EQUAL(text_decode(text_of("a"), 0, &code), 1);
    CU_ASSERT_EQUAL(code, 'a');
    CU_ASSERT_EQUAL(text_decode(text_of("x\xC3\xA9"), 1, &code), 2);
    CU_ASSERT_EQUAL(code, 0xE9);
    CU_ASSERT_EQUAL(text_decode(text_of("\xE2\x82\xAC"), 0, &code), 3);
    CU_ASSERT_EQUAL(code, 0x20AC);
    CU_ASSERT_EQUAL(text_decode(text_of("\xF0\x9F\x98\x80"), 0, &code), 4);
    CU_ASSERT_EQUAL(code, 0x1F600);
    CU_ASSERT_EQUAL(text_decode(text_of("\xF0\x9F\x98\x80"), 1, &code), 0);
    CU_ASSERT_EQUAL(code, 0x1F600);
}

static void finds_every_control_and_bidirectional_mark(void)
{
    static const struct {
        const char *bytes;
        uint32_t code;
    } FOUND[] = {
        {"\x01", 0x01},           {"\x08", 0x08},           {"\x0B", 0x0B},
        {"\x0C", 0x0C},           {"\x0E", 0x0E},           {"\x1B", 0x1B},
        {"\x1F", 0x1F},           {"\x7F", 0x7F},           {"\xC2\x80", 0x80},
        {"\xC2\x9F", 0x9F},       {"\xD8\x9C", 0x61C},      {"\xE2\x80\x8E", 0x200E},
        {"\xE2\x80\x8F", 0x200F}, {"\xE2\x80\xAA", 0x202A}, {"\xE2\x80\xAE", 0x202E},
        {"\xE2\x81\xA6", 0x2066}, {"\xE2\x81\xA9", 0x2069},
    };
    for (size_t i = 0; i < sizeof FOUND / sizeof FOUND[0]; i++) {
        char bytes[16] = "\xC3\xA9-";
        uint32_t code = 0;
        memcpy(bytes + 3, FOUND[i].bytes, strlen(FOUND[i].bytes) + 1);
        CU_ASSERT_EQUAL(text_find_control(text_of(bytes), &code), 3);
        CU_ASSERT_EQUAL(code, FOUND[i].code);
    }
    CU_ASSERT_EQUAL(text_find_control((struct text){"a\0b", 3}, NULL), 1);
}

static void leaves_harmless_neighbours_of_controls_alone(void)
{
    static const char HARMLESS[] = "a\t\n\r ~\xC2\xA0\xE2\x80\x8D\xE2\x80\x90\xE2\x80\xA9"
                                   "\xE2\x80\xAF\xE2\x81\xA5\xE2\x81\xAA\xD8\x9B";
    uint32_t code = 77;
    CU_ASSERT_EQUAL(text_find_control(text_of(HARMLESS), &code), sizeof HARMLESS - 1);
    CU_ASSERT_EQUAL(code, 77);
    CU_ASSERT_EQUAL(text_find_control(text_of(""), NULL), 0);
}

/* Every byte at every place of a run that is longer than what is looked at at once. */
static void measures_runs_of_printable_ascii(void)
{
    char bytes[24];
    for (size_t place = 0; place < sizeof bytes; place++) {
        for (unsigned byte = 0; byte < 256; byte++) {
            memset(bytes, ' ', sizeof bytes);
            bytes[place] = (char)byte;
            const bool is_plain = byte >= 0x20 && byte < 0x7F;
            const size_t wanted = is_plain ? sizeof bytes : place;
            CU_ASSERT_EQUAL(text_plain((struct text){bytes, sizeof bytes}, 0), wanted);
        }
    }
    CU_ASSERT_EQUAL(text_plain(text_of("a\nbc"), 2), 2);
    CU_ASSERT_EQUAL(text_plain((struct text){NULL, 0}, 0), 0);
}

static void counts_characters_not_bytes(void)
{
    const struct text text = TEXT("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80z");
    CU_ASSERT_EQUAL(text_characters(text, 0), 0);
    CU_ASSERT_EQUAL(text_characters(text, 1), 1);
    CU_ASSERT_EQUAL(text_characters(text, 3), 2);
    CU_ASSERT_EQUAL(text_characters(text, text.length), 5);
}

static void measures_edits_and_counts_a_swap_as_one(void)
{
    static const struct {
        const char *a, *b;
        unsigned edits;
    } ROWS[] = {
        {"", "", 0},
        {"", "abc", 3},
        {"abc", "", 3},
        {"abc", "abc", 0},
        {"abc", "abd", 1},
        {"abc", "ab", 1},
        {"abc", "xabc", 1},
        {"abc", "acb", 1},
        {"amount", "amuont", 1},
        {"kitten", "sitting", 3},
        {"milestone", "milstones", 2},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        CU_ASSERT_EQUAL(text_distance(text_of(ROWS[i].a), text_of(ROWS[i].b)), ROWS[i].edits);
        CU_ASSERT_EQUAL(text_distance(text_of(ROWS[i].b), text_of(ROWS[i].a)), ROWS[i].edits);
    }
}

static void looks_at_256_bytes_of_a_word_at_most(void)
{
    char a[600];
    char b[600];
    memset(a, 'a', sizeof a);
    memset(b, 'b', sizeof b);
    CU_ASSERT_EQUAL(text_distance((struct text){a, 600}, (struct text){b, 600}), 256);
    CU_ASSERT_EQUAL(text_distance((struct text){a, 600}, (struct text){a, 256}), 0);
    CU_ASSERT_EQUAL(text_distance((struct text){a, 600}, (struct text){a, 255}), 1);
}

static void finds_what_a_mistyped_word_is_like_in_any_order(void)
{
    static const struct {
        const char *word, *best;
    } ROWS[] = {
        {"rat", "bat"}, {"cta", "cat"}, {"milstone", "milestone"},
        {"mile", ""},   {"xyzxyz", ""}, {"at", "bat"},
        {"xx", ""},     {"", ""},
    };
    static const char *const KNOWN[] = {"cat", "milestone", "bat", "vat", ""};
    enum { COUNT = sizeof KNOWN / sizeof KNOWN[0] };
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        for (size_t first = 0; first < COUNT; first++) {
            struct likeness likeness = likeness_to(text_of(ROWS[i].word));
            for (size_t j = 0; j < COUNT; j++) {
                likeness_try(&likeness, text_of(KNOWN[(first + j) % COUNT]));
            }
            CU_ASSERT_TRUE(text_is(likeness.best, ROWS[i].best));
        }
    }
}

static void knows_a_word_among_others(void)
{
    static const char *const WORDS[] = {"one", "two", NULL};
    CU_ASSERT_TRUE(text_is_among(text_of("one"), WORDS));
    CU_ASSERT_TRUE(text_is_among(text_of("two"), WORDS));
    CU_ASSERT_FALSE(text_is_among(text_of("on"), WORDS));
    CU_ASSERT_FALSE(text_is_among(text_of(""), WORDS));
    CU_ASSERT_FALSE(text_is_among(text_of("one"), WORDS + 1));
    CU_ASSERT_FALSE(text_is_among(text_of("one"), WORDS + 2));
}

static void reads_the_numbers_that_a_builder_put(void)
{
    struct arena *arena = NULL;
    struct builder builder;
    struct text bytes;
    CU_ASSERT_EQUAL_FATAL(arena_open(&arena, 4096), AMICUS_OK);
    builder_start(&builder, arena);
    builder_put_number(&builder, 0x01020304u, 4);
    builder_put_number(&builder, UINT64_MAX - 1, 8);
    builder_put_number(&builder, 0x1FF, 1);
    CU_ASSERT_EQUAL_FATAL(builder_end(&bytes, &builder), AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(bytes.length, 13);
    CU_ASSERT_EQUAL(bytes.at[0], 4);
    CU_ASSERT_EQUAL(text_number(bytes, 0, 4), 0x01020304u);
    CU_ASSERT_EQUAL(text_number(bytes, 4, 8), UINT64_MAX - 1);
    CU_ASSERT_EQUAL(text_number(bytes, 12, 1), 0xFF);
    arena_close(arena);
}

static void builds_a_text_of_pieces(void)
{
    struct arena *arena = opened();
    struct builder builder;
    struct text built;
    builder_start(&builder, arena);
    builder_put(&builder, (struct text){"one two", 3});
    builder_putc(&builder, ' ');
    builder_puts(&builder, "and ");
    builder_put_int(&builder, INT64_MIN);
    builder_putf(&builder, " %s %d", "x", 7);
    builder_put(&builder, (struct text){NULL, 0});
    CU_ASSERT_EQUAL_FATAL(builder_end(&built, &builder), AMICUS_OK);
    CU_ASSERT_STRING_EQUAL(built.at, "one and -9223372036854775808 x 7");
    CU_ASSERT_EQUAL(built.length, strlen(built.at));
    arena_close(arena);
}

static void builds_the_empty_text(void)
{
    struct arena *arena = opened();
    struct builder builder;
    struct text built;
    builder_start(&builder, arena);
    CU_ASSERT_EQUAL_FATAL(builder_end(&built, &builder), AMICUS_OK);
    CU_ASSERT_EQUAL(built.length, 0);
    CU_ASSERT_STRING_EQUAL(built.at, "");
    arena_close(arena);
}

static void builds_texts_of_every_length_around_its_growth(void)
{
    for (size_t length = 0; length < 300; length++) {
        struct arena *arena = opened();
        struct builder builder;
        struct text built;
        builder_start(&builder, arena);
        for (size_t i = 0; i < length; i++) {
            builder_putc(&builder, (char)('a' + i % 26));
        }
        CU_ASSERT_EQUAL_FATAL(builder_end(&built, &builder), AMICUS_OK);
        CU_ASSERT_EQUAL(built.length, length);
        CU_ASSERT_EQUAL(strlen(built.at), length);
        CU_ASSERT_TRUE(length == 0 || built.at[length - 1] == (char)('a' + (length - 1) % 26));
        arena_close(arena);
    }
}

static void remembers_its_first_failure_to_the_end(void)
{
    struct arena *arena = NULL;
    static const char LONG[8192];
    struct builder builder;
    struct text built = {"x", 1};
    CU_ASSERT_EQUAL_FATAL(arena_open(&arena, 4096), AMICUS_OK);
    builder_start(&builder, arena);
    builder_puts(&builder, "fits");
    builder_put(&builder, (struct text){LONG, sizeof LONG});
    builder_puts(&builder, "would fit again");
    CU_ASSERT_TRUE(builder.failed);
    CU_ASSERT_EQUAL(builder_end(&built, &builder), AMICUS_MEMORY);
    CU_ASSERT_PTR_NULL(built.at);
    CU_ASSERT_EQUAL(built.length, 0);
    arena_close(arena);
}

static void writes_json_strings_in_canonical_escapes(void)
{
    check_json("", 0, "\"\"");
    check_json("a/b'c", 5, "\"a/b'c\"");
    check_json("\"\\", 2, "\"\\\"\\\\\"");
    check_json("\b\f\n\r\t", 5, "\"\\b\\f\\n\\r\\t\"");
    check_json("\0\x01\x1F", 3, "\"\\u0000\\u0001\\u001f\"");
    check_json("\x7F\xC3\xA9\xE2\x80\xAE", 6, "\"\x7F\xC3\xA9\xE2\x80\xAE\"");
    check_json("a\xFFz", 3, "\"a\xEF\xBF\xBDz\"");
    check_json("\xE2\x82", 2, "\"\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

static void shows_controls_and_marks_on_a_terminal(void)
{
    check_visible("plain \xC3\xA9 text", "plain \xC3\xA9 text");
    check_visible("\x1B[31mred", "\\x1b[31mred");
    check_visible("a\nb\tc\rd", "a\\nb\\tc\\rd");
    check_visible("\x7F", "\\x7f");
    check_visible("\xC2\x9B", "\\x9b");
    check_visible("\xE2\x80\xAEgro", "<U+202E>gro");
    check_visible("\xD8\x9C", "<U+061C>");
    check_visible("cut\xE2\x82", "cut\\xe2\\x82");
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"makes a slice of a string", makes_a_slice_of_a_string},
        {"copies a slice with a NUL behind", copies_a_slice_with_a_nul_behind},
        {"gives the empty text when a copy fails", gives_the_empty_text_when_a_copy_fails},
        {"compares texts by their bytes", compares_texts_by_their_bytes},
        {"orders texts by bytes, with a beginning first",
         orders_texts_by_bytes_with_a_beginning_first},
        {"accepts every form of UTF-8", accepts_every_form_of_utf8},
        {"refuses what only looks like UTF-8, and says where",
         refuses_what_only_looks_like_utf8_and_says_where},
        {"decodes each length of character", decodes_each_length_of_character},
        {"finds every control and bidirectional mark", finds_every_control_and_bidirectional_mark},
        {"leaves harmless neighbours of controls alone",
         leaves_harmless_neighbours_of_controls_alone},
        {"measures runs of printable ASCII", measures_runs_of_printable_ascii},
        {"counts characters, not bytes", counts_characters_not_bytes},
        {"measures edits and counts a swap as one", measures_edits_and_counts_a_swap_as_one},
        {"looks at 256 bytes of a word at most", looks_at_256_bytes_of_a_word_at_most},
        {"builds a text of pieces", builds_a_text_of_pieces},
        {"builds the empty text", builds_the_empty_text},
        {"builds texts of every length around its growth",
         builds_texts_of_every_length_around_its_growth},
        {"remembers its first failure to the end", remembers_its_first_failure_to_the_end},
        {"writes JSON strings in canonical escapes", writes_json_strings_in_canonical_escapes},
        {"shows controls and marks on a terminal", shows_controls_and_marks_on_a_terminal},
        {"finds what a mistyped word is like, in any order",
         finds_what_a_mistyped_word_is_like_in_any_order},
        {"knows a word among others", knows_a_word_among_others},
        {"reads the numbers that a builder put", reads_the_numbers_that_a_builder_put},
        CU_TEST_INFO_NULL,
    };
    return suite_run("text", tests);
}
