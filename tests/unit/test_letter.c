/*
 * What letters promise: a sentence for every outcome, its source behind each, and the same for both
 * sides.
 */
#include "decide_kit.h"
#include "letter.h"
#include "render_letter.h"
#include "suite.h"

static struct kit kit;
static struct outline outline;
static struct arena *arena;

#define SIDES (PARTY_BIT(PARTY_CLIENT) | PARTY_BIT(PARTY_FREELANCER))

static const char ONE_ITEM[] = KIT_HEAD "contract: {written: true}\n"
                                        "milestones:\n"
                                        "  - {id: M1, held: USD 100.00, fee: USD 10.00}\n";

/* A decided case: the remedy divides, or waits for contract.kept. */
static void start(bool is_open)
{
    CU_ASSERT_TRUE_FATAL(kit_open(&kit, ONE_ITEM));
    CU_ASSERT_EQUAL_FATAL(arena_open(&arena, (size_t)4 << 20), AMICUS_OK);
    kit_remedy(&kit, "divide", OUTCOME_SPLIT,
               is_open ? kit_is(&kit, "contract.kept", NODE_NONE) : kit_truth(&kit, true),
               kit_share(&kit, 3000));
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
}

static void stop(void)
{
    arena_close(arena);
    kit_close(&kit);
}

static void draft(uint16_t parties)
{
    outline_start(&outline, arena, "letters");
    CU_ASSERT_EQUAL_FATAL(letter_notice(&outline, kit.ruling, parties), AMICUS_OK);
}

static const struct branch *paragraph(const struct branch *letter, const char *name)
{
    const struct branch *one = letter->first;
    while (one != NULL && !text_is(one->name, name)) {
        one = one->next;
    }
    return one;
}

static bool has_words(struct text text, const char *words)
{
    const size_t length = strlen(words);
    for (size_t i = 0; i + length <= text.length; i++) {
        if (memcmp(text.at + i, words, length) == 0) {
            return true;
        }
    }
    return false;
}

static void every_outcome_has_a_sentence_of_its_own(void)
{
    struct text said[OUTCOME_COUNT];
    start(false);
    for (unsigned i = 0; i < OUTCOME_COUNT; i++) {
        kit.ruling->items[0].outcome = (uint8_t)i;
        draft(PARTY_BIT(PARTY_CLIENT));
        const struct branch *suggested = paragraph(outline.root.first, "What is suggested");
        CU_ASSERT_PTR_NOT_NULL_FATAL(suggested);
        said[i] = suggested->first->says;
        CU_ASSERT_TRUE(said[i].length > 20 && said[i].at[said[i].length - 1] == '.');
        for (unsigned j = 0; j < i; j++) {
            CU_ASSERT_FALSE(text_equal(said[i], said[j]));
        }
    }
    stop();
}

static void every_part_of_the_money_is_told(void)
{
    start(false);
    draft(PARTY_BIT(PARTY_FREELANCER));
    const struct branch *one = paragraph(outline.root.first, "What is suggested")->first;
    static const char *const SAID[] = {"USD 100.00 is held for milestone M1", "would go to you",
                                       "would go to the client", "would be kept as fees"};
    for (one = one->next; one != NULL && !has_words(one->says, SAID[0]); one = one->next) {
    }
    for (size_t i = 0; i < sizeof SAID / sizeof SAID[0]; i++, one = one->next) {
        CU_ASSERT_PTR_NOT_NULL_FATAL(one);
        CU_ASSERT_TRUE(has_words(one->says, SAID[i]));
    }
    CU_ASSERT_PTR_NULL(one);
    stop();
}

