/*
 * The list of diagnostics owns its texts, in an arena of its own, so it outlives whatever it
 * complains about and can be shown after the case or rule file is gone.
 *
 * What a diagnostic says comes from strangers: every text is made visible before it is kept, so no
 * printer of diagnostics has to think of terminal codes or forged lines.
 *
 * A bad file reports all its faults, up to LIMIT_DIAGNOSTICS. After that they are only counted; an
 * error still takes the place of the last warning or note, so that no flood of warnings hides why
 * an input was refused. What does not fit, or could not be stored for want of memory, is summed up
 * by diagnostics_sort in one last diagnostic. Errors are counted by themselves: whether an input
 * may be used must not depend on what was kept.
 *
 * Equal diagnostics are found by a walk over the list: at most LIMIT_DIAGNOSTICS steps. Sorting is
 * by insertion for the same reason, and because it is stable.
 *
 * Call order: open, then add and sort and read in any order, then close.
 */
#include "diagnostic.h"

#include "limit.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* A hundred diagnostics of some hundred bytes are far below; a flood of long ones is cut here. */
static const size_t ARENA_BYTES = (size_t)1 << 20;

/* Names the code of the summary; its page is in diagnostic_codes. */
#define CODE_MORE "I0001"

struct amicus_diagnostics {
    struct arena *arena;
    amicus_diagnostic *items; /* LIMIT_DIAGNOSTICS of them */
    size_t count;
    size_t errors; /* also those that are not kept */
    size_t rest;   /* not kept */
    amicus_severity rest_severity;
    bool has_more;          /* `more` stands behind the items */
    amicus_diagnostic more; /* the summary of the rest */
    char more_what[64];
};

static const struct code_page PAGES[] = {
    {CODE_MORE, "More faults than are shown",
     "An input had more faults than are reported at once. Those above come first in the file or "
     "were found first; the rest are only counted. Mend what is shown and run the command again."},
};

const struct code_table diagnostic_codes = {PAGES, sizeof PAGES / sizeof PAGES[0]};

static size_t items_max(void)
{
    return (size_t)limit_of(LIMIT_DIAGNOSTICS);
}

/* Make a visible, NUL-terminated copy; NULL if memory fails. */
static const char *keep(struct arena *arena, struct text text)
{
    struct builder builder;
    struct text kept;
    builder_start(&builder, arena);
    builder_put_visible(&builder, text);
    return builder_end(&kept, &builder) == AMICUS_OK ? kept.at : NULL;
}

#if defined(__GNUC__)
__attribute__((format(printf, 2, 0)))
#endif
static const char *
keep_formatted(struct arena *arena, const char *format, va_list arguments)
{
    struct builder builder;
    struct text words;
    builder_start(&builder, arena);
    builder_putv(&builder, format, arguments);
    return builder_end(&words, &builder) == AMICUS_OK ? keep(arena, words) : NULL;
}

static bool is_same(const amicus_diagnostic *a, const amicus_diagnostic *b)
{
    return a->severity == b->severity && a->line == b->line && a->column == b->column &&
           strcmp(a->code, b->code) == 0 && strcmp(a->file, b->file) == 0 &&
           strcmp(a->what, b->what) == 0 && strcmp(a->mend, b->mend) == 0;
}

static bool has(const amicus_diagnostics *list, const amicus_diagnostic *item)
{
    for (size_t i = 0; i < list->count; i++) {
        if (is_same(&list->items[i], item)) {
            return true;
        }
    }
    return false;
}

static void count_unkept(amicus_diagnostics *list, amicus_severity severity)
{
    list->rest++;
    if (severity > list->rest_severity) {
        list->rest_severity = severity;
    }
}

/* Keep an error in place of the last diagnostic that is none; false if all are errors. */
static bool displace(amicus_diagnostics *list, amicus_diagnostic item)
{
    for (size_t i = list->count; i-- > 0;) {
        if (list->items[i].severity != AMICUS_ERROR) {
            count_unkept(list, list->items[i].severity);
            list->items[i] = item;
            return true;
        }
    }
    return false;
}

static void add(amicus_diagnostics *list, amicus_diagnostic item)
{
    if (has(list, &item)) {
        return;
    }
    list->errors += item.severity == AMICUS_ERROR;
    if (list->count < items_max()) {
        list->items[list->count++] = item;
    } else if (item.severity != AMICUS_ERROR || !displace(list, item)) {
        count_unkept(list, item.severity);
    }
}

