/*
 * What a submission does to the store, within a transaction that sees the newest state.
 *
 * Optimistic concurrency: the submission says which case it speaks of and which decision its
 * reviewer saw. Whatever is newer refuses it, and the receipt says what; nothing is merged by a
 * machine. A case has one chain of decisions, each naming the one that it supersedes; the table's
 * UNIQUE makes a second successor impossible even if this file were wrong.
 */
#include "store_parts.h"

#include <assert.h>
#include <string.h>

/* A number, or a number and a digest, out of a row. */
struct found {
    int64_t n;
    char digest[DIGEST_HEX];
};

static enum store_status take_found(void *context, const struct sql_value *cells, size_t count)
{
    struct found *found = context;
    found->n = cells[0].n;
    if (count > 1 && cells[1].bytes.length == DIGEST_HEX - 1) {
        memcpy(found->digest, cells[1].bytes.at, DIGEST_HEX - 1);
    }
    return STORE_OK;
}

static enum store_status put_case(struct store *store, const struct submission *submission,
                                  int64_t n)
{
    const struct kept_case *subject = &submission->subject;
    const struct sql_value columns[] = {sql_text(subject->id), sql_text(subject->digest),
                                        sql_int(n)};
    int64_t id;
    return store_put(
        store,
        &(struct new_row){KEPT_CASE, columns, subject->bytes, submission->actor, submission->at_s},
        &id);
}

/* Find the version that the submission speaks of, or make it. */
static enum store_status take_case(struct store *store, const struct submission *submission,
                                   struct receipt *receipt)
{
    const struct kept_case *subject = &submission->subject;
    struct found newest = {0, ""};
    struct found same = {0, ""};
    const struct sql_value id = sql_text(subject->id);
    const struct sql_value both[] = {id, sql_text(subject->digest)};
    struct query ask = {"SELECT n, digest FROM case_version WHERE case_id = $1"
                        " ORDER BY n DESC LIMIT 1",
                        &id, 1, take_found, &newest};
    struct query find = {"SELECT n FROM case_version WHERE case_id = $1 AND digest = $2"
                         " ORDER BY n DESC LIMIT 1",
                         both, 2, take_found, &same};
    enum store_status status = store_run(store, &ask);
    if (status == STORE_OK && newest.n > 0) {
        status = store_run(store, &find);
    }
    if (status != STORE_OK) {
        return status;
    }
    if (same.n > 0 && same.n < newest.n) {
        return receipt_refuse(receipt, STORE_REFUSED, "R0301",
                              "the case is at version %lld, and this is version %lld",
                              (long long)newest.n, (long long)same.n);
    }
    receipt->case_n = same.n > 0 ? same.n : newest.n + 1;
    return same.n > 0 ? STORE_OK : put_case(store, submission, receipt->case_n);
}

static enum store_status take_book(struct store *store, const struct submission *submission)
{
    const struct kept_book *book = &submission->book;
    struct found found = {0, ""};
    const struct sql_value digest = sql_text(book->digest);
    struct query ask = {"SELECT id FROM rulebook WHERE digest = $1", &digest, 1, take_found,
                        &found};
    enum store_status status = store_run_one(store, &ask);
    if (status != STORE_NONE) {
        return status;
    }
    if (book->bytes.length == 0) {
        return database_fault(store->database, STORE_FAULT, "the rulebook was not given");
    }
    const struct sql_value columns[] = {digest, sql_text(book->name), sql_text(book->version)};
    int64_t id;
    return store_put(
        store,
        &(struct new_row){KEPT_RULEBOOK, columns, book->bytes, submission->actor, submission->at_s},
        &id);
}

static enum store_status take_ruling(struct store *store, const struct submission *submission,
                                     struct receipt *receipt)
{
    const struct kept_ruling *ruling = &submission->ruling;
    const struct sql_value id = sql_text(submission->subject.id);
    const struct sql_value which[] = {id, sql_int(receipt->case_n), sql_text(ruling->digest)};
    struct found found = {0, ""};
    struct query ask = {"SELECT id FROM ruling WHERE case_id = $1 AND case_n = $2 AND digest = $3",
                        which, 3, take_found, &found};
    enum store_status status = store_run_one(store, &ask);
    receipt->ruling_id = found.n;
    if (status != STORE_NONE) {
        return status;
    }
    const struct sql_value columns[] = {
        sql_int(ruling->as_of_s),      id,
        sql_text(ruling->digest),      sql_text(ruling->engine),
        sql_int(receipt->case_n),      sql_text(ruling->outcome),
        sql_text(ruling->policy_date), sql_text(submission->book.digest)};
    return store_put(
        store,
        &(struct new_row){KEPT_RULING, columns, ruling->json, submission->actor, submission->at_s},
        &receipt->ruling_id);
}

