/*
 * The name of a rule's file, without folders and ending, is the ground that its rules are on.
 */
#include "ground.h"

#include "image_reads.h"

#include <assert.h>
#include <string.h>

static void say_unknown(struct session *session, const struct fact *fact, const char *name)
{
    struct builder builder;
    struct text mend;
    amicus_diagnostics *list;
    builder_start(&builder, session->arena);
    builder_puts(&builder, "write one of: ");
    for (uint32_t i = 0; fact != NULL && i < fact->member_count; i++) {
        builder_puts(&builder, i > 0 ? ", " : "");
        builder_put(&builder, fact->members[i].name);
    }
    if (builder_end(&mend, &builder) != AMICUS_OK || amicus_diagnostics_open(&list) != AMICUS_OK) {
        return;
    }
    diagnostics_add(list, AMICUS_ERROR, "U0402", (struct place){"", 0, 0}, mend.at,
                    "nothing is called '%.60s' there", name);
    session_say_list(session, list, &(struct report_sources){.name = NULL});
    amicus_diagnostics_close(list);
}

bool ground_member(uint32_t *out, struct session *session, const struct vocabulary *vocabulary,
                   uint32_t fact, const char *name)
{
    assert(out != NULL && session != NULL);
    assert(vocabulary != NULL && name != NULL);
    const struct fact *row = fact == FACT_NONE ? NULL : &vocabulary->facts[fact];
    const uint32_t member = row == NULL ? UINT32_MAX : fact_member(row, text_of(name));
    if (member == UINT32_MAX) {
        say_unknown(session, row, name);
        return false;
    }
    *out = member;
    return true;
}

/* The name of a file without its folders and its ending. */
static struct text stem_of(struct text path)
{
    size_t start = path.length;
    while (start > 0 && path.at[start - 1] != '/') {
        start--;
    }
    const struct text name = {path.at + start, path.length - start};
    const char *dot = memchr(name.at, '.', name.length);
    return dot == NULL ? name : (struct text){name.at, (size_t)(dot - name.at)};
}

void ground_mark(bool *marks, const struct image *image, struct text ground)
{
    assert(marks != NULL && image != NULL);
    assert(ground.length > 0);
    for (uint32_t i = 0; i < image->rule_count; i++) {
        const struct file_row *file = &image->files[image->rules[i].origin.file];
        if (text_equal(stem_of(image_text(image, file->path)), ground)) {
            image_mark_rule(marks, image, i);
        }
    }
}
