/*
 * amicus archive pack, info, cat.
 *
 * Packing reads each case in full with the checking reader, so that whoever decides the archive may
 * rely on it, and writes its canonical form: one line, the same bytes for the same case. The
 * archive and its inventory are put in place by rename, the inventory first; a pair that does not
 * fit is told by every reader of it.
 */
#include "digest.h"
#include "runs.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define LINES_BYTES_MAX ((size_t)512 << 20)

/* --- pack --- */

struct packing {
    struct work_of_run *work;
    const struct vocabulary *vocabulary;
    struct figures figures;
    struct frame_writer writer;
    struct packer *packer;
    struct room packed;
    struct arena *lines_arena; /* of the frame at hand */
    struct builder lines;
    struct digester digester;
    uint64_t bytes, rejected;
    amicus_diagnostics *faults; /* of the case at hand */
};

/* Pack the lines at hand as a frame. */
static int end_frame(struct packing *packing)
{
    struct text lines;
    size_t length = 0;
    amicus_status status = builder_end(&lines, &packing->lines);
    if (status == AMICUS_OK && lines.length > 0) {
        status = packer_pack(packing->packer, &packing->packed, &length, lines);
        if (status == AMICUS_OK) {
            const struct text packed = {packing->packed.at, length};
            digester_put(&packing->digester, packed);
            packing->bytes += length;
            status = frame_write(&packing->writer, packed, lines.length);
        }
    }
    arena_reset(packing->lines_arena);
    builder_start(&packing->lines, packing->lines_arena);
    return status == AMICUS_IO ? runs_cannot_write(packing->work, "the archive") : exit_of(status);
}

/* Tell what is wrong with a case that cannot be packed. */
static void tell_faults(struct packing *packing, const struct chunk *chunk, uint64_t offset)
{
    const char *name = packing->work->archive.files[chunk->file].name;
    char place[512];
    if (chunk->kind == CHUNK_CASE) {
        (void)snprintf(place, sizeof place, "%.480s", name);
    } else {
        (void)snprintf(place, sizeof place, "%.480s, at byte %" PRIu64, name, offset);
    }
    diagnostics_add_all(packing->work->list, packing->faults, place);
    packing->rejected++;
}

static int pack_case(struct packing *packing, const struct chunk *chunk, struct text line,
                     uint64_t offset)
{
    struct amicus_case *subject = NULL;
    amicus_status status = amicus_diagnostics_open(&packing->faults);
    if (status != AMICUS_OK) {
        return EXIT_AGAIN;
    }
    status = case_load(&subject, packing->vocabulary, "", line,
                       chunk->kind == CHUNK_CASE ? AMICUS_FORMAT_AUTO : AMICUS_FORMAT_JSON,
                       packing->faults);
    if (status == AMICUS_OK) {
        case_write_json(&packing->lines, subject);
        builder_putc(&packing->lines, '\n');
        packing->figures.lines++;
        status = figures_note_id(&packing->figures, subject->id);
    } else if (status != AMICUS_MEMORY) {
        tell_faults(packing, chunk, offset);
        status = AMICUS_OK;
    }
    case_close(subject);
    amicus_diagnostics_close(packing->faults);
    if (status != AMICUS_OK) {
        return exit_of(status);
    }
    return packing->lines.length >= FRAME_TEXT_GOAL ? end_frame(packing) : EXIT_DONE;
}

static void tell_line(struct packing *packing, const struct chunk *chunk, const char *what)
{
    const char *name = packing->work->archive.files[chunk->file].name;
    diagnostics_add(packing->work->list, AMICUS_ERROR,
                    chunk->kind == CHUNK_TOO_LONG ? "B0106" : "B0104", (struct place){name, 0, 0},
                    "fetch the file again, or export it anew", "%s", what);
    packing->rejected++;
}

static int pack_chunk(void *context, const struct chunk *chunk)
{
    struct packing *packing = context;
    int code = EXIT_DONE;
    if (chunk->kind == CHUNK_CASE) {
        return pack_case(packing, chunk, (struct text){chunk->text.at, chunk->length}, 0);
    }
    if (chunk->kind == CHUNK_TOO_LONG) {
        tell_line(packing, chunk, "a line is longer than 4 MiB");
    }
    for (size_t at = 0; at < chunk->length && code == EXIT_DONE;) {
        const char *start = chunk->text.at + at;
        const char *end = memchr(start, '\n', chunk->length - at);
        if (end == NULL) {
            tell_line(packing, chunk, "the last line has no end: the file was cut off");
            break;
        }
        const struct text line = {start, (size_t)(end - start)};
        code = pack_case(packing, chunk, line, chunk->offset + at);
        at += line.length + 1;
    }
    return code;
}

