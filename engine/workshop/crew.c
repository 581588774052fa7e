/*
 * A crew in step.
 *
 * Chunks are numbered as they are taken. A worker takes the next chunk (which reads it, under the
 * lock), unpacks and decides it alone, and puts the result into the slot of its number; whoever
 * finds that the next number to be written is there writes it and all that follow. So the output
 * has one order, whatever the threads do, and a slow writer stops the readers: a chunk is taken
 * only if its slot is free. There are two slots for each thread.
 *
 *   take ─► unpack ─► decide ─► pack ─► slot ─► put, in order
 *   lock    └──── each alone ────┘     lock
 *
 * Figures are each worker's own and are added at the end: sums do not ask for an order.
 *
 * The first failure ends the run; what was put before stays put, and the caller throws it away.
 * Memory: a chunk for each worker, the lines of a chunk for each slot.
 */
#include "crew.h"

#include <assert.h>
#include <pthread.h>

/* What may come of one chunk: full rulings of many small cases. */
#define SLOT_BYTES_MAX ((size_t)1 << 30)
#define SLOTS_MAX      ((size_t)2 * CREW_MAX)

struct slot_of_crew {
    struct chunk_result result;
    struct room packed;
    size_t packed_length;
    uint64_t passed, lines;
    bool is_done;
};

struct crew {
    const struct crew_job *job;
    pthread_mutex_t lock;
    pthread_cond_t turned; /* a slot became free, or the run ended */
    struct walk walk;
    struct slot_of_crew slots[SLOTS_MAX];
    size_t slot_count;
    uint64_t taken, written; /* chunks */
    bool is_at_end, is_over;
    struct crew_outcome outcome;
    struct crew_progress progress;
    amicus_diagnostics *list; /* under the lock */
};

struct hand {
    struct crew *crew;
    struct arena *arena;
    struct clerk *clerk;
    struct packer *packer;
    struct unpacker *unpacker;
    struct chunk chunk;
    amicus_diagnostics *list;
    pthread_t thread;
    bool is_running;
};

/* End the run, under the lock. The first one to say why is heard. */
static void end_run(struct crew *crew, struct crew_outcome outcome)
{
    if (!crew->is_over) {
        crew->outcome = outcome;
    }
    crew->is_over = true;
    (void)pthread_cond_broadcast(&crew->turned);
}

/* Take the next chunk. returns false if there is nothing more to do; the lock is held */
static bool take(struct hand *hand, uint64_t *number)
{
    struct crew *crew = hand->crew;
    while (!crew->is_over && !crew->is_at_end && crew->taken - crew->written >= crew->slot_count) {
        (void)pthread_cond_wait(&crew->turned, &crew->lock);
    }
    if (crew->is_over || crew->is_at_end) {
        return false;
    }
    if (crew->job->stop != NULL && *crew->job->stop != 0) {
        end_run(crew, (struct crew_outcome){CREW_STOPPED, AMICUS_OK, false});
        return false;
    }
    const amicus_status status = walk_next(&crew->walk, &hand->chunk, crew->list);
    if (status == AMICUS_NOT_FOUND) {
        crew->is_at_end = true;
        (void)pthread_cond_broadcast(&crew->turned);
        return false;
    }
    if (status != AMICUS_OK) {
        end_run(crew, (struct crew_outcome){CREW_FAILED, status, false});
        return false;
    }
    *number = crew->taken++;
    return true;
}

static amicus_status pack(struct hand *hand, struct slot_of_crew *slot)
{
    slot->packed_length = 0;
    if (!hand->crew->job->is_packed || slot->result.lines.length == 0) {
        return AMICUS_OK;
    }
    return packer_pack(hand->packer, &slot->packed, &slot->packed_length, slot->result.lines);
}

/* Work on a chunk, without the lock. */
static amicus_status work_chunk(struct hand *hand, struct slot_of_crew *slot)
{
    const uint64_t before = clerk_figures(hand->clerk)->lines;
    amicus_status status =
        chunk_unpack(&hand->chunk, hand->crew->job->archive, hand->unpacker, hand->list);
    if (status == AMICUS_OK) {
        status = clerk_work(hand->clerk, &hand->chunk, &slot->result);
    }
    if (status == AMICUS_OK) {
        status = pack(hand, slot);
    }
    slot->lines = clerk_figures(hand->clerk)->lines - before;
    slot->passed = hand->chunk.passed;
    return status;
}

/* Put one slot out. The lock is held. */
static void put_slot(struct crew *crew, const struct slot_of_crew *slot)
{
    const struct crew_job *job = crew->job;
    const struct text lines =
        job->is_packed ? (struct text){slot->packed.at, slot->packed_length} : slot->result.lines;
    const amicus_status status =
        job->put(job->context, lines, slot->result.lines.length, slot->result.rejects);
    crew->progress.passed = slot->passed;
    crew->progress.lines += slot->lines;
    crew->progress.rejects += slot->result.reject_count;
    if (status != AMICUS_OK) {
        end_run(crew, (struct crew_outcome){CREW_FAILED, status, true});
    } else if (crew->progress.rejects > job->rejects_max) {
        end_run(crew, (struct crew_outcome){CREW_TOO_MANY_REJECTS, AMICUS_OK, false});
    }
    if (job->tell != NULL) {
        job->tell(job->context, &crew->progress);
    }
}

