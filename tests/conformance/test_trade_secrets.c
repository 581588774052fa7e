/*
 * The theory of trade secrets: 32 cases, 17 labels each, against what the theory's own program
 * said.
 *
 * Every factor is known: what a case lists is true, what it does not list is false. Factors that no
 * rule reads must not change a byte of the ruling but the digest of the case, so each case that
 * has some is decided a second time without them.
 */
#include "conformance_kit.h"

struct count {
    unsigned labels, labels_passed, unread, unread_passed;
};

static bool is_listed(const struct tree *list, struct text name)
{
    for (const struct tree *one = list == NULL ? NULL : list->first; one != NULL; one = one->next) {
        if (text_equal(one->text, name)) {
            return true;
        }
    }
    return false;
}

static bool is_factor(struct text path)
{
    return path.length > 7 && memcmp(path.at, "secret.", 7) == 0;
}

/* The case as a file: every factor that the vocabulary has, true where it is listed. */
static struct text case_text(struct suite *suite, const struct vocabulary *vocabulary,
                             const struct tree *one, bool has_unread)
{
    struct builder builder;
    builder_start(&builder, suite->arena);
    builder_puts(&builder, "amicus: case/1\n"
                           "case: {id: T1, as_of: 2025-01-01T00:00:00Z}\n"
                           "secret:\n");
    for (uint32_t i = 0; i < vocabulary->fact_count; i++) {
        const struct text path = vocabulary->facts[i].path;
        if (!is_factor(path)) {
            continue;
        }
        const struct text name = {path.at + 7, path.length - 7};
        bool is_true = is_listed(tree_find(one, "factors"), name) ||
                       (has_unread && is_listed(tree_find(one, "not_read"), name));
        builder_putf(&builder, "  %.*s: %s\n", (int)name.length, name.at,
                     is_true ? "true" : "false");
    }
    return suite_words(&builder);
}

struct decided {
    amicus_case *subject;
    amicus_ruling *ruling;
};

static void decide(struct decided *out, const amicus_rulebook *book, struct text text)
{
    amicus_diagnostics *list = NULL;
    suite_must(amicus_diagnostics_open(&list) == AMICUS_OK, "no memory");
    bool is_decided =
        amicus_case_load(&out->subject, book, "case", text.at, text.length, AMICUS_FORMAT_YAML,
                         list) == AMICUS_OK &&
        amicus_ruling_of(&out->ruling, book, out->subject, NULL, NULL, list) == AMICUS_OK;
    suite_print(list);
    amicus_diagnostics_close(list);
    suite_must(is_decided, "a case of trade secrets gets no ruling");
}

static void decided_close(struct decided *decided)
{
    amicus_ruling_close(decided->ruling);
    amicus_case_close(decided->subject);
}

static void labels_compare(struct suite *suite, const struct tree *one, const amicus_ruling *ruling,
                           struct count *count)
{
    const struct image *image = &ruling->rulebook->image;
    for (uint32_t i = 0; i < image->issue_count; i++) {
        const struct text name = image_text(image, image->issues[i].name);
        bool is_upheld = is_listed(tree_find(one, "upheld"), name);
        char where[200];
        (void)snprintf(where, sizeof where, "%s: %s", tree_find(one, "case")->text.at, name.at);
        count->labels++;
        count->labels_passed +=
            suite_check(suite, where, is_upheld ? "upheld" : "rejected", suite_label(ruling, name));
    }
}

/* The canonical ruling, with what names the case's bytes or its own cut out. */
static struct text without_digests(struct suite *suite, const struct decided *decided)
{
    struct builder whole;
    struct builder rest;
    char subject[65];
    char own[65];
    uint8_t digest[DIGEST_BYTES];
    builder_start(&whole, suite->arena);
    ruling_write_json(&whole, decided->ruling, false);
    const struct text text = suite_words(&whole);
    amicus_case_digest(decided->subject, subject);
    suite_must(ruling_digest(digest, decided->ruling) == AMICUS_OK, "no digest");
    digest_write(own, digest);
    builder_start(&rest, suite->arena);
    unsigned cut = 0;
    for (size_t i = 0; i < text.length; i++) {
        bool is_digest = text.length - i >= 64 && (memcmp(text.at + i, subject, 64) == 0 ||
                                                   memcmp(text.at + i, own, 64) == 0);
        cut += is_digest ? 1 : 0;
        i += is_digest ? 64 : 0;
        builder_put(&rest, (struct text){text.at + i, 1});
    }
    suite_must(cut == 2, "a ruling names two digests that depend on the case's bytes");
    return suite_words(&rest);
}

static void case_run(struct suite *suite, const amicus_rulebook *book, const struct tree *one,
                     struct count *count)
{
    struct decided with = {NULL, NULL};
    struct decided without = {NULL, NULL};
    decide(&with, book, case_text(suite, book->vocabulary, one, true));
    labels_compare(suite, one, with.ruling, count);
    if (tree_find(one, "not_read") != NULL) {
        decide(&without, book, case_text(suite, book->vocabulary, one, false));
        const struct text a = without_digests(suite, &with);
        const struct text b = without_digests(suite, &without);
        count->unread++;
        count->unread_passed +=
            suite_check(suite, tree_find(one, "case")->text.at, "the same bytes",
                        text_equal(a, b) ? "the same bytes" : "others");
        decided_close(&without);
    }
    decided_close(&with);
}

/* A misspelt word in the table would pass as a question that is rejected. */
static void check_words(const struct tree *one, const amicus_rulebook *book)
{
    const struct tree *upheld = tree_find(one, "upheld");
    for (const struct tree *word = upheld == NULL ? NULL : upheld->first; word != NULL;
         word = word->next) {
        suite_must(image_find_issue(&book->image, word->text) != INDEX_NONE, word->text.at);
    }
    static const char *const LISTS[] = {"factors", "not_read"};
    for (unsigned i = 0; i < 2; i++) {
        const struct tree *list = tree_find(one, LISTS[i]);
        for (const struct tree *word = list == NULL ? NULL : list->first; word != NULL;
             word = word->next) {
            char path[100];
            (void)snprintf(path, sizeof path, "secret.%s", word->text.at);
            suite_must(vocabulary_find_path(book->vocabulary, text_of(path)) != FACT_NONE, path);
        }
    }
}

int main(int count, char **words)
{
    struct suite suite;
    struct count done = {0, 0, 0, 0};
    suite_open(&suite, count, words);
    amicus_rulebook *book = suite_rulebook(&suite, "trade_secrets");
    const struct tree *cases = tree_find(suite_tree(&suite, "trade_secrets/cases.yaml"), "cases");
    for (const struct tree *one = cases->first; one != NULL; one = one->next) {
        check_words(one, book);
        case_run(&suite, book, one, &done);
    }
    suite_must(cases->count == 32 && done.labels == 544, "32 cases have 544 labels");
    suite_row(&suite,
              (struct row){"trade_secrets labels", done.labels, done.labels_passed, 0, "32 x 17"});
    suite_row(&suite,
              (struct row){"trade_secrets factors not read", done.unread, done.unread_passed, 0,
                           "no byte of the ruling changes but the digests"});
    amicus_rulebook_close(book);
    return suite_close(&suite);
}
