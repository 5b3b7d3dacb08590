/* placement_visits.c - visits to looked after children: Care Planning, Placement and Case
 * Review (England) Regulations 2010, reg 28. */
#include "plans.h"
#include "timetable.h"

enum { FAULT_ORDER_AFTER_AUDIT = TIMETABLE_FAULTS };

enum {
    PLACEMENT_STANDARD,
    PLACEMENT_PARENT_UNASSESSED,
    PLACEMENT_TEMPORARY_APPROVAL,
    PLACEMENT_WITH_PARENT,
    PLACEMENT_SHORT_BREAKS
};
static const char *const placement_types[] = {
    [PLACEMENT_STANDARD] =
        "standard|foster care|fostering|residential|children's home|kinship|adoptive|other",
    [PLACEMENT_PARENT_UNASSESSED] = "parent_unassessed|regulation 19",
    [PLACEMENT_TEMPORARY_APPROVAL] = "temporary_approval|regulation 24",
    [PLACEMENT_WITH_PARENT] = "with_parent|with parents|placed with parents",
    [PLACEMENT_SHORT_BREAKS] = "short_breaks|short break|regulation 48",
    NULL,
};

enum { STATUS_OTHER, STATUS_INTERIM_CARE_ORDER, STATUS_CARE_ORDER };
static const char *const legal_statuses[] = {
    [STATUS_OTHER] = "other|section 20|s20|accommodated|placement order|remand",
    [STATUS_INTERIM_CARE_ORDER] = "interim_care_order|ico",
    [STATUS_CARE_ORDER] = "care_order|full care order|fco|co",
    NULL,
};

enum { AUDIT, START, END, VISITS, PLACEMENT, LEGAL_STATUS, ORDER, FIRST_REVIEW, LONG_TERM };
static const struct assay_input placement_visit_inputs[] = {
    [AUDIT] = AUDIT_DATE,
    [START] = {"placement_start_date", "the day on which the placement began", ASSAY_DATE, 1, NULL},
    [END] = {"placement_end_date", "the day on which the placement ended", ASSAY_DATE, 0, NULL},
    [VISITS] = VISIT_DATES,
    [PLACEMENT] = {"placement_type", "the kind of placement, standard where not given",
                   ASSAY_CHOICE, 0, placement_types},
    [LEGAL_STATUS] = {"legal_status", "needed where the child lives with a parent", ASSAY_CHOICE, 0,
                      legal_statuses},
    [ORDER] = {"order_date", "the day on which the care order was made", ASSAY_DATE, 0, NULL},
    [FIRST_REVIEW] = {"first_review_date", "the day of the first review of the child's case",
                      ASSAY_DATE, 0, NULL},
    [LONG_TERM] = {"long_term", "whether the placement is meant to last until the child is 18",
                   ASSAY_FLAG, 0, NULL},
};
enum { FIRST_DAYS, INTERVAL_DAYS, TEMPORARY_DAYS, LONG_TERM_MONTHS, LOOK_BACK };
static const struct assay_parameter placement_visit_parameters[] = {
    [FIRST_DAYS] = {"first_days", "to the first visit, and between visits that are due weekly",
                    "days", ASSAY_NUMBER, 0, 7, 1, 366},
    [INTERVAL_DAYS] = {"interval_days", "between visits", "days", ASSAY_NUMBER, 0, 42, 1, 366},
    [TEMPORARY_DAYS] = {"temporary_days",
                        "between visits, temporary approval or interim care order", "days",
                        ASSAY_NUMBER, 0, 28, 1, 366},
    [LONG_TERM_MONTHS] = {"long_term_months",
                          "between visits after a year of a long-term placement", "months",
                          ASSAY_NUMBER, 0, 3, 1, 12},
    [LOOK_BACK] = LOOK_BACK_MONTHS("placements", 12),
};
static const char *const placement_visit_faults[] = {
    "the placement starts after the audit",
    "the placement ends before it starts",
    "the care order was made after the audit",
};

/* reg 28(2): within a week of the start of any placement, at most six weeks apart in its first
 * year, then three months where it is intended to last until 18, else six weeks. */
static void set_standard(struct timetable *timetable, const struct assay_batch *batch,
                         uint32_t record)
{
    const struct assay_column *long_term = &batch->inputs[LONG_TERM];
    const uint8_t             *lasts = long_term->values;
    const int32_t              six_weeks = (int32_t)batch->parameters[INTERVAL_DAYS];

    timetable->later_days = six_weeks;
    if (long_term->status[record] == ASSAY_VALUE && lasts[record]) {
        timetable->early_days = six_weeks;
        timetable->early_until = assay_add_months(timetable->start, 12);
        timetable->later_months = (int32_t)batch->parameters[LONG_TERM_MONTHS];
    }
}

/* reg 28(3) and (4): at least once a week until the first review of the child's case, then at
 * most `later_days` apart. Weekly throughout where no first review is recorded. */
static void set_weekly_to_first_review(struct timetable *timetable, const struct assay_batch *batch,
                                       uint32_t record, double later_days)
{
    const struct assay_column *first_review = &batch->inputs[FIRST_REVIEW];
    const int32_t             *review = first_review->values;
    const int                  reviewed = first_review->status[record] == ASSAY_VALUE;

    timetable->early_days = (int32_t)batch->parameters[FIRST_DAYS];
    timetable->early_until = reviewed ? review[record] : timetable->horizon;
    timetable->later_days = reviewed ? (int32_t)later_days : timetable->early_days;
}

