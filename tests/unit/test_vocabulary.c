#include "small_vocabulary.h"
#include "suite.h"

static const struct fact *fact_of(const struct small *small, const char *kind, const char *name)
{
    return &small->vocabulary->facts[small_fact(small, kind, name)];
}

static void sorts_facts_by_path(void)
{
    struct small small = small_open();
    for (uint32_t i = 1; i < small.vocabulary->fact_count; i++) {
        CU_ASSERT_TRUE(
            text_order(small.vocabulary->facts[i - 1].path, small.vocabulary->facts[i].path) < 0);
    }
    small_close(&small);
}

static void puts_facts_of_a_union_into_the_same_slots_of_its_members(void)
{
    struct small small = small_open();
    uint32_t in_milestone = small_fact(&small, "milestone", "held");
    uint32_t in_week = small_fact(&small, "week", "held");
    CU_ASSERT_EQUAL(in_milestone, in_week);
    uint32_t shared = small.vocabulary->kinds[small.vocabulary->item_kind].slot_count;
    CU_ASSERT_EQUAL(shared, 4);
    CU_ASSERT_EQUAL(fact_of(&small, "milestone", "title")->slot, shared);
    CU_ASSERT_EQUAL(fact_of(&small, "week", "starts_on")->slot, shared);
    small_close(&small);
}

static void numbers_derived_facts_behind_those_of_the_union(void)
{
    struct small small = small_open();
    uint32_t milestone = vocabulary_find_kind(small.vocabulary, text_of("milestones"));
    CU_ASSERT_EQUAL(fact_of(&small, "item", "late")->derived, 0);
    CU_ASSERT_EQUAL(fact_of(&small, "milestone", "due.review")->derived, 1);
    CU_ASSERT_EQUAL(small.vocabulary->kinds[milestone].derived_count, 2);
    small_close(&small);
}

static void finds_a_derived_fact_of_a_record_by_its_whole_path(void)
{
    struct small small = small_open();
    uint32_t fact = vocabulary_find_path(small.vocabulary, text_of("due.review"));
    CU_ASSERT_EQUAL_FATAL(fact, small_fact(&small, "milestone", "due.review"));
    CU_ASSERT_EQUAL(small.vocabulary->facts[fact].kind,
                    vocabulary_find_kind(small.vocabulary, text_of("milestone")));
    small_close(&small);
}

static void finds_kinds_by_list_and_by_record(void)
{
    struct small small = small_open();
    const struct vocabulary *vocabulary = small.vocabulary;
    CU_ASSERT_EQUAL(vocabulary_find_kind(vocabulary, text_of("deliveries")),
                    vocabulary_find_kind(vocabulary, text_of("delivery")));
    CU_ASSERT_EQUAL(vocabulary_find_kind(vocabulary, text_of("case")), KIND_ROOT);
    CU_ASSERT_EQUAL(vocabulary_find_kind(vocabulary, text_of("deliverys")), KIND_NONE);
    uint32_t week = vocabulary_find_kind(vocabulary, text_of("week"));
    CU_ASSERT_TRUE(kind_is(vocabulary, week, vocabulary->item_kind));
    CU_ASSERT_FALSE(kind_is(vocabulary, vocabulary->item_kind, week));
    small_close(&small);
}

static void follows_the_owner_of_a_review_to_its_item(void)
{
    struct small small = small_open();
    uint32_t review = vocabulary_find_kind(small.vocabulary, text_of("review"));
    const uint32_t *path = small.vocabulary->kinds[review].owner_path;
    CU_ASSERT_EQUAL(path[0], small_fact(&small, "review", "delivery"));
    CU_ASSERT_EQUAL(path[1], small_fact(&small, "delivery", "item"));
    CU_ASSERT_EQUAL(path[2], FACT_NONE);
    small_close(&small);
}

static void lets_the_opposite_of_a_boolean_help_the_other_side(void)
{
    struct small small = small_open();
    const struct fact *idle = fact_of(&small, "segment", "idle");
    CU_ASSERT_EQUAL(idle->helps_true, PARTY_CLIENT);
    CU_ASSERT_EQUAL(idle->helps_false, PARTY_FREELANCER);
    const struct fact *shown = fact_of(&small, "case", "case.work_shown");
    CU_ASSERT_EQUAL(shown->helps_true, PARTY_FILER);
    CU_ASSERT_EQUAL(shown->helps_false, PARTY_RESPONDENT);
    small_close(&small);
}

