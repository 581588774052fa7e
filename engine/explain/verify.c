/*
 * Verification of a ruling, from what costs nothing to what costs two decisions.
 *
 * A ruling is held against the case and the rulebook that are here. If it is about another version
 * of either, that is said and nothing more is tried: everything would differ, and nothing would
 * follow from it. Otherwise it is derived again and compared value by value, so that a ruling which
 * was doctored is refused with what was changed, also if its digest was made anew.
 *
 * The digest is proved from the tree that was read, in canonical form: indentation and the order of
 * keys carry no meaning, everything else does.
 */
#include "verify.h"

#include "date.h"
#include "faults.h"
#include "verify_cites.h"

#include <assert.h>
#include <string.h>

static const char RULING_SCHEMA[] = "amicus.ruling/1";

/* A ruling being verified. */
struct verifier {
    struct verification *out;
    struct arena *arena;
    const struct tree *ruling;
    const struct amicus_rulebook *rulebook;
    const struct amicus_case *subject;
    amicus_diagnostics *list;
    struct amicus_ruling *derived;
    const struct tree *derived_tree;
    struct instants instants;
    amicus_status status;
};

const char *proof_kind_name(enum proof_kind kind)
{
    static const char *const NAMES[] = {"schema",   "engine", "bytes",       "case",
                                        "rulebook", "ruling", "facts alone", "citations"};
    assert((unsigned)kind < PROOF_KINDS);
    assert(NAMES[kind] != NULL);
    return NAMES[kind];
}

static void fail(struct verifier *verifier, amicus_status status)
{
    verifier->status = verifier->status == AMICUS_OK ? status : verifier->status;
}

/* Set how a proof ended, and what it says. */
#if defined(__GNUC__)
__attribute__((format(printf, 4, 5)))
#endif
static void
settle(struct verifier *verifier, enum proof_kind kind, bool holds, const char *format, ...)
{
    struct proof_result *proof = &verifier->out->proofs[kind];
    struct builder builder;
    va_list arguments;
    builder_start(&builder, verifier->arena);
    va_start(arguments, format);
    builder_putv(&builder, format, arguments);
    va_end(arguments);
    proof->state = holds ? PROOF_HOLDS : PROOF_FAILS;
    if (builder_end(&proof->says, &builder) != AMICUS_OK) {
        fail(verifier, AMICUS_MEMORY);
    }
}

/* The text of a member; of one member inside another, if inner is not NULL. Empty if it is none. */
static struct text member(const struct tree *map, const char *key, const char *inner)
{
    const struct tree *node = tree_find(map, key);
    if (node != NULL && inner != NULL) {
        node = tree_find(node, inner);
    }
    return node != NULL && node->kind == TREE_SCALAR && node->form == TREE_QUOTED
               ? node->text
               : (struct text){"", 0};
}

static bool holds_so_far(const struct verifier *verifier, enum proof_kind kind)
{
    return verifier->out->proofs[kind].state == PROOF_HOLDS;
}

/* --- what it says of itself --- */

static void prove_schema(struct verifier *verifier)
{
    const struct text schema = member(verifier->ruling, "schema", NULL);
    const bool is_same = text_is(schema, RULING_SCHEMA);
    settle(verifier, PROOF_SCHEMA, is_same,
           is_same ? "%.*s" : "it says '%.*s', not amicus.ruling/1", SHOWN(schema));
}

static void prove_engine(struct verifier *verifier)
{
    const struct text version = member(verifier->ruling, "engine", "version");
    const bool is_same = text_is(version, AMICUS_VERSION);
    if (is_same) {
        settle(verifier, PROOF_ENGINE, true, "made by amicus %s", AMICUS_VERSION);
    } else {
        settle(verifier, PROOF_ENGINE, false,
               "made by another version of amicus: '%.*s', this is %s", SHOWN(version),
               AMICUS_VERSION);
    }
}

