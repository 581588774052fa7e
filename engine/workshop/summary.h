/*
 * The summary of a batch: its figures, for people, programs and spreadsheets.
 */
#ifndef SUMMARY_H
#define SUMMARY_H

#include "figures.h"
#include "layout.h"

struct summary {
    const struct figures *figures;
    struct text run; /* id */
    uint32_t shards; /* of a merge; 0: not one. It is talk, and no report tells it */
    bool is_proved;  /* lines and hash were compared with what the archive must hold */
};

/* For people, on a page. */
void summary_write_text(struct builder *builder, const struct summary *summary, struct look look);

/* One figure a line, for grep: "outcome release_full USD: 12 cases, held 1200.00, ...". */
void summary_write_plain(struct builder *builder, const struct summary *summary);

/* JSON of one line, schema amicus.report/1. */
void summary_write_json(struct builder *builder, const struct summary *summary);

/* One table: figure, name, outcome, currency, cases and money. */
void summary_write_csv(struct builder *builder, const struct summary *summary);

/* Tables of Markdown. */
void summary_write_md(struct builder *builder, const struct summary *summary);

/* One page without scripts or anything from elsewhere, with plots. */
void summary_write_html(struct builder *builder, const struct summary *summary);

/* What the writers share. */

/* The parts of a figure's name between slashes. */
struct name_parts {
    struct text at[4];
    size_t count;
};
struct name_parts parts_of(struct text name);

/* The packed currency of a name's last part; 0 if it is "-". */
uint16_t part_currency(struct text part);

/* A table of figures: those whose names start with a word. */
struct section {
    const char *prefix;  /* "outcome" */
    const char *title;   /* "Outcomes" */
    const char *list;    /* its key in JSON: "outcomes" */
    const char *keys[3]; /* of the parts behind the prefix, ended by NULL */
    bool has_money;
};
#define SECTION_COUNT 7u
extern const struct section sections[SECTION_COUNT];

/* The rows of a section, out of sorted rows; by count, then by name, if `by_count`. */
struct section_rows {
    const struct figure **rows;
    size_t count;
};
struct section_rows section_of(const struct summary *summary, const struct section *section,
                               struct arena *arena, bool by_count);

/* How many thousandths of the cases; rounded down. */
unsigned permille_of(uint64_t part, uint64_t whole);

extern const char *const sum_keys[SUM_COUNT]; /* "held", "to_freelancer", ... */

#endif
