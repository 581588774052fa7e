/*
 * amicus whatif: change facts and see the ruling move; find what would flip it.
 *
 * The edits that were typed make a second case of the first, through the one builder of cases, so a
 * path that names nothing or a value that is none is a diagnostic as it would be in a file. What is
 * asked besides (--flip, --sweep, --range) is asked of the edited case, where there are edits.
 */
#include "case_edit.h"
#include "decided.h"
#include "whatif.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

static const struct place NOWHERE = {"", 0, 0};

/* What --flip may cost: all pairs of a large case, and some triples. */
static const struct flip_wish WISH = {
    .singles = 20000, .pairs = 200000, .triples = 5000, .most = 10, .has_evidence = true};

/* The case of a call, and the one that its edits make. */
struct hypothesis {
    struct session *session;
    struct decided decided;
    struct amicus_case *edited;   /* NULL: no edits */
    struct amicus_ruling *ruling; /* of the edited case, or NULL */
    amicus_diagnostics *list;
};

/* Read one option as an edit. returns false if it is none of its kinds */
static bool read_edit(struct hypothesis *hypothesis, const struct said *said,
                      struct case_edit *edit, amicus_status *status)
{
    const struct place place = {.file = "", .line = 0, .column = 0};
    if (said->option == OPTION_SET) {
        *status = case_edit_read(edit, hypothesis->session->arena, text_of(said->value), place,
                                 hypothesis->list);
        return true;
    }
    *edit = (struct case_edit){.path = text_of(said->value), .place = place};
    edit->kind = said->option == OPTION_UNSET ? CASE_EDIT_UNSET : CASE_EDIT_WITHOUT;
    return said->option == OPTION_UNSET || said->option == OPTION_WITHOUT;
}

static amicus_status apply_edits(struct hypothesis *hypothesis)
{
    const struct options *options = &hypothesis->session->options;
    struct case_edit *edits =
        arena_give_array(hypothesis->session->arena, options->said_count + 1, sizeof *edits);
    uint32_t count = 0;
    amicus_status worst = edits == NULL ? AMICUS_MEMORY : AMICUS_OK;
    for (size_t i = 0; i < options->said_count && edits != NULL; i++) {
        amicus_status status = AMICUS_OK;
        if (read_edit(hypothesis, &options->said[i], &edits[count], &status)) {
            count += status == AMICUS_OK ? 1 : 0;
            worst = status == AMICUS_OK ? worst : status;
        }
    }
    if (count > 0) {
        const amicus_status status =
            case_edit(&hypothesis->edited, hypothesis->decided.intake.subject, edits, count,
                      hypothesis->list);
        worst = worst == AMICUS_OK ? status : worst;
    }
    if (worst == AMICUS_OK && hypothesis->edited != NULL) {
        worst = decide_case(&hypothesis->ruling, hypothesis->decided.intake.book->rulebook,
                            hypothesis->edited, &options->instants, hypothesis->list);
    }
    return worst;
}

static int put(struct hypothesis *hypothesis, const struct outline *outline)
{
    int code = EXIT_DONE;
    struct outputs *outputs = &hypothesis->session->outputs;
    for (size_t i = 0; i < outputs->count && code == EXIT_DONE; i++) {
        code =
            session_put_outline(hypothesis->session, &outputs->all[i], outline, "amicus.whatif/1");
    }
    return code;
}

static amicus_status fill_flips(struct outline *outline, const struct hypothesis *hypothesis,
                                const struct amicus_ruling *ruling)
{
    const struct options *options = &hypothesis->session->options;
    const char *to = options_value(options, OPTION_TO);
    struct flip_wish wish = WISH;
    wish.most = options->most > 0 ? options->most : wish.most;
    if (to != NULL) {
        const enum outcome outcome = outcome_find(text_of(to));
        if (outcome == OUTCOME_COUNT) {
            struct likeness likeness = likeness_to(text_of(to));
            for (unsigned i = 0; i < OUTCOME_COUNT; i++) {
                likeness_try(&likeness, text_of(outcome_name((enum outcome)i)));
            }
            char mend[96];
            (void)snprintf(mend, sizeof mend, "did you mean '%.*s'?", (int)likeness.best.length,
                           likeness.best.at);
            diagnostics_add(hypothesis->list, AMICUS_ERROR, "U0104", NOWHERE,
                            likeness.best.length > 0 ? mend : "amicus help whatif",
                            "there is no outcome '%.60s'", to);
            return AMICUS_INVALID;
        }
        wish.has_outcome = true;
        wish.outcome = (uint8_t)outcome;
    }
    struct flips flips;
    const amicus_status status = flips_find(&flips, ruling, &wish, outline->arena);
    if (status == AMICUS_OK) {
        whatif_flips(outline, ruling, &flips);
    }
    return status;
}

