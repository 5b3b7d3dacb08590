/* test_same.c - the same records get the same answers: whenever, in whatever company and
 * order, on any thread, in any locale, time zone and folder. */
#include <locale.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "checker/batches.h"
#include "checker/chance.h"

/* One measure's records, and what it answers to them as one batch. */
typedef struct {
    checking *at;
    size_t    measure;
    sample   *made;
    answers   usual;
    answers   other;
    uint32_t  picks[CHECK_RECORDS];
} comparison;

static void end(comparison *work)
{
    answers_free(&work->usual);
    answers_free(&work->other);
    sample_free(work->made);
}

static bool begin(comparison *work, checking *at, size_t measure)
{
    *work = (comparison){.at = at, .measure = measure};
    work->made = sample_make(check_declared(at, measure), CHECK_RECORDS, SAMPLE_ORDINARY,
                             check_seed(at, measure));
    for (uint32_t i = 0; i < CHECK_RECORDS; ++i)
        work->picks[i] = i;
    if (work->made == NULL || !answers_make(&work->usual, CHECK_RECORDS) ||
        !answers_make(&work->other, CHECK_RECORDS)) {
        end(work);
        return check_no_memory(at);
    }
    if (batches_run(at, measure, work->made, NULL, CHECK_RECORDS, LAYOUT_PLAIN, &work->usual))
        return true;
    end(work);
    return false;
}

/* Runs some of the records again, into the other answers. */
static bool run_again(comparison *work, const uint32_t *picks, size_t count)
{
    return batches_run(work->at, work->measure, work->made, picks, count, LAYOUT_PLAIN,
                       &work->other);
}

static bool compare(const comparison *work, const char *usual, const char *how)
{
    return batches_compare(work->at, work->measure, work->made, &work->usual, usual, &work->other,
                           how);
}

/* ---- Again, and with other rubbish -------------------------------------------------- */

static bool repeats_itself(checking *at, size_t measure)
{
    comparison work;

    if (!begin(&work, at, measure))
        return false;
    const bool same = run_again(&work, NULL, CHECK_RECORDS) &&
                      compare(&work, "the first time", "the second time");
    end(&work);
    return same;
}

const check_test check_twice = {
    .name = "twice",
    .rule = "the same batch twice gets the same answers",
    .each = repeats_itself,
    .opens = true,
    .runs = true,
};

static bool ignores_rubbish(checking *at, size_t measure)
{
    comparison work;

    if (!begin(&work, at, measure))
        return false;
    sample_change_rubbish(work.made, check_seed(at, measure) + 1);
    const bool same =
        run_again(&work, NULL, CHECK_RECORDS) &&
        compare(&work, "at first",
                "with other rubbish as the values of what is missing or not applicable");
    end(&work);
    return same;
}

const check_test check_rubbish = {
    .name = "rubbish",
    .rule = "the value of an input that is missing or not applicable makes no difference",
    .each = ignores_rubbish,
    .opens = true,
    .runs = true,
};

/* ---- In other company ---------------------------------------------------------------- */

static bool survives_halving(checking *at, size_t measure)
{
    comparison   work;
    const size_t half = CHECK_RECORDS / 2 - 5; /* halves of two sizes */

    if (!begin(&work, at, measure))
        return false;
    const bool same = run_again(&work, work.picks, half) &&
                      run_again(&work, work.picks + half, CHECK_RECORDS - half) &&
                      compare(&work, "in the whole batch", "in one half of it");
    end(&work);
    return same;
}

const check_test check_halves = {
    .name = "halves",
    .rule = "a batch in two halves gets the answers of the whole",
    .each = survives_halving,
    .opens = true,
    .runs = true,
};

static bool survives_shuffling(checking *at, size_t measure)
{
    chance     source = {check_seed(at, measure)};
    comparison work;

    if (!begin(&work, at, measure))
        return false;
    for (uint32_t left = CHECK_RECORDS; left > 1; --left) { /* Fisher and Yates */
        const uint32_t other = chance_below(&source, left);
        const uint32_t kept = work.picks[left - 1];
        work.picks[left - 1] = work.picks[other];
        work.picks[other] = kept;
    }
    const bool same = run_again(&work, work.picks, CHECK_RECORDS) &&
                      compare(&work, "in the first order", "in another order");
    end(&work);
    return same;
}

const check_test check_shuffled = {
    .name = "shuffled",
    .rule = "in any order each record gets the same answer",
    .each = survives_shuffling,
    .opens = true,
    .runs = true,
};

static bool survives_being_alone(checking *at, size_t measure)
{
    comparison work;
    bool       same;

    if (!begin(&work, at, measure))
        return false;
    same = true;
    for (size_t i = 0; same && i < CHECK_RECORDS; ++i)
        same = run_again(&work, &work.picks[i], 1);
    same = same && compare(&work, "in the whole batch", "alone");
    end(&work);
    return same;
}

const check_test check_one_by_one = {
    .name = "one_by_one",
    .rule = "each record alone gets the answer that it gets among others",
    .each = survives_being_alone,
    .opens = true,
    .runs = true,
};

/* ---- On several threads ---------------------------------------------------------------- */

enum { THREADS = 4, REPEATS = 100 };

/* One thread: it asks for the same records in an order of its own until an answer differs. */
typedef struct {
    const comparison *work;
    answers           given;
    uint32_t          picks[CHECK_RECORDS];
    pthread_t         thread;
    bool              asked; /* the memory sufficed */
} asker;

