/*
 * The command table: what amicus can be told, and nothing else can it be told.
 *
 * Help pages, usage errors and the search for the nearest word are made from these rows, so that
 * what is documented and what is accepted cannot differ. A command stands here when it works.
 */
#ifndef TABLE_H
#define TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct session;

/* Every option. The first ones are taken by every command. */
enum option {
    OPTION_POLICY,
    OPTION_AS_OF,
    OPTION_POLICY_DATE,
    OPTION_FORMAT,
    OPTION_OUTPUT,
    OPTION_FOLDER,
    OPTION_QUIET,
    OPTION_VERBOSE,
    OPTION_COLOR,
    OPTION_HELP,
    OPTION_VERSION,
    OPTION_EXIT_CODE,
    OPTION_CHECK,
    OPTION_DROP_COMMENTS,
    OPTION_FAIL_ON,
    OPTION_WHY_NOT,
    OPTION_TREE,
    OPTION_DEPTH,
    OPTION_RUN,
    OPTION_COVERAGE,
    OPTION_THRESHOLD,
    OPTION_UPDATE,
    OPTION_JOBS,
    OPTION_SEED,
    OPTION_NUMBER,
    OPTION_GROUND,
    OPTION_PLATFORM,
    OPTION_STORE,
    OPTION_KEY,
    OPTION_OUTCOME,
    OPTION_AWARD,
    OPTION_REASON,
    OPTION_CITE,
    OPTION_DISAGREE,
    OPTION_NOTE,
    OPTION_BY,
    OPTION_SECOND,
    OPTION_PENDING,
    OPTION_SUPERSEDE,
    OPTION_DRY_RUN,
    OPTION_NO,
    OPTION_AGAINST,
    OPTION_WITNESS,
    OPTION_STATE,
    OPTION_FROM,
    OPTION_TO,
    OPTION_SINCE,
    OPTION_SAMPLE,
    OPTION_CASE,
    OPTION_ASK,
    OPTION_SHARD,
    OPTION_SHARDS,
    OPTION_OUT,
    OPTION_STDIN,
    OPTION_RESULTS,
    OPTION_REJECTS,
    OPTION_EXPECT,
    OPTION_MAX_ERRORS,
    OPTION_PROGRESS,
    OPTION_CLEAN,
    OPTION_DECK,
    OPTION_NEW,
    OPTION_MODE,
    OPTION_STATS,
    OPTION_WHERE,
    OPTION_SET,
    OPTION_UNSET,
    OPTION_WITHOUT,
    OPTION_SWEEP,
    OPTION_FLIP,
    OPTION_MAX,
    OPTION_RANGE,
    OPTION_WITH,
    OPTION_COUNT
};

/* A list of options, ended by OPTION_COUNT. */
#define OPTIONS(...)   ((const enum option[]){__VA_ARGS__, OPTION_COUNT})
#define OPTIONS_RULING OPTION_POLICY, OPTION_AS_OF, OPTION_POLICY_DATE
#define OPTIONS_ANSWER OPTION_FORMAT, OPTION_OUTPUT

/* One option. */
struct option_row {
    char letter;         /* 0 if it has only a long name */
    const char *name;    /* without dashes; "" if it has only a letter */
    const char *value;   /* what follows it, such as "DIR"; NULL: nothing */
    const char *meaning; /* one line */
};
extern const struct option_row option_rows[OPTION_COUNT];

/* How an answer is written. */
enum format {
    FORMAT_HUMAN,
    FORMAT_PLAIN,
    FORMAT_JSON,
    FORMAT_NDJSON,
    FORMAT_JUNIT,
    FORMAT_TAP,
    FORMAT_GITHUB,
    FORMAT_CSV,
    FORMAT_MD,
    FORMAT_HTML,
    FORMAT_SVG,
    FORMAT_COUNT
};
#define FORMAT_BIT(format) (1u << (unsigned)(format))
extern const char *const format_names[FORMAT_COUNT];

/* An example for a help page. */
struct example {
    const char *command; /* that can be pasted */
    const char *says;    /* what it does */
};

/* One command. */
struct command {
    const char *group;          /* under which `amicus help` lists it */
    const char *name;           /* "suggest", "case check" */
    const char *synopsis;       /* what follows the name; one line for each way to call it */
    const char *line;           /* one line, no full stop */
    const char *about;          /* a few sentences */
    const enum option *options; /* see OPTIONS; those of every command are not named */
    uint32_t formats;           /* bits; 0: it has no formats */
    size_t operands_min, operands_max;
    const struct example *examples; /* ended by a NULL command */
    int (*run)(struct session *session);
};
extern const struct command command_rows[];
extern const size_t command_row_count;

/* Find a command by its whole name; NULL if there is none. */
const struct command *command_find(const char *name);

/* Tell whether every command takes an option. */
bool option_is_common(enum option option);

/* Tell whether a command's row names an option. */
bool command_lists(const struct command *command, enum option option);

/* The handlers. Each returns an exit code. */
int command_suggest(struct session *session);
int command_explain(struct session *session);
int command_whatif(struct session *session);
int command_case_check(struct session *session);
int command_case_show(struct session *session);
int command_case_fmt(struct session *session);
int command_case_new(struct session *session);
int command_case_sample(struct session *session);
int command_letter(struct session *session);
int command_verify(struct session *session);
int command_check(struct session *session);
int command_test(struct session *session);
int command_accept(struct session *session);
int command_override(struct session *session);
int command_approve(struct session *session);
int command_replay(struct session *session);
int command_audit_verify(struct session *session);
int command_audit_log(struct session *session);
int command_audit_prove(struct session *session);
int command_audit_consistency(struct session *session);
int command_audit_checkpoint(struct session *session);
int command_audit_witness(struct session *session);
int command_audit_export(struct session *session);
int command_store_backup(struct session *session);
int command_archive_pack(struct session *session);
int command_archive_info(struct session *session);
int command_archive_cat(struct session *session);
int command_batch(struct session *session);
int command_merge(struct session *session);
int command_batch_status(struct session *session);
int command_stats(struct session *session);
int command_train(struct session *session);
int command_help(struct session *session);
int command_version(struct session *session);

#endif
