/*
 * amicus case fmt: cases rewritten tidily.
 *
 * The writer of cases writes facts, and a comment is no fact. So the comment at the top of a file
 * is carried over as it is, and a file with comments elsewhere is left alone unless its owner says
 * that they may go. And before a file is replaced, the tidy text is read again: it must give the
 * same digest, or the fault is ours and the file stays.
 *
 * A JSON file stays JSON: it becomes its canonical form on one line.
 */
#include "intake.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

/* How one file ended. */
enum ending { ENDING_TIDY, ENDING_CHANGED, ENDING_FAILED };

static bool is_json(struct text bytes)
{
    size_t at = 0;
    while (at < bytes.length && strchr(" \t\r\n", bytes.at[at]) != NULL) {
        at++;
    }
    return at < bytes.length && bytes.at[at] == '{';
}

/* The bytes of the comment at the top: lines that start with #, and empty ones among them. */
static size_t top_comment(struct text bytes)
{
    size_t at = 0, end = 0;
    while (at < bytes.length && (bytes.at[at] == '#' || bytes.at[at] == '\n')) {
        const char *stop = memchr(bytes.at + at, '\n', bytes.length - at);
        bool is_comment = bytes.at[at] == '#';
        at = stop == NULL ? bytes.length : (size_t)(stop - bytes.at) + 1;
        end = is_comment ? at : end;
    }
    return end;
}

/* The byte behind a quoted text that starts at a byte. */
static size_t quote_end(struct text bytes, size_t at)
{
    size_t end = at + 1;
    while (end < bytes.length && bytes.at[end] != bytes.at[at]) {
        bool is_escape = bytes.at[at] == '"' && bytes.at[end] == '\\';
        end += is_escape ? 2 : 1;
    }
    return end + 1;
}

/* Tell whether a comment stands behind `from`: a # at the start of a word, outside of quotes. In a
 * block of text this may be wrong, on the side of caution. */
static bool has_comment(struct text bytes, size_t from)
{
    char before = '\n';
    for (size_t i = from; i < bytes.length;) {
        char byte = bytes.at[i];
        if (byte == '#' && strchr(" \n\t", before) != NULL) {
            return true;
        }
        bool is_quote = (byte == '"' || byte == '\'') && strchr(" \n\t[{,:", before) != NULL;
        i = is_quote ? quote_end(bytes, i) : i + 1;
        before = byte;
    }
    return false;
}

static amicus_status write_tidy(struct text *out, const struct intake *intake)
{
    struct builder builder;
    builder_start(&builder, intake->arena);
    if (is_json(intake->bytes)) {
        case_write_json(&builder, intake->subject);
        builder_putc(&builder, '\n');
    } else {
        builder_put(&builder, (struct text){intake->bytes.at, top_comment(intake->bytes)});
        case_write_yaml(&builder, intake->subject);
    }
    return builder_end(out, &builder);
}

/* Tell whether a tidy text says what the case says. */
static bool says_the_same(const struct intake *intake, struct text tidy)
{
    amicus_diagnostics *list;
    struct amicus_case *again = NULL;
    if (amicus_diagnostics_open(&list) != AMICUS_OK) {
        return false;
    }
    bool is_same = case_load(&again, intake->subject->vocabulary, intake->name, tidy,
                             AMICUS_FORMAT_AUTO, list) == AMICUS_OK &&
                   memcmp(again->digest, intake->subject->digest, sizeof again->digest) == 0;
    case_close(again);
    amicus_diagnostics_close(list);
    return is_same;
}

static enum ending fail(struct session *session, const struct intake *intake, int code)
{
    struct report_sources sources = {intake->name, intake->bytes, NULL};
    if (intake->list != NULL) {
        session_say_list(session, intake->list, &sources);
    }
    session_note(session, code);
    return ENDING_FAILED;
}

