/*
 * How an image is checked.
 *
 * Everything that evaluation takes for granted is looked at once: it follows indices without a
 * test, so each must be in range; it recurses from a node to its operands, so those must have lower
 * numbers; it halves tables of names, so they must ascend. A compiled image passes always (compile
 * asserts it), and a stored one that does not is never used.
 */
#include "image_check.h"

#include "date.h"
#include "image_types.h"
#include "money.h"

#include <assert.h>
#include <string.h>

/* A bit for each day of a week. */
#define ALL_WEEKDAYS 0x7Fu

static bool is_span(uint32_t first, uint32_t count, uint32_t total)
{
    return count <= total && first <= total - count;
}

static bool is_node(const struct image *image, uint32_t node)
{
    return node < image->node_count;
}

static bool is_node_or_none(const struct image *image, uint32_t node)
{
    return node == NODE_NONE || is_node(image, node);
}

static bool is_condition(const struct image *image, uint32_t node)
{
    return is_node(image, node) && image->nodes[node].type == TYPE_BOOL;
}

static bool is_text(const struct image *image, text_at at)
{
    return at < image->pool_bytes;
}

static bool are_texts(const struct image *image, const text_at *texts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!is_text(image, texts[i])) {
            return false;
        }
    }
    return true;
}

/* Whether every text of a row lies in the pool. */
#define ARE_TEXTS(image, ...)                                                                      \
    are_texts(image, (const text_at[]){__VA_ARGS__},                                               \
              sizeof((const text_at[]){__VA_ARGS__}) / sizeof(text_at))

static bool is_origin(const struct image *image, struct origin origin)
{
    return origin.file < image->file_count;
}

/* --- nodes --- */

/* The span of args that a node with many operands names; false if it is out of range. */
static bool has_args(const struct image *image, const struct node *node)
{
    switch (node->op) {
    case NODE_ALL:
    case NODE_ANY:
    case NODE_NO:
    case NODE_MIN:
    case NODE_MAX:
    case NODE_CHOOSE:
    case NODE_FIRST_KNOWN: return is_span(node->a, node->b, image->arg_count);
    case NODE_ONE_OF:
    case NODE_PREDICATE: return is_span(node->b, node->c, image->arg_count);
    case NODE_EARLIEST:
    case NODE_LATEST: return is_span(node->c, 2, image->arg_count);
    case NODE_COVERED_DAYS: return is_span(node->c, 4, image->arg_count);
    default: return true;
    }
}

/* Whether an operand may be missing: a where, a date of a parameter, a record of a fact. */
static bool may_be_none(const struct node *node, uint32_t index)
{
    bool is_list = node->op >= NODE_SOME && node->op <= NODE_COVERED_DAYS;
    return index == 0 &&
           (is_list || node->op == NODE_PARAM || node->op == NODE_ISSUE || node->op == NODE_FACT);
}

static bool has_operands(const struct image *image, uint32_t number)
{
    const struct node *node = &image->nodes[number];
    const uint32_t count = node_child_count(node);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t child = node_child(node, image->args, i);
        bool is_left_out = child == NODE_NONE && may_be_none(node, i);
        if (!is_left_out && child >= number) {
            return false;
        }
    }
    return true;
}

static bool is_fact_sound(const struct image *image, const struct node *node)
{
    const struct vocabulary *vocabulary = image->vocabulary;
    if (node->b >= vocabulary->fact_count) {
        return false;
    }
    const struct fact *fact = &vocabulary->facts[node->b];
    if (node->a == NODE_NONE) {
        return fact->kind == KIND_ROOT;
    }
    const struct node *record = &image->nodes[node->a];
    return record->type == TYPE_REF && record->ref_kind < vocabulary->kind_count &&
           kind_is(vocabulary, record->ref_kind, fact->kind);
}

static bool is_currency(uint16_t unit)
{
    char code[4];
    if (unit == 0) {
        return false;
    }
    currency_write(unit, code);
    return currency_of(text_of(code)) == unit;
}

