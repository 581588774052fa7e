/*
 * A bar on a terminal.
 *
 *   [##############----------------]  47 %      4,012   61,200/s   12 rejected   0:07 left
 *
 * The share is of the bytes of the shard, which are known without reading them. It is drawn at most
 * ten times a second, over itself, and wiped at the end; where stderr is no terminal nothing is
 * drawn. The clock is looked at here and nowhere below.
 */
#include "runs.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { BAR_COLUMNS = 30, PERIOD_MS = 100, RATE_MS = 2000 };

static int64_t now_ms(void)
{
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0) {
        return 0;
    }
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void progress_start(struct progress *progress, struct session *session)
{
    assert(progress != NULL);
    assert(session != NULL);
    const enum color_when when = session->options.progress;
    *progress = (struct progress){.session = session};
    progress->is_on = !options_has(&session->options, OPTION_QUIET) && when != COLOR_NEVER &&
                      (when == COLOR_ALWAYS || isatty(STDERR_FILENO) == 1);
    progress->started_ms = progress->told_ms = progress->rate_ms = now_ms();
}

static void measure(struct progress *progress, const struct crew_progress *now, int64_t at_ms)
{
    const int64_t passed_ms = at_ms - progress->rate_ms;
    if (passed_ms >= RATE_MS || (progress->rate == 0 && passed_ms > 0)) {
        progress->rate =
            (unsigned)((now->lines - progress->rate_lines) * 1000 / (uint64_t)passed_ms);
        progress->rate_lines = now->lines;
        progress->rate_ms = at_ms;
    }
}

void progress_tell(struct progress *progress, const struct crew_progress *now)
{
    assert(progress != NULL);
    assert(now != NULL);
    const int64_t at_ms = now_ms();
    if (!progress->is_on || at_ms - progress->told_ms < PERIOD_MS) {
        return;
    }
    progress->told_ms = at_ms;
    measure(progress, now, at_ms);
    const unsigned permille =
        now->bytes == 0 ? 0 : (unsigned)(now->passed / (now->bytes / 1000 + 1));
    char bar[BAR_COLUMNS + 1];
    for (unsigned i = 0; i < BAR_COLUMNS; i++) {
        bar[i] = i < permille * BAR_COLUMNS / 1000 ? '#' : '-';
    }
    bar[BAR_COLUMNS] = '\0';
    const int64_t left_s =
        permille == 0 ? 0 : (at_ms - progress->started_ms) * (1000 - permille) / permille / 1000;
    (void)fprintf(stderr,
                  "\r[%s] %3u %% %10" PRIu64 " %8u/s %6" PRIu64 " rejected %4" PRId64 ":%02d left",
                  bar, permille / 10, now->lines, progress->rate, now->rejects, left_s / 60,
                  (int)(left_s % 60));
    (void)fflush(stderr);
}

void progress_end(struct progress *progress)
{
    assert(progress != NULL);
    assert(progress->session != NULL);
    if (progress->is_on) {
        (void)fprintf(stderr, "\r%79s\r", "");
        (void)fflush(stderr);
    }
}