/* Refuse if another decision stands than the reviewer saw. */
static enum store_status check_standing(struct store *store, const struct submission *submission,
                                        struct receipt *receipt)
{
    const struct sql_value id = sql_text(submission->subject.id);
    struct found last = {0, ""};
    struct query ask = {"SELECT id FROM decision WHERE case_id = $1 ORDER BY id DESC LIMIT 1", &id,
                        1, take_found, &last};
    enum store_status status = store_run(store, &ask);
    if (status != STORE_OK || last.n == submission->decision->supersedes) {
        return status;
    }
    receipt->standing_id = last.n;
    if (submission->decision->supersedes == 0) {
        return receipt_refuse(receipt, STORE_CONFLICT, "R0302",
                              "decision %lld stands for this case already", (long long)last.n);
    }
    return receipt_refuse(receipt, STORE_CONFLICT, "R0302",
                          "decision %lld is not the one that stands: that is %lld",
                          (long long)submission->decision->supersedes, (long long)last.n);
}

static enum store_status take_sum(void *context, const struct sql_value *cells, size_t count)
{
    assert(count == 1);
    *(int64_t *)context += cells[0].n < INT64_MAX / 4 ? cells[0].n : INT64_MAX / 4;
    return *(int64_t *)context > INT64_MAX / 2 ? STORE_FAULT : STORE_OK;
}

/* Tell whether a second person must sign: by all that was moved since the ruling, so that one large
 * step cannot be taken as several small ones. */
static enum store_status ask_second(struct store *store, const struct submission *submission,
                                    const struct receipt *receipt, bool *is_needed)
{
    const struct decision_submission *decision = submission->decision;
    *is_needed = false;
    if (!decision->has_threshold) {
        return STORE_OK;
    }
    int64_t moved = decision->moved_minor;
    const struct sql_value ruling = sql_int(receipt->ruling_id);
    struct query ask = {"SELECT moved FROM decision WHERE ruling_id = $1", &ruling, 1, take_sum,
                        &moved};
    enum store_status status = store_run(store, &ask);
    *is_needed = moved > decision->threshold_minor;
    return status;
}

static enum store_status put_signature(struct store *store, const struct signature *signature)
{
    const struct sql_value columns[] = {sql_text(signature->actor), sql_int(signature->decision_id),
                                        sql_text(text_of(signature->is_yes ? "yes" : "no"))};
    int64_t id;
    return store_put(
        store,
        &(struct new_row){KEPT_APPROVAL, columns, {NULL, 0}, signature->actor, signature->at_s},
        &id);
}

static enum store_status put_decision(struct store *store, const struct submission *submission,
                                      struct receipt *receipt, bool is_needed)
{
    const struct decision_submission *decision = submission->decision;
    const struct sql_value columns[] = {
        sql_text(submission->actor),  sql_text(submission->subject.id),
        sql_text(decision->kind),     sql_int(decision->moved_minor),
        sql_int(is_needed ? 1 : 0),   sql_text(decision->outcome),
        sql_text(decision->reason),   sql_int(receipt->ruling_id),
        sql_int(decision->supersedes)};
    return store_put(store,
                     &(struct new_row){KEPT_DECISION, columns, decision->detail, submission->actor,
                                       submission->at_s},
                     &receipt->decision_id);
}

struct text actor_person(struct text actor)
{
    assert(actor.at != NULL || actor.length == 0);
    const char *slash = actor.length == 0 ? NULL : memchr(actor.at, '/', actor.length);
    size_t skip = slash == NULL ? 0 : (size_t)(slash - actor.at) + 1;
    assert(skip <= actor.length);
    return (struct text){actor.at + skip, actor.length - skip};
}

