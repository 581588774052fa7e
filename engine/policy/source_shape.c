/*
 * The shape of a rule file.
 *
 * One pass over the tokens with a stack of open blocks and brackets. What is refused here is of
 * three kinds: what would make a float (points, exponents, / and ^), so that no number in the jail
 * ever rounds; what Debian's Lua 5.4.4 compiles wrongly (bit operators, comparisons inside [ ], a
 * closing value in a for); and what would be slow or deep in Lua's parser, where no instruction
 * hook runs (nesting, locals, long chains of elseif, many labels).
 *
 * A fourth check is a service to authors: == between a fact and a value cannot be seen by the jail,
 * because Lua answers it without asking. It looks for a path that begins with a root name, or with
 * a local made by `item`.
 *
 * Brackets that do not match are left to Lua, which says more about them; the stack then only has
 * to stay in bounds.
 */
#include "source_shape.h"

#include "limit.h"
#include "source_token.h"

#include <assert.h>
#include <string.h>

/* Lua's parser recurses once a level and gives up at 200; nobody reads a tenth of that. */
#define DEPTH_MAX 100

/* Lua has room for 200 locals in a function. */
#define LOCALS_MAX 190

/* Jumps that Lua's parser patches in quadratic time: thirty thousand `and` take a second. */
#define ELSEIF_MAX 200
#define JUMPS_MAX  2000

/* A loop takes an iterator, a state, a first value; a fourth would be a closing value. */
#define FOR_COMMAS_MAX 2

/* Locals that stand for the record. */
#define RECORDS_MAX 32

/* An open block or bracket. */
struct opened {
    char kind;       /* ( [ { and f function, i if, d do, r repeat, F for before its do */
    bool has_in;     /* of F: `in` was read */
    unsigned commas; /* of F, behind `in` */
    unsigned elseifs;
    unsigned locals; /* active in the function when it opened */
};

/* What the tokens before made of this one: nothing, `case`, `case.`, `case.as_of`. */
enum chain { CHAIN_NONE, CHAIN_ROOT, CHAIN_DOT, CHAIN_FACT };

struct shape {
    const struct script *script;
    const char *file;
    amicus_diagnostics *list;
    size_t faults;
    struct opened stack[DEPTH_MAX];
    unsigned depth;
    unsigned locals;    /* active in the function that is open */
    unsigned jumps;     /* and, or, break, goto, labels */
    bool is_local;      /* between `local` and the end of its names */
    bool is_parameters; /* between `function` and the ) of its names */
    bool is_too_deep;   /* the scan ends */
    bool is_right_side; /* the chain begins behind == or ~= */
    enum chain chain;
    struct token before[3];           /* the last tokens, newest first */
    struct text records[RECORDS_MAX]; /* locals that `item` made */
    struct text shadows[RECORDS_MAX]; /* names of facts that a local took since */
    unsigned record_count;
    unsigned shadow_count;
};

/* Bytes of a token that a message repeats. */
#define QUOTE_BYTES 40

static void refuse(struct shape *shape, const struct token *token, const char *code,
                   const char *what, const char *mend)
{
    struct place place = {shape->file, token->line,
                          token_column(shape->script->bytes, token->offset)};
    int length = token->text.length < QUOTE_BYTES ? (int)token->text.length : QUOTE_BYTES;
    if (length == 0) {
        diagnostics_add(shape->list, AMICUS_ERROR, code, place, mend, "%s", what);
    } else {
        diagnostics_add(shape->list, AMICUS_ERROR, code, place, mend, "%s: '%.*s'", what, length,
                        token->text.at);
    }
    shape->faults++;
}

/* numerals */

static bool has_any(struct text text, const char *bytes)
{
    for (size_t i = 0; i < text.length; i++) {
        if (strchr(bytes, text.at[i]) != NULL) {
            return true;
        }
    }
    return false;
}

