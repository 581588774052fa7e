/*
 * What markup promises: a text of somebody else can be read, and does nothing.
 */
#include "markup.h"
#include "suite.h"

#include <string.h>

/* A text, and how it is written. */
struct pair {
    const char *text, *written;
};

static void check(void (*put)(struct builder *, struct text), const struct pair *pairs,
                  size_t count)
{
    struct arena *arena;
    CU_ASSERT_EQUAL_FATAL(arena_open(&arena, 1 << 20), AMICUS_OK);
    for (size_t i = 0; i < count; i++) {
        struct builder builder;
        struct text written;
        builder_start(&builder, arena);
        put(&builder, text_of(pairs[i].text));
        CU_ASSERT_EQUAL_FATAL(builder_end(&written, &builder), AMICUS_OK);
        CU_ASSERT_TRUE(text_is(written, pairs[i].written));
    }
    arena_close(arena);
}

#define CHECK(put, pairs) check(put, pairs, sizeof(pairs) / sizeof(pairs)[0])

static void plain_words_stay_as_they_are(void)
{
    static const struct pair PAIRS[] = {
        {"", ""},
        {"USD 1,200.00 is due, less 5 %.", "USD 1,200.00 is due, less 5 %."},
        {"It was sent on 2025-05-04 17:02 UTC; late?",
         "It was sent on 2025-05-04 17:02 UTC; late?"},
        {"\xc3\x84rger", "\xc3\x84rger"},
    };
    CHECK(markdown_put, PAIRS);
    CHECK(html_put, PAIRS);
}

static void signs_of_markdown_are_escaped(void)
{
    static const struct pair PAIRS[] = {
        {"*a* _b_ ~~c~~", "\\*a\\* \\_b\\_ \\~\\~c\\~\\~"},
        {"<b>x</b> &lt;", "\\<b\\>x\\</b\\> \\&lt;"},
        {"![x](y)", "\\!\\[x\\](y)"},
        {"a|b `c` \\", "a\\|b \\`c\\` \\\\"},
        {"$x^2$", "\\$x\\^2\\$"},
    };
    CHECK(markdown_put, PAIRS);
}

static void nothing_begins_a_heading_a_list_or_a_rule(void)
{
    static const struct pair PAIRS[] = {
        {"- a", "\\- a"},   {"+ a", "\\+ a"},     {"---", "\\---"}, {"===", "\\==="},
        {"1. a", "1\\. a"}, {"12) a", "12\\) a"}, {"> a", "\\> a"}, {"a - b", "a - b"},
        {"# a", "`#` a"},   {"1.5 a", "1\\.5 a"},
    };
    CHECK(markdown_put, PAIRS);
}

static void what_looks_like_a_link_is_code(void)
{
    static const struct pair PAIRS[] = {
        {"http://x.example/a?b=c", "`http://x.example/a?b=c`"},
        {"see www.x.example, please", "see `www.x.example`, please"},
        {"a@b.example", "`a@b.example`"},
        {"javascript:alert(1)", "`javascript:alert(1`)"},
        {"[x](javascript:y)", "`[x](javascript:y`)"},
        {"@team #12 GH-1", "`@team` `#12` GH-1"},
        {":smile:", "`:smile`:"},
        {"//x", "`//x`"},
    };
    CHECK(markdown_put, PAIRS);
}

static void code_cannot_be_left(void)
{
    static const struct pair PAIRS[] = {
        {"a`@b", "``a`@b``"},
        {"`a@b", "`` `a@b ``"},
        {"a``@`b", "```a``@`b```"},
        {"a@b`", "`` a@b` ``"},
    };
    CHECK(markdown_put, PAIRS);
}

static void html_is_escaped_in_content_and_attributes(void)
{
    static const struct pair PAIRS[] = {
        {"<script>alert('x')</script>", "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"},
        {"\" onload=\"x", "&quot; onload=&quot;x"},
        {"&amp;", "&amp;amp;"},
    };
    CHECK(html_put, PAIRS);
}

int main(void)
{
    static CU_TestInfo tests[] = {
        {"plain words stay as they are", plain_words_stay_as_they_are},
        {"signs of Markdown are escaped", signs_of_markdown_are_escaped},
        {"nothing begins a heading, a list or a rule", nothing_begins_a_heading_a_list_or_a_rule},
        {"what looks like a link is code", what_looks_like_a_link_is_code},
        {"code cannot be left", code_cannot_be_left},
        {"HTML is escaped in content and attributes", html_is_escaped_in_content_and_attributes},
        CU_TEST_INFO_NULL,
    };
    return suite_run("markup", tests);
}
