/*
 * Reading an image: names of its enums, its texts, its rows by name, and the operands of a node.
 *
 * Which of a node's numbers are nodes is told in one table, from which everything that walks
 * conditions (order, depth, read sets, mutation) is driven, so that a new operator is described
 * once.
 */
#include "image.h"

#include <assert.h>
#include <string.h>

static const char *const OUTCOMES[OUTCOME_COUNT] = {
    [OUTCOME_NO_RULE] = "no_rule",
    [OUTCOME_RELEASE_FULL] = "release_full",
    [OUTCOME_REFUND_FULL] = "refund_full",
    [OUTCOME_SPLIT] = "split",
    [OUTCOME_HOURLY_APPORTION] = "hourly_apportion",
    [OUTCOME_REVISE] = "revise",
    [OUTCOME_REPLAN] = "replan",
    [OUTCOME_REQUEST_EVIDENCE] = "request_evidence",
    [OUTCOME_REQUEST_CONTACT] = "request_contact",
    [OUTCOME_INELIGIBLE] = "ineligible",
    [OUTCOME_OUT_OF_TIME] = "out_of_time",
    [OUTCOME_DEFAULT_FREELANCER] = "default_freelancer",
    [OUTCOME_DEFAULT_CLIENT] = "default_client",
    [OUTCOME_SETTLED] = "settled",
    [OUTCOME_STAY] = "stay",
    [OUTCOME_MEDIATE] = "mediate",
    [OUTCOME_OFFER_ARBITRATION] = "offer_arbitration",
    [OUTCOME_NO_CHANGE] = "no_change",
    [OUTCOME_DISMISS] = "dismiss",
    [OUTCOME_REFER] = "refer",
};

const char *outcome_name(enum outcome outcome)
{
    assert((unsigned)outcome < OUTCOME_COUNT);
    assert(OUTCOMES[outcome] != NULL);
    return OUTCOMES[outcome];
}

enum outcome outcome_find(struct text name)
{
    assert(name.length == 0 || name.at != NULL);
    unsigned outcome = 0;
    while (outcome < OUTCOME_COUNT && !text_is(name, OUTCOMES[outcome])) {
        outcome += 1;
    }
    assert(outcome <= OUTCOME_COUNT);
    return (enum outcome)outcome;
}

const char *label_name(enum label label)
{
    static const char *const NAMES[] = {
        [LABEL_OPEN] = "open", [LABEL_UPHELD] = "upheld", [LABEL_REJECTED] = "rejected"};
    assert((unsigned)label < sizeof NAMES / sizeof NAMES[0]);
    assert(NAMES[label] != NULL);
    return NAMES[label];
}

const char *layer_name(enum layer layer)
{
    static const char *const NAMES[] = {[LAYER_PRACTICE] = "practice",
                                        [LAYER_GUIDANCE] = "guidance",
                                        [LAYER_CONTRACT] = "contract",
                                        [LAYER_PLATFORM] = "platform",
                                        [LAYER_LAW] = "law"};
    assert((unsigned)layer < sizeof NAMES / sizeof NAMES[0]);
    assert(NAMES[layer] != NULL);
    return NAMES[layer];
}

const char *proof_name(enum proof proof)
{
    static const char *const NAMES[] = {
        [PROOF_SOME] = "some", [PROOF_BALANCE] = "balance", [PROOF_CLEAR] = "clear"};
    assert((unsigned)proof < sizeof NAMES / sizeof NAMES[0]);
    assert(NAMES[proof] != NULL);
    return NAMES[proof];
}

/* --- operands --- */

/* How many of a, b, c, from the left, are nodes. Other operators are told in node_child_count. */
static unsigned plain_children(uint8_t op)
{
    switch (op) {
    case NODE_FACT:
    case NODE_HAS:
    case NODE_HAS_ONLY:
    case NODE_KNOWN:
    case NODE_ABSENT:
    case NODE_CONTESTED:
    case NODE_AT_STANDING: return 1;
    case NODE_EQUAL:
    case NODE_UNEQUAL:
    case NODE_LESS:
    case NODE_AT_MOST:
    case NODE_MORE:
    case NODE_AT_LEAST:
    case NODE_ADD:
    case NODE_SUBTRACT:
    case NODE_MULTIPLY:
    case NODE_DAYS_BETWEEN:
    case NODE_BUSINESS_DAYS_BETWEEN:
    case NODE_TIME_BETWEEN: return 2;
    case NODE_WITHIN:
    case NODE_SHARE: return 3;
    default: return 0;
    }
}

