/*
 * Which rulebook decides a case. A shelf of one book without a platform decides every case by it.
 */
#include "shelf.h"

#include <assert.h>

struct text shelf_platform(const struct amicus_case *subject)
{
    assert(subject != NULL);
    assert(subject->vocabulary != NULL);
    const uint32_t number = subject->vocabulary->roles.platform;
    if (number == FACT_NONE) {
        return (struct text){NULL, 0};
    }
    const struct fact *fact = &subject->vocabulary->facts[number];
    const struct value *value = case_value(subject, RECORD_ROOT, number);
    if (value->standing < STANDING_CLAIMED || value->standing > STANDING_ESTABLISHED) {
        return (struct text){NULL, 0};
    }
    if (fact->type == TYPE_ENUM) {
        return fact->members[value->as.n].name;
    }
    return fact->type == TYPE_TEXT ? *value->as.text : (struct text){NULL, 0};
}

uint32_t shelf_find(const struct bookshelf *shelf, const struct amicus_case *subject)
{
    assert(shelf != NULL && shelf->count <= SHELF_MAX);
    assert(subject != NULL);
    if (shelf->count == 1 && shelf->books[0].platform.length == 0) {
        return 0;
    }
    const struct text platform = shelf_platform(subject);
    for (uint32_t i = 0; i < shelf->count; i++) {
        if (platform.length > 0 && text_equal(shelf->books[i].platform, platform)) {
            return i;
        }
    }
    return SHELF_MAX;
}
