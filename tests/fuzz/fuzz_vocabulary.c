/*
 * Vocabularies: whatever bytes come, a vocabulary that loads is in order, and a case can be read by
 * it.
 */
#include "fuzz_case.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must_be_in_order(const struct vocabulary *vocabulary)
{
    for (uint32_t i = 0; i < vocabulary->fact_count; i++) {
        const struct fact *fact = &vocabulary->facts[i];
        const struct kind *kind = &vocabulary->kinds[fact->kind];
        must(fact->kind < vocabulary->kind_count);
        must(i == 0 || text_order(vocabulary->facts[i - 1].path, fact->path) < 0);
        must(fact->derived != FACT_NONE ? fact->derived < kind->derived_count
                                        : fact->slot < kind->slot_count);
        must(vocabulary_find_path(vocabulary, fact->path) == i);
        must(vocabulary_find(vocabulary, fact->kind, fact->name) == i);
    }
}

static void try_case(const struct vocabulary *vocabulary, const char *text)
{
    amicus_diagnostics *list = NULL;
    struct amicus_case *subject = NULL;
    must(amicus_diagnostics_open(&list) == AMICUS_OK);
    if (case_load(&subject, vocabulary, "case", text_of(text), AMICUS_FORMAT_YAML, list) ==
        AMICUS_OK) {
        fuzz_sane(subject);
        fuzz_write(subject);
    }
    case_close(subject);
    amicus_diagnostics_close(list);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const CASES[] = {
        "amicus: case/1\ncase: {id: T}\n",
        "amicus: case/1\n"
        "case: {id: T, filed_by: client, as_of: 2025-06-02T00:00:00Z}\n"
        "milestones: [{id: M1, held: USD 1.00}]\n"
        "deliveries: [{id: D1, item: M1, formal: {is: true, says: client, cites: [E1]}}]\n"
        "evidence: [{id: E1, capture: original}]\n"
        "absent: [{fact: milestones.M1, reason: x}, {fact: case, reason: y}]\n",
    };
    amicus_diagnostics *list = NULL;
    struct vocabulary *vocabulary = NULL;
    must(amicus_diagnostics_open(&list) == AMICUS_OK);
    amicus_status status =
        vocabulary_load(&vocabulary, "fuzzed", (struct text){(const char *)data, size}, list);
    must((status == AMICUS_OK) == (vocabulary != NULL));
    must(status != AMICUS_INVALID || diagnostics_errors(list) > 0);
    if (vocabulary != NULL) {
        must_be_in_order(vocabulary);
        try_case(vocabulary, CASES[0]);
        try_case(vocabulary, CASES[1]);
    }
    vocabulary_close(vocabulary);
    amicus_diagnostics_close(list);
    return 0;
}
