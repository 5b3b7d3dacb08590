/* severity.c - do severities come out as they were put in?
 *
 *     simulate_severity [REPLICATIONS | few | check]
 *
 * Draws ratings from the model with known severities, over and over, and prints for each design the
 * bias of the estimates and how often the 95% intervals hold the truth. Severities are fixed for
 * `logits`; for `shrunken` each replication draws its own, as its intervals are of such. Ends with 1 where
 * what is promised does not hold: of `logits`, a bias under 0.05 logits beyond what the number of
 * replications makes of chance, and a coverage of 93% to 97%; of `shrunken`, 92% to 98%. `few`
 * instead of a number: six auditors who are all alike, with few audits each and none rated by two; how
 * often is somebody named? `check`: one small design, and few audits, as a test. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "simulation/ratings.h"

enum { AUDITORS_MOST = 60, CRITERIA_MOST = 12 };

typedef struct {
    const char *name;
    size_t      audits;
    size_t      criteria;
    size_t      auditors;
    unsigned    linked_every;
    double      spread;
    unsigned    share; /* one in so many of the replications, as it takes longer */
} study;

static const study studies[] = {
    {"each audit rated once", 160, 6, 8, 0, 1.2, 1},
    {"every fifth rated twice", 160, 6, 8, 5, 1.2, 1},
    {"all rated twice", 80, 6, 8, 1, 1.2, 1},
    {"poor and good far apart", 160, 6, 8, 10, 2.5, 1},
    {"a year of a large council", 600, 12, 30, 20, 1.2, 5},
};

typedef struct {
    double   error[AUDITORS_MOST]; /* sums of estimate less truth */
    double   variance;             /* sum of squared errors */
    double   claimed;              /* sum of squared standard errors */
    double   held;                 /* intervals with the truth in them */
    double   shrunken_held;
    double   shrunken_variance;
    double   accused; /* replications in which an average auditor was found other than average */
    unsigned runs;
} tally;

static double average(const double *values, size_t count)
{
    double sum = 0;
    for (size_t k = 0; k < count; k++)
        sum += values[k] / (double)count;
    return sum;
}

/* Fixed: evenly from generous to harsh, about half a logit in spread; else drawn. */
static void draw_severities(double *severity, size_t count, bool fixed, chance *with)
{
    for (size_t j = 0; j < count; j++)
        severity[j] =
            fixed ? 1.6 * ((double)j / (double)(count - 1) - 0.5) : 0.5 * chance_normal(with);
    double mean = average(severity, count);
    for (size_t j = 0; j < count; j++)
        severity[j] -= mean;
}

static bool run(const study *of, const double *severity, chance *with, severity_result *found)
{
    static const double threshold[] = {-1.6, 0.1, 1.5};
    double              difficulty[CRITERIA_MOST];
    for (size_t c = 0; c < of->criteria; c++)
        difficulty[c] = 1.2 * ((double)c / (double)(of->criteria - 1) - 0.5);
    const made_from from = {of->audits, of->criteria,     of->auditors, 4,
                            2,          of->linked_every, 0.5,          of->spread,
                            severity,   difficulty,       threshold};
    severity_data   data;
    bool            ran = ratings_make(&data, &from, with) && severity_fit(&data, found);
    ratings_free(&data);
    if (ran && found->status != SEVERITY_FITTED) {
        printf("%s\n", severity_status_text(found->status));
        severity_free(found);
        return false;
    }
    return ran;
}

static void count_fixed(const study *of, const double *severity, const severity_result *found,
                        tally *sums)
{
    for (size_t j = 0; j < of->auditors; j++) {
        const severity_estimate *logits = &found->auditors[j].logits;
        double                   error = logits->value - severity[j];
        sums->error[j] += error;
        sums->variance += error * error;
        sums->claimed += logits->error * logits->error;
        sums->held += logits->low <= severity[j] && severity[j] <= logits->high;
    }
    sums->runs++;
}

static void count_drawn(const study *of, const double *severity, const severity_result *found,
                        tally *sums)
{
    for (size_t j = 0; j < of->auditors; j++) {
        const severity_estimate *logits = &found->auditors[j].shrunken_logits;
        double                   error = logits->value - severity[j];
        sums->shrunken_variance += error * error;
        sums->shrunken_held += logits->low <= severity[j] && severity[j] <= logits->high;
    }
}

static void count_alike(const study *of, const severity_result *found, tally *sums)
{
    bool accused = false;
    for (size_t j = 0; j < of->auditors; j++)
        accused = accused || found->auditors[j].verdict == SEVERITY_TOO_GENEROUS ||
                  found->auditors[j].verdict == SEVERITY_TOO_HARSH;
    sums->accused += accused;
}

