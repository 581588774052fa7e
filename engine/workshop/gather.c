/*
 * Joining parts.
 *
 * Every part must be whole, of the run that run.json names, and one of the same N; all N must be
 * there. Each fault names its part, and all are told at once. Then figures are added, which is
 * independent of the order, so the sum for every N has the same bytes.
 *
 * What the engine that ran the shards believes is not asked: only the folder counts. If the archive
 * has an inventory, the number of lines and the hash over ids must be its own, so a line that was
 * lost or decided twice is found even if every part is whole.
 *
 * Memory: the sum, and one part at a time.
 */
#include "gather.h"

#include <assert.h>
#include <inttypes.h>

#define PART_BYTES_MAX ((size_t)256 << 20)
/* More would only hide the first ones. */
#define SHARDS_MAX     1000000u

static enum gather_end fail(amicus_status *status, amicus_status why)
{
    *status = why;
    return GATHER_FAILED;
}

/* Find out how many shards there are. */
static enum gather_end count_shards(uint32_t *shards, const char *folder, struct arena *arena,
                                    amicus_diagnostics *list, amicus_status *status)
{
    struct part_list counts;
    *status = part_counts(&counts, folder, arena);
    if (*status != AMICUS_OK) {
        return GATHER_FAILED;
    }
    bool is_mixed =
        counts.count > 1 || (counts.count == 1 && *shards != 0 && counts.counts[0] != *shards);
    if (is_mixed) {
        diagnostics_add(list, AMICUS_ERROR, "B0204", (struct place){folder, 0, 0},
                        "remove the parts that do not belong, or name the folder of one run",
                        "there are parts of more than one number of shards");
        return GATHER_REFUSED;
    }
    if (*shards == 0 && counts.count == 1) {
        *shards = counts.counts[0];
    }
    if (*shards == 0 || *shards > SHARDS_MAX) {
        diagnostics_add(list, AMICUS_ERROR, "B0203", (struct place){folder, 0, 0},
                        "amicus batch --shard 0/N --out DIR ARCHIVE makes one; say --shards N",
                        "there is no part");
        return GATHER_REFUSED;
    }
    return GATHER_DONE;
}

static enum gather_end take_run(struct run *out, const char *folder, struct arena *arena,
                                amicus_diagnostics *list, amicus_status *status)
{
    *status = part_run(out, folder, arena, list);
    if (*status == AMICUS_NOT_FOUND) {
        diagnostics_add(list, AMICUS_ERROR, "B0203", (struct place){folder, 0, 0},
                        "name the folder that batch --out made", "there is no run.json");
        return GATHER_REFUSED;
    }
    if (*status == AMICUS_INVALID) {
        return GATHER_REFUSED;
    }
    return *status == AMICUS_OK ? GATHER_DONE : GATHER_FAILED;
}

/* Read one part, which must be whole and of the run. returns OK; INVALID; another status */
static amicus_status take_part(struct part *part, const struct run *run, const char *folder,
                               struct arena *arena, amicus_diagnostics *list)
{
    char path[PART_PATH_BYTES];
    const amicus_status status = part_read(part, folder, part->shard, arena, list);
    part_path(path, folder, part->shard, ".json");
    if (status == AMICUS_NOT_FOUND) {
        char mend[80];
        (void)snprintf(mend, sizeof mend, "run the shard %" PRIu32 "/%" PRIu32, part->shard.index,
                       part->shard.count);
        diagnostics_add(list, AMICUS_ERROR, "B0203", (struct place){path, 0, 0}, mend,
                        "the part is missing");
        return AMICUS_INVALID;
    }
    if (status == AMICUS_OK && !text_equal(part->run, run->id)) {
        diagnostics_add(list, AMICUS_ERROR, "B0201", (struct place){path, 0, 0},
                        "remove it, and run its shard again", "the part is of another run");
        return AMICUS_INVALID;
    }
    return status;
}

/* See that all parts together are the archive. */
static bool is_the_archive(const struct gathered *out, const char *folder, amicus_diagnostics *list)
{
    const struct figures *figures = &out->figures;
    if (figures->lines != out->run.lines) {
        diagnostics_add(list, AMICUS_ERROR, "B0205", (struct place){folder, 0, 0},
                        "see that every shard read the same archive, whole",
                        "the parts have %" PRIu64 " lines, and the archive %" PRIu64,
                        figures->lines, out->run.lines);
        return false;
    }
    if (figures->hash.high != out->run.hash.high || figures->hash.low != out->run.hash.low) {
        diagnostics_add(list, AMICUS_ERROR, "B0205", (struct place){folder, 0, 0},
                        "see that every shard read the same archive, whole",
                        "the cases of the parts are not those of the archive");
        return false;
    }
    return true;
}

