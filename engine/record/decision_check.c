/*
 * What a reason must come with.
 *
 * The list is closed, because statistics and the authors' list of work depend on it; what each
 * reason needs is what a later reader would ask first. All faults are told at once.
 */
#include "decision.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#define NOTE_CHARACTERS_MIN 10u
#define NOTE_CHARACTERS_MAX 4000u

static const struct place NOWHERE = {"", 0, 0};

const struct reason_row reason_rows[REASON_COUNT] = {
    [REASON_NEW_EVIDENCE] = {"new_evidence", "evidence came in after the version before"},
    [REASON_FACT_FINDING] = {"fact_finding_differs", "the reviewer weighs a fact otherwise"},
    [REASON_MISAPPLIED] = {"policy_misapplied", "the rules say otherwise"},
    [REASON_GAP] = {"policy_gap", "no rule covers it"},
    [REASON_UNFAIR] = {"policy_unfair_here", "right by the rules, wrong here"},
    [REASON_DEADLINE] = {"deadline_extended", "a window was reopened"},
    [REASON_SETTLEMENT] = {"settlement", "the parties agreed"},
    [REASON_SAFETY] = {"safety_or_fraud", "risk to a person or to funds"},
    [REASON_CONFLICT] = {"conflict_resolved", "the ruling was refer"},
    [REASON_DATA_ERROR] = {"data_error", "a fact was recorded wrongly"},
};

enum reason_code reason_find(struct text name)
{
    assert(name.at != NULL || name.length == 0);
    assert(reason_rows[0].name != NULL);
    unsigned i = 0;
    while (i < REASON_COUNT && !text_is(name, reason_rows[i].name)) {
        i++;
    }
    return (enum reason_code)i;
}

/* What is being checked. */
struct check {
    const struct decision_request *request;
    const struct amicus_ruling *ruling;
    amicus_diagnostics *list;
    bool has_rule, has_fact; /* among what is disagreed with */
};

static int shown(struct text text)
{
    return (int)(text.length > 60 ? 60 : text.length);
}

/* --- names --- */

/* Tell whether the ruling looked at a fact of this path. */
static bool is_read(const struct amicus_ruling *ruling, struct text path, struct arena *arena)
{
    for (uint32_t i = 0; i < ruling->read_count; i++) {
        const struct read *read = &ruling->reads[i];
        struct builder builder;
        struct text own;
        if (read->fact == FACT_NONE) {
            continue;
        }
        arena_reset(arena);
        builder_start(&builder, arena);
        case_write_path(&builder, ruling->subject, read->record, read->fact);
        if (builder_end(&own, &builder) == AMICUS_OK && text_equal(own, path)) {
            return true;
        }
    }
    return false;
}

static bool is_fact(const struct check *check, struct text name)
{
    const char *equals = memchr(name.at, '=', name.length);
    struct text path = {name.at, equals == NULL ? name.length : (size_t)(equals - name.at)};
    struct arena *arena;
    if (vocabulary_find_path(check->ruling->subject->vocabulary, path) != FACT_NONE) {
        return true;
    }
    if (arena_open(&arena, (size_t)1 << 20) != AMICUS_OK) {
        return false;
    }
    bool is_found = is_read(check->ruling, path, arena);
    arena_close(arena);
    return is_found;
}

static void check_names(struct check *check)
{
    for (size_t i = 0; i < check->request->disagree_count; i++) {
        struct text name = check->request->disagrees[i];
        bool is_rule = image_find_rule(&check->ruling->rulebook->image, name) != INDEX_NONE;
        bool is_known = is_rule || (name.length > 0 && is_fact(check, name));
        check->has_rule = check->has_rule || is_rule;
        check->has_fact = check->has_fact || (is_known && !is_rule);
        if (!is_known) {
            diagnostics_add(check->list, AMICUS_ERROR, "R0317", NOWHERE,
                            "'amicus explain CASE' shows the rules and facts of the ruling",
                            "'%.*s' is neither a rule nor a fact of this ruling", shown(name),
                            name.at);
        }
    }
}

/* --- evidence --- */

static bool has_evidence(const struct amicus_case *subject, struct text id)
{
    uint32_t kind = subject->vocabulary->evidence_kind;
    return kind != KIND_NONE && case_find(subject, kind, id) != RECORD_NONE;
}

static void check_cites(struct check *check, enum reason_code reason)
{
    const struct decision_request *request = check->request;
    bool is_policy = reason == REASON_MISAPPLIED || reason == REASON_GAP || reason == REASON_UNFAIR;
    for (size_t i = 0; i < request->cite_count; i++) {
        if (!has_evidence(check->ruling->subject, request->cites[i])) {
            diagnostics_add(check->list, AMICUS_ERROR, "R0315", NOWHERE,
                            "'amicus case show CASE' lists the evidence",
                            "the case has no evidence '%.*s'", shown(request->cites[i]),
                            request->cites[i].at);
        }
    }
    if (request->cite_count == 0 && !(is_policy && check->has_rule)) {
        diagnostics_add(check->list, AMICUS_ERROR, "R0315", NOWHERE,
                        is_policy ? "add --cite E1, or --disagree RULE" : "add --cite E1",
                        "an override cites at least one piece of evidence");
    }
}

