/*
 * The tree of a strict text: what a YAML or a JSON file says, with the place of everything.
 *
 * One shape for both languages: maps, lists and scalars, read only, in an arena. It knows no types:
 * a scalar is its characters and how they were written, and who reads it decides what they mean
 * (`no`, `010` and `12:30` are text until somebody wants a number). Cases, the vocabulary and the
 * manifest of a rulebook are all read through it, so they share one subset and one set of errors.
 *
 * The subset of YAML: one document, UTF-8 without a byte order mark, no anchors, aliases, tags,
 * directives, merge keys, complex or empty keys, tabs, control or bidirectional characters,
 * duplicate keys or empty values. JSON: RFC 8259, with whole numbers only, no duplicate keys, and
 * no null unless the source allows it.
 */
#ifndef YAML_TREE_H
#define YAML_TREE_H

#include "arena.h"
#include "diagnostic.h"

enum tree_kind {
    TREE_MAP = 1,
    TREE_LIST = 2,
    TREE_SCALAR = 3,
    TREE_FAULT = 4 /* something was here, and its fault was reported: pass over it in silence */
};

/* How a scalar was written. Quoted text is never a number or a boolean. */
enum tree_form {
    TREE_PLAIN = 0,       /* YAML without quotes */
    TREE_QUOTED = 1,      /* quoted or block YAML, a JSON string */
    TREE_JSON_NUMBER = 2, /* a JSON number; whole */
    TREE_JSON_BOOL = 3,   /* JSON true or false */
    TREE_JSON_NULL = 4    /* JSON null, where its source allows it */
};

/* One node, and the key under which it stands if its parent is a map. */
struct tree {
    uint8_t kind;           /* enum tree_kind */
    uint8_t form;           /* enum tree_form, of a scalar */
    uint32_t count;         /* children */
    struct tree *first;     /* first child, or NULL; the others by next */
    struct tree *next;      /* the next child of the same parent, or NULL */
    struct text text;       /* of a scalar; NUL-terminated behind its end */
    struct text key;        /* in a map; else empty */
    struct place place;     /* where it starts */
    struct place key_place; /* where its key starts; as place where it has none */
};

/* A text to read, and the bounds that are kept while reading. */
struct tree_source {
    const char *name; /* of the file, for places; the tree copies it */
    struct text bytes;
    size_t limit_bytes, limit_nodes, limit_scalar_bytes; /* nodes: each value is one */
    unsigned limit_depth;                                /* at most TREE_DEPTH_MAX */
    bool allows_null; /* of JSON: null is a scalar and not a fault; nothing that a person writes */
};

#define TREE_DEPTH_MAX 32

/*
 * Set up a source with the bounds of a case, which are also those of every other file that people
 * write.
 *
 * name     of the file; NULL is ""
 * bytes    the text
 * is_json  JSON may be larger than YAML
 * returns  the source, borrowing name and bytes
 */
struct tree_source tree_source_of(const char *name, struct text bytes, bool is_json);

/*
 * Read strict YAML.
 *
 * out      receives the root, which lives in the arena; NULL if the text could not be read to its
 *          end, else the tree even of INVALID text, so that its reader can report more faults
 * arena    where the tree lives
 * source   the text; need not outlive the call
 * list     receives diagnostics C0101 to C0119
 * returns  OK; INVALID if an error was reported; LIMIT if a bound was crossed (also reported);
 *          MEMORY
 */
AMICUS_MUST_CHECK amicus_status tree_read_yaml(const struct tree **out, struct arena *arena,
                                               const struct tree_source *source,
                                               amicus_diagnostics *list);

/*
 * Read strict JSON, as tree_read_yaml reads YAML.
 *
 * out, arena, source, list, returns   as tree_read_yaml
 */
AMICUS_MUST_CHECK amicus_status tree_read_json(const struct tree **out, struct arena *arena,
                                               const struct tree_source *source,
                                               amicus_diagnostics *list);

/*
 * Find a child of a map by its key. Linear: for maps of a few known keys.
 *
 * map      any node; only a map has children with keys
 * key      the key
 * returns  the child, or NULL
 */
const struct tree *tree_find(const struct tree *map, const char *key);

/* Tell whether a node is a scalar of exactly these characters, however it was written. */
bool tree_is(const struct tree *node, const char *text);

/* Cut a foreign text to what a message shows of it: 80 characters. Never gives NULL bytes. */
struct text tree_shown(struct text text);

/*
 * Write a tree as canonical JSON: keys in the order of their bytes, no insignificant space. Plain
 * and quoted scalars are strings.
 *
 * builder  where to; its arena takes a list of the keys
 * node     its root; nothing of it is TREE_FAULT
 * left_out a key of the root that is not written, or NULL
 */
void tree_write_json(struct builder *builder, const struct tree *node, const char *left_out);

/* Name a node for people: "a map", "a list", "a text". */
const char *tree_kind_name(const struct tree *node);

#endif
