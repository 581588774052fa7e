/*
 * Loading a vocabulary: what links facts to each other and to the engine.
 *
 * Owner paths say how to get from a record to the money item that it belongs to, roles which facts
 * the engine itself must know, the ranking how good a piece of evidence is. All name facts, so they
 * are read last.
 */
#include "digest.h"
#include "vocabulary_index.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

/* Steps from a record to its money item: a review, its delivery, its milestone. */
enum { STEPS_MAX = 3 };

/* One role: its key, where it is kept, the type that its fact must have, and whether the engine
 * computes it: then it is derived, else it is stored. */
struct role_row {
    const char *key;
    size_t at;
    enum value_type type;
    bool is_derived;
};

static const struct role_row ROLE_ROWS[] = {
    {"case_id", offsetof(struct roles, case_id), TYPE_TEXT, false},
    {"as_of", offsetof(struct roles, as_of), TYPE_INSTANT, false},
    {"platform", offsetof(struct roles, platform), TYPE_ENUM, false},
    {"grounds", offsetof(struct roles, grounds), TYPE_ENUMS, false},
    {"filed_by", offsetof(struct roles, filed_by), TYPE_ENUM, false},
    {"contract_formed", offsetof(struct roles, contract_formed), TYPE_INSTANT, false},
    {"filed", offsetof(struct roles, filed), TYPE_INSTANT, false},
    {"contract_type", offsetof(struct roles, contract_type), TYPE_ENUM, false},
    {"item_held", offsetof(struct roles, item_held), TYPE_MONEY, false},
    {"item_fee", offsetof(struct roles, item_fee), TYPE_MONEY, false},
    {"item_amount", offsetof(struct roles, item_amount), TYPE_MONEY, false},
    {"evidence_submitter", offsetof(struct roles, evidence_submitter), TYPE_ENUM, false},
    {"decisive_unknown", offsetof(struct roles, decisive_unknown), TYPE_BOOL, true},
    {"level_evidence", offsetof(struct roles, level_evidence), TYPE_BOOL, true},
};
enum { ROLE_COUNT = sizeof ROLE_ROWS / sizeof ROLE_ROWS[0] };

/* Take the next word of a dotted path from its start. */
static struct text next_word(struct text *path)
{
    const char *dot = path->length == 0 ? NULL : memchr(path->at, '.', path->length);
    size_t length = dot == NULL ? path->length : (size_t)(dot - path->at);
    struct text word = {path->at, length};
    size_t taken = dot == NULL ? length : length + 1;
    *path = (struct text){path->at + taken, path->length - taken};
    return word;
}

/* Follow one step of an owner path. returns the kind it leads to, or KIND_NONE. */
static uint32_t follow(const struct vocabulary *vocabulary, uint32_t kind, struct text name,
                       uint32_t *fact)
{
    *fact = vocabulary_find(vocabulary, kind, name);
    if (*fact == FACT_NONE || vocabulary->facts[*fact].type != TYPE_REF ||
        vocabulary->facts[*fact].derived != FACT_NONE) {
        return KIND_NONE;
    }
    return vocabulary->facts[*fact].ref_kind;
}

/* Read the of: of a list: "review.delivery.milestone". */
static void read_owner(struct vocabulary_loader *loader, uint32_t number)
{
    const struct vocabulary *vocabulary = loader->vocabulary;
    const struct tree *of = tree_find(loader->lists[number], "of");
    if (of == NULL || of->kind != TREE_SCALAR) {
        return;
    }
    struct text path = of->text;
    uint32_t kind = number;
    bool is_good = text_equal(next_word(&path), loader->kinds[number].one) && path.length > 0;
    for (size_t step = 0; is_good && path.length > 0; step++) {
        uint32_t fact = FACT_NONE;
        kind = follow(vocabulary, kind, next_word(&path), &fact);
        is_good = kind != KIND_NONE && step < STEPS_MAX;
        if (is_good) {
            loader->kinds[number].owner_path[step] = fact;
        }
    }
    if (!is_good || vocabulary->item_kind == KIND_NONE ||
        !kind_is(vocabulary, kind, vocabulary->item_kind)) {
        faults_add(&loader->faults, "V0108", of->place,
                   "name refs that lead to a money item, such as review.delivery.milestone",
                   "'%.*s' does not lead from a record of '%.*s' to a money item", SHOWN(of->text),
                   SHOWN(loader->kinds[number].list));
    }
}

bool vocabulary_fits_role(const struct fact *fact, size_t role)
{
    assert(fact != NULL);
    assert(role < sizeof(struct roles));
    for (size_t i = 0; i < ROLE_COUNT; i++) {
        if (ROLE_ROWS[i].at == role) {
            return fact->type == ROLE_ROWS[i].type &&
                   (fact->derived != FACT_NONE) == ROLE_ROWS[i].is_derived;
        }
    }
    return false;
}

static const struct role_row *find_role(struct text key)
{
    for (size_t i = 0; i < ROLE_COUNT; i++) {
        if (text_is(key, ROLE_ROWS[i].key)) {
            return &ROLE_ROWS[i];
        }
    }
    return NULL;
}

