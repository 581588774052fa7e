/*
 * Facts and evidence as branches, the same in every outline that speaks of a ruling.
 */
#include "cited.h"

#include "exhibit.h"

#include <assert.h>

/* What a read says, where it has a value. */
static struct text read_says(struct outline *outline, const struct amicus_case *subject,
                             const struct read *read)
{
    if (read->fact == FACT_NONE) {
        return text_of("the list is empty");
    }
    if (!exhibit_has_value(&read->value)) {
        return (struct text){NULL, 0};
    }
    struct text value = exhibit_value(outline->arena, subject, read->fact, &read->value);
    return read->is_usable
               ? value
               : outline_putf(outline, "%.*s (not enough at standard %s)", (int)value.length,
                              value.length ? value.at : "", proof_name((enum proof)read->proof));
}

struct branch *cited_read(struct outline *outline, struct branch *parent, const char *kind,
                          const struct amicus_ruling *ruling, const struct read *read)
{
    assert(outline != NULL && parent != NULL && kind != NULL);
    assert(ruling != NULL && read != NULL);
    struct branch *branch = outline_add(outline, parent, kind);
    branch->name =
        exhibit_path(outline->arena, ruling->subject, read->record, read->fact, read->kind);
    branch->state = text_of(standing_name((enum standing)read->value.standing));
    branch->ink = exhibit_ink(read->value.standing);
    branch->says = read_says(outline, ruling->subject, read);
    return branch;
}

void cited_evidence(struct outline *outline, struct branch *parent,
                    const struct amicus_ruling *ruling, struct span span, uint32_t most)
{
    assert(outline != NULL && parent != NULL);
    assert(ruling != NULL);
    for (uint32_t i = 0; i < span.count && i < most; i++) {
        uint32_t record = ruling->evidence[span.first + i];
        struct exhibit exhibit = exhibit_of(outline->arena, ruling->subject, record);
        struct branch *branch = outline_add(outline, parent, "evidence");
        branch->name = exhibit.id;
        branch->state = exhibit.kind;
        branch->says = outline_putf(outline, "%.*s%s%.*s", (int)exhibit.when.length,
                                    exhibit.when.length ? exhibit.when.at : "",
                                    exhibit.when.length ? "  " : "", (int)exhibit.quote.length,
                                    exhibit.quote.length ? exhibit.quote.at : "");
    }
    if (span.count > most) {
        struct branch *branch = outline_add(outline, parent, "more");
        branch->name = outline_putf(outline, "and %u more", (unsigned)(span.count - most));
    }
}
