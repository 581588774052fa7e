/*
 * From a value and the standing that it is to have, to statements.
 *
 * A standing is never set: it comes of who says what, citing which evidence. So for each standing
 * there is one way of saying a value that gives it in a plain case:
 *
 *   established   the platform says it; a reviewer, where only a person can find it
 *   supported     the side that it helps says it and cites a piece
 *   claimed       the same without the piece
 *   contested     the client says it and the freelancer says something else
 *
 * Who is helped decides, because what a side says against itself is an admission. Where this does
 * not give the standing (nobody can support what needs a finding), case_edit reports it.
 */
#include "case_said.h"

#include "case_build.h"
#include "money.h"

#include <assert.h>
#include <string.h>

static const struct text NO_TEXT = {"", 0};

static struct tree *scalar(struct case_copy *copy, const char *word, struct place place)
{
    return copy_node(copy, TREE_SCALAR, text_of(word), place);
}

/* Make {is: value, says: party}; takes the value's node as it is. */
static struct tree *statement(struct case_copy *copy, struct tree *value, enum party says)
{
    if (value == NULL) {
        return NULL;
    }
    struct tree *map = copy_node(copy, TREE_MAP, NO_TEXT, value->place);
    copy_append(map, text_of("is"), value);
    copy_append(map, text_of("says"), scalar(copy, party_name(says), value->place));
    return map;
}

/* Who is helped by a value as it is written, with roles resolved by the base; PARTY_NONE: nobody in
 * particular. */
static enum party helped_by(const struct case_copy *copy, const struct fact *fact,
                            const struct tree *value)
{
    enum party helped = PARTY_NONE;
    if (fact->type == TYPE_BOOL) {
        helped = (enum party)(tree_is(value, "true") ? fact->helps_true : fact->helps_false);
    } else if (fact->type == TYPE_ENUM && fact_member(fact, value->text) != UINT32_MAX) {
        helped = (enum party)fact->members[fact_member(fact, value->text)].helps;
    }
    uint32_t filed_by = copy->base->vocabulary->roles.filed_by;
    if (helped != PARTY_FILER && helped != PARTY_RESPONDENT) {
        return helped;
    }
    const struct value *filer =
        filed_by == FACT_NONE ? NULL : case_value(copy->base, RECORD_ROOT, filed_by);
    if (filer == NULL || filer->type != TYPE_ENUM || filer->standing < STANDING_CLAIMED ||
        filer->standing == STANDING_ABSENT) {
        return PARTY_NONE;
    }
    bool is_client =
        text_is(copy->base->vocabulary->facts[filed_by].members[filer->as.n].name, "client");
    return is_client == (helped == PARTY_FILER) ? PARTY_CLIENT : PARTY_FREELANCER;
}

/* A side that may say a value without admitting anything. */
static enum party speaker_of(const struct case_copy *copy, const struct fact *fact,
                             const struct tree *value)
{
    return helped_by(copy, fact, value) == PARTY_CLIENT ? PARTY_CLIENT : PARTY_FREELANCER;
}

/* Find a piece that supports something: one that the fact cites already, or the first there is. */
static uint32_t find_piece(const struct case_copy *copy, const struct case_target *target)
{
    const struct amicus_case *base = copy->base;
    uint32_t kind = base->vocabulary->evidence_kind;
    if (target->record != RECORD_NONE) {
        const struct slot *slot = &base->slots[case_slot(base, target->record, target->fact)];
        for (uint32_t i = 0; i < slot->backing_count; i++) {
            if (copy->nodes[base->backing[slot->first_backing + i]] != NULL) {
                return base->backing[slot->first_backing + i];
            }
        }
    }
    for (uint32_t i = 0; kind != KIND_NONE && i < base->lists[kind].count; i++) {
        uint32_t record = base->lists[kind].first + i;
        if (base->evidence_tier[i] != UINT8_MAX && copy->nodes[record] != NULL) {
            return record;
        }
    }
    return RECORD_NONE;
}