static int digit_of(char byte)
{
    if (byte >= '0' && byte <= '9') {
        return byte - '0';
    }
    byte = (char)(byte | 0x20);
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

/* Tell whether a numeral without a point is over the greatest whole number. */
static bool is_too_great(struct text digits, unsigned base)
{
    uint64_t number = 0;
    for (size_t i = 0; i < digits.length; i++) {
        int digit = digit_of(digits.at[i]);
        if (digit < 0) {
            return false; /* malformed: Lua says so */
        }
        if (number > ((uint64_t)INT64_MAX - (unsigned)digit) / base) {
            return true;
        }
        number = number * base + (unsigned)digit;
    }
    return false;
}

static void check_number(struct shape *shape, const struct token *token)
{
    struct text text = token->text;
    bool is_hex = text.length > 2 && text.at[0] == '0' && (text.at[1] | 0x20) == 'x';
    if (has_any(text, is_hex ? ".pP" : ".eE")) {
        refuse(shape, token, "P0209", "a number with a fraction or an exponent",
               "write whole numbers, money as usd \"12.50\", shares as share(amount, num, den)");
        return;
    }
    if (is_hex) {
        text.at += 2;
        text.length -= 2;
    }
    if (is_too_great(text, is_hex ? 16 : 10)) {
        refuse(shape, token, "P0210", "a number over 9223372036854775807",
               "write a smaller whole number");
    }
}

/* operators */

static char innermost(const struct shape *shape)
{
    return shape->depth == 0 ? '\0' : shape->stack[shape->depth - 1].kind;
}

static bool is_one_of(const struct token *token, const char *const *marks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (token_is(token, marks[i])) {
            return true;
        }
    }
    return false;
}

static void check_mark(struct shape *shape, const struct token *token)
{
    static const char *const BITS[] = {"&", "|", "~", "<<", ">>"};
    static const char *const COMPARISONS[] = {"==", "~=", "<", ">", "<=", ">="};
    if (token_is(token, "/") || token_is(token, "^")) {
        refuse(shape, token, "P0211", "an operator that makes fractions",
               "divide whole numbers with //, money with share(amount, num, den)");
    } else if (is_one_of(token, BITS, sizeof BITS / sizeof BITS[0])) {
        refuse(shape, token, "P0213", "a bit operator",
               "write all{}, any{} or no{} for conditions, ~= for unequal");
    } else if (innermost(shape) == '[' &&
               is_one_of(token, COMPARISONS, sizeof COMPARISONS / sizeof COMPARISONS[0])) {
        refuse(shape, token, "P0214", "a comparison as an index",
               "put the comparison into a local first");
    } else if (token_is(token, "::")) {
        shape->jumps++;
    }
    if (token_is(token, ">") && token_is(&shape->before[0], "close") &&
        token_is(&shape->before[1], "<")) {
        refuse(shape, &shape->before[0], "P0212", "a variable that is closed",
               "leave out <close>: nothing in a rule file needs closing");
    }
}

/* blocks and brackets */

static void open_block(struct shape *shape, const struct token *token, char kind)
{
    if (shape->depth == DEPTH_MAX) {
        refuse(shape, token, "P0215", "blocks and brackets are nested more than 100 deep",
               "name parts of it with locals");
        shape->is_too_deep = true;
        return;
    }
    struct opened opened = {kind, false, 0, 0, shape->locals};
    shape->stack[shape->depth++] = opened;
}

/* Close the innermost if it is of one of these kinds; else Lua will complain. */
static void close_block(struct shape *shape, const char *kinds)
{
    if (shape->depth > 0 && strchr(kinds, innermost(shape)) != NULL) {
        shape->locals = shape->stack[--shape->depth].locals;
    }
}

/* `do` ends the head of a for, or opens a block of its own. */
static void open_do(struct shape *shape, const struct token *token)
{
    if (innermost(shape) == 'F') {
        shape->stack[shape->depth - 1].kind = 'd';
    } else {
        open_block(shape, token, 'd');
    }
}

