/*
 * Counting rulings.
 *
 * Most cases are counted under some tens of names, and making a name costs more than adding to it.
 * So each book has a desk of pointers to rows of the figures, by the number of the rule, fact,
 * ground or outcome; a name is made when its row is used first. Currencies have a drawer each: most
 * archives know one.
 *
 * A rule counts once a case, however many items it applied to.
 */
#include "census.h"

#include "money.h"

#include <assert.h>
#include <stdio.h>

#define GROUNDS_MAX 63u
/* Eight steps for each of 63 octaves. */
#define STEPS_MAX   504u

/* Rows of one currency. */
struct drawer {
    uint16_t currency;
    char code[4];
    struct figure *outcomes[OUTCOME_COUNT];
    struct figure *grounds[GROUNDS_MAX][OUTCOME_COUNT];
    struct figure *held[STEPS_MAX];
    struct drawer *next;
};

/* Rows of one book. */
struct desk {
    struct drawer *drawers; /* the one used last stands first */
    struct figure **rules;
    uint64_t *rule_cases; /* by rule: the last case in which it applied */
    struct figure **facts;
};

struct census {
    const struct bookshelf *shelf;
    struct figures figures;
    struct desk *desks;
    struct figure *cases, *burden, *conflict, *decisive;
    uint64_t number; /* of the case */
};

struct figures *census_figures(struct census *census)
{
    assert(census != NULL);
    assert(census->figures.arena != NULL);
    return &census->figures;
}

static amicus_status open_desk(struct desk *desk, const struct shelf_book *book,
                               struct arena *arena)
{
    const struct image *image = &book->rulebook->image;
    desk->rules = arena_give_array(arena, image->rule_count, sizeof(struct figure *));
    desk->rule_cases = arena_give_array(arena, image->rule_count, sizeof *desk->rule_cases);
    desk->facts = arena_give_array(arena, image->vocabulary->fact_count, sizeof(struct figure *));
    return desk->rules == NULL || desk->rule_cases == NULL || desk->facts == NULL ? AMICUS_MEMORY
                                                                                  : AMICUS_OK;
}

amicus_status census_open(struct census **out, const struct bookshelf *shelf, struct arena *arena)
{
    assert(out != NULL && shelf != NULL);
    assert(arena != NULL);
    struct census *census = arena_give(arena, sizeof *census);
    *out = census;
    if (census == NULL) {
        return AMICUS_MEMORY;
    }
    census->shelf = shelf;
    census->desks = arena_give_array(arena, shelf->count, sizeof *census->desks);
    amicus_status status = figures_start(&census->figures, arena);
    if (status != AMICUS_OK || census->desks == NULL) {
        return AMICUS_MEMORY;
    }
    for (uint32_t i = 0; i < shelf->count && status == AMICUS_OK; i++) {
        status = open_desk(&census->desks[i], &shelf->books[i], arena);
    }
    census->cases = figures_row(&census->figures, text_of("cases"));
    census->burden = figures_row(&census->figures, text_of("burden"));
    census->conflict = figures_row(&census->figures, text_of("conflict"));
    census->decisive = figures_row(&census->figures, text_of("decisive"));
    return census->decisive == NULL ? AMICUS_MEMORY : status;
}

/* Add one to a row that is made at its first use. */
static struct figure *row_of(struct census *census, struct figure **row, const char *name)
{
    if (*row == NULL) {
        *row = figures_row(&census->figures, text_of(name));
    }
    return *row;
}

static struct drawer *drawer_of(struct census *census, struct desk *desk, uint16_t currency)
{
    struct drawer **at = &desk->drawers;
    while (*at != NULL && (*at)->currency != currency) {
        at = &(*at)->next;
    }
    struct drawer *drawer = *at;
    if (drawer != NULL) {
        *at = drawer->next;
    } else {
        drawer = arena_give(census->figures.arena, sizeof *drawer);
        if (drawer == NULL) {
            return NULL;
        }
        drawer->currency = currency;
        if (currency == 0) {
            (void)snprintf(drawer->code, sizeof drawer->code, "-");
        } else {
            currency_write(currency, drawer->code);
        }
    }
    drawer->next = desk->drawers;
    desk->drawers = drawer;
    return drawer;
}

/* The step of an amount on the logarithmic grid. */
static unsigned step_of(int64_t minor)
{
    unsigned octave = 0;
    for (uint64_t rest = (uint64_t)minor >> 1; rest > 0; rest >>= 1) {
        octave++;
    }
    const uint64_t next =
        octave < 3 ? (uint64_t)minor << (3 - octave) : (uint64_t)minor >> (octave - 3);
    return octave * 8 + (unsigned)(next & 7);
}

