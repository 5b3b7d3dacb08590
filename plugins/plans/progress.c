/* progress.c - whether the plan is current, specific, and moving. */
#include "plans.h"

enum { FAULT_PLAN_AFTER_AUDIT = ASSAY_FAULT };

static const struct assay_input plan_age_inputs[] = {AUDIT_DATE, PLAN_DATE};
static const char *const        plan_age_faults[] = {"the plan was written after the audit"};

static int32_t run_plan_age(const struct assay_batch *batch, const struct assay_results *results)
{
    const struct assay_column *in = batch->inputs;
    const int32_t             *audit = in[0].values, *plan = in[1].values;
    double                    *values = results->values;

    for (uint32_t i = 0; i < batch->count; ++i) {
        if (in[0].status[i] != ASSAY_VALUE || in[1].status[i] != ASSAY_VALUE) {
            results->status[i] = ASSAY_MISSING; /* the host says which it is */
            continue;
        }
        results->status[i] = plan[i] > audit[i] ? FAULT_PLAN_AFTER_AUDIT : ASSAY_VALUE;
        values[i] = audit[i] - plan[i];
    }
    return 0;
}

const struct assay_measure plan_age = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "plan_age",
    .help = "Days since the plan was written or last brought up to date, on the audit date",
    .unit = "days",
    .minimum = 0,
    .maximum = LONGEST_DAYS,
    .inputs = plan_age_inputs,
    .faults = plan_age_faults,
    .input_count = COUNT(plan_age_inputs),
    .fault_count = COUNT(plan_age_faults),
    .run = run_plan_age,
};

/* A plan is renewed at its review, so the ages follow the intervals between reviews: local for
 * CIN, six months for CP (Working Together) and care plans (reg 33). */
static const struct assay_input     plan_overdue_inputs[] = {AUDIT_DATE, PLAN_TYPE, PLAN_DATE};
static const struct assay_parameter plan_overdue_parameters[] = {
    [PLAN_CIN] = {"cin_months", "child in need", "months", ASSAY_NUMBER, 0, 3, 1, 24},
    [PLAN_CP] = {"cp_months", "child protection", "months", ASSAY_NUMBER, 0, 6, 1, 24},
    [PLAN_LOOKED_AFTER] = {"care_months", "looked after", "months", ASSAY_NUMBER, 0, 6, 1, 24},
};

static int32_t run_plan_overdue(const struct assay_batch   *batch,
                                const struct assay_results *results)
{
    const struct assay_column *in = batch->inputs;
    const int32_t             *audit = in[0].values, *plan = in[2].values;
    const uint8_t             *type = in[1].values;
    double                    *values = results->values;

    for (uint32_t i = 0; i < batch->count; ++i) {
        if (in[0].status[i] != ASSAY_VALUE || in[1].status[i] != ASSAY_VALUE ||
            in[2].status[i] != ASSAY_VALUE) {
            results->status[i] = ASSAY_MISSING; /* the host says which it is */
            continue;
        }
        const int32_t due = assay_add_months(plan[i], (int32_t)batch->parameters[type[i]]);

        results->status[i] = plan[i] > audit[i] ? FAULT_PLAN_AFTER_AUDIT : ASSAY_VALUE;
        values[i] = audit[i] > due ? audit[i] - due : 0;
    }
    return 0;
}

const struct assay_measure plan_overdue = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "plan_overdue",
    .help = "Days by which the plan is past the age at which plans of its type are renewed, "
            "on the audit date; 0 is current",
    .unit = "days",
    .minimum = 0,
    .maximum = LONGEST_DAYS,
    .inputs = plan_overdue_inputs,
    .parameters = plan_overdue_parameters,
    .faults = plan_age_faults,
    .input_count = COUNT(plan_overdue_inputs),
    .parameter_count = COUNT(plan_overdue_parameters),
    .fault_count = COUNT(plan_age_faults),
    .run = run_plan_overdue,
};

