/* fuzz_date.c - any bytes as a date: what is read is a day that can be written and read again. */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

/* The bytes with a space before them are not of the ten that the fast path takes, so
 * both ways of reading are held against each other. */
static void check_fast_path(const char *bytes, bool good, int32_t day)
{
    char    padded[11] = {' '};
    int32_t slow_day = 0;
    memcpy(padded + 1, bytes, 10);
    require(date_read(padded, sizeof padded, &slow_day) == good);
    require(!good || slow_day == day);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const int32_t first = -719162; /* 1 January 1 */
    const int32_t last = 2932896;  /* 31 December 9999 */
    int32_t       day = 0;
    const bool    good = date_read((const char *)bytes, size, &day);

    if (good) {
        char    written[DATE_TEXT_SIZE];
        int32_t again = 0;
        int32_t year = 0;
        int32_t month = 0;
        require(day >= first && day <= last);
        date_write(day, written);
        require(date_read(written, strlen(written), &again) && again == day);
        date_month(day, &year, &month);
        require(year >= 1 && year <= 9999 && month >= 1 && month <= 12);
    }
    if (size == 10)
        check_fast_path((const char *)bytes, good, day);
    return 0;
}
