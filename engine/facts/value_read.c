/*
 * Values from the characters of a case file, by the type that the vocabulary gives.
 *
 * The look of a scalar decides nothing: `no`, `010` and `12:30` are text where text is wanted, and
 * an error where a boolean, a number or an instant is. A quoted text is never a boolean or a
 * number, and a JSON number or boolean never a text, so that a JSON Schema made from the vocabulary
 * accepts what this file accepts.
 *
 * Each refusal says what was written and how to write it.
 */
#include "case_build.h"
#include "date.h"
#include "money.h"

#include <assert.h>
#include <stdio.h>

enum { MEND_BYTES = 300 };

/* Most that an id may hold; it is a name, not a text. */
enum { ID_BYTES = 128 };

static void refuse(struct case_build *build, const char *code, const struct tree *node,
                   const char *mend, const char *what)
{
    faults_add(&build->faults, code, node->place, mend, "'%.*s' is %s", SHOWN(node->text), what);
}

/* Whole numbers only: -?(0|[1-9][0-9]*), in 64 bits. */
static bool read_digits(int64_t *out, struct text text)
{
    size_t at = text.length > 0 && text.at[0] == '-' ? 1 : 0;
    bool is_negative = at == 1;
    if (at == text.length || (text.at[at] == '0' && text.length > at + 1)) {
        return false;
    }
    int64_t n = 0;
    for (; at < text.length; at++) {
        if (text.at[at] < '0' || text.at[at] > '9') {
            return false;
        }
        /* Counted downwards, because the least number has no positive twin. */
        if (money_multiply(&n, n, 10) != AMICUS_OK ||
            money_subtract(&n, n, text.at[at] - '0') != AMICUS_OK) {
            return false;
        }
    }
    *out = n;
    return is_negative || money_subtract(out, 0, n) == AMICUS_OK;
}

static bool read_bool(struct value *out, struct case_build *build, const struct tree *node)
{
    bool is_bare = node->form == TREE_PLAIN || node->form == TREE_JSON_BOOL;
    if (!is_bare || (!tree_is(node, "true") && !tree_is(node, "false"))) {
        refuse(build, "C0130", node, "write true or false, without quotes",
               "neither true nor false");
        return false;
    }
    out->as.n = tree_is(node, "true");
    return true;
}

static bool read_number(struct value *out, struct case_build *build, const struct tree *node)
{
    bool is_bare = node->form == TREE_PLAIN || node->form == TREE_JSON_NUMBER;
    int64_t n = 0;
    if (!is_bare || !read_digits(&n, node->text)) {
        refuse(build, "C0131", node,
               out->type == TYPE_BPS ? "write hundredths of a percent: 2500 is 25 %"
                                     : "write digits only: 0, 7, -3",
               "no whole number");
        return false;
    }
    if (out->type == TYPE_BPS && (n < 0 || n > 10000)) {
        refuse(build, "C0132", node, "write hundredths of a percent: 0 to 10000, 2500 is 25 %",
               "no share in basis points");
        return false;
    }
    if (out->type == TYPE_MINUTES && n < 0) {
        refuse(build, "C0133", node, "write 0 or more minutes", "no number of minutes");
        return false;
    }
    out->as.n = n;
    return true;
}

static bool is_upper(char byte)
{
    return byte >= 'A' && byte <= 'Z';
}

/* Say why a text is no amount. */
static void refuse_money(struct case_build *build, const struct tree *node)
{
    struct text text = node->text;
    bool has_code =
        text.length >= 3 && is_upper(text.at[0]) && is_upper(text.at[1]) && is_upper(text.at[2]);
    struct text code = {text.at, has_code ? 3 : 0};
    char mend[MEND_BYTES];
    if (!has_code) {
        (void)snprintf(mend, sizeof mend, "write the currency first, as in 'USD 1200.00'");
        refuse(build, "C0104", node, mend, "an amount without a currency");
        return;
    }
    if (currency_of(code) == 0) {
        refuse(build, "C0104", node, "write a code of ISO 4217, as in 'USD 1200.00'",
               "in no currency that is known");
        return;
    }
    (void)snprintf(mend, sizeof mend,
                   "write '%.3s', one space, and digits with %u behind the point", text.at,
                   currency_digits(currency_of(code)));
    refuse(build, "C0104", node, mend, "no amount");
}

