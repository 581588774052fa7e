/*
 * Why a rule did not apply, cut to what fits a line of a report.
 *
 * What stood in the way is found by explain's whynot, which lets the evaluator run once more with
 * somebody listening; here only the first obstacles of the record in question are picked out of its
 * outline. A rule that waits is told by the facts that it waits for, which are more to the point
 * than the condition that asked for them.
 */
#include "obstacle.h"

#include "exhibit.h"
#include "whynot.h"

#include <assert.h>
#include <string.h>

/* Obstacles that are told of one rule. */
enum { MOST = 2 };

/* What stands in the way of one rule. */
struct telling {
    struct builder builder;
    struct text origin; /* of the first obstacle, or of the rule */
    uint32_t count;
};

/* The finding of a rule, on a record if one is named. */
static const struct finding *find_finding(const struct amicus_ruling *ruling,
                                          const struct difference *difference)
{
    for (uint32_t i = 0; i < ruling->finding_count; i++) {
        const struct finding *finding = &ruling->findings[i];
        if (finding->rule == difference->rule &&
            (difference->record == RECORD_NONE || finding->record == difference->record)) {
            return finding;
        }
    }
    return NULL;
}

/* Name the facts that a rule waits for. */
static void put_waiting(struct telling *telling, const struct amicus_ruling *ruling,
                        struct span waiting)
{
    struct arena *arena = telling->builder.arena;
    builder_puts(&telling->builder, " did not apply: ");
    for (uint32_t i = 0; i < waiting.count; i++) {
        const struct read *read = &ruling->reads[ruling->waiting[waiting.first + i]];
        builder_puts(&telling->builder, i == 0 ? "" : ", ");
        builder_put(&telling->builder,
                    exhibit_path(arena, ruling->subject, read->record, read->fact, read->kind));
        builder_puts(&telling->builder, " is ");
        builder_puts(&telling->builder, standing_name((enum standing)read->value.standing));
    }
}

/* The first child of a kind, or NULL. */
static const struct branch *child_of(const struct branch *branch, const char *kind)
{
    const struct branch *child = branch->first;
    while (child != NULL && strcmp(child->kind, kind) != 0) {
        child = child->next;
    }
    return child;
}

/* Tell one obstacle: the condition, what there is, and what would do. */
static void put_obstacle(struct telling *telling, const struct branch *obstacle)
{
    struct builder *builder = &telling->builder;
    const struct branch *read = child_of(obstacle, "read");
    const struct branch *wanted = child_of(obstacle, "wanted");
    builder_puts(builder, telling->count == 0 ? " did not apply: '" : "; '");
    builder_put(builder, obstacle->says);
    builder_puts(builder, "' is not met");
    if (read != NULL) {
        builder_puts(builder, ": ");
        builder_put(builder, read->name);
        builder_puts(builder, text_is(read->name, "it is") ? " " : " is ");
        builder_put(builder, read->says.length > 0 ? read->says : read->state);
    }
    if (read != NULL && wanted != NULL) {
        builder_puts(builder, ", wanted ");
        builder_put(builder, wanted->says);
    }
    if (telling->count == 0 && obstacle->place.length > 0) {
        telling->origin = obstacle->place;
    }
    telling->count++;
}

/* Tell the first obstacles below a branch; groups of conditions are looked into. */
/* NOLINTNEXTLINE(misc-no-recursion) */
static void put_obstacles(struct telling *telling, const struct branch *branch)
{
    for (const struct branch *at = branch->first; at != NULL && telling->count < MOST;
         at = at->next) {
        if (strcmp(at->kind, "obstacle") != 0) {
            continue;
        }
        if (child_of(at, "obstacle") != NULL) {
            put_obstacles(telling, at);
        } else {
            put_obstacle(telling, at);
        }
    }
}

