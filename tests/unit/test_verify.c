/*
 * What a verification promises: a ruling that is derived again is proved, and one that was changed
 * in any way is refused with what was changed.
 */
#include "decide_kit.h"
#include "suite.h"
#include "verify.h"

static struct kit kit;
static struct arena *arena;
static char shown[1 << 16];

static const char CASE[] =
    KIT_HEAD "contract:\n"
             "  formed_at: 2025-01-01T00:00:00Z\n"
             "  written: {is: true, says: client, cites: [E1]}\n"
             "  oral: {is: true, says: client, cites: [E2]}\n"
             "milestones:\n"
             "  - {id: M1, held: USD 100.00}\n"
             "deliveries:\n"
             "  - {id: D1, milestone: M1, at: 2025-05-03T09:14:00Z, formal: true, parts: 2}\n"
             "evidence:\n"
             "  - {id: E1, submitted_by: client}\n"
             "  - {id: E2, submitted_by: client}\n";

/* A rule that reads a fact with evidence and a derived fact; a ruling of it, written to `shown`. */
static void start(void)
{
    CU_ASSERT_TRUE_FATAL(kit_open(&kit, CASE));
    const uint32_t formal = kit_is(&kit, "delivery.formal", kit_var(&kit, 1));
    const uint32_t operands[] = {NODE_NONE, formal};
    kit_define(&kit, "item.formal", kit_list(&kit, NODE_SOME, TYPE_BOOL, "deliveries", operands));
    const uint32_t issue = kit_issue(&kit, "due", kit_kind(&kit, "item"), PROOF_BALANCE);
    const uint32_t both[] = {kit_is(&kit, "contract.written", NODE_NONE),
                             kit_is(&kit, "item.formal", kit_var(&kit, 0))};
    kit_rule(&kit, "applies", issue, SIDE_FOR, kit_many(&kit, NODE_ALL, TYPE_BOOL, both, 2));
    kit_remedy(&kit, "release", OUTCOME_RELEASE_FULL, kit_issue_is(&kit, issue, LABEL_UPHELD),
               kit_share(&kit, 10000));
    CU_ASSERT_TRUE_FATAL(kit_decide(&kit));
    const char *text = NULL;
    CU_ASSERT_EQUAL_FATAL(amicus_ruling_write(&text, NULL, kit.ruling, AMICUS_RULING_CANONICAL),
                          AMICUS_OK);
    CU_ASSERT_TRUE_FATAL(strlen(text) < sizeof shown / 2);
    memcpy(shown, text, strlen(text) + 1);
    arena_reset(arena);
}

/* Put a text in the place of the first `from` of the ruling. */
static void change(const char *from, const char *to)
{
    char *at = strstr(shown, from);
    CU_ASSERT_PTR_NOT_NULL_FATAL(at);
    memmove(at + strlen(to), at + strlen(from), strlen(at + strlen(from)) + 1);
    memcpy(at, to, strlen(to));
}

static const struct tree *read_shown(void)
{
    const struct tree *tree = NULL;
    const struct tree_source source = verify_source("test", text_of(shown));
    CU_ASSERT_EQUAL_FATAL(tree_read_json(&tree, arena, &source, kit.list), AMICUS_OK);
    return tree;
}

static struct verification verify(void)
{
    struct verification out;
    CU_ASSERT_EQUAL_FATAL(
        verify_ruling(&out, arena, read_shown(), &kit.book, kit.subject, kit.list), AMICUS_OK);
    return out;
}

