/*
 * Constants: what a script writes down, and where it may.
 *
 * A bare true, number or text has no type of its own: it takes that of what it is compared with.
 * A number in a condition is policy, and policy has a date and a source, so it must be a parameter;
 * only 0 and 1 (nothing, and one at all) say no more than the words around them. A definition of a
 * derived fact may hold structural numbers, such as the 60 minutes of an hour.
 */
#include "compiler.h"

#include "date.h"
#include "money.h"

#include <assert.h>

bool datum_is_bare(const struct datum *datum)
{
    assert(datum != NULL);
    assert(datum->tag <= DATUM_NODE);
    return datum->tag == DATUM_TRUE || datum->tag == DATUM_FALSE || datum->tag == DATUM_INT ||
           datum->tag == DATUM_TEXT;
}

bool type_is_number(uint8_t type)
{
    return type == TYPE_INT || type == TYPE_BPS || type == TYPE_MINUTES;
}

static bool refuse_constant(struct compiler *compiler, struct place place, struct text word,
                            const char *mend)
{
    diagnostics_add(compiler->list, AMICUS_ERROR, "P0418", place, mend,
                    "'%.*s' is no constant of that form", SHOWN(word));
    return false;
}

static bool duration_of(struct compiler *compiler, const struct datum *datum, struct place place,
                        struct constant *out)
{
    static const struct word UNITS[] = {{"seconds", DURATION_SECONDS},
                                        {"minutes", DURATION_MINUTES},
                                        {"hours", DURATION_HOURS},
                                        {"calendar_days", DURATION_CALENDAR_DAYS},
                                        {"business_days", DURATION_BUSINESS_DAYS},
                                        {NULL, 0}};
    struct text unit = datum->as.items[1].as.text;
    out->type = TYPE_DURATION;
    out->n = datum->as.items[0].as.n;
    for (const struct word *word = UNITS; word->name != NULL; word++) {
        if (text_is(unit, word->name)) {
            out->unit = word->value;
            bool is_sane = out->n >= 0 && out->n <= 1000000000;
            return is_sane ? true : refuse_constant(compiler, place, unit, "count from 0 to 10^9");
        }
    }
    return refuse_constant(compiler, place, unit,
                           "a duration counts seconds, minutes, hours, calendar_days or "
                           "business_days");
}

static bool node_constant(struct compiler *compiler, const struct datum *datum, struct place place,
                          struct constant *out)
{
    const struct datum *first = &datum->as.items[0];
    if (datum->op == SYMBOL_DURATION) {
        return duration_of(compiler, datum, place, out);
    }
    if (datum->op == SYMBOL_MONEY) {
        out->type = TYPE_MONEY;
        amicus_status status = money_read(&out->n, &out->unit, first->as.text);
        return status == AMICUS_OK ? true
                                   : refuse_constant(compiler, place, first->as.text,
                                                     "write usd \"12.00\" or money \"EUR 9.00\"");
    }
    if (datum->op == SYMBOL_BPS) {
        out->type = TYPE_BPS;
        out->n = first->as.n;
        bool is_sane = out->n >= 0 && out->n <= 10000;
        return is_sane ? true
                       : refuse_constant(compiler, place, text_of("bps"),
                                         "a share is of 0 to 10000 hundredths of a percent");
    }
    if (datum->op == SYMBOL_CLOCK) {
        out->type = TYPE_DURATION;
        out->unit = DURATION_SECONDS;
        amicus_status status = week_clock_read(&out->n, first->as.text);
        return status == AMICUS_OK
                   ? true
                   : refuse_constant(compiler, place, first->as.text, "write clock \"Mon 12:00\"");
    }
    return refuse_constant(compiler, place, text_of("this"), "write a constant here");
}

bool constant_of(struct compiler *compiler, const struct datum *datum, struct place place,
                 struct constant *out)
{
    assert(compiler != NULL && datum != NULL);
    assert(out != NULL);
    *out = (struct constant){.n = 0};
    switch ((enum datum_tag)datum->tag) {
    case DATUM_TRUE:
    case DATUM_FALSE:
        out->type = TYPE_BOOL;
        out->n = datum->tag == DATUM_TRUE ? 1 : 0;
        return true;
    case DATUM_INT:
        out->type = TYPE_INT;
        out->n = datum->as.n;
        return true;
    case DATUM_TEXT:
        out->type = TYPE_TEXT;
        out->text = datum->as.text;
        return true;
    case DATUM_NODE: return node_constant(compiler, datum, place, out);
    case DATUM_NIL:
    case DATUM_LIST:
    case DATUM_MAP: break;
    }
    return refuse_constant(compiler, place, text_of("this"), "write a constant here");
}

