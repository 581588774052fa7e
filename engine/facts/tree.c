/*
 * Trees of strict texts, and their builder.
 *
 * Children hang in a list, because readers walk them in order and files are read once; only a map
 * with many keys gets an index, and only while it is open, so that a file of 100,000 keys costs
 * linear time to check for duplicates. The index is base's map, which no choice of keys can slow
 * down.
 *
 * What concerns the text as a whole (size, UTF-8, controls, tabs in YAML) is checked before any
 * parser sees it: parsers differ in what they do with such bytes, and this check has one place for
 * both. A fault that leaves the shape of the tree alone (an anchor, a duplicate key) is reported
 * and reading goes on, so that one run shows all faults; a fault that does not (syntax, depth) ends
 * it.
 *
 * Depth is counted when a node opens, nodes when they are made: a bomb is refused before it costs.
 *
 * Invariants: depth <= TREE_DEPTH_MAX; a frame's last child is the end of its list.
 */
#include "tree_build.h"

#include "limit.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* From this many keys on, a map is checked for duplicates by an index. */
enum { INDEXED_KEYS = 12 };

/* Faults after which reading ends: ten times what is shown of one input. */
enum { FAULTS_ENOUGH = 1000 };

/* Characters of a foreign text that a message shows. */
enum { SHOWN_CHARACTERS = 80 };

/* Room for a message: a few words and a text cut to SHOWN_CHARACTERS of up to four bytes. */
enum { MESSAGE_BYTES = 480 };

static void worsen(struct tree_build *build, amicus_status status)
{
    if (build->status == AMICUS_OK || build->status == AMICUS_INVALID) {
        build->status = status;
    }
}

static bool is_small_enough(struct tree_build *build)
{
    if (build->source->bytes.length <= build->source->limit_bytes) {
        return true;
    }
    char what[MESSAGE_BYTES];
    (void)snprintf(what, sizeof what, "the text has %zu bytes; %zu are read at most",
                   build->source->bytes.length, build->source->limit_bytes);
    tree_build_fault(build, "C0102", tree_build_place(build, 0, 0),
                     "split it, or leave out what no rule reads", what);
    worsen(build, AMICUS_LIMIT);
    return false;
}

static bool is_utf8(struct tree_build *build)
{
    struct text bytes = build->source->bytes;
    size_t fault = 0;
    if (text_is_utf8(bytes, &fault)) {
        return true;
    }
    char what[MESSAGE_BYTES];
    (void)snprintf(what, sizeof what, "byte 0x%02x is not UTF-8 here",
                   (unsigned)(unsigned char)bytes.at[fault]);
    tree_build_fault(build, "C0103", tree_build_place_of(build, fault), "save the file as UTF-8",
                     what);
    return false;
}

static bool starts_with(struct text text, const char *prefix)
{
    size_t length = strlen(prefix);
    return text.length >= length && memcmp(text.at, prefix, length) == 0;
}

/* Refuse controls, bidirectional marks and a byte order mark. */
static bool has_clean_characters(struct tree_build *build)
{
    struct text bytes = build->source->bytes;
    if (starts_with(bytes, "\xEF\xBB\xBF")) {
        tree_build_character(build, tree_build_place(build, 1, 1), 0xFEFF);
        return false;
    }
    uint32_t code = 0;
    size_t control = text_find_control(bytes, &code);
    if (control < bytes.length) {
        tree_build_character(build, tree_build_place_of(build, control), code);
        return false;
    }
    return true;
}

/* An escape inside a quoted text can make what the raw text was refused for. */
static bool is_clean(struct tree_build *build, struct text text, struct place place)
{
    uint32_t code = 0;
    if (text_find_control(text, &code) == text.length) {
        return true;
    }
    tree_build_character(build, place, code);
    return false;
}

