/*
 * The engine for the properties: what Lua needs to try a rulebook and a case of its own making.
 *
 *   engine.vocabulary(yaml)               a vocabulary
 *   engine.book(vocabulary, script, ...)  a rulebook of these texts; or nil and what is wrong
 *   book:case(json)                       a case of it; or nil and what is wrong
 *   case:decide([patches [, brief]])      what was decided, as a table (push_ruling); no findings
 * if brief case:bytes([patches])                 the ruling in canonical JSON case:json() the case
 * in canonical JSON case:reads()                          the stored facts that the ruling looked
 * at, by path
 *
 * A patch is { record = path, fact = name, to = value }; without `to` the fact becomes unknown. It
 * changes a copy of the case's values and nothing else, which is quicker than to read a text again,
 * and keeps the digest.
 *
 * Scripts run in this process, by the functions that a jail's child calls: the texts were made by
 * the test itself, and a jail for each of some thousand rulebooks would be most of the time. What
 * the walls of a jail are worth is tested in tests/hostile.
 *
 * INVARIANT: a case keeps its rulebook alive, a rulebook its vocabulary, by their user values.
 * Cost: a rulebook about half a millisecond, a case and its decision some tens of microseconds.
 */
#include "engine.h"

#include "compile.h"
#include "date.h"
#include "limit.h"
#include "lua_heap.h"
#include "lua_state.h"
#include "ruling.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VOCABULARY "amicus.vocabulary"
#define BOOK       "amicus.book"
#define CASE       "amicus.case"

/* A rulebook, and everything that it was made of. */
struct book {
    struct amicus_rulebook rulebook;
    struct arena *arena;
};

struct subject {
    struct amicus_case *subject;
    const struct book *book;
};

static _Noreturn void stop(lua_State *L, const char *what)
{
    (void)luaL_error(L, "%s", what);
    abort();
}

static void must(lua_State *L, amicus_status status, const char *what)
{
    if (status != AMICUS_OK) {
        stop(L, what);
    }
}

/* Push what a list says, a line each, and close it. */
static void push_faults(lua_State *L, amicus_diagnostics *list)
{
    luaL_Buffer buffer;
    luaL_buffinit(L, &buffer);
    for (size_t i = 0; i < amicus_diagnostics_count(list); i++) {
        const amicus_diagnostic *one = amicus_diagnostics_find(list, i);
        char line[600];
        (void)snprintf(line, sizeof line, "%s:%u: %s: %s. %s\n", one->file, (unsigned)one->line,
                       one->code, one->what, one->mend);
        luaL_addstring(&buffer, line);
    }
    luaL_pushresult(&buffer);
    amicus_diagnostics_close(list);
}

/* Run a script as a jailed child would, without the jail. The heap keeps its chunks from one script
 * to the next, as in a jail that runs several. */
static amicus_status run_here(struct compile_file *file, const struct vocabulary *vocabulary,
                              struct arena *arena, amicus_diagnostics *list)
{
    static struct lua_heap heap;
    struct run run;
    struct text message;
    const struct script script = {file->path, file->bytes, vocabulary->roots,
                                  vocabulary->root_count};
    amicus_status status = source_check(&script, list);
    if (status == AMICUS_OK) {
        status = run_open(&run, arena, &heap, script.roots, script.root_count);
    }
    if (status != AMICUS_OK) {
        return status;
    }
    status = run_script(&run, script.bytes, &message);
    heap_reset(&heap);
    if (status == AMICUS_OK) {
        status = message_read(&file->message, message, file->path.at, arena, list);
    }
    if (status == AMICUS_OK && file->message.failure != 0) {
        diagnostics_add(list, AMICUS_ERROR, "P0301", (struct place){file->path.at, 0, 0}, "",
                        "line %u: %.*s", (unsigned)file->message.line,
                        (int)file->message.what.length, file->message.what.at);
        status = AMICUS_INVALID;
    }
    return status;
}

