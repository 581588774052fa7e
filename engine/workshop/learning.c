/*
 * Journals, read and added up.
 *
 * A journal may be long, may end in half a line after a power loss, and may have been edited by
 * hand: what is no entry is counted and left out, and the rest is used. An entry is trusted for no
 * more than it says: numbers are kept within their bounds before anything is computed from them.
 */
#include "learning.h"

#include "json_pen.h"
#include "yaml_tree.h"

#include <assert.h>
#include <string.h>

#define LINE_BYTES_MAX ((size_t)64 << 10)

static const char SCHEMA[] = "amicus.training/1";

static void pen_number(struct json_pen *pen, const char *key, int64_t number)
{
    pen_key(pen, key);
    builder_put_int(pen->builder, number);
}

void journal_write(struct builder *builder, const struct journal_entry *entry)
{
    assert(builder != NULL && entry != NULL);
    assert(entry->rule_count <= ENTRY_RULES_MAX);
    struct json_pen pen = {.builder = builder, .is_first = true};
    pen_open(&pen, '{');
    pen_number(&pen, "at", entry->at_s);
    pen_text(&pen, "case", entry->case_id);
    pen_number(&pen, "confidence", entry->percent);
    pen_bool(&pen, "decided", entry->is_decided);
    pen_text(&pen, "expected", text_of(outcome_name(entry->expected)));
    pen_bool(&pen, "followed", entry->was_followed);
    pen_number(&pen, "found", entry->found);
    pen_text(&pen, "given", text_of(outcome_name(entry->given)));
    pen_number(&pen, "grade", entry->grade);
    pen_text(&pen, "mode", entry->mode);
    pen_number(&pen, "off", entry->off_minor);
    pen_key(&pen, "rules");
    pen_open(&pen, '[');
    for (uint32_t i = 0; i < entry->rule_count; i++) {
        pen_item(&pen);
        builder_put_json(builder, entry->rules[i]);
    }
    pen_close(&pen, ']');
    pen_text(&pen, "schema", text_of(SCHEMA));
    pen_bool(&pen, "shown", entry->was_shown);
    pen_number(&pen, "wanted", entry->wanted);
    pen_bool(&pen, "wrong", entry->was_wrong);
    pen_close(&pen, '}');
    builder_putc(builder, '\n');
}

/* --- reading --- */

/* Read a number between bounds. */
static bool read_number(const struct tree *root, const char *key, int64_t most, int64_t *out)
{
    const struct tree *node = tree_find(root, key);
    bool is_good = node != NULL && node->form == TREE_JSON_NUMBER && node->text.length > 0;
    int64_t number = 0;
    for (size_t i = 0; is_good && i < node->text.length; i++) {
        const int64_t digit = node->text.at[i] - '0';
        is_good = digit >= 0 && digit <= 9 && number <= (most - digit) / 10;
        number = is_good ? number * 10 + digit : 0;
    }
    *out = number;
    return is_good;
}

static bool read_outcome(const struct tree *root, const char *key, enum outcome *out)
{
    const struct tree *node = tree_find(root, key);
    *out = node == NULL || node->kind != TREE_SCALAR ? OUTCOME_COUNT : outcome_find(node->text);
    return *out != OUTCOME_COUNT;
}

static bool is_true(const struct tree *root, const char *key)
{
    const struct tree *node = tree_find(root, key);
    return node != NULL && node->form == TREE_JSON_BOOL && tree_is(node, "true");
}

static bool read_rules(const struct tree *root, struct journal_entry *out)
{
    const struct tree *list = tree_find(root, "rules");
    if (list == NULL || list->kind != TREE_LIST || list->count > ENTRY_RULES_MAX) {
        return false;
    }
    for (const struct tree *node = list->first; node != NULL; node = node->next) {
        if (node->kind != TREE_SCALAR) {
            return false;
        }
        out->rules[out->rule_count++] = node->text;
    }
    return true;
}

static bool read_entry(const struct tree *root, struct journal_entry *out)
{
    int64_t percent, found, wanted, grade;
    const struct tree *subject = tree_find(root, "case");
    const struct tree *schema = tree_find(root, "schema");
    *out = (struct journal_entry){.rule_count = 0};
    bool is_good = schema != NULL && tree_is(schema, SCHEMA) && subject != NULL &&
                   subject->kind == TREE_SCALAR &&
                   read_number(root, "at", INT64_C(253402300799), &out->at_s) &&
                   read_number(root, "confidence", 100, &percent) &&
                   read_number(root, "wanted", UINT32_MAX, &wanted) &&
                   read_number(root, "found", wanted, &found) &&
                   read_number(root, "grade", GRADE_EASY, &grade) && grade >= GRADE_AGAIN &&
                   read_number(root, "off", INT64_MAX, &out->off_minor) &&
                   read_outcome(root, "expected", &out->expected) &&
                   read_outcome(root, "given", &out->given) && read_rules(root, out);
    if (is_good) {
        out->case_id = subject->text;
        out->percent = (unsigned)percent;
        out->found = (uint32_t)found;
        out->wanted = (uint32_t)wanted;
        out->grade = (enum grade)grade;
        out->is_decided = is_true(root, "decided");
        out->was_shown = is_true(root, "shown");
        out->was_wrong = is_true(root, "wrong");
        out->was_followed = is_true(root, "followed");
    }
    return is_good;
}