/* Practice: an action says who does it and by when. The two counts do not say how many actions
 * have both, so the lesser of them is what can. A plan without actions has no share: missing. */
enum { FAULT_COUNT_NOT_WHOLE = ASSAY_FAULT, FAULT_MORE_THAN_ACTIONS };

#define MOST_ACTIONS 10000

static const struct assay_input actions_owned_and_dated_inputs[] = {
    {"actions", "how many actions the plan has", ASSAY_NUMBER, 1, NULL},
    {"actions_with_owner", "how many of them name who does it", ASSAY_NUMBER, 1, NULL},
    {"actions_with_date", "how many of them say by when", ASSAY_NUMBER, 1, NULL},
};
static const char *const actions_owned_and_dated_faults[] = {
    "a count of actions is not a whole number from 0 to 10000",
    "more actions have an owner or a date than there are actions",
};

static int is_count(double number)
{
    return number >= 0 && number <= MOST_ACTIONS && number == (int32_t)number;
}

static int32_t run_actions_owned_and_dated(const struct assay_batch   *batch,
                                           const struct assay_results *results)
{
    const struct assay_column *in = batch->inputs;
    const double              *actions = in[0].values, *owned = in[1].values, *dated = in[2].values;
    double                    *values = results->values;

    for (uint32_t i = 0; i < batch->count; ++i) {
        if (in[0].status[i] != ASSAY_VALUE || in[1].status[i] != ASSAY_VALUE ||
            in[2].status[i] != ASSAY_VALUE) {
            results->status[i] = ASSAY_MISSING; /* the host says which it is */
        } else if (!is_count(actions[i]) || !is_count(owned[i]) || !is_count(dated[i])) {
            results->status[i] = FAULT_COUNT_NOT_WHOLE;
        } else if (owned[i] > actions[i] || dated[i] > actions[i]) {
            results->status[i] = FAULT_MORE_THAN_ACTIONS;
        } else if (actions[i] < 1) {
            results->status[i] = ASSAY_MISSING;
        } else {
            results->status[i] = ASSAY_VALUE;
            values[i] = 100 * (owned[i] < dated[i] ? owned[i] : dated[i]) / actions[i];
        }
    }
    return 0;
}

const struct assay_measure actions_owned_and_dated = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "actions_owned_and_dated",
    .help = "Share of the plan's actions that can have both an owner and a date; "
            "0 is none of them",
    .unit = "%",
    .minimum = 0,
    .maximum = 100,
    .inputs = actions_owned_and_dated_inputs,
    .faults = actions_owned_and_dated_faults,
    .input_count = COUNT(actions_owned_and_dated_inputs),
    .fault_count = COUNT(actions_owned_and_dated_faults),
    .run = run_actions_owned_and_dated,
};

/* An action is overdue from the day after its date. */
static const struct assay_input open_action_inputs[] = {
    AUDIT_DATE,
    {"open_action_due_dates", "by when the actions that are still open should be done", ASSAY_DATES,
     1, NULL},
};

static int32_t run_overdue_actions(const struct assay_batch   *batch,
                                   const struct assay_results *results)
{
    const struct assay_column *in = batch->inputs;
    const int32_t             *audit = in[0].values, *due = in[1].values;
    double                    *values = results->values;

    for (uint32_t i = 0; i < batch->count; ++i) {
        uint32_t overdue = 0;

        if (in[0].status[i] != ASSAY_VALUE || in[1].status[i] != ASSAY_VALUE) {
            results->status[i] = ASSAY_MISSING; /* the host says which it is */
            continue;
        }
        for (uint32_t k = in[1].offsets[i]; k < in[1].offsets[i + 1] && due[k] < audit[i]; ++k)
            ++overdue;
        results->status[i] = ASSAY_VALUE;
        values[i] = overdue;
    }
    return 0;
}

