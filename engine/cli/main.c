/*
 * amicus: from the command line to a command and back to an exit code.
 *
 * The engine is opened before anything else. It forks the small process from which the jails for
 * policy scripts come, and what is forked later inherits what was open before: here that is nothing
 * but the standard streams. A command that needs no policy works without it.
 *
 * Order: engine, words, working folder, outputs, books, command; then the answer is put in its
 * place and everything is closed in the opposite order. The worst exit code wins.
 */
#include "help.h"
#include "kept.h"
#include "session.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Paths, options and help pages; cases have arenas of their own. */
#define SESSION_BYTES_MAX ((size_t)256 << 20)

/* Read the command line and go to its folder. returns an exit code */
static int read_words(struct session *session, int count, char **words)
{
    amicus_diagnostics *list;
    if (amicus_diagnostics_open(&list) != AMICUS_OK) {
        return EXIT_AGAIN;
    }
    const char *const *rest = (const char *const *)(words + (count > 0));
    size_t rest_count = count > 0 ? (size_t)count - 1 : 0;
    amicus_status status = options_read(&session->options, rest, rest_count, session->arena, list);
    session->page = terminal_look(stdout, session->options.color);
    session->talk = terminal_look(stderr, session->options.color);
    int code = status == AMICUS_INVALID ? EXIT_USAGE : exit_of(status);
    const char *folder = session->options.folder;
    if (status == AMICUS_OK && folder != NULL && chdir(folder) != 0) {
        diagnostics_add(list, AMICUS_ERROR, "U0201", (struct place){folder, 0, 0},
                        "check the path and its permissions", "cannot be entered: %s",
                        strerror(errno));
        code = EXIT_INPUT;
    }
    if (code != EXIT_DONE && session->options.answer_count == 0) {
        session->options.answer_count = 1;
    }
    session_say_list(session, list, &(struct report_sources){.name = NULL});
    amicus_diagnostics_close(list);
    return code;
}

/* The clock is read here and nowhere else, and what it said is told. */
static void resolve_now(struct session *session)
{
    struct options *options = &session->options;
    if (!options->is_as_of_now && !options->is_policy_now) {
        return;
    }
    const time_t now = time(NULL);
    struct instants *instants = &options->instants;
    instants->as_of_s = options->is_as_of_now ? (int64_t)now : instants->as_of_s;
    instants->policy_date_s = options->is_policy_now ? (int64_t)now : instants->policy_date_s;
    struct tm utc;
    char line[64];
    if (gmtime_r(&now, &utc) != NULL &&
        strftime(line, sizeof line, "now is %Y-%m-%dT%H:%M:%SZ\n", &utc) > 0) {
        session_say(session, text_of(line));
    }
}

/* Close the answer: put it in its place. A command that failed before it had an answer leaves the
 * file that stood there. */
static int finish(struct session *session, int code)
{
    bool has_text = code == EXIT_DONE;
    for (size_t i = 0; i < session->outputs.count; i++) {
        has_text = has_text || session->outputs.all[i].has_text;
    }
    if (!has_text) {
        outputs_drop(&session->outputs);
    }
    amicus_diagnostics *list;
    if (amicus_diagnostics_open(&list) != AMICUS_OK) {
        outputs_drop(&session->outputs);
        return exit_worst(code, EXIT_AGAIN);
    }
    if (outputs_commit(&session->outputs, list) != AMICUS_OK) {
        code = exit_worst(code, EXIT_OUTPUT);
    }
    session_say_list(session, list, &(struct report_sources){.name = NULL});
    amicus_diagnostics_close(list);
    return code;
}

/* A kept rulebook has no warnings, and `check` is there for them. Without memory for a path nothing
 * is kept. */
static void keep_rulebooks(struct session *session)
{
    bool is_check = session->options.command == command_find("check");
    if (session->engine != NULL && !is_check) {
        (void)!amicus_engine_keep(session->engine, kept_folder(session->arena));
    }
}

/* Open the outputs and the books, and run the command between. */
static int run(struct session *session)
{
    amicus_diagnostics *list;
    if (amicus_diagnostics_open(&list) != AMICUS_OK) {
        return EXIT_AGAIN;
    }
    amicus_status status = outputs_open(&session->outputs, &session->options, session->arena, list);
    int code = status == AMICUS_IO ? EXIT_OUTPUT : exit_of(status);
    if (status == AMICUS_OK) {
        status = books_open(&session->books, session->engine, session->options.policy,
                            session->arena, list);
        code = exit_of(status);
    }
    session_say_list(session, list, &(struct report_sources){.name = NULL});
    amicus_diagnostics_close(list);
    if (status != AMICUS_OK) {
        outputs_drop(&session->outputs);
        return code;
    }
    resolve_now(session);
    keep_rulebooks(session);
    code = finish(session, session->options.command->run(session));
    books_close(&session->books);
    return code;
}

/* Write help without a command: the list, or the page of the one that was named. */
static int write_help(struct session *session, FILE *stream, struct look look)
{
    struct builder builder;
    builder_start(&builder, session->arena);
    if (session->options.command != NULL) {
        help_write_command(&builder, session->options.command, look);
    } else {
        help_write_all(&builder, look);
    }
    struct text text;
    if (builder_end(&text, &builder) != AMICUS_OK) {
        return EXIT_AGAIN;
    }
    (void)fwrite(text.at, 1, text.length, stream);
    return fflush(stream) == 0 ? EXIT_DONE : EXIT_OUTPUT;
}

static int dispatch(struct session *session)
{
    if (options_has(&session->options, OPTION_HELP)) {
        return write_help(session, stdout, session->page);
    }
    if (options_has(&session->options, OPTION_VERSION)) {
        session->options.command = command_find("version");
    }
    if (session->options.command == NULL) {
        (void)write_help(session, stderr, session->talk);
        return EXIT_USAGE;
    }
    return run(session);
}

int main(int count, char **words)
{
    /* A file that may not grow further is an error of write, not the end of the program. */
    (void)signal(SIGXFSZ, SIG_IGN);
    struct session session = {.worst = EXIT_DONE};
    if (amicus_engine_open(&session.engine) != AMICUS_OK) {
        session.engine = NULL;
    }
    int code = EXIT_AGAIN;
    if (arena_open(&session.arena, SESSION_BYTES_MAX) == AMICUS_OK) {
        code = read_words(&session, count, words);
        if (code == EXIT_DONE) {
            code = dispatch(&session);
        }
        arena_close(session.arena);
    }
    amicus_engine_close(session.engine);
    return code;
}
