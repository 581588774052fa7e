/*
 * Making a decision.
 *
 * The division of every item is worked out first: what the reviewer awards, else what the outcome
 * means, else what was suggested. Fees stay as the ruling has them; where the ruling left
 * everything held, they are the item's own. Then the whole is compared with the outcome, and what
 * moved is counted: the larger half of all differences, since what one side gains another loses.
 *
 * INVARIANT: to_freelancer + to_client + fees + stays_held = held for each item, none negative, or
 * there is no decision.
 */
#include "decision.h"

#include "json_pen.h"
#include "money.h"
#include "remedy.h"
#include "yaml_tree.h"

#include <assert.h>
#include <string.h>

static const struct place NOWHERE = {"", 0, 0};

/* What is being worked out. */
struct making {
    struct decision *out;
    const struct decision_request *request;
    const struct amicus_ruling *ruling;
    struct arena *arena;
    amicus_diagnostics *list;
};

/* --- awards --- */

/* Read one amount of an award; a bare number is in the currency. */
static bool read_amount(int64_t *out, struct text text, uint16_t currency)
{
    char whole[64];
    char code[4];
    uint16_t read = 0;
    currency_write(currency, code);
    bool is_bare = text.length > 0 && text.at[0] >= '0' && text.at[0] <= '9';
    if (text.length == 0 || text.length > 48) {
        return false;
    }
    struct text amount = text;
    if (is_bare) {
        memcpy(whole, code, 3);
        whole[3] = ' ';
        memcpy(whole + 4, text.at, text.length);
        amount = (struct text){whole, text.length + 4};
    }
    return money_read(out, &read, amount) == AMICUS_OK && read == currency && *out >= 0;
}

amicus_status award_read(struct award *out, struct text text, uint16_t currency)
{
    assert(out != NULL);
    assert(text.at != NULL || text.length == 0);
    *out = (struct award){.has_client = false};
    const char *equals = text.length == 0 ? NULL : memchr(text.at, '=', text.length);
    if (equals == NULL || equals == text.at) {
        return AMICUS_INVALID;
    }
    out->item = (struct text){text.at, (size_t)(equals - text.at)};
    struct text rest = {equals + 1, text.length - out->item.length - 1};
    const char *slash = rest.length == 0 ? NULL : memchr(rest.at, '/', rest.length);
    struct text first = {rest.at, slash == NULL ? rest.length : (size_t)(slash - rest.at)};
    if (slash != NULL) {
        struct text second = {slash + 1, rest.length - first.length - 1};
        out->has_client = true;
        if (!read_amount(&out->client_minor, second, currency)) {
            return AMICUS_INVALID;
        }
    }
    return read_amount(&out->freelancer_minor, first, currency) ? AMICUS_OK : AMICUS_INVALID;
}

static struct text item_id(const struct amicus_ruling *ruling, uint32_t item)
{
    uint32_t record = ruling->items[item].record;
    return record == RECORD_ROOT ? text_of("case") : ruling->subject->records[record].id;
}

static const struct award *award_of(const struct making *making, struct text item)
{
    for (size_t i = 0; i < making->request->award_count; i++) {
        if (text_equal(making->request->awards[i].item, item)) {
            return &making->request->awards[i];
        }
    }
    return NULL;
}

/* Fees of an item: as suggested, or its own where nothing was divided. */
static int64_t fees_of(const struct amicus_ruling *ruling, uint32_t item)
{
    const struct item_result *result = &ruling->items[item];
    uint32_t fact = ruling->subject->vocabulary->roles.item_fee;
    bool is_divided = result->division.stays_held_minor != result->division.held_minor;
    if (is_divided || fact == FACT_NONE || result->record == RECORD_ROOT) {
        return result->division.fees_minor;
    }
    const struct value *fee = case_value(ruling->subject, result->record, fact);
    bool is_known = fee->standing >= STANDING_CLAIMED && fee->standing <= STANDING_ESTABLISHED;
    int64_t held = result->division.held_minor;
    int64_t minor = is_known ? fee->as.n : 0;
    return minor < 0 ? 0 : (minor > held ? held : minor);
}

static void refuse_sum(const struct making *making, struct text item, const struct award *award,
                       const amicus_division *division)
{
    struct builder builder;
    struct text words;
    builder_start(&builder, making->arena);
    builder_putf(&builder, "%.*s: ", (int)item.length, item.at);
    money_write_grouped(&builder, award->freelancer_minor, making->ruling->currency);
    if (award->has_client) {
        builder_puts(&builder, " and ");
        money_write_grouped(&builder, award->client_minor, making->ruling->currency);
    }
    builder_puts(&builder, " with fees of ");
    money_write_grouped(&builder, division->fees_minor, making->ruling->currency);
    builder_puts(&builder,
                 award->has_client ? " is not what is held: " : " is more than is held: ");
    money_write_grouped(&builder, division->held_minor, making->ruling->currency);
    if (builder_end(&words, &builder) == AMICUS_OK) {
        diagnostics_add(making->list, AMICUS_ERROR, "R0311", NOWHERE,
                        "leave out the client's part to give the client the rest", "%s", words.at);
    }
}

