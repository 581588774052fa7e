/*
 * Edits as somebody writes them: the value under a path of a file, or PATH=VALUE as it is typed.
 *
 * Typed values are not YAML unless they start as a flow value or a quoted text does: so a colon or
 * a number sign in a plain value means nothing, as it means nothing to whoever types it.
 */
#include "case_edit.h"

#include "faults.h"

#include <assert.h>
#include <string.h>

/* Cut a value's standing off its end: "approve@claimed". returns UNKNOWN if there is none. */
static enum standing cut_standing(struct text *text)
{
    size_t at = text->length;
    while (at > 0 && text->at[at - 1] != '@') {
        at--;
    }
    struct text word = {text->at + at, text->length - at};
    for (unsigned i = STANDING_CONTESTED; at > 1 && i <= STANDING_ESTABLISHED; i++) {
        if (text_is(word, standing_name((enum standing)i))) {
            text->length = at - 1;
            return (enum standing)i;
        }
    }
    return STANDING_UNKNOWN;
}

/* Tell whether a value says that the fact is absent, and why. */
static bool is_absence(const struct tree *value, struct text *reason)
{
    *reason = text_of("as if it did not exist");
    if (value->kind != TREE_MAP) {
        return value->form == TREE_PLAIN && tree_is(value, "absent");
    }
    const struct tree *why = tree_find(value, "absent");
    bool is_one = value->count == 1 && why != NULL && why->kind == TREE_SCALAR;
    if (is_one && why->text.length > 0) {
        *reason = why->text;
    }
    return is_one;
}

amicus_status case_edit_of(struct case_edit *out, struct arena *arena, struct text path,
                           const struct tree *value)
{
    assert(out != NULL && arena != NULL);
    assert(value != NULL && (path.at != NULL || path.length == 0));
    *out = (struct case_edit){.kind = CASE_EDIT_SET, .path = path, .value = value};
    out->place = value->key_place.line > 0 ? value->key_place : value->place;
    if (is_absence(value, &out->reason)) {
        out->kind = CASE_EDIT_ABSENT;
        return AMICUS_OK;
    }
    if (value->kind != TREE_SCALAR || value->form != TREE_PLAIN) {
        return AMICUS_OK;
    }
    struct text text = value->text;
    out->standing = (uint8_t)cut_standing(&text);
    if (text_is(text, "unknown")) {
        out->kind = CASE_EDIT_UNSET;
    } else if (out->standing != STANDING_UNKNOWN) {
        struct tree *cut = arena_give(arena, sizeof *cut);
        if (cut == NULL) {
            return AMICUS_MEMORY;
        }
        *cut = *value;
        out->value = cut;
        return text_copy(&cut->text, arena, text);
    }
    return AMICUS_OK;
}

/* Let all nodes of a typed value stand where it was typed. */
/* NOLINTNEXTLINE(misc-no-recursion) */
static void put_place(struct tree *node, struct place place)
{
    node->place = place;
    node->key_place = place;
    for (struct tree *child = node->first; child != NULL; child = child->next) {
        put_place(child, place);
    }
}

/* Make the node of a typed value that is no flow value. */
static amicus_status read_plain(struct tree **out, struct arena *arena, struct text typed,
                                struct place place)
{
    struct tree *node = arena_give(arena, sizeof *node);
    if (node == NULL) {
        return AMICUS_MEMORY;
    }
    node->kind = TREE_SCALAR;
    node->form = TREE_PLAIN;
    put_place(node, place);
    *out = node;
    return text_copy(&node->text, arena, typed);
}

/* Read a flow value or a quoted text by the reader of YAML. */
static amicus_status read_flow(struct tree **out, struct arena *arena, struct text typed,
                               struct faults *faults, struct place place)
{
    amicus_diagnostics *own = NULL;
    const struct tree *root = NULL;
    amicus_status status = amicus_diagnostics_open(&own);
    if (status != AMICUS_OK) {
        return status;
    }
    struct builder builder;
    struct text text;
    builder_start(&builder, arena);
    builder_puts(&builder, "value: ");
    builder_put(&builder, typed);
    status = builder_end(&text, &builder);
    if (status == AMICUS_OK) {
        struct tree_source source = tree_source_of(place.file, text, false);
        status = tree_read_yaml(&root, arena, &source, own);
    }
    struct tree *value = root == NULL || root->kind != TREE_MAP ? NULL : root->first;
    if (status == AMICUS_INVALID || status == AMICUS_LIMIT || (root != NULL && value == NULL)) {
        const amicus_diagnostic *first = amicus_diagnostics_find(own, 0);
        faults_add(faults, "C0183", place, first == NULL ? "write PATH=VALUE" : first->mend,
                   "'%.*s' is no value: %s", SHOWN(typed),
                   first == NULL ? "it is empty" : first->what);
        status = AMICUS_INVALID;
    }
    if (status == AMICUS_OK) {
        put_place(value, place);
        *out = value;
    }
    amicus_diagnostics_close(own);
    return status;
}

amicus_status case_edit_read(struct case_edit *out, struct arena *arena, struct text typed,
                             struct place place, amicus_diagnostics *list)
{
    assert(out != NULL && arena != NULL && list != NULL);
    assert(typed.at != NULL || typed.length == 0);
    struct faults faults = {.list = list};
    const char *equals = typed.length == 0 ? NULL : memchr(typed.at, '=', typed.length);
    struct text path = {typed.at, equals == NULL ? 0 : (size_t)(equals - typed.at)};
    struct text value = {"", 0};
    if (equals != NULL) {
        value = (struct text){equals + 1, typed.length - path.length - 1};
    }
    if (path.length == 0 || value.length == 0) {
        faults_add(&faults, "C0183", place, "write PATH=VALUE, as in M1.held='USD 50.00'",
                   "'%.*s' is no edit", SHOWN(typed));
        return AMICUS_INVALID;
    }
    struct tree *node = NULL;
    bool is_flow = memchr("[{\"'", value.at[0], 4) != NULL;
    amicus_status status = is_flow ? read_flow(&node, arena, value, &faults, place)
                                   : read_plain(&node, arena, value, place);
    if (status == AMICUS_OK) {
        status = case_edit_of(out, arena, path, node);
        out->place = place;
    }
    return status;
}
