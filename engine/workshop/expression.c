/*
 * Reading and asking expressions.
 *
 * A reader that descends a level for "not" and for a bracket; both are counted, and so are nodes,
 * so that no expression from outside decides how deep the stack goes. The first fault ends it: what
 * stands behind one means nothing.
 */
#include "expression.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#define DEPTH_MAX   16u
#define NUMBER_MOST (INT64_MAX / 100)

static const char BLANKS[] = " \t\r\n";
static const char WORD_ENDS[] = " \t\r\n()=!<>'";

struct reading {
    struct expression *out;
    const char *words, *at;
    const struct expression_words *known;
    amicus_diagnostics *list;
    unsigned depth;
    bool is_broken;
};

/* The number of the root of what was read; UINT8_MAX if it is broken. */
static uint8_t read_either(struct reading *reading);

static void fault(struct reading *reading, const char *what)
{
    if (!reading->is_broken) {
        char mend[160];
        struct likeness likeness =
            likeness_to((struct text){reading->at, strcspn(reading->at, WORD_ENDS)});
        for (size_t i = 0; reading->known->names[i] != NULL; i++) {
            likeness_try(&likeness, text_of(reading->known->names[i]));
        }
        for (size_t i = 0; reading->known->flags[i] != NULL; i++) {
            likeness_try(&likeness, text_of(reading->known->flags[i]));
        }
        if (likeness.word.length > 0 && likeness.best.length > 0) {
            (void)snprintf(mend, sizeof mend, "did you mean '%.*s'?", (int)likeness.best.length,
                           likeness.best.at);
        } else {
            (void)snprintf(mend, sizeof mend, "amicus explain T0201");
        }
        diagnostics_add(reading->list, AMICUS_ERROR, "T0201", (struct place){"", 0, 0}, mend,
                        "'%.80s': %s at character %zu", reading->words, what,
                        (size_t)(reading->at - reading->words) + 1);
    }
    reading->is_broken = true;
}

static void skip_blanks(struct reading *reading)
{
    reading->at += strspn(reading->at, BLANKS);
}

/* Take a word such as "and", if it stands there as a whole. */
static bool take_word(struct reading *reading, const char *word)
{
    skip_blanks(reading);
    const size_t length = strcspn(reading->at, WORD_ENDS);
    if (length != strlen(word) || memcmp(reading->at, word, length) != 0) {
        return false;
    }
    reading->at += length;
    return true;
}

static uint8_t add(struct reading *reading, enum node_kind kind, uint8_t left, uint8_t right)
{
    struct expression *out = reading->out;
    if (out->count == EXPRESSION_NODES) {
        fault(reading, "it is too long");
    }
    if (reading->is_broken) {
        return UINT8_MAX;
    }
    out->nodes[out->count] = (struct expression_node){.kind = kind, .left = left, .right = right};
    return (uint8_t)out->count++;
}

const char *order_read(const char *words, enum sense *out)
{
    static const struct {
        const char *words;
        enum sense order;
    } ORDERS[] = {{"!=", SENSE_UNEQUAL}, {"<=", SENSE_AT_MOST}, {">=", SENSE_AT_LEAST},
                  {"==", SENSE_EQUAL},   {"=", SENSE_EQUAL},    {"<", SENSE_LESS},
                  {">", SENSE_MORE}};
    assert(words != NULL);
    assert(out != NULL);
    for (size_t i = 0; i < sizeof ORDERS / sizeof ORDERS[0]; i++) {
        const size_t length = strlen(ORDERS[i].words);
        if (strncmp(words, ORDERS[i].words, length) == 0) {
            *out = ORDERS[i].order;
            return words + length;
        }
    }
    return NULL;
}

static void read_number(struct comparison_node *test)
{
    int64_t number = 0;
    bool is_number = test->value.length > 0;
    for (size_t i = 0; i < test->value.length && is_number; i++) {
        const char digit = test->value.at[i];
        is_number = digit >= '0' && digit <= '9' && number < NUMBER_MOST / 10;
        number = is_number ? number * 10 + (digit - '0') : 0;
    }
    test->is_number = is_number;
    test->number = number;
}

