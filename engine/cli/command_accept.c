/*
 * amicus accept, override, approve: what a person decides, on the record.
 *
 * The case is decided as suggest does it; what the reviewer says is checked against that ruling;
 * and case, rulebook, ruling and decision go into the record in one transaction. Who decides saw a
 * certain state: if another decision stands, he is told, and says --supersede if he means it.
 *
 * What is recorded is confirmed only after it is on the disk. A checkpoint that cannot be signed
 * then is a warning: the decision stands, and a later checkpoint covers it.
 */
#include "bundle.h"
#include "date.h"
#include "decided.h"
#include "decision.h"
#include "exhibit.h"
#include "kept_case.h"
#include "ledger.h"
#include "money.h"
#include "reasons.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A decision on its way. */
struct recording {
    struct session *session;
    struct ledger ledger;
    struct decided decided;
    struct decision_request request;
    struct decision decision;
    struct amicus_case *previous;
    struct kept_book book;
    struct decision_submission submitted;
    char rulebook[DIGEST_HEX], digest[DIGEST_HEX], ruling[DIGEST_HEX];
    struct receipt receipt;
    struct text note; /* the checkpoint */
    int64_t threshold_minor;
};

static struct text option_text(const struct session *session, enum option option)
{
    return text_of(options_value(&session->options, option));
}

/* --- what was said --- */

/* Collect the values of an option, each perhaps a list with commas. */
static amicus_status collect(const struct session *session, enum option option, bool is_list,
                             struct arena *arena, const struct text **out, size_t *count)
{
    struct text *all = NULL;
    size_t capacity = 0;
    *count = 0;
    for (size_t i = 0; i < session->options.said_count; i++) {
        if (session->options.said[i].option != option) {
            continue;
        }
        const char *at = session->options.said[i].value;
        while (at != NULL) {
            const char *comma = is_list ? strchr(at, ',') : NULL;
            void *items = all;
            amicus_status status = arena_grow(arena, &items, &capacity, *count, sizeof *all);
            if (status != AMICUS_OK) {
                return status;
            }
            all = items;
            all[(*count)++] = (struct text){at, comma == NULL ? strlen(at) : (size_t)(comma - at)};
            at = comma == NULL ? NULL : comma + 1;
        }
    }
    *out = all;
    return AMICUS_OK;
}

static amicus_status read_awards(struct recording *recording)
{
    struct arena *arena = recording->ledger.arena;
    const struct text *words;
    size_t count;
    amicus_status status = collect(recording->session, OPTION_AWARD, false, arena, &words, &count);
    struct award *awards = arena_give_array(arena, count + 1, sizeof *awards);
    if (status != AMICUS_OK || awards == NULL) {
        return AMICUS_MEMORY;
    }
    for (size_t i = 0; i < count; i++) {
        uint16_t currency = recording->decided.ruling->currency;
        if (award_read(&awards[i], words[i], currency) != AMICUS_OK) {
            char code[4];
            currency_write(currency, code);
            char mend[96];
            (void)snprintf(mend, sizeof mend, "write it as --award 'M1=%s 720.00'", code);
            diagnostics_add(recording->ledger.list, AMICUS_ERROR, "U0104", (struct place){"", 0, 0},
                            mend, "'--award %.*s' is no item with an amount in %s",
                            (int)(words[i].length > 60 ? 60 : words[i].length), words[i].at, code);
            status = AMICUS_INVALID;
        }
    }
    recording->request.awards = awards;
    recording->request.award_count = count;
    return status;
}

static amicus_status read_request(struct recording *recording, bool is_override)
{
    const struct session *session = recording->session;
    struct decision_request *request = &recording->request;
    struct arena *arena = recording->ledger.arena;
    request->is_override = is_override;
    request->outcome = option_text(session, OPTION_OUTCOME);
    request->reason = option_text(session, OPTION_REASON);
    request->note = option_text(session, OPTION_NOTE);
    amicus_status status =
        collect(session, OPTION_CITE, true, arena, &request->cites, &request->cite_count);
    if (status == AMICUS_OK) {
        status = collect(session, OPTION_DISAGREE, true, arena, &request->disagrees,
                         &request->disagree_count);
    }
    return status == AMICUS_OK ? read_awards(recording) : status;
}

