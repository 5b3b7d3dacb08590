/* reviews.c - reviews of the plan, and core groups. */
#include "plans.h"
#include "timetable.h"

enum { FAULT_OUTSIDE_CALENDAR = TIMETABLE_FAULTS };

static const struct assay_input review_lateness_inputs[] = {
    AUDIT_DATE,
    PLAN_TYPE,
    {"plan_start_date",
     "CIN the day the plan was agreed, CP the initial conference, looked after the day care began",
     ASSAY_DATE, 1, NULL},
    PLAN_END_DATE,
    {"review_dates", "the days on which the plan was reviewed", ASSAY_DATES, 0, NULL},
};
enum { CIN_WEEKS, CP_FIRST, CP_LATER, CARE_FIRST, CARE_SECOND, CARE_LATER, REVIEW_LOOK_BACK };
static const struct assay_parameter review_lateness_parameters[] = {
    [CIN_WEEKS] = {"cin_weeks", "child in need, between reviews", "weeks", ASSAY_NUMBER, 0, 12, 1,
                   104},
    [CP_FIRST] = {"cp_first_months", "child protection, to the first review conference", "months",
                  ASSAY_NUMBER, 0, 3, 1, 24},
    [CP_LATER] = {"cp_later_months", "child protection, between later ones", "months", ASSAY_NUMBER,
                  0, 6, 1, 24},
    [CARE_FIRST] = {"care_first_days", "looked after, to the first review", "working days",
                    ASSAY_NUMBER, 0, 20, 1, 100},
    [CARE_SECOND] = {"care_second_months", "looked after, from the first review to the second",
                     "months", ASSAY_NUMBER, 0, 3, 1, 24},
    [CARE_LATER] = {"care_later_months", "looked after, between later ones", "months", ASSAY_NUMBER,
                    0, 6, 1, 24},
    [REVIEW_LOOK_BACK] = LOOK_BACK_MONTHS("plans", 24),
};
static const char *const plan_faults[] = {
    "the plan starts after the audit",
    "the plan ends before it starts",
    OUTSIDE_CALENDAR,
};

/* CIN: a local interval. CP: Working Together, a review conference within 3 months of the initial
 * conference and then within 6 months. Looked after: Care Planning, Placement and Case Review
 * (England) Regulations 2010, reg 33: within 20 working days, 3 months, 6 months. */
static int set_review_intervals(struct timetable *timetable, const struct assay_batch *batch,
                                enum plan_type type)
{
    const double *parameters = batch->parameters;

    switch (type) {
    case PLAN_CIN:
        timetable->later_days = 7 * (int32_t)parameters[CIN_WEEKS];
        timetable->first_due = timetable->start + timetable->later_days;
        return 0;
    case PLAN_CP:
        timetable->later_months = (int32_t)parameters[CP_LATER];
        timetable->first_due = assay_add_months(timetable->start, (int32_t)parameters[CP_FIRST]);
        return 0;
    case PLAN_LOOKED_AFTER:
        break;
    }
    timetable->second_months = (int32_t)parameters[CARE_SECOND];
    timetable->later_months = (int32_t)parameters[CARE_LATER];
    if (!timetable->whole)
        return 0;
    return timetable_first_working_day(timetable, batch->calendar, (int32_t)parameters[CARE_FIRST]);
}

static uint8_t follow_reviews(const struct assay_batch *batch, uint32_t record,
                              struct punctuality *punctuality)
{
    const struct assay_column *in = batch->inputs;
    const int32_t             *audit = in[0].values, *start = in[2].values;
    const uint8_t             *type = in[1].values;
    struct timetable           timetable;

    if (in[0].status[record] != ASSAY_VALUE || in[1].status[record] != ASSAY_VALUE ||
        in[2].status[record] != ASSAY_VALUE)
        return ASSAY_MISSING; /* the host says which it is */

    const uint8_t status = timetable_open(&timetable, audit[record], start[record], &in[3], record,
                                          (int32_t)batch->parameters[REVIEW_LOOK_BACK]);