static struct tree *supported(struct case_copy *copy, const struct case_edit *edit,
                              const struct case_target *target)
{
    const struct fact *fact = &copy->base->vocabulary->facts[target->fact];
    uint32_t piece = find_piece(copy, target);
    if (piece == RECORD_NONE) {
        faults_add(&copy->faults, "C0182", edit->place,
                   "add a piece of evidence, or write @claimed",
                   "'%.*s' cannot be supported: the case has no evidence", SHOWN(edit->path));
        return NULL;
    }
    struct tree *map =
        statement(copy, copy_branch(copy, edit->value), speaker_of(copy, fact, edit->value));
    struct tree *cites = copy_node(copy, TREE_LIST, NO_TEXT, edit->place);
    copy_append(cites, NO_TEXT,
                copy_node(copy, TREE_SCALAR, copy->base->records[piece].id, edit->place));
    copy_append(map, text_of("cites"), cites);
    return map;
}

/* The other of two texts. */
static struct text other_of(struct text text, const char *first, const char *second)
{
    return text_of(text_is(text, first) ? second : first);
}

/* Another amount of the same currency. */
static struct text other_amount(struct case_copy *copy, struct text text)
{
    int64_t minor = 0;
    uint16_t currency = 0;
    struct builder builder;
    struct text other = NO_TEXT;
    if (money_read(&minor, &currency, text) == AMICUS_OK) {
        builder_start(&builder, copy->arena);
        money_write(&builder, minor == 0 ? 1 : 0, currency);
        (void)faults_status(&copy->faults, builder_end(&other, &builder));
    }
    return other;
}

/* Some other value of a fact than one that is written; the empty text if none is at hand. */
static struct text other_value(struct case_copy *copy, const struct fact *fact, struct text text)
{
    switch ((enum value_type)fact->type) {
    case TYPE_BOOL: return other_of(text, "false", "true");
    case TYPE_INT:
    case TYPE_BPS:
    case TYPE_MINUTES: return other_of(text, "0", "1");
    case TYPE_MONEY: return other_amount(copy, text);
    case TYPE_INSTANT: return other_of(text, "2000-01-01T00:00:00Z", "2000-01-02T00:00:00Z");
    case TYPE_DATE: return other_of(text, "2000-01-01", "2000-01-02");
    case TYPE_DURATION: return other_of(text, "1 hours", "2 hours");
    case TYPE_TEXT: return other_of(text, "otherwise", "not so");
    case TYPE_ENUM:
        for (uint32_t i = 0; i < fact->member_count; i++) {
            if (!text_equal(fact->members[i].name, text)) {
                return fact->members[i].name;
            }
        }
        break;
    case TYPE_ENUMS:
    case TYPE_REF:
    case TYPE_NONE:
    case TYPE_COUNT: break;
    }
    return NO_TEXT;
}

static struct tree *contested(struct case_copy *copy, const struct case_edit *edit,
                              const struct fact *fact)
{
    struct text other = other_value(copy, fact, edit->value->text);
    if (other.length == 0) {
        faults_add(&copy->faults, "C0182", edit->place,
                   "write both: [{is: ..., says: client}, {is: ..., says: freelancer}]",
                   "what else is said of '%.*s' must be written out", SHOWN(edit->path));
        return NULL;
    }
    struct tree *list = copy_node(copy, TREE_LIST, NO_TEXT, edit->place);
    struct tree *second = copy_node(copy, TREE_SCALAR, other, edit->place);
    copy_append(list, NO_TEXT, statement(copy, copy_branch(copy, edit->value), PARTY_CLIENT));
    copy_append(list, NO_TEXT, statement(copy, second, PARTY_FREELANCER));
    return list;
}

/* Tell whether an edit's value is one or several statements, and no plain value. */
static bool is_statements(const struct fact *fact, const struct tree *value)
{
    return value->kind == TREE_MAP ||
           (value->kind == TREE_LIST &&
            (fact->type != TYPE_ENUMS || (value->first != NULL && value->first->kind == TREE_MAP)));
}

