/*
 * Parameters: numbers with a date and a source.
 *
 * A parameter is a row of versions, each for a span of dates, and each with the readings that its
 * sources give: one, or several where published texts disagree. Spans may not overlap; a hole
 * between two of them is a warning, because a case may fall into it. All versions are of one type.
 */
#include "compiler.h"

#include "date.h"

#include <assert.h>
#include <stdlib.h>

#define DAY_S 86400

static const char *const VERSION_FIELDS[] = {"certainty", "conflict", "from",  "note", "seen",
                                             "source",    "to",       "value", NULL};
static const char *const READING_FIELDS[] = {"note", "source", "value", NULL};

/* A version while it is read: its place in the script, and the row that it becomes. */
struct version {
    const struct datum *map;
    struct version_row row;
};

/* A jail tells the line of a declaration, not of the tables in it: the name is looked for. */
static struct place version_place(const struct compiler *compiler, const struct draft *draft,
                                  const struct datum *map, struct text name)
{
    bool has_line = map->line > draft->line;
    return has_line ? compiler_place(compiler, draft->file, map->line, name)
                    : draft_place(compiler, draft, name);
}

/* The text by which a version can be found: its first day. */
static struct text first_day(const struct draft *draft, const struct datum *map)
{
    const struct datum *from = datum_find(map, "from");
    bool is_day = from != NULL && from->tag == DATUM_TEXT && !text_is(from->as.text, "unknown");
    return is_day ? from->as.text : draft->id;
}

static void refuse(struct compiler *compiler, const struct draft *draft, const struct datum *map,
                   const char *mend, const char *what)
{
    diagnostics_add(compiler->list, AMICUS_ERROR, "P0430",
                    version_place(compiler, draft, map, first_day(draft, map)), mend,
                    "param '%.*s': %s", SHOWN(draft->id), what);
}

static void check_fields(struct compiler *compiler, const struct draft *draft,
                         const struct datum *map, const char *const *names)
{
    for (uint32_t i = 0; i < map->count; i++) {
        struct text key = map->as.entries[i].key;
        unsigned at = 0;
        struct likeness likeness = likeness_to(key);
        for (; names[at] != NULL && !text_is(key, names[at]); at++) {
            likeness_try(&likeness, text_of(names[at]));
        }
        if (names[at] == NULL) {
            diagnostics_add(
                compiler->list, AMICUS_ERROR, "P0110", version_place(compiler, draft, map, key),
                mend_near(compiler, likeness.best), "a version of param '%.*s' has no field '%.*s'",
                SHOWN(draft->id), SHOWN(key));
        }
    }
}

static struct text text_field(struct compiler *compiler, const struct draft *draft,
                              const struct datum *map, const char *name)
{
    const struct datum *datum = datum_find(map, name);
    if (datum == NULL) {
        return text_of("");
    }
    if (datum->tag != DATUM_TEXT) {
        refuse(compiler, draft, map, "write a text", "a field that is a text holds something else");
        return text_of("");
    }
    return datum->as.text;
}

static text_at source_key(struct compiler *compiler, const struct draft *draft,
                          const struct datum *map)
{
    struct text key = text_field(compiler, draft, map, "source");
    bool is_known = text_is(key, "OURS") || draft_find(compiler, DECLARE_SOURCE, key) != NULL;
    if (!is_known) {
        struct text near = map_nearest(compiler->names[DECLARE_SOURCE], key);
        diagnostics_add(compiler->list, AMICUS_ERROR, "P0432",
                        version_place(compiler, draft, map, key),
                        near.length > 0 ? mend_near(compiler, near)
                                        : "write source = \"<key>\" of a declared source, or "
                                          "\"OURS\" for a number of our own",
                        key.length == 0 ? "param '%.*s' has a version without a source%.*s"
                                        : "param '%.*s' names the source '%.*s', which is not "
                                          "declared",
                        SHOWN(draft->id), SHOWN(key));
    }
    return compiler_text(compiler, key);
}

/* Take the value of a reading; its type must be that of the readings before. */
static void take_value(struct compiler *compiler, const struct draft *draft,
                       const struct datum *map, struct reading_row *reading, uint8_t *type)
{
    const struct datum *value = datum_find(map, "value");
    if (value == NULL) {
        refuse(compiler, draft, map, "write value = ..., or value = \"unknown\"",
               "a version has no value");
        return;
    }
    if (value->tag == DATUM_TEXT && text_is(value->as.text, "unknown")) {
        reading->is_unknown = 1;
        return;
    }
    struct constant constant;
    if (!constant_of(compiler, value, version_place(compiler, draft, map, text_of("value")),
                     &constant)) {
        return;
    }
    if (*type != TYPE_NONE && *type != constant.type) {
        diagnostics_add(compiler->list, AMICUS_ERROR, "P0434",
                        version_place(compiler, draft, map, text_of("value")),
                        "let all versions be of one type",
                        "param '%.*s' is of type %s and here of type %s", SHOWN(draft->id),
                        value_type_name((enum value_type) * type),
                        value_type_name((enum value_type)constant.type));
        return;
    }
    *type = constant.type;
    reading->n = constant.n;
    reading->unit = constant.unit;
    if (constant.type == TYPE_TEXT) {
        reading->n = compiler_text(compiler, constant.text);
    }
}

