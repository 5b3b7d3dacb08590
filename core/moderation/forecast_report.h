/* forecast_report.h - where the share of good or better is going, over the store. */
#pragma once

#include "forecast/forecast.h"
#include "moderation/cases.h"
#include "moderation/moderation.h"
#include "writing/buffer.h"

typedef struct {
    store_filter   filter;
    const char    *target; /* "good or better >= 70%" */
    const int32_t *dates;  /* days of the boards, rising */
    size_t         date_count;
} forecast_request;

typedef struct {
    forecast_target   target;
    size_t            good; /* the level that counts from, of the scale */
    forecast          made;
    forecast_backtest held;        /* a month ahead */
    const int32_t    *dates;       /* the request's */
    size_t            other_scale; /* audits on another scale than most: left out */
    char              target_words[80];
} moderation_forecast;

/* Forecasts from the audits of the filter by month, each month corrected by its moderated audits where
 * there are enough, the others moved by what all moderated audits of the period say together. With
 * neither, no chance is given. False and `errors` filled where the target cannot be read or the store cannot.
 * Free with moderation_forecast_free() in either case. */
bool moderation_forecast_read(store *store, const forecast_request *request,
                              moderation_forecast *out, error_list *errors);
void moderation_forecast_free(moderation_forecast *forecast);

/* Writes it as "table", "csv" or "json". */
void moderation_forecast_write(const moderation_forecast *forecast, const char *format,
                               buffer *out);
