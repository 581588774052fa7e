/*
 * The answer, on its way out.
 *
 * Files are written beside their place and put there at the end (file_io.c), so that a command that
 * fails half way leaves what was there. stdout is only flushed: its failure is found by the flush,
 * because a full disk behind a pipe must not look like success.
 */
#include "output.h"

#include <assert.h>
#include <errno.h>
#include <string.h>

static void fault(amicus_diagnostics *list, const char *path)
{
    diagnostics_add(list, AMICUS_ERROR, "U0204",
                    (struct place){path == NULL ? "(stdout)" : path, 0, 0},
                    "check the folder, its permissions and the space on its disk",
                    "cannot be written: %s", strerror(errno));
}

amicus_status outputs_open(struct outputs *out, const struct options *options, struct arena *arena,
                           amicus_diagnostics *list)
{
    assert(out != NULL && options != NULL);
    assert(arena != NULL && list != NULL);
    *out = (struct outputs){.count = 0};
    for (size_t i = 0; i < options->answer_count; i++) {
        struct output *output = &out->all[out->count];
        output->format = options->answers[i].format;
        amicus_status status = file_draft(&output->file, arena, options->answers[i].path);
        if (status != AMICUS_OK) {
            fault(list, options->answers[i].path);
            outputs_drop(out);
            return status;
        }
        out->count++;
    }
    return AMICUS_OK;
}

void output_put(struct output *output, struct text text)
{
    assert(output != NULL);
    assert(output->file.stream != NULL);
    if (text.length > 0) {
        (void)fwrite(text.at, 1, text.length, output->file.stream);
        output->has_text = true;
    }
}

amicus_status outputs_commit(struct outputs *outputs, amicus_diagnostics *list)
{
    assert(outputs != NULL);
    assert(list != NULL);
    amicus_status status = AMICUS_OK;
    for (size_t i = 0; i < outputs->count; i++) {
        struct draft_file *file = &outputs->all[i].file;
        if (file_commit(file) != AMICUS_OK) {
            fault(list, file->path);
            status = AMICUS_IO;
        }
    }
    outputs->count = 0;
    return status;
}

void outputs_drop(struct outputs *outputs)
{
    assert(outputs != NULL);
    assert(outputs->count <= ANSWERS_MAX);
    for (size_t i = 0; i < outputs->count; i++) {
        file_drop(&outputs->all[i].file);
    }
    outputs->count = 0;
}
