/*
 * Findings and issues in the ruling's JSON.
 *
 * Findings are written by issue, record and rule; issues by record as in the case, then by name.
 * Findings that did not apply are left out: they are many, and explain nothing that was
 * recommended. They stay in the ruling for whoever asks why not.
 *
 * An undercutter argues about no issue of its own; it is written under the issue of the rule that
 * it attacks, with the side "undercut".
 */
#include "json_writer.h"

#include <assert.h>
#include <stdlib.h>

static void put_waiting(struct writer *writer, struct span waiting)
{
    pen_key(&writer->pen, "waiting_for");
    pen_open(&writer->pen, '[');
    for (uint32_t i = 0; i < waiting.count; i++) {
        const uint32_t read = writer->ruling->waiting[waiting.first + i];
        pen_item(&writer->pen);
        builder_put_json(writer->pen.builder,
                         writer_read_path(writer, &writer->ruling->reads[read]));
    }
    pen_close(&writer->pen, ']');
}

/* The source of the provision that a rule cites, or empty. */
static struct text source_of(const struct writer *writer, struct text clause)
{
    const struct image *image = writer->image;
    const uint32_t row = image_find_provision(image, clause);
    if (row == INDEX_NONE || image->provisions[row].source_count == 0) {
        return (struct text){"", 0};
    }
    return image_text(image,
                      image->sources[image->indices[image->provisions[row].first_source]].key);
}

static const char *side_name(const struct rule_row *rule)
{
    return rule->issue == INDEX_NONE ? "undercut" : rule->side == SIDE_FOR ? "for" : "against";
}

static void put_finding(struct writer *writer, const struct issue_result *result,
                        const struct finding *finding)
{
    struct json_pen *pen = &writer->pen;
    const struct image *image = writer->image;
    const struct rule_row *rule = &image->rules[finding->rule];
    const struct text clause = image_text(image, rule->clause);
    pen_item(pen);
    pen_open(pen, '{');
    pen_text(pen, "because", finding->because);
    writer_put_rules(writer, "by", writer->ruling->by + finding->by.first, finding->by.count);
    writer_put_cites(writer, finding->looks);
    pen_text(pen, "clause", clause);
    pen_text(pen, "issue", image_text(image, image->issues[result->issue].name));
    writer_put_item(writer, finding->item);
    writer_put_reads(writer, finding->looks);
    writer_put_record(writer, finding->record, finding->item);
    pen_text(pen, "rule", image_text(image, rule->id));
    pen_text(pen, "side", text_of(side_name(rule)));
    pen_text_or_null(pen, "source", source_of(writer, clause));
    pen_text(pen, "status", text_of(finding_status_name((enum finding_status)finding->status)));
    pen_text(pen, "title", image_text(image, rule->title));
    put_waiting(writer, finding->waiting);
    pen_close(pen, '}');
}

/* From here on arrays of pointers are sorted. NOLINTBEGIN(bugprone-sizeof-expression) */
static int by_rule(const void *left, const void *right)
{
    const struct finding *a = *(const struct finding *const *)left;
    const struct finding *b = *(const struct finding *const *)right;
    return a->rule < b->rule ? -1 : a->rule > b->rule;
}

static void put_result_findings(struct writer *writer, const struct issue_result *result)
{
    const uint32_t count = result->findings.count;
    const struct finding **sorted = arena_give_array(writer->ruling->arena, count, sizeof *sorted);
    if (sorted == NULL) {
        writer->pen.builder->failed = true;
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        sorted[i] = &writer->ruling->findings[result->findings.first + i];
    }
    if (count > 1) {
        qsort(sorted, count, sizeof *sorted, by_rule);
    }
    for (uint32_t i = 0; i < count; i++) {
        if (sorted[i]->status != FINDING_NOT_APPLIED) {
            put_finding(writer, result, sorted[i]);
        }
    }
}

/* Issue results lie by issue, which are sorted by name, and then by record: the order wanted. */
void writer_put_findings(struct writer *writer)
{
    assert(writer != NULL);
    assert(writer->ruling->issue_count == 0 || writer->ruling->issues != NULL);
    pen_key(&writer->pen, "findings");
    pen_open(&writer->pen, '[');
    for (uint32_t i = 0; i < writer->ruling->issue_count; i++) {
        put_result_findings(writer, &writer->ruling->issues[i]);
    }
    pen_close(&writer->pen, ']');
}

static void put_issue(struct writer *writer, const struct issue_result *result)
{
    struct json_pen *pen = &writer->pen;
    const struct issue_row *issue = &writer->image->issues[result->issue];
    pen_item(pen);
    pen_open(pen, '{');
    pen_text_or_null(
        pen, "burden",
        text_of(result->burden == PARTY_NONE ? "" : party_name((enum party)result->burden)));
    pen_bool(pen, "conflict", result->is_conflict);
    pen_text(pen, "issue", image_text(writer->image, issue->name));
    writer_put_item(writer, result->item);
    pen_text(pen, "label", text_of(label_name((enum label)result->label)));
    pen_bool(pen, "on_burden", result->on_burden);
    writer_put_record(writer, result->record, result->item);
    pen_text(pen, "standard", text_of(proof_name((enum proof)issue->proof)));
    pen_text(pen, "taken", text_of(label_name((enum label)result->taken)));
    if (result->whatever_unknown) {
        pen_bool(pen, "whatever_unknown", true);
    }
    pen_close(pen, '}');
}

static int by_record(const void *left, const void *right)
{
    const struct issue_result *a = *(const struct issue_result *const *)left;
    const struct issue_result *b = *(const struct issue_result *const *)right;
    if (a->record != b->record) {
        return a->record < b->record ? -1 : 1;
    }
    return a->issue < b->issue ? -1 : a->issue > b->issue;
}

void writer_put_issues(struct writer *writer)
{
    assert(writer != NULL);
    assert(writer->ruling->issue_count == 0 || writer->ruling->issues != NULL);
    const uint32_t count = writer->ruling->issue_count;
    const struct issue_result **sorted =
        arena_give_array(writer->ruling->arena, count, sizeof *sorted);
    pen_key(&writer->pen, "issues");
    pen_open(&writer->pen, '[');
    for (uint32_t i = 0; sorted != NULL && i < count; i++) {
        sorted[i] = &writer->ruling->issues[i];
    }
    if (sorted == NULL) {
        writer->pen.builder->failed = true;
    } else if (count > 1) {
        qsort(sorted, count, sizeof *sorted, by_record);
    }
    for (uint32_t i = 0; sorted != NULL && i < count; i++) {
        put_issue(writer, sorted[i]);
    }
    pen_close(&writer->pen, ']');
}
/* NOLINTEND(bugprone-sizeof-expression) */