static int order_of(const amicus_diagnostic *a, const amicus_diagnostic *b)
{
    int order = strcmp(a->file, b->file);
    if (order == 0) {
        order = (a->line > b->line) - (a->line < b->line);
    }
    if (order == 0) {
        order = (a->column > b->column) - (a->column < b->column);
    }
    return order == 0 ? strcmp(a->code, b->code) : order;
}

static void sum_up(amicus_diagnostics *list)
{
    list->has_more = list->rest > 0;
    if (!list->has_more) {
        return;
    }
    (void)snprintf(list->more_what, sizeof list->more_what, "and %zu more", list->rest);
    list->more = (amicus_diagnostic){.severity = list->rest_severity,
                                     .code = CODE_MORE,
                                     .file = "",
                                     .what = list->more_what,
                                     .mend = "mend what is shown above, then try again"};
}

amicus_status amicus_diagnostics_open(amicus_diagnostics **out)
{
    assert(out != NULL);
    *out = NULL;
    struct arena *arena = NULL;
    if (arena_open(&arena, ARENA_BYTES) != AMICUS_OK) {
        return AMICUS_MEMORY;
    }
    amicus_diagnostics *list = arena_give(arena, sizeof *list);
    amicus_diagnostic *items = arena_give_array(arena, items_max(), sizeof *items);
    if (list == NULL || items == NULL) {
        arena_close(arena);
        return AMICUS_MEMORY;
    }
    list->arena = arena;
    list->items = items;
    *out = list;
    assert(list->count == 0);
    return AMICUS_OK;
}

void amicus_diagnostics_close(amicus_diagnostics *list)
{
    if (list == NULL) {
        return;
    }
    assert(list->arena != NULL);
    assert(list->count <= items_max());
    arena_close(list->arena);
}

size_t amicus_diagnostics_count(const amicus_diagnostics *list)
{
    assert(list != NULL);
    assert(list->count <= items_max());
    return list->count + (list->has_more ? 1 : 0);
}

const amicus_diagnostic *amicus_diagnostics_find(const amicus_diagnostics *list, size_t index)
{
    assert(list != NULL);
    assert(list->count <= items_max());
    if (index < list->count) {
        return &list->items[index];
    }
    return index == list->count && list->has_more ? &list->more : NULL;
}

/* Six parts are what a diagnostic has; gathering them in a struct would only move them. */
/* NOLINTNEXTLINE(readability-function-size) */
void diagnostics_add(amicus_diagnostics *list, amicus_severity severity, const char *code,
                     struct place place, const char *mend, const char *format, ...)
{
    assert(list != NULL && code != NULL && mend != NULL && format != NULL);
    assert(severity >= AMICUS_NOTE && severity <= AMICUS_ERROR);
    va_list arguments;
    va_start(arguments, format);
    amicus_diagnostic item = {.severity = severity,
                              .code = code,
                              .file = keep(list->arena, text_of(place.file)),
                              .line = place.line,
                              .column = place.column,
                              .what = keep_formatted(list->arena, format, arguments),
                              .mend = keep(list->arena, text_of(mend))};
    va_end(arguments);
    if (item.file != NULL && item.what != NULL && item.mend != NULL) {
        add(list, item);
    } else {
        list->errors += severity == AMICUS_ERROR;
        count_unkept(list, severity);
    }
}

void diagnostics_add_all(amicus_diagnostics *list, const amicus_diagnostics *from, const char *file)
{
    assert(list != NULL && from != NULL);
    assert(list != from);
    size_t errors_kept = 0;
    for (size_t i = 0; i < from->count; i++) {
        const amicus_diagnostic *item = &from->items[i];
        const struct place place = {file != NULL ? file : item->file, item->line, item->column};
        diagnostics_add(list, item->severity, item->code, place, item->mend, "%s", item->what);
        errors_kept += item->severity == AMICUS_ERROR;
    }
    assert(errors_kept <= from->errors && from->errors - errors_kept <= from->rest);
    list->errors += from->errors - errors_kept;
    list->rest += from->rest;
    if (from->rest_severity > list->rest_severity) {
        list->rest_severity = from->rest_severity;
    }
}

size_t diagnostics_errors(const amicus_diagnostics *list)
{
    assert(list != NULL);
    assert(list->errors <= list->count + list->rest);
    return list->errors;
}

void diagnostics_sort(amicus_diagnostics *list)
{
    assert(list != NULL);
    assert(list->count <= items_max());
    for (size_t i = 1; i < list->count; i++) {
        const amicus_diagnostic item = list->items[i];
        size_t at = i;
        while (at > 0 && order_of(&list->items[at - 1], &item) > 0) {
            list->items[at] = list->items[at - 1];
            at--;
        }
        list->items[at] = item;
    }
    sum_up(list);
}
