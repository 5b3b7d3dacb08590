/* What raters come to who grade without looking. */
#include <stdlib.h>

#include "statistics/sample.h"

statistics_estimate statistics_at_random(const statistics_measure *measure, const double *first,
                                         const double *second)
{
    if (measure->kind == STATISTICS_ALPHA || measure->kind == STATISTICS_ALPHA_WEIGHTED)
        return (statistics_estimate){0};

    const size_t q = measure->weights->categories;
    double      *shares = calloc(q, sizeof *shares);
    double       agreed = 0;

    if (!shares)
        return (statistics_estimate){.reason = STATISTICS_NO_MEMORY};
    for (size_t k = 0; k < q; k++) {
        shares[k] = (first[k] + second[k]) / 2;
        for (size_t l = 0; l < q; l++)
            agreed += measure->weights->cells[k * q + l] * first[k] * second[l];
    }
    const statistics_estimate found =
        corrected(q, agreed, expected_of(measure, first, second, shares));
    free(shares);
    return found;
}
