/*
 * The case: loading one, and reading it.
 *
 * One builder, two readers: YAML and JSON become the same tree, so they give the same case, the
 * same faults and the same digest. The tree stays in the case's arena, because the texts of the
 * case point into it; the copy that this saves is worth more than the memory of the nodes.
 *
 * A case is immutable once loaded. Its digest is that of its canonical JSON, under a domain of its
 * own; a file that says the same in another order or another language has the same digest.
 *
 * Legal order of the steps is in case_build.h. If the text has faults but could be read to its end,
 * the case is built all the same, so that one run reports everything; it is then thrown away.
 */
#include "case.h"

#include "case_build.h"
#include "limit.h"

#include <assert.h>

/* White space that may stand before the first byte that tells the format. */
static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static bool is_json(struct text bytes, amicus_case_format format)
{
    size_t at = 0;
    while (at < bytes.length && is_blank(bytes.at[at])) {
        at++;
    }
    return format == AMICUS_FORMAT_JSON ||
           (format == AMICUS_FORMAT_AUTO && at < bytes.length && bytes.at[at] == '{');
}

/* In YAML the first line says what the file is; in JSON keys have no order. */
static void check_head(struct case_build *build, const struct tree *root, bool wants_first)
{
    const struct tree *head = tree_find(root, "amicus");
    bool is_good = head != NULL && tree_is(head, "case/1") && (!wants_first || head == root->first);
    if (!is_good) {
        faults_add(&build->faults, "C0120", root->place, "start with 'amicus: case/1'",
                   "this does not say that it is a case of version 1");
    }
}

/* A case has an id, for its ruling to name. */
static void check_id(struct case_build *build, const struct tree *root)
{
    uint32_t fact = build->vocabulary->roles.case_id;
    if (fact == FACT_NONE || build->faults.status != AMICUS_OK) {
        return;
    }
    const struct value *id = case_value(build->subject, RECORD_ROOT, fact);
    if (id->standing == STANDING_ESTABLISHED) {
        build->subject->id = *id->as.text;
        return;
    }
    const struct tree *section = tree_find(root, "case");
    if (section == NULL || tree_find(section, "id") == NULL) {
        faults_add(&build->faults, "C0125", root->place,
                   "add id: under case:", "the case has no id");
    }
}

static void build_case(struct case_build *build, const struct tree *root)
{
    case_build_tree(build, root);
    if (build->faults.status != AMICUS_OK) {
        return;
    }
    const struct tree *absent = tree_find(root, "absent");
    if (absent != NULL) {
        case_build_absent(build, absent);
    }
    case_build_standings(build);
    if (build->faults.status == AMICUS_OK) {
        case_build_checks(build);
    }
    check_id(build, root);
}

static amicus_status digest_case(struct amicus_case *subject)
{
    struct arena *scratch = NULL;
    amicus_status status = arena_open(&scratch, (size_t)limit_of(LIMIT_CASE_ARENA_BYTES));
    if (status != AMICUS_OK) {
        return status;
    }
    struct builder builder;
    struct text canonical;
    builder_start(&builder, scratch);
    case_write_json(&builder, subject);
    status = builder_end(&canonical, &builder);
    if (status == AMICUS_OK) {
        status = digest_of(subject->digest, "amicus.case/1", canonical);
    }
    arena_close(scratch);
    return status;
}

/* Build the case that a tree says. status is what reading the text gave. */
static amicus_status load_tree(struct case_build *build, const struct tree *root, bool wants_first,
                               amicus_status status)
{
    if (root->kind != TREE_MAP) {
        faults_add(&build->faults, "C0101", root->place, "start with a line 'amicus: case/1'",
                   "%s stands where a case is wanted", tree_kind_name(root));
        return AMICUS_INVALID;
    }
    check_head(build, root, wants_first);
    build_case(build, root);
    if (build->faults.status != AMICUS_OK) {
        return build->faults.status;
    }
    if (status != AMICUS_OK || build->faults.any) {
        return status == AMICUS_OK ? AMICUS_INVALID : status;
    }
    return digest_case(build->subject);
}

