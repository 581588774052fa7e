/*
 * The message of a jail, written.
 *
 * A declaration is written when it is made, so what a script does to its tables later changes
 * nothing. Keys go in the order of their bytes, so the same declaration always gives the same
 * bytes. A table with names and items is a map whose items stand under "#".
 *
 * The parent checks all of it again; what is refused here is refused for the sake of a message that
 * knows the line. The whole is bounded by LIMIT_JAIL_ANSWER_BYTES, so a condition that is shared
 * many times over cannot swell without end, and the recursion by LIMIT_CONDITION_DEPTH.
 */
#include "message_write.h"

#include "limit.h"
#include "lua_symbol.h"
#include "lua_table.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* Under this key stand the items of a table that has names too. */
#define ITEMS_KEY "#"

/* Room that the end of the message needs. */
#define TAIL_BYTES 16

/* The limit of a message, enforced at every value. */
static void check_size(lua_State *L, size_t more_bytes)
{
    const struct run *run = run_of(L);
    if (run->message.length + more_bytes + TAIL_BYTES > (size_t)limit_of(LIMIT_JAIL_ANSWER_BYTES)) {
        run_fail(L, FAILURE_LIMIT,
                 "split the file, and look for conditions that contain each "
                 "other many times",
                 "the file declares more than %lld bytes",
                 (long long)limit_of(LIMIT_JAIL_ANSWER_BYTES));
    }
}

static void put_u32(struct builder *builder, uint32_t number)
{
    builder_put_number(builder, number, 4);
}

static void put_string(struct builder *builder, struct text text)
{
    builder_putc(builder, 'S');
    put_u32(builder, (uint32_t)text.length);
    builder_put(builder, text);
}

static _Noreturn void fail_in(lua_State *L, enum failure reason, const char *mend, const char *what)
{
    const struct run *run = run_of(L);
    run_fail(L, reason, mend, "%s \"%.80s\" %s", run->declaring_kind, run->declaring_id, what);
}

static void check_text(lua_State *L, struct text text)
{
    if (text.length > (size_t)limit_of(LIMIT_TEXT_BYTES)) {
        fail_in(L, FAILURE_LIMIT, "shorten it", "holds a text over its limit of bytes");
    }
    if (!text_is_utf8(text, NULL)) {
        fail_in(L, FAILURE_USE, "write characters, not bytes such as \\xff",
                "holds a text that is not UTF-8");
    }
    if (text_find_control(text, NULL) != text.length) {
        fail_in(L, FAILURE_USE, "leave out escapes such as \\27, and marks of writing direction",
                "holds a text with a control character or a mark of writing direction");
    }
}

static void write_text(lua_State *L, int index)
{
    struct text text = {NULL, 0};
    text.at = lua_tolstring(L, index, &text.length);
    run_charge(L, text.length / 16);
    check_text(L, text);
    check_size(L, text.length + 8);
    put_string(&run_of(L)->message, text);
}

/* Count the items 1 .. n of a table; raises if there is a hole, or a key that is no field. */
static lua_Integer count_items(lua_State *L, int keys)
{
    lua_Integer items = 0;
    for (lua_Integer i = 1; lua_rawgeti(L, keys, i) == LUA_TNUMBER; i++) {
        if (lua_tointeger(L, -1) != i) {
            fail_in(L, FAILURE_USE,
                    "an item of a list is nil: look for a misspelt field, or a function without "
                    "`return`",
                    "holds a list with a hole");
        }
        lua_pop(L, 1);
        items++;
    }
    lua_pop(L, 1);
    return items;
}

/* write_value and its parts call each other, down to LIMIT_CONDITION_DEPTH. */
static void write_value(lua_State *L, int index, int depth);

static void write_items(lua_State *L, int table, lua_Integer count, int depth)
{
    struct builder *message = &run_of(L)->message;
    builder_putc(message, 'L');
    put_u32(message, run_line(L));
    put_u32(message, (uint32_t)count);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, table, i);
        write_value(L, lua_gettop(L), depth);
        lua_pop(L, 1);
    }
}

