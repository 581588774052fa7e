/*
 * Conflicts are found exactly: the case is decided again with the contradiction settled the other
 * way, and an item is referred only if its outcome or its money then differs. Two rules that
 * disagree about a point on which nothing turns are shown, and the item is decided.
 *
 * Three things contradict:
 *  - rules of equal rank on both sides of an issue. The issue was taken as not upheld; the trial
 *    takes it as upheld, each such issue alone and then all together;
 *  - remedies that could all be taken and differ. remedy.c has referred the item; here it is said;
 *  - published texts that give different numbers for one dated parameter. The decision has taken
 *    the first reading of each; the trials go through all combinations of readings that were used.
 *    A trial may come upon further versions of that kind, and then the round begins again with
 * them.
 *
 * INVARIANT: what a trial here looked at is among the reads of the ruling, for a referral rests on
 * it.
 *
 * Cost: nothing without a contradiction; else one decision for each, bounded by LIMIT_READINGS.
 */
#include "conflict.h"

#include "limit.h"
#include "remedy.h"
#include "resolve.h"

#include <assert.h>
#include <string.h>

static void add_conflict(struct workspace *workspace, const struct conflict_result *conflict)
{
    void *conflicts = workspace->conflicts;
    if (arena_grow(workspace->arena, &conflicts, &workspace->conflict_capacity,
                   workspace->conflict_count, sizeof *conflict) != AMICUS_OK) {
        workspace_fail(workspace, AMICUS_MEMORY);
        return;
    }
    workspace->conflicts = conflicts;
    workspace->conflicts[workspace->conflict_count++] = *conflict;
}

static struct text end(struct workspace *workspace, struct builder *builder)
{
    struct text text = {NULL, 0};
    if (builder_end(&text, builder) != AMICUS_OK) {
        workspace_fail(workspace, AMICUS_MEMORY);
    }
    return text;
}

/* Rules of an issue that apply, one after the other, with their side. */
static void write_rules(struct builder *builder, const struct workspace *workspace,
                        const uint32_t *rows, uint32_t count)
{
    const struct image *image = workspace->image;
    for (uint32_t i = 0; i < count; i++) {
        builder_puts(builder, i == 0 ? "" : i + 1 == count ? " and " : ", ");
        builder_put(builder, image_text(image, image->rules[rows[i]].id));
        builder_puts(builder, image->rules[rows[i]].side == SIDE_FOR ? " (for)" : " (against)");
    }
}

/* Whether a finding is one of the rules that a conflict is about. */
static bool is_party(const struct image *image, const struct finding *findings, uint32_t count,
                     const struct finding *finding)
{
    if (image->rules[finding->rule].issue == INDEX_NONE || finding->value != KLEENE_TRUE) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (findings[i].value == KLEENE_TRUE &&
            rule_outranks(image, findings[i].rule, finding->rule) &&
            image->rules[findings[i].rule].issue != INDEX_NONE &&
            image->rules[findings[i].rule].side != image->rules[finding->rule].side) {
            return false;
        }
    }
    return true;
}

static void show_rules(struct workspace *workspace, const struct issue_result *result)
{
    const struct finding *findings = &workspace->findings[result->findings.first];
    struct conflict_result conflict = {.item = result->item, .issue = result->issue};
    conflict.rules.first = (uint32_t)workspace->conflict_rules.count;
    for (uint32_t i = 0; i < result->findings.count; i++) {
        if (is_party(workspace->image, findings, result->findings.count, &findings[i])) {
            numbers_add(workspace, &workspace->conflict_rules, findings[i].rule);
        }
    }
    conflict.rules.count = (uint32_t)(workspace->conflict_rules.count - conflict.rules.first);
    if (workspace->status != AMICUS_OK) {
        return;
    }
    struct builder builder;
    builder_start(&builder, workspace->arena);
    builder_puts(&builder, "Rules of equal rank disagree about ");
    builder_put(&builder,
                image_text(workspace->image, workspace->image->issues[result->issue].name));
    builder_puts(&builder, ": ");
    write_rules(&builder, workspace, workspace->conflict_rules.at + conflict.rules.first,
                conflict.rules.count);
    builder_puts(&builder, ".");
    conflict.because = end(workspace, &builder);
    add_conflict(workspace, &conflict);
}

