/*
 * Reading a command line.
 *
 * Two steps. The first goes over the words and knows only which options take a value, so that the
 * command may stand anywhere among them. The second looks at the command and refuses what it does
 * not take. Every fault is a diagnostic with the nearest word that would have been right; nothing
 * is guessed and nothing is ignored.
 */
#include "options.h"

#include "date.h"
#include "figures.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* Where the first step stands. */
struct reader {
    struct options *out;
    const char *const *words;
    size_t count, at;
    amicus_diagnostics *list;
    const char *values[OPTION_COUNT]; /* of the last time that each was given */
    struct said *said;                /* all of them; room for one a word */
};

/* No engine runs more parts of one whole. */
#define SHARD_COUNT_MAX 99999u

static const struct place NOWHERE = {"", 0, 0};

bool options_has(const struct options *options, enum option option)
{
    assert(options != NULL);
    assert(option < OPTION_COUNT);
    return options->seen[option];
}

const char *options_value(const struct options *options, enum option option)
{
    assert(options != NULL);
    assert(option < OPTION_COUNT);
    const char *value = NULL;
    for (size_t i = 0; i < options->said_count; i++) {
        value = options->said[i].option == option ? options->said[i].value : value;
    }
    return value;
}

/* --- nearest words --- */

static void mend_put(char *mend, size_t bytes, const char *dashes, struct text best,
                     const char *otherwise)
{
    if (best.length > 0) {
        (void)snprintf(mend, bytes, "did you mean '%s%.*s'?", dashes, (int)best.length, best.at);
    } else {
        (void)snprintf(mend, bytes, "%s", otherwise);
    }
}

static void fault_option(struct reader *reader, const char *word, const char *name)
{
    struct likeness likeness = likeness_to(text_of(name));
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        likeness_try(&likeness, text_of(option_rows[i].name));
    }
    char mend[160];
    mend_put(mend, sizeof mend, "--", likeness.best, "amicus help");
    diagnostics_add(reader->list, AMICUS_ERROR, "U0102", NOWHERE, mend,
                    "there is no option '%.60s'", word);
}

static void fault_command(struct reader *reader, const char *word)
{
    struct likeness likeness = likeness_to(text_of(word));
    for (size_t i = 0; i < command_row_count; i++) {
        likeness_try(&likeness, text_of(command_rows[i].name));
    }
    char mend[160];
    mend_put(mend, sizeof mend, "amicus ", likeness.best, "amicus help");
    diagnostics_add(reader->list, AMICUS_ERROR, "U0101", NOWHERE, mend,
                    "there is no command '%.60s'", word);
}

/* --- values --- */

static void read_format(struct reader *reader, const char *value)
{
    const char *colon = strchr(value, ':');
    struct text name = {value, colon == NULL ? strlen(value) : (size_t)(colon - value)};
    size_t format = 0;
    while (format < FORMAT_COUNT && !text_is(name, format_names[format])) {
        format++;
    }
    if (format == FORMAT_COUNT) {
        struct likeness likeness = likeness_to(name);
        for (size_t i = 0; i < FORMAT_COUNT; i++) {
            likeness_try(&likeness, text_of(format_names[i]));
        }
        char mend[160];
        mend_put(mend, sizeof mend, "-f ", likeness.best, "amicus help formats");
        diagnostics_add(reader->list, AMICUS_ERROR, "U0104", NOWHERE, mend,
                        "there is no format '%.*s'", (int)(name.length > 60 ? 60 : name.length),
                        name.at);
        return;
    }
    if (reader->out->answer_count == ANSWERS_MAX) {
        diagnostics_add(reader->list, AMICUS_ERROR, "U0104", NOWHERE, "run amicus once more",
                        "at most %u formats can be written at once", ANSWERS_MAX);
        return;
    }
    const char *path = colon == NULL ? NULL : colon + 1;
    if (path != NULL && path[0] == '\0') {
        diagnostics_add(reader->list, AMICUS_ERROR, "U0103", NOWHERE,
                        "name a file, as in 'json:ruling.json'", "'-f %.60s' names no file", value);
    }
    reader->out->answers[reader->out->answer_count++] = (struct wanted){(enum format)format, path};
}

