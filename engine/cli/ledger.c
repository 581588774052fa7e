/*
 * Where the record is, and the one place below which no clock, chance or user is asked.
 *
 * The place: --store, else AMICUS_STORE, else record.db in the user's data folder by the rules of
 * XDG. The key lies beside the file; for a server it must be named, because a server has no folder.
 */
#include "ledger.h"

#include "hasher.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define LEDGER_BYTES_MAX ((size_t)256 << 20)
#define KEY_FILE_MAX     512u
#define WHO_MAX          64u

static bool draw(void *context, uint8_t *out, size_t length)
{
    (void)context;
    while (length > 0) {
        size_t part = length > 256 ? 256 : length;
        ssize_t got = getrandom(out, part, 0);
        if (got < 0 && errno != EINTR) {
            return false;
        }
        out += got > 0 ? got : 0;
        length -= got > 0 ? (size_t)got : 0;
    }
    return true;
}

const struct store_host ledger_host = {NULL, draw};

/* --- the place --- */

static const char *variable(const char *name)
{
    const char *value = getenv(name);
    return value == NULL || value[0] == '\0' ? NULL : value;
}

static const char *join(struct arena *arena, const char *a, const char *b)
{
    struct builder builder;
    struct text path;
    builder_start(&builder, arena);
    builder_puts(&builder, a);
    builder_puts(&builder, b);
    return builder_end(&path, &builder) == AMICUS_OK ? path.at : NULL;
}

static bool make(const char *path)
{
    return path != NULL && (mkdir(path, S_IRWXU) == 0 || errno == EEXIST);
}

/* The user's data folder; made only for a record that may be made. NULL without a home. */
static const char *default_place(struct arena *arena, bool is_made)
{
    const char *base = variable("XDG_DATA_HOME");
    const char *home = variable("HOME");
    if (base == NULL || base[0] != '/') {
        const char *local = home == NULL ? NULL : join(arena, home, "/.local");
        base = local == NULL ? NULL : join(arena, local, "/share");
        if (is_made && (!make(local) || !make(base))) {
            return NULL;
        }
    }
    const char *folder = base == NULL ? NULL : join(arena, base, "/amicus");
    if (folder == NULL || (is_made && !make(folder))) {
        return NULL;
    }
    return join(arena, folder, "/record.db");
}

static const char *find_place(const struct ledger *ledger, bool is_made)
{
    const char *place = options_value(&ledger->session->options, OPTION_STORE);
    if (place == NULL) {
        place = variable("AMICUS_STORE");
    }
    return place == NULL ? default_place(ledger->arena, is_made) : place;
}

/* --- opening --- */

int ledger_say(struct ledger *ledger, int code)
{
    assert(ledger != NULL && ledger->list != NULL);
    assert(code >= 0 && code < 256);
    session_say_list(ledger->session, ledger->list, &(struct report_sources){.name = NULL});
    amicus_diagnostics_close(ledger->list);
    ledger->list = NULL;
    return amicus_diagnostics_open(&ledger->list) == AMICUS_OK ? code : EXIT_AGAIN;
}

static int exit_of_store(enum store_status status)
{
    switch (status) {
    case STORE_OK: return EXIT_DONE;
    case STORE_NONE:
    case STORE_FAULT: return EXIT_INPUT;
    case STORE_CONFLICT:
    case STORE_REFUSED: return EXIT_REFUSED;
    case STORE_BUSY:
    case STORE_MEMORY: return EXIT_AGAIN;
    case STORE_FULL: return EXIT_OUTPUT;
    case STORE_BROKEN: return EXIT_DIFFERS;
    }
    return EXIT_BUG;
}

int ledger_fail(struct ledger *ledger, enum store_status status)
{
    assert(ledger != NULL);
    assert(ledger->store != NULL);
    if (status == STORE_OK) {
        return EXIT_DONE;
    }
    bool is_broken = status == STORE_BROKEN;
    diagnostics_add(ledger->list, AMICUS_ERROR, is_broken ? "R0104" : "R0201",
                    (struct place){ledger->place, 0, 0},
                    status == STORE_FULL ? "make room on the disk, then try again"
                    : is_broken          ? "amicus audit verify"
                                         : "try again",
                    "%s (%s)", store_fault(ledger->store), store_status_name(status));
    return ledger_say(ledger, exit_of_store(status));
}