static void take_reading(struct compiler *compiler, const struct draft *draft,
                         const struct datum *map, uint8_t *type)
{
    struct reading_row reading = {.n = 0};
    take_value(compiler, draft, map, &reading, type);
    reading.source = source_key(compiler, draft, map);
    reading.note = compiler_text(compiler, text_field(compiler, draft, map, "note"));
    *(struct reading_row *)compiler_add(compiler, TABLE_READINGS) = reading;
}

static void take_readings(struct compiler *compiler, const struct draft *draft,
                          struct version *version, uint8_t *type)
{
    const struct datum *conflict = datum_find(version->map, "conflict");
    version->row.first_reading = compiler_count(compiler, TABLE_READINGS);
    if (conflict == NULL) {
        take_reading(compiler, draft, version->map, type);
        version->row.reading_count = 1;
        return;
    }
    bool is_pair = conflict->tag == DATUM_LIST && conflict->count >= 2;
    if (!is_pair || datum_find(version->map, "value") != NULL) {
        refuse(compiler, draft, version->map,
               "write conflict = { { value = ..., source = ... }, { ... } } and no value beside it",
               "a conflict is of two readings at least");
        return;
    }
    for (uint32_t i = 0; i < conflict->count; i++) {
        const struct datum *map = &conflict->as.items[i];
        if (map->tag != DATUM_MAP) {
            refuse(compiler, draft, version->map, "write { value = ..., source = ... }",
                   "a reading is no table");
            continue;
        }
        check_fields(compiler, draft, map, READING_FIELDS);
        take_reading(compiler, draft, map, type);
        version->row.reading_count += 1;
    }
}

static void take_span(struct compiler *compiler, const struct draft *draft, struct version *version)
{
    int32_t day = 0;
    const struct datum *from = datum_find(version->map, "from");
    const struct datum *to = datum_find(version->map, "to");
    const struct datum *seen = datum_find(version->map, "seen");
    version->row.from_s = INSTANT_MIN;
    version->row.until_s = INSTANT_MAX;
    version->row.seen_s = INSTANT_MIN;
    if (from == NULL) {
        refuse(compiler, draft, version->map, "write from = \"2017-01-01\", or from = \"unknown\"",
               "a version does not say from when it is");
    } else if (from->tag == DATUM_TEXT && text_is(from->as.text, "unknown")) {
        version->row.is_uncertain = 1;
    } else if (date_of(compiler, draft, from, &day)) {
        version->row.from_s = (int64_t)day * DAY_S;
    }
    if (to != NULL && date_of(compiler, draft, to, &day)) {
        version->row.until_s = ((int64_t)day + 1) * DAY_S;
    }
    if (seen != NULL && date_of(compiler, draft, seen, &day)) {
        version->row.seen_s = (int64_t)day * DAY_S;
    }
    if (version->row.from_s >= version->row.until_s) {
        refuse(compiler, draft, version->map, "let `to` be its last day",
               "a version ends before "
               "it begins");
    }
}

static void take_certainty(struct compiler *compiler, const struct draft *draft,
                           struct version *version)
{
    static const char *const WORDS[] = {"published", "inferred",      "copy",
                                        "reported",  "unit_inferred", NULL};
    struct text word = text_field(compiler, draft, version->map, "certainty");
    unsigned at = 0;
    while (WORDS[at] != NULL && !text_is(word, WORDS[at])) {
        at += 1;
    }
    if (word.length > 0 && WORDS[at] == NULL) {
        diagnostics_add(compiler->list, AMICUS_ERROR, "P0114",
                        version_place(compiler, draft, version->map, word),
                        "write one of: published inferred copy reported unit_inferred",
                        "param '%.*s' says '%.*s', which is no word that may stand here",
                        SHOWN(draft->id), SHOWN(word));
    }
    if (text_is(word, "inferred")) {
        version->row.is_uncertain = 1;
    }
}

static int order_versions(const void *left, const void *right)
{
    const struct version *a = left;
    const struct version *b = right;
    if (a->row.from_s != b->row.from_s) {
        return a->row.from_s < b->row.from_s ? -1 : 1;
    }
    return a->row.until_s < b->row.until_s ? -1 : a->row.until_s > b->row.until_s;
}

static void check_spans(struct compiler *compiler, const struct draft *draft,
                        const struct version *versions, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        int64_t end_s = versions[i - 1].row.until_s;
        int64_t next_s = versions[i].row.from_s;
        if (end_s > next_s) {
            refuse(compiler, draft, versions[i].map,
                   "end the earlier one the day before (to = ...), or write conflict = { ... }",
                   "two versions overlap");
        } else if (end_s < next_s) {
            diagnostics_add(
                compiler->list, AMICUS_WARNING, "P0431",
                version_place(compiler, draft, versions[i].map, first_day(draft, versions[i].map)),
                "close it, or say value = \"unknown\" for the time between",
                "param '%.*s' has no version for the time before this one", SHOWN(draft->id));
        }
    }
}

