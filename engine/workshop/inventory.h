/*
 * The inventory of a packed archive: what it must hold, in a file beside it.
 *
 * `archive pack` writes it as NAME.json, schema amicus.archive/1. A batch takes from it how many
 * lines there are and the hash over their ids, so that its merge can prove that none was lost.
 */
#ifndef INVENTORY_H
#define INVENTORY_H

#include "archive.h"
#include "figures.h"

struct inventory {
    uint64_t bytes, frames, lines;
    struct text digest;     /* of the file's bytes, 64 hex digits */
    struct tally_hash hash; /* over the ids */
    struct text vocabulary; /* by which every line was read */
};

/* The digest of a file's bytes under "amicus.file/1", as hex. returns OK; IO; INTERNAL; MEMORY */
AMICUS_MUST_CHECK amicus_status file_digest(struct text *out, struct arena *arena,
                                            const char *path);

/* Write an inventory as JSON of one line. */
void inventory_write(struct builder *builder, const struct inventory *inventory, const char *name);

/*
 * Read the inventory that stands beside an archive.
 *
 * path     of the archive
 * list     receives B0109 if it is none, or not of this file
 * returns  OK; NOT_FOUND; INVALID; MEMORY
 */
AMICUS_MUST_CHECK amicus_status inventory_read(struct inventory *out, struct arena *arena,
                                               const struct archive_file *file,
                                               amicus_diagnostics *list);

/* Read a whole small file. returns OK; NOT_FOUND; IO; LIMIT; MEMORY */
AMICUS_MUST_CHECK amicus_status small_file_read(struct text *out, struct arena *arena,
                                                const char *path, size_t limit_bytes);

/* Read JSON that amicus wrote itself; NULL if it is none. The tree lives in the arena. */
const struct tree *own_json(struct arena *arena, struct text bytes);

/* The text of a member; empty if there is none. The number of one; false if there is none. */
struct text member_text(const struct tree *map, const char *key);
bool member_number(uint64_t *out, const struct tree *map, const char *key);

#endif
