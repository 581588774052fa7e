/*
 * How a message is read.
 *
 * A jail runs a stranger's script, so its answer may be anything. The reader is a cursor that can
 * only move forward, over bytes whose number is known; every length and count is held against what
 * is left before anything is given for it, and the values of all counts together are bounded, so a
 * short message cannot ask for much memory. The first fault ends the reading: a message that is
 * wrong in one place is not a message with a fault but no message, and nothing of it is used.
 *
 * The shapes of the symbolic nodes stand in one table, as patterns. What passes has the operands
 * that the compiler expects; the compiler asserts it and reports only faults of policy.
 *
 * Cost: one pass, one allocation a list. Depth is bounded, so recursion is.
 */
#include "message_read.h"

#include "limit.h"

#include <assert.h>
#include <string.h>

/* Values of one message: a rule has some hundred, and a file a few hundred rules. */
#define VALUES_MAX 1000000u

/* Lists, maps and the operands that wrap a condition lie between its levels. */
#define DEPTH_EXTRA 16u

/*
 * The operands of a node, one letter each; a star repeats the letter before it, also not at all.
 *   e  an expression or condition: true, false, a number, a text or a node
 *   E  a node            o  a node, or not given
 *   x  as e, or not given
 *   i  a number          s  a text             l  a list of expressions
 *   v  a node VAR, or not given
 */
static const char *const SHAPES[] = {
    [SYMBOL_VAR] = "i",
    [SYMBOL_PATH] = "vs",
    [SYMBOL_PARAM] = "so",
    [SYMBOL_ISSUE] = "sso",
    [SYMBOL_DURATION] = "is",
    [SYMBOL_MONEY] = "s",
    [SYMBOL_BPS] = "i",
    [SYMBOL_CLOCK] = "s",
    [SYMBOL_IS] = "ee",
    [SYMBOL_IS_NOT] = "ee",
    [SYMBOL_ONE_OF] = "el",
    [SYMBOL_LESS_THAN] = "ee",
    [SYMBOL_AT_MOST] = "ee",
    [SYMBOL_MORE_THAN] = "ee",
    [SYMBOL_AT_LEAST] = "ee",
    [SYMBOL_BEFORE] = "ee",
    [SYMBOL_AFTER] = "ee",
    [SYMBOL_WITHIN] = "eee",
    [SYMBOL_HAS] = "Es",
    [SYMBOL_HAS_ONLY] = "El",
    [SYMBOL_KNOWN] = "E",
    [SYMBOL_ABSENT] = "E",
    [SYMBOL_CONTESTED] = "E",
    [SYMBOL_AT_STANDING] = "Es",
    [SYMBOL_ALL] = "e*",
    [SYMBOL_ANY] = "e*",
    [SYMBOL_NO] = "e*",
    [SYMBOL_SOME] = "siox",
    [SYMBOL_EVERY] = "siox",
    [SYMBOL_COUNT] = "sio",
    [SYMBOL_SUM] = "sioe",
    [SYMBOL_EARLIEST] = "sioEx",
    [SYMBOL_LATEST] = "sioEx",
    [SYMBOL_LARGEST] = "sioe",
    [SYMBOL_COVERED_DAYS] = "sioeeee",
    [SYMBOL_ADD] = "ee",
    [SYMBOL_SUBTRACT] = "ee",
    [SYMBOL_MULTIPLY] = "ee",
    [SYMBOL_MIN] = "eee*",
    [SYMBOL_MAX] = "eee*",
    [SYMBOL_SHARE] = "eee",
    [SYMBOL_DAYS_BETWEEN] = "ee",
    [SYMBOL_BUSINESS_DAYS_BETWEEN] = "ee",
    [SYMBOL_CHOOSE] = "eex*",
    [SYMBOL_FIRST_KNOWN] = "ee*",
    [SYMBOL_TIME_BETWEEN] = "ee",
    [SYMBOL_PREDICATE] = "il",
};
#define SHAPES_COUNT (sizeof SHAPES / sizeof SHAPES[0])

static const char *const KINDS[] = {"source", "provision", "calendar", "param",    "issue", "fact",
                                    "rule",   "undercut",  "remedy",   "fallback", "flag",  NULL};

