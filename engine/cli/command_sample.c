/*
 * amicus case sample: random valid cases, one line of canonical JSON each.
 *
 * What matters to a ground is read from the rulebooks: all for a platform below rules/, or the one
 * that was named. So the platforms of a sample are those that have a rulebook, and its facts are
 * those that the rules read. Lines are written as they are drawn: a sample of a million cases takes
 * no more memory than one of ten.
 */
#include "ground.h"
#include "image_reads.h"
#include "limit.h"
#include "sample.h"

#include <assert.h>
#include <errno.h>
#include <string.h>

/* What a sample is drawn from. */
struct source {
    struct session *session;
    struct sample_spec spec;
    uint8_t *platforms, *interest;
    amicus_diagnostics *list;
};

static const char GUIDE_NAME[] = "sample.yaml";

/* Raise what is known of a fact's interest. */
static void raise_interest(uint8_t *row, const bool *marks, uint32_t facts, enum interest interest)
{
    for (uint32_t i = 0; i < facts; i++) {
        row[i] = marks[i] && row[i] < interest ? (uint8_t)interest : row[i];
    }
}

/* Note the platform of a rulebook, and what its rules read on each ground. */
static int take_image(struct source *source, const struct image *image)
{
    const struct vocabulary *vocabulary = source->spec.vocabulary;
    const struct roles *roles = &vocabulary->roles;
    const uint32_t facts = vocabulary->fact_count;
    if (!text_equal(image->vocabulary->digest, vocabulary->digest)) {
        return EXIT_DONE;
    }
    if (roles->platform != FACT_NONE && source->platforms != NULL) {
        const uint32_t member =
            fact_member(&vocabulary->facts[roles->platform], image_text(image, image->platform));
        if (member != UINT32_MAX) {
            source->platforms[member] = 1;
        }
    }
    bool *all = arena_give_array(source->session->arena, facts, sizeof *all);
    if (all == NULL || source->interest == NULL) {
        return all == NULL ? EXIT_AGAIN : EXIT_DONE;
    }
    image_mark_all(all, image);
    const struct fact *grounds = &vocabulary->facts[roles->grounds];
    for (uint32_t i = 0; i < grounds->member_count; i++) {
        bool *own = arena_give_array(source->session->arena, facts, sizeof *own);
        if (own == NULL) {
            return EXIT_AGAIN;
        }
        ground_mark(own, image, grounds->members[i].name);
        raise_interest(source->interest + (size_t)i * facts, all, facts, INTEREST_SOME);
        raise_interest(source->interest + (size_t)i * facts, own, facts, INTEREST_GROUND);
    }
    return EXIT_DONE;
}

static int take_book(struct source *source, const char *folder)
{
    struct book *book;
    amicus_status status = books_load(&book, &source->session->books, folder);
    if (status == AMICUS_OK && book->status != AMICUS_OK) {
        session_say_list(source->session, book->list,
                         &(struct report_sources){.folder = book->folder});
        return exit_of(book->status);
    }
    return status == AMICUS_OK ? take_image(source, &book->rulebook->image) : exit_of(status);
}

/* The vocabulary of the rulebook that was named, or that of the root. */
static int take_vocabulary(struct source *source)
{
    struct books *books = &source->session->books;
    struct book *book;
    if (books->named == NULL) {
        return exit_of(books_vocabulary(&source->spec.vocabulary, books, source->list));
    }
    amicus_status status = books_load(&book, books, books->named);
    if (status == AMICUS_OK && book->status != AMICUS_OK) {
        session_say_list(source->session, book->list,
                         &(struct report_sources){.folder = book->folder});
        status = book->status;
    }
    if (status == AMICUS_OK) {
        source->spec.vocabulary = book->rulebook->vocabulary;
    }
    return exit_of(status);
}