static void next_branch(struct shape *shape, const struct token *token)
{
    if (innermost(shape) != 'i') {
        return;
    }
    struct opened *branch = &shape->stack[shape->depth - 1];
    shape->locals = branch->locals;
    if (token_is(token, "elseif") && ++branch->elseifs == ELSEIF_MAX + 1) {
        refuse(shape, token, "P0219", "more than 200 branches in one if",
               "look the value up in a table");
    }
}

static void check_word(struct shape *shape, const struct token *token)
{
    if (token_is(token, "function")) {
        shape->locals += shape->is_local ? 1 : 0;
        open_block(shape, token, 'f');
        shape->locals = 0;
        shape->is_parameters = true;
    } else if (token_is(token, "if")) {
        open_block(shape, token, 'i');
    } else if (token_is(token, "for")) {
        open_block(shape, token, 'F');
    } else if (token_is(token, "do")) {
        open_do(shape, token);
    } else if (token_is(token, "repeat")) {
        open_block(shape, token, 'r');
    } else if (token_is(token, "end")) {
        close_block(shape, "fid");
    } else if (token_is(token, "until")) {
        close_block(shape, "r");
    } else if (token_is(token, "else") || token_is(token, "elseif")) {
        next_branch(shape, token);
    } else if (token_is(token, "goto") || token_is(token, "break") || token_is(token, "and") ||
               token_is(token, "or")) {
        shape->jumps++;
    } else if (token_is(token, "in") && innermost(shape) == 'F') {
        shape->stack[shape->depth - 1].has_in = true;
    }
}

static void check_bracket(struct shape *shape, const struct token *token)
{
    char kind = token->text.length == 1 ? token->text.at[0] : '\0';
    switch (kind) {
    case '(':
    case '[':
    case '{': open_block(shape, token, kind); break;
    case ')':
        close_block(shape, "(");
        shape->is_parameters = false;
        break;
    case ']': close_block(shape, "["); break;
    case '}': close_block(shape, "{"); break;
    default: break;
    }
}

/* == between facts */

static bool is_among(const struct text *names, unsigned count, struct text name)
{
    for (unsigned i = 0; i < count; i++) {
        if (text_equal(name, names[i])) {
            return true;
        }
    }
    return false;
}

static bool is_fact_name(const struct shape *shape, struct text name)
{
    if (is_among(shape->shadows, shape->shadow_count, name)) {
        return false;
    }
    for (uint32_t i = 0; i < shape->script->root_count; i++) {
        if (text_equal(name, shape->script->roots[i])) {
            return true;
        }
    }
    return is_among(shape->records, shape->record_count, name) || text_is(name, "param");
}

/* A local of that name is no fact; from here on nothing is said of it, to refuse too little. */
static void note_shadow(struct shape *shape, struct text name)
{
    if (shape->shadow_count < RECORDS_MAX && is_fact_name(shape, name)) {
        shape->shadows[shape->shadow_count++] = name;
    }
}

/* locals */

static void check_local(struct shape *shape, const struct token *token)
{
    const struct token *before = &shape->before[0];
    bool is_name = token->kind == TOKEN_NAME;
    bool follows = token_is(before, ",") || token_is(before, "local") || token_is(before, "for") ||
                   (shape->is_parameters && token_is(before, "("));
    bool in_head = innermost(shape) == 'F' && !shape->stack[shape->depth - 1].has_in;
    bool declares = is_name && follows && !token_is(token, "function") &&
                    (shape->is_local || shape->is_parameters || in_head);
    if (declares) {
        note_shadow(shape, token->text);
        shape->locals++;
    }
    if (declares && shape->locals == LOCALS_MAX + 1) {
        refuse(shape, token, "P0216", "more than 190 local variables in one function",
               "put them into a table, or into smaller functions");
    }
    if (token_is(token, "local")) {
        shape->is_local = true;
    } else if (shape->is_local && !(is_name && (follows || token_is(before, "<"))) &&
               !token_is(token, ",") && !token_is(token, "<") && !token_is(token, ">")) {
        shape->is_local = false;
    }
}

