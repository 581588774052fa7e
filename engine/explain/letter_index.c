/*
 * The references of a letter: what its sentences rest on, numbered.
 *
 * A party reads sentences; who wants to check one finds its rule, clause and evidence under its
 * number at the end. Sentences that name the same thing share a number, and what stands below any
 * of them stands under it once.
 *
 * Cost: quadratic in the sentences of a letter, of which there are some dozens at most.
 */
#include "render_letter.h"

#include <assert.h>
#include <string.h>

bool letter_is(const struct branch *branch, const char *kind)
{
    assert(branch != NULL && branch->kind != NULL);
    assert(kind != NULL);
    return strcmp(branch->kind, kind) == 0;
}

static struct branch *find(const struct branch *among, const struct branch *wanted)
{
    struct branch *one = among->first;
    while (one != NULL && !(letter_is(one, wanted->kind) && text_equal(one->name, wanted->name))) {
        one = one->next;
    }
    return one;
}

static struct branch *add_copy(struct outline *index, struct branch *parent,
                               const struct branch *original)
{
    struct branch *copy = outline_add(index, parent, original->kind);
    copy->name = original->name;
    copy->state = original->state;
    copy->says = original->says;
    copy->clause = original->clause;
    return copy;
}

static void add_sentence(struct outline *index, const struct branch *sentence)
{
    if (letter_is(sentence, "ruling")) {
        return;
    }
    struct branch *reference = find(&index->root, sentence);
    if (reference == NULL) {
        reference = add_copy(index, &index->root, sentence);
    }
    for (const struct branch *part = sentence->first; part != NULL; part = part->next) {
        if (find(reference, part) == NULL) {
            (void)add_copy(index, reference, part);
        }
    }
}

void letter_index(struct outline *index, const struct branch *letter)
{
    assert(index != NULL && index->root.first == NULL);
    assert(letter != NULL);
    for (const struct branch *paragraph = letter->first; paragraph != NULL;
         paragraph = paragraph->next) {
        for (const struct branch *sentence = paragraph->first; sentence != NULL;
             sentence = sentence->next) {
            add_sentence(index, sentence);
        }
    }
}

uint32_t letter_number(const struct outline *index, const struct branch *sentence)
{
    assert(index != NULL);
    assert(sentence != NULL);
    const struct branch *reference = find(&index->root, sentence);
    uint32_t number = reference == NULL ? 0 : 1;
    for (const struct branch *one = index->root.first; one != reference && one != NULL;
         one = one->next) {
        number++;
    }
    return reference == NULL ? 0 : number;
}

static const char *kind_words(const struct branch *reference)
{
    if (letter_is(reference, "state")) {
        return "state of the procedure";
    }
    return letter_is(reference, "missing") ? "missing fact" : reference->kind;
}

struct text letter_source_words(struct outline *index, const struct branch *reference)
{
    assert(index != NULL);
    assert(reference != NULL);
    struct builder builder;
    builder_start(&builder, index->arena);
    builder_puts(&builder, kind_words(reference));
    builder_putc(&builder, ' ');
    builder_put(&builder, reference->name);
    if (reference->clause.length > 0) {
        builder_puts(&builder, ", clause ");
        builder_put(&builder, reference->clause);
    }
    for (const struct branch *part = reference->first; part != NULL; part = part->next) {
        if (letter_is(part, "provision") && part->says.length > 0) {
            builder_puts(&builder, " (");
            builder_put(&builder, part->says);
            builder_putc(&builder, ')');
        }
    }
    return outline_text(index, &builder);
}

struct text letter_part_words(struct outline *index, const struct branch *part)
{
    assert(index != NULL);
    assert(part != NULL);
    struct builder builder;
    builder_start(&builder, index->arena);
    builder_put(&builder, part->name);
    if (part->state.length > 0) {
        builder_puts(&builder, " (");
        builder_put(&builder, part->state);
        builder_putc(&builder, ')');
    }
    if (part->says.length > 0) {
        builder_puts(&builder, ": ");
        builder_put(&builder, part->says);
    }
    return outline_text(index, &builder);
}