uint32_t node_child_count(const struct node *node)
{
    assert(node != NULL);
    assert(node->op > 0 && node->op < NODE_OP_COUNT);
    switch (node->op) {
    case NODE_PARAM:
    case NODE_ISSUE:
    case NODE_COUNT: return 1;
    case NODE_ALL:
    case NODE_ANY:
    case NODE_NO:
    case NODE_MIN:
    case NODE_MAX:
    case NODE_CHOOSE:
    case NODE_FIRST_KNOWN: return node->b;
    case NODE_ONE_OF: return 1 + node->c;
    case NODE_PREDICATE: return node->c;
    case NODE_SOME:
    case NODE_EVERY:
    case NODE_SUM:
    case NODE_LARGEST: return 2;
    case NODE_EARLIEST:
    case NODE_LATEST: return 3;
    case NODE_COVERED_DAYS: return 5;
    default: return plain_children(node->op);
    }
}

uint32_t node_child(const struct node *node, const uint32_t *args, uint32_t index)
{
    assert(node != NULL);
    assert(index < node_child_count(node));
    switch (node->op) {
    case NODE_PARAM:
    case NODE_ISSUE:
    case NODE_COUNT: return node->b;
    case NODE_ALL:
    case NODE_ANY:
    case NODE_NO:
    case NODE_MIN:
    case NODE_MAX:
    case NODE_CHOOSE:
    case NODE_FIRST_KNOWN: return args[node->a + index];
    case NODE_ONE_OF: return index == 0 ? node->a : args[node->b + index - 1];
    case NODE_PREDICATE: return args[node->b + index];
    case NODE_SOME:
    case NODE_EVERY:
    case NODE_SUM:
    case NODE_LARGEST: return index == 0 ? node->b : node->c;
    case NODE_EARLIEST:
    case NODE_LATEST:
    case NODE_COVERED_DAYS: return index == 0 ? node->b : args[node->c + index - 1];
    default: return index == 0 ? node->a : index == 1 ? node->b : node->c;
    }
}

/* --- texts and rows --- */

struct text image_text(const struct image *image, text_at at)
{
    assert(image != NULL && image->pool != NULL);
    assert(at < image->pool_bytes);
    return text_of(image->pool + at);
}

_Static_assert(offsetof(struct rule_row, id) == 0 && offsetof(struct issue_row, name) == 0 &&
                   offsetof(struct param_row, name) == 0 && offsetof(struct provision_row, id) == 0,
               "find_row looks for the name at the start of a row");

/* Halve a table that is sorted by the text at the start of its rows. */
static uint32_t find_row(const struct image *image, const void *rows, size_t each_bytes,
                         uint32_t count, struct text name)
{
    uint32_t low = 0;
    uint32_t high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        text_at at = 0;
        memcpy(&at, (const char *)rows + middle * each_bytes, sizeof at);
        int order = text_order(image_text(image, at), name);
        if (order == 0) {
            return middle;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return INDEX_NONE;
}

uint32_t image_find_rule(const struct image *image, struct text id)
{
    assert(image != NULL);
    assert(image->rules != NULL);
    return find_row(image, image->rules, sizeof *image->rules, image->rule_count, id);
}

uint32_t image_find_issue(const struct image *image, struct text name)
{
    assert(image != NULL);
    assert(image->issues != NULL);
    return find_row(image, image->issues, sizeof *image->issues, image->issue_count, name);
}

uint32_t image_find_param(const struct image *image, struct text name)
{
    assert(image != NULL);
    assert(image->params != NULL);
    return find_row(image, image->params, sizeof *image->params, image->param_count, name);
}

uint32_t image_find_provision(const struct image *image, struct text id)
{
    assert(image != NULL);
    assert(image->provisions != NULL);
    return find_row(image, image->provisions, sizeof *image->provisions, image->provision_count,
                    id);
}