static int read_supersede(struct recording *recording)
{
    const char *word = options_value(&recording->session->options, OPTION_SUPERSEDE);
    char *end = NULL;
    long long number = word == NULL ? 0 : strtoll(word, &end, 10);
    if (word != NULL && (end == word || *end != '\0' || number < 1)) {
        diagnostics_add(recording->ledger.list, AMICUS_ERROR, "U0104", (struct place){"", 0, 0},
                        "'amicus audit log CASE' shows the number of the decision",
                        "'--supersede %.60s' is no number of a decision", word);
        return EXIT_USAGE;
    }
    recording->submitted.supersedes = number;
    return EXIT_DONE;
}

/* --- what the record knows already --- */

/* Open the recorded version before this one, for who says that evidence is new. */
static enum store_status find_previous(struct recording *recording)
{
    struct store *store = recording->ledger.store;
    const struct amicus_case *subject = recording->decided.intake.subject;
    struct kept_case kept;
    enum store_status status =
        store_find_case(store, subject->id, 0, recording->ledger.arena, &kept);
    if (status == STORE_OK && text_is(kept.digest, recording->digest)) {
        status = kept.n == 1 ? STORE_NONE
                             : store_find_case(store, subject->id, kept.n - 1,
                                               recording->ledger.arena, &kept);
    }
    if (status != STORE_OK) {
        return status == STORE_NONE ? STORE_OK : status;
    }
    amicus_diagnostics *list;
    if (amicus_diagnostics_open(&list) != AMICUS_OK) {
        return STORE_MEMORY;
    }
    (void)!case_load(&recording->previous, subject->vocabulary, "the version before", kept.bytes,
                     AMICUS_FORMAT_AUTO, list);
    amicus_diagnostics_close(list);
    recording->request.previous = recording->previous;
    return STORE_OK;
}

/* Find what is superseded, if it is a decision on this very ruling: what moves is counted from it.
 */
static enum store_status find_replaced(struct recording *recording)
{
    struct store *store = recording->ledger.store;
    struct arena *arena = recording->ledger.arena;
    struct kept_decision decision;
    struct kept_ruling ruling;
    if (recording->submitted.supersedes == 0) {
        return STORE_OK;
    }
    enum store_status status =
        store_find_decision(store, recording->submitted.supersedes, arena, &decision);
    if (status == STORE_OK) {
        status = store_find_ruling(store, decision.ruling_id, arena, &ruling);
    }
    if (status == STORE_OK && text_is(ruling.digest, recording->ruling)) {
        recording->request.replaced = decision.detail;
    }
    return status == STORE_NONE ? STORE_OK : status;
}

static int look_back(struct recording *recording)
{
    if (recording->ledger.store == NULL) {
        return EXIT_DONE;
    }
    enum store_status status = find_previous(recording);
    if (status == STORE_OK) {
        status = find_replaced(recording);
    }
    return ledger_fail(&recording->ledger, status);
}

/* --- what is recorded --- */

static int make_bundle(struct recording *recording)
{
    const struct amicus_rulebook *rulebook = recording->decided.intake.book->rulebook;
    struct kept_book *book = &recording->book;
    bool has = false;
    *book = (struct kept_book){.digest = text_of(recording->rulebook),
                               .name = text_of(amicus_rulebook_name(rulebook)),
                               .version = text_of(amicus_rulebook_version(rulebook))};
    enum store_status status = store_has_book(recording->ledger.store, book->digest, &has);
    if (status != STORE_OK || has) {
        return ledger_fail(&recording->ledger, status);
    }
    amicus_status made =
        bundle_make(&book->bytes, rulebook, recording->ledger.arena, recording->ledger.list);
    if (made == AMICUS_NOT_FOUND) {
        diagnostics_add(recording->ledger.list, AMICUS_ERROR, "R0201",
                        (struct place){rulebook->folder.at, 0, 0}, "try again",
                        "the rulebook was changed while it was read");
        return ledger_say(&recording->ledger, EXIT_AGAIN);
    }
    return ledger_say(&recording->ledger, exit_of(made));
}

