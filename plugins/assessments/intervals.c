/* intervals.c - how long something took, or has been waited for on the audit date. */
#include "assessments.h"

/* In the order of the fault texts of every measure in this file. */
enum {
    FAULT_END_BEFORE_START = ASSAY_FAULT,
    FAULT_START_AFTER_AUDIT,
    FAULT_END_AFTER_AUDIT,
    FAULT_OUTSIDE_CALENDAR /* working days only */
};

#define OUTSIDE_CALENDAR "a date is outside the years that the calendar covers"

/* The inputs of every measure in this file begin with these three. */
enum { AUDIT, START, END };

struct interval {
    int32_t from;
    int32_t to; /* the audit date where the interval is open */
    int     open;
};

/* The interval of one record: ASSAY_VALUE where it has one, else the status of the result.
 * Where a required date is absent the host puts that input's status in place of ours. */
static uint8_t read_interval(const struct assay_batch *batch, uint32_t record,
                             struct interval *interval)
{
    const struct assay_column *in = batch->inputs;
    const int32_t *audit = in[AUDIT].values, *start = in[START].values, *end = in[END].values;

    if (in[AUDIT].status[record] != ASSAY_VALUE || in[START].status[record] != ASSAY_VALUE)
        return ASSAY_MISSING;
    if (in[END].status[record] == ASSAY_NOT_APPLICABLE)
        return ASSAY_NOT_APPLICABLE;

    interval->from = start[record];
    interval->open = in[END].status[record] != ASSAY_VALUE;
    interval->to = interval->open ? audit[record] : end[record];

    if (interval->from > audit[record])
        return FAULT_START_AFTER_AUDIT;
    if (interval->to < interval->from)
        return FAULT_END_BEFORE_START;
    if (interval->to > audit[record])
        return FAULT_END_AFTER_AUDIT;
    return ASSAY_VALUE;
}

/* Working days of one record, the first day being day 0, or day 1 where it counts. */
static uint8_t read_working_days(const struct assay_batch *batch, uint32_t record,
                                 int32_t first_day, struct interval *interval, int32_t *days)
{
    const uint8_t status = read_interval(batch, record, interval);

    if (status != ASSAY_VALUE)
        return status;
    *days = assay_working_days(batch->calendar, interval->from - first_day, interval->to);
    return *days < 0 ? FAULT_OUTSIDE_CALENDAR : ASSAY_VALUE;
}

/* The measure in calendar days. parameters: due_within. */
static int32_t run_days(const struct assay_batch *batch, const struct assay_results *results)
{
    const double due_within = batch->parameters[0];
    double      *values = results->values;

    for (uint32_t i = 0; i < batch->count; ++i) {
        struct interval interval;
        uint8_t         status = read_interval(batch, i, &interval);

        if (status == ASSAY_VALUE) {
            values[i] = interval.to - interval.from;
            if (interval.open && values[i] <= due_within)
                status = ASSAY_NOT_DUE;
        }
        results->status[i] = status;
    }
    return 0;
}

/* The measure in working days. */
static void fill_working_days(const struct assay_batch *batch, const struct assay_results *results,
                              int32_t first_day)
{
    const double due_within = batch->parameters[0];
    double      *values = results->values;

    for (uint32_t i = 0; i < batch->count; ++i) {
        struct interval interval;
        int32_t         days;
        uint8_t         status = read_working_days(batch, i, first_day, &interval, &days);

        if (status == ASSAY_VALUE) {
            values[i] = days;
            if (interval.open && days <= due_within)
                status = ASSAY_NOT_DUE;
        }
        results->status[i] = status;
    }
}

/* parameters: due_within. */
static int32_t run_working_days(const struct assay_batch   *batch,
                                const struct assay_results *results)
{
    fill_working_days(batch, results, 0);
    return 0;
}

/* Working Together to Safeguard Children: the decision on a referral within one working day. */
static const struct assay_input referral_decision_inputs[] = {
    AUDIT_DATE,
    REFERRAL_DATE,
    {"referral_decision_date", "the day on which the decision on the referral was recorded",
     ASSAY_DATE, 0, NULL},
};
static const struct assay_parameter referral_decision_parameters[] = {
    {"due_within", "an open interval up to this long is not yet due", "working days", ASSAY_NUMBER,
     0, 1, 0, 400},
};
static const char *const referral_decision_faults[] = {
    "the decision was made before the referral came in",
    "the referral came in after the audit",
    "the decision was made after the audit",
    OUTSIDE_CALENDAR,
};
const struct assay_measure referral_decision = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "referral_decision",
    .help = "Working days from referral to the decision on it; 0 is the same day",
    .unit = "working days",
    .minimum = 0,
    .maximum = LONGEST_DAYS,
    .inputs = referral_decision_inputs,
    .parameters = referral_decision_parameters,
    .faults = referral_decision_faults,
    .input_count = COUNT(referral_decision_inputs),
    .parameter_count = COUNT(referral_decision_parameters),
    .fault_count = COUNT(referral_decision_faults),
    .uses_calendar = 1,
    .run = run_working_days,
};

