/*
 * Paths of a case, from text to what they name.
 *
 * A whole path is resolved word by word: the facts of the root by their whole path, then sections,
 * then a list, the id of a record in it, and a fact of its kind. It costs two or three look-ups. A
 * tail is compared with every stored fact of every record instead, which is what a person's typing
 * may cost and a file's may not; so `absent:` does not take tails.
 *
 * The nearest path to a wrong one is built from what was right: a list that exists and an id that
 * exists are kept, and only the part that fails is searched.
 */
#include "case_path.h"

#include "case_build.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { PATH_BYTES = 500 };

static const struct case_target NOTHING = {RECORD_NONE, FACT_NONE, KIND_NONE, {"", 0}};

struct text case_path_head(struct text path, struct text *rest)
{
    assert(rest != NULL);
    assert(path.at != NULL || path.length == 0);
    const char *dot = path.length == 0 ? NULL : memchr(path.at, '.', path.length);
    if (dot == NULL) {
        *rest = (struct text){"", 0};
        return path;
    }
    struct text head = {path.at, (size_t)(dot - path.at)};
    *rest = (struct text){dot + 1, path.length - head.length - 1};
    return head;
}

/* The name of the list that a first word names: "segments" of "segments[3]". */
static struct text list_of(struct text head)
{
    const char *bracket = head.length == 0 ? NULL : memchr(head.at, '[', head.length);
    return (struct text){head.at, bracket == NULL ? head.length : (size_t)(bracket - head.at)};
}

/* Find the record of a path of a list, and what is left of the path behind it. */
static struct case_target find_member(const struct amicus_case *subject, struct text path)
{
    const struct vocabulary *vocabulary = subject->vocabulary;
    struct case_target target = NOTHING;
    struct text rest;
    struct text head = case_path_head(path, &rest);
    struct text list = list_of(head);
    bool has_place = list.length < head.length;
    uint32_t kind = case_list_kind(vocabulary, list);
    if (kind == KIND_NONE) {
        return target;
    }
    if (!has_place && rest.length == 0) {
        target.record = RECORD_ROOT;
        target.kind = kind;
        return target;
    }
    struct text name = rest;
    struct text id = has_place ? head : case_path_head(rest, &name);
    uint32_t record = case_find(subject, kind, id);
    if (record != RECORD_NONE) {
        target.fact = name.length == 0 ? FACT_NONE : vocabulary_find(vocabulary, kind, name);
        target.record = name.length > 0 && target.fact == FACT_NONE ? RECORD_NONE : record;
    }
    return target;
}

struct case_target case_path_find(const struct amicus_case *subject, struct text path)
{
    assert(subject != NULL && subject->record_count > 0);
    assert(path.at != NULL || path.length == 0);
    struct case_target target = NOTHING;
    if (path.length == 0) {
        return target;
    }
    target.fact = vocabulary_find(subject->vocabulary, KIND_ROOT, path);
    if (target.fact != FACT_NONE) {
        target.record = RECORD_ROOT;
        return target;
    }
    if (case_is_section(subject->vocabulary, path)) {
        target.record = RECORD_ROOT;
        target.section = path;
        return target;
    }
    return find_member(subject, path);
}

/* Tell whether a text ends in another, behind a dot or as a whole. */
static bool ends_in(struct text text, struct text tail)
{
    if (tail.length > text.length) {
        return false;
    }
    size_t before = text.length - tail.length;
    return memcmp(text.at + before, tail.at, tail.length) == 0 &&
           (before == 0 || text.at[before - 1] == '.');
}

/* Tell whether the path of a fact ends in a tail: in its name, or in the record's id and it. */
static bool has_tail(const struct record *record, struct text name, struct text tail)
{
    if (tail.length <= name.length) {
        return ends_in(name, tail);
    }
    return record->kind != KIND_ROOT && tail.length == record->id.length + 1 + name.length &&
           ends_in(tail, name) && memcmp(tail.at, record->id.at, record->id.length) == 0;
}

