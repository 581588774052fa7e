/*
 * The public functions about cases and rulings: include/amicus/case.h and ruling.h.
 *
 * They are a thin skin: arguments become those of the layer's own functions, enums become names.
 * Cases are here and not in facts, because a caller loads a case for a rulebook, whose vocabulary
 * it speaks.
 */
#include "ruling.h"

#include "date.h"

#include <assert.h>

/* As many arguments as the public header promises. NOLINTNEXTLINE(readability-function-size) */
amicus_status amicus_case_load(amicus_case **out, const amicus_rulebook *rulebook, const char *name,
                               const char *bytes, size_t length, amicus_case_format format,
                               amicus_diagnostics *list)
{
    assert(out != NULL && rulebook != NULL && list != NULL);
    assert(bytes != NULL || length == 0);
    const struct text text = {bytes, length};
    return case_load(out, rulebook->image.vocabulary, name == NULL ? "" : name, text, format, list);
}

void amicus_case_close(amicus_case *subject)
{
    case_close(subject);
}

const char *amicus_case_id(const amicus_case *subject)
{
    assert(subject != NULL);
    assert(subject->id.at == NULL || subject->id.at[subject->id.length] == '\0');
    return subject->id.at == NULL ? "" : subject->id.at;
}

void amicus_case_digest(const amicus_case *subject, char out[65])
{
    assert(subject != NULL);
    assert(out != NULL);
    digest_write(out, subject->digest);
}

/* Read an instant that a caller may leave out. */
static bool read_instant(int64_t *out, const char *written, amicus_diagnostics *list)
{
    if (written == NULL || instant_read(out, text_of(written)) == AMICUS_OK) {
        return true;
    }
    diagnostics_add(list, AMICUS_ERROR, "I0103", (struct place){.file = ""},
                    "Write it as 2025-06-02T00:00:00Z.", "\"%.80s\" is not an instant", written);
    return false;
}

/* As many arguments as the public header promises. NOLINTNEXTLINE(readability-function-size) */
amicus_status amicus_ruling_of(amicus_ruling **out, const amicus_rulebook *rulebook,
                               const amicus_case *subject, const char *as_of,
                               const char *policy_date, amicus_diagnostics *list)
{
    assert(out != NULL && rulebook != NULL && subject != NULL);
    assert(list != NULL);
    struct instants instants = {.has_as_of = as_of != NULL, .has_policy_date = policy_date != NULL};
    *out = NULL;
    const bool has_both = read_instant(&instants.as_of_s, as_of, list) &
                          read_instant(&instants.policy_date_s, policy_date, list);
    return has_both ? decide_case(out, rulebook, subject, &instants, list) : AMICUS_INVALID;
}

void amicus_ruling_close(amicus_ruling *ruling)
{
    if (ruling != NULL) {
        assert(ruling->arena != NULL);
        arena_close(ruling->arena);
    }
}

const char *amicus_ruling_outcome(const amicus_ruling *ruling)
{
    assert(ruling != NULL);
    assert(ruling->outcome < OUTCOME_COUNT);
    return outcome_name((enum outcome)ruling->outcome);
}

size_t amicus_ruling_items_count(const amicus_ruling *ruling)
{
    assert(ruling != NULL);
    assert(ruling->item_count > 0);
    return ruling->items[0].record == RECORD_ROOT ? 0 : ruling->item_count;
}

const char *amicus_ruling_item(const amicus_ruling *ruling, size_t index, const char **outcome,
                               amicus_division *division)
{
    assert(ruling != NULL);
    assert(ruling->items != NULL);
    if (index >= amicus_ruling_items_count(ruling)) {
        return NULL;
    }
    const struct item_result *item = &ruling->items[index];
    if (outcome != NULL) {
        *outcome = outcome_name((enum outcome)item->outcome);
    }
    if (division != NULL) {
        *division = item->division;
    }
    return ruling->subject->records[item->record].id.at;
}

amicus_division amicus_ruling_totals(const amicus_ruling *ruling)
{
    assert(ruling != NULL);
    assert(ruling->item_count > 0);
    return ruling->totals;
}

amicus_status amicus_ruling_write(const char **out, size_t *length, amicus_ruling *ruling,
                                  amicus_ruling_format format)
{
    assert(out != NULL && ruling != NULL);
    assert(format == AMICUS_RULING_JSON || format == AMICUS_RULING_CANONICAL);
    struct builder builder;
    struct text text;
    *out = NULL;
    builder_start(&builder, ruling->arena);
    ruling_write_json(&builder, ruling, format == AMICUS_RULING_JSON);
    const amicus_status status = builder_end(&text, &builder);
    if (status == AMICUS_OK) {
        *out = text.at;
    }
    if (length != NULL) {
        *length = status == AMICUS_OK ? text.length : 0;
    }
    return status;
}
