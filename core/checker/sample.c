/* sample.c - made records for one measure. */
#include "checker/sample.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "checker/chance.h"

enum {
    FIRST_ORDINARY = 16436, /* 1 January 2015 */
    LAST_ORDINARY = 21914,  /* 31 December 2029 */
    FIRST_DAY = -719162,    /* 1 January 1 */
    LAST_DAY = 2932896,     /* 31 December 9999 */
    NEAR = 500              /* days between the dates of one record, mostly */
};

/* Years 1 and 9999; month ends; leap days, and their absence in 1900; the ends of 31-bit and of
 * 16-bit days; the ends of the calendar of layout.c. */
static const int32_t extreme_dates[][3] = {
    {1, 1, 1},     {1, 12, 31},    {4, 2, 29},     {9999, 1, 1},   {9999, 12, 31}, {1900, 2, 28},
    {1900, 3, 1},  {2000, 2, 29},  {2024, 2, 29},  {2023, 2, 28},  {2024, 1, 31},  {2024, 3, 31},
    {2024, 4, 30}, {2025, 11, 30}, {2025, 12, 31}, {1969, 12, 31}, {1970, 1, 1},   {2038, 1, 19},
    {2059, 9, 18}, {2014, 12, 31}, {2015, 1, 1},   {2029, 12, 31}, {2030, 1, 1},
};

static const double extreme_numbers[] = {
    0,
    -0.0,
    1,
    -1,
    0.1,
    1e300,
    -1e300,
    DBL_MAX,
    -DBL_MAX,
    DBL_MIN,
    DBL_TRUE_MIN,
    2147483647,
    2147483648,
    -2147483649.0,
    4294967296,
    9007199254740993.0,
};

/* ---- One value --------------------------------------------------------------- */

static int32_t make_date(chance *source, int32_t near, bool extreme)
{
    if (!extreme)
        return chance_between(source, near - NEAR, near + NEAR);
    const size_t   count = sizeof extreme_dates / sizeof *extreme_dates;
    const int32_t *parts = extreme_dates[chance_below(source, (uint32_t)count)];
    return assay_date_from_parts(parts[0], parts[1], parts[2]);
}

static double make_number(chance *source, bool extreme)
{
    if (extreme)
        return extreme_numbers[chance_below(source,
                                            sizeof extreme_numbers / sizeof *extreme_numbers)];
    const double whole = chance_below(source, chance_below(source, 2) ? 12 : 101);
    return chance_below(source, 4) == 0 ? whole + 0.5 : whole;
}

static uint8_t choice_count(const manifest_input *input)
{
    uint8_t count = 0;
    while (input->choices[count] != NULL)
        ++count;
    return count;
}

static int compare_dates(const void *a, const void *b)
{
    const int32_t left = *(const int32_t *)a;
    const int32_t right = *(const int32_t *)b;
    return (left > right) - (left < right);
}

/* Up to 30 dates, ascending; short lists most often. */
static uint8_t make_list(chance *source, int32_t near, bool extreme, int32_t *dates)
{
    const uint32_t most = chance_below(source, 4) == 0 ? SAMPLE_DATES_MAX : 6;
    const uint32_t count = chance_below(source, most + 1);

    for (uint32_t d = 0; d < count; ++d)
        dates[d] = make_date(source, near, extreme);
    qsort(dates, count, sizeof *dates, compare_dates);
    return (uint8_t)count;
}

static void make_value(const manifest_input *input, sample_column *column, size_t record,
                       chance *source, int32_t near, bool extreme)
{
    switch (input->type) {
    case ASSAY_FLAG:
        ((uint8_t *)column->values)[record] = (uint8_t)chance_below(source, 2);
        break;
    case ASSAY_CHOICE:
        ((uint8_t *)column->values)[record] = (uint8_t)chance_below(source, choice_count(input));
        break;
    case ASSAY_NUMBER:
        ((double *)column->values)[record] = make_number(source, extreme);
        break;
    case ASSAY_DATE:
        ((int32_t *)column->values)[record] = make_date(source, near, extreme);
        break;
    case ASSAY_DATES:
        column->lengths[record] =
            make_list(source, near, extreme, (int32_t *)column->values + record * SAMPLE_DATES_MAX);
        break;
    }
}

/* "values[i] is there but means nothing". Dates and numbers stay such as there are, so that a
 * plugin may calculate with all records at once before it looks at the status; a choice or a flag
 * that is used as an index unseen is a fault. */
static void make_rubbish(const manifest_input *input, sample_column *column, size_t record,
                         chance *source)
{
    int32_t *list = column->values;

    switch (input->type) {
    case ASSAY_FLAG:
    case ASSAY_CHOICE:
        ((uint8_t *)column->values)[record] = (uint8_t)chance_below(source, 256);
        break;
    case ASSAY_NUMBER:
        ((double *)column->values)[record] = chance_between(source, -1000000, 1000000);
        break;
    case ASSAY_DATE:
        ((int32_t *)column->values)[record] = chance_between(source, FIRST_DAY, LAST_DAY);
        break;
    case ASSAY_DATES:
        list += record * SAMPLE_DATES_MAX;
        column->lengths[record] = (uint8_t)chance_below(source, 3);
        for (uint8_t d = 0; d < column->lengths[record]; ++d)
            list[d] = chance_between(source, FIRST_DAY, LAST_DAY);
        qsort(list, column->lengths[record], sizeof *list, compare_dates);
        break;
    }
}

