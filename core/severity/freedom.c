#include "severity/freedom.h"

#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>

/* Second ratings of audits by link group: extra[group]. */
static void count_second_ratings(const rating_design *design, size_t *extra)
{
    for (size_t k = 1; k < design->count; k++)
        if (design->ratings[k].audit == design->ratings[k - 1].audit &&
            design->ratings[k].auditor != design->ratings[k - 1].auditor)
            extra[design->link_group[design->ratings[k].auditor]]++;
}

/* How many means are fitted to the audits' qualities. */
static double means_fitted(const rating_design *design, const size_t *extra)
{
    double means = 0;
    if (design->links_unused)
        return (double)design->auditors;
    for (size_t g = 0; g < design->block_count; g++) {
        const size_t members = design->blocks[g + 1] - design->blocks[g];
        const size_t ties = extra[design->link_group[design->blocks[g]]];
        means += ties < members ? (double)(members - ties) : 1;
    }
    return means;
}

bool freedom_of(const rating_design *design, freedom *out)
{
    size_t *extra = calloc(design->link_groups + 1, sizeof *extra);
    if (!extra)
        return false;
    count_second_ratings(design, extra);
    const double units = (double)design->unit_count;
    out->left = fmax(units - means_fitted(design, extra), 0);
    free(extra);
    /* with nothing left the interval is as of 1: so wide that nobody will lean on it */
    const double counted = fmax(out->left, 1);
    out->widens = sqrt(units / fmin(counted, units));
    out->reach = out->widens * gsl_cdf_tdist_Pinv(0.975, counted);
    return true;
}

double freedom_chance(const freedom *of, double distance)
{
    return of->left < 1 ? 1 : fmin(1, 2 * gsl_cdf_tdist_Q(distance / of->widens, of->left));
}