/* Find the place and open the store there. */
static int open_store(struct ledger *ledger, enum ledger_use use)
{
    ledger->place = find_place(ledger, use == LEDGER_WRITE);
    if (ledger->place == NULL) {
        ledger->place = "";
        diagnostics_add(ledger->list, AMICUS_ERROR, "R0101", (struct place){"", 0, 0},
                        "name a file with --store", "there is no folder for the record");
        return use == LEDGER_TRY ? EXIT_DONE : ledger_say(ledger, EXIT_INPUT);
    }
    const struct database_place place = {ledger->place, use == LEDGER_WRITE, use != LEDGER_WRITE};
    enum store_status status = store_open(&ledger->store, &place, &ledger_host, ledger->list);
    if (use != LEDGER_TRY || status != STORE_NONE) {
        return ledger_say(ledger, exit_of_store(status));
    }
    amicus_diagnostics_close(ledger->list);
    ledger->list = NULL;
    return amicus_diagnostics_open(&ledger->list) == AMICUS_OK ? EXIT_DONE : EXIT_AGAIN;
}

int ledger_open(struct ledger *out, struct session *session, enum ledger_use use)
{
    assert(out != NULL && session != NULL);
    assert(use <= LEDGER_TRY);
    *out = (struct ledger){.session = session, .now_s = (int64_t)time(NULL)};
    if (arena_open(&out->arena, LEDGER_BYTES_MAX) != AMICUS_OK ||
        amicus_diagnostics_open(&out->list) != AMICUS_OK) {
        return EXIT_AGAIN;
    }
    return open_store(out, use);
}

int ledger_make(struct ledger *ledger)
{
    assert(ledger != NULL);
    assert(ledger->list != NULL);
    return ledger->store == NULL ? open_store(ledger, LEDGER_WRITE) : EXIT_DONE;
}

const char *ledger_folder(struct ledger *ledger)
{
    assert(ledger != NULL);
    assert(ledger->place != NULL);
    const bool is_named = ledger->place[0] != '\0' && strstr(ledger->place, "://") == NULL;
    const char *named = options_value(&ledger->session->options, OPTION_STORE);
    const bool is_default = named == NULL && variable("AMICUS_STORE") == NULL;
    const char *place =
        is_named && !is_default ? ledger->place : default_place(ledger->arena, true);
    const char *slash = place == NULL ? NULL : strrchr(place, '/');
    if (place == NULL || slash == NULL) {
        return place == NULL ? NULL : ".";
    }
    return arena_copy(ledger->arena, place, (size_t)(slash - place));
}

void ledger_close(struct ledger *ledger)
{
    assert(ledger != NULL);
    assert(ledger->store == NULL || ledger->arena != NULL);
    store_close(ledger->store);
    amicus_diagnostics_close(ledger->list);
    arena_close(ledger->arena);
}

/* --- the key --- */

static int refuse_key(struct ledger *ledger, const char *path, const char *mend, const char *what)
{
    diagnostics_add(ledger->list, AMICUS_ERROR, "R0202", (struct place){path, 0, 0}, mend,
                    "the signing key %s", what);
    return EXIT_INPUT;
}

/* Read the one line of a key file that is nobody else's to read. */
static int read_key(struct ledger *ledger, const char *path, int fd, struct signer *out)
{
    char bytes[KEY_FILE_MAX];
    struct stat info;
    ssize_t length = read(fd, bytes, sizeof bytes);
    if (fstat(fd, &info) != 0 || (info.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return refuse_key(ledger, path, "chmod 600, and make a new one if others may have read it",
                          "can be read by others");
    }
    if (length > 0 && bytes[length - 1] == '\n') {
        length--;
    }
    struct text text = {bytes, length < 0 ? 0 : (size_t)length};
    amicus_status status = signer_read(out, text);
    memset(bytes, 0, sizeof bytes);
    return status == AMICUS_OK
               ? EXIT_DONE
               : refuse_key(ledger, path, "restore the file", "is not one, or is damaged");
}

/* Make a signer of a seed. The public key makes its name one of a kind. */
static bool name_key(struct signer *out, enum key_type type, const uint8_t seed[KEY_BYTES])
{
    char name[KEY_NAME_MAX];
    char hex[DIGEST_HEX];
    if (signer_of(out, "amicus", type, seed) != AMICUS_OK) {
        return false;
    }
    digest_write(hex, out->verifier.public_key);
    (void)snprintf(name, sizeof name, "amicus/%s/%.16s", type == KEY_LOG ? "record" : "witness",
                   hex);
    return signer_of(out, name, type, seed) == AMICUS_OK;
}

static bool write_key(int fd, const struct signer *signer, struct arena *arena)
{
    struct builder builder;
    struct text text;
    builder_start(&builder, arena);
    signer_write(&builder, signer);
    builder_putc(&builder, '\n');
    return builder_end(&text, &builder) == AMICUS_OK &&
           write(fd, text.at, text.length) == (ssize_t)text.length && fsync(fd) == 0;
}

/* Read the key that stands in its place; a link is not followed. */
static int take_key(struct ledger *ledger, const char *path, struct signer *out)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) {
        return refuse_key(ledger, path, "check its permissions", strerror(errno));
    }
    int code = read_key(ledger, path, fd, out);
    (void)close(fd);
    return code;
}

