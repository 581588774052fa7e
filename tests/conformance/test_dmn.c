/*
 * The three-valued logic and the rounding of DMN's test kit.
 *
 * Logic: a row of truth values becomes a rule whose condition is all, any or no of facts that are
 * true, false or unknown, and what the rule comes to must be the row's answer. A row that gives a
 * number or a text where a truth value is wanted has an answer in DMN; with us such a rule is not
 * taken, so it must be refused.
 *
 * Rounding: the engine has one rule, half up, in share(amount, numerator, denominator). Calls that
 * are well formed are asked of money_share, as value x 10^scale; the ill-formed ones become
 * ill-formed uses of share in a rule, and must be refused. Left out: the modes that the engine does
 * not have, and scales of thousands of digits, which no amount of money has.
 *
 * The reader of JSON has no null, which these files use for unknown: it reports each and goes on,
 * and leaves a node of TREE_FAULT there, which is what is looked for here.
 */
#include "conformance_kit.h"
#include "evaluate.h"
#include "money.h"

#define VOCABULARY                                                                                 \
    "amicus: vocabulary/1\n"                                                                       \
    "roots: [case, logic]\n"                                                                       \
    "roles: {case_id: case.id, as_of: case.as_of}\n"                                               \
    "facts:\n"                                                                                     \
    "  - {path: case.id, type: id, knows: [platform], meaning: m}\n"                               \
    "  - {path: case.as_of, type: instant, knows: [platform], meaning: m}\n"                       \
    "  - {path: logic.yea, type: bool, knows: [platform], meaning: m}\n"                           \
    "  - {path: logic.nay, type: bool, knows: [platform], meaning: m}\n"                           \
    "  - {path: logic.dark, type: bool, knows: [platform], meaning: m}\n"                          \
    "  - {path: logic.amount, type: money, knows: [platform], meaning: m}\n"

#define CASE                                                                                       \
    "amicus: case/1\n"                                                                             \
    "case: {id: L1, as_of: 2025-01-01T00:00:00Z}\n"                                                \
    "logic: {yea: true, nay: false}\n"

#define HEAD                                                                                       \
    "source \"S\" { title = \"DMN\", grade = \"D\" }\n"                                            \
    "provision \"D-1\" { title = \"a row\", source = \"S\", layer = \"practice\" }\n"

/* Read a file of DMN: JSON, and null. */
static const struct tree *rows_of(struct suite *suite, const char *path)
{
    const struct tree *root = NULL;
    amicus_diagnostics *list = NULL;
    struct tree_source source = tree_source_of(path, suite_read(suite, path), true);
    suite_must(amicus_diagnostics_open(&list) == AMICUS_OK, "no memory");
    amicus_status status = tree_read_json(&root, suite->arena, &source, list);
    for (size_t i = 0; i < amicus_diagnostics_count(list); i++) {
        suite_must(strcmp(amicus_diagnostics_find(list, i)->code, "C0118") == 0, path);
    }
    amicus_diagnostics_close(list);
    suite_must((status == AMICUS_OK || status == AMICUS_INVALID) && root != NULL, path);
    return tree_find(root, "rows");
}

static bool is_null(const struct tree *node)
{
    return node->kind == TREE_FAULT;
}

static const char *operator_of(const struct tree *row)
{
    const struct tree *op = tree_find(row, "op");
    return tree_is(op, "and") ? "all" : tree_is(op, "or") ? "any" : "no";
}

/* A number other than 0 and 1 may stand in a rule as a dated parameter only. */
static bool is_parameter(const struct tree *arg)
{
    const struct tree *number = arg->kind == TREE_MAP ? tree_find(arg, "number") : NULL;
    return number != NULL && !tree_is(number, "0") && !tree_is(number, "1");
}

static void write_operand(struct builder *builder, const struct tree *arg)
{
    if (is_null(arg)) {
        builder_puts(builder, "logic.dark:is(true), ");
    } else if (is_parameter(arg)) {
        builder_puts(builder, "param.number, ");
    } else if (arg->kind == TREE_MAP) {
        builder_putf(builder, "%s, ", tree_find(arg, "number")->text.at);
    } else if (arg->form == TREE_JSON_BOOL) {
        builder_puts(builder,
                     tree_is(arg, "true") ? "logic.yea:is(true), " : "logic.nay:is(true), ");
    } else {
        builder_putf(builder, "\"%s\", ", arg->text.at);
    }
}

static void write_rule(struct builder *builder, unsigned number)
{
    builder_putf(builder,
                 "issue \"r%u\" { title = \"a row\", each = \"case\", claimant = \"client\",\n"
                 "  burden = \"client\", standard = \"balance\" }\n"
                 "rule \"r%u\" { title = \"a row\", issue = \"r%u\", side = \"for\",\n"
                 "  clause = \"D-1\", layer = \"practice\", when = ",
                 number, number, number);
}