static bool is_constant_sound(const struct image *image, const struct node *node)
{
    const struct vocabulary *vocabulary = image->vocabulary;
    switch (node->type) {
    case TYPE_BOOL: return node->k == 0 || node->k == 1;
    case TYPE_TEXT: return node->k >= 0 && node->k < image->pool_bytes;
    case TYPE_DURATION: return node->unit <= DURATION_BUSINESS_DAYS;
    case TYPE_MONEY: return is_currency(node->unit);
    case TYPE_ENUM:
        return node->ref_kind < vocabulary->fact_count && node->k >= 0 &&
               node->k < vocabulary->facts[node->ref_kind].member_count;
    default: return true;
    }
}

static bool is_list_sound(const struct image *image, const struct node *node)
{
    bool is_kind = node->k > 0 && node->k < image->vocabulary->kind_count;
    return is_kind && node->a > 0 && node->a < VARS_MAX;
}

/* The kind or fact that gives a type its members. */
static bool is_type_sound(const struct image *image, const struct node *node)
{
    switch (node->type) {
    case TYPE_REF: return node->ref_kind < image->vocabulary->kind_count;
    case TYPE_ENUM:
    case TYPE_ENUMS: return node->ref_kind < image->vocabulary->fact_count;
    default: return node->type > TYPE_NONE && node->type < TYPE_COUNT;
    }
}

/* What a node says besides its operands. */
static bool is_detail_sound(const struct image *image, const struct node *node)
{
    switch ((enum node_op)node->op) {
    case NODE_CONST: return is_constant_sound(image, node);
    case NODE_VAR: return node->a < VARS_MAX && node->ref_kind < image->vocabulary->kind_count;
    case NODE_FACT: return is_fact_sound(image, node);
    case NODE_PARAM: return node->a < image->param_count;
    case NODE_ISSUE: return node->a < image->issue_count && node->k >= 0 && node->k <= 2;
    case NODE_AT_STANDING: return node->k > 0 && node->k <= STANDING_ESTABLISHED;
    case NODE_PREDICATE: return node->a < image->predicate_count;
    case NODE_MIN:
    case NODE_MAX:
    case NODE_CHOOSE:
    case NODE_FIRST_KNOWN: return node->b > 0;
    case NODE_ONE_OF: return node->c > 0;
    case NODE_HAS:
    case NODE_HAS_ONLY: return image->nodes[node->a].type == TYPE_ENUMS;
    case NODE_SOME:
    case NODE_EVERY:
    case NODE_COUNT:
    case NODE_SUM:
    case NODE_LARGEST:
    case NODE_EARLIEST:
    case NODE_LATEST:
    case NODE_COVERED_DAYS: return is_list_sound(image, node);
    case NODE_ALL:
    case NODE_ANY:
    case NODE_NO:
    case NODE_EQUAL:
    case NODE_UNEQUAL:
    case NODE_LESS:
    case NODE_AT_MOST:
    case NODE_MORE:
    case NODE_AT_LEAST:
    case NODE_WITHIN:
    case NODE_KNOWN:
    case NODE_ABSENT:
    case NODE_CONTESTED:
    case NODE_ADD:
    case NODE_SUBTRACT:
    case NODE_MULTIPLY:
    case NODE_SHARE:
    case NODE_DAYS_BETWEEN:
    case NODE_BUSINESS_DAYS_BETWEEN:
    case NODE_TIME_BETWEEN: return true;
    case NODE_OP_COUNT: return false;
    }
    return false;
}

static bool are_nodes_sound(const struct image *image)
{
    for (uint32_t i = 0; i < image->node_count; i++) {
        const struct node *node = &image->nodes[i];
        bool is_known = node->op > 0 && node->op < NODE_OP_COUNT && is_type_sound(image, node) &&
                        node->file < image->file_count;
        if (!is_known || !has_args(image, node) || !has_operands(image, i) ||
            !is_detail_sound(image, node) || !node_has_types(image, i)) {
            return false;
        }
    }
    return true;
}

