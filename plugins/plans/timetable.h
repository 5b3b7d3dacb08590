/* timetable.h - a row of events that fall due one after another: reviews, visits, core groups. */
#pragma once

#include <assay/plugin.h>

/* When each event is due, all in days since 1970. Every interval is at least a day. */
struct timetable {
    int32_t start;         /* the day from which the first is due */
    int32_t first_counted; /* events before this day belong to something earlier */
    int32_t horizon;       /* the audit date, or the end where that came sooner; >= start */
    int     closed;        /* it ended by the audit date: nothing more falls due */
    int     whole;     /* the list goes back to the start; else its first date is where we begin */
    int32_t first_due; /* where whole */
    int32_t second_months; /* from the first to the second; 0: as the later ones */
    int32_t early_days;    /* between events that are due by early_until; 0: as the later ones */
    int32_t early_until;
    int32_t later_months; /* between later ones; 0: later_days */
    int32_t later_days;
};

/* How the events kept to the timetable. */
struct punctuality {
    double lateness; /* days by which the latest was late, or is on the horizon; 0 is all in time */
    double gap;      /* the longest time between two, in % of the interval due */
};

/* The first faults of every measure that is built on a timetable. */
enum { TIMETABLE_STARTS_AFTER_AUDIT = ASSAY_FAULT, TIMETABLE_ENDS_BEFORE_START, TIMETABLE_FAULTS };

/* Sets start, first_counted (to the start), horizon, closed and whole; the rest to 0. `ends` is
 * the column of dates with the end of the record, if it has one.
 * Returns ASSAY_VALUE or one of the faults above. */
uint8_t timetable_open(struct timetable *timetable, int32_t audit, int32_t start,
                       const struct assay_column *ends, uint32_t record, int32_t look_back_months);

/* Sets first_due to the day that is `working_days` working days after the start.
 * Returns 0, or -1 where the calendar does not cover the days that matter. */
int timetable_first_working_day(struct timetable *timetable, const struct assay_calendar *calendar,
                                int32_t working_days);

/* Holds the dates of one record (a column of ASSAY_DATES) against the timetable.
 * Returns ASSAY_VALUE; ASSAY_NOT_DUE where nothing was held and nothing is due yet;
 * ASSAY_NOT_APPLICABLE where the column says so, or it closed before anything was due. */
uint8_t timetable_follow(const struct timetable *timetable, const struct assay_column *events,
                         uint32_t record, struct punctuality *punctuality);

/* How record `record` of a batch kept to its timetable: what a measure has to say for itself. */
typedef uint8_t (*timetable_rule)(const struct assay_batch *batch, uint32_t record,
                                  struct punctuality *punctuality);

/* Fill in the results with the one or the other member of struct punctuality. */
int32_t timetable_fill_lateness(const struct assay_batch   *batch,
                                const struct assay_results *results, timetable_rule rule);
int32_t timetable_fill_gap(const struct assay_batch *batch, const struct assay_results *results,
                           timetable_rule rule);
