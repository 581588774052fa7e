/*
 * The range: what the freelancer gets with every contested fact taken each way.
 *
 * A version is what one side says of a fact. Every combination of versions is decided, as long as
 * there are not too many: then each fact alone, and all facts on one side's version together, and
 * the page says so. Two versions a fact, decided in full on an edited case, so that what depends on
 * standing is computed as always.
 */
#include "case_edit.h"
#include "exhibit.h"
#include "reasons.h"
#include "whatif.h"

#include <assert.h>

enum { RANGE_FACTS = 32, RANGE_ALL = 7, VERSIONS_MOST = 4 };

/* One contested fact and what is said of it. */
struct dispute {
    uint32_t record, fact;
    struct value versions[VERSIONS_MOST];
    uint32_t count;
    int64_t least, most; /* that it alone leads to */
    bool is_possible;
};

struct span_of {
    bool has_one;
    int64_t least, most;
};

struct ranging {
    struct outline *outline;
    const struct amicus_ruling *ruling;
    struct dispute disputes[RANGE_FACTS];
    uint32_t count, left_out;
    struct span_of all;
    uint32_t undivided; /* versions that divide nothing */
    amicus_status status;
};

static void widen(struct span_of *span, int64_t amount)
{
    span->least = !span->has_one || amount < span->least ? amount : span->least;
    span->most = !span->has_one || amount > span->most ? amount : span->most;
    span->has_one = true;
}

static void add_dispute(struct ranging *ranging, uint32_t record, uint32_t fact)
{
    const struct amicus_case *subject = ranging->ruling->subject;
    const struct slot *slot = &subject->slots[case_slot(subject, record, fact)];
    struct dispute dispute = {.record = record, .fact = fact};
    for (uint32_t i = 0; i < slot->statement_count; i++) {
        const struct value *value = &subject->statements[slot->first_statement + i].value;
        bool is_new = dispute.count < VERSIONS_MOST;
        for (uint32_t n = 0; n < dispute.count; n++) {
            is_new = is_new && !value_equal(&dispute.versions[n], value);
        }
        if (is_new) {
            dispute.versions[dispute.count++] = *value;
        }
    }
    if (dispute.count < 2) {
        return;
    }
    if (ranging->count == RANGE_FACTS) {
        ranging->left_out++;
    } else {
        ranging->disputes[ranging->count++] = dispute;
    }
}

static void find_disputes(struct ranging *ranging)
{
    const struct amicus_case *subject = ranging->ruling->subject;
    for (uint32_t record = 0; record < subject->record_count; record++) {
        const struct fact_list facts =
            vocabulary_stored(subject->vocabulary, subject->records[record].kind);
        for (uint32_t i = 0; i < facts.count; i++) {
            if (case_value(subject, record, facts.facts[i])->standing == STANDING_CONTESTED) {
                add_dispute(ranging, record, facts.facts[i]);
            }
        }
    }
}

/* The edit that gives a fact one of its versions. */
static void write_edit(struct ranging *ranging, struct case_edit *edit,
                       const struct dispute *dispute, uint32_t version, amicus_diagnostics *list)
{
    const struct amicus_case *subject = ranging->ruling->subject;
    struct builder builder;
    builder_start(&builder, ranging->outline->arena);
    case_write_path(&builder, subject, dispute->record, dispute->fact);
    builder_putc(&builder, '=');
    case_write_value(&builder, subject, &subject->vocabulary->facts[dispute->fact],
                     &dispute->versions[version]);
    const struct text typed = outline_text(ranging->outline, &builder);
    ranging->status = ranging->outline->failed
                          ? AMICUS_MEMORY
                          : case_edit_read(edit, ranging->outline->arena, typed,
                                           (struct place){.file = "range"}, list);
}

/* Decide with edits. returns whether it can be and money is divided */
static bool decide_with(struct ranging *ranging, const struct case_edit *edits, uint32_t count,
                        int64_t *amount, amicus_diagnostics *list)
{
    const struct amicus_ruling *ruling = ranging->ruling;
    struct amicus_case *edited = NULL;
    struct amicus_ruling *after = NULL;
    bool divides = false;
    amicus_status status = case_edit(&edited, ruling->subject, edits, count, list);
    if (status == AMICUS_OK) {
        status = decide_case(&after, ruling->rulebook, edited, &ruling->instants, list);
    }
    if (status == AMICUS_OK) {
        divides = after->totals.stays_held_minor == 0;
        *amount = after->totals.to_freelancer_minor;
        ranging->undivided += divides ? 0 : 1;
    } else if (status != AMICUS_INVALID) {
        ranging->status = status;
    }
    amicus_ruling_close(after);
    case_close(edited);
    return divides;
}

/* Decide with the first `count` facts of `which` on the versions that a number says. */
static bool take_versions(struct ranging *ranging, const uint32_t *which, uint32_t count,
                          uint64_t versions, int64_t *amount)
{
    struct case_edit edits[RANGE_FACTS];
    amicus_diagnostics *list;
    if (amicus_diagnostics_open(&list) != AMICUS_OK) {
        ranging->status = AMICUS_MEMORY;
        return false;
    }
    for (uint32_t i = 0; i < count && ranging->status == AMICUS_OK; i++) {
        const struct dispute *dispute = &ranging->disputes[which[i]];
        write_edit(ranging, &edits[i], dispute, (uint32_t)(versions % dispute->count), list);
        versions /= dispute->count;
    }
    const bool divides =
        ranging->status == AMICUS_OK && decide_with(ranging, edits, count, amount, list);
    amicus_diagnostics_close(list);
    return divides;
}

