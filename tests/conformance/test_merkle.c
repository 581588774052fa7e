/*
 * Merkle trees of RFC 6962: published proofs, right and wrong ones, and a tree of eight leaves.
 *
 * Some of the hashes do not have 32 bytes. In a proof of inclusion that refuses it, as it does
 * where the command line reads one. One right proof of consistency compares two equal roots of 12
 * bytes: there, a short hash is filled up with zeros, which keeps equal and unequal.
 */
#include "conformance_kit.h"
#include "merkle.h"

#define LEAVES 8u

/* The tree that is built from the published leaves. */
struct small_tree {
    struct hasher hasher;
    uint8_t nodes[4][LEAVES][DIGEST_BYTES]; /* by level and index */
};

static amicus_status give_node(void *context, unsigned level, uint64_t index,
                               uint8_t out[DIGEST_BYTES])
{
    const struct small_tree *tree = context;
    suite_must(level < 4 && index < LEAVES >> level, "a node that is not complete");
    memcpy(out, tree->nodes[level][index], DIGEST_BYTES);
    return AMICUS_OK;
}

static bool read_padded(uint8_t out[DIGEST_BYTES], struct text hex)
{
    char whole[DIGEST_HEX];
    memset(whole, '0', sizeof whole);
    memcpy(whole, hex.at, hex.length < DIGEST_HEX - 1 ? hex.length : DIGEST_HEX - 1);
    return digest_read(out, (struct text){whole, DIGEST_HEX - 1});
}

static bool read_hash(const struct tree *vector, const char *key, uint8_t out[DIGEST_BYTES])
{
    return read_padded(out, tree_find(vector, key)->text);
}

static uint64_t read_number(const struct tree *vector, const char *key)
{
    return strtoull(tree_find(vector, key)->text.at, NULL, 10);
}

/* Read a proof; false if one of its hashes has no 32 bytes. */
static bool read_proof(const struct tree *vector, struct merkle_proof *out)
{
    const struct tree *list = tree_find(vector, "proof");
    out->count = 0;
    for (const struct tree *one = list->first; one != NULL; one = one->next) {
        if (out->count == MERKLE_PROOF_MAX || !read_padded(out->hashes[out->count++], one->text)) {
            return false;
        }
    }
    return true;
}

static bool holds_inclusion(struct hasher *hasher, const struct tree *vector)
{
    uint8_t leaf[DIGEST_BYTES];
    uint8_t root[DIGEST_BYTES];
    struct merkle_proof proof;
    if (!digest_read(leaf, tree_find(vector, "leaf")->text) ||
        !digest_read(root, tree_find(vector, "root")->text) || !read_proof(vector, &proof)) {
        return false;
    }
    const struct merkle_membership claim = {read_number(vector, "index"),
                                            read_number(vector, "size"), leaf, root};
    return merkle_includes(hasher, &claim, proof.hashes[0], proof.count);
}

static bool holds_consistency(struct hasher *hasher, const struct tree *vector)
{
    uint8_t root1[DIGEST_BYTES];
    uint8_t root2[DIGEST_BYTES];
    struct merkle_proof proof;
    if (!read_hash(vector, "root1", root1) || !read_hash(vector, "root2", root2) ||
        !read_proof(vector, &proof)) {
        return false;
    }
    const struct merkle_growth claim = {read_number(vector, "size1"), read_number(vector, "size2"),
                                        root1, root2};
    return merkle_grows(hasher, &claim, proof.hashes[0], proof.count);
}

static void check_vectors(struct suite *suite, struct hasher *hasher, const char *path,
                          bool (*holds)(struct hasher *, const struct tree *), struct row row)
{
    const struct tree *all = tree_find(suite_tree(suite, path), "vectors");
    for (const struct tree *one = all->first; one != NULL; one = one->next) {
        const char *want = tree_is(tree_find(one, "holds"), "true") ? "holds" : "refused";
        row.cases++;
        row.passed += suite_check(suite, tree_find(one, "name")->text.at, want,
                                  holds(hasher, one) ? "holds" : "refused");
    }
    suite_row(suite, row);
}