/* Read an instant, a date or "now". returns whether the option was given */
static bool read_moment(struct reader *reader, enum option option, int64_t *out_s, bool *is_now)
{
    const char *value = reader->values[option];
    int32_t day;
    if (value == NULL) {
        return false;
    }
    *is_now = strcmp(value, "now") == 0;
    if (*is_now || instant_read(out_s, text_of(value)) == AMICUS_OK) {
        return true;
    }
    if (date_read(&day, text_of(value)) == AMICUS_OK) {
        *out_s = (int64_t)day * 86400;
        return true;
    }
    diagnostics_add(reader->list, AMICUS_ERROR, "U0104", NOWHERE,
                    "write it as 2025-06-02T00:00:00Z, 2025-06-02 or now",
                    "'--%s %.60s' is not an instant", option_rows[option].name, value);
    return true;
}

static void read_instants(struct reader *reader)
{
    struct options *out = reader->out;
    struct instants *instants = &out->instants;
    instants->has_as_of = read_moment(reader, OPTION_AS_OF, &instants->as_of_s, &out->is_as_of_now);
    instants->has_policy_date =
        read_moment(reader, OPTION_POLICY_DATE, &instants->policy_date_s, &out->is_policy_now);
}

/* Read a whole number that fits in 64 bits; 0 with a diagnostic. */
static uint64_t read_number(struct reader *reader, enum option option)
{
    const char *value = reader->values[option];
    uint64_t number = 0;
    bool is_good = value != NULL && value[0] != '\0';
    for (size_t i = 0; is_good && value[i] != '\0'; i++) {
        const uint64_t digit = (uint64_t)(value[i] - '0');
        is_good = value[i] >= '0' && value[i] <= '9' && number <= (UINT64_MAX - digit) / 10;
        number = is_good ? number * 10 + digit : 0;
    }
    if (value != NULL && !is_good) {
        diagnostics_add(reader->list, AMICUS_ERROR, "U0104", NOWHERE,
                        "write a whole number from 0 to 18446744073709551615",
                        "'--%s %.60s' is no whole number", option_rows[option].name, value);
    }
    return number;
}

/* Read one of a few words; returns its number, or 0 with a diagnostic. */
static unsigned read_word(struct reader *reader, const char *option, const char *value,
                          const char *const *known)
{
    for (unsigned i = 0; known[i] != NULL; i++) {
        if (strcmp(known[i], value) == 0) {
            return i;
        }
    }
    char mend[160];
    (void)snprintf(mend, sizeof mend, "write %s, %s or %s", known[0], known[1], known[2]);
    diagnostics_add(reader->list, AMICUS_ERROR, "U0104", NOWHERE, mend,
                    "'--%s %.60s' is not understood", option, value);
    return 0;
}

/* Read a small whole number; 0 with a diagnostic if it is none, or not given. */
static unsigned read_count(struct reader *reader, enum option option, unsigned least, unsigned most)
{
    const char *value = reader->values[option];
    unsigned count = 0;
    size_t at = 0;
    if (value == NULL) {
        return 0;
    }
    while (value[at] >= '0' && value[at] <= '9' && count <= most) {
        count = count * 10 + (unsigned)(value[at++] - '0');
    }
    if (at > 0 && value[at] == '\0' && count >= least && count <= most) {
        return count;
    }
    char mend[160];
    (void)snprintf(mend, sizeof mend, "write a number from %u to %u", least, most);
    diagnostics_add(reader->list, AMICUS_ERROR, "U0104", NOWHERE, mend,
                    "'--%s %.60s' is not understood", option_rows[option].name, value);
    return 0;
}

