/*
 * What a stream can show, from the environment.
 *
 * The locale is read from its variables and never set: setlocale would change how the C library
 * reads and writes numbers, and the same case must give the same bytes on every machine.
 */
#include "terminal.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Narrower pages break every word, wider ones tire the eye. */
static const unsigned WIDTH_MIN = 40;
static const unsigned WIDTH_MAX = 240;
static const unsigned WIDTH_PIPE = 80;

/* The value of a variable; "" if it is not set. */
static const char *value_of(const char *name)
{
    const char *value = getenv(name);
    return value == NULL ? "" : value;
}

static bool is_set(const char *name)
{
    return value_of(name)[0] != '\0';
}

static bool is_coloured(FILE *stream, enum color_when when)
{
    if (when != COLOR_AUTO) {
        return when == COLOR_ALWAYS;
    }
    if (is_set("NO_COLOR") || strcmp(value_of("TERM"), "dumb") == 0) {
        return false;
    }
    if (is_set("CLICOLOR_FORCE") && strcmp(value_of("CLICOLOR_FORCE"), "0") != 0) {
        return true;
    }
    return isatty(fileno(stream)) == 1;
}

static unsigned width_of(FILE *stream)
{
    unsigned long width = strtoul(value_of("COLUMNS"), NULL, 10);
    if (width == 0 && isatty(fileno(stream)) == 1) {
        struct winsize size;
        if (ioctl(fileno(stream), TIOCGWINSZ, &size) == 0) {
            width = size.ws_col;
        }
    }
    if (width == 0) {
        return WIDTH_PIPE;
    }
    return width < WIDTH_MIN ? WIDTH_MIN : width > WIDTH_MAX ? WIDTH_MAX : (unsigned)width;
}

static bool is_utf8(void)
{
    static const char *const NAMES[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        if (!is_set(NAMES[i])) {
            continue;
        }
        const char *dot = strchr(value_of(NAMES[i]), '.');
        return dot != NULL &&
               (strcasecmp(dot + 1, "utf-8") == 0 || strcasecmp(dot + 1, "utf8") == 0);
    }
    return false;
}

struct look terminal_look(FILE *stream, enum color_when when)
{
    assert(stream != NULL);
    struct look look = {width_of(stream), is_coloured(stream, when), is_utf8()};
    assert(look.width >= WIDTH_MIN);
    return look;
}