/* Make the digest of a changed ruling anew, as somebody would who covers his tracks. */
static void seal(void)
{
    struct builder builder;
    struct text text;
    uint8_t digest[DIGEST_BYTES];
    char hex[DIGEST_HEX];
    builder_start(&builder, arena);
    tree_write_json(&builder, read_shown(), "digest");
    CU_ASSERT_EQUAL_FATAL(builder_end(&text, &builder), AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(digest_of(digest, "amicus.ruling/1", text), AMICUS_OK);
    digest_write(hex, digest);
    char *at = strstr(shown, ",\"digest\":\"");
    CU_ASSERT_PTR_NOT_NULL_FATAL(at);
    memcpy(at + strlen(",\"digest\":\""), hex, 64);
}

static bool has_difference(const struct verification *out, const char *path)
{
    const struct proof_result *proof = &out->proofs[PROOF_RULING];
    for (uint32_t i = 0; i < proof->difference_count; i++) {
        if (text_is(proof->differences[i].path, path)) {
            return true;
        }
    }
    return false;
}

static void a_ruling_of_ours_is_proved(void)
{
    start();
    const struct verification out = verify();
    CU_ASSERT_TRUE(out.holds);
    for (unsigned i = 0; i < PROOF_KINDS; i++) {
        CU_ASSERT_EQUAL(out.proofs[i].state, PROOF_HOLDS);
        CU_ASSERT_TRUE(out.proofs[i].says.length > 0);
    }
    CU_ASSERT_TRUE(text_is(out.outcome, "release_full"));
    kit_close(&kit);
}

static void a_changed_outcome_is_refused_by_its_bytes_and_by_the_derivation(void)
{
    start();
    change("\"outcome\":\"release_full\"", "\"outcome\":\"refund_full\"");
    const struct verification out = verify();
    CU_ASSERT_FALSE(out.holds);
    CU_ASSERT_EQUAL(out.proofs[PROOF_BYTES].state, PROOF_FAILS);
    CU_ASSERT_EQUAL(out.proofs[PROOF_RULING].state, PROOF_FAILS);
    CU_ASSERT_TRUE(has_difference(&out, "items[0].outcome"));
    kit_close(&kit);
}

static void a_new_digest_does_not_cover_a_change(void)
{
    start();
    change("\"to_freelancer\":\"USD 100.00\"", "\"to_freelancer\":\"USD 900.00\"");
    seal();
    const struct verification out = verify();
    CU_ASSERT_FALSE(out.holds);
    CU_ASSERT_EQUAL(out.proofs[PROOF_BYTES].state, PROOF_HOLDS);
    CU_ASSERT_TRUE(has_difference(&out, "items[0].to_freelancer"));
    kit_close(&kit);
}

static void a_citation_that_the_rule_did_not_read_is_refused(void)
{
    start();
    change("\"cites\":[{\"evidence\":\"E1\"", "\"cites\":[{\"evidence\":\"E2\"");
    seal();
    const struct verification out = verify();
    CU_ASSERT_EQUAL(out.proofs[PROOF_CITES].state, PROOF_FAILS);
    CU_ASSERT_TRUE(has_difference(&out, "findings[0].cites[0]"));
    kit_close(&kit);
}

/* The read is forged too: the evidence does stand behind that fact, but the rule cannot read it. */
static void a_read_that_the_rule_cannot_make_supports_no_citation(void)
{
    start();
    change("\"cites\":[{\"evidence\":\"E1\"", "\"cites\":[{\"evidence\":\"E2\"");
    change("\"evidence\":[\"E1\"],\"fact\":\"contract.written\"",
           "\"evidence\":[\"E2\"],\"fact\":\"contract.oral\"");
    seal();
    const struct verification out = verify();
    CU_ASSERT_EQUAL(out.proofs[PROOF_CITES].state, PROOF_FAILS);
    kit_close(&kit);
}

static void another_version_of_the_case_is_named_and_nothing_more_is_tried(void)
{
    start();
    char *at = strstr(shown, "\"case\":{\"digest\":\"");
    CU_ASSERT_PTR_NOT_NULL_FATAL(at);
    at[strlen("\"case\":{\"digest\":\"")] ^= 1;
    seal();
    const struct verification out = verify();
    CU_ASSERT_FALSE(out.holds);
    CU_ASSERT_PTR_NOT_NULL(strstr(out.proofs[PROOF_CASE].says.at, "another version of the case"));
    CU_ASSERT_EQUAL(out.proofs[PROOF_BYTES].state, PROOF_HOLDS);
    CU_ASSERT_EQUAL(out.proofs[PROOF_RULING].state, PROOF_UNTRIED);
    CU_ASSERT_EQUAL(out.proofs[PROOF_READS].state, PROOF_UNTRIED);
    kit_close(&kit);
}

static void another_version_of_the_rulebook_is_named(void)
{
    start();
    change("\"rulebook\":{\"digest\":\"0", "\"rulebook\":{\"digest\":\"f");
    const struct verification out = verify();
    CU_ASSERT_PTR_NOT_NULL(
        strstr(out.proofs[PROOF_RULEBOOK].says.at, "another version of the rulebook"));
    CU_ASSERT_EQUAL(out.proofs[PROOF_RULING].state, PROOF_UNTRIED);
    kit_close(&kit);
}

static void another_engine_is_named(void)
{
    start();
    change("\"engine\":{\"version\":\"" AMICUS_VERSION "\"", "\"engine\":{\"version\":\"9.9.9\"");
    const struct verification out = verify();
    CU_ASSERT_FALSE(out.holds);
    CU_ASSERT_EQUAL(out.proofs[PROOF_ENGINE].state, PROOF_FAILS);
    kit_close(&kit);
}

static void the_moment_of_the_ruling_is_honoured(void)
{
    start();
    amicus_ruling_close(kit.ruling);
    kit.ruling = NULL;
    const struct instants later = {.has_as_of = true, .as_of_s = INT64_C(1900000000)};
    CU_ASSERT_EQUAL_FATAL(decide_case(&kit.ruling, &kit.book, kit.subject, &later, kit.list),
                          AMICUS_OK);
    const char *text = NULL;
    CU_ASSERT_EQUAL_FATAL(amicus_ruling_write(&text, NULL, kit.ruling, AMICUS_RULING_JSON),
                          AMICUS_OK);
    memcpy(shown, text, strlen(text) + 1);
    CU_ASSERT_TRUE(verify().holds);
    change("\"as_of\": \"2030-", "\"as_of\": \"2031-");
    CU_ASSERT_FALSE(verify().holds);
    change("\"as_of\": \"2031-", "\"as_of\": \"soon-");
    CU_ASSERT_EQUAL(verify().proofs[PROOF_RULING].state, PROOF_FAILS);
    kit_close(&kit);
}

static void any_json_is_refused_and_breaks_nothing(void)
{
    static const char *const TEXTS[] = {
        "{}",
        "[]",
        "{\"schema\":1,\"case\":[],\"engine\":null,\"findings\":{\"a\":1}}",
        "{\"schema\":\"amicus.ruling/1\",\"findings\":[1,[],{\"cites\":3}]}",
    };
    for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++) {
        start();
        memcpy(shown, TEXTS[i], strlen(TEXTS[i]) + 1);
        CU_ASSERT_FALSE(verify().holds);
        kit_close(&kit);
    }
}

