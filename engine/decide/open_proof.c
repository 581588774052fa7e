/*
 * A proof that an issue is open holds longer than the evaluation that found it: a label by Kleene's
 * values that is definite stays so whatever more is known, and an end that is stuck stays stuck as
 * long as nothing that it touched changes. So a trial, which knows one fact more, seldom needs to
 * look for a proof of its own.
 *
 * INVARIANT: a proof says what it assumes; a trial that knows one of those facts otherwise is not
 * covered by it.
 *
 * Cost: a comparison of what the end assumed with what the trial changed, a handful each.
 */
#include "open_proof.h"

#include <assert.h>

/* Whether what an end assumed still holds for a trial: it knows nothing else of those facts. */
static bool end_holds(const struct end *end, const struct workspace *trial)
{
    const struct change *change = trial->change;
    for (uint32_t i = 0; i < end->count; i++) {
        const struct patch *given = &end->given[i];
        bool is_patched = false;
        for (uint32_t j = 0; j < change->patch_count && !is_patched; j++) {
            is_patched = change->patches[j].slot == given->slot;
        }
        const struct value *value = &trial->values[given->slot];
        const bool is_same =
            value->standing == given->value.standing &&
            (value->standing == STANDING_ABSENT || value_equal(value, &given->value));
        if (is_patched && !is_same) {
            return false;
        }
    }
    return true;
}

static bool is_given(const struct end *end, uint32_t slot)
{
    for (uint32_t i = 0; i < end->count; i++) {
        if (end->given[i].slot == slot) {
            return true;
        }
    }
    return false;
}

/* Whether a proof is one for a trial too. More knowledge of what an end left unknown changes no
 * label that is definite; one that is stuck may move if it touched what the trial knows. */
bool open_proof_holds(const struct open_proof *proof, const struct footprint *footprint,
                      const struct workspace *trial)
{
    assert(proof != NULL && footprint != NULL && trial != NULL);
    assert(trial->change != NULL && proof->count <= 2);
    for (uint32_t i = 0; i < proof->count; i++) {
        if (!end_holds(&proof->ends[i], trial)) {
            return false;
        }
    }
    const struct change *change = trial->change;
    for (uint32_t i = 0; i < change->patch_count && proof->count == 1; i++) {
        const uint32_t number = footprint->number_of[change->patches[i].slot];
        if (number != 0 && mask_has(&proof->touched, number - 1) &&
            !is_given(&proof->ends[0], change->patches[i].slot)) {
            return false;
        }
    }
    return true;
}

bool footprint_only_grows(const struct footprint *footprint, const struct change *change)
{
    assert(footprint != NULL && change != NULL);
    assert(change->patches != NULL || change->patch_count == 0);
    bool knows_more = change->reading_of == NULL &&
                      (!change->has_list || (footprint->seen_kinds & kind_bit(change->kind)) == 0);
    for (uint32_t i = 0; i < change->patch_count && knows_more; i++) {
        const uint32_t slot = change->patches[i].slot;
        knows_more = footprint->number_of[slot] != 0 || !footprint->is_seen[slot];
    }
    return knows_more;
}

/* Let an end assume what a trial changed, too. returns false if that is too much. */
static bool assume(struct end *end, const struct footprint *footprint, const struct change *change)
{
    for (uint32_t i = 0; change != NULL && i < change->patch_count; i++) {
        const struct patch *patch = &change->patches[i];
        if (footprint->number_of[patch->slot] == 0 || is_given(end, patch->slot)) {
            continue;
        }
        if (end->count == GIVEN_MOST) {
            return false;
        }
        end->given[end->count++] = *patch;
    }
    return true;
}

bool open_proof_assume(struct open_proof *proof, const struct footprint *footprint,
                       const struct change *change)
{
    assert(proof != NULL && footprint != NULL);
    assert(proof->count <= 2);
    bool fits = true;
    for (uint32_t i = 0; i < proof->count; i++) {
        fits = fits && assume(&proof->ends[i], footprint, change);
    }
    return fits;
}