static void finds_the_nearest_name_of_a_misspelt_fact(void)
{
    struct small small = small_open();
    uint32_t milestone = vocabulary_find_kind(small.vocabulary, text_of("milestone"));
    CU_ASSERT_TRUE(
        text_is(vocabulary_nearest(small.vocabulary, milestone, text_of("amuont")), "amount"));
    CU_ASSERT_EQUAL(vocabulary_nearest(small.vocabulary, milestone, text_of("qqqqqqqq")).length, 0);
    small_close(&small);
}

static void lists_stored_facts_of_base_and_member_by_name(void)
{
    struct small small = small_open();
    uint32_t milestone = vocabulary_find_kind(small.vocabulary, text_of("milestone"));
    struct fact_list stored = vocabulary_stored(small.vocabulary, milestone);
    static const char *const NAMES[] = {"amount", "held", "id", "share", "title"};
    CU_ASSERT_EQUAL_FATAL(stored.count, 5);
    for (uint32_t i = 0; i < stored.count; i++) {
        CU_ASSERT_TRUE(text_is(small.vocabulary->facts[stored.facts[i]].name, NAMES[i]));
    }
    small_close(&small);
}

static void does_not_depend_on_the_order_of_facts_in_the_file(void)
{
    struct small small = small_open();
    char *moved = arena_give(small.arena, sizeof SMALL_VOCABULARY);
    const char *line = "  - {path: contract.type, type: enum, of: [fixed, hourly]}\n";
    const char *at = strstr(SMALL_VOCABULARY, line);
    const char *end = strstr(SMALL_VOCABULARY, "roles:");
    CU_ASSERT_FATAL(moved != NULL && at != NULL && end != NULL);
    size_t before = (size_t)(at - SMALL_VOCABULARY);
    size_t between = (size_t)(end - at) - strlen(line);
    memcpy(moved, SMALL_VOCABULARY, before);
    memcpy(moved + before, at + strlen(line), between);
    memcpy(moved + before + between, line, strlen(line));
    memcpy(moved + before + between + strlen(line), end, strlen(end));
    struct vocabulary *other = NULL;
    CU_ASSERT_EQUAL_FATAL(vocabulary_load(&other, "moved.yaml", text_of(moved), small.list),
                          AMICUS_OK);
    for (uint32_t i = 0; i < other->fact_count; i++) {
        CU_ASSERT_TRUE(text_equal(other->facts[i].path, small.vocabulary->facts[i].path));
        CU_ASSERT_EQUAL(other->facts[i].slot, small.vocabulary->facts[i].slot);
    }
    vocabulary_close(other);
    small_close(&small);
}

/* Load a vocabulary of four lists that refer to each other in a row, the last one to an item. */
static amicus_status load_chain(const char *of)
{
    char text[1200];
    amicus_diagnostics *list = NULL;
    struct vocabulary *vocabulary = NULL;
    small_must(amicus_diagnostics_open(&list) == AMICUS_OK, "open a list");
    (void)snprintf(text, sizeof text,
                   "amicus: vocabulary/1\n"
                   "unions: [{one: item, role: money}]\n"
                   "lists:\n"
                   "  - {name: as, one: a, of: %s}\n"
                   "  - {name: bs, one: b}\n"
                   "  - {name: cs, one: c}\n"
                   "  - {name: ds, one: d}\n"
                   "facts:\n"
                   "  - {path: item.id, type: id}\n"
                   "  - {path: a.b, type: ref, to: b}\n"
                   "  - {path: a.c, type: ref, to: c}\n"
                   "  - {path: a.n, type: int}\n"
                   "  - {path: b.c, type: ref, to: c}\n"
                   "  - {path: c.d, type: ref, to: d}\n"
                   "  - {path: d.item, type: ref, to: item}\n",
                   of);
    amicus_status status = vocabulary_load(&vocabulary, "chain.yaml", text_of(text), list);
    vocabulary_close(vocabulary);
    amicus_diagnostics_close(list);
    return status;
}