/* Write the inventory beside the archive. */
static int put_inventory(struct packing *packing, const char *path)
{
    struct work_of_run *work = packing->work;
    struct inventory inventory = {.bytes = packing->bytes,
                                  .frames = packing->writer.count,
                                  .lines = packing->figures.lines,
                                  .hash = packing->figures.hash,
                                  .vocabulary = packing->vocabulary->digest};
    uint8_t digest[DIGEST_BYTES];
    char hex[DIGEST_HEX];
    struct builder builder;
    struct text beside, text;
    struct draft_file draft;
    const char *slash = strrchr(path, '/');
    builder_start(&builder, work->arena);
    builder_puts(&builder, path);
    builder_puts(&builder, ".json");
    amicus_status status = builder_end(&beside, &builder);
    if (digester_end(digest, &packing->digester) != AMICUS_OK) {
        return EXIT_BUG;
    }
    digest_write(hex, digest);
    inventory.digest = text_of(hex);
    builder_start(&builder, work->arena);
    inventory_write(&builder, &inventory, slash == NULL ? path : slash + 1);
    status = status == AMICUS_OK ? builder_end(&text, &builder) : status;
    if (status != AMICUS_OK) {
        return exit_of(status);
    }
    if (file_draft(&draft, work->arena, beside.at) != AMICUS_OK) {
        return runs_cannot_write(work, beside.at);
    }
    (void)fwrite(text.at, 1, text.length, draft.stream);
    return file_commit(&draft) == AMICUS_OK ? EXIT_DONE : runs_cannot_write(work, beside.at);
}

/* End the archive: its last frame, its table, and its inventory. */
static int end_archive(struct packing *packing)
{
    struct session *session = packing->work->session;
    struct output *output = &session->outputs.all[0];
    struct builder builder;
    struct text table;
    const char *path = session->options.answers[0].path;
    int code = end_frame(packing);
    builder_start(&builder, packing->work->arena);
    frame_put_table(&builder, &packing->writer);
    if (code != EXIT_DONE || builder_end(&table, &builder) != AMICUS_OK) {
        return exit_worst(code, EXIT_AGAIN);
    }
    digester_put(&packing->digester, table);
    packing->bytes += table.length;
    output_put(output, table);
    if (path != NULL && output->file.draft_path != NULL) {
        code = put_inventory(packing, path);
    }
    char line[120];
    const int length =
        snprintf(line, sizeof line, "%" PRIu64 " cases in %zu frames, %" PRIu64 " bytes\n",
                 packing->figures.lines, packing->writer.count, packing->bytes);
    session_say(session, (struct text){line, (size_t)length});
    return code;
}

static int check_packing(struct packing *packing)
{
    const struct options *options = &packing->work->session->options;
    const uint64_t allowed = options_has(options, OPTION_MAX_ERRORS) ? options->max_errors : 0;
    if (packing->rejected > allowed) {
        diagnostics_add(packing->work->list, AMICUS_ERROR, "B0110", (struct place){"", 0, 0},
                        "mend them, or give --max-errors to leave them out",
                        "nothing was packed: %" PRIu64 " cases have faults", packing->rejected);
        return EXIT_INPUT;
    }
    return packing->figures.lines == 0 ? EXIT_NOTHING : EXIT_DONE;
}

static int pack_all(struct packing *packing)
{
    struct work_of_run *work = packing->work;
    packing->writer.arena = work->arena;
    packing->writer.stream = work->session->outputs.all[0].file.stream;
    digester_start(&packing->digester, "amicus.file/1");
    amicus_status status = arena_open(&packing->lines_arena, LINES_BYTES_MAX);
    status = status == AMICUS_OK ? figures_start(&packing->figures, work->arena) : status;
    status = status == AMICUS_OK ? packer_open(&packing->packer, work->arena) : status;
    if (status != AMICUS_OK) {
        return exit_of(status);
    }
    builder_start(&packing->lines, packing->lines_arena);
    int code = runs_each_chunk(work, &work->archive, (struct shard){0, 1}, pack_chunk, packing);
    code = code == EXIT_DONE ? check_packing(packing) : code;
    return code == EXIT_DONE ? end_archive(packing) : code;
}

