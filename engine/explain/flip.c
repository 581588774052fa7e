/*
 * The search for flips: sets of one, of two, then of three moves, by trials; then each find the
 * long way round.
 *
 * A set is minimal if none of its proper subsets flips; so moves that flip alone take no part in
 * pairs, and pairs that flip take none in triples. Two moves need no trial together if the decision
 * with one of them does not look at the fact of the other: then nothing but the first matters, and
 * that was tried. This, and the cells of numbers, are why all pairs can be tried: where every fact
 * has all its moves, a pair that was not found does not exist.
 *
 * The long way round: the edits are written as a person types them, read, made into a case by the
 * builder of cases, and that is decided in full, with its own trials. It differs from a trial where
 * a statement gets another standing than was wanted, or where what is missing then decides. A find
 * that does not pass is dropped.
 *
 * INVARIANT: nothing here changes the ruling; its JSON and its digest are the same before and
 * after.
 *
 * Cost: a trial a set, some ten microseconds; each flip that is shown two to seven decisions with
 * the building of a case.
 */
#include "flip.h"

#include "case_edit.h"
#include "exhibit.h"
#include "move.h"

#include <assert.h>
#include <string.h>

/* What was found by trials. */
struct find {
    uint32_t chosen[FLIP_PARTS];
    uint32_t count;
    uint64_t key;
    uint8_t weakest;
};

struct search_work {
    struct flips *out;
    const struct amicus_ruling *ruling;
    const struct flip_wish *wish;
    struct arena *arena;
    struct moves moves;
    struct find *finds;
    size_t find_count, find_capacity;
    bool *alone;     /* by move: it does what is wanted by itself */
    uint64_t *pairs; /* bit set over pairs of moves that do; NULL: none was kept */
    amicus_status status;
};

/* --- the long way round --- */

/* What an edited case gets. */
struct verdict {
    bool is_possible, differs, differs_in_outcome;
    uint8_t outcome;
    amicus_division totals;
};

static void compare(struct verdict *verdict, const struct amicus_ruling *before,
                    const struct amicus_ruling *after)
{
    verdict->is_possible = true;
    verdict->outcome = after->outcome;
    verdict->totals = after->totals;
    verdict->differs_in_outcome =
        after->item_count != before->item_count || after->outcome != before->outcome;
    for (uint32_t i = 0; !verdict->differs_in_outcome && i < after->item_count; i++) {
        verdict->differs_in_outcome = before->items[i].outcome != after->items[i].outcome;
    }
    verdict->differs = verdict->differs_in_outcome;
    for (uint32_t i = 0; !verdict->differs && i < after->item_count; i++) {
        const amicus_division *a = &before->items[i].division;
        const amicus_division *b = &after->items[i].division;
        verdict->differs = a->to_freelancer_minor != b->to_freelancer_minor ||
                           a->to_client_minor != b->to_client_minor ||
                           a->stays_held_minor != b->stays_held_minor;
    }
}

static amicus_status read_edit(struct case_edit *edit, struct arena *arena,
                               const struct flip_part *part, amicus_diagnostics *list)
{
    const struct place place = {.file = part->option};
    if (strcmp(part->option, "set") == 0) {
        return case_edit_read(edit, arena, part->edit, place, list);
    }
    const bool is_unset = strcmp(part->option, "unset") == 0;
    *edit = (struct case_edit){
        .kind = is_unset ? CASE_EDIT_UNSET : CASE_EDIT_WITHOUT, .path = part->edit, .place = place};
    return AMICUS_OK;
}

/* Build the edited case, and decide it. A case that cannot be is no failure. */
static void decide_edited(struct verdict *verdict, struct search_work *work,
                          const struct case_edit *edits, uint32_t count, amicus_diagnostics *list)
{
    struct amicus_case *edited = NULL;
    struct amicus_ruling *ruling = NULL;
    amicus_status status = case_edit(&edited, work->ruling->subject, edits, count, list);
    if (status == AMICUS_OK) {
        status =
            decide_case(&ruling, work->ruling->rulebook, edited, &work->ruling->instants, list);
    }
    if (status == AMICUS_OK) {
        compare(verdict, work->ruling, ruling);
    } else if (status != AMICUS_INVALID) {
        work->status = status;
    }
    amicus_ruling_close(ruling);
    case_close(edited);
}

