#include "writing/words.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"

static const char *const months[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};

void name_of_id(buffer *out, const char *id)
{
    for (size_t i = 0; id[i] != '\0'; i++) {
        char byte = id[i];
        if (i == 0 && byte >= 'a' && byte <= 'z') {
            byte = (char)(byte - 'a' + 'A');
        }
        buffer_byte(out, byte == '_' ? ' ' : byte);
    }
}

void name_of_month(buffer *out, const char *month)
{
    const char *dash = strrchr(month, '-');
    long        number = dash != NULL ? strtol(dash + 1, NULL, 10) : 0;
    if (number < 1 || number > 12) {
        buffer_string(out, month);
        return;
    }
    buffer_string(out, months[number - 1]);
    buffer_byte(out, ' ');
    buffer_bytes(out, month, (size_t)(dash - month));
}

void name_of_day(buffer *out, int32_t day)
{
    char written[DATE_TEXT_SIZE];
    date_write(day, written);
    written[7] = '\0';
    buffer_unsigned(out, strtoul(written + 8, NULL, 10));
    buffer_byte(out, ' ');
    name_of_month(out, written);
}