/* The cursor. The first fault is kept in `fault`; after it nothing moves. */
struct reader {
    const char *at;
    size_t left;
    size_t values; /* given so far */
    struct arena *arena;
    const char *fault; /* what is wrong, or NULL */
    amicus_status status;
};

static bool refuse(struct reader *reader, const char *fault)
{
    if (reader->fault == NULL && reader->status == AMICUS_OK) {
        reader->fault = fault;
        reader->status = AMICUS_INVALID;
    }
    reader->left = 0;
    return false;
}

static void *give(struct reader *reader, size_t count, size_t each_bytes)
{
    void *memory = arena_give_array(reader->arena, count, each_bytes);
    if (memory == NULL) {
        reader->status = AMICUS_MEMORY;
        reader->left = 0;
    }
    return memory;
}

static bool read_byte(struct reader *reader, uint8_t *out)
{
    if (reader->left < 1) {
        return refuse(reader, "it ends in the middle");
    }
    *out = (uint8_t)*reader->at;
    reader->at += 1;
    reader->left -= 1;
    return true;
}

/* Little-endian, of 4 or 8 bytes. */
static bool read_number(struct reader *reader, unsigned bytes, uint64_t *out)
{
    if (reader->left < bytes) {
        return refuse(reader, "it ends in the middle of a number");
    }
    *out = text_number((struct text){reader->at, reader->left}, 0, bytes);
    reader->at += bytes;
    reader->left -= bytes;
    return true;
}

static bool read_u32(struct reader *reader, uint32_t *out)
{
    uint64_t number = 0;
    bool is_read = read_number(reader, 4, &number);
    *out = (uint32_t)number;
    return is_read;
}

static bool read_i64(struct reader *reader, int64_t *out)
{
    uint64_t number = 0;
    if (!read_number(reader, 8, &number)) {
        return false;
    }
    memcpy(out, &number, sizeof number);
    return true;
}

/* The bytes of a string behind its 'S'. */
static bool read_text_rest(struct reader *reader, struct text *out)
{
    uint32_t length = 0;
    if (!read_u32(reader, &length)) {
        return false;
    }
    if (length > reader->left) {
        return refuse(reader, "a text is longer than what is left");
    }
    if (length > limit_of(LIMIT_TEXT_BYTES)) {
        return refuse(reader, "a text is longer than a rule's text may be");
    }
    out->at = reader->at;
    out->length = length;
    if (!text_is_utf8(*out, NULL)) {
        return refuse(reader, "a text is not UTF-8");
    }
    if (text_find_control(*out, NULL) != length) {
        return refuse(reader, "a text holds a control or bidirectional character");
    }
    reader->at += length;
    reader->left -= length;
    return true;
}

static bool read_text(struct reader *reader, struct text *out)
{
    uint8_t tag = 0;
    if (!read_byte(reader, &tag)) {
        return false;
    }
    return tag == 'S' ? read_text_rest(reader, out) : refuse(reader, "a text is missing");
}

/* The count of what follows; every one of them takes a byte at least. */
static bool read_count(struct reader *reader, struct datum *out)
{
    if (!read_u32(reader, &out->count)) {
        return false;
    }
    if (out->count > reader->left) {
        return refuse(reader, "a count is larger than what is left");
    }
    if (out->count > VALUES_MAX - reader->values) {
        return refuse(reader, "it holds too many values");
    }
    reader->values += out->count;
    return true;
}

static bool is_expression(const struct datum *datum)
{
    return datum->tag == DATUM_NODE || datum->tag == DATUM_TRUE || datum->tag == DATUM_FALSE ||
           datum->tag == DATUM_INT || datum->tag == DATUM_TEXT;
}

static bool is_list_of_expressions(const struct datum *datum)
{
    if (datum->tag != DATUM_LIST) {
        return false;
    }
    for (uint32_t i = 0; i < datum->count; i++) {
        if (!is_expression(&datum->as.items[i])) {
            return false;
        }
    }
    return true;
}

static bool fits(char letter, const struct datum *datum)
{
    bool is_given = datum->tag != DATUM_NIL;
    switch (letter) {
    case 'e': return is_expression(datum);
    case 'x': return !is_given || is_expression(datum);
    case 'E': return datum->tag == DATUM_NODE;
    case 'o': return !is_given || datum->tag == DATUM_NODE;
    case 'i': return datum->tag == DATUM_INT;
    case 's': return datum->tag == DATUM_TEXT;
    case 'l': return is_list_of_expressions(datum);
    case 'v': return !is_given || (datum->tag == DATUM_NODE && datum->op == SYMBOL_VAR);
    default: assert(!"a letter of SHAPES is unknown"); return false;
    }
}

