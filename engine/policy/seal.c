/*
 * The seal: tables become one block, and what they say gets a digest.
 *
 * The digest is over the content and not over the bytes. Every row is written with its texts in
 * place of their offsets, in the order of the rows, which is that of their names; where something
 * was declared (file and line) is left out. So a comment, another order of files or of declarations
 * moves nothing, and any change of meaning does. The vocabulary's digest is the first thing in it.
 * A predicate is opaque: its whole script stands for it.
 */
#include "compiler.h"

#include <assert.h>
#include <string.h>

static const char DOMAIN[] = "amicus.rulebook/2";

/* Room for 64 bits by seven. */
#define NUMBER_BYTES 10

struct sealer {
    struct digester digester;
    const struct image *image;
};

static void put_bytes(struct sealer *sealer, const void *bytes, size_t length)
{
    digester_put(&sealer->digester, (struct text){bytes, length});
}

/* Seven bits a byte, lowest first, negative numbers between the positive ones: most numbers of an
 * image are small, and what is digested takes time with every load. Each has one form, whose last
 * byte alone has no mark, so no two rows of numbers can read alike. */
static size_t write_number(char *out, int64_t number)
{
    size_t length = 0;
    uint64_t left = (uint64_t)number << 1 ^ (number < 0 ? UINT64_MAX : 0);
    for (; left > 0x7F; left >>= 7) {
        out[length++] = (char)(left | 0x80);
    }
    out[length++] = (char)left;
    assert(length <= NUMBER_BYTES);
    return length;
}

static void put_number(struct sealer *sealer, int64_t number)
{
    char bytes[NUMBER_BYTES];
    put_bytes(sealer, bytes, write_number(bytes, number));
}

/* Texts carry their length, so that two of them can never read as others. */
static void put_text(struct sealer *sealer, text_at at)
{
    struct text text = image_text(sealer->image, at);
    put_number(sealer, (int64_t)text.length);
    put_bytes(sealer, text.at, text.length);
}

static void put_section(struct sealer *sealer, const char *name, uint32_t count)
{
    put_bytes(sealer, name, strlen(name));
    put_number(sealer, count);
}

static void put_indices(struct sealer *sealer, uint32_t first, uint32_t count)
{
    put_number(sealer, count);
    for (uint32_t i = 0; i < count; i++) {
        put_number(sealer, sealer->image->indices[first + i]);
    }
}

/* Nodes are most of an image: their numbers are put together. */
static void put_node(struct sealer *sealer, const struct node *node)
{
    bool is_text = node->op == NODE_CONST && node->type == TYPE_TEXT;
    const int64_t numbers[] = {node->op, node->type, node->unit,     node->a,
                               node->b,  node->c,    node->ref_kind, node->k};
    const size_t count = sizeof numbers / sizeof numbers[0] - (is_text ? 1 : 0);
    char bytes[sizeof numbers / sizeof numbers[0] * NUMBER_BYTES];
    size_t length = 0;
    for (size_t i = 0; i < count; i++) {
        length += write_number(bytes + length, numbers[i]);
    }
    put_bytes(sealer, bytes, length);
    if (is_text) {
        put_text(sealer, (text_at)node->k);
    }
}

static void put_nodes(struct sealer *sealer)
{
    const struct image *image = sealer->image;
    put_section(sealer, "nodes", image->node_count);
    for (uint32_t i = 0; i < image->node_count; i++) {
        put_node(sealer, &image->nodes[i]);
    }
    put_section(sealer, "args", image->arg_count);
    for (uint32_t i = 0; i < image->arg_count; i++) {
        put_number(sealer, image->args[i]);
    }
}

static void put_templates(struct sealer *sealer)
{
    const struct image *image = sealer->image;
    put_section(sealer, "templates", image->template_count);
    for (uint32_t i = 0; i < image->template_count; i++) {
        put_number(sealer, image->templates[i].first_piece);
        put_number(sealer, image->templates[i].piece_count);
    }
    for (uint32_t i = 0; i < image->piece_count; i++) {
        put_text(sealer, image->pieces[i].words);
        put_number(sealer, image->pieces[i].node);
    }
}

static void put_sources(struct sealer *sealer)
{
    const struct image *image = sealer->image;
    put_section(sealer, "sources", image->source_count);
    for (uint32_t i = 0; i < image->source_count; i++) {
        const struct source_row *row = &image->sources[i];
        put_text(sealer, row->key);
        put_text(sealer, row->title);
        put_text(sealer, row->grade);
        put_text(sealer, row->address);
        put_text(sealer, row->checked);
    }
    put_section(sealer, "provisions", image->provision_count);
    for (uint32_t i = 0; i < image->provision_count; i++) {
        const struct provision_row *row = &image->provisions[i];
        put_text(sealer, row->id);
        put_text(sealer, row->title);
        put_text(sealer, row->number);
        put_number(sealer, row->layer);
        put_indices(sealer, row->first_source, row->source_count);
    }
    put_section(sealer, "calendars", image->calendar_count);
    for (uint32_t i = 0; i < image->calendar_count; i++) {
        const struct calendar_row *row = &image->calendars[i];
        put_text(sealer, row->name);
        put_number(sealer, row->free_weekdays);
        put_number(sealer, row->from_day);
        put_number(sealer, row->until_day);
        put_number(sealer, row->holiday_count);
        for (uint32_t j = 0; j < row->holiday_count; j++) {
            put_number(sealer, image->holidays[row->first_holiday + j]);
        }
    }
}

