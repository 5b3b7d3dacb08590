/* series.h - a list of dates that should follow one another closely enough. */
#pragma once

#include <assay/plugin.h>

/* What is asked of the list. All days since 1970. */
struct series {
    int32_t start; /* dates before this day belong to something earlier */
    int32_t audit; /* later dates are plans */
    int32_t first_due;
    int32_t interval_months; /* between later ones; at least 1 */
};

/* Holds the dates of one record (a column of ASSAY_DATES) against the series, and
 * sets the days by which the latest was late, or is on the audit date.
 * Returns ASSAY_VALUE, or ASSAY_NOT_DUE where none was held and none is due yet. */
uint8_t series_lateness(const struct series *series, const struct assay_column *dates,
                        uint32_t record, double *lateness);
