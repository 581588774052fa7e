/*
 * What rules cost that do not apply, and what a condition costs that is looked at.
 *
 *   guards FOLDER
 *
 * FOLDER holds vocabulary.yaml and receives generated rulebooks, one after the other. First 10
 * rules that apply to the case, among 0 to 3,990 others, which its platform, its type of contract
 * or its ground rules out: no more time should pass than 5 ns a rule. Then rules with few and with
 * many conditions, all true: the difference is what a condition costs. Every figure is the fastest
 * of many rounds, since a machine that others use can only add to it.
 */
#include <amicus/amicus.h>
#include <amicus/case.h>
#include <amicus/rulebook.h>
#include <amicus/ruling.h>

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define ROUNDS   400u
/* Decisions of a round: long enough for the clock, short enough for the scheduler. */
#define BATCH    10u
/* Rules that apply, in all rulebooks. */
#define APPLYING 10u

static const char CASE[] =
    "amicus: case/1\n"
    "case: {id: B-1, platform: upwork, as_of: 2025-11-20T09:00:00Z, filed_by: freelancer,\n"
    "  filed_at: 2025-11-13T10:00:00Z, filed_via: in_product, grounds: [non_payment]}\n"
    "contract: {type: fixed, formed_at: 2025-10-06T09:00:00Z, price: USD 800.00, written: true}\n"
    "milestones:\n"
    "  - {id: M1, amount: USD 800.00, held: USD 800.00, released: USD 0.00, refunded: USD 0.00,\n"
    "     claimed: USD 800.00, fee: USD 0.00, funded_at: 2025-10-06T09:20:00Z}\n";

/* Rules come from a loop of their script. The first rules apply; of the others, a third each is
 * ruled out by the platform, by the type of contract and by the ground. */
static const char SCRIPT[] =
    "local m = item 'milestone'\n"
    "local PLATFORMS, TYPES = { 'fiverr', 'guru', 'other' }, { 'hourly', 'gig' }\n"
    "local GROUNDS = { 'scope', 'quality', 'breach' }\n"
    "local function upwork() return case.platform:is 'upwork' end\n"
    "local function fixed() return contract.type:one_of { 'fixed', 'catalog' } end\n"
    "local function unpaid() return case.grounds:has 'non_payment' end\n"
    "local function guard(i)\n"
    "  local turn = i // 3\n"
    "  if i <= APPLYING then return upwork(), fixed(), unpaid() end\n"
    "  if i % 3 == 0 then return case.platform:is(PLATFORMS[turn % 3 + 1]), fixed(), unpaid() end\n"
    "  if i % 3 == 1 then return upwork(), contract.type:is(TYPES[turn % 2 + 1]), unpaid() end\n"
    "  return upwork(), fixed(), case.grounds:has(GROUNDS[turn % 3 + 1])\n"
    "end\n"
    "local function condition(i)\n"
    "  if i % 4 == 0 then return m.held:at_most(m.amount) end\n"
    "  if i % 4 == 1 then return m.claimed:known() end\n"
    "  if i % 4 == 2 then return m.funded_at:before(case.as_of) end\n"
    "  return m.released:less_than(m.amount)\n"
    "end\n"
    "source 'OURS' { grade = 'OURS', title = 'Made up' }\n"
    "provision 'OURS' { layer = 'practice', source = 'OURS', title = 'What a bench needs' }\n"
    "for q = 1, 10 do\n"
    "  issue('q' .. q) { each = 'milestone', claimant = 'freelancer', burden = 'freelancer',\n"
    "    standard = 'balance', title = 'A question' }\n"
    "  remedy('pay' .. q) { each = 'milestone', outcome = 'release_full', freelancer = m.held,\n"
    "    when = issue['q' .. q]:upheld(), clause = 'OURS', because = 'It is due.' }\n"
    "end\n"
    "for i = 1, RULES do\n"
    "  local tests = { guard(i) }\n"
    "  for c = 1, CONDITIONS do tests[#tests + 1] = condition(i + c) end\n"
    "  rule('r' .. i) { title = 'A rule', issue = 'q' .. i % 10 + 1, side = 'for',\n"
    "    each = 'milestone', clause = 'OURS', layer = 'practice', strength = 'presumption',\n"
    "    when = all(tests), because = 'It is so.' }\n"
    "end\n";

static const char MANIFEST[] =
    "amicus: rulebook/1\nname: bench\nversion: \"1\"\ntitle: Generated\n"
    "platform: upwork\nvocabulary: vocabulary.yaml\nfiles: [rules.lua]\n";

/* A rulebook of so many rules, with so many conditions each behind the guards. */
struct shape {
    unsigned rules, applying, conditions;
};

static amicus_status write_text(const char *folder, const char *name, const char *head,
                                const char *text)
{
    char path[512];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    if (file == NULL) {
        return AMICUS_IO;
    }
    const bool is_written = fputs(head, file) >= 0 && fputs(text, file) >= 0;
    return fclose(file) == 0 && is_written ? AMICUS_OK : AMICUS_IO;
}