static bool differs(const comparison *work, const answers *given)
{
    for (size_t i = 0; i < CHECK_RECORDS; ++i)
        if (!sample_is_masked(work->made, i) &&
            (given->status[i] != work->usual.status[i] ||
             (given->status[i] == ASSAY_VALUE && given->bits[i] != work->usual.bits[i])))
            return true;
    return given->returned != work->usual.returned;
}

static void *ask(void *user)
{
    asker *self = user;

    self->asked = true;
    for (int r = 0; self->asked && r < REPEATS && !differs(self->work, &self->given); ++r)
        self->asked = batches_ask(self->work->at, self->work->measure, self->work->made,
                                  self->picks, CHECK_RECORDS, &self->given);
    return NULL;
}

/* Each thread begins elsewhere among the records. The given answers start as the usual ones. */
static bool prepare(asker *self, const comparison *work, uint32_t number)
{
    self->work = work;
    for (uint32_t i = 0; i < CHECK_RECORDS; ++i)
        self->picks[i] = (i + number * (CHECK_RECORDS / THREADS)) % CHECK_RECORDS;
    if (!answers_make(&self->given, CHECK_RECORDS))
        return false;
    self->given.returned = work->usual.returned;
    memcpy(self->given.status, work->usual.status, CHECK_RECORDS);
    memcpy(self->given.bits, work->usual.bits, CHECK_RECORDS * sizeof *work->usual.bits);
    return true;
}

static bool ask_at_once(comparison *work)
{
    asker  askers[THREADS] = {{0}};
    size_t started = 0;
    bool   same = true;

    for (uint32_t t = 0; same && t < THREADS; ++t)
        same = prepare(&askers[t], work, t) || check_no_memory(work->at);
    for (; same && started < THREADS; ++started)
        if (pthread_create(&askers[started].thread, NULL, ask, &askers[started]) != 0)
            break;
    for (size_t t = 0; t < started; ++t)
        pthread_join(askers[t].thread, NULL);
    if (same && started < THREADS)
        same = check_skip(work->at, "the system gave no more threads; close other programs");
    for (size_t t = 0; same && t < THREADS; ++t)
        same = askers[t].asked
                   ? batches_compare(work->at, work->measure, work->made, &work->usual,
                                     "on one thread", &askers[t].given, "while others run it too")
                   : check_no_memory(work->at);
    for (size_t t = 0; t < THREADS; ++t)
        answers_free(&askers[t].given);
    return same;
}

static bool works_on_threads(checking *at, size_t measure)
{
    comparison work;

    if (!begin(&work, at, measure))
        return false;
    const bool same = ask_at_once(&work);
    end(&work);
    return same;
}

const check_test check_threads = {
    .name = "threads",
    .rule = "on four threads at once it gives the answers that it gives on one",
    .each = works_on_threads,
    .opens = true,
    .runs = true,
};

/* ---- In another place ------------------------------------------------------------------- */

static bool use_another_locale(void)
{
    static const char *const names[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "tr_TR.UTF-8", "es_ES.UTF-8",
                                        "it_IT.UTF-8", "nl_NL.UTF-8", "pl_PL.UTF-8", "pt_BR.UTF-8"};
    for (size_t n = 0; n < sizeof names / sizeof *names; ++n)
        if (setlocale(LC_ALL, names[n]) != NULL && strcmp(localeconv()->decimal_point, ".") != 0)
            return true;
    return false;
}

static bool ignores_locale(checking *at, size_t measure)
{
    comparison work;
    bool       same = false;

    setlocale(LC_ALL, "C");
    if (!begin(&work, at, measure))
        return false;
    if (!use_another_locale())
        check_skip(at, "no locale with a decimal comma is installed; install de_DE.UTF-8");
    else
        same = run_again(&work, NULL, CHECK_RECORDS) &&
               compare(&work, "in the locale C", "in a locale with a decimal comma");
    end(&work);
    return same;
}

const check_test check_locale = {
    .name = "locale",
    .rule = "the locale makes no difference",
    .each = ignores_locale,
    .opens = true,
    .runs = true,
};

static bool use_zone(const char *zone)
{
    const bool set = setenv("TZ", zone, 1) == 0;
    tzset();
    return set;
}

/* 14 hours before Greenwich and 12 behind: a day apart at any hour. */
static bool ignores_time_zone(checking *at, size_t measure)
{
    comparison work;
    bool       same;

    if (!use_zone("EAST-14"))
        return check_no_memory(at);
    if (!begin(&work, at, measure))
        return false;
    same = use_zone("WEST+12") && run_again(&work, NULL, CHECK_RECORDS) &&
           compare(&work, "in the time zone UTC+14", "in the time zone UTC-12");
    end(&work);
    return same;
}

const check_test check_time_zone = {
    .name = "time_zone",
    .rule = "the time zone makes no difference",
    .each = ignores_time_zone,
    .opens = true,
    .runs = true,
};

static bool ignores_folder(checking *at, size_t measure)
{
    comparison work;

    if (chdir("/") != 0)
        return check_skip(at, "the working folder cannot be changed");
    if (!begin(&work, at, measure))
        return false;
    const bool same = chdir("/proc") == 0
                          ? run_again(&work, NULL, CHECK_RECORDS) &&
                                compare(&work, "in the folder /", "in the folder /proc")
                          : check_skip(at, "there is no folder /proc to go to");
    end(&work);
    return same;
}

const check_test check_folder = {
    .name = "folder",
    .rule = "the working folder makes no difference",
    .each = ignores_folder,
    .opens = true,
    .runs = true,
};