/* Decide with parts chosen by a bit set. */
static struct verdict judge(struct search_work *work, const struct flip_part *parts, unsigned set)
{
    struct verdict verdict = {.is_possible = false};
    struct case_edit edits[FLIP_PARTS];
    uint32_t count = 0;
    amicus_diagnostics *list;
    amicus_status status = amicus_diagnostics_open(&list);
    if (status != AMICUS_OK) {
        work->status = status;
        return verdict;
    }
    for (unsigned i = 0; i < FLIP_PARTS && status == AMICUS_OK; i++) {
        if ((set & (1u << i)) != 0) {
            status = read_edit(&edits[count++], work->arena, &parts[i], list);
        }
    }
    if (status == AMICUS_OK) {
        decide_edited(&verdict, work, edits, count, list);
    }
    amicus_diagnostics_close(list);
    return verdict;
}

/* --- changes in words --- */

static struct text end_text(struct search_work *work, struct builder *builder)
{
    struct text text = {NULL, 0};
    if (builder_end(&text, builder) != AMICUS_OK) {
        work->status = AMICUS_MEMORY;
        return text_of("");
    }
    return text;
}

static struct text path_of(struct search_work *work, uint32_t record, uint32_t fact)
{
    struct builder builder;
    builder_start(&builder, work->arena);
    case_write_path(&builder, work->ruling->subject, record, fact);
    return end_text(work, &builder);
}

static struct text value_text(struct search_work *work, uint32_t fact, struct value value)
{
    return exhibit_value(work->arena, work->ruling->subject, fact, &value);
}

/* What a cell of a number is, seen from what the number is now. */
static struct text say_cell(struct search_work *work, const struct moved *moved,
                            const struct move *move)
{
    const struct value *now = &work->ruling->work->values[moved->slot];
    const bool is_time = move->value.type == TYPE_INSTANT || move->value.type == TYPE_DATE;
    const bool is_up = move->value.as.n > now->as.n;
    struct value far = move->value;
    far.as.n = is_up ? move->most : move->least;
    const bool has_far = is_up ? move->has_most : move->has_least;
    struct builder builder;
    builder_start(&builder, work->arena);
    builder_put(&builder, value_text(work, moved->fact, move->value));
    if (has_far && far.as.n != move->value.as.n) {
        builder_puts(&builder, is_up ? " up to " : " down to ");
        builder_put(&builder, value_text(work, moved->fact, far));
    } else if (!has_far) {
        builder_puts(&builder, is_up ? (is_time ? " or later" : " or more")
                                     : (is_time ? " or earlier" : " or less"));
    }
    return end_text(work, &builder);
}

static struct text say_move(struct search_work *work, const struct moved *moved,
                            const struct move *move)
{
    if (move->value.standing == STANDING_UNKNOWN) {
        return text_of("not known");
    }
    if (move->value.standing == STANDING_ABSENT) {
        return text_of("none");
    }
    return move->has_least || move->has_most ? say_cell(work, moved, move)
                                             : value_text(work, moved->fact, move->value);
}

/* Whether statements of a slot differ. */
static bool is_denied(const struct amicus_case *subject, uint32_t slot)
{
    const struct slot *row = &subject->slots[slot];
    bool is_one = false;
    for (uint32_t i = 1; i < row->statement_count; i++) {
        is_one |= !value_equal(&subject->statements[row->first_statement].value,
                               &subject->statements[row->first_statement + i].value);
    }
    return is_one;
}