static uint32_t *role_at(struct roles *roles, const struct role_row *row)
{
    return (uint32_t *)(void *)((char *)roles + row->at);
}

static struct text nearest_path(const struct vocabulary *vocabulary, struct text word)
{
    struct likeness likeness = likeness_to(word);
    for (uint32_t i = 0; i < vocabulary->fact_count; i++) {
        likeness_try(&likeness, vocabulary->facts[i].path);
    }
    return likeness.best;
}

static void read_role(struct vocabulary_loader *loader, const struct tree *node)
{
    struct vocabulary *vocabulary = loader->vocabulary;
    const struct role_row *row = find_role(node->key);
    if (row == NULL || node->kind != TREE_SCALAR) {
        return;
    }
    uint32_t fact = vocabulary_find_path(vocabulary, node->text);
    if (fact == FACT_NONE) {
        char mend[200];
        faults_mend_nearest(mend, sizeof mend, nearest_path(vocabulary, node->text),
                            "declare it under facts:");
        faults_add(&loader->faults, "V0109", node->place, mend, "there is no fact '%.*s'",
                   SHOWN(node->text));
        return;
    }
    const struct fact *named = &vocabulary->facts[fact];
    if (!vocabulary_fits_role(named, row->at)) {
        faults_add(&loader->faults, "V0110", node->place,
                   "name another fact, or leave the role out",
                   "the role '%s' wants a %s fact of type %s", row->key,
                   row->is_derived ? "derived" : "stored", value_type_name(row->type));
        return;
    }
    *role_at(&vocabulary->roles, row) = fact;
}

static void read_roles(struct vocabulary_loader *loader, const struct tree *root)
{
    static const char *const KEYS[] = {
        "case_id",          "as_of",           "platform",    "grounds",
        "filed_by",         "contract_formed", "filed",       "contract_type",
        "item_held",        "item_fee",        "item_amount", "evidence_submitter",
        "decisive_unknown", "level_evidence",  NULL};
    for (size_t i = 0; i < ROLE_COUNT; i++) {
        *role_at(&loader->vocabulary->roles, &ROLE_ROWS[i]) = FACT_NONE;
    }
    const struct tree *roles = tree_find(root, "roles");
    if (roles == NULL || !faults_check_keys(&loader->faults, roles, "V0102", KEYS)) {
        return;
    }
    for (const struct tree *node = roles->first; node != NULL; node = node->next) {
        read_role(loader, node);
    }
}

/* The bit of one value in a test: of a member, or of true and false. */
static int64_t bit_of(struct faults *faults, const struct fact *fact, const struct tree *node)
{
    uint32_t member = UINT32_MAX;
    if (fact->type == TYPE_BOOL && (tree_is(node, "true") || tree_is(node, "false"))) {
        member = tree_is(node, "true");
    } else if (fact->type == TYPE_ENUM && node->kind == TREE_SCALAR) {
        member = fact_member(fact, node->text);
    }
    if (member == UINT32_MAX) {
        faults_add(faults, "V0113", node->place, "name a member of the fact, or true or false",
                   "'%.*s' is no value of '%.*s'", SHOWN(node->text), SHOWN(fact->path));
        return 0;
    }
    return INT64_C(1) << member;
}

/* Read "capture: [original, eml]" as a test of a fact of the evidence kind. */
static struct evidence_test read_test(const struct vocabulary *vocabulary, struct faults *faults,
                                      const struct tree *node)
{
    struct evidence_test test = {.fact = FACT_NONE};
    uint32_t fact = vocabulary_find(vocabulary, vocabulary->evidence_kind, node->key);
    if (fact == FACT_NONE || vocabulary->facts[fact].derived != FACT_NONE) {
        char mend[200];
        faults_mend_nearest(mend, sizeof mend,
                            vocabulary_nearest(vocabulary, vocabulary->evidence_kind, node->key),
                            "name a stored fact of the evidence");
        faults_add(faults, "V0113", node->key_place, mend, "evidence has no fact '%.*s'",
                   SHOWN(node->key));
        return test;
    }
    test.fact = fact;
    if (node->kind != TREE_LIST) {
        test.members = bit_of(faults, &vocabulary->facts[fact], node);
        return test;
    }
    for (const struct tree *child = node->first; child != NULL; child = child->next) {
        test.members |= bit_of(faults, &vocabulary->facts[fact], child);
    }
    return test;
}

/* Read the single test of void: or seen:. */
static struct evidence_test read_single(const struct vocabulary *vocabulary, struct faults *faults,
                                        const struct tree *ranking, const char *key)
{
    const struct tree *node = tree_find(ranking, key);
    if (node == NULL || node->kind == TREE_FAULT) {
        return (struct evidence_test){.fact = FACT_NONE};
    }
    if (node->kind != TREE_MAP || node->count != 1) {
        faults_add(faults, "V0113", node->place, "write {fact: value}", "'%s' wants one test", key);
        return (struct evidence_test){.fact = FACT_NONE};
    }
    return read_test(vocabulary, faults, node->first);
}

