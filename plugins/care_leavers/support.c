/* support.c - the personal adviser, the home, and the support that is offered to 25. */
#include "care_leavers.h"
#include "series.h"

/* Care Leavers (England) Regulations 2010, reg 8(2): the adviser visits within 7 days of
 * accommodation first being provided, then at intervals of not more than two months. */
enum { FAULT_MOVED_AFTER_AUDIT = ASSAY_FAULT };

static const struct assay_input adviser_contact_lateness_inputs[] = {
    AUDIT_DATE,
    {"home_start_date", "the day on which the young person moved into the present home", ASSAY_DATE,
     0, NULL},
    {"contact_dates", "the days on which the personal adviser saw the young person", ASSAY_DATES, 0,
     NULL},
};
enum { FIRST_DAYS, INTERVAL_MONTHS, LOOK_BACK };
static const struct assay_parameter adviser_contact_lateness_parameters[] = {
    [FIRST_DAYS] = {"first_days", "from moving in to the first visit", "days", ASSAY_NUMBER, 0, 7,
                    1, 366},
    [INTERVAL_MONTHS] = {"interval_months", "between later contacts", "months", ASSAY_NUMBER, 0, 2,
                         1, 24},
    [LOOK_BACK] = LOOK_BACK_MONTHS("homes", 12),
};
static const char *const adviser_contact_lateness_faults[] = {
    "the young person moved in after the audit",
};

static uint8_t contact_lateness(const struct assay_batch *batch, uint32_t record, double *lateness)
{
    const struct assay_column *in = batch->inputs;
    const int32_t             *audit = in[0].values, *home = in[1].values, *contacts = in[2].values;
    const int32_t              months = (int32_t)batch->parameters[INTERVAL_MONTHS];

    if (in[0].status[record] != ASSAY_VALUE)
        return ASSAY_MISSING; /* the host says which it is */
    if (in[2].status[record] == ASSAY_NOT_APPLICABLE)
        return ASSAY_NOT_APPLICABLE;

    const int      moved = in[1].status[record] == ASSAY_VALUE;
    const int      listed = in[2].status[record] == ASSAY_VALUE;
    const uint32_t first = listed ? in[2].offsets[record] : 0;
    const int      contacted =
        listed && first < in[2].offsets[record + 1] && contacts[first] <= audit[record];

    if (moved && home[record] > audit[record])
        return FAULT_MOVED_AFTER_AUDIT;
    if (!moved && !contacted)
        return ASSAY_MISSING;

    struct series series = {.audit = audit[record], .interval_months = months};

    if (moved &&
        assay_add_months(home[record], (int32_t)batch->parameters[LOOK_BACK]) >= audit[record]) {
        series.start = home[record];
        series.first_due = home[record] + (int32_t)batch->parameters[FIRST_DAYS];
    } else { /* what came before the list is not known, so its first date is where we begin */
        series.start = contacted ? contacts[first] : home[record];
        series.first_due = assay_add_months(series.start, months);
    }
    return series_lateness(&series, &in[2], record, lateness);
}

static int32_t run_adviser_contact_lateness(const struct assay_batch   *batch,
                                            const struct assay_results *results)
{
    double *values = results->values;

    for (uint32_t i = 0; i < batch->count; ++i)
        results->status[i] = contact_lateness(batch, i, &values[i]);
    return 0;
}

const struct assay_measure adviser_contact_lateness = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "adviser_contact_lateness",
    .help = "Days by which the latest contact by the personal adviser was late, "
            "or is on the audit date; 0 is all in time",
    .unit = "days",
    .minimum = 0,
    .maximum = LONGEST_DAYS,
    .inputs = adviser_contact_lateness_inputs,
    .parameters = adviser_contact_lateness_parameters,
    .faults = adviser_contact_lateness_faults,
    .input_count = COUNT(adviser_contact_lateness_inputs),
    .parameter_count = COUNT(adviser_contact_lateness_parameters),
    .fault_count = COUNT(adviser_contact_lateness_faults),
    .run = run_adviser_contact_lateness,
};

/* Children Act 1989, s 23D and Sch 2 para 19C: a personal adviser is arranged. By 18 at the
 * latest; many councils say 16 to 17 and a half. */
enum { FAULT_BORN_AFTER_AUDIT = ASSAY_FAULT, FAULT_BEFORE_BIRTH, FAULT_APPOINTED_AFTER_AUDIT };