/* A key is written under a name of this process and then linked to its place, so that nobody reads
 * half of one, and of processes that make one at once all sign with the first. */
static int make_key(struct ledger *ledger, const char *path, enum key_type type, struct signer *out)
{
    uint8_t seed[KEY_BYTES];
    char own[32];
    (void)snprintf(own, sizeof own, ".%ld", (long)getpid());
    const char *draft = join(ledger->arena, path, own);
    int fd = draft == NULL
                 ? -1
                 : open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd < 0) {
        return refuse_key(ledger, path, "name a file with --key", strerror(errno));
    }
    bool is_made = draw(NULL, seed, sizeof seed);
    is_made = is_made && name_key(out, type, seed) && write_key(fd, out, ledger->arena);
    memset(seed, 0, sizeof seed);
    (void)close(fd);
    bool is_first = is_made && link(draft, path) == 0;
    bool is_second = is_made && !is_first && errno == EEXIST;
    (void)unlink(draft);
    if (is_second) {
        signer_wipe(out);
        return take_key(ledger, path, out);
    }
    if (!is_first) {
        return refuse_key(ledger, path, "make room, or name another with --key",
                          "cannot be written");
    }
    char line[512];
    int length =
        snprintf(line, sizeof line, "made the signing key %.400s (keep a copy safe)\n", path);
    session_say(ledger->session, (struct text){line, (size_t)length});
    return EXIT_DONE;
}

int ledger_key(struct ledger *ledger, struct signer *out, enum key_type type, const char *beside)
{
    assert(ledger != NULL && out != NULL);
    assert(beside != NULL);
    const char *path = options_value(&ledger->session->options, OPTION_KEY);
    if (path == NULL && strstr(beside, "://") != NULL) {
        return refuse_key(ledger, beside, "name a file with --key",
                          "of a record on a server has no place");
    }
    path = path == NULL ? join(ledger->arena, beside, ".key") : path;
    if (path == NULL) {
        return EXIT_AGAIN;
    }
    struct stat info;
    int code = lstat(path, &info) != 0 && errno == ENOENT ? make_key(ledger, path, type, out)
                                                          : take_key(ledger, path, out);
    if (code == EXIT_DONE && out->verifier.type != type) {
        signer_wipe(out);
        return refuse_key(ledger, path, "name another with --key", "is of another kind");
    }
    return code;
}

int ledger_checkpoint(struct ledger *ledger, struct text *note)
{
    assert(ledger != NULL && note != NULL);
    assert(ledger->store != NULL);
    struct signer signer;
    *note = text_of("");
    int code = ledger_key(ledger, &signer, KEY_LOG, ledger->place);
    if (code != EXIT_DONE) {
        return ledger_say(ledger, code);
    }
    enum store_status status =
        store_checkpoint(ledger->store, &signer, ledger->now_s, ledger->arena, note);
    signer_wipe(&signer);
    return ledger_fail(ledger, status);
}

/* --- who --- */

static bool is_name(const char *name)
{
    size_t length = strlen(name);
    size_t plain = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "._@-");
    return length > 0 && length <= WHO_MAX && plain == length;
}

const char *ledger_actor(struct ledger *ledger, enum option option)
{
    assert(ledger != NULL);
    assert(option == OPTION_BY || option == OPTION_SECOND);
    const char *name = options_value(&ledger->session->options, option);
    if (name != NULL && !is_name(name)) {
        diagnostics_add(ledger->list, AMICUS_ERROR, "U0104", (struct place){"", 0, 0},
                        "letters, digits, '.', '_', '@' and '-', at most 64",
                        "'--%s %.60s' cannot be a name", option_rows[option].name, name);
        return NULL;
    }
    char actor[WHO_MAX + 32];
    int length = snprintf(actor, sizeof actor, "uid:%lu%s%s", (unsigned long)getuid(),
                          name == NULL ? "" : "/", name == NULL ? "" : name);
    return arena_copy(ledger->arena, actor, (size_t)length);
}