static amicus_status make_book(lua_State *L, struct book *book, amicus_diagnostics *list)
{
    enum { FILES_MAX = 8 };
    struct compile_file files[FILES_MAX] = {0};
    static const char *const NAMES[FILES_MAX] = {"a.lua", "b.lua", "c.lua", "d.lua",
                                                 "e.lua", "f.lua", "g.lua", "h.lua"};
    const int count = lua_gettop(L) - 2; /* the book is on top */
    if (count < 1 || count > FILES_MAX) {
        stop(L, "one to eight scripts");
    }
    struct vocabulary **vocabulary = luaL_checkudata(L, 1, VOCABULARY);
    book->rulebook.vocabulary = *vocabulary;
    amicus_status status = AMICUS_OK;
    for (int i = 0; i < count && status == AMICUS_OK; i++) {
        files[i].path = text_of(NAMES[i]);
        files[i].shown = files[i].path;
        files[i].bytes = text_of(luaL_checkstring(L, i + 2));
        status = digest_of(files[i].digest, "amicus.script/1", files[i].bytes);
        if (status == AMICUS_OK) {
            status = run_here(&files[i], book->rulebook.vocabulary, book->arena, list);
        }
    }
    const struct compile_input input = {.vocabulary = book->rulebook.vocabulary,
                                        .name = TEXT("random"),
                                        .version = TEXT("1"),
                                        .files = files,
                                        .file_count = (uint32_t)count};
    return status == AMICUS_OK ? compile(&book->rulebook.image, &input, book->arena, list) : status;
}

static int engine_vocabulary(lua_State *L)
{
    amicus_diagnostics *list = NULL;
    struct vocabulary **vocabulary = lua_newuserdatauv(L, sizeof *vocabulary, 0);
    *vocabulary = NULL;
    luaL_setmetatable(L, VOCABULARY);
    must(L, amicus_diagnostics_open(&list), "no memory for diagnostics");
    const amicus_status status =
        vocabulary_load(vocabulary, "vocabulary.yaml", text_of(luaL_checkstring(L, 1)), list);
    push_faults(L, list);
    if (status != AMICUS_OK) {
        return lua_error(L);
    }
    lua_pop(L, 1);
    return 1;
}

static int vocabulary_end(lua_State *L)
{
    struct vocabulary **vocabulary = luaL_checkudata(L, 1, VOCABULARY);
    vocabulary_close(*vocabulary);
    *vocabulary = NULL;
    return 0;
}

static int engine_book(lua_State *L)
{
    amicus_diagnostics *list = NULL;
    struct book *book = lua_newuserdatauv(L, sizeof *book, 1);
    memset(book, 0, sizeof *book);
    luaL_setmetatable(L, BOOK);
    lua_pushvalue(L, 1);
    (void)lua_setiuservalue(L, -2, 1);
    must(L, arena_open(&book->arena, (size_t)64 << 20), "no memory for a rulebook");
    must(L, amicus_diagnostics_open(&list), "no memory for diagnostics");
    if (make_book(L, book, list) != AMICUS_OK) {
        lua_pushnil(L);
        push_faults(L, list);
        return 2;
    }
    amicus_diagnostics_close(list);
    return 1;
}

static int book_close(lua_State *L)
{
    struct book *book = luaL_checkudata(L, 1, BOOK);
    arena_close(book->arena);
    memset(book, 0, sizeof *book);
    return 0;
}

static int book_digest(lua_State *L)
{
    const struct book *book = luaL_checkudata(L, 1, BOOK);
    char digest[65];
    digest_write(digest, book->rulebook.image.digest);
    lua_pushstring(L, digest);
    return 1;
}

static int book_case(lua_State *L)
{
    const struct book *book = luaL_checkudata(L, 1, BOOK);
    struct text text;
    text.at = luaL_checklstring(L, 2, &text.length);
    struct subject *subject = lua_newuserdatauv(L, sizeof *subject, 1);
    memset(subject, 0, sizeof *subject);
    subject->book = book;
    luaL_setmetatable(L, CASE);
    lua_pushvalue(L, 1);
    (void)lua_setiuservalue(L, -2, 1);
    amicus_diagnostics *list = NULL;
    must(L, amicus_diagnostics_open(&list), "no memory for diagnostics");
    if (case_load(&subject->subject, book->rulebook.vocabulary, "case", text, AMICUS_FORMAT_JSON,
                  list) != AMICUS_OK) {
        lua_pushnil(L);
        push_faults(L, list);
        return 2;
    }
    amicus_diagnostics_close(list);
    return 1;
}

