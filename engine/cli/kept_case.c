/*
 * Where a command takes a case, the id of a recorded one will do.
 *
 * A file of that name goes first: what is on the disk is what somebody is looking at. The record is
 * opened for the look-up alone.
 */
#include "kept_case.h"

#include "ledger.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char PREFIX[] = "record:";
#define PREFIX_BYTES (sizeof PREFIX - 1)

bool kept_case_is(const char *path)
{
    assert(path != NULL);
    assert(PREFIX_BYTES > 0);
    return strncmp(path, PREFIX, PREFIX_BYTES) == 0;
}

/* Split "C-1@2" into id and version; without a version it is 0, the newest. */
static struct text split(const char *name, int64_t *n)
{
    struct text id = text_of(name);
    const char *at = strrchr(name, '@');
    char *end = NULL;
    long long number = at == NULL ? 0 : strtoll(at + 1, &end, 10);
    *n = 0;
    if (at != NULL && end != at + 1 && *end == '\0' && number > 0) {
        *n = number;
        id.length = (size_t)(at - name);
    }
    return id;
}

/* Look a case up. STORE_NONE also if there is no record at all. */
static enum store_status look_up(struct ledger *ledger, const char *name, struct arena *arena,
                                 struct kept_case *out)
{
    int64_t n;
    struct text id = split(name, &n);
    return ledger->store == NULL ? STORE_NONE : store_find_case(ledger->store, id, n, arena, out);
}

const char *kept_case_path(struct session *session, size_t operand)
{
    assert(session != NULL);
    assert(operand < session->options.operand_count);
    const char *path = session->options.operands[operand];
    struct stat info;
    if (strcmp(path, "-") == 0 || path[0] == '@' || kept_case_is(path) || stat(path, &info) == 0) {
        return path;
    }
    struct ledger ledger;
    struct kept_case kept;
    const char *found = path;
    if (ledger_open(&ledger, session, LEDGER_TRY) == EXIT_DONE &&
        look_up(&ledger, path, ledger.arena, &kept) == STORE_OK) {
        struct builder builder;
        struct text text;
        builder_start(&builder, session->arena);
        builder_puts(&builder, PREFIX);
        builder_puts(&builder, path);
        found = builder_end(&text, &builder) == AMICUS_OK ? text.at : path;
    }
    ledger_close(&ledger);
    return found;
}

int kept_case_read(struct session *session, const char *path, struct arena *arena, struct text *out,
                   amicus_diagnostics *list)
{
    assert(session != NULL && kept_case_is(path));
    assert(arena != NULL && out != NULL && list != NULL);
    struct ledger ledger;
    struct kept_case kept = {.n = 0};
    const char *name = path + PREFIX_BYTES;
    int code = ledger_open(&ledger, session, LEDGER_TRY);
    if (code == EXIT_DONE) {
        enum store_status status = look_up(&ledger, name, arena, &kept);
        if (status == STORE_NONE) {
            diagnostics_add(list, AMICUS_ERROR, "R0318", (struct place){path, 0, 0},
                            "'amicus audit log' shows which cases there are",
                            "the record has no case '%.60s'", name);
            code = EXIT_INPUT;
        } else {
            code = ledger_fail(&ledger, status);
        }
    }
    *out = kept.bytes;
    ledger_close(&ledger);
    return code;
}
