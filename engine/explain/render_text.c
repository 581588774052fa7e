/*
 * The page that a reviewer reads.
 *
 *   heading
 *   SUGGESTED   outcome   money
 *               the remedy's reason
 *               Burden, Stage, Next, Silence
 *   WHY         numbered reasons: sentence, rule, clause, and under each its grounds
 *   AGAINST     reasons with a dash
 *   MISSING     facts that could change it
 *   You decide.
 *
 * A reason is set in three columns, sentence, rule and clause, as wide as the passage needs; the
 * sentence is wrapped in what is left. On a narrow page the references go under the sentence; a
 * very wide one is not used up, because an eye loses the line between a sentence and its
 * references. A quotation is cut to one line: who wants all of it has `explain`.
 */
#include "render_text.h"

#include <assert.h>
#include <stdio.h>

/* Left edges, in columns. */
#define EDGE       2u
#define SENTENCE   5u
#define GROUND     7u
#define ANSWER     14u
#define ANSWER_GAP 11u

/* A sentence narrower than this is hard to read: references then go under it. */
static const unsigned SENTENCE_MIN = 34;
/* A quotation shorter than this says nothing: it then takes a line of its own. */
static const unsigned QUOTE_MIN = 30;

/* A page is not set wider than this. */
static const unsigned PAGE_MAX = 110;

/* A longer state takes a line of its own. */
static const unsigned STATE_MAX = 10;

/* The columns of references that the reasons of a page share. */
struct columns {
    unsigned rule, clause, state; /* where each starts; rule 0: under the sentence */
};

static unsigned larger(unsigned a, unsigned b)
{
    return a > b ? a : b;
}

/* Tell whether a state is short enough for a column: "waiting", and not "undercut by ...". */
static bool is_short(struct text state)
{
    return layout_columns(state) <= STATE_MAX;
}

static void measure(const struct reason_list *list, unsigned widths[3])
{
    for (uint32_t i = 0; i < list->count; i++) {
        widths[0] = larger(widths[0], layout_columns(list->reasons[i].rule));
        widths[1] = larger(widths[1], layout_columns(list->reasons[i].clause));
        if (is_short(list->reasons[i].state)) {
            widths[2] = larger(widths[2], layout_columns(list->reasons[i].state));
        }
    }
}

static struct columns columns_of(const unsigned widths[3], unsigned page)
{
    unsigned taken = 0;
    for (size_t i = 0; i < 3; i++) {
        taken += widths[i] == 0 ? 0 : widths[i] + 2;
    }
    if (SENTENCE + SENTENCE_MIN + taken > page) {
        return (struct columns){0, 0, 0};
    }
    struct columns columns;
    columns.rule = page - taken + 2;
    columns.clause = columns.rule + (widths[0] == 0 ? 0 : widths[0] + 2);
    columns.state = columns.clause + (widths[1] == 0 ? 0 : widths[1] + 2);
    return columns;
}

static void put_references(struct pen *pen, const struct reason *reason, struct columns columns)
{
    if (columns.rule == 0) {
        pen_end(pen);
        pen_to(pen, SENTENCE, 0);
    } else {
        pen_to(pen, columns.rule, 2);
    }
    pen_put(pen, INK_FAINT, reason->rule);
    if (reason->clause.length > 0) {
        pen_to(pen, columns.clause, 2);
        pen_put(pen, INK_FAINT, reason->clause);
    }
    if (reason->state.length > 0 && is_short(reason->state)) {
        pen_to(pen, columns.state, 2);
        pen_put(pen, INK_WARN, reason->state);
    }
}

static void put_long_state(struct pen *pen, const struct reason *reason)
{
    if (reason->state.length > 0 && !is_short(reason->state)) {
        pen_to(pen, SENTENCE, 0);
        pen_wrap(pen, INK_WARN, reason->state, SENTENCE, pen->look.width);
        pen_end(pen);
    }
}

