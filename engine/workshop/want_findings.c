/*
 * The findings and the evidence of a ruling, against what a test wants of them.
 *
 * Each is told with the rule, so that whoever reports the difference can ask why it did not apply.
 */
#include "want_part.h"

#include <assert.h>
#include <string.h>

/* Tell whether a finding is one of a named rule. */
static bool is_of(const struct comparison *comparison, const struct finding *finding,
                  const struct named_rule *named)
{
    return finding->rule == named->rule &&
           (named->on.length == 0 ||
            text_equal(comparison->ruling->subject->records[finding->record].id, named->on));
}

/* Tell whether a named rule stands so on some record. */
static bool stands(const struct comparison *comparison, const struct named_rule *named,
                   const char *status)
{
    const struct amicus_ruling *ruling = comparison->ruling;
    bool is_found = false;
    for (uint32_t i = 0; i < ruling->finding_count; i++) {
        if (is_of(comparison, &ruling->findings[i], named)) {
            enum finding_status own = (enum finding_status)ruling->findings[i].status;
            is_found = true;
            if (strcmp(finding_status_name(own), status) == 0) {
                return true;
            }
        }
    }
    return !is_found && strcmp(status, "not_applied") == 0;
}

/* How a named rule stands, best first. */
static const char *standing_of(const struct comparison *comparison, const struct named_rule *named)
{
    for (unsigned i = FINDING_APPLIED; i <= FINDING_NOT_APPLIED; i++) {
        if (stands(comparison, named, finding_status_name((enum finding_status)i))) {
            return finding_status_name((enum finding_status)i);
        }
    }
    return "not_applied";
}

/* The record that a rule is named for; RECORD_NONE: any. */
static uint32_t record_of(const struct comparison *comparison, const struct named_rule *named)
{
    const struct amicus_case *subject = comparison->ruling->subject;
    for (uint32_t i = 0; named->on.length > 0 && i < subject->record_count; i++) {
        if (text_equal(subject->records[i].id, named->on)) {
            return i;
        }
    }
    return RECORD_NONE;
}

/* Add that a rule of a list is not as wanted. */
static void differ_rule(const struct comparison *comparison, const struct tree *list,
                        const struct tree *node, const struct named_rule *named)
{
    bool was_wanted = text_is(list->key, "all");
    const char *stand = standing_of(comparison, named);
    struct difference difference = {.label = TEXT("findings"),
                                    .node = node,
                                    .list = list,
                                    .rule = was_wanted ? named->rule : INDEX_NONE,
                                    .record = record_of(comparison, named),
                                    .amend = AMEND_DROP};
    struct builder builder;
    builder_start(&builder, comparison->out->arena);
    builder_putf(&builder, "%s %.*s", was_wanted ? "missing" : "unwanted", (int)node->text.length,
                 node->text.at);
    if (was_wanted && strcmp(stand, "not_applied") != 0) {
        builder_putf(&builder, " (%s)", stand);
    }
    difference.got = want_made(comparison, &builder);
    differences_add(comparison->out, &difference);
}

static void compare_rules(const struct comparison *comparison, const struct tree *list)
{
    bool wanted = text_is(list->key, "all");
    for (const struct tree *node = list->first; node != NULL; node = node->next) {
        struct named_rule named = named_rule_of(&comparison->ruling->rulebook->image, node->text);
        if (named.on.length > 0 && record_of(comparison, &named) == RECORD_NONE) {
            want_refuse(comparison, node->place, "record", named.on, ((struct text){"", 0}));
        } else if (stands(comparison, &named, "applied") != wanted) {
            differ_rule(comparison, list, node, &named);
        }
    }
}

/* One of the list must have applied; if none has, the first tells why not. */
static void compare_any(const struct comparison *comparison, const struct tree *list)
{
    for (const struct tree *node = list->first; node != NULL; node = node->next) {
        struct named_rule named = named_rule_of(&comparison->ruling->rulebook->image, node->text);
        if (stands(comparison, &named, "applied")) {
            return;
        }
    }
    if (list->first == NULL) {
        return;
    }
    struct named_rule first =
        named_rule_of(&comparison->ruling->rulebook->image, list->first->text);
    const struct difference difference = {.label = TEXT("findings"),
                                          .got = TEXT("missing any of those that are named"),
                                          .node = list,
                                          .rule = first.rule,
                                          .record = RECORD_NONE,
                                          .amend = AMEND_NONE};
    differences_add(comparison->out, &difference);
}