static int order_texts(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left;
    uint32_t b = *(const uint32_t *)right;
    return a < b ? -1 : a > b;
}

/* The texts of one version, from `found` on. returns how many there are then. */
static uint32_t texts_of(const struct compiler *compiler, const struct version_row *version,
                         uint32_t *texts, uint32_t found)
{
    for (uint32_t i = 0; i < version->reading_count; i++) {
        const struct reading_row *reading =
            compiler_row(compiler, TABLE_READINGS, version->first_reading + i);
        if (!reading->is_unknown) {
            texts[found++] = (uint32_t)reading->n;
        }
    }
    return found;
}

/* Take out what stands twice in ascending numbers. */
static uint32_t without_doubles(uint32_t *numbers, uint32_t count)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (kept == 0 || numbers[i] != numbers[kept - 1]) {
            numbers[kept++] = numbers[i];
        }
    }
    return kept;
}

/* The values that a text parameter can have, each once, so that a misspelt one can be refused. */
static void collect_texts(struct compiler *compiler, struct param_row *row)
{
    const struct version_row *versions = compiler_row(compiler, TABLE_VERSIONS, row->first_version);
    uint32_t total = 0;
    for (uint32_t i = 0; i < row->version_count; i++) {
        total += versions[i].reading_count;
    }
    uint32_t *texts = compiler_give(compiler, total, sizeof *texts);
    if (texts == NULL || total == 0) {
        return;
    }
    uint32_t found = 0;
    for (uint32_t i = 0; i < row->version_count; i++) {
        found = texts_of(compiler, &versions[i], texts, found);
    }
    qsort(texts, found, sizeof *texts, order_texts);
    row->enum_count = without_doubles(texts, found);
    row->enum_fact = compiler_indices(compiler, texts, row->enum_count);
}

static uint8_t declared_type(struct compiler *compiler, const struct draft *draft)
{
    static const struct word TYPES[] = {
        {"bool", TYPE_BOOL}, {"int", TYPE_INT},           {"bps", TYPE_BPS}, {"money", TYPE_MONEY},
        {"text", TYPE_TEXT}, {"duration", TYPE_DURATION}, {NULL, TYPE_NONE}};
    return draft_word(compiler, draft, FIELD_TYPE, TYPES, TYPE_NONE);
}

/* Versions come back ascending, so that their readings are numbered in that order too. */
static struct version *read_versions(struct compiler *compiler, const struct draft *draft,
                                     uint32_t *count, uint8_t *type)
{
    const struct datum *list = draft->fields[FIELD_VERSIONS];
    *count = list == NULL ? 0 : list->count;
    struct version *versions = compiler_give(compiler, *count, sizeof *versions);
    for (uint32_t i = 0; versions != NULL && i < *count; i++) {
        versions[i].map = &list->as.items[i];
        check_fields(compiler, draft, versions[i].map, VERSION_FIELDS);
        take_span(compiler, draft, &versions[i]);
        take_certainty(compiler, draft, &versions[i]);
    }
    if (versions == NULL) {
        *count = 0;
    }
    if (*count > 0) {
        qsort(versions, *count, sizeof *versions, order_versions);
    }
    for (uint32_t i = 0; i < *count; i++) {
        take_readings(compiler, draft, &versions[i], type);
    }
    return versions;
}

static void declare_param(struct compiler *compiler, struct draft *draft)
{
    struct param_row row = {.name = compiler_text(compiler, draft->id),
                            .title = compiler_text(compiler, draft_text(draft, FIELD_TITLE)),
                            .type = declared_type(compiler, draft),
                            .origin = {draft->file, draft->line}};
    row.anchor = draft_word(compiler, draft, FIELD_ANCHOR, ANCHOR_WORDS, ANCHOR_FILED);
    uint32_t count = 0;
    struct version *versions = read_versions(compiler, draft, &count, &row.type);
    if (count > 0) {
        check_spans(compiler, draft, versions, count);
        if (row.type == TYPE_NONE) {
            refuse(compiler, draft, versions[0].map,
                   "say type = \"duration\" (or bool, int, bps, money, text)",
                   "no version gives a value, so its type cannot be told");
        }
    }
    row.first_version = compiler_count(compiler, TABLE_VERSIONS);
    row.version_count = count;
    for (uint32_t i = 0; i < count; i++) {
        *(struct version_row *)compiler_add(compiler, TABLE_VERSIONS) = versions[i].row;
    }
    if (row.type == TYPE_TEXT && count > 0 && compiler->status == AMICUS_OK) {
        collect_texts(compiler, &row);
    }
    draft->row = compiler_count(compiler, TABLE_PARAMS);
    *(struct param_row *)compiler_add(compiler, TABLE_PARAMS) = row;
}

void declare_params(struct compiler *compiler)
{
    assert(compiler != NULL);
    assert(compiler_count(compiler, TABLE_PARAMS) == 0);
    drafts_each(compiler, DECLARE_PARAM, declare_param);
}
