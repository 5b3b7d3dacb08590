/* figures.h - what two people's grades of the same audits come to. */
#pragma once

#include "statistics/statistics.h"

/* Figures beside the usual ones, for whoever asks. */
typedef struct {
    statistics_estimate cohen;
    statistics_estimate cohen_linear;
    statistics_estimate cohen_quadratic;
    statistics_estimate fleiss;
    statistics_estimate alpha_nominal;
    statistics_estimate alpha_interval;
} more_figures;

/* All of one table: the first's grades in its rows, the second's in its columns. What the number of
 * audits does not carry is left out: `standing` says how much it does. */
typedef struct {
    uint64_t              count;
    statistics_standing   standing;
    bool                  sure; /* so many audits that intervals and the sign test are given */
    statistics_comparison compared;
    statistics_warnings   warned;
    interval              exact_sure;  /* Wilson */
    interval              within_sure; /* likewise */
    double                sign_p;      /* exact */
    statistics_test       stuart_maxwell;
    statistics_test       bowker;
    statistics_test       bhapkar;
    statistics_estimate   alpha; /* ordinal, Krippendorff's */
    statistics_spread     alpha_spread;
    statistics_estimate   gwet; /* AC2, linear weights */
    statistics_spread     gwet_spread;
    double                gwet_at_random; /* of two who grade with these shares, blindly */
    statistics_estimate   prediger;       /* Brennan and Prediger, linear weights */
    statistics_spread     prediger_spread;
    double                prediger_at_random;
    more_figures          more;
} agreement_figures;

enum { FIGURES_RESAMPLES = 2000 };

/* Intervals from so many audits on (the policy's least_for_interval). False where memory is out. */
bool figures_make(const statistics_table *table, uint64_t seed, bool more,
                  unsigned least_for_interval, agreement_figures *out);