static amicus_status write_ruling(struct recording *recording, struct kept_ruling *out)
{
    const struct amicus_ruling *ruling = recording->decided.ruling;
    struct builder builder;
    struct builder date;
    builder_start(&builder, recording->ledger.arena);
    ruling_write_json(&builder, ruling, false);
    builder_start(&date, recording->ledger.arena);
    if (ruling->instants.has_policy_date) {
        instant_write(&date, ruling->instants.policy_date_s);
    }
    *out = (struct kept_ruling){.engine = text_of(AMICUS_VERSION),
                                .outcome = text_of(outcome_name((enum outcome)ruling->outcome)),
                                .digest = text_of(recording->ruling),
                                .as_of_s = ruling->instants.as_of_s};
    amicus_status status = builder_end(&out->json, &builder);
    return status == AMICUS_OK ? builder_end(&out->policy_date, &date) : status;
}

static int fill_submission(struct recording *recording, struct submission *out)
{
    struct ledger *ledger = &recording->ledger;
    struct decision_submission *decision = &recording->submitted;
    const char *actor = ledger_actor(ledger, OPTION_BY);
    bool has_second = options_has(&recording->session->options, OPTION_SECOND);
    const char *second = has_second ? ledger_actor(ledger, OPTION_SECOND) : "";
    if (actor == NULL || second == NULL) {
        return ledger_say(ledger, EXIT_USAGE);
    }
    decision->kind = text_of(recording->request.is_override ? "override" : "accept");
    decision->outcome = recording->decision.outcome;
    decision->reason = recording->request.reason;
    decision->detail = recording->decision.detail;
    decision->moved_minor = recording->decision.moved_minor;
    decision->second = text_of(second);
    decision->may_wait = options_has(&recording->session->options, OPTION_PENDING);
    decision->has_threshold =
        decision_threshold(recording->decided.ruling, &decision->threshold_minor);
    *out = (struct submission){
        .actor = text_of(actor),
        .at_s = ledger->now_s,
        .subject = {recording->decided.intake.subject->id, 0, text_of(recording->digest),
                    recording->decided.intake.bytes},
        .book = recording->book,
        .decision = decision,
        .is_trial = options_has(&recording->session->options, OPTION_DRY_RUN)};
    return exit_of(write_ruling(recording, &out->ruling));
}

static struct text describe(struct recording *recording, const struct kept_decision *decision)
{
    struct builder builder;
    struct text text;
    builder_start(&builder, recording->ledger.arena);
    builder_putf(&builder, "decision %lld: ", (long long)decision->id);
    builder_put(&builder, decision->kind);
    builder_puts(&builder, ", ");
    builder_put(&builder, decision->outcome);
    builder_puts(&builder, ", by ");
    builder_put(&builder, decision->actor);
    builder_puts(&builder, " on ");
    instant_write(&builder, decision->at_s);
    return builder_end(&text, &builder) == AMICUS_OK ? text : text_of("");
}

/* Say why the store refused, and what stands instead. */
static int refuse(struct recording *recording)
{
    const struct receipt *receipt = &recording->receipt;
    struct ledger *ledger = &recording->ledger;
    if (receipt->code[0] == '\0') {
        return ledger_fail(ledger, receipt->status);
    }
    char mend[192] = "amicus explain ";
    (void)snprintf(mend, sizeof mend, "amicus explain %s", receipt->code);
    struct kept_decision standing;
    if (receipt->standing_id != 0 &&
        store_find_standing(ledger->store, recording->decided.intake.subject->id, ledger->arena,
                            &standing) == STORE_OK) {
        struct text words = describe(recording, &standing);
        (void)snprintf(mend, sizeof mend, "%.120s; add --supersede %lld to replace it", words.at,
                       (long long)standing.id);
    } else if (strcmp(receipt->code, "R0303") == 0) {
        (void)snprintf(mend, sizeof mend,
                       "add --second WHO, or --pending and let the other run 'amicus approve'");
    }
    diagnostics_add(ledger->list, AMICUS_ERROR, receipt->code,
                    (struct place){recording->decided.intake.name, 0, 0}, mend, "not recorded: %s",
                    receipt->words);
    return ledger_say(ledger, EXIT_REFUSED);
}

/* --- the answer --- */

static void add_says(struct outline *outline, const char *name, struct text state, struct text says)
{
    struct branch *branch = outline_add(outline, &outline->root, name);
    branch->name = text_of(name);
    branch->state = state;
    branch->says = says;
}

