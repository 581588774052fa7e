/*
 * The source check against Lua itself: no bytes crash it, and what it accepts is free of what it
 * promises to keep out. Lua compiles the accepted source (as text, never run), and the compiled
 * code is looked through: no float among the constants, no division, power or bit operator, no
 * closing variable. So if the scanner took code for a comment, or a numeral for something else, it
 * shows here.
 *
 * The form of compiled code is that of Lua 5.4; with another release only the first half is tested.
 */
#include "jail.h"

#include <lauxlib.h>
#include <lua.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Numbers of Lua 5.4: of operators that must not occur, and of kinds of constants. */
enum {
    OPCODE_LOADF = 2,
    OPCODE_POWK = 26,
    OPCODE_DIVK = 27,
    OPCODE_BANDK = 29,
    OPCODE_SHLI = 33,
    OPCODE_POW = 38,
    OPCODE_DIV = 39,
    OPCODE_BAND = 41,
    OPCODE_SHR = 45,
    OPCODE_TBC = 55,
    CONSTANT_FLOAT = 0x13,
    CONSTANT_INTEGER = 0x03,
    CONSTANT_SHORT = 0x04,
    CONSTANT_LONG = 0x14,
    HEADER_BYTES = 4 + 1 + 1 + 6 + 3 + 8 + 8
};

struct compiled {
    unsigned char *bytes;
    size_t count, at;
};

/* As assert, but never compiled out. */
static void must(bool holds)
{
    if (!holds) {
        abort();
    }
}

static int keep(lua_State *L, const void *bytes, size_t count, void *data)
{
    struct compiled *compiled = data;
    (void)L;
    unsigned char *grown = realloc(compiled->bytes, compiled->count + count);
    must(grown != NULL);
    memcpy(grown + compiled->count, bytes, count);
    compiled->bytes = grown;
    compiled->count += count;
    return 0;
}

static unsigned take_byte(struct compiled *compiled)
{
    must(compiled->at < compiled->count);
    return compiled->bytes[compiled->at++];
}

static void skip(struct compiled *compiled, size_t count)
{
    must(count <= compiled->count - compiled->at);
    compiled->at += count;
}

/* A number in groups of seven bits, the last one marked. */
static size_t take_size(struct compiled *compiled)
{
    size_t number = 0;
    unsigned byte = 0;
    do {
        byte = take_byte(compiled);
        number = number << 7 | (byte & 0x7F);
    } while ((byte & 0x80) == 0);
    return number;
}

static void skip_string(struct compiled *compiled)
{
    size_t length = take_size(compiled);
    skip(compiled, length == 0 ? 0 : length - 1);
}

static void check_code(struct compiled *compiled)
{
    for (size_t left = take_size(compiled); left > 0; left--) {
        unsigned opcode = take_byte(compiled) & 0x7F;
        skip(compiled, 3);
        must(opcode != OPCODE_LOADF && opcode != OPCODE_TBC);
        must(opcode != OPCODE_POWK && opcode != OPCODE_DIVK);
        must(opcode != OPCODE_POW && opcode != OPCODE_DIV);
        must(opcode < OPCODE_BANDK || opcode > OPCODE_SHLI);
        must(opcode < OPCODE_BAND || opcode > OPCODE_SHR);
    }
}

static void check_constants(struct compiled *compiled)
{
    for (size_t left = take_size(compiled); left > 0; left--) {
        unsigned kind = take_byte(compiled);
        must(kind != CONSTANT_FLOAT);
        if (kind == CONSTANT_INTEGER) {
            skip(compiled, 8);
        } else if (kind == CONSTANT_SHORT || kind == CONSTANT_LONG) {
            skip_string(compiled);
        }
    }
}

/* A function and those within it; Lua's own parser has bounded the depth. */
static void check_function(struct compiled *compiled)
{
    skip_string(compiled);
    (void)take_size(compiled);
    (void)take_size(compiled);
    skip(compiled, 3);
    check_code(compiled);
    check_constants(compiled);
    skip(compiled, 3 * take_size(compiled)); /* upvalues */
    for (size_t left = take_size(compiled); left > 0; left--) {
        check_function(compiled);
    }
    for (unsigned i = 0; i < 4; i++) {
        must(take_size(compiled) == 0); /* what debugging needs was left out */
    }
}

static void check_compiled(const char *source, size_t length)
{
    lua_State *L = luaL_newstate();
    struct compiled compiled = {NULL, 0, 0};
    must(L != NULL);
    if (luaL_loadbufferx(L, source, length, "=fuzz", "t") == LUA_OK && LUA_VERSION_NUM == 504) {
        must(lua_dump(L, keep, &compiled, 1) == 0);
        skip(&compiled, HEADER_BYTES + 1);
        check_function(&compiled);
        must(compiled.at == compiled.count);
    }
    free(compiled.bytes);
    lua_close(L);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct text ROOTS[] = {TEXT("case"), TEXT("due")};
    const struct script script = {TEXT("fuzz.lua"), {(const char *)data, size}, ROOTS, 2};
    amicus_diagnostics *list = NULL;
    must(amicus_diagnostics_open(&list) == AMICUS_OK);
    amicus_status status = source_check(&script, list);
    must((status == AMICUS_OK) == (amicus_diagnostics_count(list) == 0));
    if (status == AMICUS_OK) {
        check_compiled((const char *)data, size);
    }
    amicus_diagnostics_close(list);
    return 0;
}
