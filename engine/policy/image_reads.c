/*
 * Reads are found by walking nodes, never by looking at how a policy was written. A derived fact
 * leads on to its definition, once; a parameter to the date that picks its version. An issue that
 * is asked for is no fact: what its rules read is theirs.
 *
 * Recursion goes as deep as conditions and definitions do; both depths were bounded when the policy
 * was compiled, and a derived fact is followed only once.
 */
#include "image_reads.h"

#include <assert.h>

static void mark_anchor(bool *marks, const struct image *image, uint8_t anchor)
{
    const struct roles *roles = &image->vocabulary->roles;
    const uint32_t fact = anchor == ANCHOR_CONTRACT_FORMED ? roles->contract_formed : roles->filed;
    if (fact != FACT_NONE) {
        marks[fact] = true;
    }
}

/* NOLINTNEXTLINE(misc-no-recursion): see above. */
void image_mark_node(bool *marks, const struct image *image, uint32_t node)
{
    assert(marks != NULL && image != NULL);
    if (node == NODE_NONE) {
        return;
    }
    assert(node < image->node_count);
    const struct node *row = &image->nodes[node];
    if (row->op == NODE_FACT) {
        const uint32_t derived = image->derived_of[row->b];
        const bool is_new = !marks[row->b];
        marks[row->b] = true;
        if (is_new && derived != INDEX_NONE) {
            image_mark_node(marks, image, image->derived[derived].node);
        }
    } else if (row->op == NODE_PARAM) {
        mark_anchor(marks, image, image->params[row->a].anchor);
    }
    for (uint32_t i = 0; i < node_child_count(row); i++) {
        image_mark_node(marks, image, node_child(row, image->args, i));
    }
}

void image_mark_rule(bool *marks, const struct image *image, uint32_t rule)
{
    assert(marks != NULL && image != NULL);
    assert(rule < image->rule_count);
    const struct rule_row *row = &image->rules[rule];
    if (row->anchor != ANCHOR_NONE) {
        mark_anchor(marks, image, row->anchor);
    }
    image_mark_node(marks, image, row->when);
    image_mark_node(marks, image, row->unless);
}

void image_mark_all(bool *marks, const struct image *image)
{
    assert(marks != NULL && image != NULL);
    assert(image->vocabulary != NULL);
    for (uint32_t i = 0; i < image->rule_count; i++) {
        image_mark_rule(marks, image, i);
    }
    for (uint32_t i = 0; i < image->remedy_count; i++) {
        image_mark_node(marks, image, image->remedies[i].when);
        image_mark_node(marks, image, image->remedies[i].freelancer);
    }
    for (uint32_t i = 0; i < image->fallback_count; i++) {
        image_mark_node(marks, image, image->fallbacks[i].when);
    }
    for (uint32_t i = 0; i < image->flag_count; i++) {
        image_mark_node(marks, image, image->flags[i].when);
    }
}
