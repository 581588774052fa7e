/*
 * A ruling as lines of words.
 *
 * Scripts cut these lines at spaces, so every field is one word but money, which is two ("USD
 * 1200.00", as in a case), and the last field, which may be a sentence. A field that is empty is
 * "-", so that the words behind it keep their numbers. Foreign text is visible, on one line.
 */
#include "render_plain.h"

#include "date.h"
#include "exhibit.h"
#include "money.h"

#include <assert.h>

/* What the functions of this file pass around. */
struct lines {
    struct builder *out;
    const struct amicus_ruling *ruling;
    const struct image *image;
    struct text id;
};

static void put(struct lines *lines, struct text text)
{
    builder_putc(lines->out, ' ');
    builder_put(lines->out, text.length > 0 ? text : text_of("-"));
}

static void puts_word(struct lines *lines, const char *word)
{
    put(lines, text_of(word));
}

static void start(struct lines *lines, const char *word)
{
    builder_puts(lines->out, word);
    put(lines, lines->id);
}

static void put_visible(struct lines *lines, struct text text)
{
    put(lines, layout_visible(lines->out->arena, text));
}

static void put_record(struct lines *lines, uint32_t record)
{
    put_visible(lines, record == RECORD_ROOT || record == RECORD_NONE
                           ? text_of("case")
                           : lines->ruling->subject->records[record].id);
}

static void put_money(struct lines *lines, const char *label, int64_t minor)
{
    puts_word(lines, label);
    builder_putc(lines->out, ' ');
    money_write(lines->out, minor, lines->ruling->currency);
}

static void end(struct lines *lines)
{
    builder_putc(lines->out, '\n');
}

static void put_division(struct lines *lines, const amicus_division *division)
{
    put_money(lines, "held", division->held_minor);
    put_money(lines, "freelancer", division->to_freelancer_minor);
    put_money(lines, "client", division->to_client_minor);
    put_money(lines, "fees", division->fees_minor);
    put_money(lines, "stays", division->stays_held_minor);
}

static void put_top(struct lines *lines)
{
    char digest[DIGEST_HEX];
    digest_write(digest, lines->image->digest);
    start(lines, "outcome");
    puts_word(lines, outcome_name((enum outcome)lines->ruling->outcome));
    end(lines);
    start(lines, "policy");
    put(lines, image_text(lines->image, lines->image->name));
    put(lines, image_text(lines->image, lines->image->version));
    puts_word(lines, digest);
    end(lines);
    start(lines, "as_of");
    builder_putc(lines->out, ' ');
    instant_write(lines->out, lines->ruling->instants.as_of_s);
    end(lines);
    if (lines->ruling->instants.has_policy_date) {
        start(lines, "policy_date");
        builder_putc(lines->out, ' ');
        instant_write(lines->out, lines->ruling->instants.policy_date_s);
        end(lines);
    }
}

static void put_items(struct lines *lines)
{
    for (uint32_t i = 0; i < lines->ruling->item_count; i++) {
        const struct item_result *item = &lines->ruling->items[i];
        start(lines, "item");
        put_record(lines, item->record);
        puts_word(lines, outcome_name((enum outcome)item->outcome));
        put_division(lines, &item->division);
        puts_word(lines, "remedy");
        put(lines, item->remedy == INDEX_NONE
                       ? text_of("-")
                       : image_text(lines->image, lines->image->remedies[item->remedy].id));
        end(lines);
    }
    start(lines, "total");
    put_division(lines, &lines->ruling->totals);
    end(lines);
}

static void put_steps(struct lines *lines)
{
    const struct next_result *next = &lines->ruling->next;
    if (next->is_known) {
        start(lines, "next");
        puts_word(lines, party_name((enum party)next->actor));
        builder_putc(lines->out, ' ');
        if (next->has_due) {
            instant_write(lines->out, next->due_s);
        } else {
            builder_putc(lines->out, '-');
        }
        put_visible(lines, next->step);
        end(lines);
    }
    const struct fallback_result *fallback = &lines->ruling->if_nobody_acts;
    if (fallback->is_known) {
        const struct fallback_row *row = &lines->image->fallbacks[fallback->row];
        start(lines, "stage");
        put(lines, image_text(lines->image, row->id));
        put_visible(lines, image_text(lines->image, row->title));
        end(lines);
        start(lines, "silence");
        puts_word(lines, outcome_name((enum outcome)fallback->outcome));
        put(lines, fallback->clause);
        put_visible(lines, fallback->because);
        end(lines);
    }
}

