/*
 * How declarations become drafts.
 *
 * One table says which fields each kind of declaration has, which of them it must have, and of what
 * shape they are. Everything that can be said without looking a name up is said here, for all
 * declarations of all files: unknown fields with the nearest known one, missing fields, wrong
 * shapes, ids that are no names, ids declared twice. A field with a fault becomes "not given", so
 * that the steps after this one see only what is well formed and report only what is theirs.
 *
 * Drafts are sorted by id, kind by kind. Every later number (rows, nodes, texts) follows from that
 * order, which is why the order of files and declarations leaves no trace in the image.
 */
#include "draft.h"

#include "compiler.h"
#include "limit.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define ID_BYTES 80

enum shape {
    SHAPE_TEXT,       /* a text */
    SHAPE_TEXTS,      /* a text or a list of texts */
    SHAPE_LIST,       /* a list of texts */
    SHAPE_CONDITION,  /* a node */
    SHAPE_EXPRESSION, /* a node or a bare constant */
    SHAPE_MAP,        /* a table with keys */
    SHAPE_VERSIONS    /* a list of tables with keys */
};

static const char *const SHAPE_WORDS[] = {
    [SHAPE_TEXT] = "a text",
    [SHAPE_TEXTS] = "a text or a list of texts",
    [SHAPE_LIST] = "a list of texts",
    [SHAPE_CONDITION] = "a condition, such as m.held:at_most(usd \"0\")",
    [SHAPE_EXPRESSION] = "a condition or an expression",
    [SHAPE_MAP] = "a table such as { actor = \"client\", step = \"answer\" }",
    [SHAPE_VERSIONS] =
        "a list of tables such as { from = \"2017-01-01\", value = ..., source = ... }",
};

struct field_row {
    const char *name;
    uint8_t shape;
};

static const struct field_row FIELDS[FIELD_COUNT] = {
    [FIELD_ADDRESS] = {"address", SHAPE_TEXT},
    [FIELD_ANCHOR] = {"anchor", SHAPE_TEXT},
    [FIELD_BEATS] = {"beats", SHAPE_TEXTS},
    [FIELD_BECAUSE] = {"because", SHAPE_TEXT},
    [FIELD_BURDEN] = {"burden", SHAPE_TEXT},
    [FIELD_CHECKED] = {"checked", SHAPE_TEXT},
    [FIELD_CLAIMANT] = {"claimant", SHAPE_TEXT},
    [FIELD_CLAUSE] = {"clause", SHAPE_TEXT},
    [FIELD_EACH] = {"each", SHAPE_TEXT},
    [FIELD_FREE] = {"free", SHAPE_LIST},
    [FIELD_FREELANCER] = {"freelancer", SHAPE_EXPRESSION},
    [FIELD_FROM] = {"from", SHAPE_TEXT},
    [FIELD_GRADE] = {"grade", SHAPE_TEXT},
    [FIELD_HOLIDAYS] = {"holidays", SHAPE_LIST},
    [FIELD_ID] = {"id", SHAPE_TEXT},
    [FIELD_IS] = {"is", SHAPE_EXPRESSION},
    [FIELD_ISSUE] = {"issue", SHAPE_TEXT},
    [FIELD_LAYER] = {"layer", SHAPE_TEXT},
    [FIELD_NEXT] = {"next", SHAPE_MAP},
    [FIELD_NUMBER] = {"number", SHAPE_TEXT},
    [FIELD_OUTCOME] = {"outcome", SHAPE_TEXT},
    [FIELD_SIDE] = {"side", SHAPE_TEXT},
    [FIELD_SOURCE] = {"source", SHAPE_TEXTS},
    [FIELD_STANDARD] = {"standard", SHAPE_TEXT},
    [FIELD_STRATUM] = {"stratum", SHAPE_TEXT},
    [FIELD_STRENGTH] = {"strength", SHAPE_TEXT},
    [FIELD_TARGETS] = {"of", SHAPE_TEXTS},
    [FIELD_TITLE] = {"title", SHAPE_TEXT},
    [FIELD_TO] = {"to", SHAPE_TEXT},
    [FIELD_TYPE] = {"type", SHAPE_TEXT},
    [FIELD_UNCITED] = {"uncited", SHAPE_TEXT},
    [FIELD_UNLESS] = {"unless", SHAPE_CONDITION},
    [FIELD_VERSIONS] = {"#", SHAPE_VERSIONS},
    [FIELD_WHEN] = {"when", SHAPE_CONDITION},
};

