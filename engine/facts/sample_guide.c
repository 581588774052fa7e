/*
 * Reading a guide of samples: one table by fact for each thing that it can say.
 *
 * The guide names facts by their paths and lists by their names, so it is checked against the
 * vocabulary as a case is: a misspelt path would silently have no effect. All faults are reported
 * at once. A guide that says nothing is one too, so who draws a case asks no questions.
 */
#include "sample_guide.h"

#include "faults.h"
#include "fields.h"
#include "money.h"

#include <assert.h>
#include <string.h>

static const char CODE[] = "V0115";

/* A guide being read: its tables, writable. */
struct guide_reader {
    struct sample_guide *guide;
    const struct vocabulary *vocabulary;
    struct arena *arena;
    struct faults faults;
    uint32_t *lines;
    uint8_t *often, *list_often;
    bool *is_share, *has_items;
    struct sample_usual *usual;
    uint32_t *first_items;
    uint16_t *currencies;
};

/* Find the stored fact that a text names; reports one that there is not. */
static uint32_t find_fact(struct guide_reader *reader, struct text path, struct place place)
{
    const uint32_t fact = vocabulary_find_path(reader->vocabulary, path);
    if (fact == FACT_NONE || reader->vocabulary->facts[fact].derived != FACT_NONE) {
        faults_add(&reader->faults, CODE, place, "name a stored fact of the vocabulary",
                   "there is no fact '%.*s' that a case can state", SHOWN(path));
        return FACT_NONE;
    }
    return fact;
}

/* Find the list that a text names. */
static uint32_t find_list(struct guide_reader *reader, const struct tree *node)
{
    const uint32_t kind = node->kind == TREE_SCALAR
                              ? vocabulary_find_kind(reader->vocabulary, node->text)
                              : KIND_NONE;
    if (kind == KIND_NONE || !text_equal(reader->vocabulary->kinds[kind].list, node->text)) {
        faults_add(&reader->faults, CODE, node->place, "name a list, such as milestones",
                   "there is no list '%.*s'", SHOWN(node->text));
        return KIND_NONE;
    }
    return kind;
}

static bool is_list(struct guide_reader *reader, const struct tree *node)
{
    if (node->kind == TREE_LIST) {
        return true;
    }
    faults_add(&reader->faults, CODE, node->place, "write a list, as in [a, b]",
               "%s stands where a list is wanted", tree_kind_name(node));
    return false;
}

static void read_line(struct guide_reader *reader, const struct tree *line)
{
    if (!is_list(reader, line)) {
        return;
    }
    reader->guide->line_count++;
    for (const struct tree *node = line->first; node != NULL; node = node->next) {
        const uint32_t fact = find_fact(reader, node->text, node->place);
        if (fact == FACT_NONE) {
            continue;
        }
        const uint8_t type = reader->vocabulary->facts[fact].type;
        if ((type != TYPE_INSTANT && type != TYPE_DATE) || reader->lines[fact] != 0) {
            faults_add(&reader->faults, CODE, node->place, "name each instant or date once",
                       "'%.*s' is no date, or was named before", SHOWN(node->text));
        } else {
            reader->lines[fact] = reader->guide->line_count;
        }
    }
}

static void read_course(struct guide_reader *reader, const struct tree *course)
{
    const bool is_good = course != NULL && is_list(reader, course);
    for (const struct tree *line = is_good ? course->first : NULL; line != NULL;
         line = line->next) {
        read_line(reader, line);
    }
}

/* Read a whole number of at most `most`; reports another text. */
static bool read_number(struct guide_reader *reader, const struct tree *node, int64_t most,
                        int64_t *out)
{
    int64_t number = 0;
    bool is_good = node->kind == TREE_SCALAR && node->text.length > 0 && node->text.length < 10;
    for (size_t i = 0; is_good && i < node->text.length; i++) {
        is_good = node->text.at[i] >= '0' && node->text.at[i] <= '9';
        number = number * 10 + (node->text.at[i] - '0');
    }
    if (!is_good || number > most) {
        faults_add(&reader->faults, CODE, node->place, "write a whole number in its range",
                   "'%.*s' is no number from 0 to %lld", SHOWN(node->text), (long long)most);
        return false;
    }
    *out = number;
    return true;
}

/* Read "fact: number" and "list: number". */
static void read_often(struct guide_reader *reader, const struct tree *often)
{
    for (const struct tree *node = often == NULL ? NULL : often->first; node != NULL;
         node = node->next) {
        int64_t number = 0;
        const uint32_t kind = vocabulary_find_kind(reader->vocabulary, node->key);
        const bool is_list_name =
            kind != KIND_NONE && text_equal(reader->vocabulary->kinds[kind].list, node->key);
        const uint32_t fact =
            is_list_name ? FACT_NONE : find_fact(reader, node->key, node->key_place);
        if (!read_number(reader, node, 100, &number)) {
            continue;
        }
        if (is_list_name) {
            reader->list_often[kind] = (uint8_t)number;
        } else if (fact != FACT_NONE) {
            reader->often[fact] = (uint8_t)number;
        }
    }
}

