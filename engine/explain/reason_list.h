/*
 * Reasons, one by one: from a finding to a sentence with its grounds. Inside of explain only;
 * readers use reasons.h.
 */
#ifndef REASON_LIST_H
#define REASON_LIST_H

#include "reasons.h"

/* What is being explained, and where its texts live. */
struct reason_work {
    const struct amicus_ruling *ruling;
    const struct image *image;
    const struct amicus_case *subject;
    struct arena *arena;
    bool failed; /* memory failed: what was made since is not whole */
};

/* End a builder of the work's arena; empty text and `failed` if memory fails. */
struct text reason_text(struct reason_work *work, struct builder *builder);

/* A visible text of the rulebook. */
struct text reason_words(struct reason_work *work, text_at at);

/* Zeroed memory of the work's arena; NULL and `failed` if there is none. */
void *reason_give(struct reason_work *work, size_t count, size_t each_bytes);

/* Give a reason its grounds: evidence first, then facts that have none behind them. */
void reason_ground(struct reason_work *work, struct reason *reason, struct span looks);

/*
 * Make the reasons of findings, in their order, up to a cap; what the same rule says in the same
 * words of several records is one reason.
 *
 * is_against  they speak against the outcome: each says how it stands
 */
struct reason_list reason_list_of(struct reason_work *work, const uint32_t *findings,
                                  uint32_t count, bool is_against);

/* Tell whether a read is of the same fact, or of the same list, as another. */
bool reason_is_same_read(const struct read *a, const struct read *b);

/* Make a remedy that rests on no finding its own reason, and add it. */
void reason_list_add_remedy(struct reason_work *work, struct reason_list *list,
                            const struct item_result *item);

/* Add a last reason for evidence that only the remedy itself read, such as what a set-off is
 * computed from; nothing is added where every piece behind it is quoted in the list already. */
void reason_list_add_amount(struct reason_work *work, struct reason_list *list,
                            const struct item_result *item);

/* Tell whether two lists say the same. */
bool reason_list_equal(const struct reason_list *a, const struct reason_list *b);

#endif
