/*
 * One page for each name: fields, in the order in which a reader asks.
 *
 * Names of different things may be equal (an issue and a flag). They are tried in the order rule,
 * issue, remedy, flag, parameter, provision, and the first is shown, because rules are what
 * findings cite. Conditions are printed by the image itself (image_write_node), so that a page can
 * never say something else than what is evaluated.
 */
#include "page.h"

#include "date.h"
#include "exhibit.h"
#include "money.h"

#include <assert.h>

/* What the functions of this file pass around. */
struct work {
    struct outline *outline;
    const struct image *image;
};

static void add_field(struct outline *outline, const char *label, struct text says)
{
    if (says.length == 0) {
        return;
    }
    struct branch *branch = outline_add(outline, &outline->root, "field");
    branch->name = text_of(label);
    branch->says = outline_visible(outline, says);
}

static void add_name(struct work *work, const char *label, text_at at)
{
    add_field(work->outline, label, image_text(work->image, at));
}

static void add_node(struct work *work, const char *label, uint32_t node)
{
    if (node == NODE_NONE) {
        return;
    }
    struct builder builder;
    builder_start(&builder, work->outline->arena);
    image_write_node(&builder, work->image, node);
    add_field(work->outline, label, outline_text(work->outline, &builder));
}

static void set_root(struct work *work, const char *kind, text_at name, text_at title)
{
    struct branch *root = &work->outline->root;
    root->kind = kind;
    root->name = image_text(work->image, name);
    root->state = text_of(kind);
    root->says = outline_visible(work->outline, image_text(work->image, title));
}

static void add_origin(struct work *work, struct origin origin)
{
    add_field(work->outline, "written", exhibit_origin(work->outline->arena, work->image, origin));
}

static void add_kind(struct work *work, uint32_t kind)
{
    add_field(work->outline, "of each", work->image->vocabulary->kinds[kind].one);
}

static void add_sources(struct work *work, const struct provision_row *provision)
{
    for (uint32_t i = 0; i < provision->source_count; i++) {
        const struct source_row *source =
            &work->image->sources[work->image->indices[provision->first_source + i]];
        struct builder builder;
        builder_start(&builder, work->outline->arena);
        builder_put(&builder, image_text(work->image, source->key));
        builder_puts(&builder, ": ");
        builder_put(&builder, image_text(work->image, source->title));
        struct text address = image_text(work->image, source->address);
        if (address.length > 0) {
            builder_puts(&builder, ", ");
            builder_put(&builder, address);
        }
        add_field(work->outline, "source", outline_text(work->outline, &builder));
    }
}

static void add_clause(struct work *work, text_at clause)
{
    struct text id = image_text(work->image, clause);
    if (id.length == 0) {
        return;
    }
    uint32_t row = image_find_provision(work->image, id);
    if (row == INDEX_NONE) {
        add_field(work->outline, "clause", id);
        return;
    }
    const struct provision_row *provision = &work->image->provisions[row];
    struct text title = image_text(work->image, provision->title);
    add_field(work->outline, "clause",
              outline_putf(work->outline, "%.*s: %.*s", (int)id.length, id.at, (int)title.length,
                           title.length ? title.at : ""));
    add_name(work, "figure", provision->number);
    add_sources(work, provision);
}

/* A list of rule ids, from a span of indices. */
static void add_rules(struct work *work, const char *label, uint32_t first, uint32_t count)
{
    struct builder builder;
    builder_start(&builder, work->outline->arena);
    for (uint32_t i = 0; i < count; i++) {
        builder_puts(&builder, i == 0 ? "" : ", ");
        builder_put(&builder, image_text(work->image,
                                         work->image->rules[work->image->indices[first + i]].id));
    }
    add_field(work->outline, label, outline_text(work->outline, &builder));
}

static void add_period(struct work *work, int64_t from_s, int64_t until_s)
{
    if (from_s == INSTANT_MIN && until_s == INSTANT_MAX) {
        return;
    }
    struct builder builder;
    builder_start(&builder, work->outline->arena);
    if (from_s != INSTANT_MIN) {
        builder_puts(&builder, "from ");
        date_write(&builder, instant_day(from_s));
    }
    if (until_s != INSTANT_MAX) {
        builder_puts(&builder, from_s == INSTANT_MIN ? "to " : " to ");
        date_write(&builder, instant_day(until_s - 1));
    }
    add_field(work->outline, "in force", outline_text(work->outline, &builder));
}

static void explain_rule(struct work *work, uint32_t row)
{
    const struct rule_row *rule = &work->image->rules[row];
    bool is_undercutter = rule->issue == INDEX_NONE;
    set_root(work, is_undercutter ? "undercutter" : "rule", rule->id, rule->title);
    if (!is_undercutter) {
        struct text issue = image_text(work->image, work->image->issues[rule->issue].name);
        add_field(work->outline, "argues",
                  outline_putf(work->outline, "%s %.*s", rule->side == SIDE_FOR ? "for" : "against",
                               (int)issue.length, issue.at));
    }
    add_kind(work, rule->kind);
    add_node(work, "when", rule->when);
    add_node(work, "unless", rule->unless);
    add_field(work->outline, "layer", text_of(layer_name((enum layer)rule->layer)));
    add_rules(work, "beats", rule->first_beaten, rule->beaten_count);
    add_rules(work, "undercut by", rule->first_undercutter, rule->undercutter_count);
    add_name(work, "strength", rule->strength);
    add_period(work, rule->from_s, rule->until_s);
    add_clause(work, rule->clause);
    add_origin(work, rule->origin);
}

