/*
 * The request: what a party is asked, because it usually knows.
 *
 * A question has the vocabulary's words, the record that it is about in the words by which people
 * know it, how the matter stands so far, and what depends on the answer. The date is that of the
 * next step of the procedure, if one is to come: a ruling names no other, and a letter that invents
 * a deadline would be a rule. What silence costs is said plainly: the burden decides.
 */
#include "letter_work.h"

#include <assert.h>

/* A role as the side that has it; other parties as they are. */
static enum party resolve(const struct amicus_ruling *ruling, enum party party)
{
    const uint32_t fact = ruling->subject->vocabulary->roles.filed_by;
    if ((party != PARTY_FILER && party != PARTY_RESPONDENT) || fact == FACT_NONE) {
        return party;
    }
    const struct value *value = case_value(ruling->subject, RECORD_ROOT, fact);
    const struct fact *row = &ruling->subject->vocabulary->facts[fact];
    if (!exhibit_has_value(value) || value->as.n < 0 || value->as.n >= (int64_t)row->member_count) {
        return party;
    }
    const enum party filer = party_find(row->members[value->as.n].name);
    if (party == PARTY_FILER || (filer != PARTY_CLIENT && filer != PARTY_FREELANCER)) {
        return filer;
    }
    return filer == PARTY_CLIENT ? PARTY_FREELANCER : PARTY_CLIENT;
}

static bool is_wanted(const struct amicus_ruling *ruling, uint32_t missing, uint32_t n)
{
    return missing == LETTER_ALL ? ruling->missing[n].could_change : missing == n;
}

static uint16_t knowers_of(const struct amicus_ruling *ruling, uint16_t ask)
{
    uint16_t parties = 0;
    for (unsigned party = PARTY_CLIENT; party <= PARTY_THIRD; party++) {
        if ((ask & PARTY_BIT(party)) != 0) {
            parties |= PARTY_BIT(resolve(ruling, (enum party)party));
        }
    }
    return parties;
}

/* Whom to ask: the sides that know it; only where neither does, others who do. */
static uint16_t asked_of(const struct amicus_ruling *ruling, uint32_t n)
{
    const uint16_t sides = PARTY_BIT(PARTY_CLIENT) | PARTY_BIT(PARTY_FREELANCER);
    const uint16_t knowers = knowers_of(ruling, ruling->missing[n].ask);
    return (knowers & sides) != 0 ? knowers & sides : knowers;
}

uint16_t letter_knowers(const struct amicus_ruling *ruling, uint32_t missing)
{
    assert(ruling != NULL);
    assert(missing == LETTER_ALL || missing < ruling->missing_count);
    uint16_t parties = 0;
    for (uint32_t i = 0; i < ruling->missing_count; i++) {
        if (is_wanted(ruling, missing, i)) {
            parties |= asked_of(ruling, i);
        }
    }
    return parties;
}

static struct text path_of(struct arena *arena, const struct amicus_ruling *ruling, uint32_t n)
{
    const struct missing_result *missing = &ruling->missing[n];
    return exhibit_path(arena, ruling->subject, missing->record, missing->fact, missing->kind);
}

static bool ends_in(struct text path, struct text tail)
{
    if (tail.length == 0 || tail.length > path.length) {
        return false;
    }
    const size_t at = path.length - tail.length;
    return text_equal((struct text){path.at + at, tail.length}, tail) &&
           (at == 0 || path.at[at - 1] == '.');
}

bool letter_find_missing(uint32_t *out, struct arena *arena, const struct amicus_ruling *ruling,
                         struct text name)
{
    assert(out != NULL && arena != NULL);
    assert(ruling != NULL);
    uint32_t found = 0, last = 0;
    for (uint32_t i = 0; i < ruling->missing_count; i++) {
        const struct text path = path_of(arena, ruling, i);
        if (text_equal(path, name)) {
            *out = i;
            return true;
        }
        if (ends_in(path, name)) {
            last = i;
            found++;
        }
    }
    if (found == 1) {
        *out = last;
    }
    return found == 1;
}

/* How a missing fact stands. */
static const char *standing_pattern(const struct amicus_ruling *ruling,
                                    const struct missing_result *missing)
{
    if (missing->fact == FACT_NONE ||
        ruling->subject->vocabulary->facts[missing->fact].derived != FACT_NONE) {
        return "So far nothing is on record about this.";
    }
    switch ((enum standing)case_value(ruling->subject, missing->record, missing->fact)->standing) {
    case STANDING_CONTESTED: return "So far the two sides say different things about this.";
    case STANDING_CLAIMED: return "So far somebody says so, and nothing on record shows it.";
    case STANDING_SUPPORTED:
    case STANDING_ESTABLISHED: return "What is on record about this is not enough so far.";
    case STANDING_UNKNOWN:
    case STANDING_ABSENT: break;
    }
    return "So far nothing is on record about this.";
}

