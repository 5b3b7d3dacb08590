/* number.c - numbers as records write them. */
#include "records/number.h"

#include <stdint.h>

enum {
    SIGNIFICANT_MAX = 15, /* any such whole number is a double exactly */
    POWERS = 23           /* the powers of ten that are doubles exactly: 10^0 to 10^22 */
};

static const double powers_of_ten[POWERS] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                             1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                             1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* Digits so far, without zeros in front. */
typedef struct {
    uint64_t whole;
    size_t   significant;
} digits;

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool add_digit(digits *so_far, char byte)
{
    if (so_far->significant > 0 || byte != '0') {
        so_far->significant++;
    }
    if (so_far->significant > SIGNIFICANT_MAX) {
        return false;
    }
    so_far->whole = so_far->whole * 10 + (uint64_t)(byte - '0');
    return true;
}

/* Reads what stands before the point; *at is left behind it. A group of three follows
 * each comma, one to three digits stand before the first, and they do not begin with 0:
 * "0,125" is somebody's decimal comma. */
static bool read_whole(text value, size_t *at, digits *so_far)
{
    size_t in_group = 0;
    bool   grouped = false;
    size_t i = *at;
    for (; i < value.size; i++) {
        if (is_digit(value.at[i])) {
            in_group++;
            if (!add_digit(so_far, value.at[i])) {
                return false;
            }
        } else if (value.at[i] == ',') {
            if (grouped ? in_group != 3 : in_group < 1 || in_group > 3 || value.at[0] == '0') {
                return false;
            }
            grouped = true;
            in_group = 0;
        } else {
            break;
        }
    }
    *at = i;
    return grouped ? in_group == 3 : in_group > 0;
}

/* Reads the digits behind the point; zeros at their end say nothing. */
static bool read_fraction(text value, size_t *at, digits *so_far, size_t *places)
{
    size_t start = *at;
    size_t end = start;
    while (end < value.size && is_digit(value.at[end])) {
        end++;
    }
    *at = end;
    if (end == start) {
        return false;
    }
    while (end > start && value.at[end - 1] == '0') {
        end--;
    }
    *places = end - start;
    for (size_t i = start; i < end; i++) {
        if (!add_digit(so_far, value.at[i])) {
            return false;
        }
    }
    return *places < POWERS;
}

bool number_read(text value, double *number)
{
    digits so_far = {0};
    size_t at = 0;
    size_t places = 0;
    if (!read_whole(value, &at, &so_far)) {
        return false;
    }
    if (at < value.size && value.at[at] == '.') {
        at++;
        if (!read_fraction(value, &at, &so_far, &places)) {
            return false;
        }
    }
    if (at < value.size && value.at[at] == '%') {
        at++;
    }
    /* One division of two exact numbers rounds once, to the nearest (IEEE 754). */
    *number = (double)so_far.whole / powers_of_ten[places];
    return at == value.size;
}