static void divide_by_award(const struct making *making, struct text item,
                            const struct award *award, amicus_division *division)
{
    int64_t left = division->held_minor - division->fees_minor;
    bool is_sound = award->freelancer_minor <= left;
    int64_t client = left - award->freelancer_minor;
    if (!is_sound || (award->has_client && award->client_minor != client)) {
        refuse_sum(making, item, award, division);
        return;
    }
    division->to_freelancer_minor = award->freelancer_minor;
    division->to_client_minor = client;
    division->stays_held_minor = 0;
}

/* --- outcomes --- */

/* What an outcome does with the money. */
enum effect { EFFECT_RELEASE, EFFECT_REFUND, EFFECT_SPLIT, EFFECT_ANY, EFFECT_NONE };

static enum effect effect_of(struct text outcome)
{
    switch (outcome_find(outcome)) {
    case OUTCOME_RELEASE_FULL: return EFFECT_RELEASE;
    case OUTCOME_REFUND_FULL: return EFFECT_REFUND;
    case OUTCOME_SPLIT:
    case OUTCOME_HOURLY_APPORTION: return EFFECT_SPLIT;
    case OUTCOME_DEFAULT_FREELANCER:
    case OUTCOME_DEFAULT_CLIENT:
    case OUTCOME_SETTLED: return EFFECT_ANY;
    case OUTCOME_NO_RULE:
    case OUTCOME_REVISE:
    case OUTCOME_REPLAN:
    case OUTCOME_REQUEST_EVIDENCE:
    case OUTCOME_REQUEST_CONTACT:
    case OUTCOME_INELIGIBLE:
    case OUTCOME_OUT_OF_TIME:
    case OUTCOME_STAY:
    case OUTCOME_MEDIATE:
    case OUTCOME_OFFER_ARBITRATION:
    case OUTCOME_NO_CHANGE:
    case OUTCOME_DISMISS:
    case OUTCOME_REFER:
    case OUTCOME_COUNT: break;
    }
    return EFFECT_NONE;
}

static void divide_by_outcome(enum effect effect, amicus_division *division)
{
    int64_t left = division->held_minor - division->fees_minor;
    division->to_freelancer_minor = effect == EFFECT_RELEASE ? left : 0;
    division->to_client_minor = effect == EFFECT_REFUND ? left : 0;
    division->stays_held_minor = 0;
    if (effect == EFFECT_NONE) {
        division->fees_minor = 0;
        division->stays_held_minor = division->held_minor;
    }
}

/* Divide one item: by its award, by the outcome if no item has an award, else as suggested. */
static void divide_item(const struct making *making, uint32_t item)
{
    const struct decision_request *request = making->request;
    const amicus_division *suggested = &making->ruling->items[item].division;
    amicus_division *division = &making->out->divisions[item];
    struct text id = item_id(making->ruling, item);
    const struct award *award = award_of(making, id);
    *division = *suggested;
    if (!request->is_override) {
        return;
    }
    enum effect effect = effect_of(request->outcome);
    bool is_by_outcome = award == NULL && request->award_count == 0 &&
                         request->outcome.length > 0 && effect != EFFECT_SPLIT &&
                         effect != EFFECT_ANY;
    if (award != NULL || is_by_outcome) {
        division->fees_minor = fees_of(making->ruling, item);
    }
    if (award != NULL) {
        divide_by_award(making, id, award, division);
    } else if (is_by_outcome) {
        divide_by_outcome(effect, division);
    }
}

static void refuse_outcome(const struct making *making, struct text outcome, const char *why)
{
    diagnostics_add(making->list, AMICUS_ERROR, "R0312", NOWHERE,
                    "leave --outcome out, or say the division with --award",
                    "the outcome %.*s does not fit: %s",
                    (int)(outcome.length > 40 ? 40 : outcome.length), outcome.at, why);
}

