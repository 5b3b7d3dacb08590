/* pathway.c - the needs assessment and the pathway plan that follows from it. */
#include "care_leavers.h"
#include "series.h"

/* Care Planning, Placement and Case Review (England) Regulations 2010, reg 42: the assessment
 * within three months of the 16th birthday, or of becoming eligible where that is later. */
enum { FAULT_BORN_AFTER_AUDIT = ASSAY_FAULT, FAULT_BEFORE_BIRTH, FAULT_ASSESSED_AFTER_AUDIT };

static const struct assay_input needs_assessment_lateness_inputs[] = {
    AUDIT_DATE,
    DATE_OF_BIRTH,
    {"eligible_date", "the day on which the young person became eligible, where after the birthday",
     ASSAY_DATE, 0, NULL},
    {"needs_assessment_date", "the day on which the needs assessment was completed", ASSAY_DATE, 0,
     NULL},
};
static const struct assay_parameter needs_assessment_lateness_parameters[] = {
    {"from_age", "the birthday from which the time runs", "years", ASSAY_NUMBER, 0, 16, 14, 21},
    {"due_months", "the time allowed", "months", ASSAY_NUMBER, 0, 3, 1, 24},
};
static const char *const needs_assessment_lateness_faults[] = {
    BORN_AFTER_AUDIT,
    "the needs assessment was completed before the young person's birth",
    "the needs assessment was completed after the audit",
};

static int32_t run_needs_assessment_lateness(const struct assay_batch   *batch,
                                             const struct assay_results *results)
{
    const struct assay_column *in = batch->inputs;
    const int32_t *audit = in[0].values, *birth = in[1].values, *eligible = in[2].values,
                  *assessed = in[3].values;
    const int32_t birthday_months = 12 * (int32_t)batch->parameters[0];
    const int32_t due_months = (int32_t)batch->parameters[1];
    double       *values = results->values;

    for (uint32_t i = 0; i < batch->count; ++i) {
        const int done = in[3].status[i] == ASSAY_VALUE;

        if (in[0].status[i] != ASSAY_VALUE || in[1].status[i] != ASSAY_VALUE) {
            results->status[i] = ASSAY_MISSING; /* the host says which it is */
        } else if (in[3].status[i] == ASSAY_NOT_APPLICABLE) {
            results->status[i] = ASSAY_NOT_APPLICABLE;
        } else if (birth[i] > audit[i]) {
            results->status[i] = FAULT_BORN_AFTER_AUDIT;
        } else if (done && assessed[i] < birth[i]) {
            results->status[i] = FAULT_BEFORE_BIRTH;
        } else if (done && assessed[i] > audit[i]) {
            results->status[i] = FAULT_ASSESSED_AFTER_AUDIT;
        } else {
            const int32_t birthday = assay_add_months(birth[i], birthday_months);
            const int     later = in[2].status[i] == ASSAY_VALUE && eligible[i] > birthday;
            const int32_t due = assay_add_months(later ? eligible[i] : birthday, due_months);
            const int32_t end = done ? assessed[i] : audit[i];

            results->status[i] = !done && end <= due ? ASSAY_NOT_DUE : ASSAY_VALUE;
            values[i] = end > due ? end - due : 0;
        }
    }
    return 0;
}

const struct assay_measure needs_assessment_lateness = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "needs_assessment_lateness",
    .help = "Days by which the needs assessment was late, or is on the audit date; 0 is in time",
    .unit = "days",
    .minimum = 0,
    .maximum = LONGEST_DAYS,
    .inputs = needs_assessment_lateness_inputs,
    .parameters = needs_assessment_lateness_parameters,
    .faults = needs_assessment_lateness_faults,
    .input_count = COUNT(needs_assessment_lateness_inputs),
    .parameter_count = COUNT(needs_assessment_lateness_parameters),
    .fault_count = COUNT(needs_assessment_lateness_faults),
    .run = run_needs_assessment_lateness,
};

/* Care Leavers (England) Regulations 2010, reg 7: the pathway plan is reviewed at intervals of
 * not more than six months. */
enum { FAULT_PLAN_AFTER_AUDIT = ASSAY_FAULT };

#define PATHWAY_PLAN_DATE                                                                          \
    {                                                                                              \
        "pathway_plan_date", "the day on which the pathway plan was made", ASSAY_DATE, 0, NULL     \
    }