static void explain_issue(struct work *work, uint32_t row)
{
    const struct issue_row *issue = &work->image->issues[row];
    set_root(work, "issue", issue->name, issue->title);
    add_kind(work, issue->kind);
    add_field(work->outline, "claimant", text_of(party_name((enum party)issue->claimant)));
    add_field(work->outline, "burden", text_of(party_name((enum party)issue->burden)));
    add_field(work->outline, "standard", text_of(proof_name((enum proof)issue->proof)));
    for (uint32_t i = 0; i < issue->rule_count; i++) {
        const struct rule_row *rule =
            &work->image->rules[work->image->indices[issue->first_rule + i]];
        add_name(work, rule->side == SIDE_FOR ? "for" : "against", rule->id);
    }
    add_origin(work, issue->origin);
}

static void explain_remedy(struct work *work, uint32_t row)
{
    static const char *const STRATA[] = {"", "merits", "silence", "bar"};
    const struct remedy_row *remedy = &work->image->remedies[row];
    set_root(work, "remedy", remedy->id, remedy->title);
    add_field(work->outline, "outcome", text_of(outcome_name((enum outcome)remedy->outcome)));
    add_kind(work, remedy->kind);
    add_node(work, "when", remedy->when);
    add_node(work, "freelancer", remedy->freelancer);
    if (remedy->stratum < sizeof STRATA / sizeof STRATA[0]) {
        add_field(work->outline, "stratum", text_of(STRATA[remedy->stratum]));
    }
    add_clause(work, remedy->clause);
    add_origin(work, remedy->origin);
}

static void explain_flag(struct work *work, uint32_t row)
{
    const struct flag_row *flag = &work->image->flags[row];
    set_root(work, "flag", flag->code, 0);
    add_kind(work, flag->kind);
    add_node(work, "when", flag->when);
    add_clause(work, flag->clause);
    add_origin(work, flag->origin);
}

static void put_reading(struct builder *builder, const struct work *work, uint8_t type,
                        const struct reading_row *reading)
{
    if (reading->is_unknown) {
        builder_puts(builder, "unknown");
    } else if (type == TYPE_DURATION) {
        duration_write_plain(builder, reading->n, reading->unit);
    } else if (type == TYPE_MONEY) {
        money_write_grouped(builder, reading->n, reading->unit);
    } else if (type == TYPE_BOOL) {
        builder_puts(builder, reading->n ? "true" : "false");
    } else if (type == TYPE_TEXT || type == TYPE_ENUM) {
        builder_put(builder, image_text(work->image, (text_at)reading->n));
    } else {
        builder_put_int(builder, reading->n);
    }
    builder_puts(builder, " [");
    builder_put(builder, image_text(work->image, reading->source));
    builder_putc(builder, ']');
}

static void put_version(struct builder *builder, const struct work *work, uint8_t type,
                        const struct version_row *version)
{
    if (version->from_s == INSTANT_MIN) {
        builder_puts(builder, "any time");
    } else {
        builder_puts(builder, "from ");
        date_write(builder, instant_day(version->from_s));
    }
    if (version->until_s != INSTANT_MAX) {
        builder_puts(builder, " to ");
        date_write(builder, instant_day(version->until_s - 1));
    }
    for (uint32_t i = 0; i < version->reading_count; i++) {
        builder_puts(builder, i == 0 ? ": " : " or ");
        put_reading(builder, work, type, &work->image->readings[version->first_reading + i]);
    }
    builder_puts(builder, version->reading_count > 1 ? " (the published texts disagree)" : "");
    builder_puts(builder, version->is_uncertain ? " (the period is not certain)" : "");
}

static void explain_param(struct work *work, uint32_t row)
{
    static const char *const ANCHORS[] = {"", "the contract was formed", "the dispute was filed",
                                          "the event"};
    const struct param_row *param = &work->image->params[row];
    set_root(work, "parameter", param->name, param->title);
    if (param->anchor < sizeof ANCHORS / sizeof ANCHORS[0]) {
        add_field(work->outline, "as of", text_of(ANCHORS[param->anchor]));
    }
    for (uint32_t i = 0; i < param->version_count; i++) {
        struct builder builder;
        builder_start(&builder, work->outline->arena);
        put_version(&builder, work, param->type, &work->image->versions[param->first_version + i]);
        add_field(work->outline, "version", outline_text(work->outline, &builder));
    }
    add_origin(work, param->origin);
}