static void put_standing(struct pen *pen, const struct ground *ground)
{
    unsigned width = layout_columns(ground->standing);
    unsigned page = pen->look.width;
    if (pen->column + 2 + width > page) {
        pen_end(pen);
    }
    pen_to(pen, page > width ? page - width : 0, pen->column > 0 ? 2 : 0);
    pen_put(pen, ground->ink, ground->standing);
    pen_end(pen);
}

/* Widths that the pieces of evidence under one reason share. */
struct exhibit_columns {
    unsigned kind, when, quote;
};

static struct exhibit_columns exhibit_columns_of(const struct reason *reason)
{
    unsigned id = 0, kind = 0, when = 0;
    for (uint32_t i = 0; i < reason->ground_count; i++) {
        const struct exhibit *exhibit = &reason->grounds[i].exhibit;
        id = larger(id, layout_columns(exhibit->id));
        kind = larger(kind, layout_columns(exhibit->kind));
        when = larger(when, layout_columns(exhibit->when));
    }
    struct exhibit_columns columns;
    columns.kind = GROUND + id + 2;
    columns.when = columns.kind + (kind == 0 ? 0 : kind + 2);
    columns.quote = columns.when + (when == 0 ? 0 : when + 2);
    return columns;
}

static void put_exhibit(struct pen *pen, const struct ground *ground,
                        struct exhibit_columns columns)
{
    struct arena *arena = pen->out->arena;
    struct text quote = ground->exhibit.quote;
    unsigned page = pen->look.width;
    unsigned taken = columns.quote + layout_columns(ground->standing) + 2;
    pen_put(pen, INK_PLAIN, ground->exhibit.id);
    pen_to(pen, columns.kind, 2);
    pen_put(pen, INK_PLAIN, ground->exhibit.kind);
    pen_to(pen, columns.when, 2);
    pen_put(pen, INK_PLAIN, ground->exhibit.when);
    if (ground->seen > 0) {
        char words[24];
        (void)snprintf(words, sizeof words, "see %u", (unsigned)ground->seen);
        pen_to(pen, columns.quote, 2);
        pen_puts(pen, INK_FAINT, words);
        put_standing(pen, ground);
        return;
    }
    bool is_beside = taken + QUOTE_MIN <= page || taken + layout_columns(quote) <= page;
    if (is_beside && quote.length > 0) {
        pen_to(pen, columns.quote, 2);
        pen_put(pen, INK_PLAIN, layout_cut(arena, pen->look, quote, page - taken));
    }
    put_standing(pen, ground);
    if (!is_beside && quote.length > 0) {
        pen_to(pen, columns.kind, 0);
        pen_put(pen, INK_PLAIN, layout_cut(arena, pen->look, quote, page - columns.kind));
        pen_end(pen);
    }
}

static void put_fact(struct pen *pen, const struct ground *ground)
{
    struct builder builder;
    builder_start(&builder, pen->out->arena);
    builder_put(&builder, ground->path);
    if (ground->value.length > 0) {
        builder_puts(&builder, " = ");
        builder_put(&builder, ground->value);
    }
    struct text line;
    if (builder_end(&line, &builder) == AMICUS_OK) {
        unsigned taken = GROUND + layout_columns(ground->standing) + 2;
        pen_put(pen, INK_PLAIN,
                layout_cut(pen->out->arena, pen->look, line, pen->look.width - taken));
    }
    put_standing(pen, ground);
}

static void put_more(struct pen *pen, unsigned left, uint32_t count, const char *what)
{
    char words[64];
    (void)snprintf(words, sizeof words, "and %u more %s%s", (unsigned)count, what,
                   count == 1 ? "" : "s");
    pen_to(pen, left, 0);
    pen_puts(pen, INK_FAINT, words);
    pen_end(pen);
}