/* --- rows --- */

static bool are_indices_below(const struct image *image, uint32_t first, uint32_t count,
                              uint32_t limit)
{
    if (!is_span(first, count, image->index_count)) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (image->indices[first + i] >= limit) {
            return false;
        }
    }
    return true;
}

static bool is_template(const struct image *image, uint32_t template)
{
    return template == INDEX_NONE || template <image->template_count;
}

static bool is_next(const struct image *image, uint32_t next)
{
    return next == INDEX_NONE || next < image->next_count;
}

static bool are_templates_sound(const struct image *image)
{
    for (uint32_t i = 0; i < image->template_count; i++) {
        if (!is_span(image->templates[i].first_piece, image->templates[i].piece_count,
                     image->piece_count)) {
            return false;
        }
    }
    for (uint32_t i = 0; i < image->piece_count; i++) {
        if (!is_text(image, image->pieces[i].words) ||
            !is_node_or_none(image, image->pieces[i].node)) {
            return false;
        }
    }
    for (uint32_t i = 0; i < image->next_count; i++) {
        if (image->nexts[i].step >= image->template_count || image->nexts[i].actor > PARTY_THIRD ||
            !is_node_or_none(image, image->nexts[i].due)) {
            return false;
        }
    }
    return true;
}

static bool are_readings_sound(const struct image *image, const struct version_row *version,
                               uint8_t type)
{
    if (!is_span(version->first_reading, version->reading_count, image->reading_count)) {
        return false;
    }
    for (uint32_t i = 0; i < version->reading_count; i++) {
        const struct reading_row *row = &image->readings[version->first_reading + i];
        bool is_value = type != TYPE_TEXT || (row->n >= 0 && row->n < image->pool_bytes);
        if (!is_value || !ARE_TEXTS(image, row->source, row->note)) {
            return false;
        }
    }
    return true;
}

static bool are_versions_sound(const struct image *image, const struct param_row *row)
{
    for (uint32_t i = 0; i < row->version_count; i++) {
        const struct version_row *version = &image->versions[row->first_version + i];
        bool is_late = i == 0 || version[-1].until_s <= version->from_s;
        if (!is_late || version->from_s >= version->until_s || version->reading_count == 0 ||
            !are_readings_sound(image, version, row->type)) {
            return false;
        }
    }
    return true;
}

static bool are_params_sound(const struct image *image)
{
    for (uint32_t i = 0; i < image->param_count; i++) {
        const struct param_row *row = &image->params[i];
        if (!is_span(row->first_version, row->version_count, image->version_count) ||
            row->anchor > ANCHOR_EVENT || row->type >= TYPE_COUNT ||
            !ARE_TEXTS(image, row->name, row->title) ||
            !are_indices_below(image, row->enum_fact, row->enum_count, image->pool_bytes) ||
            !is_origin(image, row->origin) || !are_versions_sound(image, row)) {
            return false;
        }
    }
    return true;
}

static bool are_sources_sound(const struct image *image)
{
    for (uint32_t i = 0; i < image->source_count; i++) {
        const struct source_row *row = &image->sources[i];
        if (!ARE_TEXTS(image, row->key, row->title, row->grade, row->address, row->checked)) {
            return false;
        }
    }
    for (uint32_t i = 0; i < image->provision_count; i++) {
        const struct provision_row *row = &image->provisions[i];
        if (!are_indices_below(image, row->first_source, row->source_count, image->source_count) ||
            row->layer > LAYER_LAW || !ARE_TEXTS(image, row->id, row->title, row->number)) {
            return false;
        }
    }
    for (uint32_t i = 0; i < image->calendar_count; i++) {
        const struct calendar_row *row = &image->calendars[i];
        if (!is_span(row->first_holiday, row->holiday_count, image->holiday_count) ||
            !is_text(image, row->name) || row->from_day > row->until_day ||
            row->free_weekdays > ALL_WEEKDAYS) {
            return false;
        }
    }
    return true;
}

