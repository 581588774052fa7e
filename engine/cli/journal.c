/*
 * Where answers of trainees are kept.
 *
 * Not in the record: what a trainee answers must never be taken for a decision, and the record's
 * log would grow by practice. So each trainee has a file of lines, opened for appending only. One
 * entry is one write of one line, flushed to the disk before the next case is shown; half a line
 * that a power loss left behind is closed before the next one is added, and costs that answer.
 */
#include "journal.h"

#include "file_io.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define JOURNAL_BYTES_MAX ((size_t)64 << 20)

/* training/NAME.ndjson beside the record; NULL if there is no folder for it. */
static const char *path_of(struct ledger *ledger, const char *actor)
{
    const char *folder = ledger_folder(ledger);
    const char *name = strchr(actor, '/');
    struct builder builder;
    struct text path;
    if (folder == NULL) {
        return NULL;
    }
    builder_start(&builder, ledger->arena);
    builder_puts(&builder, folder);
    builder_puts(&builder, "/training/");
    /* The claimed name, else "uid-1000": a colon is no part of a file name everywhere. */
    for (const char *at = name == NULL ? actor : name + 1; *at != '\0'; at++) {
        builder_putc(&builder, *at == ':' ? '-' : *at);
    }
    builder_puts(&builder, ".ndjson");
    return builder_end(&path, &builder) == AMICUS_OK ? path.at : NULL;
}

static int say_fault(struct journal *journal, const char *what, int code)
{
    diagnostics_add(journal->ledger->list, AMICUS_ERROR, code == EXIT_INPUT ? "U0201" : "U0204",
                    (struct place){journal->path, 0, 0}, "check the folder and its permissions",
                    "the training journal cannot be %s: %s", what, strerror(errno));
    return ledger_say(journal->ledger, code);
}

int journal_open(struct journal *out, struct ledger *ledger, struct learning *progress)
{
    assert(out != NULL && ledger != NULL);
    assert(progress != NULL);
    struct text bytes;
    struct stat info;
    *out = (struct journal){.ledger = ledger};
    const char *actor = ledger_actor(ledger, OPTION_BY);
    if (actor == NULL) {
        return ledger_say(ledger, EXIT_USAGE);
    }
    out->path = path_of(ledger, actor);
    if (out->path == NULL) {
        diagnostics_add(ledger->list, AMICUS_ERROR, "R0101", (struct place){"", 0, 0},
                        "name a file with --store", "there is no folder for the journal");
        return ledger_say(ledger, EXIT_INPUT);
    }
    if (stat(out->path, &info) != 0 && errno == ENOENT) {
        return EXIT_DONE;
    }
    if (file_read(&bytes, ledger->arena, out->path, JOURNAL_BYTES_MAX) != AMICUS_OK) {
        return say_fault(out, "read", EXIT_INPUT);
    }
    if (bytes.length > JOURNAL_BYTES_MAX) {
        errno = EFBIG;
        return say_fault(out, "read", EXIT_INPUT);
    }
    out->is_torn = bytes.length > 0 && bytes.at[bytes.length - 1] != '\n';
    const int code = exit_of(learning_read(progress, bytes));
    if (progress->damaged > 0) {
        diagnostics_add(ledger->list, AMICUS_WARNING, "U0505", (struct place){out->path, 0, 0},
                        "look at the file; the other answers are used",
                        "%u lines of the journal are no answers", (unsigned)progress->damaged);
        return ledger_say(ledger, code);
    }
    return code;
}

static bool write_line(const char *path, struct text line)
{
    const int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd < 0) {
        return false;
    }
    const ssize_t written = write(fd, line.at, line.length);
    bool is_done = written == (ssize_t)line.length;
    if (!is_done && written >= 0) {
        errno = ENOSPC;
    }
    is_done = is_done && fdatasync(fd) == 0;
    const int fault = errno;
    is_done = close(fd) == 0 && is_done;
    errno = fault;
    return is_done;
}

/* Make the folder of the journal. */
static bool make_folder(const struct journal *journal)
{
    const char *slash = strrchr(journal->path, '/');
    const char *folder =
        arena_copy(journal->ledger->arena, journal->path, (size_t)(slash - journal->path));
    return folder != NULL && (mkdir(folder, S_IRWXU) == 0 || errno == EEXIST);
}

int journal_add(struct journal *journal, const struct journal_entry *entry)
{
    assert(journal != NULL && entry != NULL);
    assert(journal->path != NULL);
    struct builder builder;
    struct text line;
    builder_start(&builder, journal->ledger->arena);
    builder_puts(&builder, journal->is_torn ? "\n" : "");
    journal_write(&builder, entry);
    if (builder_end(&line, &builder) != AMICUS_OK) {
        return EXIT_AGAIN;
    }
    if (!make_folder(journal) || !write_line(journal->path, line)) {
        return say_fault(journal, "written", EXIT_OUTPUT);
    }
    journal->is_torn = false;
    return EXIT_DONE;
}
