/*
 * amicus verify: prove rulings.
 *
 * The cases behind --case are taken in once, each with the rulebook that decides it; then each
 * ruling of each file is held against the case that it names. A file may hold one ruling, indented
 * or not, or many, one after another; where one ends is found by its braces, before anything of it
 * is believed.
 *
 * The exit code of a ruling that is not proved is 6: what was recorded is not what is derived
 * again. That also holds for a ruling on another version of the case or of the rulebook, because a
 * script that relies on a ruling must not go on with either.
 */
#include "intake.h"
#include "limit.h"
#include "verify.h"

#include <assert.h>
#include <errno.h>
#include <string.h>

/* Rulings of one file: some ten thousand. */
#define RULINGS_BYTES_MAX  ((size_t)512 << 20)
/* One ruling, its tree, what is derived, and what differs. */
#define RULING_ARENA_BYTES ((size_t)256 << 20)

/* The cases that rulings may be about. */
struct shelf {
    struct intake *intakes;
    size_t count;
};

/* One file of rulings. */
struct pile {
    struct session *session;
    const struct shelf *shelf;
    const char *name;
    size_t rulings, proved;
};

/* --- cases --- */

static int fill_shelf(struct shelf *shelf, struct session *session)
{
    struct inputs inputs = {NULL, 0, 0};
    amicus_diagnostics *list;
    if (amicus_diagnostics_open(&list) != AMICUS_OK) {
        return EXIT_AGAIN;
    }
    amicus_status status = inputs_of(&inputs, &session->options.subject, 1, session->arena, list);
    if (status == AMICUS_OK && inputs.count == 0) {
        diagnostics_add(list, AMICUS_ERROR, "U0202", (struct place){session->options.subject, 0, 0},
                        "name a file, or a folder with *.yaml, *.yml or *.json below it",
                        "there is no case here");
        status = AMICUS_NOT_FOUND;
    }
    session_say_list(session, list, &(struct report_sources){.name = NULL});
    amicus_diagnostics_close(list);
    shelf->intakes = arena_give_array(session->arena, inputs.count, sizeof *shelf->intakes);
    if (status != AMICUS_OK || shelf->intakes == NULL) {
        return inputs.count == 0 && status == AMICUS_NOT_FOUND ? EXIT_NOTHING : exit_of(status);
    }
    for (size_t i = 0; i < inputs.count; i++) {
        struct intake *intake = &shelf->intakes[shelf->count];
        const int code = intake_open(intake, session, inputs.paths[i], true);
        if (code == EXIT_DONE) {
            shelf->count++;
        } else {
            intake_refuse(session, intake);
            intake_close(intake);
            session_note(session, code);
        }
    }
    return shelf->count > 0 ? EXIT_DONE : session->worst;
}

/* The text of a member of a member, or empty. */
static struct text named_by(const struct tree *ruling, const char *key)
{
    const struct tree *about = tree_find(ruling, "case");
    const struct tree *node = about == NULL ? NULL : tree_find(about, key);
    return node != NULL && node->kind == TREE_SCALAR ? node->text : (struct text){"", 0};
}

/* The case that a ruling names: of several versions the one that has its digest. One case alone is
 * held against every ruling, so that a ruling about another one is refused and not passed over. */
static const struct intake *find_case(const struct shelf *shelf, const struct tree *ruling)
{
    const struct text id = named_by(ruling, "id");
    const struct text digest = named_by(ruling, "digest");
    const struct intake *found = shelf->count == 1 ? &shelf->intakes[0] : NULL;
    bool is_same = false;
    for (size_t i = 0; i < shelf->count && !is_same; i++) {
        char hex[DIGEST_HEX];
        digest_write(hex, shelf->intakes[i].subject->digest);
        const bool is_named = text_equal(shelf->intakes[i].subject->id, id);
        found = is_named ? &shelf->intakes[i] : found;
        is_same = is_named && text_is(digest, hex);
    }
    return found;
}

/* --- rulings --- */

/* Take the next value off a text: what stands between an opening brace and its closing one; if
 * there is no brace, the rest, which its reader will refuse. returns false at the end. */
static bool take_value(struct text *rest, struct text *value)
{
    size_t at = 0;
    while (at < rest->length && strchr(" \t\r\n", rest->at[at]) != NULL && rest->at[at] != '\0') {
        at++;
    }
    *rest = (struct text){rest->at + at, rest->length - at};
    *value = *rest;
    if (rest->length == 0) {
        return false;
    }
    size_t depth = 0;
    bool is_quoted = false;
    for (at = 0; at < rest->length; at++) {
        const char byte = rest->at[at];
        if (is_quoted) {
            at += byte == '\\' ? 1u : 0u;
            is_quoted = byte != '"';
            continue;
        }
        is_quoted = byte == '"';
        depth += byte == '{' ? 1u : 0u;
        if (depth == 0 || (byte == '}' && --depth == 0)) {
            break;
        }
    }
    if (depth == 0 && at < rest->length && rest->at[at] == '}') {
        value->length = at + 1;
    }
    *rest = (struct text){rest->at + value->length, rest->length - value->length};
    return true;
}

/* Say why a ruling cannot be held against anything. */
static void say(const struct pile *pile, const char *code, const char *mend, const char *what)
{
    amicus_diagnostics *list;
    if (amicus_diagnostics_open(&list) != AMICUS_OK) {
        return;
    }
    diagnostics_add(list, AMICUS_ERROR, code, (struct place){pile->name, 0, 0}, mend, "%s", what);
    session_say_list(pile->session, list, &(struct report_sources){.name = NULL});
    amicus_diagnostics_close(list);
}

