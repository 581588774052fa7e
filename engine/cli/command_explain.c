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
#include "kept_case.h"
#include "page.h"
#include "render_outline.h"
#include "whynot.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define PAGE_BYTES_MAX ((size_t)16 << 20)

/* Rows of a usual terminal. */
static const size_t SCREEN_LINES = 24;

/* A search for a name, in one place after another. */
struct search {
    struct session *session;
    struct arena *arena;
    struct outline outline;
    struct text name;
    struct likeness likeness; /* of the names that were seen on the way */
};

static void consider_image(struct search *search, const struct image *image)
{
    for (uint32_t i = 0; i < image->rule_count; i++) {
        likeness_try(&search->likeness, image_text(image, image->rules[i].id));
    }
    for (uint32_t i = 0; i < image->issue_count; i++) {
        likeness_try(&search->likeness, image_text(image, image->issues[i].name));
    }
    for (uint32_t i = 0; i < image->remedy_count; i++) {
        likeness_try(&search->likeness, image_text(image, image->remedies[i].id));
    }
    for (uint32_t i = 0; i < image->flag_count; i++) {
        likeness_try(&search->likeness, image_text(image, image->flags[i].code));
    }
    for (uint32_t i = 0; i < image->fallback_count; i++) {
        likeness_try(&search->likeness, image_text(image, image->fallbacks[i].id));
    }
    for (uint32_t i = 0; i < image->param_count; i++) {
        likeness_try(&search->likeness, image_text(image, image->params[i].name));
    }
    for (uint32_t i = 0; i < image->provision_count; i++) {
        likeness_try(&search->likeness, image_text(image, image->provisions[i].id));
    }
}

