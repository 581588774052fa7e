/*
 * The records below `some` and `every`: those that might be what is wanted and are not, or that are
 * and should not be.
 */
#include "grounds_part.h"

#include <assert.h>

/* Records of a list that a reader is shown. */
static const uint32_t RECORDS_MOST = 3;

/* What one record of a list makes of it. */
struct element {
    const struct condition *where, *body; /* NULL: there is none, or it was not evaluated */
    uint32_t record;
};

static struct element next_element(const struct node *node, const struct condition **part)
{
    struct element element = {NULL, NULL, (*part)->element};
    while (*part != NULL && (*part)->element == element.record && (*part)->is_needed) {
        const bool is_where = (*part)->node == node->b && node->b != NODE_NONE;
        element.where = is_where ? *part : element.where;
        element.body = is_where ? element.body : *part;
        *part = (*part)->next;
    }
    return element;
}

/* Whether a record is a reason why a quantifier is not as it is wanted: it might be a witness but
 * is none, or it is one that should not be. */
static bool is_relevant(const struct node *node, const struct element *element, bool wanted)
{
    const bool is_out = element->where != NULL && kleene_of(element->where->value) == KLEENE_FALSE;
    if ((node->op == NODE_SOME) == wanted) {
        return node->op == NODE_SOME || !is_out;
    }
    return !is_out && (element->body == NULL || !condition_is_met(element->body, wanted));
}

/* NOLINTNEXTLINE(misc-no-recursion) */
static void add_element(struct grounds *grounds, struct branch *parent,
                        const struct element *element, bool wanted)
{
    struct branch *branch = outline_add(grounds->outline, parent, "record");
    struct builder builder;
    builder_start(&builder, grounds->outline->arena);
    case_write_record(&builder, grounds->tracing.ruling->subject, element->record);
    branch->name = outline_visible(grounds->outline, outline_text(grounds->outline, &builder));
    const bool was_nested = grounds->is_nested;
    grounds->is_nested = true;
    if (element->where != NULL && kleene_of(element->where->value) != KLEENE_TRUE) {
        branch->state = text_of(grounds->is_brief ? "not counted" : "not_counted");
        grounds_add_parts(grounds, branch, element->where, true);
    }
    if (element->body != NULL) {
        grounds_add_parts(grounds, branch, element->body, wanted);
    }
    grounds->is_nested = was_nested;
}

static void add_empty(struct grounds *grounds, struct branch *parent, uint32_t kind)
{
    const struct amicus_case *subject = grounds->tracing.ruling->subject;
    for (uint32_t k = 0; k < subject->vocabulary->kind_count; k++) {
        if (k != KIND_ROOT && kind_is(subject->vocabulary, k, kind) &&
            !subject->vocabulary->kinds[k].is_union && subject->lists[k].count == 0) {
            const bool is_closed = subject->lists[k].is_closed;
            struct branch *branch = outline_add(grounds->outline, parent, "read");
            branch->name = subject->vocabulary->kinds[k].list;
            branch->state = text_of(standing_name(is_closed ? STANDING_ABSENT : STANDING_UNKNOWN));
            branch->says = text_of(is_closed ? "the list is empty"
                                             : "the list is empty, and may not be complete");
        }
    }
}

/* NOLINTNEXTLINE(misc-no-recursion) */
void grounds_add_elements(struct grounds *grounds, struct branch *parent,
                          const struct condition *condition, bool wanted)
{
    assert(grounds != NULL && parent != NULL);
    assert(condition != NULL);
    const struct node *node = grounds_node(grounds, condition);
    const struct condition *part = condition->first;
    add_empty(grounds, parent, (uint32_t)node->k);
    while (part != NULL && part->is_needed) {
        const struct element element = next_element(node, &part);
        if (is_relevant(node, &element, wanted)) {
            add_element(grounds, parent, &element, wanted);
        }
    }
    if (grounds->is_brief) {
        outline_trim(grounds->outline, parent, RECORDS_MOST);
    }
}