static void explain_provision(struct work *work, uint32_t row)
{
    const struct provision_row *provision = &work->image->provisions[row];
    set_root(work, "provision", provision->id, provision->title);
    add_field(work->outline, "layer", text_of(layer_name((enum layer)provision->layer)));
    add_name(work, "figure", provision->number);
    add_sources(work, provision);
    for (uint32_t i = 0; i < work->image->rule_count; i++) {
        if (text_equal(image_text(work->image, work->image->rules[i].clause),
                       work->outline->root.name)) {
            add_name(work, "rule", work->image->rules[i].id);
        }
    }
    add_origin(work, provision->origin);
}

static uint32_t find_remedy(const struct image *image, struct text name)
{
    for (uint32_t i = 0; i < image->remedy_count; i++) {
        if (text_equal(image_text(image, image->remedies[i].id), name)) {
            return i;
        }
    }
    return INDEX_NONE;
}

static uint32_t find_flag(const struct image *image, struct text name)
{
    for (uint32_t i = 0; i < image->flag_count; i++) {
        if (text_equal(image_text(image, image->flags[i].code), name)) {
            return i;
        }
    }
    return INDEX_NONE;
}

/* What can be explained: how to find it, and how to say it. */
struct noun {
    uint32_t (*find)(const struct image *image, struct text name);
    void (*explain)(struct work *work, uint32_t row);
};

static const struct noun NOUNS[] = {
    {image_find_rule, explain_rule},   {image_find_issue, explain_issue},
    {find_remedy, explain_remedy},     {find_flag, explain_flag},
    {image_find_param, explain_param}, {image_find_provision, explain_provision},
};

amicus_status page_of_policy(struct outline *outline, const struct image *image, struct text name)
{
    assert(outline != NULL && outline->arena != NULL);
    assert(image != NULL);
    struct work work = {outline, image};
    for (size_t i = 0; i < sizeof NOUNS / sizeof NOUNS[0]; i++) {
        uint32_t row = NOUNS[i].find(image, name);
        if (row != INDEX_NONE) {
            NOUNS[i].explain(&work, row);
            return outline_end(outline);
        }
    }
    return AMICUS_NOT_FOUND;
}

static void add_members(struct outline *outline, const struct fact *fact)
{
    for (uint32_t i = 0; i < fact->member_count; i++) {
        const struct member *member = &fact->members[i];
        struct branch *branch = outline_add(outline, &outline->root, "member");
        branch->name = text_of("value");
        branch->says = member->name;
        if (member->helps != PARTY_NONE) {
            branch->says = outline_putf(outline, "%.*s (helps the %s)", (int)member->name.length,
                                        member->name.at, party_name((enum party)member->helps));
        }
    }
}

static void add_helped(struct outline *outline, const char *label, uint8_t party)
{
    if (party != PARTY_NONE) {
        add_field(outline, label, text_of(party_name((enum party)party)));
    }
}

amicus_status page_of_fact(struct outline *outline, const struct vocabulary *vocabulary,
                           struct text path)
{
    assert(outline != NULL && outline->arena != NULL);
    assert(vocabulary != NULL);
    uint32_t number = vocabulary_find_path(vocabulary, path);
    if (number == FACT_NONE) {
        return AMICUS_NOT_FOUND;
    }
    const struct fact *fact = &vocabulary->facts[number];
    outline->root.kind = "fact";
    outline->root.name = fact->path;
    outline->root.state = text_of(fact->derived == FACT_NONE ? "fact" : "derived fact");
    outline->root.says = outline_visible(outline, fact->meaning);
    add_field(outline, "type", text_of(value_type_name((enum value_type)fact->type)));
    add_field(outline, "unit", fact->unit);
    add_members(outline, fact);
    add_helped(outline, "true helps", fact->helps_true);
    add_helped(outline, "false helps", fact->helps_false);
    if (fact->knows != 0) {
        add_field(outline, "known to", exhibit_parties(outline->arena, fact->knows));
    }
    add_field(outline, "question", fact->question);
    if (fact->needs_finding) {
        add_field(outline, "finding", text_of("a party's word is at most a claim"));
    }
    if (fact->no_merits) {
        add_field(outline, "merits", text_of("no rule on the merits may read it"));
    }
    return outline_end(outline);
}

static const struct code_page *find_code(const struct code_table *table, struct text code)
{
    for (size_t i = 0; i < table->count; i++) {
        if (table->pages[i].code != NULL && text_is(code, table->pages[i].code)) {
            return &table->pages[i];
        }
    }
    return NULL;
}

amicus_status page_of_code(struct outline *outline, const struct code_table *const *tables,
                           size_t count, struct text code)
{
    assert(outline != NULL && outline->arena != NULL);
    assert(tables != NULL || count == 0);
    for (size_t i = 0; i < count; i++) {
        const struct code_page *page = find_code(tables[i], code);
        if (page != NULL) {
            outline->root.kind = "code";
            outline->root.name = text_of(page->code);
            outline->root.says = text_of(page->title);
            struct branch *branch = outline_add(outline, &outline->root, "text");
            branch->says = text_of(page->explain);
            return outline_end(outline);
        }
    }
    return AMICUS_NOT_FOUND;
}
