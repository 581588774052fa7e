/*
 * amicus explain: the argument of a ruling, or the page of a word.
 *
 * The first word is a case if it names a file, stdin or a folder; else it is looked up as a code,
 * as a fact, and in the rulebooks: the one that was named, or each below rules/ in turn. A rule of
 * the common practice is the same in all of them, so the first that has it answers.
 */
#include "argument.h"
#include "codes.h"
#include "decided.h"
#include "page.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define PAGE_BYTES_MAX ((size_t)16 << 20)

/* A search for a name, in one place after another. */
struct search {
    struct session *session;
    struct arena *arena;
    struct outline outline;
    struct text name;
    struct text nearest; /* the most similar name so far */
    unsigned distance;
};

static void consider(struct search *search, struct text candidate)
{
    unsigned distance = text_distance(search->name, candidate);
    if (candidate.length > 0 && distance < search->distance) {
        search->distance = distance;
        search->nearest = candidate;
    }
}

static void consider_image(struct search *search, const struct image *image)
{
    for (uint32_t i = 0; i < image->rule_count; i++) {
        consider(search, image_text(image, image->rules[i].id));
    }
    for (uint32_t i = 0; i < image->issue_count; i++) {
        consider(search, image_text(image, image->issues[i].name));
    }
    for (uint32_t i = 0; i < image->remedy_count; i++) {
        consider(search, image_text(image, image->remedies[i].id));
    }
    for (uint32_t i = 0; i < image->param_count; i++) {
        consider(search, image_text(image, image->params[i].name));
    }
    for (uint32_t i = 0; i < image->provision_count; i++) {
        consider(search, image_text(image, image->provisions[i].id));
    }
}

static void consider_facts(struct search *search, const struct vocabulary *vocabulary)
{
    for (uint32_t i = 0; i < vocabulary->fact_count; i++) {
        consider(search, vocabulary->facts[i].path);
    }
}

/* "param.review_period" is how rules write it, "review_period" what it is called. */
static struct text bare_name(struct text name)
{
    static const char *const PREFIXES[] = {"param.", "issue."};
    for (size_t i = 0; i < sizeof PREFIXES / sizeof PREFIXES[0]; i++) {
        size_t length = strlen(PREFIXES[i]);
        if (name.length > length && memcmp(name.at, PREFIXES[i], length) == 0) {
            return (struct text){name.at + length, name.length - length};
        }
    }
    return name;
}

/* A rulebook with faults cannot be searched; `check` says which. */
static void say_unusable(struct session *session, const struct book *book)
{
    amicus_diagnostics *list;
    if (amicus_diagnostics_open(&list) != AMICUS_OK) {
        return;
    }
    char mend[96];
    (void)snprintf(mend, sizeof mend, "amicus check %.60s", book->folder);
    diagnostics_add(list, AMICUS_ERROR, "U0304", (struct place){book->folder, 0, 0}, mend,
                    "the rulebook %s", books_fault(book->status));
    session_say_list(session, list, &(struct report_sources){.name = NULL});
    amicus_diagnostics_close(list);
    session_note(session, exit_of(book->status));
}

/* The text behind the first dot; empty if there is none. */
static struct text behind_dot(struct text path)
{
    const char *dot = memchr(path.at, '.', path.length);
    return dot == NULL ? (struct text){NULL, 0}
                       : (struct text){dot + 1, path.length - (size_t)(dot - path.at) - 1};
}

/* A path of a record's fact, as a ruling names it: "milestones.M1.held", "milestones.held". */
static amicus_status look_for_path(struct search *search, const struct vocabulary *vocabulary)
{
    struct text rest = behind_dot(search->name);
    if (rest.length == 0) {
        return AMICUS_NOT_FOUND;
    }
    struct text word = {search->name.at, search->name.length - rest.length - 1};
    uint32_t kind = vocabulary_find_kind(vocabulary, word);
    for (unsigned i = 0; i < 2 && kind != KIND_NONE && rest.length > 0; i++) {
        uint32_t fact = vocabulary_find(vocabulary, kind, rest);
        if (fact != FACT_NONE) {
            return page_of_fact(&search->outline, vocabulary, vocabulary->facts[fact].path);
        }
        rest = behind_dot(rest);
    }
    return AMICUS_NOT_FOUND;
}

static amicus_status look_for_fact(struct search *search, const struct vocabulary *vocabulary)
{
    amicus_status status = page_of_fact(&search->outline, vocabulary, search->name);
    return status == AMICUS_NOT_FOUND ? look_for_path(search, vocabulary) : status;
}

static amicus_status look_in_book(struct search *search, const char *folder)
{
    struct book *book;
    amicus_status status = books_load(&book, &search->session->books, folder);
    if (status != AMICUS_OK) {
        return status;
    }
    if (book->status != AMICUS_OK) {
        say_unusable(search->session, book);
        return AMICUS_NOT_FOUND;
    }
    status = page_of_policy(&search->outline, &book->rulebook->image, bare_name(search->name));
    if (status == AMICUS_NOT_FOUND) {
        status = look_for_fact(search, book->rulebook->vocabulary);
    }
    if (status == AMICUS_NOT_FOUND) {
        consider_image(search, &book->rulebook->image);
        consider_facts(search, book->rulebook->vocabulary);
    }
    return status;
}