static void show_remedies(struct workspace *workspace, const struct item_result *item)
{
    const struct image *image = workspace->image;
    struct conflict_result conflict = {.item = item->record, .issue = INDEX_NONE};
    struct builder builder;
    builder_start(&builder, workspace->arena);
    builder_puts(&builder, "Remedies of equal rank differ: ");
    conflict.rules.first = (uint32_t)workspace->conflict_rules.count;
    for (uint32_t i = 0; i < item->rivals.count; i++) {
        const uint32_t row = workspace->rivals.at[item->rivals.first + i];
        numbers_add(workspace, &workspace->conflict_rules, row);
        builder_puts(&builder, i == 0 ? "" : i + 1 == item->rivals.count ? " and " : ", ");
        builder_put(&builder, image_text(image, image->remedies[row].id));
    }
    builder_puts(&builder, ".");
    conflict.rules.count = (uint32_t)(workspace->conflict_rules.count - conflict.rules.first);
    conflict.because = end(workspace, &builder);
    add_conflict(workspace, &conflict);
}

/* What a trial looked at decides whether an item is referred, so the ruling has read it too. */
static void note_trial(struct workspace *workspace, const struct workspace *trial)
{
    struct scope scope;
    scope_open(workspace, &scope);
    for (size_t i = 0; i < trial->read_count; i++) {
        const struct read *read = &trial->reads[i];
        workspace->proof = read->proof;
        if (read->fact == FACT_NONE) {
            read_empty_list(workspace, read->kind);
        } else if (workspace->vocabulary->facts[read->fact].derived == FACT_NONE) {
            (void)read_stored(workspace, read->record, read->fact);
        }
    }
    scope_close(workspace, &scope, NULL, NULL);
}

/* Run a trial, note its reads, and mark the items that it decides otherwise. */
static void compare(struct workspace *workspace, struct trials *trials, struct change change,
                    bool *differs, struct workspace *out)
{
    change.is_noted = true;
    const amicus_status status = trial_run(out, trials, &change);
    if (status != AMICUS_OK) {
        workspace_fail(workspace, status);
        return;
    }
    note_trial(workspace, out);
    for (uint32_t i = 0; i < workspace->item_count; i++) {
        differs[i] |= item_differs(&workspace->items[i], &out->items[i]);
    }
}

/* Take each issue in conflict as upheld, alone and then all of them. */
static void try_rules(struct workspace *workspace, struct trials *trials, bool *differs)
{
    uint8_t *one = arena_give(workspace->arena, workspace->result_count);
    uint8_t *all = arena_give(workspace->arena, workspace->result_count);
    if (one == NULL || all == NULL) {
        workspace_fail(workspace, AMICUS_MEMORY);
        return;
    }
    uint32_t count = 0;
    struct workspace out;
    for (uint32_t i = 0; i < workspace->result_count && workspace->status == AMICUS_OK; i++) {
        if (workspace->results[i].is_conflict) {
            one[i] = LABEL_UPHELD;
            all[i] = LABEL_UPHELD;
            compare(workspace, trials, (struct change){.forced = one}, differs, &out);
            one[i] = LABEL_OPEN;
            count++;
        }
    }
    if (count > 1 && workspace->status == AMICUS_OK) {
        compare(workspace, trials, (struct change){.forced = all}, differs, &out);
    }
}

static bool has_conflict(const struct workspace *workspace)
{
    bool has_one = false;
    for (uint32_t i = 0; i < workspace->result_count; i++) {
        has_one |= workspace->results[i].is_conflict;
    }
    return has_one;
}

/* The versions with several readings that were used, and the one of each that is tried. */
struct readings {
    uint32_t *versions;
    uint32_t count;
    uint32_t *reading_of; /* by version */
};

