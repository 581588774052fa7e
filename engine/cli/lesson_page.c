/*
 * The pages of training.
 *
 * Everything is an outline, so that each format of the program can write it. Days are counted from
 * now and not named by date: what is printed for the same answers is the same on every day.
 */
#include "lesson_page.h"

#include "exhibit.h"
#include "reasons.h"

#include <assert.h>

#define DAY_S INT64_C(86400)

static struct branch *add(struct outline *outline, struct branch *parent, const char *kind,
                          struct text name, struct text state)
{
    struct branch *branch = outline_add(outline, parent, kind);
    branch->name = name;
    branch->state = state;
    return branch;
}

static struct text item_name(const struct amicus_ruling *ruling, uint32_t item)
{
    const uint32_t record = ruling->items[item].record;
    return record == RECORD_ROOT ? text_of("case") : ruling->subject->records[record].id;
}

/* "0.85", with so many decimals. */
static struct text number(struct outline *outline, int64_t millionths, unsigned decimals)
{
    struct builder builder;
    builder_start(&builder, outline->arena);
    score_write(&builder, millionths, decimals);
    return outline_text(outline, &builder);
}

static struct text percent(struct outline *outline, int64_t millionths)
{
    struct builder builder;
    builder_start(&builder, outline->arena);
    score_write_percent(&builder, millionths);
    return outline_text(outline, &builder);
}

static struct text fixed(struct outline *outline, int64_t value)
{
    return number(outline, value * 1000 / (SPACING_ONE / 1000), 2);
}

/* --- before the answer --- */

void lesson_write_hints(struct outline *outline, const struct lesson *lesson)
{
    assert(outline != NULL && lesson != NULL);
    assert(lesson->evidence != NULL);
    const struct amicus_ruling *ruling = lesson->ruling;
    const struct image *image = &ruling->rulebook->image;
    outline->root.name = text_of("hints");
    for (uint32_t i = 0; i < lesson->issue_count; i++) {
        const struct issue_result *result = &ruling->issues[lesson->issues[i]];
        const struct issue_row *row = &image->issues[result->issue];
        struct branch *branch = add(outline, &outline->root, "issue", image_text(image, row->name),
                                    text_of(party_name((enum party)result->burden)));
        branch->says = image_text(image, row->title);
    }
    (void)add(outline, &outline->root, "evidence", text_of("evidence"),
              outline_putf(outline, "%u pieces decide", (unsigned)lesson->evidence_count));
}

void lesson_write_suggestion(struct outline *outline, const struct lesson *lesson,
                             const struct shown_suggestion *suggestion)
{
    assert(outline != NULL && lesson != NULL);
    assert(suggestion != NULL && suggestion->is_shown);
    outline->root.name = text_of("suggestion");
    outline->root.state = text_of(outcome_name(suggestion->outcome));
    outline->root.says = text_of("it may be wrong: decide for yourself");
}

/* --- after it --- */

static void write_money(struct outline *outline, const struct answered *answered)
{
    const struct lesson *lesson = answered->lesson;
    const struct amicus_ruling *ruling = lesson->ruling;
    for (uint32_t i = 0; i < ruling->item_count && ruling->currency != 0; i++) {
        const int64_t want[] = {lesson->to_freelancer[i], lesson->to_client[i]};
        const int64_t got[] = {answered->attempt.to_freelancer[i], answered->attempt.to_client[i]};
        struct text words[4];
        for (size_t j = 0; j < 2; j++) {
            words[j] = exhibit_money(outline->arena, want[j], ruling->currency);
            words[2 + j] = exhibit_money(outline->arena, got[j], ruling->currency);
        }
        const bool is_same = want[0] == got[0] && want[1] == got[1];
        struct branch *branch =
            add(outline, &outline->root, "money", outline_visible(outline, item_name(ruling, i)),
                text_of(is_same ? "right" : "differs"));
        branch->ink = is_same ? INK_GOOD : INK_BAD;
        branch->says = outline_putf(outline, "freelancer %.*s, client %.*s", (int)words[0].length,
                                    words[0].at, (int)words[1].length, words[1].at);
        if (!is_same) {
            branch->says =
                outline_putf(outline, "%.*s; you said freelancer %.*s, client %.*s",
                             (int)branch->says.length, branch->says.at, (int)words[2].length,
                             words[2].at, (int)words[3].length, words[3].at);
        }
    }
}

static void write_evidence(struct outline *outline, struct branch *parent,
                           const struct answered *answered, uint32_t record)
{
    const struct lesson *lesson = answered->lesson;
    const bool is_cited = attempt_cites(&answered->attempt, record);
    const struct exhibit exhibit = exhibit_of(outline->arena, lesson->ruling->subject, record);
    struct branch *branch =
        add(outline, parent, "evidence", exhibit.id, text_of(is_cited ? "cited" : "missed"));
    branch->ink = is_cited ? INK_GOOD : INK_BAD;
    branch->says = outline_putf(outline, "%.*s%s%.*s", (int)exhibit.kind.length,
                                exhibit.kind.length > 0 ? exhibit.kind.at : "",
                                exhibit.quote.length > 0 ? "  " : "", (int)exhibit.quote.length,
                                exhibit.quote.length > 0 ? exhibit.quote.at : "");
}

