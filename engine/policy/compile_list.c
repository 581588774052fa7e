/*
 * Lists: some, every, count, sum, earliest, latest, largest, covered_days.
 *
 * A list whose records belong to something is narrowed to those that belong to the declaration's
 * own record: an equation in front of `where`, made of the refs that the vocabulary names. The
 * evaluator knows nothing of it, and a reader of the compiled condition sees it written out.
 * List variables get slots by depth of nesting, from 1; slot 0 is the declaration's record.
 */
#include "compiler.h"

#include <assert.h>
#include <string.h>

/* Operands common to all list operators. */
struct list {
    uint32_t line;
    uint32_t kind;
    uint32_t slot;
    uint32_t where; /* with the narrowing; NODE_NONE if all records count */
    bool is_whole;  /* "case.deliveries" */
};

static uint32_t kind_of_list(const struct vocabulary *vocabulary, struct text name)
{
    for (uint32_t i = 1; i < vocabulary->kind_count; i++) {
        const struct kind *kind = &vocabulary->kinds[i];
        if (!kind->is_union && text_equal(kind->list, name)) {
            return i;
        }
        bool is_plural = kind->is_union && name.length == kind->one.length + 1 &&
                         name.at[name.length - 1] == 's' &&
                         memcmp(name.at, kind->one.at, kind->one.length) == 0;
        if (is_plural) {
            return i;
        }
    }
    return KIND_NONE;
}

static struct text nearest_list(const struct vocabulary *vocabulary, struct text name)
{
    uint32_t kind = vocabulary_find_kind(vocabulary, name);
    if (kind != KIND_NONE && vocabulary->kinds[kind].list.length > 0) {
        return vocabulary->kinds[kind].list;
    }
    struct likeness likeness = likeness_to(name);
    for (uint32_t i = 1; i < vocabulary->kind_count; i++) {
        likeness_try(&likeness, vocabulary->kinds[i].list);
    }
    return likeness.best;
}

static bool read_list(struct scope *scope, const struct datum *datum, struct list *list)
{
    static const char WHOLE[] = "case.";
    struct text name = datum->as.items[0].as.text;
    list->line = datum->line;
    list->is_whole =
        name.length > sizeof WHOLE - 1 && memcmp(name.at, WHOLE, sizeof WHOLE - 1) == 0;
    if (list->is_whole) {
        name.at += sizeof WHOLE - 1;
        name.length -= sizeof WHOLE - 1;
    }
    list->kind = kind_of_list(scope->compiler->vocabulary, name);
    if (list->kind == KIND_NONE) {
        diagnostics_add(scope->compiler->list, AMICUS_ERROR, "P0404",
                        scope_place(scope, datum->line, name),
                        mend_near(scope->compiler, nearest_list(scope->compiler->vocabulary, name)),
                        "unknown list '%.*s'", SHOWN(name));
        return false;
    }
    if (scope->var_count + 1 >= VARS_MAX) {
        diagnostics_add(scope->compiler->list, AMICUS_ERROR, "P0117",
                        scope_place(scope, datum->line, name),
                        "define a derived fact for the inner part",
                        "lists are nested more than %d deep", VARS_MAX - 1);
        return false;
    }
    return true;
}

static void open_variable(struct scope *scope, const struct datum *datum, struct list *list)
{
    scope->vars[scope->var_count].number = datum->as.items[1].as.n;
    scope->vars[scope->var_count].kind = list->kind;
    scope->var_count += 1;
    list->slot = scope->var_count;
}

/* "record is variable 0" */
static uint32_t is_own(struct scope *scope, const struct list *list, uint32_t record)
{
    uint32_t own = compile_variable(scope, list->line, 0);
    if (record == NODE_NONE || own == NODE_NONE) {
        return NODE_NONE;
    }
    struct node node = {.op = NODE_EQUAL,
                        .type = TYPE_BOOL,
                        .a = record,
                        .b = own,
                        .line = list->line,
                        .file = scope->draft->file};
    return compiler_node(scope->compiler, &node);
}

/* Nothing in the list can belong to the declaration's record, which is a money item: false. */
static bool refuse_stranger(struct scope *scope, const struct list *list, uint32_t owner)
{
    const struct vocabulary *vocabulary = scope->compiler->vocabulary;
    struct text name = vocabulary->kinds[list->kind].list;
    diagnostics_add(scope->compiler->list, AMICUS_ERROR, "P0416",
                    scope_place(scope, list->line, name),
                    mend_of(scope->compiler, "write \"case.%.*s\" for the whole list", SHOWN(name)),
                    "'%.*s' belong to a %.*s, never to a %.*s", SHOWN(name),
                    SHOWN(vocabulary->kinds[owner].one), SHOWN(vocabulary->kinds[scope->kind].one));
    return false;
}

