/*
 * From the tree of a file to statements.
 *
 * Each leaf of a section or record is read by the type of its fact. A plain value is what the
 * platform's record says (or whoever `says:` at the top of the section or record names), a map is
 * one statement, a list several.
 *
 * All statements of a leaf are read in one go, so they lie side by side and a slot holds only a
 * span. They are kept in the order of who says them, not of the file: the order carries no meaning,
 * and the digest of a case must not depend on it.
 *
 * Nothing stops at the first fault: what cannot be read is reported and left out, and a case with a
 * fault is never used.
 */
#include "case_build.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { MEND_BYTES = 300, NAME_BYTES = 700 };

/* What one fact can carry: more nobody weighs, and each is compared with the others. */
enum { STATEMENTS_MAX = 16, CITES_MAX = 64 };

/* Where a leaf stands, and who says what is written there without a name. */
struct leaf {
    uint32_t record;
    uint32_t fact;
    enum party says;
    const struct tree *node;
};

static const struct kind *kind_of(const struct case_build *build, uint32_t record)
{
    return &build->vocabulary->kinds[build->records[record].kind];
}

bool case_in_section(const struct fact *fact, struct text section)
{
    assert(fact != NULL);
    assert(section.at != NULL || section.length == 0);
    return fact->kind == KIND_ROOT && fact->path.length > section.length &&
           fact->path.at[section.length] == '.' &&
           memcmp(fact->path.at, section.at, section.length) == 0;
}

bool case_is_section(const struct vocabulary *vocabulary, struct text name)
{
    assert(vocabulary != NULL);
    assert(name.at != NULL || name.length == 0);
    bool is_root = false;
    for (uint32_t i = 0; i < vocabulary->root_count; i++) {
        is_root |= text_equal(vocabulary->roots[i], name);
    }
    for (uint32_t i = 0; is_root && i < vocabulary->fact_count; i++) {
        const struct fact *fact = &vocabulary->facts[i];
        if (fact->derived == FACT_NONE && case_in_section(fact, name)) {
            return true;
        }
    }
    return false;
}

/* Find the nearest name of a section or list, for a section that is none. */
static struct text nearest_section(const struct vocabulary *vocabulary, struct text name)
{
    const char *names[256] = {NULL};
    size_t count = 0;
    for (uint32_t i = 0; i < vocabulary->root_count && count < 32; i++) {
        if (case_is_section(vocabulary, vocabulary->roots[i])) {
            names[count++] = vocabulary->roots[i].at;
        }
    }
    for (uint32_t i = 0; i < vocabulary->kind_count && count < 254; i++) {
        if (vocabulary->kinds[i].list.length > 0) {
            names[count++] = vocabulary->kinds[i].list.at;
        }
    }
    names[count] = "absent";
    return faults_nearest(names, name);
}

/* Read says: of a section, a record or a statement. */
static enum party read_says(struct case_build *build, const struct tree *node)
{
    enum party party = node->kind == TREE_SCALAR ? party_find(node->text) : PARTY_NONE;
    if (party >= PARTY_CLIENT && party <= PARTY_EXPERT) {
        return party;
    }
    if (node->kind != TREE_FAULT) {
        faults_add(&build->faults, "C0152", node->place,
                   "write client, freelancer, platform, reviewer or expert",
                   "'%.*s' is nobody who can state a fact", SHOWN(node->text));
    }
    return PARTY_NONE;
}

/* Make room for one more citation. returns false if memory failed. */
static bool grow_cites(struct case_build *build)
{
    void *cites = build->cites;
    void *locators = build->locators;
    amicus_status status = arena_grow(build->arena, &cites, &build->cites_capacity,
                                      build->cite_count, sizeof *build->cites);
    build->cites = cites;
    if (status == AMICUS_OK) {
        status = arena_grow(build->arena, &locators, &build->locators_capacity, build->cite_count,
                            sizeof *build->locators);
        build->locators = locators;
    }
    build->subject->cites = build->cites;
    build->subject->cite_locators = build->locators;
    return faults_status(&build->faults, status);
}

