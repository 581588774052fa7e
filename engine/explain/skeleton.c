/*
 * A skeleton asks the vocabulary for everything: what a fact is called, what it may say, who knows
 * it and how to ask for it. Facts stand in the order of the vocabulary's kinds and their names; the
 * id of a record and what it belongs to come first.
 *
 * Which facts belong into it the caller marks. To these come those that the engine itself reads
 * (roles) and those that rank evidence, without which a case decides nothing. A money item's facts
 * are shared by its lists, and stand in the first of them and in each that has marked facts of its
 * own.
 */
#include "skeleton.h"

#include <assert.h>
#include <string.h>

struct sketch {
    struct builder *out;
    const struct skeleton *skeleton;
    const struct vocabulary *vocabulary;
    const char *indent; /* of the lines at hand, behind the comment sign */
};

/* Facts that the engine reads itself, or that rank evidence. */
static bool is_role(const struct vocabulary *vocabulary, uint32_t fact)
{
    const struct roles *roles = &vocabulary->roles;
    const uint32_t needed[] = {roles->as_of,       roles->filed_by,          roles->contract_formed,
                               roles->filed,       roles->contract_type,     roles->item_held,
                               roles->item_amount, roles->evidence_submitter};
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
        if (needed[i] == fact) {
            return true;
        }
    }
    const struct evidence_ranking *ranking = &vocabulary->ranking;
    bool is_ranked = ranking->void_test.fact == fact || ranking->seen_test.fact == fact;
    for (uint32_t i = 0; i < ranking->tier_count; i++) {
        for (uint32_t j = 0; j < ranking->tiers[i].test_count; j++) {
            is_ranked |= ranking->tiers[i].tests[j].fact == fact;
        }
    }
    return is_ranked;
}

static bool is_wanted(const struct sketch *sketch, uint32_t fact)
{
    return sketch->vocabulary->facts[fact].derived == FACT_NONE &&
           (sketch->skeleton->wanted[fact] || is_role(sketch->vocabulary, fact));
}

/* What may stand behind a fact's name. */
static void put_type(struct sketch *sketch, const struct fact *fact)
{
    struct builder *out = sketch->out;
    switch ((enum value_type)fact->type) {
    case TYPE_BOOL: builder_puts(out, "true or false"); break;
    case TYPE_INT: builder_puts(out, "a whole number"); break;
    case TYPE_BPS: builder_puts(out, "0 to 10000, hundredths of a percent"); break;
    case TYPE_MINUTES: builder_puts(out, "minutes"); break;
    case TYPE_MONEY: builder_puts(out, "as USD 1200.00"); break;
    case TYPE_INSTANT: builder_puts(out, "as 2025-06-02T09:00:00Z"); break;
    case TYPE_DATE: builder_puts(out, "as 2025-06-02"); break;
    case TYPE_DURATION: builder_puts(out, "as 14 calendar_days"); break;
    case TYPE_ENUM:
    case TYPE_ENUMS:
        for (uint32_t i = 0; i < fact->member_count; i++) {
            builder_puts(out, i == 0 ? "" : i + 1 < fact->member_count ? ", " : " or ");
            builder_put(out, fact->members[i].name);
        }
        break;
    case TYPE_TEXT: builder_puts(out, "a text"); break;
    case TYPE_REF:
        builder_puts(out, "the id of ");
        builder_put(out, sketch->vocabulary->kinds[fact->ref_kind].one);
        break;
    case TYPE_NONE:
    case TYPE_COUNT: break;
    }
}

/* Write the question as a comment, and the fact's name below it. */
static void put_fact(struct sketch *sketch, const struct fact *fact, size_t skipped)
{
    struct builder *out = sketch->out;
    const struct text asks = fact->question.length > 0 ? fact->question : fact->meaning;
    builder_putf(out, "# %s# ", sketch->indent);
    builder_put(out, asks);
    builder_puts(out, asks.length > 0 ? " (" : "(");
    put_type(sketch, fact);
    builder_puts(out, fact->needs_finding ? "; a finding: says: reviewer)\n" : ")\n");
    builder_putf(out, "# %s", sketch->indent);
    builder_put(out, (struct text){fact->name.at + skipped, fact->name.length - skipped});
    builder_puts(out, ":\n");
}

static bool is_in_section(const struct fact *fact, struct text section)
{
    return fact->path.length > section.length && fact->path.at[section.length] == '.' &&
           memcmp(fact->path.at, section.at, section.length) == 0;
}