/* One replication of each kind: fixed severities, drawn ones, and none at all. */
static bool replicate(const study *of, chance *with, tally *sums)
{
    for (int kind = 0; kind < 3; kind++) {
        double          severity[AUDITORS_MOST] = {0};
        severity_result found;
        if (kind < 2)
            draw_severities(severity, of->auditors, kind == 0, with);
        if (!run(of, severity, with, &found))
            return false;
        if (kind == 0)
            count_fixed(of, severity, &found, sums);
        else if (kind == 1)
            count_drawn(of, severity, &found, sums);
        else
            count_alike(of, &found, sums);
        severity_free(&found);
    }
    return true;
}

/* What the bias of the worst auditor is, and what chance alone makes of it. */
static bool report(const study *of, const tally *sums)
{
    double runs = sums->runs;
    double estimates = runs * (double)of->auditors;
    double worst = 0;
    double slope = 0;
    double squares = 0;
    for (size_t j = 0; j < of->auditors; j++) {
        double truth = 1.6 * ((double)j / (double)(of->auditors - 1) - 0.5);
        worst = fmax(worst, fabs(sums->error[j] / runs));
        slope += truth * sums->error[j] / runs;
        squares += truth * truth;
    }
    double error = sqrt(sums->variance / estimates);
    printf("%-26s runs %4u  bias: worst %.3f (chance alone %.3f), at 0.8 logits %+.3f\n", of->name,
           sums->runs, worst, error / sqrt(runs), 0.8 * slope / squares);
    printf("    error %.3f, claimed %.3f; 95%% intervals hold %.1f%%\n", error,
           sqrt(sums->claimed / estimates), 100 * sums->held / estimates);
    printf("    shrunken: error %.3f; 95%% intervals hold %.1f%%; nobody differs, yet somebody is "
           "named: %.1f%%\n",
           sqrt(sums->shrunken_variance / estimates), 100 * sums->shrunken_held / estimates,
           100 * sums->accused / runs);
    double held = sums->held / estimates;
    double shrunken_held = sums->shrunken_held / estimates;
    return worst < 0.05 + 2.5 * error / sqrt(runs) && fabs(0.8 * slope / squares) < 0.05 &&
           held >= 0.93 && held <= 0.97 && shrunken_held >= 0.92 && shrunken_held <= 0.98;
}

static bool simulate(const study *of, unsigned runs, uint64_t seed)
{
    chance with = {seed};
    tally  sums = {0};
    for (unsigned k = 0; k < runs; k += of->share)
        if (!replicate(of, &with, &sums))
            return false;
    bool met = report(of, &sums);
    fflush(stdout);
    return met;
}

/* Nobody differs and each has `each` audits: no more than 5% of replications may name anybody, beyond
 * what chance makes of their number (2 standard errors). */
static bool name_nobody(size_t each, unsigned runs, uint64_t seed)
{
    static const double alike[AUDITORS_MOST] = {0};
    const study         of = {"few", 6 * each, 5, 6, 0, 1.5, 1};
    chance              with = {seed};
    tally               sums = {0};
    for (unsigned k = 0; k < runs; k++) {
        severity_result found;
        if (!run(&of, alike, &with, &found))
            return false;
        count_fixed(&of, alike, &found, &sums);
        count_alike(&of, &found, &sums);
        severity_free(&found);
    }
    printf("| %2zu | %.1f%% | %.1f%% |\n", each, 100 * sums.accused / runs,
           100 * sums.held / (6.0 * runs));
    fflush(stdout);
    return sums.accused / runs <= 0.05 + 2 * sqrt(0.05 * 0.95 / runs);
}

static bool few_audits(unsigned runs)
{
    static const size_t each[] = {1, 2, 3, 5, 10, 20};
    bool                met = true;
    for (size_t e = 0; e < sizeof each / sizeof *each; e++)
        met = name_nobody(each[e], runs, 2000 + e) && met;
    return met;
}

int main(int count, char **words)
{
    static const study small = {"as a test", 100, 4, 8, 5, 1.2, 1};
    if (count > 1 && strcmp(words[1], "check") == 0)
        return simulate(&small, 80, 1) && few_audits(40) ? EXIT_SUCCESS : EXIT_FAILURE;
    if (count > 1 && strcmp(words[1], "few") == 0)
        return few_audits(500) ? EXIT_SUCCESS : EXIT_FAILURE;

    unsigned runs = count > 1 ? (unsigned)strtoumax(words[1], NULL, 10) : 400;
    bool     met = runs > 0;
    for (size_t s = 0; met && s < sizeof studies / sizeof *studies; s++)
        met = simulate(&studies[s], runs, 1000 + s);
    puts(met ? "as promised" : "NOT as promised");
    return met ? EXIT_SUCCESS : EXIT_FAILURE;
}
