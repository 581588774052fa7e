/*
 * The canonical JSON of a case: what its digest is taken of.
 *
 * One line; keys in the order of their bytes; one spelling of every value. What a file says in
 * another way (a default `says:`, an offset, a list of one statement, another order) comes out the
 * same, so the digest is that of what is said. It reads back to the same case.
 */
#include "case_build.h"
#include "case_leaf.h"

#include <assert.h>

/* Sections and lists together; a vocabulary with more could not be read by a person. */
enum { PARTS_MAX = 512 };

/* A key at the top: a section, a list, or one of the two fixed ones. */
struct part {
    struct text name;
    uint32_t kind; /* of a list; KIND_ROOT: a section; KIND_NONE: fixed */
};

struct parts {
    struct part items[PARTS_MAX];
    uint32_t count;
};

/* Put a part in its place. */
static void add_part(struct parts *parts, struct text name, uint32_t kind)
{
    uint32_t at = parts->count;
    if (at == PARTS_MAX) {
        return;
    }
    for (; at > 0 && text_order(parts->items[at - 1].name, name) > 0; at--) {
        parts->items[at] = parts->items[at - 1];
    }
    parts->items[at] = (struct part){name, kind};
    parts->count++;
}

/* Write the stated facts of a record, or of one section of the root. returns how many. */
static uint32_t put_facts(struct leaf_writer *writer, uint32_t record, struct text section)
{
    const struct amicus_case *subject = writer->subject;
    struct fact_list stored = vocabulary_stored(subject->vocabulary, subject->records[record].kind);
    const struct slot *slots = &subject->slots[subject->records[record].first_slot];
    size_t skipped = section.length == 0 ? 0 : section.length + 1;
    uint32_t count = 0;
    for (uint32_t i = 0; i < stored.count; i++) {
        const struct fact *fact = &subject->vocabulary->facts[stored.facts[i]];
        const struct slot *slot = &slots[fact->slot];
        if (slot->statement_count == 0 || (section.length > 0 && !case_in_section(fact, section))) {
            continue;
        }
        builder_puts(writer->out, count == 0 ? "\"" : ",\"");
        builder_put(writer->out,
                    (struct text){fact->name.at + skipped, fact->name.length - skipped});
        builder_puts(writer->out, "\":");
        leaf_put_slot(writer, fact, slot, "");
        count++;
    }
    return count;
}

static void put_list(struct leaf_writer *writer, uint32_t kind)
{
    const struct case_list *list = &writer->subject->lists[kind];
    builder_putc(writer->out, '[');
    for (uint32_t i = 0; i < list->count; i++) {
        builder_puts(writer->out, i == 0 ? "{" : ",{");
        (void)put_facts(writer, list->first + i, (struct text){"", 0});
        builder_putc(writer->out, '}');
    }
    builder_putc(writer->out, ']');
}

static void put_absences(struct leaf_writer *writer, const struct absence *absences, uint32_t count)
{
    builder_putc(writer->out, '[');
    for (uint32_t i = 0; i < count; i++) {
        builder_puts(writer->out, i == 0 ? "{\"fact\":\"" : ",{\"fact\":\"");
        leaf_put_absence(writer->out, writer->subject, &absences[i]);
        builder_puts(writer->out, "\",\"reason\":");
        leaf_put_text(writer, absences[i].reason);
        builder_putc(writer->out, '}');
    }
    builder_putc(writer->out, ']');
}

/* Tell whether anything of a section is stated. */
static bool is_stated(const struct amicus_case *subject, struct text section)
{
    struct fact_list stored = vocabulary_stored(subject->vocabulary, KIND_ROOT);
    for (uint32_t i = 0; i < stored.count; i++) {
        const struct fact *fact = &subject->vocabulary->facts[stored.facts[i]];
        if (subject->slots[fact->slot].statement_count > 0 && case_in_section(fact, section)) {
            return true;
        }
    }
    return false;
}

static void find_parts(struct parts *parts, const struct amicus_case *subject, bool has_absences)
{
    const struct vocabulary *vocabulary = subject->vocabulary;
    add_part(parts, text_of("amicus"), KIND_NONE);
    if (has_absences) {
        add_part(parts, text_of("absent"), KIND_NONE);
    }
    for (uint32_t i = 0; i < vocabulary->root_count; i++) {
        if (is_stated(subject, vocabulary->roots[i])) {
            add_part(parts, vocabulary->roots[i], KIND_ROOT);
        }
    }
    for (uint32_t i = 0; i < vocabulary->kind_count; i++) {
        if (subject->lists[i].count > 0) {
            add_part(parts, vocabulary->kinds[i].list, i);
        }
    }
}

void case_write_json(struct builder *builder, const struct amicus_case *subject)
{
    assert(builder != NULL && subject != NULL);
    assert(subject->record_count > 0);
    struct leaf_writer writer = {.out = builder, .subject = subject};
    struct parts parts; /* twelve kilobytes of it need no zeros */
    parts.count = 0;
    uint32_t count = 0;
    const struct absence *absences = leaf_absences(&count, builder->arena, subject);
    builder->failed |= absences == NULL;
    find_parts(&parts, subject, absences != NULL && count > 0);
    for (uint32_t i = 0; i < parts.count; i++) {
        const struct part *part = &parts.items[i];
        builder_puts(builder, i == 0 ? "{\"" : ",\"");
        builder_put(builder, part->name);
        builder_puts(builder, "\":");
        if (part->kind == KIND_ROOT) {
            builder_putc(builder, '{');
            (void)put_facts(&writer, RECORD_ROOT, part->name);
            builder_putc(builder, '}');
        } else if (part->kind != KIND_NONE) {
            put_list(&writer, part->kind);
        } else if (text_is(part->name, "amicus")) {
            builder_puts(builder, "\"case/1\"");
        } else if (absences != NULL) {
            put_absences(&writer, absences, count);
        }
    }
    builder_putc(builder, '}');
}
