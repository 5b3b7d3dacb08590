/* timetable.c - a row of events that fall due one after another. */
#include "timetable.h"

uint8_t timetable_open(struct timetable *timetable, int32_t audit, int32_t start,
                       const struct assay_column *ends, uint32_t record, int32_t look_back_months)
{
    const int     has_end = ends->status[record] == ASSAY_VALUE;
    const int32_t end = has_end ? ((const int32_t *)ends->values)[record] : audit;
    const int     closed = has_end && end <= audit;

    if (start > audit)
        return TIMETABLE_STARTS_AFTER_AUDIT;
    if (end < start)
        return TIMETABLE_ENDS_BEFORE_START;
    *timetable = (struct timetable){
        .start = start,
        .first_counted = start,
        .horizon = closed ? end : audit,
        .closed = closed,
        .whole = assay_add_months(start, look_back_months) >= audit,
    };
    return ASSAY_VALUE;
}

int timetable_first_working_day(struct timetable *timetable, const struct assay_calendar *calendar,
                                int32_t working_days)
{
    const int32_t start = timetable->start;
    int32_t       day = start + working_days; /* no sooner, were all of them working days */

    if (start < calendar->first || start > calendar->last)
        return -1;
    while (day <= calendar->last && assay_working_days(calendar, start, day) < working_days)
        ++day;
    timetable->first_due = day;
    /* A due day past the calendar is no matter as long as the horizon is within. */
    return day > calendar->last && timetable->horizon > calendar->last ? -1 : 0;
}

static int32_t next_due(const struct timetable *timetable, uint32_t held, int32_t last)
{
    const int32_t early = last + timetable->early_days;

    if (held == 0)
        return timetable->first_due;
    if (held == 1 && timetable->second_months > 0)
        return assay_add_months(last, timetable->second_months);
    /* The interval in force is that of the day on which the next would be due. */
    if (timetable->early_days > 0 && early <= timetable->early_until)
        return early;
    return timetable->later_months > 0 ? assay_add_months(last, timetable->later_months)
                                       : last + timetable->later_days;
}

static void note(struct punctuality *punctuality, int32_t last, int32_t due, int32_t day)
{
    const double gap = 100.0 * (day - last) / (due - last);

    if (day - due > punctuality->lateness)
        punctuality->lateness = day - due;
    if (gap > punctuality->gap)
        punctuality->gap = gap;
}

uint8_t timetable_follow(const struct timetable *timetable, const struct assay_column *events,
                         uint32_t record, struct punctuality *punctuality)
{
    const int      listed = events->status[record] == ASSAY_VALUE;
    const int32_t *days = events->values;
    const uint32_t end = listed ? events->offsets[record + 1] : 0;
    uint32_t       next = listed ? events->offsets[record] : 0;
    uint32_t       held = 0;
    int32_t        last = timetable->start;

    *punctuality = (struct punctuality){0, 0};
    if (events->status[record] == ASSAY_NOT_APPLICABLE)
        return ASSAY_NOT_APPLICABLE;

    while (next < end && days[next] < timetable->first_counted)
        ++next;
    if (!timetable->whole) { /* what came before the list is not known: no first, no second */
        held = 2;
        if (next < end && days[next] <= timetable->horizon)
            last = days[next++];
    }
    for (; next < end && days[next] <= timetable->horizon; ++next) {
        note(punctuality, last, next_due(timetable, held, last), days[next]);
        last = days[next];
        ++held;
    }

    const int32_t due = next_due(timetable, held, last);

    if (held == 0 && timetable->horizon <= due)
        return timetable->closed ? ASSAY_NOT_APPLICABLE : ASSAY_NOT_DUE;
    note(punctuality, last, due, timetable->horizon);
    return ASSAY_VALUE;
}

int32_t timetable_fill_lateness(const struct assay_batch   *batch,
                                const struct assay_results *results, timetable_rule rule)
{
    double *values = results->values;

    for (uint32_t i = 0; i < batch->count; ++i) {
        struct punctuality punctuality = {0, 0};

        results->status[i] = rule(batch, i, &punctuality);
        values[i] = punctuality.lateness;
    }
    return 0;
}

int32_t timetable_fill_gap(const struct assay_batch *batch, const struct assay_results *results,
                           timetable_rule rule)
{
    double *values = results->values;

    for (uint32_t i = 0; i < batch->count; ++i) {
        struct punctuality punctuality = {0, 0};

        results->status[i] = rule(batch, i, &punctuality);
        values[i] = punctuality.gap;
    }
    return 0;
}