/* Compare an outcome with the division of all items together. */
static void check_outcome(const struct making *making)
{
    const amicus_division *all = &making->out->totals;
    struct text outcome = making->out->outcome;
    bool has_client = all->to_client_minor > 0;
    bool has_freelancer = all->to_freelancer_minor > 0;
    bool has_held = all->stays_held_minor > 0;
    switch (effect_of(outcome)) {
    case EFFECT_RELEASE:
        if (has_client || has_held) {
            refuse_outcome(making, outcome, "something stays with the client or held");
        }
        break;
    case EFFECT_REFUND:
        if (has_freelancer || has_held) {
            refuse_outcome(making, outcome, "something goes to the freelancer or stays held");
        }
        break;
    case EFFECT_SPLIT:
        if (!has_client || !has_freelancer) {
            refuse_outcome(making, outcome, "both sides must get something");
        }
        break;
    case EFFECT_NONE:
        if (has_client || has_freelancer) {
            refuse_outcome(making, outcome, "it divides nothing, and money is divided");
        }
        break;
    case EFFECT_ANY: break;
    }
}

/* Take the outcome that was given, or the one that follows from the division. */
static void take_outcome(const struct making *making)
{
    const amicus_division *all = &making->out->totals;
    struct decision *out = making->out;
    if (!making->request->is_override) {
        out->outcome = text_of(outcome_name((enum outcome)making->ruling->outcome));
        return;
    }
    if (making->request->outcome.length > 0) {
        out->outcome = making->request->outcome;
        if (outcome_find(out->outcome) == OUTCOME_COUNT) {
            refuse_outcome(making, out->outcome, "there is no such outcome");
        } else {
            check_outcome(making);
        }
        return;
    }
    if (making->request->award_count == 0) {
        diagnostics_add(making->list, AMICUS_ERROR, "R0312", NOWHERE,
                        "say --outcome, or --award ITEM=MONEY",
                        "an override says what is decided instead");
    }
    bool is_release = all->to_client_minor == 0 && all->stays_held_minor == 0;
    bool is_refund = all->to_freelancer_minor == 0 && all->stays_held_minor == 0;
    out->outcome = text_of(is_release ? "release_full" : (is_refund ? "refund_full" : "split"));
}

/* --- what moved --- */

static int64_t gain(int64_t now, int64_t before)
{
    return now > before ? now - before : 0;
}

static int64_t moved_between(const amicus_division *now, const amicus_division *before)
{
    return gain(now->to_freelancer_minor, before->to_freelancer_minor) +
           gain(now->to_client_minor, before->to_client_minor) +
           gain(now->fees_minor, before->fees_minor) +
           gain(now->stays_held_minor, before->stays_held_minor);
}

static int64_t amount_in(const struct tree *item, const char *key)
{
    const struct tree *node = tree_find(item, key);
    int64_t minor = 0;
    uint16_t currency = 0;
    bool is_read = node != NULL && money_read(&minor, &currency, node->text) == AMICUS_OK;
    return is_read ? minor : 0;
}

/* The division of an item in the decision that is superseded; the suggestion's if it says none. */
static amicus_division division_before(const struct making *making, const struct tree *root,
                                       uint32_t item)
{
    amicus_division before = making->ruling->items[item].division;
    const struct tree *items = root == NULL ? NULL : tree_find(root, "items");
    struct text id = item_id(making->ruling, item);
    for (const struct tree *one = items == NULL ? NULL : items->first; one != NULL;
         one = one->next) {
        const struct tree *name = tree_find(one, "item");
        if (name != NULL && text_equal(name->text, id)) {
            before.to_freelancer_minor = amount_in(one, "to_freelancer");
            before.to_client_minor = amount_in(one, "to_client");
            before.fees_minor = amount_in(one, "fees");
            before.stays_held_minor = amount_in(one, "stays_held");
        }
    }
    return before;
}

static amicus_status count_moved(const struct making *making)
{
    const struct tree *root = NULL;
    if (making->request->replaced.length > 0) {
        struct tree_source source = tree_source_of("", making->request->replaced, true);
        amicus_status status = tree_read_json(&root, making->arena, &source, making->list);
        if (status != AMICUS_OK) {
            return status;
        }
    }
    int64_t moved = 0;
    for (uint32_t i = 0; i < making->ruling->item_count; i++) {
        amicus_division before = division_before(making, root, i);
        if (money_add(&moved, moved, moved_between(&making->out->divisions[i], &before)) !=
            AMICUS_OK) {
            return AMICUS_OVERFLOW;
        }
    }
    making->out->moved_minor = moved;
    return AMICUS_OK;
}

/* --- the detail --- */

static void pen_money(struct json_pen *pen, const char *key, int64_t minor, uint16_t currency)
{
    pen_key(pen, key);
    builder_putc(pen->builder, '"');
    money_write(pen->builder, minor, currency);
    builder_putc(pen->builder, '"');
}

