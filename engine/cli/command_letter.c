/*
 * amicus letter: draft what the parties of a case are told, or asked.
 *
 * The letters are made once, as an outline, and written in each format that is wanted. A request is
 * refused where there is nothing to ask, because an empty letter would be sent all the same: the
 * message then says whom to ask instead, or what is missing at all.
 */
#include "decided.h"
#include "exhibit.h"
#include "kept_case.h"
#include "letter.h"
#include "render_letter.h"
#include "render_outline.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#define SIDES ((uint16_t)(PARTY_BIT(PARTY_CLIENT) | PARTY_BIT(PARTY_FREELANCER)))

/* Say that there is nothing to ask: why, and whose or which name is meant. */
static void say(struct session *session, const struct decided *decided, const char *mend,
                const char *what, struct text name)
{
    amicus_diagnostics *list;
    if (amicus_diagnostics_open(&list) != AMICUS_OK) {
        return;
    }
    const int length = (int)(name.length > 200 ? 200 : name.length);
    diagnostics_add(list, AMICUS_ERROR, "U0403", (struct place){decided->intake.name, 0, 0}, mend,
                    "%s%.*s", what, length, name.length > 0 ? name.at : "");
    session_say_list(session, list, &(struct report_sources){.name = NULL});
    amicus_diagnostics_close(list);
}

/* Try a path and each of its ends. */
static void try_ends(struct likeness *likeness, struct text path)
{
    for (size_t at = 0; at < path.length; at++) {
        if (at == 0 || path.at[at - 1] == '.') {
            likeness_try(likeness, (struct text){path.at + at, path.length - at});
        }
    }
}

/* Say that a fact is not missing, with the nearest that is. */
static int refuse_fact(struct session *session, const struct decided *decided, struct text name)
{
    const struct amicus_ruling *ruling = decided->ruling;
    struct likeness likeness = likeness_to(name);
    char mend[240] =
        "'amicus suggest' lists what is missing; '--ask all' asks for all that matters";
    for (uint32_t i = 0; i < ruling->missing_count; i++) {
        const struct missing_result *missing = &ruling->missing[i];
        try_ends(&likeness, exhibit_path(decided->intake.arena, ruling->subject, missing->record,
                                         missing->fact, missing->kind));
    }
    if (likeness.best.length > 0) {
        const int length = (int)(likeness.best.length > 200 ? 200 : likeness.best.length);
        (void)snprintf(mend, sizeof mend, "did you mean '%.*s'?", length, likeness.best.at);
    }
    say(session, decided, mend, "the ruling lacks no such fact, or several: ", name);
    return exit_of(AMICUS_NOT_FOUND);
}

/* Find what to ask; EXIT_DONE if there is such a fact. */
static int find_missing(uint32_t *out, struct session *session, const struct decided *decided)
{
    const struct text name = text_of(options_value(&session->options, OPTION_ASK));
    *out = LETTER_ALL;
    if (text_is(name, "all")) {
        if (letter_knowers(decided->ruling, LETTER_ALL) != 0) {
            return EXIT_DONE;
        }
        say(session, decided, "without --ask, 'amicus letter' tells the parties of the ruling",
            "there is nothing to ask: no missing fact could change the ruling", text_of(""));
        return EXIT_NOTHING;
    }
    return letter_find_missing(out, decided->intake.arena, decided->ruling, name)
               ? EXIT_DONE
               : refuse_fact(session, decided, name);
}

/* Read --to; 0, with a diagnostic, if it is not understood. */
static uint16_t addressees(struct session *session)
{
    static const char *const WORDS[] = {"client", "freelancer", "both"};
    static const uint16_t TO[] = {PARTY_BIT(PARTY_CLIENT), PARTY_BIT(PARTY_FREELANCER), SIDES};
    const char *to = options_value(&session->options, OPTION_TO);
    for (size_t i = 0; i < sizeof TO / sizeof TO[0]; i++) {
        if (strcmp(to, WORDS[i]) == 0) {
            return TO[i];
        }
    }
    amicus_diagnostics *list;
    if (amicus_diagnostics_open(&list) == AMICUS_OK) {
        diagnostics_add(list, AMICUS_ERROR, "U0104", (struct place){"", 0, 0},
                        "write client, freelancer or both", "'--to %.60s' is not understood", to);
        session_say_list(session, list, &(struct report_sources){.name = NULL});
        amicus_diagnostics_close(list);
    }
    return 0;
}

/* Say who knows what those that were asked for do not. */
static int refuse_parties(struct session *session, const struct decided *decided, uint16_t knowers)
{
    const struct text who = exhibit_parties(decided->intake.arena, knowers);
    say(session, decided, "leave out --to, and who usually knows is asked",
        "there is nothing to ask of that side; those who usually know: ", who);
    return EXIT_NOTHING;
}

/* Draft what is asked for; to: the addressees, 0 if none were named. */
static int draft(struct outline *outline, struct session *session, const struct decided *decided,
                 uint16_t to)
{
    uint32_t missing;
    if (!options_has(&session->options, OPTION_ASK)) {
        return exit_of(letter_notice(outline, decided->ruling, to == 0 ? SIDES : to));
    }
    const int code = find_missing(&missing, session, decided);
    if (code != EXIT_DONE) {
        return code;
    }
    const uint16_t knowers = letter_knowers(decided->ruling, missing);
    if (to != 0 && (to & knowers) == 0) {
        return refuse_parties(session, decided, knowers);
    }
    return exit_of(letter_request(outline, decided->ruling, to == 0 ? knowers : to, missing));
}

static void write_as(struct builder *builder, const struct session *session,
                     const struct output *output, const void *report)
{
    const struct outline *outline = report;
    switch (output->format) {
    case FORMAT_HUMAN: letter_write_text(builder, outline, session_page(session, output)); break;
    case FORMAT_PLAIN: outline_write_plain(builder, outline); break;
    case FORMAT_JSON:
        outline_write_json(builder, outline, "amicus.letter/1", false);
        builder_putc(builder, '\n');
        break;
    case FORMAT_MD: letter_write_markdown(builder, outline); break;
    case FORMAT_HTML: letter_write_html(builder, outline); break;
    case FORMAT_NDJSON:
    case FORMAT_SVG:
    case FORMAT_JUNIT:
    case FORMAT_TAP:
    case FORMAT_GITHUB:
    case FORMAT_CSV:
    case FORMAT_COUNT: break;
    }
}

int command_letter(struct session *session)
{
    assert(session != NULL);
    assert(session->options.operand_count == 1);
    const bool has_to = options_has(&session->options, OPTION_TO);
    const uint16_t to = has_to ? addressees(session) : 0;
    if (has_to && to == 0) {
        return EXIT_USAGE;
    }
    struct decided decided;
    int code = decided_open(&decided, session, kept_case_path(session, 0));
    if (code == EXIT_DONE) {
        struct outline outline;
        outline_start(&outline, decided.intake.arena, "letters");
        code = draft(&outline, session, &decided, to);
        if (code == EXIT_DONE) {
            code = session_put_report(session, outline.arena, write_as, &outline);
        }
    }
    decided_close(&decided);
    return code;
}
