/*
 * Two trees are walked side by side. Maps are matched by key. Lists of maps are matched by the
 * members that say what an element is about; several that say the same are matched in their order.
 * Lists of scalars, whose order carries meaning, are matched by place.
 *
 * Cost: matching a list is quadratic in its length at worst, and linear where both lists have the
 * same order, because each search begins behind the last match. The recursion is bounded by the
 * depth of trees.
 */
#include "ruling_diff.h"

#include <assert.h>
#include <string.h>

/* What one run shows; a ruling of another case differs everywhere. */
enum { KEPT_MAX = 20, SHOWN_BYTES = 120 };

struct differ {
    struct arena *arena;
    struct comparison *out;
    const char *left_out;
};

/* Where a walk is: a chain up to the root, so that a path is made only for what differs. */
struct step {
    const struct step *up;
    struct text key; /* empty: an index */
    uint32_t index;
};

static bool is_flat(const struct tree *node)
{
    return node->kind == TREE_SCALAR || node->kind == TREE_FAULT;
}

/* NOLINTNEXTLINE(misc-no-recursion) */
static void put_path(struct builder *builder, const struct step *step)
{
    if (step == NULL) {
        return;
    }
    put_path(builder, step->up);
    if (step->key.length == 0) {
        builder_putf(builder, "[%u]", (unsigned)step->index);
        return;
    }
    builder_puts(builder, step->up == NULL ? "" : ".");
    builder_put(builder, step->key);
}

/* A value as JSON, cut at a character to what a line shows. */
static void put_value(struct builder *builder, const struct tree *node)
{
    struct text text;
    struct builder whole;
    builder_start(&whole, builder->arena);
    tree_write_json(&whole, node, NULL);
    if (builder_end(&text, &whole) != AMICUS_OK) {
        builder->failed = true;
        return;
    }
    size_t length = text.length;
    if (length > SHOWN_BYTES) {
        length = SHOWN_BYTES;
        while (length > 0 && ((unsigned char)text.at[length] & 0xC0u) == 0x80u) {
            length--;
        }
    }
    builder_put(builder, (struct text){text.at, length});
    builder_puts(builder, length < text.length ? "..." : "");
}

static struct text value_text(struct differ *differ, const struct tree *node)
{
    struct builder builder;
    struct text text = {"", 0};
    builder_start(&builder, differ->arena);
    if (node != NULL) {
        put_value(&builder, node);
    }
    if (builder_end(&text, &builder) != AMICUS_OK) {
        differ->out->status = AMICUS_MEMORY;
        return (struct text){"", 0};
    }
    return text;
}

static void add(struct differ *differ, const struct step *step, const struct tree *said,
                const struct tree *derived)
{
    struct comparison *out = differ->out;
    out->count++;
    if (out->kept == KEPT_MAX) {
        return;
    }
    struct difference *one = &out->differences[out->kept++];
    struct builder path;
    builder_start(&path, differ->arena);
    put_path(&path, step);
    if (builder_end(&one->path, &path) != AMICUS_OK) {
        out->status = AMICUS_MEMORY;
    }
    one->said = value_text(differ, said);
    one->derived = value_text(differ, derived);
}

/* Tell whether two elements of a list are about the same. */
static bool is_same_matter(const struct tree *a, const struct tree *b)
{
    static const char *const KEYS[] = {"rule", "issue", "item",     "record",
                                       "fact", "code",  "evidence", NULL};
    if (a->kind != TREE_MAP || b->kind != TREE_MAP) {
        return a->kind == b->kind;
    }
    for (size_t i = 0; KEYS[i] != NULL; i++) {
        const struct tree *one = tree_find(a, KEYS[i]);
        const struct tree *other = tree_find(b, KEYS[i]);
        const bool is_same = one == NULL || other == NULL ? one == other
                                                          : !is_flat(one) || !is_flat(other) ||
                                                                text_equal(one->text, other->text);
        if (!is_same) {
            return false;
        }
    }
    return true;
}

static void compare(struct differ *differ, const struct step *step, const struct tree *said,
                    const struct tree *derived);

/* Elements of the second list that no element of the first is about. */
struct pairing {
    const struct tree **at; /* of the second list */
    bool *is_taken;
    uint32_t count;
};

/* Find the first free element that is about the same, from `from` on and then around. */
static uint32_t find_match(const struct pairing *pairing, const struct tree *node, uint32_t from)
{
    for (uint32_t i = 0; i < pairing->count; i++) {
        const uint32_t at = (from + i) % pairing->count;
        if (!pairing->is_taken[at] && is_same_matter(node, pairing->at[at])) {
            return at;
        }
    }
    return UINT32_MAX;
}

