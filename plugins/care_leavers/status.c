/* status.c - whether age and time in care agree with the status in the file. */
#include "care_leavers.h"

/* In the order of leaving_care_statuses. */
enum { ELIGIBLE, RELEVANT, FORMER_RELEVANT, QUALIFYING };

static const char *const leaving_care_statuses[] = {
    [ELIGIBLE] = "eligible|eligible child",
    [RELEVANT] = "relevant|relevant child",
    [FORMER_RELEVANT] = "former_relevant|former relevant child|former relevant young person",
    [QUALIFYING] = "qualifying|qualifying care leaver|qualifying person",
    NULL,
};

/* The ages of the definitions in the Children Act 1989, ss 23A to 24 and Sch 2 para 19B. */
enum { MONTHS_TO_16 = 16 * 12, MONTHS_TO_18 = 18 * 12, MONTHS_TO_25 = 25 * 12 };

/* Care Leavers (England) Regulations 2010, reg 3: after six months settled with a parent a young
 * person is not relevant but qualifying. The record does not say where they went, so both agree. */
enum { MONTHS_AT_HOME = 6 };

/* No life is longer than this in weeks. */
#define MOST_WEEKS 7000

enum {
    FAULT_BORN_AFTER_AUDIT = ASSAY_FAULT,
    FAULT_CARE_BEFORE_BIRTH,
    FAULT_CARE_AFTER_AUDIT,
    FAULT_CARE_ENDS_BEFORE_START,
    FAULT_WEEKS
};
static const char *const status_consistent_faults[] = {
    BORN_AFTER_AUDIT,
    "the time in care began before the young person's birth",
    "the time in care began after the audit",
    "the time in care ended before it began",
    "the weeks in care are not from 0 to 7000",
};

enum { AUDIT, BIRTH, STATUS, CARE_START, CARE_END, CARE_WEEKS };
static const struct assay_input status_consistent_inputs[] = {
    [AUDIT] = AUDIT_DATE,
    [BIRTH] = DATE_OF_BIRTH,
    [STATUS] = {"leaving_care_status", "the status recorded in the file", ASSAY_CHOICE, 1,
                leaving_care_statuses},
    [CARE_START] = {"care_start_date", "the day on which the last time in care began", ASSAY_DATE,
                    0, NULL},
    [CARE_END] = {"care_end_date", "the day on which it ended, empty while still looked after",
                  ASSAY_DATE, 0, NULL},
    [CARE_WEEKS] = {"care_weeks", "weeks in care from the age that counts, over all times in care",
                    ASSAY_NUMBER, 0, NULL},
};
enum { WEEKS, COUNTS_FROM_AGE };
static const struct assay_parameter status_consistent_parameters[] = {
    [WEEKS] = {"weeks", "the time in care that gives full entitlement", "weeks", ASSAY_NUMBER, 0,
               13, 0, 104},
    [COUNTS_FROM_AGE] = {"counts_from_age", "the age from which time in care counts", "years",
                         ASSAY_NUMBER, 0, 14, 0, 16},
};

/* One young person, as the definitions see them. Care ends at 18 at the latest. */
struct care {
    int32_t audit;
    int32_t birth;
    int32_t end;     /* of care; the audit date or the 18th birthday where that comes sooner */
    int     in_care; /* on the audit date */
    int     full;    /* in care for the prescribed period */
};

/* Care Planning Regulations 2010, reg 40, and Care Leavers Regulations 2010, reg 3: looked after
 * for 13 weeks or more in all since the 14th birthday. The weeks come from the record, or from
 * its last time in care. */
static uint8_t read_full(const struct assay_batch *batch, uint32_t record, struct care *care)
{
    const struct assay_column *in = batch->inputs;
    const int32_t             *start = in[CARE_START].values;
    const double              *weeks = in[CARE_WEEKS].values;
    const double               weeks_needed = batch->parameters[WEEKS];

    if (in[CARE_WEEKS].status[record] == ASSAY_VALUE) {
        if (!(weeks[record] >= 0 && weeks[record] <= MOST_WEEKS))
            return FAULT_WEEKS;
        care->full = weeks[record] >= weeks_needed;
        return ASSAY_VALUE;
    }
    if (in[CARE_START].status[record] != ASSAY_VALUE)
        return ASSAY_MISSING;

    const int32_t counts_from =
        assay_add_months(care->birth, 12 * (int32_t)batch->parameters[COUNTS_FROM_AGE]);

    care->full =
        care->end - (start[record] > counts_from ? start[record] : counts_from) >= 7 * weeks_needed;
    return ASSAY_VALUE;
}

static uint8_t read_care(const struct assay_batch *batch, uint32_t record, struct care *care)
{
    const struct assay_column *in = batch->inputs;
    const int32_t             *audit = in[AUDIT].values, *birth = in[BIRTH].values,
                  *start = in[CARE_START].values, *end = in[CARE_END].values;
    const int started = in[CARE_START].status[record] == ASSAY_VALUE;
    const int ended = in[CARE_END].status[record] == ASSAY_VALUE;

    if (birth[record] > audit[record])
        return FAULT_BORN_AFTER_AUDIT;
    if (started && start[record] < birth[record])
        return FAULT_CARE_BEFORE_BIRTH;
    if (started && start[record] > audit[record])
        return FAULT_CARE_AFTER_AUDIT;
    if (ended && end[record] < (started ? start[record] : birth[record]))
        return started ? FAULT_CARE_ENDS_BEFORE_START : FAULT_CARE_BEFORE_BIRTH;

    const int32_t turned_18 = assay_add_months(birth[record], MONTHS_TO_18);

    care->audit = audit[record];
    care->birth = birth[record];
    care->in_care = (!ended || end[record] > audit[record]) && audit[record] < turned_18;
    care->end = ended && end[record] < audit[record] ? end[record] : audit[record];
    if (care->end > turned_18)
        care->end = turned_18;
    return read_full(batch, record, care);
}