/* reg 28(5): where a care order was made and the child lives with a parent, within a week of the
 * order, then at most six weeks apart. Where the child moved in later, from that day. */
static uint8_t set_care_order(struct timetable *timetable, const struct assay_batch *batch,
                              uint32_t record)
{
    const struct assay_column *in = batch->inputs;
    const int32_t             *audit = in[AUDIT].values, *order = in[ORDER].values;

    timetable->later_days = (int32_t)batch->parameters[INTERVAL_DAYS];
    if (in[ORDER].status[record] != ASSAY_VALUE)
        return ASSAY_VALUE;
    if (order[record] > audit[record])
        return FAULT_ORDER_AFTER_AUDIT;
    if (order[record] > timetable->start && order[record] <= timetable->horizon) {
        timetable->start = timetable->first_counted = order[record];
        timetable->whole =
            assay_add_months(order[record], (int32_t)batch->parameters[LOOK_BACK]) >= audit[record];
    }
    return ASSAY_VALUE;
}

static uint8_t set_with_parent(struct timetable *timetable, const struct assay_batch *batch,
                               uint32_t record)
{
    const struct assay_column *legal_status = &batch->inputs[LEGAL_STATUS];
    const uint8_t             *status = legal_status->values;

    if (legal_status->status[record] != ASSAY_VALUE)
        return legal_status->status[record];
    switch (status[record]) {
    case STATUS_INTERIM_CARE_ORDER:
        set_weekly_to_first_review(timetable, batch, record, batch->parameters[TEMPORARY_DAYS]);
        return ASSAY_VALUE;
    case STATUS_CARE_ORDER:
        return set_care_order(timetable, batch, record);
    default:
        set_standard(timetable, batch, record);
        return ASSAY_VALUE;
    }
}

static uint8_t set_visit_intervals(struct timetable *timetable, const struct assay_batch *batch,
                                   uint32_t record)
{
    const struct assay_column *placement = &batch->inputs[PLACEMENT];
    const uint8_t             *type = placement->values;
    const double              *parameters = batch->parameters;

    switch (placement->status[record] == ASSAY_VALUE ? type[record] : PLACEMENT_STANDARD) {
    case PLACEMENT_PARENT_UNASSESSED: /* reg 28(3): placed under reg 19 */
        set_weekly_to_first_review(timetable, batch, record, parameters[INTERVAL_DAYS]);
        return ASSAY_VALUE;
    case PLACEMENT_TEMPORARY_APPROVAL: /* reg 28(4): placed under reg 24 */
        set_weekly_to_first_review(timetable, batch, record, parameters[TEMPORARY_DAYS]);
        return ASSAY_VALUE;
    case PLACEMENT_WITH_PARENT:
        return set_with_parent(timetable, batch, record);
    case PLACEMENT_SHORT_BREAKS: /* reg 48: visits as agreed, not under reg 28(2) */
        return ASSAY_NOT_APPLICABLE;
    default:
        set_standard(timetable, batch, record);
        return ASSAY_VALUE;
    }
}

static uint8_t follow_placement_visits(const struct assay_batch *batch, uint32_t record,
                                       struct punctuality *punctuality)
{
    const struct assay_column *in = batch->inputs;
    const int32_t             *audit = in[AUDIT].values, *start = in[START].values;
    struct timetable           timetable;
    uint8_t                    status;

    if (in[AUDIT].status[record] != ASSAY_VALUE || in[START].status[record] != ASSAY_VALUE)
        return ASSAY_MISSING; /* the host says which it is */

    status = timetable_open(&timetable, audit[record], start[record], &in[END], record,
                            (int32_t)batch->parameters[LOOK_BACK]);
    if (status == ASSAY_VALUE)
        status = set_visit_intervals(&timetable, batch, record);
    if (status != ASSAY_VALUE)
        return status;
    timetable.first_due = timetable.start + (int32_t)batch->parameters[FIRST_DAYS];
    return timetable_follow(&timetable, &in[VISITS], record, punctuality);
}

static int32_t run_placement_visit_lateness(const struct assay_batch   *batch,
                                            const struct assay_results *results)
{
    return timetable_fill_lateness(batch, results, follow_placement_visits);
}

static int32_t run_placement_visit_gap(const struct assay_batch   *batch,
                                       const struct assay_results *results)
{
    return timetable_fill_gap(batch, results, follow_placement_visits);
}

const struct assay_measure placement_visit_lateness = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "placement_visit_lateness",
    .help = "Looked after: days by which the latest visit under regulation 28 was late, "
            "or is on the audit date; 0 is all in time",
    .unit = "days",
    .minimum = 0,
    .maximum = LONGEST_DAYS,
    .inputs = placement_visit_inputs,
    .parameters = placement_visit_parameters,
    .faults = placement_visit_faults,
    .input_count = COUNT(placement_visit_inputs),
    .parameter_count = COUNT(placement_visit_parameters),
    .fault_count = COUNT(placement_visit_faults),
    .run = run_placement_visit_lateness,
};

const struct assay_measure placement_visit_gap = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "placement_visit_gap",
    .help = "Looked after: the longest time unseen as a share of the interval due "
            "under regulation 28; 100 is just in time",
    .unit = "%",
    .minimum = 0,
    .maximum = 100.0 * LONGEST_DAYS,
    .inputs = placement_visit_inputs,
    .parameters = placement_visit_parameters,
    .faults = placement_visit_faults,
    .input_count = COUNT(placement_visit_inputs),
    .parameter_count = COUNT(placement_visit_parameters),
    .fault_count = COUNT(placement_visit_faults),
    .run = run_placement_visit_gap,
};
