/* series.c - a list of dates that should follow one another closely enough. */
#include "series.h"

uint8_t series_lateness(const struct series *series, const struct assay_column *dates,
                        uint32_t record, double *lateness)
{
    const int      listed = dates->status[record] == ASSAY_VALUE;
    const int32_t *days = dates->values;
    const uint32_t end = listed ? dates->offsets[record + 1] : 0;
    const int32_t  months = series->interval_months;
    int32_t        due = series->first_due, worst = 0;
    int            held = 0;

    for (uint32_t k = listed ? dates->offsets[record] : 0; k < end; ++k) {
        if (days[k] < series->start)
            continue;
        if (days[k] > series->audit)
            break;
        if (days[k] - due > worst)
            worst = days[k] - due;
        /* No month is shorter than 28 days: most intervals need no calendar month worked out. */
        if (k + 1 < end && days[k + 1] - days[k] <= 28 * months && days[k + 1] <= series->audit)
            due = days[k + 1];
        else
            due = assay_add_months(days[k], months);
        held = 1;
    }
    if (!held && series->audit <= due)
        return ASSAY_NOT_DUE;
    if (series->audit - due > worst)
        worst = series->audit - due;
    *lateness = worst;
    return ASSAY_VALUE;
}
