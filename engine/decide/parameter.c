/*
 * Dated parameters: which version applies, and which of its readings is tried.
 *
 * The anchor (contract formed, filed, or a date that the reader names) picks the version whose
 * period holds it. The anchor is a read like any other, so a ruling shows which date chose the
 * number. A caller may give one date of the policy instead, which then picks every version and
 * every rule in force: so a past case is decided by today's policy. A version that was there before
 * anybody wrote down since when (`from = "unknown"`) covers all earlier dates, and the ruling gets
 * a flag when it is used before it was first seen. A gap between periods, or a number that no
 * source gives, is open: the engine never takes a neighbour's.
 *
 * Published texts that disagree are readings of one version; readings.c decides the case once for
 * each of them, and here only the one that is being tried is given out.
 *
 * Cost: one read and a walk over at most a handful of versions.
 */
#include "evaluate.h"

#include <assert.h>

/* The date that the caller gave in place of every anchor. It is no fact of the case, so no read. */
static struct value policy_date(const struct workspace *workspace)
{
    return (struct value){
        .as.n = *workspace->policy_date_s, .type = TYPE_INSTANT, .standing = STANDING_ESTABLISHED};
}

struct value evaluate_anchor(struct workspace *workspace, enum anchor anchor)
{
    assert(workspace != NULL);
    assert(anchor <= ANCHOR_EVENT);
    const struct roles *roles = &workspace->vocabulary->roles;
    const uint32_t fact = anchor == ANCHOR_CONTRACT_FORMED ? roles->contract_formed : roles->filed;
    if (workspace->policy_date_s != NULL) {
        return policy_date(workspace);
    }
    if (fact == FACT_NONE) {
        return value_open(TYPE_INSTANT);
    }
    return read_stored(workspace, RECORD_ROOT, fact);
}

static bool is_known(const struct value *value)
{
    return value->standing != STANDING_UNKNOWN && value->standing != STANDING_ABSENT;
}

/* The version that holds a date, or INDEX_NONE. */
static uint32_t version_at(const struct workspace *workspace, const struct param_row *param,
                           int64_t date_s)
{
    for (uint32_t i = 0; i < param->version_count; i++) {
        const struct version_row *version = &workspace->image->versions[param->first_version + i];
        if (date_s >= version->from_s && date_s < version->until_s) {
            return param->first_version + i;
        }
    }
    return INDEX_NONE;
}

/* The only version, if no date can miss it; else INDEX_NONE. */
static uint32_t version_always(const struct workspace *workspace, const struct param_row *param)
{
    const struct version_row *version = &workspace->image->versions[param->first_version];
    const bool is_always = param->version_count == 1 && version->from_s == INSTANT_MIN &&
                           version->until_s == INSTANT_MAX;
    return is_always ? param->first_version : INDEX_NONE;
}

static uint32_t pick_version(struct workspace *workspace, const struct param_row *param,
                             uint32_t date, uint8_t *standing)
{
    const uint32_t always = version_always(workspace, param);
    if (always != INDEX_NONE && workspace->image->versions[always].seen_s == INSTANT_MIN) {
        return always;
    }
    const bool is_anchored = date == NODE_NONE || workspace->policy_date_s != NULL;
    const struct value at = is_anchored ? evaluate_anchor(workspace, (enum anchor)param->anchor)
                                        : evaluate(workspace, date);
    if (!is_known(&at)) {
        return always;
    }
    const int64_t at_s = value_instant(&at);
    const uint32_t found = version_at(workspace, param, at_s);
    if (found != INDEX_NONE && workspace->image->versions[found].from_s == INSTANT_MIN &&
        at_s < workspace->image->versions[found].seen_s) {
        workspace->uses[found] |= USE_UNSEEN;
    }
    *standing = always == INDEX_NONE ? at.standing : *standing;
    return found;
}

static struct value reading_value(struct workspace *workspace, const struct param_row *param,
                                  const struct reading_row *reading, uint8_t standing)
{
    struct value value = {.as.n = reading->n,
                          .unit = reading->unit,
                          .type = param->type,
                          .standing = weaker(standing, STANDING_ESTABLISHED)};
    if (reading->is_unknown) {
        return value_open(param->type);
    }
    if (param->type == TYPE_TEXT) {
        struct text *text = arena_give(workspace->arena, sizeof *text);
        if (text == NULL) {
            workspace_fail(workspace, AMICUS_MEMORY);
            return value_open(TYPE_TEXT);
        }
        *text = image_text(workspace->image, (text_at)reading->n);
        value.as.text = text;
    }
    return value;
}

struct value evaluate_param(struct workspace *workspace, uint32_t param, uint32_t date)
{
    assert(workspace != NULL && param < workspace->image->param_count);
    assert(date == NODE_NONE || date < workspace->image->node_count);
    const struct param_row *row = &workspace->image->params[param];
    uint8_t standing = STANDING_ESTABLISHED;
    if (row->version_count == 0) {
        return value_open(row->type);
    }
    const uint32_t found = pick_version(workspace, row, date, &standing);
    if (found == INDEX_NONE) {
        return value_open(row->type);
    }
    const struct version_row *version = &workspace->image->versions[found];
    assert(workspace->reading_of[found] < version->reading_count);
    if (version->reading_count > 1) {
        workspace->uses[found] |= USE_READINGS;
    }
    const uint32_t reading = version->first_reading + workspace->reading_of[found];
    return reading_value(workspace, row, &workspace->image->readings[reading], standing);
}