/* ---- All of them ------------------------------------------------------------- */

static bool make_room(sample *made)
{
    const manifest_measure *measure = made->measure;

    made->columns = calloc(measure->input_count + 1, sizeof *made->columns);
    made->parameters = calloc(measure->parameter_count + 1, sizeof *made->parameters);
    if (made->columns == NULL || made->parameters == NULL)
        return false;
    for (size_t k = 0; k < measure->input_count; ++k) {
        const enum assay_type type = measure->inputs[k].type;
        const size_t size = plugin_value_size(type) * (type == ASSAY_DATES ? SAMPLE_DATES_MAX : 1);
        sample_column *column = &made->columns[k];

        column->status = calloc(made->count + 1, 1);
        column->values = calloc(made->count + 1, size);
        column->lengths = type == ASSAY_DATES ? calloc(made->count + 1, 1) : NULL;
        if (column->status == NULL || column->values == NULL ||
            (type == ASSAY_DATES && column->lengths == NULL))
            return false;
    }
    return true;
}

/* Mostly there: a record that lacks something required answers nothing. */
static uint8_t make_status(chance *source)
{
    static const uint8_t statuses[] = {ASSAY_MISSING, ASSAY_NOT_APPLICABLE};
    return chance_below(source, 10) > 0 ? ASSAY_VALUE : statuses[chance_below(source, 2)];
}

static void fill_record(sample *made, size_t record, sample_kind kind, chance *source)
{
    const int32_t near = chance_between(source, FIRST_ORDINARY + NEAR, LAST_ORDINARY - NEAR);

    for (size_t k = 0; k < made->measure->input_count; ++k) {
        const manifest_input *input = &made->measure->inputs[k];
        const bool            extreme =
            kind == SAMPLE_EXTREME || (kind == SAMPLE_MIXED && chance_below(source, 4) == 0);

        made->columns[k].status[record] = make_status(source);
        if (made->columns[k].status[record] == ASSAY_VALUE)
            make_value(input, &made->columns[k], record, source, near, extreme);
        else
            make_rubbish(input, &made->columns[k], record, source);
    }
}

sample *sample_make(const manifest_measure *measure, size_t count, sample_kind kind, uint64_t seed)
{
    chance  source = {seed};
    sample *made = calloc(1, sizeof *made);

    if (made == NULL)
        return NULL;
    made->measure = measure;
    made->count = count;
    if (!make_room(made)) {
        sample_free(made);
        return NULL;
    }
    for (size_t i = 0; i < count; ++i)
        fill_record(made, i, kind, &source);
    for (size_t p = 0; p < measure->parameter_count; ++p)
        made->parameters[p] = measure->parameters[p].standard;
    return made;
}

void sample_free(sample *made)
{
    if (made == NULL)
        return;
    for (size_t k = 0; made->columns != NULL && k < made->measure->input_count; ++k) {
        free(made->columns[k].status);
        free(made->columns[k].values);
        free(made->columns[k].lengths);
    }
    free(made->columns);
    free(made->parameters);
    free(made);
}

void sample_set_status(sample *made, size_t input, uint8_t status)
{
    memset(made->columns[input].status, status, made->count);
}

void sample_set_all(sample *made, uint8_t status)
{
    for (size_t k = 0; k < made->measure->input_count; ++k)
        sample_set_status(made, k, status);
}

void sample_change_rubbish(sample *made, uint64_t seed)
{
    chance source = {seed};

    for (size_t k = 0; k < made->measure->input_count; ++k)
        for (size_t i = 0; i < made->count; ++i)
            if (made->columns[k].status[i] != ASSAY_VALUE)
                make_rubbish(&made->measure->inputs[k], &made->columns[k], i, &source);
}

void sample_vary_parameters(sample *made, uint64_t seed)
{
    chance source = {seed};

    for (size_t p = 0; p < made->measure->parameter_count; ++p) {
        const manifest_parameter *parameter = &made->measure->parameters[p];
        const double              share = chance_below(&source, 1024) / 1024.0;
        const double between = parameter->minimum * (1 - share) + parameter->maximum * share;
        const double values[] = {parameter->minimum, parameter->standard, parameter->maximum,
                                 fmin(fmax(between, parameter->minimum), parameter->maximum)};

        made->parameters[p] = values[chance_below(&source, parameter->type == ASSAY_FLAG ? 3 : 4)];
    }
}

bool sample_is_masked(const sample *made, size_t record)
{
    for (size_t k = 0; k < made->measure->input_count; ++k)
        if (made->measure->inputs[k].required && made->columns[k].status[record] != ASSAY_VALUE)
            return true;
    return false;
}