static bool note_money(struct census *census, struct drawer *drawer,
                       const struct amicus_ruling *ruling)
{
    char name[128];
    const char *outcome = outcome_name((enum outcome)ruling->outcome);
    const struct vocabulary *vocabulary = ruling->subject->vocabulary;
    (void)snprintf(name, sizeof name, "outcome/%s/%s", outcome, drawer->code);
    struct figure *row = row_of(census, &drawer->outcomes[ruling->outcome], name);
    if (row == NULL) {
        return false;
    }
    figure_add(row, &ruling->totals);
    if (ruling->totals.held_minor > 0) {
        const unsigned step = step_of(ruling->totals.held_minor);
        (void)snprintf(name, sizeof name, "held/%s/%03u", drawer->code, step);
        row = row_of(census, &drawer->held[step], name);
        if (row == NULL) {
            return false;
        }
        row->count++;
    }
    const struct fact *fact = vocabulary->roles.grounds == FACT_NONE
                                  ? NULL
                                  : &vocabulary->facts[vocabulary->roles.grounds];
    const struct value *value =
        fact == NULL ? NULL : case_value(ruling->subject, RECORD_ROOT, vocabulary->roles.grounds);
    if (value == NULL || value->type != TYPE_ENUMS || value->standing < STANDING_CLAIMED) {
        return true;
    }
    for (uint32_t i = 0; i < fact->member_count && i < GROUNDS_MAX; i++) {
        if ((value->as.n >> i & 1) == 0) {
            continue;
        }
        (void)snprintf(name, sizeof name, "ground/%.*s/%s/%s", (int)fact->members[i].name.length,
                       fact->members[i].name.at, outcome, drawer->code);
        row = row_of(census, &drawer->grounds[i][ruling->outcome], name);
        if (row == NULL) {
            return false;
        }
        figure_add(row, &ruling->totals);
    }
    return true;
}

static bool note_rules(struct census *census, struct desk *desk, const struct amicus_ruling *ruling)
{
    const struct image *image = &ruling->rulebook->image;
    for (uint32_t i = 0; i < ruling->finding_count; i++) {
        const struct finding *finding = &ruling->findings[i];
        if (finding->status != FINDING_APPLIED ||
            desk->rule_cases[finding->rule] == census->number) {
            continue;
        }
        desk->rule_cases[finding->rule] = census->number;
        if (desk->rules[finding->rule] == NULL) {
            char name[320];
            const struct text book = image_text(image, image->name);
            const struct text rule = image_text(image, image->rules[finding->rule].id);
            (void)snprintf(name, sizeof name, "rule/%.*s/%.*s", (int)book.length, book.at,
                           (int)rule.length, rule.at);
            if (row_of(census, &desk->rules[finding->rule], name) == NULL) {
                return false;
            }
        }
        desk->rules[finding->rule]->count++;
    }
    return true;
}

static bool note_rest(struct census *census, struct desk *desk, const struct amicus_ruling *ruling)
{
    char name[320];
    for (uint32_t i = 0; i < ruling->flag_count; i++) {
        const struct text code = ruling->flags[i].code;
        (void)snprintf(name, sizeof name, "flag/%.*s", (int)code.length, code.at);
        struct figure *row = figures_row(&census->figures, text_of(name));
        if (row == NULL) {
            return false;
        }
        row->count++;
    }
    bool is_decisive = false;
    for (uint32_t i = 0; i < ruling->missing_count; i++) {
        const struct missing_result *missing = &ruling->missing[i];
        if (!missing->could_change || missing->fact == FACT_NONE) {
            continue;
        }
        const struct text path = ruling->subject->vocabulary->facts[missing->fact].path;
        (void)snprintf(name, sizeof name, "missing/%.*s", (int)path.length, path.at);
        if (row_of(census, &desk->facts[missing->fact], name) == NULL) {
            return false;
        }
        desk->facts[missing->fact]->count++;
        is_decisive = true;
    }
    census->decisive->count += is_decisive;
    census->conflict->count += ruling->conflict_count > 0;
    return true;
}

amicus_status census_note(struct census *census, uint32_t book, const struct amicus_ruling *ruling)
{
    assert(census != NULL && ruling != NULL);
    assert(book < census->shelf->count);
    struct desk *desk = &census->desks[book];
    struct drawer *drawer = drawer_of(census, desk, ruling->currency);
    census->number++;
    census->cases->count++;
    for (uint32_t i = 0; i < ruling->item_count; i++) {
        if (ruling->items[i].on_burden) {
            census->burden->count++;
            break;
        }
    }
    if (drawer == NULL || !note_money(census, drawer, ruling) ||
        !note_rules(census, desk, ruling) || !note_rest(census, desk, ruling)) {
        return AMICUS_MEMORY;
    }
    return figures_note_id(&census->figures, ruling->subject->id);
}