#define PATHWAY_REVIEW_DATES                                                                       \
    {                                                                                              \
        "pathway_review_dates", "the days on which it was reviewed", ASSAY_DATES, 0, NULL          \
    }
#define INTERVAL_MONTHS                                                                            \
    {                                                                                              \
        "interval_months", "between reviews", "months", ASSAY_NUMBER, 0, 6, 1, 24                  \
    }

static const struct assay_input pathway_inputs[] = {
    AUDIT_DATE,
    PATHWAY_PLAN_DATE,
    PATHWAY_REVIEW_DATES,
};
static const char *const pathway_faults[] = {"the pathway plan was made after the audit"};

/* The status of a record before its reviews are looked at. */
static uint8_t pathway_status(const struct assay_column *in, uint32_t record)
{
    const int32_t *audit = in[0].values, *plan = in[1].values;

    if (in[0].status[record] != ASSAY_VALUE)
        return ASSAY_MISSING; /* the host says which it is */
    if (in[1].status[record] == ASSAY_VALUE && plan[record] > audit[record])
        return FAULT_PLAN_AFTER_AUDIT;
    if (in[1].status[record] == ASSAY_NOT_APPLICABLE)
        return ASSAY_NOT_APPLICABLE;
    return ASSAY_VALUE;
}

static const struct assay_parameter pathway_plan_overdue_parameters[] = {INTERVAL_MONTHS};

static int32_t run_pathway_plan_overdue(const struct assay_batch   *batch,
                                        const struct assay_results *results)
{
    const struct assay_column *in = batch->inputs;
    const int32_t             *audit = in[0].values, *plan = in[1].values, *reviews = in[2].values;
    const int32_t              months = (int32_t)batch->parameters[0];
    double                    *values = results->values;

    for (uint32_t i = 0; i < batch->count; ++i) {
        int     known = in[1].status[i] == ASSAY_VALUE;
        int32_t latest = known ? plan[i] : 0;

        results->status[i] = pathway_status(in, i);
        if (results->status[i] != ASSAY_VALUE)
            continue;
        if (in[2].status[i] == ASSAY_VALUE) {
            for (uint32_t k = in[2].offsets[i]; k < in[2].offsets[i + 1]; ++k) {
                if (reviews[k] <= audit[i] && (!known || reviews[k] > latest)) {
                    latest = reviews[k];
                    known = 1;
                }
            }
        }
        if (!known) {
            results->status[i] = ASSAY_MISSING;
            continue;
        }

        const int32_t due = assay_add_months(latest, months);

        values[i] = audit[i] > due ? audit[i] - due : 0;
    }
    return 0;
}

const struct assay_measure pathway_plan_overdue = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "pathway_plan_overdue",
    .help = "Days by which the pathway plan is overdue for review on the audit date; 0 is current",
    .unit = "days",
    .minimum = 0,
    .maximum = LONGEST_DAYS,
    .inputs = pathway_inputs,
    .parameters = pathway_plan_overdue_parameters,
    .faults = pathway_faults,
    .input_count = COUNT(pathway_inputs),
    .parameter_count = COUNT(pathway_plan_overdue_parameters),
    .fault_count = COUNT(pathway_faults),
    .run = run_pathway_plan_overdue,
};

/* The same regulation over time: the worst of all intervals, not the present one alone. */
static const struct assay_parameter pathway_review_lateness_parameters[] = {
    INTERVAL_MONTHS,
    LOOK_BACK_MONTHS("plans", 24),
};

