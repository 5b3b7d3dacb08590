#include "forecast/mixture.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

/* Far finer than any share is shown. */
static const double near_enough = 1e-9;

double mixture_below(const mixture *of, double x)
{
    double sum = 0;
    for (size_t i = 0; i < of->count; i++) {
        const mixture_part *part = &of->parts[i];
        sum += part->weight * gsl_cdf_ugaussian_P((x - part->mean) / part->deviation);
    }
    return fmin(sum, 1);
}

double mixture_quantile(const mixture *of, double p)
{
    /* It lies between the lowest and the highest of the parts' own. */
    const double z = gsl_cdf_ugaussian_Pinv(p);
    double       low = INFINITY;
    double       high = -INFINITY;
    for (size_t i = 0; i < of->count; i++) {
        const double at = of->parts[i].mean + z * of->parts[i].deviation;
        low = fmin(low, at);
        high = fmax(high, at);
    }
    while (high - low > near_enough) {
        const double middle = low + (high - low) / 2;
        if (mixture_below(of, middle) < p)
            low = middle;
        else
            high = middle;
    }
    return low + (high - low) / 2;
}