static int case_end(lua_State *L)
{
    struct subject *subject = luaL_checkudata(L, 1, CASE);
    case_close(subject->subject);
    subject->subject = NULL;
    return 0;
}

/* --- patches --- */

/* The record of a path: "" the root, "deliveries.D1" a record. */
static uint32_t record_of(const struct amicus_case *subject, const char *path)
{
    const char *dot = strchr(path, '.');
    if (dot == NULL) {
        return RECORD_ROOT;
    }
    const struct text list = {path, (size_t)(dot - path)};
    return case_find(subject, vocabulary_find_kind(subject->vocabulary, list), text_of(dot + 1));
}

/* Take the value at the top of the stack; the stack is left as it was. */
static struct value value_at_top(lua_State *L, const struct amicus_case *subject,
                                 const struct fact *fact)
{
    struct value value = {.type = fact->type, .standing = STANDING_ESTABLISHED};
    if (lua_isnil(L, -1)) {
        value.standing = STANDING_UNKNOWN;
    } else if (lua_isboolean(L, -1)) {
        value.as.n = lua_toboolean(L, -1);
    } else if (lua_type(L, -1) == LUA_TNUMBER) {
        value.as.n = lua_tointeger(L, -1);
    } else if (strcmp(luaL_checkstring(L, -1), "absent") == 0) {
        value.standing = STANDING_ABSENT;
    } else {
        value.as.n = fact_member(fact, text_of(lua_tostring(L, -1)));
        if (fact->type != TYPE_ENUM || value.as.n >= fact->member_count) {
            stop(L, "a patch with no such member");
        }
    }
    if (fact->type == TYPE_MONEY) {
        value.unit = subject->currency;
    } else if (fact->type == TYPE_DURATION) {
        value.unit = DURATION_SECONDS;
    }
    return value;
}

static void patch_one(lua_State *L, const struct amicus_case *subject, struct value *values)
{
    (void)lua_getfield(L, -1, "record");
    const uint32_t record = record_of(subject, luaL_checkstring(L, -1));
    (void)lua_getfield(L, -2, "fact");
    if (record == RECORD_NONE) {
        stop(L, "a patch of no record");
    }
    const uint32_t number = vocabulary_find(subject->vocabulary, subject->records[record].kind,
                                            text_of(luaL_checkstring(L, -1)));
    if (number == FACT_NONE) {
        stop(L, "a patch of no fact");
    }
    (void)lua_getfield(L, -3, "to");
    values[case_slot(subject, record, number)] =
        value_at_top(L, subject, &subject->vocabulary->facts[number]);
    lua_pop(L, 3);
}

/* The case, with the patches of argument 2 if there are any. The copy lives in Lua's memory. */
static struct amicus_case patched(lua_State *L)
{
    const struct subject *subject = luaL_checkudata(L, 1, CASE);
    struct amicus_case copy = *subject->subject;
    if (lua_isnoneornil(L, 2)) {
        return copy;
    }
    const size_t bytes = copy.slot_count * sizeof *copy.values;
    struct value *values = lua_newuserdatauv(L, bytes + 1, 0);
    memcpy(values, copy.values, bytes);
    copy.values = values;
    const lua_Integer count = luaL_len(L, 2);
    for (lua_Integer i = 1; i <= count; i++) {
        (void)lua_geti(L, 2, i);
        patch_one(L, &copy, values);
        lua_pop(L, 1);
    }
    return copy;
}

/* --- rulings --- */

static void set_number(lua_State *L, const char *name, int64_t number)
{
    lua_pushinteger(L, number);
    lua_setfield(L, -2, name);
}

static void set_bool(lua_State *L, const char *name, bool is_true)
{
    lua_pushboolean(L, is_true);
    lua_setfield(L, -2, name);
}

