/*
 * Leaves of a written case.
 *
 * The canonical form and the tidy YAML share everything below the key, so they cannot say different
 * things: a value of the platform's record stands plain, everything else is {cites, is, note,
 * says}. JSON has the keys in the order of their bytes, YAML in that in which people write them.
 *
 * In YAML every free text stands in double quotes with JSON's escapes, which YAML reads alike; the
 * few characters that only YAML takes for a line break or a mark are escaped besides.
 */
#include "case_leaf.h"

#include <assert.h>
#include <string.h>

/* Characters that JSON leaves alone and YAML reads as breaks or refuses. */
static bool needs_yaml_escape(struct text text)
{
    static const char *const BYTES[] = {"\xE2\x80\xA8", "\xE2\x80\xA9", "\xEF\xBB\xBF",
                                        "\xEF\xBF\xBE", "\xEF\xBF\xBF"};
    for (size_t i = 0; text.length >= 3 && i < sizeof BYTES / sizeof BYTES[0]; i++) {
        if (memcmp(text.at, BYTES[i], 3) == 0) {
            return true;
        }
    }
    return false;
}

/* Write a text in double quotes, for JSON or YAML. */
void leaf_put_text(struct leaf_writer *writer, struct text text)
{
    assert(writer != NULL && writer->out != NULL);
    assert(text.at != NULL || text.length == 0);
    struct arena *arena = writer->out->arena;
    struct builder quoted;
    struct text whole;
    if (!writer->is_yaml) {
        builder_put_json(writer->out, text);
        return;
    }
    builder_start(&quoted, arena);
    builder_put_json(&quoted, text);
    if (builder_end(&whole, &quoted) != AMICUS_OK) {
        writer->out->failed = true;
        return;
    }
    size_t start = 0;
    for (size_t i = 0; i < whole.length; i++) {
        struct text rest = {whole.at + i, whole.length - i};
        if (needs_yaml_escape(rest)) {
            unsigned high = (unsigned char)rest.at[0] & 0x0Fu;
            unsigned middle = (unsigned char)rest.at[1] & 0x3Fu;
            unsigned low = (unsigned char)rest.at[2] & 0x3Fu;
            builder_put(writer->out, (struct text){whole.at + start, i - start});
            builder_putf(writer->out, "\\u%04x", high << 12 | middle << 6 | low);
            start = i + 3;
        }
    }
    builder_put(writer->out, (struct text){whole.at + start, whole.length - start});
}

/* Tell whether a text may stand in YAML without quotes: our own words, amounts, instants. */
static bool is_bare(const struct fact *fact, struct text text)
{
    if (fact->type != TYPE_TEXT && fact->type != TYPE_REF) {
        return true;
    }
    for (size_t i = 0; fact->type == TYPE_REF || fact->is_id; i++) {
        if (i == text.length) {
            return true;
        }
        char byte = text.at[i];
        bool is_plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                        (byte >= '0' && byte <= '9') || byte == '_' || byte == '-';
        if (!is_plain) {
            return false;
        }
    }
    return false;
}

static void put_set(struct leaf_writer *writer, const struct fact *fact, int64_t bits)
{
    bool is_first = true;
    builder_putc(writer->out, '[');
    for (uint32_t i = 0; i < fact->member_count; i++) {
        if ((bits >> i & 1) != 0) {
            builder_putc(writer->out, is_first ? '"' : ',');
            builder_puts(writer->out, is_first ? "" : "\"");
            builder_put(writer->out, fact->members[i].name);
            builder_putc(writer->out, '"');
            is_first = false;
        }
    }
    builder_putc(writer->out, ']');
}

static void put_value(struct leaf_writer *writer, const struct fact *fact,
                      const struct value *value)
{
    bool is_bare_json = value->type == TYPE_BOOL || value->type == TYPE_INT ||
                        value->type == TYPE_BPS || value->type == TYPE_MINUTES;
    if (value->type == TYPE_ENUMS && !writer->is_yaml) {
        put_set(writer, fact, value->as.n);
        return;
    }
    if (value->type != TYPE_TEXT && value->type != TYPE_REF) {
        /* Our own words, amounts and instants hold nothing that a quote must escape. */
        const char *quote = is_bare_json || writer->is_yaml ? "" : "\"";
        builder_puts(writer->out, quote);
        case_write_value(writer->out, writer->subject, fact, value);
        builder_puts(writer->out, quote);
        return;
    }
    struct text text =
        value->type == TYPE_REF ? writer->subject->records[value->as.n].id : *value->as.text;
    if (writer->is_yaml && is_bare(fact, text)) {
        builder_put(writer->out, text);
    } else {
        leaf_put_text(writer, text);
    }
}

