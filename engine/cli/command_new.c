/*
 * amicus case new: a skeleton of a case on a ground.
 *
 * The facts are those that the rules on the ground read in the rulebook of the platform that was
 * named; else in the rulebook below rules/ whose rules on the ground read most.
 */
#include "ground.h"
#include "skeleton.h"

#include <assert.h>

/* Take a rulebook if its rules on the ground read more than those of the one before. */
static int mark(uint32_t *most, struct skeleton *skeleton, struct session *session,
                const struct book *book)
{
    const struct image *image = &book->rulebook->image;
    const struct vocabulary *vocabulary = book->rulebook->vocabulary;
    bool *marks = arena_give_array(session->arena, vocabulary->fact_count, sizeof *marks);
    if (marks == NULL) {
        return EXIT_AGAIN;
    }
    uint32_t ground = 0;
    if (!ground_member(&ground, session, vocabulary, vocabulary->roles.grounds,
                       session->options.ground)) {
        return EXIT_USAGE;
    }
    ground_mark(marks, image, text_of(session->options.ground));
    uint32_t count = 0;
    for (uint32_t i = 0; i < vocabulary->fact_count; i++) {
        count += marks[i] ? 1u : 0u;
    }
    if (skeleton->vocabulary == NULL || count > *most) {
        *most = count;
        *skeleton =
            (struct skeleton){vocabulary, marks, ground, image_text(image, image->platform)};
    }
    return EXIT_DONE;
}

/* The rulebooks to look into, the best first. */
static int list_folders(struct inputs *out, struct session *session)
{
    const char *platform = session->options.platform;
    struct books *books = &session->books;
    if (books->named != NULL || platform == NULL) {
        *out = (struct inputs){&books->named, 1, 1};
        return books->named != NULL ? EXIT_DONE : exit_of(books_list(out, books));
    }
    amicus_diagnostics *list;
    const char **folder = arena_give(session->arena, sizeof *folder);
    if (folder == NULL || amicus_diagnostics_open(&list) != AMICUS_OK) {
        return EXIT_AGAIN;
    }
    amicus_status status = books_for(folder, books, text_of(platform), "--platform", list);
    session_say_list(session, list, &(struct report_sources){.name = NULL});
    amicus_diagnostics_close(list);
    *out = (struct inputs){folder, 1, 1};
    return exit_of(status);
}

static int look(struct skeleton *skeleton, struct session *session)
{
    struct inputs folders = {NULL, 0, 0};
    int code = list_folders(&folders, session);
    uint32_t most = 0;
    for (size_t i = 0; i < folders.count && code == EXIT_DONE; i++) {
        struct book *book;
        amicus_status status = books_load(&book, &session->books, folders.paths[i]);
        if (status == AMICUS_OK && book->status != AMICUS_OK) {
            session_say_list(session, book->list, &(struct report_sources){.folder = book->folder});
            status = book->status;
        }
        code = status == AMICUS_OK ? mark(&most, skeleton, session, book) : exit_of(status);
    }
    return code == EXIT_DONE && skeleton->vocabulary == NULL ? EXIT_NOTHING : code;
}

int command_case_new(struct session *session)
{
    assert(session != NULL);
    assert(session->outputs.count == 1);
    if (!session_needs(session, OPTION_GROUND)) {
        return EXIT_USAGE;
    }
    struct skeleton skeleton = {.vocabulary = NULL};
    const int code = look(&skeleton, session);
    if (code != EXIT_DONE) {
        return code;
    }
    struct builder builder;
    struct text text;
    builder_start(&builder, session->arena);
    skeleton_write(&builder, &skeleton);
    if (builder_end(&text, &builder) != AMICUS_OK) {
        return EXIT_AGAIN;
    }
    output_put(&session->outputs.all[0], text);
    return EXIT_DONE;
}