static struct evidence_tier read_tier(const struct vocabulary *vocabulary, struct faults *faults,
                                      const struct tree *node)
{
    struct evidence_tier tier = {0};
    if (node->kind != TREE_MAP) {
        faults_add(faults, "V0113", node->place, "write {fact: [value, ...]}",
                   "a tier is a map of tests");
        return tier;
    }
    struct evidence_test *tests = arena_give_array(vocabulary->arena, node->count, sizeof *tests);
    if (tests == NULL) {
        (void)faults_status(faults, AMICUS_MEMORY);
        return tier;
    }
    for (const struct tree *child = node->first; child != NULL; child = child->next) {
        tests[tier.test_count++] = read_test(vocabulary, faults, child);
    }
    tier.tests = tests;
    return tier;
}

static void read_tiers(struct vocabulary *vocabulary, struct faults *faults,
                       const struct tree *tiers)
{
    /* A place in the ranking doubles it (seen by both sides or not), and must fit in a byte. */
    enum { TIERS_MAX = 100 };
    if (tiers->kind != TREE_LIST || tiers->count > TIERS_MAX) {
        faults_add(faults, "V0113", tiers->place, "write a list of tests, best first",
                   "tiers: wants a list of at most %d", TIERS_MAX);
        return;
    }
    struct evidence_tier *rows = arena_give_array(vocabulary->arena, tiers->count, sizeof *rows);
    if (rows == NULL) {
        (void)faults_status(faults, AMICUS_MEMORY);
        return;
    }
    uint32_t count = 0;
    for (const struct tree *child = tiers->first; child != NULL; child = child->next) {
        rows[count++] = read_tier(vocabulary, faults, child);
    }
    vocabulary->ranking.tiers = rows;
    vocabulary->ranking.tier_count = count;
}

static void read_ranking(struct vocabulary *vocabulary, struct faults *faults,
                         const struct tree *node)
{
    static const char *const KEYS[] = {"void", "seen", "tiers", NULL};
    vocabulary->ranking = (struct evidence_ranking){
        .void_test = {.fact = FACT_NONE},
        .seen_test = {.fact = FACT_NONE},
    };
    if (node == NULL || !faults_check_keys(faults, node, "V0113", KEYS)) {
        return;
    }
    if (vocabulary->evidence_kind == KIND_NONE) {
        faults_add(faults, "V0113", node->place, "mark a list with evidence: true",
                   "no list is evidence, so there is nothing to rank");
        return;
    }
    vocabulary->ranking.void_test = read_single(vocabulary, faults, node, "void");
    vocabulary->ranking.seen_test = read_single(vocabulary, faults, node, "seen");
    const struct tree *tiers = tree_find(node, "tiers");
    if (tiers != NULL && tiers->kind != TREE_FAULT) {
        read_tiers(vocabulary, faults, tiers);
    }
}

void vocabulary_load_links(struct vocabulary_loader *loader, const struct tree *root)
{
    assert(loader != NULL && root != NULL);
    assert(loader->facts != NULL);
    for (uint32_t i = 0; i < loader->vocabulary->kind_count; i++) {
        if (loader->lists[i] != NULL) {
            read_owner(loader, i);
        }
    }
    read_roles(loader, root);
    read_ranking(loader->vocabulary, &loader->faults, tree_find(root, "evidence_ranking"));
}

static void put_test(struct builder *builder, const struct evidence_test *test)
{
    builder_putf(builder, " %u:%llx", (unsigned)test->fact, (unsigned long long)test->members);
}

/* A vocabulary with another ranking of evidence is another vocabulary. */
static amicus_status digest_ranked(struct vocabulary *vocabulary)
{
    const struct evidence_ranking *ranking = &vocabulary->ranking;
    struct builder builder;
    builder_start(&builder, vocabulary->arena);
    builder_put(&builder, vocabulary->digest);
    put_test(&builder, &ranking->void_test);
    put_test(&builder, &ranking->seen_test);
    for (uint32_t i = 0; i < ranking->tier_count; i++) {
        builder_putc(&builder, ';');
        for (uint32_t j = 0; j < ranking->tiers[i].test_count; j++) {
            put_test(&builder, &ranking->tiers[i].tests[j]);
        }
    }
    struct text content;
    uint8_t binary[DIGEST_BYTES];
    char *hex = arena_give(vocabulary->arena, DIGEST_HEX);
    amicus_status status = builder_end(&content, &builder);
    if (status == AMICUS_OK && hex != NULL) {
        status = digest_of(binary, "amicus.vocabulary-ranked/1", content);
    }
    if (status != AMICUS_OK || hex == NULL) {
        return hex == NULL ? AMICUS_MEMORY : status;
    }
    digest_write(hex, binary);
    vocabulary->digest = text_of(hex);
    return AMICUS_OK;
}

amicus_status vocabulary_rank(struct vocabulary *vocabulary, const struct tree *ranking,
                              amicus_diagnostics *list)
{
    assert(vocabulary != NULL && ranking != NULL);
    assert(list != NULL);
    struct faults faults = {.list = list};
    read_ranking(vocabulary, &faults, ranking);
    if (faults.status != AMICUS_OK) {
        return faults.status;
    }
    return faults.any ? AMICUS_INVALID : digest_ranked(vocabulary);
}