static void consider_facts(struct search *search, const struct vocabulary *vocabulary)
{
    for (uint32_t i = 0; i < vocabulary->fact_count; i++) {
        likeness_try(&search->likeness, vocabulary->facts[i].path);
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

/* List the folders of all rulebooks below the root. returns OK; NOT_FOUND, if there is no root */
static amicus_status list_books(struct inputs *folders, struct session *session)
{
    *folders = (struct inputs){NULL, 0, 0};
    return session->books.root == NULL
               ? AMICUS_NOT_FOUND
               : inputs_folders_with(folders, session->books.root, "rulebook.yaml", session->arena);
}

static amicus_status look_in_books(struct search *search)
{
    struct inputs folders;
    if (search->session->books.named != NULL) {
        return look_in_book(search, search->session->books.named);
    }
    amicus_status status = list_books(&folders, search->session);
    if (status != AMICUS_OK) {
        return status;
    }
    status = AMICUS_NOT_FOUND;
    for (size_t i = 0; i < folders.count && status == AMICUS_NOT_FOUND; i++) {
        status = look_in_book(search, folders.paths[i]);
    }
    return status;
}

/* The folder of the first rulebook that has something of a name; NULL if none has. */
static const char *book_that_has(struct session *session, struct text name)
{
    struct inputs folders;
    const char *found = NULL;
    if (list_books(&folders, session) != AMICUS_OK) {
        return NULL;
    }
    for (size_t i = 0; i < folders.count && found == NULL; i++) {
        struct book *book;
        struct outline page;
        if (books_load(&book, &session->books, folders.paths[i]) != AMICUS_OK ||
            book->status != AMICUS_OK) {
            continue;
        }
        outline_start(&page, session->arena, "page");
        if (page_of_policy(&page, &book->rulebook->image, name) == AMICUS_OK) {
            found = folders.paths[i];
        }
    }
    return found;
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
            likeness_try(&search->likeness, text_of(tables[i]->pages[j].code));
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
    struct search search = {
        .session = session, .name = text_of(word), .likeness = likeness_to(text_of(word))};
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
        say_unknown(session, search.name, search.likeness.best);
    }
    arena_close(search.arena);
    return exit_worst(code, session->worst);
}

/* Count the lines that an outline takes on a page, up to the end of memory. */
static size_t count_lines(const struct outline *outline, struct look look)
{
    struct builder builder;
    struct text text;
    size_t count = 0;
    builder_start(&builder, outline->arena);
    outline_write_text(&builder, outline, look);
    if (builder_end(&text, &builder) != AMICUS_OK) {
        return 0;
    }
    for (size_t i = 0; i < text.length; i++) {
        count += text.at[i] == '\n';
    }
    return count;
}

/* Build a why-not. A reader who gave no depth gets one level of derived facts if that fits a
 * screen, and else none and a word about it. */
static amicus_status build_whynot(struct outline *outline, const struct session *session,
                                  const struct decided *decided, const struct output *output)
{
    const struct options *options = &session->options;
    const struct text name = text_of(options->why_not);
    struct whynot_view view = {.depth = options_has(options, OPTION_DEPTH) ? options->depth : 1,
                               .is_brief = output->format == FORMAT_HUMAN &&
                                           !options_has(options, OPTION_TREE)};
    amicus_status status = whynot_of(outline, decided->ruling, name, view);
    if (status != AMICUS_OK || !view.is_brief || options_has(options, OPTION_DEPTH) ||
        count_lines(outline, session_page(session, output)) <= SCREEN_LINES) {
        return status;
    }
    view.depth = 0;
    outline_start(outline, decided->intake.arena, "ruling");
    status = whynot_of(outline, decided->ruling, name, view);
    struct branch *more = outline_add(outline, &outline->root, "more");
    more->name = text_of("--depth 1 shows what the facts were computed from");
    return status;
}

/* Build what is asked of a decided case, as much of it as an answer of that format wants. */
static amicus_status build(struct outline *outline, const struct session *session,
                           const struct decided *decided, const struct output *output)
{
    const struct options *options = &session->options;
    if (options->why_not != NULL) {
        return build_whynot(outline, session, decided, output);
    }
    const char *name = options->operand_count > 1 ? options->operands[1] : "";
    const amicus_status status = argument_of(outline, decided->ruling, text_of(name));
    if (status == AMICUS_OK && options_has(options, OPTION_DEPTH)) {
        outline_cut(outline, options->depth);
    }
    return status;
}

/* Write every answer; NOT_FOUND if the case's policy has nothing of the name. */
static amicus_status put_case(int *code, struct session *session, const struct decided *decided)
{
    amicus_status status = ruling_fill(decided->ruling);
    for (size_t i = 0; i < session->outputs.count && status == AMICUS_OK && *code == EXIT_DONE;
         i++) {
        struct output *output = &session->outputs.all[i];
        struct outline outline;
        outline_start(&outline, decided->intake.arena, "ruling");
        status = build(&outline, session, decided, output);
        if (status == AMICUS_OK) {
            *code = session_put_outline(session, output, &outline, "amicus.explanation/1");
        }
    }
    return status;
}

/* Whether a name has a page in the policy of a case, such as a parameter, or is a fact. */
static bool has_page(const struct decided *decided, struct text name)
{
    const struct image *image = &decided->intake.book->rulebook->image;
    struct outline page;
    outline_start(&page, decided->intake.arena, "page");
    return page_of_policy(&page, image, bare_name(name)) == AMICUS_OK ||
           page_of_fact(&page, image->vocabulary, name) == AMICUS_OK;
}

/* Say that nothing of a case's policy with that name can hold or fail: it is something else, or
 * somebody else's, or unknown. */
static void say_unknown_here(struct session *session, const struct decided *decided,
                             struct text name)
{
    struct search search = {.session = session, .name = name, .likeness = likeness_to(name)};
    const struct image *image = &decided->intake.book->rulebook->image;
    const int length = (int)(name.length > 80 ? 80 : name.length);
    const bool is_other_thing = has_page(decided, name);
    consider_image(&search, image);
    const char *book =
        is_other_thing || search.likeness.best.length > 0 ? NULL : book_that_has(session, name);
    amicus_diagnostics *list;
    if (!is_other_thing && book == NULL) {
        say_unknown(session, name, search.likeness.best);
        return;
    }
    if (amicus_diagnostics_open(&list) != AMICUS_OK) {
        return;
    }
    char mend[192];
    if (is_other_thing) {
        (void)snprintf(mend, sizeof mend, "amicus explain %.*s", length, name.at);
        diagnostics_add(list, AMICUS_ERROR, "U0401", (struct place){"", 0, 0}, mend,
                        "'%.*s' is no rule, issue, remedy, outcome, state, flag or derived fact",
                        length, name.at);
    } else {
        const struct text own = image_text(image, image->name);
        (void)snprintf(mend, sizeof mend, "amicus explain -p %.60s %.*s", book, length, name.at);
        diagnostics_add(list, AMICUS_ERROR, "U0401", (struct place){"", 0, 0}, mend,
                        "'%.*s' belongs to %.60s, and this case is decided by %.*s", length,
                        name.at, book, (int)own.length, own.at);
    }
    session_say_list(session, list, &(struct report_sources){.name = NULL});
    amicus_diagnostics_close(list);
}

static int explain_case(struct session *session, const char *path)
{
    struct decided decided;
    int code = decided_open(&decided, session, path);
    if (code == EXIT_DONE) {
        const struct options *options = &session->options;
        const amicus_status status = put_case(&code, session, &decided);
        if (status != AMICUS_OK) {
            code = exit_of(status);
        }
        if (status == AMICUS_NOT_FOUND) {
            say_unknown_here(
                session, &decided,
                text_of(options->why_not != NULL ? options->why_not : options->operands[1]));
        }
    }
    decided_close(&decided);
    return code;
}

/* --why-not, --tree and --depth speak of a case, and --why-not names what of it. */
static bool refuse_options(struct session *session, bool is_case)
{
    const struct options *options = &session->options;
    const bool is_mine = options_has(options, OPTION_WHY_NOT) ||
                         options_has(options, OPTION_TREE) || options_has(options, OPTION_DEPTH);
    const bool is_double = options->why_not != NULL && options->operand_count > 1;
    amicus_diagnostics *list;
    if ((is_case || !is_mine) && !is_double) {
        return false;
    }
    if (amicus_diagnostics_open(&list) == AMICUS_OK) {
        if (is_double) {
            diagnostics_add(list, AMICUS_ERROR, "U0106", (struct place){"", 0, 0},
                            "leave out one of both",
                            "'--why-not %.60s' and '%.60s' both name what is to be explained",
                            options->why_not, options->operands[1]);
        } else {
            diagnostics_add(list, AMICUS_ERROR, "U0105", (struct place){"", 0, 0},
                            "name a case: amicus explain CASE --why-not NAME",
                            "'%.60s' is no case, and --why-not, --tree and --depth need one",
                            options->operands[0]);
        }
        session_say_list(session, list, &(struct report_sources){.name = NULL});
        amicus_diagnostics_close(list);
    }
    return true;
}

int command_explain(struct session *session)
{
    assert(session != NULL);
    assert(session->options.operand_count > 0);
    const struct options *options = &session->options;
    /* A word is looked for in the record only where one is named: most words are rules and facts.
     */
    const char *first =
        options_has(options, OPTION_STORE) ? kept_case_path(session, 0) : options->operands[0];
    struct stat info;
    const bool is_case = kept_case_is(first) || strcmp(first, "-") == 0 || stat(first, &info) == 0;
    const bool is_path = options->operand_count > 1 || strchr(first, '/') != NULL;
    if (refuse_options(session, is_case || is_path)) {
        return EXIT_USAGE;
    }
    if (is_case) {
        return explain_case(session, first);
    }
    if (is_path) {
        int code = session_take_inputs(session);
        return exit_worst(code, session->worst);
    }
    return explain_word(session, first);
}
