/*
 * Outlines: an explanation as data, before it becomes text or JSON.
 *
 * A branch says one thing and holds what that thing rests on: an issue its findings, a finding its
 * reads, a read its evidence; or a section its facts, a fact its statements. Every command that
 * explains builds such an outline, and render_outline.h writes it in each format. An outline
 * remembers its first failure, so that who builds it checks once, with outline_end.
 */
#ifndef OUTLINE_H
#define OUTLINE_H

#include "layout.h"

/* One thing that is said. All texts live as long as the outline's arena; empty ones are left out.
 */
struct branch {
    const char *kind;   /* what it is: "issue", "finding", "read", "evidence", ...; static */
    struct text name;   /* its id, or the path of a fact */
    struct text state;  /* label, status or standing */
    struct text says;   /* a sentence, a value or a quotation */
    struct text clause; /* of a rule: the provision */
    struct text place;  /* file:line where it was written */
    enum ink ink;       /* of the state */
    struct branch *first, *last, *next;
};

struct outline {
    struct arena *arena;
    struct branch root;
    struct branch spare; /* takes what is said after memory failed */
    bool failed;
};

/*
 * Start an outline.
 *
 * outline     what to set up; not to be moved afterwards
 * arena    where its branches live
 * kind     of the root
 */
void outline_start(struct outline *outline, struct arena *arena, const char *kind);

/* Add a branch under another as its last child. Never NULL: a failed outline gives its spare. */
struct branch *outline_add(struct outline *outline, struct branch *parent, const char *kind);

/* Make a text in the outline's arena. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
struct text
outline_putf(struct outline *outline, const char *format, ...);

/* End a builder that was started in the outline's arena. */
struct text outline_text(struct outline *outline, struct builder *builder);

/* Make a foreign text visible, in the outline's arena. */
struct text outline_visible(struct outline *outline, struct text text);

/* Leave only so many levels of branches below the root. */
void outline_cut(struct outline *outline, unsigned depth);

/* Leave the first children of a branch, and one that says how many more there were; nothing is done
 * if only one would go. */
void outline_trim(struct outline *outline, struct branch *parent, uint32_t most);

/* Tell whether the outline is whole. returns OK, MEMORY */
AMICUS_MUST_CHECK amicus_status outline_end(const struct outline *outline);

#endif
