/*
 * Names: variables, facts by their paths, parameters and issues become nodes.
 *
 * A path is read from the left: the longest name that is a fact of the record's kind, then, if that
 * fact is a ref, the rest as a path of the record that it points to. Every fact is checked against
 * the kind of record in hand: what only a week has cannot be read of "any money item", and the mend
 * says which record to range over instead.
 */
#include "compiler.h"

#include <assert.h>
#include <string.h>

struct scope scope_of(struct compiler *compiler, const struct draft *draft, uint32_t kind)
{
    assert(compiler != NULL && draft != NULL);
    assert(kind < compiler->vocabulary->kind_count);
    return (struct scope){.compiler = compiler, .draft = draft, .kind = kind, .line = draft->line};
}

struct place scope_place(const struct scope *scope, uint32_t line, struct text name)
{
    assert(scope != NULL);
    assert(scope->draft != NULL);
    return compiler_place(scope->compiler, scope->draft->file, line, name);
}

static struct text one_of(const struct scope *scope, uint32_t kind)
{
    assert(kind < scope->compiler->vocabulary->kind_count);
    return scope->compiler->vocabulary->kinds[kind].one;
}

uint32_t compile_variable(struct scope *scope, uint32_t line, uint32_t slot)
{
    assert(scope != NULL);
    assert(slot <= scope->var_count);
    uint32_t kind = slot == 0 ? scope->kind : scope->vars[slot - 1].kind;
    if (kind == KIND_ROOT) {
        diagnostics_add(scope->compiler->list, AMICUS_ERROR, "P0417",
                        scope_place(scope, line, text_of("")),
                        "say each = \"milestone\" (or another record), or read facts of the case",
                        "%s '%.*s' ranges over the case, so it has no record to speak of",
                        declare_name(scope->draft->kind), SHOWN(scope->draft->id));
        return NODE_NONE;
    }
    struct node node = {.op = NODE_VAR,
                        .type = TYPE_REF,
                        .a = slot,
                        .ref_kind = kind,
                        .line = line,
                        .file = scope->draft->file};
    return compiler_node(scope->compiler, &node);
}

/* The slot of a variable of the message; UINT32_MAX, with a fault, if it is not in force here. */
static uint32_t slot_of(struct scope *scope, const struct datum *var)
{
    assert(var->op == SYMBOL_VAR);
    int64_t number = var->as.items[0].as.n;
    if (number == 0) {
        return 0;
    }
    for (uint32_t i = 0; i < scope->var_count; i++) {
        if (scope->vars[i].number == number) {
            return i + 1;
        }
    }
    diagnostics_add(scope->compiler->list, AMICUS_ERROR, "P0419",
                    scope_place(scope, var->line, text_of("")),
                    "use it inside the function that it was given to",
                    "the record of a list is used outside of its list");
    return UINT32_MAX;
}

static uint32_t compile_var(struct scope *scope, const struct datum *datum)
{
    uint32_t slot = slot_of(scope, datum);
    return slot == UINT32_MAX ? NODE_NONE : compile_variable(scope, datum->line, slot);
}

/* The node of one fact of a record, or of the root if the record is NODE_NONE. */
static uint32_t fact_node(struct scope *scope, uint32_t line, uint32_t record, uint32_t number)
{
    struct compiler *compiler = scope->compiler;
    const struct fact *fact = &compiler->vocabulary->facts[number];
    struct node node = {.op = NODE_FACT,
                        .type = fact->type,
                        .a = record,
                        .b = number,
                        .line = line,
                        .file = scope->draft->file};
    if (fact->type == TYPE_REF) {
        node.ref_kind = fact->ref_kind;
    } else if (fact->type == TYPE_ENUM || fact->type == TYPE_ENUMS) {
        node.ref_kind = number;
    }
    compiler->fact_is_read[number] = true;
    return compiler_node(compiler, &node);
}

/* The longest prefix of a path, cut at a dot, that is a ref fact; FACT_NONE if there is none. */
static uint32_t find_ref(const struct vocabulary *vocabulary, uint32_t kind, struct text path,
                         struct text *rest)
{
    for (size_t end = path.length; end-- > 1;) {
        if (path.at[end] != '.') {
            continue;
        }
        struct text head = {path.at, end};
        uint32_t fact = vocabulary_find(vocabulary, kind, head);
        if (fact != FACT_NONE && vocabulary->facts[fact].type == TYPE_REF) {
            *rest = (struct text){path.at + end + 1, path.length - end - 1};
            return fact;
        }
    }
    return FACT_NONE;
}