static void put_reading(struct sealer *sealer, const struct reading_row *reading, uint8_t type)
{
    put_number(sealer, reading->is_unknown);
    put_number(sealer, reading->unit);
    if (type == TYPE_TEXT) {
        put_text(sealer, (text_at)reading->n);
    } else {
        put_number(sealer, reading->n);
    }
    put_text(sealer, reading->source);
    put_text(sealer, reading->note);
}

static void put_version(struct sealer *sealer, const struct version_row *version, uint8_t type)
{
    put_number(sealer, version->from_s);
    put_number(sealer, version->until_s);
    put_number(sealer, version->seen_s);
    put_number(sealer, version->is_uncertain);
    put_number(sealer, version->reading_count);
    for (uint32_t i = 0; i < version->reading_count; i++) {
        put_reading(sealer, &sealer->image->readings[version->first_reading + i], type);
    }
}

static void put_params(struct sealer *sealer)
{
    const struct image *image = sealer->image;
    put_section(sealer, "params", image->param_count);
    for (uint32_t i = 0; i < image->param_count; i++) {
        const struct param_row *row = &image->params[i];
        put_text(sealer, row->name);
        put_text(sealer, row->title);
        put_number(sealer, row->type);
        put_number(sealer, row->anchor);
        put_number(sealer, row->version_count);
        for (uint32_t j = 0; j < row->version_count; j++) {
            put_version(sealer, &image->versions[row->first_version + j], row->type);
        }
    }
}

static void put_issues(struct sealer *sealer)
{
    const struct image *image = sealer->image;
    put_section(sealer, "issues", image->issue_count);
    for (uint32_t i = 0; i < image->issue_count; i++) {
        const struct issue_row *row = &image->issues[i];
        put_text(sealer, row->name);
        put_text(sealer, row->title);
        put_text(sealer, row->because);
        put_number(sealer, row->kind);
        put_number(sealer, row->claimant);
        put_number(sealer, row->burden);
        put_number(sealer, row->proof);
        put_indices(sealer, row->first_rule, row->rule_count);
    }
}

static void put_rules(struct sealer *sealer)
{
    const struct image *image = sealer->image;
    put_section(sealer, "rules", image->rule_count);
    for (uint32_t i = 0; i < image->rule_count; i++) {
        const struct rule_row *row = &image->rules[i];
        put_text(sealer, row->id);
        put_text(sealer, row->title);
        put_text(sealer, row->clause);
        put_text(sealer, row->strength);
        put_number(sealer, row->issue);
        put_number(sealer, row->kind);
        put_number(sealer, row->side);
        put_number(sealer, row->layer);
        put_number(sealer, row->anchor);
        put_number(sealer, row->when);
        put_number(sealer, row->unless);
        put_number(sealer, row->from_s);
        put_number(sealer, row->until_s);
        put_number(sealer, row->because);
        put_indices(sealer, row->first_beaten, row->beaten_count);
        put_indices(sealer, row->first_undercutter, row->undercutter_count);
    }
}

static void put_remedies(struct sealer *sealer)
{
    const struct image *image = sealer->image;
    put_section(sealer, "remedies", image->remedy_count);
    for (uint32_t i = 0; i < image->remedy_count; i++) {
        const struct remedy_row *row = &image->remedies[i];
        put_text(sealer, row->id);
        put_text(sealer, row->title);
        put_text(sealer, row->clause);
        put_number(sealer, row->kind);
        put_number(sealer, row->stratum);
        put_number(sealer, row->outcome);
        put_number(sealer, row->proof);
        put_number(sealer, row->when);
        put_number(sealer, row->freelancer);
        put_number(sealer, row->because);
        put_number(sealer, row->next);
        put_indices(sealer, row->first_beaten, row->beaten_count);
    }
    put_section(sealer, "nexts", image->next_count);
    for (uint32_t i = 0; i < image->next_count; i++) {
        put_number(sealer, image->nexts[i].actor);
        put_number(sealer, image->nexts[i].step);
        put_number(sealer, image->nexts[i].due);
    }
}

