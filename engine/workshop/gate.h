/*
 * Gates: what the figures of a batch must be, as `--expect rejected=0` says it.
 */
#ifndef GATE_H
#define GATE_H

#include "expression.h"
#include "figures.h"

struct gate {
    const char *words; /* as it was written */
    struct text name;  /* of the figures: "rejected", "outcome/refer" */
    enum sense order;
    uint64_t millionths; /* of a share */
    uint64_t count;
    bool is_share;
};

/*
 * Read an expectation: NAME ORDER VALUE. NAME is cases, lines, rejected, limit, burden, conflict,
 * decisive; or outcome.O, ground.G, rule.R, flag.F, reject.C, missing.F. ORDER is = != < <= > >=.
 * VALUE is a whole number of cases; or a share of all cases: 0.85 or 85%.
 *
 * list     receives B0301
 * returns  OK; INVALID
 */
AMICUS_MUST_CHECK amicus_status gate_read(struct gate *out, const char *words,
                                          amicus_diagnostics *list);

/* Tell whether figures meet it; if not, say so in list as B0302. */
bool gate_holds(const struct gate *gate, const struct figures *figures, amicus_diagnostics *list);

#endif
