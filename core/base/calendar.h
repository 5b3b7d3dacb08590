/* calendar.h - which days are working days. */
#pragma once

#include <assay/plugin.h>

#include "base/error.h"

/* A calendar: Monday to Friday without the holidays it lists. Read-only once read. */
typedef struct {
    const char           *id;
    struct assay_calendar table; /* what plugins are given */
    char                 *storage;
} calendar;

/* Reads rubrics/calendars/ID.ini: [calendar] id, title, source, first, last; [holidays] one key
 * a day. NULL and `errors` filled where it cannot be used. Free with calendar_free(). */
calendar *calendar_read(const char *path, error_list *errors);
void      calendar_free(calendar *calendar);
