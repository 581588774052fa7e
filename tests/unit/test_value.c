#include "suite.h"
#include "value.h"

static void names_every_type_and_standing(void)
{
    CU_ASSERT_STRING_EQUAL(value_type_name(TYPE_BOOL), "bool");
    CU_ASSERT_STRING_EQUAL(value_type_name(TYPE_ENUMS), "list_of_enum");
    CU_ASSERT_STRING_EQUAL(value_type_name(TYPE_REF), "ref");
    CU_ASSERT_STRING_EQUAL(standing_name(STANDING_UNKNOWN), "unknown");
    CU_ASSERT_STRING_EQUAL(standing_name(STANDING_ESTABLISHED), "established");
    CU_ASSERT_STRING_EQUAL(standing_name(STANDING_ABSENT), "absent");
}

static void tells_amounts_of_two_currencies_apart(void)
{
    const struct value a = {.as.n = 100, .unit = 1, .type = TYPE_MONEY};
    const struct value b = {.as.n = 100, .unit = 2, .type = TYPE_MONEY};
    CU_ASSERT_FALSE(value_equal(&a, &b));
    CU_ASSERT_TRUE(value_equal(&a, &a));
}

static void compares_texts_by_their_bytes(void)
{
    const struct text one = {"same", 4};
    const char other_bytes[] = {'s', 'a', 'm', 'e'};
    const struct text two = {other_bytes, 4};
    const struct value a = {.as.text = &one, .type = TYPE_TEXT};
    const struct value b = {.as.text = &two, .type = TYPE_TEXT};
    CU_ASSERT_TRUE(value_equal(&a, &b));
}

static void leaves_the_standing_out_of_a_comparison(void)
{
    const struct value a = {.as.n = 1, .type = TYPE_BOOL, .standing = STANDING_CLAIMED};
    const struct value b = {.as.n = 1, .type = TYPE_BOOL, .standing = STANDING_ESTABLISHED};
    CU_ASSERT_TRUE(value_equal(&a, &b));
}

static void is_sixteen_bytes(void)
{
    CU_ASSERT_EQUAL(sizeof(struct value), 16);
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"names every type and standing", names_every_type_and_standing},
        {"tells amounts of two currencies apart", tells_amounts_of_two_currencies_apart},
        {"compares texts by their bytes", compares_texts_by_their_bytes},
        {"leaves the standing out of a comparison", leaves_the_standing_out_of_a_comparison},
        {"is sixteen bytes", is_sixteen_bytes},
        CU_TEST_INFO_NULL,
    };
    return suite_run("value", tests);
}