static void set_text(lua_State *L, const char *name, const char *text)
{
    lua_pushstring(L, text);
    lua_setfield(L, -2, name);
}

/* The id of a record, "" for the root. */
static const char *id_of(const struct amicus_ruling *ruling, uint32_t record)
{
    return record == RECORD_ROOT ? "" : ruling->subject->records[record].id.at;
}

static void push_issues(lua_State *L, const struct amicus_ruling *ruling)
{
    const struct image *image = &ruling->rulebook->image;
    lua_newtable(L);
    for (uint32_t i = 0; i < ruling->issue_count; i++) {
        const struct issue_result *issue = &ruling->issues[i];
        lua_createtable(L, 0, 5);
        set_text(L, "label", label_name((enum label)issue->label));
        set_text(L, "taken", label_name((enum label)issue->taken));
        set_bool(L, "on_burden", issue->on_burden);
        set_bool(L, "conflict", issue->is_conflict);
        lua_pushfstring(L, "%s|%s", image_text(image, image->issues[issue->issue].name).at,
                        id_of(ruling, issue->record));
        lua_insert(L, -2);
        lua_rawset(L, -3);
    }
}

/* Those that are written: a rule that a guard excludes leaves none, and one that did not apply is
 * not shown either. */
static void push_findings(lua_State *L, const struct amicus_ruling *ruling)
{
    const struct image *image = &ruling->rulebook->image;
    lua_newtable(L);
    for (uint32_t i = 0; i < ruling->issue_count; i++) {
        const struct issue_result *issue = &ruling->issues[i];
        for (uint32_t k = 0; k < issue->findings.count; k++) {
            const struct finding *finding = &ruling->findings[issue->findings.first + k];
            if (finding->status == FINDING_NOT_APPLIED) {
                continue;
            }
            lua_pushfstring(L, "%s|%s|%s", image_text(image, image->issues[issue->issue].name).at,
                            id_of(ruling, issue->record),
                            image_text(image, image->rules[finding->rule].id).at);
            lua_pushstring(L, finding_status_name((enum finding_status)finding->status));
            lua_rawset(L, -3);
        }
    }
}

static void push_division(lua_State *L, const amicus_division *division)
{
    lua_createtable(L, 0, 9);
    set_number(L, "held", division->held_minor);
    set_number(L, "to_freelancer", division->to_freelancer_minor);
    set_number(L, "to_client", division->to_client_minor);
    set_number(L, "fees", division->fees_minor);
    set_number(L, "stays_held", division->stays_held_minor);
}

static void push_items(lua_State *L, const struct amicus_ruling *ruling)
{
    lua_newtable(L);
    for (uint32_t i = 0; i < ruling->item_count; i++) {
        const struct item_result *item = &ruling->items[i];
        push_division(L, &item->division);
        set_text(L, "outcome", outcome_name((enum outcome)item->outcome));
        set_bool(L, "on_burden", item->on_burden);
        set_bool(L, "rounded", item->is_rounded);
        lua_setfield(L, -2, id_of(ruling, item->record));
    }
}

static void push_ruling(lua_State *L, const struct amicus_ruling *ruling, bool is_brief)
{
    lua_createtable(L, 0, 5);
    set_text(L, "outcome", outcome_name((enum outcome)ruling->outcome));
    push_issues(L, ruling);
    lua_setfield(L, -2, "issues");
    if (!is_brief) {
        push_findings(L, ruling);
        lua_setfield(L, -2, "findings");
    }
    push_items(L, ruling);
    lua_setfield(L, -2, "items");
    push_division(L, &ruling->totals);
    lua_setfield(L, -2, "totals");
}

/* Decide for argument 1, which lends its rulebook; the case must outlive the ruling. */
static amicus_ruling *decided(lua_State *L, const struct amicus_case *copy)
{
    const struct subject *subject = luaL_checkudata(L, 1, CASE);
    amicus_ruling *ruling = NULL;
    amicus_diagnostics *list = NULL;
    must(L, amicus_diagnostics_open(&list), "no memory for diagnostics");
    const amicus_status status =
        decide_case(&ruling, &subject->book->rulebook, copy, &(struct instants){0}, list);
    if (status != AMICUS_OK) {
        push_faults(L, list);
        (void)luaL_error(L, "no ruling: %s: %s", amicus_status_name(status), lua_tostring(L, -1));
    }
    amicus_diagnostics_close(list);
    return ruling;
}

