/*
 * layout.c: columns, wrapping and cutting.
 */
#include "suite.h"

#include "layout.h"

#include <string.h>

static const struct look PLAIN = {80, false, false};
static const struct look COLOURED = {80, true, true};

static struct arena *open_arena(void)
{
    struct arena *arena;
    CU_ASSERT_EQUAL_FATAL(arena_open(&arena, (size_t)1 << 20), AMICUS_OK);
    return arena;
}

static void counts_columns_and_not_bytes(void)
{
    CU_ASSERT_EQUAL(layout_columns(text_of("plain")), 5);
    CU_ASSERT_EQUAL(layout_columns(text_of("Gr\xc3\xb6\xc3\x9f"
                                           "e")),
                    5);
    CU_ASSERT_EQUAL(layout_columns(text_of("\xe4\xbd\xa0\xe5\xa5\xbd")), 4);
    CU_ASSERT_EQUAL(layout_columns(text_of("e\xcc\x81")), 1);
}

static void counts_a_broken_character_as_its_bytes(void)
{
    CU_ASSERT_EQUAL(layout_columns(text_of("\xff\xfe")), 2);
    CU_ASSERT_EQUAL(layout_columns(text_of("\xe4\xbd")), 2);
}

static void shows_a_control_sequence_instead_of_obeying_it(void)
{
    struct arena *arena = open_arena();
    struct text shown = layout_visible(arena, text_of("a\x1b[31mb\xe2\x80\xae"));
    CU_ASSERT_PTR_NULL(memchr(shown.at, 0x1b, shown.length));
    CU_ASSERT_PTR_NULL(memchr(shown.at, 0xe2, shown.length));
    arena_close(arena);
}

static void makes_any_white_space_one_space(void)
{
    struct arena *arena = open_arena();
    CU_ASSERT_TRUE(
        text_is(layout_visible(arena, text_of("  one\n\ttwo \r\n three\n")), "one two three"));
    arena_close(arena);
}

static void cuts_to_exactly_the_columns_that_there_are(void)
{
    struct arena *arena = open_arena();
    CU_ASSERT_TRUE(text_is(layout_cut(arena, PLAIN, text_of("0123456789"), 10), "0123456789"));
    CU_ASSERT_TRUE(text_is(layout_cut(arena, PLAIN, text_of("0123456789"), 9), "012345..."));
    CU_ASSERT_TRUE(
        text_is(layout_cut(arena, COLOURED, text_of("0123456789"), 9), "01234567\xe2\x80\xa6"));
    arena_close(arena);
}

static void never_cuts_through_a_wide_letter(void)
{
    struct arena *arena = open_arena();
    struct text cut = layout_cut(arena, PLAIN, text_of("\xe4\xbd\xa0\xe5\xa5\xbd\xe4\xbd\xa0"), 5);
    CU_ASSERT_TRUE(text_is(cut, "\xe4\xbd\xa0..."));
    arena_close(arena);
}

static void breaks_lines_at_spaces(void)
{
    struct text text = text_of("one two three");
    CU_ASSERT_TRUE(text_is(layout_line(&text, 7), "one two"));
    CU_ASSERT_TRUE(text_is(text, "three"));
    CU_ASSERT_TRUE(text_is(layout_line(&text, 7), "three"));
    CU_ASSERT_EQUAL(text.length, 0);
}

static void breaks_a_word_that_no_line_can_hold(void)
{
    struct text text = text_of("abcdefgh");
    CU_ASSERT_TRUE(text_is(layout_line(&text, 3), "abc"));
    CU_ASSERT_TRUE(text_is(text, "defgh"));
}

static void always_moves_on_even_where_no_letter_fits(void)
{
    struct text text = text_of("\xe4\xbd\xa0\xe5\xa5\xbd");
    CU_ASSERT_EQUAL(layout_line(&text, 1).length, 3);
    CU_ASSERT_EQUAL(text.length, 3);
}

static void leaves_no_spaces_at_the_end_of_a_line(void)
{
    struct arena *arena = open_arena();
    struct builder builder;
    builder_start(&builder, arena);
    struct pen pen = pen_of(&builder, PLAIN);
    pen_puts(&pen, INK_PLAIN, "word");
    pen_to(&pen, 40, 2);
    pen_end(&pen);
    struct text text;
    CU_ASSERT_EQUAL_FATAL(builder_end(&text, &builder), AMICUS_OK);
    CU_ASSERT_TRUE(text_is(text, "word\n"));
    arena_close(arena);
}

static void wraps_under_the_left_edge_and_within_the_right(void)
{
    struct arena *arena = open_arena();
    struct builder builder;
    builder_start(&builder, arena);
    struct pen pen = pen_of(&builder, PLAIN);
    pen_puts(&pen, INK_PLAIN, "to: ");
    pen_wrap(&pen, INK_PLAIN, text_of("aaa bbb ccc ddd"), 4, 12);
    pen_end(&pen);
    struct text text;
    CU_ASSERT_EQUAL_FATAL(builder_end(&text, &builder), AMICUS_OK);
    CU_ASSERT_TRUE(text_is(text, "to: aaa bbb\n    ccc ddd\n"));
    arena_close(arena);
}

static void colours_words_and_not_the_spaces_between_columns(void)
{
    struct arena *arena = open_arena();
    struct builder builder;
    builder_start(&builder, arena);
    struct pen pen = pen_of(&builder, COLOURED);
    pen_puts(&pen, INK_PLAIN, "a");
    pen_to(&pen, 4, 1);
    pen_puts(&pen, INK_BAD, "b");
    CU_ASSERT_EQUAL(pen.column, 5);
    struct text text;
    CU_ASSERT_EQUAL_FATAL(builder_end(&text, &builder), AMICUS_OK);
    CU_ASSERT_TRUE(text_is(text, "a   \x1b[1;31mb\x1b[0m"));
    arena_close(arena);
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"counts columns and not bytes", counts_columns_and_not_bytes},
        {"counts a broken character as its bytes", counts_a_broken_character_as_its_bytes},
        {"shows a control sequence instead of obeying it",
         shows_a_control_sequence_instead_of_obeying_it},
        {"makes any white space one space", makes_any_white_space_one_space},
        {"cuts to exactly the columns that there are", cuts_to_exactly_the_columns_that_there_are},
        {"never cuts through a wide letter", never_cuts_through_a_wide_letter},
        {"breaks lines at spaces", breaks_lines_at_spaces},
        {"breaks a word that no line can hold", breaks_a_word_that_no_line_can_hold},
        {"always moves on, even where no letter fits", always_moves_on_even_where_no_letter_fits},
        {"leaves no spaces at the end of a line", leaves_no_spaces_at_the_end_of_a_line},
        {"wraps under the left edge and within the right",
         wraps_under_the_left_edge_and_within_the_right},
        {"colours words and not the spaces between columns",
         colours_words_and_not_the_spaces_between_columns},
        CU_TEST_INFO_NULL,
    };
    return suite_run("layout", tests);
}
