/*
 * The rows of the command table.
 *
 * Order is the order of `amicus help`: what a reviewer needs first, then who writes cases, then who
 * writes policy. Meanings are one line each and fit an 80-column page beside the option's name.
 */
#include "table.h"

#include <assert.h>
#include <string.h>

const char *const format_names[FORMAT_COUNT] = {"human",  "plain", "json", "ndjson", "junit", "tap",
                                                "github", "csv",   "md",   "html",   "svg"};

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
    [OPTION_STORE] = {0, "store", "FILE|URL", "the record: a file, or postgresql://..."},
    [OPTION_KEY] = {0, "key", "FILE", "the signing key; else the record's name with .key"},
    [OPTION_OUTCOME] = {0, "outcome", "O", "what is decided instead, such as split"},
    [OPTION_AWARD] = {0, "award", "ITEM=MONEY", "what the freelancer gets; may be repeated"},
    [OPTION_REASON] = {0, "reason", "CODE", "why, from a closed list: amicus explain R0313"},
    [OPTION_CITE] = {0, "cite", "E1[,E2]", "the evidence for it; may be repeated"},
    [OPTION_DISAGREE] = {0, "disagree", "NAME", "the rule or FACT=VALUE; may be repeated"},
    [OPTION_NOTE] = {0, "note", "TEXT", "why, in words"},
    [OPTION_BY] = {0, "by", "WHO", "the reviewer, beside your user id; of stats: the rows"},
    [OPTION_SECOND] = {0, "second", "WHO", "the second reviewer, who signs with you"},
    [OPTION_PENDING] = {0, "pending", NULL, "record it as waiting for a second reviewer"},
    [OPTION_SUPERSEDE] = {0, "supersede", "N", "the decision that this one replaces"},
    [OPTION_DRY_RUN] = {0, "dry-run", NULL, "check everything, record nothing"},
    [OPTION_NO] = {0, "no", NULL, "refuse to sign"},
    [OPTION_AGAINST] = {0, "against", "FILE", "a checkpoint that was kept elsewhere"},
    [OPTION_WITNESS] = {0, "witness", "FILE", "the state of a witness"},
    [OPTION_STATE] = {0, "state", "FILE", "what the witness remembers"},
    [OPTION_FROM] = {0, "from", "TS", "entries from that instant on"},
    [OPTION_TO] = {0, "to", "WHO|TS|OUTCOME", "a side; of the log, before TS; of flips, to what"},
    [OPTION_SINCE] = {0, "since", "TS", "what was recorded from that instant on"},
    [OPTION_SAMPLE] = {0, "sample", "N", "so many, drawn from the seed"},
    [OPTION_ASK] = {0, "ask", "FACT", "ask for a missing fact, or for all"},
    [OPTION_CASE] = {0, "case", "CASE", "the case, a folder of cases, or a list with @"},
    [OPTION_SHARD] = {0, "shard", "I/N", "do part I of N, from 0/N to N-1/N"},
    [OPTION_SHARDS] = {0, "shards", "N", "how many parts there must be"},
    [OPTION_OUT] = {0, "out", "DIR", "the folder for the parts of a batch"},
    [OPTION_STDIN] = {0, "stdin", NULL, "lines in, a line out for each, in the same order"},
    [OPTION_RESULTS] = {0, "results", "WHICH", "of each case: brief, full ruling, or none"},
    [OPTION_REJECTS] = {0, "rejects", "FILE", "list what could not be decided there"},
    [OPTION_EXPECT] = {0, "expect", "EXPR", "exit 1 if the figures differ; may be repeated"},
    [OPTION_MAX_ERRORS] = {0, "max-errors", "N", "exit 3 if more lines than that are rejected"},
    [OPTION_PROGRESS] = {0, "progress", "WHEN", "auto, always or never; auto: on a terminal"},
    [OPTION_CLEAN] = {0, "clean", NULL, "remove temporary files that are older than a day"},
    [OPTION_DECK] = {0, "deck", "DECK", "the cases: a deck, a folder, or a list with @"},
    [OPTION_NEW] = {0, "new", "N", "how many rules that were never tried; default 10"},
    [OPTION_MODE] = {0, "mode", "MODE", "blind, coach (with hints) or exam (answers at the end)"},
    [OPTION_WHERE] = {0, "where", "EXPR", "only those, as in 'ground=scope and overridden'"},
    [OPTION_STATS] = {0, "stats", NULL, "show how far you are, and ask nothing"},
    [OPTION_SET] = {0, "set", "FACT=VALUE", "another value, @STANDING behind it; repeatable"},
    [OPTION_UNSET] = {0, "unset", "FACT", "nobody says anything of it; may be repeated"},
    [OPTION_WITHOUT] = {0, "without", "EVIDENCE", "leave that piece out; may be repeated"},
    [OPTION_SWEEP] = {0, "sweep", "FACT=A..B[/STEP]", "each value from A to B, as intervals"},
    [OPTION_FLIP] = {0, "flip", NULL, "find the smallest changes that change the result"},
    [OPTION_MAX] = {0, "max", "N", "show so many flips; default: 10"},
    [OPTION_RANGE] = {0, "range", NULL, "the division with contested facts taken each way"},
    [OPTION_WITH] = {0, "with", "flips,missing", "JSON: a brief, with what would change it"},
};

