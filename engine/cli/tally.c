/*
 * Reports over many inputs: check and case check differ in what they look at, not in what they say.
 */
#include "tally.h"

#include "json_layout.h"

#include <assert.h>

/* Diagnostics of one input with the lines that they quote. */
#define TALLY_BYTES_MAX ((size_t)64 << 20)

int tally_start(struct tally *tally, struct session *session)
{
    assert(tally != NULL);
    assert(session != NULL);
    *tally = (struct tally){.arena = session->arena};
    amicus_status status = map_of(&tally->seen, tally->arena);
    builder_start(&tally->json, tally->arena);
    builder_puts(&tally->json, "{\"diagnostics\":[");
    return exit_of(status);
}

/* Tell whether a diagnostic was not written before, and remember it. */
static bool is_new(struct tally *tally, const amicus_diagnostic *one)
{
    struct builder builder;
    builder_start(&builder, tally->arena);
    builder_putf(&builder, "%s:%u:%u:%s:%s", one->file, (unsigned)one->line, (unsigned)one->column,
                 one->code, one->what);
    struct text key;
    if (builder_end(&key, &builder) != AMICUS_OK) {
        return true;
    }
    bool is_known = map_find(tally->seen, key) != NULL;
    return !is_known && map_put(tally->seen, key, tally) == AMICUS_OK;
}

/* Copy what is new. */
static void sift(struct tally *tally, amicus_diagnostics *out, const amicus_diagnostics *list)
{
    for (size_t i = 0; i < amicus_diagnostics_count(list); i++) {
        const amicus_diagnostic *one = amicus_diagnostics_find(list, i);
        if (is_new(tally, one)) {
            diagnostics_add(out, one->severity, one->code,
                            (struct place){one->file, one->line, one->column}, one->mend, "%s",
                            one->what);
        }
    }
}

static amicus_status write_one(struct session *session, struct output *output,
                               const amicus_diagnostics *list, const struct report_sources *sources)
{
    struct arena *arena;
    amicus_status status = arena_open(&arena, TALLY_BYTES_MAX);
    if (status != AMICUS_OK) {
        return status;
    }
    struct builder builder;
    builder_start(&builder, arena);
    if (output->format == FORMAT_HUMAN) {
        report_write_text(&builder, list, sources, session_page(session, output));
    } else if (output->format == FORMAT_PLAIN) {
        report_write_plain(&builder, list, sources);
    }
    struct text text;
    status = builder_end(&text, &builder);
    if (status == AMICUS_OK) {
        output_put(output, text);
    }
    arena_close(arena);
    return status;
}

static int write_sifted(struct tally *tally, struct session *session,
                        const amicus_diagnostics *list, const struct report_sources *sources)
{
    struct report_count own = report_count_of(list);
    tally->count.errors += own.errors;
    tally->count.warnings += own.warnings;
    tally->count.notes += own.notes;
    for (size_t i = 0; i < session->outputs.count; i++) {
        amicus_status status = write_one(session, &session->outputs.all[i], list, sources);
        if (status != AMICUS_OK) {
            return exit_of(status);
        }
    }
    bool is_first = !tally->has_json;
    report_write_json(&tally->json, list, sources, &is_first);
    tally->has_json = !is_first;
    return EXIT_DONE;
}

int tally_write(struct tally *tally, struct session *session, const amicus_diagnostics *list,
                const struct report_sources *sources)
{
    assert(tally != NULL && session != NULL);
    assert(list != NULL && sources != NULL);
    amicus_diagnostics *fresh;
    if (amicus_diagnostics_open(&fresh) != AMICUS_OK) {
        return EXIT_AGAIN;
    }
    sift(tally, fresh, list);
    int code = write_sifted(tally, session, fresh, sources);
    amicus_diagnostics_close(fresh);
    return code;
}

/* The whole report as indented JSON. */
static amicus_status end_json(struct text *out, struct tally *tally, size_t inputs)
{
    builder_putf(&tally->json,
                 "],\"errors\":%zu,\"inputs\":%zu,\"notes\":%zu,"
                 "\"schema\":\"amicus.report/1\",\"warnings\":%zu}\n",
                 tally->count.errors, inputs, tally->count.notes, tally->count.warnings);
    struct text canonical;
    amicus_status status = builder_end(&canonical, &tally->json);
    if (status != AMICUS_OK) {
        return status;
    }
    struct builder indented;
    builder_start(&indented, tally->arena);
    json_write_indented(&indented, canonical);
    return builder_end(out, &indented);
}

int tally_close(struct tally *tally, struct session *session, size_t inputs, const char *noun)
{
    assert(tally != NULL && session != NULL);
    assert(noun != NULL);
    struct builder human;
    builder_start(&human, session->arena);
    report_write_count(&human, inputs, noun, tally->count);
    struct text human_text, json_text;
    if (builder_end(&human_text, &human) != AMICUS_OK ||
        end_json(&json_text, tally, inputs) != AMICUS_OK) {
        return EXIT_AGAIN;
    }
    session_put(session, FORMAT_HUMAN, human_text);
    session_put(session, FORMAT_JSON, json_text);
    return EXIT_DONE;
}