#define BIT(field) ((uint64_t)1 << (field))

struct declare_row {
    const char *name;
    uint64_t required, allowed; /* bits of fields; allowed besides the required */
};

static const struct declare_row DECLARES[DECLARE_COUNT] = {
    [DECLARE_SOURCE] = {"source", BIT(FIELD_TITLE) | BIT(FIELD_GRADE),
                        BIT(FIELD_ADDRESS) | BIT(FIELD_CHECKED)},
    [DECLARE_PROVISION] = {"provision", BIT(FIELD_TITLE) | BIT(FIELD_SOURCE) | BIT(FIELD_LAYER),
                           BIT(FIELD_NUMBER) | BIT(FIELD_UNCITED)},
    [DECLARE_CALENDAR] = {"calendar",
                          BIT(FIELD_FREE) | BIT(FIELD_FROM) | BIT(FIELD_TO) | BIT(FIELD_SOURCE),
                          BIT(FIELD_HOLIDAYS)},
    [DECLARE_PARAM] = {"param", BIT(FIELD_TITLE) | BIT(FIELD_ANCHOR) | BIT(FIELD_VERSIONS),
                       BIT(FIELD_TYPE)},
    [DECLARE_ISSUE] = {"issue",
                       BIT(FIELD_TITLE) | BIT(FIELD_EACH) | BIT(FIELD_CLAIMANT) |
                           BIT(FIELD_BURDEN) | BIT(FIELD_STANDARD),
                       BIT(FIELD_BECAUSE)},
    [DECLARE_FACT] = {"fact", BIT(FIELD_IS), 0},
    [DECLARE_RULE] = {"rule",
                      BIT(FIELD_TITLE) | BIT(FIELD_ISSUE) | BIT(FIELD_SIDE) | BIT(FIELD_CLAUSE) |
                          BIT(FIELD_LAYER) | BIT(FIELD_WHEN),
                      BIT(FIELD_EACH) | BIT(FIELD_UNLESS) | BIT(FIELD_BEATS) | BIT(FIELD_BECAUSE) |
                          BIT(FIELD_STRENGTH) | BIT(FIELD_FROM) | BIT(FIELD_TO) |
                          BIT(FIELD_ANCHOR)},
    [DECLARE_UNDERCUT] = {"undercut",
                          BIT(FIELD_ID) | BIT(FIELD_TARGETS) | BIT(FIELD_CLAUSE) | BIT(FIELD_WHEN),
                          BIT(FIELD_TITLE) | BIT(FIELD_EACH) | BIT(FIELD_LAYER) |
                              BIT(FIELD_UNLESS) | BIT(FIELD_BECAUSE)},
    [DECLARE_REMEDY] = {"remedy", BIT(FIELD_EACH) | BIT(FIELD_OUTCOME) | BIT(FIELD_WHEN),
                        BIT(FIELD_TITLE) | BIT(FIELD_STRATUM) | BIT(FIELD_FREELANCER) |
                            BIT(FIELD_BEATS) | BIT(FIELD_BECAUSE) | BIT(FIELD_NEXT) |
                            BIT(FIELD_CLAUSE) | BIT(FIELD_STANDARD)},
    [DECLARE_FALLBACK] = {"fallback", BIT(FIELD_WHEN) | BIT(FIELD_OUTCOME),
                          BIT(FIELD_TITLE) | BIT(FIELD_EACH) | BIT(FIELD_NEXT) |
                              BIT(FIELD_BECAUSE) | BIT(FIELD_CLAUSE) | BIT(FIELD_BEATS) |
                              BIT(FIELD_STANDARD)},
    [DECLARE_FLAG] = {"flag", BIT(FIELD_WHEN),
                      BIT(FIELD_EACH) | BIT(FIELD_BECAUSE) | BIT(FIELD_CLAUSE) |
                          BIT(FIELD_STANDARD)},
};

const char *declare_name(enum declare kind)
{
    assert(kind < DECLARE_COUNT);
    assert(DECLARES[kind].name != NULL);
    return DECLARES[kind].name;
}