static void pen_division(struct json_pen *pen, const struct making *making, uint32_t item)
{
    const amicus_division *division = &making->out->divisions[item];
    uint16_t currency = making->ruling->currency;
    pen_item(pen);
    pen_open(pen, '{');
    pen_money(pen, "fees", division->fees_minor, currency);
    pen_money(pen, "held", division->held_minor, currency);
    pen_text(pen, "item", item_id(making->ruling, item));
    pen_money(pen, "stays_held", division->stays_held_minor, currency);
    pen_money(pen, "to_client", division->to_client_minor, currency);
    pen_money(pen, "to_freelancer", division->to_freelancer_minor, currency);
    pen_close(pen, '}');
}

static void pen_texts(struct json_pen *pen, const char *key, const struct text *texts, size_t count)
{
    pen_key(pen, key);
    pen_open(pen, '[');
    for (size_t i = 0; i < count; i++) {
        pen_item(pen);
        builder_put_json(pen->builder, texts[i]);
    }
    pen_close(pen, ']');
}

static amicus_status write_detail(const struct making *making)
{
    const struct decision_request *request = making->request;
    struct builder builder;
    builder_start(&builder, making->arena);
    struct json_pen pen = {.builder = &builder, .is_first = true};
    pen_open(&pen, '{');
    pen_texts(&pen, "cites", request->cites, request->cite_count);
    pen_texts(&pen, "disagree", request->disagrees, request->disagree_count);
    pen_key(&pen, "items");
    pen_open(&pen, '[');
    for (uint32_t i = 0; making->ruling->currency != 0 && i < making->ruling->item_count; i++) {
        pen_division(&pen, making, i);
    }
    pen_close(&pen, ']');
    pen_text(&pen, "note", request->note);
    pen_text(&pen, "schema", text_of("amicus.decision/1"));
    pen_close(&pen, '}');
    return builder_end(&making->out->detail, &builder);
}

/* --- all of it --- */

static amicus_status divide_all(const struct making *making)
{
    struct decision *out = making->out;
    const struct amicus_ruling *ruling = making->ruling;
    out->divisions =
        arena_give_array(making->arena, (size_t)ruling->item_count + 1, sizeof *out->divisions);
    if (out->divisions == NULL) {
        return AMICUS_MEMORY;
    }
    out->totals = (amicus_division){.held_minor = 0};
    for (uint32_t i = 0; i < ruling->item_count; i++) {
        amicus_division *one = &out->divisions[i];
        amicus_division *all = &out->totals;
        divide_item(making, i);
        if (!division_is_conserved(one) ||
            money_add(&all->held_minor, all->held_minor, one->held_minor) != AMICUS_OK) {
            return AMICUS_OVERFLOW;
        }
        all->to_freelancer_minor += one->to_freelancer_minor;
        all->to_client_minor += one->to_client_minor;
        all->fees_minor += one->fees_minor;
        all->stays_held_minor += one->stays_held_minor;
    }
    return AMICUS_OK;
}

static void check_awards(const struct making *making)
{
    const struct decision_request *request = making->request;
    for (size_t i = 0; i < request->award_count; i++) {
        bool is_known = false;
        for (uint32_t j = 0; j < making->ruling->item_count; j++) {
            is_known = is_known || text_equal(request->awards[i].item, item_id(making->ruling, j));
        }
        for (size_t j = 0; j < i; j++) {
            is_known = is_known && !text_equal(request->awards[i].item, request->awards[j].item);
        }
        if (!is_known) {
            struct text item = request->awards[i].item;
            diagnostics_add(making->list, AMICUS_ERROR, "R0317", NOWHERE,
                            "name each money item of the case once",
                            "'%.*s' is no money item of this case, or stands here twice",
                            (int)(item.length > 60 ? 60 : item.length), item.at);
        }
    }
}

amicus_status decision_make(struct decision *out, const struct decision_request *request,
                            const struct amicus_ruling *ruling, struct arena *arena,
                            amicus_diagnostics *list)
{
    assert(out != NULL && request != NULL && ruling != NULL);
    assert(arena != NULL && list != NULL);
    const struct making making = {out, request, ruling, arena, list};
    *out = (struct decision){.moved_minor = 0};
    size_t before = diagnostics_errors(list);
    if (request->is_override) {
        check_awards(&making);
        decision_check_reason(request, ruling, list);
    }
    amicus_status status = divide_all(&making);
    if (status == AMICUS_OK) {
        take_outcome(&making);
        status = count_moved(&making);
    }
    if (status == AMICUS_OVERFLOW) {
        diagnostics_add(list, AMICUS_ERROR, "R0311", NOWHERE, "", "the sums do not fit");
        status = AMICUS_INVALID;
    }
    if (status == AMICUS_OK && diagnostics_errors(list) > before) {
        status = AMICUS_INVALID;
    }
    return status == AMICUS_OK ? write_detail(&making) : status;
}
