/*
 * The notice: what each side is told of a ruling.
 *
 * The order is that of a reader who has something to lose: what is suggested, why, what speaks
 * against it, what would change it, what to do by when, and that none of it binds. It is made from
 * the same reasons as the page for a reviewer, so a letter cannot say what the page does not. Flags
 * are left out: they are raised for a human's eyes, and an unproved one would accuse.
 */
#include "letter_work.h"

#include <assert.h>

/* Items whose money is told one by one; the rest is counted. */
static const uint32_t ITEMS_MAX = 12;

/* Names of items in a heading. */
static const unsigned HEADING_MAX = 60;

static void say_opening(struct letter_work *work)
{
    const struct letter_source ruling = letter_ruling(work);
    const struct text parts[] = {work->reasons->id,
                                 letter_instant(work, work->ruling->instants.as_of_s)};
    letter_paragraph(work, "", false);
    (void)letter_say(work, ruling, "This letter is about the dispute %1, as it stood on %2.",
                     parts);
    (void)letter_say(work, ruling,
                     "It says what is suggested and why, what would change that, and what happens "
                     "next.",
                     NULL);
    (void)letter_say(work, ruling, "The letter to the other side says the same.", NULL);
}

/* A heading, with the items that it is about if the ruling says different things of several. */
static void begin_part(struct letter_work *work, const char *heading, const struct passage *passage,
                       bool is_list)
{
    letter_paragraph(work, heading, is_list);
    if (work->reasons->passage_count > 1) {
        const struct text items = layout_cut(work->outline->arena, (struct look){.width = 80},
                                             passage->items, HEADING_MAX);
        work->paragraph->says = items;
    }
}

static void say_suggestion(struct letter_work *work, const struct passage *passage)
{
    const struct item_result *items = &work->ruling->items[passage->first_item];
    const struct letter_source source = letter_remedy(work, items);
    begin_part(work, "What is suggested", passage, false);
    letter_say_outcome(work, source, (enum outcome)items->outcome);
    if (passage->because.length > 0) {
        (void)letter_say(work, source, "%1", &passage->because);
    }
    uint32_t count = passage->item_count < ITEMS_MAX ? passage->item_count : ITEMS_MAX;
    for (uint32_t i = 0; i < count; i++) {
        letter_say_division(work, letter_remedy(work, &items[i]), &items[i]);
    }
    if (passage->item_count > count) {
        const struct text more =
            outline_putf(work->outline, "%u", (unsigned)(passage->item_count - count));
        (void)letter_say(work, letter_ruling(work), "The same holds for %1 more items.", &more);
    }
}

static void say_sum(struct letter_work *work)
{
    const struct item_result all = {.record = RECORD_ROOT, .division = work->ruling->totals};
    if (work->ruling->item_count > 1) {
        letter_paragraph(work, "All items together", false);
        letter_say_division(work, letter_ruling(work), &all);
    }
}

/* What a reason rests on: a finding, the remedy itself, or the ruling where no rule says it. */
static struct letter_source source_of(const struct letter_work *work, const struct reason *reason,
                                      const struct passage *passage)
{
    const struct letter_source remedy =
        letter_remedy(work, &work->ruling->items[passage->first_item]);
    if (reason->rule.length == 0) {
        return letter_ruling(work);
    }
    return text_equal(reason->rule, remedy.name)
               ? remedy
               : (struct letter_source){"finding", reason->rule, reason->clause};
}

static void say_reason(struct letter_work *work, const struct reason *reason,
                       const struct passage *passage, const char *pattern)
{
    struct text says = reason->says;
    if (reason->records.length > 0) {
        says = outline_putf(work->outline, "%.*s (Of %.*s.)", (int)says.length,
                            says.length > 0 ? says.at : "", (int)reason->records.length,
                            reason->records.at);
    }
    letter_cite(work, letter_say(work, source_of(work, reason, passage), pattern, &says), reason);
}

static void say_more(struct letter_work *work, uint32_t count)
{
    if (count > 0) {
        const struct text more = outline_putf(work->outline, "%u", (unsigned)count);
        (void)letter_say(work, letter_ruling(work),
                         "Further findings that are not listed here: %1.", &more);
    }
}

static void say_why(struct letter_work *work, const struct passage *passage)
{
    if (passage->why.count == 0) {
        return;
    }
    begin_part(work, "Why", passage, true);
    for (uint32_t i = 0; i < passage->why.count; i++) {
        const struct reason *reason = &passage->why.reasons[i];
        say_reason(work, reason, passage, "%1");
    }
    say_more(work, passage->why.more);
}

