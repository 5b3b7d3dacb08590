/* date.h - dates as days since 1 January 1970, read as people write them. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DATE_TEXT_SIZE = 11 }; /* "2026-03-31" and a NUL */

/* Reads a date (docs/grading.md 3): 2026-03-31, 31/03/2026, 31/03/26, 31-Mar-2026, 31 March
 * 2026, each with or without a time of day behind it. Day before month always; a two-digit year
 * is 20yy; days and months of one digit are read in all but the first form. `bytes` is trimmed.
 * Returns false where it is not a date of the years 1 to 9999. Thread-safe. */
bool date_read(const char *bytes, size_t size, int32_t *day);

/* Writes yyyy-mm-dd. */
void date_write(int32_t day, char out[DATE_TEXT_SIZE]);

/* Year and month of a day. */
void date_month(int32_t day, int32_t *year, int32_t *month);