/* Add a citation of a piece of evidence by its id. */
static void add_cite(struct case_build *build, struct statement *statement, const struct tree *id,
                     struct text locator)
{
    uint32_t evidence = build->vocabulary->evidence_kind;
    uint32_t record =
        evidence == KIND_NONE ? RECORD_NONE : case_find(build->subject, evidence, id->text);
    if (record == RECORD_NONE) {
        char mend[MEND_BYTES];
        struct text nearest = {NULL, 0};
        if (evidence != KIND_NONE) {
            nearest = faults_nearest_key(&build->faults, build->subject->ids[evidence], id->text);
        }
        faults_mend_nearest(mend, sizeof mend, nearest, "add it under evidence:");
        faults_add(&build->faults, "C0155", id->place, mend, "there is no evidence '%.*s'",
                   SHOWN(id->text));
        return;
    }
    for (uint32_t i = 0; i < statement->cite_count; i++) {
        if (build->cites[statement->first_cite + i] == record) {
            faults_add(&build->faults, "C0156", id->place, "keep one of the two",
                       "'%.*s' is cited twice", SHOWN(id->text));
            return;
        }
    }
    if (statement->cite_count == CITES_MAX) {
        faults_add(&build->faults, "C0157", id->place, "cite the pieces that matter",
                   "a statement cites more than %d pieces", CITES_MAX);
    } else if (grow_cites(build)) {
        build->cites[build->cite_count] = record;
        build->locators[build->cite_count++] = locator;
        statement->cite_count++;
    }
}

/* Read one citation: E7, or {id: E7, locator: "page 3"}. */
static void read_cite(struct case_build *build, struct statement *statement,
                      const struct tree *node)
{
    static const char *const KEYS[] = {"id", "locator", NULL};
    if (node->kind == TREE_SCALAR) {
        add_cite(build, statement, node, (struct text){"", 0});
        return;
    }
    if (!faults_check_keys(&build->faults, node, "C0156", KEYS)) {
        return;
    }
    const struct tree *id = tree_find(node, "id");
    const struct tree *locator = tree_find(node, "locator");
    if (id == NULL || id->kind != TREE_SCALAR ||
        (locator != NULL && locator->kind != TREE_SCALAR)) {
        faults_add(&build->faults, "C0156", node->place, "write {id: E7, locator: \"page 3\"}",
                   "this is no citation");
        return;
    }
    add_cite(build, statement, id, locator == NULL ? (struct text){"", 0} : locator->text);
}

static void read_cites(struct case_build *build, struct statement *statement,
                       const struct tree *node)
{
    statement->first_cite = build->cite_count;
    if (node == NULL || node->kind == TREE_FAULT) {
        return;
    }
    if (node->kind != TREE_LIST) {
        faults_add(&build->faults, "C0156", node->place, "write a list, as in [E7]",
                   "%s stands where cites: wants a list", tree_kind_name(node));
        return;
    }
    const struct tree *child = node->first;
    for (; child != NULL && !faults_are_enough(&build->faults); child = child->next) {
        read_cite(build, statement, child);
    }
}

/* Refuse a finding that nobody made: a plain value of a fact that only a human can find. */
static void check_finding(struct case_build *build, const struct fact *fact,
                          const struct statement *statement)
{
    if (fact->needs_finding && statement->says == PARTY_PLATFORM &&
        (fact->knows & PARTY_BIT(PARTY_PLATFORM)) == 0) {
        faults_add(&build->faults, "C0154", statement->place,
                   "write {is: ..., says: reviewer}, or set says: reviewer at the top",
                   "'%.*s' needs the finding of a person; the platform cannot know it",
                   SHOWN(fact->path));
    }
}

/* Refuse a party that states one fact twice; several reviewers or experts may speak. */
static bool is_second(struct case_build *build, const struct slot *slot,
                      const struct statement *statement)
{
    if (statement->says == PARTY_REVIEWER || statement->says == PARTY_EXPERT) {
        return false;
    }
    for (uint32_t i = 0; i < slot->statement_count; i++) {
        const struct statement *other = &build->statements[slot->first_statement + i];
        if (other->says == statement->says) {
            faults_add(&build->faults, "C0153", statement->place, "keep one of the two",
                       "the %s says this twice (first at %u:%u)",
                       party_name((enum party)statement->says), (unsigned)other->place.line,
                       (unsigned)other->place.column);
            return true;
        }
    }
    return false;
}

