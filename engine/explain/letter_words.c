/*
 * The words of letters: parties, records, outcomes and money as somebody reads them who never saw a
 * rule.
 *
 * Sentences are patterns, so that a letter to the client and one to the freelancer are the same
 * words with "you" in another place: no side is told less. Patterns keep to verbs that do not
 * change with the person ("would", "may", "did").
 *
 * What policy and case say comes in as parts, made visible before; none of it is a pattern. Quoted
 * titles are cut, because a title of a million letters is nobody's title.
 */
#include "letter_work.h"

#include <assert.h>

/* Columns of a quotation inside a sentence, and of one that stands alone. */
static const unsigned TITLE_MAX = 80;
static const unsigned QUOTE_MAX = 400;

static const char *const OUTCOMES[OUTCOME_COUNT] = {
    [OUTCOME_NO_RULE] = "No suggestion is made: the rules say nothing about this, and a person has "
                        "to decide it.",
    [OUTCOME_RELEASE_FULL] = "The suggestion is that the money held goes to %f.",
    [OUTCOME_REFUND_FULL] = "The suggestion is that the money held goes back to %c.",
    [OUTCOME_SPLIT] = "The suggestion is that the money held is divided between %c and %f.",
    [OUTCOME_HOURLY_APPORTION] =
        "The suggestion is that the disputed hours are settled by what is shown for each of them.",
    [OUTCOME_REVISE] = "The suggestion is that %f may first mend the work.",
    [OUTCOME_REPLAN] = "The suggestion is that both sides first agree on a new plan for the work.",
    [OUTCOME_REQUEST_EVIDENCE] =
        "The suggestion is not to decide yet, but to ask for what is missing.",
    [OUTCOME_REQUEST_CONTACT] =
        "The suggestion is not to decide yet: the two sides are to talk to each other first.",
    [OUTCOME_INELIGIBLE] = "The suggestion is that this procedure does not hear the claim.",
    [OUTCOME_OUT_OF_TIME] =
        "The suggestion is that the claim is not heard, because it came after its time limit.",
    [OUTCOME_DEFAULT_FREELANCER] =
        "The suggestion is that the sum claimed goes to %f, because %c did not act in time.",
    [OUTCOME_DEFAULT_CLIENT] =
        "The suggestion is that the sum claimed goes back to %c, because %f did not act in time.",
    [OUTCOME_SETTLED] = "The suggestion is that what both sides agreed on is carried out.",
    [OUTCOME_STAY] = "The suggestion is to wait, because something else has to happen first.",
    [OUTCOME_MEDIATE] =
        "The suggestion is that nothing is ruled, and that both sides are helped to agree.",
    [OUTCOME_OFFER_ARBITRATION] = "The suggestion is that arbitration is offered to both sides.",
    [OUTCOME_NO_CHANGE] = "The suggestion is that everything stays as it is.",
    [OUTCOME_DISMISS] = "The suggestion is that the claim is not granted.",
    [OUTCOME_REFER] = "No suggestion is made: a person has to decide this, because rules or facts "
                      "point in different directions.",
};

struct letter_source letter_ruling(const struct letter_work *work)
{
    assert(work != NULL);
    assert(work->reasons != NULL);
    return (struct letter_source){"ruling", work->reasons->id, {NULL, 0}};
}

struct letter_source letter_remedy(const struct letter_work *work, const struct item_result *item)
{
    assert(work != NULL);
    assert(item != NULL);
    if (item->remedy == INDEX_NONE) {
        return letter_ruling(work);
    }
    const struct remedy_row *row = &work->image->remedies[item->remedy];
    return (struct letter_source){"remedy", image_text(work->image, row->id),
                                  image_text(work->image, row->clause)};
}