static enum declare declare_find(struct text name)
{
    unsigned kind = 0;
    while (kind < DECLARE_COUNT && !text_is(name, DECLARES[kind].name)) {
        kind += 1;
    }
    assert(kind < DECLARE_COUNT); /* the message reader knows the same words */
    return (enum declare)kind;
}

static bool is_list_of_texts(const struct datum *datum)
{
    bool is_empty = datum->tag == DATUM_MAP && datum->count == 0;
    if (datum->tag != DATUM_LIST) {
        return is_empty;
    }
    for (uint32_t i = 0; i < datum->count; i++) {
        if (datum->as.items[i].tag != DATUM_TEXT) {
            return false;
        }
    }
    return true;
}

static bool is_list_of_maps(const struct datum *datum)
{
    for (uint32_t i = 0; datum->tag == DATUM_LIST && i < datum->count; i++) {
        if (datum->as.items[i].tag != DATUM_MAP) {
            return false;
        }
    }
    return datum->tag == DATUM_LIST && datum->count > 0;
}

static bool has_shape(const struct datum *datum, enum shape shape)
{
    switch (shape) {
    case SHAPE_TEXT: return datum->tag == DATUM_TEXT && datum->as.text.length > 0;
    case SHAPE_TEXTS: return datum->tag == DATUM_TEXT || is_list_of_texts(datum);
    case SHAPE_LIST: return is_list_of_texts(datum);
    case SHAPE_CONDITION: return datum->tag == DATUM_NODE;
    case SHAPE_EXPRESSION: return datum->tag == DATUM_NODE || datum_is_bare(datum);
    case SHAPE_MAP: return datum->tag == DATUM_MAP;
    case SHAPE_VERSIONS: return is_list_of_maps(datum);
    default: assert(!"a shape is unknown"); return false;
    }
}

static struct text nearest_field(const struct declare_row *row, struct text name)
{
    struct likeness likeness = likeness_to(name);
    for (unsigned i = 0; i < FIELD_COUNT; i++) {
        bool is_known = ((row->required | row->allowed) & BIT(i)) != 0 && i != FIELD_TARGETS &&
                        i != FIELD_VERSIONS;
        if (is_known) {
            likeness_try(&likeness, text_of(FIELDS[i].name));
        }
    }
    return likeness.best;
}

static const char *fields_of(struct compiler *compiler, const struct declare_row *row)
{
    struct builder builder;
    builder_start(&builder, compiler->arena);
    builder_putf(&builder, "%s has:", row->name);
    for (unsigned i = 0; i < FIELD_COUNT; i++) {
        bool is_shown = ((row->required | row->allowed) & BIT(i)) != 0 && i != FIELD_TARGETS;
        if (is_shown && i != FIELD_VERSIONS) {
            builder_putf(&builder, " %s", FIELDS[i].name);
        }
    }
    struct text text;
    return builder_end(&text, &builder) == AMICUS_OK ? text.at : "";
}

static void take_field(struct compiler *compiler, struct draft *draft,
                       const struct datum_entry *entry)
{
    const struct declare_row *row = &DECLARES[draft->kind];
    unsigned field = 0;
    while (field < FIELD_COUNT && !text_is(entry->key, FIELDS[field].name)) {
        field += 1;
    }
    bool is_known = field < FIELD_COUNT && ((row->required | row->allowed) & BIT(field)) != 0;
    if (!is_known) {
        bool is_array = text_is(entry->key, FIELDS[FIELD_VERSIONS].name);
        struct text near = nearest_field(row, entry->key);
        const char *mend =
            near.length == 0 || is_array ? fields_of(compiler, row) : mend_near(compiler, near);
        diagnostics_add(compiler->list, AMICUS_ERROR, "P0110",
                        draft_place(compiler, draft, entry->key), mend,
                        is_array ? "%s '%.*s' holds values without a name ('%.*s')"
                                 : "%s '%.*s' has no field '%.*s'",
                        row->name, SHOWN(draft->id), SHOWN(entry->key));
        return;
    }
    if (!has_shape(&entry->value, FIELDS[field].shape)) {
        diagnostics_add(compiler->list, AMICUS_ERROR, "P0112",
                        draft_place(compiler, draft, entry->key),
                        mend_of(compiler, "write %s", SHAPE_WORDS[FIELDS[field].shape]),
                        "the field '%.*s' of %s '%.*s' is not %s", SHOWN(entry->key), row->name,
                        SHOWN(draft->id), SHAPE_WORDS[FIELDS[field].shape]);
        return;
    }
    draft->fields[field] = &entry->value;
}