static bool are_issues_sound(const struct image *image)
{
    for (uint32_t i = 0; i < image->issue_count; i++) {
        const struct issue_row *row = &image->issues[i];
        if (!are_indices_below(image, row->first_rule, row->rule_count, image->rule_count) ||
            row->kind >= image->vocabulary->kind_count || row->proof >= PROOF_COUNT ||
            row->claimant > PARTY_THIRD || row->burden > PARTY_THIRD ||
            !ARE_TEXTS(image, row->name, row->title, row->because)) {
            return false;
        }
    }
    return true;
}

static bool are_rules_sound(const struct image *image)
{
    for (uint32_t i = 0; i < image->rule_count; i++) {
        const struct rule_row *row = &image->rules[i];
        bool is_issue = row->issue == INDEX_NONE || row->issue < image->issue_count;
        if (!is_issue || row->kind >= image->vocabulary->kind_count || row->layer > LAYER_LAW ||
            row->side > SIDE_AGAINST || row->anchor > ANCHOR_EVENT ||
            !ARE_TEXTS(image, row->id, row->title, row->clause, row->strength) ||
            !is_condition(image, row->when) ||
            (row->unless != NODE_NONE && !is_condition(image, row->unless)) ||
            !is_template(image, row->because) ||
            !are_indices_below(image, row->first_beaten, row->beaten_count, image->rule_count) ||
            !are_indices_below(image, row->first_undercutter, row->undercutter_count,
                               image->rule_count)) {
            return false;
        }
    }
    return true;
}

static bool are_remedies_sound(const struct image *image)
{
    uint32_t kinds = image->vocabulary->kind_count;
    for (uint32_t i = 0; i < image->remedy_count; i++) {
        const struct remedy_row *row = &image->remedies[i];
        bool is_money =
            row->freelancer == NODE_NONE ||
            (is_node(image, row->freelancer) && image->nodes[row->freelancer].type == TYPE_MONEY);
        if (!is_money || !ARE_TEXTS(image, row->id, row->title, row->clause) ||
            row->stratum > STRATUM_BAR || row->proof >= PROOF_COUNT ||
            !is_condition(image, row->when) || row->kind >= kinds ||
            row->outcome >= OUTCOME_COUNT || !is_template(image, row->because) ||
            !is_next(image, row->next) ||
            !are_indices_below(image, row->first_beaten, row->beaten_count, image->remedy_count)) {
            return false;
        }
    }
    for (uint32_t i = 0; i < image->fallback_count; i++) {
        const struct fallback_row *row = &image->fallbacks[i];
        if (!ARE_TEXTS(image, row->id, row->title, row->clause) || row->proof >= PROOF_COUNT ||
            !is_condition(image, row->when) || row->kind >= kinds ||
            row->outcome >= OUTCOME_COUNT || !is_template(image, row->because) ||
            !is_next(image, row->next) ||
            !are_indices_below(image, row->first_beaten, row->beaten_count,
                               image->fallback_count)) {
            return false;
        }
    }
    for (uint32_t i = 0; i < image->flag_count; i++) {
        const struct flag_row *row = &image->flags[i];
        if (!ARE_TEXTS(image, row->code, row->clause) || row->proof >= PROOF_COUNT ||
            !is_condition(image, row->when) || row->kind >= kinds ||
            !is_template(image, row->because)) {
            return false;
        }
    }
    return true;
}

