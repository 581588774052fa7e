#include "value.h"

#include <assert.h>

const char *value_type_name(enum value_type type)
{
    static const char *const NAMES[TYPE_COUNT] = {
        [TYPE_NONE] = "none",       [TYPE_BOOL] = "bool",          [TYPE_INT] = "int",
        [TYPE_BPS] = "bps",         [TYPE_MINUTES] = "minutes",    [TYPE_MONEY] = "money",
        [TYPE_INSTANT] = "instant", [TYPE_DATE] = "date",          [TYPE_DURATION] = "duration",
        [TYPE_ENUM] = "enum",       [TYPE_ENUMS] = "list_of_enum", [TYPE_TEXT] = "text",
        [TYPE_REF] = "ref",
    };
    assert((unsigned)type < TYPE_COUNT);
    assert(NAMES[type] != NULL);
    return NAMES[type];
}

const char *standing_name(enum standing standing)
{
    static const char *const NAMES[] = {"unknown",   "contested",   "claimed",
                                        "supported", "established", "absent"};
    assert((unsigned)standing <= STANDING_ABSENT);
    assert(NAMES[standing] != NULL);
    return NAMES[standing];
}

bool value_equal(const struct value *a, const struct value *b)
{
    assert(a != NULL && b != NULL);
    assert(a->type < TYPE_COUNT && b->type < TYPE_COUNT);
    if (a->type != b->type) {
        return false;
    }
    if (a->type == TYPE_TEXT) {
        return text_equal(*a->as.text, *b->as.text);
    }
    return a->as.n == b->as.n && a->unit == b->unit;
}