static bool was_given(const struct datum *map, const char *name)
{
    return datum_find(map, name) != NULL;
}

static void check_required(struct compiler *compiler, const struct draft *draft)
{
    const struct declare_row *row = &DECLARES[draft->kind];
    for (unsigned i = 0; i < FIELD_COUNT; i++) {
        bool is_required = (row->required & BIT(i)) != 0;
        if (!is_required || was_given(&draft->source->value, FIELDS[i].name)) {
            continue;
        }
        const char *name = i == FIELD_VERSIONS ? "a version" : FIELDS[i].name;
        diagnostics_add(compiler->list, AMICUS_ERROR, "P0111",
                        draft_place(compiler, draft, draft->id),
                        mend_of(compiler, "add %s: %s", name, SHAPE_WORDS[FIELDS[i].shape]),
                        "%s '%.*s' lacks %s", row->name, SHOWN(draft->id), name);
    }
}

static bool is_id(struct text id)
{
    for (size_t i = 0; i < id.length; i++) {
        char byte = id.at[i];
        bool is_letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
        bool is_other = (byte >= '0' && byte <= '9') || byte == '_' || byte == '.' || byte == '-';
        if (!is_letter && !is_other) {
            return false;
        }
    }
    return id.length > 0 && id.length <= ID_BYTES;
}

static bool draft_one(struct compiler *compiler, struct draft *draft,
                      const struct declaration *source, uint32_t file)
{
    draft->source = source;
    draft->kind = (uint8_t)declare_find(source->kind);
    draft->file = file;
    draft->line = source->line;
    draft->id = source->id;
    for (uint32_t i = 0; i < source->value.count; i++) {
        take_field(compiler, draft, &source->value.as.entries[i]);
    }
    check_required(compiler, draft);
    if (draft->kind == DECLARE_UNDERCUT && draft->id.length == 0) {
        return false; /* it was said that `id` is missing */
    }
    if (!is_id(draft->id)) {
        diagnostics_add(
            compiler->list, AMICUS_ERROR, "P0115", draft_place(compiler, draft, draft->id),
            "write letters, digits, '_', '-' and '.', at most 80",
            "'%.*s' cannot be the name of a %s", SHOWN(draft->id), declare_name(draft->kind));
        return false;
    }
    return true;
}

static int order_drafts(const void *left, const void *right)
{
    const struct draft *a = left;
    const struct draft *b = right;
    int order = text_order(a->id, b->id);
    if (order == 0 && a->file != b->file) {
        order = a->file < b->file ? -1 : 1;
    }
    if (order == 0 && a->line != b->line) {
        order = a->line < b->line ? -1 : 1;
    }
    return order;
}

/* Rules and undercutters share their names, so each is looked for among both. */
static struct draft *earlier_of(struct compiler *compiler, const struct draft *draft)
{
    struct draft *same = draft_find(compiler, draft->kind, draft->id);
    if (same == NULL && draft->kind == DECLARE_UNDERCUT) {
        same = draft_find(compiler, DECLARE_RULE, draft->id);
    }
    return same;
}

static void name_drafts(struct compiler *compiler, enum declare kind)
{
    struct drafts *drafts = &compiler->drafts[kind];
    uint32_t kept = 0;
    for (uint32_t i = 0; i < drafts->count; i++) {
        const struct draft *draft = &drafts->items[i];
        const struct draft *earlier = earlier_of(compiler, draft);
        if (earlier != NULL) {
            diagnostics_add(
                compiler->list, AMICUS_ERROR, "P0113", draft_place(compiler, draft, draft->id),
                "give one of them another name, or remove it",
                "%s '%.*s' is declared already, at %s:%u", declare_name(kind), SHOWN(draft->id),
                compiler->files[earlier->file]->shown.at, earlier->line);
            continue;
        }
        drafts->items[kept] = *draft;
        if (map_put(compiler->names[kind], draft->id, &drafts->items[kept]) != AMICUS_OK) {
            compiler->status = AMICUS_MEMORY;
            return;
        }
        kept += 1;
    }
    drafts->count = kept;
}

