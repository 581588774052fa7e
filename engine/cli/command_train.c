/*
 * amicus train: practise on cases, scored.
 *
 * A sitting decides every case of the deck first, because what is practised is a rule, and which
 * rules decide a case is known from its ruling alone. Then, case by case: the rule at which the
 * trainee is weakest, a case that it decides and that he saw least, his answer, the journal, the
 * reasons. Nothing of a ruling is printed before the answer is on the disk, but a suggestion that
 * was drawn to be shown; some of those are wrong on purpose.
 *
 * What is drawn depends on --seed and the number of the case in the sitting; without --seed nothing
 * is drawn, and no suggestion is shown.
 */
#include "decided.h"
#include "deck.h"
#include "dialogue.h"
#include "dice.h"
#include "journal.h"
#include "lesson_page.h"
#include "money.h"
#include "sheet.h"
#include "yaml_tree.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#define DECK_MOST     1000u
#define USUAL_COUNT   10u
#define USUAL_NEW     10u
#define SHOWN_OF_100  50u
#define WRONG_OF_100  50u
#define SITTING_BYTES ((size_t)256 << 20)
#define RECALL_WANTED (SPACING_ONE * 9 / 10)

enum mode { MODE_BLIND, MODE_COACH, MODE_EXAM };
static const char *const MODES[] = {"blind", "coach", "exam"};

/* A case of the deck. */
struct exercise {
    struct decided decided;
    struct lesson lesson;
    bool is_used;           /* in this sitting */
    struct answered answer; /* once it was given */
    struct exercise *next;  /* in the order of answering */
};

struct sitting {
    struct session *session;
    struct ledger ledger;
    struct journal journal;
    struct learning progress;
    struct dialogue dialogue;
    struct arena *arena;
    struct exercise *exercises;
    size_t count;
    struct exercise *first, *last; /* answered */
    uint32_t answered, new_left, left;
    enum mode mode;
};

/* --- options --- */

static int usage(struct sitting *sitting, const char *mend, const char *option, const char *value)
{
    diagnostics_add(sitting->ledger.list, AMICUS_ERROR, "U0104", (struct place){"", 0, 0}, mend,
                    "'--%s %.60s' is not understood", option, value);
    return ledger_say(&sitting->ledger, EXIT_USAGE);
}

static int read_options(struct sitting *sitting)
{
    const struct options *options = &sitting->session->options;
    const char *mode = options_value(options, OPTION_MODE);
    const char *fresh = options_value(options, OPTION_NEW);
    sitting->left = USUAL_COUNT;
    sitting->new_left = USUAL_NEW;
    for (unsigned i = 0; mode != NULL && i < 3; i++) {
        if (strcmp(mode, MODES[i]) == 0) {
            sitting->mode = (enum mode)i;
            mode = NULL;
        }
    }
    if (mode != NULL) {
        return usage(sitting, "write blind, coach or exam", "mode", mode);
    }
    if (options_has(options, OPTION_NUMBER)) {
        sitting->left = options->number > DECK_MOST ? DECK_MOST : (uint32_t)options->number;
    }
    if (fresh != NULL) {
        uint32_t number = 0;
        const char *at = fresh;
        for (; *at >= '0' && *at <= '9' && number <= DECK_MOST; at++) {
            number = number * 10 + (uint32_t)(*at - '0');
        }
        if (at == fresh || *at != '\0') {
            return usage(sitting, "write a whole number from 0 to 1000", "new", fresh);
        }
        sitting->new_left = number;
    }
    return EXIT_DONE;
}

/* --- the deck --- */

/* The division of an item in the detail of a decision; false if it says none. */
static bool read_division(const struct tree *detail, struct text item, int64_t *freelancer,
                          int64_t *client)
{
    const struct tree *items = tree_find(detail, "items");
    uint16_t currency;
    for (const struct tree *node = items == NULL ? NULL : items->first; node != NULL;
         node = node->next) {
        const struct tree *name = tree_find(node, "item");
        const struct tree *to_freelancer = tree_find(node, "to_freelancer");
        const struct tree *to_client = tree_find(node, "to_client");
        if (name != NULL && to_freelancer != NULL && to_client != NULL &&
            text_equal(name->text, item)) {
            return money_read(freelancer, &currency, to_freelancer->text) == AMICUS_OK &&
                   money_read(client, &currency, to_client->text) == AMICUS_OK;
        }
    }
    return false;
}