static void collect_versions(const struct workspace *workspace, struct readings *readings,
                             const uint8_t *uses)
{
    readings->count = 0;
    for (uint32_t v = 0; v < workspace->image->version_count; v++) {
        if ((uses[v] & USE_READINGS) != 0) {
            readings->versions[readings->count++] = v;
        }
    }
}

/* Go on to the next combination; false after the last. */
static bool next_combination(const struct workspace *workspace, struct readings *readings)
{
    for (uint32_t i = 0; i < readings->count; i++) {
        const uint32_t version = readings->versions[i];
        if (++readings->reading_of[version] < workspace->image->versions[version].reading_count) {
            return true;
        }
        readings->reading_of[version] = 0;
    }
    return false;
}

/* Try combinations of readings until all were tried. returns false if a new version turned up. */
static bool try_readings(struct workspace *workspace, struct trials *trials,
                         struct readings *readings, bool *differs, uint8_t *uses)
{
    bool is_complete = true;
    int64_t left = limit_of(LIMIT_READINGS) - 1;
    memset(readings->reading_of, 0, workspace->image->version_count * sizeof *readings->reading_of);
    while (workspace->status == AMICUS_OK && next_combination(workspace, readings)) {
        if (left-- == 0) {
            memset(differs, true, workspace->item_count * sizeof *differs);
            return true;
        }
        struct workspace out;
        compare(workspace, trials, (struct change){.reading_of = readings->reading_of}, differs,
                &out);
        for (uint32_t v = 0; workspace->status == AMICUS_OK && v < out.image->version_count; v++) {
            is_complete &= (out.uses[v] & USE_READINGS & ~uses[v]) == 0;
            uses[v] |= out.uses[v] & USE_READINGS;
        }
    }
    return is_complete;
}

static void write_reading(struct builder *builder, const struct workspace *workspace,
                          const struct param_row *param, const struct reading_row *reading)
{
    const struct value value = {.as.n = reading->n,
                                .unit = reading->unit,
                                .type = param->type,
                                .standing =
                                    reading->is_unknown ? STANDING_UNKNOWN : STANDING_ESTABLISHED};
    if (param->type == TYPE_TEXT) {
        builder_put(builder, image_text(workspace->image, (text_at)reading->n));
    } else {
        ruling_write_value(builder, workspace->subject, NULL, &value);
    }
    builder_puts(builder, " (");
    builder_put(builder, image_text(workspace->image, reading->source));
    builder_puts(builder, ")");
}

static const struct param_row *param_of(const struct image *image, uint32_t version)
{
    uint32_t row = 0;
    while (version < image->params[row].first_version ||
           version >= image->params[row].first_version + image->params[row].version_count) {
        row++;
        assert(row < image->param_count);
    }
    return &image->params[row];
}

static void write_version(struct builder *builder, const struct workspace *workspace,
                          uint32_t version)
{
    const struct image *image = workspace->image;
    const struct param_row *param = param_of(image, version);
    const struct version_row *row = &image->versions[version];
    builder_puts(builder, "Published texts disagree about ");
    builder_put(builder, image_text(image, param->name));
    builder_puts(builder, ": ");
    for (uint32_t i = 0; i < row->reading_count; i++) {
        builder_puts(builder, i == 0 ? "" : i + 1 == row->reading_count ? " or " : ", ");
        write_reading(builder, workspace, param, &image->readings[row->first_reading + i]);
    }
    builder_puts(builder, ".");
}

/* Whether an item is decided otherwise by another reading of this version alone. */
static bool matters_alone(struct workspace *workspace, struct trials *trials,
                          struct readings *readings, uint32_t version, uint32_t item)
{
    const uint32_t count = workspace->image->versions[version].reading_count;
    bool matters = false;
    memset(readings->reading_of, 0, workspace->image->version_count * sizeof *readings->reading_of);
    for (uint32_t r = 1; r < count && !matters; r++) {
        struct workspace out;
        readings->reading_of[version] = r;
        const amicus_status status =
            trial_run(&out, trials, &(struct change){.reading_of = readings->reading_of});
        if (status != AMICUS_OK) {
            workspace_fail(workspace, status);
            return false;
        }
        matters = item_differs(&workspace->items[item], &out.items[item]);
    }
    return matters;
}

