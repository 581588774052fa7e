/*
 * The compiler's bench: the tables of an image while they grow, and what all its parts share.
 *
 * Private to the compile_*.c and declare_*.c files. Memory faults are sticky: a table that cannot
 * grow gives a spare row, so that no step needs to look, and compile() ends with MEMORY.
 */
#ifndef COMPILER_H
#define COMPILER_H

#include "compile.h"
#include "draft.h"
#include "faults.h"
#include "image_table.h"
#include "map.h"

/* A growing table of rows of one size. */
struct rows {
    void *items;
    size_t count, capacity, each_bytes;
};

struct compiler {
    const struct compile_input *input;
    const struct vocabulary *vocabulary;
    const struct compile_file **files; /* ascending by path */
    struct arena *arena;               /* scratch */
    amicus_diagnostics *list;
    amicus_status status; /* of the machine: OK or MEMORY */
    struct rows tables[TABLE_COUNT];
    struct rows depths; /* uint16_t by node: levels of it and what is below */
    struct builder pool;
    struct map *pool_places; /* text to its place + 1 */
    uint32_t *leaves;        /* hash table of shared leaves: node + 1 */
    size_t leaves_capacity, leaves_count;
    struct drafts drafts[DECLARE_COUNT];
    struct map *names[DECLARE_COUNT]; /* id to draft */
    bool *param_is_read;              /* by row of params */
    bool *fact_is_read;               /* by fact number */
    union {
        uint64_t align;
        uint8_t bytes[256];
    } spare;
};

/* --- rows, texts and nodes --- */

/* Set the tables up. */
void compiler_start(struct compiler *compiler, const struct compile_input *input);

/* Add a zeroed row to a table; the spare row if memory fails. */
void *compiler_add(struct compiler *compiler, enum table table);

/* The row of a table; it must exist. */
void *compiler_row(const struct compiler *compiler, enum table table, uint32_t row);

/* How many rows a table has. */
uint32_t compiler_count(const struct compiler *compiler, enum table table);

/* Memory for scratch; NULL if it fails, which is remembered. */
void *compiler_give(struct compiler *compiler, size_t count, size_t each_bytes);

/* Put a text into the pool, once. */
text_at compiler_text(struct compiler *compiler, struct text text);

/* A text of the pool. */
struct text compiler_pool(const struct compiler *compiler, text_at at);

/* Put row numbers into the indices; returns where the first is. */
uint32_t compiler_indices(struct compiler *compiler, const uint32_t *items, uint32_t count);

/* Put a node, or find the equal leaf that is there. Operands must exist. */
uint32_t compiler_node(struct compiler *compiler, const struct node *node);

/* A node that was put. */
const struct node *compiler_node_at(const struct compiler *compiler, uint32_t node);

/* Put operands of a node with many; returns where the first is. */
uint32_t compiler_args(struct compiler *compiler, const uint32_t *items, uint32_t count);

/* Levels of a node and what is below it. */
unsigned compiler_depth(const struct compiler *compiler, uint32_t node);

/* --- faults --- */

/* The place of a name on a line of a file: with its column if it stands there once. */
struct place compiler_place(const struct compiler *compiler, uint32_t file, uint32_t line,
                            struct text name);

/* The place of a name somewhere in a declaration: on its own line if the declaration holds it in
 * quotes once, else on the declaration's. */
struct place draft_place(const struct compiler *compiler, const struct draft *draft,
                         struct text name);

/* A mend made from a printf format; "" if memory fails. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
const char *
mend_of(struct compiler *compiler, const char *format, ...);

/* "did you mean 'x'?", or "" if nothing is near. */
const char *mend_near(struct compiler *compiler, struct text near);

/* --- closed lists of words --- */

struct word {
    const char *name;
    uint8_t value;
};

/* Choose the value of a text field from a list ended by a NULL name; `otherwise` if the field is
 * not given or, with a fault P0114, is not one of them. */
uint8_t draft_word(struct compiler *compiler, const struct draft *draft, enum field field,
                   const struct word *words, uint8_t otherwise);

extern const struct word LAYER_WORDS[], PROOF_WORDS[], ANCHOR_WORDS[];

/* The kind that `each` names, or `otherwise`; KIND_NONE with a fault if there is no such kind. */
uint32_t draft_each(struct compiler *compiler, const struct draft *draft, uint32_t otherwise);

/* The row of the provision that `clause` names, as its id in the pool; a fault if it is unknown. */
text_at draft_clause(struct compiler *compiler, const struct draft *draft);

/* Read a date field into a day number. returns false, with a fault, if it is none. */
bool date_of(struct compiler *compiler, const struct draft *draft, const struct datum *datum,
             int32_t *day);

/* --- expressions --- */

/* A type with its detail: of enums the fact whose members it has, of refs the kind. */
struct type {
    uint8_t type;
    uint32_t detail;
};

