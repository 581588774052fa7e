/*
 * Cases of the record, named by their ids where a file could be named.
 */
#ifndef KEPT_CASE_H
#define KEPT_CASE_H

#include "session.h"

/*
 * The path of an operand: itself, if it is a file, "-" or a list; else "record:ID", if the record
 * has a case of that id; else itself, so that its absence is reported as that of a file.
 */
const char *kept_case_path(struct session *session, size_t operand);

/* Tell whether a path names a case of the record: "record:ID", or "record:ID@2" for a version. */
bool kept_case_is(const char *path);

/*
 * Read the case that such a path names.
 *
 * out      receives its bytes, in arena
 * list     receives R0318 and others
 * returns  an exit code
 */
int kept_case_read(struct session *session, const char *path, struct arena *arena, struct text *out,
                   amicus_diagnostics *list);

#endif