/* Name the versions on which an item turns: those that matter alone, or else all. */
static void show_readings(struct workspace *workspace, struct trials *trials,
                          struct readings *readings, uint32_t item)
{
    struct builder builder;
    bool has_one = false;
    builder_start(&builder, workspace->arena);
    for (uint32_t i = 0; i < readings->count; i++) {
        if (matters_alone(workspace, trials, readings, readings->versions[i], item)) {
            builder_puts(&builder, has_one ? " " : "");
            write_version(&builder, workspace, readings->versions[i]);
            has_one = true;
        }
    }
    for (uint32_t i = 0; !has_one && i < readings->count; i++) {
        builder_puts(&builder, i == 0 ? "" : " ");
        write_version(&builder, workspace, readings->versions[i]);
    }
    const struct conflict_result conflict = {.item = workspace->items[item].record,
                                             .issue = INDEX_NONE,
                                             .because = end(workspace, &builder)};
    add_conflict(workspace, &conflict);
}

static void settle_readings(struct workspace *workspace, struct trials *trials, bool *differs)
{
    const uint32_t versions = workspace->image->version_count;
    struct readings readings = {
        .versions = arena_give_array(workspace->arena, versions, sizeof(uint32_t)),
        .reading_of = arena_give_array(workspace->arena, versions, sizeof(uint32_t))};
    uint8_t *uses = arena_give(workspace->arena, versions);
    bool *by_readings = arena_give_array(workspace->arena, workspace->item_count, sizeof(bool));
    if (readings.versions == NULL || readings.reading_of == NULL || uses == NULL ||
        by_readings == NULL) {
        workspace_fail(workspace, AMICUS_MEMORY);
        return;
    }
    memcpy(uses, workspace->uses, versions);
    collect_versions(workspace, &readings, uses);
    while (readings.count > 0 && workspace->status == AMICUS_OK &&
           !try_readings(workspace, trials, &readings, by_readings, uses)) {
        collect_versions(workspace, &readings, uses);
    }
    for (uint32_t i = 0; i < workspace->item_count && workspace->status == AMICUS_OK; i++) {
        if (by_readings[i]) {
            show_readings(workspace, trials, &readings, i);
            differs[i] = true;
        }
    }
}

static bool has_readings(const struct workspace *workspace)
{
    bool has_one = false;
    for (uint32_t v = 0; v < workspace->image->version_count; v++) {
        has_one |= (workspace->uses[v] & USE_READINGS) != 0;
    }
    return has_one;
}

void conflict_find(struct workspace *workspace, struct trials *trials, bool *differs)
{
    assert(workspace != NULL && trials != NULL && differs != NULL);
    assert(trials->base == workspace);
    for (uint32_t i = 0; i < workspace->result_count; i++) {
        if (workspace->results[i].is_conflict && workspace->status == AMICUS_OK) {
            show_rules(workspace, &workspace->results[i]);
        }
    }
    if (has_conflict(workspace) && workspace->status == AMICUS_OK) {
        try_rules(workspace, trials, differs);
    }
    if (has_readings(workspace) && workspace->status == AMICUS_OK) {
        settle_readings(workspace, trials, differs);
    }
}

void conflict_apply(struct workspace *workspace, const bool *differs)
{
    assert(workspace != NULL && differs != NULL);
    assert(workspace->item_count > 0);
    for (uint32_t i = 0; i < workspace->item_count && workspace->status == AMICUS_OK; i++) {
        if (workspace->items[i].rivals.count > 0) {
            show_remedies(workspace, &workspace->items[i]);
        }
        if (differs[i]) {
            remedy_refer(workspace, &workspace->items[i]);
        }
    }
}