static void write_row(struct builder *builder, const struct tree *row, unsigned number)
{
    write_rule(builder, number);
    builder_putf(builder, "%s { ", operator_of(row));
    const struct tree *arg = tree_find(row, "args")->first;
    for (; arg != NULL; arg = arg->next) {
        write_operand(builder, arg);
    }
    builder_puts(builder, "} }\n");
}

/* What a rule came to, as JSON says it. */
static const char *value_of(const struct lab *lab, unsigned number)
{
    char id[16];
    (void)snprintf(id, sizeof id, "r%u", number);
    const uint32_t rule = image_find_rule(&lab->book.image, text_of(id));
    for (uint32_t i = 0; i < lab->ruling->finding_count; i++) {
        const struct finding *finding = &lab->ruling->findings[i];
        if (finding->rule == rule) {
            return finding->value == KLEENE_TRUE    ? "true"
                   : finding->value == KLEENE_FALSE ? "false"
                                                    : "null";
        }
    }
    return "no finding";
}

/* Whether the rule's condition is the operator itself, and not something that was made of it. */
static bool is_kept(const struct lab *lab, const struct tree *row, unsigned number)
{
    char id[16];
    (void)snprintf(id, sizeof id, "r%u", number);
    const struct image *image = &lab->book.image;
    const uint8_t op = image->nodes[image->rules[image_find_rule(image, text_of(id))].when].op;
    const char *name = operator_of(row);
    return op == (strcmp(name, "all") == 0   ? NODE_ALL
                  : strcmp(name, "any") == 0 ? NODE_ANY
                                             : NODE_NO);
}

static void truth_run(struct suite *suite, const struct tree *rows, struct row *result)
{
    struct lab lab;
    struct builder builder;
    unsigned number = 0;
    builder_start(&builder, suite->arena);
    builder_puts(&builder, HEAD);
    for (const struct tree *row = rows->first; row != NULL; row = row->next, number++) {
        if (tree_is(tree_find(row, "boolean_args"), "true")) {
            write_row(&builder, row, number);
        }
    }
    lab_open(&lab, suite, VOCABULARY, suite_words(&builder).at);
    suite_must(lab_decide(&lab, CASE), "the rows of truth values get no ruling");
    number = 0;
    for (const struct tree *row = rows->first; row != NULL; row = row->next, number++) {
        if (!tree_is(tree_find(row, "boolean_args"), "true")) {
            continue;
        }
        const struct tree *expect = tree_find(row, "expect");
        result->cases++;
        result->passed +=
            suite_check(suite, tree_find(row, "op")->text.at,
                        is_null(expect) ? "null" : expect->text.at, value_of(&lab, number)) &&
            is_kept(&lab, row, number);
    }
    lab_close(&lab);
}

/* Whether a script is refused, at a line, by the codes that are expected and by no other. */
static bool is_refused(struct suite *suite, const char *script, const char *codes)
{
    struct lab lab;
    lab_open(&lab, suite, VOCABULARY, script);
    bool is_refused = lab.status == AMICUS_INVALID && amicus_diagnostics_count(lab.list) > 0;
    for (size_t i = 0; i < amicus_diagnostics_count(lab.list); i++) {
        const amicus_diagnostic *one = amicus_diagnostics_find(lab.list, i);
        is_refused = is_refused && strstr(codes, one->code) != NULL && one->line > 0;
    }
    if (!is_refused) {
        printf("%s", script);
        suite_print(lab.list);
    }
    lab_close(&lab);
    return is_refused;
}

/* The parameter for a row's number, if it needs one. */
static void write_parameter(struct builder *builder, const struct tree *row)
{
    const struct tree *arg = tree_find(row, "args")->first;
    for (; arg != NULL; arg = arg->next) {
        if (is_parameter(arg)) {
            builder_putf(builder,
                         "param \"number\" { title = \"a number\", anchor = \"event\",\n"
                         "  { from = \"unknown\", value = %s, source = \"S\" } }\n",
                         tree_find(arg, "number")->text.at);
        }
    }
}

static void type_run(struct suite *suite, const struct tree *rows, struct row *result)
{
    for (const struct tree *row = rows->first; row != NULL; row = row->next) {
        if (tree_is(tree_find(row, "boolean_args"), "true")) {
            continue;
        }
        struct builder builder;
        builder_start(&builder, suite->arena);
        builder_puts(&builder, HEAD);
        write_parameter(&builder, row);
        write_row(&builder, row, 0);
        result->cases++;
        result->passed += is_refused(suite, suite_words(&builder).at, "P0413") ? 1 : 0;
    }
}

/* 10^exponent, or 0 if it does not fit. */
static int64_t power_of_ten(long exponent)
{
    int64_t power = exponent < 0 || exponent > 18 ? 0 : 1;
    for (long i = 0; power != 0 && i < exponent; i++) {
        power *= 10;
    }
    return power;
}

