/*
 * amicus audit: whether the record is what it was, and proofs of it for others.
 *
 * verify reads everything and compares it with checkpoints, the store's own and those that somebody
 * else kept. log shows entries. prove, consistency and export write what can be checked without the
 * store and without amicus.
 */
#include "audit.h"
#include "date.h"
#include "exhibit.h"
#include "json_layout.h"
#include "ledger.h"
#include "proof.h"
#include "witness.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOTE_FILE_MAX ((size_t)64 << 10)
#define CLAIMS_MAX    2u

/* Write an outline to every output. */
static int put_outline(struct ledger *ledger, const struct outline *outline, const char *schema)
{
    struct outputs *outputs = &ledger->session->outputs;
    int code = outline_end(outline) == AMICUS_OK ? EXIT_DONE : EXIT_AGAIN;
    for (size_t i = 0; i < outputs->count && code == EXIT_DONE; i++) {
        code = session_put_outline(ledger->session, &outputs->all[i], outline, schema);
    }
    return code;
}

static struct branch *add_branch(struct outline *outline, const char *kind, struct text name,
                                 struct text state, struct text says)
{
    struct branch *branch = outline_add(outline, &outline->root, kind);
    branch->name = name;
    branch->state = state;
    branch->says = says;
    return branch;
}

/* --- verify --- */

/* Read the checkpoint of a file, in either of its two forms. */
static int read_claim(struct ledger *ledger, enum option option, struct audit_claim *claim,
                      size_t *count)
{
    const char *path = options_value(&ledger->session->options, option);
    struct text bytes;
    struct witness witness;
    if (path == NULL) {
        return EXIT_DONE;
    }
    if (file_read(&bytes, ledger->arena, path, NOTE_FILE_MAX) != AMICUS_OK) {
        diagnostics_add(ledger->list, AMICUS_ERROR, "U0201", (struct place){path, 0, 0},
                        "check the path and its permissions", "cannot be read: %s",
                        strerror(errno));
        return EXIT_INPUT;
    }
    claim->name = path;
    bool is_read = option == OPTION_WITNESS ? witness_read(&witness, bytes)
                                            : checkpoint_read(&claim->checkpoint, bytes);
    if (!is_read) {
        diagnostics_add(ledger->list, AMICUS_ERROR, "R0402", (struct place){path, 0, 0},
                        "amicus explain R0402", "there is no signed checkpoint in it");
        return EXIT_INPUT;
    }
    if (option == OPTION_WITNESS) {
        claim->checkpoint = witness.checkpoint;
    }
    *count += 1;
    return EXIT_DONE;
}

static void say_broken(struct ledger *ledger, const struct audit_report *report)
{
    char mend[160];
    if (report->held_size > 0) {
        (void)snprintf(mend, sizeof mend,
                       "the checkpoint of size %llu still holds: what is before it is as it was",
                       (unsigned long long)report->held_size);
    } else {
        (void)snprintf(mend, sizeof mend, "compare the record with a backup");
    }
    diagnostics_add(ledger->list, AMICUS_ERROR, "R0401", (struct place){ledger->place, 0, 0}, mend,
                    "%s", report->fault);
}

static void fill_report(struct outline *outline, const struct audit_report *report, size_t claims)
{
    static const char *const ROWS[] = {"cases", "rulebooks", "rulings", "decisions", "signatures"};
    char hex[DIGEST_HEX];
    digest_write(hex, report->root);
    outline->root.name = text_of(report->is_broken ? "broken" : "sound");
    outline->root.state = outline_putf(outline, "%llu entries", (unsigned long long)report->size);
    (void)add_branch(outline, "root", text_of("root"), outline_putf(outline, "%s", hex),
                     text_of(""));
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        (void)add_branch(outline, ROWS[i], text_of(ROWS[i]),
                         outline_putf(outline, "%llu", (unsigned long long)report->rows[i]),
                         text_of(""));
    }
    struct text newest =
        report->held_size == 0
            ? text_of("none")
            : outline_putf(outline, "the newest covers %llu of %llu entries",
                           (unsigned long long)report->held_size, (unsigned long long)report->size);
    (void)add_branch(outline, "checkpoints", text_of("checkpoints"),
                     outline_putf(outline, "%llu", (unsigned long long)report->checkpoints),
                     newest);
    if (claims == 0) {
        (void)add_branch(outline, "not_excluded", text_of("not excluded"), text_of(""),
                         text_of("that somebody with the signing key made the whole log anew, or "
                                 "cut off its end with the checkpoints: give --witness or "
                                 "--against with a checkpoint that was kept elsewhere"));
    }
}