static int32_t run_pathway_review_lateness(const struct assay_batch   *batch,
                                           const struct assay_results *results)
{
    const struct assay_column *in = batch->inputs;
    const int32_t             *audit = in[0].values, *plan = in[1].values, *reviews = in[2].values;
    const int32_t              months = (int32_t)batch->parameters[0];
    const int32_t              look_back = (int32_t)batch->parameters[1];
    double                    *values = results->values;

    for (uint32_t i = 0; i < batch->count; ++i) {
        results->status[i] = pathway_status(in, i);
        if (results->status[i] != ASSAY_VALUE)
            continue;

        const int      planned = in[1].status[i] == ASSAY_VALUE;
        const uint32_t first = in[2].status[i] == ASSAY_VALUE ? in[2].offsets[i] : 0;
        const int      reviewed = in[2].status[i] == ASSAY_VALUE && first < in[2].offsets[i + 1] &&
                             reviews[first] <= audit[i];
        const int whole = planned && assay_add_months(plan[i], look_back) >= audit[i];
        /* What came before the list is not known, so its first date is where we begin. */
        const int from_list = !whole && reviewed;

        if (!planned && !reviewed) {
            results->status[i] = ASSAY_MISSING;
            continue;
        }

        const int32_t       start = from_list ? reviews[first] : plan[i];
        const struct series series = {
            .start = start,
            .audit = audit[i],
            .first_due = assay_add_months(start, months),
            .interval_months = months,
        };

        results->status[i] = series_lateness(&series, &in[2], i, &values[i]);
    }
    return 0;
}

const struct assay_measure pathway_review_lateness = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "pathway_review_lateness",
    .help = "Days by which the latest of the pathway plan's reviews was late, "
            "or is on the audit date; 0 is all in time",
    .unit = "days",
    .minimum = 0,
    .maximum = LONGEST_DAYS,
    .inputs = pathway_inputs,
    .parameters = pathway_review_lateness_parameters,
    .faults = pathway_faults,
    .input_count = COUNT(pathway_inputs),
    .parameter_count = COUNT(pathway_review_lateness_parameters),
    .fault_count = COUNT(pathway_faults),
    .run = run_pathway_review_lateness,
};

/* Care Leavers (England) Regulations 2010, reg 6: the plan says how each need is met, and by
 * when. The counts do not say how many actions have both owner and date, so the lesser of them is
 * what can. A plan without actions has no share: missing. */
enum { FAULT_COUNT_NOT_WHOLE = ASSAY_FAULT, FAULT_MORE_THAN_ACTIONS };

#define MOST_ACTIONS 10000

static const struct assay_input pathway_actions_inputs[] = {
    {"pathway_actions", "how many actions the pathway plan has", ASSAY_NUMBER, 1, NULL},
    {"pathway_actions_with_owner", "how many of them name who does it", ASSAY_NUMBER, 1, NULL},
    {"pathway_actions_with_date", "how many of them say by when", ASSAY_NUMBER, 1, NULL},
};
static const char *const pathway_actions_faults[] = {
    "a count of actions is not a whole number from 0 to 10000",
    "more actions have an owner or a date than there are actions",
};

static int is_count(double number)
{
    return number >= 0 && number <= MOST_ACTIONS && number == (int32_t)number;
}

static uint8_t owned_and_dated(double actions, double owned, double dated, double *share)
{
    if (!is_count(actions) || !is_count(owned) || !is_count(dated))
        return FAULT_COUNT_NOT_WHOLE;
    if (owned > actions || dated > actions)
        return FAULT_MORE_THAN_ACTIONS;
    if (actions < 1)
        return ASSAY_MISSING;
    *share = 100 * (owned < dated ? owned : dated) / actions;
    return ASSAY_VALUE;
}

static int32_t run_pathway_actions(const struct assay_batch   *batch,
                                   const struct assay_results *results)
{
    const struct assay_column *in = batch->inputs;
    const double              *actions = in[0].values, *owned = in[1].values, *dated = in[2].values;
    double                    *values = results->values;

    for (uint32_t i = 0; i < batch->count; ++i) {
        if (in[0].status[i] != ASSAY_VALUE || in[1].status[i] != ASSAY_VALUE ||
            in[2].status[i] != ASSAY_VALUE) {
            results->status[i] = ASSAY_MISSING; /* the host says which it is */
            continue;
        }
        results->status[i] = owned_and_dated(actions[i], owned[i], dated[i], &values[i]);
    }
    return 0;
}

const struct assay_measure pathway_actions_owned_and_dated = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "pathway_actions_owned_and_dated",
    .help = "Share of the pathway plan's actions that can have both an owner and a date; "
            "0 is none of them",
    .unit = "%",
    .minimum = 0,
    .maximum = 100,
    .inputs = pathway_actions_inputs,
    .faults = pathway_actions_faults,
    .input_count = COUNT(pathway_actions_inputs),
    .fault_count = COUNT(pathway_actions_faults),
    .run = run_pathway_actions,
};