/* A decimal text as a whole number of 10^-digits. */
static int64_t decimal(const char *text, long *digits)
{
    int64_t number = 0;
    const char *point = strchr(text, '.');
    *digits = point == NULL ? 0 : (long)strlen(point + 1);
    for (const char *at = text; *at != '\0'; at++) {
        number = *at >= '0' && *at <= '9' ? 10 * number + (*at - '0') : number;
    }
    return text[0] == '-' ? -number : number;
}

/* Whether money_share rounds as the row says. */
static bool is_rounded(const struct tree *row, long scale)
{
    long digits = 0;
    long wanted_digits = 0;
    int64_t got = 0;
    const int64_t value = decimal(tree_find(row, "value")->text.at, &digits);
    const int64_t wanted = decimal(tree_find(row, "expect")->text.at, &wanted_digits);
    return money_share(&got, value, power_of_ten(scale), power_of_ten(digits)) == AMICUS_OK &&
           wanted_digits <= scale && got == wanted * power_of_ten(scale - wanted_digits);
}

/* The ill-formed calls, as uses of share: scale s is the numerator 10^s, and the digits of the
 * value are the denominator. */
static const struct {
    const char *call, *share;
} ILL_FORMED[] = {
    {"round half up()", "share()"},
    {"round half up(null,0)", "share(nil, 1, 1)"},
    {"round half up(1234,null)", "share(logic.amount, nil, 1)"},
    {"round half up(1234.12,1,2)", "share(logic.amount, 10, 100, 2)"},
    {"round half up(scale:0)", "share({ num = 1 })"},
    {"round half up(n:5.5,scale:0,foo:123)", "share(logic.amount, 1, 10, { foo = 123 })"},
    {"round half up(\"123\", 0)", "share(\"123\", 1, 1)"},
    {"round half up(5.5, \"0\")", "share(logic.amount, \"0\", 10)"},
};

static const char *share_script(struct suite *suite, const char *share)
{
    struct builder builder;
    builder_start(&builder, suite->arena);
    builder_puts(&builder, HEAD);
    write_rule(&builder, 0);
    builder_putf(&builder, "%s:more_than(usd \"0.00\") }\n", share);
    return suite_words(&builder).at;
}

static bool is_call_refused(struct suite *suite, const struct tree *row)
{
    const struct tree *call = tree_find(row, "call");
    for (size_t i = 0; i < sizeof ILL_FORMED / sizeof ILL_FORMED[0]; i++) {
        if (tree_is(call, ILL_FORMED[i].call)) {
            return is_refused(suite, share_script(suite, ILL_FORMED[i].share), "P0305 P0410");
        }
    }
    return false;
}

static void rounding_row(struct suite *suite, const struct tree *row, struct row *result)
{
    bool is_well_formed = tree_is(tree_find(row, "well_formed"), "true");
    long scale = is_well_formed ? strtol(tree_find(row, "scale")->text.at, NULL, 10) : 0;
    result->cases++;
    if (!tree_is(tree_find(row, "mode"), "half_up") ||
        (is_well_formed && power_of_ten(scale) == 0)) {
        result->excluded++;
    } else if (is_well_formed ? is_rounded(row, scale) : is_call_refused(suite, row)) {
        result->passed++;
    } else {
        suite_differ(suite, tree_find(row, "call")->text.at, "the row's answer", "another");
    }
}

/* What is well formed must not be refused, or every row of the ill-formed would pass. */
static void control_run(struct suite *suite)
{
    struct lab lab;
    lab_open(&lab, suite, VOCABULARY, share_script(suite, "share(logic.amount, 1, 10)"));
    suite_print(lab.list);
    suite_must(lab.status == AMICUS_OK, "a rule with a well-formed share");
    lab_close(&lab);
}

int main(int count, char **words)
{
    struct suite suite;
    struct row truth = {"dmn ternary, truth values", 0, 0, 0, "all, any and no"};
    struct row types = {"dmn ternary, other values", 0, 0, 0, "refused at load"};
    struct row rounding = {"dmn rounding", 0, 0, 0,
                           "48 of modes up, down, half down: the engine rounds half up; "
                           "3 of scales that no amount has"};
    suite_open(&suite, count, words);
    const struct tree *rows = rows_of(&suite, "dmn/ternary.json");
    truth_run(&suite, rows, &truth);
    type_run(&suite, rows, &types);
    suite_must(truth.cases == 42 && types.cases == 23, "42 and 23 rows");
    control_run(&suite);
    rows = rows_of(&suite, "dmn/rounding.json");
    for (const struct tree *row = rows->first; row != NULL; row = row->next) {
        rounding_row(&suite, row, &rounding);
    }
    suite_must(rounding.cases == 64 && rounding.excluded == 51, "64 rows, of which 13 are tried");
    suite_row(&suite, truth);
    suite_row(&suite, types);
    suite_row(&suite, rounding);
    return suite_close(&suite);
}