static void read_value(struct reading *reading, struct comparison_node *test)
{
    skip_blanks(reading);
    const bool is_quoted = *reading->at == '\'';
    reading->at += is_quoted;
    const size_t length = is_quoted ? strcspn(reading->at, "'") : strcspn(reading->at, WORD_ENDS);
    test->value = (struct text){reading->at, length};
    if (is_quoted && reading->at[length] == '\0') {
        fault(reading, "the closing quote is missing");
    } else if (length == 0) {
        fault(reading, "a value is missing");
    } else {
        reading->at += length + is_quoted;
        read_number(test);
    }
}

static uint8_t read_test(struct reading *reading)
{
    skip_blanks(reading);
    struct comparison_node test = {.name = {reading->at, strcspn(reading->at, WORD_ENDS)}};
    test.is_flag = text_is_among(test.name, reading->known->flags);
    if (test.name.length == 0 ||
        (!test.is_flag && !text_is_among(test.name, reading->known->names))) {
        fault(reading, test.name.length == 0 ? "a name is missing" : "there is no such name");
        return UINT8_MAX;
    }
    reading->at += test.name.length;
    if (!test.is_flag) {
        skip_blanks(reading);
        const char *behind = order_read(reading->at, &test.order);
        if (behind == NULL) {
            fault(reading, "= != < <= > or >= is missing");
            return UINT8_MAX;
        }
        reading->at = behind;
        read_value(reading, &test);
    }
    const uint8_t node = add(reading, NODE_TEST, 0, 0);
    if (node != UINT8_MAX) {
        reading->out->nodes[node].test = test;
    }
    return node;
}

static uint8_t read_one(struct reading *reading)
{
    if (reading->is_broken || reading->depth == DEPTH_MAX) {
        fault(reading, "it is too deep");
        return UINT8_MAX;
    }
    uint8_t node;
    reading->depth++;
    if (take_word(reading, "not")) {
        node = read_one(reading);
        node = add(reading, NODE_NOT, node, 0);
    } else if (*reading->at == '(') {
        reading->at++;
        node = read_either(reading);
        skip_blanks(reading);
        if (*reading->at != ')') {
            fault(reading, "a closing bracket is missing");
        }
        reading->at += !reading->is_broken;
    } else {
        node = read_test(reading);
    }
    reading->depth--;
    return node;
}

static uint8_t read_both(struct reading *reading)
{
    uint8_t node = read_one(reading);
    while (!reading->is_broken && take_word(reading, "and")) {
        const uint8_t right = read_one(reading);
        node = add(reading, NODE_AND, node, right);
    }
    return node;
}

static uint8_t read_either(struct reading *reading)
{
    uint8_t node = read_both(reading);
    while (!reading->is_broken && take_word(reading, "or")) {
        const uint8_t right = read_both(reading);
        node = add(reading, NODE_OR, node, right);
    }
    return node;
}

amicus_status expression_read(struct expression *out, const char *words,
                              const struct expression_words *known, amicus_diagnostics *list)
{
    assert(out != NULL && words != NULL);
    assert(known != NULL && list != NULL);
    struct reading reading = {
        .out = out, .words = words, .at = words, .known = known, .list = list};
    out->count = 0;
    out->root = read_either(&reading);
    skip_blanks(&reading);
    if (!reading.is_broken && *reading.at != '\0') {
        fault(&reading, "'and' or 'or' is missing");
    }
    return reading.is_broken ? AMICUS_INVALID : AMICUS_OK;
}

bool order_is_met(enum sense order, int64_t a, int64_t b)
{
    switch (order) {
    case SENSE_EQUAL: return a == b;
    case SENSE_UNEQUAL: return a != b;
    case SENSE_LESS: return a < b;
    case SENSE_AT_MOST: return a <= b;
    case SENSE_MORE: return a > b;
    case SENSE_AT_LEAST: break;
    }
    return a >= b;
}

bool expression_holds(const struct expression *expression, comparison_teller *holds, void *context)
{
    assert(expression != NULL);
    assert(holds != NULL);
    bool truths[EXPRESSION_NODES] = {false};
    /* A node stands behind those that it names, so one pass is enough. */
    for (unsigned i = 0; i < expression->count; i++) {
        const struct expression_node *node = &expression->nodes[i];
        switch (node->kind) {
        case NODE_TEST: truths[i] = holds(context, &node->test); break;
        case NODE_NOT: truths[i] = !truths[node->left]; break;
        case NODE_AND: truths[i] = truths[node->left] && truths[node->right]; break;
        case NODE_OR: truths[i] = truths[node->left] || truths[node->right]; break;
        }
    }
    return expression->count == 0 || truths[expression->root];
}