/* Put a statement behind those of its slot, in the order of who says it. */
static void add_statement(struct case_build *build, const struct leaf *leaf,
                          const struct statement *statement)
{
    struct amicus_case *subject = build->subject;
    struct slot *slot = &build->slots[case_slot(subject, leaf->record, leaf->fact)];
    if (is_second(build, slot, statement)) {
        return;
    }
    if (slot->statement_count == STATEMENTS_MAX) {
        faults_add(&build->faults, "C0157", statement->place, "keep the statements that matter",
                   "a fact has more than %d statements", STATEMENTS_MAX);
        return;
    }
    void *statements = build->statements;
    amicus_status status = arena_grow(build->arena, &statements, &build->statements_capacity,
                                      subject->statement_count, sizeof *build->statements);
    build->statements = statements;
    subject->statements = build->statements;
    if (!faults_status(&build->faults, status)) {
        return;
    }
    if (slot->statement_count == 0) {
        slot->first_statement = subject->statement_count;
    }
    assert(slot->first_statement + slot->statement_count == subject->statement_count);
    uint32_t at = subject->statement_count++;
    for (; at > slot->first_statement && build->statements[at - 1].says > statement->says; at--) {
        build->statements[at] = build->statements[at - 1];
    }
    build->statements[at] = *statement;
    slot->statement_count++;
}

static struct text read_note(struct case_build *build, const struct tree *node)
{
    if (node == NULL || node->kind == TREE_FAULT) {
        return (struct text){"", 0};
    }
    if (node->kind != TREE_SCALAR) {
        faults_add(&build->faults, "C0123", node->place, "write a text",
                   "%s stands where note: wants a text", tree_kind_name(node));
        return (struct text){"", 0};
    }
    return node->text;
}

/* Read {is, says, cites, note}. */
static void read_statement(struct case_build *build, const struct leaf *leaf,
                           const struct tree *node)
{
    static const char *const KEYS[] = {"is", "says", "cites", "note", NULL};
    if (!faults_check_keys(&build->faults, node, "C0150", KEYS)) {
        return;
    }
    const struct fact *fact = &build->vocabulary->facts[leaf->fact];
    const struct tree *is = tree_find(node, "is");
    const struct tree *says = tree_find(node, "says");
    struct statement statement = {.says = (uint8_t)leaf->says, .place = node->place};
    if (says != NULL) {
        statement.says = (uint8_t)read_says(build, says);
    } else if (leaf->says == PARTY_PLATFORM) {
        statement.says = PARTY_NONE;
        faults_add(&build->faults, "C0152", node->place, "add says: with who states it",
                   "a statement that nobody makes");
    }
    read_cites(build, &statement, tree_find(node, "cites"));
    statement.note = read_note(build, tree_find(node, "note"));
    if (is == NULL) {
        faults_add(&build->faults, "C0151", node->place, "add is: with the value",
                   "a statement without is:");
        return;
    }
    if (tree_is(is, "unknown") || !value_read(&statement.value, build, fact, is) ||
        statement.says == PARTY_NONE) {
        return;
    }
    check_finding(build, fact, &statement);
    add_statement(build, leaf, &statement);
}

static void read_plain(struct case_build *build, const struct leaf *leaf, const struct tree *node)
{
    const struct fact *fact = &build->vocabulary->facts[leaf->fact];
    struct statement statement = {
        .says = (uint8_t)leaf->says, .is_plain = true, .note = {"", 0}, .place = node->place};
    if (value_read(&statement.value, build, fact, node)) {
        check_finding(build, fact, &statement);
        add_statement(build, leaf, &statement);
    }
}

/* Tell whether a list is one of statements and not the value of a set. */
static bool is_statements(const struct fact *fact, const struct tree *node)
{
    return node->kind == TREE_LIST &&
           (fact->type != TYPE_ENUMS || (node->first != NULL && node->first->kind == TREE_MAP));
}

