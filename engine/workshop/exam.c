/*
 * Running tests.
 *
 * A test is: the case with its edits, the rulebook with its parameters, one decision, a comparison,
 * and a twin for each promise. Cases and rulebooks are shared and immutable, everything else
 * belongs to the test, so tests run in as many threads as one likes: a worker takes the next one
 * that nobody has, writes what came of it into that exam and into its own coverage, and coverages
 * are merged when all are done. Nothing is told before that, so the answer has one order.
 *
 * What a test leaves behind is texts, in the arena of its worker: its case and its ruling are
 * closed at once, and memory does not grow with their number.
 */
#include "exam.h"

#include "limit.h"
#include "obstacle.h"
#include "override.h"
#include "promise.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>

/* Texts of differences; a thousand failing tests need some hundred kilobytes. */
#define WORKER_BYTES_MAX ((size_t)256 << 20)

struct crew {
    struct exam_room *room;
    atomic_uint next;
};

struct worker {
    struct crew *crew;
    struct arena *arena;
    struct coverage **coverages; /* its own, by book; NULL: not wanted */
    amicus_status status;
};

const char *verdict_name(enum verdict verdict)
{
    static const char *const NAMES[] = {"passed", "failed", "todo", "broken"};
    assert((unsigned)verdict <= VERDICT_BROKEN);
    assert(NAMES[verdict] != NULL);
    return NAMES[verdict];
}

/* The first rule that should have applied, or INDEX_NONE. */
static uint32_t first_rule(const struct exam *exam)
{
    for (uint32_t i = 0; i < exam->differences.count; i++) {
        if (exam->differences.items[i].rule != INDEX_NONE) {
            return exam->differences.items[i].rule;
        }
    }
    return INDEX_NONE;
}