static void write_field(lua_State *L, int table, int depth)
{
    struct text name = {NULL, 0};
    name.at = lua_tolstring(L, -1, &name.length);
    if (!symbol_is_word(name)) {
        fail_in(L, FAILURE_USE, "fields are plain words", "holds a field with no proper name");
    }
    put_string(&run_of(L)->message, name);
    lua_pushvalue(L, -1);
    lua_rawget(L, table);
    write_value(L, lua_gettop(L), depth);
    lua_pop(L, 1);
}

static void write_map(lua_State *L, int table, int keys, int depth)
{
    struct builder *message = &run_of(L)->message;
    lua_Integer items = count_items(L, keys);
    lua_Integer fields = (lua_Integer)lua_rawlen(L, keys) - items;
    builder_putc(message, 'M');
    put_u32(message, run_line(L));
    put_u32(message, (uint32_t)(fields + (items > 0 ? 1 : 0)));
    if (items > 0) {
        struct text key = TEXT(ITEMS_KEY);
        put_string(message, key);
        write_items(L, table, items, depth);
    }
    for (lua_Integer i = items + 1; i <= items + fields; i++) {
        lua_rawgeti(L, keys, i);
        write_field(L, table, depth);
        lua_pop(L, 1);
    }
}

/* A table inside a declaration: a list if it has no names. */
static void write_table(lua_State *L, int table, int depth)
{
    table_push_keys(L, table);
    int keys = lua_gettop(L);
    lua_Integer count = (lua_Integer)lua_rawlen(L, keys);
    bool is_list = lua_rawgeti(L, keys, count) != LUA_TSTRING;
    lua_pop(L, 1);
    if (is_list && count_items(L, keys) == count) {
        write_items(L, table, count, depth);
    } else {
        write_map(L, table, keys, depth);
    }
    lua_pop(L, 1);
}

static void write_node(lua_State *L, int index, int depth)
{
    const struct proxy *node = symbol_at(L, index);
    struct builder *message = &run_of(L)->message;
    if (node->kind != PROXY_NODE) {
        symbol_use(L, index, run_of(L)->declaring_kind); /* raises with what to write */
        return;
    }
    symbol_used(L, node->pending);
    builder_putc(message, 'E');
    put_u32(message, node->line);
    builder_putc(message, (char)node->op);
    put_u32(message, node->count);
    for (int i = 1; i <= node->count; i++) {
        lua_getiuservalue(L, index, i);
        write_value(L, lua_gettop(L), depth);
        lua_pop(L, 1);
    }
}

static void write_number(lua_State *L, int index)
{
    if (!lua_isinteger(L, index)) {
        fail_in(L, FAILURE_USE, "numbers are whole; write shares as share(amount, num, den)",
                "holds a number with a fraction");
    }
    builder_putc(&run_of(L)->message, 'I');
    builder_put_number(&run_of(L)->message, (uint64_t)lua_tointeger(L, index), 8);
}

static void write_value(lua_State *L, int index, int depth)
{
    if (depth > limit_of(LIMIT_CONDITION_DEPTH)) {
        fail_in(L, FAILURE_LIMIT, "name parts of it as facts or issues of their own",
                "is nested too deep");
    }
    luaL_checkstack(L, 8, NULL);
    check_size(L, 16);
    run_charge(L, 4);
    struct builder *message = &run_of(L)->message;
    switch (lua_type(L, index)) {
    case LUA_TNIL: builder_putc(message, 'N'); break;
    case LUA_TBOOLEAN: builder_putc(message, lua_toboolean(L, index) ? 'T' : 'F'); break;
    case LUA_TNUMBER: write_number(L, index); break;
    case LUA_TSTRING: write_text(L, index); break;
    case LUA_TTABLE: write_table(L, index, depth + 1); break;
    case LUA_TUSERDATA: write_node(L, index, depth + 1); break;
    case LUA_TFUNCTION:
    default:
        fail_in(L, FAILURE_USE,
                "a condition is data: give a function to some, every, sum or predicate",
                "holds a function");
    }
}