static int32_t run_longest_overdue(const struct assay_batch   *batch,
                                   const struct assay_results *results)
{
    const struct assay_column *in = batch->inputs;
    const int32_t             *audit = in[0].values, *due = in[1].values;
    double                    *values = results->values;

    for (uint32_t i = 0; i < batch->count; ++i) {
        if (in[0].status[i] != ASSAY_VALUE || in[1].status[i] != ASSAY_VALUE) {
            results->status[i] = ASSAY_MISSING; /* the host says which it is */
            continue;
        }
        const uint32_t oldest = in[1].offsets[i];
        const int      overdue = oldest < in[1].offsets[i + 1] && due[oldest] < audit[i];

        results->status[i] = ASSAY_VALUE;
        values[i] = overdue ? audit[i] - due[oldest] : 0;
    }
    return 0;
}

const struct assay_measure overdue_actions = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "overdue_actions",
    .help = "How many open actions are past their date on the audit date",
    .unit = "",
    .minimum = 0,
    .maximum = UINT32_MAX,
    .inputs = open_action_inputs,
    .input_count = COUNT(open_action_inputs),
    .run = run_overdue_actions,
};

const struct assay_measure longest_overdue = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "longest_overdue",
    .help = "Days by which the oldest open action is past its date on the audit date; "
            "0 is none overdue",
    .unit = "days",
    .minimum = 0,
    .maximum = LONGEST_DAYS,
    .inputs = open_action_inputs,
    .input_count = COUNT(open_action_inputs),
    .run = run_longest_overdue,
};

/* Practice: drift is time in which nothing happens for the child. Counted to the plan's end
 * where it has one. */
enum { FAULT_START_AFTER_AUDIT = ASSAY_FAULT, FAULT_END_BEFORE_START, FAULT_PROGRESS_AFTER_AUDIT };

static const struct assay_input drift_inputs[] = {
    AUDIT_DATE,
    PLAN_START_DATE,
    PLAN_END_DATE,
    {"last_progress_date",
     "the last day on which an action was done or the child's situation moved on", ASSAY_DATE, 0,
     NULL},
};
static const char *const drift_faults[] = {
    "the plan starts after the audit",
    "the plan ends before it starts",
    "the last progress was made after the audit",
};

static int32_t run_drift(const struct assay_batch *batch, const struct assay_results *results)
{
    const struct assay_column *in = batch->inputs;
    const int32_t             *audit = in[0].values, *start = in[1].values, *end = in[2].values,
                  *progress = in[3].values;
    double *values = results->values;

    for (uint32_t i = 0; i < batch->count; ++i) {
        if (in[0].status[i] != ASSAY_VALUE || in[1].status[i] != ASSAY_VALUE) {
            results->status[i] = ASSAY_MISSING; /* the host says which it is */
            continue;
        }
        const int     ended = in[2].status[i] == ASSAY_VALUE;
        const int     moved = in[3].status[i] == ASSAY_VALUE;
        const int32_t to = ended && end[i] < audit[i] ? end[i] : audit[i];
        const int32_t from = moved && progress[i] > start[i] ? progress[i] : start[i];

        results->status[i] = start[i] > audit[i]                ? FAULT_START_AFTER_AUDIT
                             : ended && end[i] < start[i]       ? FAULT_END_BEFORE_START
                             : moved && progress[i] > audit[i]  ? FAULT_PROGRESS_AFTER_AUDIT
                             : in[3].status[i] == ASSAY_MISSING ? ASSAY_VALUE
                                                                : in[3].status[i];
        values[i] = to > from ? to - from : 0;
    }
    return 0;
}

const struct assay_measure drift = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "drift",
    .help = "Days on the audit date since the plan last moved on, or since it began",
    .unit = "days",
    .minimum = 0,
    .maximum = LONGEST_DAYS,
    .inputs = drift_inputs,
    .faults = drift_faults,
    .input_count = COUNT(drift_inputs),
    .fault_count = COUNT(drift_faults),
    .run = run_drift,
};
