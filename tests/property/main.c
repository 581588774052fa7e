/*
 * The program of the properties: workers that share the random rulebooks, and the sum of what they
 * tried.
 *
 *   property [--seed N] [--rulebooks N] [--cases N] [--workers N] [--only P7] [--rulebook N]
 *            [--folder DIR]
 *
 * The same words may stand in the variable AMICUS_PROPERTIES, for a longer run under ctest. Each
 * worker is a process with a Lua of its own, so that an assertion of the engine that fails kills
 * one worker, and the parent can say which rulebook it was at. A worker talks to the parent by
 * lines on one pipe, "WORKER NAME NUMBER", short enough to be atomic: NAME is what was counted, or
 * `rulebook` before it begins one. Everything else is Lua; run.lua is its beginning.
 *
 * Exit status: 0 all properties hold; 1 one does not; 2 the program could not start.
 */
#define _POSIX_C_SOURCE 200809L
#include "engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORKERS_MAX = 16, NAMES_MAX = 64, WORDS_MAX = 32 };

struct tally {
    char name[40];
    long long number;
};

struct parent {
    pid_t workers[WORKERS_MAX];
    long long at[WORKERS_MAX]; /* the rulebook that each is at */
    int count;
    struct tally tallies[NAMES_MAX];
    int tally_count;
};

static void add(struct parent *parent, const char *name, long long number)
{
    int i = 0;
    while (i < parent->tally_count && strcmp(parent->tallies[i].name, name) != 0) {
        i++;
    }
    if (i == parent->tally_count) {
        if (i == NAMES_MAX) {
            return;
        }
        parent->tally_count++;
        (void)snprintf(parent->tallies[i].name, sizeof parent->tallies[i].name, "%s", name);
    }
    parent->tallies[i].number += number;
}

static void hear(struct parent *parent, FILE *pipe)
{
    char line[120];
    char name[40];
    int worker = 0;
    long long number = 0;
    while (fgets(line, sizeof line, pipe) != NULL) {
        if (sscanf(line, "%d %39s %lld", &worker, name, &number) != 3 || worker < 1 ||
            worker > WORKERS_MAX) {
            continue;
        }
        if (strcmp(name, "rulebook") == 0) {
            parent->at[worker - 1] = number;
        } else {
            add(parent, name, number);
        }
    }
}

/* Tell the parent: tell(name, number). */
static int tell(lua_State *L)
{
    char line[120];
    const int length =
        snprintf(line, sizeof line, "%d %s %lld\n", (int)lua_tointeger(L, lua_upvalueindex(1)),
                 luaL_checkstring(L, 1), (long long)luaL_checkinteger(L, 2));
    if (length > 0 && write((int)lua_tointeger(L, lua_upvalueindex(2)), line, (size_t)length) < 0) {
        return luaL_error(L, "the parent is gone");
    }
    return 0;
}

static void set_words(lua_State *L, char **words, int count, int worker, int workers)
{
    lua_newtable(L);
    for (int i = 0; i < count; i++) {
        lua_pushstring(L, words[i]);
        lua_rawseti(L, -2, i + 1);
    }
    lua_pushinteger(L, worker);
    lua_setfield(L, -2, "worker");
    lua_pushinteger(L, workers);
    lua_setfield(L, -2, "workers");
    lua_setglobal(L, "arg");
}

static int trace(lua_State *L)
{
    luaL_traceback(L, L, lua_tostring(L, 1), 1);
    return 1;
}

/* What a worker does. returns its exit status. */
static int work(char **words, int count, const int place[3])
{
    lua_State *L = luaL_newstate();
    if (L == NULL) {
        return 2;
    }
    luaL_openlibs(L);
    luaL_requiref(L, "engine", engine_module, 0);
    set_words(L, words, count, place[0], place[1]);
    lua_pushinteger(L, place[0]);
    lua_pushinteger(L, place[2]);
    lua_pushcclosure(L, tell, 2);
    lua_setglobal(L, "tell");
    lua_settop(L, 0);
    lua_pushcfunction(L, trace);
    int status = luaL_loadfile(L, "tests/property/run.lua");
    status = status == LUA_OK ? lua_pcall(L, 0, 1, 1) : status;
    if (status != LUA_OK) {
        (void)printf("%s\n", lua_tostring(L, -1));
    }
    const int failures = status == LUA_OK ? (int)lua_tointeger(L, -1) : 0;
    lua_close(L);
    (void)fflush(stdout);
    return status != LUA_OK ? 2 : failures > 0 ? 1 : 0;
}

static int wait_for(struct parent *parent)
{
    int worst = 0;
    for (int i = 0; i < parent->count; i++) {
        int status = 0;
        if (waitpid(parent->workers[i], &status, 0) < 0) {
            return 2;
        }
        if (WIFSIGNALED(status)) {
            (void)printf("worker %d died of signal %d at rulebook %lld\n", i + 1, WTERMSIG(status),
                         parent->at[i]);
        }
        const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 1;
        if (code != 0 && code != 1) {
            (void)printf("worker %d ended with %d at rulebook %lld\n", i + 1, code, parent->at[i]);
        }
        worst = code > worst ? code : worst;
    }
    return worst;
}

/* All words: those of the command, then those of the environment, which win. */
static int collect(char **words, int count, char **arguments, char *more)
{
    int total = 0;
    for (int i = 1; i < count && total < WORDS_MAX; i++) {
        words[total++] = arguments[i];
    }
    char *rest = more;
    while (rest != NULL && *rest != '\0' && total < WORDS_MAX) {
        rest += strspn(rest, " ");
        words[total++] = rest;
        rest += strcspn(rest, " ");
        if (*rest != '\0') {
            *rest++ = '\0';
        }
    }
    return total;
}

static int workers_of(char **words, int count)
{
    int workers = 2;
    for (int i = 0; i + 1 < count; i++) {
        if (strcmp(words[i], "--workers") == 0) {
            workers = (int)strtol(words[i + 1], NULL, 10);
        } else if (strcmp(words[i], "--rulebook") == 0) {
            return 1;
        }
    }
    return workers < 1 ? 1 : workers > WORKERS_MAX ? WORKERS_MAX : workers;
}

int main(int count, char **arguments)
{
    static struct parent parent;
    char more[400];
    char *words[WORDS_MAX];
    int ends[2];
    const char *variable = getenv("AMICUS_PROPERTIES");
    (void)snprintf(more, sizeof more, "%s", variable == NULL ? "" : variable);
    const int word_count = collect(words, count, arguments, more);
    parent.count = workers_of(words, word_count);
    if (pipe(ends) != 0) {
        return 2;
    }
    for (int i = 0; i < parent.count; i++) {
        parent.workers[i] = fork();
        if (parent.workers[i] == 0) {
            (void)close(ends[0]);
            return work(words, word_count, (const int[3]){i + 1, parent.count, ends[1]});
        }
        if (parent.workers[i] < 0) {
            return 2;
        }
    }
    (void)close(ends[1]);
    FILE *pipe = fdopen(ends[0], "r");
    if (pipe == NULL) {
        return 2;
    }
    hear(&parent, pipe);
    (void)fclose(pipe);
    const int worst = wait_for(&parent);
    for (int i = 0; i < parent.tally_count; i++) {
        (void)printf("%-36s %10lld\n", parent.tallies[i].name, parent.tallies[i].number);
    }
    (void)printf("%s\n", worst == 0 ? "all properties hold" : "FAILED");
    return worst;
}
