/*
 * Reports of tests, for people and for programs.
 *
 * Every format tells the same exams in the same order. Names and values are foreign texts and are
 * made visible; JSON escapes by its own rules.
 */
#ifndef EXAM_REPORT_H
#define EXAM_REPORT_H

#include "exam.h"
#include "layout.h"

/* The coverage of one rulebook. */
struct coverage_report {
    struct text book; /* its name */
    struct coverage_count count;
    struct gap_rows gaps;
};

struct exam_report {
    const struct exam *exams; /* suite by suite */
    uint32_t count;
    const struct coverage_report *coverages;
    uint32_t coverage_count; /* 0: not wanted */
};

/* Write the page for a policy author: a line for each suite, what failed with the least difference,
 * what waits, the coverage, and the count. */
void exams_write_text(struct builder *builder, const struct exam_report *report, struct look look);

/* Write a line for each test, each difference and each gap, for grep. */
void exams_write_plain(struct builder *builder, const struct exam_report *report);

/* Write canonical JSON of schema amicus.tests/1. */
void exams_write_json(struct builder *builder, const struct exam_report *report);

/* Write a line of JSON for each test, and one for the whole. */
void exams_write_ndjson(struct builder *builder, const struct exam_report *report);

/* Write JUnit's XML: a testsuite for each suite, a skipped test for each that waits. */
void exams_write_junit(struct builder *builder, const struct exam_report *report);

/* Write the Test Anything Protocol, version 14. */
void exams_write_tap(struct builder *builder, const struct exam_report *report);

/* Write what failed as annotations of a workflow, and one summary. */
void exams_write_github(struct builder *builder, const struct exam_report *report);

/* Write a difference in one line: "outcome: want split, got refund_full". */
void difference_write(struct builder *builder, const struct difference *difference);

/* Write "99 tests: 98 passed, 1 failed". */
void exams_write_count(struct builder *builder, struct exam_count count);

#endif
