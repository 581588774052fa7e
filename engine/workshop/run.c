/*
 * The identity of a run: everything that its bytes depend on, and nothing else.
 */
#include "run.h"

#include "date.h"
#include "digest.h"

#include <assert.h>
#include <inttypes.h>

/* Bytes of parts and reports change their meaning with this number only. */
#define CONTRACT 1

static struct text end(struct builder *builder)
{
    struct text text;
    return builder_end(&text, builder) == AMICUS_OK ? text : (struct text){NULL, 0};
}

static struct text moment(struct arena *arena, bool has_one, int64_t utc_s)
{
    struct builder builder;
    builder_start(&builder, arena);
    if (has_one) {
        instant_write(&builder, utc_s);
    }
    return end(&builder);
}

static struct text rulebooks(struct arena *arena, const struct bookshelf *shelf)
{
    struct builder builder;
    builder_start(&builder, arena);
    for (uint32_t i = 0; i < shelf->count; i++) {
        char hex[DIGEST_HEX];
        digest_write(hex, shelf->books[i].rulebook->image.digest);
        builder_puts(&builder, i > 0 ? " " : "");
        builder_put(&builder, shelf->books[i].platform);
        builder_puts(&builder, shelf->books[i].platform.length > 0 ? "=" : "");
        builder_puts(&builder, hex);
    }
    return end(&builder);
}

static amicus_status hex_of(struct text *out, struct arena *arena, const char *domain,
                            struct text text)
{
    uint8_t digest[DIGEST_BYTES];
    char hex[DIGEST_HEX];
    const amicus_status status = digest_of(digest, domain, text);
    if (status != AMICUS_OK) {
        return status;
    }
    digest_write(hex, digest);
    return text_copy(out, arena, text_of(hex));
}

/* Digest the names and sizes of the files, and what their inventories say. */
static amicus_status take_inputs(struct run *out, struct arena *arena,
                                 const struct archive *archive, amicus_diagnostics *list)
{
    struct builder builder;
    builder_start(&builder, arena);
    out->has_inventory = archive->count > 0;
    for (size_t i = 0; i < archive->count; i++) {
        const struct archive_file *file = &archive->files[i];
        struct inventory inventory = {.digest = {"", 0}};
        amicus_status status = AMICUS_NOT_FOUND;
        if (file->form == ARCHIVE_FRAMES) {
            status = inventory_read(&inventory, arena, file, list);
        }
        if (status != AMICUS_OK && status != AMICUS_NOT_FOUND) {
            return status;
        }
        out->has_inventory = out->has_inventory && status == AMICUS_OK;
        out->lines += inventory.lines;
        hash_add(&out->hash, inventory.hash);
        builder_put_json(&builder, text_of(file->name));
        builder_putf(&builder, " %" PRIu64 " ", file->file_bytes);
        builder_put(&builder, inventory.digest);
        builder_putc(&builder, '\n');
    }
    struct text text;
    const amicus_status status = builder_end(&text, &builder);
    return status == AMICUS_OK ? hex_of(&out->inputs, arena, "amicus.inputs/1", text) : status;
}

/* The members that the id is made of. */
static void write_members(struct builder *builder, const struct run *run)
{
    const struct {
        const char *key;
        struct text text;
    } members[] = {{"as_of", run->as_of},
                   {"engine", run->engine},
                   {"inputs", run->inputs},
                   {"options", run->options},
                   {"policy_date", run->policy_date},
                   {"rulebooks", run->rulebooks}};
    builder_putf(builder, "\"contract\":%d", CONTRACT);
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        builder_putf(builder, ",\"%s\":", members[i].key);
        builder_put_json(builder, members[i].text);
    }
}

static amicus_status make_id(struct text *out, struct arena *arena, const struct run *run)
{
    struct builder builder;
    struct text text;
    builder_start(&builder, arena);
    write_members(&builder, run);
    const amicus_status status = builder_end(&text, &builder);
    return status == AMICUS_OK ? hex_of(out, arena, "amicus.run/1", text) : status;
}

amicus_status run_make(struct run *out, struct arena *arena, const struct archive *archive,
                       const struct bookshelf *shelf, enum results results, amicus_diagnostics *list)
{
    static const char *const OPTIONS[] = {"results=brief", "results=full", "results=none"};
    assert(out != NULL && arena != NULL && archive != NULL);
    assert(shelf != NULL && list != NULL);
    const struct instants *instants = &shelf->instants;
    *out = (struct run){.engine = text_of(AMICUS_VERSION), .options = text_of(OPTIONS[results])};
    out->as_of = moment(arena, instants->has_as_of, instants->as_of_s);
    out->policy_date = moment(arena, instants->has_policy_date, instants->policy_date_s);
    out->rulebooks = rulebooks(arena, shelf);
    if (out->as_of.at == NULL || out->policy_date.at == NULL || out->rulebooks.at == NULL) {
        return AMICUS_MEMORY;
    }
    const amicus_status status = take_inputs(out, arena, archive, list);
    return status == AMICUS_OK ? make_id(&out->id, arena, out) : status;
}

void run_write(struct builder *builder, const struct run *run)
{
    assert(builder != NULL);
    assert(run != NULL && run->id.length == 64);
    builder_putc(builder, '{');
    write_members(builder, run);
    builder_puts(builder, ",\"expected\":");
    if (run->has_inventory) {
        builder_puts(builder, "{\"hash\":\"");
        hash_write(builder, run->hash);
        builder_putf(builder, "\",\"lines\":%" PRIu64 "}", run->lines);
    } else {
        builder_puts(builder, "{}");
    }
    builder_puts(builder, ",\"run\":");
    builder_put_json(builder, run->id);
    builder_puts(builder, ",\"schema\":\"amicus.run/1\"}\n");
}

bool run_take(struct run *out, struct arena *arena, struct text bytes)
{
    assert(out != NULL);
    assert(arena != NULL);
    const struct tree *root = own_json(arena, bytes);
    const struct tree *expected = root == NULL ? NULL : tree_find(root, "expected");
    if (expected == NULL || !text_is(member_text(root, "schema"), "amicus.run/1")) {
        return false;
    }
    *out = (struct run){.as_of = member_text(root, "as_of"),
                        .engine = member_text(root, "engine"),
                        .inputs = member_text(root, "inputs"),
                        .options = member_text(root, "options"),
                        .policy_date = member_text(root, "policy_date"),
                        .rulebooks = member_text(root, "rulebooks")};
    struct text id;
    if (make_id(&id, arena, out) != AMICUS_OK || !text_equal(id, member_text(root, "run"))) {
        return false;
    }
    out->id = id;
    out->has_inventory = member_number(&out->lines, expected, "lines");
    return !out->has_inventory || hash_read(&out->hash, member_text(expected, "hash"));
}

const char *run_difference(const struct run *a, const struct run *b)
{
    assert(a != NULL);
    assert(b != NULL);
    if (!text_equal(a->engine, b->engine)) {
        return "engine";
    }
    if (!text_equal(a->rulebooks, b->rulebooks)) {
        return "rulebooks";
    }
    if (!text_equal(a->inputs, b->inputs)) {
        return "inputs";
    }
    if (!text_equal(a->as_of, b->as_of)) {
        return "as_of";
    }
    if (!text_equal(a->policy_date, b->policy_date)) {
        return "policy_date";
    }
    return text_equal(a->options, b->options) ? NULL : "options";
}