static void put_grounds(struct pen *pen, const struct reason *reason)
{
    struct exhibit_columns columns = exhibit_columns_of(reason);
    for (uint32_t i = 0; i < reason->ground_count; i++) {
        pen_to(pen, GROUND, 0);
        if (reason->grounds[i].exhibit.id.length > 0) {
            put_exhibit(pen, &reason->grounds[i], columns);
        } else {
            put_fact(pen, &reason->grounds[i]);
        }
    }
    if (reason->ground_more > 0) {
        put_more(pen, GROUND, reason->ground_more, "fact");
    }
}

static void put_reason(struct pen *pen, const char *mark, const struct reason *reason,
                       struct columns columns)
{
    unsigned right = columns.rule == 0 ? pen->look.width : columns.rule - 2;
    struct text says = reason->says;
    pen_to(pen, EDGE, 0);
    pen_puts(pen, INK_PLAIN, mark);
    pen_to(pen, SENTENCE, 1);
    if (columns.rule == 0) {
        pen_wrap(pen, INK_PLAIN, says, SENTENCE, right);
        put_references(pen, reason, columns);
    } else {
        unsigned room = pen->column < right ? right - pen->column : 1;
        pen_put(pen, INK_PLAIN, layout_line(&says, room));
        put_references(pen, reason, columns);
    }
    pen_end(pen);
    if (columns.rule != 0 && says.length > 0) {
        pen_to(pen, SENTENCE, 0);
        pen_wrap(pen, INK_PLAIN, says, SENTENCE, right);
        pen_end(pen);
    }
    put_long_state(pen, reason);
    if (reason->records.length > 0) {
        pen_to(pen, SENTENCE, 0);
        pen_puts(pen, INK_PLAIN, "said of ");
        pen_wrap(pen, INK_PLAIN, reason->records, SENTENCE, pen->look.width);
        pen_end(pen);
    }
    if (reason->rests.length > 0) {
        pen_to(pen, GROUND, 0);
        pen_puts(pen, INK_PLAIN, "follows from ");
        pen_put(pen, INK_PLAIN, reason->rests);
        pen_end(pen);
    }
    put_grounds(pen, reason);
}

static void put_heading(struct pen *pen, const char *words)
{
    pen_to(pen, EDGE, 0);
    pen_puts(pen, INK_HEAD, words);
    pen_end(pen);
}

/* Write a list of reasons; mark NULL numbers them. */
static void put_reasons(struct pen *pen, const char *heading, const char *mark,
                        const struct reason_list *list)
{
    if (list->count == 0) {
        return;
    }
    unsigned widths[3] = {0, 0, 0};
    measure(list, widths);
    struct columns columns = columns_of(widths, pen->look.width);
    put_heading(pen, heading);
    for (uint32_t i = 0; i < list->count; i++) {
        char number[16];
        (void)snprintf(number, sizeof number, "%u", (unsigned)(i + 1));
        put_reason(pen, mark == NULL ? number : mark, &list->reasons[i], columns);
    }
    if (list->more > 0) {
        put_more(pen, SENTENCE, list->more, "finding");
    }
}

/* A label and its sentence, under the answer. */
static void put_answer(struct pen *pen, const char *label, struct text says)
{
    if (says.length == 0) {
        return;
    }
    unsigned left = ANSWER + ANSWER_GAP;
    pen_to(pen, ANSWER, 0);
    pen_puts(pen, INK_HEAD, label);
    pen_to(pen, left, 1);
    pen_wrap(pen, INK_PLAIN, says, left, pen->look.width);
    pen_end(pen);
}

static void put_outcome(struct pen *pen, struct text outcome, struct text division)
{
    pen_put(pen, INK_STRONG, outcome);
    if (division.length > 0) {
        pen_to(pen, 0, 3);
        pen_wrap(pen, INK_PLAIN, division, ANSWER, pen->look.width);
    }
    pen_end(pen);
}

/* The remedy's own sentence, under the answer. */
static void put_because(struct pen *pen, struct text because)
{
    if (because.length > 0) {
        pen_to(pen, ANSWER, 0);
        pen_wrap(pen, INK_PLAIN, because, ANSWER, pen->look.width);
        pen_end(pen);
    }
}

