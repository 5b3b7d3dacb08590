/* number.c - numbers as a rubric writes them: decimal, exact, the same in every locale. */
#include <stdio.h>

#include "rubric/reading.h"

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* Takes the digits at the start of `rest`; returns how many there were. `most` digits fit. */
static size_t take_digits(text *rest, size_t most, uint64_t *value)
{
    size_t taken = 0;

    while (taken < rest->size && is_digit(rest->at[taken])) {
        if (taken < most)
            *value = *value * 10 + (uint64_t)(rest->at[taken] - '0');
        taken++;
    }
    rest->at += taken;
    rest->size -= taken;
    return taken;
}

bool number_whole(text value, unsigned most, unsigned *out)
{
    uint64_t     read = 0;
    const size_t digits = take_digits(&value, 9, &read);

    if (digits == 0 || digits > 9 || value.size > 0 || read > most)
        return false;
    *out = (unsigned)read;
    return true;
}

bool number_thousandths(text value, unsigned *out)
{
    uint64_t read = 0;
    size_t   digits = take_digits(&value, 4, &read);

    if (digits == 0 || digits > 4)
        return false;
    size_t places = 0;
    if (value.size > 0) {
        if (*value.at != '.')
            return false;
        value.at++;
        value.size--;
        places = take_digits(&value, 3, &read);
        if (places == 0 || places > 3 || value.size > 0)
            return false;
    }
    for (; places < 3; places++)
        read *= 10;
    *out = (unsigned)read;
    return true;
}

/* Up to 15 digits and a power of ten up to 10^15 are exact doubles, and IEEE 754 rounds their one
 * quotient correctly: the result is the double nearest to what was written. */
bool number_decimal(text value, double *out)
{
    const bool negative = value.size > 0 && *value.at == '-';
    if (negative) {
        value.at++;
        value.size--;
    }
    uint64_t     read = 0;
    const size_t whole = take_digits(&value, 15, &read);
    if (whole == 0 || whole > 15)
        return false;
    double power = 1;
    if (value.size > 0) {
        if (*value.at != '.')
            return false;
        value.at++;
        value.size--;
        const size_t places = take_digits(&value, 15 - whole, &read);
        if (places == 0 || places > 15 - whole || value.size > 0)
            return false;
        for (size_t i = 0; i < places; i++)
            power *= 10;
    }
    *out = (negative ? -(double)read : (double)read) / power;
    return true;
}

void number_write_thousandths(unsigned thousandths, char out[THOUSANDTHS_TEXT_SIZE])
{
    const unsigned places = thousandths % 1000;

    if (places == 0)
        snprintf(out, THOUSANDTHS_TEXT_SIZE, "%u", thousandths / 1000);
    else if (places % 100 == 0)
        snprintf(out, THOUSANDTHS_TEXT_SIZE, "%u.%u", thousandths / 1000, places / 100);
    else if (places % 10 == 0)
        snprintf(out, THOUSANDTHS_TEXT_SIZE, "%u.%02u", thousandths / 1000, places / 10);
    else
        snprintf(out, THOUSANDTHS_TEXT_SIZE, "%u.%03u", thousandths / 1000, places);
}