static amicus_status read_line(struct learning *progress, struct text line)
{
    amicus_diagnostics *list;
    const struct tree *root = NULL;
    struct journal_entry entry;
    if (amicus_diagnostics_open(&list) != AMICUS_OK) {
        return AMICUS_MEMORY;
    }
    struct tree_source source = tree_source_of("", line, true);
    amicus_status status = line.length > LINE_BYTES_MAX
                               ? AMICUS_INVALID
                               : tree_read_json(&root, progress->arena, &source, list);
    amicus_diagnostics_close(list);
    if (status == AMICUS_MEMORY) {
        return status;
    }
    if (status != AMICUS_OK || !read_entry(root, &entry)) {
        progress->damaged++;
        return AMICUS_OK;
    }
    return learning_add(progress, &entry);
}

amicus_status learning_read(struct learning *progress, struct text bytes)
{
    assert(progress != NULL);
    assert(bytes.at != NULL || bytes.length == 0);
    amicus_status status = AMICUS_OK;
    size_t at = 0;
    while (at < bytes.length && status == AMICUS_OK) {
        const char *end = memchr(bytes.at + at, '\n', bytes.length - at);
        const size_t length = end == NULL ? bytes.length - at : (size_t)(end - bytes.at) - at;
        if (length > 0) {
            status = read_line(progress, (struct text){bytes.at + at, length});
        }
        at += length + 1;
    }
    return status;
}

/* --- adding up --- */

amicus_status learning_start(struct learning *out, struct arena *arena)
{
    assert(out != NULL);
    assert(arena != NULL);
    *out = (struct learning){.arena = arena};
    const amicus_status status = map_of(&out->skills, arena);
    return status == AMICUS_OK ? map_of(&out->seen, arena) : status;
}

static amicus_status note_seen(struct learning *progress, struct text case_id)
{
    uint32_t *count = map_find(progress->seen, case_id);
    struct text key;
    if (count != NULL) {
        *count += 1;
        return AMICUS_OK;
    }
    count = arena_give(progress->arena, sizeof *count);
    if (count == NULL || text_copy(&key, progress->arena, case_id) != AMICUS_OK) {
        return AMICUS_MEMORY;
    }
    *count = 1;
    return map_put(progress->seen, key, count);
}

static amicus_status note_skill(struct learning *progress, struct text rule,
                                const struct journal_entry *entry)
{
    struct skill *skill = map_find(progress->skills, rule);
    if (skill == NULL) {
        skill = arena_give(progress->arena, sizeof *skill);
        if (skill == NULL || text_copy(&skill->rule, progress->arena, rule) != AMICUS_OK ||
            map_put(progress->skills, skill->rule, skill) != AMICUS_OK) {
            return AMICUS_MEMORY;
        }
    }
    spacing_note(&skill->spacing, entry->grade, entry->at_s);
    skill->right += entry->expected == entry->given;
    return AMICUS_OK;
}

amicus_status learning_add(struct learning *progress, const struct journal_entry *entry)
{
    assert(progress != NULL && entry != NULL);
    assert(entry->expected < OUTCOME_COUNT && entry->given < OUTCOME_COUNT);
    const bool is_right = entry->expected == entry->given;
    const unsigned step = entry->percent < 50 ? 0 : (entry->percent - 50) / 10;
    progress->answers++;
    progress->right += is_right;
    progress->money_right += entry->off_minor == 0;
    progress->found += entry->found;
    progress->wanted += entry->wanted;
    progress->decided += entry->is_decided;
    progress->misleading += entry->was_wrong;
    progress->misled += entry->was_wrong && entry->was_followed;
    progress->agreement.table[entry->given][entry->expected]++;
    progress->sure[step].count++;
    progress->sure[step].right += is_right;
    progress->sure[step].percent_sum += entry->percent;
    brier_add(&progress->brier, entry->percent, is_right);
    amicus_status status = note_seen(progress, entry->case_id);
    for (uint32_t i = 0; i < entry->rule_count && status == AMICUS_OK; i++) {
        status = note_skill(progress, entry->rules[i], entry);
    }
    return status;
}

const struct skill *learning_skill(const struct learning *progress, struct text rule)
{
    assert(progress != NULL);
    assert(progress->skills != NULL);
    return map_find(progress->skills, rule);
}

uint32_t learning_seen(const struct learning *progress, struct text case_id)
{
    assert(progress != NULL);
    assert(progress->seen != NULL);
    const uint32_t *count = map_find(progress->seen, case_id);
    return count == NULL ? 0 : *count;
}