struct letter_source letter_burden(const struct letter_work *work, const struct passage *passage)
{
    assert(work != NULL);
    assert(passage != NULL && passage->burden.length > 0);
    const uint32_t issue = work->ruling->issues[passage->burden_issue].issue;
    return (struct letter_source){
        "issue", image_text(work->image, work->image->issues[issue].name), {NULL, 0}};
}

void letter_paragraph(struct letter_work *work, const char *heading, bool is_list)
{
    assert(work != NULL && work->letter != NULL);
    assert(heading != NULL);
    work->paragraph = outline_add(work->outline, work->letter, "paragraph");
    work->paragraph->name = text_of(heading);
    work->paragraph->state = text_of(is_list ? "list" : "");
}

struct text letter_party(const struct letter_work *work, enum party party)
{
    assert(work != NULL);
    assert(party <= PARTY_THIRD);
    if (party == work->to) {
        return text_of("you");
    }
    switch (party) {
    case PARTY_CLIENT: return text_of("the client");
    case PARTY_FREELANCER: return text_of("the freelancer");
    case PARTY_PLATFORM: return text_of("the platform");
    case PARTY_REVIEWER: return text_of("the reviewer");
    case PARTY_EXPERT: return text_of("an expert");
    case PARTY_FILER: return text_of("the side that filed the dispute");
    case PARTY_RESPONDENT: return text_of("the side that was asked to answer");
    case PARTY_OBJECTOR: return text_of("the side that did not hand in the evidence");
    case PARTY_THIRD:
    case PARTY_NONE: break;
    }
    return text_of("somebody else");
}

void letter_begin(struct letter_work *work, const char *subject)
{
    assert(work != NULL);
    assert(subject != NULL);
    struct builder builder;
    work->letter = outline_add(work->outline, &work->outline->root, "letter");
    work->letter->name = text_of(party_name(work->to));
    builder_start(&builder, work->outline->arena);
    builder_puts(&builder, subject);
    builder_put(&builder, work->reasons->id);
    work->letter->says = outline_text(work->outline, &builder);
    letter_paragraph(work, "", false);
    const struct text name = text_of(party_name(work->to));
    (void)letter_say(work, letter_ruling(work), "Dear %1,", &name);
}

static void put_capital(struct builder *builder, struct text text)
{
    if (text.length > 0 && builder->length == 0 && text.at[0] >= 'a' && text.at[0] <= 'z') {
        builder_putc(builder, (char)(text.at[0] - 'a' + 'A'));
        text = (struct text){text.at + 1, text.length - 1};
    }
    builder_put(builder, text);
}

static void add_provision(struct letter_work *work, struct branch *sentence)
{
    const uint32_t row = image_find_provision(work->image, sentence->clause);
    if (row != INDEX_NONE) {
        struct branch *branch = outline_add(work->outline, sentence, "provision");
        branch->name = sentence->clause;
        branch->says = outline_visible(work->outline,
                                       image_text(work->image, work->image->provisions[row].title));
    }
}

struct branch *letter_say(struct letter_work *work, struct letter_source source,
                          const char *pattern, const struct text *parts)
{
    assert(work != NULL && work->paragraph != NULL);
    assert(source.kind != NULL && pattern != NULL);
    struct builder builder;
    builder_start(&builder, work->outline->arena);
    for (const char *at = pattern; *at != '\0'; at++) {
        if (*at != '%') {
            builder_putc(&builder, *at);
            continue;
        }
        at++;
        if (*at == 'c' || *at == 'f') {
            put_capital(&builder, letter_party(work, *at == 'c' ? PARTY_CLIENT : PARTY_FREELANCER));
        } else {
            assert(*at >= '1' && *at <= '4' && parts != NULL);
            put_capital(&builder, parts[*at - '1']);
        }
    }
    struct branch *sentence = outline_add(work->outline, work->paragraph, source.kind);
    sentence->name = source.name;
    sentence->clause = source.clause;
    sentence->says = outline_text(work->outline, &builder);
    add_provision(work, sentence);
    return sentence;
}