static bool count_node(struct tree_build *build, struct place place)
{
    if (build->faults >= FAULTS_ENOUGH) {
        return false;
    }
    if (build->nodes < build->source->limit_nodes) {
        build->nodes++;
        return true;
    }
    char what[MESSAGE_BYTES];
    (void)snprintf(what, sizeof what, "more than %zu values", build->source->limit_nodes);
    tree_build_fault(build, "C0108", place, "split the file, or leave out what no rule reads",
                     what);
    worsen(build, AMICUS_LIMIT);
    return false;
}

/* Make a node and hang it under the innermost open one. NULL if reading must stop. */
static struct tree *add_node(struct tree_build *build, enum tree_kind kind, struct place place)
{
    if (!count_node(build, place)) {
        return NULL;
    }
    struct tree *node = arena_give(build->arena, sizeof *node);
    if (node == NULL) {
        worsen(build, AMICUS_MEMORY);
        return NULL;
    }
    node->kind = (uint8_t)kind;
    node->place = place;
    node->key_place = place;
    if (build->depth == 0) {
        build->root = node;
        return node;
    }
    struct tree_frame *frame = &build->frames[build->depth - 1];
    if (frame->node->kind == TREE_MAP) {
        node->key = frame->key;
        node->key_place = frame->key_place;
        frame->has_key = false;
    }
    if (frame->is_dropped) {
        frame->is_dropped = false;
        return node;
    }
    if (frame->last == NULL) {
        frame->node->first = node;
    } else {
        frame->last->next = node;
    }
    frame->last = node;
    frame->node->count++;
    return node;
}

/* The child of an open map that has this key, or NULL. */
static const struct tree *find_key(const struct tree_frame *frame, struct text key)
{
    if (frame->keys != NULL) {
        return map_find(frame->keys, key);
    }
    for (const struct tree *child = frame->node->first; child != NULL; child = child->next) {
        if (text_equal(child->key, key)) {
            return child;
        }
    }
    return NULL;
}

/* Keep the index of a frame in step with its last child. */
static bool index_keys(struct tree_build *build)
{
    struct tree_frame *frame = &build->frames[build->depth - 1];
    if (frame->node->kind != TREE_MAP || frame->node->count < INDEXED_KEYS) {
        return true;
    }
    amicus_status status = AMICUS_OK;
    if (frame->keys != NULL) {
        status = map_put(frame->keys, frame->last->key, frame->last);
    } else {
        status = map_of(&frame->keys, build->arena);
        struct tree *child = frame->node->first;
        while (status == AMICUS_OK && child != NULL) {
            status = map_put(frame->keys, child->key, child);
            child = child->next;
        }
    }
    if (status != AMICUS_OK) {
        worsen(build, status);
    }
    return status == AMICUS_OK;
}

/* The value behind the innermost open node is complete. */
static bool value_is_done(struct tree_build *build)
{
    return build->depth == 0 || index_keys(build);
}

static bool is_short_enough(struct tree_build *build, struct text text, struct place place)
{
    if (text.length <= build->source->limit_scalar_bytes) {
        return true;
    }
    char what[MESSAGE_BYTES];
    (void)snprintf(what, sizeof what, "a single text of %zu bytes; %zu are read at most",
                   text.length, build->source->limit_scalar_bytes);
    tree_build_fault(build, "C0109", place, "keep the passage that matters, and cite the rest",
                     what);
    worsen(build, AMICUS_LIMIT);
    return false;
}

struct tree_source tree_source_of(const char *name, struct text bytes, bool is_json)
{
    struct tree_source source = {
        .name = name == NULL ? "" : name,
        .bytes = bytes,
        .limit_bytes = (size_t)limit_of(is_json ? LIMIT_CASE_JSON_BYTES : LIMIT_CASE_YAML_BYTES),
        .limit_nodes = (size_t)limit_of(is_json ? LIMIT_CASE_JSON_NODES : LIMIT_CASE_YAML_NODES),
        .limit_scalar_bytes = (size_t)limit_of(LIMIT_SCALAR_BYTES),
        .limit_depth = (unsigned)limit_of(LIMIT_CASE_DEPTH),
    };
    assert(bytes.at != NULL || bytes.length == 0);
    assert(source.limit_depth <= TREE_DEPTH_MAX);
    return source;
}

