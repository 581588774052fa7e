/*
 * amicus suggest: decide cases and say why.
 *
 * Each case is taken in, decided and written before the next one is read, so that memory does not
 * grow with their number and the answer of one does not depend on another. A case that is refused
 * costs its own ruling only.
 */
#include "decided.h"
#include "flip.h"
#include "intake.h"
#include "reasons.h"
#include "render_plain.h"
#include "render_text.h"
#include "whatif.h"

#include <assert.h>

/* What a page of some milliseconds has time for. */
static const struct flip_wish FEW = {.singles = 60, .most = 3};

/* What a program that asked for it gets. */
static const struct flip_wish MANY = {
    .singles = 4000, .pairs = 20000, .triples = 2000, .most = 10, .has_evidence = true};

/* The page for a reviewer; later ones are parted from the one before by an empty line. */
static amicus_status write_page(struct builder *builder, const struct session *session,
                                const struct output *output, const struct decided *decided)
{
    struct reasons reasons;
    amicus_status status = reasons_of(&reasons, decided->ruling, builder->arena);
    struct flips flips;
    if (status == AMICUS_OK) {
        status = flips_find(&flips, decided->ruling, &FEW, builder->arena);
    }
    if (status == AMICUS_OK) {
        status = reasons_add_flips(&reasons, decided->ruling, &flips, builder->arena);
    }
    if (status != AMICUS_OK) {
        return status;
    }
    builder_puts(builder, output->has_text ? "\n" : "");
    reasons_write_text(builder, &reasons,
                       layout_visible(builder->arena, text_of(decided->intake.name)),
                       session_page(session, output));
    return AMICUS_OK;
}

static amicus_status write_json(struct builder *builder, const struct session *session,
                                const struct output *output, const struct decided *decided)
{
    const bool is_indented = output->format == FORMAT_JSON;
    if (!options_has(&session->options, OPTION_WITH)) {
        ruling_write_json(builder, decided->ruling, is_indented);
        builder_putc(builder, '\n');
        return AMICUS_OK;
    }
    struct flips flips;
    const amicus_status status = flips_find(&flips, decided->ruling, &MANY, builder->arena);
    if (status == AMICUS_OK) {
        whatif_write_brief(builder, decided->ruling, &flips, is_indented);
        builder_putc(builder, '\n');
    }
    return status;
}

static amicus_status write_as(struct builder *builder, const struct session *session,
                              const struct output *output, const struct decided *decided)
{
    amicus_status status = AMICUS_OK;
    switch (output->format) {
    case FORMAT_HUMAN: return write_page(builder, session, output, decided);
    case FORMAT_PLAIN:
        status = ruling_fill(decided->ruling);
        if (status == AMICUS_OK) {
            ruling_write_plain(builder, decided->ruling);
        }
        break;
    case FORMAT_JSON:
    case FORMAT_NDJSON: return write_json(builder, session, output, decided);
    case FORMAT_JUNIT:
    case FORMAT_TAP:
    case FORMAT_GITHUB:
    case FORMAT_CSV:
    case FORMAT_MD:
    case FORMAT_HTML:
    case FORMAT_SVG:
    case FORMAT_COUNT: break;
    }
    return status;
}

static int write_ruling(struct session *session, struct decided *decided)
{
    for (size_t i = 0; i < session->outputs.count; i++) {
        struct output *output = &session->outputs.all[i];
        struct builder builder;
        builder_start(&builder, decided->intake.arena);
        amicus_status status = write_as(&builder, session, output, decided);
        struct text text = {NULL, 0};
        if (status == AMICUS_OK) {
            status = builder_end(&text, &builder);
        }
        if (status != AMICUS_OK) {
            decided_fail(&decided->intake, status, "the ruling was not written");
            intake_refuse(session, &decided->intake);
            return exit_of(status);
        }
        output_put(output, text);
    }
    return options_has(&session->options, OPTION_EXIT_CODE)
               ? exit_of_outcome(outcome_name((enum outcome)decided->ruling->outcome))
               : EXIT_DONE;
}

int command_suggest(struct session *session)
{
    assert(session != NULL);
    assert(session->options.operand_count > 0);
    int code = session_take_inputs(session);
    if (code != EXIT_DONE) {
        return code;
    }
    size_t ruled = 0;
    for (size_t i = 0; i < session->inputs.count; i++) {
        struct decided decided;
        code = decided_open(&decided, session, session->inputs.paths[i]);
        if (code == EXIT_DONE) {
            code = write_ruling(session, &decided);
            ruled += code == EXIT_AGAIN ? 0 : 1;
        }
        decided_close(&decided);
        session_note(session, code);
    }
    session_close_count(session, ruled, "ruled");
    return session->worst;
}