static enum store_status take_decision(struct store *store, const struct submission *submission,
                                       struct receipt *receipt)
{
    const struct decision_submission *decision = submission->decision;
    bool is_needed = false;
    enum store_status status = check_standing(store, submission, receipt);
    if (status == STORE_OK) {
        status = ask_second(store, submission, receipt, &is_needed);
    }
    if (status != STORE_OK) {
        return status;
    }
    bool is_signed = decision->second.length > 0;
    if (is_needed && !is_signed && !decision->may_wait) {
        return receipt_refuse(receipt, STORE_REFUSED, "R0303",
                              "a second person must sign: more is moved than one may decide");
    }
    if (is_signed && text_equal(actor_person(decision->second), actor_person(submission->actor))) {
        return receipt_refuse(receipt, STORE_REFUSED, "R0303",
                              "nobody signs a decision of his own");
    }
    status = put_decision(store, submission, receipt, is_needed);
    if (status == STORE_OK && is_needed && is_signed) {
        status = put_signature(store, &(struct signature){decision->second, submission->at_s,
                                                          receipt->decision_id, true});
    }
    receipt->is_waiting = is_needed && !is_signed;
    return status;
}

enum store_status submission_take(struct store *store, const struct submission *submission,
                                  struct receipt *receipt)
{
    assert(store != NULL && submission != NULL);
    assert(receipt != NULL);
    enum store_status status = take_case(store, submission, receipt);
    if (status == STORE_OK) {
        status = take_book(store, submission);
    }
    if (status == STORE_OK) {
        status = take_ruling(store, submission, receipt);
    }
    if (status == STORE_OK && submission->decision != NULL) {
        status = take_decision(store, submission, receipt);
    }
    return status;
}

/* What must be known of a decision before it is signed. */
struct signable {
    bool needs_second;
    char actor[128];
    char verdict[8];
    bool is_last;
};

static enum store_status take_signable(void *context, const struct sql_value *cells, size_t count)
{
    struct signable *out = context;
    assert(count == 4);
    out->needs_second = cells[0].n != 0;
    size_t length = cells[1].bytes.length < sizeof out->actor - 1 ? cells[1].bytes.length
                                                                  : sizeof out->actor - 1;
    memcpy(out->actor, cells[1].bytes.at, length);
    if (cells[2].type == SQL_TEXT && cells[2].bytes.length < sizeof out->verdict) {
        memcpy(out->verdict, cells[2].bytes.at, cells[2].bytes.length);
    }
    out->is_last = cells[3].type == SQL_NULL;
    return STORE_OK;
}

enum store_status signature_take(struct store *store, const struct signature *signature,
                                 struct receipt *receipt)
{
    static const char SQL[] =
        "SELECT d.needs_second, d.actor, a.verdict, s.id FROM decision d"
        " LEFT JOIN approval a ON a.decision_id = d.id"
        " LEFT JOIN decision s ON s.case_id = d.case_id AND s.supersedes = d.id WHERE d.id = $1";
    assert(store != NULL && signature != NULL);
    assert(receipt != NULL);
    struct signable found = {.needs_second = false};
    const struct sql_value id = sql_int(signature->decision_id);
    struct query ask = {SQL, &id, 1, take_signable, &found};
    enum store_status status = store_run_one(store, &ask);
    if (status != STORE_OK) {
        return status == STORE_NONE
                   ? receipt_refuse(receipt, STORE_REFUSED, "R0304", "there is no decision %lld",
                                    (long long)signature->decision_id)
                   : status;
    }
    if (!found.needs_second || found.verdict[0] != '\0' || !found.is_last) {
        const char *why = !found.needs_second ? "needs no second signature"
                          : !found.is_last    ? "was superseded"
                                              : "was signed already";
        return receipt_refuse(receipt, STORE_REFUSED, "R0304", "decision %lld %s",
                              (long long)signature->decision_id, why);
    }
    if (text_equal(actor_person(text_of(found.actor)), actor_person(signature->actor))) {
        return receipt_refuse(receipt, STORE_REFUSED, "R0303",
                              "nobody signs a decision of his own");
    }
    receipt->decision_id = signature->decision_id;
    return put_signature(store, signature);
}