/* Read I/N with I < N. */
static void read_shard(struct reader *reader)
{
    const char *value = reader->values[OPTION_SHARD];
    struct shard *shard = &reader->out->shard;
    const char *slash = value == NULL ? NULL : strchr(value, '/');
    uint64_t index = 0, count = 0;
    *shard = (struct shard){0, 1};
    if (value == NULL) {
        return;
    }
    if (slash == NULL || !number_read(&index, (struct text){value, (size_t)(slash - value)}) ||
        !number_read(&count, text_of(slash + 1)) || index >= count || count > SHARD_COUNT_MAX) {
        diagnostics_add(reader->list, AMICUS_ERROR, "U0104", NOWHERE,
                        "write it as 0/8, the first of 8, to 7/8, the last",
                        "'--shard %.60s' is no part of a whole", value);
        return;
    }
    *shard = (struct shard){(uint32_t)index, (uint32_t)count};
}

/* Options of batches. */
static void read_batch(struct reader *reader)
{
    static const char *const RESULTS[] = {"brief", "full", "none", NULL};
    static const char *const WHEN[] = {"auto", "always", "never", NULL};
    struct options *out = reader->out;
    read_shard(reader);
    out->out = reader->values[OPTION_OUT];
    out->rejects = reader->values[OPTION_REJECTS];
    out->shards = read_count(reader, OPTION_SHARDS, 1, SHARD_COUNT_MAX);
    out->max_errors = read_count(reader, OPTION_MAX_ERRORS, 0, 400000000);
    if (reader->values[OPTION_RESULTS] != NULL) {
        out->results =
            (enum results)read_word(reader, "results", reader->values[OPTION_RESULTS], RESULTS);
    }
    if (reader->values[OPTION_PROGRESS] != NULL) {
        out->progress =
            (enum color_when)read_word(reader, "progress", reader->values[OPTION_PROGRESS], WHEN);
    }
}

static void read_values(struct reader *reader)
{
    static const char *const WHEN[] = {"auto", "always", "never", NULL};
    static const char *const LEVEL[] = {"note", "warning", "error", NULL};
    struct options *out = reader->out;
    out->policy = reader->values[OPTION_POLICY];
    out->folder = reader->values[OPTION_FOLDER];
    out->run = reader->values[OPTION_RUN];
    out->threshold = read_count(reader, OPTION_THRESHOLD, 1, 100);
    out->jobs = read_count(reader, OPTION_JOBS, 1, 64);
    out->most = read_count(reader, OPTION_MAX, 1, 100);
    read_instants(reader);
    read_batch(reader);
    if (reader->values[OPTION_COLOR] != NULL) {
        out->color =
            (enum color_when)read_word(reader, "color", reader->values[OPTION_COLOR], WHEN);
    }
    out->why_not = reader->values[OPTION_WHY_NOT];
    out->depth = read_count(reader, OPTION_DEPTH, 0, 99);
    out->seed = read_number(reader, OPTION_SEED);
    out->number = read_number(reader, OPTION_NUMBER);
    out->ground = reader->values[OPTION_GROUND];
    out->platform = reader->values[OPTION_PLATFORM];
    out->subject = reader->values[OPTION_CASE];
    out->fail_on = AMICUS_ERROR;
    if (reader->values[OPTION_FAIL_ON] != NULL) {
        out->fail_on =
            (amicus_severity)read_word(reader, "fail-on", reader->values[OPTION_FAIL_ON], LEVEL);
    }
}

/* --- first step --- */

static void take(struct reader *reader, enum option option, const char *value)
{
    reader->out->seen[option] = true;
    if (value == NULL) {
        return;
    }
    if (option == OPTION_FORMAT) {
        read_format(reader, value);
    }
    if (option == OPTION_EXPECT && reader->out->expect_count < EXPECTS_MAX) {
        reader->out->expects[reader->out->expect_count++] = value;
    }
    reader->values[option] = value;
    reader->said[reader->out->said_count++] = (struct said){option, value};
}