int command_audit_verify(struct session *session)
{
    assert(session != NULL);
    assert(session->options.operand_count == 0);
    struct ledger ledger;
    struct audit_claim claims[CLAIMS_MAX];
    struct audit_report report;
    struct outline outline;
    size_t count = 0;
    int code = ledger_open(&ledger, session, LEDGER_READ);
    if (code == EXIT_DONE) {
        memset(claims, 0, sizeof claims);
        code = read_claim(&ledger, OPTION_AGAINST, &claims[count], &count);
    }
    if (code == EXIT_DONE) {
        code = read_claim(&ledger, OPTION_WITNESS, &claims[count], &count);
    }
    if (code == EXIT_DONE) {
        code = ledger_fail(&ledger, audit_verify(ledger.store, claims, count, &report));
    }
    if (code == EXIT_DONE) {
        outline_start(&outline, ledger.arena, "audit");
        fill_report(&outline, &report, count);
        code = put_outline(&ledger, &outline, "amicus.audit/1");
        if (report.is_broken) {
            say_broken(&ledger, &report);
            code = EXIT_DIFFERS;
        }
    }
    code = ledger.list == NULL ? code : ledger_say(&ledger, code);
    ledger_close(&ledger);
    return code;
}

/* --- log --- */

/* A listing of entries. */
struct listing {
    struct ledger *ledger;
    struct outline outline;
    struct text subject; /* "C-1": only entries about that case; empty: all */
    size_t count;
};

static bool is_about(const struct listing *listing, struct text subject)
{
    size_t length = listing->subject.length;
    return length == 0 || (subject.length > length && subject.at[length] == '/' &&
                           memcmp(subject.at, listing->subject.at, length) == 0);
}

static struct text keep(struct listing *listing, struct text text)
{
    return outline_visible(&listing->outline, text);
}

static enum store_status take_entry(void *context, const struct sql_value *cells, size_t count)
{
    struct listing *listing = context;
    struct outline *outline = &listing->outline;
    assert(count == 6);
    struct log_entry entry = log_entry_of(cells);
    if (!is_about(listing, entry.subject)) {
        return STORE_OK;
    }
    struct builder builder;
    builder_start(&builder, outline->arena);
    instant_write(&builder, entry.at_s);
    builder_puts(&builder, "  ");
    builder_put(&builder, keep(listing, entry.actor));
    struct branch *branch =
        add_branch(outline, "entry", outline_putf(outline, "%llu", (unsigned long long)entry.seq),
                   keep(listing, entry.kind), outline_text(outline, &builder));
    branch->clause = keep(listing, entry.subject);
    listing->count++;
    return outline->failed ? STORE_MEMORY : STORE_OK;
}

int command_audit_log(struct session *session)
{
    assert(session != NULL);
    assert(session->options.operand_count <= 1);
    struct ledger ledger;
    struct listing listing = {.count = 0};
    int code = ledger_open(&ledger, session, LEDGER_READ);
    if (code == EXIT_DONE) {
        struct database *database = store_database(ledger.store);
        struct query query = {"SELECT " LOG_COLUMNS " FROM audit ORDER BY seq", NULL, 0, take_entry,
                              &listing};
        listing.ledger = &ledger;
        listing.subject = session->options.operand_count == 0
                              ? text_of("")
                              : text_of(session->options.operands[0]);
        outline_start(&listing.outline, ledger.arena, "log");
        code = ledger_fail(&ledger, database->face->run(database, &query));
    }
    if (code == EXIT_DONE && listing.count == 0) {
        diagnostics_add(ledger.list, AMICUS_ERROR, "U0202", (struct place){ledger.place, 0, 0},
                        "amicus audit log lists all entries", "no entry of the log matches");
        code = ledger_say(&ledger, EXIT_NOTHING);
    }
    if (code == EXIT_DONE) {
        listing.outline.root.name = text_of("log");
        listing.outline.root.state = outline_putf(&listing.outline, "%zu %s", listing.count,
                                                  listing.count == 1 ? "entry" : "entries");
        code = put_outline(&ledger, &listing.outline, "amicus.audit_log/1");
    }
    ledger_close(&ledger);
    return code;
}

/* --- proofs --- */

/* Read an operand that is a number. */
static bool read_number(struct ledger *ledger, size_t operand, uint64_t *out)
{
    const char *word = ledger->session->options.operands[operand];
    char *end = NULL;
    errno = 0;
    *out = strtoull(word, &end, 10);
    bool is_number = word[0] >= '0' && word[0] <= '9' && *end == '\0' && errno == 0;
    if (!is_number) {
        diagnostics_add(ledger->list, AMICUS_ERROR, "U0104", (struct place){"", 0, 0},
                        "write a whole number", "'%.60s' is no number", word);
    }
    return is_number;
}