/* The branch of the record in question: the one that is named, or the first. */
static const struct branch *find_record(const struct branch *root, struct text id)
{
    for (const struct branch *heading = root->first; heading != NULL; heading = heading->next) {
        for (const struct branch *on = heading->first; on != NULL; on = on->next) {
            if (strcmp(on->kind, "on") == 0 && (id.length == 0 || text_equal(on->name, id))) {
                return on;
            }
        }
    }
    return NULL;
}

/* Tell what stood in the way of a rule that does not wait for facts. */
static amicus_status tell(struct telling *telling, const struct amicus_ruling *ruling,
                          const struct difference *difference)
{
    const struct image *image = &ruling->rulebook->image;
    const struct whynot_view view = {.depth = 0, .is_brief = true};
    struct text id = {"", 0};
    struct outline outline;
    outline_start(&outline, telling->builder.arena, "whynot");
    amicus_status status =
        whynot_of(&outline, ruling, image_text(image, image->rules[difference->rule].id), view);
    if (status == AMICUS_OK) {
        status = outline_end(&outline);
    }
    if (status != AMICUS_OK) {
        return status == AMICUS_NOT_FOUND ? AMICUS_OK : status;
    }
    if (difference->record != RECORD_NONE && difference->record != RECORD_ROOT) {
        id = ruling->subject->records[difference->record].id;
    }
    const struct branch *on = find_record(&outline.root, id);
    if (on != NULL) {
        put_obstacles(telling, on);
    }
    if (on != NULL && telling->count == 0) {
        builder_puts(&telling->builder, ": ");
        builder_put(&telling->builder, on->says);
        telling->count++;
    }
    return AMICUS_OK;
}

/* Make the sentence of one rule. */
static amicus_status add_why(struct exam *exam, const struct amicus_ruling *ruling,
                             const struct difference *difference, struct arena *arena)
{
    const struct image *image = &ruling->rulebook->image;
    const struct rule_row *rule = &image->rules[difference->rule];
    const struct finding *finding = find_finding(ruling, difference);
    struct telling telling = {.origin = exhibit_origin(arena, image, rule->origin)};
    amicus_status status = AMICUS_OK;
    builder_start(&telling.builder, arena);
    builder_put(&telling.builder, image_text(image, rule->id));
    if (finding != NULL && finding->status == FINDING_WAITING) {
        put_waiting(&telling, ruling, finding->waiting);
        telling.count++;
    } else {
        status = tell(&telling, ruling, difference);
    }
    if (telling.count == 0) {
        builder_puts(&telling.builder, " was not asked: nothing of the case is what it speaks of");
    }
    exam->origins[exam->why_count] = telling.origin;
    amicus_status ended = builder_end(&exam->why[exam->why_count++], &telling.builder);
    return status == AMICUS_OK ? ended : status;
}

/* Tell whether an earlier difference names the same rule. */
static bool is_told(const struct exam *exam, uint32_t at)
{
    for (uint32_t i = 0; i < at; i++) {
        if (exam->differences.items[i].rule == exam->differences.items[at].rule &&
            exam->differences.items[i].record == exam->differences.items[at].record) {
            return true;
        }
    }
    return false;
}

amicus_status obstacles_find(struct exam *exam, const struct amicus_ruling *ruling,
                             struct arena *arena)
{
    assert(exam != NULL && ruling != NULL);
    assert(arena != NULL && exam->why == NULL);
    uint32_t count = exam->differences.count;
    exam->why = arena_give_array(arena, count, sizeof *exam->why);
    exam->origins = arena_give_array(arena, count, sizeof *exam->origins);
    amicus_status status = exam->why == NULL || exam->origins == NULL ? AMICUS_MEMORY : AMICUS_OK;
    for (uint32_t i = 0; i < count && status == AMICUS_OK; i++) {
        if (exam->differences.items[i].rule != INDEX_NONE && !is_told(exam, i)) {
            status = add_why(exam, ruling, &exam->differences.items[i], arena);
        }
    }
    return status;
}
