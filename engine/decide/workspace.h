/*
 * The workspace of one decision: what was read, what was computed, and what was found so far.
 *
 * evaluate.c reads nodes through it, resolve.c and remedy.c write their results into it, ruling.c
 * freezes it into a ruling. One arena holds it all; arrays are sized once, from image and case, and
 * marks are stamped, never cleared.
 */
#ifndef WORKSPACE_H
#define WORKSPACE_H

#include "ruling.h"

#include <assert.h>
#include <string.h>

struct change;      /* trial.h */
struct completions; /* completion.h */
struct footprint;   /* footprint.h */

/* A growing array of numbers. */
struct numbers {
    uint32_t *at;
    size_t count, capacity;
};

/* A stack of numbers in which each open scope holds a number at most once. */
struct step {
    uint32_t id, before; /* before: the mark that id had, put back when its scope ends */
};
struct trail {
    struct step *steps;
    size_t count, capacity;
    uint32_t *marks; /* by id: stamp of the scope that holds it */
};

/* Where a scope of both trails began. */
struct scope {
    size_t first_read, first_issue;
    uint32_t outer_stamp;
};

/* A derived fact of one record at one standard, computed once. */
struct cell {
    uint32_t phase; /* in which it was computed; 0: not yet */
    uint32_t read;  /* its place in reads */
    uint32_t noted; /* stamp of a scope that holds all that it rests on; 0: none */
    struct span rests;
    struct value value;
    bool is_late;    /* rests on issues or on what the engine computes after labelling */
    bool is_leaning; /* rests on an issue that its burden decided, directly or through others */
    bool is_rounded; /* a share of money in it was rounded */
};

/* What was read and computed at one standard; made when something is first asked at it. */
struct plane {
    uint32_t *stored_reads; /* by slot: place in reads, and 1; 0: not read yet. NULL: not made */
    struct cell *cells;     /* by derived fact */
};

/* Why a number could not be computed although its operands are known. */
enum fault { FAULT_OVERFLOW = 1, FAULT_CALENDAR = 2 };

/* How a version of a parameter was used. */
enum use { USE_READINGS = 1, USE_UNSEEN = 2 };

struct workspace {
    const struct amicus_rulebook *rulebook;
    const struct image *image;
    const struct vocabulary *vocabulary;
    const struct amicus_case *subject;
    const struct value *values;    /* the case's, or a patched copy */
    const struct case_list *lists; /* likewise */
    struct arena *arena;
    amicus_status status; /* the first failure; everything after it is without meaning */

    /* what is being evaluated */
    uint32_t vars[VARS_MAX]; /* records */
    uint32_t about;          /* the record whose issues are asked without naming one */
    uint8_t proof;
    uint8_t filer;    /* enum party and 1: who filed; 0: not looked up yet */
    bool is_blind;    /* a trial: only labels and money matter, nothing is noted */
    bool is_taken;    /* issues answer as the recommendation takes them, not by facts alone */
    bool is_late;     /* see cell */
    bool was_rounded; /* see cell */
    bool is_leaning;  /* see cell */
    unsigned depth;   /* of derived facts */
    unsigned faults;  /* bits of enum fault */
    uint32_t phase;   /* raised whenever issue labels change their meaning */
    uint32_t stamp;   /* of the open scope */
    uint32_t stamps;  /* given so far */
    struct listener *listener; /* who explains what is evaluated, or NULL; see evaluate.h */

    /* what was read */
    struct read *reads;
    size_t read_count, read_capacity;
    struct plane planes[PROOF_COUNT];
    uint32_t *list_reads; /* by kind: place in reads, and 1; 0: not read yet */
    struct trail read_trail, issue_trail;
    uint8_t *test_values; /* by test of the guards and proof: enum kleene and 1; 0: not asked yet */
    uint8_t *eligible;    /* by place in a list: of the walk that is open; else 0 */
    struct numbers looks, rests;