    if (status != ASSAY_VALUE)
        return status;
    timetable.first_counted = timetable.start + 1; /* the first conference is not its own review */
    if (set_review_intervals(&timetable, batch, (enum plan_type)type[record]) != 0)
        return FAULT_OUTSIDE_CALENDAR;
    return timetable_follow(&timetable, &in[4], record, punctuality);
}

static int32_t run_review_lateness(const struct assay_batch   *batch,
                                   const struct assay_results *results)
{
    return timetable_fill_lateness(batch, results, follow_reviews);
}

const struct assay_measure review_lateness = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "review_lateness",
    .help = "Days by which the latest of the plan's reviews was late, or is on the audit date; "
            "0 is all in time",
    .unit = "days",
    .minimum = 0,
    .maximum = LONGEST_DAYS,
    .inputs = review_lateness_inputs,
    .parameters = review_lateness_parameters,
    .faults = plan_faults,
    .input_count = COUNT(review_lateness_inputs),
    .parameter_count = COUNT(review_lateness_parameters),
    .fault_count = COUNT(plan_faults),
    .uses_calendar = 1,
    .run = run_review_lateness,
};

static const struct assay_input core_group_lateness_inputs[] = {
    AUDIT_DATE,
    {"conference_date", "the day of the initial child protection conference", ASSAY_DATE, 1, NULL},
    PLAN_END_DATE,
    {"core_group_dates", "the days on which the core group met", ASSAY_DATES, 0, NULL},
};
enum { CORE_FIRST, CORE_LATER, CORE_LOOK_BACK };
static const struct assay_parameter core_group_lateness_parameters[] = {
    [CORE_FIRST] = {"first_days", "from the conference to the first core group", "working days",
                    ASSAY_NUMBER, 0, 10, 1, 100},
    [CORE_LATER] = {"later_weeks", "between later core groups", "weeks", ASSAY_NUMBER, 0, 6, 1, 52},
    [CORE_LOOK_BACK] = LOOK_BACK_MONTHS("plans", 24),
};
static const char *const core_group_faults[] = {
    "the initial conference was held after the audit",
    "the plan ends before the initial conference",
    OUTSIDE_CALENDAR,
};

/* Working Together: the first core group within 10 working days of the initial conference. The
 * interval of the later ones is local, 4 to 6 weeks. */
static uint8_t follow_core_groups(const struct assay_batch *batch, uint32_t record,
                                  struct punctuality *punctuality)
{
    const struct assay_column *in = batch->inputs;
    const int32_t             *audit = in[0].values, *conference = in[1].values;
    const double              *parameters = batch->parameters;
    struct timetable           timetable;

    if (in[0].status[record] != ASSAY_VALUE || in[1].status[record] != ASSAY_VALUE)
        return ASSAY_MISSING; /* the host says which it is */

    const uint8_t status = timetable_open(&timetable, audit[record], conference[record], &in[2],
                                          record, (int32_t)parameters[CORE_LOOK_BACK]);

    if (status != ASSAY_VALUE)
        return status;
    timetable.later_days = 7 * (int32_t)parameters[CORE_LATER];
    if (timetable.whole && timetable_first_working_day(&timetable, batch->calendar,
                                                       (int32_t)parameters[CORE_FIRST]) != 0)
        return FAULT_OUTSIDE_CALENDAR;
    return timetable_follow(&timetable, &in[3], record, punctuality);
}

static int32_t run_core_group_lateness(const struct assay_batch   *batch,
                                       const struct assay_results *results)
{
    return timetable_fill_lateness(batch, results, follow_core_groups);
}

const struct assay_measure core_group_lateness = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "core_group_lateness",
    .help = "Days by which the latest core group was late, or is on the audit date; "
            "0 is all in time",
    .unit = "days",
    .minimum = 0,
    .maximum = LONGEST_DAYS,
    .inputs = core_group_lateness_inputs,
    .parameters = core_group_lateness_parameters,
    .faults = core_group_faults,
    .input_count = COUNT(core_group_lateness_inputs),
    .parameter_count = COUNT(core_group_lateness_parameters),
    .fault_count = COUNT(core_group_faults),
    .uses_calendar = 1,
    .run = run_core_group_lateness,
};
