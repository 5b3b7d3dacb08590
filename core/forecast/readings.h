/* readings.h - months as the model reads them. Private to the room. */
#pragma once

#include "forecast/forecast.h"

/* One month with audits: as if `audits` had been moderated and `good` were good or better. Less than
 * whole numbers where a correction has taken some of their weight. */
typedef struct {
    int32_t month;
    double  audits;
    double  good;
    double  own;     /* the auditors' share */
    bool    shifted; /* not corrected by itself: its log-odds are moved by `shift` */
} reading;

typedef struct {
    const reading *items; /* by month */
    size_t         count;
    double         shift; /* corrected less auditors' log-odds: pooled, or mean of the corrected */
    double         shift_variance; /* how unsure that is: the same for all that are shifted */
    double         correction;     /* the same as a share */
    size_t         corrected;
    size_t         moved;
    size_t         left_out;
    uint64_t       audits;
} readings;

/* Reads the months, which are checked; `pooled` may be NULL. False where memory is out. */
bool readings_make(const forecast_month *months, size_t count, const forecast_correction *pooled,
                   readings *out, arena *memory);

/* Why those cannot be forecast from. */
forecast_reason readings_reason(const readings *of);

/* The share that was read for a month. */
double reading_share(const readings *of, const reading *month);

double log_odds(double share); /* 0 < share < 1 */
double share_of_odds(double log_odds);

/* False with faults where a month is impossible. */
bool months_check(const forecast_month *months, size_t count, error_list *errors);