/* Working Together: an assessment ends within 45 working days of the referral; where it takes
 * longer the reason is recorded. The national return counts the day of referral as day 0, its
 * validator as day 1: hence first_day_counts. */
static const struct assay_parameter timeliness_parameters[] = {
    {"due_within", "an open assessment up to this old is not yet due", "working days", ASSAY_NUMBER,
     0, 45, 1, 400},
    {"first_day_counts", "yes counts a working day of referral as day 1, no as day 0", "",
     ASSAY_FLAG, 0, 0, 0, 1},
};
static const struct assay_input timeliness_inputs[] = {AUDIT_DATE, REFERRAL_DATE, COMPLETED_DATE};
static const char *const        timeliness_faults[] = {
           "the assessment ended before the referral came in",
           "the referral came in after the audit",
           "the assessment ended after the audit",
           OUTSIDE_CALENDAR,
};
static int32_t run_timeliness(const struct assay_batch *batch, const struct assay_results *results)
{
    fill_working_days(batch, results, batch->parameters[1] > 0 ? 1 : 0);
    return 0;
}
const struct assay_measure timeliness = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "timeliness",
    .help = "Working days from referral to the end of the assessment; 0 is the same day",
    .unit = "working days",
    .minimum = 0,
    .maximum = LONGEST_DAYS,
    .inputs = timeliness_inputs,
    .parameters = timeliness_parameters,
    .faults = timeliness_faults,
    .input_count = COUNT(timeliness_inputs),
    .parameter_count = COUNT(timeliness_parameters),
    .fault_count = COUNT(timeliness_faults),
    .uses_calendar = 1,
    .run = run_timeliness,
};

/* The same clock; what counts is the days past the time allowed that nothing explains. */
static const struct assay_input unexplained_delay_inputs[] = {
    AUDIT_DATE,
    REFERRAL_DATE,
    COMPLETED_DATE,
    {"delay_reason_recorded", "whether the file says why the assessment took longer", ASSAY_FLAG, 0,
     NULL},
};
static const struct assay_parameter unexplained_delay_parameters[] = {
    {"due_within", "the time allowed from referral", "working days", ASSAY_NUMBER, 0, 45, 1, 400},
    {"first_day_counts", "yes counts a working day of referral as day 1, no as day 0", "",
     ASSAY_FLAG, 0, 0, 0, 1},
};
static int32_t run_unexplained_delay(const struct assay_batch   *batch,
                                     const struct assay_results *results)
{
    const double               allowed = batch->parameters[0];
    const int32_t              first_day = batch->parameters[1] > 0 ? 1 : 0;
    const struct assay_column *reason = &batch->inputs[3];
    const uint8_t             *reason_recorded = reason->values;
    double                    *values = results->values;

    for (uint32_t i = 0; i < batch->count; ++i) {
        struct interval interval;
        int32_t         days;
        uint8_t         status = read_working_days(batch, i, first_day, &interval, &days);

        if (status == ASSAY_VALUE) {
            const int explained = reason->status[i] == ASSAY_VALUE && reason_recorded[i];

            values[i] = days > allowed && !explained ? days - allowed : 0;
            if (interval.open && days <= allowed)
                status = ASSAY_NOT_DUE;
        }
        results->status[i] = status;
    }
    return 0;
}
const struct assay_measure unexplained_delay = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "unexplained_delay",
    .help = "Working days past the time allowed with no reason recorded; "
            "0 is in time, or late for a recorded reason",
    .unit = "working days",
    .minimum = 0,
    .maximum = LONGEST_DAYS,
    .inputs = unexplained_delay_inputs,
    .parameters = unexplained_delay_parameters,
    .faults = timeliness_faults,
    .input_count = COUNT(unexplained_delay_inputs),
    .parameter_count = COUNT(unexplained_delay_parameters),
    .fault_count = COUNT(timeliness_faults),
    .uses_calendar = 1,
    .run = run_unexplained_delay,
};

/* Working Together: the child is seen within a time that fits the risk; local norms differ.
 * An assessment that ended without a sight of the child has none to come: that is missing. */
static const struct assay_input first_sight_inputs[] = {
    AUDIT_DATE,
    REFERRAL_DATE,
    {"first_seen_date", "the day on which a social worker first saw the child after the referral",
     ASSAY_DATE, 0, NULL},
    COMPLETED_DATE,
};
static const struct assay_parameter first_sight_parameters[] = {
    {"due_within", "a child unseen for up to this long is not yet due to be seen", "working days",
     ASSAY_NUMBER, 0, 10, 0, 400},
};
static const char *const first_sight_faults[] = {
    "the child was first seen before the referral came in",
    "the referral came in after the audit",
    "the child was first seen after the audit",
    OUTSIDE_CALENDAR,
};
static int32_t run_first_sight(const struct assay_batch *batch, const struct assay_results *results)
{
    const double               due_within = batch->parameters[0];
    const struct assay_column *completed = &batch->inputs[3];
    double                    *values = results->values;

    for (uint32_t i = 0; i < batch->count; ++i) {
        struct interval interval;
        int32_t         days;
        uint8_t         status = read_working_days(batch, i, 0, &interval, &days);

        if (status == ASSAY_VALUE) {
            values[i] = days;
            if (interval.open && completed->status[i] == ASSAY_VALUE)
                status = ASSAY_MISSING;
            else if (interval.open && days <= due_within)
                status = ASSAY_NOT_DUE;
        }
        results->status[i] = status;
    }
    return 0;
}
const struct assay_measure first_sight = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "first_sight",
    .help = "Working days from referral until the child was first seen; 0 is the same day",
    .unit = "working days",
    .minimum = 0,
    .maximum = LONGEST_DAYS,
    .inputs = first_sight_inputs,
    .parameters = first_sight_parameters,
    .faults = first_sight_faults,
    .input_count = COUNT(first_sight_inputs),
    .parameter_count = COUNT(first_sight_parameters),
    .fault_count = COUNT(first_sight_faults),
    .uses_calendar = 1,
    .run = run_first_sight,
};

