#include "statistics/distribution.h"

#include <math.h>
#include <pthread.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_log.h>

static void spare_the_program(void)
{
    gsl_set_error_handler_off();
}

void distribution_begin(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, spare_the_program);
}

/* ---- Beta ---------------------------------------------------------------------------------- */

/* Beyond this sum of its parameters GSL's continued fraction may stop before it has come near. */
static const double GREATEST = 1e5;

/* (1 - x^2 + 2 x ln x) / (1 - x)^2 */
static double peizer(double x)
{
    const double e = x - 1;

    if (x <= 0)
        return 1;
    if (fabs(e) < 1e-3)
        return e * (-1.0 / 3 + e * (1.0 / 6 - e / 10));
    return (1 - x * x + 2 * x * log(x)) / (e * e);
}

/* P(X <= x) of a large sample, to about 1e-9: Peizer, D. B. & Pratt, J. W. (1968), A normal
 * approximation for binomial, F, beta and other common related tail probabilities, JASA 63,
 * 1416-1456. */
static double beta_normal(double a, double b, double x)
{
    const double n = a + b - 1;
    const double p = 1 - x;
    const double d = b - 1.0 / 3 - (n + 1.0 / 3) * p + 0.02 * (x / b - p / a + (x - 0.5) / (n + 1));
    const double spread = 1 + x * peizer((b - 0.5) / (n * p)) + p * peizer((a - 0.5) / (n * x));

    return d * sqrt(spread / ((n + 1.0 / 6) * p * x));
}

double beta_below(double a, double b, double x)
{
    distribution_begin();
    if (x <= 0 || x >= 1)
        return x <= 0 ? 0 : 1;
    if (a + b > GREATEST && a > 10 && b > 10)
        return normal_below(beta_normal(a, b, x));
    return gsl_cdf_beta_P(x, a, b);
}

double beta_above(double a, double b, double x)
{
    distribution_begin();
    if (x <= 0 || x >= 1)
        return x <= 0 ? 1 : 0;
    if (a + b > GREATEST && a > 10 && b > 10)
        return normal_below(-beta_normal(a, b, x));
    return gsl_cdf_beta_Q(x, a, b);
}

/* By halving, on the side of the tail that is asked for: GSL's own inverse gives up now and
 * then. */
double beta_quantile(double p, double a, double b)
{
    double low = 0, high = 1;

    for (int step = 0; step < 1100; step++) {
        const double middle = low + (high - low) / 2;
        if (middle <= low || middle >= high)
            break;
        const bool below =
            p < 0.5 ? beta_below(a, b, middle) < p : beta_above(a, b, middle) > 1 - p;
        if (below)
            low = middle;
        else
            high = middle;
    }
    return low + (high - low) / 2;
}

/* ---- Normal, Student, chi-squared ---------------------------------------------------------- */

double normal_at(double p)
{
    distribution_begin();
    return gsl_cdf_ugaussian_Pinv(p);
}

double normal_quantile(double level)
{
    return normal_at(0.5 + level / 2);
}

double normal_below(double z)
{
    distribution_begin();
    return gsl_cdf_ugaussian_P(z);
}

double student_quantile(double level, double df)
{
    distribution_begin();
    return gsl_cdf_tdist_Qinv((1 - level) / 2, df);
}

double chi_squared_above(double statistic, uint64_t df)
{
    distribution_begin();
    const double p = gsl_cdf_chisq_Q(statistic, (double)df);
    return isfinite(p) ? p : 0; /* too small for a double */
}

statistics_test chi_squared_test(double statistic, uint64_t df)
{
    if (!isfinite(statistic))
        return (statistics_test){.reason = STATISTICS_TOO_LARGE};
    return (statistics_test){
        .statistic = statistic, .df = df, .p = chi_squared_above(statistic, df)};
}

double binomial_log(uint64_t k, uint64_t of, double p)
{
    distribution_begin();
    if (p <= 0 || p >= 1)
        return (p <= 0 ? k == 0 : k == of) ? 0 : -INFINITY;
    return gsl_sf_lngamma((double)of + 1) - gsl_sf_lngamma((double)k + 1) -
           gsl_sf_lngamma((double)(of - k) + 1) + (double)k * log(p) +
           (double)(of - k) * gsl_sf_log_1plusx(-p);
}
