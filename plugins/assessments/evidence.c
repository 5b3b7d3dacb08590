/* evidence.c - what the assessment rests on: the child seen, the history, the agencies. */
#include "assessments.h"

/* Working Together, and Children Act 1989 s 17(4A) and s 47(5A): the child's wishes and
 * feelings, so seen alone where old enough. */
enum { FAULT_AGE = ASSAY_FAULT };

static const struct assay_input seen_alone_inputs[] = {
    REFERRAL_DATE,
    {"seen_alone", "whether the child was seen alone", ASSAY_FLAG, 0, NULL},
    {"date_of_birth", "the child's date of birth", ASSAY_DATE, 0, NULL},
    {"age_at_referral",
     "the child's age in years at referral, read where there is no date of birth", ASSAY_NUMBER, 0,
     NULL},
};
static const struct assay_parameter seen_alone_parameters[] = {
    {"age_alone", "the age from which a child should be seen alone", "years", ASSAY_NUMBER, 0, 4, 0,
     18},
};
static const char *const seen_alone_faults[] = {"the child's age is not from 0 to 130 years"};

static int32_t run_seen_alone(const struct assay_batch *batch, const struct assay_results *results)
{
    const struct assay_column *in = batch->inputs;
    const int32_t             *referral = in[0].values, *birth = in[2].values;
    const uint8_t             *alone = in[1].values;
    const double              *age = in[3].values;
    const double               age_alone = batch->parameters[0];
    const int32_t              months_alone = (int32_t)(age_alone * 12);
    uint8_t                   *values = results->values;

    for (uint32_t i = 0; i < batch->count; ++i) {
        int old_enough;

        if (in[0].status[i] != ASSAY_VALUE) {
            results->status[i] = ASSAY_MISSING; /* the host says which it is */
            continue;
        }
        if (in[2].status[i] == ASSAY_VALUE) {
            const int32_t days = referral[i] - birth[i];

            /* A month has 28 to 31 days: few ages are near enough to need the birthday itself. */
            old_enough = days >= 31 * months_alone ||
                         (days >= 28 * months_alone &&
                          referral[i] >= assay_add_months(birth[i], months_alone));
        } else if (in[3].status[i] == ASSAY_VALUE) {
            if (!(age[i] >= 0 && age[i] <= 130)) {
                results->status[i] = FAULT_AGE;
                continue;
            }
            old_enough = age[i] >= age_alone;
        } else { /* the age is not known: a child who was seen alone was, any other may be a baby */
            results->status[i] =
                in[1].status[i] == ASSAY_VALUE && !alone[i] ? ASSAY_MISSING : in[1].status[i];
            values[i] = 1;
            continue;
        }
        results->status[i] = old_enough ? in[1].status[i] : ASSAY_NOT_APPLICABLE;
        values[i] = alone[i] ? 1 : 0;
    }
    return 0;
}
const struct assay_measure seen_alone = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_FLAG,
    .name = "seen_alone",
    .help = "Whether a child who was old enough at referral was seen alone",
    .unit = "",
    .minimum = 0,
    .maximum = 1,
    .inputs = seen_alone_inputs,
    .parameters = seen_alone_parameters,
    .faults = seen_alone_faults,
    .input_count = COUNT(seen_alone_inputs),
    .parameter_count = COUNT(seen_alone_parameters),
    .fault_count = COUNT(seen_alone_faults),
    .run = run_seen_alone,
};

/* Practice: an assessment that uses the child's history needs a chronology that was up to date
 * when it ended. One brought up to date after the end counts as 0. */
enum { FAULT_CHRONOLOGY_AFTER_AUDIT = ASSAY_FAULT, FAULT_COMPLETED_AFTER_AUDIT };

static const struct assay_input chronology_age_inputs[] = {
    AUDIT_DATE,
    {"chronology_date", "the day on which the chronology was last brought up to date", ASSAY_DATE,
     1, NULL},
    COMPLETED_DATE,
};
static const char *const chronology_age_faults[] = {
    "the chronology was brought up to date after the audit",
    "the assessment ended after the audit",
};