    /* what was found */
    struct issue_result *results;
    uint32_t result_count;
    uint32_t *first_result; /* by issue */
    uint32_t *offsets;      /* by kind: place of its first record among those of its base */
    uint32_t *counts;       /* by kind: its records; of a union, those of its members */
    bool *leans;            /* by result: asked for one that its burden decided, or that leans */
    struct finding *findings;
    size_t finding_count, finding_capacity;
    uint32_t *undercut_at; /* by rule: finding of an undercutter for the result being resolved, and
                              1; valid from undercut_from on */
    size_t undercut_from;
    struct numbers by, waiting, rivals, conflict_rules;
    struct item_result *items;
    uint32_t item_count;
    uint8_t *remedy_values; /* by remedy, of the item being decided: enum kleene */
    struct conflict_result *conflicts;
    size_t conflict_count, conflict_capacity;
    struct amicus_ruling *ruling; /* that was made of it; NULL before */
    bool is_filled;               /* the ruling's texts for people were made */
    bool is_complete;             /* findings of rules that guards ruled out were added */

    /* what the outside sets */
    const int64_t *policy_date_s; /* picks all versions in place of the anchors; NULL: they do */
    uint32_t *reading_of;         /* by version: which of its readings is tried */
    uint8_t *uses;                /* by version: bits of enum use */
    const uint8_t *forced; /* by result: the label to take instead; LABEL_OPEN: none. Or NULL */
    bool *is_decisive;     /* by record: an unknown fact can change this item */
    struct completions *completions; /* shared with trials; NULL: none was made yet */
    const struct change *change;     /* of a trial: how it differs from its base; else NULL */
    uint32_t load;                   /* its number among the cases that completions loaded */
    struct footprint *footprint;     /* of completions only, or NULL */
    uint8_t *tried;   /* by slot: bits of the standards at which a trial read it; NULL: no trial
                         was made. Shared by the base and its trials */
    uint32_t *owners; /* by record: its money item, and 1; 0: not looked up yet */
};

/*
 * Set up a workspace.
 *
 * workspace  to set up
 * rulebook, subject  borrowed for the workspace's life
 * arena      where everything goes
 * returns    OK, MEMORY
 */
AMICUS_MUST_CHECK amicus_status workspace_start(struct workspace *workspace,
                                                const struct amicus_rulebook *rulebook,
                                                const struct amicus_case *subject,
                                                struct arena *arena);

/* Copy the values into the arena, so that they can be changed before anything is read. NULL:
 * MEMORY. */
struct value *workspace_patch_values(struct workspace *workspace);

/* Likewise the lists. */
struct case_list *workspace_patch_lists(struct workspace *workspace);

/* Begin to collect reads and issues anew; scopes nest. */
void scope_open(struct workspace *workspace, struct scope *scope);

/* End a scope and keep what it collected. looks and rests receive spans; either may be NULL. */
void scope_close(struct workspace *workspace, const struct scope *scope, struct span *looks,
                 struct span *rests);

/* Make room for one more step; a failure goes to status. */
bool trail_grow(struct workspace *workspace, struct trail *trail);

/* Put a number on a trail, unless the open scope holds it. */
static inline void trail_note(struct workspace *workspace, struct trail *trail, uint32_t id)
{
    const uint32_t before = trail->marks[id];
    if (before != workspace->stamp &&
        (trail->count < trail->capacity || trail_grow(workspace, trail))) {
        trail->steps[trail->count++] = (struct step){id, before};
        trail->marks[id] = workspace->stamp;
    }
}

/* Note a read in the open scope. */
static inline void note_read(struct workspace *workspace, uint32_t read)
{
    assert(read < workspace->read_count || workspace->status != AMICUS_OK);
    trail_note(workspace, &workspace->read_trail, read);
}

/* Note an issue result in the open scope; a trial notes none. */
void note_issue(struct workspace *workspace, uint32_t result);

/* Note all reads of a span of looks in the open scope. */
void note_looks(struct workspace *workspace, struct span looks);

/* Add a read, which the caller fills. After a failure, which is in status, it is an old one. */
struct read *workspace_add_read(struct workspace *workspace);

/* Make the plane of the standard that is being asked. returns it; its status tells of a failure. */
const struct plane *workspace_open_plane(struct workspace *workspace);

/* The plane of the standard that is being asked. */
static inline const struct plane *workspace_plane(struct workspace *workspace)
{
    const struct plane *plane = &workspace->planes[workspace->proof];
    return plane->cells != NULL ? plane : workspace_open_plane(workspace);
}

