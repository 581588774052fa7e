/*
 * Guards change no ruling: each case is decided with the guards of its rulebook and without any, as
 * it is written and with facts taken out at random, and both must give the same bytes, and the same
 * findings once those that guards ruled out are asked for.
 *
 *   test_guards SEED RULEBOOK CASE...
 */
#include "dice.h"
#include "ruling.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How many times facts are taken out of a case, and how many at most. */
#define ROUNDS 4u
#define MOST   6u

struct bench {
    amicus_engine *engine;
    amicus_diagnostics *list;
    amicus_rulebook *guarded;
    amicus_rulebook plain; /* the same, without guards */
    struct arena *arena;
    struct dice dice;
    const char *path; /* of the case at hand */
    unsigned faults, decided, ruled_out;
};

static void fault(struct bench *bench, const char *what)
{
    (void)printf("%s: %s\n", bench->path, what);
    bench->faults++;
}

static bool are_same_looks(const struct amicus_ruling *a, const struct amicus_ruling *b,
                           const struct finding *of_a, const struct finding *of_b)
{
    bool are_same = of_a->looks.count == of_b->looks.count;
    for (uint32_t i = 0; are_same && i < of_a->looks.count; i++) {
        const struct read *left = ruling_read(a, of_a->looks, i);
        const struct read *right = ruling_read(b, of_b->looks, i);
        are_same = left->record == right->record && left->fact == right->fact &&
                   left->kind == right->kind && left->proof == right->proof;
    }
    return are_same;
}

/* Compare all findings, those that do not apply included. */
static void compare_findings(struct bench *bench, const struct amicus_ruling *a,
                             const struct amicus_ruling *b)
{
    const uint32_t before = a->finding_count;
    if (ruling_complete(a) != AMICUS_OK || ruling_complete(b) != AMICUS_OK) {
        fault(bench, "the ruling cannot be completed");
        return;
    }
    bench->ruled_out += a->finding_count - before;
    bool are_same = a->finding_count == b->finding_count;
    for (uint32_t i = 0; are_same && i < a->finding_count; i++) {
        const struct finding *left = &a->findings[i];
        const struct finding *right = &b->findings[i];
        are_same = left->rule == right->rule && left->record == right->record &&
                   left->status == right->status && left->value == right->value &&
                   are_same_looks(a, b, left, right);
    }
    if (!are_same) {
        fault(bench, "the findings differ");
    }
}

static void compare_bytes(struct bench *bench, amicus_ruling *a, amicus_ruling *b)
{
    const char *left = NULL;
    const char *right = NULL;
    size_t left_length = 0;
    size_t right_length = 0;
    if (amicus_ruling_write(&left, &left_length, a, AMICUS_RULING_CANONICAL) != AMICUS_OK ||
        amicus_ruling_write(&right, &right_length, b, AMICUS_RULING_CANONICAL) != AMICUS_OK) {
        fault(bench, "the ruling cannot be written");
    } else if (left_length != right_length || memcmp(left, right, left_length) != 0) {
        fault(bench, "the rulings differ");
    }
}

static void decide_both(struct bench *bench, const struct amicus_case *subject)
{
    struct amicus_ruling *a = NULL;
    struct amicus_ruling *b = NULL;
    const struct instants now = {0};
    const amicus_status with = decide_case(&a, bench->guarded, subject, &now, bench->list);
    const amicus_status without = decide_case(&b, &bench->plain, subject, &now, bench->list);
    if (with != without) {
        fault(bench, "one is decided, the other is not");
    } else if (with == AMICUS_OK) {
        bench->decided++;
        compare_bytes(bench, a, b);
        compare_findings(bench, a, b);
    }
    amicus_ruling_close(a);
    amicus_ruling_close(b);
}

/* Decide a case with some facts unknown, but for those that name what is decided, and when. */
static void decide_thinned(struct bench *bench, const struct amicus_case *subject)
{
    const struct roles *roles = &subject->vocabulary->roles;
    struct amicus_case thinned = *subject;
    struct value *values = arena_give_array(bench->arena, subject->slot_count, sizeof *values);
    if (values == NULL) {
        fault(bench, "no memory");
        return;
    }
    memcpy(values, subject->values, subject->slot_count * sizeof *values);
    const uint32_t clock =
        subject->records[0].first_slot + subject->vocabulary->facts[roles->as_of].slot;
    for (uint32_t n = 1 + dice_below(&bench->dice, MOST); n > 0; n--) {
        const uint32_t slot = dice_below(&bench->dice, subject->slot_count);
        if (slot != clock) {
            values[slot].standing = STANDING_UNKNOWN;
        }
    }
    thinned.values = values;
    decide_both(bench, &thinned);
}

static void try_case(struct bench *bench, const char *path)
{
    bench->path = path;
    FILE *file = fopen(path, "rb");
    const size_t room = (size_t)1 << 20;
    char *bytes = arena_give(bench->arena, room);
    amicus_case *subject = NULL;
    const size_t length = file == NULL || bytes == NULL ? 0 : fread(bytes, 1, room, file);
    if (file != NULL) {
        (void)fclose(file);
    }
    if (length == 0 || amicus_case_load(&subject, bench->guarded, path, bytes, length,
                                        AMICUS_FORMAT_AUTO, bench->list) != AMICUS_OK) {
        fault(bench, "the case cannot be read");
        return;
    }
    decide_both(bench, subject);
    for (unsigned i = 0; i < ROUNDS; i++) {
        decide_thinned(bench, subject);
    }
    amicus_case_close(subject);
    arena_reset(bench->arena);
}

/* Load the rulebook, and make a second one of it that knows no guards. */
static bool open_bench(struct bench *bench, const char *rulebook, struct arena *kept)
{
    if (amicus_engine_open(&bench->engine) != AMICUS_OK ||
        amicus_diagnostics_open(&bench->list) != AMICUS_OK ||
        amicus_rulebook_load(&bench->guarded, bench->engine, rulebook, bench->list) != AMICUS_OK) {
        return false;
    }
    bench->plain = *bench->guarded;
    return guards_find(&bench->plain.image, kept, 0) == AMICUS_OK &&
           bench->plain.image.guards.test_count == 0;
}

int main(int count, char **words)
{
    if (count < 4) {
        (void)printf("usage: test_guards SEED RULEBOOK CASE...\n");
        return 2;
    }
    struct bench bench = {.path = words[2]};
    struct arena *kept = NULL;
    dice_start(&bench.dice, strtoull(words[1], NULL, 10), 0);
    const bool is_open = arena_open(&kept, (size_t)64 << 20) == AMICUS_OK &&
                         arena_open(&bench.arena, (size_t)64 << 20) == AMICUS_OK &&
                         open_bench(&bench, words[2], kept);
    if (!is_open) {
        fault(&bench, "the rulebook cannot be loaded");
    }
    for (int i = 3; is_open && i < count; i++) {
        try_case(&bench, words[i]);
    }
    (void)printf(
        "seed %s: %u decisions with and without guards, %u findings ruled out, %u faults\n",
        words[1], bench.decided, bench.ruled_out, bench.faults);
    amicus_rulebook_close(bench.guarded);
    amicus_diagnostics_close(bench.list);
    amicus_engine_close(bench.engine);
    arena_close(bench.arena);
    arena_close(kept);
    return bench.faults == 0 && bench.ruled_out > 0 ? 0 : 1;
}
