/*
 * Base64, strictly.
 *
 * What can be written in two ways can be changed without a trace, so reading accepts exactly what
 * writing gives.
 */
#include "base64.h"

#include <assert.h>
#include <string.h>

static const char DIGITS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_put(struct builder *builder, struct text bytes)
{
    assert(builder != NULL);
    assert(bytes.at != NULL || bytes.length == 0);
    const uint8_t *at = (const uint8_t *)bytes.at;
    for (size_t i = 0; i < bytes.length; i += 3) {
        size_t left = bytes.length - i;
        uint32_t group = (uint32_t)at[i] << 16;
        group |= left > 1 ? (uint32_t)at[i + 1] << 8 : 0;
        group |= left > 2 ? (uint32_t)at[i + 2] : 0;
        builder_putc(builder, DIGITS[group >> 18]);
        builder_putc(builder, DIGITS[(group >> 12) & 63]);
        builder_putc(builder, left > 1 ? DIGITS[(group >> 6) & 63] : '=');
        builder_putc(builder, left > 2 ? DIGITS[group & 63] : '=');
    }
}

static int value_of(char byte)
{
    const char *at = byte == '\0' ? NULL : strchr(DIGITS, byte);
    return at == NULL ? -1 : (int)(at - DIGITS);
}

/* Read four characters of which `pad` are padding. returns false if they are not as written. */
static bool read_group(uint32_t *group, const char *at, size_t pad)
{
    *group = 0;
    for (size_t i = 0; i < 4; i++) {
        int value = i < 4 - pad ? value_of(at[i]) : 0;
        if (value < 0) {
            return false;
        }
        *group = *group << 6 | (uint32_t)value;
    }
    uint32_t stray = pad == 0 ? 0 : (pad == 1 ? 0xff : 0xffff);
    return (*group & stray) == 0;
}

bool base64_read(uint8_t *out, size_t room, size_t *length, struct text text)
{
    assert(out != NULL && length != NULL);
    assert(text.at != NULL || text.length == 0);
    *length = 0;
    if (text.length % 4 != 0) {
        return false;
    }
    for (size_t i = 0; i < text.length; i += 4) {
        bool is_last = i + 4 == text.length;
        size_t pad = is_last && text.at[i + 3] == '=' ? (text.at[i + 2] == '=' ? 2 : 1) : 0;
        uint32_t group;
        if (!read_group(&group, text.at + i, pad) || room - *length < 3 - pad) {
            return false;
        }
        for (size_t j = 0; j < 3 - pad; j++) {
            out[(*length)++] = (uint8_t)(group >> (16 - 8 * j));
        }
    }
    return true;
}
