/*
 * A case, laid out to be read.
 *
 * Sections follow the vocabulary: first the root facts by their first word, then list by list,
 * record by record. What nobody stated is not shown; a case would otherwise be three hundred lines
 * of "unknown". A plain value of the platform's record needs no statement under it; whatever a
 * person said does, because who says it is what a reviewer weighs.
 */
#include "sheet.h"

#include "exhibit.h"

#include <assert.h>
#include <string.h>

/* What the functions of this file pass around. */
struct work {
    struct outline *outline;
    const struct amicus_case *subject;
    const struct vocabulary *vocabulary;
    bool is_brief;
    uint32_t fact_count, contested_count;
    struct branch *absent; /* the latest branch of absent facts of this section or record */
    struct text reason;    /* theirs */
};

static void add_cites(struct work *work, struct builder *builder, const struct statement *statement)
{
    for (uint32_t i = 0; i < statement->cite_count; i++) {
        uint32_t record = work->subject->cites[statement->first_cite + i];
        builder_puts(builder, i == 0 ? "  by " : ", ");
        builder_put(builder, layout_visible(builder->arena, work->subject->records[record].id));
    }
}

static void add_statement(struct work *work, struct branch *parent, uint32_t fact,
                          const struct statement *statement, bool is_outweighed)
{
    struct branch *branch = outline_add(work->outline, parent, "statement");
    branch->name = text_of(party_name((enum party)statement->says));
    branch->state = text_of(is_outweighed ? "outweighed" : "");
    branch->ink = INK_FAINT;
    struct value value = statement->value;
    value.standing = STANDING_ESTABLISHED;
    struct builder builder;
    builder_start(&builder, work->outline->arena);
    builder_put(&builder, exhibit_value(builder.arena, work->subject, fact, &value));
    add_cites(work, &builder, statement);
    if (statement->note.length > 0) {
        builder_puts(&builder, "  (");
        builder_put(&builder, layout_visible(builder.arena, statement->note));
        builder_putc(&builder, ')');
    }
    branch->says = outline_text(work->outline, &builder);
}

/* Tell whether a fact's statements say more than its value does. */
static bool is_stated_by_people(const struct work *work, const struct slot *slot)
{
    if (slot->statement_count != 1) {
        return slot->statement_count > 1;
    }
    const struct statement *only = &work->subject->statements[slot->first_statement];
    return !only->is_plain || only->says != PARTY_PLATFORM;
}

/* The name of a fact below its section, which already says the first word of a root fact. */
static struct text name_below(const struct fact *fact)
{
    const char *dot = memchr(fact->name.at, '.', fact->name.length);
    if (fact->kind != KIND_ROOT || dot == NULL) {
        return fact->name;
    }
    size_t skipped = (size_t)(dot - fact->name.at) + 1;
    return (struct text){fact->name.at + skipped, fact->name.length - skipped};
}

/* Put an absent fact beside those that are absent for the same reason. */
static void add_absent(struct work *work, struct branch *parent, struct text name,
                       struct text reason)
{
    if (work->absent == NULL || !text_equal(work->reason, reason)) {
        work->absent = outline_add(work->outline, parent, "absent");
        work->absent->name = text_of("(absent)");
        work->absent->says = outline_visible(work->outline, reason);
        work->reason = reason;
    }
    struct text before = work->absent->says;
    work->absent->says = outline_putf(
        work->outline, "%.*s%s %.*s", (int)before.length, before.length ? before.at : "",
        work->absent->state.at == NULL ? ":" : ",", (int)name.length, name.at);
    work->absent->state = (struct text){"", 0};
}

static void add_fact(struct work *work, struct branch *parent, uint32_t record, uint32_t number)
{
    const struct fact *fact = &work->vocabulary->facts[number];
    const struct value *value = case_value(work->subject, record, number);
    const struct slot *slot = &work->subject->slots[case_slot(work->subject, record, number)];
    if (slot->statement_count == 0 && value->standing == STANDING_UNKNOWN) {
        return;
    }
    work->fact_count++;
    work->contested_count += value->standing == STANDING_CONTESTED;
    if (work->is_brief && value->standing == STANDING_ABSENT) {
        add_absent(work, parent, name_below(fact), slot->absent_reason);
        return;
    }
    struct branch *branch = outline_add(work->outline, parent, "fact");
    branch->name = name_below(fact);
    branch->state = text_of(standing_name((enum standing)value->standing));
    branch->ink = exhibit_ink(value->standing);
    if (exhibit_has_value(value)) {
        branch->says = exhibit_value(work->outline->arena, work->subject, number, value);
    } else if (value->standing == STANDING_ABSENT) {
        branch->says = outline_visible(work->outline, slot->absent_reason);
    }
    for (uint32_t i = 0; is_stated_by_people(work, slot) && i < slot->statement_count; i++) {
        const struct statement *statement = &work->subject->statements[slot->first_statement + i];
        add_statement(work, branch, number, statement,
                      exhibit_has_value(value) && !statement->is_kept);
    }
}