static amicus_status generate(const char *folder, const struct shape *shape)
{
    char head[128];
    (void)snprintf(head, sizeof head, "local RULES, APPLYING, CONDITIONS = %u, %u, %u\n",
                   shape->rules, shape->applying, shape->conditions);
    const amicus_status status = write_text(folder, "rules.lua", head, SCRIPT);
    return status == AMICUS_OK ? write_text(folder, "rulebook.yaml", "", MANIFEST) : status;
}

static double now_ns(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

/* A rulebook of a shape, and the case for it. */
struct contender {
    struct shape shape;
    amicus_rulebook *rulebook;
    amicus_case *subject;
    double fastest_ns;
};

static amicus_status load(struct contender *contender, amicus_engine *engine, const char *folder,
                          amicus_diagnostics *list)
{
    contender->fastest_ns = 1e18;
    amicus_status status = generate(folder, &contender->shape);
    if (status == AMICUS_OK) {
        status = amicus_rulebook_load(&contender->rulebook, engine, folder, list);
    }
    if (status == AMICUS_OK) {
        status = amicus_case_load(&contender->subject, contender->rulebook, "bench.yaml", CASE,
                                  sizeof CASE - 1, AMICUS_FORMAT_YAML, list);
    }
    for (size_t i = 0; status != AMICUS_OK && i < amicus_diagnostics_count(list); i++) {
        const amicus_diagnostic *fault = amicus_diagnostics_find(list, i);
        (void)fprintf(stderr, "%s:%u: %s\n", fault->file, fault->line, fault->what);
    }
    return status;
}

static amicus_status run_round(struct contender *contender, amicus_diagnostics *list)
{
    amicus_status status = AMICUS_OK;
    const double start_ns = now_ns();
    for (unsigned i = 0; i < BATCH && status == AMICUS_OK; i++) {
        amicus_ruling *ruling = NULL;
        status =
            amicus_ruling_of(&ruling, contender->rulebook, contender->subject, NULL, NULL, list);
        amicus_ruling_close(ruling);
    }
    const double each_ns = (now_ns() - start_ns) / BATCH;
    contender->fastest_ns = each_ns < contender->fastest_ns ? each_ns : contender->fastest_ns;
    return status;
}

static void print_guards(const struct contender *contenders, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        const struct contender *one = &contenders[i];
        printf("%5u rules of which %u apply %8.2f us", one->shape.rules, APPLYING,
               one->fastest_ns / 1e3);
        if (i > 0) {
            printf("   %6.2f ns for each of the others",
                   (one->fastest_ns - contenders[0].fastest_ns) / (one->shape.rules - APPLYING));
        }
        printf("\n");
    }
}

static void print_conditions(const struct contender *few, const struct contender *many)
{
    const unsigned more = many->shape.rules * (many->shape.conditions - few->shape.conditions);
    printf("  100 rules that all apply, with 5 and 45 conditions: %.2f and %.2f us, "
           "%.1f ns a condition\n",
           few->fastest_ns / 1e3, many->fastest_ns / 1e3,
           (many->fastest_ns - few->fastest_ns) / more);
}

static amicus_status measure(amicus_engine *engine, const char *folder, amicus_diagnostics *list)
{
    struct contender contenders[] = {
        {.shape = {10, APPLYING, 4}},   {.shape = {100, APPLYING, 4}},
        {.shape = {1000, APPLYING, 4}}, {.shape = {4000, APPLYING, 4}},
        {.shape = {100, 100, 2}},       {.shape = {100, 100, 42}},
    };
    const unsigned count = sizeof contenders / sizeof contenders[0];
    amicus_status status = AMICUS_OK;
    for (unsigned i = 0; i < count && status == AMICUS_OK; i++) {
        status = load(&contenders[i], engine, folder, list);
    }
    /* One round of each in turn, so that no rulebook has the quiet minutes for itself. */
    for (unsigned round = 0; round < ROUNDS; round++) {
        for (unsigned i = 0; i < count && status == AMICUS_OK; i++) {
            status = run_round(&contenders[i], list);
        }
    }
    if (status == AMICUS_OK) {
        print_guards(contenders, count - 2);
        print_conditions(&contenders[count - 2], &contenders[count - 1]);
    }
    for (unsigned i = 0; i < count; i++) {
        amicus_case_close(contenders[i].subject);
        amicus_rulebook_close(contenders[i].rulebook);
    }
    return status;
}

int main(int count, char **words)
{
    if (count != 2) {
        (void)fprintf(stderr, "usage: guards FOLDER\n");
        return 2;
    }
    amicus_engine *engine = NULL;
    amicus_diagnostics *list = NULL;
    amicus_status status = amicus_engine_open(&engine);
    if (status == AMICUS_OK) {
        status = amicus_diagnostics_open(&list);
    }
    if (status == AMICUS_OK) {
        status = measure(engine, words[1], list);
    }
    if (status != AMICUS_OK) {
        (void)fprintf(stderr, "guards: %s\n", amicus_status_name(status));
    }
    amicus_diagnostics_close(list);
    amicus_engine_close(engine);
    return status == AMICUS_OK ? 0 : 1;
}