static bool read_money(struct value *out, struct case_build *build, const struct tree *node)
{
    if (money_read(&out->as.n, &out->unit, node->text) != AMICUS_OK) {
        refuse_money(build, node);
        return false;
    }
    return true;
}

static bool read_instant(struct value *out, struct case_build *build, const struct tree *node)
{
    int32_t day = 0;
    if (instant_read(&out->as.n, node->text) == AMICUS_OK) {
        return true;
    }
    if (date_read(&day, node->text) == AMICUS_OK) {
        refuse(build, "C0134", node, "add the time, as in 2025-06-02T00:00:00Z",
               "a day without a time");
    } else {
        refuse(build, "C0134", node, "write it as in 2025-06-02T17:30:00Z",
               "no instant of the calendar");
    }
    return false;
}

static bool read_date(struct value *out, struct case_build *build, const struct tree *node)
{
    int32_t day = 0;
    if (date_read(&day, node->text) != AMICUS_OK) {
        refuse(build, "C0135", node, "write it as in 2025-06-02", "no date of the calendar");
        return false;
    }
    out->as.n = day;
    return true;
}

static bool read_duration(struct value *out, struct case_build *build, const struct tree *node)
{
    if (duration_read(&out->as.n, &out->unit, node->text) != AMICUS_OK) {
        refuse(build, "C0136", node,
               "write it as in '14 calendar_days', '5 business_days', '48 hours', '30 minutes'",
               "no duration");
        return false;
    }
    return true;
}

/* Find a member by its name; reports one that the fact has not. */
static uint32_t read_member(struct case_build *build, const struct fact *fact,
                            const struct tree *node)
{
    uint32_t member = fact_member(fact, node->text);
    if (member != UINT32_MAX && node->form != TREE_JSON_BOOL) {
        return member;
    }
    const char *names[64] = {NULL};
    char all[MEND_BYTES] = "write one of";
    char mend[MEND_BYTES];
    size_t used = sizeof "write one of" - 1;
    for (uint32_t i = 0; i < fact->member_count; i++) {
        struct text name = fact->members[i].name;
        names[i] = name.at;
        if (used < sizeof all) {
            used += (size_t)snprintf(all + used, sizeof all - used, "%s %.*s", i == 0 ? "" : ",",
                                     (int)name.length, name.at);
        }
    }
    faults_mend_nearest(mend, sizeof mend, faults_nearest(names, node->text), all);
    faults_add(&build->faults, "C0137", node->place, mend, "'%.*s' is no value of '%.*s'",
               SHOWN(node->text), SHOWN(fact->name));
    return UINT32_MAX;
}

static bool read_enum(struct value *out, struct case_build *build, const struct fact *fact,
                      const struct tree *node)
{
    uint32_t member = read_member(build, fact, node);
    out->as.n = member;
    return member != UINT32_MAX;
}

static bool read_enums(struct value *out, struct case_build *build, const struct fact *fact,
                       const struct tree *node)
{
    if (node->kind != TREE_LIST) {
        faults_add(&build->faults, "C0138", node->place, "write a list, as in [a, b]",
                   "'%.*s' wants a list of values", SHOWN(fact->name));
        return false;
    }
    bool is_good = true;
    for (const struct tree *child = node->first; child != NULL; child = child->next) {
        if (child->kind != TREE_SCALAR) {
            is_good = child->kind == TREE_FAULT;
            faults_add(&build->faults, "C0138", child->place, "write a list of words",
                       "%s stands in a list of words", tree_kind_name(child));
            continue;
        }
        uint32_t member = read_member(build, fact, child);
        if (member == UINT32_MAX) {
            is_good = false;
        } else if ((out->as.n >> member & 1) != 0) {
            refuse(build, "C0138", child, "keep one of the two", "in the list twice");
            is_good = false;
        } else {
            out->as.n |= INT64_C(1) << member;
        }
    }
    return is_good;
}

/* An id is a name: letters, digits, '_' and '-'; the id of a case also '.', '/' and ':'. */
static bool is_id(const struct fact *fact, struct text text)
{
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.at[i];
        bool is_letter = (byte >= 'a' && byte <= 'z') || is_upper(byte);
        bool is_digit = byte >= '0' && byte <= '9';
        bool is_mark = byte == '_' || byte == '-';
        bool is_loose = byte == '.' || byte == '/' || byte == ':';
        if (!is_letter && !is_digit && !(i > 0 && is_mark) &&
            !(i > 0 && is_loose && fact->kind == KIND_ROOT)) {
            return false;
        }
    }
    return text.length > 0 && text.length <= ID_BYTES;
}

