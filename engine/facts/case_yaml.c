/*
 * The tidy YAML of a case, as a person would write it: sections and lists in the order of the
 * vocabulary, the id first in each record, absences last.
 *
 * It says what the canonical JSON says, so it reads back to the same digest. Comments of the file
 * that the case was read from are not kept: they are not part of the case.
 */
#include "case_build.h"
#include "case_leaf.h"

#include <assert.h>

/* Where the facts of a map are written. */
struct block {
    uint32_t record;
    struct text section; /* of the root; empty for a record */
    uint32_t count;      /* facts written so far */
};

static void put_fact(struct leaf_writer *writer, struct block *block, uint32_t number)
{
    const struct amicus_case *subject = writer->subject;
    const struct fact *fact = &subject->vocabulary->facts[number];
    const struct slot *slot = &subject->slots[case_slot(subject, block->record, number)];
    bool is_section = block->section.length > 0;
    size_t skipped = is_section ? block->section.length + 1 : 0;
    const char *indent = is_section ? "  " : "    ";
    if (block->count == 0 && is_section) {
        builder_put(writer->out, block->section);
        builder_puts(writer->out, ":\n");
    }
    builder_puts(writer->out, block->count == 0 && !is_section ? "  - " : indent);
    builder_put(writer->out, (struct text){fact->name.at + skipped, fact->name.length - skipped});
    builder_puts(writer->out, slot->statement_count > 1 ? ":" : ": ");
    leaf_put_slot(writer, fact, slot, indent);
    builder_putc(writer->out, '\n');
    block->count++;
}

/* Write the stated facts of a block: ids, or all others. */
static void put_facts(struct leaf_writer *writer, struct block *block, bool takes_ids)
{
    const struct amicus_case *subject = writer->subject;
    struct fact_list stored =
        vocabulary_stored(subject->vocabulary, subject->records[block->record].kind);
    for (uint32_t i = 0; i < stored.count; i++) {
        const struct fact *fact = &subject->vocabulary->facts[stored.facts[i]];
        uint32_t slot = case_slot(subject, block->record, stored.facts[i]);
        if (subject->slots[slot].statement_count > 0 && (fact->is_id != 0) == takes_ids &&
            (block->section.length == 0 || case_in_section(fact, block->section))) {
            put_fact(writer, block, stored.facts[i]);
        }
    }
}

static void put_list(struct leaf_writer *writer, uint32_t kind)
{
    const struct case_list *list = &writer->subject->lists[kind];
    if (list->count > 0) {
        builder_put(writer->out, writer->subject->vocabulary->kinds[kind].list);
        builder_puts(writer->out, ":\n");
    }
    for (uint32_t i = 0; i < list->count; i++) {
        struct block block = {.record = list->first + i, .section = {"", 0}};
        put_facts(writer, &block, true);
        put_facts(writer, &block, false);
        builder_puts(writer->out, block.count == 0 ? "  - {}\n" : "");
    }
}

static void put_absences(struct leaf_writer *writer)
{
    uint32_t count = 0;
    const struct absence *absences = leaf_absences(&count, writer->out->arena, writer->subject);
    writer->out->failed |= absences == NULL;
    for (uint32_t i = 0; absences != NULL && i < count; i++) {
        builder_puts(writer->out, i == 0 ? "absent:\n  - {fact: \"" : "  - {fact: \"");
        leaf_put_absence(writer->out, writer->subject, &absences[i]);
        builder_puts(writer->out, "\", reason: ");
        leaf_put_text(writer, absences[i].reason);
        builder_puts(writer->out, "}\n");
    }
}

void case_write_yaml(struct builder *builder, const struct amicus_case *subject)
{
    assert(builder != NULL && subject != NULL);
    assert(subject->record_count > 0);
    const struct vocabulary *vocabulary = subject->vocabulary;
    struct leaf_writer writer = {.out = builder, .subject = subject, .is_yaml = true};
    builder_puts(builder, "amicus: case/1\n");
    for (uint32_t i = 0; i < vocabulary->root_count; i++) {
        struct block block = {.record = RECORD_ROOT, .section = vocabulary->roots[i]};
        put_facts(&writer, &block, true);
        put_facts(&writer, &block, false);
    }
    for (uint32_t i = 0; i < vocabulary->kind_count; i++) {
        put_list(&writer, i);
    }
    put_absences(&writer);
}