/* Make the tables and fill them from the rulebooks. */
static int take_books(struct source *source)
{
    struct arena *arena = source->session->arena;
    const struct vocabulary *vocabulary = source->spec.vocabulary;
    const struct roles *roles = &vocabulary->roles;
    struct inputs folders = {&source->session->books.named, 1, 1};
    if (roles->platform != FACT_NONE) {
        source->platforms =
            arena_give_array(arena, vocabulary->facts[roles->platform].member_count, 1);
    }
    if (roles->grounds != FACT_NONE) {
        const size_t grounds = vocabulary->facts[roles->grounds].member_count;
        source->interest = arena_give_array(arena, grounds * vocabulary->fact_count, 1);
    }
    amicus_status status = AMICUS_OK;
    if (source->session->books.named == NULL) {
        status = books_list(&folders, &source->session->books);
    }
    int code = exit_of(status);
    for (size_t i = 0; i < folders.count && code == EXIT_DONE; i++) {
        code = take_book(source, folders.paths[i]);
    }
    source->spec.platforms = source->platforms;
    source->spec.interest = source->interest;
    return code;
}

/* Read the guide beside the vocabulary, if there is one. */
static int take_guide(struct source *source)
{
    const struct books *books = &source->session->books;
    struct arena *arena = source->session->arena;
    const char *folder =
        books->named == NULL ? books->root : inputs_join(arena, books->named, "..");
    const char *path = folder == NULL ? NULL : inputs_join(arena, folder, GUIDE_NAME);
    struct text bytes;
    if (path == NULL) {
        return EXIT_AGAIN;
    }
    amicus_status status = file_read(&bytes, arena, path, (size_t)limit_of(LIMIT_CASE_YAML_BYTES));
    const bool is_there = status == AMICUS_OK;
    if (status == AMICUS_MEMORY || (status == AMICUS_IO && errno != ENOENT)) {
        diagnostics_add(source->list, AMICUS_ERROR, "U0201", (struct place){path, 0, 0},
                        "check the path and its permissions", "cannot be read: %s",
                        strerror(errno));
        return exit_of(status);
    }
    const struct tree_source text = tree_source_of(path, is_there ? bytes : text_of(""), false);
    return exit_of(sample_guide_read(&source->spec.guide, arena, source->spec.vocabulary,
                                     is_there ? &text : NULL, source->list));
}

static int draw(struct session *session, const struct sample_spec *spec)
{
    struct sampler *sampler;
    amicus_status status = sampler_open(&sampler, spec);
    if (status != AMICUS_OK) {
        return exit_of(status);
    }
    struct output *output = &session->outputs.all[0];
    for (uint64_t i = 0; i < session->options.number && status == AMICUS_OK; i++) {
        struct text line;
        status = sampler_write(&line, sampler, i);
        if (status == AMICUS_OK) {
            output_put(output, line);
            output_put(output, text_of("\n"));
        }
        if (ferror(output->file.stream)) {
            break; /* a reader that went away wants no more; the commit says so */
        }
    }
    sampler_close(sampler);
    return exit_of(status);
}

static int take_all(struct source *source)
{
    const struct options *options = &source->session->options;
    source->spec.seed = options->seed;
    source->spec.ground = GROUND_ANY;
    int code = take_vocabulary(source);
    if (code == EXIT_DONE && options->ground != NULL &&
        !ground_member(&source->spec.ground, source->session, source->spec.vocabulary,
                       source->spec.vocabulary->roles.grounds, options->ground)) {
        return EXIT_USAGE;
    }
    code = code == EXIT_DONE ? take_books(source) : code;
    return code == EXIT_DONE ? take_guide(source) : code;
}

int command_case_sample(struct session *session)
{
    assert(session != NULL);
    assert(session->outputs.count == 1);
    const bool has_seed = session_needs(session, OPTION_SEED);
    const bool has_number = session_needs(session, OPTION_NUMBER);
    if (!has_seed || !has_number) {
        return EXIT_USAGE;
    }
    struct source source = {.session = session};
    if (amicus_diagnostics_open(&source.list) != AMICUS_OK) {
        return EXIT_AGAIN;
    }
    const int code = take_all(&source);
    session_say_list(session, source.list, &(struct report_sources){.name = NULL});
    amicus_diagnostics_close(source.list);
    return code == EXIT_DONE ? draw(session, &source.spec) : code;
}
