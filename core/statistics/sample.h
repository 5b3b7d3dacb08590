/* sample.h - a figure of agreement as a function of sums over units, so that a resample is a sum of
 * other units. Private to this room. */
#pragma once

#include "statistics/statistics.h"

/* Where the sums of figures other than Cohen's kappa and the alphas stand: rated units, those with
 * two ratings or more, their agreement, and from SHARES on each category's share of a unit's
 * ratings. The sums of Cohen's kappa are cells of the table, those of the alphas coincidences. */
enum { SUM_RATED, SUM_TWICE_RATED, SUM_AGREED, SUM_SHARES };

/* Units that are alike make a group: a cell of a table, or one unit of counts. */
typedef struct {
    const statistics_measure *measure;
    const statistics_counts  *counts; /* one of the two is NULL */
    const statistics_table   *table;
    size_t                    categories;
    size_t                    groups;
    size_t                    length; /* of the sums */
    double                   *sums;   /* of all units */
    uint64_t                  units;  /* rated ones */
} sample;

/* Adds everything up. Where it is not STATISTICS_FINE, there is nothing to free. */
statistics_reason sample_open(sample *opened, const statistics_measure *measure,
                              const statistics_counts *counts, const statistics_table *table);
void              sample_close(sample *opened);

/* How many rated units are in a group. */
uint64_t sample_size_of(const sample *held, size_t group);

/* Whether the figure can be found that many times over while a person waits. */
bool sample_is_quick(const sample *held, uint64_t times);

/* Adds a group `times` over; less than 0 takes it out. */
void sample_add(const sample *held, size_t group, double times, double *sums);

/* Value, agreed and expected of the sums; reason where there is none. */
statistics_estimate sample_value(const sample *held, const double *sums);

/* What is expected by chance, of the shares of the categories that each of two raters gives, and
 * both together. Not of the alphas. */
double expected_of(const statistics_measure *measure, const double *first, const double *second,
                   const double *shares);

/* The chance-corrected figure. */
statistics_estimate corrected(size_t categories, double agreed, double expected);

/* Krippendorff's alpha of coincidences: categories x categories, each pair of ratings in its cell
 * or in the mirrored one. */
statistics_estimate alpha_of(const statistics_measure *measure, size_t categories,
                             const double *coincidences);

/* Value -+ quantile * error, at most 1. */
interval around(double value, double error, double quantile);

statistics_spread sample_jackknife(const sample *held, double level);

/* The values of the figure without one unit of each group; NULL where memory is out, and not finite
 * where it is not estimable. */
double *sample_without(const sample *held);