static int put_verification(struct session *session, struct arena *arena,
                            const struct verification *verification)
{
    int code = EXIT_DONE;
    struct outline outline;
    outline_start(&outline, arena, "verification");
    verify_outline(&outline, verification);
    if (outline_end(&outline) != AMICUS_OK) {
        return EXIT_AGAIN;
    }
    for (size_t i = 0; i < session->outputs.count && code == EXIT_DONE; i++) {
        code = session_put_outline(session, &session->outputs.all[i], &outline,
                                   "amicus.verification/1");
    }
    return code == EXIT_DONE && !verification->holds ? EXIT_DIFFERS : code;
}

static int verify_tree(struct pile *pile, struct arena *arena, const struct tree *ruling,
                       amicus_diagnostics *list)
{
    const struct intake *intake = find_case(pile->shelf, ruling);
    if (intake == NULL) {
        say(pile, "U0502", "name its file, or the folder that it is in, with --case",
            "the case of this ruling is not behind --case");
        return EXIT_INPUT;
    }
    struct verification verification;
    const amicus_status status =
        verify_ruling(&verification, arena, ruling, intake->book->rulebook, intake->subject, list);
    if (status != AMICUS_OK && amicus_diagnostics_count(list) == 0) {
        diagnostics_add(list, AMICUS_ERROR, "U0305", (struct place){intake->name, 0, 0}, "",
                        "the case could not be decided again: %s", amicus_status_name(status));
    }
    if (status != AMICUS_OK) {
        return exit_of(status);
    }
    const int code = put_verification(pile->session, arena, &verification);
    pile->proved += verification.holds ? 1u : 0u;
    return code;
}

static int verify_value(struct pile *pile, struct text value)
{
    struct arena *arena;
    amicus_diagnostics *list;
    if (arena_open(&arena, RULING_ARENA_BYTES) != AMICUS_OK) {
        return EXIT_AGAIN;
    }
    if (amicus_diagnostics_open(&list) != AMICUS_OK) {
        arena_close(arena);
        return EXIT_AGAIN;
    }
    const struct tree *ruling = NULL;
    struct tree_source source = verify_source(pile->name, value);
    const bool is_object = value.at[0] == '{';
    amicus_status status =
        is_object ? tree_read_json(&ruling, arena, &source, list) : AMICUS_INVALID;
    int code = exit_of(status);
    if (status != AMICUS_OK) {
        diagnostics_add(list, AMICUS_ERROR, "U0501", (struct place){pile->name, 0, 0},
                        "write rulings with 'amicus suggest -f json' or '-f ndjson'",
                        "this cannot be read as a ruling");
    } else {
        code = verify_tree(pile, arena, ruling, list);
    }
    const struct report_sources sources = {pile->name, value, NULL};
    session_say_list(pile->session, list, &sources);
    amicus_diagnostics_close(list);
    arena_close(arena);
    return code;
}

static int verify_file(struct pile *pile, const char *path)
{
    struct arena *arena;
    struct text bytes;
    if (arena_open(&arena, 2 * RULINGS_BYTES_MAX) != AMICUS_OK) {
        return EXIT_AGAIN;
    }
    pile->name = strcmp(path, "-") == 0 ? "(stdin)" : path;
    const amicus_status status = file_read(&bytes, arena, path, RULINGS_BYTES_MAX);
    if (status != AMICUS_OK || bytes.length > RULINGS_BYTES_MAX) {
        say(pile, "U0201", "check the path and its permissions; split a file above 512 MiB",
            status == AMICUS_OK ? "is too large" : strerror(errno));
        arena_close(arena);
        return status == AMICUS_MEMORY ? EXIT_AGAIN : EXIT_INPUT;
    }
    struct text value;
    const size_t before = pile->rulings;
    while (take_value(&bytes, &value)) {
        pile->rulings++;
        session_note(pile->session, verify_value(pile, value));
    }
    arena_close(arena);
    if (pile->rulings == before) {
        say(pile, "U0501", "write one with 'amicus suggest -f json CASE'",
            "there is no ruling here");
        return EXIT_NOTHING;
    }
    return EXIT_DONE;
}

static void close_count(const struct pile *pile)
{
    struct builder builder;
    struct text line;
    builder_start(&builder, pile->session->arena);
    builder_putf(&builder, "%zu rulings: %zu proved, %zu not\n", pile->rulings, pile->proved,
                 pile->rulings - pile->proved);
    if (pile->rulings > 1 && builder_end(&line, &builder) == AMICUS_OK) {
        session_say(pile->session, line);
    }
}

int command_verify(struct session *session)
{
    assert(session != NULL);
    assert(session->options.operand_count > 0);
    if (!session_needs(session, OPTION_CASE)) {
        return EXIT_USAGE;
    }
    struct shelf shelf = {.count = 0};
    const int code = fill_shelf(&shelf, session);
    session_note(session, code);
    struct pile pile = {.session = session, .shelf = &shelf};
    for (size_t i = 0; i < session->options.operand_count && code == EXIT_DONE; i++) {
        session_note(session, verify_file(&pile, session->options.operands[i]));
    }
    close_count(&pile);
    for (size_t i = 0; i < shelf.count; i++) {
        intake_close(&shelf.intakes[i]);
    }
    return session->worst;
}