/* A word of a command for a shell. */
static void put_word(struct builder *builder, struct text word)
{
    bool is_plain = word.length > 0;
    for (size_t i = 0; i < word.length; i++) {
        char byte = word.at[i];
        is_plain = is_plain && ((byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                                (byte >= '0' && byte <= '9') || byte == '_' || byte == '-' ||
                                byte == '.' || byte == '/');
    }
    if (is_plain) {
        builder_put(builder, word);
        return;
    }
    builder_putc(builder, '\'');
    for (size_t i = 0; i < word.length; i++) {
        builder_put(builder, word.at[i] == '\'' ? text_of("'\\''") : (struct text){word.at + i, 1});
    }
    builder_putc(builder, '\'');
}

/* Name a command that shows more of the ruling. A case with edits is in no file. */
static amicus_status add_next(struct exam *exam, const struct amicus_rulebook *rulebook,
                              struct arena *arena)
{
    const struct image *image = &rulebook->image;
    uint32_t rule = first_rule(exam);
    if (exam->test->edit_count > 0 || exam->test->params[0] != NULL ||
        exam->test->params[1] != NULL || rule == INDEX_NONE) {
        return AMICUS_OK;
    }
    struct builder builder;
    builder_start(&builder, arena);
    builder_puts(&builder, "amicus explain ");
    put_word(&builder, text_of(exam->case_file));
    builder_puts(&builder, " --why-not ");
    put_word(&builder, image_text(image, image->rules[rule].id));
    return builder_end(&exam->next, &builder);
}

/* --- one exam --- */

/* Tell whether what went wrong is the machine's, and no test can be blamed for it. */
static bool is_machine(amicus_status status)
{
    return status == AMICUS_MEMORY;
}

/* What is open while one test runs. */
struct sitting {
    struct exam *exam;
    struct arena *arena;
    struct faults faults;
    struct coverage *coverage; /* or NULL */
    const struct amicus_rulebook *rulebook;
    const struct amicus_case *subject;
    struct amicus_case *edited; /* NULL if the base is decided as it is */
    struct amicus_ruling *ruling;
};

static amicus_status decide(struct sitting *sitting)
{
    const struct suite_test *test = sitting->exam->test;
    struct instants instants = test->instants;
    amicus_diagnostics *list = sitting->faults.list;
    amicus_status status = AMICUS_OK;
    sitting->subject = sitting->exam->base;
    if (test->edit_count > 0) {
        status =
            case_edit(&sitting->edited, sitting->exam->base, test->edits, test->edit_count, list);
        sitting->subject = sitting->edited;
    }
    if (status == AMICUS_OK && sitting->rulebook != NULL) {
        instants.seen = sitting->coverage == NULL ? NULL : sitting->coverage->seen;
        status =
            decide_case(&sitting->ruling, sitting->rulebook, sitting->subject, &instants, list);
        if (status != AMICUS_OK && !is_machine(status)) {
            faults_add(&sitting->faults, "T0112", test->place, "mend the case, or the policy",
                       "no ruling was made: %s", amicus_status_name(status));
        }
    }
    return status;
}

/* Compare the ruling with what is wanted, and try what is promised. */
static amicus_status compare(struct sitting *sitting)
{
    struct exam *exam = sitting->exam;
    const struct comparison comparison = {sitting->ruling, &exam->differences, &sitting->faults};
    amicus_status status = AMICUS_OK;
    if (sitting->coverage != NULL) {
        coverage_note(sitting->coverage, sitting->ruling);
    }
    want_compare(&comparison, exam->test->want);
    if (exam->test->promises != 0) {
        status = promises_try(&exam->differences, sitting->ruling, exam->test->promises,
                              sitting->faults.list);
    }
    if (status == AMICUS_OK) {
        status = obstacles_find(exam, sitting->ruling, sitting->arena);
    }
    if (status == AMICUS_OK) {
        status = add_next(exam, sitting->rulebook, sitting->arena);
    }
    return status == AMICUS_OK && exam->differences.failed ? AMICUS_MEMORY : status;
}

/* Run a test; of a broken one only find out what else is wrong with it. */
static amicus_status sit(struct sitting *sitting)
{
    const struct suite_test *test = sitting->exam->test;
    if (test->want != NULL) {
        want_check(&sitting->faults, &sitting->exam->rulebook->image, test->want);
    }
    sitting->rulebook =
        override_of(sitting->arena, sitting->exam->rulebook, test->params, &sitting->faults);
    amicus_status status = decide(sitting);
    if (status == AMICUS_OK && sitting->ruling != NULL && !sitting->faults.any &&
        test->want != NULL && !test->is_broken) {
        status = compare(sitting);
    }
    if (sitting->subject != NULL &&
        text_copy(&sitting->exam->case_id, sitting->arena, sitting->subject->id) != AMICUS_OK) {
        status = AMICUS_MEMORY;
    }
    amicus_ruling_close(sitting->ruling);
    case_close(sitting->edited);
    return status;
}

static void judge(struct exam *exam, bool has_faults)
{
    bool waits = exam->test->todo.length > 0;
    bool is_good = exam->test->want != NULL && exam->differences.count == 0;
    if (has_faults) {
        exam->verdict = VERDICT_BROKEN;
    } else if (waits) {
        exam->verdict = is_good ? VERDICT_FAILED : VERDICT_TODO;
    } else {
        exam->verdict = is_good ? VERDICT_PASSED : VERDICT_FAILED;
    }
    if (waits && is_good && !has_faults) {
        const struct difference difference = {.label = TEXT("todo"),
                                              .got = TEXT("it passes: take todo: out"),
                                              .rule = INDEX_NONE,
                                              .record = RECORD_NONE,
                                              .amend = AMEND_NONE};
        differences_add(&exam->differences, &difference);
    }
}

static amicus_status run_exam(struct exam *exam, const struct worker *worker)
{
    exam->differences = (struct differences){.arena = worker->arena};
    exam->verdict = VERDICT_BROKEN;
    if (exam->base == NULL || exam->rulebook == NULL) {
        return AMICUS_OK;
    }
    struct sitting sitting = {
        .exam = exam,
        .arena = worker->arena,
        .coverage = worker->coverages == NULL ? NULL : worker->coverages[exam->book],
    };
    amicus_status status = amicus_diagnostics_open(&sitting.faults.list);
    if (status != AMICUS_OK) {
        return status;
    }
    if (exam->test->want != NULL || exam->test->is_broken) {
        status = sit(&sitting);
    }
    judge(exam, exam->test->is_broken || diagnostics_errors(sitting.faults.list) > 0);
    if (exam->verdict == VERDICT_BROKEN) {
        exam->list = sitting.faults.list;
    } else {
        amicus_diagnostics_close(sitting.faults.list);
    }
    status = is_machine(status) ? status : sitting.faults.status;
    return exam->differences.failed ? AMICUS_MEMORY : status;
}

/* --- the crew --- */

/* Take exams until none is left. */
static void *work(void *argument)
{
    struct worker *worker = argument;
    const struct exam_room *room = worker->crew->room;
    for (;;) {
        unsigned at = atomic_fetch_add(&worker->crew->next, 1u);
        if (at >= room->count) {
            return NULL;
        }
        amicus_status status = run_exam(&room->exams[at], worker);
        worker->status = worker->status == AMICUS_OK ? status : worker->status;
    }
}

/* Give a worker its arena, and coverages of its own. */
static amicus_status equip(struct worker *worker, struct exam_room *room, unsigned number)
{
    amicus_status status = arena_open(&room->arenas[number], WORKER_BYTES_MAX);
    worker->arena = room->arenas[number];
    if (status != AMICUS_OK || room->coverages == NULL) {
        return status;
    }
    worker->coverages =
        arena_give_array(worker->arena, room->book_count, sizeof(struct coverage *));
    for (uint32_t i = 0; worker->coverages != NULL && i < room->book_count; i++) {
        worker->coverages[i] = coverage_of(worker->arena, room->coverages[i]->rulebook);
        status = worker->coverages[i] == NULL ? AMICUS_MEMORY : status;
    }
    return worker->coverages == NULL ? AMICUS_MEMORY : status;
}

static void gather(struct exam_room *room, const struct worker *worker)
{
    for (uint32_t i = 0; room->coverages != NULL && i < room->book_count; i++) {
        coverage_merge(room->coverages[i], worker->coverages[i]);
    }
}

/* Let all workers work, the caller among them. */
static void work_all(struct worker *workers, unsigned count)
{
    pthread_t threads[JOBS_MAX];
    bool is_running[JOBS_MAX] = {false};
    for (unsigned i = 1; i < count; i++) {
        is_running[i] = pthread_create(&threads[i], NULL, work, &workers[i]) == 0;
    }
    (void)work(&workers[0]);
    for (unsigned i = 1; i < count; i++) {
        if (is_running[i]) {
            (void)pthread_join(threads[i], NULL);
        }
    }
}

amicus_status exams_run(struct exam_room *room)
{
    assert(room != NULL && room->arenas != NULL);
    assert(room->jobs >= 1 && room->jobs <= JOBS_MAX);
    struct worker workers[JOBS_MAX] = {{NULL, NULL, NULL, AMICUS_OK}};
    struct crew crew = {.room = room};
    atomic_init(&crew.next, 0u);
    amicus_status status = AMICUS_OK;
    for (unsigned i = 0; i < room->jobs && status == AMICUS_OK; i++) {
        workers[i].crew = &crew;
        status = equip(&workers[i], room, i);
    }
    if (status != AMICUS_OK) {
        return status;
    }
    work_all(workers, room->jobs);
    for (unsigned i = 0; i < room->jobs; i++) {
        status = status == AMICUS_OK ? workers[i].status : status;
        gather(room, &workers[i]);
    }
    return status;
}

void exams_close(struct exam_room *room)
{
    assert(room != NULL);
    assert(room->exams != NULL || room->count == 0);
    for (uint32_t i = 0; i < room->count; i++) {
        amicus_diagnostics_close(room->exams[i].list);
    }
    for (unsigned i = 0; i < room->jobs; i++) {
        arena_close(room->arenas[i]);
        room->arenas[i] = NULL;
    }
}

struct exam_count exams_count(const struct exam *exams, uint32_t count)
{
    assert(exams != NULL || count == 0);
    struct exam_count total = {.all = count};
    for (uint32_t i = 0; i < count; i++) {
        assert(exams[i].verdict <= VERDICT_BROKEN);
        total.passed += exams[i].verdict == VERDICT_PASSED;
        total.failed += exams[i].verdict == VERDICT_FAILED;
        total.todo += exams[i].verdict == VERDICT_TODO;
        total.broken += exams[i].verdict == VERDICT_BROKEN;
    }
    return total;
}