#define FORMATS_ALL                                                                                \
    (FORMAT_BIT(FORMAT_HUMAN) | FORMAT_BIT(FORMAT_PLAIN) | FORMAT_BIT(FORMAT_JSON) |               \
     FORMAT_BIT(FORMAT_NDJSON))
#define FORMATS_REPORT                                                                             \
    (FORMAT_BIT(FORMAT_HUMAN) | FORMAT_BIT(FORMAT_PLAIN) | FORMAT_BIT(FORMAT_JSON))

#define FORMATS_TEST                                                                               \
    (FORMATS_ALL | FORMAT_BIT(FORMAT_JUNIT) | FORMAT_BIT(FORMAT_TAP) | FORMAT_BIT(FORMAT_GITHUB))
#define FORMATS_PROOF                                                                              \
    (FORMAT_BIT(FORMAT_HUMAN) | FORMAT_BIT(FORMAT_JSON) | FORMAT_BIT(FORMAT_NDJSON))

#define FORMATS_LETTER (FORMATS_REPORT | FORMAT_BIT(FORMAT_MD) | FORMAT_BIT(FORMAT_HTML))
#define FORMATS_BATCH                                                                              \
    (FORMATS_ALL | FORMAT_BIT(FORMAT_CSV) | FORMAT_BIT(FORMAT_MD) | FORMAT_BIT(FORMAT_HTML))

#define MANY SIZE_MAX

/* What recording a decision takes besides what is said of it. */
#define OPTIONS_RECORD                                                                             \
    OPTIONS_ANSWER, OPTIONS_RULING, OPTION_STORE, OPTION_KEY, OPTION_BY, OPTION_NOTE,              \
        OPTION_SUPERSEDE, OPTION_DRY_RUN