static void prove_bytes(struct verifier *verifier)
{
    struct builder builder;
    struct text canonical;
    uint8_t digest[DIGEST_BYTES];
    char hex[DIGEST_HEX];
    builder_start(&builder, verifier->arena);
    tree_write_json(&builder, verifier->ruling, "digest");
    amicus_status status = builder_end(&canonical, &builder);
    if (status == AMICUS_OK) {
        status = digest_of(digest, RULING_SCHEMA, canonical);
    }
    if (status != AMICUS_OK) {
        fail(verifier, status);
        return;
    }
    digest_write(hex, digest);
    const struct text said = member(verifier->ruling, "digest", NULL);
    const bool is_same = text_is(said, hex);
    settle(verifier, PROOF_BYTES, is_same,
           is_same ? "%zu bytes have the digest that it names, %.12s..."
                   : "changed after it was made: its %zu bytes have another digest, %.12s...",
           canonical.length, hex);
}

/* --- what it is about --- */

static void prove_case(struct verifier *verifier)
{
    char hex[DIGEST_HEX];
    digest_write(hex, verifier->subject->digest);
    const struct text id = member(verifier->ruling, "case", "id");
    const struct text digest = member(verifier->ruling, "case", "digest");
    if (!text_equal(id, verifier->subject->id)) {
        settle(verifier, PROOF_CASE, false, "it is about another case: '%.*s', this is '%.*s'",
               SHOWN(id), SHOWN(verifier->subject->id));
    } else if (!text_is(digest, hex)) {
        settle(verifier, PROOF_CASE, false,
               "it is about another version of the case %.*s: %.12s..., this is %.12s...",
               SHOWN(id), digest.length < 12 ? "(no digest)" : digest.at, hex);
    } else {
        settle(verifier, PROOF_CASE, true, "%.*s, as it is here, %.12s...", SHOWN(id), hex);
    }
}

static void prove_rulebook(struct verifier *verifier)
{
    const struct image *image = &verifier->rulebook->image;
    char hex[DIGEST_HEX];
    digest_write(hex, image->digest);
    const struct text name = member(verifier->ruling, "rulebook", "name");
    const struct text version = member(verifier->ruling, "rulebook", "version");
    const struct text digest = member(verifier->ruling, "rulebook", "digest");
    const struct text own_name = image_text(image, image->name);
    const struct text own_version = image_text(image, image->version);
    if (!text_equal(name, own_name)) {
        settle(verifier, PROOF_RULEBOOK, false, "it is by another rulebook: '%.*s', this is '%.*s'",
               SHOWN(name), SHOWN(own_name));
    } else if (!text_is(digest, hex)) {
        settle(verifier, PROOF_RULEBOOK, false,
               "it is by another version of the rulebook %.*s: %.*s, %.12s..., this is %.*s, "
               "%.12s...",
               SHOWN(name), SHOWN(version), digest.length < 12 ? "(no digest)" : digest.at,
               SHOWN(own_version), hex);
    } else {
        settle(verifier, PROOF_RULEBOOK, true, "%.*s %.*s, as it is here, %.12s...", SHOWN(name),
               SHOWN(own_version), hex);
    }
}

/* --- derived again --- */

/* Read a ruling of ours back as a tree. NULL if that fails. */
static const struct tree *tree_of(struct verifier *verifier, const struct amicus_ruling *ruling)
{
    struct builder builder;
    struct text text;
    const struct tree *tree = NULL;
    builder_start(&builder, verifier->arena);
    ruling_write_json(&builder, ruling, false);
    amicus_status status = builder_end(&text, &builder);
    if (status == AMICUS_OK) {
        struct tree_source source = verify_source("(derived)", text);
        status = tree_read_json(&tree, verifier->arena, &source, verifier->list);
    }
    if (status != AMICUS_OK) {
        fail(verifier, status);
        return NULL;
    }
    return tree;
}

/* Take over what a comparison found. */
static void settle_comparison(struct verifier *verifier, enum proof_kind kind,
                              const struct comparison *comparison)
{
    verifier->out->proofs[kind].differences = comparison->differences;
    verifier->out->proofs[kind].difference_count = comparison->kept;
    fail(verifier, comparison->status);
}

/* "1 value", "3 values". */
static const char *counted(struct verifier *verifier, uint32_t count)
{
    struct builder builder;
    struct text text;
    builder_start(&builder, verifier->arena);
    builder_putf(&builder, count == 1 ? "%u value" : "%u values", (unsigned)count);
    return builder_end(&text, &builder) == AMICUS_OK ? text.at : "values";
}

