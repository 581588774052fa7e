/*
 * amicus replay: decide recorded cases again and show that nothing has changed.
 *
 * Each recorded ruling names its case version and its rulebook by digest, and the record holds both
 * whole: the rulebook is loaded from its bundle, not from any folder. The ruling that comes out is
 * compared with the recorded one byte by byte. Rulebooks are loaded once a call.
 */
#include "date.h"
#include "dice.h"
#include "ledger.h"
#include "ruling.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RULING_BYTES_MAX ((size_t)128 << 20)
/* How much of two texts is shown where they part. */
#define SHOWN_BYTES      60u

/* A rulebook of the record, loaded. */
struct kept_rulebook {
    struct text digest;
    struct amicus_rulebook *rulebook; /* NULL if it could not be loaded */
    struct kept_rulebook *next;
};

struct replay {
    struct session *session;
    struct ledger ledger;
    struct kept_rulebook *books;
    struct ruling_ids ids;
    struct outline outline;
    struct arena *arena; /* of one ruling */
    size_t same, different, failed;
};

/* --- which --- */

static bool read_count(struct replay *replay, enum option option, uint64_t *out)
{
    const char *word = options_value(&replay->session->options, option);
    char *end = NULL;
    errno = 0;
    *out = word == NULL ? 0 : strtoull(word, &end, 10);
    bool is_number = word == NULL || (word[0] >= '0' && word[0] <= '9' && *end == '\0' && !errno);
    if (!is_number) {
        diagnostics_add(replay->ledger.list, AMICUS_ERROR, "U0104", (struct place){"", 0, 0},
                        "write a whole number", "'--%s %.60s' is no number",
                        option_rows[option].name, word);
    }
    return is_number;
}

static bool read_since(struct replay *replay, int64_t *out)
{
    const char *word = options_value(&replay->session->options, OPTION_SINCE);
    int32_t day;
    *out = INT64_MIN;
    if (word == NULL || instant_read(out, text_of(word)) == AMICUS_OK) {
        return true;
    }
    bool is_date = date_read(&day, text_of(word)) == AMICUS_OK;
    *out = is_date ? (int64_t)day * 86400 : 0;
    if (!is_date) {
        diagnostics_add(replay->ledger.list, AMICUS_ERROR, "U0104", (struct place){"", 0, 0},
                        "write it as 2025-06-02T00:00:00Z or 2025-06-02",
                        "'--since %.60s' is not an instant", word);
    }
    return is_date;
}