static struct flip_part part_of(struct search_work *work, uint32_t chosen)
{
    const struct move *move = &work->moves.all[chosen];
    const struct moved *moved = &work->moves.facts[move->at];
    const struct amicus_case *subject = work->ruling->subject;
    const struct text path = path_of(work, moved->record, moved->fact);
    struct flip_part part = {.option = "set",
                             .edit = path,
                             .path = layout_visible(work->arena, path),
                             .says = say_move(work, moved, move),
                             .standing = moved->standing,
                             .is_denied = is_denied(subject, moved->slot),
                             .record = moved->record,
                             .fact = moved->fact};
    if (move->value.standing == STANDING_UNKNOWN) {
        part.option = "unset";
        return part;
    }
    struct builder builder;
    builder_start(&builder, work->arena);
    builder_put(&builder, path);
    builder_putc(&builder, '=');
    if (move->value.standing == STANDING_ABSENT) {
        builder_puts(&builder, "absent");
    } else {
        case_write_value(&builder, subject, &subject->vocabulary->facts[moved->fact], &move->value);
    }
    part.edit = end_text(work, &builder);
    return part;
}

/* --- the search --- */

static bool is_wanted(const struct search_work *work, const uint32_t *chosen, uint32_t count,
                      uint64_t key)
{
    return moves_differ(&work->moves, chosen, count, key) &&
           (!work->wish->has_outcome || moves_outcome(key) == work->wish->outcome);
}

/* How weak a standing is as a ground: what nobody says is as weak as what is contested. */
static uint8_t weakness(uint8_t standing)
{
    return standing == STANDING_ABSENT ? (uint8_t)STANDING_ESTABLISHED : standing;
}

/* Keep what was found, unless the same facts give the same already. */
static void keep(struct search_work *work, const uint32_t *chosen, uint32_t count, uint64_t key)
{
    const struct move *all = work->moves.all;
    struct find find = {.count = count, .key = key, .weakest = STANDING_ESTABLISHED};
    memcpy(find.chosen, chosen, count * sizeof *chosen);
    for (uint32_t i = 0; i < count; i++) {
        const uint8_t own = weakness(work->moves.facts[all[chosen[i]].at].standing);
        find.weakest = own < find.weakest ? own : find.weakest;
    }
    for (size_t i = work->find_count; i > 0 && work->finds[i - 1].count == count; i--) {
        const struct find *old = &work->finds[i - 1];
        bool is_same = old->key == key;
        for (uint32_t n = 0; is_same && n < count; n++) {
            is_same = all[old->chosen[n]].at == all[chosen[n]].at;
        }
        if (is_same) {
            return;
        }
    }
    void *finds = work->finds;
    const amicus_status status = arena_grow(work->arena, &finds, &work->find_capacity,
                                            work->find_count, sizeof *work->finds);
    work->finds = finds;
    if (status != AMICUS_OK) {
        work->status = status;
        return;
    }
    work->finds[work->find_count++] = find;
}

static void search_singles(struct search_work *work)
{
    const struct moves *moves = &work->moves;
    for (uint32_t at = 0; at < moves->fact_count; at++) {
        const struct moved *moved = &moves->facts[at];
        bool matters = false;
        for (uint32_t i = moved->first; i < moved->first + moved->count; i++) {
            work->alone[i] = is_wanted(work, &i, 1, moves->all[i].key);
            if (work->alone[i]) {
                keep(work, &i, 1, moves->all[i].key);
                matters = true;
            }
        }
        work->out->matter += matters ? 1 : 0;
        work->out->inexact += moved->is_exact && !moved->is_leaking ? 0 : 1;
    }
    work->out->tried[0] = (uint32_t)moves->count;
    work->out->is_whole[0] = !moves->is_cut;
}

static bool reads(const struct move *move, uint32_t at)
{
    return (move->reads[at / 64] >> (at % 64) & 1) != 0;
}

/* Whether two moves can do together what none of them does alone. */
static bool can_join(const struct search_work *work, uint32_t a, uint32_t b)
{
    const struct move *all = work->moves.all;
    return all[a].at != all[b].at && !work->alone[a] && !work->alone[b] &&
           reads(&all[a], all[b].at) && reads(&all[b], all[a].at);
}

static size_t pair_bit(const struct search_work *work, uint32_t a, uint32_t b)
{
    return (size_t)a * work->moves.count + b;
}

