/*
 * The vocabulary: finding kinds and facts by name.
 *
 * A member kind's map holds the names of its base too, so that a look-up is one search and the
 * nearest name is looked for among all that the author could have meant. The maps borrow their keys
 * from the tree that the file was read into, which lives as long as the vocabulary.
 *
 * Cost: a look-up is linear in the length of the name; reading a case makes one for each key.
 */
#include "vocabulary_index.h"

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

static void digest(struct vocabulary_loader *loader, struct text bytes)
{
    struct vocabulary *vocabulary = loader->vocabulary;
    uint8_t binary[DIGEST_BYTES];
    char *hex = arena_give(vocabulary->arena, DIGEST_HEX);
    amicus_status status = digest_of(binary, "amicus.vocabulary/1", bytes);
    if (hex == NULL || status != AMICUS_OK) {
        (void)faults_status(&loader->faults, hex == NULL ? AMICUS_MEMORY : status);
        return;
    }
    digest_write(hex, binary);
    vocabulary->digest = text_of(hex);
}

bool vocabulary_is(const struct vocabulary *vocabulary, struct text bytes)
{
    assert(vocabulary != NULL);
    assert(vocabulary->digest.length == DIGEST_HEX - 1);
    uint8_t binary[DIGEST_BYTES];
    char hex[DIGEST_HEX];
    if (digest_of(binary, "amicus.vocabulary/1", bytes) != AMICUS_OK) {
        return false;
    }
    digest_write(hex, binary);
    return text_is(vocabulary->digest, hex);
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

amicus_status vocabulary_load(struct vocabulary **out, const char *name, struct text bytes,
                              amicus_diagnostics *list)
{
    assert(out != NULL && list != NULL);
    assert(bytes.at != NULL || bytes.length == 0);
    *out = NULL;
    struct arena *arena = NULL;
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
    status = load(vocabulary, name, bytes, list);
    if (status != AMICUS_OK) {
        arena_close(arena);
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

static uint32_t number_of(const struct vocabulary *vocabulary, const struct fact *fact)
{
    return fact == NULL ? FACT_NONE : (uint32_t)(fact - vocabulary->facts);
}

uint32_t vocabulary_find(const struct vocabulary *vocabulary, uint32_t kind, struct text name)
{
    assert(vocabulary != NULL);
    assert(kind < vocabulary->kind_count);
    return number_of(vocabulary, map_find(vocabulary->index->names[kind], name));
}

struct fact_list vocabulary_stored(const struct vocabulary *vocabulary, uint32_t kind)
{
    assert(vocabulary != NULL);
    assert(kind < vocabulary->kind_count);
    return vocabulary->index->stored[kind];
}

uint32_t vocabulary_find_path(const struct vocabulary *vocabulary, struct text path)
{
    assert(vocabulary != NULL);
    assert(path.at != NULL || path.length == 0);
    return number_of(vocabulary, map_find(vocabulary->index->paths, path));
}

uint32_t vocabulary_find_kind(const struct vocabulary *vocabulary, struct text name)
{
    assert(vocabulary != NULL);
    assert(name.at != NULL || name.length == 0);
    const struct kind *kind = map_find(vocabulary->index->kinds, name);
    return kind == NULL ? KIND_NONE : (uint32_t)(kind - vocabulary->kinds);
}

bool kind_is(const struct vocabulary *vocabulary, uint32_t kind, uint32_t wanted)
{
    assert(vocabulary != NULL);
    assert(kind < vocabulary->kind_count && wanted < vocabulary->kind_count);
    return kind == wanted || vocabulary->kinds[kind].base == wanted;
}

struct text vocabulary_nearest(const struct vocabulary *vocabulary, uint32_t kind, struct text name)
{
    assert(vocabulary != NULL);
    assert(kind < vocabulary->kind_count);
    return map_nearest(vocabulary->index->names[kind], name);
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
