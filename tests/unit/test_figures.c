#include "figures.h"
#include "gate.h"
#include "suite.h"

static struct arena *arena;

static struct figures fresh(void)
{
    struct figures figures;
    CU_ASSERT_EQUAL(figures_start(&figures, arena), AMICUS_OK);
    return figures;
}

static struct text written(const struct figures *figures)
{
    struct builder builder;
    struct text text = {"", 0};
    builder_start(&builder, arena);
    figures_write_json(&builder, figures);
    CU_ASSERT_EQUAL(builder_end(&text, &builder), AMICUS_OK);
    return text;
}

static void note(struct figures *figures, const char *name, int64_t held)
{
    const amicus_division division = {held, held, 0, 0, 0};
    figure_add(figures_row(figures, text_of(name)), &division);
    CU_ASSERT_EQUAL(figures_note_id(figures, text_of(name)), AMICUS_OK);
    figures->lines++;
}

/* Parts added in any order are the whole, hash and bytes. */
static void the_sum_of_parts_does_not_depend_on_their_order(void)
{
    struct figures whole = fresh(), a = fresh(), b = fresh(), ab = fresh(), ba = fresh();
    for (int64_t i = 0; i < 40; i++) {
        const char *name = i % 3 == 0 ? "outcome/split/USD" : "outcome/refer/-";
        note(&whole, name, i * 1000);
        note(i % 2 == 0 ? &a : &b, name, i * 1000);
    }
    CU_ASSERT_EQUAL(figures_merge(&ab, &a), AMICUS_OK);
    CU_ASSERT_EQUAL(figures_merge(&ab, &b), AMICUS_OK);
    CU_ASSERT_EQUAL(figures_merge(&ba, &b), AMICUS_OK);
    CU_ASSERT_EQUAL(figures_merge(&ba, &a), AMICUS_OK);
    CU_ASSERT_TRUE(text_equal(written(&ab), written(&whole)));
    CU_ASSERT_TRUE(text_equal(written(&ba), written(&whole)));
    CU_ASSERT_TRUE(ab.hash.high == whole.hash.high && ab.hash.low == whole.hash.low);
    CU_ASSERT_TRUE(ba.hash.high == whole.hash.high && ba.hash.low == whole.hash.low);
    CU_ASSERT_EQUAL(ab.lines, whole.lines);
}

static void a_sum_beyond_64_bits_keeps_every_digit(void)
{
    struct sum sum = {0, 0};
    struct builder builder;
    struct text text;
    struct figure figure = {.count = 0};
    const amicus_division most = {INT64_MAX, 0, 0, 0, INT64_MAX};
    for (int i = 0; i < 20; i++) {
        figure_add(&figure, &most);
    }
    sum_add(&sum, &figure.sums[SUM_HELD]);
    builder_start(&builder, arena);
    sum_write(&builder, &sum);
    CU_ASSERT_EQUAL(builder_end(&text, &builder), AMICUS_OK);
    CU_ASSERT_TRUE(text_is(text, "184467440737095516140"));
    CU_ASSERT_EQUAL(sum_permille(&figure.sums[SUM_STAYS], &sum), 1000);
    CU_ASSERT_EQUAL(sum_permille(&figure.sums[SUM_FEES], &sum), 0);
}

static void a_hash_tells_lost_and_doubled_ids_apart(void)
{
    struct figures once = fresh(), twice = fresh(), other = fresh();
    CU_ASSERT_EQUAL(figures_note_id(&once, text_of("A")), AMICUS_OK);
    CU_ASSERT_EQUAL(figures_note_id(&twice, text_of("A")), AMICUS_OK);
    CU_ASSERT_EQUAL(figures_note_id(&twice, text_of("A")), AMICUS_OK);
    CU_ASSERT_EQUAL(figures_note_id(&other, text_of("B")), AMICUS_OK);
    CU_ASSERT_NOT_EQUAL(once.hash.low, twice.hash.low);
    CU_ASSERT_NOT_EQUAL(once.hash.low, other.hash.low);
}

static bool holds(const char *words, const struct figures *figures)
{
    amicus_diagnostics *list;
    struct gate gate;
    CU_ASSERT_EQUAL(amicus_diagnostics_open(&list), AMICUS_OK);
    const amicus_status status = gate_read(&gate, words, list);
    CU_ASSERT_EQUAL(status, AMICUS_OK);
    const bool is_met = status == AMICUS_OK && gate_holds(&gate, figures, list);
    CU_ASSERT_EQUAL(amicus_diagnostics_count(list), is_met ? 0u : 1u);
    amicus_diagnostics_close(list);
    return is_met;
}

static void a_gate_holds_exactly_at_its_bound(void)
{
    struct figures figures = fresh();
    for (int i = 0; i < 200; i++) {
        figures_row(&figures, text_of("cases"))->count++;
        figures_row(&figures, text_of(i < 10 ? "outcome/refer/USD" : "outcome/split/EUR"))->count++;
    }
    figures_row(&figures, text_of("outcome/refer_more/USD"))->count += 7;
    figures_row(&figures, text_of("rule/book/np.approved"))->count = 3;
    CU_ASSERT_TRUE(holds("outcome.refer<=5%", &figures));
    CU_ASSERT_FALSE(holds("outcome.refer<5%", &figures));
    CU_ASSERT_TRUE(holds("outcome.refer>=0.05", &figures));
    CU_ASSERT_FALSE(holds("outcome.refer>=0.0501", &figures));
    CU_ASSERT_TRUE(holds("outcome.refer=10", &figures));
    CU_ASSERT_TRUE(holds("outcome.refer!=11", &figures));
    CU_ASSERT_TRUE(holds("rule.np.approved>2", &figures));
    CU_ASSERT_TRUE(holds("rule.approved=0", &figures));
    CU_ASSERT_TRUE(holds("rejected=0", &figures));
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"the sum of parts does not depend on their order",
         the_sum_of_parts_does_not_depend_on_their_order},
        {"a sum beyond 64 bits keeps every digit", a_sum_beyond_64_bits_keeps_every_digit},
        {"a hash tells lost and doubled ids apart", a_hash_tells_lost_and_doubled_ids_apart},
        {"a gate holds exactly at its bound", a_gate_holds_exactly_at_its_bound},
        CU_TEST_INFO_NULL,
    };
    if (arena_open(&arena, (size_t)16 << 20) != AMICUS_OK) {
        return 2;
    }
    const int code = suite_run("figures", tests);
    arena_close(arena);
    return code;
}
