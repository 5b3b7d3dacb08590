#include "severity/holm.h"

#include <math.h>
#include <stdlib.h>

typedef struct {
    double p;
    size_t of;
} ranked;

static int compare_ranked(const void *left, const void *right)
{
    const ranked *a = left;
    const ranked *b = right;
    if (a->p != b->p)
        return a->p < b->p ? -1 : 1;
    return (a->of > b->of) - (a->of < b->of);
}

bool holm_correct(const double *p, size_t count, double *corrected)
{
    ranked *order = calloc(count + 1, sizeof *order);
    if (!order)
        return false;
    for (size_t k = 0; k < count; k++)
        order[k] = (ranked){p[k], k};
    qsort(order, count, sizeof *order, compare_ranked);
    double least = 0;
    for (size_t k = 0; k < count; k++) {
        least = fmax(least, fmin(1, (double)(count - k) * order[k].p));
        corrected[order[k].of] = least;
    }
    free(order);
    return true;
}