static void both_sides_are_told_the_same_and_each_sentence_its_source(void)
{
    start(true);
    draft(SIDES);
    const struct branch *client = outline.root.first, *freelancer = client->next;
    CU_ASSERT_TRUE(text_is(client->name, "client") && text_is(freelancer->name, "freelancer"));
    CU_ASSERT_PTR_NULL(freelancer->next);
    const struct branch *a = client->first, *b = freelancer->first;
    for (; a != NULL && b != NULL; a = a->next, b = b->next) {
        CU_ASSERT_TRUE(text_equal(a->name, b->name));
        const struct branch *x = a->first, *y = b->first;
        for (; x != NULL && y != NULL; x = x->next, y = y->next) {
            CU_ASSERT_STRING_EQUAL(x->kind, y->kind);
            CU_ASSERT_TRUE(x->name.length > 0 && text_equal(x->name, y->name));
        }
        CU_ASSERT_TRUE(x == NULL && y == NULL);
    }
    CU_ASSERT_TRUE(a == NULL && b == NULL);
    CU_ASSERT_PTR_NOT_NULL(paragraph(client, "This is not binding"));
    stop();
}

static void sentences_with_one_source_share_a_number(void)
{
    struct outline index;
    start(false);
    draft(PARTY_BIT(PARTY_CLIENT));
    outline_start(&index, arena, "index");
    letter_index(&index, outline.root.first);
    const struct branch *suggested = paragraph(outline.root.first, "What is suggested");
    for (const struct branch *one = suggested->first; one != NULL; one = one->next) {
        CU_ASSERT_EQUAL(letter_number(&index, one), 1);
    }
    CU_ASSERT_EQUAL(letter_number(&index, outline.root.first->first->first), 0);
    CU_ASSERT_TRUE(text_is(index.root.first->name, "divide"));
    stop();
}

static void a_missing_fact_is_found_by_its_path_and_its_end(void)
{
    uint32_t found = 77;
    start(true);
    CU_ASSERT_FALSE(letter_find_missing(&found, arena, kit.ruling, text_of("ept")));
    CU_ASSERT_FALSE(letter_find_missing(&found, arena, kit.ruling, text_of("")));
    CU_ASSERT_EQUAL(found, 77);
    CU_ASSERT_TRUE_FATAL(letter_find_missing(&found, arena, kit.ruling, text_of("kept")));
    const uint32_t by_end = found;
    CU_ASSERT_TRUE(letter_find_missing(&found, arena, kit.ruling, text_of("contract.kept")));
    CU_ASSERT_EQUAL(found, by_end);
    stop();
}

static void who_usually_knows_is_asked_and_nobody_else(void)
{
    uint32_t missing = 0;
    start(true);
    CU_ASSERT_TRUE_FATAL(
        letter_find_missing(&missing, arena, kit.ruling, text_of("contract.kept")));
    CU_ASSERT_EQUAL(letter_knowers(kit.ruling, missing), PARTY_BIT(PARTY_CLIENT));
    outline_start(&outline, arena, "letters");
    CU_ASSERT_EQUAL_FATAL(letter_request(&outline, kit.ruling, SIDES, missing), AMICUS_OK);
    CU_ASSERT_TRUE(text_is(outline.root.first->name, "client"));
    CU_ASSERT_PTR_NULL(outline.root.first->next);
    const struct branch *asked = paragraph(outline.root.first, "What is asked");
    CU_ASSERT_STRING_EQUAL(asked->first->kind, "missing");
    CU_ASSERT_TRUE(text_is(asked->first->name, "contract.kept"));
    stop();
}

int main(void)
{
    static CU_TestInfo tests[] = {
        {"every outcome has a sentence of its own", every_outcome_has_a_sentence_of_its_own},
        {"every part of the money is told", every_part_of_the_money_is_told},
        {"both sides are told the same, and each sentence its source",
         both_sides_are_told_the_same_and_each_sentence_its_source},
        {"sentences with one source share a number", sentences_with_one_source_share_a_number},
        {"a missing fact is found by its path and its end",
         a_missing_fact_is_found_by_its_path_and_its_end},
        {"who usually knows is asked, and nobody else", who_usually_knows_is_asked_and_nobody_else},
        CU_TEST_INFO_NULL,
    };
    return suite_run("letter", tests);
}