/* The findings in the order in which they carry the outcome. */
static void write_findings(struct outline *outline, const struct answered *answered)
{
    const struct lesson *lesson = answered->lesson;
    const struct image *image = &lesson->ruling->rulebook->image;
    for (uint32_t i = 0; i < lesson->finding_count; i++) {
        const struct finding *finding = &lesson->ruling->findings[lesson->findings[i]];
        const struct rule_row *row = &image->rules[finding->rule];
        struct branch *branch =
            add(outline, &outline->root, "finding", lesson_rule(lesson, lesson->findings[i]),
                text_of(i == lesson->decisive ? "decisive" : "carries it"));
        branch->ink = i == lesson->decisive ? INK_STRONG : INK_PLAIN;
        branch->says =
            outline_visible(outline, finding->because.length > 0 ? finding->because
                                                                 : image_text(image, row->title));
        branch->clause = image_text(image, row->clause);
    }
    struct branch *all = add(outline, &outline->root, "evidence", text_of("evidence"),
                             outline_putf(outline, "%u of %u cited", (unsigned)answered->mark.found,
                                          (unsigned)answered->mark.wanted));
    for (uint32_t i = 0; i < lesson->evidence_count; i++) {
        write_evidence(outline, all, answered, lesson->evidence[i]);
    }
}

/* Evidence that was cited, and on which nothing that decided rests. */
static void write_besides(struct outline *outline, const struct answered *answered)
{
    const struct amicus_case *subject = answered->lesson->ruling->subject;
    for (uint32_t i = 0; i < answered->attempt.cited_count; i++) {
        const uint32_t record = answered->attempt.cited[i];
        if (!lesson_rests_on(answered->lesson, record)) {
            (void)add(outline, &outline->root, "besides",
                      outline_visible(outline, subject->records[record].id),
                      text_of("decides nothing here"));
        }
    }
}

static void write_sureness(struct outline *outline, const struct answered *answered)
{
    struct brier brier = {0};
    brier_add(&brier, answered->attempt.percent, answered->mark.is_right);
    const struct text score = number(outline, brier_of(&brier), 4);
    struct branch *branch = add(outline, &outline->root, "confidence", text_of("confidence"),
                                outline_putf(outline, "%u %%", answered->attempt.percent));
    branch->says = outline_putf(outline, "Brier %.*s (0 is best)", (int)score.length, score.at);
}

static void write_suggestion_truth(struct outline *outline, const struct answered *answered)
{
    const struct shown_suggestion *suggestion = &answered->suggestion;
    if (!suggestion->is_shown) {
        return;
    }
    const bool is_followed = suggestion->outcome == answered->attempt.outcome;
    struct branch *branch = add(outline, &outline->root, "suggestion", text_of("suggestion"),
                                text_of(suggestion->is_wrong ? "wrong on purpose" : "sound"));
    branch->ink = suggestion->is_wrong ? INK_WARN : INK_PLAIN;
    branch->says = outline_putf(outline, "%s; you %s it", outcome_name(suggestion->outcome),
                                is_followed ? "followed" : "did not follow");
}

static uint32_t days_until(const struct spacing *spacing, int64_t now_s)
{
    const int64_t due_s = spacing_due(spacing);
    return due_s <= now_s ? 0 : (uint32_t)((due_s - now_s + DAY_S - 1) / DAY_S);
}

static void write_again(struct outline *outline, const struct answered *answered)
{
    const struct lesson *lesson = answered->lesson;
    for (uint32_t i = 0; i < lesson->finding_count; i++) {
        const struct text rule = lesson_rule(lesson, lesson->findings[i]);
        const struct skill *skill = learning_skill(answered->progress, rule);
        bool is_first = true;
        for (uint32_t j = 0; j < i; j++) {
            is_first = is_first && !text_equal(rule, lesson_rule(lesson, lesson->findings[j]));
        }
        if (skill != NULL && is_first) {
            (void)add(outline, &outline->root, "again", rule,
                      outline_putf(outline, "again in %u days",
                                   (unsigned)days_until(&skill->spacing, answered->now_s)));
        }
    }
}