/* How a finding on the other side stands, as a pattern. */
static const char *against_pattern(const struct letter_work *work, const struct reason *reason)
{
    switch ((enum finding_status)work->ruling->findings[reason->finding].status) {
    case FINDING_WAITING: return "Still open, because facts are missing: %1.";
    case FINDING_DEFEATED: return "%1 Other findings outweigh this.";
    case FINDING_UNDERCUT: return "%1 An exception keeps this from counting here.";
    case FINDING_APPLIED:
    case FINDING_NOT_APPLIED: break;
    }
    return "%1 This speaks against the suggestion.";
}

static void say_against(struct letter_work *work, const struct passage *passage)
{
    if (passage->against.count == 0) {
        return;
    }
    begin_part(work, "What speaks against it", passage, true);
    for (uint32_t i = 0; i < passage->against.count; i++) {
        const struct reason *reason = &passage->against.reasons[i];
        say_reason(work, reason, passage, against_pattern(work, reason));
    }
    say_more(work, passage->against.more);
}

static void say_conflicts(struct letter_work *work)
{
    const struct reason_list *conflicts = &work->reasons->conflicts;
    if (conflicts->count == 0) {
        return;
    }
    letter_paragraph(work, "Why a person has to decide", true);
    for (uint32_t i = 0; i < conflicts->count; i++) {
        const struct reason *reason = &conflicts->reasons[i];
        const struct letter_source source = {"conflict", reason->rule, {NULL, 0}};
        (void)letter_say(work, reason->rule.length > 0 ? source : letter_ruling(work), "%1",
                         &reason->says);
    }
}

static void say_gap(struct letter_work *work, const struct gap *gap)
{
    const struct missing_result *missing = &work->ruling->missing[gap->missing];
    const struct text parts[] = {
        gap->question.length > 0 ? gap->question : gap->path,
        missing->record == RECORD_ROOT ? (struct text){NULL, 0}
                                       : letter_record(work, missing->record),
        exhibit_money(work->outline->arena, missing->at_stake_minor, work->ruling->currency)};
    const struct letter_source source = {"missing", gap->path, {NULL, 0}};
    const bool is_money = missing->at_stake_minor != 0;
    const char *pattern = is_money ? "Not settled so far: %1 The answer could change the "
                                     "suggestion, and %3 depends on it."
                                   : "Not settled so far: %1 The answer could change the "
                                     "suggestion.";
    if (parts[1].length > 0) {
        pattern = is_money ? "Not settled so far, about %2: %1 The answer could change the "
                             "suggestion, and %3 depends on it."
                           : "Not settled so far, about %2: %1 The answer could change the "
                             "suggestion.";
    }
    (void)letter_say(work, source, pattern, parts);
}

static void say_burden(struct letter_work *work, const struct passage *passage)
{
    if (passage->burden.length > 0) {
        (void)letter_say(work, letter_burden(work, passage), "%1.", &passage->burden);
    }
}

/* Say what is missing and could change the ruling; what is not told is counted. */
static void say_gaps(struct letter_work *work)
{
    const struct reasons *reasons = work->reasons;
    uint32_t told = 0, all = 0;
    for (uint32_t i = 0; i < work->ruling->missing_count; i++) {
        all += work->ruling->missing[i].could_change ? 1 : 0;
    }
    for (uint32_t i = 0; i < reasons->gap_count; i++) {
        if (reasons->gaps[i].could_change) {
            say_gap(work, &reasons->gaps[i]);
            told++;
        }
    }
    if (all == 0) {
        (void)letter_say(work, letter_ruling(work),
                         "No missing fact was found that would change it.", NULL);
    } else if (all > told) {
        const struct text more = outline_putf(work->outline, "%u", (unsigned)(all - told));
        (void)letter_say(work, letter_ruling(work),
                         "Further matters that are not settled and are not listed here: %1.",
                         &more);
    }
}

static void say_changes(struct letter_work *work)
{
    const struct reasons *reasons = work->reasons;
    letter_paragraph(work, "What would change it", true);
    say_gaps(work);
    for (uint32_t i = 0; i < reasons->passage_count; i++) {
        say_burden(work, &reasons->passages[i]);
    }
    (void)letter_say(work, letter_ruling(work),
                     "Evidence that one of the findings above is wrong could change it.", NULL);
}