/* Findings, cites and reads of any shape, on the right case and rulebook. */
static void findings_of_any_shape_break_nothing(void)
{
    static const char *const SHAPES[] = {
        "\"findings\":[1,null,[],{}],\"findingz\":[",
        "\"findings\":{\"cites\":[]},\"findingz\":[",
        ("\"findings\":[{\"cites\":[1,{},{\"evidence\":[]}],"
         "\"reads\":[1,{\"fact\":3}]}],\"findingz\":["),
    };
    for (size_t i = 0; i < sizeof SHAPES / sizeof SHAPES[0]; i++) {
        start();
        change("\"findings\":[", SHAPES[i]);
        CU_ASSERT_FALSE(verify().holds);
        kit_close(&kit);
    }
}

static void a_case_of_the_reads_alone_lacks_everything_else(void)
{
    struct amicus_case *only = NULL;
    uint32_t read = 0;
    uint32_t known = 0;
    start();
    CU_ASSERT_EQUAL_FATAL(verify_keep_reads(&only, &read, &known, kit.ruling, kit.list), AMICUS_OK);
    CU_ASSERT_TRUE(read > 0 && read < known);
    const uint32_t written = vocabulary_find_path(only->vocabulary, text_of("contract.written"));
    const uint32_t oral = vocabulary_find_path(only->vocabulary, text_of("contract.oral"));
    CU_ASSERT_EQUAL(case_value(only, RECORD_ROOT, written)->standing,
                    case_value(kit.subject, RECORD_ROOT, written)->standing);
    CU_ASSERT_EQUAL(case_value(only, RECORD_ROOT, oral)->standing, STANDING_UNKNOWN);
    case_close(only);
    kit_close(&kit);
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"a ruling of ours is proved", a_ruling_of_ours_is_proved},
        {"a changed outcome is refused by its bytes and by the derivation",
         a_changed_outcome_is_refused_by_its_bytes_and_by_the_derivation},
        {"a new digest does not cover a change", a_new_digest_does_not_cover_a_change},
        {"a citation that the rule did not read is refused",
         a_citation_that_the_rule_did_not_read_is_refused},
        {"a read that the rule cannot make supports no citation",
         a_read_that_the_rule_cannot_make_supports_no_citation},
        {"another version of the case is named and nothing more is tried",
         another_version_of_the_case_is_named_and_nothing_more_is_tried},
        {"another version of the rulebook is named", another_version_of_the_rulebook_is_named},
        {"another engine is named", another_engine_is_named},
        {"the moment of the ruling is honoured", the_moment_of_the_ruling_is_honoured},
        {"any JSON is refused and breaks nothing", any_json_is_refused_and_breaks_nothing},
        {"findings of any shape break nothing", findings_of_any_shape_break_nothing},
        {"a case of the reads alone lacks everything else",
         a_case_of_the_reads_alone_lacks_everything_else},
        CU_TEST_INFO_NULL,
    };
    if (arena_open(&arena, (size_t)64 << 20) != AMICUS_OK) {
        return 2;
    }
    const int code = suite_run("verify", tests);
    arena_close(arena);
    return code;
}
