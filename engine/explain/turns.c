/*
 * Flips as lines of the reviewer's page.
 */
#include "reasons.h"

#include <assert.h>

static struct text say_turn(struct arena *arena, const struct flip *flip)
{
    struct builder builder;
    struct text text;
    builder_start(&builder, arena);
    for (uint32_t i = 0; i < flip->count; i++) {
        const struct flip_part *part = &flip->parts[i];
        builder_puts(&builder, i == 0 ? "if " : ", and ");
        builder_put(&builder, part->path);
        builder_puts(&builder, " is ");
        builder_put(&builder, part->says);
        if (part->fact != FACT_NONE) {
            builder_putf(&builder, " (it is %s)", standing_name((enum standing)part->standing));
        }
    }
    return builder_end(&text, &builder) == AMICUS_OK ? text : text_of("");
}

static struct text say_effect(struct arena *arena, const struct amicus_ruling *ruling,
                              const struct flip *flip)
{
    struct builder builder;
    struct text text;
    builder_start(&builder, arena);
    builder_putf(&builder, "-> %s", outcome_name((enum outcome)flip->outcome));
    if (flip->totals.stays_held_minor == 0 && flip->totals.held_minor > 0) {
        builder_puts(&builder, ", ");
        builder_put(&builder, reasons_division(arena, &flip->totals, ruling->currency));
    }
    return builder_end(&text, &builder) == AMICUS_OK ? text : text_of("");
}

static struct text say_note(struct arena *arena, const struct flips *flips)
{
    struct builder builder;
    struct text text;
    builder_start(&builder, arena);
    if (flips->count == 0) {
        builder_puts(&builder, "(none) was found. ");
    }
    if (flips->is_whole[0]) {
        builder_putf(&builder, "%u of %u facts matter alone%s", (unsigned)flips->matter,
                     (unsigned)flips->facts,
                     flips->is_whole[1] ? "; all pairs tried" : "; pairs not searched");
    } else {
        builder_putf(&builder, "%u changes tried, weakest facts first; not searched further",
                     (unsigned)flips->tried[0]);
    }
    return builder_end(&text, &builder) == AMICUS_OK ? text : text_of("");
}

amicus_status reasons_add_flips(struct reasons *reasons, const struct amicus_ruling *ruling,
                                const struct flips *flips, struct arena *arena)
{
    assert(reasons != NULL && ruling != NULL);
    assert(flips != NULL && arena != NULL);
    reasons->turns = arena_give_array(arena, flips->count, sizeof *reasons->turns);
    if (reasons->turns == NULL) {
        return AMICUS_MEMORY;
    }
    reasons->turn_count = flips->count;
    for (uint32_t i = 0; i < flips->count; i++) {
        reasons->turns[i] = (struct turn){say_turn(arena, &flips->all[i]),
                                          say_effect(arena, ruling, &flips->all[i])};
    }
    reasons->stability = flips_stability(arena, flips);
    reasons->turn_note = say_note(arena, flips);
    return reasons->stability.length > 0 ? AMICUS_OK : AMICUS_MEMORY;
}
