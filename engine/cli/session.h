/*
 * A session: one call of amicus, and what its command works with.
 */
#ifndef SESSION_H
#define SESSION_H

#include "books.h"
#include "exit_code.h"
#include "inputs.h"
#include "options.h"
#include "outline.h"
#include "output.h"
#include "report.h"
#include "terminal.h"

struct session {
    struct options options;
    struct amicus_engine *engine; /* NULL: no jail can be set up here */
    struct arena *arena;          /* lives as long as the call */
    struct look page;             /* of the answer, where it goes to stdout */
    struct look talk;             /* of stderr */
    struct outputs outputs;
    struct books books;
    struct inputs inputs; /* of commands that take cases */
    int worst;            /* exit code so far */
};

/* Note an exit code: the worst one wins. */
void session_note(struct session *session, int code);

/* Say something on stderr, unless -q. The text ends its own lines. */
void session_say(struct session *session, struct text text);

/* Say diagnostics on stderr, in the manner of the first answer's format, unless -q. */
void session_say_list(struct session *session, const amicus_diagnostics *list,
                      const struct report_sources *sources);

/* Tell whether an option was given that the command cannot do without; says it if not. */
bool session_needs(struct session *session, enum option option);

/* The page of an output: no colour in a file, and 80 columns there. */
struct look session_page(const struct session *session, const struct output *output);

/*
 * Expand the operands into session->inputs, saying what cannot be read.
 *
 * returns  an exit code: EXIT_NOTHING if there is no case at all
 */
int session_take_inputs(struct session *session);

/* Write a text to every output of a format. */
void session_put(struct session *session, enum format format, struct text text);

/*
 * Write an outline to an output, in its format.
 *
 * output   one of the session's
 * outline  without failure; its arena takes the texts
 * schema   of its JSON
 * returns  an exit code
 */
int session_put_outline(const struct session *session, struct output *output,
                        const struct outline *outline, const char *schema);

/* Write what a command found, in an output's format: its JSON canonical, whatever the format. */
typedef void report_writer(struct builder *builder, const struct session *session,
                           const struct output *output, const void *report);

/*
 * Write a report to every output; JSON is indented for FORMAT_JSON.
 *
 * arena    takes the texts
 * write    called once for each output, with report
 * returns  an exit code
 */
int session_put_report(struct session *session, struct arena *arena, report_writer *write,
                       const void *report);

/* Say a closing line such as "3 cases: 2 ruled, 1 refused", if there was more than one input. */
void session_close_count(struct session *session, size_t done, const char *did);

#endif