static const struct assay_input adviser_appointed_inputs[] = {
    AUDIT_DATE,
    DATE_OF_BIRTH,
    {"adviser_appointed_date", "the day on which a personal adviser was appointed", ASSAY_DATE, 0,
     NULL},
};
static const struct assay_parameter adviser_appointed_parameters[] = {
    {"by_age", "the birthday, in years and halves or quarters", "years", ASSAY_NUMBER, 0, 18, 14,
     25},
};
static const char *const adviser_appointed_faults[] = {
    BORN_AFTER_AUDIT,
    "the personal adviser was appointed before the young person's birth",
    "the personal adviser was appointed after the audit",
};

static int32_t run_adviser_appointed(const struct assay_batch   *batch,
                                     const struct assay_results *results)
{
    const struct assay_column *in = batch->inputs;
    const int32_t *audit = in[0].values, *birth = in[1].values, *appointed = in[2].values;
    const int32_t  by_months = (int32_t)(12 * batch->parameters[0]);
    double        *values = results->values;

    for (uint32_t i = 0; i < batch->count; ++i) {
        const int done = in[2].status[i] == ASSAY_VALUE;

        if (in[0].status[i] != ASSAY_VALUE || in[1].status[i] != ASSAY_VALUE) {
            results->status[i] = ASSAY_MISSING; /* the host says which it is */
        } else if (in[2].status[i] == ASSAY_NOT_APPLICABLE) {
            results->status[i] = ASSAY_NOT_APPLICABLE;
        } else if (birth[i] > audit[i]) {
            results->status[i] = FAULT_BORN_AFTER_AUDIT;
        } else if (done && appointed[i] < birth[i]) {
            results->status[i] = FAULT_BEFORE_BIRTH;
        } else if (done && appointed[i] > audit[i]) {
            results->status[i] = FAULT_APPOINTED_AFTER_AUDIT;
        } else {
            const int32_t by = assay_add_months(birth[i], by_months);

            results->status[i] = !done && audit[i] <= by ? ASSAY_NOT_DUE : ASSAY_VALUE;
            values[i] = (done ? appointed[i] : audit[i]) - by;
        }
    }
    return 0;
}

const struct assay_measure adviser_appointed = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "adviser_appointed",
    .help = "Days from the birthday to the appointment of a personal adviser; "
            "below 0 is before the birthday",
    .unit = "days",
    .minimum = -LONGEST_DAYS,
    .maximum = LONGEST_DAYS,
    .inputs = adviser_appointed_inputs,
    .parameters = adviser_appointed_parameters,
    .faults = adviser_appointed_faults,
    .input_count = COUNT(adviser_appointed_inputs),
    .parameter_count = COUNT(adviser_appointed_parameters),
    .fault_count = COUNT(adviser_appointed_faults),
    .run = run_adviser_appointed,
};

/* Care Leavers (England) Regulations 2010, reg 9 and Sch 2: accommodation is suitable, which
 * somebody has to have looked at, best before the young person moves in. */
enum { FAULT_HOME_AFTER_AUDIT = ASSAY_FAULT, FAULT_CHECKED_AFTER_AUDIT };

static const struct assay_input accommodation_check_days_inputs[] = {
    AUDIT_DATE,
    {"home_start_date", "the day on which the young person moved into the present home", ASSAY_DATE,
     1, NULL},
    {"accommodation_check_date", "the day on which the home was checked", ASSAY_DATE, 0, NULL},
};
static const struct assay_parameter accommodation_check_days_parameters[] = {
    {"due_within", "an open interval up to this long is not yet due", "days", ASSAY_NUMBER, 0, 7, 0,
     365},
};
static const char *const accommodation_check_days_faults[] = {
    "the young person moved in after the audit",
    "the home was checked after the audit",
};

static int32_t run_accommodation_check_days(const struct assay_batch   *batch,
                                            const struct assay_results *results)
{
    const struct assay_column *in = batch->inputs;
    const int32_t             *audit = in[0].values, *home = in[1].values, *checked = in[2].values;
    double                    *values = results->values;

    for (uint32_t i = 0; i < batch->count; ++i) {
        const int done = in[2].status[i] == ASSAY_VALUE;

        if (in[0].status[i] != ASSAY_VALUE || in[1].status[i] != ASSAY_VALUE) {
            results->status[i] = ASSAY_MISSING; /* the host says which it is */
        } else if (in[2].status[i] == ASSAY_NOT_APPLICABLE) {
            results->status[i] = ASSAY_NOT_APPLICABLE;
        } else if (home[i] > audit[i]) {
            results->status[i] = FAULT_HOME_AFTER_AUDIT;
        } else if (done && checked[i] > audit[i]) {
            results->status[i] = FAULT_CHECKED_AFTER_AUDIT;
        } else {
            const int32_t end = done ? checked[i] : audit[i];

            values[i] = end > home[i] ? end - home[i] : 0;
            results->status[i] =
                !done && values[i] <= batch->parameters[0] ? ASSAY_NOT_DUE : ASSAY_VALUE;
        }
    }
    return 0;
}

