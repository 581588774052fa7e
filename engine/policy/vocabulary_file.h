/*
 * Kept vocabularies, in files: what a vocabulary.yaml says need not be read from YAML twice.
 */
#ifndef VOCABULARY_FILE_H
#define VOCABULARY_FILE_H

#include "vocabulary.h"

#include "amicus/rulebook.h"

/*
 * Load a vocabulary from the bytes of a vocabulary.yaml, or take what an earlier process made of
 * the same bytes and kept; what was loaded is kept for the next one.
 *
 * out      receives it; ended by vocabulary_close; NULL on failure
 * engine   whose folder of kept files is used; NULL, or one that keeps nothing: it is loaded
 * name     the file's name, for diagnostics
 * bytes    the text
 * list     receives diagnostics V01xx; a kept vocabulary has none
 * returns  as vocabulary_load
 */
AMICUS_MUST_CHECK amicus_status vocabulary_take(struct vocabulary **out,
                                                const struct amicus_engine *engine,
                                                const char *name, struct text bytes,
                                                amicus_diagnostics *list);

#endif