/* A definition gives values of its fact's type: they are taken for such. */
static bool is_definition(const struct image *image, const struct derived_row *row)
{
    const struct fact *facts = image->vocabulary->facts;
    const struct fact *fact = &facts[row->fact];
    const struct node *node = &image->nodes[row->node];
    bool is_enum = fact->type == TYPE_ENUM || fact->type == TYPE_ENUMS;
    return fact->derived != FACT_NONE &&
           (node->type == fact->type || (fact->type >= TYPE_INT && fact->type <= TYPE_MINUTES &&
                                         node->type >= TYPE_INT && node->type <= TYPE_MINUTES)) &&
           (!is_enum || facts[node->ref_kind].member_count <= fact->member_count);
}

static bool are_derived_sound(const struct image *image)
{
    for (uint32_t i = 0; i < image->derived_count; i++) {
        const struct derived_row *row = &image->derived[i];
        if (row->fact >= image->vocabulary->fact_count || !is_node(image, row->node) ||
            image->derived_of[row->fact] != i || !is_definition(image, row)) {
            return false;
        }
    }
    for (uint32_t i = 0; i < image->vocabulary->fact_count; i++) {
        uint32_t row = image->derived_of[i];
        if (row != INDEX_NONE && (row >= image->derived_count || image->derived[row].fact != i)) {
            return false;
        }
    }
    for (uint32_t i = 0; i < image->predicate_count; i++) {
        if (image->predicates[i].file >= image->file_count) {
            return false;
        }
    }
    return true;
}

/* The order names issues; that it names each once is looked at by image_ends. */
static bool is_order_sound(const struct image *image)
{
    for (uint32_t i = 0; i < image->issue_count; i++) {
        if (image->issue_order[i] >= image->issue_count) {
            return false;
        }
    }
    return true;
}

/* The names of a table, each at the start of its row, ascend and are in the pool. */
static bool are_names_sound(const struct image *image, const void *rows, size_t each_bytes,
                            uint32_t count)
{
    struct text before = {NULL, 0};
    for (uint32_t i = 0; i < count; i++) {
        text_at at = 0;
        memcpy(&at, (const char *)rows + i * each_bytes, sizeof at);
        if (!is_text(image, at)) {
            return false;
        }
        struct text name = image_text(image, at);
        if (i > 0 && text_order(before, name) >= 0) {
            return false;
        }
        before = name;
    }
    return true;
}

static bool are_all_names_sound(const struct image *image)
{
#define NAMES(rows, count) are_names_sound(image, image->rows, sizeof *image->rows, image->count)
    return NAMES(sources, source_count) && NAMES(provisions, provision_count) &&
           NAMES(params, param_count) && NAMES(calendars, calendar_count) &&
           NAMES(issues, issue_count) && NAMES(rules, rule_count) &&
           NAMES(remedies, remedy_count) && NAMES(fallbacks, fallback_count) &&
           NAMES(flags, flag_count) && NAMES(files, file_count);
#undef NAMES
}

const char *image_fault(const struct image *image)
{
    assert(image != NULL);
    assert(image->vocabulary != NULL);
    bool has_pool = image->pool_bytes > 0 && image->pool[0] == '\0' &&
                    image->pool[image->pool_bytes - 1] == '\0' && image->name < image->pool_bytes &&
                    image->version < image->pool_bytes && image->platform < image->pool_bytes &&
                    image->title < image->pool_bytes;
    if (!has_pool || !are_all_names_sound(image)) {
        return "a name is out of its place";
    }
    if (!are_nodes_sound(image)) {
        return "a condition is malformed";
    }
    if (!are_templates_sound(image)) {
        return "a sentence is malformed";
    }
    if (!are_params_sound(image) || !are_sources_sound(image)) {
        return "a parameter, provision or calendar is malformed";
    }
    if (!are_rules_sound(image) || !are_issues_sound(image) || !is_order_sound(image)) {
        return "an issue or a rule is malformed";
    }
    if (!are_remedies_sound(image) || !are_derived_sound(image)) {
        return "a remedy or a definition is malformed";
    }
    return NULL;
}

bool image_is_sane(const struct image *image)
{
    return image_fault(image) == NULL;
}