const struct assay_measure accommodation_check_days = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "accommodation_check_days",
    .help = "Days from moving into a new home to the check that it is suitable; "
            "0 is on that day or before it",
    .unit = "days",
    .minimum = 0,
    .maximum = LONGEST_DAYS,
    .inputs = accommodation_check_days_inputs,
    .parameters = accommodation_check_days_parameters,
    .faults = accommodation_check_days_faults,
    .input_count = COUNT(accommodation_check_days_inputs),
    .parameter_count = COUNT(accommodation_check_days_parameters),
    .fault_count = COUNT(accommodation_check_days_faults),
    .run = run_accommodation_check_days,
};

/* Children and Social Work Act 2017, s 3, and its guidance of 2018: from 21 until 25 care leavers
 * are told at least once a year that support is there for them. */
static const struct assay_input support_offer_overdue_inputs[] = {
    AUDIT_DATE,
    DATE_OF_BIRTH,
    {"support_offer_dates", "the days on which support was offered", ASSAY_DATES, 0, NULL},
};
static const struct assay_parameter support_offer_overdue_parameters[] = {
    {"from_age", "from this birthday", "years", ASSAY_NUMBER, 0, 21, 16, 25},
    {"to_age", "until this birthday", "years", ASSAY_NUMBER, 0, 25, 16, 30},
    {"interval_months", "between offers", "months", ASSAY_NUMBER, 0, 12, 1, 36},
};
static const char *const support_offer_overdue_faults[] = {BORN_AFTER_AUDIT};

/* The last offer from `first` to `last`, or `first` where there was none. */
static int32_t last_offer(const struct assay_column *offers, uint32_t record, int32_t first,
                          int32_t last)
{
    const int32_t *days = offers->values;
    int32_t        latest = first;

    if (offers->status[record] != ASSAY_VALUE)
        return first;
    for (uint32_t k = offers->offsets[record]; k < offers->offsets[record + 1]; ++k)
        if (days[k] > latest && days[k] <= last)
            latest = days[k];
    return latest;
}

static int32_t run_support_offer_overdue(const struct assay_batch   *batch,
                                         const struct assay_results *results)
{
    const struct assay_column *in = batch->inputs;
    const int32_t             *audit = in[0].values, *birth = in[1].values;
    const int32_t              from_months = 12 * (int32_t)batch->parameters[0];
    const int32_t              to_months = 12 * (int32_t)batch->parameters[1];
    const int32_t              interval = (int32_t)batch->parameters[2];
    double                    *values = results->values;

    for (uint32_t i = 0; i < batch->count; ++i) {
        if (in[0].status[i] != ASSAY_VALUE || in[1].status[i] != ASSAY_VALUE) {
            results->status[i] = ASSAY_MISSING; /* the host says which it is */
            continue;
        }
        if (birth[i] > audit[i]) {
            results->status[i] = FAULT_BORN_AFTER_AUDIT;
            continue;
        }

        const int32_t from = assay_add_months(birth[i], from_months);

        if (in[2].status[i] == ASSAY_NOT_APPLICABLE || audit[i] < from ||
            audit[i] >= assay_add_months(birth[i], to_months)) {
            results->status[i] = ASSAY_NOT_APPLICABLE;
            continue;
        }

        const int32_t latest = last_offer(&in[2], i, from, audit[i]);
        const int32_t due = assay_add_months(latest, interval);

        results->status[i] = latest == from && audit[i] <= due ? ASSAY_NOT_DUE : ASSAY_VALUE;
        values[i] = audit[i] > due ? audit[i] - due : 0;
    }
    return 0;
}

const struct assay_measure support_offer_overdue = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "support_offer_overdue",
    .help = "From 21 to 25, days by which the yearly offer of support is overdue "
            "on the audit date; 0 is in time",
    .unit = "days",
    .minimum = 0,
    .maximum = LONGEST_DAYS,
    .inputs = support_offer_overdue_inputs,
    .parameters = support_offer_overdue_parameters,
    .faults = support_offer_overdue_faults,
    .input_count = COUNT(support_offer_overdue_inputs),
    .parameter_count = COUNT(support_offer_overdue_parameters),
    .fault_count = COUNT(support_offer_overdue_faults),
    .run = run_support_offer_overdue,
};
