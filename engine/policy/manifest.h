/*
 * The manifest: rulebook.yaml and what it includes, down to the bytes of every script.
 */
#ifndef MANIFEST_H
#define MANIFEST_H

#include "compile.h"
#include "yaml_tree.h"

/* A file with its text. */
struct file_text {
    struct text path; /* as it was opened, cleaned */
    struct text bytes;
};
struct file_texts {
    const struct file_text *files;
    size_t count;
};

/* A rulebook before any script has run. All of it lives in the arena. */
struct manifest {
    struct text name, version, title, platform;
    struct text vocabulary_path;  /* as people would open it; NUL-terminated */
    struct text vocabulary_bytes; /* its text */
    uint8_t outcome_ranks[OUTCOME_COUNT];
    const struct tree *ranking; /* the node under evidence_ranking, or NULL */
    struct compile_file *files; /* all but their messages; included folders' files too */
    uint32_t file_count;
    struct file_texts read; /* every file that was read for it */
};

/*
 * Load a manifest and everything that it names.
 *
 * out      receives it; all zero on failure
 * folder   path of the folder that holds rulebook.yaml
 * arena    where it lives
 * list     receives diagnostics P0101 to P0109, and C01xx of the YAML itself
 * returns  OK; INVALID; IO a file cannot be read; LIMIT; MEMORY; INTERNAL if libcrypto fails
 */
AMICUS_MUST_CHECK amicus_status manifest_load(struct manifest *out, const char *folder,
                                              struct arena *arena, amicus_diagnostics *list);

/*
 * Load a manifest from texts in place of files.
 *
 * given    what there is to read; its texts must outlive the manifest
 */
AMICUS_MUST_CHECK amicus_status manifest_load_given(struct manifest *out, const char *folder,
                                                    const struct file_texts *given,
                                                    struct arena *arena, amicus_diagnostics *list);

#endif