/* A member kind of a union that has a fact which the union has not; KIND_NONE if none has. */
static uint32_t find_member(const struct vocabulary *vocabulary, uint32_t kind, struct text path)
{
    for (uint32_t i = 0; i < vocabulary->kind_count; i++) {
        if (vocabulary->kinds[i].base == kind && i != kind &&
            vocabulary_find(vocabulary, i, path) != FACT_NONE) {
            return i;
        }
    }
    return KIND_NONE;
}

static void refuse_path(struct scope *scope, uint32_t line, uint32_t kind, struct text path)
{
    struct compiler *compiler = scope->compiler;
    uint32_t member = find_member(compiler->vocabulary, kind, path);
    if (member != KIND_NONE) {
        struct text one = one_of(scope, member);
        diagnostics_add(compiler->list, AMICUS_ERROR, "P0416", scope_place(scope, line, path),
                        mend_of(compiler, "range over it: each = \"%.*s\"", SHOWN(one)),
                        "'%.*s' is a fact of a %.*s, and this is any %.*s", SHOWN(path), SHOWN(one),
                        SHOWN(one_of(scope, kind)));
        return;
    }
    struct text near = vocabulary_nearest(compiler->vocabulary, kind, path);
    diagnostics_add(
        compiler->list, AMICUS_ERROR, "P0401", scope_place(scope, line, path),
        near.length > 0 ? mend_near(compiler, near) : "see the vocabulary for what there is",
        kind == KIND_ROOT ? "unknown fact '%.*s'%.*s" : "unknown fact '%.*s' of each %.*s",
        SHOWN(path), SHOWN(kind == KIND_ROOT ? text_of("") : one_of(scope, kind)));
}

static uint32_t path_of(struct scope *scope, uint32_t line, uint32_t record, uint32_t kind,
                        struct text path)
{
    const struct vocabulary *vocabulary = scope->compiler->vocabulary;
    for (;;) {
        uint32_t fact = vocabulary_find(vocabulary, kind, path);
        if (fact != FACT_NONE) {
            return fact_node(scope, line, record, fact);
        }
        struct text rest = {NULL, 0};
        uint32_t ref = find_ref(vocabulary, kind, path, &rest);
        if (ref == FACT_NONE) {
            refuse_path(scope, line, kind, path);
            return NODE_NONE;
        }
        record = fact_node(scope, line, record, ref);
        kind = vocabulary->facts[ref].ref_kind;
        path = rest;
        if (record == NODE_NONE) {
            return NODE_NONE;
        }
    }
}

uint32_t compile_record_path(struct scope *scope, uint32_t line, uint32_t record, struct text path)
{
    assert(scope != NULL);
    assert(record != NODE_NONE);
    struct type type = type_of(scope->compiler, record);
    assert(type.type == TYPE_REF);
    return path_of(scope, line, record, type.detail, path);
}

/* A root path that belongs to a kind: due.review of a milestone. */
static uint32_t owned_path(struct scope *scope, uint32_t line, uint32_t number)
{
    struct compiler *compiler = scope->compiler;
    const struct fact *fact = &compiler->vocabulary->facts[number];
    if (scope->kind != KIND_ROOT && kind_is(compiler->vocabulary, scope->kind, fact->kind)) {
        uint32_t record = compile_variable(scope, line, 0);
        return record == NODE_NONE ? NODE_NONE : fact_node(scope, line, record, number);
    }
    struct text one = one_of(scope, fact->kind);
    struct text each = one_of(scope, scope->kind);
    diagnostics_add(compiler->list, AMICUS_ERROR, "P0416", scope_place(scope, line, fact->path),
                    mend_of(compiler, "range over it: each = \"%.*s\"", SHOWN(one)),
                    "'%.*s' is a fact of a %.*s, and %s '%.*s' ranges over %.*s", SHOWN(fact->path),
                    SHOWN(one), declare_name(scope->draft->kind), SHOWN(scope->draft->id),
                    SHOWN(each));
    return NODE_NONE;
}

uint32_t compile_root_path(struct scope *scope, uint32_t line, struct text path)
{
    assert(scope != NULL);
    assert(path.length == 0 || path.at != NULL);
    const struct vocabulary *vocabulary = scope->compiler->vocabulary;
    struct text rest = {NULL, 0};
    bool is_root = vocabulary_find(vocabulary, KIND_ROOT, path) != FACT_NONE ||
                   find_ref(vocabulary, KIND_ROOT, path, &rest) != FACT_NONE;
    uint32_t owned = is_root ? FACT_NONE : vocabulary_find_path(vocabulary, path);
    if (owned != FACT_NONE && vocabulary->facts[owned].kind != KIND_ROOT) {
        return owned_path(scope, line, owned);
    }
    return path_of(scope, line, NODE_NONE, KIND_ROOT, path);
}