/* The vocabulary by which cases are read. returns an exit code */
static int find_vocabulary(struct packing *packing)
{
    struct work_of_run *work = packing->work;
    struct books *books = &work->session->books;
    if (books->named == NULL) {
        return exit_of(books_vocabulary(&packing->vocabulary, books, work->list));
    }
    const int code = runs_load_books(work);
    packing->vocabulary = work->shelf.vocabulary;
    return code;
}

/* An archive is no text for a terminal. */
static int refuse_terminal(struct work_of_run *work)
{
    if (work->session->options.answers[0].path != NULL || isatty(STDOUT_FILENO) != 1) {
        return EXIT_DONE;
    }
    diagnostics_add(work->list, AMICUS_ERROR, "B0303", (struct place){"", 0, 0}, "add -o FILE",
                    "an archive is not written to a terminal");
    return EXIT_USAGE;
}

/* Throw away what was written, so that nothing is put in place. */
static void give_up(struct session *session)
{
    if (session->outputs.all[0].file.draft_path != NULL) {
        outputs_drop(&session->outputs);
    }
}

int command_archive_pack(struct session *session)
{
    assert(session != NULL);
    assert(session->outputs.count == 1);
    struct work_of_run work;
    struct packing *packing = arena_give(session->arena, sizeof *packing);
    int code = packing == NULL ? EXIT_AGAIN : runs_open(&work, session);
    if (code != EXIT_DONE) {
        return code;
    }
    packing->work = &work;
    code = refuse_terminal(&work);
    code = code == EXIT_DONE ? runs_add_operands(&work) : code;
    code = code == EXIT_DONE ? find_vocabulary(packing) : code;
    code = code == EXIT_DONE ? pack_all(packing) : code;
    if (code != EXIT_DONE) {
        give_up(session);
    }
    packer_close(packing->packer);
    room_close(&packing->packed);
    arena_close(packing->lines_arena);
    session_note(session, code);
    runs_say(&work);
    runs_close(&work);
    return session->worst;
}

/* --- cat --- */

static int put_chunk(void *context, const struct chunk *chunk)
{
    struct session *session = context;
    output_put(&session->outputs.all[0], (struct text){chunk->text.at, chunk->length});
    return ferror(session->outputs.all[0].file.stream) != 0 ? EXIT_OUTPUT : EXIT_DONE;
}

int command_archive_cat(struct session *session)
{
    assert(session != NULL);
    assert(session->outputs.count == 1);
    struct work_of_run work;
    int code = runs_open(&work, session);
    code = code == EXIT_DONE ? runs_add_operands(&work) : code;
    code = code == EXIT_DONE
               ? runs_each_chunk(&work, &work.archive, session->options.shard, put_chunk, session)
               : code;
    session_note(session, code);
    runs_say(&work);
    runs_close(&work);
    return session->worst;
}

/* --- info --- */

struct counting {
    struct work_of_run *work;
    struct figures figures;
    uint64_t text, rejected;
    struct arena *arena; /* of one line */
};

static int count_line(struct counting *counting, const struct chunk *chunk, struct text line,
                      uint64_t offset)
{
    arena_reset(counting->arena);
    const struct text id = line_id(counting->arena, line);
    counting->figures.lines++;
    counting->rejected += id.length == 0;
    return exit_of(id.length > 0 ? figures_note_id(&counting->figures, id)
                                 : figures_note_place(&counting->figures, chunk->file, offset));
}

static int count_chunk(void *context, const struct chunk *chunk)
{
    struct counting *counting = context;
    int code = EXIT_DONE;
    counting->text += chunk->length;
    if (chunk->kind != CHUNK_LINES) {
        return count_line(counting, chunk, (struct text){chunk->text.at, chunk->length}, 0);
    }
    for (size_t at = 0; at < chunk->length && code == EXIT_DONE;) {
        const char *start = chunk->text.at + at;
        const char *end = memchr(start, '\n', chunk->length - at);
        const struct text line = {start, end == NULL ? chunk->length - at : (size_t)(end - start)};
        code = count_line(counting, chunk, line, chunk->offset + at);
        at += line.length + 1;
    }
    return code;
}

static const char *form_name(enum archive_form form)
{
    static const char *const NAMES[] = {"lines", "frames", "zstd without a table", "a stream",
                                        "one case"};
    return NAMES[form];
}