/* The statuses that agree with age and care, one bit each. Eligible: 16 or 17, still looked
 * after, prescribed period. Relevant: the same, no longer looked after. Former relevant: was
 * eligible or relevant until 18. Qualifying: in care at 16 or later, for less than the period. */
static unsigned agreeing_statuses(const struct care *care)
{
    const int32_t turned_18 = assay_add_months(care->birth, MONTHS_TO_18);
    const int     adult = care->audit >= turned_18;
    const int     in_care_at_16 = care->end > assay_add_months(care->birth, MONTHS_TO_16);
    /* Relevance is lost before 18 or not at all. */
    const int may_have_settled_at_home =
        assay_add_months(care->end, MONTHS_AT_HOME) <= (adult ? turned_18 : care->audit);

    if (care->audit < assay_add_months(care->birth, MONTHS_TO_16) ||
        care->audit >= assay_add_months(care->birth, MONTHS_TO_25))
        return 0;
    if (care->in_care)
        return care->full ? 1u << ELIGIBLE : 0;
    if (!in_care_at_16)
        return 0;
    if (!care->full)
        return 1u << QUALIFYING;
    return (adult ? 1u << FORMER_RELEVANT : 1u << RELEVANT) |
           (may_have_settled_at_home ? 1u << QUALIFYING : 0);
}

static int32_t run_status_consistent(const struct assay_batch   *batch,
                                     const struct assay_results *results)
{
    const struct assay_column *in = batch->inputs;
    const uint8_t             *recorded = in[STATUS].values;
    uint8_t                   *values = results->values;

    for (uint32_t i = 0; i < batch->count; ++i) {
        struct care care = {0};

        if (in[AUDIT].status[i] != ASSAY_VALUE || in[BIRTH].status[i] != ASSAY_VALUE ||
            in[STATUS].status[i] != ASSAY_VALUE) {
            results->status[i] = ASSAY_MISSING; /* the host says which it is */
            continue;
        }
        results->status[i] = read_care(batch, i, &care);
        if (results->status[i] == ASSAY_VALUE)
            values[i] = agreeing_statuses(&care) >> recorded[i] & 1;
    }
    return 0;
}

const struct assay_measure status_consistent = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_FLAG,
    .name = "status_consistent",
    .help = "Whether the recorded leaving care status agrees with age and time in care "
            "on the audit date",
    .unit = "",
    .minimum = 0,
    .maximum = 1,
    .inputs = status_consistent_inputs,
    .parameters = status_consistent_parameters,
    .faults = status_consistent_faults,
    .input_count = COUNT(status_consistent_inputs),
    .parameter_count = COUNT(status_consistent_parameters),
    .fault_count = COUNT(status_consistent_faults),
    .run = run_status_consistent,
};

/* Children and Social Work Act 2017, s 3: support is there for care leavers until 25. */
static const struct assay_input     age_in_scope_inputs[] = {AUDIT_DATE, DATE_OF_BIRTH};
static const struct assay_parameter age_in_scope_parameters[] = {
    {"from_age", "from this birthday", "years", ASSAY_NUMBER, 0, 18, 14, 25},
    {"to_age", "until this birthday", "years", ASSAY_NUMBER, 0, 25, 16, 30},
};
static const char *const age_in_scope_faults[] = {BORN_AFTER_AUDIT};

static int32_t run_age_in_scope(const struct assay_batch   *batch,
                                const struct assay_results *results)
{
    const struct assay_column *in = batch->inputs;
    const int32_t             *audit = in[0].values, *birth = in[1].values;
    const int32_t              from_months = 12 * (int32_t)batch->parameters[0];
    const int32_t              to_months = 12 * (int32_t)batch->parameters[1];
    uint8_t                   *values = results->values;

    for (uint32_t i = 0; i < batch->count; ++i) {
        if (in[0].status[i] != ASSAY_VALUE || in[1].status[i] != ASSAY_VALUE) {
            results->status[i] = ASSAY_MISSING; /* the host says which it is */
            continue;
        }
        results->status[i] = birth[i] > audit[i] ? FAULT_BORN_AFTER_AUDIT
                             : audit[i] < assay_add_months(birth[i], from_months) ? ASSAY_NOT_DUE
                                                                                  : ASSAY_VALUE;
        values[i] = audit[i] < assay_add_months(birth[i], to_months);
    }
    return 0;
}

const struct assay_measure age_in_scope = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_FLAG,
    .name = "age_in_scope",
    .help = "Whether the young person is of the age for support as a care leaver "
            "on the audit date",
    .unit = "",
    .minimum = 0,
    .maximum = 1,
    .inputs = age_in_scope_inputs,
    .parameters = age_in_scope_parameters,
    .faults = age_in_scope_faults,
    .input_count = COUNT(age_in_scope_inputs),
    .parameter_count = COUNT(age_in_scope_parameters),
    .fault_count = COUNT(age_in_scope_faults),
    .run = run_age_in_scope,
};