static void take_divisions(struct sitting *sitting, struct lesson *lesson, struct text detail)
{
    const struct amicus_ruling *ruling = lesson->ruling;
    const struct tree *root = NULL;
    struct tree_source source = tree_source_of("", detail, true);
    if (tree_read_json(&root, sitting->arena, &source, sitting->ledger.list) != AMICUS_OK) {
        return;
    }
    for (uint32_t i = 0; i < ruling->item_count; i++) {
        const uint32_t record = ruling->items[i].record;
        const struct text item =
            record == RECORD_ROOT ? text_of("case") : ruling->subject->records[record].id;
        int64_t freelancer, client;
        if (read_division(root, item, &freelancer, &client)) {
            lesson->to_freelancer[i] = freelancer;
            lesson->to_client[i] = client;
        }
    }
}

/* What people decided on the case goes before what the rules suggest. */
static int take_decision(struct sitting *sitting, struct lesson *lesson)
{
    struct kept_decision decision;
    if (sitting->ledger.store == NULL) {
        return EXIT_DONE;
    }
    const enum store_status status = store_find_standing(
        sitting->ledger.store, lesson->ruling->subject->id, sitting->arena, &decision);
    if (status == STORE_NONE) {
        return EXIT_DONE;
    }
    const enum outcome outcome =
        status == STORE_OK ? outcome_find(decision.outcome) : OUTCOME_COUNT;
    if (status == STORE_OK && decision.id != 0 && decision.state == STANDS_IN_FORCE &&
        outcome != OUTCOME_COUNT) {
        lesson->outcome = outcome;
        lesson->is_decided = true;
        take_divisions(sitting, lesson, decision.detail);
    }
    return ledger_fail(&sitting->ledger, status);
}

static int open_exercise(struct sitting *sitting, const char *path)
{
    struct exercise *exercise = &sitting->exercises[sitting->count++];
    int code = decided_open(&exercise->decided, sitting->session, path);
    if (code == EXIT_DONE) {
        code = exit_of(lesson_of(&exercise->lesson, exercise->decided.ruling, sitting->arena));
    }
    return code == EXIT_DONE ? take_decision(sitting, &exercise->lesson) : code;
}

/* Decide the whole deck. A case that is refused is said, and left out. */
static int open_deck(struct sitting *sitting)
{
    struct inputs inputs;
    int code = deck_open(&inputs, sitting->session,
                         options_value(&sitting->session->options, OPTION_DECK));
    if (code == EXIT_DONE && inputs.count > DECK_MOST) {
        diagnostics_add(sitting->ledger.list, AMICUS_ERROR, "U0503", (struct place){"", 0, 0},
                        "name a smaller deck", "a deck has at most %u cases, and this has %zu",
                        DECK_MOST, inputs.count);
        return ledger_say(&sitting->ledger, EXIT_INPUT);
    }
    if (code != EXIT_DONE) {
        return code;
    }
    sitting->exercises =
        arena_give_array(sitting->arena, inputs.count + 1, sizeof *sitting->exercises);
    if (sitting->exercises == NULL) {
        return EXIT_AGAIN;
    }
    for (size_t i = 0; i < inputs.count; i++) {
        code = open_exercise(sitting, inputs.paths[i]);
        if (code != EXIT_DONE) {
            session_note(sitting->session, code);
            decided_close(&sitting->exercises[--sitting->count].decided);
        }
    }
    return EXIT_DONE;
}

/* --- what comes next --- */

/* How much a rule needs practice: 0 not now; else the more, the greater. A rule that is due comes
 * before one that was never tried. */
static int64_t need_of(const struct sitting *sitting, struct text rule)
{
    const struct skill *skill = learning_skill(&sitting->progress, rule);
    if (skill == NULL) {
        return sitting->new_left > 0 ? 1 : 0;
    }
    const int64_t recall = spacing_recall(&skill->spacing, sitting->ledger.now_s);
    const bool is_due = spacing_due(&skill->spacing) <= sitting->ledger.now_s;
    return is_due ? 2 + SPACING_ONE - (recall > RECALL_WANTED ? RECALL_WANTED : recall) : 0;
}

/* The greatest need of the rules that decide a case. A case that no rule decides is practised
 * once, as if it were a new rule. */
static int64_t need_of_case(const struct sitting *sitting, const struct exercise *exercise)
{
    const struct lesson *lesson = &exercise->lesson;
    int64_t most = 0;
    for (uint32_t i = 0; i < lesson->finding_count; i++) {
        const int64_t need = need_of(sitting, lesson_rule(lesson, lesson->findings[i]));
        most = need > most ? need : most;
    }
    if (lesson->finding_count == 0 && sitting->new_left > 0) {
        most = learning_seen(&sitting->progress, lesson->ruling->subject->id) == 0;
    }
    return most;
}

/* The case for the greatest need; of those that serve it alike the one that was seen least, then
 * the first of the deck. NULL: nothing is due. */