static void follows_an_owner_through_three_refs_at_most(void)
{
    CU_ASSERT_EQUAL(load_chain("a.c.d.item"), AMICUS_OK);
    CU_ASSERT_EQUAL(load_chain("a.b.c.d.item"), AMICUS_INVALID);
    CU_ASSERT_EQUAL(load_chain("a.c.d"), AMICUS_INVALID);
    CU_ASSERT_EQUAL(load_chain("a.n.d.item"), AMICUS_INVALID);
    CU_ASSERT_EQUAL(load_chain("a.x.d.item"), AMICUS_INVALID);
    CU_ASSERT_EQUAL(load_chain("b.c.d.item"), AMICUS_INVALID);
    CU_ASSERT_EQUAL(load_chain("a"), AMICUS_INVALID);
}

static void replaces_the_ranking_by_another(void)
{
    struct small small = small_open();
    const struct tree *root = NULL;
    struct text text = text_of("tiers:\n  - {both_visible: true}\n");
    struct tree_source source = tree_source_of("ranking.yaml", text, false);
    CU_ASSERT_EQUAL_FATAL(tree_read_yaml(&root, small.arena, &source, small.list), AMICUS_OK);
    CU_ASSERT_EQUAL(vocabulary_rank(small.vocabulary, root, small.list), AMICUS_OK);
    CU_ASSERT_EQUAL(small.vocabulary->ranking.tier_count, 1);
    CU_ASSERT_EQUAL(small.vocabulary->ranking.void_test.fact, FACT_NONE);
    small_close(&small);
}

static void names_parties_both_ways(void)
{
    for (unsigned i = PARTY_CLIENT; i <= PARTY_THIRD; i++) {
        CU_ASSERT_EQUAL(party_find(text_of(party_name((enum party)i))), i);
    }
    CU_ASSERT_EQUAL(party_find(text_of("judge")), PARTY_NONE);
    CU_ASSERT_EQUAL(party_find(text_of("none")), PARTY_NONE);
}

static void reads_the_vocabulary_of_the_rules(void)
{
    struct small small = small_open();
    FILE *file = fopen("rules/vocabulary.yaml", "rb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    char *bytes = arena_give(small.arena, (size_t)1 << 20);
    size_t length = fread(bytes, 1, (size_t)1 << 20, file);
    (void)fclose(file);
    struct vocabulary *rules = NULL;
    amicus_status status =
        vocabulary_load(&rules, "rules/vocabulary.yaml", (struct text){bytes, length}, small.list);
    CU_ASSERT_EQUAL_FATAL(status, AMICUS_OK);
    CU_ASSERT_NOT_EQUAL(rules->roles.item_held, FACT_NONE);
    CU_ASSERT_NOT_EQUAL(rules->roles.filed_by, FACT_NONE);
    CU_ASSERT_NOT_EQUAL(rules->item_kind, KIND_NONE);
    CU_ASSERT_NOT_EQUAL(rules->evidence_kind, KIND_NONE);
    CU_ASSERT_EQUAL(rules->digest.length, 64);
    vocabulary_close(rules);
    small_close(&small);
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"sorts facts by path", sorts_facts_by_path},
        {"puts facts of a union into the same slots of its members",
         puts_facts_of_a_union_into_the_same_slots_of_its_members},
        {"numbers derived facts behind those of the union",
         numbers_derived_facts_behind_those_of_the_union},
        {"finds a derived fact of a record by its whole path",
         finds_a_derived_fact_of_a_record_by_its_whole_path},
        {"finds kinds by list and by record", finds_kinds_by_list_and_by_record},
        {"follows the owner of a review to its item", follows_the_owner_of_a_review_to_its_item},
        {"lets the opposite of a boolean help the other side",
         lets_the_opposite_of_a_boolean_help_the_other_side},
        {"finds the nearest name of a misspelt fact", finds_the_nearest_name_of_a_misspelt_fact},
        {"lists stored facts of base and member by name",
         lists_stored_facts_of_base_and_member_by_name},
        {"does not depend on the order of facts in the file",
         does_not_depend_on_the_order_of_facts_in_the_file},
        {"follows an owner through three refs at most",
         follows_an_owner_through_three_refs_at_most},
        {"replaces the ranking by another", replaces_the_ranking_by_another},
        {"names parties both ways", names_parties_both_ways},
        {"reads the vocabulary of the rules", reads_the_vocabulary_of_the_rules},
        CU_TEST_INFO_NULL,
    };
    return suite_run("vocabulary", tests);
}