/* The member of an enum that a bare text names, as a constant node; a fault if there is none. */
static uint32_t member_constant(struct scope *scope, struct text name, struct type type)
{
    struct compiler *compiler = scope->compiler;
    const struct fact *fact = &compiler->vocabulary->facts[type.detail];
    uint32_t member = fact_member(fact, name);
    if (member != UINT32_MAX) {
        struct node node = {
            .op = NODE_CONST, .type = TYPE_ENUM, .k = member, .ref_kind = type.detail};
        return compiler_node(compiler, &node);
    }
    struct likeness likeness = likeness_to(name);
    struct builder builder;
    builder_start(&builder, compiler->arena);
    builder_puts(&builder, "write one of:");
    for (uint32_t i = 0; i < fact->member_count; i++) {
        likeness_try(&likeness, fact->members[i].name);
        builder_putf(&builder, " %.*s", SHOWN(fact->members[i].name));
    }
    struct text all;
    const char *mend = builder_end(&all, &builder) == AMICUS_OK ? all.at : "";
    diagnostics_add(compiler->list, AMICUS_ERROR, "P0412",
                    draft_place(compiler, scope->draft, name),
                    likeness.best.length > 0 ? mend_near(compiler, likeness.best) : mend,
                    "'%.*s' is never '%.*s'", SHOWN(fact->path), SHOWN(name));
    return NODE_NONE;
}

static const char *mend_for_type(struct compiler *compiler, uint8_t type)
{
    switch (type) {
    case TYPE_MONEY: return "write an amount with its currency, such as usd \"12.00\"";
    case TYPE_DURATION: return "write a duration with its unit, such as calendar_days(14)";
    case TYPE_BOOL: return "write true or false";
    case TYPE_INSTANT:
    case TYPE_DATE: return "compare it with another fact, or with one plus a parameter";
    case TYPE_REF: return "compare it with a record";
    default:
        return mend_of(compiler, "write a constant of type %s",
                       value_type_name((enum value_type)type));
    }
}

/* Numbers that are not 0 or 1 (of bps also 10000) want a parameter. */
static bool may_stand_bare(const struct scope *scope, const struct constant *constant)
{
    if (scope->is_definition || scope->in_share || constant->n == 0) {
        return true;
    }
    switch (constant->type) {
    case TYPE_INT:
    case TYPE_MINUTES: return constant->n == 1;
    case TYPE_BPS: return constant->n == 1 || constant->n == 10000;
    case TYPE_MONEY:
    case TYPE_DURATION: return false;
    default: return true;
    }
}

static bool check_bare(struct scope *scope, const struct constant *constant, uint32_t line)
{
    if (may_stand_bare(scope, constant)) {
        return true;
    }
    diagnostics_add(
        scope->compiler->list, AMICUS_ERROR, "P0415", scope_place(scope, line, text_of("")),
        "declare it as a param with its date and source, and write param.<name>",
        "%s '%.*s' holds a number (%lld) without a dated parameter",
        declare_name(scope->draft->kind), SHOWN(scope->draft->id), (long long)constant->n);
    return false;
}

uint32_t compile_constant(struct scope *scope, const struct datum *datum, struct type expected)
{
    assert(scope != NULL && datum != NULL);
    struct compiler *compiler = scope->compiler;
    uint32_t line = datum->tag == DATUM_NODE ? datum->line : scope->line;
    struct place place = scope_place(scope, line, text_of(""));
    struct constant constant;
    if (!constant_of(compiler, datum, place, &constant)) {
        return NODE_NONE;
    }
    bool is_bare = datum_is_bare(datum);
    if (is_bare && constant.type == TYPE_TEXT && expected.type == TYPE_ENUM) {
        return member_constant(scope, constant.text, expected);
    }
    if (is_bare && constant.type == TYPE_INT && type_is_number(expected.type)) {
        constant.type = expected.type;
    }
    bool is_wanted = !is_bare || expected.type == TYPE_NONE || constant.type == expected.type;
    if (!is_wanted) {
        diagnostics_add(compiler->list, AMICUS_ERROR, "P0410", place,
                        mend_for_type(compiler, expected.type),
                        "%s '%.*s' has a constant of type %s where %s is wanted",
                        declare_name(scope->draft->kind), SHOWN(scope->draft->id),
                        value_type_name((enum value_type)constant.type),
                        value_type_name((enum value_type)expected.type));
        return NODE_NONE;
    }
    if (!check_bare(scope, &constant, line)) {
        return NODE_NONE;
    }
    struct node node = {.op = NODE_CONST,
                        .type = constant.type,
                        .unit = constant.unit,
                        .k = constant.n,
                        .line = line,
                        .file = scope->draft->file};
    if (constant.type == TYPE_TEXT) {
        node.k = compiler_text(compiler, constant.text);
    }
    return compiler_node(compiler, &node);
}
