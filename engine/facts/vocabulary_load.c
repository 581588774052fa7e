/*
 * Loading a vocabulary: the facts.
 *
 * Kinds came first, because a fact's prefix is the name of one. Facts are read in the order of the
 * file, sorted by path, and only then numbered: the number of a fact, and its slot in a record, do
 * not depend on where in the file somebody put it.
 *
 * All texts are borrowed from the tree that the file was read into.
 *
 * A faulty entry is reported and read on as far as it makes sense; a vocabulary with a fault is
 * never used, so nothing after a fault needs to be right, only safe.
 */
#include "fields.h"
#include "vocabulary_index.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* An enum is kept as a bit set where several members may hold at once; the sign bit stays free, and
 * one more so that "all members" fits too. */
enum { MEMBERS_MAX = 62 };

/* Words that mean something in a rule or a case, so that no fact may end in them. */
static const char *const RESERVED[] = {
    "is",        "is_not",      "one_of", "less_than", "at_most",  "more_than", "at_least",
    "before",    "after",       "within", "has",       "has_only", "known",     "absent",
    "contested", "at_standing", "on",     "says",      "cites",    "note",      NULL,
};

/* A fact of which some parts can be read only when all facts are known. */
struct draft {
    struct fact fact;
    const struct tree *node;
    struct member *members; /* those of the fact, while they may still be written */
};

static uint32_t children_of(const struct tree *list)
{
    return list == NULL ? 0 : list->count;
}

static bool is_root(const struct vocabulary *vocabulary, struct text word)
{
    for (uint32_t i = 0; i < vocabulary->root_count; i++) {
        if (text_equal(vocabulary->roots[i], word)) {
            return true;
        }
    }
    return false;
}

/* Check each word of a path. returns false if one is none, or is reserved. */
static bool check_path(struct vocabulary_loader *loader, struct text path, struct place place)
{
    size_t words = 0;
    size_t start = 0;
    for (size_t i = 0; i <= path.length; i++) {
        if (i < path.length && path.at[i] != '.') {
            continue;
        }
        struct text word = {path.at + start, i - start};
        if (!field_is_word(word) || text_is_among(word, RESERVED)) {
            faults_add(&loader->faults, "V0105", place, "choose another word",
                       "'%.*s' cannot be a word of a path", SHOWN(word));
            return false;
        }
        words++;
        start = i + 1;
    }
    if (words < 2) {
        faults_add(&loader->faults, "V0105", place, "write record.fact",
                   "the path '%.*s' has no dot", SHOWN(path));
    }
    return words >= 2;
}

/* The name of a kind, of its list or of one record, that is nearest to a word. */
static struct text nearest_kind(const struct vocabulary *vocabulary, struct text word)
{
    struct likeness likeness = likeness_to(word);
    for (uint32_t i = 0; i < vocabulary->kind_count; i++) {
        if (vocabulary->kinds[i].list.length > 0) {
            likeness_try(&likeness, vocabulary->kinds[i].list);
        }
        likeness_try(&likeness, vocabulary->kinds[i].one);
    }
    return likeness.best;
}

/* Find kind and name of a fact by its path. returns false if it has none, which is reported. */
static bool place_fact(struct vocabulary_loader *loader, struct draft *draft)
{
    struct fact *fact = &draft->fact;
    const struct tree *node = draft->node;
    if (!check_path(loader, fact->path, node->place)) {
        return false;
    }
    const char *dot = memchr(fact->path.at, '.', fact->path.length);
    assert(dot != NULL);
    struct text first = {fact->path.at, (size_t)(dot - fact->path.at)};
    struct text each = field_text(&loader->faults, node, "each", "V0103", false);
    fact->name = fact->path;
    fact->kind = KIND_ROOT;
    if (is_root(loader->vocabulary, first)) {
        if (each.length > 0) {
            fact->kind = vocabulary_find_kind(loader->vocabulary, each);
        }
    } else {
        fact->kind = vocabulary_find_kind(loader->vocabulary, first);
        fact->name = (struct text){dot + 1, fact->path.length - first.length - 1};
    }
    if (fact->kind == KIND_NONE) {
        struct text known = nearest_kind(loader->vocabulary, first);
        char mend[200];
        faults_mend_nearest(mend, sizeof mend, known, "declare it under roots: or lists:");
        faults_add(&loader->faults, "V0107", node->place, mend,
                   "the path '%.*s' belongs to no kind of record", SHOWN(fact->path));
    }
    return fact->kind != KIND_NONE;
}

