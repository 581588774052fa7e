/*
 * For tests of a reader of trees: a text goes in, a tree or its faults come out.
 *
 * A test says which reader it tries before it includes this: TREE_READER is tree_read_json or
 * tree_read_yaml, TREE_NAME what its input is called, TREE_IS_JSON whether it is JSON.
 */
#ifndef TREE_KIT_H
#define TREE_KIT_H

#include "suite.h"
#include "yaml_tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A tree that was read, or what was wrong. */
struct reading {
    amicus_status status;
    const struct tree *root;
    amicus_diagnostics *list;
    struct arena *arena;
};

static struct reading read_bytes(const char *bytes, size_t length)
{
    struct reading reading = {.status = AMICUS_INTERNAL};
    if (arena_open(&reading.arena, (size_t)64 << 20) != AMICUS_OK ||
        amicus_diagnostics_open(&reading.list) != AMICUS_OK) {
        exit(2);
    }
    struct tree_source source =
        tree_source_of(TREE_NAME, (struct text){bytes, length}, TREE_IS_JSON);
    reading.status = TREE_READER(&reading.root, reading.arena, &source, reading.list);
    return reading;
}

static void reading_close(struct reading *reading)
{
    arena_close(reading->arena);
    amicus_diagnostics_close(reading->list);
}

static void check_fault(const char *text, const char *code, uint32_t line, uint32_t column)
{
    struct reading reading = read_bytes(text, strlen(text));
    const amicus_diagnostic *first = amicus_diagnostics_find(reading.list, 0);
    CU_ASSERT_NOT_EQUAL(reading.status, AMICUS_OK);
    CU_ASSERT_PTR_NOT_NULL_FATAL(first);
    CU_ASSERT_STRING_EQUAL(first->code, code);
    CU_ASSERT_EQUAL(first->line, line);
    CU_ASSERT_EQUAL(first->column, column);
    CU_ASSERT_STRING_EQUAL(first->file, TREE_NAME);
    CU_ASSERT_TRUE(strlen(first->mend) > 0);
    if (first->line != line || first->column != column || strcmp(first->code, code) != 0) {
        (void)printf("  %u:%u %s %s <- %s\n", (unsigned)first->line, (unsigned)first->column,
                     first->code, first->what, text);
    }
    reading_close(&reading);
}

/* Make `count` times a piece between a head and a tail, and read it. */
static struct reading read_many(const char *head, const char *piece, size_t count, const char *tail)
{
    size_t length = strlen(head) + strlen(piece) * count + strlen(tail);
    char *bytes = malloc(length + 1);
    if (bytes == NULL) {
        exit(2);
    }
    char *at = bytes;
    memcpy(at, head, strlen(head));
    at += strlen(head);
    for (size_t i = 0; i < count; i++) {
        memcpy(at, piece, strlen(piece));
        at += strlen(piece);
    }
    memcpy(at, tail, strlen(tail) + 1);
    struct reading reading = read_bytes(bytes, length);
    free(bytes);
    return reading;
}

static void check_bound(struct reading reading, bool is_within, const char *code)
{
    CU_ASSERT_EQUAL(reading.status, is_within ? AMICUS_OK : AMICUS_LIMIT);
    if (!is_within) {
        CU_ASSERT_STRING_EQUAL(amicus_diagnostics_find(reading.list, 0)->code, code);
    }
    reading_close(&reading);
}

#endif
