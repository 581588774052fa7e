#include "faults.h"

#include "limit.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* A message of a line or two; more would not be read. */
enum { MESSAGE_BYTES = 800, MEND_BYTES = 400 };

/* Ten times what is shown of one input: enough to say "and n more" of any honest file. */
enum { FAULTS_ENOUGH = 1000 };

/* Keys among which a nearest one is looked for: each costs a table of edits. */
enum { NEAREST_KEYS = 2000 };

void faults_add(struct faults *faults, const char *code, struct place place, const char *mend,
                const char *format, ...)
{
    assert(faults != NULL && faults->list != NULL);
    assert(code != NULL && mend != NULL);
    char what[MESSAGE_BYTES];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    diagnostics_add(faults->list, AMICUS_ERROR, code, place, mend, "%s", what);
    faults->any = true;
    faults->count++;
}

struct text faults_nearest_key(const struct faults *faults, const struct map *map, struct text word)
{
    assert(faults != NULL && map != NULL);
    assert(word.at != NULL || word.length == 0);
    bool is_worth =
        map_count(map) <= NEAREST_KEYS && faults->count < (uint32_t)limit_of(LIMIT_DIAGNOSTICS);
    return is_worth ? map_nearest(map, word) : (struct text){NULL, 0};
}

bool faults_are_enough(const struct faults *faults)
{
    assert(faults != NULL);
    assert(faults->any == (faults->count > 0));
    return faults->count >= FAULTS_ENOUGH;
}

void faults_mend_nearest(char *out, size_t bytes, struct text nearest, const char *otherwise)
{
    assert(out != NULL && bytes > 0);
    assert(otherwise != NULL);
    if (nearest.length == 0) {
        (void)snprintf(out, bytes, "%s", otherwise);
    } else {
        (void)snprintf(out, bytes, "write '%.*s'", SHOWN(nearest));
    }
}

struct text faults_nearest(const char *const *known, struct text word)
{
    assert(known != NULL);
    assert(word.at != NULL || word.length == 0);
    struct likeness likeness = likeness_to(word);
    for (size_t i = 0; known[i] != NULL; i++) {
        likeness_try(&likeness, text_of(known[i]));
    }
    return likeness.best;
}

/* Write the known words, for a mend when none is near. */
static void write_known(char out[MEND_BYTES], const char *const *known)
{
    size_t used = (size_t)snprintf(out, MEND_BYTES, "write one of");
    for (size_t i = 0; known[i] != NULL && used < MEND_BYTES; i++) {
        used +=
            (size_t)snprintf(out + used, MEND_BYTES - used, "%s %s", i == 0 ? "" : ",", known[i]);
    }
}

bool faults_check_keys(struct faults *faults, const struct tree *map, const char *code,
                       const char *const *known)
{
    assert(faults != NULL && map != NULL);
    assert(code != NULL && known != NULL);
    if (map->kind == TREE_FAULT) {
        return false;
    }
    if (map->kind != TREE_MAP) {
        faults_add(faults, code, map->place, "write 'key: value' lines, or {key: value}",
                   "%s stands where a map is wanted", tree_kind_name(map));
        return false;
    }
    for (const struct tree *child = map->first; child != NULL; child = child->next) {
        if (!text_is_among(child->key, known)) {
            char all[MEND_BYTES];
            char mend[MEND_BYTES];
            write_known(all, known);
            faults_mend_nearest(mend, sizeof mend, faults_nearest(known, child->key), all);
            faults_add(faults, code, child->key_place, mend, "unknown key '%.*s'",
                       SHOWN(child->key));
        }
    }
    return true;
}

bool faults_status(struct faults *faults, amicus_status status)
{
    assert(faults != NULL);
    assert((unsigned)status <= AMICUS_INTERNAL);
    if (status != AMICUS_OK && status != AMICUS_INVALID && faults->status == AMICUS_OK) {
        faults->status = status;
    }
    return status == AMICUS_OK;
}