/* Operands may be fewer than the shape has letters where those left may be not given. */
static bool has_shape(const struct datum *node)
{
    const char *shape = SHAPES[node->op];
    for (uint32_t i = 0; i < node->count; i++) {
        if (*shape == '\0' || !fits(*shape, &node->as.items[i])) {
            return false;
        }
        shape += shape[1] == '*' ? 0 : 1;
    }
    while (*shape != '\0') {
        bool may_be_left_out = shape[1] == '*' || *shape == 'o' || *shape == 'x';
        if (!may_be_left_out) {
            return false;
        }
        shape += shape[1] == '*' ? 2 : 1;
    }
    return true;
}

static bool read_value(struct reader *reader, struct datum *out, unsigned depth);

static bool read_items(struct reader *reader, struct datum *out, unsigned depth)
{
    struct datum *items = give(reader, out->count, sizeof *items);
    if (items == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < out->count; i++) {
        if (!read_value(reader, &items[i], depth)) {
            return false;
        }
    }
    out->as.items = items;
    return true;
}

static bool read_map(struct reader *reader, struct datum *out, unsigned depth)
{
    out->tag = DATUM_MAP;
    if (!read_u32(reader, &out->line) || !read_count(reader, out)) {
        return false;
    }
    struct datum_entry *entries = give(reader, out->count, sizeof *entries);
    if (entries == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < out->count; i++) {
        if (!read_text(reader, &entries[i].key) || !read_value(reader, &entries[i].value, depth)) {
            return false;
        }
        if (i > 0 && text_order(entries[i - 1].key, entries[i].key) >= 0) {
            return refuse(reader, "keys are not in order, or one stands there twice");
        }
    }
    out->as.entries = entries;
    return true;
}

static bool read_node(struct reader *reader, struct datum *out, unsigned depth)
{
    out->tag = DATUM_NODE;
    if (!read_u32(reader, &out->line) || !read_byte(reader, &out->op)) {
        return false;
    }
    if (out->op >= SHAPES_COUNT || SHAPES[out->op] == NULL) {
        return refuse(reader, "an operator is unknown");
    }
    if (!read_count(reader, out) || !read_items(reader, out, depth)) {
        return false;
    }
    return has_shape(out) ? true : refuse(reader, "an operator has operands that do not fit it");
}

static bool read_value(struct reader *reader, struct datum *out, unsigned depth)
{
    if (depth == 0) {
        return refuse(reader, "it is nested too deeply");
    }
    uint8_t tag = 0;
    if (!read_byte(reader, &tag)) {
        return false;
    }
    switch (tag) {
    case 'N': out->tag = DATUM_NIL; return true;
    case 'T': out->tag = DATUM_TRUE; return true;
    case 'F': out->tag = DATUM_FALSE; return true;
    case 'I': out->tag = DATUM_INT; return read_i64(reader, &out->as.n);
    case 'S': out->tag = DATUM_TEXT; return read_text_rest(reader, &out->as.text);
    case 'L':
        out->tag = DATUM_LIST;
        return read_u32(reader, &out->line) && read_count(reader, out) &&
               read_items(reader, out, depth - 1);
    case 'M': return read_map(reader, out, depth - 1);
    case 'E': return read_node(reader, out, depth - 1);
    default: return refuse(reader, "a value is of no known form");
    }
}

/* A table with an array part alone comes as a list: as if it had come under the key "#". */
static bool as_map(struct reader *reader, struct datum *value)
{
    if (value->tag == DATUM_MAP) {
        return true;
    }
    if (value->tag != DATUM_LIST) {
        return refuse(reader, "a declaration is no table");
    }
    struct datum_entry *entry = give(reader, 1, sizeof *entry);
    if (entry == NULL) {
        return false;
    }
    entry->key = text_of("#");
    entry->value = *value;
    value->tag = DATUM_MAP;
    value->count = value->count > 0 ? 1 : 0;
    value->as.entries = entry;
    return true;
}