/* "record.owner is variable 0", or NODE_NONE; false, after a fault, if that can never be. */
static bool narrow(struct scope *scope, const struct list *list, uint32_t *out)
{
    const struct vocabulary *vocabulary = scope->compiler->vocabulary;
    const uint32_t *path = vocabulary->kinds[list->kind].owner_path;
    *out = NODE_NONE;
    if (list->is_whole || scope->kind == KIND_ROOT || path[0] == FACT_NONE) {
        return true;
    }
    uint32_t record = compile_variable(scope, list->line, list->slot);
    uint32_t owner = list->kind;
    for (unsigned i = 0; i < 3 && path[i] != FACT_NONE && record != NODE_NONE; i++) {
        struct text name = vocabulary->facts[path[i]].name;
        record = compile_record_path(scope, list->line, record, name);
        owner = vocabulary->facts[path[i]].ref_kind;
        if (kind_is(vocabulary, scope->kind, owner) || kind_is(vocabulary, owner, scope->kind)) {
            *out = is_own(scope, list, record);
            return *out != NODE_NONE;
        }
    }
    bool is_item = vocabulary->item_kind != KIND_NONE &&
                   kind_is(vocabulary, scope->kind, vocabulary->item_kind);
    return record != NODE_NONE && (!is_item || refuse_stranger(scope, list, owner));
}

/* The narrowing and the `where` of operand 2, joined. */
static bool compile_where(struct scope *scope, const struct datum *datum, struct list *list)
{
    uint32_t narrowing = NODE_NONE;
    bool is_sound = narrow(scope, list, &narrowing);
    bool is_given = datum->count > 2 && datum->as.items[2].tag != DATUM_NIL;
    uint32_t where = NODE_NONE;
    if (is_given) {
        where = compile_condition(scope, &datum->as.items[2]);
        is_sound = is_sound && where != NODE_NONE;
    }
    list->where = where;
    if (narrowing != NODE_NONE) {
        list->where = narrowing;
        if (where != NODE_NONE) {
            uint32_t both[] = {narrowing, where};
            struct node node = {.op = NODE_ALL,
                                .type = TYPE_BOOL,
                                .b = 2,
                                .line = list->line,
                                .file = scope->draft->file};
            node.a = compiler_args(scope->compiler, both, 2);
            list->where = compiler_node(scope->compiler, &node);
        }
    }
    return is_sound;
}

static uint32_t operand(struct scope *scope, const struct datum *datum, uint32_t index,
                        struct type expected)
{
    bool is_given = datum->count > index && datum->as.items[index].tag != DATUM_NIL;
    return is_given ? compile_expression(scope, &datum->as.items[index], expected) : NODE_NONE;
}

static uint32_t refuse_type(struct scope *scope, const struct datum *datum, uint32_t node,
                            const char *wanted)
{
    if (node != NODE_NONE) {
        struct type type = type_of(scope->compiler, node);
        diagnostics_add(scope->compiler->list, AMICUS_ERROR, "P0410",
                        scope_place(scope, datum->line, datum->as.items[0].as.text),
                        mend_of(scope->compiler, "give it %s", wanted),
                        "this list wants %s, and gets a value of type %s", wanted,
                        value_type_name((enum value_type)type.type));
    }
    return NODE_NONE;
}

static struct node list_node(const struct scope *scope, const struct list *list, enum node_op op,
                             struct type type)
{
    return (struct node){.op = (uint8_t)op,
                         .type = type.type,
                         .a = list->slot,
                         .b = list->where,
                         .k = list->kind,
                         .ref_kind = type.detail,
                         .line = list->line,
                         .file = scope->draft->file};
}

static uint32_t compile_quantified(struct scope *scope, const struct datum *datum,
                                   const struct list *list)
{
    uint32_t condition = NODE_NONE;
    if (datum->count > 3 && datum->as.items[3].tag != DATUM_NIL) {
        condition = compile_condition(scope, &datum->as.items[3]);
    } else {
        struct node yes = {
            .op = NODE_ALL, .type = TYPE_BOOL, .line = list->line, .file = scope->draft->file};
        yes.a = compiler_args(scope->compiler, NULL, 0);
        condition = compiler_node(scope->compiler, &yes);
    }
    struct type type = {TYPE_BOOL, 0};
    struct node node =
        list_node(scope, list, datum->op == SYMBOL_SOME ? NODE_SOME : NODE_EVERY, type);
    node.c = condition;
    return condition == NODE_NONE ? NODE_NONE : compiler_node(scope->compiler, &node);
}

