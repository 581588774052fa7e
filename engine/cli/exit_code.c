/*
 * Exit codes and their order.
 *
 * The worst code wins in a run over many inputs, so that an incomplete run never looks like a
 * complete one. The outcomes of --exit-code rank below every failure: who asks for them asks about
 * rulings, and a case without a ruling has none.
 */
#include "exit_code.h"

#include <assert.h>
#include <string.h>

const struct exit_row exit_rows[] = {
    {EXIT_DONE, "done; a ruling of any kind is success"},
    {EXIT_NO, "the answer is no: a finding at --fail-on, a file that fmt --check would change"},
    {EXIT_USAGE, "wrong usage"},
    {EXIT_INPUT, "an input cannot be read or is invalid; with several inputs, at least one"},
    {EXIT_NOTHING, "nothing to do: no case matched"},
    {EXIT_JAIL, "a rule file or predicate ran out of steps, memory or time; no ruling was made"},
    {EXIT_DIFFERS, "a ruling is not proved, a replay differs, the record was changed, or parts are "
                   "not the archive"},
    {EXIT_REFUSED,
     "refused: another decision stands, no second person, parts of a batch are missing or mixed"},
    {EXIT_BUG, "a bug in amicus or in policy that the engine caught"},
    {EXIT_OUTPUT, "the answer cannot be written"},
    {EXIT_AGAIN, "a passing fault, such as no memory: try again"},
    {130, "interrupted (INT)"},
    {141, "the reader went away (PIPE)"},
    {143, "ended (TERM)"},
    {10, "suggest --exit-code: release_full"},
    {11, "suggest --exit-code: refund_full"},
    {12, "suggest --exit-code: split, hourly_apportion"},
    {13, "suggest --exit-code: default_freelancer, default_client"},
    {14, "suggest --exit-code: settled"},
    {20, "suggest --exit-code: request_evidence, request_contact, revise, replan"},
    {21, "suggest --exit-code: ineligible, out_of_time, dismiss, no_change"},
    {22, "suggest --exit-code: stay, mediate, offer_arbitration"},
    {30, "suggest --exit-code: refer"},
    {31, "suggest --exit-code: no_rule"},
};
const size_t exit_row_count = sizeof exit_rows / sizeof exit_rows[0];

/* Outcome and code. */
struct outcome_row {
    const char *outcome;
    int code;
};

static const struct outcome_row OUTCOMES[] = {
    {"release_full", 10},
    {"refund_full", 11},
    {"split", 12},
    {"hourly_apportion", 12},
    {"default_freelancer", 13},
    {"default_client", 13},
    {"settled", 14},
    {"request_evidence", 20},
    {"request_contact", 20},
    {"revise", 20},
    {"replan", 20},
    {"ineligible", 21},
    {"out_of_time", 21},
    {"dismiss", 21},
    {"no_change", 21},
    {"stay", 22},
    {"mediate", 22},
    {"offer_arbitration", 22},
    {"refer", 30},
    {"no_rule", 31},
};

/* How bad a code is. */
static int rank(int code)
{
    switch (code) {
    case EXIT_DONE: return 0;
    case EXIT_NO: return 1;
    case EXIT_NOTHING: return 2;
    case EXIT_USAGE: return 100;
    case EXIT_INPUT: return 101;
    case EXIT_REFUSED: return 102;
    case EXIT_JAIL: return 103;
    case EXIT_AGAIN: return 104;
    case EXIT_OUTPUT: return 105;
    case EXIT_DIFFERS: return 106;
    case EXIT_BUG: return 107;
    default: return code;
    }
}

int exit_worst(int a, int b)
{
    assert(a >= 0 && a < 256);
    assert(b >= 0 && b < 256);
    return rank(a) >= rank(b) ? a : b;
}

int exit_of(amicus_status status)
{
    assert(status >= AMICUS_OK && status <= AMICUS_INTERNAL);
    switch (status) {
    case AMICUS_OK: return EXIT_DONE;
    case AMICUS_INVALID:
    case AMICUS_LIMIT:
    case AMICUS_OVERFLOW:
    case AMICUS_NOT_FOUND:
    case AMICUS_IO: return EXIT_INPUT;
    case AMICUS_JAIL: return EXIT_JAIL;
    case AMICUS_MEMORY: return EXIT_AGAIN;
    case AMICUS_INTERNAL: return EXIT_BUG;
    }
    return EXIT_BUG;
}

int exit_of_outcome(const char *outcome)
{
    assert(outcome != NULL);
    assert(outcome[0] != '\0');
    for (size_t i = 0; i < sizeof OUTCOMES / sizeof OUTCOMES[0]; i++) {
        if (strcmp(OUTCOMES[i].outcome, outcome) == 0) {
            return OUTCOMES[i].code;
        }
    }
    return EXIT_BUG;
}
