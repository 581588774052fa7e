/*
 * Promises of the message reader: an answer is taken whole or not at all.
 */
#include "message_read.h"
#include "suite.h"

#include <string.h>

/* A message put together by hand. */
struct wire {
    unsigned char bytes[4096];
    size_t length;
};

static void put(struct wire *wire, const void *bytes, size_t length)
{
    CU_ASSERT_FATAL(wire->length + length <= sizeof wire->bytes);
    memcpy(wire->bytes + wire->length, bytes, length);
    wire->length += length;
}

static void put_u32(struct wire *wire, uint32_t number)
{
    for (unsigned i = 0; i < 4; i++) {
        unsigned char byte = (unsigned char)(number >> (8 * i));
        put(wire, &byte, 1);
    }
}

static void put_text(struct wire *wire, const char *text)
{
    put(wire, "S", 1);
    put_u32(wire, (uint32_t)strlen(text));
    put(wire, text, strlen(text));
}

static void put_int(struct wire *wire, int64_t number)
{
    put(wire, "I", 1);
    put_u32(wire, (uint32_t)((uint64_t)number & 0xFFFFFFFFu));
    put_u32(wire, (uint32_t)((uint64_t)number >> 32));
}

static void put_node(struct wire *wire, uint8_t op, uint32_t count)
{
    put(wire, "E", 1);
    put_u32(wire, 7);
    put(wire, &op, 1);
    put_u32(wire, count);
}

static void put_declaration(struct wire *wire, const char *kind)
{
    put(wire, "AMR1D", 5);
    put_u32(wire, 3);
    put_text(wire, kind);
    put_text(wire, "x");
    put(wire, "M", 1);
    put_u32(wire, 3);
    put_u32(wire, 1);
    put_text(wire, "when");
}

/* rule "x" { when = case.fixed:is(true) } */
static struct wire sound(void)
{
    struct wire wire = {.length = 0};
    put_declaration(&wire, "rule");
    put_node(&wire, SYMBOL_IS, 2);
    put_node(&wire, SYMBOL_PATH, 2);
    put(&wire, "N", 1);
    put_text(&wire, "case.fixed");
    put(&wire, "TZ", 2);
    return wire;
}