/* Read one usual value by the type of its fact. */
static bool read_value(struct guide_reader *reader, const struct fact *fact,
                       const struct tree *node, struct value *out)
{
    *out = (struct value){.type = fact->type};
    if (fact->type == TYPE_INT || fact->type == TYPE_BPS || fact->type == TYPE_MINUTES) {
        return read_number(reader, node, fact->type == TYPE_BPS ? 10000 : 100000, &out->as.n);
    }
    if (fact->type == TYPE_TEXT && node->kind == TREE_SCALAR) {
        struct text *text = arena_give(reader->arena, sizeof *text);
        if (text == NULL) {
            return faults_status(&reader->faults, AMICUS_MEMORY);
        }
        *text = node->text;
        out->as.text = text;
        return true;
    }
    const bool is_bool =
        fact->type == TYPE_BOOL && (tree_is(node, "true") || tree_is(node, "false"));
    const uint32_t member = fact->type == TYPE_ENUM && node->kind == TREE_SCALAR
                                ? fact_member(fact, node->text)
                                : UINT32_MAX;
    if (!is_bool && member == UINT32_MAX) {
        faults_add(&reader->faults, CODE, node->place,
                   "name true or false, a member, a whole number or a text",
                   "'%.*s' is no usual value of '%.*s'", SHOWN(node->text), SHOWN(fact->path));
        return false;
    }
    out->as.n = is_bool ? tree_is(node, "true") : (int64_t)member;
    return true;
}

static void read_usual(struct guide_reader *reader, const struct tree *usual)
{
    for (const struct tree *node = usual == NULL ? NULL : usual->first; node != NULL;
         node = node->next) {
        const uint32_t fact = find_fact(reader, node->key, node->key_place);
        struct value *values = arena_give_array(reader->arena, node->count, sizeof *values);
        if (values == NULL) {
            (void)faults_status(&reader->faults, AMICUS_MEMORY);
            return;
        }
        if (fact == FACT_NONE || !is_list(reader, node)) {
            continue;
        }
        uint32_t count = 0;
        for (const struct tree *child = node->first; child != NULL; child = child->next) {
            const struct fact *row = &reader->vocabulary->facts[fact];
            count += read_value(reader, row, child, &values[count]) ? 1u : 0u;
        }
        reader->usual[fact] = (struct sample_usual){values, count};
    }
}

/* Read the lists of one type of contract. */
static void read_lists(struct guide_reader *reader, uint32_t member, const struct tree *lists)
{
    for (const struct tree *child = lists->first; child != NULL; child = child->next) {
        const uint32_t kind = find_list(reader, child);
        if (kind == KIND_NONE) {
            continue;
        }
        reader->has_items[member * reader->vocabulary->kind_count + kind] = true;
        if (reader->first_items[member] == KIND_NONE) {
            reader->first_items[member] = kind;
        }
    }
}

/* Read which lists of money items a type of contract has. */
static void read_items(struct guide_reader *reader, const struct tree *items)
{
    const uint32_t role = reader->vocabulary->roles.contract_type;
    for (const struct tree *node = items == NULL || role == FACT_NONE ? NULL : items->first;
         node != NULL; node = node->next) {
        const uint32_t member = fact_member(&reader->vocabulary->facts[role], node->key);
        if (member == UINT32_MAX) {
            faults_add(&reader->faults, CODE, node->key_place,
                       "name a member of the contract's type",
                       "there is no type of contract '%.*s'", SHOWN(node->key));
            continue;
        }
        if (is_list(reader, node)) {
            read_lists(reader, member, node);
        }
    }
}

static void read_shares(struct guide_reader *reader, const struct tree *shares)
{
    const bool is_good = shares != NULL && is_list(reader, shares);
    for (const struct tree *node = is_good ? shares->first : NULL; node != NULL;
         node = node->next) {
        const uint32_t fact = find_fact(reader, node->text, node->place);
        if (fact != FACT_NONE && reader->vocabulary->facts[fact].type == TYPE_BPS) {
            reader->is_share[fact] = true;
        } else if (fact != FACT_NONE) {
            faults_add(&reader->faults, CODE, node->place, "name a fact of type bps",
                       "'%.*s' is no share", SHOWN(node->text));
        }
    }
}