static enum value_type type_of(struct vocabulary_loader *loader, const struct tree *node)
{
    struct text name = field_text(&loader->faults, node, "type", "V0103", true);
    for (unsigned i = TYPE_NONE + 1; i < TYPE_COUNT; i++) {
        if (text_is(name, value_type_name((enum value_type)i))) {
            return (enum value_type)i;
        }
    }
    if (text_is(name, "id")) {
        return TYPE_TEXT;
    }
    if (name.length > 0) {
        faults_add(&loader->faults, "V0104", node->place,
                   "write one of bool, int, bps, minutes, money, instant, date, duration, enum, "
                   "list_of_enum, id, text, ref",
                   "'%.*s' is no type", SHOWN(name));
    }
    return TYPE_NONE;
}

/* A party under a key or in a list; reports a word that is none. */
static enum party party_of(struct vocabulary_loader *loader, const struct tree *node)
{
    enum party party = node->kind == TREE_SCALAR ? party_find(node->text) : PARTY_NONE;
    if (party == PARTY_NONE && node->kind != TREE_FAULT) {
        faults_add(&loader->faults, "V0111", node->place,
                   "write client, freelancer, platform, reviewer, expert, filer or respondent",
                   "'%.*s' is no party", SHOWN(node->text));
    }
    return party;
}

static void read_knows(struct vocabulary_loader *loader, struct draft *draft)
{
    const struct tree *knows = field_list(&loader->faults, draft->node, "knows", "V0103");
    for (const struct tree *n = knows == NULL ? NULL : knows->first; n != NULL; n = n->next) {
        draft->fact.knows = (uint16_t)(draft->fact.knows | PARTY_BIT(party_of(loader, n)));
    }
}

static void read_members(struct vocabulary_loader *loader, struct draft *draft)
{
    struct fact *fact = &draft->fact;
    const struct tree *of = field_list(&loader->faults, draft->node, "of", "V0103");
    if (of == NULL || of->count == 0 || of->count > MEMBERS_MAX) {
        faults_add(&loader->faults, "V0112", draft->node->place, "write of: [a, b, ...]",
                   "'%.*s' needs 1 to %d members", SHOWN(fact->path), MEMBERS_MAX);
        return;
    }
    draft->members = arena_give_array(loader->vocabulary->arena, of->count, sizeof *draft->members);
    if (draft->members == NULL) {
        (void)faults_status(&loader->faults, AMICUS_MEMORY);
        return;
    }
    fact->members = draft->members;
    for (const struct tree *n = of->first; n != NULL; n = n->next) {
        if (!field_is_word(n->text) || text_is(n->text, "unknown") ||
            fact_member(fact, n->text) != UINT32_MAX) {
            faults_add(&loader->faults, "V0112", n->place,
                       "members are different words; that a fact is unknown is no member",
                       "'%.*s' cannot be a member of '%.*s'", SHOWN(n->text), SHOWN(fact->path));
        }
        draft->members[fact->member_count++].name = n->text;
    }
}