static const struct example SUGGEST_EXAMPLES[] = {
    {"amicus suggest case.yaml", "the suggested ruling, its reasons and what is missing"},
    {"amicus suggest -f ndjson cases/", "every case below a folder, one line of JSON each"},
    {"amicus suggest --as-of 2025-06-20 case.yaml", "the same dispute, decided at a later date"},
    {"amicus suggest --policy-date now case.yaml", "the same dispute, by today's policy"},
    {"amicus suggest -f human -f json:ruling.json case.yaml", "both, from one decision"},
    {"amicus suggest -f json --with flips,missing case.yaml", "the ruling and what turns it"},
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
static const struct example WHATIF_EXAMPLES[] = {
    {"amicus whatif case.yaml --set M1.review.action=approve", "before and after, side by side"},
    {"amicus whatif case.yaml --set C1.essential=false@claimed --without E7", "several at once"},
    {"amicus whatif case.yaml --sweep D1.at=2025-05-01T00:00:00Z..2025-06-01T00:00:00Z",
     "the dates at which the result changes"},
    {"amicus whatif case.yaml --flip --to refund_full", "what would have to be otherwise"},
    {"amicus whatif case.yaml --range", "a settlement interval, and what moves most"},
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
static const struct example LETTER_EXAMPLES[] = {
    {"amicus letter case.yaml", "what both sides are told of the suggested ruling"},
    {"amicus letter --to client -f html:notice.html case.yaml", "one of them, as a page"},
    {"amicus letter --ask all case.yaml", "what each side is asked, because it usually knows"},
    {"amicus letter --ask M1.infringement -f md case.yaml", "one question, as Markdown"},
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
static const struct example ACCEPT_EXAMPLES[] = {
    {"amicus accept case.yaml --by anna", "record that anna follows the suggestion"},
    {"amicus accept C-2025-0417 --supersede 9 --by anna", "in place of decision 9"},
    {NULL, NULL},
};
static const struct example OVERRIDE_EXAMPLES[] = {
    {"amicus override case.yaml --award 'M1=USD 720.00' --reason fact_finding_differs "
     "--disagree np.approved --cite E7 --note 'E7 answers the invoice, not the work' --by anna",
     "the freelancer gets so much of M1, the client the rest"},
    {"amicus override case.yaml --outcome refund_full --reason settlement --cite E6 "
     "--note 'both parties agreed in E6' --by anna --second ben --dry-run",
     "check it, with a second reviewer, and record nothing"},
    {NULL, NULL},
};
static const struct example APPROVE_EXAMPLES[] = {
    {"amicus approve C-2025-0417 --by ben", "sign what waits; it is in force then"},
    {"amicus approve 12 --no --by ben", "refuse decision 12"},
    {NULL, NULL},
};
static const struct example REPLAY_EXAMPLES[] = {
    {"amicus replay", "every recorded ruling; exit 6 if one differs"},
    {"amicus replay --sample 100 --seed 7", "a hundred, the same ones each time"},
    {"amicus replay --case C-2025-0417 -v", "one case, with its outcome"},
    {NULL, NULL},
};
static const struct example AUDIT_VERIFY_EXAMPLES[] = {
    {"amicus audit verify --witness witness.state", "exit 6 if anything was changed"},
    {"amicus audit verify --against note.txt", "against a checkpoint of an earlier day"},
    {NULL, NULL},
};
static const struct example AUDIT_LOG_EXAMPLES[] = {
    {"amicus audit log C-2025-0417", "what was recorded about one case"},
    {"amicus audit log -f ndjson", "everything, for programs"},
    {NULL, NULL},
};
static const struct example AUDIT_PROVE_EXAMPLES[] = {
    {"amicus audit prove 12 -o proof.json", "checkable without the record"},
    {NULL, NULL},
};
static const struct example AUDIT_CONSISTENCY_EXAMPLES[] = {
    {"amicus audit consistency 100", "that the newest checkpoint continues the log of 100"},
    {"amicus audit consistency 100 250", "the same for two sizes"},
    {NULL, NULL},
};
static const struct example AUDIT_CHECKPOINT_EXAMPLES[] = {
    {"amicus audit checkpoint > note.txt", "keep it elsewhere: mail it, print it, commit it"},
    {NULL, NULL},
};
static const struct example AUDIT_WITNESS_EXAMPLES[] = {
    {"amicus audit witness --state witness.state proof.json", "from a proof, on another machine"},
    {"amicus audit witness --state witness.state --store record.db", "from the record itself"},
    {NULL, NULL},
};
static const struct example AUDIT_EXPORT_EXAMPLES[] = {
    {"amicus audit export -o log.ndjson", "the whole log, for any other verifier"},
    {"amicus audit export --from 2025-06-01 --to 2025-07-01", "a month, each entry with a proof"},
    {NULL, NULL},
};
static const struct example STORE_BACKUP_EXAMPLES[] = {
    {"amicus store backup /backups/record-2025-06-02.db", "a whole copy, while others write"},
    {NULL, NULL},
};
static const struct example PACK_EXAMPLES[] = {
    {"amicus archive pack cases/ -o day.ndjson.zst", "every case below a folder"},
    {"amicus archive pack export.ndjson -o x.ndjson.zst", "an export, checked line by line"},
    {"amicus archive pack --max-errors 10 export.ndjson -o x.ndjson.zst", "leaving some out"},
    {NULL, NULL},
};
static const struct example INFO_EXAMPLES[] = {
    {"amicus archive info day.ndjson.zst", "its frames and lines, checked against its inventory"},
    {NULL, NULL},
};
static const struct example CAT_EXAMPLES[] = {
    {"amicus archive cat day.ndjson.zst | head -1", "the first case"},
    {"amicus archive cat --shard 2/8 day.ndjson.zst", "what shard 2 of 8 would decide"},
    {NULL, NULL},
};
static const struct example BATCH_EXAMPLES[] = {
    {"amicus batch day.ndjson.zst", "decide all, and print what came of it"},
    {"amicus batch day.ndjson.zst -f ndjson:results.ndjson -f html:report.html",
     "a line for each case, and a page with plots"},
    {"amicus batch --shard 3/8 --out run/ day.ndjson.zst", "part 3 of 8, on any machine"},
    {"amicus batch --expect rejected=0 --expect 'outcome.refer<=5%' day.ndjson.zst", "a gate"},
    {"amicus batch --stdin < cases.ndjson > results.ndjson", "in a pipe"},
    {NULL, NULL},
};
static const struct example MERGE_EXAMPLES[] = {
    {"amicus merge --out run/", "join all parts, proving that none is missing"},
    {"amicus merge --out run/ --shards 8 -f ndjson:results.ndjson", "with the results of all"},
    {NULL, NULL},
};
static const struct example STATUS_EXAMPLES[] = {
    {"amicus batch-status --out run/ --shards 8", "the shards that are still to do: 3,5-7"},
    {NULL, NULL},
};
static const struct example STATS_EXAMPLES[] = {
    {"amicus stats", "how often suggestions were overridden in which each rule applied"},
    {"amicus stats --by reviewer --where 'ground=scope and month>=2025-06'", "some of them"},
    {"amicus stats -f csv:rules.csv -f svg:rules.svg", "for a spreadsheet, and as a plot"},
    {NULL, NULL},
};
static const struct example TRAIN_EXAMPLES[] = {
    {"amicus train --by anna", "ten cases, chosen where anna is weakest"},
    {"amicus train --by anna --deck hourly --mode coach", "a deck of cases/training, with hints"},
    {"amicus train --by anna --seed 7", "with suggestions, of which some are wrong on purpose"},
    {"amicus train --by anna --stats", "accuracy, citations, calibration, rules"},
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
     OPTIONS(OPTIONS_ANSWER, OPTIONS_RULING, OPTION_STORE, OPTION_EXIT_CODE, OPTION_WITH),
     FORMATS_ALL, 1, MANY, SUGGEST_EXAMPLES, command_suggest},
    {"Decide", "explain", "CASE [RULE|ISSUE]\nCASE --why-not NAME\nCODE|RULE|FACT",
     "how a ruling was reached; or what a rule, fact or code means",
     "With a case: the whole argument as a tree, from each issue over the findings and the facts "
     "that they read down to the evidence; with a rule or issue besides, only that one, and also "
     "if it did not apply. --depth cuts the tree: 1 issues, 2 findings, 3 facts, 4 what those rest "
     "on. With --why-not and a rule, issue, remedy, outcome, state, flag or derived fact: its "
     "conditions for each record. In capitals stands what is in the way, with the value that was "
     "read, its distance from the limit, and what would do. --depth then follows derived facts so "
     "many levels, and --tree shows in full also what is met. With a word: its page.",
     OPTIONS(OPTIONS_ANSWER, OPTIONS_RULING, OPTION_STORE, OPTION_WHY_NOT, OPTION_TREE,
             OPTION_DEPTH),
     FORMATS_ALL, 1, 2, EXPLAIN_EXAMPLES, command_explain},
    {"Decide", "whatif",
     "CASE [--set FACT=VALUE]... [--unset FACT]... [--without E1]...\n"
     "CASE --flip [--to OUTCOME] [--max N]\nCASE --sweep FACT=A..B[/STEP]\nCASE --range",
     "change facts, see the ruling move; find what would flip it",
     "Makes another case of this one by your edits, decides both, and says what differs: the "
     "division, the findings, the money. The case itself is not altered. A fact is named by its "
     "path, milestones.M1.held, or by a tail that is unambiguous; a value that you set is "
     "established unless @STANDING follows it. With --flip: the smallest sets of changes that give "
     "another result, each decided again before it is shown; all single changes and all pairs are "
     "tried, sets of three within a budget. With --sweep: the intervals of a number or date with "
     "their results, at the exact thresholds or by steps. With --range: what the freelancer gets "
     "with each contested fact on each side's version. Edits come first where both are given.",
     OPTIONS(OPTIONS_ANSWER, OPTIONS_RULING, OPTION_STORE, OPTION_SET, OPTION_UNSET, OPTION_WITHOUT,
             OPTION_SWEEP, OPTION_FLIP, OPTION_TO, OPTION_MAX, OPTION_RANGE),
     FORMATS_ALL, 1, 1, WHATIF_EXAMPLES, command_whatif},
    {"Decide", "accept", "CASE [--by WHO] [--note TEXT] [--dry-run]",
     "record that you follow the suggestion",
     "Decides the case as suggest does, and records the case, the rulebook, the ruling and your "
     "decision in one transaction. CASE is a file, or the id of a case in the record. Nothing that "
     "was recorded is ever edited: if a decision stands, --supersede says that yours replaces it.",
     OPTIONS(OPTIONS_RECORD), FORMATS_ALL, 1, 1, ACCEPT_EXAMPLES, command_accept},
    {"Decide", "override",
     "CASE --reason CODE --note TEXT --cite E1 [--outcome O] [--award ITEM=MONEY]...",
     "record a different decision, with a reason",
     "Records what you decide instead, as an outcome or as a division. --award M1='USD 720.00' "
     "gives the freelancer that much of what is held for M1 and the client the rest; "
     "'USD 720.00/USD 480.00' says both. It is refused if the money does not balance, if evidence "
     "or a rule does not exist, if another decision stands, or if so much is moved that a second "
     "person must sign: --second names him, --pending lets the decision wait for 'approve'. "
     "Reasons: new_evidence, fact_finding_differs, policy_misapplied, policy_gap, "
     "policy_unfair_here, deadline_extended, settlement, safety_or_fraud, conflict_resolved, "
     "data_error.",
     OPTIONS(OPTIONS_RECORD, OPTION_OUTCOME, OPTION_AWARD, OPTION_REASON, OPTION_CITE,
             OPTION_DISAGREE, OPTION_SECOND, OPTION_PENDING),
     FORMATS_ALL, 1, 1, OVERRIDE_EXAMPLES, command_override},
    {"Decide", "approve", "CASE|N --by WHO [--no]",
     "sign a decision that waits for a second person",
     "Puts a decision in force that moves more than one person may decide; --no refuses it. Nobody "
     "signs his own.",
     OPTIONS(OPTION_OUTPUT, OPTION_STORE, OPTION_KEY, OPTION_BY, OPTION_NO), 0, 1, 1,
     APPROVE_EXAMPLES, command_approve},
    {"Decide", "letter", "CASE [--to WHO] [--ask FACT]", "draft the notice to both parties",
     "Decides the case and drafts a letter to each side: what is suggested on which clause, why, "
     "what speaks against it, what would change it, who is to do what by when, and that it is not "
     "binding. Both are told the same. Every sentence has a number for the finding, clause and "
     "evidence behind it. With --ask, it drafts the request for a missing fact instead, to the "
     "side that usually knows it; FACT is a path, or its end where that is unique, and 'all' are "
     "those that could change the ruling.",
     OPTIONS(OPTIONS_ANSWER, OPTIONS_RULING, OPTION_STORE, OPTION_TO, OPTION_ASK), FORMATS_LETTER,
     1, 1, LETTER_EXAMPLES, command_letter},
    {"Decide", "verify", "RULING... --case CASE",
     "prove a ruling: its bytes, its digests, its citations",
     "Derives each ruling again from the case and the rulebook, as of the moment that it names, "
     "and compares every value. Then it proves that the facts which were read give the same ruling "
     "alone, and that every piece of evidence was read by the rule that cites it. What is not "
     "proved is shown with its place in the ruling, what that says and what is derived; the exit "
     "code is then 6. RULING is a file of amicus.ruling/1, one ruling or a line each.",
     OPTIONS(OPTIONS_ANSWER, OPTION_POLICY, OPTION_CASE), FORMATS_ALL, 1, MANY, VERIFY_EXAMPLES,
     command_verify},
    {"Cases", "case new", "--ground G [--platform P]", "a skeleton of a case, with its questions",
     "Prints a case to fill in: every fact that the rules on the ground read, each with its type "
     "and its question as a comment. As printed it states nothing but its grounds, and is valid.",
     OPTIONS(OPTION_OUTPUT, OPTION_POLICY, OPTION_GROUND, OPTION_PLATFORM), 0, 0, 0,
     CASE_NEW_EXAMPLES, command_case_new},
    {"Cases", "case check", "CASE...", "find mistakes in cases",
     "Reports all faults of all files in one run, each with its place and how to mend it.",
     OPTIONS(OPTIONS_ANSWER, OPTION_POLICY), FORMATS_REPORT, 1, MANY, CASE_CHECK_EXAMPLES,
     command_case_check},
    {"Cases", "case show", "CASE...", "the facts of a case, with who said them",
     "Lists every fact that somebody stated, with its standing. Where a party said it, or "
     "statements differ, each statement is shown with the evidence that it cites.",
     OPTIONS(OPTIONS_ANSWER, OPTION_STORE, OPTION_POLICY), FORMATS_ALL, 1, MANY, CASE_SHOW_EXAMPLES,
     command_case_show},
    {"Cases", "case fmt", "[--check] CASE...", "rewrite cases tidily",
     "Writes sections and keys in the order of the vocabulary, in place and never half; '-' is "
     "read from stdin and printed. The comment at the top of a file is kept. A file with other "
     "comments is left alone, unless --drop-comments is given. The tidy text is read again first: "
     "it must say the same, or nothing is written.",
     OPTIONS(OPTION_POLICY, OPTION_CHECK, OPTION_DROP_COMMENTS), 0, 1, MANY, CASE_FMT_EXAMPLES,
     command_case_fmt},
    {"Cases", "case sample", "--seed S --count N [--ground G]", "random valid cases",
     "Draws cases from the vocabulary, one line of canonical JSON each, for tests, benchmarks and "
     "demos. The same seed gives the same bytes on every machine, and a case depends on the seed "
     "and its own number only. Facts that rules read are drawn more often than others; "
     "sample.yaml beside the vocabulary says what is usual.",
     OPTIONS(OPTION_OUTPUT, OPTION_POLICY, OPTION_SEED, OPTION_NUMBER, OPTION_GROUND), 0, 0, 0,
     CASE_SAMPLE_EXAMPLES, command_case_sample},
    {"Policy", "check", "[DIR...]", "find mistakes in rules and provisions",
     "Loads each rulebook: runs its files in a jail, checks what they declare against the "
     "vocabulary and compiles it. Without a folder, every rulebook below rules/. An error in a "
     "policy is exit code 3; --fail-on makes lesser findings exit code 1.",
     OPTIONS(OPTIONS_ANSWER, OPTION_POLICY, OPTION_FAIL_ON), FORMATS_REPORT, 0, MANY,
     CHECK_EXAMPLES, command_check},
    {"Policy", "test", "[PATH...]", "run the tests that stand beside rules",
     "Decides the case of each test, with what the test says is different, and compares the ruling "
     "with what the test wants. A suite is a file amicus: suite/1; of a folder every suite below "
     "it is run. What differs is told with the rule that should have applied and why it did not. A "
     "test that fails is exit code 1, one that cannot be run 3.",
     OPTIONS(OPTIONS_ANSWER, OPTION_POLICY, OPTION_RUN, OPTION_COVERAGE, OPTION_THRESHOLD,
             OPTION_UPDATE, OPTION_JOBS, OPTION_AS_OF, OPTION_POLICY_DATE),
     FORMATS_TEST, 0, MANY, TEST_EXAMPLES, command_test},
    {"Archive", "replay", "[--since TS] [--sample N --seed S] [--case ID]...",
     "decide recorded cases again and prove the bytes unchanged",
     "Takes each recorded ruling, decides its recorded case by its recorded rulebook, and compares "
     "the bytes. What differs is shown with its place; the exit code is then 6. -v lists those "
     "that "
     "are the same, too.",
     OPTIONS(OPTIONS_ANSWER, OPTION_STORE, OPTION_SINCE, OPTION_SAMPLE, OPTION_SEED, OPTION_CASE),
     FORMATS_ALL, 0, 0, REPLAY_EXAMPLES, command_replay},
    {"Archive", "stats", "[--by KIND] [--where EXPR]",
     "how often suggestions are overridden, and which",
     "Counts the decisions that stand, with the share that overrides the suggestion and its 95 % "
     "Wilson interval, for each rule that applied; or for each ground, reviewer, month or "
     "suggested "
     "outcome. Kappa is the agreement of suggested and decided outcomes beyond chance. --where "
     "takes rule, ground, reviewer, month, outcome, suggested, reason, case, moved (in minor "
     "units) "
     "with = != < <= > >=, and the words overridden, accepted, on_burden, joined by and, or, not "
     "and brackets.",
     OPTIONS(OPTIONS_ANSWER, OPTION_STORE, OPTION_BY, OPTION_WHERE),
     FORMATS_ALL | FORMAT_BIT(FORMAT_CSV) | FORMAT_BIT(FORMAT_SVG), 0, 0, STATS_EXAMPLES,
     command_stats},
    {"Archive", "store backup", "FILE", "copy the record while others write to it",
     "Makes a whole copy of a record in a file. A copy made by other means lacks what SQLite has "
     "not moved into the file yet. Signing keys are not in it.",
     OPTIONS(OPTION_STORE), 0, 1, 1, STORE_BACKUP_EXAMPLES, command_store_backup},
    {"Archive", "audit verify", "[--against FILE] [--witness FILE]",
     "whether the record is what it was",
     "Computes every entry's hash and the tree over all anew, compares the roots with every "
     "checkpoint and its signature, every row with its entry, and every chain of decisions. The "
     "first fault is named, with the newest checkpoint that still holds; the exit code is then 6.",
     OPTIONS(OPTIONS_ANSWER, OPTION_STORE, OPTION_AGAINST, OPTION_WITNESS), FORMATS_ALL, 0, 0,
     AUDIT_VERIFY_EXAMPLES, command_audit_verify},
    {"Archive", "audit log", "[CASE]", "the entries of the record",
     "Lists entries with their number, kind, time, who made them and what about.",
     OPTIONS(OPTIONS_ANSWER, OPTION_STORE), FORMATS_ALL, 0, 1, AUDIT_LOG_EXAMPLES,
     command_audit_log},
    {"Archive", "audit prove", "N", "a proof that an entry is in the record",
     "Prints the entry as it is hashed, the hashes from it to the root, and the newest checkpoint, "
     "as one JSON object that can be checked without the record.",
     OPTIONS(OPTIONS_ANSWER, OPTION_STORE), FORMATS_PROOF, 1, 1, AUDIT_PROVE_EXAMPLES,
     command_audit_prove},
    {"Archive", "audit consistency", "SIZE1 [SIZE2]", "a proof that the record has only grown",
     "Prints the hashes which prove that the log of SIZE1 entries is the beginning of that of "
     "SIZE2; without SIZE2, of the newest checkpoint. A witness wants this.",
     OPTIONS(OPTIONS_ANSWER, OPTION_STORE), FORMATS_PROOF, 1, 2, AUDIT_CONSISTENCY_EXAMPLES,
     command_audit_consistency},
    {"Archive", "audit checkpoint", "", "sign the record as it is now",
     "Signs size and root of the log, keeps that, and prints it: a signed note in the form of C2SP "
     "tlog-checkpoint. Kept elsewhere, it makes every later change of what it covers provable.",
     OPTIONS(OPTION_OUTPUT, OPTION_STORE, OPTION_KEY), 0, 0, 0, AUDIT_CHECKPOINT_EXAMPLES,
     command_audit_checkpoint},
    {"Archive", "audit witness", "--state FILE [PROOF]", "watch a record that somebody else keeps",
     "Remembers the newest checkpoint that it saw and signs a newer one only with a proof that the "
     "log has done nothing but grow. PROOF is what 'audit consistency SIZE' printed; without it "
     "the "
     "record is asked. Run it under another account, best on another machine. What it refuses is "
     "exit code 6.",
     OPTIONS(OPTION_OUTPUT, OPTION_STORE, OPTION_KEY, OPTION_STATE), 0, 0, 1,
     AUDIT_WITNESS_EXAMPLES, command_audit_witness},
    {"Archive", "audit export", "[--from TS] [--to TS]", "the log, for any other verifier",
     "Writes a line that says how to check the others, then the entries: all of them byte for byte "
     "as they are hashed, or those of a span of time each with its proof.",
     OPTIONS(OPTION_OUTPUT, OPTION_STORE, OPTION_FROM, OPTION_TO), 0, 0, 0, AUDIT_EXPORT_EXAMPLES,
     command_audit_export},
    {"Archive", "archive pack", "CASES... -o FILE", "pack cases into one file",
     "Reads every case in full, writes it as one line of canonical JSON, and packs the lines in "
     "frames of about a megabyte with a seek table; zstdcat reads the file too. Beside it stands "
     "an inventory, FILE.json, by which batches prove that nothing is lost. A case with a fault "
     "keeps everything from being packed, unless --max-errors lets some be left out.",
     OPTIONS(OPTION_OUTPUT, OPTION_POLICY, OPTION_MAX_ERRORS), 0, 1, MANY, PACK_EXAMPLES,
     command_archive_pack},
    {"Archive", "archive info", "FILE...", "what an archive holds, and whether it is whole",
     "Reads all of it: frames, lines and the hash over the ids, and compares them with the "
     "inventory that stands beside it. A difference is exit code 6.",
     OPTIONS(OPTIONS_ANSWER), FORMATS_REPORT, 1, MANY, INFO_EXAMPLES, command_archive_info},
    {"Archive", "archive cat", "[--shard I/N] FILE...", "print the lines of an archive",
     "Prints plain and packed archives alike; with --shard only what that shard owns, for which "
     "nothing else is read.",
     OPTIONS(OPTION_OUTPUT, OPTION_SHARD), 0, 1, MANY, CAT_EXAMPLES, command_archive_cat},
    {"Archive", "batch", "CASES...\n--shard I/N --out DIR CASES...\n--stdin",
     "decide many cases, or one shard of them",
     "Decides every case of archives (.ndjson, .ndjson.zst), files, folders or stdin on all cores "
     "and prints a summary with money; -f ndjson writes a line for each case in the order of the "
     "input. A line that is no case is rejected with its place and the reason, and the others are "
     "decided. With --shard and --out the part is written into a folder, whole or not at all; a "
     "part that is there is not done again. --out alone does all of it and merges. The bytes do "
     "not depend on -j or N. --expect takes NAME=N, also with != < <= > >= or a share as 5%; the "
     "names are cases, lines, rejected, limit, burden, conflict, decisive, outcome.O, ground.G, "
     "rule.R, flag.F, reject.C and missing.F.",
     OPTIONS(OPTIONS_ANSWER, OPTIONS_RULING, OPTION_SHARD, OPTION_OUT, OPTION_STDIN, OPTION_RESULTS,
             OPTION_REJECTS, OPTION_EXPECT, OPTION_MAX_ERRORS, OPTION_PROGRESS, OPTION_JOBS),
     FORMATS_BATCH, 0, MANY, BATCH_EXAMPLES, command_batch},
    {"Archive", "merge", "--out DIR", "join the shards of a batch, proving nothing is missing",
     "Joins the parts that 'batch --shard' wrote, in any order and from any machine. A part that "
     "is missing, damaged or of another run is refused with exit code 7; parts that are whole but "
     "together not the archive with 6. The report is the same for every number of shards.",
     OPTIONS(OPTIONS_ANSWER, OPTION_OUT, OPTION_SHARDS, OPTION_REJECTS, OPTION_EXPECT,
             OPTION_MAX_ERRORS, OPTION_CLEAN),
     FORMATS_BATCH, 0, 0, MERGE_EXAMPLES, command_merge},
    {"Archive", "batch-status", "--out DIR [--shards N]", "which shards are still to do",
     "Prints the shards without a whole part, as 3,5-7, and exits with 1; with 0 if there is none "
     "left. Only the folder is looked at.",
     OPTIONS(OPTION_OUTPUT, OPTION_OUT, OPTION_SHARDS), 0, 0, 0, STATUS_EXAMPLES,
     command_batch_status},
    {"People", "train", "[--deck DECK] [--new N] [--mode MODE] [--seed S]\n--stats",
     "practise on cases, scored",
     "Shows a case without the suggestion and reads your answer, a line each: the outcome; what "
     "goes to the freelancer for each money item, such as 'USD 720.00', the client getting the "
     "rest, or 'USD 720.00/USD 0.00'; the evidence that decides it; how sure you are, in percent. "
     "Then it shows what decided, what you missed and what went elsewhere. The next case is one "
     "for the rule that you know least, by an FSRS-6 schedule. With --seed some suggestions are "
     "shown, and some of them are wrong on purpose. Answers are kept in training/WHO.ndjson beside "
     "the record; what a reviewer has recorded on a case goes before what the rules say.",
     OPTIONS(OPTIONS_ANSWER, OPTIONS_RULING, OPTION_STORE, OPTION_BY, OPTION_DECK, OPTION_NEW,
             OPTION_MODE, OPTION_STATS, OPTION_NUMBER, OPTION_SEED),
     FORMATS_ALL, 0, 0, TRAIN_EXAMPLES, command_train},
    {"Other", "help", "[COMMAND|formats|exit|paths]", "this page, or one command with examples",
     "Prints help that is made from the table by which the command line is read.",
     OPTIONS(OPTION_FORMAT, OPTION_OUTPUT), FORMAT_BIT(FORMAT_HUMAN) | FORMAT_BIT(FORMAT_JSON), 0,
     2, HELP_EXAMPLES, command_help},
    {"Other", "version", "[-v]", "the version",
     "Prints the version of amicus; with -v also those of formats and libraries.",
     OPTIONS(OPTIONS_ANSWER), FORMAT_BIT(FORMAT_HUMAN), 0, 0, VERSION_EXAMPLES, command_version},
};
const size_t command_row_count = sizeof command_rows / sizeof command_rows[0];

bool option_is_common(enum option option)
{
    assert(option < OPTION_COUNT);
    assert(option_rows[option].meaning != NULL);
    return option == OPTION_FOLDER || option == OPTION_QUIET || option == OPTION_VERBOSE ||
           option == OPTION_COLOR || option == OPTION_HELP || option == OPTION_VERSION;
}

bool command_lists(const struct command *command, enum option option)
{
    assert(command != NULL && command->options != NULL);
    assert(option < OPTION_COUNT);
    const enum option *at = command->options;
    while (*at != OPTION_COUNT && *at != option) {
        at++;
    }
    return *at == option;
}

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
