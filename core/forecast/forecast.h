/* forecast.h - where the share of good or better is going, and how sure that is.
 *
 * From the audits of each month: what the share was, month by month, once chance is taken off;
 * where it will be; how likely it is to be at or over a target by a board's date.
 *
 * The model is a structural time series of the share's log-odds (Harvey, A. C. (1989), Forecasting,
 * structural time series models and the Kalman filter, 2.3 and 4.1): a level that wanders, a slope
 * that is damped (Gardner, E. S. and McKenzie, E. (1985), Forecasting trends in time series,
 * Management Science 31, 1237-1246), and counts that are binomial but for a chance of their own in
 * each month (overdispersion: other teams, other files). How much the level wanders, how steep
 * slopes get and how overdispersed months are is not known from a year of audits, so it is not
 * estimated as one value: every combination on a grid is fitted and weighed by how well it
 * explains the months. That is what keeps a forecast from being too sure of itself.
 *
 * A target is a local one: no share of good audits is a rule of Ofsted's.
 *
 * Numbers in, numbers out; no dates, files or clock. Deterministic and thread-safe; the order of the
 * months changes nothing. docs/forecast.md says when to trust it. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

enum {
    FORECAST_MONTHS_FEWEST = 6,  /* with audits */
    FORECAST_AUDITS_FEWEST = 30, /* in all of them */
    FORECAST_MONTHS_MOST = 60    /* the latest; what was before says nothing of next year */
};

/* One month. */
typedef struct {
    int32_t  month;          /* any count of months: year x 12 + month. -1,000,000 to 1,000,000 */
    uint64_t audits;         /* 0: the month is passed over */
    uint64_t good;           /* of them good or better, as the auditors have it */
    bool     corrected;      /* the next two are given */
    double   share;          /* corrected by moderation, 0 to 1 */
    double   standard_error; /* of that correction, 0 or more; the chance that is in any month's
                                audits is added here */
} forecast_month;

/* What moderation makes of many months together: for months with too few moderated audits of their
 * own. */
typedef struct {
    double shift;          /* log-odds of the corrected share less those of the auditors' own */
    double standard_error; /* of that; 0 or more */
} forecast_correction;

typedef struct {
    double         target;     /* a share, over 0 and under 1 */
    double         confidence; /* of the intervals, 0.5 to 0.999; 0.95 is usual */
    const int32_t *dates; /* the months of the boards, counted as the others; NULL where none */
    size_t         date_count;
    const forecast_correction *pooled; /* moves the months that are not corrected; NULL: they are
                                          moved by the mean of those that are */
    bool
        correction_wanted; /* no chance is given where nothing is corrected: FORECAST_UNCORRECTED */
} forecast_question;

/* Why there is no forecast. One table makes the reasons and their texts. */
#define FORECAST_REASONS(X)                                                                        \
    X(FORECAST_GIVEN, "")                                                                          \
    X(FORECAST_NO_AUDITS, "not enough data: no month has audits; choose a longer period")          \
    X(FORECAST_TOO_FEW_MONTHS,                                                                     \
      "not enough data: fewer than 6 months have audits; wait, or choose a longer period")         \
    X(FORECAST_TOO_FEW_AUDITS,                                                                     \
      "not enough data: fewer than 30 audits in all months; wait, or choose a longer period")      \
    X(FORECAST_PAST,                                                                               \
      "the date lies before the last month with audits; look at that month's figure")              \
    X(FORECAST_TOO_FAR,                                                                            \
      "the date is further ahead than the months of audits reach back; ask for a nearer one")      \
    X(FORECAST_UNCORRECTED,                                                                        \
      "auditors' own grades, not corrected: no chance is given; moderate at least 5 audits that "  \
      "chance picked")                                                                             \
    X(FORECAST_TOO_SHORT, "not enough data: no month is left to hold back after the first 6; "     \
                          "wait")

typedef enum {
#define X(reason, text) reason,
    FORECAST_REASONS(X)
#undef X
} forecast_reason;

/* "" for FORECAST_GIVEN; else what is wrong, and after "; " what to do. */
const char *forecast_reason_text(forecast_reason reason);

/* The share that the service stands at in a month, not that of a month's few audits. */
typedef struct {
    int32_t month;
    bool    has_audits;
    bool    has_correction;
    double  recorded;  /* as the auditors have it; 0 where the month has no audits */
    double  corrected; /* by its own moderation, or moved as all months together are; 0 without */
    double  share;     /* the middle of what is likely: as likely over as under */
    double  low;
    double  high;
} forecast_point;

/* One board's date. */
typedef struct {
    int32_t         month;
    forecast_reason reason; /* not FORECAST_GIVEN: the rest is 0 and means nothing */
    double          share, low, high;
    double chance;       /* that the service's true share is at or over the target in that month */
    bool   gain_applies; /* the month lies ahead */
    double gain_needed;  /* percentage points a month from the last month with audits to
                                     the target on that date; negative where there is room to fall */
} forecast_date;

/* Pointers live until forecast_free(). */
typedef struct {
    forecast_reason       reason; /* not FORECAST_GIVEN: only the counts below mean something */
    const forecast_point *points; /* every month from the first to the last date that is not too
                                     far, or the month after the last with audits */
    size_t                point_count;
    const forecast_date  *dates; /* as asked */
    size_t                date_count;
    double                gain; /* expected in the month after the last, in percentage points */
    double                chance_up; /* that the share is higher then than a year before, or than in
                                        the first month where that is later */
    double
        overdispersion; /* the variance of a month's count, as a multiple of the binomial's, at the
                              mean number of audits a month: 1, chance alone */
    double   mean_correction;  /* corrected less auditors' own share, in points, mean of the months
                               that are corrected or moved; 0 where there are none */
    size_t   months;           /* with audits, used */
    size_t   months_left_out;  /* with audits, before the latest 60 */
    size_t   months_corrected; /* of those used: by their own moderation */
    size_t   months_moved; /* the others, where they are moved by what is known of more months */
    uint64_t audits;       /* in the months used */
    arena    memory;
} forecast;

/* Forecasts from `count` months. What cannot be said is a reason in `out`. False with faults only
 * where the question or a month is impossible (more good than audits, a month twice), or memory is
 * out. Free with forecast_free() in any case. */
bool forecast_make(const forecast_month *months, size_t count, const forecast_question *question,
                   forecast *out, error_list *errors);
void forecast_free(forecast *made);

/* How it would have done: each month after the first 6 is held back and forecast from those before
 * it. */
typedef struct {
    forecast_reason reason;
    size_t          held;     /* months held back */
    double          coverage; /* the share of them whose recorded share was within the interval for
                                 the audits of such a month */
    double          error;    /* mean absolute, in points */
    double          naive_error; /* the same of saying "as in the last month" */
} forecast_backtest;

/* `ahead` months from the last known one to the one that is forecast, 1 to 12. False as of
 * forecast_make(). */
bool forecast_test(const forecast_month *months, size_t count, unsigned ahead, double confidence,
                   forecast_backtest *out, error_list *errors);

/* ---- A target, as it is written -------------------------------------------------------------- */

typedef struct {
    size_t level; /* the lowest level that counts: an index of `levels` */
    double share; /* over 0 and under 1 */
} forecast_target;

/* Reads "good or better >= 70%": LEVEL, "or better" (which may be left out of the highest level),
 * ">=" or "at least", N with up to 4 decimals, "%". Any letter case and spacing. `levels` are the
 * `count` ids or labels of the scale, lowest first. False with a fault that says what to write. */
bool forecast_target_read(text written, const char *const *levels, size_t count,
                          forecast_target *out, error_list *errors);