/* The instants that the ruling names. */
static bool read_instants(struct verifier *verifier)
{
    struct instants *instants = &verifier->instants;
    const struct text policy_date = member(verifier->ruling, "policy_date", NULL);
    instants->has_as_of = true;
    instants->has_policy_date = policy_date.length > 0;
    return instant_read(&instants->as_of_s, member(verifier->ruling, "as_of", NULL)) == AMICUS_OK &&
           (!instants->has_policy_date ||
            instant_read(&instants->policy_date_s, policy_date) == AMICUS_OK);
}

static void prove_ruling(struct verifier *verifier)
{
    if (!read_instants(verifier)) {
        settle(verifier, PROOF_RULING, false, "it does not say as of which moment it was decided");
        return;
    }
    fail(verifier, decide_case(&verifier->derived, verifier->rulebook, verifier->subject,
                               &verifier->instants, verifier->list));
    verifier->derived_tree =
        verifier->status == AMICUS_OK ? tree_of(verifier, verifier->derived) : NULL;
    if (verifier->derived_tree == NULL) {
        return;
    }
    const struct comparison comparison =
        ruling_compare(verifier->arena, verifier->ruling, verifier->derived_tree, NULL, "digest");
    if (comparison.count == 0) {
        settle(verifier, PROOF_RULING, true, "%u values were derived again, and none differs",
               (unsigned)comparison.compared);
    } else {
        settle(verifier, PROOF_RULING, false, "%s of what it says %s not derived again",
               counted(verifier, comparison.count), comparison.count == 1 ? "is" : "are");
    }
    settle_comparison(verifier, PROOF_RULING, &comparison);
}

/* What must not change if only the facts that were read are known. Texts for people may name other
 * facts, and are left out. */
static const char *const ALONE[] = {"outcome", "totals", "items", "issues", "findings", NULL};

static void compare_kept(struct verifier *verifier, const struct amicus_ruling *kept,
                         const char *counts)
{
    const struct tree *tree = tree_of(verifier, kept);
    if (tree == NULL) {
        return;
    }
    const struct comparison comparison =
        ruling_compare(verifier->arena, verifier->derived_tree, tree, ALONE, "because");
    if (comparison.count == 0) {
        settle(verifier, PROOF_READS, true,
               "%s; alone they give the same outcome, division, labels and findings", counts);
    } else {
        settle(verifier, PROOF_READS, false, "%s; alone they give another ruling, by %s", counts,
               counted(verifier, comparison.count));
    }
    settle_comparison(verifier, PROOF_READS, &comparison);
}

static void prove_reads(struct verifier *verifier)
{
    struct amicus_case *subject = NULL;
    struct amicus_ruling *kept = NULL;
    uint32_t read = 0;
    uint32_t known = 0;
    amicus_status status =
        verify_keep_reads(&subject, &read, &known, verifier->derived, verifier->list);
    if (status == AMICUS_OK) {
        status =
            decide_case(&kept, verifier->rulebook, subject, &verifier->instants, verifier->list);
    }
    if (status == AMICUS_OK) {
        struct builder builder;
        struct text counts;
        builder_start(&builder, verifier->arena);
        builder_putf(&builder, "%u of %u known facts were read", (unsigned)read, (unsigned)known);
        status = builder_end(&counts, &builder);
        if (status == AMICUS_OK) {
            compare_kept(verifier, kept, counts.at);
        }
    }
    fail(verifier, status);
    amicus_ruling_close(kept);
    case_close(subject);
}

static void prove_cites(struct verifier *verifier)
{
    struct cite_check check = {.subject = verifier->subject,
                               .image = &verifier->rulebook->image,
                               .arena = verifier->arena};
    const amicus_status status = verify_cites(&check, verifier->ruling);
    if (status != AMICUS_OK) {
        fail(verifier, status);
    } else if (check.unread == 0) {
        settle(verifier, PROOF_CITES, true, "%u citations of %u findings, each read by its rule",
               (unsigned)check.cites, (unsigned)check.findings);
    } else {
        settle(verifier, PROOF_CITES, false,
               "%u of %u citations were not read by their rule, the first by %.*s: %.*s",
               (unsigned)check.unread, (unsigned)check.cites, SHOWN(check.first_rule),
               SHOWN(check.first_piece));
    }
}

