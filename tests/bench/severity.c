/* severity.c - how long the severities of 60 auditors over 5,000 audits of 12 criteria take.
 *
 *     severity [AUDITS [CRITERIA [AUDITORS]]]
 *
 * Prints the seconds of the fit, standard errors and all; every 20th audit is rated by two. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "simulation/ratings.h"

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static size_t number(int count, char **words, int place, size_t otherwise)
{
    return place < count ? (size_t)strtoumax(words[place], NULL, 10) : otherwise;
}

int main(int count, char **words)
{
    chance              with = {5};
    static const double threshold[] = {-1.8, 0.1, 1.7};
    made_from           from = {.audits = number(count, words, 1, 5000),
                                .criteria = number(count, words, 2, 12),
                                .auditors = number(count, words, 3, 60),
                                .levels = 4,
                                .raters = 2,
                                .linked_every = 20,
                                .mean = 0.5,
                                .spread = 1.2,
                                .threshold = threshold};
    double             *severity = calloc(from.auditors, sizeof *severity);
    double             *difficulty = calloc(from.criteria, sizeof *difficulty);
    if (!severity || !difficulty)
        return EXIT_FAILURE;
    for (size_t j = 0; j < from.auditors; j++)
        severity[j] = 0.5 * chance_normal(&with);
    for (size_t c = 0; c < from.criteria; c++)
        difficulty[c] = 0.6 * chance_normal(&with);
    from.severity = severity;
    from.difficulty = difficulty;

    severity_data   data;
    severity_result found = {0};
    bool            made = ratings_make(&data, &from, &with);
    double          start = seconds();
    bool            fitted = made && severity_fit(&data, &found);
    double          taken = seconds() - start;
    if (fitted)
        printf("%zu audits x %zu criteria x %zu auditors, %zu ratings: %.3f s, %s\n", from.audits,
               from.criteria, from.auditors, data.count, taken, severity_status_text(found.status));
    severity_free(&found);
    ratings_free(&data);
    free(severity);
    free(difficulty);
    return fitted ? EXIT_SUCCESS : EXIT_FAILURE;
}
