/*
 * The vocabulary: loading it from the bytes of its file, and its end.
 *
 * The steps are kinds, facts, links, each in a file of its own; a step runs only if there was
 * memory for the one before, and reports all of its faults. Texts are borrowed from the tree that
 * the file was read into, which lives as long as the vocabulary.
 */
#include "vocabulary_index.h"
#include "vocabulary_keep.h"

#include "digest.h"
#include "limit.h"

#include <assert.h>

static const char *const PARTY_NAMES[PARTY_THIRD + 1] = {
    "none",   "client", "freelancer", "platform", "reviewer",
    "expert", "filer",  "respondent", "objector", "third",
};

const char *party_name(enum party party)
{
    assert((unsigned)party <= PARTY_THIRD);
    assert(PARTY_NAMES[party] != NULL);
    return PARTY_NAMES[party];
}

enum party party_find(struct text name)
{
    assert(name.at != NULL || name.length == 0);
    for (unsigned i = PARTY_NONE + 1; i <= PARTY_THIRD; i++) {
        assert(PARTY_NAMES[i] != NULL);
        if (text_is(name, PARTY_NAMES[i])) {
            return (enum party)i;
        }
    }
    return PARTY_NONE;
}

/* A file's shape is the same for every vocabulary; its bounds are those of a case, but a vocabulary
 * has more small values than a case that people write. */
static amicus_status read_tree(const struct tree **out, struct arena *arena, const char *name,
                               struct text bytes, amicus_diagnostics *list)
{
    struct tree_source source = tree_source_of(name, bytes, false);
    source.limit_bytes = (size_t)limit_of(LIMIT_VOCABULARY_BYTES);
    source.limit_nodes = (size_t)limit_of(LIMIT_CASE_JSON_NODES);
    return tree_read_yaml(out, arena, &source, list);
}

amicus_status vocabulary_digest_of(char out[DIGEST_HEX], struct text bytes)
{
    assert(out != NULL);
    assert(bytes.at != NULL || bytes.length == 0);
    uint8_t binary[DIGEST_BYTES];
    amicus_status status = digest_of(binary, "amicus.vocabulary/1", bytes);
    digest_write(out, binary);
    return status;
}

static void digest(struct vocabulary_loader *loader, struct text bytes)
{
    struct vocabulary *vocabulary = loader->vocabulary;
    char *hex = arena_give(vocabulary->arena, DIGEST_HEX);
    amicus_status status = hex == NULL ? AMICUS_MEMORY : vocabulary_digest_of(hex, bytes);
    if (faults_status(&loader->faults, status)) {
        vocabulary->digest = text_of(hex);
    }
}

bool vocabulary_is(const struct vocabulary *vocabulary, struct text bytes)
{
    assert(vocabulary != NULL);
    assert(vocabulary->digest.length == DIGEST_HEX - 1);
    char hex[DIGEST_HEX];
    return vocabulary_digest_of(hex, bytes) == AMICUS_OK && text_is(vocabulary->digest, hex);
}

static void check_head(struct vocabulary_loader *loader, const struct tree *root)
{
    static const char *const KEYS[] = {
        "amicus", "roots", "lists", "unions", "facts", "roles", "evidence_ranking", NULL};
    if (!faults_check_keys(&loader->faults, root, "V0102", KEYS)) {
        return;
    }
    if (root->first == NULL || !text_is(root->first->key, "amicus") ||
        !tree_is(root->first, "vocabulary/1")) {
        faults_add(&loader->faults, "V0101", root->place, "start with 'amicus: vocabulary/1'",
                   "this is no vocabulary that this version reads");
    }
}

static void load_parts(struct vocabulary_loader *loader, const struct tree *root)
{
    check_head(loader, root);
    if (root->kind != TREE_MAP) {
        return;
    }
    vocabulary_load_kinds(loader, root);
    if (loader->faults.status == AMICUS_OK) {
        vocabulary_load_facts(loader, root);
    }
    if (loader->faults.status == AMICUS_OK) {
        vocabulary_load_links(loader, root);
    }
}

static amicus_status load(struct vocabulary *vocabulary, const char *name, struct text bytes,
                          amicus_diagnostics *list)
{
    struct vocabulary_loader loader = {
        .vocabulary = vocabulary,
        .index = arena_give(vocabulary->arena, sizeof *loader.index),
        .faults = {.list = list},
    };
    vocabulary->index = loader.index;
    if (loader.index == NULL) {
        return AMICUS_MEMORY;
    }
    const struct tree *root = NULL;
    amicus_status status = read_tree(&root, vocabulary->arena, name, bytes, list);
    if (root == NULL) {
        return status;
    }
    load_parts(&loader, root);
    digest(&loader, bytes);
    if (loader.faults.status != AMICUS_OK) {
        return loader.faults.status;
    }
    return status == AMICUS_OK && loader.faults.any ? AMICUS_INVALID : status;
}

amicus_status vocabulary_open(struct vocabulary **out)
{
    assert(out != NULL);
    struct arena *arena = NULL;
    *out = NULL;
    amicus_status status = arena_open(&arena, (size_t)limit_of(LIMIT_RULEBOOK_ARENA_BYTES));
    if (status != AMICUS_OK) {
        return status;
    }
    struct vocabulary *vocabulary = arena_give(arena, sizeof *vocabulary);
    if (vocabulary == NULL) {
        arena_close(arena);
        return AMICUS_MEMORY;
    }
    vocabulary->arena = arena;
    vocabulary->item_kind = KIND_NONE;
    vocabulary->evidence_kind = KIND_NONE;
    assert(vocabulary->kind_count == 0);
    *out = vocabulary;
    return AMICUS_OK;
}

amicus_status vocabulary_load(struct vocabulary **out, const char *name, struct text bytes,
                              amicus_diagnostics *list)
{
    assert(out != NULL && list != NULL);
    assert(bytes.at != NULL || bytes.length == 0);
    *out = NULL;
    struct vocabulary *vocabulary = NULL;
    amicus_status status = vocabulary_open(&vocabulary);
    if (status != AMICUS_OK) {
        return status;
    }
    status = load(vocabulary, name, bytes, list);
    if (status != AMICUS_OK) {
        arena_close(vocabulary->arena);
        return status;
    }
    *out = vocabulary;
    return AMICUS_OK;
}

void vocabulary_close(struct vocabulary *vocabulary)
{
    if (vocabulary == NULL) {
        return;
    }
    assert(vocabulary->arena != NULL);
    assert(vocabulary->index != NULL);
    arena_close(vocabulary->arena);
}

uint32_t fact_member(const struct fact *fact, struct text name)
{
    assert(fact != NULL);
    assert(fact->members != NULL || fact->member_count == 0);
    for (uint32_t i = 0; i < fact->member_count; i++) {
        if (text_equal(fact->members[i].name, name)) {
            return i;
        }
    }
    return UINT32_MAX;
}