static void read_leaf(struct case_build *build, const struct leaf *leaf)
{
    const struct fact *fact = &build->vocabulary->facts[leaf->fact];
    const struct tree *node = leaf->node;
    if (fact->derived != FACT_NONE) {
        faults_add(&build->faults, "C0124", node->key_place, "leave it out",
                   "'%.*s' is computed from other facts and cannot be stated", SHOWN(fact->path));
    } else if (fact->is_id) {
        struct leaf own = *leaf;
        own.says = PARTY_PLATFORM;
        read_plain(build, &own, node);
    } else if (node->kind == TREE_MAP) {
        read_statement(build, leaf, node);
    } else if (is_statements(fact, node)) {
        const struct tree *child = node->first;
        for (; child != NULL && !faults_are_enough(&build->faults); child = child->next) {
            read_statement(build, leaf, child);
        }
    } else {
        read_plain(build, leaf, node);
    }
}

/* Report a key that names no fact, with the nearest fact. prefix is a section with its dot. */
static void refuse_fact(struct case_build *build, const struct leaf *leaf, struct text name,
                        struct text prefix)
{
    char mend[MEND_BYTES];
    uint32_t kind = build->records[leaf->record].kind;
    struct text nearest = vocabulary_nearest(build->vocabulary, kind, name);
    if (prefix.length > 0 && nearest.length > prefix.length &&
        memcmp(nearest.at, prefix.at, prefix.length) == 0) {
        nearest.at += prefix.length;
        nearest.length -= prefix.length;
    }
    faults_mend_nearest(mend, sizeof mend, nearest, "leave it out, or say it in a note:");
    faults_add(&build->faults, "C0122", leaf->node->key_place, mend,
               "there is no fact '%.*s' of %.*s", SHOWN(leaf->node->key),
               SHOWN(prefix.length > 0 ? prefix : kind_of(build, leaf->record)->one));
}

/* Read the leaves of a section of the root or of a record. */
static void read_leaves(struct case_build *build, uint32_t record, const struct tree *map,
                        struct text section)
{
    struct leaf leaf = {.record = record, .says = PARTY_PLATFORM};
    const struct tree *says = tree_find(map, "says");
    if (says != NULL) {
        leaf.says = read_says(build, says);
    }
    for (const struct tree *node = map->first; node != NULL; node = node->next) {
        if (faults_are_enough(&build->faults)) {
            return;
        }
        if (text_is(node->key, "says")) {
            continue;
        }
        char path[NAME_BYTES];
        struct text name = node->key;
        struct text prefix = {"", 0};
        if (section.length > 0) {
            int length = snprintf(path, sizeof path, "%.*s.%.*s", SHOWN(section), SHOWN(node->key));
            name = (struct text){path, (size_t)length};
            prefix = (struct text){path, section.length + 1};
        }
        leaf.node = node;
        leaf.fact = vocabulary_find(build->vocabulary, build->records[record].kind, name);
        if (leaf.fact == FACT_NONE) {
            refuse_fact(build, &leaf, name, prefix);
        } else {
            read_leaf(build, &leaf);
        }
    }
}

/* Read one section that holds facts of the root; lists were read before. */
static void read_section(struct case_build *build, const struct tree *node)
{
    const struct vocabulary *vocabulary = build->vocabulary;
    if (case_list_kind(vocabulary, node->key) != KIND_NONE || text_is(node->key, "amicus") ||
        text_is(node->key, "absent")) {
        return;
    }
    if (!case_is_section(vocabulary, node->key)) {
        char mend[MEND_BYTES];
        faults_mend_nearest(mend, sizeof mend, nearest_section(vocabulary, node->key),
                            "leave it out");
        faults_add(&build->faults, "C0121", node->key_place, mend, "a case has no section '%.*s'",
                   SHOWN(node->key));
        return;
    }
    if (node->kind == TREE_MAP) {
        read_leaves(build, RECORD_ROOT, node, node->key);
    } else if (node->kind != TREE_FAULT) {
        faults_add(&build->faults, "C0123", node->place, "write key: value lines",
                   "%s stands where '%.*s' wants facts", tree_kind_name(node), SHOWN(node->key));
    }
}

void case_build_tree(struct case_build *build, const struct tree *root)
{
    assert(build != NULL && root != NULL);
    assert(root->kind == TREE_MAP);
    if (!case_build_records(build, root)) {
        return;
    }
    const struct tree *node = root->first;
    for (; node != NULL && !faults_are_enough(&build->faults); node = node->next) {
        read_section(build, node);
    }
    for (uint32_t i = 1; i < build->subject->record_count; i++) {
        read_leaves(build, i, build->nodes[i], (struct text){"", 0});
    }
}