enum gather_end gather(struct gathered *out, const char *folder, uint32_t shards,
                       struct arena *arena, amicus_diagnostics *list, amicus_status *status)
{
    assert(out != NULL && folder != NULL && arena != NULL);
    assert(list != NULL && status != NULL);
    struct arena *own;
    bool is_whole = true;
    *out = (struct gathered){.shards = shards};
    enum gather_end end = take_run(&out->run, folder, arena, list, status);
    if (end == GATHER_DONE) {
        end = count_shards(&out->shards, folder, arena, list, status);
    }
    if (end != GATHER_DONE) {
        return end;
    }
    *status = figures_start(&out->figures, arena);
    if (*status != AMICUS_OK || arena_open(&own, PART_BYTES_MAX) != AMICUS_OK) {
        return fail(status, AMICUS_MEMORY);
    }
    for (uint32_t i = 0; i < out->shards && *status == AMICUS_OK; i++) {
        struct part part = {.shard = {i, out->shards}};
        arena_reset(own);
        const amicus_status one = take_part(&part, &out->run, folder, own, list);
        is_whole = is_whole && one == AMICUS_OK;
        *status = one == AMICUS_INVALID ? AMICUS_OK : one;
        if (is_whole && *status == AMICUS_OK) {
            *status = figures_merge(&out->figures, &part.figures);
        }
    }
    arena_close(own);
    if (*status != AMICUS_OK) {
        return GATHER_FAILED;
    }
    if (!is_whole) {
        return GATHER_REFUSED;
    }
    out->is_proved = out->run.has_inventory && is_the_archive(out, folder, list);
    return out->run.has_inventory && !out->is_proved ? GATHER_DIFFERS : GATHER_DONE;
}

enum gather_end gather_missing(bool **missing, uint32_t *shards, const char *folder,
                               struct arena *arena, amicus_diagnostics *list, amicus_status *status)
{
    assert(missing != NULL && shards != NULL && folder != NULL);
    assert(arena != NULL && list != NULL && status != NULL);
    struct run run;
    struct arena *own;
    amicus_diagnostics *ignored;
    enum gather_end end = take_run(&run, folder, arena, list, status);
    if (end == GATHER_DONE) {
        end = count_shards(shards, folder, arena, list, status);
    }
    if (end != GATHER_DONE) {
        return end;
    }
    *missing = arena_give_array(arena, *shards, sizeof **missing);
    if (*missing == NULL || arena_open(&own, PART_BYTES_MAX) != AMICUS_OK) {
        return fail(status, AMICUS_MEMORY);
    }
    for (uint32_t i = 0; i < *shards && *status == AMICUS_OK; i++) {
        struct part part = {.shard = {i, *shards}};
        arena_reset(own);
        *status = amicus_diagnostics_open(&ignored);
        if (*status == AMICUS_OK) {
            const amicus_status one = take_part(&part, &run, folder, own, ignored);
            (*missing)[i] = one != AMICUS_OK;
            *status = one == AMICUS_MEMORY ? one : AMICUS_OK;
            amicus_diagnostics_close(ignored);
        }
    }
    arena_close(own);
    return *status == AMICUS_OK ? GATHER_DONE : GATHER_FAILED;
}

uint32_t gather_write_missing(struct builder *builder, const bool *missing, uint32_t shards)
{
    assert(builder != NULL);
    assert(missing != NULL || shards == 0);
    uint32_t count = 0;
    for (uint32_t i = 0; i < shards; i++) {
        if (!missing[i]) {
            continue;
        }
        uint32_t last = i;
        while (last + 1 < shards && missing[last + 1]) {
            last++;
        }
        builder_puts(builder, count > 0 ? "," : "");
        builder_putf(builder, "%" PRIu32, i);
        if (last > i) {
            builder_putf(builder, "-%" PRIu32, last);
        }
        count += last - i + 1;
        i = last;
    }
    return count;
}