static struct exercise *choose(struct sitting *sitting)
{
    struct exercise *best = NULL;
    int64_t best_need = 0;
    uint32_t best_seen = 0;
    for (size_t i = 0; i < sitting->count; i++) {
        struct exercise *exercise = &sitting->exercises[i];
        const int64_t need = exercise->is_used ? 0 : need_of_case(sitting, exercise);
        const uint32_t seen =
            learning_seen(&sitting->progress, exercise->lesson.ruling->subject->id);
        if (need > best_need || (need > 0 && need == best_need && seen < best_seen)) {
            best = exercise;
            best_need = need;
            best_seen = seen;
        }
    }
    if (best != NULL) {
        best->is_used = true;
        sitting->new_left -= best_need == 1;
    }
    return best;
}

/* --- pages --- */

/* Write an outline to every output, and let it be seen at once. */
static int put(struct sitting *sitting, const struct outline *outline, const char *schema)
{
    struct outputs *outputs = &sitting->session->outputs;
    int code = outline_end(outline) == AMICUS_OK ? EXIT_DONE : EXIT_AGAIN;
    for (size_t i = 0; i < outputs->count && code == EXIT_DONE; i++) {
        code = session_put_outline(sitting->session, &outputs->all[i], outline, schema);
        (void)fflush(outputs->all[i].file.stream);
    }
    return code;
}

static int put_case(struct sitting *sitting, const struct exercise *exercise)
{
    struct outputs *outputs = &sitting->session->outputs;
    int code = EXIT_DONE;
    for (size_t i = 0; i < outputs->count && code == EXIT_DONE; i++) {
        struct output *output = &outputs->all[i];
        struct outline outline;
        outline_start(&outline, exercise->decided.intake.arena, "case");
        code = exit_of(
            sheet_of(&outline, exercise->decided.intake.subject, output->format == FORMAT_HUMAN));
        if (code == EXIT_DONE) {
            code = session_put_outline(sitting->session, output, &outline, "amicus.sheet/1");
            (void)fflush(output->file.stream);
        }
    }
    return code;
}

/* Draw whether a suggestion is shown, and which. */
static void draw_suggestion(const struct sitting *sitting, struct exercise *exercise)
{
    static const enum outcome LIKELY[] = {OUTCOME_RELEASE_FULL, OUTCOME_REFUND_FULL, OUTCOME_SPLIT,
                                          OUTCOME_REQUEST_EVIDENCE};
    struct dice dice;
    struct shown_suggestion *shown = &exercise->answer.suggestion;
    *shown = (struct shown_suggestion){.outcome = exercise->lesson.outcome};
    if (!options_has(&sitting->session->options, OPTION_SEED)) {
        return;
    }
    dice_start(&dice, sitting->session->options.seed, sitting->answered);
    shown->is_shown = dice_chance(&dice, SHOWN_OF_100);
    shown->is_wrong = shown->is_shown && dice_chance(&dice, WRONG_OF_100);
    while (shown->is_wrong && shown->outcome == exercise->lesson.outcome) {
        shown->outcome = LIKELY[dice_below(&dice, 4)];
    }
}

static int put_before(struct sitting *sitting, struct exercise *exercise)
{
    struct outline outline;
    int code = put_case(sitting, exercise);
    if (code == EXIT_DONE && sitting->mode == MODE_COACH) {
        outline_start(&outline, sitting->arena, "hints");
        lesson_write_hints(&outline, &exercise->lesson);
        code = put(sitting, &outline, "amicus.hints/1");
    }
    draw_suggestion(sitting, exercise);
    if (code == EXIT_DONE && exercise->answer.suggestion.is_shown) {
        outline_start(&outline, sitting->arena, "suggestion");
        lesson_write_suggestion(&outline, &exercise->lesson, &exercise->answer.suggestion);
        code = put(sitting, &outline, "amicus.hints/1");
    }
    return code;
}

static int put_feedback(struct sitting *sitting, const struct exercise *exercise)
{
    struct outline outline;
    const amicus_status status = ruling_fill(exercise->decided.ruling);
    outline_start(&outline, sitting->arena, "lesson");
    lesson_write_feedback(&outline, &exercise->answer);
    return status == AMICUS_OK ? put(sitting, &outline, "amicus.lesson/1") : exit_of(status);
}

static int put_progress(struct sitting *sitting)
{
    struct outline outline;
    outline_start(&outline, sitting->arena, "progress");
    lesson_write_progress(&outline, &sitting->progress, sitting->ledger.now_s);
    return put(sitting, &outline, "amicus.progress/1");
}

/* --- a sitting --- */

