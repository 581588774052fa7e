/*
 * A rulebook with other parameters.
 *
 * The image is flat rows that name each other by index, so a parameter is overridden by one more
 * version, in force at all times and with one reading, to which its row points. The rows of
 * parameters, versions and readings are copied; every other array is shared with the rulebook that
 * users have. Texts go behind a copy of the pool.
 */
#include "override.h"

#include "date.h"
#include "money.h"

#include <assert.h>
#include <string.h>

enum { MEND_BYTES = 300 };

struct overriding {
    struct amicus_rulebook *rulebook; /* the copy */
    struct arena *arena;
    struct faults *faults;
    struct param_row *params;
    struct version_row *versions;
    struct reading_row *readings;
};

/* Read the digits of a whole number. */
static bool read_whole(int64_t *out, struct text text)
{
    bool is_negative = text.length > 0 && text.at[0] == '-';
    *out = 0;
    for (size_t i = is_negative; i < text.length; i++) {
        bool fits = text.at[i] >= '0' && text.at[i] <= '9' &&
                    money_multiply(out, *out, 10) == AMICUS_OK &&
                    money_subtract(out, *out, text.at[i] - '0') == AMICUS_OK;
        if (!fits) {
            return false;
        }
    }
    return text.length > is_negative && (is_negative || money_subtract(out, 0, *out) == AMICUS_OK);
}

/* Put a text behind the pool of the copy. */
static bool add_text(struct overriding *overriding, struct reading_row *reading, struct text text)
{
    struct image *image = &overriding->rulebook->image;
    size_t bytes = (size_t)image->pool_bytes + text.length + 1;
    char *pool = bytes > UINT32_MAX ? NULL : arena_give(overriding->arena, bytes);
    if (!faults_status(overriding->faults, pool == NULL ? AMICUS_MEMORY : AMICUS_OK)) {
        return false;
    }
    memcpy(pool, image->pool, image->pool_bytes);
    memcpy(pool + image->pool_bytes, text.at, text.length);
    reading->n = image->pool_bytes;
    image->pool = pool;
    image->pool_bytes = (uint32_t)bytes;
    return true;
}

/* Read a value by the type of its parameter. */
static bool read_value(struct overriding *overriding, struct reading_row *reading, uint8_t type,
                       const struct tree *node)
{
    if (node->kind != TREE_SCALAR) {
        return false;
    }
    if (tree_is(node, "unknown") && type != TYPE_TEXT) {
        reading->is_unknown = 1;
        return true;
    }
    switch ((enum value_type)type) {
    case TYPE_BOOL:
        reading->n = tree_is(node, "true");
        return tree_is(node, "true") || tree_is(node, "false");
    case TYPE_INT: return read_whole(&reading->n, node->text);
    case TYPE_BPS:
        return read_whole(&reading->n, node->text) && reading->n >= 0 && reading->n <= 10000;
    case TYPE_MONEY: return money_read(&reading->n, &reading->unit, node->text) == AMICUS_OK;
    case TYPE_DURATION: return duration_read(&reading->n, &reading->unit, node->text) == AMICUS_OK;
    case TYPE_TEXT: return add_text(overriding, reading, node->text);
    case TYPE_MINUTES:
    case TYPE_INSTANT:
    case TYPE_DATE:
    case TYPE_ENUM:
    case TYPE_ENUMS:
    case TYPE_REF:
    case TYPE_NONE:
    case TYPE_COUNT: break;
    }
    return false;
}

static const char *form_of(uint8_t type)
{
    switch ((enum value_type)type) {
    case TYPE_BOOL: return "write true or false";
    case TYPE_INT: return "write a whole number";
    case TYPE_BPS: return "write hundredths of a percent: 0 to 10000";
    case TYPE_MONEY: return "write an amount, as in USD 200.00";
    case TYPE_DURATION: return "write it as in '14 calendar_days', '5 business_days', '48 hours'";
    case TYPE_TEXT:
    case TYPE_MINUTES:
    case TYPE_INSTANT:
    case TYPE_DATE:
    case TYPE_ENUM:
    case TYPE_ENUMS:
    case TYPE_REF:
    case TYPE_NONE:
    case TYPE_COUNT: break;
    }
    return "write one value";
}