void message_start(struct run *run)
{
    assert(run != NULL);
    assert(run->arena != NULL);
    builder_start(&run->message, run->arena);
    builder_puts(&run->message, "AMR1");
}

void message_declare(lua_State *L, const char *kind, struct text id, int value)
{
    assert(kind != NULL);
    assert(value > 0 && lua_istable(L, value));
    struct run *run = run_of(L);
    if (++run->declaration_count > (uint32_t)limit_of(LIMIT_RULES)) {
        run_fail(L, FAILURE_LIMIT, "split the file", "the file declares more than %lld times",
                 (long long)limit_of(LIMIT_RULES));
    }
    run->declaring_kind = kind;
    run->declaring_id = id.at == NULL ? "" : id.at;
    check_text(L, id);
    check_size(L, id.length + strlen(kind) + 32);
    builder_putc(&run->message, 'D');
    put_u32(&run->message, run_line(L));
    put_string(&run->message, text_of(kind));
    put_string(&run->message, id);
    table_push_keys(L, value);
    write_map(L, value, lua_gettop(L), 1);
    lua_pop(L, 1);
}

amicus_status message_end(struct text *message, struct run *run)
{
    assert(message != NULL);
    assert(run != NULL);
    if (run->failure.reason != 0) {
        builder_start(&run->message, run->arena);
        builder_puts(&run->message, "AMR1X");
        put_u32(&run->message, run->failure.line);
        builder_putc(&run->message, (char)run->failure.reason);
        char clean[FAILURE_WHAT_BYTES];
        message_clean(clean, sizeof clean, run->failure.what);
        put_string(&run->message, text_of(clean));
        message_clean(clean, sizeof clean, run->failure.mend);
        put_string(&run->message, text_of(clean));
    }
    builder_putc(&run->message, 'Z');
    return builder_end(message, &run->message);
}

/* Lua quotes the token at which it stopped reading, however long it is. */
#define QUOTE_BYTES 80
#define WORDS_BYTES 300

/* Where to cut: after so many bytes of a quoted token, or of the whole. */
static size_t cut_of(const char *words)
{
    size_t length = strlen(words);
    size_t most = length < WORDS_BYTES ? length : WORDS_BYTES;
    const char *quote = strchr(words, '\'');
    for (; quote != NULL && (size_t)(quote - words) < most; quote = strchr(quote + 1, '\'')) {
        const char *end = strchr(quote + 1, '\'');
        size_t quoted = end == NULL ? strlen(quote + 1) : (size_t)(end - quote) - 1;
        size_t stop = (size_t)(quote - words) + 1 + QUOTE_BYTES;
        if (quoted > QUOTE_BYTES) {
            return stop < most ? stop : most;
        }
        if (end == NULL) {
            break;
        }
        quote = end;
    }
    return most;
}

void message_clean(char *out, size_t capacity, const char *words)
{
    assert(out != NULL && capacity >= 8);
    assert(words != NULL);
    size_t cut = cut_of(words);
    struct text rest = {words, strlen(words)};
    size_t written = 0;
    size_t at = 0;
    while (at < cut && written + 5 < capacity) {
        uint32_t code = 0;
        size_t length = text_decode(rest, at, &code);
        struct text character = {words + at, length == 0 ? 1 : length};
        bool is_plain = length > 0 && code >= 0x20 && text_find_control(character, NULL) == length;
        if (is_plain) {
            memcpy(out + written, character.at, length);
            written += length;
        } else {
            out[written++] = '?';
        }
        at += character.length;
    }
    out[written] = '\0';
}