static void check_for(struct shape *shape, const struct token *token)
{
    struct opened *head = shape->depth == 0 ? NULL : &shape->stack[shape->depth - 1];
    if (head != NULL && head->kind == 'F' && head->has_in && token_is(token, ",") &&
        ++head->commas == FOR_COMMAS_MAX + 1) {
        refuse(shape, token, "P0218", "a for with a closing value",
               "give at most three values behind `in`");
    }
}

static void note_record(struct shape *shape, const struct token *token)
{
    if (token_is(token, "item") && token_is(&shape->before[0], "=") &&
        token_is(&shape->before[2], "local") && shape->record_count < RECORDS_MAX) {
        shape->records[shape->record_count++] = shape->before[1].text;
    }
}

static void refuse_equal(struct shape *shape, const struct token *token)
{
    refuse(shape, token, "P0220", "a fact cannot be compared with == or ~=",
           "write a:is(b) or a:is_not(b), and a:known() or a:absent() for nil");
}

static void follow_chain(struct shape *shape, const struct token *token)
{
    const struct token *before = &shape->before[0];
    bool is_equal = token_is(token, "==") || token_is(token, "~=");
    if (is_equal && shape->chain == CHAIN_FACT) {
        refuse_equal(shape, token);
    }
    if (token_is(token, ".")) {
        shape->chain = shape->chain == CHAIN_NONE ? CHAIN_NONE : CHAIN_DOT;
    } else if (token->kind != TOKEN_NAME) {
        shape->chain = CHAIN_NONE;
    } else if (shape->chain == CHAIN_DOT) {
        shape->chain = CHAIN_FACT;
        if (shape->is_right_side) {
            refuse_equal(shape, token);
        }
        shape->is_right_side = false;
    } else {
        bool is_field = token_is(before, ".") || token_is(before, ":");
        bool is_fact = !is_field && is_fact_name(shape, token->text);
        shape->chain = is_fact ? CHAIN_ROOT : CHAIN_NONE;
        shape->is_right_side = is_fact && (token_is(before, "==") || token_is(before, "~="));
    }
}

/* Check one token; false ends the scan. */
static bool check_token(struct shape *shape, const struct token *token)
{
    switch (token->kind) {
    case TOKEN_END: return false;
    case TOKEN_UNFINISHED:
        refuse(shape, token, "P0217", "a text or comment without its end",
               "close it with the same quote or bracket");
        return false;
    case TOKEN_STRANGE:
        refuse(shape, token, "P0208", "a character that is no part of the language",
               "use letters of ASCII outside of texts and comments");
        break;
    case TOKEN_NUMBER: check_number(shape, token); break;
    case TOKEN_MARK:
        check_mark(shape, token);
        check_for(shape, token);
        check_bracket(shape, token);
        break;
    case TOKEN_NAME:
        check_word(shape, token);
        note_record(shape, token);
        break;
    case TOKEN_STRING:
    default: break;
    }
    check_local(shape, token);
    follow_chain(shape, token);
    return !shape->is_too_deep;
}

size_t shape_check(const struct script *script, const char *file, amicus_diagnostics *list)
{
    assert(script != NULL && file != NULL);
    assert(list != NULL);
    struct shape shape;
    memset(&shape, 0, sizeof shape);
    shape.script = script;
    shape.file = file;
    shape.list = list;
    struct token_scanner scanner;
    token_start(&scanner, script->bytes);
    struct token token = token_next(&scanner);
    while (check_token(&shape, &token)) {
        if (shape.jumps == JUMPS_MAX + 1) {
            refuse(&shape, &token, "P0219",
                   "more than 2000 `and`, `or`, `break` and `goto` in one file",
                   "write all{} and any{}, loops, tables; or split the file");
            shape.jumps++;
        }
        shape.before[2] = shape.before[1];
        shape.before[1] = shape.before[0];
        shape.before[0] = token;
        token = token_next(&scanner);
    }
    return shape.faults;
}