static void compare_status(const struct comparison *comparison, const struct tree *map)
{
    for (const struct tree *node = map->first; node != NULL; node = node->next) {
        struct named_rule named = named_rule_of(&comparison->ruling->rulebook->image, node->key);
        if (stands(comparison, &named, node->text.at)) {
            continue;
        }
        struct difference difference = {.label = node->key,
                                        .want = node->text,
                                        .got = text_of(standing_of(comparison, &named)),
                                        .node = node,
                                        .rule = INDEX_NONE,
                                        .record = record_of(comparison, &named),
                                        .amend = AMEND_REPLACE};
        if (tree_is(node, "applied")) {
            difference.rule = named.rule;
        }
        differences_add(comparison->out, &difference);
    }
}

void want_findings(const struct comparison *comparison, const struct tree *map)
{
    for (const struct tree *node = map->first; node != NULL; node = node->next) {
        if (text_is(node->key, "status")) {
            compare_status(comparison, node);
        } else if (text_is(node->key, "any")) {
            compare_any(comparison, node);
        } else {
            compare_rules(comparison, node);
        }
    }
}

/* --- evidence --- */

/* Tell whether a finding rests on a piece: one of its reads has it behind its value. */
static bool has_piece(const struct amicus_ruling *ruling, const struct finding *finding,
                      uint32_t piece)
{
    for (uint32_t i = 0; i < finding->looks.count; i++) {
        const struct read *read = ruling_read(ruling, finding->looks, i);
        for (uint32_t j = 0; j < read->evidence.count; j++) {
            if (ruling->evidence[read->evidence.first + j] == piece) {
                return true;
            }
        }
    }
    return false;
}

static bool is_cited(const struct comparison *comparison, const struct named_rule *named,
                     uint32_t piece)
{
    const struct amicus_ruling *ruling = comparison->ruling;
    for (uint32_t i = 0; i < ruling->finding_count; i++) {
        const struct finding *finding = &ruling->findings[i];
        if (finding->status == FINDING_APPLIED && is_of(comparison, finding, named) &&
            has_piece(ruling, finding, piece)) {
            return true;
        }
    }
    return false;
}

static void compare_piece(const struct comparison *comparison, const struct tree *list,
                          const struct tree *node)
{
    struct named_rule named = named_rule_of(&comparison->ruling->rulebook->image, list->key);
    const struct amicus_case *subject = comparison->ruling->subject;
    uint32_t kind = subject->vocabulary->evidence_kind;
    uint32_t piece = kind == KIND_NONE ? RECORD_NONE : case_find(subject, kind, node->text);
    if (piece == RECORD_NONE) {
        struct text nearest = kind == KIND_NONE ? ((struct text){"", 0})
                                                : map_nearest(subject->ids[kind], node->text);
        want_refuse(comparison, node->place, "evidence", node->text, nearest);
    } else if (!is_cited(comparison, &named, piece)) {
        struct difference difference = {.label = TEXT("cites"),
                                        .node = node,
                                        .list = list,
                                        .rule = INDEX_NONE,
                                        .record = RECORD_NONE,
                                        .amend = AMEND_DROP};
        difference.got = want_joined(comparison, named.id, text_of("does not rest on"));
        difference.got = want_joined(comparison, difference.got, node->text);
        if (!stands(comparison, &named, "applied")) {
            difference.rule = named.rule;
        }
        differences_add(comparison->out, &difference);
    }
}

void want_cites(const struct comparison *comparison, const struct tree *map)
{
    for (const struct tree *list = map->first; list != NULL; list = list->next) {
        for (const struct tree *node = list->first; node != NULL; node = node->next) {
            compare_piece(comparison, list, node);
        }
    }
}
