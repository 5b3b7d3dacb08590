/* layout.c - records laid out as a batch for one call. */
#include "checker/layout.h"

#include <stdlib.h>
#include <string.h>

enum {
    REGIONS_OF_INPUT = 3,
    REGIONS_OF_BATCH = 8,
    FIRST_YEAR = 2015, /* of the calendar */
    LAST_YEAR = 2029
};

/* Arrays are given out one after another. */
typedef struct {
    layout         *out;
    const sample   *from;
    const uint32_t *picks;
    size_t          count;
    place           place;
    bool            locked;
} laying;

static void *new_region(laying *work, size_t size, const char *kind, const char *name)
{
    region *next = &work->out->regions[work->out->region_count];
    if (!region_make(next, size, work->place, kind, name))
        return NULL;
    ++work->out->region_count;
    return next->at;
}

static size_t picked(const laying *work, size_t i)
{
    return work->picks != NULL ? work->picks[i] : i;
}

/* ---- Inputs -------------------------------------------------------------------- */

static bool lay_lists(laying *work, const sample_column *from, const char *name,
                      struct assay_column *out)
{
    size_t    total = 0;
    uint32_t *offsets =
        new_region(work, (work->count + 1) * sizeof *offsets, "the offsets of input", name);
    if (offsets == NULL)
        return false;
    for (size_t i = 0; i < work->count; ++i) {
        offsets[i] = (uint32_t)total;
        total += from->lengths[picked(work, i)];
    }
    offsets[work->count] = (uint32_t)total;

    int32_t *dates = new_region(work, total * sizeof *dates, "the dates of input", name);
    if (dates == NULL)
        return false;
    for (size_t i = 0; i < work->count; ++i) {
        const size_t record = picked(work, i);
        memcpy((uint8_t *)dates + offsets[i] * sizeof *dates,
               (const int32_t *)from->values + record * SAMPLE_DATES_MAX,
               from->lengths[record] * sizeof *dates);
    }
    out->offsets = offsets;
    out->values = dates;
    return true;
}

static bool lay_input(laying *work, size_t k, struct assay_column *out)
{
    const manifest_input *input = &work->from->measure->inputs[k];
    const sample_column  *from = &work->from->columns[k];
    const size_t          size = plugin_value_size(input->type);

    uint8_t *status = new_region(work, work->count, "the status of input", input->name);
    if (status == NULL)
        return false;
    for (size_t i = 0; i < work->count; ++i)
        status[i] = from->status[picked(work, i)];
    out->status = status;
    if (input->type == ASSAY_DATES)
        return lay_lists(work, from, input->name, out);

    uint8_t *values = new_region(work, work->count * size, "the values of input", input->name);
    if (values == NULL)
        return false;
    for (size_t i = 0; i < work->count; ++i)
        memcpy(values + i * size, (const uint8_t *)from->values + picked(work, i) * size, size);
    out->values = values;
    return true;
}

static const struct assay_column *lay_inputs(laying *work)
{
    const size_t         count = work->from->measure->input_count;
    struct assay_column *columns =
        new_region(work, count * sizeof *columns, "the table of inputs", "");

    for (size_t k = 0; columns != NULL && k < count; ++k) {
        columns[k] = (struct assay_column){NULL, NULL, NULL};
        if (!lay_input(work, k, &columns[k]))
            return NULL;
    }
    return columns;
}

/* ---- The calendar ---------------------------------------------------------------- */

/* Monday to Friday without 1 January, 25 and 26 December. */
static const struct assay_calendar *lay_calendar(laying *work)
{
    const int32_t          first = assay_date_from_parts(FIRST_YEAR, 1, 1);
    const int32_t          last = assay_date_from_parts(LAST_YEAR, 12, 31);
    const size_t           days = (size_t)(last - first) + 1;
    int32_t               *working = new_region(work, days * sizeof *working, "the calendar", "");
    struct assay_calendar *table = new_region(work, sizeof *table, "the calendar's table", "");
    int32_t                count = 0;

    if (working == NULL || table == NULL)
        return NULL;
    for (int32_t day = first; day <= last; ++day) {
        int32_t year, month, of_month;
        assay_date_parts(day, &year, &month, &of_month);
        const bool holiday =
            (month == 1 && of_month == 1) || (month == 12 && (of_month == 25 || of_month == 26));
        count += (day + 3) % 7 < 5 && !holiday; /* 1 January 1970 was a Thursday */
        working[day - first] = count;
    }
    *table = (struct assay_calendar){sizeof *table, first, last, working};
    return table;
}

/* ---- The whole ------------------------------------------------------------------- */

static bool lay_batch(laying *work)
{
    const manifest_measure    *measure = work->from->measure;
    const struct assay_column *inputs = lay_inputs(work);
    const size_t               parameters_size = measure->parameter_count * sizeof(double);
    double                    *parameters = new_region(work, parameters_size, "the parameters", "");
    const struct assay_calendar *calendar = measure->uses_calendar ? lay_calendar(work) : NULL;
    struct assay_batch          *batch = new_region(work, sizeof *batch, "the batch", "");

    if (inputs == NULL || parameters == NULL || batch == NULL ||
        (measure->uses_calendar && calendar == NULL))
        return false;
    if (parameters_size > 0)
        memcpy(parameters, work->from->parameters, parameters_size);
    *batch =
        (struct assay_batch){sizeof *batch, (uint32_t)work->count, inputs, parameters, calendar};
    work->out->batch = batch;
    return true;
}

static bool lay_results(laying *work)
{
    const enum assay_type type = work->from->measure->result;
    const size_t          size = work->count * plugin_value_size(type);
    struct assay_results *results = new_region(work, sizeof *results, "the table of results", "");
    const size_t          written = work->out->region_count; /* from here on */
    uint8_t              *status = new_region(work, work->count, "the results' status", "");
    uint8_t              *values = new_region(work, size, "the results' values", "");

    if (results == NULL || status == NULL || values == NULL)
        return false;
    memset(status, LAYOUT_UNANSWERED, work->count);
    memset(values, LAYOUT_UNANSWERED, size); /* no number, and no flag */
    *results = (struct assay_results){sizeof *results, status, values};
    work->out->results = results;
    for (size_t r = 0; work->locked && r < written; ++r)
        if (!region_lock(&work->out->regions[r]))
            return false;
    return true;
}

bool layout_make(layout *out, const sample *from, const uint32_t *picks, size_t count,
                 layout_kind kind)
{
    static const place places[] = {[LAYOUT_PLAIN] = PLACE_PLAIN,
                                   [LAYOUT_BEFORE_GUARD] = PLACE_BEFORE_GUARD,
                                   [LAYOUT_BEHIND_GUARD] = PLACE_BEHIND_GUARD,
                                   [LAYOUT_LOCKED] = PLACE_BEHIND_GUARD};
    laying             work = {out, from, picks, count, places[kind], kind == LAYOUT_LOCKED};

    *out = (layout){0};
    out->regions = calloc(from->measure->input_count * REGIONS_OF_INPUT + REGIONS_OF_BATCH,
                          sizeof *out->regions);
    if (out->regions != NULL && lay_batch(&work) && lay_results(&work))
        return true;
    layout_free(out);
    return false;
}

void layout_free(layout *held)
{
    for (size_t r = 0; r < held->region_count; ++r)
        region_free(&held->regions[r]);
    free(held->regions);
    *held = (layout){0};
}