static bool is_pair(const struct search_work *work, uint32_t a, uint32_t b)
{
    const size_t bit = pair_bit(work, a, b);
    return (work->pairs[bit / 64] >> (bit % 64) & 1) != 0;
}

static void try_set(struct search_work *work, const uint32_t *chosen, uint32_t count)
{
    uint64_t key;
    const amicus_status status = moves_try(&key, &work->moves, chosen, count);
    if (status != AMICUS_OK) {
        work->status = status;
        return;
    }
    work->out->tried[count - 1]++;
    if (!is_wanted(work, chosen, count, key)) {
        return;
    }
    if (count == 2) {
        const size_t bit = pair_bit(work, chosen[0], chosen[1]);
        work->pairs[bit / 64] |= UINT64_C(1) << (bit % 64);
    }
    keep(work, chosen, count, key);
}

static void search_pairs(struct search_work *work)
{
    const uint32_t count = (uint32_t)work->moves.count;
    for (uint32_t a = 0; a < count && work->status == AMICUS_OK; a++) {
        for (uint32_t b = a + 1; b < count && work->status == AMICUS_OK; b++) {
            if (!can_join(work, a, b)) {
                continue;
            }
            if (work->out->tried[1] >= work->wish->pairs) {
                return;
            }
            try_set(work, (const uint32_t[]){a, b}, 2);
        }
    }
    work->out->is_whole[1] = work->out->is_whole[0];
}

/* Whether the decision with one of two moves looks at the fact of the other. */
static unsigned links(const struct search_work *work, uint32_t a, uint32_t b)
{
    const struct move *all = work->moves.all;
    return reads(&all[a], all[b].at) || reads(&all[b], all[a].at) ? 1 : 0;
}

/* Whether two moves may be parts of a triple: neither does what is wanted, nor do both. */
static bool can_share(const struct search_work *work, uint32_t a, uint32_t b)
{
    const struct move *all = work->moves.all;
    return all[a].at != all[b].at && !work->alone[a] && !work->alone[b] && !is_pair(work, a, b);
}

/* Complete a pair to triples. Of three that act together, one is linked to both others. returns
 * false when the trials ran out. */
static bool search_thirds(struct search_work *work, uint32_t a, uint32_t b)
{
    for (uint32_t c = b + 1; c < work->moves.count && work->status == AMICUS_OK; c++) {
        if (!can_share(work, a, c) || !can_share(work, b, c) ||
            links(work, a, b) + links(work, a, c) + links(work, b, c) < 2) {
            continue;
        }
        if (work->out->tried[2] >= work->wish->triples) {
            return false;
        }
        try_set(work, (const uint32_t[]){a, b, c}, 3);
    }
    return true;
}

static void search_triples(struct search_work *work)
{
    const uint32_t count = (uint32_t)work->moves.count;
    for (uint32_t a = 0; a < count && work->status == AMICUS_OK; a++) {
        for (uint32_t b = a + 1; b < count && work->status == AMICUS_OK; b++) {
            if (can_share(work, a, b) && !search_thirds(work, a, b)) {
                return;
            }
        }
    }
}

/* --- what is shown --- */

static bool passes(const struct search_work *work, const struct verdict *verdict, bool is_leaking)
{
    const bool differs = is_leaking ? verdict->differs_in_outcome : verdict->differs;
    return verdict->is_possible && differs &&
           (!work->wish->has_outcome || verdict->outcome == work->wish->outcome);
}

static bool leaks(const struct search_work *work, const struct find *find)
{
    bool is_one = false;
    for (uint32_t i = 0; i < find->count; i++) {
        is_one |= work->moves.facts[work->moves.all[find->chosen[i]].at].is_leaking;
    }
    return is_one;
}

static void add_flip(struct search_work *work, const struct flip *flip)
{
    if (work->out->count < work->wish->most) {
        work->out->all[work->out->count++] = *flip;
    }
}