/* Put out what is next, as far as it is there. The lock is held. */
static void put_slots(struct crew *crew)
{
    for (;;) {
        struct slot_of_crew *slot = &crew->slots[crew->written % crew->slot_count];
        if (crew->is_over || !slot->is_done) {
            break;
        }
        slot->is_done = false;
        put_slot(crew, slot);
        crew->written++;
    }
    (void)pthread_cond_broadcast(&crew->turned);
}

static void *work(void *argument)
{
    struct hand *hand = argument;
    struct crew *crew = hand->crew;
    uint64_t number;
    (void)pthread_mutex_lock(&crew->lock);
    while (take(hand, &number)) {
        struct slot_of_crew *slot = &crew->slots[number % crew->slot_count];
        (void)pthread_mutex_unlock(&crew->lock);
        const amicus_status status = work_chunk(hand, slot);
        (void)pthread_mutex_lock(&crew->lock);
        if (status != AMICUS_OK) {
            diagnostics_add_all(crew->list, hand->list, NULL);
            end_run(crew, (struct crew_outcome){CREW_FAILED, status, false});
            break;
        }
        slot->is_done = true;
        put_slots(crew);
    }
    (void)pthread_mutex_unlock(&crew->lock);
    return NULL;
}

/* --- before and after --- */

static amicus_status equip(struct hand *hand, struct crew *crew)
{
    const struct crew_job *job = crew->job;
    hand->crew = crew;
    amicus_status status = arena_open(&hand->arena, (size_t)64 << 10);
    if (status == AMICUS_OK) {
        status = amicus_diagnostics_open(&hand->list);
    }
    if (status == AMICUS_OK) {
        status = clerk_open(&hand->clerk, job->shelf, job->archive, job->results);
    }
    if (status == AMICUS_OK && job->is_packed) {
        status = packer_open(&hand->packer, hand->arena);
    }
    return status == AMICUS_OK ? unpacker_open(&hand->unpacker, hand->arena) : status;
}

static void dismiss(struct hand *hand)
{
    chunk_close(&hand->chunk);
    packer_close(hand->packer);
    unpacker_close(hand->unpacker);
    clerk_close(hand->clerk);
    amicus_diagnostics_close(hand->list);
    arena_close(hand->arena);
}

static amicus_status open_slots(struct crew *crew)
{
    crew->slot_count = crew->job->threads == 1 ? 1 : (size_t)crew->job->threads * 2;
    amicus_status status = AMICUS_OK;
    for (size_t i = 0; i < crew->slot_count && status == AMICUS_OK; i++) {
        status = arena_open(&crew->slots[i].result.arena, SLOT_BYTES_MAX);
    }
    return status;
}

static void close_slots(struct crew *crew)
{
    for (size_t i = 0; i < crew->slot_count; i++) {
        room_close(&crew->slots[i].packed);
        arena_close(crew->slots[i].result.arena);
    }
}

/* Let all work, the caller among them; fewer if the machine gives no more threads. */
static void work_all(struct hand *hands, unsigned count)
{
    for (unsigned i = 1; i < count; i++) {
        hands[i].is_running = pthread_create(&hands[i].thread, NULL, work, &hands[i]) == 0;
    }
    (void)work(&hands[0]);
    for (unsigned i = 1; i < count; i++) {
        if (hands[i].is_running) {
            (void)pthread_join(hands[i].thread, NULL);
        }
    }
}

static void run(struct crew *crew, struct hand *hands, struct figures *figures)
{
    const unsigned threads = crew->job->threads;
    amicus_status status = open_slots(crew);
    for (unsigned i = 0; i < threads && status == AMICUS_OK; i++) {
        status = equip(&hands[i], crew);
    }
    if (status == AMICUS_OK) {
        status = walk_start(&crew->walk, crew->job->archive, crew->job->shard);
    }
    if (status == AMICUS_OK) {
        work_all(hands, threads);
        walk_close(&crew->walk);
    } else {
        crew->outcome = (struct crew_outcome){CREW_FAILED, status, false};
    }
    for (unsigned i = 0; i < threads; i++) {
        if (crew->outcome.end != CREW_FAILED &&
            figures_merge(figures, clerk_figures(hands[i].clerk)) != AMICUS_OK) {
            crew->outcome = (struct crew_outcome){CREW_FAILED, AMICUS_MEMORY, false};
        }
        dismiss(&hands[i]);
    }
    close_slots(crew);
}

struct crew_outcome crew_run(const struct crew_job *job, struct figures *figures,
                             amicus_diagnostics *list)
{
    assert(job != NULL && figures != NULL && list != NULL);
    assert(job->threads >= 1 && job->threads <= CREW_MAX && job->put != NULL);
    struct arena *arena;
    const struct crew_outcome failed = {CREW_FAILED, AMICUS_MEMORY, false};
    if (arena_open(&arena, (size_t)1 << 20) != AMICUS_OK) {
        return failed;
    }
    struct crew *crew = arena_give(arena, sizeof *crew);
    struct hand *hands = arena_give_array(arena, job->threads, sizeof *hands);
    struct crew_outcome outcome = failed;
    if (crew != NULL && hands != NULL && pthread_mutex_init(&crew->lock, NULL) == 0) {
        if (pthread_cond_init(&crew->turned, NULL) == 0) {
            crew->job = job;
            crew->list = list;
            crew->progress.bytes = shard_bytes(job->archive, job->shard);
            run(crew, hands, figures);
            outcome = crew->outcome;
            (void)pthread_cond_destroy(&crew->turned);
        }
        (void)pthread_mutex_destroy(&crew->lock);
    }
    arena_close(arena);
    return outcome;
}
