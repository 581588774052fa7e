/*
 * Questions and answers.
 *
 * One line a question, read by one reader whether a person or a pipe is behind it; only a person is
 * shown the questions. Nothing of the right answer is in a question: every outcome is offered, and
 * every item is asked for, also where nothing should move.
 */
#include "dialogue.h"

#include "decision.h"
#include "exhibit.h"
#include "money.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define LINE_BYTES 4096u

/* An answer in the making. */
struct asking {
    struct dialogue *dialogue;
    const struct lesson *lesson;
    struct arena *arena;
    struct attempt *out;
    int64_t *to_freelancer, *to_client;
    uint32_t *cited;
    uint32_t item; /* that is asked for */
};

/* Takes a line; false if it is none, having said why. */
typedef bool line_taker(struct asking *asking, struct text line);

struct dialogue dialogue_start(struct session *session)
{
    assert(session != NULL);
    assert(session->options.command != NULL);
    return (struct dialogue){session, isatty(STDIN_FILENO) == 1};
}

/* Read a line without its end and the blanks around it. false at the end of the input. What a line
 * has beyond the bound is read and left out: no answer is that long. */
static bool read_line(char line[LINE_BYTES], struct text *out)
{
    size_t length = 0;
    int letter = fgetc(stdin);
    if (letter == EOF) {
        return false;
    }
    for (; letter != '\n' && letter != EOF; letter = fgetc(stdin)) {
        line[length] = (char)letter;
        length += length + 1 < LINE_BYTES;
    }
    size_t first = 0;
    while (length > 0 && strchr(" \t\r", line[length - 1]) != NULL && line[length - 1] != '\0') {
        length--;
    }
    while (first < length && (line[first] == ' ' || line[first] == '\t')) {
        first++;
    }
    *out = (struct text){line + first, length - first};
    return true;
}

static void refuse(const struct asking *asking, struct text line, const char *mend,
                   const char *what)
{
    amicus_diagnostics *list;
    if (amicus_diagnostics_open(&list) == AMICUS_OK) {
        const int shown = (int)(line.length > 60 ? 60 : line.length);
        diagnostics_add(list, AMICUS_ERROR, "U0506", (struct place){"", 0, 0}, mend, "'%.*s' %s",
                        shown, line.length > 0 ? line.at : "", what);
        session_say_list(asking->dialogue->session, list, &(struct report_sources){.name = NULL});
        amicus_diagnostics_close(list);
    }
}

/* Ask until a line is taken. */
static int ask(struct asking *asking, const char *question, line_taker *take)
{
    char line[LINE_BYTES];
    struct text text;
    struct session *session = asking->dialogue->session;
    do {
        if (asking->dialogue->is_prompted) {
            session_say(session, text_of(question));
        }
        if (!read_line(line, &text)) {
            return EXIT_NOTHING;
        }
    } while (!take(asking, text));
    return EXIT_DONE;
}

static bool take_outcome(struct asking *asking, struct text line)
{
    const enum outcome outcome = outcome_find(line);
    if (outcome != OUTCOME_COUNT) {
        asking->out->outcome = outcome;
        return true;
    }
    struct likeness likeness = likeness_to(line);
    char mend[512] = "one of: ";
    size_t used = strlen(mend);
    for (unsigned i = 0; i < OUTCOME_COUNT; i++) {
        const char *name = outcome_name((enum outcome)i);
        likeness_try(&likeness, text_of(name));
        used += (size_t)snprintf(mend + used, sizeof mend - used, "%s%s", i == 0 ? "" : ", ", name);
        assert(used < sizeof mend);
    }
    if (line.length > 0 && likeness.best.length > 0) {
        (void)snprintf(mend, sizeof mend, "did you mean '%.*s'?", (int)likeness.best.length,
                       likeness.best.at);
    }
    refuse(asking, line, mend, "is no outcome");
    return false;
}

static struct text item_name(const struct amicus_ruling *ruling, uint32_t item)
{
    const uint32_t record = ruling->items[item].record;
    return record == RECORD_ROOT ? text_of("case") : ruling->subject->records[record].id;
}

/* "USD 720.00": the rest goes to the client. "USD 720.00/USD 0.00": the rest stays where it is. */
static bool take_division(struct asking *asking, struct text line)
{
    const struct amicus_ruling *ruling = asking->lesson->ruling;
    const amicus_division *division = &ruling->items[asking->item].division;
    struct award award;
    struct builder builder;
    struct text words;
    char code[4];
    char mend[160];
    currency_write(ruling->currency, code);
    (void)snprintf(mend, sizeof mend,
                   "write %s 720.00, or %s 720.00/%s 0.00 if the rest stays held; at most what is "
                   "held",
                   code, code, code);
    builder_start(&builder, asking->arena);
    builder_puts(&builder, "x=");
    builder_put(&builder, line);
    if (builder_end(&words, &builder) != AMICUS_OK ||
        award_read(&award, words, ruling->currency) != AMICUS_OK) {
        refuse(asking, line, mend, "is no amount");
        return false;
    }
    const int64_t left = division->held_minor - division->fees_minor;
    const bool is_more = award.freelancer_minor > left ||
                         (award.has_client && award.client_minor > left - award.freelancer_minor);
    if (is_more) {
        refuse(asking, line, mend, "is more than is held");
        return false;
    }
    asking->to_freelancer[asking->item] = award.freelancer_minor;
    asking->to_client[asking->item] =
        award.has_client ? award.client_minor : left - award.freelancer_minor;
    return true;
}