static uint32_t compile_path(struct scope *scope, const struct datum *datum)
{
    const struct datum *base = &datum->as.items[0];
    struct text path = datum->as.items[1].as.text;
    if (base->tag == DATUM_NIL) {
        return compile_root_path(scope, datum->line, path);
    }
    uint32_t slot = slot_of(scope, base);
    if (slot == UINT32_MAX) {
        return NODE_NONE;
    }
    uint32_t record = compile_variable(scope, datum->line, slot);
    return record == NODE_NONE ? NODE_NONE : compile_record_path(scope, datum->line, record, path);
}

uint32_t compile_name(struct scope *scope, const struct datum *datum)
{
    assert(scope != NULL && datum != NULL);
    assert(datum->tag == DATUM_NODE);
    return datum->op == SYMBOL_VAR ? compile_var(scope, datum) : compile_path(scope, datum);
}

static uint32_t param_date(struct scope *scope, const struct datum *datum,
                           const struct draft *draft, const struct param_row *row)
{
    struct compiler *compiler = scope->compiler;
    if (row->anchor != ANCHOR_EVENT) {
        diagnostics_add(compiler->list, AMICUS_ERROR, "P0433",
                        scope_place(scope, datum->line, draft->id),
                        "leave out :on(...), or declare the parameter with anchor = \"event\"",
                        "the version of param '%.*s' is picked by the case, not by a date that a "
                        "rule names",
                        SHOWN(draft->id));
        return NODE_NONE;
    }
    struct type none = {TYPE_NONE, 0};
    uint32_t date = compile_expression(scope, &datum->as.items[1], none);
    uint8_t type = date == NODE_NONE ? TYPE_DATE : type_of(compiler, date).type;
    if (type != TYPE_DATE && type != TYPE_INSTANT) {
        diagnostics_add(compiler->list, AMICUS_ERROR, "P0410",
                        scope_place(scope, datum->line, draft->id),
                        "name a date or an instant, such as param.x:on(s.item.paid_at)",
                        "param '%.*s' is read on a %s", SHOWN(draft->id),
                        value_type_name((enum value_type)type));
        return NODE_NONE;
    }
    return date;
}

uint32_t compile_param(struct scope *scope, const struct datum *datum)
{
    assert(scope != NULL && datum != NULL);
    assert(datum->op == SYMBOL_PARAM);
    struct compiler *compiler = scope->compiler;
    struct text name = datum->as.items[0].as.text;
    const struct draft *draft = draft_find(compiler, DECLARE_PARAM, name);
    if (draft == NULL) {
        struct text near = map_nearest(compiler->names[DECLARE_PARAM], name);
        diagnostics_add(
            compiler->list, AMICUS_ERROR, "P0402", scope_place(scope, datum->line, name),
            near.length > 0 ? mend_near(compiler, near)
                            : mend_of(compiler, "declare it: param \"%.*s\" { ... }", SHOWN(name)),
            "unknown parameter '%.*s'", SHOWN(name));
        return NODE_NONE;
    }
    compiler->param_is_read[draft->row] = true;
    const struct param_row *row = compiler_row(compiler, TABLE_PARAMS, draft->row);
    uint32_t date = NODE_NONE;
    bool is_dated = datum->count > 1 && datum->as.items[1].tag != DATUM_NIL;
    if (is_dated) {
        date = param_date(scope, datum, draft, row);
    }
    if (row->type == TYPE_NONE || (is_dated && date == NODE_NONE)) {
        return NODE_NONE; /* its declaration has a fault that was reported */
    }
    struct node node = {.op = NODE_PARAM,
                        .type = row->type,
                        .a = draft->row,
                        .b = date,
                        .line = datum->line,
                        .file = scope->draft->file};
    return compiler_node(compiler, &node);
}

static uint8_t label_of(struct text word)
{
    static const enum label LABELS[] = {LABEL_OPEN, LABEL_UPHELD, LABEL_REJECTED};
    for (size_t i = 0; i < sizeof LABELS / sizeof LABELS[0]; i++) {
        if (text_is(word, label_name(LABELS[i]))) {
            return (uint8_t)LABELS[i];
        }
    }
    return UINT8_MAX;
}