void lesson_write_feedback(struct outline *outline, const struct answered *answered)
{
    assert(outline != NULL && answered != NULL);
    assert(answered->lesson != NULL && answered->progress != NULL);
    const struct lesson *lesson = answered->lesson;
    const bool is_right = answered->mark.is_right;
    outline->root.name = outline_visible(outline, lesson->ruling->subject->id);
    outline->root.state = text_of(is_right ? "right" : "wrong");
    outline->root.ink = is_right ? INK_GOOD : INK_BAD;
    struct branch *branch = add(outline, &outline->root, "outcome", text_of("outcome"),
                                text_of(outcome_name(lesson->outcome)));
    branch->says = outline_putf(outline, "%s; you said %s",
                                lesson->is_decided ? "decided by a reviewer" : "by the rules",
                                outcome_name(answered->attempt.outcome));
    write_money(outline, answered);
    write_findings(outline, answered);
    write_besides(outline, answered);
    write_sureness(outline, answered);
    write_suggestion_truth(outline, answered);
    write_again(outline, answered);
}

/* --- how far he is --- */

static void write_scores(struct outline *outline, const struct learning *progress)
{
    int64_t kappa;
    struct branch *root = &outline->root;
    const struct interval interval = wilson_of(progress->right, progress->answers);
    const struct text low = percent(outline, interval.low);
    const struct text high = percent(outline, interval.high);
    struct branch *branch = add(outline, root, "accuracy", text_of("accuracy"),
                                percent(outline, share_of(progress->right, progress->answers)));
    branch->says = outline_putf(outline, "%u of %u right; 95 %% interval %.*s to %.*s",
                                (unsigned)progress->right, (unsigned)progress->answers,
                                (int)low.length, low.at, (int)high.length, high.at);
    branch = add(outline, root, "money", text_of("money"),
                 percent(outline, share_of(progress->money_right, progress->answers)));
    branch->says = text_of("answers whose division was right to the cent");
    branch = add(outline, root, "citations", text_of("citations"),
                 percent(outline, share_of(progress->found, progress->wanted)));
    branch->says =
        outline_putf(outline, "%llu of %llu deciding pieces of evidence cited",
                     (unsigned long long)progress->found, (unsigned long long)progress->wanted);
    branch = add(outline, root, "brier", text_of("Brier score"),
                 number(outline, brier_of(&progress->brier), 4));
    branch->says = text_of("0 is best; 0.25 is what a coin gets");
    branch = add(outline, root, "kappa", text_of("kappa"),
                 kappa_of(&kappa, &progress->agreement) ? number(outline, kappa, 2)
                                                        : text_of("not defined"));
    branch->says = outline_putf(outline,
                                "agreement beyond chance; %u of %u answers against what "
                                "people decided, the others against the rules",
                                (unsigned)progress->decided, (unsigned)progress->answers);
    if (progress->misleading > 0) {
        branch = add(outline, root, "misled", text_of("misled"),
                     outline_putf(outline, "%u of %u", (unsigned)progress->misled,
                                  (unsigned)progress->misleading));
        branch->says = text_of("suggestions wrong on purpose that were followed");
    }
}

static void write_calibration(struct outline *outline, const struct learning *progress)
{
    static const char *const STEPS[SURE_STEPS] = {"below 60 %", "60 to 69 %", "70 to 79 %",
                                                  "80 to 89 %", "90 to 99 %", "100 %"};
    struct branch *all =
        add(outline, &outline->root, "calibration", text_of("calibration"), text_of(""));
    for (size_t i = 0; i < SURE_STEPS; i++) {
        const struct sureness *sure = &progress->sure[i];
        if (sure->count > 0) {
            const struct text right = percent(outline, share_of(sure->right, sure->count));
            struct branch *branch = add(outline, all, "sure", text_of(STEPS[i]),
                                        outline_putf(outline, "%u answers", (unsigned)sure->count));
            branch->says = outline_putf(outline, "%.*s right", (int)right.length, right.at);
        }
    }
}

static void write_skills(struct outline *outline, const struct learning *progress, int64_t now_s)
{
    struct branch *all = add(outline, &outline->root, "rules", text_of("rules"), text_of(""));
    for (size_t i = 0; i < map_count(progress->skills); i++) {
        const struct skill *skill = map_at(progress->skills, i, NULL);
        const struct text stability = fixed(outline, skill->spacing.stability);
        const struct text difficulty = fixed(outline, skill->spacing.difficulty);
        struct branch *branch = add(outline, all, "rule", outline_visible(outline, skill->rule),
                                    outline_putf(outline, "%u of %u", (unsigned)skill->right,
                                                 (unsigned)skill->spacing.times));
        branch->says = outline_putf(outline, "stability %.*s days, difficulty %.*s, due in %u days",
                                    (int)stability.length, stability.at, (int)difficulty.length,
                                    difficulty.at, (unsigned)days_until(&skill->spacing, now_s));
    }
}

void lesson_write_progress(struct outline *outline, const struct learning *progress, int64_t now_s)
{
    assert(outline != NULL);
    assert(progress != NULL);
    outline->root.name = text_of("progress");
    outline->root.state = outline_putf(outline, "%u %s", (unsigned)progress->answers,
                                       progress->answers == 1 ? "answer" : "answers");
    if (progress->answers > 0) {
        write_scores(outline, progress);
        write_calibration(outline, progress);
        write_skills(outline, progress, now_s);
    }
}
