/*
 * amicus store backup: a copy of the record that is whole, while others go on writing.
 */
#include "ledger.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int command_store_backup(struct session *session)
{
    assert(session != NULL);
    assert(session->options.operand_count == 1);
    struct ledger ledger;
    struct stat info;
    const char *path = session->options.operands[0];
    int code = ledger_open(&ledger, session, LEDGER_READ);
    if (code == EXIT_DONE && lstat(path, &info) == 0) {
        diagnostics_add(ledger.list, AMICUS_ERROR, "U0204", (struct place){path, 0, 0},
                        "name a file that is not there yet",
                        "a backup does not overwrite what is there");
        code = ledger_say(&ledger, EXIT_INPUT);
    } else if (code == EXIT_DONE) {
        mode_t mask = umask(S_IRWXG | S_IRWXO);
        enum store_status status = store_backup(ledger.store, path);
        (void)umask(mask);
        if (status != STORE_OK) {
            (void)unlink(path);
        }
        code = ledger_fail(&ledger, status);
    }
    if (code == EXIT_DONE) {
        char line[640];
        int length =
            snprintf(line, sizeof line,
                     "copied to %.500s; check it: amicus audit verify --store %.60s\n", path, path);
        session_say(session, (struct text){line, (size_t)length});
    }
    ledger_close(&ledger);
    return code;
}