/* Each fact alone: which moves most. */
static void take_each(struct ranging *ranging)
{
    for (uint32_t i = 0; i < ranging->count && ranging->status == AMICUS_OK; i++) {
        struct dispute *dispute = &ranging->disputes[i];
        struct span_of own = {.has_one = false};
        for (uint32_t version = 0; version < dispute->count; version++) {
            int64_t amount = 0;
            if (take_versions(ranging, &i, 1, version, &amount)) {
                widen(&own, amount);
                widen(&ranging->all, amount);
            }
        }
        dispute->is_possible = own.has_one;
        dispute->least = own.least;
        dispute->most = own.most;
    }
}

/* All facts together, in every combination. */
static void take_all(struct ranging *ranging)
{
    uint32_t which[RANGE_FACTS];
    uint64_t total = 1;
    for (uint32_t i = 0; i < ranging->count; i++) {
        which[i] = i;
        total *= ranging->disputes[i].count;
    }
    for (uint64_t n = 0; n < total && ranging->status == AMICUS_OK; n++) {
        int64_t amount = 0;
        if (take_versions(ranging, which, ranging->count, n, &amount)) {
            widen(&ranging->all, amount);
        }
    }
}

static struct text money_span(struct ranging *ranging, int64_t least, int64_t most)
{
    struct outline *outline = ranging->outline;
    const uint16_t currency = ranging->ruling->currency;
    const struct text a = exhibit_money(outline->arena, least, currency);
    const struct text b = exhibit_money(outline->arena, most, currency);
    return outline_putf(outline, "%.*s to %.*s", (int)a.length, a.at, (int)b.length, b.at);
}

static void add_disputes(struct ranging *ranging)
{
    struct outline *outline = ranging->outline;
    bool is_said[RANGE_FACTS] = {false};
    for (uint32_t n = 0; n < ranging->count; n++) {
        uint32_t best = RANGE_FACTS;
        for (uint32_t i = 0; i < ranging->count; i++) {
            const struct dispute *dispute = &ranging->disputes[i];
            const bool is_better = best == RANGE_FACTS ||
                                   dispute->most - dispute->least >
                                       ranging->disputes[best].most - ranging->disputes[best].least;
            best = !is_said[i] && is_better ? i : best;
        }
        is_said[best] = true;
        const struct dispute *dispute = &ranging->disputes[best];
        struct branch *branch = outline_add(outline, &outline->root, "contested");
        branch->name = exhibit_path(outline->arena, ranging->ruling->subject, dispute->record,
                                    dispute->fact, KIND_NONE);
        const struct text moves = exhibit_money(outline->arena, dispute->most - dispute->least,
                                                ranging->ruling->currency);
        branch->state = outline_putf(outline, "moves %.*s", (int)moves.length, moves.at);
        branch->says = dispute->is_possible
                           ? money_span(ranging, dispute->least, dispute->most)
                           : text_of("divides nothing, whichever version is taken");
    }
}

static void add_answer(struct ranging *ranging, bool is_whole)
{
    struct outline *outline = ranging->outline;
    outline->root.name = outline_visible(outline, ranging->ruling->subject->id);
    outline->root.says = text_of("hypothetical: the case is not altered");
    struct branch *point = whatif_add_outcome(outline, &outline->root, "before", ranging->ruling);
    point->name = text_of("point");
    struct branch *range = outline_add(outline, &outline->root, "range");
    range->name = text_of("range");
    range->says = ranging->all.has_one ? money_span(ranging, ranging->all.least, ranging->all.most)
                                       : text_of("(none): no version divides anything");
    add_disputes(ranging);
    if (ranging->count == 0) {
        outline_add(outline, &outline->root, "search")->says = text_of("(none) is contested");
    }
    if (!is_whole) {
        outline_add(outline, &outline->root, "search")->says =
            text_of("too many contested facts: each was taken each way alone, not all together");
    }
    if (ranging->undivided > 0) {
        outline_add(outline, &outline->root, "search")->says =
            outline_putf(outline, "%u versions divide nothing and are not in the range",
                         (unsigned)ranging->undivided);
    }
}

amicus_status whatif_range(struct outline *outline, const struct amicus_ruling *ruling)
{
    assert(outline != NULL && outline->arena != NULL);
    assert(ruling != NULL);
    struct ranging *ranging = arena_give(outline->arena, sizeof *ranging);
    if (ranging == NULL) {
        return AMICUS_MEMORY;
    }
    ranging->outline = outline;
    ranging->ruling = ruling;
    if (ruling->totals.stays_held_minor == 0) {
        widen(&ranging->all, ruling->totals.to_freelancer_minor);
    }
    find_disputes(ranging);
    take_each(ranging);
    const bool is_whole = ranging->count <= RANGE_ALL && ranging->left_out == 0;
    if (is_whole && ranging->count > 1) {
        take_all(ranging);
    }
    add_answer(ranging, is_whole);
    return ranging->status == AMICUS_OK ? outline_end(outline) : ranging->status;
}