/* Whom a member, or true or false, helps. */
static void read_help(struct vocabulary_loader *loader, struct draft *draft,
                      const struct tree *node)
{
    struct fact *fact = &draft->fact;
    enum party party = party_of(loader, node);
    uint32_t member = fact_member(fact, node->key);
    if (fact->type == TYPE_BOOL && text_is(node->key, "true")) {
        fact->helps_true = (uint8_t)party;
    } else if (fact->type == TYPE_BOOL && text_is(node->key, "false")) {
        fact->helps_false = (uint8_t)party;
    } else if (member != UINT32_MAX) {
        draft->members[member].helps = (uint8_t)party;
    } else {
        faults_add(&loader->faults, "V0114", node->key_place, "write {true: client} or a member",
                   "'%.*s' is no value of '%.*s'", SHOWN(node->key), SHOWN(fact->path));
    }
}

/* The side that the opposite of a boolean helps. */
static uint8_t opposite(uint8_t party)
{
    switch (party) {
    case PARTY_CLIENT: return PARTY_FREELANCER;
    case PARTY_FREELANCER: return PARTY_CLIENT;
    case PARTY_FILER: return PARTY_RESPONDENT;
    case PARTY_RESPONDENT: return PARTY_FILER;
    default: return PARTY_NONE;
    }
}

static void read_helps(struct vocabulary_loader *loader, struct draft *draft)
{
    struct fact *fact = &draft->fact;
    const struct tree *helps = tree_find(draft->node, "helps");
    if (helps == NULL) {
        return;
    }
    if (helps->kind != TREE_MAP) {
        faults_add(&loader->faults, "V0114", helps->place, "write {true: client}",
                   "helps: wants a map of values");
        return;
    }
    for (const struct tree *node = helps->first; node != NULL; node = node->next) {
        read_help(loader, draft, node);
    }
    if (fact->helps_true != PARTY_NONE && fact->helps_false == PARTY_NONE) {
        fact->helps_false = opposite(fact->helps_true);
    } else if (fact->helps_false != PARTY_NONE && fact->helps_true == PARTY_NONE) {
        fact->helps_true = opposite(fact->helps_false);
    }
}

static void read_ref(struct vocabulary_loader *loader, struct draft *draft)
{
    struct text to = field_text(&loader->faults, draft->node, "to", "V0103", true);
    draft->fact.ref_kind = vocabulary_find_kind(loader->vocabulary, to);
    if (to.length > 0 && (draft->fact.ref_kind == KIND_NONE || draft->fact.ref_kind == KIND_ROOT)) {
        faults_add(&loader->faults, "V0108", draft->node->place, "name a kind of record",
                   "'%.*s' is no list or union", SHOWN(to));
    }
}

/* Tell whether a path ends in the word "id": such a fact of type id names its record. */
static bool ends_in_id(struct text path)
{
    return path.length > 3 && memcmp(path.at + path.length - 3, ".id", 3) == 0;
}

/* Read one entry of facts:. returns false if it is of no use. */
static bool read_fact(struct vocabulary_loader *loader, struct draft *draft)
{
    static const char *const KEYS[] = {"path",    "type",     "of",    "to",      "unit",
                                       "meaning", "knows",    "helps", "finding", "merits",
                                       "derived", "question", "each",  "engine",  NULL};
    const struct tree *node = draft->node;
    struct fact *fact = &draft->fact;
    if (!faults_check_keys(&loader->faults, node, "V0102", KEYS)) {
        return false;
    }
    fact->path = field_text(&loader->faults, node, "path", "V0103", true);
    fact->ref_kind = KIND_NONE;
    if (!place_fact(loader, draft)) {
        return false;
    }
    fact->type = (uint8_t)type_of(loader, node);
    fact->is_id = text_is(field_text(&loader->faults, node, "type", "V0103", false), "id") &&
                  ends_in_id(fact->path);
    fact->derived = field_flag(&loader->faults, node, "derived", "V0103", false) ? 0 : FACT_NONE;
    if (field_flag(&loader->faults, node, "engine", "V0103", false) && fact->derived == FACT_NONE) {
        faults_add(&loader->faults, "V0103", node->place, "add 'derived: true'",
                   "what the engine computes is derived");
    }
    fact->no_merits = !field_flag(&loader->faults, node, "merits", "V0103", true);
    struct text finding = field_text(&loader->faults, node, "finding", "V0103", false);
    fact->needs_finding = text_is(finding, "human");
    if (finding.length > 0 && !fact->needs_finding) {
        faults_add(&loader->faults, "V0103", node->place, "write 'finding: human'",
                   "'%.*s' is no kind of finding", SHOWN(finding));
    }
    fact->unit = field_text(&loader->faults, node, "unit", "V0103", false);
    fact->meaning = field_text(&loader->faults, node, "meaning", "V0103", false);
    fact->question = field_text(&loader->faults, node, "question", "V0103", false);
    read_knows(loader, draft);
    if (fact->type == TYPE_ENUM || fact->type == TYPE_ENUMS) {
        read_members(loader, draft);
    }
    if (fact->type == TYPE_REF) {
        read_ref(loader, draft);
    }
    read_helps(loader, draft);
    return true;
}