/* Say who else is asked the same. */
static void say_others(struct letter_work *work, struct letter_source source, uint16_t parties)
{
    struct builder builder;
    builder_start(&builder, work->outline->arena);
    for (unsigned party = PARTY_CLIENT; party <= PARTY_THIRD; party++) {
        if ((parties & PARTY_BIT(party)) != 0 && (enum party)party != work->to) {
            builder_puts(&builder, builder.length > 0 ? ", " : "");
            builder_put(&builder, letter_party(work, (enum party)party));
        }
    }
    const struct text others = outline_text(work->outline, &builder);
    if (others.length > 0) {
        (void)letter_say(work, source, "Others who may know: %1.", &others);
    }
}

static void say_question(struct letter_work *work, uint32_t n)
{
    const struct missing_result *missing = &work->ruling->missing[n];
    struct outline *outline = work->outline;
    const struct letter_source source = {
        "missing", path_of(outline->arena, work->ruling, n), {NULL, 0}};
    const struct text question = outline_visible(outline, missing->question);
    const struct text parts[] = {
        question.length > 0 ? question : source.name,
        missing->record == RECORD_ROOT ? (struct text){NULL, 0}
                                       : letter_record(work, missing->record),
        exhibit_money(outline->arena, missing->at_stake_minor, work->ruling->currency)};
    if (work->paragraph->first != NULL) {
        letter_paragraph(work, "", false);
    }
    (void)letter_say(work, source, parts[1].length > 0 ? "About %2: %1" : "%1", parts);
    (void)letter_say(work, source, standing_pattern(work->ruling, missing), NULL);
    if (!missing->could_change) {
        (void)letter_say(work, source,
                         "As far as was tried, no answer would change the suggestion.", NULL);
    } else if (missing->at_stake_minor != 0) {
        (void)letter_say(work, source, "%3 depends on the answer.", parts);
    } else {
        (void)letter_say(work, source, "The answer could change what is suggested.", NULL);
    }
    say_others(work, source, knowers_of(work->ruling, missing->ask));
}

/* Tell whether the letter's addressee is asked a fact. */
static bool is_asked(const struct letter_work *work, uint32_t missing, uint32_t n)
{
    return is_wanted(work->ruling, missing, n) &&
           (asked_of(work->ruling, n) & PARTY_BIT(work->to)) != 0;
}

static void say_deadline(struct letter_work *work)
{
    const struct next_result *next = &work->ruling->next;
    const struct letter_source ruling = letter_ruling(work);
    letter_paragraph(work, "By when", false);
    if (next->is_known && next->has_due && next->due_s >= work->ruling->instants.as_of_s) {
        const struct text due = letter_instant(work, next->due_s);
        (void)letter_say(work, ruling,
                         "Please answer before %1, when the next step of the procedure is due.",
                         &due);
    } else {
        (void)letter_say(work, ruling,
                         "The record names no date for the answer; please answer as soon as you "
                         "can.",
                         NULL);
    }
}

static void say_no_answer(struct letter_work *work)
{
    const struct reasons *reasons = work->reasons;
    const struct letter_source ruling = letter_ruling(work);
    letter_paragraph(work, "If nobody answers", false);
    (void)letter_say(
        work, ruling,
        "Then the matter stays unknown, which counts neither as a yes nor as a no: who "
        "had to show something and has not, loses that point.",
        NULL);
    (void)letter_say(work, ruling, "What is suggested now stays as it is.", NULL);
    for (uint32_t i = 0; i < reasons->passage_count; i++) {
        const struct passage *passage = &reasons->passages[i];
        const struct item_result *item = &work->ruling->items[passage->first_item];
        letter_say_outcome(work, letter_remedy(work, item), (enum outcome)item->outcome);
        if (passage->burden.length > 0) {
            (void)letter_say(work, letter_burden(work, passage), "%1.", &passage->burden);
        }
    }
}

static void say_request(struct letter_work *work, uint32_t missing)
{
    const struct letter_source ruling = letter_ruling(work);
    const struct text parts[] = {work->reasons->id,
                                 letter_instant(work, work->ruling->instants.as_of_s)};
    letter_begin(work, "A request in the dispute ");
    letter_paragraph(work, "", false);
    (void)letter_say(work, ruling,
                     "A decision is being prepared in the dispute %1, as it stood on %2.", parts);
    (void)letter_say(work, ruling,
                     "What is asked below is not known, and you are among those who usually know "
                     "it.",
                     NULL);
    letter_paragraph(work, "What is asked", false);
    for (uint32_t i = 0; i < work->ruling->missing_count; i++) {
        if (is_asked(work, missing, i)) {
            say_question(work, i);
        }
    }
    letter_paragraph(work, "What to send", false);
    (void)letter_say(work, ruling,
                     "Please answer in a few words, and send or name what shows it, such as a "
                     "message, a file or a record.",
                     NULL);
    (void)letter_say(work, ruling, "If you do not know, please say so.", NULL);
    say_deadline(work);
    say_no_answer(work);
    letter_say_unbinding(work, "This letter only asks: it decides nothing and takes no side.");
}

amicus_status letter_request(struct outline *outline, const struct amicus_ruling *ruling,
                             uint16_t parties, uint32_t missing)
{
    assert(outline != NULL && ruling != NULL);
    assert(missing == LETTER_ALL || missing < ruling->missing_count);
    const uint16_t asked = parties & letter_knowers(ruling, missing);
    return letters_write(outline, ruling, asked, say_request, missing);
}
