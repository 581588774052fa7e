/*
 * The rows of the command table.
 *
 * Order is the order of `amicus help`: what a reviewer needs first, then who writes cases, then who
 * writes policy. Meanings are one line each and fit an 80-column page beside the option's name.
 */
#include "table.h"

#include <assert.h>
#include <string.h>

const char *const format_names[FORMAT_COUNT] = {"human", "plain", "json",  "ndjson",
                                                "junit", "tap",   "github"};

const struct option_row option_rows[OPTION_COUNT] = {
    [OPTION_POLICY] = {'p', "policy", "DIR", "the rulebook: a folder with a rulebook.yaml"},
    [OPTION_AS_OF] = {0, "as-of", "TS", "the instant to decide as of; a date; or now"},
    [OPTION_POLICY_DATE] = {0, "policy-date", "TS", "decide by the policy in force on that date"},
    [OPTION_FORMAT] = {'f', "format", "F[:FILE]", "how to write the answer; may be repeated"},
    [OPTION_OUTPUT] = {'o', "output", "FILE", "write the answer there, never half"},
    [OPTION_FOLDER] = {'C', "", "DIR", "run as if started in that folder"},
    [OPTION_QUIET] = {'q', "quiet", NULL, "write nothing to stderr"},
    [OPTION_VERBOSE] = {'v', "verbose", NULL, "tell more"},
    [OPTION_COLOR] = {0, "color", "WHEN", "auto, always or never"},
    [OPTION_HELP] = {'h', "help", NULL, "show the help page of the command"},
    [OPTION_VERSION] = {'V', "version", NULL, "show the version"},
    [OPTION_EXIT_CODE] = {0, "exit-code", NULL, "tell the outcome by the exit code"},
    [OPTION_CHECK] = {0, "check", NULL, "change nothing; exit 1 if a file would change"},
    [OPTION_DROP_COMMENTS] = {0, "drop-comments", NULL, "rewrite even if comments are lost"},
    [OPTION_FAIL_ON] = {0, "fail-on", "LEVEL", "exit 1 from note, warning or error upwards"},
    [OPTION_WHY_NOT] = {0, "why-not", "NAME", "why a rule, issue, remedy or outcome did not hold"},
    [OPTION_TREE] = {0, "tree", NULL, "the whole tree, also where a short form is usual"},
    [OPTION_DEPTH] = {0, "depth", "N", "levels of the tree; default: all, with --why-not 1"},
    [OPTION_RUN] = {0, "run", "REGEX", "only tests whose 'suite / name' it matches"},
    [OPTION_COVERAGE] = {0, "coverage", NULL, "show what of the rules no test tries"},
    [OPTION_THRESHOLD] = {0, "threshold", "PCT", "exit 1 if less than that is covered"},
    [OPTION_UPDATE] = {0, "update", NULL, "write what there is in place of what was wanted"},
    [OPTION_JOBS] = {'j', "jobs", "N", "threads; the answer does not depend on them"},
    [OPTION_SEED] = {0, "seed", "S", "what is drawn depends on it alone: 0 to 2^64 - 1"},
    [OPTION_NUMBER] = {0, "count", "N", "how many"},
    [OPTION_GROUND] = {0, "ground", "G", "the ground of the dispute, such as scope"},
    [OPTION_PLATFORM] = {0, "platform", "P", "the marketplace, such as upwork"},
    [OPTION_CASE] = {0, "case", "CASE", "the case, a folder of cases, or a list with @"},
};

#define FORMATS_ALL                                                                                \
    (FORMAT_BIT(FORMAT_HUMAN) | FORMAT_BIT(FORMAT_PLAIN) | FORMAT_BIT(FORMAT_JSON) |               \
     FORMAT_BIT(FORMAT_NDJSON))
#define FORMATS_REPORT                                                                             \
    (FORMAT_BIT(FORMAT_HUMAN) | FORMAT_BIT(FORMAT_PLAIN) | FORMAT_BIT(FORMAT_JSON))