struct tree *said_leaf(struct case_copy *copy, const struct case_edit *edit,
                       const struct case_target *target)
{
    assert(copy != NULL && edit != NULL && target != NULL);
    assert(edit->kind == CASE_EDIT_SET && edit->value != NULL);
    const struct fact *fact = &copy->base->vocabulary->facts[target->fact];
    if (is_statements(fact, edit->value) || fact->is_id) {
        return copy_branch(copy, edit->value);
    }
    switch ((enum standing)edit->standing) {
    case STANDING_CONTESTED: return contested(copy, edit, fact);
    case STANDING_SUPPORTED: return supported(copy, edit, target);
    case STANDING_CLAIMED:
        return statement(copy, copy_branch(copy, edit->value), speaker_of(copy, fact, edit->value));
    case STANDING_UNKNOWN:
    case STANDING_ESTABLISHED:
    case STANDING_ABSENT: break;
    }
    bool is_found = fact->needs_finding && (fact->knows & PARTY_BIT(PARTY_PLATFORM)) == 0;
    return statement(copy, copy_branch(copy, edit->value),
                     is_found ? PARTY_REVIEWER : PARTY_PLATFORM);
}

/* Tell whether a node names a piece: its id, or a map with it under a key. */
static bool names(const struct tree *node, struct text id, const char *key)
{
    const struct tree *named = node->kind == TREE_MAP ? tree_find(node, key) : node;
    return named != NULL && named->kind == TREE_SCALAR && text_equal(named->text, id);
}

/* Take out of a list what names a piece. */
static void drop_named(struct tree *list, struct text id, const char *key)
{
    struct tree *next = NULL;
    for (struct tree *child = list->first; child != NULL; child = next) {
        next = child->next;
        if (names(child, id, key)) {
            copy_remove(list, child);
        }
    }
}

/* Take a piece out of the citations of one statement. */
static void forget_cites(const struct tree *node, struct text id)
{
    struct tree *cites = copy_find(node, text_of("cites"));
    if (cites != NULL && cites->kind == TREE_LIST) {
        drop_named(cites, id, "id");
    }
}

/* Take a piece out of what is said under the keys of one map: citations, and references. */
static void forget_in(const struct case_copy *copy, uint32_t kind, struct tree *map, struct text id)
{
    const struct vocabulary *vocabulary = copy->base->vocabulary;
    struct tree *next = NULL;
    for (struct tree *leaf = map->first; leaf != NULL; leaf = next) {
        next = leaf->next;
        uint32_t number = vocabulary_find(vocabulary, kind, leaf->key);
        const struct fact *fact = number == FACT_NONE ? NULL : &vocabulary->facts[number];
        bool refers = fact != NULL && fact->type == TYPE_REF &&
                      kind_is(vocabulary, vocabulary->evidence_kind, fact->ref_kind);
        forget_cites(leaf, id);
        for (const struct tree *said = leaf->first; said != NULL; said = said->next) {
            forget_cites(said, id);
        }
        if (refers && leaf->kind == TREE_LIST) {
            drop_named(leaf, id, "is");
        } else if (refers && names(leaf, id, "is")) {
            copy_remove(map, leaf);
        }
    }
}

void said_forget(struct case_copy *copy, uint32_t piece)
{
    assert(copy != NULL && piece < copy->base->record_count);
    assert(copy->base->records[piece].kind == copy->base->vocabulary->evidence_kind);
    struct text id = copy->base->records[piece].id;
    for (uint32_t i = 1; i < copy->base->record_count; i++) {
        if (copy->nodes[i] != NULL) {
            forget_in(copy, copy->base->records[i].kind, copy->nodes[i], id);
        }
    }
    for (struct tree *section = copy->root->first; section != NULL; section = section->next) {
        if (section->kind == TREE_MAP) {
            forget_in(copy, KIND_ROOT, section, id);
        }
    }
}
