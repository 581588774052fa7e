/*
 * Stability: how easily a ruling turns, counted from its smallest flips and the standing of their
 * facts. Never a probability.
 */
#include "flip.h"

#include <assert.h>

static bool is_weak(const struct flip_part *part)
{
    return part->standing < STANDING_SUPPORTED ||
           (part->standing == STANDING_SUPPORTED && part->is_denied);
}

enum stability flips_grade(const struct flips *flips)
{
    assert(flips != NULL);
    assert(flips->count == 0 || flips->all != NULL);
    bool is_edge = false;
    for (uint32_t i = 0; i < flips->count; i++) {
        is_edge |= flips->all[i].count == 1 && is_weak(&flips->all[i].parts[0]);
    }
    if (is_edge) {
        return STABILITY_KNIFE_EDGE;
    }
    if (flips->count > 0 && flips->all[0].count < 3) {
        return STABILITY_SENSITIVE;
    }
    return flips->is_whole[1] ? STABILITY_ROBUST : STABILITY_OPEN;
}

const char *stability_name(enum stability grade)
{
    static const char *const NAMES[] = {"robust", "sensitive", "knife-edge", "open"};
    assert((unsigned)grade < sizeof NAMES / sizeof NAMES[0]);
    assert(NAMES[grade] != NULL);
    return NAMES[grade];
}

struct text flips_stability(struct arena *arena, const struct flips *flips)
{
    assert(arena != NULL && flips != NULL);
    assert(flips->count == 0 || flips->all != NULL);
    const enum stability grade = flips_grade(flips);
    const struct flip *first = flips->count > 0 ? &flips->all[0] : NULL;
    struct builder builder;
    struct text text;
    builder_start(&builder, arena);
    builder_puts(&builder, grade == STABILITY_OPEN ? "not known" : stability_name(grade));
    if (grade == STABILITY_OPEN) {
        builder_putf(&builder, ": %u single changes do not turn it; not searched further",
                     (unsigned)flips->tried[0]);
    } else if (first == NULL) {
        builder_putf(&builder, ": no flip of up to %d facts%s", flips->tried[2] > 0 ? 3 : 2,
                     flips->is_proven ? "" : " was found");
    } else if (first->count == 3) {
        builder_puts(&builder, ": needs 3 changed facts");
    } else if (first->count == 1) {
        const char *standing = first->parts[0].fact == FACT_NONE
                                   ? "piece of evidence"
                                   : standing_name((enum standing)first->parts[0].standing);
        builder_putf(&builder, ": 1 %s%s", first->parts[0].fact == FACT_NONE ? "" : "fact, ",
                     standing);
    } else {
        builder_putf(&builder, ": %u facts", (unsigned)first->count);
    }
    return builder_end(&text, &builder) == AMICUS_OK ? text : text_of("");
}
