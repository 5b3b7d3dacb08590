/* care.c - the care plan and the plan for permanence of a looked after child. */
#include "plans.h"

/* Care Planning, Placement and Case Review (England) Regulations 2010, reg 4(2): the care plan
 * before the first placement, or within 10 working days of its start. */
enum {
    FAULT_PLACEMENT_AFTER_AUDIT = ASSAY_FAULT,
    FAULT_CARE_PLAN_AFTER_AUDIT,
    FAULT_OUTSIDE_CALENDAR
};

static const struct assay_input care_plan_days_inputs[] = {
    AUDIT_DATE,
    {"first_placement_date", "the day on which the child's first placement began", ASSAY_DATE, 1,
     NULL},
    {"care_plan_date", "the day on which the care plan was made", ASSAY_DATE, 0, NULL},
};
static const struct assay_parameter care_plan_days_parameters[] = {
    {"due_within", "an open interval up to this long is not yet due", "working days", ASSAY_NUMBER,
     0, 10, 1, 400},
};
static const char *const care_plan_days_faults[] = {
    "the first placement began after the audit",
    "the care plan was made after the audit",
    OUTSIDE_CALENDAR,
};

static int32_t run_care_plan_days(const struct assay_batch   *batch,
                                  const struct assay_results *results)
{
    const struct assay_column *in = batch->inputs;
    const int32_t *audit = in[0].values, *placement = in[1].values, *plan = in[2].values;
    double        *values = results->values;

    for (uint32_t i = 0; i < batch->count; ++i) {
        const int planned = in[2].status[i] == ASSAY_VALUE;

        if (in[0].status[i] != ASSAY_VALUE || in[1].status[i] != ASSAY_VALUE) {
            results->status[i] = ASSAY_MISSING; /* the host says which it is */
        } else if (in[2].status[i] == ASSAY_NOT_APPLICABLE) {
            results->status[i] = ASSAY_NOT_APPLICABLE;
        } else if (placement[i] > audit[i]) {
            results->status[i] = FAULT_PLACEMENT_AFTER_AUDIT;
        } else if (planned && plan[i] > audit[i]) {
            results->status[i] = FAULT_CARE_PLAN_AFTER_AUDIT;
        } else if (planned && plan[i] <= placement[i]) {
            results->status[i] = ASSAY_VALUE;
            values[i] = 0;
        } else {
            const int32_t days =
                assay_working_days(batch->calendar, placement[i], planned ? plan[i] : audit[i]);

            results->status[i] = days < 0                                   ? FAULT_OUTSIDE_CALENDAR
                                 : !planned && days <= batch->parameters[0] ? ASSAY_NOT_DUE
                                                                            : ASSAY_VALUE;
            values[i] = days;
        }
    }
    return 0;
}

const struct assay_measure care_plan_days = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "care_plan_days",
    .help = "Working days from the start of the first placement to the care plan; "
            "0 is on that day or before it",
    .unit = "working days",
    .minimum = 0,
    .maximum = LONGEST_DAYS,
    .inputs = care_plan_days_inputs,
    .parameters = care_plan_days_parameters,
    .faults = care_plan_days_faults,
    .input_count = COUNT(care_plan_days_inputs),
    .parameter_count = COUNT(care_plan_days_parameters),
    .fault_count = COUNT(care_plan_days_faults),
    .uses_calendar = 1,
    .run = run_care_plan_days,
};

/* Children Act guidance, volume 2: a plan for permanence by the second review, which reg 33 puts
 * at about four months. A second review that was held late does not put the day off. */
enum { FAULT_CARE_AFTER_AUDIT = ASSAY_FAULT, FAULT_PERMANENCE_AFTER_AUDIT };

static const struct assay_input permanence_lateness_inputs[] = {
    AUDIT_DATE,
    {"looked_after_date", "the day on which the child became looked after", ASSAY_DATE, 1, NULL},
    {"review_dates", "the days on which the child's case was reviewed, from the first", ASSAY_DATES,
     0, NULL},
    {"permanence_plan_date", "the day on which the plan for permanence was agreed", ASSAY_DATE, 0,
     NULL},
};
static const struct assay_parameter permanence_lateness_parameters[] = {
    {"due_months", "due this long after care began, or at the second review if that was sooner",
     "months", ASSAY_NUMBER, 0, 4, 1, 24},
};
static const char *const permanence_lateness_faults[] = {
    "the child became looked after after the audit",
    "the plan for permanence was agreed after the audit",
};

/* The second review since care began, or `latest` where none was held sooner. */
static int32_t second_review(const struct assay_column *reviews, uint32_t record, int32_t start,
                             int32_t latest)
{
    const int32_t *days = reviews->values;
    uint32_t       held = 0;

    if (reviews->status[record] != ASSAY_VALUE)
        return latest;
    for (uint32_t k = reviews->offsets[record]; k < reviews->offsets[record + 1]; ++k)
        if (days[k] > start && ++held == 2)
            return days[k] < latest ? days[k] : latest;
    return latest;
}

static int32_t run_permanence_lateness(const struct assay_batch   *batch,
                                       const struct assay_results *results)
{
    const struct assay_column *in = batch->inputs;
    const int32_t             *audit = in[0].values, *care = in[1].values, *plan = in[3].values;
    const int32_t              due_months = (int32_t)batch->parameters[0];
    double                    *values = results->values;

    for (uint32_t i = 0; i < batch->count; ++i) {
        const int planned = in[3].status[i] == ASSAY_VALUE;

        if (in[0].status[i] != ASSAY_VALUE || in[1].status[i] != ASSAY_VALUE) {
            results->status[i] = ASSAY_MISSING; /* the host says which it is */
        } else if (in[3].status[i] == ASSAY_NOT_APPLICABLE) {
            results->status[i] = ASSAY_NOT_APPLICABLE;
        } else if (care[i] > audit[i]) {
            results->status[i] = FAULT_CARE_AFTER_AUDIT;
        } else if (planned && plan[i] > audit[i]) {
            results->status[i] = FAULT_PERMANENCE_AFTER_AUDIT;
        } else {
            const int32_t end = planned ? plan[i] : audit[i];
            const int32_t due =
                second_review(&in[2], i, care[i], assay_add_months(care[i], due_months));

            results->status[i] = !planned && end <= due ? ASSAY_NOT_DUE : ASSAY_VALUE;
            values[i] = end > due ? end - due : 0;
        }
    }
    return 0;
}

const struct assay_measure permanence_lateness = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "permanence_lateness",
    .help = "Days by which the plan for permanence came after the second review, "
            "or after due_months; 0 is in time",
    .unit = "days",
    .minimum = 0,
    .maximum = LONGEST_DAYS,
    .inputs = permanence_lateness_inputs,
    .parameters = permanence_lateness_parameters,
    .faults = permanence_lateness_faults,
    .input_count = COUNT(permanence_lateness_inputs),
    .parameter_count = COUNT(permanence_lateness_parameters),
    .fault_count = COUNT(permanence_lateness_faults),
    .run = run_permanence_lateness,
};