/* Make a case without content that owns an arena. NULL if memory failed. */
static struct amicus_case *make_case(struct arena *arena, const struct vocabulary *vocabulary)
{
    struct amicus_case *subject = arena_give(arena, sizeof *subject);
    if (subject != NULL) {
        subject->arena = arena;
        subject->vocabulary = vocabulary;
    }
    return subject;
}

static amicus_status load(struct amicus_case *subject, const struct tree_source *source,
                          bool is_json_text, amicus_diagnostics *list)
{
    struct case_build build = {
        .subject = subject,
        .vocabulary = subject->vocabulary,
        .arena = subject->arena,
        .faults = {.list = list},
    };
    amicus_status status = is_json_text
                               ? tree_read_json(&subject->root, subject->arena, source, list)
                               : tree_read_yaml(&subject->root, subject->arena, source, list);
    return subject->root == NULL ? status : load_tree(&build, subject->root, !is_json_text, status);
}

amicus_status case_build_from(struct amicus_case **out, struct arena *arena,
                              const struct vocabulary *vocabulary, const struct tree *root,
                              amicus_diagnostics *list)
{
    assert(out != NULL && arena != NULL && vocabulary != NULL);
    assert(root != NULL && root->kind == TREE_MAP && list != NULL);
    *out = NULL;
    struct amicus_case *subject = make_case(arena, vocabulary);
    if (subject == NULL) {
        return AMICUS_MEMORY;
    }
    subject->root = root;
    struct case_build build = {
        .subject = subject,
        .vocabulary = vocabulary,
        .arena = arena,
        .faults = {.list = list},
    };
    amicus_status status = load_tree(&build, root, false, AMICUS_OK);
    if (status == AMICUS_OK) {
        *out = subject;
    }
    return status;
}

/* What a caller says of one text is six things; a struct for them would only be unpacked here. */
/* NOLINTNEXTLINE(readability-function-size) */
amicus_status case_load(struct amicus_case **out, const struct vocabulary *vocabulary,
                        const char *name, struct text bytes, amicus_case_format format,
                        amicus_diagnostics *list)
{
    assert(out != NULL && vocabulary != NULL && list != NULL);
    assert(bytes.at != NULL || bytes.length == 0);
    *out = NULL;
    struct arena *arena = NULL;
    amicus_status status = arena_open(&arena, (size_t)limit_of(LIMIT_CASE_ARENA_BYTES));
    if (status != AMICUS_OK) {
        return status;
    }
    struct amicus_case *subject = make_case(arena, vocabulary);
    bool is_json_text = is_json(bytes, format);
    struct tree_source source = tree_source_of(name, bytes, is_json_text);
    status = subject == NULL ? AMICUS_MEMORY : load(subject, &source, is_json_text, list);
    if (status != AMICUS_OK) {
        arena_close(arena);
        return status;
    }
    *out = subject;
    return AMICUS_OK;
}

void case_close(struct amicus_case *subject)
{
    if (subject == NULL) {
        return;
    }
    assert(subject->arena != NULL);
    assert(subject->record_count > 0);
    arena_close(subject->arena);
}

uint32_t case_slot(const struct amicus_case *subject, uint32_t record, uint32_t fact)
{
    assert(subject != NULL && record < subject->record_count);
    assert(fact < subject->vocabulary->fact_count);
    const struct fact *row = &subject->vocabulary->facts[fact];
    assert(row->derived == FACT_NONE);
    assert(kind_is(subject->vocabulary, subject->records[record].kind, row->kind));
    return subject->records[record].first_slot + row->slot;
}

const struct value *case_value(const struct amicus_case *subject, uint32_t record, uint32_t fact)
{
    assert(subject != NULL);
    assert(subject->values != NULL);
    return &subject->values[case_slot(subject, record, fact)];
}

uint32_t case_find(const struct amicus_case *subject, uint32_t kind, struct text id)
{
    assert(subject != NULL);
    assert(kind < subject->vocabulary->kind_count);
    const struct record *record = map_find(subject->ids[kind], id);
    return record == NULL ? RECORD_NONE : (uint32_t)(record - subject->records);
}