/* Read bytes; the tree dies with the arena, so only the status and the code are told. */
static amicus_status status_of(const void *bytes, size_t length)
{
    struct arena *arena = NULL;
    amicus_diagnostics *list = NULL;
    struct message message;
    CU_ASSERT_EQUAL_FATAL(arena_open(&arena, (size_t)1 << 26), AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(amicus_diagnostics_open(&list), AMICUS_OK);
    amicus_status status =
        message_read(&message, (struct text){bytes, length}, "x.lua", arena, list);
    if (status == AMICUS_INVALID) {
        CU_ASSERT_EQUAL(amicus_diagnostics_count(list), 1);
        CU_ASSERT_STRING_EQUAL(amicus_diagnostics_find(list, 0)->code, "P0106");
        CU_ASSERT_EQUAL(message.count, 0);
    }
    amicus_diagnostics_close(list);
    arena_close(arena);
    return status;
}

static amicus_status status_of_wire(const struct wire *wire)
{
    return status_of(wire->bytes, wire->length);
}

/* A message whose only declaration has one field of these bytes. */
static amicus_status status_of_value(const struct wire *value)
{
    struct wire wire = {.length = 0};
    put_declaration(&wire, "rule");
    put(&wire, value->bytes, value->length);
    put(&wire, "Z", 1);
    return status_of_wire(&wire);
}

static void reads_a_declaration_into_a_tree(void)
{
    struct wire wire = sound();
    struct arena *arena = NULL;
    amicus_diagnostics *list = NULL;
    struct message message;
    CU_ASSERT_EQUAL_FATAL(arena_open(&arena, (size_t)1 << 20), AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(amicus_diagnostics_open(&list), AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(message_read(&message,
                                       (struct text){(const char *)wire.bytes, wire.length},
                                       "x.lua", arena, list),
                          AMICUS_OK);
    CU_ASSERT_EQUAL_FATAL(message.count, 1);
    CU_ASSERT_TRUE(text_is(message.declarations[0].kind, "rule"));
    CU_ASSERT_EQUAL(message.declarations[0].line, 3);
    const struct datum *when = datum_find(&message.declarations[0].value, "when");
    CU_ASSERT_FATAL(when != NULL && when->tag == DATUM_NODE);
    CU_ASSERT_EQUAL(when->op, SYMBOL_IS);
    CU_ASSERT_EQUAL(when->line, 7);
    CU_ASSERT_TRUE(text_is(when->as.items[0].as.items[1].as.text, "case.fixed"));
    CU_ASSERT_PTR_NULL(datum_find(&message.declarations[0].value, "whem"));
    amicus_diagnostics_close(list);
    arena_close(arena);
}

static void refuses_every_shorter_message(void)
{
    struct wire wire = sound();
    for (size_t length = 0; length < wire.length; length++) {
        CU_ASSERT_EQUAL(status_of(wire.bytes, length), AMICUS_INVALID);
    }
}

static void refuses_a_byte_behind_the_end(void)
{
    struct wire wire = sound();
    put(&wire, "Z", 1);
    CU_ASSERT_EQUAL(status_of_wire(&wire), AMICUS_INVALID);
}

static void survives_any_changed_byte(void)
{
    struct wire wire = sound();
    for (size_t at = 0; at < wire.length; at++) {
        for (unsigned byte = 0; byte < 256; byte++) {
            unsigned char before = wire.bytes[at];
            wire.bytes[at] = (unsigned char)byte;
            amicus_status status = status_of_wire(&wire);
            CU_ASSERT_TRUE(status == AMICUS_OK || status == AMICUS_INVALID);
            wire.bytes[at] = before;
        }
    }
}

static void refuses_a_length_longer_than_the_rest(void)
{
    struct wire value = {.length = 0};
    put(&value, "S", 1);
    put_u32(&value, 0xFFFFFFFFu);
    CU_ASSERT_EQUAL(status_of_value(&value), AMICUS_INVALID);
}

static void refuses_a_count_that_asks_for_more_memory_than_it_has_bytes(void)
{
    struct wire value = {.length = 0};
    put(&value, "L", 1);
    put_u32(&value, 1);
    put_u32(&value, 0x00FFFFFFu);
    CU_ASSERT_EQUAL(status_of_value(&value), AMICUS_INVALID);
}

/* Lists in lists that each claim all that is left: a short message that asks for gigabytes. */
static void bounds_the_values_of_all_counts_together(void)
{
    static unsigned char bytes[200000];
    struct wire wire = {.length = 0};
    put_declaration(&wire, "rule");
    for (unsigned i = 0; i < 40; i++) {
        put(&wire, "L", 1);
        put_u32(&wire, 1);
        put_u32(&wire, 150000);
    }
    memset(bytes, 'N', sizeof bytes);
    memcpy(bytes, wire.bytes, wire.length);
    CU_ASSERT_EQUAL(status_of(bytes, sizeof bytes), AMICUS_INVALID);
}

static void refuses_text_that_is_no_plain_utf8(void)
{
    static const char *const TEXTS[] = {"\xff", "a\x01", "a\x7f", "\xe2\x80\xae", "\xc3"};
    for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++) {
        struct wire value = {.length = 0};
        put_text(&value, TEXTS[i]);
        CU_ASSERT_EQUAL(status_of_value(&value), AMICUS_INVALID);
    }
    struct wire value = {.length = 0};
    put_text(&value, "a\tb\n\xc3\xa4");
    CU_ASSERT_EQUAL(status_of_value(&value), AMICUS_OK);
}

static void refuses_keys_out_of_order(void)
{
    struct wire value = {.length = 0};
    put(&value, "M", 1);
    put_u32(&value, 1);
    put_u32(&value, 2);
    put_text(&value, "b");
    put(&value, "T", 1);
    put_text(&value, "a");
    put(&value, "T", 1);
    CU_ASSERT_EQUAL(status_of_value(&value), AMICUS_INVALID);
    value.length = 9;
    put_text(&value, "a");
    put(&value, "T", 1);
    put_text(&value, "a");
    put(&value, "T", 1);
    CU_ASSERT_EQUAL(status_of_value(&value), AMICUS_INVALID);
}

static void refuses_operators_and_operands_that_do_not_fit(void)
{
    struct wire value = {.length = 0};
    put_node(&value, 200, 0);
    CU_ASSERT_EQUAL(status_of_value(&value), AMICUS_INVALID);
    value.length = 0;
    put_node(&value, SYMBOL_IS, 1);
    put(&value, "T", 1);
    CU_ASSERT_EQUAL(status_of_value(&value), AMICUS_INVALID);
    value.length = 0;
    put_node(&value, SYMBOL_VAR, 1);
    put(&value, "T", 1);
    CU_ASSERT_EQUAL(status_of_value(&value), AMICUS_INVALID);
    value.length = 0;
    put_node(&value, SYMBOL_VAR, 1);
    put_int(&value, 0);
    CU_ASSERT_EQUAL(status_of_value(&value), AMICUS_OK);
}

/* `levels` of no{...} around a truth. */
static amicus_status status_of_depth(unsigned levels)
{
    struct wire value = {.length = 0};
    for (unsigned i = 0; i < levels; i++) {
        put_node(&value, SYMBOL_NO, 1);
    }
    put(&value, "T", 1);
    return status_of_value(&value);
}

static void bounds_the_depth(void)
{
    CU_ASSERT_EQUAL(status_of_depth(78), AMICUS_OK);
    CU_ASSERT_EQUAL(status_of_depth(79), AMICUS_INVALID);
    CU_ASSERT_EQUAL(status_of_depth(200), AMICUS_INVALID);
}

static void reads_a_failure_with_a_known_reason_only(void)
{
    for (unsigned reason = 0; reason < 9; reason++) {
        struct wire wire = {.length = 0};
        unsigned char byte = (unsigned char)reason;
        put(&wire, "AMR1X", 5);
        put_u32(&wire, 12);
        put(&wire, &byte, 1);
        put_text(&wire, "what");
        put_text(&wire, "mend");
        put(&wire, "Z", 1);
        bool is_known = reason >= FAILURE_LUA && reason <= FAILURE_LIMIT;
        CU_ASSERT_EQUAL(status_of_wire(&wire), is_known ? AMICUS_OK : AMICUS_INVALID);
    }
}

static void refuses_kinds_that_the_language_does_not_have(void)
{
    struct wire wire = {.length = 0};
    put_declaration(&wire, "ruel");
    put(&wire, "TZ", 2);
    CU_ASSERT_EQUAL(status_of_wire(&wire), AMICUS_INVALID);
}

static void takes_a_message_without_declarations(void)
{
    CU_ASSERT_EQUAL(status_of("AMR1Z", 5), AMICUS_OK);
    CU_ASSERT_EQUAL(status_of("AMR2Z", 5), AMICUS_INVALID);
    CU_ASSERT_EQUAL(status_of("AMR1ZZ", 6), AMICUS_INVALID);
}

int main(void)
{
    CU_TestInfo tests[] = {
        {"reads a declaration into a tree", reads_a_declaration_into_a_tree},
        {"refuses every shorter message", refuses_every_shorter_message},
        {"refuses a byte behind the end", refuses_a_byte_behind_the_end},
        {"survives any changed byte", survives_any_changed_byte},
        {"refuses a length longer than the rest", refuses_a_length_longer_than_the_rest},
        {"refuses a count that asks for more memory than it has bytes",
         refuses_a_count_that_asks_for_more_memory_than_it_has_bytes},
        {"bounds the values of all counts together", bounds_the_values_of_all_counts_together},
        {"refuses text that is no plain utf8", refuses_text_that_is_no_plain_utf8},
        {"refuses keys out of order", refuses_keys_out_of_order},
        {"refuses operators and operands that do not fit",
         refuses_operators_and_operands_that_do_not_fit},
        {"bounds the depth", bounds_the_depth},
        {"reads a failure with a known reason only", reads_a_failure_with_a_known_reason_only},
        {"refuses kinds that the language does not have",
         refuses_kinds_that_the_language_does_not_have},
        {"takes a message without declarations", takes_a_message_without_declarations},
        CU_TEST_INFO_NULL,
    };
    return suite_run("message_read", tests);
}