static uint32_t compile_total(struct scope *scope, const struct datum *datum,
                              const struct list *list)
{
    struct type number = {TYPE_INT, 0};
    if (datum->op == SYMBOL_COUNT) {
        struct node node = list_node(scope, list, NODE_COUNT, number);
        return compiler_node(scope->compiler, &node);
    }
    uint32_t each = operand(scope, datum, 3, number);
    if (each == NODE_NONE) {
        return NODE_NONE;
    }
    struct type type = type_of(scope->compiler, each);
    bool is_summable = type_is_number(type.type) || type.type == TYPE_MONEY;
    if (!is_summable) {
        return refuse_type(scope, datum, each, "a number or money");
    }
    struct node node =
        list_node(scope, list, datum->op == SYMBOL_SUM ? NODE_SUM : NODE_LARGEST, type);
    node.c = each;
    return compiler_node(scope->compiler, &node);
}

static bool is_ordered(uint8_t type)
{
    return type_is_number(type) || type == TYPE_MONEY || type == TYPE_INSTANT || type == TYPE_DATE;
}

static uint32_t compile_extreme(struct scope *scope, const struct datum *datum,
                                const struct list *list, struct type expected)
{
    struct type none = {TYPE_NONE, 0};
    uint32_t by = operand(scope, datum, 3, none);
    bool is_given = datum->count > 4 && datum->as.items[4].tag != DATUM_NIL;
    uint32_t give = is_given ? operand(scope, datum, 4, expected) : by;
    if (by == NODE_NONE || give == NODE_NONE) {
        return NODE_NONE;
    }
    if (!is_ordered(type_of(scope->compiler, by).type)) {
        return refuse_type(scope, datum, by, "an instant, a date or a number to go by");
    }
    uint32_t both[] = {by, give};
    struct node node =
        list_node(scope, list, datum->op == SYMBOL_EARLIEST ? NODE_EARLIEST : NODE_LATEST,
                  type_of(scope->compiler, give));
    node.c = compiler_args(scope->compiler, both, 2);
    return compiler_node(scope->compiler, &node);
}

/* The ends of each record's time are expressions of it; those of the span are not. */
static uint32_t compile_covered(struct scope *scope, const struct datum *datum,
                                const struct list *list)
{
    struct type none = {TYPE_NONE, 0};
    uint32_t parts[4];
    bool is_sound = true;
    for (uint32_t i = 0; i < 4; i++) {
        scope->var_count = i < 2 ? list->slot : list->slot - 1;
        parts[i] = operand(scope, datum, 3 + i, none);
        is_sound = is_sound && parts[i] != NODE_NONE;
    }
    scope->var_count = list->slot;
    for (uint32_t i = 0; is_sound && i < 4; i++) {
        uint8_t type = type_of(scope->compiler, parts[i]).type;
        bool is_time = type == TYPE_INSTANT || type == TYPE_DATE;
        if (!is_time || type != type_of(scope->compiler, parts[0]).type) {
            return refuse_type(scope, datum, parts[i], "four instants, or four dates");
        }
    }
    struct type type = {TYPE_INT, 0};
    struct node node = list_node(scope, list, NODE_COVERED_DAYS, type);
    node.c = is_sound ? compiler_args(scope->compiler, parts, 4) : 0;
    return is_sound ? compiler_node(scope->compiler, &node) : NODE_NONE;
}

uint32_t compile_list(struct scope *scope, const struct datum *datum, struct type expected)
{
    assert(scope != NULL && datum != NULL);
    assert(datum->op >= SYMBOL_SOME && datum->op <= SYMBOL_COVERED_DAYS);
    struct list list = {.kind = KIND_NONE};
    if (!read_list(scope, datum, &list)) {
        return NODE_NONE;
    }
    open_variable(scope, datum, &list);
    bool is_sound = compile_where(scope, datum, &list);
    uint32_t node = NODE_NONE;
    switch (datum->op) {
    case SYMBOL_SOME:
    case SYMBOL_EVERY: node = compile_quantified(scope, datum, &list); break;
    case SYMBOL_COUNT:
    case SYMBOL_SUM:
    case SYMBOL_LARGEST: node = compile_total(scope, datum, &list); break;
    case SYMBOL_COVERED_DAYS: node = compile_covered(scope, datum, &list); break;
    default: node = compile_extreme(scope, datum, &list, expected); break;
    }
    scope->var_count -= 1;
    return is_sound ? node : NODE_NONE;
}