const struct tree *tree_find(const struct tree *map, const char *key)
{
    assert(map != NULL);
    assert(key != NULL);
    if (map->kind != TREE_MAP) {
        return NULL;
    }
    for (const struct tree *child = map->first; child != NULL; child = child->next) {
        if (text_is(child->key, key)) {
            return child;
        }
    }
    return NULL;
}

bool tree_is(const struct tree *node, const char *text)
{
    assert(node != NULL);
    assert(text != NULL);
    return node->kind == TREE_SCALAR && text_is(node->text, text);
}

const char *tree_kind_name(const struct tree *node)
{
    assert(node != NULL);
    assert(node->kind >= TREE_MAP && node->kind <= TREE_FAULT);
    switch ((enum tree_kind)node->kind) {
    case TREE_MAP: return "a map";
    case TREE_LIST: return "a list";
    case TREE_SCALAR: return node->form == TREE_JSON_NUMBER ? "a number" : "a single value";
    case TREE_FAULT: break;
    }
    return "nothing readable";
}

struct text tree_shown(struct text text)
{
    assert(text.at != NULL || text.length == 0);
    size_t bytes = 0;
    for (size_t characters = 0; bytes < text.length && characters < SHOWN_CHARACTERS;) {
        bytes++;
        while (bytes < text.length && ((unsigned char)text.at[bytes] & 0xC0u) == 0x80u) {
            bytes++;
        }
        characters++;
    }
    assert(bytes <= text.length);
    return (struct text){text.at == NULL ? "" : text.at, bytes};
}

bool tree_build_start(struct tree_build *build, struct arena *arena,
                      const struct tree_source *source, amicus_diagnostics *list)
{
    assert(build != NULL && arena != NULL && source != NULL && list != NULL);
    assert(source->name != NULL && source->limit_depth <= TREE_DEPTH_MAX);
    memset(build, 0, sizeof *build);
    build->arena = arena;
    build->list = list;
    build->source = source;
    build->file = arena_copy(arena, source->name, strlen(source->name));
    if (build->file == NULL) {
        build->file = "";
        build->status = AMICUS_MEMORY;
        return false;
    }
    return is_small_enough(build) && is_utf8(build) && has_clean_characters(build);
}

void tree_build_fault(struct tree_build *build, const char *code, struct place place,
                      const char *mend, const char *what)
{
    assert(build != NULL && code != NULL);
    assert(mend != NULL && what != NULL);
    diagnostics_add(build->list, AMICUS_ERROR, code, place, mend, "%s", what);
    worsen(build, AMICUS_INVALID);
    build->faults++;
}

struct place tree_build_place(const struct tree_build *build, size_t line, size_t column)
{
    assert(build != NULL && build->file != NULL);
    assert(line <= UINT32_MAX && column <= UINT32_MAX);
    return (struct place){build->file, (uint32_t)line, (uint32_t)column};
}

struct place tree_build_place_of(const struct tree_build *build, size_t at)
{
    assert(build != NULL);
    struct text bytes = build->source->bytes;
    assert(at <= bytes.length);
    size_t line = 1;
    size_t start = 0;
    for (size_t i = 0; i < at; i++) {
        if (bytes.at[i] == '\n') {
            line++;
            start = i + 1;
        }
    }
    struct text prefix = {bytes.at + start, at - start};
    return tree_build_place(build, line, text_characters(prefix, prefix.length) + 1);
}

void tree_build_character(struct tree_build *build, struct place place, uint32_t code)
{
    assert(build != NULL);
    assert(code <= 0x10FFFF);
    char what[MESSAGE_BYTES];
    (void)snprintf(what, sizeof what, "the character U+%04X must not stand in a text",
                   (unsigned)code);
    tree_build_fault(build, "C0110", place,
                     "delete it; such characters hide or reorder what people read", what);
}

