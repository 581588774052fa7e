/*
 * string.format: %d %i %u %x %X %o %c %s and %%, with flags, a width up to 99 and a precision.
 *
 * Written out, because a format of a script must not reach printf, and because %p and %s of Lua
 * show addresses. There are no floats, so %f, %g and %e are refused by name.
 */
#include "lua_basic.h"
#include "lua_string.h"

#include <assert.h>
#include <string.h>

/* 64 binary digits would fit; octal needs 22. */
#define DIGITS_MAX 24

/* What stands between % and the letter. */
struct form {
    bool is_left, has_zeros, has_sign, has_space, has_mark;
    int width;     /* 0 to 99 */
    int precision; /* -1: none */
};

/* Read up to two digits; gives 100 if there are more. */
static int read_number(const char **at)
{
    int number = 0;
    for (; **at >= '0' && **at <= '9' && number < 100; (*at)++) {
        number = number * 10 + (**at - '0');
    }
    return number;
}

static bool read_flag(struct form *form, char byte)
{
    switch (byte) {
    case '-': form->is_left = true; return true;
    case '0': form->has_zeros = true; return true;
    case '+': form->has_sign = true; return true;
    case ' ': form->has_space = true; return true;
    case '#': form->has_mark = true; return true;
    default: return false;
    }
}

static struct form read_form(lua_State *L, const char **at)
{
    struct form form = {false, false, false, false, false, 0, -1};
    while (read_flag(&form, **at)) {
        (*at)++;
    }
    form.width = read_number(at);
    if (**at == '.') {
        (*at)++;
        form.precision = read_number(at);
    }
    if (form.width > 99 || form.precision > 99) {
        run_fail(L, FAILURE_LIMIT, "use a width of 99 at most", "a format has too great a width");
    }
    return form;
}

static void add_repeated(luaL_Buffer *out, char byte, int count)
{
    for (int i = 0; i < count; i++) {
        luaL_addchar(out, byte);
    }
}

/* Add a prefix and a body, filled up to the width. */
static void add_padded(luaL_Buffer *out, const struct form *form, const char *prefix,
                       struct text body)
{
    int used = (int)(strlen(prefix) + body.length);
    int fill = form->width > used ? form->width - used : 0;
    bool is_zeros = form->has_zeros && !form->is_left;
    if (!form->is_left && !is_zeros) {
        add_repeated(out, ' ', fill);
    }
    luaL_addstring(out, prefix);
    if (is_zeros) {
        add_repeated(out, '0', fill);
    }
    luaL_addlstring(out, body.at, body.length);
    if (form->is_left) {
        add_repeated(out, ' ', fill);
    }
}

static void add_integer(luaL_Buffer *out, struct form *form, char kind, lua_Integer number)
{
    const char *all = kind == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
    unsigned base = kind == 'o' ? 8 : kind == 'x' || kind == 'X' ? 16 : 10;
    bool is_negative = base == 10 && kind != 'u' && number < 0;
    uint64_t rest = is_negative ? 0 - (uint64_t)number : (uint64_t)number;
    char digits[DIGITS_MAX + 100];
    size_t at = sizeof digits;
    int least = form->precision < 0 ? 1 : form->precision;
    for (int count = 0; rest != 0 || count < least; count++, rest /= base) {
        digits[--at] = all[rest % base];
    }
    struct text body = {digits + at, sizeof digits - at};
    const char *prefix = is_negative ? "-" : "";
    if (base == 16 && form->has_mark && number != 0) {
        prefix = kind == 'X' ? "0X" : "0x";
    } else if (base == 10 && !is_negative && (form->has_sign || form->has_space)) {
        prefix = form->has_sign ? "+" : " ";
    }
    form->has_zeros = form->has_zeros && form->precision < 0;
    add_padded(out, form, prefix, body);
}

/* Add one argument; the text of %s lives on the stack until it is added. */
static void add_argument(lua_State *L, luaL_Buffer *out, struct form *form, char kind, int argument)
{
    if (kind != '\0' && strchr("diuxXo", kind) != NULL) {
        add_integer(out, form, kind, luaL_checkinteger(L, argument));
        return;
    }
    form->has_zeros = false;
    struct text body = {NULL, 0};
    char byte = '\0';
    if (kind == 's') {
        body.at = lua_tolstring(L, argument, &body.length);
        bool is_cut = form->precision >= 0 && body.length > (size_t)form->precision;
        body.length = is_cut ? (size_t)form->precision : body.length;
    } else if (kind == 'c') {
        byte = (char)(luaL_checkinteger(L, argument) & 0xFF);
        body.at = &byte;
        body.length = 1;
    } else {
        run_fail(L, FAILURE_USE, "use %d, %s, %x or %c: there are no floats and no addresses",
                 "format knows no %%%c", kind >= ' ' && kind < 127 ? kind : '?');
    }
    run_charge(L, body.length / 16);
    add_padded(out, form, "", body);
}

/* Turn every argument that is no text or number into its text, before a buffer is on the stack. */
static void make_texts(lua_State *L, int count)
{
    for (int i = 2; i <= count; i++) {
        if (lua_type(L, i) != LUA_TNUMBER && lua_type(L, i) != LUA_TSTRING) {
            basic_push_text(L, i);
            lua_replace(L, i);
        }
    }
}

/* Add the pieces of a format one after the other. */
static void add_pieces(lua_State *L, luaL_Buffer *out, struct text format, int count)
{
    const char *at = format.at;
    int argument = 1;
    while (at < format.at + format.length) {
        if (*at != '%' || at[1] == '%') {
            luaL_addchar(out, *at);
            at += *at == '%' ? 2 : 1;
            continue;
        }
        at++;
        struct form form = read_form(L, &at);
        luaL_argcheck(L, ++argument <= count, argument, "no value");
        run_charge(L, 8 + (size_t)form.width);
        add_argument(L, out, &form, *at++, argument);
        string_check_size(L, luaL_bufflen(out), "format");
    }
}

int format_call(lua_State *L)
{
    struct text format = {NULL, 0};
    format.at = luaL_checklstring(L, 1, &format.length);
    int count = lua_gettop(L);
    luaL_Buffer out;
    assert(count >= 1);
    assert(format.at != NULL);
    make_texts(L, count);
    run_charge(L, format.length / 8);
    luaL_buffinit(L, &out);
    add_pieces(L, &out, format, count);
    luaL_pushresult(&out);
    return 1;
}