static void put_fallbacks(struct sealer *sealer)
{
    const struct image *image = sealer->image;
    put_section(sealer, "fallbacks", image->fallback_count);
    for (uint32_t i = 0; i < image->fallback_count; i++) {
        const struct fallback_row *row = &image->fallbacks[i];
        put_text(sealer, row->id);
        put_text(sealer, row->title);
        put_text(sealer, row->clause);
        put_number(sealer, row->kind);
        put_number(sealer, row->outcome);
        put_number(sealer, row->proof);
        put_number(sealer, row->when);
        put_number(sealer, row->because);
        put_number(sealer, row->next);
        put_indices(sealer, row->first_beaten, row->beaten_count);
    }
    put_section(sealer, "flags", image->flag_count);
    for (uint32_t i = 0; i < image->flag_count; i++) {
        const struct flag_row *row = &image->flags[i];
        put_text(sealer, row->code);
        put_text(sealer, row->clause);
        put_number(sealer, row->kind);
        put_number(sealer, row->proof);
        put_number(sealer, row->when);
        put_number(sealer, row->because);
    }
}

static void put_rest(struct sealer *sealer)
{
    const struct image *image = sealer->image;
    put_section(sealer, "derived", image->derived_count);
    for (uint32_t i = 0; i < image->derived_count; i++) {
        put_number(sealer, image->derived[i].fact);
        put_number(sealer, image->derived[i].node);
    }
    put_section(sealer, "predicates", image->predicate_count);
    for (uint32_t i = 0; i < image->predicate_count; i++) {
        const struct predicate_row *row = &image->predicates[i];
        put_bytes(sealer, image->files[row->file].digest, DIGEST_BYTES);
        put_number(sealer, row->ordinal);
    }
    put_section(sealer, "outcome_ranks", OUTCOME_COUNT);
    for (uint32_t i = 0; i < OUTCOME_COUNT; i++) {
        put_number(sealer, image->outcome_ranks[i]);
    }
}

amicus_status image_digest_of(uint8_t out[32], const struct image *image)
{
    assert(out != NULL);
    assert(image != NULL && image->vocabulary != NULL);
    struct sealer sealer = {.image = image};
    digester_start(&sealer.digester, DOMAIN);
    put_bytes(&sealer, image->vocabulary->digest.at, image->vocabulary->digest.length);
    put_section(&sealer, "rulebook", 1);
    put_text(&sealer, image->name);
    put_text(&sealer, image->version);
    put_text(&sealer, image->platform);
    put_text(&sealer, image->title);
    put_nodes(&sealer);
    put_templates(&sealer);
    put_sources(&sealer);
    put_params(&sealer);
    put_issues(&sealer);
    put_rules(&sealer);
    put_remedies(&sealer);
    put_fallbacks(&sealer);
    put_rest(&sealer);
    return digester_end(out, &sealer.digester);
}

/* --- the block --- */

static size_t block_bytes(const struct compiler *compiler)
{
    size_t bytes = table_block_bytes(TABLE_POOL, compiler->pool.length);
    for (unsigned i = 0; i < TABLE_POOL; i++) {
        bytes += table_block_bytes((enum table)i, compiler->tables[i].count);
    }
    return bytes;
}

static void copy_tables(struct image *out, const struct compiler *compiler, char *block)
{
    for (unsigned i = 0; i < TABLE_POOL; i++) {
        const struct rows *rows = &compiler->tables[i];
        if (rows->count > 0) {
            memcpy(block, rows->items, rows->count * rows->each_bytes);
        }
        image_table_set(out, (enum table)i, block, (uint32_t)rows->count);
        block += table_block_bytes((enum table)i, rows->count);
    }
    memcpy(block, compiler->pool.bytes, compiler->pool.length);
    image_table_set(out, TABLE_POOL, block, (uint32_t)compiler->pool.length);
}

static void put_ranks(struct compiler *compiler)
{
    for (unsigned i = 0; i < OUTCOME_COUNT; i++) {
        *(uint8_t *)compiler_add(compiler, TABLE_OUTCOME_RANKS) = compiler->input->outcome_ranks[i];
    }
}

amicus_status seal_image(struct image *out, struct compiler *compiler, struct arena *arena)
{
    assert(out != NULL && compiler != NULL);
    assert(arena != NULL && arena != compiler->arena);
    out->name = compiler_text(compiler, compiler->input->name);
    out->version = compiler_text(compiler, compiler->input->version);
    out->platform = compiler_text(compiler, compiler->input->platform);
    out->title = compiler_text(compiler, compiler->input->title);
    put_ranks(compiler);
    if (compiler->status != AMICUS_OK) {
        return compiler->status;
    }
    char *block = arena_give(arena, block_bytes(compiler));
    if (block == NULL) {
        return AMICUS_MEMORY;
    }
    out->vocabulary = compiler->vocabulary;
    copy_tables(out, compiler, block);
    return image_digest_of(out->digest, out);
}