static void put_top(struct pen *pen, const struct reasons *reasons)
{
    const struct text parts[] = {reasons->id, reasons->grounds, reasons->held, reasons->policy,
                                 reasons->as_of};
    pen_to(pen, EDGE, 0);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        unsigned width = layout_columns(parts[i]);
        if (width == 0) {
            continue;
        }
        if (pen->column > EDGE && pen->column + 3 + width > pen->look.width) {
            pen_end(pen);
            pen_to(pen, EDGE, 0);
        }
        pen_to(pen, 0, pen->column > EDGE ? 3 : 0);
        pen_put(pen, i == 0 ? INK_STRONG : INK_PLAIN, parts[i]);
    }
    pen_end(pen);
    pen_end(pen);
}

static void put_suggestion(struct pen *pen, const struct reasons *reasons)
{
    pen_to(pen, EDGE, 0);
    pen_puts(pen, INK_HEAD, "SUGGESTED");
    pen_to(pen, ANSWER, 1);
    put_outcome(pen, reasons->outcome, reasons->division);
    if (reasons->passage_count == 1) {
        put_because(pen, reasons->passages[0].because);
        put_answer(pen, "Burden", reasons->passages[0].burden);
    }
    put_answer(pen, "Stability", reasons->stability);
    put_answer(pen, "Stage", reasons->stage);
    put_answer(pen, "Next", reasons->next);
    put_answer(pen, "Silence", reasons->if_nobody_acts);
}

static void put_passage(struct pen *pen, const struct passage *passage, bool is_only)
{
    if (!is_only) {
        pen_end(pen);
        pen_to(pen, EDGE, 0);
        pen_put(pen, INK_HEAD, layout_cut(pen->out->arena, pen->look, passage->items, 30));
        pen_to(pen, ANSWER, 3);
        put_outcome(pen, passage->outcome, passage->division);
        put_because(pen, passage->because);
        put_answer(pen, "Burden", passage->burden);
    }
    put_reasons(pen, "WHY", NULL, &passage->why);
    put_reasons(pen, "AGAINST", "-", &passage->against);
}

static void put_gap(struct pen *pen, const struct gap *gap, unsigned effect)
{
    pen_to(pen, EDGE, 0);
    pen_puts(pen, gap->could_change ? INK_WARN : INK_FAINT, gap->could_change ? "?" : ".");
    pen_to(pen, SENTENCE, 1);
    pen_put(pen, INK_PLAIN, gap->path);
    unsigned width = layout_columns(gap->effect);
    if (larger(pen->column + 2, effect) + width > pen->look.width) {
        pen_end(pen);
        effect = GROUND;
    }
    pen_to(pen, effect, pen->column > 0 ? 2 : 0);
    pen_put(pen, INK_PLAIN, gap->effect);
    pen_end(pen);
    if (gap->could_change && gap->question.length > 0) {
        pen_to(pen, GROUND, 0);
        pen_puts(pen, INK_FAINT, "ask ");
        pen_put(pen, INK_FAINT, gap->ask);
        pen_puts(pen, INK_FAINT, ": ");
        pen_wrap(pen, INK_PLAIN, gap->question, GROUND + 4, pen->look.width);
        pen_end(pen);
    }
}

static void put_gaps(struct pen *pen, const struct reasons *reasons)
{
    if (reasons->gap_count == 0) {
        return;
    }
    put_heading(pen, "MISSING");
    unsigned effect = 0;
    for (uint32_t i = 0; i < reasons->gap_count; i++) {
        effect = larger(effect, layout_columns(reasons->gaps[i].path));
    }
    effect = SENTENCE + effect + 2;
    unsigned most = pen->look.width / 2;
    for (uint32_t i = 0; i < reasons->gap_count; i++) {
        put_gap(pen, &reasons->gaps[i], effect < most ? effect : most);
    }
    if (reasons->gap_more > 0) {
        char words[64];
        (void)snprintf(words, sizeof words, "and %u more: add -f json",
                       (unsigned)reasons->gap_more);
        pen_to(pen, SENTENCE, 0);
        pen_puts(pen, INK_FAINT, words);
        pen_end(pen);
    }
}