#define FORMATS_TEST                                                                               \
    (FORMATS_ALL | FORMAT_BIT(FORMAT_JUNIT) | FORMAT_BIT(FORMAT_TAP) | FORMAT_BIT(FORMAT_GITHUB))

#define MANY SIZE_MAX

static const struct example SUGGEST_EXAMPLES[] = {
    {"amicus suggest case.yaml", "the suggested ruling, its reasons and what is missing"},
    {"amicus suggest -f ndjson cases/", "every case below a folder, one line of JSON each"},
    {"amicus suggest --as-of 2025-06-20 case.yaml", "the same dispute, decided at a later date"},
    {"amicus suggest --policy-date now case.yaml", "the same dispute, by today's policy"},
    {"amicus suggest -f human -f json:ruling.json case.yaml", "both, from one decision"},
    {NULL, NULL},
};
static const struct example EXPLAIN_EXAMPLES[] = {
    {"amicus explain case.yaml", "every issue, finding, fact and piece of evidence"},
    {"amicus explain case.yaml payment_due", "one issue, with the rules that did not apply"},
    {"amicus explain case.yaml --why-not np.approved", "which condition of a rule was not met"},
    {"amicus explain case.yaml --why-not release_full", "why no remedy with that outcome is taken"},
    {"amicus explain --depth 2 case.yaml", "issues and findings only"},
    {"amicus explain C0104", "what an error code means"},
    {"amicus explain contract.type", "a fact of the vocabulary"},
    {NULL, NULL},
};
static const struct example CASE_CHECK_EXAMPLES[] = {
    {"amicus case check cases/", "all faults of all cases below a folder, at once"},
    {"amicus case check -f json case.yaml", "for an editor"},
    {NULL, NULL},
};
static const struct example CASE_SHOW_EXAMPLES[] = {
    {"amicus case show case.yaml", "each fact, who said it and how it stands"},
    {NULL, NULL},
};
static const struct example CASE_FMT_EXAMPLES[] = {
    {"amicus case fmt case.yaml", "rewrite the file tidily, in place"},
    {"amicus case fmt - < case.yaml", "print it tidily"},
    {"amicus case fmt --check cases/", "exit 1 if a file would change"},
    {NULL, NULL},
};
static const struct example CASE_NEW_EXAMPLES[] = {
    {"amicus case new --ground scope", "a skeleton with the facts that rules on scope read"},
    {"amicus case new --ground quality -o case.yaml", "the same, into a file to fill in"},
    {NULL, NULL},
};
static const struct example CASE_SAMPLE_EXAMPLES[] = {
    {"amicus case sample --seed 7 --count 100 -o cases.ndjson", "a hundred random disputes"},
    {"amicus case sample --seed 7 --count 3 --ground quality", "three about quality"},
    {NULL, NULL},
};
static const struct example VERIFY_EXAMPLES[] = {
    {"amicus verify ruling.json --case case.yaml", "one ruling"},
    {"amicus verify rulings.ndjson --case cases/", "many, each with the case that it names"},
    {NULL, NULL},
};
static const struct example CHECK_EXAMPLES[] = {
    {"amicus check", "every rulebook below rules/"},
    {"amicus check --fail-on warning rules/upwork", "one, and exit 1 if it has a warning"},
    {NULL, NULL},
};
static const struct example TEST_EXAMPLES[] = {
    {"amicus test", "every suite below rules/"},
    {"amicus test --coverage rules/model", "one rulebook's, and what of it no test tries"},
    {"amicus test --run 'late change' -f junit:out.xml -f human", "some, also for a CI"},
    {"amicus test --update rules/model/tests/basics.yaml", "show what differs, and accept it"},
    {NULL, NULL},
};
static const struct example HELP_EXAMPLES[] = {
    {"amicus help suggest", "one command"},
    {"amicus help exit", "the exit codes"},
    {"amicus help -f json", "the command table as data"},
    {NULL, NULL},
};
static const struct example VERSION_EXAMPLES[] = {
    {"amicus version -v", "with the versions of formats and libraries"},
    {NULL, NULL},
};

