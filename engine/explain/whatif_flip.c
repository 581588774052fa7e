/*
 * Flips for people and for programs.
 */
#include "exhibit.h"
#include "money.h"
#include "reasons.h"
#include "whatif.h"

#include <assert.h>
#include <string.h>

static void add_flip(struct outline *outline, const struct amicus_ruling *ruling,
                     const struct flip *flip)
{
    struct branch *branch = outline_add(outline, &outline->root, "flip");
    branch->name = outline_putf(outline, "%u %s", (unsigned)flip->count,
                                flip->parts[0].fact == FACT_NONE ? "piece of evidence"
                                : flip->count == 1               ? "fact"
                                                                 : "facts");
    branch->state = text_of(outcome_name((enum outcome)flip->outcome));
    branch->ink = INK_STRONG;
    branch->says = reasons_division(outline->arena, &flip->totals, ruling->currency);
    for (uint32_t i = 0; i < flip->count; i++) {
        const struct flip_part *part = &flip->parts[i];
        struct branch *change = outline_add(outline, branch, part->option);
        change->name = part->path;
        change->state = part->fact == FACT_NONE
                            ? text_of("evidence")
                            : text_of(standing_name((enum standing)part->standing));
        change->ink = exhibit_ink(part->standing);
        const struct text edit = outline_visible(outline, part->edit);
        const bool has_sign = strcmp(part->option, "set") == 0;
        change->says = outline_putf(outline, "%s%.*s", has_sign ? "= " : "", (int)part->says.length,
                                    part->says.at);
        change->clause =
            outline_putf(outline, "--%s '%.*s'", part->option, (int)edit.length, edit.at);
    }
}

static void add_note(struct outline *outline, struct text says)
{
    outline_add(outline, &outline->root, "search")->says = says;
}

static void add_extent(struct outline *outline, const struct flips *flips)
{
    add_note(outline,
             outline_putf(outline, "%u of %u facts matter alone; %u single changes were tried%s",
                          (unsigned)flips->matter, (unsigned)flips->facts,
                          (unsigned)flips->tried[0],
                          flips->is_whole[0] ? ", which are all" : ": not searched further"));
    if (flips->is_whole[0]) {
        add_note(outline, outline_putf(outline, "pairs: %u tried, %s", (unsigned)flips->tried[1],
                                       flips->is_whole[1] ? "the others cannot act together"
                                                          : "not searched further"));
    }
    if (flips->tried[2] > 0) {
        add_note(outline, outline_putf(outline, "triples: %u tried, the budget of this search",
                                       (unsigned)flips->tried[2]));
    }
    if (!flips->is_proven) {
        add_note(outline, outline_putf(outline,
                                       "%u facts act other than through thresholds, or were left "
                                       "out: of them not every value was tried",
                                       (unsigned)(flips->inexact + flips->left_out)));
    }
    if (flips->more > 0) {
        add_note(outline, outline_putf(outline, "%u more were found and not shown: --max N",
                                       (unsigned)flips->more));
    }
}

void whatif_flips(struct outline *outline, const struct amicus_ruling *ruling,
                  const struct flips *flips)
{
    assert(outline != NULL && ruling != NULL);
    assert(flips != NULL);
    outline->root.name = outline_visible(outline, ruling->subject->id);
    outline->root.says = text_of("hypothetical: the case is not altered");
    (void)whatif_add_outcome(outline, &outline->root, "before", ruling);
    if (!flips->has_wish) {
        struct branch *grade = outline_add(outline, &outline->root, "stability");
        grade->name = text_of("stability");
        grade->says = flips_stability(outline->arena, flips);
    }
    for (uint32_t i = 0; i < flips->count; i++) {
        add_flip(outline, ruling, &flips->all[i]);
    }
    if (flips->count == 0) {
        add_note(outline, text_of("(none): no such change was found"));
    }
    add_extent(outline, flips);
}

/* --- amicus.brief/1 --- */

static void write_key(struct builder *builder, const char *key, bool is_first)
{
    builder_puts(builder, is_first ? "\"" : ",\"");
    builder_puts(builder, key);
    builder_puts(builder, "\":");
}

static void write_part(struct builder *builder, const struct flip_part *part)
{
    builder_putc(builder, '{');
    write_key(builder, part->fact == FACT_NONE ? "evidence" : "fact", true);
    builder_put_json(builder, part->path);
    write_key(builder, "says", false);
    builder_put_json(builder, part->says);
    if (part->fact != FACT_NONE) {
        write_key(builder, "standing", false);
        builder_put_json(builder, text_of(standing_name((enum standing)part->standing)));
    }
    write_key(builder, part->option, false);
    builder_put_json(builder, part->edit);
    builder_putc(builder, '}');
}

static void write_money(struct builder *builder, const char *key, int64_t minor, uint16_t currency)
{
    write_key(builder, key, false);
    builder_putc(builder, '"');
    money_write(builder, minor, currency);
    builder_putc(builder, '"');
}

static void write_flip(struct builder *builder, const struct flip *flip, uint16_t currency)
{
    builder_puts(builder, "{\"changes\":[");
    for (uint32_t i = 0; i < flip->count; i++) {
        builder_puts(builder, i > 0 ? "," : "");
        write_part(builder, &flip->parts[i]);
    }
    builder_putc(builder, ']');
    write_key(builder, "outcome", false);
    builder_put_json(builder, text_of(outcome_name((enum outcome)flip->outcome)));
    if (currency != 0) {
        write_money(builder, "stays_held", flip->totals.stays_held_minor, currency);
        write_money(builder, "to_client", flip->totals.to_client_minor, currency);
        write_money(builder, "to_freelancer", flip->totals.to_freelancer_minor, currency);
    }
    builder_putc(builder, '}');
}

static void write_stability(struct builder *builder, const struct flips *flips)
{
    const enum stability grade = flips_grade(flips);
    builder_putc(builder, '{');
    write_key(builder, "facts", true);
    builder_put_int(builder, flips->count > 0 ? flips->all[0].count : 0);
    write_key(builder, "grade", false);
    builder_put_json(builder, text_of(stability_name(grade)));
    if (flips->count > 0) {
        write_key(builder, "standing", false);
        builder_put_json(builder, text_of(standing_name((enum standing)flips->all[0].weakest)));
    }
    write_key(builder, "whole", false);
    builder_puts(builder, flips->is_whole[1] ? "true" : "false");
    builder_putc(builder, '}');
}

void whatif_write_brief(struct builder *builder, const struct amicus_ruling *ruling,
                        const struct flips *flips, bool is_indented)
{
    assert(builder != NULL && ruling != NULL);
    assert(flips != NULL);
    builder_puts(builder, "{\"flips\":[");
    for (uint32_t i = 0; i < flips->count; i++) {
        builder_puts(builder, i > 0 ? "," : "");
        write_flip(builder, &flips->all[i], ruling->currency);
    }
    builder_puts(builder, "],\"ruling\":");
    ruling_write_json(builder, ruling, is_indented);
    builder_puts(builder, ",\"schema\":\"amicus.brief/1\",\"stability\":");
    write_stability(builder, flips);
    builder_putc(builder, '}');
}
