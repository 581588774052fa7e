/*
 * The descriptions of the tables; see database.c for their columns' types.
 *
 * The order of the columns here is that of the JSON keys, which are sorted, so that one array of
 * cells serves the INSERT, the check and the line of JSON.
 */
#include "tables.h"

#include <assert.h>
#include <string.h>

#define CHECK(table, columns)                                                                      \
    "SELECT t.id, " columns ", t.payload, a.kind, a.subject, a.payload, a.actor, p.salt, p.body"   \
    " FROM " table " t LEFT JOIN audit a ON a.seq = t.id"                                          \
    " LEFT JOIN payload p ON p.id = t.id ORDER BY t.id"

#define COUNT_ROWS(table) "SELECT count(*) FROM " table

const struct kept_table kept_tables[KEPT_COUNT] = {
    [KEPT_CASE] = {"case",
                   {"case", "digest", "n"},
                   3,
                   "INSERT INTO case_version (id, case_id, digest, n, payload)"
                   " VALUES ($1, $2, $3, $4, $5)",
                   CHECK("case_version", "t.case_id, t.digest, t.n"),
                   COUNT_ROWS("case_version")},
    [KEPT_RULEBOOK] = {"rulebook",
                       {"digest", "name", "version"},
                       3,
                       "INSERT INTO rulebook (id, digest, name, version, payload)"
                       " VALUES ($1, $2, $3, $4, $5)",
                       CHECK("rulebook", "t.digest, t.name, t.version"),
                       COUNT_ROWS("rulebook")},
    [KEPT_RULING] = {"ruling",
                     {"as_of", "case", "digest", "engine", "n", "outcome", "policy_date",
                      "rulebook"},
                     8,
                     "INSERT INTO ruling (id, as_of, case_id, digest, engine, case_n, outcome,"
                     " policy_date, rulebook, payload)"
                     " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                     CHECK("ruling", "t.as_of, t.case_id, t.digest, t.engine, t.case_n, t.outcome,"
                                     " t.policy_date, t.rulebook"),
                     COUNT_ROWS("ruling")},
    [KEPT_DECISION] = {NULL,
                       {"actor", "case", "kind", "moved", "needs_second", "outcome", "reason",
                        "ruling", "supersedes"},
                       9,
                       "INSERT INTO decision (id, actor, case_id, kind, moved, needs_second,"
                       " outcome, reason, ruling_id, supersedes, payload)"
                       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                       CHECK("decision", "t.actor, t.case_id, t.kind, t.moved, t.needs_second,"
                                         " t.outcome, t.reason, t.ruling_id, t.supersedes"),
                       COUNT_ROWS("decision")},
    [KEPT_APPROVAL] = {"approval",
                       {"actor", "decision", "verdict"},
                       3,
                       "INSERT INTO approval (id, actor, decision_id, verdict, payload)"
                       " VALUES ($1, $2, $3, $4, $5)",
                       CHECK("approval", "t.actor, t.decision_id, t.verdict"),
                       COUNT_ROWS("approval")},
};

void kept_write_head(struct builder *builder, const struct kept_table *table,
                     const struct sql_value *columns)
{
    assert(builder != NULL && table != NULL);
    assert(columns != NULL && table->count <= KEPT_COLUMNS_MAX);
    for (size_t i = 0; i < table->count; i++) {
        builder_puts(builder, i == 0 ? "{\"" : ",\"");
        builder_puts(builder, table->keys[i]);
        builder_puts(builder, "\":");
        if (columns[i].type == SQL_INT) {
            builder_put_int(builder, columns[i].n);
        } else {
            builder_put_json(builder, columns[i].bytes);
        }
    }
    builder_puts(builder, "}\n");
}

/* The column of a key. */
static const struct sql_value *column_of(enum kept_kind kind, const struct sql_value *columns,
                                         const char *key)
{
    const struct kept_table *table = &kept_tables[kind];
    size_t i = 0;
    while (i < table->count && strcmp(table->keys[i], key) != 0) {
        i++;
    }
    assert(i < table->count);
    return &columns[i];
}

void kept_write_subject(struct builder *builder, enum kept_kind kind,
                        const struct sql_value *columns)
{
    assert(builder != NULL);
    assert(columns != NULL && kind < KEPT_COUNT);
    switch (kind) {
    case KEPT_CASE:
    case KEPT_RULING:
        builder_put(builder, column_of(kind, columns, "case")->bytes);
        builder_putc(builder, '/');
        builder_put_int(builder, column_of(kind, columns, "n")->n);
        break;
    case KEPT_DECISION:
        builder_put(builder, column_of(kind, columns, "case")->bytes);
        builder_puts(builder, "/ruling/");
        builder_put_int(builder, column_of(kind, columns, "ruling")->n);
        break;
    case KEPT_RULEBOOK: builder_put(builder, column_of(kind, columns, "digest")->bytes); break;
    case KEPT_APPROVAL:
        builder_puts(builder, "decision/");
        builder_put_int(builder, column_of(kind, columns, "decision")->n);
        break;
    case KEPT_COUNT: break;
    }
}

struct text kept_entry_kind(enum kept_kind kind, const struct sql_value *columns)
{
    assert(kind < KEPT_COUNT);
    assert(columns != NULL);
    const char *entry = kept_tables[kind].entry;
    return entry == NULL ? column_of(kind, columns, "kind")->bytes : text_of(entry);
}

void payload_digest(struct hasher *hasher, uint8_t out[DIGEST_BYTES],
                    const uint8_t salt[SALT_BYTES], struct text body)
{
    assert(hasher != NULL && out != NULL);
    assert(salt != NULL);
    const struct text pieces[3] = {
        TEXT("amicus.payload/1"), {(const char *)salt, SALT_BYTES}, body};
    hasher_join(hasher, out, pieces, 3);
}