static void put_finding(struct lines *lines, const struct finding *finding)
{
    const struct rule_row *rule = &lines->image->rules[finding->rule];
    if (finding->status == FINDING_NOT_APPLIED) {
        return;
    }
    start(lines, "finding");
    put(lines, image_text(lines->image, rule->id));
    put_record(lines, finding->record);
    puts_word(lines, rule->issue == INDEX_NONE ? "undercut"
                     : rule->side == SIDE_FOR  ? "for"
                                               : "against");
    puts_word(lines, finding_status_name((enum finding_status)finding->status));
    put(lines, image_text(lines->image, rule->clause));
    end(lines);
}

static void put_issues(struct lines *lines)
{
    for (uint32_t i = 0; i < lines->ruling->issue_count; i++) {
        const struct issue_result *result = &lines->ruling->issues[i];
        start(lines, "issue");
        put(lines, image_text(lines->image, lines->image->issues[result->issue].name));
        put_record(lines, result->record);
        puts_word(lines, label_name((enum label)result->label));
        puts_word(lines, label_name((enum label)result->taken));
        puts_word(lines, result->on_burden          ? "burden"
                         : result->whatever_unknown ? "whatever"
                                                    : "facts");
        end(lines);
    }
    for (uint32_t i = 0; i < lines->ruling->finding_count; i++) {
        put_finding(lines, &lines->ruling->findings[i]);
    }
}

static void put_missing(struct lines *lines)
{
    for (uint32_t i = 0; i < lines->ruling->missing_count; i++) {
        const struct missing_result *missing = &lines->ruling->missing[i];
        start(lines, "missing");
        put(lines, exhibit_path(lines->out->arena, lines->ruling->subject, missing->record,
                                missing->fact, missing->kind));
        puts_word(lines, missing->could_change ? "could_change" : "no_change");
        builder_putc(lines->out, ' ');
        money_write(lines->out, missing->at_stake_minor, lines->ruling->currency);
        end(lines);
    }
}

static void put_conflict(struct lines *lines, const struct conflict_result *conflict)
{
    start(lines, "conflict");
    builder_putc(lines->out, ' ');
    for (uint32_t i = 0; i < conflict->rules.count; i++) {
        uint32_t row = lines->ruling->conflict_rules[conflict->rules.first + i];
        builder_puts(lines->out, i > 0 ? "," : "");
        builder_put(lines->out, image_text(lines->image, conflict->issue == INDEX_NONE
                                                             ? lines->image->remedies[row].id
                                                             : lines->image->rules[row].id));
    }
    put_visible(lines, conflict->because);
    end(lines);
}

static void put_warnings(struct lines *lines)
{
    for (uint32_t i = 0; i < lines->ruling->conflict_count; i++) {
        put_conflict(lines, &lines->ruling->conflicts[i]);
    }
    for (uint32_t i = 0; i < lines->ruling->flag_count; i++) {
        const struct flag_result *flag = &lines->ruling->flags[i];
        start(lines, "flag");
        put(lines, flag->code);
        put_record(lines, flag->record);
        put_visible(lines, flag->because);
        end(lines);
    }
}

void ruling_write_plain(struct builder *builder, const struct amicus_ruling *ruling)
{
    assert(builder != NULL);
    assert(ruling != NULL && ruling->rulebook != NULL);
    struct lines lines = {builder, ruling, &ruling->rulebook->image, {NULL, 0}};
    lines.id = layout_visible(builder->arena, ruling->subject->id);
    put_top(&lines);
    put_items(&lines);
    put_steps(&lines);
    put_issues(&lines);
    put_missing(&lines);
    put_warnings(&lines);
}