static int32_t run_chronology_age(const struct assay_batch   *batch,
                                  const struct assay_results *results)
{
    const struct assay_column *in = batch->inputs;
    const int32_t *audit = in[0].values, *updated = in[1].values, *completed = in[2].values;
    double        *values = results->values;

    for (uint32_t i = 0; i < batch->count; ++i) {
        if (in[0].status[i] != ASSAY_VALUE || in[1].status[i] != ASSAY_VALUE) {
            results->status[i] = ASSAY_MISSING; /* the host says which it is */
            continue;
        }
        const int32_t end = in[2].status[i] == ASSAY_VALUE ? completed[i] : audit[i];

        results->status[i] = updated[i] > audit[i] ? FAULT_CHRONOLOGY_AFTER_AUDIT
                             : end > audit[i]      ? FAULT_COMPLETED_AFTER_AUDIT
                                                   : ASSAY_VALUE;
        values[i] = end > updated[i] ? end - updated[i] : 0;
    }
    return 0;
}
const struct assay_measure chronology_age = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "chronology_age",
    .help = "Days from the last update of the chronology to the end of the assessment, "
            "or to the audit while it is open",
    .unit = "days",
    .minimum = 0,
    .maximum = LONGEST_DAYS,
    .inputs = chronology_age_inputs,
    .faults = chronology_age_faults,
    .input_count = COUNT(chronology_age_inputs),
    .fault_count = COUNT(chronology_age_faults),
    .run = run_chronology_age,
};

/* Working Together: an assessment is multi-agency. Asking nobody leaves no share to speak of;
 * whether anyone should have been asked is for the auditor. */
enum { FAULT_COUNT_NOT_WHOLE = ASSAY_FAULT, FAULT_MORE_ANSWERED };

#define MOST_AGENCIES 10000

static const struct assay_input agency_answers_inputs[] = {
    {"agencies_asked", "how many agencies were asked", ASSAY_NUMBER, 1, NULL},
    {"agencies_answered", "how many of them answered", ASSAY_NUMBER, 1, NULL},
};
static const char *const agency_answers_faults[] = {
    "a count of agencies is not a whole number from 0 to 10000",
    "more agencies answered than were asked",
};

static uint8_t answered_share(double asked, double answered, double *share)
{
    if (!(asked >= 0 && asked <= MOST_AGENCIES && answered >= 0 && answered <= MOST_AGENCIES) ||
        asked != (int32_t)asked || answered != (int32_t)answered)
        return FAULT_COUNT_NOT_WHOLE;
    if (answered > asked)
        return FAULT_MORE_ANSWERED;
    if (asked < 1)
        return ASSAY_NOT_APPLICABLE;
    *share = 100 * answered / asked;
    return ASSAY_VALUE;
}

static int32_t run_agency_answers(const struct assay_batch   *batch,
                                  const struct assay_results *results)
{
    const struct assay_column *in = batch->inputs;
    const double              *asked = in[0].values, *answered = in[1].values;
    double                    *values = results->values;

    for (uint32_t i = 0; i < batch->count; ++i)
        results->status[i] = in[0].status[i] == ASSAY_VALUE && in[1].status[i] == ASSAY_VALUE
                                 ? answered_share(asked[i], answered[i], &values[i])
                                 : (uint8_t)ASSAY_MISSING; /* the host says which it is */
    return 0;
}
const struct assay_measure agency_answers = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "agency_answers",
    .help = "Share of the agencies asked for information that answered; 0 is none of them",
    .unit = "%",
    .minimum = 0,
    .maximum = 100,
    .inputs = agency_answers_inputs,
    .faults = agency_answers_faults,
    .input_count = COUNT(agency_answers_inputs),
    .fault_count = COUNT(agency_answers_faults),
    .run = run_agency_answers,
};