static void prove_all(struct verifier *verifier)
{
    prove_schema(verifier);
    prove_engine(verifier);
    prove_bytes(verifier);
    prove_case(verifier);
    prove_rulebook(verifier);
    if (verifier->status == AMICUS_OK && holds_so_far(verifier, PROOF_SCHEMA) &&
        holds_so_far(verifier, PROOF_CASE) && holds_so_far(verifier, PROOF_RULEBOOK)) {
        prove_ruling(verifier);
        prove_cites(verifier);
    }
    if (verifier->status == AMICUS_OK && verifier->derived_tree != NULL) {
        prove_reads(verifier);
    }
}

struct tree_source verify_source(const char *name, struct text bytes)
{
    assert(bytes.at != NULL || bytes.length == 0);
    struct tree_source source = tree_source_of(name, bytes, true);
    assert(source.limit_depth <= TREE_DEPTH_MAX);
    source.allows_null = true;
    return source;
}

/* NOLINTNEXTLINE(readability-function-size): as many arguments as the header promises. */
amicus_status verify_ruling(struct verification *out, struct arena *arena,
                            const struct tree *ruling, const struct amicus_rulebook *rulebook,
                            const struct amicus_case *subject, amicus_diagnostics *list)
{
    assert(out != NULL && arena != NULL && ruling != NULL);
    assert(rulebook != NULL && subject != NULL && list != NULL);
    *out = (struct verification){.id = member(ruling, "case", "id"),
                                 .outcome = member(ruling, "outcome", NULL)};
    struct verifier verifier = {.out = out,
                                .arena = arena,
                                .ruling = ruling,
                                .rulebook = rulebook,
                                .subject = subject,
                                .list = list,
                                .status = AMICUS_OK};
    prove_all(&verifier);
    amicus_ruling_close(verifier.derived);
    out->holds = verifier.status == AMICUS_OK;
    for (unsigned i = 0; i < PROOF_KINDS; i++) {
        out->holds &= out->proofs[i].state == PROOF_HOLDS;
    }
    return verifier.status;
}

static void put_difference(struct outline *outline, struct branch *branch,
                           const struct difference *difference)
{
    const struct text nothing = text_of("(nothing)");
    struct branch *one = outline_add(outline, branch, "difference");
    one->name = outline_visible(outline, difference->path);
    struct branch *said = outline_add(outline, one, "said");
    said->name = text_of("says");
    said->says =
        difference->said.length == 0 ? nothing : outline_visible(outline, difference->said);
    struct branch *derived = outline_add(outline, one, "derived");
    derived->name = text_of("derived");
    derived->says =
        difference->derived.length == 0 ? nothing : outline_visible(outline, difference->derived);
}

void verify_outline(struct outline *outline, const struct verification *verification)
{
    static const char *const STATES[] = {"not tried", "proved", "REFUSED"};
    static const enum ink INKS[] = {INK_FAINT, INK_GOOD, INK_BAD};
    assert(outline != NULL && verification != NULL);
    assert(!outline->failed);
    outline->root.name = outline_visible(outline, verification->id);
    outline->root.state = text_of(verification->holds ? "proved" : "REFUSED");
    outline->root.ink = verification->holds ? INK_GOOD : INK_BAD;
    outline->root.says = outline_visible(outline, verification->outcome);
    for (unsigned i = 0; i < PROOF_KINDS; i++) {
        const struct proof_result *proof = &verification->proofs[i];
        struct branch *branch = outline_add(outline, &outline->root, "proof");
        branch->name = text_of(proof_kind_name((enum proof_kind)i));
        branch->state = text_of(STATES[proof->state]);
        branch->ink = INKS[proof->state];
        branch->says = outline_visible(outline, proof->says);
        for (uint32_t j = 0; j < proof->difference_count; j++) {
            put_difference(outline, branch, &proof->differences[j]);
        }
    }
}