static bool read_text(struct value *out, struct case_build *build, const struct fact *fact,
                      const struct tree *node)
{
    if (fact->is_id && !is_id(fact, node->text)) {
        refuse(build, "C0126", node, "use letters, digits, '_' and '-'", "no id");
        return false;
    }
    if (node->text.length == 0) {
        refuse(build, "C0139", node, "leave the key out", "an empty text");
        return false;
    }
    out->as.text = &node->text;
    return true;
}

static bool read_ref(struct value *out, struct case_build *build, const struct fact *fact,
                     const struct tree *node)
{
    const struct vocabulary *vocabulary = build->vocabulary;
    struct text one = vocabulary->kinds[fact->ref_kind].one;
    uint32_t record = case_find(build->subject, fact->ref_kind, node->text);
    if (record == RECORD_NONE) {
        char mend[MEND_BYTES];
        faults_mend_nearest(
            mend, sizeof mend,
            faults_nearest_key(&build->faults, build->subject->ids[fact->ref_kind], node->text),
            "write the id of one, or add it");
        faults_add(&build->faults, "C0140", node->place, mend, "there is no %.*s '%.*s'",
                   SHOWN(one), SHOWN(node->text));
        return false;
    }
    out->as.n = record;
    return true;
}

/* A value that is written as the bare word that means nobody knows. */
static bool is_unknown(const struct fact *fact, const struct tree *node)
{
    return fact->type != TYPE_TEXT && fact->type != TYPE_REF && tree_is(node, "unknown");
}

/* Read a scalar by the type of its fact. */
static bool read_scalar(struct value *out, struct case_build *build, const struct fact *fact,
                        const struct tree *node)
{
    switch ((enum value_type)fact->type) {
    case TYPE_BOOL: return read_bool(out, build, node);
    case TYPE_INT:
    case TYPE_BPS:
    case TYPE_MINUTES: return read_number(out, build, node);
    case TYPE_MONEY: return read_money(out, build, node);
    case TYPE_INSTANT: return read_instant(out, build, node);
    case TYPE_DATE: return read_date(out, build, node);
    case TYPE_DURATION: return read_duration(out, build, node);
    case TYPE_ENUM: return read_enum(out, build, fact, node);
    case TYPE_TEXT: return read_text(out, build, fact, node);
    case TYPE_REF: return read_ref(out, build, fact, node);
    case TYPE_ENUMS:
    case TYPE_NONE:
    case TYPE_COUNT: break;
    }
    return false;
}

/* Tell whether a JSON number or boolean stands where characters are wanted. */
static bool is_bare_json(const struct fact *fact, const struct tree *node)
{
    bool takes_bare = fact->type == TYPE_BOOL || fact->type == TYPE_INT || fact->type == TYPE_BPS ||
                      fact->type == TYPE_MINUTES;
    return !takes_bare && (node->form == TREE_JSON_NUMBER || node->form == TREE_JSON_BOOL);
}

bool value_read(struct value *out, struct case_build *build, const struct fact *fact,
                const struct tree *node)
{
    assert(out != NULL && build != NULL);
    assert(fact != NULL && fact->derived == FACT_NONE && node != NULL);
    *out = (struct value){.type = fact->type};
    if (node->kind == TREE_FAULT) {
        return false;
    }
    if (fact->type == TYPE_ENUMS) {
        return read_enums(out, build, fact, node);
    }
    if (node->kind != TREE_SCALAR) {
        faults_add(&build->faults, "C0123", node->place, "write one value, or {is: ..., says: ...}",
                   "%s stands where '%.*s' wants a value", tree_kind_name(node), SHOWN(fact->name));
        return false;
    }
    if (is_unknown(fact, node)) {
        refuse(build, "C0141", node, "leave the key out, or write {is: unknown, says: client}",
               "no value: a fact that nobody states is unknown");
        return false;
    }
    if (is_bare_json(fact, node)) {
        refuse(build, "C0139", node, "put it in quotes", "not in quotes");
        return false;
    }
    return read_scalar(out, build, fact, node);
}