/* Compare with the inventory. returns what to say of it, and an exit code */
static const char *compare(struct counting *counting, const struct archive_file *file, int *code)
{
    struct inventory inventory;
    struct text digest;
    amicus_status status =
        file->form != ARCHIVE_FRAMES
            ? AMICUS_NOT_FOUND
            : inventory_read(&inventory, counting->work->arena, file, counting->work->list);
    if (status == AMICUS_NOT_FOUND) {
        return "none";
    }
    if (status == AMICUS_OK) {
        status = file_digest(&digest, counting->work->arena, file->path);
    }
    if (status != AMICUS_OK) {
        *code = status == AMICUS_INVALID ? EXIT_DIFFERS : exit_of(status);
        return "differs";
    }
    const struct figures *figures = &counting->figures;
    if (text_equal(digest, inventory.digest) && inventory.lines == figures->lines &&
        inventory.frames == file->table.count && inventory.hash.high == figures->hash.high &&
        inventory.hash.low == figures->hash.low) {
        return "agrees";
    }
    *code = EXIT_DIFFERS;
    return "differs";
}

static void write_info(struct builder *builder, const struct counting *counting,
                       const struct archive_file *file, const char *inventory, enum format format)
{
    struct builder hash;
    struct text hex = {"", 0};
    builder_start(&hash, builder->arena);
    hash_write(&hash, counting->figures.hash);
    (void)!builder_end(&hex, &hash);
    if (format == FORMAT_JSON) {
        builder_putf(builder,
                     "{\n  \"bytes\": %" PRIu64 ",\n  \"form\": \"%s\",\n  \"frames\": %" PRIu32
                     ",\n  \"hash\": \"%s\",\n  \"inventory\": \"%s\",\n",
                     file->file_bytes, form_name(file->form), file->table.count, hex.at, inventory);
        builder_putf(builder, "  \"lines\": %" PRIu64 ",\n  \"name\": ", counting->figures.lines);
        builder_put_json(builder, text_of(file->name));
        builder_putf(builder,
                     ",\n  \"schema\": \"amicus.info/1\",\n  \"text\": %" PRIu64
                     ",\n  \"without_id\": %" PRIu64 "\n}\n",
                     counting->text, counting->rejected);
        return;
    }
    builder_put_visible(builder, text_of(file->name));
    builder_putf(builder,
                 "\n  form        %s\n  bytes       %" PRIu64 "\n  text        %" PRIu64
                 "\n  frames      %" PRIu32 "\n  lines       %" PRIu64 "\n  without id  %" PRIu64
                 "\n  id hash     %s\n  inventory   %s\n",
                 form_name(file->form), file->file_bytes, counting->text, file->table.count,
                 counting->figures.lines, counting->rejected, hex.at, inventory);
}

static int put_info(struct counting *counting, const char *inventory)
{
    struct session *session = counting->work->session;
    for (size_t i = 0; i < session->outputs.count; i++) {
        struct builder builder;
        struct text text;
        builder_start(&builder, counting->work->arena);
        write_info(&builder, counting, &counting->work->archive.files[0], inventory,
                   session->outputs.all[i].format);
        if (builder_end(&text, &builder) != AMICUS_OK) {
            return EXIT_AGAIN;
        }
        output_put(&session->outputs.all[i], text);
    }
    return EXIT_DONE;
}

/* Look at one file. */
static int inform(struct session *session, const char *path)
{
    struct work_of_run work;
    struct counting counting = {.work = &work};
    int code = runs_open(&work, session);
    code = code == EXIT_DONE ? exit_of(archive_add(&work.archive, path, path, work.list)) : code;
    if (code == EXIT_DONE) {
        code = exit_of(arena_open(&counting.arena, LINES_BYTES_MAX));
    }
    code = code == EXIT_DONE ? exit_of(figures_start(&counting.figures, work.arena)) : code;
    code = code == EXIT_DONE
               ? runs_each_chunk(&work, &work.archive, (struct shard){0, 1}, count_chunk, &counting)
               : code;
    if (code == EXIT_DONE) {
        const char *inventory = compare(&counting, &work.archive.files[0], &code);
        code = exit_worst(code, put_info(&counting, inventory));
    }
    arena_close(counting.arena);
    runs_say(&work);
    runs_close(&work);
    return code;
}

int command_archive_info(struct session *session)
{
    assert(session != NULL);
    assert(session->options.operand_count > 0);
    for (size_t i = 0; i < session->options.operand_count; i++) {
        session_note(session, inform(session, session->options.operands[i]));
    }
    return session->worst;
}