/* Working Together: a strategy discussion as soon as there is reason to suspect significant
 * harm; within a day is the usual local norm. */
static const struct assay_input strategy_delay_inputs[] = {
    AUDIT_DATE,
    {"concern_date", "the day on which the concern that called for the discussion was known",
     ASSAY_DATE, 1, NULL},
    {"strategy_date", "the day of the strategy discussion", ASSAY_DATE, 0, NULL},
};
static const struct assay_parameter strategy_delay_parameters[] = {
    {"due_within", "an open interval up to this long is not yet due", "days", ASSAY_NUMBER, 0, 1, 0,
     365},
};
static const char *const strategy_delay_faults[] = {
    "the strategy discussion was held before the concern was known",
    "the concern was known after the audit",
    "the strategy discussion was held after the audit",
};
const struct assay_measure strategy_delay = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "strategy_delay",
    .help = "Days from the concern to the strategy discussion; 0 is the same day",
    .unit = "days",
    .minimum = 0,
    .maximum = LONGEST_DAYS,
    .inputs = strategy_delay_inputs,
    .parameters = strategy_delay_parameters,
    .faults = strategy_delay_faults,
    .input_count = COUNT(strategy_delay_inputs),
    .parameter_count = COUNT(strategy_delay_parameters),
    .fault_count = COUNT(strategy_delay_faults),
    .run = run_days,
};

/* Working Together: the initial child protection conference within 15 working days of the
 * strategy discussion at which the section 47 enquiry was initiated. */
static const struct assay_input conference_days_inputs[] = {
    AUDIT_DATE,
    {"strategy_date", "the day of the strategy discussion that began the section 47 enquiry",
     ASSAY_DATE, 1, NULL},
    {"conference_date", "the day of the initial conference, or n/a where none was needed",
     ASSAY_DATE, 0, NULL},
};
static const struct assay_parameter conference_days_parameters[] = {
    {"due_within", "an open interval up to this long is not yet due", "working days", ASSAY_NUMBER,
     0, 15, 1, 400},
};
static const char *const conference_days_faults[] = {
    "the conference was held before the strategy discussion",
    "the strategy discussion was held after the audit",
    "the conference was held after the audit",
    OUTSIDE_CALENDAR,
};
const struct assay_measure conference_days = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "conference_days",
    .help = "Working days from the strategy discussion that began the enquiry "
            "to the initial child protection conference",
    .unit = "working days",
    .minimum = 0,
    .maximum = LONGEST_DAYS,
    .inputs = conference_days_inputs,
    .parameters = conference_days_parameters,
    .faults = conference_days_faults,
    .input_count = COUNT(conference_days_inputs),
    .parameter_count = COUNT(conference_days_parameters),
    .fault_count = COUNT(conference_days_faults),
    .uses_calendar = 1,
    .run = run_working_days,
};

/* Working Together: where there is a risk to life or of immediate serious harm, act at once. */
static const struct assay_input safety_action_inputs[] = {
    AUDIT_DATE,
    {"risk_known_date", "the day on which the immediate risk was known", ASSAY_DATE, 1, NULL},
    {"safety_action_date", "the day of the action that made the child safe", ASSAY_DATE, 0, NULL},
};
static const struct assay_parameter safety_action_parameters[] = {
    {"due_within", "an open interval up to this long is not yet due", "days", ASSAY_NUMBER, 0, 0, 0,
     365},
};
static const char *const safety_action_faults[] = {
    "the action was taken before the risk was known",
    "the risk was known after the audit",
    "the action was taken after the audit",
};
const struct assay_measure safety_action = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "safety_action",
    .help = "Days from the day an immediate risk was known to the action that made the child safe; "
            "0 is the same day",
    .unit = "days",
    .minimum = 0,
    .maximum = LONGEST_DAYS,
    .inputs = safety_action_inputs,
    .parameters = safety_action_parameters,
    .faults = safety_action_faults,
    .input_count = COUNT(safety_action_inputs),
    .parameter_count = COUNT(safety_action_parameters),
    .fault_count = COUNT(safety_action_faults),
    .run = run_days,
};