/* What read_raw does the first time at a standard. */
struct value workspace_read_first(struct workspace *workspace, uint32_t record, uint32_t fact);

/* Read a stored fact whatever its standing, and note it. */
static inline struct value read_raw(struct workspace *workspace, uint32_t record, uint32_t fact)
{
    const uint32_t slot =
        workspace->subject->records[record].first_slot + workspace->vocabulary->facts[fact].slot;
    assert(slot < workspace->subject->slot_count);
    if (!workspace->is_blind) {
        const uint32_t *known = workspace->planes[workspace->proof].stored_reads;
        if (known == NULL || known[slot] == 0) {
            return workspace_read_first(workspace, record, fact);
        }
        note_read(workspace, known[slot] - 1);
    } else if (workspace->tried != NULL) {
        workspace->tried[slot] |= (uint8_t)(1u << workspace->proof);
    }
    return workspace->values[slot];
}

/* Which standings count at a standard of proof: this one and the stronger ones. */
static inline uint8_t proof_floor(uint8_t proof)
{
    _Static_assert(STANDING_CLAIMED + PROOF_CLEAR == STANDING_ESTABLISHED, "one a standard");
    assert(proof < PROOF_COUNT);
    return (uint8_t)(STANDING_CLAIMED + proof);
}

/* Note in the workspace's footprint that a stored fact was read. */
void footprint_read(struct workspace *workspace, uint32_t record, uint32_t fact, bool is_usable);

/*
 * Read a stored fact at the standard that is being asked, and note it.
 *
 * returns  the value; open (standing unknown) if it does not count at that standard
 */
static inline struct value read_stored(struct workspace *workspace, uint32_t record, uint32_t fact)
{
    assert(workspace->vocabulary->facts[fact].derived == FACT_NONE);
    struct value value = read_raw(workspace, record, fact);
    const bool is_usable = value.standing >= proof_floor(workspace->proof);
    if (workspace->footprint != NULL) {
        footprint_read(workspace, record, fact, is_usable);
    }
    value.standing = is_usable ? value.standing : (uint8_t)STANDING_UNKNOWN;
    return value;
}

/* Note that a list was empty, which was looked at. */
void read_empty_list(struct workspace *workspace, uint32_t kind);

/* Add a number to an array; a failure goes to status. */
void numbers_add(struct workspace *workspace, struct numbers *numbers, uint32_t number);

/* The money item that a record belongs to, or RECORD_NONE. Not a read: it only names things. */
uint32_t workspace_owner(struct workspace *workspace, uint32_t record);

/* The record that workspace_bind gives where it is not `record` itself. */
uint32_t workspace_bind_other(struct workspace *workspace, uint32_t kind, uint32_t record);

/*
 * The record that a declaration of `kind` speaks of when it is about `record`: the root, the record
 * itself, or its money item; RECORD_NONE if it does not speak of it at all.
 */
static inline uint32_t workspace_bind(struct workspace *workspace, uint32_t kind, uint32_t record)
{
    assert(record < workspace->subject->record_count);
    const bool is_itself = workspace->subject->records[record].kind == kind;
    return is_itself ? record : workspace_bind_other(workspace, kind, record);
}

/* Place in results of an issue for what `record` is about; INDEX_NONE if it is not asked of it. */
uint32_t workspace_result(struct workspace *workspace, uint32_t issue, uint32_t record);

/* Count the records of a kind or of a union; and the n-th, in the order of the case. */
uint32_t workspace_count_records(const struct workspace *workspace, uint32_t kind);
uint32_t workspace_record(const struct workspace *workspace, uint32_t kind, uint32_t n);

/* Make reads of what trials read and the decision itself did not: whether a fact matters rests on
 * them too. They stand behind all others, and no span of looks names them. */
void workspace_note_tried(struct workspace *workspace);

/* Remember the first failure. */
void workspace_fail(struct workspace *workspace, amicus_status status);

/* A role (filer, respondent) as client or freelancer; PARTY_NONE if the case does not say. `record`
 * is asked for its submitter by PARTY_OBJECTOR. Other parties are given back as they are. */
uint8_t workspace_party(struct workspace *workspace, uint8_t party, uint32_t record);

#endif