static bool pairing_of(struct pairing *out, struct arena *arena, const struct tree *list)
{
    *out = (struct pairing){.count = list->count};
    out->at = arena_give_array(arena, list->count, sizeof(const struct tree *));
    out->is_taken = arena_give_array(arena, list->count, sizeof *out->is_taken);
    uint32_t n = 0;
    for (const struct tree *child = list->first; out->at != NULL && child != NULL;
         child = child->next) {
        out->at[n++] = child;
    }
    return out->at != NULL && out->is_taken != NULL;
}

/* NOLINTNEXTLINE(misc-no-recursion) */
static void compare_lists(struct differ *differ, const struct step *up, const struct tree *said,
                          const struct tree *derived)
{
    struct pairing pairing;
    if (!pairing_of(&pairing, differ->arena, derived)) {
        differ->out->status = AMICUS_MEMORY;
        return;
    }
    struct step step = {.up = up};
    uint32_t from = 0;
    for (const struct tree *child = said->first; child != NULL; child = child->next, step.index++) {
        const uint32_t at = find_match(&pairing, child, from);
        if (at == UINT32_MAX) {
            add(differ, &step, child, NULL);
            continue;
        }
        pairing.is_taken[at] = true;
        from = at + 1;
        compare(differ, &step, child, pairing.at[at]);
    }
    for (step.index = 0; step.index < pairing.count; step.index++) {
        if (!pairing.is_taken[step.index]) {
            add(differ, &step, NULL, pairing.at[step.index]);
        }
    }
}

static const struct tree *find_key(const struct tree *map, struct text key)
{
    for (const struct tree *child = map->first; child != NULL; child = child->next) {
        if (text_equal(child->key, key)) {
            return child;
        }
    }
    return NULL;
}

/* NOLINTNEXTLINE(misc-no-recursion) */
static void compare_maps(struct differ *differ, const struct step *up, const struct tree *said,
                         const struct tree *derived)
{
    for (const struct tree *child = said->first; child != NULL; child = child->next) {
        const struct step step = {.up = up, .key = child->key};
        const struct tree *other = find_key(derived, child->key);
        if (differ->left_out != NULL && text_is(child->key, differ->left_out)) {
            continue;
        }
        if (other == NULL) {
            add(differ, &step, child, NULL);
        } else {
            compare(differ, &step, child, other);
        }
    }
    for (const struct tree *child = derived->first; child != NULL; child = child->next) {
        const struct step step = {.up = up, .key = child->key};
        const bool is_left_out = differ->left_out != NULL && text_is(child->key, differ->left_out);
        if (!is_left_out && find_key(said, child->key) == NULL) {
            add(differ, &step, NULL, child);
        }
    }
}

/* NOLINTNEXTLINE(misc-no-recursion) */
static void compare(struct differ *differ, const struct step *step, const struct tree *said,
                    const struct tree *derived)
{
    if (said->kind != derived->kind) {
        add(differ, step, said, derived);
    } else if (said->kind == TREE_MAP) {
        compare_maps(differ, step, said, derived);
    } else if (said->kind == TREE_LIST) {
        compare_lists(differ, step, said, derived);
    } else {
        differ->out->compared++;
        if (said->form != derived->form || !text_equal(said->text, derived->text)) {
            add(differ, step, said, derived);
        }
    }
}

struct comparison ruling_compare(struct arena *arena, const struct tree *said,
                                 const struct tree *derived, const char *const *only,
                                 const char *left_out)
{
    assert(arena != NULL && said != NULL && derived != NULL);
    assert(only == NULL || only[0] != NULL);
    struct comparison out = {.status = AMICUS_OK};
    struct differ differ = {.arena = arena, .out = &out, .left_out = left_out};
    out.differences = arena_give_array(arena, KEPT_MAX, sizeof *out.differences);
    if (out.differences == NULL) {
        out.status = AMICUS_MEMORY;
        return out;
    }
    if (only == NULL) {
        compare(&differ, NULL, said, derived);
        return out;
    }
    for (size_t i = 0; only[i] != NULL; i++) {
        const struct step step = {.key = text_of(only[i])};
        const struct tree *one = tree_find(said, only[i]);
        const struct tree *other = tree_find(derived, only[i]);
        if (one != NULL && other != NULL) {
            compare(&differ, &step, one, other);
        } else if (one != other) {
            add(&differ, &step, one, other);
        }
    }
    return out;
}