static void refuse_param(struct overriding *overriding, const struct tree *node)
{
    const struct image *image = &overriding->rulebook->image;
    struct likeness likeness = likeness_to(node->key);
    char mend[MEND_BYTES];
    for (uint32_t i = 0; i < image->param_count; i++) {
        likeness_try(&likeness, image_text(image, image->params[i].name));
    }
    faults_mend_nearest(mend, sizeof mend, likeness.best,
                        "'amicus explain NAME' shows what there is");
    faults_add(overriding->faults, "T0106", node->key_place, mend, "there is no parameter '%.*s'",
               SHOWN(node->key));
}

static void override(struct overriding *overriding, const struct tree *node)
{
    struct image *image = &overriding->rulebook->image;
    uint32_t param = image_find_param(image, node->key);
    if (param == INDEX_NONE) {
        refuse_param(overriding, node);
        return;
    }
    struct reading_row reading = {.n = 0};
    if (!read_value(overriding, &reading, overriding->params[param].type, node)) {
        faults_add(overriding->faults, "T0111", node->place,
                   form_of(overriding->params[param].type), "'%.*s' is no value of '%.*s'",
                   SHOWN(node->text), SHOWN(node->key));
        return;
    }
    overriding->readings[image->reading_count] = reading;
    overriding->versions[image->version_count] =
        (struct version_row){.from_s = INSTANT_MIN,
                             .until_s = INSTANT_MAX,
                             .seen_s = INSTANT_MIN,
                             .first_reading = image->reading_count++,
                             .reading_count = 1};
    overriding->params[param].first_version = image->version_count++;
    overriding->params[param].version_count = 1;
}

/* Copy an array with room for some more rows; NULL if memory failed. */
static void *copy_rows(struct overriding *overriding, const void *rows, size_t each_bytes,
                       uint32_t count, uint32_t more)
{
    void *copy = arena_give_array(overriding->arena, (size_t)count + more, each_bytes);
    if (faults_status(overriding->faults, copy == NULL ? AMICUS_MEMORY : AMICUS_OK) && count > 0) {
        memcpy(copy, rows, count * each_bytes);
    }
    return copy;
}

/* Copy a rulebook as far as parameters reach. returns false if memory failed. */
static bool copy_book(struct overriding *overriding, const struct amicus_rulebook *rulebook,
                      uint32_t more)
{
    const struct image *image = &rulebook->image;
    overriding->rulebook = arena_give(overriding->arena, sizeof *overriding->rulebook);
    overriding->params =
        copy_rows(overriding, image->params, sizeof *image->params, image->param_count, 0);
    overriding->versions =
        copy_rows(overriding, image->versions, sizeof *image->versions, image->version_count, more);
    overriding->readings =
        copy_rows(overriding, image->readings, sizeof *image->readings, image->reading_count, more);
    if (overriding->rulebook == NULL || overriding->params == NULL ||
        overriding->versions == NULL || overriding->readings == NULL) {
        return faults_status(overriding->faults, AMICUS_MEMORY);
    }
    *overriding->rulebook = *rulebook;
    overriding->rulebook->image.params = overriding->params;
    overriding->rulebook->image.versions = overriding->versions;
    overriding->rulebook->image.readings = overriding->readings;
    return true;
}

/* Tell whether the second map has a key of the first. */
static bool is_over(const struct tree *second, struct text key)
{
    const struct tree *child = second == NULL ? NULL : second->first;
    while (child != NULL && !text_equal(child->key, key)) {
        child = child->next;
    }
    return child != NULL;
}

const struct amicus_rulebook *override_of(struct arena *arena,
                                          const struct amicus_rulebook *rulebook,
                                          const struct tree *const params[2], struct faults *faults)
{
    assert(arena != NULL && rulebook != NULL);
    assert(params != NULL && faults != NULL);
    struct overriding overriding = {.arena = arena, .faults = faults};
    uint32_t before = faults->count;
    uint32_t more =
        (params[0] == NULL ? 0 : params[0]->count) + (params[1] == NULL ? 0 : params[1]->count);
    if (more == 0) {
        return rulebook;
    }
    if (!copy_book(&overriding, rulebook, more)) {
        return NULL;
    }
    for (unsigned i = 0; i < 2; i++) {
        const struct tree *node = params[i] == NULL ? NULL : params[i]->first;
        for (; node != NULL; node = node->next) {
            if (node->kind != TREE_FAULT && (i == 1 || !is_over(params[1], node->key))) {
                override(&overriding, node);
            }
        }
    }
    return faults->count > before || faults->status != AMICUS_OK ? NULL : overriding.rulebook;
}