static int order_of_drafts(const void *a, const void *b)
{
    const struct draft *left = a;
    const struct draft *right = b;
    return text_order(left->fact.path, right->fact.path);
}

/* Report names that two facts of one kind have: of the kind itself and of its union. */
static void check_names(struct vocabulary_loader *loader)
{
    const struct vocabulary *vocabulary = loader->vocabulary;
    for (uint32_t kind = 0; kind < vocabulary->kind_count; kind++) {
        struct fact_list names = loader->index->names[kind];
        for (uint32_t i = 1; i < names.count; i++) {
            const struct fact *fact = &vocabulary->facts[names.facts[i]];
            if (text_equal(fact->name, vocabulary->facts[names.facts[i - 1]].name)) {
                faults_add(&loader->faults, "V0106", loader->nodes[names.facts[i]]->place,
                           "rename one of them", "'%.*s' is also the name of a fact of the union",
                           SHOWN(fact->path));
            }
        }
    }
}

/* Copy the drafts to facts, reporting paths that stand twice. */
static void keep_facts(struct vocabulary_loader *loader, const struct draft *drafts, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t kept = loader->vocabulary->fact_count;
        if (i > 0 && text_equal(drafts[i].fact.path, drafts[i - 1].fact.path)) {
            faults_add(&loader->faults, "V0106", drafts[i].node->place, "keep one of the two",
                       "the fact '%.*s' is declared twice", SHOWN(drafts[i].fact.path));
            continue;
        }
        loader->facts[kept] = drafts[i].fact;
        loader->nodes[kept] = drafts[i].node;
        loader->vocabulary->fact_count++;
    }
}

void vocabulary_load_facts(struct vocabulary_loader *loader, const struct tree *root)
{
    assert(loader != NULL && root != NULL);
    assert(loader->kinds != NULL && loader->facts == NULL);
    const struct tree *list = field_list(&loader->faults, root, "facts", "V0103");
    struct arena *arena = loader->vocabulary->arena;
    struct draft *drafts = arena_give_array(arena, children_of(list), sizeof *drafts);
    loader->facts = arena_give_array(arena, children_of(list), sizeof *loader->facts);
    loader->nodes = arena_give_array(arena, children_of(list), sizeof(const struct tree *));
    loader->vocabulary->facts = loader->facts;
    if (drafts == NULL || loader->facts == NULL || loader->nodes == NULL) {
        (void)faults_status(&loader->faults, AMICUS_MEMORY);
        return;
    }
    uint32_t count = 0;
    for (const struct tree *n = list == NULL ? NULL : list->first; n != NULL; n = n->next) {
        drafts[count].node = n;
        count += read_fact(loader, &drafts[count]);
    }
    qsort(drafts, count, sizeof *drafts, order_of_drafts);
    keep_facts(loader, drafts, count);
    amicus_status status =
        vocabulary_index_fill(loader->vocabulary, loader->index, loader->kinds, loader->facts);
    if (faults_status(&loader->faults, status)) {
        check_names(loader);
    }
}