/* Read bytes in hex, at most 16. */
static size_t read_bytes(struct text hex, char out[16])
{
    for (size_t i = 0; i < hex.length / 2; i++) {
        char digits[3] = {hex.at[2 * i], hex.at[2 * i + 1], '\0'};
        out[i] = (char)strtoul(digits, NULL, 16);
    }
    return hex.length / 2;
}

static unsigned check_hash(struct suite *suite, const char *where, const uint8_t *hash,
                           const struct tree *want)
{
    char hex[DIGEST_HEX];
    digest_write(hex, hash);
    return suite_check(suite, where, want->text.at, hex);
}

static void build(struct suite *suite, struct small_tree *tree, const struct tree *root,
                  struct row *row)
{
    unsigned at = 0;
    for (const struct tree *one = tree_find(root, "leaves")->first; one != NULL; one = one->next) {
        char bytes[16];
        size_t length = read_bytes(one->text, bytes);
        hasher_leaf(&tree->hasher, tree->nodes[0][at++], (struct text){bytes, length});
    }
    unsigned level = 0;
    for (const struct tree *row_of = tree_find(root, "levels")->first; row_of != NULL;
         row_of = row_of->next, level++) {
        unsigned index = 0;
        for (const struct tree *want = row_of->first; want != NULL; want = want->next, index++) {
            if (level > 0) {
                hasher_node(&tree->hasher, tree->nodes[level][index],
                            tree->nodes[level - 1][2 * index],
                            tree->nodes[level - 1][2 * index + 1]);
            }
            row->cases++;
            row->passed += check_hash(suite, "node", tree->nodes[level][index], want);
        }
    }
}

/* Every root, and every proof between all sizes, of the eight leaves. */
static void check_tree(struct suite *suite, struct small_tree *tree)
{
    const struct tree *root = suite_tree(suite, "merkle/tree8.json");
    const struct merkle_tree face = {tree, give_node, &tree->hasher};
    struct row nodes = {"merkle nodes of eight leaves", 0, 0, 0, ""};
    struct row roots = {"merkle roots by size", 0, 0, 0, ""};
    struct row own = {"merkle own proofs, all sizes", 0, 0, 0, "made and checked here"};
    uint8_t at[LEAVES + 1][DIGEST_BYTES];
    struct merkle_proof proof;
    build(suite, tree, root, &nodes);
    const struct tree *want = tree_find(root, "roots")->first;
    for (unsigned size = 0; size <= LEAVES; size++, want = want->next) {
        suite_must(merkle_root(&face, size, at[size]) == AMICUS_OK, "a root");
        roots.cases++;
        roots.passed += check_hash(suite, "root", at[size], want);
        for (unsigned i = 0; i < size; i++) {
            const struct merkle_membership claim = {i, size, tree->nodes[0][i], at[size]};
            const struct merkle_growth growth = {i + 1, size, at[i + 1], at[size]};
            suite_must(merkle_inclusion(&proof, &face, i, size) == AMICUS_OK, "a proof");
            own.cases += 2;
            own.passed += merkle_includes(&tree->hasher, &claim, proof.hashes[0], proof.count);
            suite_must(merkle_consistency(&proof, &face, i + 1, size) == AMICUS_OK, "a proof");
            own.passed += merkle_grows(&tree->hasher, &growth, proof.hashes[0], proof.count);
        }
    }
    suite_row(suite, nodes);
    suite_row(suite, roots);
    suite_row(suite, own);
}

int main(int count, char **words)
{
    struct suite suite;
    static struct small_tree tree;
    suite_open(&suite, count, words);
    check_vectors(&suite, &tree.hasher, "merkle/inclusion.json", holds_inclusion,
                  (struct row){"merkle inclusion", 0, 0, 0, ""});
    check_vectors(&suite, &tree.hasher, "merkle/consistency.json", holds_consistency,
                  (struct row){"merkle consistency", 0, 0, 0, ""});
    check_tree(&suite, &tree);
    return suite_close(&suite);
}