/* Put an answer into the journal, then into what is known of the trainee. */
static int keep(struct sitting *sitting, struct exercise *exercise)
{
    const struct lesson *lesson = &exercise->lesson;
    struct answered *answer = &exercise->answer;
    struct journal_entry entry = {
        .at_s = sitting->ledger.now_s,
        .case_id = lesson->ruling->subject->id,
        .mode = text_of(MODES[sitting->mode]),
        .expected = lesson->outcome,
        .given = answer->attempt.outcome,
        .is_decided = lesson->is_decided,
        .percent = answer->attempt.percent,
        .found = answer->mark.found,
        .wanted = answer->mark.wanted,
        .off_minor = answer->mark.off_minor,
        .grade = answer->mark.grade,
        .was_shown = answer->suggestion.is_shown,
        .was_wrong = answer->suggestion.is_wrong,
        .was_followed =
            answer->suggestion.is_shown && answer->suggestion.outcome == answer->attempt.outcome,
    };
    for (uint32_t i = 0; i < lesson->finding_count && entry.rule_count < ENTRY_RULES_MAX; i++) {
        const struct text rule = lesson_rule(lesson, lesson->findings[i]);
        bool is_new = true;
        for (uint32_t j = 0; j < entry.rule_count; j++) {
            is_new = is_new && !text_equal(entry.rules[j], rule);
        }
        entry.rules[entry.rule_count] = rule;
        entry.rule_count += is_new;
    }
    const int code = journal_add(&sitting->journal, &entry);
    return code == EXIT_DONE ? exit_of(learning_add(&sitting->progress, &entry)) : code;
}

/* One case. EXIT_NOTHING: the input has ended. */
static int practise(struct sitting *sitting, struct exercise *exercise)
{
    struct answered *answer = &exercise->answer;
    int code = put_before(sitting, exercise);
    if (code == EXIT_DONE) {
        code =
            dialogue_read(&sitting->dialogue, &exercise->lesson, sitting->arena, &answer->attempt);
    }
    if (code != EXIT_DONE) {
        return code;
    }
    answer->lesson = &exercise->lesson;
    answer->mark = lesson_mark(&exercise->lesson, &answer->attempt);
    answer->progress = &sitting->progress;
    answer->now_s = sitting->ledger.now_s;
    code = keep(sitting, exercise);
    if (code == EXIT_DONE) {
        sitting->answered++;
        *(sitting->last == NULL ? &sitting->first : &sitting->last->next) = exercise;
        sitting->last = exercise;
    }
    return code == EXIT_DONE && sitting->mode != MODE_EXAM ? put_feedback(sitting, exercise) : code;
}

static int sit(struct sitting *sitting)
{
    int code = EXIT_DONE;
    for (; sitting->left > 0 && code == EXIT_DONE; sitting->left--) {
        struct exercise *exercise = choose(sitting);
        if (exercise == NULL) {
            session_say(sitting->session,
                        text_of("nothing else is due; --new takes up more rules\n"));
            break;
        }
        code = practise(sitting, exercise);
    }
    code = code == EXIT_NOTHING ? EXIT_DONE : code;
    const bool is_exam = sitting->mode == MODE_EXAM;
    for (struct exercise *at = sitting->first; at != NULL && is_exam && code == EXIT_DONE;
         at = at->next) {
        code = put_feedback(sitting, at);
    }
    if (code == EXIT_DONE && sitting->answered == 0 && sitting->left > 0 && sitting->count == 0) {
        return EXIT_NOTHING;
    }
    return code == EXIT_DONE ? put_progress(sitting) : code;
}

int command_train(struct session *session)
{
    assert(session != NULL);
    assert(session->options.operand_count == 0);
    struct sitting sitting = {.session = session, .dialogue = dialogue_start(session)};
    int code = ledger_open(&sitting.ledger, session, LEDGER_TRY);
    if (code == EXIT_DONE && arena_open(&sitting.arena, SITTING_BYTES) != AMICUS_OK) {
        code = EXIT_AGAIN;
    }
    if (code == EXIT_DONE) {
        code = read_options(&sitting);
    }
    if (code == EXIT_DONE) {
        code = exit_of(learning_start(&sitting.progress, sitting.arena));
    }
    if (code == EXIT_DONE) {
        code = journal_open(&sitting.journal, &sitting.ledger, &sitting.progress);
    }
    if (code == EXIT_DONE && options_has(&session->options, OPTION_STATS)) {
        code = put_progress(&sitting);
    } else if (code == EXIT_DONE) {
        code = open_deck(&sitting);
        code = code == EXIT_DONE ? sit(&sitting) : code;
    }
    for (size_t i = 0; i < sitting.count; i++) {
        decided_close(&sitting.exercises[i].decided);
    }
    arena_close(sitting.arena);
    ledger_close(&sitting.ledger);
    return exit_worst(code, session->worst);
}
