/*
 * Scalars: whatever a reader of money, dates, durations and clocks takes, the writer must give
 * back, byte for byte where the form is canonical; and whatever bytes come, the two escapes give
 * UTF-8 without a control.
 */
#include "date.h"
#include "money.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* As assert, but never compiled out. */
static void must(bool holds)
{
    if (!holds) {
        abort();
    }
}

static struct text ended(struct builder *builder)
{
    struct text written = {NULL, 0};
    must(builder_end(&written, builder) == AMICUS_OK);
    return written;
}

static void try_money(struct arena *arena, struct text text)
{
    int64_t minor = 0;
    int64_t again = 0;
    uint16_t currency = 0;
    struct builder builder;
    if (money_read(&minor, &currency, text) != AMICUS_OK) {
        must(minor == 0 && currency == 0);
        return;
    }
    builder_start(&builder, arena);
    money_write(&builder, minor, currency);
    must(money_read(&again, &currency, ended(&builder)) == AMICUS_OK && again == minor);
}

static void try_date(struct arena *arena, struct text text)
{
    int32_t day = 0;
    struct builder builder;
    if (date_read(&day, text) == AMICUS_OK) {
        builder_start(&builder, arena);
        date_write(&builder, day);
        must(text_equal(ended(&builder), text));
    }
}

static void try_instant(struct arena *arena, struct text text)
{
    int64_t utc_s = 0;
    int64_t again = 0;
    struct builder builder;
    if (instant_read(&utc_s, text) == AMICUS_OK) {
        builder_start(&builder, arena);
        instant_write(&builder, utc_s);
        must(instant_read(&again, ended(&builder)) == AMICUS_OK && again == utc_s);
    }
}

static void try_duration(struct arena *arena, struct text text)
{
    int64_t count = 0;
    uint16_t unit = 0;
    struct builder builder;
    if (duration_read(&count, &unit, text) == AMICUS_OK) {
        builder_start(&builder, arena);
        duration_write(&builder, count, unit);
        must(text_equal(ended(&builder), text));
    }
}

static void try_escapes(struct arena *arena, struct text text)
{
    struct builder builder;
    builder_start(&builder, arena);
    builder_put_visible(&builder, text);
    const struct text visible = ended(&builder);
    must(text_is_utf8(visible, NULL) && text_find_control(visible, NULL) == visible.length);
    builder_start(&builder, arena);
    builder_put_json(&builder, text);
    const struct text json = ended(&builder);
    must(text_is_utf8(json, NULL) && json.length >= 2);
    for (size_t i = 0; i < json.length; i++) {
        must((unsigned char)json.at[i] >= 0x20);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = NULL;
    const struct text text = {(const char *)data, size};
    int64_t seconds = 0;
    if (arena_open(&arena, (size_t)64 << 20) != AMICUS_OK) {
        return 0;
    }
    try_money(arena, text);
    try_date(arena, text);
    try_instant(arena, text);
    try_duration(arena, text);
    try_escapes(arena, text);
    must(week_clock_read(&seconds, text) != AMICUS_OK || (seconds >= 0 && seconds < 604800));
    arena_close(arena);
    return 0;
}