static bool read_declaration(struct reader *reader, struct declaration *out)
{
    if (!read_u32(reader, &out->line) || !read_text(reader, &out->kind) ||
        !read_text(reader, &out->id)) {
        return false;
    }
    if (!text_is_among(out->kind, KINDS)) {
        return refuse(reader, "a declaration is of no known kind");
    }
    unsigned depth = (unsigned)limit_of(LIMIT_CONDITION_DEPTH) + DEPTH_EXTRA;
    if (!read_value(reader, &out->value, depth)) {
        return false;
    }
    return as_map(reader, &out->value);
}

static bool read_failure(struct reader *reader, struct message *out)
{
    if (!read_u32(reader, &out->line) || !read_byte(reader, &out->failure) ||
        !read_text(reader, &out->what) || !read_text(reader, &out->mend)) {
        return false;
    }
    bool is_reason = out->failure >= FAILURE_LUA && out->failure <= FAILURE_LIMIT;
    return is_reason ? true : refuse(reader, "a failure has an unknown reason");
}

static bool read_declarations(struct reader *reader, struct message *out)
{
    struct declaration *items = NULL;
    size_t capacity = 0;
    for (uint8_t tag = 'D'; tag == 'D';) {
        if (out->count > limit_of(LIMIT_RULES)) {
            return refuse(reader, "it declares too much");
        }
        void *moved = items;
        if (arena_grow(reader->arena, &moved, &capacity, out->count, sizeof *items) != AMICUS_OK) {
            reader->status = AMICUS_MEMORY;
            return false;
        }
        items = moved;
        memset(&items[out->count], 0, sizeof *items);
        if (!read_declaration(reader, &items[out->count])) {
            return false;
        }
        out->count += 1;
        out->declarations = items;
        if (!read_byte(reader, &tag)) {
            return false;
        }
        if (tag != 'D') {
            return tag == 'Z' ? true : refuse(reader, "a declaration is of no known form");
        }
    }
    return true;
}

static bool read_all(struct reader *reader, struct message *out)
{
    static const char MAGIC[] = {'A', 'M', 'R', '1'};
    if (reader->left < sizeof MAGIC || memcmp(reader->at, MAGIC, sizeof MAGIC) != 0) {
        return refuse(reader, "it does not begin as one");
    }
    reader->at += sizeof MAGIC;
    reader->left -= sizeof MAGIC;
    uint8_t tag = 0;
    if (!read_byte(reader, &tag)) {
        return false;
    }
    uint8_t end = 'Z';
    if (tag == 'D') {
        if (!read_declarations(reader, out)) {
            return false;
        }
    } else if (tag == 'X') {
        if (!read_failure(reader, out) || !read_byte(reader, &end)) {
            return false;
        }
    } else {
        end = tag;
    }
    if (end != 'Z') {
        return refuse(reader, "it has no end");
    }
    return reader->left == 0 ? true : refuse(reader, "bytes stand behind its end");
}

amicus_status message_read(struct message *out, struct text bytes, const char *file,
                           struct arena *arena, amicus_diagnostics *list)
{
    assert(out != NULL && file != NULL);
    assert(arena != NULL && list != NULL);
    struct reader reader = {.at = bytes.at, .left = bytes.length, .arena = arena};
    memset(out, 0, sizeof *out);
    bool is_small = bytes.length <= (size_t)limit_of(LIMIT_JAIL_ANSWER_BYTES);
    bool is_read = is_small ? read_all(&reader, out) : refuse(&reader, "it is too long");
    if (is_read) {
        return AMICUS_OK;
    }
    memset(out, 0, sizeof *out);
    if (reader.status == AMICUS_INVALID) {
        struct place place = {file, 0, 0};
        diagnostics_add(list, AMICUS_ERROR, "P0106", place,
                        "run it again; if it comes back, do not trust this script",
                        "the jail's answer is not a message: %s", reader.fault);
    }
    return reader.status;
}

const struct datum *datum_find(const struct datum *map, const char *key)
{
    assert(map != NULL && map->tag == DATUM_MAP);
    assert(key != NULL);
    for (uint32_t i = 0; i < map->count; i++) {
        if (text_is(map->as.entries[i].key, key)) {
            return &map->as.entries[i].value;
        }
    }
    return NULL;
}
