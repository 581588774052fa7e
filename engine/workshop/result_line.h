/*
 * One line for one case: what was decided, and what carries it.
 */
#ifndef RESULT_LINE_H
#define RESULT_LINE_H

#include "ruling.h"

/*
 * Write the brief form of a ruling, schema amicus.result/1, without a line end: canonical JSON with
 * the outcome, the division of each item, and the findings that applied with the evidence behind
 * them.
 */
void result_write(struct builder *builder, const struct amicus_ruling *ruling);

/* Why a line has no ruling. */
struct reject {
    struct text id;   /* empty if it is not known */
    const char *file; /* its name */
    uint64_t offset;  /* of the line in the text of the file */
    const char *code, *what, *mend;
    uint32_t line, column; /* inside a file of one case; column of a line */
    bool is_whole;         /* the file is one case */
};

/* Write what is wrong in place of a result. */
void reject_write(struct builder *builder, const struct reject *reject);

#endif
