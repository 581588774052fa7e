/*
 * What decided a case.
 *
 * The findings that carry the outcome are those that a reviewer reads first (explain/selection.h);
 * the evidence that decided is what their reads rest on. A fact that was derived is followed to the
 * stored facts that it was computed from, because the evidence stands behind those. So a lesson
 * knows nothing that the explanation does not show.
 *
 * INVARIANT: findings and evidence hold each number once; evidence of a read that did not count is
 * not in it.
 */
#include "lesson.h"

#include "selection.h"

#include <assert.h>

#define SURE_PERCENT 90u

static bool holds(const uint32_t *numbers, uint32_t count, uint32_t number)
{
    for (uint32_t i = 0; i < count; i++) {
        if (numbers[i] == number) {
            return true;
        }
    }
    return false;
}

static void add_once(uint32_t *numbers, uint32_t *count, uint32_t number)
{
    if (!holds(numbers, *count, number)) {
        numbers[(*count)++] = number;
    }
}

/* Tells whether there was any. */
static bool add_evidence(struct lesson *lesson, const struct read *read)
{
    const struct amicus_ruling *ruling = lesson->ruling;
    for (uint32_t i = 0; read->is_usable && i < read->evidence.count; i++) {
        add_once(lesson->evidence, &lesson->evidence_count,
                 ruling->evidence[read->evidence.first + i]);
    }
    return read->is_usable && read->evidence.count > 0;
}

/* The reads of a finding, and what derived ones of them were computed from. Tells whether evidence
 * stands behind one. */
static bool add_reads(struct lesson *lesson, const struct finding *finding)
{
    bool has_evidence = false;
    for (uint32_t i = 0; i < finding->looks.count; i++) {
        const struct read *read = ruling_read(lesson->ruling, finding->looks, i);
        has_evidence = add_evidence(lesson, read) || has_evidence;
        for (uint32_t j = 0; j < read->from.count; j++) {
            const struct read *source = ruling_read(lesson->ruling, read->from, j);
            has_evidence = add_evidence(lesson, source) || has_evidence;
        }
    }
    return has_evidence;
}

static amicus_status add_item(struct lesson *lesson, uint32_t item, struct arena *arena)
{
    struct selection selection;
    const amicus_status status = selection_of(&selection, lesson->ruling, item, arena);
    if (status != AMICUS_OK) {
        return status;
    }
    for (uint32_t i = 0; i < selection.why_count; i++) {
        add_once(lesson->findings, &lesson->finding_count, selection.why[i]);
    }
    for (uint32_t i = 0; i < selection.issue_count; i++) {
        add_once(lesson->issues, &lesson->issue_count, selection.issues[i]);
    }
    return AMICUS_OK;
}

amicus_status lesson_of(struct lesson *out, const struct amicus_ruling *ruling, struct arena *arena)
{
    assert(out != NULL && ruling != NULL);
    assert(arena != NULL);
    const size_t items = (size_t)ruling->item_count + 1;
    *out = (struct lesson){.ruling = ruling, .outcome = (enum outcome)ruling->outcome};
    out->findings = arena_give_array(arena, ruling->finding_count + 1u, sizeof *out->findings);
    out->issues = arena_give_array(arena, ruling->issue_count + 1u, sizeof *out->issues);
    out->evidence =
        arena_give_array(arena, ruling->subject->record_count + 1u, sizeof *out->evidence);
    out->to_freelancer = arena_give_array(arena, items, sizeof *out->to_freelancer);
    out->to_client = arena_give_array(arena, items, sizeof *out->to_client);
    if (out->findings == NULL || out->issues == NULL || out->evidence == NULL ||
        out->to_freelancer == NULL || out->to_client == NULL) {
        return AMICUS_MEMORY;
    }
    amicus_status status = AMICUS_OK;
    for (uint32_t i = 0; i < ruling->item_count && status == AMICUS_OK; i++) {
        out->to_freelancer[i] = ruling->items[i].division.to_freelancer_minor;
        out->to_client[i] = ruling->items[i].division.to_client_minor;
        status = add_item(out, i, arena);
    }
    bool is_found = false;
    for (uint32_t i = 0; i < out->finding_count; i++) {
        const bool has_evidence = add_reads(out, &ruling->findings[out->findings[i]]);
        out->decisive = has_evidence && !is_found ? i : out->decisive;
        is_found = is_found || has_evidence;
    }
    return status;
}

bool lesson_rests_on(const struct lesson *lesson, uint32_t record)
{
    assert(lesson != NULL);
    assert(lesson->evidence != NULL);
    return holds(lesson->evidence, lesson->evidence_count, record);
}

bool attempt_cites(const struct attempt *attempt, uint32_t record)
{
    assert(attempt != NULL);
    assert(attempt->cited != NULL || attempt->cited_count == 0);
    return holds(attempt->cited, attempt->cited_count, record);
}

struct text lesson_rule(const struct lesson *lesson, uint32_t finding)
{
    assert(lesson != NULL);
    assert(finding < lesson->ruling->finding_count);
    const struct image *image = &lesson->ruling->rulebook->image;
    return image_text(image, image->rules[lesson->ruling->findings[finding].rule].id);
}

static int64_t apart(int64_t a, int64_t b)
{
    return a > b ? a - b : b - a;
}

struct mark lesson_mark(const struct lesson *lesson, const struct attempt *attempt)
{
    assert(lesson != NULL && attempt != NULL);
    assert(attempt->percent <= 100);
    struct mark mark = {.is_right = attempt->outcome == lesson->outcome,
                        .wanted = lesson->evidence_count};
    for (uint32_t i = 0; i < lesson->ruling->item_count; i++) {
        const int64_t freelancer = apart(attempt->to_freelancer[i], lesson->to_freelancer[i]);
        const int64_t client = apart(attempt->to_client[i], lesson->to_client[i]);
        /* What one side gains the other loses: the larger difference is what moved. */
        const int64_t off = freelancer > client ? freelancer : client;
        mark.off_minor = mark.off_minor > INT64_MAX - off ? INT64_MAX : mark.off_minor + off;
    }
    for (uint32_t i = 0; i < lesson->evidence_count; i++) {
        mark.found += attempt_cites(attempt, lesson->evidence[i]);
    }
    if (!mark.is_right) {
        mark.grade = GRADE_AGAIN;
    } else if (mark.off_minor > 0 || mark.found * 2 < mark.wanted) {
        mark.grade = GRADE_HARD;
    } else {
        mark.grade =
            mark.found == mark.wanted && attempt->percent >= SURE_PERCENT ? GRADE_EASY : GRADE_GOOD;
    }
    return mark;
}
