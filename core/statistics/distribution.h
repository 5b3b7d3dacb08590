/* distribution.h - the distributions, from GSL, so that every number is one. Private to this
 * room. */
#pragma once

#include <stdint.h>

#include "statistics/statistics.h"

/* Before GSL is called other than through this file: turns its error handler off, which would end
 * the program. */
void distribution_begin(void);

/* Of the beta distribution with a, b > 0: P(X <= x), P(X >= x), and the x with P(X <= x) = p. */
double beta_below(double a, double b, double x);
double beta_above(double a, double b, double x);
double beta_quantile(double p, double a, double b);

/* The z with P(-z <= X <= z) = level, of the standard normal distribution; and P(X <= z). */
double normal_quantile(double level);
double normal_below(double z);

/* The z with P(X <= z) = p; 0 < p < 1. */
double normal_at(double p);

/* The t with P(-t <= X <= t) = level, of Student's distribution with df >= 1. */
double student_quantile(double level, double df);

/* P(X >= statistic). df >= 1. */
double chi_squared_above(double statistic, uint64_t df);

/* The test of a statistic that is one of chi-squared with df. */
statistics_test chi_squared_test(double statistic, uint64_t df);

/* The logarithm of P(X = k). */
double binomial_log(uint64_t k, uint64_t of, double p);