static enum ending replace(struct session *session, const struct intake *intake, const char *path,
                           struct text tidy)
{
    struct draft_file draft;
    amicus_status status = file_draft(&draft, intake->arena, path);
    if (status == AMICUS_OK) {
        (void)fwrite(tidy.at, 1, tidy.length, draft.stream);
        status = file_commit(&draft);
    }
    if (status == AMICUS_OK) {
        return ENDING_CHANGED;
    }
    diagnostics_add(intake->list, AMICUS_ERROR, "U0204", (struct place){path, 0, 0},
                    "check the folder, its permissions and the space on its disk",
                    "cannot be written: %s", strerror(errno));
    return fail(session, intake, EXIT_OUTPUT);
}

static void say_line(struct session *session, const struct intake *intake, const char *words)
{
    struct builder builder;
    builder_start(&builder, intake->arena);
    builder_put_visible(&builder, text_of(intake->name));
    builder_putf(&builder, ": %s\n", words);
    struct text line;
    if (builder_end(&line, &builder) == AMICUS_OK) {
        session_say(session, line);
    }
}

/* Look for what would be lost; true if the file may be rewritten. */
static bool may_rewrite(struct session *session, const struct intake *intake)
{
    bool is_safe = options_has(&session->options, OPTION_DROP_COMMENTS) ||
                   options_has(&session->options, OPTION_CHECK) || is_json(intake->bytes) ||
                   !has_comment(intake->bytes, top_comment(intake->bytes));
    if (!is_safe) {
        diagnostics_add(intake->list, AMICUS_ERROR, "U0203", (struct place){intake->name, 0, 0},
                        "amicus case fmt --drop-comments, or move them to the top",
                        "has comments that would be lost, so it was left alone");
    }
    return is_safe;
}

static enum ending tidy_case(struct session *session, const struct intake *intake, const char *path)
{
    struct text tidy;
    if (write_tidy(&tidy, intake) != AMICUS_OK) {
        return fail(session, intake, EXIT_AGAIN);
    }
    if (!says_the_same(intake, tidy)) {
        diagnostics_add(intake->list, AMICUS_ERROR, "U0902", (struct place){intake->name, 0, 0},
                        "please report it", "the tidy text would say something else");
        return fail(session, intake, EXIT_BUG);
    }
    bool is_tidy = text_equal(tidy, intake->bytes);
    if (options_has(&session->options, OPTION_CHECK)) {
        if (!is_tidy) {
            say_line(session, intake, "would change");
            session_note(session, EXIT_NO);
        }
        return is_tidy ? ENDING_TIDY : ENDING_CHANGED;
    }
    if (strcmp(path, "-") == 0) {
        (void)fwrite(tidy.at, 1, tidy.length, stdout);
        return is_tidy ? ENDING_TIDY : ENDING_CHANGED;
    }
    if (is_tidy) {
        return ENDING_TIDY;
    }
    if (!may_rewrite(session, intake)) {
        return fail(session, intake, EXIT_INPUT);
    }
    return replace(session, intake, path, tidy);
}

static void say_count(struct session *session, const size_t counts[3])
{
    bool is_check = options_has(&session->options, OPTION_CHECK);
    char line[128];
    int length = snprintf(line, sizeof line, "%zu case%s: %zu tidy, %zu %s, %zu refused\n",
                          session->inputs.count, session->inputs.count == 1 ? "" : "s",
                          counts[ENDING_TIDY], counts[ENDING_CHANGED],
                          is_check ? "would change" : "rewritten", counts[ENDING_FAILED]);
    session_say(session, (struct text){line, (size_t)length});
}

int command_case_fmt(struct session *session)
{
    assert(session != NULL);
    assert(session->options.operand_count > 0);
    int code = session_take_inputs(session);
    if (code != EXIT_DONE) {
        return code;
    }
    size_t counts[3] = {0, 0, 0};
    for (size_t i = 0; i < session->inputs.count; i++) {
        struct intake intake;
        code = intake_open(&intake, session, session->inputs.paths[i], false);
        enum ending ending = code == EXIT_DONE
                                 ? tidy_case(session, &intake, session->inputs.paths[i])
                                 : fail(session, &intake, code);
        counts[ending]++;
        intake_close(&intake);
    }
    say_count(session, counts);
    return session->worst;
}