/* What a name can mean at one place of a declaration. */
struct scope {
    struct compiler *compiler;
    const struct draft *draft;
    uint32_t kind;      /* of variable 0; KIND_ROOT: the case */
    uint32_t line;      /* of the innermost node so far, for what has no line of its own */
    bool is_definition; /* of a derived fact: structural numbers may stand bare */
    bool in_share;      /* inside share(): likewise */
    uint32_t var_count; /* list variables in force */
    struct {
        int64_t number; /* in the message */
        uint32_t kind;
    } vars[VARS_MAX];
};

/* Open a scope for a declaration over records of a kind. */
struct scope scope_of(struct compiler *compiler, const struct draft *draft, uint32_t kind);

/* Compile a condition. returns a node of TYPE_BOOL, or NODE_NONE after a fault. */
uint32_t compile_condition(struct scope *scope, const struct datum *datum);

/* Compile an expression; `expected` types bare constants, TYPE_NONE: by their looks. returns a
 * node, or NODE_NONE after a fault. */
uint32_t compile_expression(struct scope *scope, const struct datum *datum, struct type expected);

/* As compile_expression, and what comes must fit the type; where TYPE_BOOL is expected a condition
 * or a plain bool will do. `what` names the place in faults ("the definition of item.x"). */
uint32_t compile_typed(struct scope *scope, const struct datum *datum, struct type expected,
                       const char *what);

/* The condition of a field, or NODE_NONE if it is not given; depth is checked. */
uint32_t compile_field(struct scope *scope, enum field field);

/* Parts of compile_expression and compile_condition, each for some operators. */
uint32_t compile_constant(struct scope *scope, const struct datum *datum, struct type expected);
uint32_t compile_name(struct scope *scope, const struct datum *datum);
uint32_t compile_root_path(struct scope *scope, uint32_t line, struct text path);
uint32_t compile_record_path(struct scope *scope, uint32_t line, uint32_t record, struct text path);
uint32_t compile_issue(struct scope *scope, const struct datum *datum);
uint32_t compile_param(struct scope *scope, const struct datum *datum);
uint32_t compile_list(struct scope *scope, const struct datum *datum, struct type expected);

/* The record of variable `slot` (0 the declaration's), as a node. */
uint32_t compile_variable(struct scope *scope, uint32_t line, uint32_t slot);

/* Check that a root node is not too deep; NODE_NONE with a fault if it is. */
uint32_t compile_depth(struct scope *scope, uint32_t node, uint32_t line);

/* A constant as a param's version or an expression holds it. */
struct constant {
    int64_t n;
    struct text text; /* of TYPE_TEXT */
    uint16_t unit;
    uint8_t type;
};

/* Read a constant: bare, or DURATION, MONEY, BPS, CLOCK. returns false, after a fault at place, if
 * it is none. */
bool constant_of(struct compiler *compiler, const struct datum *datum, struct place place,
                 struct constant *out);

/* Tell whether a datum is true, false, a number or a text. */
bool datum_is_bare(const struct datum *datum);

/* The type of a node. */
struct type type_of(const struct compiler *compiler, uint32_t node);

/* Tell whether values of two types can be compared with each other. */
bool type_fits(const struct compiler *compiler, struct type a, struct type b);

/* Tell whether a type is a plain number: int, bps, minutes. */
bool type_is_number(uint8_t type);

/* The place of a line in the scope's file, with the column of a name. */
struct place scope_place(const struct scope *scope, uint32_t line, struct text name);

/* --- templates, steps --- */

/* Compile the `because` of a declaration; INDEX_NONE if there is none. */
uint32_t compile_because(struct scope *scope);

/* Compile a text as a template. */
uint32_t compile_template(struct scope *scope, struct text text);

/* --- declarations, in this order; faults become diagnostics --- */

/* Declare the sources, the provisions that they hold, and the calendars. */
void declare_sources(struct compiler *compiler);

/* Declare the parameters, with their versions and readings. */
void declare_params(struct compiler *compiler);

/* Declare the issues; their rules are not known yet. */
void declare_issues(struct compiler *compiler);

/* Declare what derived facts mean. Needs the issues and parameters that they read. */
void declare_facts(struct compiler *compiler);

/* Tell whether the engine itself computes a derived fact, so that no rulebook may define it. */
bool fact_is_computed(const struct vocabulary *vocabulary, uint32_t fact);

/* Declare rules and undercutters, and gather the rules of each issue. */
void declare_rules(struct compiler *compiler);

/* Declare remedies, fallbacks and flags. */
void declare_remedies(struct compiler *compiler);

/* --- what holds between declarations --- */

/* Rank rules: close `beats` transitively inside each issue and layer; refuse cycles of it and of
 * undercutting. */
void rank_rules(struct compiler *compiler);

/* Rank remedies and fallbacks likewise, inside each stratum and among all. */
void rank_remedies(struct compiler *compiler);

/* Order: issues and derived facts without a cycle; fills issue_order. */
void order_issues(struct compiler *compiler);

/* Reach: no merits rule reads a fact without merits; warnings of what nobody uses. */
void reach_check(struct compiler *compiler);

/* Seal: copy the tables into one block and digest what they say. */
AMICUS_MUST_CHECK amicus_status seal_image(struct image *out, struct compiler *compiler,
                                           struct arena *arena);

#endif