struct text letter_instant(struct letter_work *work, int64_t utc_s)
{
    assert(work != NULL);
    assert(work->ruling != NULL);
    const struct value value = {
        .type = TYPE_INSTANT, .standing = STANDING_ESTABLISHED, .as.n = utc_s};
    struct builder builder;
    builder_start(&builder, work->outline->arena);
    ruling_write_value(&builder, work->ruling->subject, NULL, &value);
    return outline_text(work->outline, &builder);
}

static struct text cut(struct letter_work *work, struct text text, unsigned columns)
{
    return layout_cut(work->outline->arena, (struct look){.width = 80}, text, columns);
}

/* The words by which people know a record: its fact "title" or "text". */
static struct text words_of(struct letter_work *work, uint32_t record)
{
    static const char *const NAMES[] = {"title", "text", NULL};
    const struct amicus_case *subject = work->ruling->subject;
    for (size_t i = 0; NAMES[i] != NULL; i++) {
        const uint32_t fact =
            vocabulary_find(subject->vocabulary, subject->records[record].kind, text_of(NAMES[i]));
        if (fact == FACT_NONE || subject->vocabulary->facts[fact].type != TYPE_TEXT ||
            subject->vocabulary->facts[fact].derived != FACT_NONE) {
            continue;
        }
        const struct value *value = case_value(subject, record, fact);
        if (exhibit_has_value(value)) {
            return cut(work, outline_visible(work->outline, *value->as.text), TITLE_MAX);
        }
    }
    return (struct text){NULL, 0};
}

struct text letter_record(struct letter_work *work, uint32_t record)
{
    assert(work != NULL);
    assert(record < work->ruling->subject->record_count);
    const struct record *row = &work->ruling->subject->records[record];
    const struct text words = words_of(work, record);
    struct builder builder;
    builder_start(&builder, work->outline->arena);
    builder_put(&builder, work->ruling->subject->vocabulary->kinds[row->kind].one);
    builder_putc(&builder, ' ');
    builder_put(&builder, outline_visible(work->outline, row->id));
    if (words.length > 0) {
        builder_puts(&builder, " (\"");
        builder_put(&builder, words);
        builder_puts(&builder, "\")");
    }
    return outline_text(work->outline, &builder);
}

void letter_say_outcome(struct letter_work *work, struct letter_source source, enum outcome outcome)
{
    assert(work != NULL);
    assert(outcome < OUTCOME_COUNT && OUTCOMES[outcome] != NULL);
    (void)letter_say(work, source, OUTCOMES[outcome], NULL);
}

/* "for milestone M1", or "in this dispute" where the case names no items. */
static struct text held_where(struct letter_work *work, const struct item_result *item)
{
    if (item->record == RECORD_ROOT) {
        return text_of("in this dispute");
    }
    const struct text record = letter_record(work, item->record);
    return outline_putf(work->outline, "for %.*s", (int)record.length,
                        record.length > 0 ? record.at : "");
}

void letter_say_division(struct letter_work *work, struct letter_source source,
                         const struct item_result *item)
{
    assert(work != NULL);
    assert(item != NULL);
    static const char *const WHOLE[] = {
        "All of the %1 held %2 would go to %f.", "All of the %1 held %2 would go to %c.",
        "All of the %1 held %2 would be kept as fees.", "The %1 held %2 would stay held."};
    static const char *const PARTS[] = {"%1 would go to %f.", "%1 would go to %c.",
                                        "%1 would be kept as fees.", "%1 would stay held."};
    const int64_t sums[] = {item->division.to_freelancer_minor, item->division.to_client_minor,
                            item->division.fees_minor, item->division.stays_held_minor};
    struct arena *arena = work->outline->arena;
    const int64_t held = item->division.held_minor;
    const struct text whole[] = {exhibit_money(arena, held, work->ruling->currency),
                                 held_where(work, item)};
    if (held == 0) {
        (void)letter_say(work, source, "No money is held %2.", whole);
        return;
    }
    bool is_whole = false;
    for (size_t i = 0; i < sizeof sums / sizeof sums[0] && !is_whole; i++) {
        is_whole = sums[i] == held;
        if (is_whole) {
            (void)letter_say(work, source, WHOLE[i], whole);
        }
    }
    if (!is_whole) {
        (void)letter_say(work, source, "%1 is held %2.", whole);
    }
    for (size_t i = 0; i < sizeof sums / sizeof sums[0] && !is_whole; i++) {
        const struct text sum = exhibit_money(arena, sums[i], work->ruling->currency);
        if (sums[i] != 0) {
            (void)letter_say(work, source, PARTS[i], &sum);
        }
    }
}

