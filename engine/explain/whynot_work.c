/*
 * What the files of why-not share: branches, verdicts that are counts, the conditions of a trace.
 */
#include "whynot_work.h"

#include "exhibit.h"

#include <assert.h>
#include <string.h>

/* Records that a reader is shown of one declaration. */
static const uint32_t RECORDS_MOST = 8;
static const uint32_t NAMES_MOST = 3;

void whynot_fail(struct whynot_work *work, amicus_status status)
{
    assert(work != NULL);
    assert(status != AMICUS_OK);
    if (work->grounds.status == AMICUS_OK) {
        work->grounds.status = status;
    }
}

struct branch *whynot_declared(struct whynot_work *work, const char *kind, struct text name,
                               struct text says)
{
    assert(work != NULL);
    assert(kind != NULL);
    struct branch *branch = outline_add(work->outline, &work->outline->root, kind);
    work->found = true;
    branch->name = name;
    branch->state = text_of(kind);
    branch->ink = INK_HEAD;
    branch->says = outline_visible(work->outline, says);
    return branch;
}

void whynot_origin(struct whynot_work *work, struct branch *branch, text_at clause,
                   struct origin origin)
{
    assert(work != NULL);
    assert(branch != NULL);
    branch->clause = image_text(work->image, clause);
    branch->place = exhibit_origin(work->outline->arena, work->image, origin);
}

struct text whynot_state(const struct whynot_work *work, const char *code)
{
    static const char *const WORDS[][2] = {{"not_applied", "did not apply"},
                                           {"not_held", "does not hold"},
                                           {"not_asked", "not asked"}};
    assert(work != NULL);
    assert(code != NULL);
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0] && work->grounds.is_brief; i++) {
        if (text_is(text_of(code), WORDS[i][0])) {
            return text_of(WORDS[i][1]);
        }
    }
    return text_of(code);
}

/* Tell whether two texts are the same but for the names of two records. */
static bool is_same_text(struct text a, struct text a_name, struct text b, struct text b_name)
{
    size_t i = 0;
    size_t j = 0;
    while (i < a.length && j < b.length) {
        const bool is_name = a.length - i >= a_name.length && b.length - j >= b_name.length &&
                             memcmp(a.at + i, a_name.at, a_name.length) == 0 &&
                             memcmp(b.at + j, b_name.at, b_name.length) == 0;
        if (!is_name && a.at[i] != b.at[j]) {
            return false;
        }
        i += is_name ? a_name.length : 1;
        j += is_name ? b_name.length : 1;
    }
    return i == a.length && j == b.length;
}

/* Tell whether two branches say the same of two records. As deep as the outline, which is built by
 * hand. NOLINTNEXTLINE(misc-no-recursion) */
static bool is_same_story(const struct branch *a, struct text a_name, const struct branch *b,
                          struct text b_name)
{
    if (!text_equal(a->state, b->state) || !is_same_text(a->says, a_name, b->says, b_name) ||
        !is_same_text(a->name, a_name, b->name, b_name)) {
        return false;
    }
    const struct branch *a_child = a->first;
    const struct branch *b_child = b->first;
    while (a_child != NULL && b_child != NULL && is_same_story(a_child, a_name, b_child, b_name)) {
        a_child = a_child->next;
        b_child = b_child->next;
    }
    return a_child == NULL && b_child == NULL;
}

/* Name a branch after all records of which it says the same. */
static struct text folded_name(struct whynot_work *work, const struct branch *first, uint32_t count)
{
    struct builder builder;
    builder_start(&builder, work->outline->arena);
    const uint32_t shown = count > NAMES_MOST ? 1 : count;
    const struct branch *at = first;
    for (uint32_t i = 0; i < shown; i++, at = at->next) {
        builder_puts(&builder, i > 0 ? ", " : "");
        builder_put(&builder, at->name);
    }
    if (shown < count) {
        builder_putf(&builder, " and %u more", (unsigned)(count - shown));
    }
    return outline_text(work->outline, &builder);
}

/* Make one branch of neighbours that say the same. */
static void fold(struct whynot_work *work, struct branch *parent)
{
    for (struct branch *at = parent->first; at != NULL; at = at->next) {
        struct branch *next = at->next;
        uint32_t count = 1;
        while (next != NULL && is_same_story(at, at->name, next, next->name)) {
            next = next->next;
            count++;
        }
        if (count > 1) {
            at->name = folded_name(work, at, count);
            at->next = next;
            parent->last = next == NULL ? at : parent->last;
        }
    }
}

void whynot_cap(struct whynot_work *work, struct branch *parent)
{
    assert(work != NULL);
    assert(parent != NULL);
    if (!work->grounds.is_brief) {
        return;
    }
    fold(work, parent);
    outline_trim(work->outline, parent, RECORDS_MOST);
}

struct branch *whynot_on(struct whynot_work *work, struct branch *parent, uint32_t record,
                         const char *state, enum ink ink)
{
    assert(work != NULL && parent != NULL);
    assert(record < work->ruling->subject->record_count);
    struct branch *branch = outline_add(work->outline, parent, "on");
    branch->name = record == RECORD_ROOT
                       ? text_of("case")
                       : outline_visible(work->outline, work->ruling->subject->records[record].id);
    if (branch->name.length == 0) {
        struct builder builder;
        builder_start(&builder, work->outline->arena);
        case_write_record(&builder, work->ruling->subject, record);
        branch->name = outline_text(work->outline, &builder);
    }
    branch->state = whynot_state(work, state);
    branch->ink = ink;
    return branch;
}

void whynot_nowhere(struct whynot_work *work, struct branch *parent)
{
    assert(work != NULL);
    assert(parent != NULL);
    if (parent->first == NULL) {
        struct branch *branch = outline_add(work->outline, parent, "on");
        branch->name = text_of("case");
        branch->state = whynot_state(work, "not_asked");
        branch->ink = INK_FAINT;
        branch->says = text_of("The case holds no record that it speaks of.");
    }
}

struct grounds_count whynot_obstacles(const struct whynot_work *work, const struct trace *trace)
{
    assert(work != NULL);
    assert(trace != NULL);
    struct grounds_count count = {0, 0};
    if (trace->when != NULL) {
        count = grounds_count(work->image, trace->when, true);
    }
    if (trace->unless != NULL && trace->unless->is_needed) {
        const struct grounds_count unless = grounds_count(work->image, trace->unless, false);
        count.parts += unless.parts;
        count.obstacles += unless.obstacles;
    }
    return count;
}

/* "2 of its 3 conditions are not met." */
struct text whynot_count(struct whynot_work *work, const struct trace *trace)
{
    assert(work != NULL);
    assert(trace != NULL);
    const struct grounds_count count = whynot_obstacles(work, trace);
    if (count.parts == 1) {
        return text_of("Its condition is not met.");
    }
    return outline_putf(work->outline, "%u of its %u conditions %s not met.",
                        (unsigned)count.obstacles, (unsigned)count.parts,
                        count.obstacles == 1 ? "is" : "are");
}

void whynot_conditions(struct whynot_work *work, struct branch *parent, const struct trace *trace)
{
    assert(work != NULL && parent != NULL);
    assert(trace != NULL);
    if (trace->when != NULL) {
        grounds_add_parts(&work->grounds, parent, trace->when, true);
    }
    if (trace->unless != NULL) {
        struct branch *unless = outline_add(work->outline, parent, "unless");
        unless->state = text_of("unless");
        unless->ink = INK_PLAIN;
        grounds_add_parts(&work->grounds, unless, trace->unless, false);
    }
}
