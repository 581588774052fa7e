/*
 * What fuzzed cases promise in either language: no bytes harm the reader, what is refused has a
 * reason, and what is read can be written and read again to the same digest.
 */
#ifndef FUZZ_CASE_H
#define FUZZ_CASE_H

#include "../unit/small_vocabulary.h"

/* As assert, but never compiled out. */
static inline void must(bool holds)
{
    if (!holds) {
        abort();
    }
}

/* The small vocabulary, loaded once and kept until the program ends. */
static inline const struct vocabulary *fuzz_vocabulary(void)
{
    static struct small small;
    if (small.vocabulary == NULL) {
        small = small_open();
    }
    return small.vocabulary;
}

/* Load a text again that was written from a case: it must give the same case. */
static inline void fuzz_again(const struct amicus_case *subject, struct text text,
                              amicus_case_format format)
{
    amicus_diagnostics *list = NULL;
    struct amicus_case *again = NULL;
    must(amicus_diagnostics_open(&list) == AMICUS_OK);
    must(case_load(&again, subject->vocabulary, "again", text, format, list) == AMICUS_OK);
    must(memcmp(again->digest, subject->digest, DIGEST_BYTES) == 0);
    case_close(again);
    amicus_diagnostics_close(list);
}

static inline void fuzz_write(const struct amicus_case *subject)
{
    struct arena *arena = NULL;
    struct builder builder;
    struct text text;
    must(arena_open(&arena, (size_t)64 << 20) == AMICUS_OK);
    builder_start(&builder, arena);
    case_write_json(&builder, subject);
    must(builder_end(&text, &builder) == AMICUS_OK);
    fuzz_again(subject, text, AMICUS_FORMAT_JSON);
    builder_start(&builder, arena);
    case_write_yaml(&builder, subject);
    must(builder_end(&text, &builder) == AMICUS_OK);
    fuzz_again(subject, text, AMICUS_FORMAT_YAML);
    arena_close(arena);
}

/* Every backing piece is one of the evidence, ascending and once; every value fits its type. */
static inline void fuzz_sane(const struct amicus_case *subject)
{
    for (uint32_t i = 0; i < subject->slot_count; i++) {
        const struct slot *slot = &subject->slots[i];
        must(subject->values[i].standing <= STANDING_ABSENT);
        must((uint64_t)slot->first_statement + slot->statement_count <= subject->statement_count);
        must(slot->statement_count == 0 || slot->absent_reason.length == 0);
        for (uint32_t b = 0; b < slot->backing_count; b++) {
            uint32_t piece = subject->backing[slot->first_backing + b];
            must(subject->records[piece].kind == subject->vocabulary->evidence_kind);
            must(b == 0 || subject->backing[slot->first_backing + b - 1] < piece);
        }
    }
}

static inline void fuzz_case(struct text text, amicus_case_format format)
{
    amicus_diagnostics *list = NULL;
    struct amicus_case *subject = NULL;
    must(amicus_diagnostics_open(&list) == AMICUS_OK);
    amicus_status status = case_load(&subject, fuzz_vocabulary(), "fuzzed", text, format, list);
    must((status == AMICUS_OK) == (subject != NULL));
    must(status != AMICUS_INVALID || diagnostics_errors(list) > 0);
    if (subject != NULL) {
        fuzz_sane(subject);
        fuzz_write(subject);
    }
    case_close(subject);
    amicus_diagnostics_close(list);
}

#endif
