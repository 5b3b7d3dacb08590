/* words.c - made records and answers as a person reads them. */
#include "checker/words.h"

#include <math.h>
#include <string.h>

#include "base/date.h"

static void say_date(int32_t day, buffer *out)
{
    char written[DATE_TEXT_SIZE];
    date_write(day, written);
    buffer_string(out, written);
}

/* The first spelling, as one word. */
static void say_choice(const char *choice, buffer *out)
{
    for (; *choice != '\0' && *choice != '|'; ++choice)
        buffer_byte(out, *choice == ' ' ? '_' : *choice);
}

static void say_value(const manifest_input *input, const sample_column *from, size_t record,
                      buffer *out)
{
    const int32_t *list = from->values;

    switch (input->type) {
    case ASSAY_FLAG:
        buffer_string(out, ((const uint8_t *)from->values)[record] != 0 ? "yes" : "no");
        break;
    case ASSAY_NUMBER:
        buffer_number(out, ((const double *)from->values)[record]);
        break;
    case ASSAY_DATE:
        say_date(((const int32_t *)from->values)[record], out);
        break;
    case ASSAY_DATES:
        list += record * SAMPLE_DATES_MAX;
        for (size_t d = 0; d < from->lengths[record]; ++d) {
            if (d > 0)
                buffer_byte(out, ';');
            say_date(list[d], out);
        }
        break;
    case ASSAY_CHOICE:
        say_choice(input->choices[((const uint8_t *)from->values)[record]], out);
        break;
    }
}

void words_record(const sample *from, size_t record, buffer *out)
{
    const manifest_measure *measure = from->measure;

    buffer_format(out, "record %zu:", record);
    for (size_t k = 0; k < measure->input_count; ++k) {
        const uint8_t status = from->columns[k].status[record];
        buffer_format(out, " %s=", measure->inputs[k].name);
        if (status == ASSAY_VALUE)
            say_value(&measure->inputs[k], &from->columns[k], record, out);
        else
            buffer_string(out, status == ASSAY_MISSING ? "missing" : "n/a");
    }
    for (size_t p = 0; p < measure->parameter_count; ++p) {
        buffer_format(out, " %s=", measure->parameters[p].name);
        if (measure->parameters[p].type == ASSAY_FLAG)
            buffer_string(out, from->parameters[p] > 0 ? "yes" : "no");
        else
            buffer_number(out, from->parameters[p]);
    }
}

static void say_number(double number, buffer *out)
{
    if (isnan(number))
        buffer_string(out, "no number (NaN)");
    else if (isinf(number))
        buffer_string(out, number > 0 ? "infinity" : "minus infinity");
    else
        buffer_number(out, number);
}

static void say_result(const struct assay_measure *measure, uint64_t bits, buffer *out)
{
    double number;

    if (measure->result == ASSAY_FLAG && bits <= 1) {
        buffer_string(out, bits == 1 ? "yes" : "no");
    } else if (measure->result == ASSAY_FLAG) {
        buffer_format(out, "the flag %u", (unsigned)bits);
    } else {
        memcpy(&number, &bits, sizeof number);
        say_number(number, out);
    }
}

void words_answer(const struct assay_measure *measure, uint8_t status, uint64_t bits, buffer *out)
{
    if (status == ASSAY_VALUE)
        say_result(measure, bits, out);
    else if (status == ASSAY_MISSING)
        buffer_string(out, "missing");
    else if (status == ASSAY_NOT_APPLICABLE)
        buffer_string(out, "not applicable");
    else if (status == ASSAY_NOT_DUE)
        buffer_string(out, "not due");
    else if (status >= ASSAY_FAULT && status < ASSAY_FAULT + measure->fault_count)
        buffer_format(out, "the fault \"%s\"", measure->faults[status - ASSAY_FAULT]);
    else if (status == UINT8_MAX)
        buffer_string(out, "nothing: its status was not written");
    else
        buffer_format(out, "the status %u, which %s", status,
                      status >= ASSAY_FAULT ? "is a fault without a text" : "there is not");
}

void words_expected(const struct assay_measure *measure, uint8_t status, buffer *out)
{
    if (status != ASSAY_VALUE) {
        buffer_string(out, "an answer such as assay/plugin.h lists");
    } else if (measure->result == ASSAY_FLAG) {
        buffer_string(out, "0 or 1");
    } else {
        buffer_string(out, "a number from ");
        buffer_number(out, measure->minimum);
        buffer_string(out, " to ");
        buffer_number(out, measure->maximum);
    }
}