static int case_decide(lua_State *L)
{
    const struct amicus_case copy = patched(L);
    amicus_ruling *ruling = decided(L, &copy);
    push_ruling(L, ruling, lua_toboolean(L, 3) != 0);
    amicus_ruling_close(ruling);
    return 1;
}

static int case_bytes(lua_State *L)
{
    const struct amicus_case copy = patched(L);
    amicus_ruling *ruling = decided(L, &copy);
    const char *bytes = NULL;
    size_t length = 0;
    const amicus_status status =
        amicus_ruling_write(&bytes, &length, ruling, AMICUS_RULING_CANONICAL);
    if (status == AMICUS_OK) {
        (void)lua_pushlstring(L, bytes, length);
    }
    amicus_ruling_close(ruling);
    must(L, status, "a ruling could not be written");
    return 1;
}

static int case_json(lua_State *L)
{
    const struct subject *subject = luaL_checkudata(L, 1, CASE);
    struct arena *arena = NULL;
    struct builder builder;
    struct text text;
    must(L, arena_open(&arena, (size_t)16 << 20), "no memory");
    builder_start(&builder, arena);
    case_write_json(&builder, subject->subject);
    const amicus_status status = builder_end(&text, &builder);
    if (status == AMICUS_OK) {
        (void)lua_pushlstring(L, text.at, text.length);
    }
    arena_close(arena);
    must(L, status, "a case could not be written");
    return 1;
}

/* Push the name of a stored fact as patches name it: "deliveries.D1|formal", "|contract.kept". */
static void push_slot(lua_State *L, const struct amicus_case *subject, const struct read *read)
{
    const struct fact *fact = &subject->vocabulary->facts[read->fact];
    const struct record *record = &subject->records[read->record];
    if (read->record == RECORD_ROOT) {
        lua_pushfstring(L, "|%s", fact->name.at);
        return;
    }
    lua_pushfstring(L, "%s.%s|%s", subject->vocabulary->kinds[record->kind].list.at, record->id.at,
                    fact->name.at);
}

static int case_reads(lua_State *L)
{
    const struct amicus_case copy = patched(L);
    amicus_ruling *ruling = decided(L, &copy);
    lua_newtable(L);
    for (uint32_t i = 0; i < ruling->read_count; i++) {
        const struct read *read = &ruling->reads[i];
        if (read->fact != FACT_NONE && copy.vocabulary->facts[read->fact].derived == FACT_NONE) {
            push_slot(L, &copy, read);
            lua_pushboolean(L, 1);
            lua_rawset(L, -3);
        }
    }
    amicus_ruling_close(ruling);
    return 1;
}

static void class_of(lua_State *L, const char *name, const luaL_Reg *methods, lua_CFunction end)
{
    (void)luaL_newmetatable(L, name);
    lua_pushcfunction(L, end);
    lua_setfield(L, -2, "__gc");
    lua_newtable(L);
    luaL_setfuncs(L, methods, 0);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
}

int engine_module(lua_State *L)
{
    static const luaL_Reg ENGINE[] = {
        {"vocabulary", engine_vocabulary}, {"book", engine_book}, {NULL, NULL}};
    static const luaL_Reg OF_VOCABULARY[] = {{NULL, NULL}};
    static const luaL_Reg OF_BOOK[] = {{"case", book_case}, {"digest", book_digest}, {NULL, NULL}};
    static const luaL_Reg OF_CASE[] = {{"decide", case_decide},
                                       {"bytes", case_bytes},
                                       {"json", case_json},
                                       {"reads", case_reads},
                                       {NULL, NULL}};
    class_of(L, VOCABULARY, OF_VOCABULARY, vocabulary_end);
    class_of(L, BOOK, OF_BOOK, book_close);
    class_of(L, CASE, OF_CASE, case_end);
    luaL_newlib(L, ENGINE);
    return 1;
}