/* Take one id of evidence. */
static bool cite(struct asking *asking, struct text id)
{
    const struct amicus_case *subject = asking->lesson->ruling->subject;
    const uint32_t kind = subject->vocabulary->evidence_kind;
    const uint32_t record = kind == KIND_NONE ? RECORD_NONE : case_find(subject, kind, id);
    if (record == RECORD_NONE) {
        refuse(asking, id, "write ids as the case has them, such as E1,E4; or '-' for none",
               "is no evidence of this case");
        return false;
    }
    if (!attempt_cites(asking->out, record)) {
        asking->cited[asking->out->cited_count++] = record;
    }
    return true;
}

static bool take_evidence(struct asking *asking, struct text line)
{
    size_t at = 0;
    asking->out->cited_count = 0;
    if (text_is(line, "-")) {
        return true;
    }
    if (line.length == 0) {
        return cite(asking, line);
    }
    while (at < line.length) {
        const size_t first = at;
        while (at < line.length && line.at[at] != ',' && line.at[at] != ' ') {
            at++;
        }
        if (at > first && !cite(asking, (struct text){line.at + first, at - first})) {
            return false;
        }
        at++;
    }
    return true;
}

static bool take_confidence(struct asking *asking, struct text line)
{
    unsigned percent = 0;
    struct text digits = line;
    digits.length -= line.length > 0 && line.at[line.length - 1] == '%';
    bool is_good = digits.length > 0 && digits.length <= 3;
    for (size_t i = 0; i < digits.length && is_good; i++) {
        is_good = digits.at[i] >= '0' && digits.at[i] <= '9';
        percent = percent * 10 + (unsigned)(digits.at[i] - '0');
    }
    if (!is_good || percent > 100) {
        refuse(asking, line, "write a whole number from 0 to 100: how sure you are, in percent",
               "is no percentage");
        return false;
    }
    asking->out->percent = percent;
    return true;
}

static int ask_items(struct asking *asking)
{
    const struct amicus_ruling *ruling = asking->lesson->ruling;
    int code = EXIT_DONE;
    for (uint32_t i = 0; i < ruling->item_count && ruling->currency != 0 && code == EXIT_DONE;
         i++) {
        const struct text id = item_name(ruling, i);
        const struct text held =
            exhibit_money(asking->arena, ruling->items[i].division.held_minor, ruling->currency);
        char question[256];
        (void)snprintf(question, sizeof question,
                       "To the freelancer, of %.*s held for %.*s: ", (int)held.length,
                       held.length > 0 ? held.at : "", (int)(id.length > 60 ? 60 : id.length),
                       id.at);
        asking->item = i;
        code = ask(asking, question, take_division);
    }
    return code;
}

int dialogue_read(struct dialogue *dialogue, const struct lesson *lesson, struct arena *arena,
                  struct attempt *out)
{
    assert(dialogue != NULL && lesson != NULL);
    assert(arena != NULL && out != NULL);
    const struct amicus_ruling *ruling = lesson->ruling;
    struct asking asking = {.dialogue = dialogue, .lesson = lesson, .arena = arena, .out = out};
    const size_t items = (size_t)ruling->item_count + 1;
    asking.to_freelancer = arena_give_array(arena, items, sizeof *asking.to_freelancer);
    asking.to_client = arena_give_array(arena, items, sizeof *asking.to_client);
    asking.cited = arena_give_array(arena, ruling->subject->record_count, sizeof *asking.cited);
    if (asking.to_freelancer == NULL || asking.to_client == NULL || asking.cited == NULL) {
        return EXIT_AGAIN;
    }
    *out = (struct attempt){.to_freelancer = asking.to_freelancer,
                            .to_client = asking.to_client,
                            .cited = asking.cited};
    int code = ask(&asking, "Outcome (Ctrl-D ends): ", take_outcome);
    if (code == EXIT_DONE) {
        code = ask_items(&asking);
    }
    if (code == EXIT_DONE) {
        code =
            ask(&asking, "Evidence that decides it, such as E1,E4 (- for none): ", take_evidence);
    }
    return code == EXIT_DONE ? ask(&asking, "How sure, in percent: ", take_confidence) : code;
}