static void read_currencies(struct guide_reader *reader, const struct tree *currencies)
{
    uint32_t count = 0;
    const bool is_good = currencies != NULL && is_list(reader, currencies);
    reader->currencies =
        arena_give_array(reader->arena, is_good ? currencies->count + 1u : 1u, sizeof(uint16_t));
    if (reader->currencies == NULL) {
        (void)faults_status(&reader->faults, AMICUS_MEMORY);
        return;
    }
    for (const struct tree *node = is_good ? currencies->first : NULL; node != NULL;
         node = node->next) {
        reader->currencies[count] = currency_of(node->text);
        if (reader->currencies[count] != 0) {
            count++;
        } else {
            faults_add(&reader->faults, CODE, node->place, "write a code of ISO 4217, such as USD",
                       "there is no currency '%.*s'", SHOWN(node->text));
        }
    }
    if (count == 0) {
        reader->currencies[count++] = currency_of(text_of("USD"));
    }
    reader->guide->currencies = reader->currencies;
    reader->guide->currency_count = count;
}

/* Make the tables, all saying nothing. */
static bool make_tables(struct guide_reader *reader)
{
    const struct vocabulary *vocabulary = reader->vocabulary;
    const size_t facts = vocabulary->fact_count;
    const size_t kinds = vocabulary->kind_count;
    const uint32_t role = vocabulary->roles.contract_type;
    const size_t types = role == FACT_NONE ? 1 : vocabulary->facts[role].member_count;
    reader->lines = arena_give_array(reader->arena, facts, sizeof *reader->lines);
    reader->often = arena_give_array(reader->arena, facts, sizeof *reader->often);
    reader->list_often = arena_give_array(reader->arena, kinds, sizeof *reader->list_often);
    reader->is_share = arena_give_array(reader->arena, facts, sizeof *reader->is_share);
    reader->usual = arena_give_array(reader->arena, facts, sizeof *reader->usual);
    reader->has_items = arena_give_array(reader->arena, types * kinds, sizeof *reader->has_items);
    reader->first_items = arena_give_array(reader->arena, types, sizeof *reader->first_items);
    if (reader->lines == NULL || reader->often == NULL || reader->list_often == NULL ||
        reader->is_share == NULL || reader->usual == NULL || reader->has_items == NULL ||
        reader->first_items == NULL) {
        return faults_status(&reader->faults, AMICUS_MEMORY);
    }
    memset(reader->often, OFTEN_UNSAID, facts);
    memset(reader->list_often, OFTEN_UNSAID, kinds);
    for (size_t i = 0; i < types; i++) {
        reader->first_items[i] = KIND_NONE;
    }
    struct sample_guide *guide = reader->guide;
    guide->vocabulary = vocabulary;
    guide->lines = reader->lines;
    guide->often = reader->often;
    guide->list_often = reader->list_often;
    guide->is_share = reader->is_share;
    guide->usual = reader->usual;
    guide->has_items = reader->has_items;
    guide->first_items = reader->first_items;
    return true;
}

static void read_root(struct guide_reader *reader, const struct tree *root)
{
    static const char *const KEYS[] = {"amicus", "course", "items",      "often",
                                       "usual",  "shares", "currencies", NULL};
    if (!faults_check_keys(&reader->faults, root, CODE, KEYS)) {
        return;
    }
    const struct tree *head = tree_find(root, "amicus");
    if (head == NULL || !tree_is(head, "sample/1")) {
        faults_add(&reader->faults, CODE, root->place, "start with 'amicus: sample/1'",
                   "this does not say that it is a guide of samples");
    }
    read_course(reader, tree_find(root, "course"));
    read_items(reader, tree_find(root, "items"));
    read_often(reader, tree_find(root, "often"));
    read_usual(reader, tree_find(root, "usual"));
    read_shares(reader, tree_find(root, "shares"));
    read_currencies(reader, tree_find(root, "currencies"));
}

amicus_status sample_guide_read(const struct sample_guide **out, struct arena *arena,
                                const struct vocabulary *vocabulary,
                                const struct tree_source *source, amicus_diagnostics *list)
{
    assert(out != NULL && arena != NULL);
    assert(vocabulary != NULL && list != NULL);
    *out = NULL;
    const struct tree *root = NULL;
    struct sample_guide *guide = arena_give(arena, sizeof *guide);
    struct guide_reader reader = {
        .guide = guide, .vocabulary = vocabulary, .arena = arena, .faults = {.list = list}};
    amicus_status status = source == NULL ? AMICUS_OK : tree_read_yaml(&root, arena, source, list);
    if (guide == NULL || (status != AMICUS_OK && root == NULL)) {
        return guide == NULL ? AMICUS_MEMORY : status;
    }
    if (make_tables(&reader) && root != NULL) {
        read_root(&reader, root);
    } else if (reader.faults.status == AMICUS_OK) {
        read_currencies(&reader, NULL);
    }
    if (reader.faults.status != AMICUS_OK || status != AMICUS_OK || reader.faults.any) {
        return reader.faults.status != AMICUS_OK ? reader.faults.status
               : status != AMICUS_OK             ? status
                                                 : AMICUS_INVALID;
    }
    *out = guide;
    return AMICUS_OK;
}