/* Take FACT=A..B/STEP apart. A slash or dots inside a value are not looked for: none has them. */
static amicus_status fill_sweep(struct outline *outline, const struct hypothesis *hypothesis,
                                const struct amicus_ruling *ruling)
{
    const char *typed = options_value(&hypothesis->session->options, OPTION_SWEEP);
    const char *equals = strchr(typed, '=');
    const char *dots = equals == NULL ? NULL : strstr(equals, "..");
    if (dots == NULL || equals == typed) {
        diagnostics_add(hypothesis->list, AMICUS_ERROR, "U0104", NOWHERE,
                        "write FACT=A..B or FACT=A..B/STEP", "'--sweep %.60s' is no sweep", typed);
        return AMICUS_INVALID;
    }
    const char *slash = strchr(dots, '/');
    const char *end = slash == NULL ? dots + strlen(dots) : slash;
    const struct sweep sweep = {.path = {typed, (size_t)(equals - typed)},
                                .from = {equals + 1, (size_t)(dots - equals - 1)},
                                .to = {dots + 2, (size_t)(end - dots - 2)},
                                .step = text_of(slash == NULL ? "" : slash + 1),
                                .place = NOWHERE};
    return whatif_sweep(outline, ruling, &sweep, hypothesis->list);
}

/* One outline for what was asked. */
static int answer(struct hypothesis *hypothesis)
{
    const struct options *options = &hypothesis->session->options;
    const struct amicus_ruling *before = hypothesis->decided.ruling;
    const struct amicus_ruling *ruling = hypothesis->ruling == NULL ? before : hypothesis->ruling;
    struct outline outline;
    amicus_status status = AMICUS_OK;
    int code = EXIT_DONE;
    outline_start(&outline, hypothesis->decided.intake.arena, "whatif");
    if (options_has(options, OPTION_FLIP)) {
        status = fill_flips(&outline, hypothesis, ruling);
    } else if (options_has(options, OPTION_SWEEP)) {
        status = fill_sweep(&outline, hypothesis, ruling);
    } else if (options_has(options, OPTION_RANGE)) {
        status = whatif_range(&outline, ruling);
    } else {
        status = whatif_compare(&outline, before, ruling);
    }
    status = status == AMICUS_OK ? outline_end(&outline) : status;
    code = status == AMICUS_OK ? put(hypothesis, &outline) : exit_of(status);
    return code;
}

/* Say what was wrong with what was typed, in the case's terms. */
static void say_list(struct hypothesis *hypothesis)
{
    const struct report_sources sources = intake_sources(&hypothesis->decided.intake);
    session_say_list(hypothesis->session, hypothesis->list, &sources);
}

static int suppose(struct hypothesis *hypothesis)
{
    if (amicus_diagnostics_open(&hypothesis->list) != AMICUS_OK) {
        return EXIT_AGAIN;
    }
    const amicus_status status = apply_edits(hypothesis);
    const int code = status == AMICUS_OK ? answer(hypothesis) : exit_of(status);
    say_list(hypothesis);
    amicus_diagnostics_close(hypothesis->list);
    amicus_ruling_close(hypothesis->ruling);
    case_close(hypothesis->edited);
    return code;
}

/* Whether it is said what to suppose, and no two things at once. */
static bool refuse_options(struct session *session)
{
    const struct options *options = &session->options;
    const unsigned questions = (options_has(options, OPTION_FLIP) ? 1u : 0u) +
                               (options_has(options, OPTION_SWEEP) ? 1u : 0u) +
                               (options_has(options, OPTION_RANGE) ? 1u : 0u);
    const bool has_edits = options_has(options, OPTION_SET) || options_has(options, OPTION_UNSET) ||
                           options_has(options, OPTION_WITHOUT);
    const bool is_loose = (options_has(options, OPTION_TO) || options_has(options, OPTION_MAX)) &&
                          !options_has(options, OPTION_FLIP);
    const bool is_double = questions > 1;
    amicus_diagnostics *list;
    if (!is_loose && !is_double && (questions == 1 || has_edits)) {
        return false;
    }
    if (amicus_diagnostics_open(&list) == AMICUS_OK) {
        diagnostics_add(
            list, AMICUS_ERROR, "U0108", NOWHERE,
            is_double  ? "leave out all but one"
            : is_loose ? "add --flip"
                       : "add --set FACT=VALUE, --unset, --without, --flip, --sweep or --range",
            is_double  ? "--flip, --sweep and --range are questions of their own"
            : is_loose ? "--to and --max speak of flips"
                       : "nothing is supposed to be different");
        session_say_list(session, list, &(struct report_sources){.name = NULL});
        amicus_diagnostics_close(list);
    }
    return true;
}

int command_whatif(struct session *session)
{
    assert(session != NULL);
    assert(session->options.operand_count == 1);
    if (refuse_options(session)) {
        return EXIT_USAGE;
    }
    int code = session_take_inputs(session);
    if (code != EXIT_DONE || session->inputs.count != 1) {
        return exit_worst(code, session->worst);
    }
    struct hypothesis hypothesis = {.session = session};
    code = decided_open(&hypothesis.decided, session, session->inputs.paths[0]);
    if (code == EXIT_DONE) {
        code = suppose(&hypothesis);
    }
    decided_close(&hypothesis.decided);
    session_note(session, code);
    return session->worst;
}