/* Decide a find again, and each of its proper subsets. */
static void confirm(struct search_work *work, const struct find *find)
{
    struct flip flip = {.count = find->count, .weakest = find->weakest};
    const bool is_leaking = leaks(work, find);
    for (uint32_t i = 0; i < find->count; i++) {
        flip.parts[i] = part_of(work, find->chosen[i]);
    }
    const unsigned whole = (1u << find->count) - 1;
    const struct verdict verdict = judge(work, flip.parts, whole);
    bool is_flip = passes(work, &verdict, is_leaking);
    for (unsigned set = 1; is_flip && set < whole; set++) {
        const struct verdict part = judge(work, flip.parts, set);
        is_flip = !passes(work, &part, false);
    }
    flip.outcome = verdict.outcome;
    flip.totals = verdict.totals;
    if (is_flip && work->status == AMICUS_OK) {
        add_flip(work, &flip);
    }
}

static void confirm_size(struct search_work *work, uint32_t size)
{
    for (uint8_t standing = STANDING_UNKNOWN; standing <= STANDING_ESTABLISHED; standing++) {
        for (size_t i = 0; i < work->find_count && work->status == AMICUS_OK; i++) {
            const struct find *find = &work->finds[i];
            if (find->count != size || find->weakest != standing) {
                continue;
            }
            if (work->out->count >= work->wish->most) {
                work->out->more++;
            } else {
                confirm(work, find);
            }
        }
    }
}

/* Leave out each piece of evidence that a fact rests on which was looked at. */
static void try_evidence(struct search_work *work)
{
    const struct amicus_case *subject = work->ruling->subject;
    const uint32_t kind = subject->vocabulary->evidence_kind;
    if (kind == KIND_NONE) {
        return;
    }
    for (uint32_t i = 0; i < subject->lists[kind].count && work->status == AMICUS_OK; i++) {
        const struct record *record = &subject->records[subject->lists[kind].first + i];
        struct flip flip = {.count = 1, .weakest = STANDING_ESTABLISHED};
        flip.parts[0] = (struct flip_part){.option = "without",
                                           .edit = record->id,
                                           .path = layout_visible(work->arena, record->id),
                                           .says = text_of("left out"),
                                           .standing = STANDING_ESTABLISHED,
                                           .record = subject->lists[kind].first + i,
                                           .fact = FACT_NONE};
        const struct verdict verdict = judge(work, flip.parts, 1);
        flip.outcome = verdict.outcome;
        flip.totals = verdict.totals;
        if (passes(work, &verdict, false)) {
            add_flip(work, &flip);
        }
    }
}

static amicus_status search(struct search_work *work)
{
    const size_t moves = work->moves.count;
    work->alone = arena_give_array(work->arena, moves + 1, sizeof *work->alone);
    work->pairs = arena_give_array(work->arena, moves * moves / 64 + 1, sizeof *work->pairs);
    work->out->all = arena_give_array(work->arena, work->wish->most, sizeof *work->out->all);
    if (work->alone == NULL || work->pairs == NULL || work->out->all == NULL) {
        return AMICUS_MEMORY;
    }
    search_singles(work);
    confirm_size(work, 1);
    if (work->wish->has_evidence) {
        try_evidence(work);
    }
    if (work->status == AMICUS_OK && work->wish->pairs > 0) {
        search_pairs(work);
        confirm_size(work, 2);
    }
    if (work->status == AMICUS_OK && work->wish->triples > 0 && work->out->is_whole[1]) {
        search_triples(work);
        confirm_size(work, 3);
    }
    return work->status;
}

amicus_status flips_find(struct flips *out, const struct amicus_ruling *ruling,
                         const struct flip_wish *wish, struct arena *arena)
{
    assert(out != NULL && ruling != NULL);
    assert(wish != NULL && wish->most > 0 && wish->singles > 0);
    *out = (struct flips){.has_wish = wish->has_outcome};
    struct search_work work = {.out = out, .ruling = ruling, .wish = wish, .arena = arena};
    work.status = moves_find(&work.moves, ruling, wish->singles, arena);
    out->facts = work.moves.fact_count;
    out->left_out = work.moves.left_out;
    const amicus_status status = work.status == AMICUS_OK ? search(&work) : work.status;
    out->is_proven = out->inexact == 0 && out->left_out == 0;
    moves_close(&work.moves);
    return status;
}
