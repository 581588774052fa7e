/*
 * What a witness accepts.
 *
 * It knows nothing of the store: it believes a key once, and from then on only mathematics. A
 * checkpoint of the same size must have the same root, a larger one must be proved to continue the
 * one before, and a smaller one is refused, because that is what a log that was cut off looks like.
 */
#include "witness.h"

#include "merkle.h"
#include "yaml_tree.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const struct place NOWHERE = {"", 0, 0};
static const char FIRST_LINE[] = "amicus.witness/1\n";

static bool take_line(struct text *line, struct text *rest)
{
    const char *end = rest->length == 0 ? NULL : memchr(rest->at, '\n', rest->length);
    if (end == NULL) {
        return false;
    }
    *line = (struct text){rest->at, (size_t)(end - rest->at)};
    rest->at += line->length + 1;
    rest->length -= line->length + 1;
    return true;
}

bool witness_read(struct witness *out, struct text state)
{
    assert(out != NULL);
    assert(state.at != NULL || state.length == 0);
    struct text line;
    struct text rest = state;
    const size_t first = sizeof FIRST_LINE - 1;
    memset(out, 0, sizeof *out);
    if (state.length < first || memcmp(state.at, FIRST_LINE, first) != 0) {
        return false;
    }
    rest.at += first;
    rest.length -= first;
    if (!take_line(&line, &rest) || verifier_read(&out->log, line) != AMICUS_OK ||
        !take_line(&line, &rest) || verifier_read(&out->own, line) != AMICUS_OK ||
        !take_line(&line, &rest) || line.length != 0) {
        return false;
    }
    return out->log.type == KEY_LOG && out->own.type == KEY_WITNESS &&
           checkpoint_read(&out->checkpoint, rest) &&
           text_is(out->checkpoint.origin, out->log.name) &&
           checkpoint_is_signed(&out->checkpoint, &out->log, NULL) &&
           checkpoint_is_signed(&out->checkpoint, &out->own, &out->at_s);
}

/* What is offered, read. */
struct offer {
    struct verifier key;
    struct checkpoint checkpoint;
    uint64_t size1;
    struct merkle_proof proof;
};

static bool read_proof(const struct tree *list, struct merkle_proof *out)
{
    out->count = 0;
    for (const struct tree *one = list == NULL ? NULL : list->first; one != NULL; one = one->next) {
        if (out->count == MERKLE_PROOF_MAX || !digest_read(out->hashes[out->count++], one->text)) {
            return false;
        }
    }
    return list != NULL;
}

static bool read_offer(const struct tree *root, struct offer *out)
{
    const struct tree *key = tree_find(root, "key");
    const struct tree *note = tree_find(root, "checkpoint");
    const struct tree *size = tree_find(root, "size1");
    if (key == NULL || note == NULL || size == NULL) {
        return false;
    }
    out->size1 = strtoull(size->text.at, NULL, 10);
    return verifier_read(&out->key, key->text) == AMICUS_OK && out->key.type == KEY_LOG &&
           checkpoint_read(&out->checkpoint, note->text) &&
           text_is(out->checkpoint.origin, out->key.name) &&
           checkpoint_is_signed(&out->checkpoint, &out->key, NULL) &&
           read_proof(tree_find(root, "proof"), &out->proof);
}

static bool grows(const struct witness *before, const struct offer *offer)
{
    struct hasher hasher = {false};
    const struct checkpoint *old = &before->checkpoint;
    const struct merkle_growth claim = {old->size, offer->checkpoint.size, old->root,
                                        offer->checkpoint.root};
    bool is_equal = old->size == offer->checkpoint.size;
    bool is_proved =
        (is_equal || offer->size1 == old->size) &&
        merkle_grows(&hasher, &claim, offer->proof.hashes[0], is_equal ? 0 : offer->proof.count);
    return is_proved;
}

/* Say why a checkpoint is refused. returns whether it was */
static bool refuse(const struct witness *before, const struct offer *offer,
                   amicus_diagnostics *list)
{
    unsigned long long old = before->checkpoint.size;
    unsigned long long new = offer->checkpoint.size;
    if (memcmp(&before->log, &offer->key, sizeof before->log) != 0) {
        diagnostics_add(list, AMICUS_ERROR, "R0404", NOWHERE,
                        "ask why the key changed; start a new state to believe it",
                        "it is signed by another key or of another log: %s", offer->key.name);
    } else if (new < old) {
        diagnostics_add(list, AMICUS_ERROR, "R0404", NOWHERE, "keep the state: it is evidence",
                        "it covers %llu entries, and %llu were seen before: the end is gone", new,
                        old);
    } else if (!grows(before, offer)) {
        diagnostics_add(
            list, AMICUS_ERROR, "R0404", NOWHERE, "offer the proof: amicus audit consistency SIZE",
            "nothing proves that the log of %llu entries continues that of %llu", new, old);
    } else {
        return false;
    }
    return true;
}

static amicus_status write_state(struct builder *builder, const struct offer *offer,
                                 const struct signer *signer, int64_t at_s)
{
    struct checkpoint bare = offer->checkpoint;
    builder_puts(builder, FIRST_LINE);
    verifier_write(builder, &offer->key);
    builder_putc(builder, '\n');
    verifier_write(builder, &signer->verifier);
    builder_puts(builder, "\n\n");
    return checkpoint_cosign(builder, &bare, signer, at_s);
}

amicus_status witness_take(struct builder *builder, const struct witness *before, struct text offer,
                           const struct signer *signer, int64_t at_s, amicus_diagnostics *list)
{
    assert(builder != NULL && signer != NULL);
    assert(list != NULL && signer->verifier.type == KEY_WITNESS);
    const struct tree *root = NULL;
    struct offer read = {.size1 = 0};
    struct tree_source source = tree_source_of("", offer, true);
    amicus_status status = tree_read_json(&root, builder->arena, &source, list);
    if (status != AMICUS_OK) {
        return status;
    }
    if (!read_offer(root, &read)) {
        diagnostics_add(list, AMICUS_ERROR, "R0402", NOWHERE,
                        "offer what 'amicus audit consistency SIZE' prints",
                        "there is no signed checkpoint in what is offered");
        return AMICUS_INVALID;
    }
    if (before != NULL && refuse(before, &read, list)) {
        return AMICUS_INVALID;
    }
    return write_state(builder, &read, signer, at_s);
}