/* The value of an option: what is attached, or the next word. */
static const char *value_of(struct reader *reader, enum option option, const char *attached)
{
    const struct option_row *row = &option_rows[option];
    if (attached != NULL) {
        return attached;
    }
    if (reader->at + 1 < reader->count) {
        return reader->words[++reader->at];
    }
    char mend[160];
    (void)snprintf(mend, sizeof mend, "write '%s %s'", reader->words[reader->at], row->value);
    diagnostics_add(reader->list, AMICUS_ERROR, "U0103", NOWHERE, mend, "'%.60s' needs a value",
                    reader->words[reader->at]);
    return NULL;
}

static void read_long(struct reader *reader, const char *word)
{
    const char *name = word + 2;
    const char *equals = strchr(name, '=');
    struct text text = {name, equals == NULL ? strlen(name) : (size_t)(equals - name)};
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (option_rows[i].name[0] == '\0' || !text_is(text, option_rows[i].name)) {
            continue;
        }
        if (option_rows[i].value != NULL) {
            take(reader, (enum option)i,
                 value_of(reader, (enum option)i, equals == NULL ? NULL : equals + 1));
        } else if (equals != NULL) {
            diagnostics_add(reader->list, AMICUS_ERROR, "U0103", NOWHERE, "leave out the value",
                            "'--%s' takes no value", option_rows[i].name);
        } else {
            take(reader, (enum option)i, NULL);
        }
        return;
    }
    fault_option(reader, word, name);
}

static size_t find_letter(char letter)
{
    size_t i = 0;
    while (i < OPTION_COUNT && option_rows[i].letter != letter) {
        i++;
    }
    return i;
}

static void read_letters(struct reader *reader, const char *word)
{
    for (const char *letter = word + 1; *letter != '\0'; letter++) {
        size_t option = find_letter(*letter);
        if (option == OPTION_COUNT) {
            fault_option(reader, word, word);
            return;
        }
        if (option_rows[option].value != NULL) {
            take(reader, (enum option)option,
                 value_of(reader, (enum option)option, letter[1] == '\0' ? NULL : letter + 1));
            return;
        }
        take(reader, (enum option)option, NULL);
    }
}

static void read_words(struct reader *reader)
{
    bool is_ended = false;
    for (; reader->at < reader->count; reader->at++) {
        const char *word = reader->words[reader->at];
        if (is_ended || word[0] != '-' || word[1] == '\0') {
            reader->out->operands[reader->out->operand_count++] = word;
        } else if (strcmp(word, "--") == 0) {
            is_ended = true;
        } else if (word[1] == '-') {
            read_long(reader, word);
        } else {
            read_letters(reader, word);
        }
    }
}

/* --- second step --- */

static void drop_operands(struct options *options, size_t count)
{
    options->operands += count;
    options->operand_count -= count;
}

/* Find the two-word command that starts with a word; NULL if there is none. */
static const struct command *find_pair(const char *first, const char *second)
{
    char name[64];
    (void)snprintf(name, sizeof name, "%.30s %.30s", first, second);
    return command_find(name);
}

/* Add the second words of the commands that start with `first`; false if there are none. */
static bool list_seconds(const char *first, char *out, size_t bytes)
{
    size_t length = strlen(first), used = 0;
    for (size_t i = 0; i < command_row_count && used < bytes; i++) {
        const char *name = command_rows[i].name;
        if (strncmp(name, first, length) == 0 && name[length] == ' ') {
            used += (size_t)snprintf(out + used, bytes - used, "%s%s", used > 0 ? ", " : "",
                                     name + length + 1);
        }
    }
    return used > 0;
}

static void find_command(struct reader *reader)
{
    struct options *out = reader->out;
    if (out->operand_count == 0) {
        return;
    }
    const char *first = out->operands[0];
    const char *second = out->operand_count > 1 ? out->operands[1] : "";
    out->command = command_find(first);
    if (out->command != NULL) {
        drop_operands(out, 1);
        return;
    }
    out->command = find_pair(first, second);
    if (out->command != NULL) {
        drop_operands(out, 2);
        return;
    }
    char seconds[100];
    if (!list_seconds(first, seconds, sizeof seconds)) {
        fault_command(reader, first);
        return;
    }
    char mend[160];
    (void)snprintf(mend, sizeof mend, "write 'amicus %.30s' and one of: %s", first, seconds);
    if (second[0] == '\0') {
        diagnostics_add(reader->list, AMICUS_ERROR, "U0101", NOWHERE, mend,
                        "'amicus %.30s' alone is no command", first);
    } else {
        diagnostics_add(reader->list, AMICUS_ERROR, "U0101", NOWHERE, mend,
                        "there is no command '%.30s %.60s'", first, second);
    }
}