const struct command command_rows[] = {
    {"Decide", "suggest", "CASE...", "suggested ruling with cited evidence",
     "Reads each case, decides it by the rulebook of its platform, and prints what it recommends "
     "and why: the findings that carry the outcome with the evidence behind them, what speaks "
     "against it, and what is missing. A ruling of any kind is success. A case with an error gets "
     "diagnostics in place of a ruling, and the other cases are still decided.",
     OPTIONS_ANSWER | OPTIONS_RULING | OPTION_BIT(OPTION_EXIT_CODE), FORMATS_ALL, 1, MANY,
     SUGGEST_EXAMPLES, command_suggest},
    {"Decide", "explain", "CASE [RULE|ISSUE]\nCASE --why-not NAME\nCODE|RULE|FACT",
     "how a ruling was reached; or what a rule, fact or code means",
     "With a case: the whole argument as a tree, from each issue over the findings and the facts "
     "that they read down to the evidence; with a rule or issue besides, only that one, and also "
     "if it did not apply. --depth cuts the tree: 1 issues, 2 findings, 3 facts, 4 what those rest "
     "on. With --why-not and a rule, issue, remedy, outcome, state, flag or derived fact: its "
     "conditions for each record. In capitals stands what is in the way, with the value that was "
     "read, its distance from the limit, and what would do. --depth then follows derived facts so "
     "many levels, and --tree shows in full also what is met. With a word: its page.",
     OPTIONS_ANSWER | OPTIONS_RULING | OPTION_BIT(OPTION_WHY_NOT) | OPTION_BIT(OPTION_TREE) |
         OPTION_BIT(OPTION_DEPTH),
     FORMATS_ALL, 1, 2, EXPLAIN_EXAMPLES, command_explain},
    {"Decide", "verify", "RULING... --case CASE",
     "prove a ruling: its bytes, its digests, its citations",
     "Derives each ruling again from the case and the rulebook, as of the moment that it names, "
     "and compares every value. Then it proves that the facts which were read give the same ruling "
     "alone, and that every piece of evidence was read by the rule that cites it. What is not "
     "proved is shown with its place in the ruling, what that says and what is derived; the exit "
     "code is then 6. RULING is a file of amicus.ruling/1, one ruling or a line each.",
     OPTIONS_ANSWER | OPTION_BIT(OPTION_POLICY) | OPTION_BIT(OPTION_CASE), FORMATS_ALL, 1, MANY,
     VERIFY_EXAMPLES, command_verify},
    {"Cases", "case new", "--ground G [--platform P]", "a skeleton of a case, with its questions",
     "Prints a case to fill in: every fact that the rules on the ground read, each with its type "
     "and its question as a comment. As printed it states nothing but its grounds, and is valid.",
     OPTION_BIT(OPTION_OUTPUT) | OPTION_BIT(OPTION_POLICY) | OPTION_BIT(OPTION_GROUND) |
         OPTION_BIT(OPTION_PLATFORM),
     0, 0, 0, CASE_NEW_EXAMPLES, command_case_new},
    {"Cases", "case check", "CASE...", "find mistakes in cases",
     "Reports all faults of all files in one run, each with its place and how to mend it.",
     OPTIONS_ANSWER | OPTION_BIT(OPTION_POLICY), FORMATS_REPORT, 1, MANY, CASE_CHECK_EXAMPLES,
     command_case_check},
    {"Cases", "case show", "CASE...", "the facts of a case, with who said them",
     "Lists every fact that somebody stated, with its standing. Where a party said it, or "
     "statements differ, each statement is shown with the evidence that it cites.",
     OPTIONS_ANSWER | OPTION_BIT(OPTION_POLICY), FORMATS_ALL, 1, MANY, CASE_SHOW_EXAMPLES,
     command_case_show},
    {"Cases", "case fmt", "[--check] CASE...", "rewrite cases tidily",
     "Writes sections and keys in the order of the vocabulary, in place and never half; '-' is "
     "read from stdin and printed. The comment at the top of a file is kept. A file with other "
     "comments is left alone, unless --drop-comments is given. The tidy text is read again first: "
     "it must say the same, or nothing is written.",
     OPTION_BIT(OPTION_POLICY) | OPTION_BIT(OPTION_CHECK) | OPTION_BIT(OPTION_DROP_COMMENTS), 0, 1,
     MANY, CASE_FMT_EXAMPLES, command_case_fmt},
    {"Cases", "case sample", "--seed S --count N [--ground G]", "random valid cases",
     "Draws cases from the vocabulary, one line of canonical JSON each, for tests, benchmarks and "
     "demos. The same seed gives the same bytes on every machine, and a case depends on the seed "
     "and its own number only. Facts that rules read are drawn more often than others; "
     "sample.yaml beside the vocabulary says what is usual.",
     OPTION_BIT(OPTION_OUTPUT) | OPTION_BIT(OPTION_POLICY) | OPTION_BIT(OPTION_SEED) |
         OPTION_BIT(OPTION_NUMBER) | OPTION_BIT(OPTION_GROUND),
     0, 0, 0, CASE_SAMPLE_EXAMPLES, command_case_sample},
    {"Policy", "check", "[DIR...]", "find mistakes in rules and provisions",
     "Loads each rulebook: runs its files in a jail, checks what they declare against the "
     "vocabulary and compiles it. Without a folder, every rulebook below rules/. An error in a "
     "policy is exit code 3; --fail-on makes lesser findings exit code 1.",
     OPTIONS_ANSWER | OPTION_BIT(OPTION_POLICY) | OPTION_BIT(OPTION_FAIL_ON), FORMATS_REPORT, 0,
     MANY, CHECK_EXAMPLES, command_check},
    {"Policy", "test", "[PATH...]", "run the tests that stand beside rules",
     "Decides the case of each test, with what the test says is different, and compares the ruling "
     "with what the test wants. A suite is a file amicus: suite/1; of a folder every suite below "
     "it is run. What differs is told with the rule that should have applied and why it did not. A "
     "test that fails is exit code 1, one that cannot be run 3.",
     OPTIONS_ANSWER | OPTION_BIT(OPTION_POLICY) | OPTION_BIT(OPTION_RUN) |
         OPTION_BIT(OPTION_COVERAGE) | OPTION_BIT(OPTION_THRESHOLD) | OPTION_BIT(OPTION_UPDATE) |
         OPTION_BIT(OPTION_JOBS) | OPTION_BIT(OPTION_AS_OF) | OPTION_BIT(OPTION_POLICY_DATE),
     FORMATS_TEST, 0, MANY, TEST_EXAMPLES, command_test},
    {"Other", "help", "[COMMAND|formats|exit|paths]", "this page, or one command with examples",
     "Prints help that is made from the table by which the command line is read.",
     OPTION_BIT(OPTION_FORMAT) | OPTION_BIT(OPTION_OUTPUT),
     FORMAT_BIT(FORMAT_HUMAN) | FORMAT_BIT(FORMAT_JSON), 0, 2, HELP_EXAMPLES, command_help},
    {"Other", "version", "[-v]", "the version",
     "Prints the version of amicus; with -v also those of formats and libraries.", OPTIONS_ANSWER,
     FORMAT_BIT(FORMAT_HUMAN), 0, 0, VERSION_EXAMPLES, command_version},
};
const size_t command_row_count = sizeof command_rows / sizeof command_rows[0];

const struct command *command_find(const char *name)
{
    assert(name != NULL);
    assert(command_rows[0].run != NULL);
    for (size_t i = 0; i < command_row_count; i++) {
        if (strcmp(command_rows[i].name, name) == 0) {
            return &command_rows[i];
        }
    }
    return NULL;
}
