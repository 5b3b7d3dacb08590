/* visits.c - visits to children in need and children with a protection plan. */
#include "plans.h"
#include "timetable.h"

static const struct assay_input visit_inputs[] = {
    AUDIT_DATE, PLAN_TYPE, PLAN_START_DATE, PLAN_END_DATE, VISIT_DATES,
};
enum { CIN_DAYS, CP_DAYS, LOOK_BACK };
static const struct assay_parameter visit_parameters[] = {
    [CIN_DAYS] = {"cin_days", "child in need, between visits", "days", ASSAY_NUMBER, 0, 28, 1, 366},
    [CP_DAYS] = {"cp_days", "child protection, between visits", "days", ASSAY_NUMBER, 0, 14, 1,
                 366},
    [LOOK_BACK] = LOOK_BACK_MONTHS("plans", 12),
};
static const char *const visit_faults[] = {
    "the plan starts after the audit",
    "the plan ends before it starts",
};

/* Both intervals are local norms, to the first visit as between later ones. Visits to children
 * who are looked after follow the placement: placement_visits.c. */
static uint8_t follow_visits(const struct assay_batch *batch, uint32_t record,
                             struct punctuality *punctuality)
{
    const struct assay_column *in = batch->inputs;
    const int32_t             *audit = in[0].values, *start = in[2].values;
    const uint8_t             *type = in[1].values;
    const double              *parameters = batch->parameters;
    struct timetable           timetable;

    if (in[0].status[record] != ASSAY_VALUE || in[1].status[record] != ASSAY_VALUE ||
        in[2].status[record] != ASSAY_VALUE)
        return ASSAY_MISSING; /* the host says which it is */
    if (type[record] == PLAN_LOOKED_AFTER)
        return ASSAY_NOT_APPLICABLE;

    const uint8_t status = timetable_open(&timetable, audit[record], start[record], &in[3], record,
                                          (int32_t)parameters[LOOK_BACK]);

    if (status != ASSAY_VALUE)
        return status;
    timetable.later_days = (int32_t)parameters[type[record] == PLAN_CP ? CP_DAYS : CIN_DAYS];
    timetable.first_due = timetable.start + timetable.later_days;
    return timetable_follow(&timetable, &in[4], record, punctuality);
}

static int32_t run_visit_lateness(const struct assay_batch   *batch,
                                  const struct assay_results *results)
{
    return timetable_fill_lateness(batch, results, follow_visits);
}

static int32_t run_visit_gap(const struct assay_batch *batch, const struct assay_results *results)
{
    return timetable_fill_gap(batch, results, follow_visits);
}

const struct assay_measure visit_lateness = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "visit_lateness",
    .help = "Child in need and child protection: days by which the latest visit was late, "
            "or is on the audit date; 0 is all in time",
    .unit = "days",
    .minimum = 0,
    .maximum = LONGEST_DAYS,
    .inputs = visit_inputs,
    .parameters = visit_parameters,
    .faults = visit_faults,
    .input_count = COUNT(visit_inputs),
    .parameter_count = COUNT(visit_parameters),
    .fault_count = COUNT(visit_faults),
    .run = run_visit_lateness,
};

const struct assay_measure visit_gap = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "visit_gap",
    .help = "Child in need and child protection: the longest time unseen as a share of "
            "the interval due; 100 is just in time",
    .unit = "%",
    .minimum = 0,
    .maximum = 100.0 * LONGEST_DAYS,
    .inputs = visit_inputs,
    .parameters = visit_parameters,
    .faults = visit_faults,
    .input_count = COUNT(visit_inputs),
    .parameter_count = COUNT(visit_parameters),
    .fault_count = COUNT(visit_faults),
    .run = run_visit_gap,
};