static void check_options(struct reader *reader)
{
    const struct command *command = reader->out->command;
    char mend[160];
    (void)snprintf(mend, sizeof mend, "amicus help %s", command->name);
    for (unsigned i = 0; i < OPTION_COUNT; i++) {
        if (reader->out->seen[i] && !option_is_common((enum option)i) &&
            !command_lists(command, (enum option)i)) {
            diagnostics_add(reader->list, AMICUS_ERROR, "U0102", NOWHERE, mend,
                            "'amicus %s' takes no option '--%s'", command->name,
                            option_rows[i].name);
        }
    }
    for (size_t i = 0; i < reader->out->answer_count; i++) {
        enum format format = reader->out->answers[i].format;
        if (command->formats != 0 && (command->formats & FORMAT_BIT(format)) == 0) {
            diagnostics_add(reader->list, AMICUS_ERROR, "U0107", NOWHERE, "amicus help formats",
                            "'amicus %s' does not write the format '%s'", command->name,
                            format_names[format]);
        }
    }
}

static void check_operands(struct reader *reader)
{
    const struct options *out = reader->out;
    char mend[160];
    char naming[160];
    (void)snprintf(mend, sizeof mend, "amicus help %s", out->command->name);
    (void)snprintf(naming, sizeof naming, "name a file, or '-' for stdin; amicus help %s shows all",
                   out->command->name);
    if (out->operand_count < out->command->operands_min) {
        diagnostics_add(reader->list, AMICUS_ERROR, "U0105", NOWHERE, naming,
                        "'amicus %s' needs something to work on", out->command->name);
    }
    if (out->operand_count > out->command->operands_max) {
        diagnostics_add(reader->list, AMICUS_ERROR, "U0106", NOWHERE, mend,
                        "'amicus %s' takes no '%.60s'", out->command->name,
                        out->operands[out->command->operands_max]);
    }
}

/* -o names the file of the one answer that names none itself. */
static void place_answers(struct reader *reader)
{
    struct options *out = reader->out;
    if (out->answer_count == 0) {
        out->answers[out->answer_count++] = (struct wanted){FORMAT_HUMAN, NULL};
    }
    const char *path = reader->values[OPTION_OUTPUT];
    for (size_t i = 0; i < out->answer_count && path != NULL; i++) {
        if (out->answers[i].path == NULL) {
            out->answers[i].path = path;
            path = NULL;
        }
    }
    if (path != NULL) {
        diagnostics_add(reader->list, AMICUS_ERROR, "U0104", NOWHERE,
                        "leave out -o, or the file of one format",
                        "'-o %.60s' has no answer to write: each format names its own file", path);
    }
}

amicus_status options_read(struct options *out, const char *const *words, size_t count,
                           struct arena *arena, amicus_diagnostics *list)
{
    assert(out != NULL && arena != NULL && list != NULL);
    assert(words != NULL || count == 0);
    *out = (struct options){.command = NULL};
    out->operands = arena_give_array(arena, count + 1, sizeof *out->operands);
    struct said *said = arena_give_array(arena, count + 1, sizeof *said);
    if (out->operands == NULL || said == NULL) {
        return AMICUS_MEMORY;
    }
    out->said = said;
    struct reader reader = {.out = out, .words = words, .count = count, .list = list, .said = said};
    read_words(&reader);
    read_values(&reader);
    find_command(&reader);
    place_answers(&reader);
    if (out->command != NULL && !options_has(out, OPTION_HELP)) {
        check_options(&reader);
        check_operands(&reader);
    }
    return diagnostics_errors(list) == 0 ? AMICUS_OK : AMICUS_INVALID;
}
