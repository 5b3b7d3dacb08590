/* missing_from_home.c - what followed when a child who had been missing came back.
 *
 * SPDX-License-Identifier: MIT-0
 *
 * Statutory guidance on children who run away or go missing from home or care (DfE, 2014): an
 * independent return interview is offered each time, and held within 72 hours of the return. Records
 * hold days, not hours, so 72 hours are three days; the parameter due_within says how many. */
#include <assay/plugin.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* Dates of the years 1 to 9999 lie at most this far apart. */
#define LONGEST_DAYS 3652058

#define AUDIT_DATE                                                                                 \
    {                                                                                              \
        "audit_date", "the day on which the file was audited", ASSAY_DATE, 1, NULL                 \
    }
#define RETURN_DATES                                                                               \
    {                                                                                              \
        "return_dates", "the days on which the child came back, in the period looked at",          \
            ASSAY_DATES, 0, NULL                                                                   \
    }

/* The inputs of every measure begin with these two. */
enum { AUDIT, RETURNS, ANSWERS };
enum { DUE_WITHIN };

enum { FAULT_RETURN_AFTER_AUDIT = ASSAY_FAULT, FAULT_ANSWER_FIRST, FAULT_ANSWER_AFTER_AUDIT };

/* ---- Returns, and what answered each --------------------------------------------- */

/* One record's returns and answers (offers, interviews), both in order of date. */
struct episodes {
    int32_t        audit;
    const int32_t *returns;
    uint32_t       return_count;
    const int32_t *answers;
    uint32_t       answer_count;
};

/* Reads the lists of a record: ASSAY_VALUE, or the status of the result. No answers listed means
 * that there were none; that there was no return to answer is for the record to say, with n/a. */
static uint8_t read_episodes(const struct assay_batch *batch, uint32_t record, struct episodes *out)
{
    const struct assay_column *in = batch->inputs;
    const int32_t             *audit = in[AUDIT].values;

    if (in[AUDIT].status[record] != ASSAY_VALUE)
        return ASSAY_MISSING;
    if (in[RETURNS].status[record] != ASSAY_VALUE)
        return in[RETURNS].status[record];
    if (in[ANSWERS].status[record] == ASSAY_NOT_APPLICABLE)
        return ASSAY_NOT_APPLICABLE;

    out->audit = audit[record];
    out->returns = (const int32_t *)in[RETURNS].values + in[RETURNS].offsets[record];
    out->return_count = in[RETURNS].offsets[record + 1] - in[RETURNS].offsets[record];
    out->answers = (const int32_t *)in[ANSWERS].values + in[ANSWERS].offsets[record];
    out->answer_count = in[ANSWERS].status[record] == ASSAY_VALUE
                            ? in[ANSWERS].offsets[record + 1] - in[ANSWERS].offsets[record]
                            : 0;
    if (out->return_count == 0)
        return ASSAY_MISSING;
    if (out->returns[out->return_count - 1] > out->audit)
        return FAULT_RETURN_AFTER_AUDIT;
    if (out->answer_count > 0 && out->answers[0] < out->returns[0])
        return FAULT_ANSWER_FIRST;
    if (out->answer_count > 0 && out->answers[out->answer_count - 1] > out->audit)
        return FAULT_ANSWER_AFTER_AUDIT;
    return ASSAY_VALUE;
}

/* Days from return r to the first answer before the next return; *open where there is none yet,
 * and then the days to the audit. An answer on the day of the next return is to that one. Returns
 * on one day are one return. *next is where the search goes on. */
static int32_t days_to_answer(const struct episodes *record, uint32_t r, uint32_t *next, int *open)
{
    const int last = r + 1 == record->return_count;

    while (*next < record->answer_count && record->answers[*next] < record->returns[r])
        ++*next;
    *open = *next == record->answer_count ||
            (!last && record->answers[*next] >= record->returns[r + 1]);
    return (*open ? record->audit : record->answers[*next]) - record->returns[r];
}

static int is_repeated(const struct episodes *record, uint32_t r)
{
    return r + 1 < record->return_count && record->returns[r + 1] == record->returns[r];
}

/* ---- offer_wait: the longest wait for the offer of an interview --------------------- */

static int32_t run_offer_wait(const struct assay_batch *batch, const struct assay_results *results)
{
    double  *values = results->values;
    uint32_t i, r;

    for (i = 0; i < batch->count; ++i) {
        struct episodes record;
        uint8_t         status = read_episodes(batch, i, &record);
        uint32_t        next = 0;
        int             counted = 0;
        double          longest = 0;

        for (r = 0; status == ASSAY_VALUE && r < record.return_count; ++r) {
            int     open;
            int32_t days;

            if (is_repeated(&record, r))
                continue;
            days = days_to_answer(&record, r, &next, &open);
            if (open && days <= batch->parameters[DUE_WITHIN])
                continue; /* still to be offered, and in time */
            counted = 1;
            if (days > longest)
                longest = days;
        }
        values[i] = longest;
        results->status[i] = status == ASSAY_VALUE && !counted ? ASSAY_NOT_DUE : status;
    }
    return 0;
}

