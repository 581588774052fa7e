/*
 * The check of a script's bytes, before Lua sees them.
 *
 * A reviewer and Lua must read the same file: no byte that is not UTF-8, no control that hides or
 * reorders what stands there, no line that runs off the screen, no first line that Lua skips, and
 * nothing that Lua would take for compiled code. Only if the bytes are in order are the tokens
 * looked at (source_shape.c), because their places are counted in characters and their lines are
 * short. All faults are reported at once, one a line for controls.
 *
 * Runs in the host, on at most LIMIT_RULE_FILE_BYTES, in linear time, and calls no Lua.
 */
#include "jail.h"
#include "limit.h"
#include "script_place.h"
#include "source_shape.h"

#include <assert.h>
#include <string.h>

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"
#define BYTECODE_MARK   "\x1BLua"

/* Line and paragraph separators: a new line to some editors and none to Lua. */
#define LINE_SEPARATOR      0x2028
#define PARAGRAPH_SEPARATOR 0x2029

struct byte_check {
    struct text bytes;
    const char *file;
    amicus_diagnostics *list;
    size_t faults;
};

static void refuse(struct byte_check *check, uint32_t line, const char *code, const char *what,
                   const char *mend)
{
    struct place place = {check->file, line, line == 0 ? 0 : 1};
    diagnostics_add(check->list, AMICUS_ERROR, code, place, mend, "%s", what);
    check->faults++;
}

static bool starts_with(struct text text, const char *start)
{
    size_t length = strlen(start);
    return text.length >= length && memcmp(text.at, start, length) == 0;
}

static struct text rest_of(struct text text, size_t from)
{
    struct text rest = {text.at + from, text.length - from};
    return rest;
}

/* What Lua's file reader would pass by: a mark of byte order, a first line with #. */
static void check_head(struct byte_check *check)
{
    struct text rest = check->bytes;
    uint32_t line = 1;
    if (starts_with(rest, BYTE_ORDER_MARK)) {
        refuse(check, 1, "P0203", "the file begins with a byte order mark",
               "save it as UTF-8 without BOM");
        rest = rest_of(rest, sizeof BYTE_ORDER_MARK - 1);
    }
    if (starts_with(rest, "#")) {
        refuse(check, 1, "P0205", "the first line begins with #",
               "remove the line: comments begin with --");
        const char *end = memchr(rest.at, '\n', rest.length);
        rest = rest_of(rest, end == NULL ? rest.length : (size_t)(end - rest.at) + 1);
        line = 2;
    }
    if (starts_with(rest, BYTECODE_MARK)) {
        refuse(check, line, "P0204", "the file holds compiled Lua", "keep the source only");
    }
}

static void check_encoding(struct byte_check *check)
{
    size_t fault = 0;
    if (text_is_utf8(check->bytes, &fault)) {
        return;
    }
    uint32_t line = 1;
    for (size_t i = 0; i < fault; i++) {
        line += check->bytes.at[i] == '\n' ? 1 : 0;
    }
    refuse(check, line, "P0202", "the file is not UTF-8", "save it as UTF-8");
}

/* Report the first character of a line that must not stand in a file. */
static void check_characters(struct byte_check *check, struct text line, uint32_t number)
{
    uint32_t code = 0;
    for (size_t at = text_plain(line, 0), length = 0; at < line.length;
         at += length + text_plain(line, at + length)) {
        length = text_decode(line, at, &code);
        struct text character = {line.at + at, length};
        bool is_bad = text_find_control(character, NULL) != length || code == '\r' ||
                      code == LINE_SEPARATOR || code == PARAGRAPH_SEPARATOR;
        if (is_bad) {
            struct place place = {check->file, number, (uint32_t)text_characters(line, at) + 1};
            diagnostics_add(check->list, AMICUS_ERROR, "P0206", place,
                            code == '\r' ? "save it with line ends of Unix (LF)"
                                         : "remove the character; it is not visible in an editor",
                            "a control character or mark of writing direction: U+%04X",
                            (unsigned)code);
            check->faults++;
            return;
        }
    }
}

static void check_lines(struct byte_check *check)
{
    struct text rest = check->bytes;
    for (uint32_t number = 1; rest.length > 0; number++) {
        const char *end = memchr(rest.at, '\n', rest.length);
        struct text line = {rest.at, end == NULL ? rest.length : (size_t)(end - rest.at)};
        if (line.length > (size_t)limit_of(LIMIT_RULE_FILE_LINE_BYTES)) {
            refuse(check, number, "P0207", "a line of more than 1000 bytes",
                   "break the line: its end is hidden from whoever reviews it");
        }
        check_characters(check, line, number);
        rest = rest_of(rest, end == NULL ? rest.length : line.length + 1);
    }
}

amicus_status source_check(const struct script *script, amicus_diagnostics *list)
{
    assert(script != NULL && list != NULL);
    assert(script->bytes.at != NULL || script->bytes.length == 0);
    char file[SCRIPT_FILE_BYTES];
    struct byte_check check = {script->bytes, script_file(file, script), list, 0};
    if (script->bytes.length == 0) {
        return AMICUS_OK;
    }
    if (script->bytes.length > (size_t)limit_of(LIMIT_RULE_FILE_BYTES)) {
        refuse(&check, 0, "P0201", "the file is larger than 262144 bytes",
               "split it into files that belong together");
        return AMICUS_INVALID;
    }
    check_head(&check);
    check_encoding(&check);
    if (check.faults == 0) {
        check_lines(&check);
    }
    if (check.faults == 0) {
        check.faults = shape_check(script, file, list);
    }
    return check.faults == 0 ? AMICUS_OK : AMICUS_INVALID;
}