static void add_log(struct outline *outline, const struct recording *recording)
{
    struct checkpoint checkpoint;
    const struct receipt *receipt = &recording->receipt;
    struct text says = text_of("not signed yet: amicus audit checkpoint");
    if (recording->note.length > 0 && checkpoint_read(&checkpoint, recording->note)) {
        char hex[DIGEST_HEX];
        digest_write(hex, checkpoint.root);
        says = outline_putf(outline, "signed at size %llu, root %.8s...%s",
                            (unsigned long long)checkpoint.size, hex, hex + DIGEST_HEX - 9);
    }
    add_says(outline, "log", outline_putf(outline, "entry %lld", (long long)receipt->decision_id),
             says);
}

static void fill_outline(struct outline *outline, struct recording *recording)
{
    const struct amicus_ruling *ruling = recording->decided.ruling;
    const struct decision *decision = &recording->decision;
    const struct receipt *receipt = &recording->receipt;
    bool is_trial = options_has(&recording->session->options, OPTION_DRY_RUN);
    outline->root.name = ruling->subject->id;
    outline->root.state = text_of(is_trial              ? "not recorded (dry run)"
                                  : receipt->is_waiting ? "recorded, waiting"
                                                        : "recorded");
    outline->root.says = outline_putf(outline, "%s of version %lld",
                                      recording->request.is_override ? "override" : "acceptance",
                                      (long long)(receipt->case_n > 0 ? receipt->case_n : 1));
    add_says(outline, "decided", decision->outcome,
             ruling->currency == 0
                 ? text_of("")
                 : reasons_division(outline->arena, &decision->totals, ruling->currency));
    if (recording->request.is_override) {
        add_says(outline, "suggested", text_of(outcome_name((enum outcome)ruling->outcome)),
                 ruling->currency == 0
                     ? text_of("")
                     : reasons_division(outline->arena, &ruling->totals, ruling->currency));
        add_says(outline, "moved",
                 exhibit_money(outline->arena, decision->moved_minor, ruling->currency),
                 text_of("against what stood before"));
    }
    if (receipt->is_waiting) {
        add_says(outline, "waits", text_of("not in force"),
                 outline_putf(outline, "another person signs: amicus approve %lld --by WHO",
                              (long long)receipt->decision_id));
    }
    if (!is_trial) {
        add_log(outline, recording);
    }
}

static int answer(struct recording *recording)
{
    struct outline outline;
    outline_start(&outline, recording->ledger.arena, "decision");
    fill_outline(&outline, recording);
    if (outline_end(&outline) != AMICUS_OK) {
        return EXIT_AGAIN;
    }
    int code = EXIT_DONE;
    for (size_t i = 0; i < recording->session->outputs.count; i++) {
        code = exit_worst(code, session_put_outline(recording->session,
                                                    &recording->session->outputs.all[i], &outline,
                                                    "amicus.receipt/1"));
    }
    return code;
}

/* --- the commands --- */

/* A dry run without a record: of what the store would refuse, only the sum can be judged. */
static int check_alone(struct recording *recording)
{
    const struct decision_submission *decision = &recording->submitted;
    bool is_refused = decision->has_threshold && decision->second.length == 0 &&
                      !decision->may_wait && decision->moved_minor > decision->threshold_minor;
    if (!is_refused) {
        return EXIT_DONE;
    }
    recording->receipt =
        (struct receipt){.status = STORE_REFUSED,
                         .code = "R0303",
                         .words = "a second person must sign: more is moved than one may decide"};
    return refuse(recording);
}

static int submit(struct recording *recording)
{
    struct submission submission;
    if (recording->ledger.store != NULL) {
        int code = make_bundle(recording);
        if (code != EXIT_DONE) {
            return code;
        }
    }
    int code = fill_submission(recording, &submission);
    if (code != EXIT_DONE) {
        return code;
    }
    if (recording->ledger.store == NULL) {
        return check_alone(recording);
    }
    if (store_submit(recording->ledger.store, &submission, &recording->receipt) != STORE_OK) {
        return refuse(recording);
    }
    if (!submission.is_trial) {
        (void)ledger_checkpoint(&recording->ledger, &recording->note);
    }
    return EXIT_DONE;
}