/* Write the wanted facts of a section that are not stated. returns whether there are any. */
static bool put_section(struct sketch *sketch, struct text section, bool is_open)
{
    const struct roles *roles = &sketch->vocabulary->roles;
    const struct fact_list stored = vocabulary_stored(sketch->vocabulary, KIND_ROOT);
    bool has_any = is_open;
    for (uint32_t i = 0; i < stored.count; i++) {
        const uint32_t number = stored.facts[i];
        const struct fact *fact = &sketch->vocabulary->facts[number];
        const bool is_stated =
            number == roles->case_id || number == roles->platform || number == roles->grounds;
        if (is_stated || !is_in_section(fact, section) || !is_wanted(sketch, number)) {
            continue;
        }
        if (!has_any) {
            builder_puts(sketch->out, "\n# ");
            builder_put(sketch->out, section);
            builder_puts(sketch->out, ":\n");
            has_any = true;
        }
        put_fact(sketch, fact, section.length + 1);
    }
    return has_any;
}

/* Tell whether a list belongs into the skeleton. */
static bool is_list_wanted(const struct sketch *sketch, uint32_t number)
{
    const struct kind *kind = &sketch->vocabulary->kinds[number];
    if (kind->is_union || kind->list.length == 0) {
        return false;
    }
    bool is_first = kind->base != KIND_NONE;
    for (uint32_t k = 1; k < number; k++) {
        is_first &= sketch->vocabulary->kinds[k].base != kind->base;
    }
    bool is_one = is_first || kind->is_evidence;
    const struct fact_list stored = vocabulary_stored(sketch->vocabulary, number);
    for (uint32_t i = 0; i < stored.count && !is_one; i++) {
        is_one = sketch->vocabulary->facts[stored.facts[i]].kind == number &&
                 is_wanted(sketch, stored.facts[i]);
    }
    return is_one;
}

/* Write the first line of a record: its id, what it belongs to, or a fact without either. */
static void put_record(struct sketch *sketch, uint32_t number)
{
    const struct kind *kind = &sketch->vocabulary->kinds[number];
    const struct fact_list stored = vocabulary_stored(sketch->vocabulary, number);
    const uint32_t first = kind->id_fact != FACT_NONE ? kind->id_fact : kind->owner_path[0];
    builder_puts(sketch->out, "\n# ");
    builder_put(sketch->out, kind->list);
    builder_puts(sketch->out, ":\n#   - ");
    if (kind->id_fact != FACT_NONE) {
        builder_putf(sketch->out, "id: %c1\n", kind->one.at[0] - 'a' + 'A');
    } else {
        builder_puts(sketch->out,
                     "says: platform   # or who else states what stands plain below\n");
    }
    sketch->indent = "    ";
    if (kind->owner_path[0] != FACT_NONE) {
        put_fact(sketch, &sketch->vocabulary->facts[kind->owner_path[0]], 0);
    }
    for (uint32_t i = 0; i < stored.count; i++) {
        const uint32_t fact = stored.facts[i];
        if (fact != first && fact != kind->owner_path[0] && is_wanted(sketch, fact)) {
            put_fact(sketch, &sketch->vocabulary->facts[fact], 0);
        }
    }
}

/* Write what is known: the id, the platform, the grounds. */
static void put_head(struct sketch *sketch)
{
    const struct skeleton *skeleton = sketch->skeleton;
    const struct vocabulary *vocabulary = sketch->vocabulary;
    const struct fact *grounds = &vocabulary->facts[vocabulary->roles.grounds];
    builder_puts(
        sketch->out,
        "amicus: case/1\n"
        "# Take '# ' off the front of each line that you fill in. What nobody says stays a\n"
        "# comment: it is unknown. What is known not to exist goes under absent:.\n"
        "# A plain value is the platform's record; a party's word is written as\n"
        "# {is: true, says: client, cites: [E1]}.\n"
        "\n"
        "case:\n"
        "  id: NEW-1\n");
    if (skeleton->platform.length > 0) {
        builder_puts(sketch->out, "  platform: ");
        builder_put(sketch->out, skeleton->platform);
        builder_putc(sketch->out, '\n');
    }
    builder_puts(sketch->out, "  grounds: [");
    builder_put(sketch->out, grounds->members[skeleton->ground].name);
    builder_puts(sketch->out, "]\n");
}

void skeleton_write(struct builder *builder, const struct skeleton *skeleton)
{
    assert(builder != NULL && skeleton != NULL);
    assert(skeleton->wanted != NULL && skeleton->vocabulary->roles.grounds != FACT_NONE);
    const struct vocabulary *vocabulary = skeleton->vocabulary;
    struct sketch sketch = {
        .out = builder, .skeleton = skeleton, .vocabulary = vocabulary, .indent = "  "};
    put_head(&sketch);
    for (uint32_t i = 0; i < vocabulary->root_count; i++) {
        (void)put_section(&sketch, vocabulary->roots[i], text_is(vocabulary->roots[i], "case"));
    }
    for (uint32_t k = 1; k < vocabulary->kind_count; k++) {
        if (is_list_wanted(&sketch, k)) {
            put_record(&sketch, k);
        }
    }
    builder_puts(builder, "\n# absent:\n"
                          "#   - {fact: case, reason: \"no event recorded\"}\n");
}