static bool cites_new_evidence(const struct check *check)
{
    const struct decision_request *request = check->request;
    for (size_t i = 0; request->previous != NULL && i < request->cite_count; i++) {
        if (has_evidence(check->ruling->subject, request->cites[i]) &&
            !has_evidence(request->previous, request->cites[i])) {
            return true;
        }
    }
    return false;
}

/* --- reasons --- */

static void lack(const struct check *check, const char *mend, const char *what)
{
    diagnostics_add(check->list, AMICUS_ERROR, "R0314", NOWHERE, mend, "%.*s %s",
                    shown(check->request->reason), check->request->reason.at, what);
}

static void check_needs(const struct check *check, enum reason_code reason)
{
    switch (reason) {
    case REASON_NEW_EVIDENCE:
        if (!cites_new_evidence(check)) {
            lack(check, "record the case with the new piece, then cite that piece",
                 "cites a piece that the recorded version before does not have");
        }
        break;
    case REASON_FACT_FINDING:
        if (!check->has_fact && !check->has_rule) {
            lack(check, "add --disagree FACT=VALUE, or the rule that found it",
                 "says which finding differs");
        }
        break;
    case REASON_MISAPPLIED:
        if (!check->has_rule) {
            lack(check, "add --disagree RULE", "says which rule was misapplied");
        }
        break;
    case REASON_DATA_ERROR:
        if (!check->has_fact) {
            lack(check, "add --disagree FACT=VALUE", "says which fact was recorded wrongly");
        }
        break;
    case REASON_CONFLICT:
        if (check->ruling->outcome != OUTCOME_REFER) {
            lack(check, "choose another reason",
                 "is for a ruling that refers the case to a person");
        }
        break;
    case REASON_GAP:
    case REASON_UNFAIR:
    case REASON_DEADLINE:
    case REASON_SETTLEMENT:
    case REASON_SAFETY:
    case REASON_COUNT: break;
    }
}

static enum reason_code check_name(const struct check *check)
{
    struct text name = check->request->reason;
    enum reason_code reason = reason_find(name);
    if (reason != REASON_COUNT) {
        return reason;
    }
    struct likeness likeness = likeness_to(name);
    for (unsigned i = 0; i < REASON_COUNT; i++) {
        likeness_try(&likeness, text_of(reason_rows[i].name));
    }
    char mend[512];
    size_t used = 0;
    for (unsigned i = 0; i < REASON_COUNT && likeness.best.length == 0; i++) {
        used += (size_t)snprintf(mend + used, sizeof mend - used, "%s%s", i == 0 ? "one of " : ", ",
                                 reason_rows[i].name);
    }
    if (likeness.best.length > 0) {
        (void)snprintf(mend, sizeof mend, "did you mean '%.*s'?", (int)likeness.best.length,
                       likeness.best.at);
    }
    diagnostics_add(check->list, AMICUS_ERROR, "R0313", NOWHERE, mend,
                    name.length == 0 ? "an override needs a --reason%.*s"
                                     : "there is no reason '%.*s'",
                    shown(name), name.length == 0 ? "" : name.at);
    return REASON_COUNT;
}

static void check_note(const struct check *check)
{
    struct text note = check->request->note;
    size_t fault;
    if (!text_is_utf8(note, &fault) || text_find_control(note, NULL) != note.length) {
        diagnostics_add(check->list, AMICUS_ERROR, "R0316", NOWHERE, "write plain text",
                        "the note holds characters that cannot be shown");
        return;
    }
    size_t count = text_characters(note, note.length);
    if (count < NOTE_CHARACTERS_MIN || count > NOTE_CHARACTERS_MAX) {
        diagnostics_add(
            check->list, AMICUS_ERROR, "R0316", NOWHERE, "say why in a sentence: --note TEXT",
            "the note has %zu %s; it needs %u to %u", count,
            count == 1 ? "character" : "characters", NOTE_CHARACTERS_MIN, NOTE_CHARACTERS_MAX);
    }
}

void decision_check_reason(const struct decision_request *request,
                           const struct amicus_ruling *ruling, amicus_diagnostics *list)
{
    assert(request != NULL && ruling != NULL);
    assert(list != NULL);
    struct check check = {.request = request, .ruling = ruling, .list = list};
    enum reason_code reason = check_name(&check);
    check_names(&check);
    check_cites(&check, reason);
    check_needs(&check, reason);
    check_note(&check);
}

/* --- the threshold --- */

bool decision_threshold(const struct amicus_ruling *ruling, int64_t *minor)
{
    assert(ruling != NULL && minor != NULL);
    const struct image *image = &ruling->rulebook->image;
    uint32_t row = image_find_param(image, text_of(PARAM_SECOND_ABOVE));
    if (row == INDEX_NONE || image->params[row].type != TYPE_MONEY) {
        return false;
    }
    const struct param_row *param = &image->params[row];
    assert(param->first_version + param->version_count <= image->version_count);
    for (uint32_t i = 0; i < param->version_count; i++) {
        const struct version_row *version = &image->versions[param->first_version + i];
        if (ruling->instants.as_of_s < version->from_s ||
            ruling->instants.as_of_s >= version->until_s) {
            continue;
        }
        const struct reading_row *reading = &image->readings[version->first_reading];
        *minor = reading->unit == ruling->currency && reading->is_unknown == 0 ? reading->n : 0;
        return true;
    }
    return false;
}