/* Work out the decision; all that is wrong with it is said at once. */
static int decide(struct recording *recording, bool is_override)
{
    struct ledger *ledger = &recording->ledger;
    uint8_t digest[DIGEST_BYTES];
    amicus_status status = ruling_digest(digest, recording->decided.ruling);
    if (status != AMICUS_OK) {
        return exit_of(status);
    }
    digest_write(recording->ruling, digest);
    digest_write(recording->digest, recording->decided.intake.subject->digest);
    digest_write(recording->rulebook, recording->decided.intake.book->rulebook->image.digest);
    int code = read_supersede(recording);
    status = read_request(recording, is_override);
    code = code == EXIT_DONE ? exit_of(status) : code;
    if (code == EXIT_DONE) {
        code = look_back(recording);
    }
    if (code == EXIT_DONE) {
        code = exit_of(decision_make(&recording->decision, &recording->request,
                                     recording->decided.ruling, ledger->arena, ledger->list));
    }
    return ledger_say(ledger, code);
}

static int record(struct session *session, bool is_override)
{
    struct recording recording = {.session = session};
    int code = decided_open(&recording.decided, session, kept_case_path(session, 0));
    if (code == EXIT_DONE) {
        code = ledger_open(&recording.ledger, session, LEDGER_TRY);
        if (code == EXIT_DONE) {
            code = decide(&recording, is_override);
        }
        /* A record is made for what is right, and not for what is refused. */
        if (code == EXIT_DONE && !options_has(&session->options, OPTION_DRY_RUN)) {
            code = ledger_make(&recording.ledger);
        }
        if (code == EXIT_DONE) {
            code = submit(&recording);
        }
        if (code == EXIT_DONE) {
            code = answer(&recording);
        }
        case_close(recording.previous);
        ledger_close(&recording.ledger);
    }
    decided_close(&recording.decided);
    return code;
}

int command_accept(struct session *session)
{
    assert(session != NULL);
    assert(session->options.operand_count == 1);
    return record(session, false);
}

int command_override(struct session *session)
{
    assert(session != NULL);
    assert(session->options.operand_count == 1);
    return record(session, true);
}

/* Find which decision is meant: by its number, or the one that stands for a case. */
static int find_signed(struct ledger *ledger, const char *word, struct kept_decision *out)
{
    char *end = NULL;
    long long number = strtoll(word, &end, 10);
    enum store_status status =
        *end == '\0' && end != word
            ? store_find_decision(ledger->store, number, ledger->arena, out)
            : store_find_standing(ledger->store, text_of(word), ledger->arena, out);
    if (status == STORE_NONE || (status == STORE_OK && out->id == 0)) {
        diagnostics_add(ledger->list, AMICUS_ERROR, "R0304", (struct place){"", 0, 0},
                        "amicus audit log", "there is no decision '%.60s'", word);
        return ledger_say(ledger, EXIT_INPUT);
    }
    return ledger_fail(ledger, status);
}

static int sign(struct ledger *ledger, const struct kept_decision *decision)
{
    struct session *session = ledger->session;
    struct receipt receipt;
    const char *actor = ledger_actor(ledger, OPTION_BY);
    bool is_yes = !options_has(&session->options, OPTION_NO);
    if (actor == NULL) {
        return ledger_say(ledger, EXIT_USAGE);
    }
    const struct signature signature = {text_of(actor), ledger->now_s, decision->id, is_yes};
    enum store_status status = store_sign(ledger->store, &signature, &receipt);
    if (status != STORE_OK && receipt.code[0] != '\0') {
        diagnostics_add(ledger->list, AMICUS_ERROR, receipt.code, (struct place){"", 0, 0}, "",
                        "not signed: %s", receipt.words);
        return ledger_say(ledger, EXIT_REFUSED);
    }
    int code = ledger_fail(ledger, status);
    if (code != EXIT_DONE) {
        return code;
    }
    struct text note;
    (void)ledger_checkpoint(ledger, &note);
    char line[160];
    int length = snprintf(line, sizeof line, "decision %lld %s by %.100s\n",
                          (long long)decision->id, is_yes ? "signed" : "refused", actor);
    session_put(session, FORMAT_HUMAN, (struct text){line, (size_t)length});
    return EXIT_DONE;
}

int command_approve(struct session *session)
{
    assert(session != NULL);
    assert(session->options.operand_count == 1);
    struct ledger ledger;
    struct kept_decision decision;
    int code = ledger_open(&ledger, session, LEDGER_READ);
    if (code == EXIT_DONE) {
        code = find_signed(&ledger, session->options.operands[0], &decision);
    }
    if (code == EXIT_DONE) {
        code = sign(&ledger, &decision);
    }
    ledger_close(&ledger);
    return code;
}
