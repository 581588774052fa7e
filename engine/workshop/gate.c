/*
 * Gates over figures.
 *
 * Shares are compared by cross-multiplication of whole numbers: count * 10^6 against
 * millionths * cases. Of a figure in several currencies or under several outcomes all rows count.
 * A figure that does not exist is 0: the archive may hold no such case.
 */
#include "gate.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

static const char *const PLAIN[] = {"cases",  "lines",    "rejected", "limit",
                                    "burden", "conflict", "decisive", NULL};
static const char *const PREFIXES[] = {"outcome", "ground",  "rule", "flag",
                                       "reject",  "missing", NULL};
#define MILLION UINT64_C(1000000)

static amicus_status fault(const char *words, const char *what, amicus_diagnostics *list)
{
    diagnostics_add(list, AMICUS_ERROR, "B0301", (struct place){"", 0, 0},
                    "write it as rejected=0, outcome.refer<=5% or rule.np.approved>=10; "
                    "amicus help batch",
                    "'--expect %.60s': %s", words, what);
    return AMICUS_INVALID;
}

static bool is_name(struct text name)
{
    if (text_is_among(name, PLAIN)) {
        return true;
    }
    const char *dot = name.length == 0 ? NULL : memchr(name.at, '.', name.length);
    return dot != NULL && (size_t)(dot - name.at) + 1 < name.length &&
           text_is_among((struct text){name.at, (size_t)(dot - name.at)}, PREFIXES);
}

/* Read "12", "0.85", "5%", "2.5%". */
static bool take_value(struct gate *gate, struct text text)
{
    const bool is_percent = text.length > 0 && text.at[text.length - 1] == '%';
    text.length -= is_percent;
    const char *dot = text.length == 0 ? NULL : memchr(text.at, '.', text.length);
    const size_t whole = dot == NULL ? text.length : (size_t)(dot - text.at);
    uint64_t units = 0, parts = 0;
    if (!number_read(&units, (struct text){text.at, whole})) {
        return false;
    }
    gate->is_share = is_percent || dot != NULL;
    gate->count = units;
    if (!gate->is_share) {
        return true;
    }
    const size_t digits = dot == NULL ? 0 : text.length - whole - 1;
    if (digits > 4 || units > 100 || (dot != NULL && digits == 0)) {
        return false;
    }
    if (digits > 0 && !number_read(&parts, (struct text){dot + 1, digits})) {
        return false;
    }
    uint64_t scale = is_percent ? MILLION / 100 : MILLION;
    gate->millionths = units * scale;
    for (size_t i = 0; i < digits; i++) {
        scale /= 10;
    }
    gate->millionths += parts * scale;
    return gate->millionths <= MILLION;
}

amicus_status gate_read(struct gate *out, const char *words, amicus_diagnostics *list)
{
    assert(out != NULL && words != NULL);
    assert(list != NULL);
    const size_t length = strcspn(words, "=!<>");
    *out = (struct gate){.words = words, .name = {words, length}};
    if (text_is(out->name, "agree")) {
        return fault(words, "agreement needs recorded decisions, and this archive has none", list);
    }
    if (!is_name(out->name)) {
        return fault(words, "there is no such figure", list);
    }
    const char *value = order_read(words + length, &out->order);
    if (value == NULL) {
        return fault(words, "= != < <= > or >= is missing", list);
    }
    return take_value(out, text_of(value)) ? AMICUS_OK : fault(words, "the value is none", list);
}

/* Tell whether a row is of the figure. Rules are named without their rulebook. */
static bool is_of(const struct gate *gate, struct text row)
{
    const char *dot = memchr(gate->name.at, '.', gate->name.length);
    if (dot == NULL) {
        return text_equal(row, gate->name);
    }
    const size_t prefix = (size_t)(dot - gate->name.at);
    const struct text rest = {dot + 1, gate->name.length - prefix - 1};
    if (row.length <= prefix + rest.length || memcmp(row.at, gate->name.at, prefix) != 0 ||
        row.at[prefix] != '/') {
        return false;
    }
    if (prefix == 4 && memcmp(gate->name.at, "rule", 4) == 0) {
        return row.at[row.length - rest.length - 1] == '/' &&
               memcmp(row.at + row.length - rest.length, rest.at, rest.length) == 0;
    }
    const size_t end = prefix + 1 + rest.length;
    return memcmp(row.at + prefix + 1, rest.at, rest.length) == 0 &&
           (row.length == end || row.at[end] == '/');
}

static uint64_t count_of(const struct gate *gate, const struct figures *figures)
{
    uint64_t count = 0;
    if (text_is(gate->name, "lines")) {
        return figures->lines;
    }
    for (size_t i = 0; i < map_count(figures->rows); i++) {
        const struct figure *row = map_at(figures->rows, i, NULL);
        count += is_of(gate, row->name) ? row->count : 0;
    }
    return count;
}

/* No figure is so great that it differs from the bound in any order. */
static int64_t bounded(uint64_t number)
{
    return number > INT64_MAX ? INT64_MAX : (int64_t)number;
}

bool gate_holds(const struct gate *gate, const struct figures *figures, amicus_diagnostics *list)
{
    assert(gate != NULL && figures != NULL);
    assert(list != NULL);
    const uint64_t count = count_of(gate, figures);
    const uint64_t cases = text_is(gate->name, "rejected") || text_is(gate->name, "limit")
                               ? figures->lines
                               : figures_count(figures, "cases");
    const uint64_t got = gate->is_share ? count * MILLION : count;
    const uint64_t wanted = gate->is_share ? gate->millionths * cases : gate->count;
    const bool holds = order_is_met(gate->order, bounded(got), bounded(wanted));
    if (!holds) {
        diagnostics_add(list, AMICUS_ERROR, "B0302", (struct place){"", 0, 0},
                        "look at the summary, or change what is expected",
                        "'--expect %.60s' is not met: it is %" PRIu64 " of %" PRIu64, gate->words,
                        count, cases);
    }
    return holds;
}