static amicus_status look_in_books(struct search *search)
{
    struct books *books = &search->session->books;
    if (books->named != NULL) {
        return look_in_book(search, books->named);
    }
    struct inputs folders = {NULL, 0, 0};
    if (books->root == NULL) {
        return AMICUS_NOT_FOUND;
    }
    amicus_status status =
        inputs_folders_with(&folders, books->root, "rulebook.yaml", search->session->arena);
    if (status != AMICUS_OK) {
        return status;
    }
    status = AMICUS_NOT_FOUND;
    for (size_t i = 0; i < folders.count && status == AMICUS_NOT_FOUND; i++) {
        status = look_in_book(search, folders.paths[i]);
    }
    return status;
}

/* Look for a fact without running a script: the vocabulary alone will do. */
static amicus_status look_in_vocabulary(struct search *search)
{
    const struct vocabulary *vocabulary;
    amicus_diagnostics *list;
    if (search->session->books.named != NULL || search->session->books.root == NULL) {
        return AMICUS_NOT_FOUND;
    }
    if (amicus_diagnostics_open(&list) != AMICUS_OK) {
        return AMICUS_MEMORY;
    }
    amicus_status status = books_vocabulary(&vocabulary, &search->session->books, list);
    amicus_diagnostics_close(list);
    return status == AMICUS_OK ? look_for_fact(search, vocabulary) : AMICUS_NOT_FOUND;
}

static amicus_status look(struct search *search)
{
    size_t count;
    const struct code_table *const *tables = codes_all(&count);
    amicus_status status = page_of_code(&search->outline, tables, count, search->name);
    for (size_t i = 0; i < count && status == AMICUS_NOT_FOUND; i++) {
        for (size_t j = 0; j < tables[i]->count; j++) {
            consider(search, text_of(tables[i]->pages[j].code));
        }
    }
    if (status == AMICUS_NOT_FOUND) {
        status = look_in_vocabulary(search);
    }
    return status == AMICUS_NOT_FOUND ? look_in_books(search) : status;
}

static int put_everywhere(struct session *session, const struct outline *outline,
                          const char *schema)
{
    int code = EXIT_DONE;
    for (size_t i = 0; i < session->outputs.count && code == EXIT_DONE; i++) {
        code = session_put_outline(session, &session->outputs.all[i], outline, schema);
    }
    return code;
}

static void say_unknown(struct session *session, struct text name, struct text nearest)
{
    amicus_diagnostics *list;
    if (amicus_diagnostics_open(&list) != AMICUS_OK) {
        return;
    }
    char mend[192];
    if (nearest.length > 0) {
        (void)snprintf(mend, sizeof mend, "did you mean '%.*s'?",
                       (int)(nearest.length > 120 ? 120 : nearest.length), nearest.at);
    } else {
        (void)snprintf(mend, sizeof mend, "amicus help explain");
    }
    diagnostics_add(list, AMICUS_ERROR, "U0401", (struct place){"", 0, 0}, mend,
                    "nothing is called '%.*s': no file, code, fact, rule or issue",
                    (int)(name.length > 80 ? 80 : name.length), name.at);
    session_say_list(session, list, &(struct report_sources){.name = NULL});
    amicus_diagnostics_close(list);
}

static int explain_word(struct session *session, const char *word)
{
    struct search search = {.session = session, .name = text_of(word)};
    search.distance = (unsigned)(search.name.length / 3 < 2 ? 3 : search.name.length / 3 + 1);
    amicus_status status = arena_open(&search.arena, PAGE_BYTES_MAX);
    if (status != AMICUS_OK) {
        return exit_of(status);
    }
    outline_start(&search.outline, search.arena, "page");
    status = look(&search);
    int code = exit_of(status);
    if (status == AMICUS_OK) {
        code = put_everywhere(session, &search.outline, "amicus.page/1");
    } else if (status == AMICUS_NOT_FOUND) {
        say_unknown(session, search.name, search.nearest);
    }
    arena_close(search.arena);
    return exit_worst(code, session->worst);
}

static int explain_case(struct session *session, const char *path, const char *name)
{
    struct decided decided;
    int code = decided_open(&decided, session, path);
    if (code == EXIT_DONE) {
        struct outline outline;
        outline_start(&outline, decided.intake.arena, "ruling");
        amicus_status status = ruling_fill(decided.ruling);
        if (status == AMICUS_OK) {
            status = argument_of(&outline, decided.ruling, text_of(name));
        }
        code = status == AMICUS_OK ? put_everywhere(session, &outline, "amicus.explanation/1")
                                   : exit_of(status);
        if (status == AMICUS_NOT_FOUND) {
            struct search search = {.name = text_of(name), .distance = 4};
            consider_image(&search, &decided.intake.book->rulebook->image);
            say_unknown(session, search.name, search.nearest);
        }
    }
    decided_close(&decided);
    return code;
}

int command_explain(struct session *session)
{
    assert(session != NULL);
    assert(session->options.operand_count > 0);
    const struct options *options = &session->options;
    const char *first = options->operands[0];
    struct stat info;
    if (strcmp(first, "-") == 0 || stat(first, &info) == 0) {
        return explain_case(session, first, options->operand_count > 1 ? options->operands[1] : "");
    }
    if (options->operand_count > 1 || strchr(first, '/') != NULL) {
        int code = session_take_inputs(session);
        return exit_worst(code, session->worst);
    }
    return explain_word(session, first);
}