bool tree_build_awaits_key(const struct tree_build *build)
{
    assert(build != NULL);
    assert(build->depth <= TREE_DEPTH_MAX);
    if (build->depth == 0) {
        return false;
    }
    const struct tree_frame *frame = &build->frames[build->depth - 1];
    return frame->node->kind == TREE_MAP && !frame->has_key;
}

/* Say that a key stands twice in one map. */
static void refuse_second(struct tree_build *build, const struct tree *first, struct text key,
                          struct place place)
{
    char what[MESSAGE_BYTES];
    struct text shown = tree_shown(key);
    (void)snprintf(what, sizeof what, "duplicate key '%.*s' (first at %u:%u)", (int)shown.length,
                   shown.at, (unsigned)first->key_place.line, (unsigned)first->key_place.column);
    tree_build_fault(build, "C0107", place, "keep one of the two", what);
}

bool tree_build_key(struct tree_build *build, struct text key, struct place place)
{
    assert(tree_build_awaits_key(build));
    assert(key.at != NULL || key.length == 0);
    struct tree_frame *frame = &build->frames[build->depth - 1];
    const struct tree *first = find_key(frame, key);
    frame->is_dropped = key.length == 0 || first != NULL || text_is(key, "<<");
    if (key.length == 0) {
        tree_build_fault(build, "C0116", place, "name the key, or take the line out",
                         "the key is empty");
    } else if (text_is(key, "<<")) {
        tree_build_fault(build, "C0115", place, "write the keys out",
                         "merge keys ('<<') are not read");
    } else if (first != NULL) {
        refuse_second(build, first, key, place);
    }
    if (!is_short_enough(build, key, place) || !is_clean(build, key, place)) {
        key = tree_shown(key);
    }
    amicus_status status = text_copy(&frame->key, build->arena, key);
    if (status != AMICUS_OK) {
        worsen(build, status);
        return false;
    }
    frame->key_place = place;
    frame->has_key = true;
    return true;
}

bool tree_build_open(struct tree_build *build, enum tree_kind kind, struct place place)
{
    assert(build != NULL);
    assert(kind == TREE_MAP || kind == TREE_LIST);
    if (build->depth >= build->source->limit_depth) {
        char what[MESSAGE_BYTES];
        (void)snprintf(what, sizeof what, "nested more than %u deep", build->source->limit_depth);
        tree_build_fault(build, "C0106", place, "a case needs six levels; flatten this one", what);
        worsen(build, AMICUS_LIMIT);
        return false;
    }
    struct tree *node = add_node(build, kind, place);
    if (node == NULL || !value_is_done(build)) {
        return false;
    }
    struct tree_frame *frame = &build->frames[build->depth];
    memset(frame, 0, sizeof *frame);
    frame->node = node;
    build->depth++;
    return true;
}

void tree_build_close(struct tree_build *build)
{
    assert(build != NULL);
    assert(build->depth > 0 && build->depth <= TREE_DEPTH_MAX);
    build->depth--;
}

bool tree_build_scalar(struct tree_build *build, struct text text, enum tree_form form,
                       struct place place)
{
    assert(build != NULL);
    assert(text.at != NULL || text.length == 0);
    /* What is not quoted holds no escapes, and was clean as a whole. */
    if (!is_short_enough(build, text, place) ||
        (form == TREE_QUOTED && !is_clean(build, text, place))) {
        return tree_build_nothing(build, place);
    }
    struct tree *node = add_node(build, TREE_SCALAR, place);
    if (node == NULL) {
        return false;
    }
    node->form = (uint8_t)form;
    amicus_status status = text_copy(&node->text, build->arena, text);
    if (status != AMICUS_OK) {
        worsen(build, status);
        return false;
    }
    return value_is_done(build);
}

bool tree_build_nothing(struct tree_build *build, struct place place)
{
    assert(build != NULL);
    assert(build->depth <= TREE_DEPTH_MAX);
    return add_node(build, TREE_FAULT, place) != NULL && value_is_done(build);
}