static bool allot(struct compiler *compiler)
{
    size_t counts[DECLARE_COUNT] = {0};
    size_t total = 0;
    for (uint32_t i = 0; i < compiler->input->file_count; i++) {
        const struct message *message = &compiler->files[i]->message;
        for (uint32_t j = 0; j < message->count; j++) {
            counts[declare_find(message->declarations[j].kind)] += 1;
            total += 1;
        }
    }
    if (total > (size_t)limit_of(LIMIT_RULES)) {
        struct place place = {compiler->input->file_count > 0 ? compiler->files[0]->shown.at : "",
                              0, 0};
        diagnostics_add(compiler->list, AMICUS_ERROR, "P0117", place, "split the rulebook",
                        "a rulebook may declare %lld things, this one %zu",
                        (long long)limit_of(LIMIT_RULES), total);
        return false;
    }
    for (unsigned kind = 0; kind < DECLARE_COUNT; kind++) {
        struct drafts *drafts = &compiler->drafts[kind];
        drafts->items = compiler_give(compiler, counts[kind], sizeof *drafts->items);
        if (drafts->items == NULL || map_of(&compiler->names[kind], compiler->arena) != AMICUS_OK) {
            compiler->status = AMICUS_MEMORY;
            return false;
        }
    }
    return true;
}

static void draft_file(struct compiler *compiler, uint32_t file)
{
    const struct message *message = &compiler->files[file]->message;
    for (uint32_t i = 0; i < message->count; i++) {
        const struct declaration *source = &message->declarations[i];
        struct drafts *drafts = &compiler->drafts[declare_find(source->kind)];
        struct draft *draft = &drafts->items[drafts->count];
        if (draft_one(compiler, draft, source, file)) {
            drafts->count += 1;
        } else {
            memset(draft, 0, sizeof *draft);
        }
    }
}

void draft_all(struct compiler *compiler)
{
    assert(compiler != NULL);
    assert(compiler->files != NULL || compiler->input->file_count == 0);
    if (!allot(compiler)) {
        return;
    }
    for (uint32_t i = 0; i < compiler->input->file_count; i++) {
        draft_file(compiler, i);
    }
    for (unsigned kind = 0; kind < DECLARE_COUNT && compiler->status == AMICUS_OK; kind++) {
        struct drafts *drafts = &compiler->drafts[kind];
        if (drafts->count > 0) {
            qsort(drafts->items, drafts->count, sizeof *drafts->items, order_drafts);
        }
        name_drafts(compiler, (enum declare)kind);
    }
}

void drafts_each(struct compiler *compiler, enum declare kind,
                 void (*take)(struct compiler *compiler, struct draft *draft))
{
    assert(compiler != NULL && take != NULL);
    assert(kind < DECLARE_COUNT);
    struct drafts *drafts = &compiler->drafts[kind];
    for (uint32_t i = 0; i < drafts->count; i++) {
        take(compiler, &drafts->items[i]);
    }
}

struct draft *draft_find(const struct compiler *compiler, enum declare kind, struct text id)
{
    assert(compiler != NULL);
    assert(kind < DECLARE_COUNT);
    return map_find(compiler->names[kind], id);
}

struct text draft_text(const struct draft *draft, enum field field)
{
    assert(draft != NULL && field < FIELD_COUNT);
    const struct datum *datum = draft->fields[field];
    if (datum == NULL) {
        return text_of("");
    }
    assert(datum->tag == DATUM_TEXT);
    return datum->as.text;
}

uint32_t draft_texts_count(const struct draft *draft, enum field field)
{
    assert(draft != NULL && field < FIELD_COUNT);
    const struct datum *datum = draft->fields[field];
    if (datum == NULL) {
        return 0;
    }
    assert(datum->tag == DATUM_TEXT || datum->tag == DATUM_LIST || datum->count == 0);
    return datum->tag == DATUM_TEXT ? 1 : datum->count;
}

struct text draft_texts_at(const struct draft *draft, enum field field, uint32_t index)
{
    assert(draft != NULL && field < FIELD_COUNT);
    assert(index < draft_texts_count(draft, field));
    const struct datum *datum = draft->fields[field];
    return datum->tag == DATUM_TEXT ? datum->as.text : datum->as.items[index].as.text;
}