/* "delivery_file" in words. */
static struct text in_words(struct letter_work *work, struct text code)
{
    struct builder builder;
    builder_start(&builder, work->outline->arena);
    for (size_t i = 0; i < code.length; i++) {
        builder_putc(&builder, code.at[i] == '_' ? ' ' : code.at[i]);
    }
    return outline_text(work->outline, &builder);
}

static void cite_exhibit(struct letter_work *work, struct branch *sentence,
                         const struct ground *ground)
{
    const struct exhibit *exhibit = &ground->exhibit;
    const struct text parts[] = {in_words(work, exhibit->kind), exhibit->when,
                                 cut(work, exhibit->quote, QUOTE_MAX)};
    struct branch *branch = outline_add(work->outline, sentence, "evidence");
    struct builder builder;
    builder_start(&builder, work->outline->arena);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (parts[i].length > 0) {
            builder_puts(&builder, builder.length > 0 ? ", " : "");
            builder_put(&builder, parts[i]);
        }
    }
    branch->name = exhibit->id;
    branch->state = ground->standing;
    branch->says = outline_text(work->outline, &builder);
}

void letter_cite(struct letter_work *work, struct branch *sentence, const struct reason *reason)
{
    assert(work != NULL);
    assert(sentence != NULL && reason != NULL);
    for (uint32_t i = 0; i < reason->ground_count; i++) {
        const struct ground *ground = &reason->grounds[i];
        if (ground->exhibit.id.length > 0) {
            cite_exhibit(work, sentence, ground);
            continue;
        }
        struct branch *branch = outline_add(work->outline, sentence, "read");
        branch->name = ground->path;
        branch->state = ground->standing;
        branch->says = ground->value;
    }
}

void letter_say_unbinding(struct letter_work *work, const char *says)
{
    assert(work != NULL && says != NULL);
    assert(work->letter != NULL);
    const struct letter_source ruling = letter_ruling(work);
    letter_paragraph(work, "This is not binding", false);
    (void)letter_say(work, ruling, says, NULL);
    (void)letter_say(work, ruling,
                     "It binds neither %c nor %f, moves no money, and changes no time limit.",
                     NULL);
}

amicus_status letters_write(struct outline *outline, const struct amicus_ruling *ruling,
                            uint16_t parties,
                            void (*write)(struct letter_work *work, uint32_t missing),
                            uint32_t missing)
{
    assert(outline != NULL && ruling != NULL);
    assert(write != NULL);
    struct reasons reasons;
    amicus_status status = reasons_of(&reasons, ruling, outline->arena);
    if (status != AMICUS_OK) {
        return status;
    }
    outline->root.name = reasons.id;
    outline->root.says = reasons.policy;
    for (unsigned party = PARTY_CLIENT; party <= PARTY_THIRD; party++) {
        struct letter_work work = {.outline = outline,
                                   .ruling = ruling,
                                   .image = &ruling->rulebook->image,
                                   .reasons = &reasons,
                                   .to = (enum party)party};
        if ((parties & PARTY_BIT(party)) != 0) {
            write(&work, missing);
        }
    }
    return outline_end(outline);
}
