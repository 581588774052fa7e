/*
 * Templates: one sentence for people, with places that are filled in from the case.
 *
 * A place is a path in braces. Its first word says where it starts: "param" a parameter, a root of
 * the vocabulary the root, and anything else the declaration's own record, whatever the script
 * called it. A sentence is cut into pieces here, so that nothing is parsed while a case is decided.
 */
#include "compiler.h"

#include <assert.h>
#include <string.h>

static uint32_t refuse_place(struct scope *scope, struct text inside, const char *mend)
{
    diagnostics_add(scope->compiler->list, AMICUS_ERROR, "P0440",
                    draft_place(scope->compiler, scope->draft, inside), mend,
                    "%s '%.*s' has a sentence with '{%.*s}', which names nothing",
                    declare_name(scope->draft->kind), SHOWN(scope->draft->id), SHOWN(inside));
    return NODE_NONE;
}

static bool is_root(const struct vocabulary *vocabulary, struct text word)
{
    for (uint32_t i = 0; i < vocabulary->root_count; i++) {
        if (text_equal(vocabulary->roots[i], word)) {
            return true;
        }
    }
    return false;
}

static uint32_t param_place(struct scope *scope, struct text name, struct text inside)
{
    struct compiler *compiler = scope->compiler;
    const struct draft *draft = draft_find(compiler, DECLARE_PARAM, name);
    if (draft == NULL) {
        return refuse_place(scope, inside,
                            mend_near(compiler, map_nearest(compiler->names[DECLARE_PARAM], name)));
    }
    const struct param_row *row = compiler_row(compiler, TABLE_PARAMS, draft->row);
    compiler->param_is_read[draft->row] = true;
    struct node node = {.op = NODE_PARAM,
                        .type = row->type,
                        .a = draft->row,
                        .b = NODE_NONE,
                        .line = scope->draft->line,
                        .file = scope->draft->file};
    return row->type == TYPE_NONE ? NODE_NONE : compiler_node(compiler, &node);
}

/* A path of the declaration's record; "id" is the record itself where it has no fact of that name.
 */
static uint32_t record_place(struct scope *scope, struct text path, struct text inside)
{
    if (scope->kind == KIND_ROOT) {
        return refuse_place(scope, inside, "this ranges over the case: name a fact of the case");
    }
    uint32_t record = compile_variable(scope, scope->draft->line, 0);
    bool is_itself = path.length == 0 ||
                     (text_is(path, "id") &&
                      vocabulary_find(scope->compiler->vocabulary, scope->kind, path) == FACT_NONE);
    if (is_itself || record == NODE_NONE) {
        return record;
    }
    return compile_record_path(scope, scope->draft->line, record, path);
}

static uint32_t compile_place(struct scope *scope, struct text inside)
{
    const char *dot = inside.length == 0 ? NULL : memchr(inside.at, '.', inside.length);
    size_t length = dot == NULL ? inside.length : (size_t)(dot - inside.at);
    struct text word = {inside.at, length};
    struct text rest = {NULL, 0};
    if (dot != NULL) {
        rest = (struct text){dot + 1, inside.length - length - 1};
    }
    if (word.length == 0) {
        return refuse_place(scope, inside, "write a path between the braces");
    }
    if (text_is(word, "param")) {
        return param_place(scope, rest, inside);
    }
    if (is_root(scope->compiler->vocabulary, word)) {
        return compile_root_path(scope, scope->draft->line, inside);
    }
    return record_place(scope, rest, inside);
}

static void add_words(struct scope *scope, struct template_row *template, struct text words)
{
    if (words.length == 0) {
        return;
    }
    struct piece *piece = compiler_add(scope->compiler, TABLE_PIECES);
    piece->words = compiler_text(scope->compiler, words);
    piece->node = NODE_NONE;
    template->piece_count += 1;
}

uint32_t compile_template(struct scope *scope, struct text text)
{
    assert(scope != NULL);
    assert(text.length == 0 || text.at != NULL);
    struct compiler *compiler = scope->compiler;
    struct template_row template = {compiler_count(compiler, TABLE_PIECES), 0};
    while (text.length > 0) {
        const char *open = memchr(text.at, '{', text.length);
        size_t before = open == NULL ? text.length : (size_t)(open - text.at);
        add_words(scope, &template, (struct text){text.at, before});
        text.at += before;
        text.length -= before;
        if (open == NULL) {
            break;
        }
        const char *close = memchr(text.at, '}', text.length);
        if (close == NULL) {
            refuse_place(scope, (struct text){text.at + 1, text.length - 1}, "close it with '}'");
            break;
        }
        struct text inside = {text.at + 1, (size_t)(close - text.at) - 1};
        uint32_t node = compile_place(scope, inside);
        struct piece *piece = compiler_add(compiler, TABLE_PIECES);
        piece->node = node;
        template.piece_count += 1;
        text.at += inside.length + 2;
        text.length -= inside.length + 2;
    }
    *(struct template_row *)compiler_add(compiler, TABLE_TEMPLATES) = template;
    return compiler_count(compiler, TABLE_TEMPLATES) - 1;
}

uint32_t compile_because(struct scope *scope)
{
    assert(scope != NULL);
    assert(scope->draft != NULL);
    struct text text = draft_text(scope->draft, FIELD_BECAUSE);
    return text.length == 0 ? INDEX_NONE : compile_template(scope, text);
}