/* Follow the refs by which a record belongs to others, up to one that the issue is asked of. */
static uint32_t owner_of(struct scope *scope, uint32_t line, uint32_t record, uint32_t wanted)
{
    const struct vocabulary *vocabulary = scope->compiler->vocabulary;
    uint32_t kind = type_of(scope->compiler, record).detail;
    const uint32_t *path = vocabulary->kinds[kind].owner_path;
    for (unsigned i = 0; i < 3 && path[i] != FACT_NONE && record != NODE_NONE; i++) {
        record = fact_node(scope, line, record, path[i]);
        if (kind_is(vocabulary, vocabulary->facts[path[i]].ref_kind, wanted)) {
            return record;
        }
    }
    return NODE_NONE;
}

/* The record whose label is asked for: NODE_NONE if the issue is the case's, or variable 0's. */
static bool issue_record(struct scope *scope, const struct datum *datum, uint32_t wanted,
                         uint32_t *record)
{
    struct compiler *compiler = scope->compiler;
    bool is_given = datum->count > 2 && datum->as.items[2].tag != DATUM_NIL;
    *record = NODE_NONE;
    if (wanted == KIND_ROOT && !is_given) {
        return true;
    }
    struct type none = {TYPE_NONE, 0};
    uint32_t from = NODE_NONE;
    if (is_given) {
        from = compile_expression(scope, &datum->as.items[2], none);
        if (from == NODE_NONE) {
            return false;
        }
    } else if (scope->kind != KIND_ROOT) {
        from = compile_variable(scope, datum->line, 0);
    }
    struct type type = from == NODE_NONE ? none : type_of(compiler, from);
    if (type.type == TYPE_REF && wanted != KIND_ROOT) {
        bool is_same = kind_is(compiler->vocabulary, type.detail, wanted);
        *record = is_same ? from : owner_of(scope, datum->line, from, wanted);
        if (is_same && !is_given) {
            *record = NODE_NONE;
            return true;
        }
    }
    return *record != NODE_NONE;
}

static void refuse_issue(struct scope *scope, const struct datum *datum, struct text name,
                         uint32_t wanted)
{
    struct compiler *compiler = scope->compiler;
    if (wanted == KIND_ROOT) {
        diagnostics_add(compiler->list, AMICUS_ERROR, "P0417",
                        scope_place(scope, datum->line, name), "ask it without a record",
                        "issue '%.*s' is asked once for the case, not of a record", SHOWN(name));
        return;
    }
    struct text one = one_of(scope, wanted);
    diagnostics_add(compiler->list, AMICUS_ERROR, "P0417", scope_place(scope, datum->line, name),
                    mend_of(compiler,
                            "ask it of a record, as in some(\"%.*ss\", function(r) return "
                            "issue.%.*s:upheld(r) end), or range over one: each = \"%.*s\"",
                            SHOWN(one), SHOWN(name), SHOWN(one)),
                    "issue '%.*s' is asked of each %.*s, and none is in hand here", SHOWN(name),
                    SHOWN(one));
}

uint32_t compile_issue(struct scope *scope, const struct datum *datum)
{
    assert(scope != NULL && datum != NULL);
    assert(datum->op == SYMBOL_ISSUE);
    struct compiler *compiler = scope->compiler;
    struct text name = datum->as.items[0].as.text;
    const struct draft *draft = draft_find(compiler, DECLARE_ISSUE, name);
    uint8_t label = label_of(datum->as.items[1].as.text);
    if (draft == NULL || label == UINT8_MAX) {
        bool is_label = label == UINT8_MAX;
        struct text near = map_nearest(compiler->names[DECLARE_ISSUE], name);
        struct text word = is_label ? datum->as.items[1].as.text : name;
        diagnostics_add(
            compiler->list, AMICUS_ERROR, "P0403", scope_place(scope, datum->line, word),
            is_label ? "ask :upheld(), :rejected() or :open()" : mend_near(compiler, near),
            is_label ? "an issue has no label '%.*s'" : "unknown issue '%.*s'", SHOWN(word));
        return NODE_NONE;
    }
    const struct issue_row *row = compiler_row(compiler, TABLE_ISSUES, draft->row);
    if (row->kind == KIND_NONE) {
        return NODE_NONE; /* its declaration has a fault that was reported */
    }
    uint32_t record = NODE_NONE;
    if (!issue_record(scope, datum, row->kind, &record)) {
        refuse_issue(scope, datum, name, row->kind);
        return NODE_NONE;
    }
    struct node node = {.op = NODE_ISSUE,
                        .type = TYPE_BOOL,
                        .a = draft->row,
                        .b = record,
                        .k = label,
                        .line = datum->line,
                        .file = scope->draft->file};
    return compiler_node(compiler, &node);
}
