/*
 * Where the tables of an image are.
 *
 * One list of rows, pointers and counts serves the seal that fills a block and the file that keeps
 * one, so a table that is added here is copied, kept and read back.
 */
#include "image_table.h"

#include <assert.h>
#include <string.h>

/* Tables that have no count in struct image. */
#define NO_COUNT SIZE_MAX

struct layout {
    size_t row_bytes;
    size_t rows;  /* offset of the pointer in struct image */
    size_t count; /* offset of the count, or NO_COUNT */
};

#define TABLE_OF(rows, count)                                                                      \
    {                                                                                              \
        sizeof(*((const struct image *)NULL)->rows), offsetof(struct image, rows),                 \
            offsetof(struct image, count)                                                          \
    }
#define TABLE_BESIDE(rows)                                                                         \
    {                                                                                              \
        sizeof(*((const struct image *)NULL)->rows), offsetof(struct image, rows), NO_COUNT        \
    }

static const struct layout LAYOUTS[TABLE_COUNT] = {
    [TABLE_NODES] = TABLE_OF(nodes, node_count),
    [TABLE_ARGS] = TABLE_OF(args, arg_count),
    [TABLE_INDICES] = TABLE_OF(indices, index_count),
    [TABLE_HOLIDAYS] = TABLE_OF(holidays, holiday_count),
    [TABLE_TEMPLATES] = TABLE_OF(templates, template_count),
    [TABLE_PIECES] = TABLE_OF(pieces, piece_count),
    [TABLE_FILES] = TABLE_OF(files, file_count),
    [TABLE_SOURCES] = TABLE_OF(sources, source_count),
    [TABLE_PROVISIONS] = TABLE_OF(provisions, provision_count),
    [TABLE_PARAMS] = TABLE_OF(params, param_count),
    [TABLE_VERSIONS] = TABLE_OF(versions, version_count),
    [TABLE_READINGS] = TABLE_OF(readings, reading_count),
    [TABLE_CALENDARS] = TABLE_OF(calendars, calendar_count),
    [TABLE_ISSUES] = TABLE_OF(issues, issue_count),
    [TABLE_ISSUE_ORDER] = TABLE_BESIDE(issue_order),
    [TABLE_RULES] = TABLE_OF(rules, rule_count),
    [TABLE_REMEDIES] = TABLE_OF(remedies, remedy_count),
    [TABLE_FALLBACKS] = TABLE_OF(fallbacks, fallback_count),
    [TABLE_FLAGS] = TABLE_OF(flags, flag_count),
    [TABLE_NEXTS] = TABLE_OF(nexts, next_count),
    [TABLE_DERIVED] = TABLE_OF(derived, derived_count),
    [TABLE_DERIVED_OF] = TABLE_BESIDE(derived_of),
    [TABLE_PREDICATES] = TABLE_OF(predicates, predicate_count),
    [TABLE_OUTCOME_RANKS] = TABLE_BESIDE(outcome_ranks),
    [TABLE_POOL] = TABLE_OF(pool, pool_bytes),
};

size_t table_row_bytes(enum table table)
{
    assert(table < TABLE_COUNT);
    assert(LAYOUTS[table].row_bytes > 0);
    return LAYOUTS[table].row_bytes;
}

size_t table_block_bytes(enum table table, size_t count)
{
    assert(table < TABLE_COUNT);
    assert(count <= UINT32_MAX);
    return (count * LAYOUTS[table].row_bytes + 7u) & ~(size_t)7u;
}

const void *image_table_rows(const struct image *image, enum table table)
{
    assert(image != NULL);
    assert(table < TABLE_COUNT);
    const void *rows = NULL;
    memcpy(&rows, (const char *)image + LAYOUTS[table].rows, sizeof rows);
    return rows;
}

uint32_t image_table_count(const struct image *image, enum table table)
{
    assert(image != NULL && image->vocabulary != NULL);
    assert(table < TABLE_COUNT);
    if (LAYOUTS[table].count == NO_COUNT) {
        return table == TABLE_ISSUE_ORDER  ? image->issue_count
               : table == TABLE_DERIVED_OF ? image->vocabulary->fact_count
                                           : OUTCOME_COUNT;
    }
    uint32_t count = 0;
    memcpy(&count, (const char *)image + LAYOUTS[table].count, sizeof count);
    return count;
}

void image_table_set(struct image *image, enum table table, const void *rows, uint32_t count)
{
    assert(image != NULL);
    assert(table < TABLE_COUNT);
    memcpy((char *)image + LAYOUTS[table].rows, &rows, sizeof rows);
    if (LAYOUTS[table].count != NO_COUNT) {
        memcpy((char *)image + LAYOUTS[table].count, &count, sizeof count);
    }
}