/* Put JSON out as the format wants it. */
static int put_json(struct ledger *ledger, struct builder *builder)
{
    struct text text;
    builder_putc(builder, '\n');
    if (builder_end(&text, builder) != AMICUS_OK) {
        return EXIT_AGAIN;
    }
    for (size_t i = 0; i < ledger->session->outputs.count; i++) {
        struct output *output = &ledger->session->outputs.all[i];
        struct text laid = text;
        if (output->format != FORMAT_NDJSON) {
            struct builder indented;
            builder_start(&indented, ledger->arena);
            json_write_indented(&indented, text);
            if (builder_end(&laid, &indented) != AMICUS_OK) {
                return EXIT_AGAIN;
            }
        }
        output_put(output, laid);
    }
    return EXIT_DONE;
}

static int finish_proof(struct ledger *ledger, enum store_status status, struct builder *builder)
{
    if (status == STORE_NONE) {
        diagnostics_add(ledger->list, AMICUS_ERROR, "R0403", (struct place){ledger->place, 0, 0},
                        "amicus audit verify shows the size of the log",
                        "the log has no such entry or size");
        return ledger_say(ledger, EXIT_INPUT);
    }
    int code = ledger_fail(ledger, status);
    return code == EXIT_DONE ? put_json(ledger, builder) : code;
}

int command_audit_prove(struct session *session)
{
    assert(session != NULL);
    assert(session->options.operand_count == 1);
    struct ledger ledger;
    struct builder builder;
    uint64_t seq;
    int code = ledger_open(&ledger, session, LEDGER_READ);
    if (code == EXIT_DONE && !read_number(&ledger, 0, &seq)) {
        code = ledger_say(&ledger, EXIT_USAGE);
    } else if (code == EXIT_DONE) {
        builder_start(&builder, ledger.arena);
        code = finish_proof(&ledger, proof_write_entry(&builder, ledger.store, seq), &builder);
    }
    ledger_close(&ledger);
    return code;
}

int command_audit_consistency(struct session *session)
{
    assert(session != NULL);
    assert(session->options.operand_count >= 1);
    struct ledger ledger;
    struct builder builder;
    uint64_t size1 = 0;
    uint64_t size2 = 0;
    int code = ledger_open(&ledger, session, LEDGER_READ);
    bool is_read = code == EXIT_DONE && read_number(&ledger, 0, &size1) &&
                   (session->options.operand_count < 2 || read_number(&ledger, 1, &size2));
    if (code == EXIT_DONE && !is_read) {
        code = ledger_say(&ledger, EXIT_USAGE);
    } else if (code == EXIT_DONE) {
        builder_start(&builder, ledger.arena);
        enum store_status status = session->options.operand_count == 2 && size2 == 0
                                       ? STORE_NONE
                                       : proof_write_growth(&builder, ledger.store, size1, size2);
        code = finish_proof(&ledger, status, &builder);
    }
    ledger_close(&ledger);
    return code;
}

/* --- checkpoint, export --- */

int command_audit_checkpoint(struct session *session)
{
    assert(session != NULL);
    assert(session->options.operand_count == 0);
    struct ledger ledger;
    struct text note;
    int code = ledger_open(&ledger, session, LEDGER_READ);
    if (code == EXIT_DONE) {
        code = ledger_checkpoint(&ledger, &note);
    }
    if (code == EXIT_DONE) {
        session_put(session, FORMAT_HUMAN, note);
    }
    ledger_close(&ledger);
    return code;
}

static bool take_line(void *context, struct text line)
{
    struct session *session = context;
    for (size_t i = 0; i < session->outputs.count; i++) {
        output_put(&session->outputs.all[i], line);
        if (ferror(session->outputs.all[i].file.stream) != 0) {
            return false;
        }
    }
    return true;
}

/* Read an instant or a date; false with a diagnostic. */
static bool read_moment(struct ledger *ledger, enum option option, bool *has, int64_t *out)
{
    const char *word = options_value(&ledger->session->options, option);
    int32_t day;
    *has = word != NULL;
    if (word == NULL || instant_read(out, text_of(word)) == AMICUS_OK) {
        return true;
    }
    if (date_read(&day, text_of(word)) == AMICUS_OK) {
        *out = (int64_t)day * 86400;
        return true;
    }
    diagnostics_add(ledger->list, AMICUS_ERROR, "U0104", (struct place){"", 0, 0},
                    "write it as 2025-06-02T00:00:00Z or 2025-06-02",
                    "'--%s %.60s' is not an instant", option_rows[option].name, word);
    return false;
}

int command_audit_export(struct session *session)
{
    assert(session != NULL);
    assert(session->options.operand_count == 0);
    struct ledger ledger;
    struct export_range range;
    int code = ledger_open(&ledger, session, LEDGER_READ);
    if (code == EXIT_DONE && (!read_moment(&ledger, OPTION_FROM, &range.has_from, &range.from_s) ||
                              !read_moment(&ledger, OPTION_TO, &range.has_to, &range.to_s))) {
        code = ledger_say(&ledger, EXIT_USAGE);
    } else if (code == EXIT_DONE) {
        code = ledger_fail(&ledger, proof_export(ledger.store, &range, take_line, session));
    }
    ledger_close(&ledger);
    return code;
}
