/* fast_date.h - dates of ten bytes in a few steps and without a branch on what they say.
 *
 * Most dates of a file are 2026-03-31 or 31/03/2026. What this takes, date_read() takes, and
 * gives the same; what it does not take is left to date_read(). */
#pragma once

#include "records/fast_digits.h"

enum { FAST_DATE_SIZE = 10 };

/* Reads FAST_DATE_SIZE bytes. */
static inline bool fast_date_read(const char *bytes, int32_t *day)
{
    static const int16_t days_before[2][13] = {
        {0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334},
        {0, 0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335}};
    static const uint8_t days_in[2][13] = {{0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31},
                                           {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}};
    enum { DAYS_TO_1970 = 719162 }; /* from 1 January of the year 1 */

    uint64_t first = digits_load(bytes);
    uint64_t last = digits_load(bytes + 2);
    uint64_t digits; /* yyyymmdd */
    if (bytes[4] == '-' && bytes[7] == '-') {
        digits = (first & 0xFFFFFFFF) | (first >> 40 & 0xFFFF) << 32 | last >> 48 << 48;
    } else if (bytes[2] == '/' && bytes[5] == '/') {
        digits = last >> 32 | (first >> 24 & 0xFFFF) << 32 | first << 48;
    } else {
        return false;
    }
    uint64_t pairs;
    if (!digits_pairs(digits, &pairs)) {
        return false;
    }
    int32_t century = (int32_t)(pairs & 0xFF);
    int32_t of_century = (int32_t)(pairs >> 16 & 0xFF);
    int32_t month = (int32_t)(pairs >> 32 & 0xFF);
    int32_t of_month = (int32_t)(pairs >> 48);
    int32_t year = century * 100 + of_century;
    bool    leap = ((of_century != 0 ? of_century : century) & 3) == 0;
    if (year < 1 || month < 1 || month > 12 || of_month < 1 || of_month > days_in[leap][month]) {
        return false;
    }
    int32_t before = year - 1;
    int32_t centuries = century - (of_century == 0);
    *day = before * 365 + (before >> 2) - centuries + (centuries >> 2) + days_before[leap][month] +
           of_month - 1 - DAYS_TO_1970;
    return true;
}