uint32_t case_path_tails(struct case_target *found, uint32_t room,
                         const struct amicus_case *subject, struct text tail)
{
    assert(found != NULL || room == 0);
    assert(subject != NULL && subject->record_count > 0);
    const struct vocabulary *vocabulary = subject->vocabulary;
    uint32_t count = 0;
    for (uint32_t i = 0; tail.length > 0 && i < subject->record_count; i++) {
        struct fact_list stored = vocabulary_stored(vocabulary, subject->records[i].kind);
        for (uint32_t j = 0; j < stored.count; j++) {
            const struct fact *fact = &vocabulary->facts[stored.facts[j]];
            if (!has_tail(&subject->records[i], fact->name, tail)) {
                continue;
            }
            if (count < room) {
                found[count] = NOTHING;
                found[count].record = i;
                found[count].fact = stored.facts[j];
            }
            count++;
        }
    }
    return count;
}

/* The one record that has an id, or RECORD_NONE if none or several have it. */
static uint32_t only_record(const struct amicus_case *subject, struct text id)
{
    uint32_t found = RECORD_NONE;
    for (uint32_t i = 1; i < subject->record_count; i++) {
        if (text_equal(subject->records[i].id, id)) {
            if (found != RECORD_NONE) {
                return RECORD_NONE;
            }
            found = i;
        }
    }
    return found;
}

/* Find a record that a wrong path names rightly, and the name behind it. */
static uint32_t right_record(const struct amicus_case *subject, struct text path, struct text *name)
{
    struct text rest;
    struct text head = case_path_head(path, &rest);
    struct text list = list_of(head);
    uint32_t kind = case_list_kind(subject->vocabulary, list);
    *name = rest;
    if (kind == KIND_NONE || list.length < head.length) {
        return only_record(subject, head);
    }
    return case_find(subject, kind, case_path_head(rest, name));
}

/* The nearest name of a list or section. */
static struct text nearest_head(const struct vocabulary *vocabulary, struct text head)
{
    struct likeness likeness = likeness_to(head);
    for (uint32_t i = 0; i < vocabulary->root_count; i++) {
        likeness_try(&likeness, vocabulary->roots[i]);
    }
    for (uint32_t i = 0; i < vocabulary->kind_count; i++) {
        if (vocabulary->kinds[i].list.length > 0) {
            likeness_try(&likeness, vocabulary->kinds[i].list);
        }
    }
    return likeness.best;
}

/* The nearest to what a path of no record may mean: a fact of the root, an id, a list. */
static void find_nearest(char *out, size_t bytes, const struct amicus_case *subject,
                         struct text path)
{
    struct text rest;
    struct text head = case_path_head(path, &rest);
    uint32_t kind = case_list_kind(subject->vocabulary, list_of(head));
    struct text nearest = vocabulary_nearest(subject->vocabulary, KIND_ROOT, path);
    struct text name = {"", 0};
    if (kind != KIND_NONE) {
        nearest = map_nearest(subject->ids[kind], case_path_head(rest, &name));
    } else if (nearest.length == 0) {
        nearest = nearest_head(subject->vocabulary, head);
        name = rest;
    }
    if (nearest.length > 0) {
        bool has_list = kind != KIND_NONE;
        (void)snprintf(out, bytes, "%.*s%s%.*s%s%.*s", has_list ? (int)head.length : 0, head.at,
                       has_list ? "." : "", SHOWN(nearest), name.length > 0 ? "." : "",
                       SHOWN(name));
    }
}

void case_path_mend(char *out, size_t bytes, const struct amicus_case *subject, struct text path)
{
    assert(out != NULL && bytes > 0);
    assert(subject != NULL);
    const struct vocabulary *vocabulary = subject->vocabulary;
    char nearest[PATH_BYTES] = "";
    struct text name = {"", 0};
    uint32_t record = path.length == 0 ? RECORD_NONE : right_record(subject, path, &name);
    if (record != RECORD_NONE) {
        const struct record *row = &subject->records[record];
        const struct kind *kind = &vocabulary->kinds[row->kind];
        struct text fact = vocabulary_nearest(vocabulary, row->kind, name);
        bool has_id = kind->id_fact != FACT_NONE;
        if (fact.length > 0) {
            (void)snprintf(nearest, sizeof nearest, "%.*s%s%.*s.%.*s",
                           has_id ? (int)kind->list.length : 0, kind->list.at, has_id ? "." : "",
                           SHOWN(row->id), SHOWN(fact));
        }
    } else if (path.length > 0) {
        find_nearest(nearest, sizeof nearest, subject, path);
    }
    faults_mend_nearest(out, bytes, text_of(text_is(path, nearest) ? "" : nearest),
                        "name a fact (milestones.M1.due_at), a record, a section or a list");
}