static struct text first_word(struct text path)
{
    const char *dot = memchr(path.at, '.', path.length);
    return dot == NULL ? path : (struct text){path.at, (size_t)(dot - path.at)};
}

/* Tell whether a stored fact belongs to records of a kind. */
static bool is_of(const struct work *work, uint32_t number, uint32_t kind)
{
    const struct fact *fact = &work->vocabulary->facts[number];
    return fact->derived == FACT_NONE && kind_is(work->vocabulary, kind, fact->kind);
}

/* In a brief sheet what is absent stands last in its section, so facts are gone over twice. */
static bool is_for_pass(const struct work *work, uint32_t record, uint32_t number, unsigned pass)
{
    bool is_absent =
        work->is_brief && case_value(work->subject, record, number)->standing == STANDING_ABSENT;
    return is_absent == (pass == 1);
}

/* Tell whether a record shows a fact: it is the record's own, starts with a word, if one is given,
 * and is no id that names the record already. */
static bool is_wanted(const struct work *work, uint32_t record, uint32_t number, struct text word)
{
    const struct fact *fact = &work->vocabulary->facts[number];
    return is_of(work, number, work->subject->records[record].kind) &&
           !(fact->is_id && record != RECORD_ROOT) &&
           (word.length == 0 || text_equal(first_word(fact->path), word));
}

/* Add the facts of a record that start with a word, or all if it is empty. */
static void add_facts(struct work *work, struct branch *branch, uint32_t record, struct text word)
{
    work->absent = NULL;
    uint32_t count = work->vocabulary->fact_count;
    for (uint32_t i = 0; i < 2 * count; i++) {
        uint32_t number = i % count;
        if (is_wanted(work, record, number, word) && is_for_pass(work, record, number, i / count)) {
            add_fact(work, branch, record, number);
        }
    }
}

static void add_root(struct work *work)
{
    struct text before = {NULL, 0};
    for (uint32_t i = 0; i < work->vocabulary->fact_count; i++) {
        struct text word = first_word(work->vocabulary->facts[i].path);
        if (is_of(work, i, KIND_ROOT) && !text_equal(before, word)) {
            struct branch *section = outline_add(work->outline, &work->outline->root, "section");
            section->name = word;
            add_facts(work, section, RECORD_ROOT, word);
            before = word;
        }
    }
}

static void add_record(struct work *work, uint32_t record)
{
    uint32_t kind = work->subject->records[record].kind;
    struct branch *branch = outline_add(work->outline, &work->outline->root, "record");
    struct text list = work->vocabulary->kinds[kind].list;
    struct text id = outline_visible(work->outline, work->subject->records[record].id);
    bool has_id = work->vocabulary->kinds[kind].id_fact != FACT_NONE;
    branch->name = has_id ? outline_putf(work->outline, "%.*s.%.*s", (int)list.length, list.at,
                                         (int)id.length, id.length ? id.at : "")
                          : id;
    add_facts(work, branch, record, (struct text){NULL, 0});
}

/* Sections in which nobody stated anything are left out. */
static void drop_empty(struct branch *root)
{
    struct branch **link = &root->first;
    root->last = NULL;
    while (*link != NULL) {
        if ((*link)->first == NULL && strcmp((*link)->kind, "section") == 0) {
            *link = (*link)->next;
        } else {
            root->last = *link;
            link = &(*link)->next;
        }
    }
}

amicus_status sheet_of(struct outline *outline, const struct amicus_case *subject, bool is_brief)
{
    assert(outline != NULL && outline->arena != NULL);
    assert(subject != NULL && subject->record_count > 0);
    struct work work = {.outline = outline,
                        .subject = subject,
                        .vocabulary = subject->vocabulary,
                        .is_brief = is_brief};
    add_root(&work);
    for (uint32_t i = 1; i < subject->record_count; i++) {
        add_record(&work, i);
    }
    drop_empty(&outline->root);
    outline->root.name = outline_visible(outline, subject->id);
    outline->root.says = outline_putf(outline, "%u facts, %u contested", (unsigned)work.fact_count,
                                      (unsigned)work.contested_count);
    return outline_end(outline);
}
