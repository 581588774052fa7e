#include "fields.h"

#include <assert.h>

struct text field_text(struct faults *faults, const struct tree *map, const char *key,
                       const char *code, bool is_needed)
{
    assert(faults != NULL && map != NULL);
    assert(key != NULL && code != NULL);
    const struct tree *child = tree_find(map, key);
    if (child == NULL && is_needed) {
        faults_add(faults, code, map->place, "add it", "'%s' is missing here", key);
    }
    if (child == NULL || child->kind == TREE_FAULT) {
        return (struct text){"", 0};
    }
    if (child->kind != TREE_SCALAR) {
        faults_add(faults, code, child->place, "write one value",
                   "%s stands where '%s' wants a single value", tree_kind_name(child), key);
        return (struct text){"", 0};
    }
    return child->text;
}

bool field_flag(struct faults *faults, const struct tree *map, const char *key, const char *code,
                bool fallback)
{
    assert(faults != NULL && map != NULL);
    assert(key != NULL && code != NULL);
    const struct tree *child = tree_find(map, key);
    if (child == NULL || child->kind == TREE_FAULT) {
        return fallback;
    }
    if (!tree_is(child, "true") && !tree_is(child, "false")) {
        faults_add(faults, code, child->place, "write true or false",
                   "'%s' is neither true nor false", key);
    }
    return tree_is(child, "true");
}

const struct tree *field_list(struct faults *faults, const struct tree *map, const char *key,
                              const char *code)
{
    assert(faults != NULL && map != NULL);
    assert(key != NULL && code != NULL);
    const struct tree *child = tree_find(map, key);
    if (child == NULL || child->kind == TREE_FAULT) {
        return NULL;
    }
    if (child->kind != TREE_LIST) {
        faults_add(faults, code, child->place, "write a list", "%s stands where '%s' wants a list",
                   tree_kind_name(child), key);
        return NULL;
    }
    return child;
}

bool field_is_word(struct text text)
{
    assert(text.at != NULL || text.length == 0);
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.at[i];
        bool is_letter = byte >= 'a' && byte <= 'z';
        bool is_other = (byte >= '0' && byte <= '9') || byte == '_';
        if (!is_letter && (i == 0 || !is_other)) {
            return false;
        }
    }
    return text.length > 0;
}