static int by_number(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a;
    int64_t right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

/* Keep a number of ids, each as likely as any other, in their old order. */
static void draw_sample(struct ruling_ids *ids, uint64_t number, uint64_t seed)
{
    struct dice dice;
    dice_start(&dice, seed, 0);
    for (size_t i = 0; i < number && i < ids->count; i++) {
        size_t other = i + dice_below(&dice, (uint32_t)(ids->count - i));
        int64_t kept = ids->ids[i];
        ids->ids[i] = ids->ids[other];
        ids->ids[other] = kept;
    }
    ids->count = number < ids->count ? (size_t)number : ids->count;
    if (ids->count > 1) {
        qsort(ids->ids, ids->count, sizeof *ids->ids, by_number);
    }
}

static int list_all(struct replay *replay, int64_t since_s)
{
    const struct options *options = &replay->session->options;
    enum store_status status = STORE_OK;
    bool has_case = false;
    for (size_t i = 0; i < options->said_count && status == STORE_OK; i++) {
        if (options->said[i].option == OPTION_CASE) {
            has_case = true;
            status = store_list_rulings(replay->ledger.store, text_of(options->said[i].value),
                                        since_s, &replay->ids);
        }
    }
    if (!has_case) {
        status = store_list_rulings(replay->ledger.store, text_of(""), since_s, &replay->ids);
    }
    return ledger_fail(&replay->ledger, status);
}

static int choose(struct replay *replay)
{
    uint64_t number;
    uint64_t seed;
    int64_t since_s;
    const struct options *options = &replay->session->options;
    bool is_read = read_count(replay, OPTION_SAMPLE, &number) &&
                   read_count(replay, OPTION_SEED, &seed) && read_since(replay, &since_s);
    if (is_read && options_has(options, OPTION_SAMPLE) && !options_has(options, OPTION_SEED)) {
        diagnostics_add(replay->ledger.list, AMICUS_ERROR, "U0103", (struct place){"", 0, 0},
                        "add --seed 1, or another number",
                        "a sample is drawn from a seed, so that it can be drawn again");
        is_read = false;
    }
    if (!is_read) {
        return ledger_say(&replay->ledger, EXIT_USAGE);
    }
    int code = list_all(replay, since_s);
    if (code == EXIT_DONE && options_has(options, OPTION_SAMPLE)) {
        draw_sample(&replay->ids, number, seed);
    }
    return code;
}

/* --- one ruling --- */

static void add_line(struct replay *replay, const struct kept_ruling *ruling, const char *state,
                     struct text says)
{
    struct outline *outline = &replay->outline;
    struct branch *branch = outline_add(outline, &outline->root, "ruling");
    branch->name = outline_putf(outline, "%.*s/%lld", (int)ruling->case_id.length,
                                ruling->case_id.at, (long long)ruling->case_n);
    branch->state = text_of(state);
    branch->ink = strcmp(state, "same") == 0 ? INK_GOOD : INK_BAD;
    branch->says = says;
}

/* Load a rulebook from the record, once. NULL if that fails; what is wrong has been said. */
static struct amicus_rulebook *load_book(struct replay *replay, struct text digest)
{
    struct ledger *ledger = &replay->ledger;
    for (struct kept_rulebook *book = replay->books; book != NULL; book = book->next) {
        if (text_equal(book->digest, digest)) {
            return book->rulebook;
        }
    }
    struct kept_rulebook *book = arena_give(ledger->arena, sizeof *book);
    struct kept_book kept;
    if (book == NULL || text_copy(&book->digest, ledger->arena, digest) != AMICUS_OK) {
        return NULL;
    }
    book->next = replay->books;
    replay->books = book;
    bool is_loaded = replay->session->engine != NULL &&
                     store_find_book(ledger->store, digest, ledger->arena, &kept) == STORE_OK &&
                     rulebook_load_bundle(&book->rulebook, replay->session->engine, kept.bytes,
                                          ledger->list) == AMICUS_OK;
    char hex[DIGEST_HEX] = "";
    if (is_loaded) {
        digest_write(hex, book->rulebook->image.digest);
    }
    if (!text_is(digest, hex)) {
        rulebook_close(book->rulebook);
        book->rulebook = NULL;
        diagnostics_add(ledger->list, AMICUS_ERROR, "R0411", (struct place){ledger->place, 0, 0},
                        "amicus audit verify", "the rulebook %.12s cannot be loaded as it was",
                        book->digest.at);
    }
    return book->rulebook;
}

/* Say where two texts part: the place, and both sides. */
static struct text describe(struct replay *replay, struct text was, struct text is)
{
    size_t at = 0;
    while (at < was.length && at < is.length && was.at[at] == is.at[at]) {
        at++;
    }
    size_t from = at > SHOWN_BYTES / 2 ? at - SHOWN_BYTES / 2 : 0;
    struct builder builder;
    struct text text;
    builder_start(&builder, replay->outline.arena);
    builder_putf(&builder, "byte %zu: was ", at);
    size_t was_left = was.length - from;
    size_t is_left = is.length > from ? is.length - from : 0;
    builder_put_visible(
        &builder, (struct text){was.at + from, was_left < SHOWN_BYTES ? was_left : SHOWN_BYTES});
    builder_puts(&builder, " ; is ");
    builder_put_visible(&builder,
                        (struct text){is.at + from, is_left < SHOWN_BYTES ? is_left : SHOWN_BYTES});
    return builder_end(&text, &builder) == AMICUS_OK ? text : text_of("");
}

/* Decide a case as it was decided. */
static amicus_status decide_again(struct replay *replay, const struct kept_ruling *ruling,
                                  struct amicus_rulebook *rulebook, struct text bytes,
                                  struct text *out)
{
    struct amicus_case *subject = NULL;
    struct amicus_ruling *made = NULL;
    struct instants instants = {.has_as_of = true, .as_of_s = ruling->as_of_s};
    instants.has_policy_date =
        ruling->policy_date.length > 0 &&
        instant_read(&instants.policy_date_s, ruling->policy_date) == AMICUS_OK;
    amicus_status status = case_load(&subject, rulebook->vocabulary, ruling->case_id.at, bytes,
                                     AMICUS_FORMAT_AUTO, replay->ledger.list);
    if (status == AMICUS_OK) {
        status = decide_case(&made, rulebook, subject, &instants, replay->ledger.list);
    }
    if (status == AMICUS_OK) {
        struct builder builder;
        builder_start(&builder, replay->arena);
        ruling_write_json(&builder, made, false);
        status = builder_end(out, &builder);
    }
    amicus_ruling_close(made);
    case_close(subject);
    return status;
}

static int compare(struct replay *replay, const struct kept_ruling *ruling, struct text now)
{
    if (text_equal(ruling->json, now)) {
        replay->same++;
        if (options_has(&replay->session->options, OPTION_VERBOSE)) {
            add_line(replay, ruling, "same", outline_visible(&replay->outline, ruling->outcome));
        }
        return EXIT_DONE;
    }
    replay->different++;
    if (!text_is(ruling->engine, AMICUS_VERSION)) {
        add_line(replay, ruling, "differs",
                 outline_putf(&replay->outline, "decided by amicus %.*s, this is %s",
                              (int)ruling->engine.length, ruling->engine.at, AMICUS_VERSION));
    }
    add_line(replay, ruling, "differs", describe(replay, ruling->json, now));
    return EXIT_DIFFERS;
}

static int replay_one(struct replay *replay, int64_t id)
{
    struct kept_ruling ruling;
    struct kept_case subject;
    struct text now;
    struct store *store = replay->ledger.store;
    arena_reset(replay->arena);
    enum store_status status = store_find_ruling(store, id, replay->arena, &ruling);
    if (status == STORE_OK) {
        status = store_find_case(store, ruling.case_id, ruling.case_n, replay->arena, &subject);
    }
    if (status != STORE_OK) {
        replay->failed++;
        return ledger_fail(&replay->ledger, status);
    }
    struct amicus_rulebook *rulebook = load_book(replay, ruling.rulebook);
    amicus_status made = AMICUS_NOT_FOUND;
    if (rulebook != NULL) {
        made = decide_again(replay, &ruling, rulebook, subject.bytes, &now);
    }
    if (made != AMICUS_OK) {
        replay->failed++;
        add_line(
            replay, &ruling, "not made",
            text_of(rulebook == NULL ? "its rulebook cannot be loaded" : amicus_status_name(made)));
        return EXIT_DIFFERS;
    }
    return compare(replay, &ruling, now);
}

/* --- all of them --- */

static int answer(struct replay *replay)
{
    struct outline *outline = &replay->outline;
    outline->root.name = text_of("replay");
    outline->root.state = outline_putf(outline, "%zu %s", replay->ids.count,
                                       replay->ids.count == 1 ? "ruling" : "rulings");
    outline->root.says = outline_putf(outline, "%zu the same to the byte, %zu differ, %zu not made",
                                      replay->same, replay->different, replay->failed);
    int code = outline_end(outline) == AMICUS_OK ? EXIT_DONE : EXIT_AGAIN;
    for (size_t i = 0; i < replay->session->outputs.count && code == EXIT_DONE; i++) {
        code = session_put_outline(replay->session, &replay->session->outputs.all[i], outline,
                                   "amicus.replay/1");
    }
    return code;
}

static int replay_all(struct replay *replay)
{
    int worst = EXIT_DONE;
    outline_start(&replay->outline, replay->ledger.arena, "replay");
    replay->ids.arena = replay->ledger.arena;
    int code = choose(replay);
    if (code == EXIT_DONE && replay->ids.count == 0) {
        diagnostics_add(replay->ledger.list, AMICUS_ERROR, "U0202",
                        (struct place){replay->ledger.place, 0, 0}, "amicus audit log",
                        "no recorded ruling matches");
        return ledger_say(&replay->ledger, EXIT_NOTHING);
    }
    for (size_t i = 0; i < replay->ids.count && code == EXIT_DONE; i++) {
        worst = exit_worst(worst, replay_one(replay, replay->ids.ids[i]));
    }
    if (code == EXIT_DONE) {
        code = exit_worst(ledger_say(&replay->ledger, worst), answer(replay));
    }
    return code;
}

int command_replay(struct session *session)
{
    assert(session != NULL);
    assert(session->options.operand_count == 0);
    struct replay replay = {.session = session};
    int code = ledger_open(&replay.ledger, session, LEDGER_READ);
    if (code == EXIT_DONE) {
        code = arena_open(&replay.arena, RULING_BYTES_MAX) == AMICUS_OK ? replay_all(&replay)
                                                                        : EXIT_AGAIN;
    }
    for (struct kept_rulebook *book = replay.books; book != NULL; book = book->next) {
        rulebook_close(book->rulebook);
    }
    arena_close(replay.arena);
    ledger_close(&replay.ledger);
    return code;
}