static const struct assay_input offer_inputs[] = {
    AUDIT_DATE,
    RETURN_DATES,
    {"offer_dates", "the days on which a return interview was offered", ASSAY_DATES, 0, NULL},
};
static const struct assay_parameter offer_parameters[] = {
    {"due_within", "a return this recent need not have had its offer yet", "days", ASSAY_NUMBER, 0,
     3, 0, 365},
};
static const char *const offer_faults[] = {
    "the child came back after the audit",
    "an interview was offered before the first return",
    "an interview was offered after the audit",
};
static const struct assay_measure offer_wait = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "offer_wait",
    .help = "Days from a return to the offer of an interview, the longest; 0 is the same day",
    .unit = "days",
    .minimum = 0,
    .maximum = LONGEST_DAYS,
    .inputs = offer_inputs,
    .parameters = offer_parameters,
    .faults = offer_faults,
    .input_count = COUNT(offer_inputs),
    .parameter_count = COUNT(offer_parameters),
    .fault_count = COUNT(offer_faults),
    .run = run_offer_wait,
};

/* ---- interviews_in_time: the share of returns with an interview in time ------------- */

static int32_t run_interviews_in_time(const struct assay_batch   *batch,
                                      const struct assay_results *results)
{
    const double due_within = batch->parameters[DUE_WITHIN];
    double      *values = results->values;
    uint32_t     i, r;

    for (i = 0; i < batch->count; ++i) {
        struct episodes record;
        uint8_t         status = read_episodes(batch, i, &record);
        uint32_t        next = 0, due = 0, in_time = 0;

        for (r = 0; status == ASSAY_VALUE && r < record.return_count; ++r) {
            int     open;
            int32_t days;

            if (is_repeated(&record, r))
                continue;
            days = days_to_answer(&record, r, &next, &open);
            if (open && days <= due_within && r + 1 == record.return_count)
                continue;
            due += 1;
            in_time += !open && days <= due_within;
        }
        values[i] = due > 0 ? 100.0 * in_time / due : 0;
        results->status[i] = status == ASSAY_VALUE && due == 0 ? ASSAY_NOT_DUE : status;
    }
    return 0;
}

static const struct assay_input interview_inputs[] = {
    AUDIT_DATE,
    RETURN_DATES,
    {"interview_dates", "the days on which a return interview was held", ASSAY_DATES, 0, NULL},
};
static const struct assay_parameter interview_parameters[] = {
    {"due_within", "an interview up to this long after the return is in time", "days", ASSAY_NUMBER,
     0, 3, 0, 365},
};
static const char *const interview_faults[] = {
    "the child came back after the audit",
    "an interview was held before the first return",
    "an interview was held after the audit",
};
static const struct assay_measure interviews_in_time = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "interviews_in_time",
    .help = "Share of returns that were followed by an interview in time; 0 is none of them",
    .unit = "%",
    .minimum = 0,
    .maximum = 100,
    .inputs = interview_inputs,
    .parameters = interview_parameters,
    .faults = interview_faults,
    .input_count = COUNT(interview_inputs),
    .parameter_count = COUNT(interview_parameters),
    .fault_count = COUNT(interview_faults),
    .run = run_interviews_in_time,
};

/* ---- plan_update: how soon the plan took up the latest return ------------------------ */

static int32_t run_plan_update(const struct assay_batch *batch, const struct assay_results *results)
{
    double  *values = results->values;
    uint32_t i;

    for (i = 0; i < batch->count; ++i) {
        struct episodes record;
        uint8_t         status = read_episodes(batch, i, &record);

        values[i] = 0;
        if (status == ASSAY_VALUE) {
            uint32_t next = 0;
            int      open;

            values[i] = days_to_answer(&record, record.return_count - 1, &next, &open);
            if (open && values[i] <= batch->parameters[DUE_WITHIN])
                status = ASSAY_NOT_DUE;
        }
        results->status[i] = status;
    }
    return 0;
}

static const struct assay_input plan_inputs[] = {
    AUDIT_DATE,
    RETURN_DATES,
    {"plan_update_dates", "the days on which the plan was changed because the child went missing",
     ASSAY_DATES, 0, NULL},
};
static const struct assay_parameter plan_parameters[] = {
    {"due_within", "a return this recent need not be in the plan yet", "days", ASSAY_NUMBER, 0, 10,
     0, 365},
};
static const char *const plan_faults[] = {
    "the child came back after the audit",
    "the plan was changed before the first return",
    "the plan was changed after the audit",
};
static const struct assay_measure plan_update = {
    .struct_size = sizeof(struct assay_measure),
    .result = ASSAY_NUMBER,
    .name = "plan_update",
    .help = "Days from the latest return to a change of the plan; 0 is the same day",
    .unit = "days",
    .minimum = 0,
    .maximum = LONGEST_DAYS,
    .inputs = plan_inputs,
    .parameters = plan_parameters,
    .faults = plan_faults,
    .input_count = COUNT(plan_inputs),
    .parameter_count = COUNT(plan_parameters),
    .fault_count = COUNT(plan_faults),
    .run = run_plan_update,
};

/* ---- The plugin --------------------------------------------------------------------- */

static const struct assay_measure *const measures[] = {&offer_wait, &interviews_in_time,
                                                       &plan_update};

static const struct assay_plugin plugin = {
    .struct_size = sizeof(struct assay_plugin),
    .abi = ASSAY_ABI,
    .id = "missing_from_home",
    .version = "1.0.0",
    .practice_area = "missing_from_home",
    .summary = "Children missing from home or care: return interviews, and what came of them",
    .measures = measures,
    .measure_count = COUNT(measures),
};

ASSAY_PLUGIN_EXPORT const struct assay_plugin *assay_plugin_entry(const struct assay_host *host)
{
    if (host->oldest_abi > ASSAY_ABI || host->newest_abi < ASSAY_ABI)
        return NULL;
    return &plugin;
}