/* The state of the procedure, if one holds. */
static struct letter_source state_of(const struct letter_work *work)
{
    const struct fallback_result *state = &work->ruling->if_nobody_acts;
    if (!state->is_known) {
        return letter_ruling(work);
    }
    const struct fallback_row *row = &work->image->fallbacks[state->row];
    return (struct letter_source){"state", image_text(work->image, row->id), state->clause};
}

/* Tell whether the next step is that of the state; else a remedy has one of its own. */
static bool is_step_of_state(const struct letter_work *work)
{
    const struct amicus_ruling *ruling = work->ruling;
    return ruling->if_nobody_acts.is_known && ruling->next.is_known &&
           work->image->fallbacks[ruling->if_nobody_acts.row].next == ruling->next.row;
}

static struct letter_source step_source(const struct letter_work *work)
{
    const struct amicus_ruling *ruling = work->ruling;
    for (uint32_t i = 0; i < ruling->item_count && !is_step_of_state(work); i++) {
        const uint32_t remedy = ruling->items[i].remedy;
        if (remedy != INDEX_NONE && work->image->remedies[remedy].next == ruling->next.row) {
            return letter_remedy(work, &ruling->items[i]);
        }
    }
    return is_step_of_state(work) ? state_of(work) : letter_ruling(work);
}

static void say_step(struct letter_work *work)
{
    const struct next_result *next = &work->ruling->next;
    const enum party actor = (enum party)next->actor;
    const bool is_mine = actor == work->to;
    const struct text parts[] = {
        letter_party(work, actor), outline_visible(work->outline, next->step),
        next->has_due ? letter_instant(work, next->due_s) : (struct text){NULL, 0}};
    const bool is_past = next->has_due && next->due_s < work->ruling->instants.as_of_s;
    const char *pattern = "The next step is with %1: %2.";
    if (is_past) {
        pattern = "The next step was with %1, until %3: %2.";
    } else if (next->has_due) {
        pattern = "The next step is with %1, by %3: %2.";
    }
    (void)letter_say(work, step_source(work), pattern, parts);
    if (is_past) {
        (void)letter_say(work, step_source(work), "That time is over.", NULL);
    }
    if (!is_mine) {
        (void)letter_say(work, step_source(work), "For this, nothing is asked of you.", NULL);
    }
}

static void say_silence(struct letter_work *work)
{
    const struct fallback_result *state = &work->ruling->if_nobody_acts;
    const enum party actor = (enum party)work->ruling->next.actor;
    const bool is_party = actor == PARTY_CLIENT || actor == PARTY_FREELANCER;
    const struct text parts[] = {outline_visible(work->outline, state->because),
                                 letter_party(work, actor)};
    const char *pattern = "If nobody acts: %1";
    if (is_step_of_state(work) && is_party) {
        pattern = actor == work->to ? "If you do nothing: %1" : "If %2 does nothing: %1";
    }
    if (state->because.length > 0) {
        (void)letter_say(work, state_of(work), pattern, parts);
    }
}

static void say_next(struct letter_work *work)
{
    letter_paragraph(work, "What happens next", false);
    if (work->reasons->stage.length > 0) {
        const struct text stage = outline_visible(work->outline, work->reasons->stage);
        (void)letter_say(work, state_of(work), "Where the procedure stands: %1.", &stage);
    }
    if (work->ruling->next.is_known) {
        say_step(work);
    } else {
        (void)letter_say(work, letter_ruling(work), "Nothing is asked of you now.", NULL);
    }
    if (work->ruling->if_nobody_acts.is_known) {
        say_silence(work);
    }
}

static void say_notice(struct letter_work *work, uint32_t missing)
{
    (void)missing;
    letter_begin(work, "What is suggested in the dispute ");
    say_opening(work);
    for (uint32_t i = 0; i < work->reasons->passage_count; i++) {
        say_suggestion(work, &work->reasons->passages[i]);
        say_why(work, &work->reasons->passages[i]);
        say_against(work, &work->reasons->passages[i]);
    }
    say_sum(work);
    say_conflicts(work);
    say_changes(work);
    say_next(work);
    letter_say_unbinding(work,
                         "This letter reports a suggestion that was made by published rules from "
                         "the facts on record; a person decides.");
    (void)letter_say(work, letter_ruling(work),
                     "If you think that a finding is wrong, say which one, and send what shows it.",
                     NULL);
}

amicus_status letter_notice(struct outline *outline, const struct amicus_ruling *ruling,
                            uint16_t parties)
{
    assert(outline != NULL && ruling != NULL);
    assert(parties != 0);
    return letters_write(outline, ruling, parties, say_notice, LETTER_ALL);
}