/* Write a key and its colon. is_first: nothing stands before it in its map. */
static void put_key(struct leaf_writer *writer, const char *key, bool is_first)
{
    const char *before = writer->is_yaml ? ", " : ",\"";
    builder_puts(writer->out, is_first ? before + (writer->is_yaml ? 2 : 1) : before);
    builder_puts(writer->out, key);
    builder_puts(writer->out, writer->is_yaml ? ": " : "\":");
}

static void put_id(struct leaf_writer *writer, struct text id)
{
    static const struct fact ID = {.type = TYPE_TEXT, .is_id = 1};
    if (writer->is_yaml && is_bare(&ID, id)) {
        builder_put(writer->out, id);
    } else {
        leaf_put_text(writer, id);
    }
}

static void put_cites(struct leaf_writer *writer, const struct statement *statement)
{
    const struct amicus_case *subject = writer->subject;
    builder_putc(writer->out, '[');
    for (uint32_t i = 0; i < statement->cite_count; i++) {
        uint32_t cite = statement->first_cite + i;
        struct text id = subject->records[subject->cites[cite]].id;
        struct text locator = subject->cite_locators[cite];
        builder_puts(writer->out, i == 0 ? "" : writer->is_yaml ? ", " : ",");
        if (locator.length == 0) {
            put_id(writer, id);
            continue;
        }
        builder_putc(writer->out, '{');
        put_key(writer, "id", true);
        put_id(writer, id);
        put_key(writer, "locator", false);
        leaf_put_text(writer, locator);
        builder_putc(writer->out, '}');
    }
    builder_putc(writer->out, ']');
}

/* Write {cites, is, note, says}; for YAML in the order in which people write it. */
static void put_statement(struct leaf_writer *writer, const struct fact *fact,
                          const struct statement *statement)
{
    const char *says = party_name((enum party)statement->says);
    bool is_yaml = writer->is_yaml;
    builder_putc(writer->out, '{');
    if (!is_yaml && statement->cite_count > 0) {
        put_key(writer, "cites", true);
        put_cites(writer, statement);
    }
    put_key(writer, "is", is_yaml || statement->cite_count == 0);
    put_value(writer, fact, &statement->value);
    if (!is_yaml && statement->note.length > 0) {
        put_key(writer, "note", false);
        leaf_put_text(writer, statement->note);
    }
    put_key(writer, "says", false);
    builder_puts(writer->out, is_yaml ? "" : "\"");
    builder_puts(writer->out, says);
    builder_puts(writer->out, is_yaml ? "" : "\"");
    if (is_yaml && statement->cite_count > 0) {
        put_key(writer, "cites", false);
        put_cites(writer, statement);
    }
    if (is_yaml && statement->note.length > 0) {
        put_key(writer, "note", false);
        leaf_put_text(writer, statement->note);
    }
    builder_putc(writer->out, '}');
}

/* Tell whether the statements of a slot can be written as a plain value. */
static bool is_plain(const struct slot *slot, const struct statement *first)
{
    return slot->statement_count == 1 && first->says == PARTY_PLATFORM && first->cite_count == 0 &&
           first->note.length == 0;
}

void leaf_put_slot(struct leaf_writer *writer, const struct fact *fact, const struct slot *slot,
                   const char *indent)
{
    assert(writer != NULL && fact != NULL);
    assert(slot != NULL && slot->statement_count > 0);
    const struct statement *first = &writer->subject->statements[slot->first_statement];
    if (is_plain(slot, first)) {
        put_value(writer, fact, &first->value);
        return;
    }
    if (slot->statement_count == 1) {
        put_statement(writer, fact, first);
        return;
    }
    builder_puts(writer->out, writer->is_yaml ? "" : "[");
    for (uint32_t i = 0; i < slot->statement_count; i++) {
        if (writer->is_yaml) {
            builder_putf(writer->out, "\n%s  - ", indent);
        } else {
            builder_puts(writer->out, i == 0 ? "" : ",");
        }
        put_statement(writer, fact, &first[i]);
    }
    builder_puts(writer->out, writer->is_yaml ? "" : "]");
}
