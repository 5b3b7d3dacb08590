/* test_answers.c - the answers are such as the measure declares, whatever the record. */
#include "checker/batches.h"

static sample *ordinary(const checking *at, size_t measure, size_t count)
{
    return sample_make(check_declared(at, measure), count, SAMPLE_ORDINARY,
                       check_seed(at, measure));
}

static bool answers_as_declared(checking *at, size_t measure)
{
    return batches_try(at, measure, ordinary(at, measure, CHECK_RECORDS), LAYOUT_PLAIN);
}

const check_test check_answers = {
    .name = "answers",
    .rule = "each record gets a status that there is, a value in range, or a fault with its text",
    .each = answers_as_declared,
    .opens = true,
    .runs = true,
};

static bool bears_status(checking *at, size_t measure, size_t input, uint8_t status)
{
    sample *made = ordinary(at, measure, CHECK_RECORDS);
    if (made != NULL)
        sample_set_status(made, input, status);
    return batches_try(at, measure, made, LAYOUT_PLAIN);
}

/* One input at a time. What is answered where it is required is of no account; where not, it is. */
static bool bears_absent_inputs(checking *at, size_t measure)
{
    for (size_t k = 0; k < check_declared(at, measure)->input_count; ++k)
        if (!bears_status(at, measure, k, ASSAY_MISSING) ||
            !bears_status(at, measure, k, ASSAY_NOT_APPLICABLE))
            return false;
    return true;
}

const check_test check_required = {
    .name = "absent_inputs",
    .rule = "it bears each input, required or not, missing or not applicable throughout",
    .each = bears_absent_inputs,
    .opens = true,
    .runs = true,
};

static bool bears_extremes(checking *at, size_t measure)
{
    return batches_try(at, measure,
                       sample_make(check_declared(at, measure), 4 * CHECK_RECORDS, SAMPLE_EXTREME,
                                   check_seed(at, measure)),
                       LAYOUT_PLAIN);
}

const check_test check_extremes = {
    .name = "extremes",
    .rule = "it bears the years 1 and 9999, month ends, leap days and the largest numbers",
    .each = bears_extremes,
    .opens = true,
    .runs = true,
};

static bool bears_all(checking *at, size_t measure, uint8_t status)
{
    sample *made = ordinary(at, measure, CHECK_RECORDS);
    if (made != NULL)
        sample_set_all(made, status);
    return batches_try(at, measure, made, LAYOUT_PLAIN);
}

static bool bears_all_missing(checking *at, size_t measure)
{
    return bears_all(at, measure, ASSAY_MISSING);
}

static bool bears_not_applicable(checking *at, size_t measure)
{
    return bears_all(at, measure, ASSAY_NOT_APPLICABLE);
}

const check_test check_all_missing = {
    .name = "all_missing",
    .rule = "it bears a batch in which everything is missing",
    .each = bears_all_missing,
    .opens = true,
    .runs = true,
};

const check_test check_not_applicable = {
    .name = "not_applicable",
    .rule = "it bears a batch in which nothing applies",
    .each = bears_not_applicable,
    .opens = true,
    .runs = true,
};

static bool bears_one_record(checking *at, size_t measure)
{
    return batches_try(at, measure, ordinary(at, measure, 1), LAYOUT_PLAIN);
}

const check_test check_one_record = {
    .name = "one_record",
    .rule = "a batch of one record is answered",
    .each = bears_one_record,
    .opens = true,
    .runs = true,
};

/* ---- Parameters -------------------------------------------------------------------- */

typedef enum { LEAST, GREATEST } parameter_end;

static double end_of(const manifest_parameter *parameter, parameter_end end)
{
    return end == LEAST ? parameter->minimum : parameter->maximum;
}

/* All at one end; or parameter `alone` at it, and the others at their standard. */
static bool bears_end(checking *at, size_t measure, parameter_end end, size_t alone)
{
    const manifest_measure *declared = check_declared(at, measure);
    sample                 *made = ordinary(at, measure, CHECK_RECORDS);

    for (size_t p = 0; made != NULL && p < declared->parameter_count; ++p)
        if (alone == p || alone == declared->parameter_count)
            made->parameters[p] = end_of(&declared->parameters[p], end);
    return batches_try(at, measure, made, LAYOUT_PLAIN);
}

static bool bears_parameters(checking *at, size_t measure)
{
    for (size_t p = 0; p <= check_declared(at, measure)->parameter_count; ++p)
        if (!bears_end(at, measure, LEAST, p) || !bears_end(at, measure, GREATEST, p))
            return false;
    return true;
}

const check_test check_parameters = {
    .name = "parameters",
    .rule = "its parameters may be at their least and greatest, each alone and all together",
    .each = bears_parameters,
    .opens = true,
    .runs = true,
};