static void put_turns(struct pen *pen, const struct reasons *reasons)
{
    if (reasons->stability.length == 0) {
        return;
    }
    put_heading(pen, "WHAT WOULD CHANGE IT");
    for (uint32_t i = 0; i < reasons->turn_count; i++) {
        pen_to(pen, EDGE, 0);
        pen_puts(pen, INK_WARN, "~");
        pen_to(pen, SENTENCE, 1);
        pen_wrap(pen, INK_PLAIN, reasons->turns[i].says, SENTENCE, pen->look.width);
        const unsigned width = layout_columns(reasons->turns[i].effect);
        if (pen->column + 2 + width > pen->look.width) {
            pen_end(pen);
            pen_to(pen, GROUND, 0);
        } else {
            pen_to(pen, 0, 2);
        }
        pen_wrap(pen, INK_STRONG, reasons->turns[i].effect, GROUND + 3, pen->look.width);
        pen_end(pen);
    }
    pen_to(pen, SENTENCE, 0);
    pen_wrap(pen, INK_FAINT, reasons->turn_note, SENTENCE, pen->look.width);
    pen_end(pen);
}

/* A command about the case, on a line of its own. */
static void put_command(struct pen *pen, const char *command, struct text name, const char *option,
                        struct text what)
{
    pen_to(pen, EDGE + 14, 0);
    pen_puts(pen, INK_PLAIN, command);
    pen_put(pen, INK_PLAIN, name);
    pen_puts(pen, INK_PLAIN, option);
    pen_put(pen, INK_PLAIN, what);
    pen_end(pen);
}

static void put_close(struct pen *pen, const struct reasons *reasons, struct text name)
{
    const struct reason_list *why = reasons->passage_count > 0 ? &reasons->passages[0].why : NULL;
    const struct text nothing = {NULL, 0};
    pen_end(pen);
    pen_to(pen, EDGE, 0);
    pen_puts(pen, INK_STRONG, "You decide.");
    put_command(pen, "amicus explain ", name, "", nothing);
    if (why != NULL && why->count > 0 && why->reasons[0].rule.length > 0) {
        put_command(pen, "amicus explain ", name, " ", why->reasons[0].rule);
    }
    if (reasons->rival.length > 0) {
        put_command(pen, "amicus explain ", name, " --why-not ", reasons->rival);
    }
    if (reasons->stability.length > 0) {
        put_command(pen, "amicus whatif ", name, " --flip", nothing);
    }
    const bool is_asking = reasons->gap_count > 0 && reasons->gaps[0].could_change;
    put_command(pen, "amicus letter ", name, is_asking ? " --ask all" : "", nothing);
}

void reasons_write_text(struct builder *builder, const struct reasons *reasons, struct text name,
                        struct look look)
{
    assert(builder != NULL && reasons != NULL);
    assert(look.width >= 40);
    look.width = look.width < PAGE_MAX ? look.width : PAGE_MAX;
    struct pen pen = pen_of(builder, look);
    put_top(&pen, reasons);
    put_suggestion(&pen, reasons);
    put_reasons(&pen, "CONFLICT", "!", &reasons->conflicts);
    for (uint32_t i = 0; i < reasons->passage_count; i++) {
        put_passage(&pen, &reasons->passages[i], reasons->passage_count == 1);
    }
    bool has_more =
        reasons->flags.count > 0 || reasons->gap_count > 0 || reasons->stability.length > 0;
    if (reasons->passage_count > 1 && has_more) {
        pen_end(&pen);
    }
    put_reasons(&pen, "FLAGGED", "!", &reasons->flags);
    put_turns(&pen, reasons);
    put_gaps(&pen, reasons);
    put_close(&pen, reasons, name);
}
