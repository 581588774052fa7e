/*
 * Kept vocabularies: whatever bytes are found, they are refused or they are a vocabulary by which a
 * case can be read.
 *
 * The sum and the key are made right first, as somebody who knows the form could.
 */
#include "fuzz_case.h"

#include "digest.h"
#include "vocabulary_keep.h"

#include <stdlib.h>
#include <string.h>

/* Mark and version, then the key. */
#define KEY_AT   16u
#define KEY_SIZE 64u

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_case(const struct vocabulary *vocabulary)
{
    static const char TEXT[] =
        "amicus: case/1\n"
        "case: {id: T, filed_by: client, as_of: 2025-06-02T00:00:00Z}\n"
        "milestones: [{id: M1, held: USD 1.00}]\n"
        "deliveries: [{id: D1, item: M1, formal: {is: true, says: client, cites: [E1]}}]\n"
        "evidence: [{id: E1, capture: original}]\n"
        "absent: [{fact: milestones.M1, reason: x}, {fact: case, reason: y}]\n";
    amicus_diagnostics *list = NULL;
    struct amicus_case *subject = NULL;
    must(amicus_diagnostics_open(&list) == AMICUS_OK);
    if (case_load(&subject, vocabulary, "case", text_of(TEXT), AMICUS_FORMAT_YAML, list) ==
        AMICUS_OK) {
        fuzz_sane(subject);
        fuzz_write(subject);
    }
    case_close(subject);
    amicus_diagnostics_close(list);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = NULL;
    struct vocabulary *vocabulary = NULL;
    uint64_t sum = 0;
    if (size < KEY_AT + KEY_SIZE + sizeof sum || size > (size_t)1 << 20) {
        return 0;
    }
    must(arena_open(&arena, (size_t)4 << 20) == AMICUS_OK);
    char *bytes = arena_copy(arena, data, size);
    must(bytes != NULL);
    char mark[KEY_AT] = "AMV1" AMICUS_VERSION;
    memcpy(bytes, mark, sizeof mark);
    sum = checksum_of((struct text){bytes, size - sizeof sum});
    memcpy(bytes + size - sizeof sum, &sum, sizeof sum);
    amicus_status status = vocabulary_unpack(&vocabulary, (struct text){bytes, size},
                                             (struct text){bytes + KEY_AT, KEY_SIZE});
    must((status == AMICUS_OK) == (vocabulary != NULL));
    must(status == AMICUS_OK || status == AMICUS_NOT_FOUND || status == AMICUS_MEMORY);
    if (vocabulary != NULL) {
        try_case(vocabulary);
    }
    vocabulary_close(vocabulary);
    arena_close(arena);
    return 0;
}
