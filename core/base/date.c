/* date.c - dates as people write them (grading.md 3). */
#include "base/date.h"

#include <assay/plugin.h>

#include "base/text.h"

/* What is left to be read. */
typedef struct {
    const char *at;
    const char *end;
} cursor;

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_day(int32_t year, int32_t month, int32_t day_of_month)
{
    return year >= 1 && month >= 1 && month <= 12 && day_of_month >= 1 &&
           day_of_month <= assay_days_in_month(year, month);
}

static bool take_byte(cursor *from, char byte)
{
    if (from->at == from->end || *from->at != byte)
        return false;
    from->at++;
    return true;
}

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

/* A run of digits, as many as there are; 0 where there is none or more than four. */
static size_t take_number(cursor *from, int32_t *number)
{
    const char *start = from->at;
    *number = 0;
    while (from->at < from->end && is_digit(*from->at)) {
        if (from->at - start == 4)
            return 0;
        *number = *number * 10 + (*from->at - '0');
        from->at++;
    }
    return (size_t)(from->at - start);
}

static bool take_two_digits(cursor *from, int32_t *number)
{
    return take_number(from, number) == 2;
}

/* Spaces, tabs, and the no-break spaces that some programs put before "AM". True where
 * there was one. */
static bool take_spaces(cursor *from)
{
    const char *start = from->at;
    while (from->at < from->end) {
        const size_t         left = (size_t)(from->end - from->at);
        const unsigned char *bytes = (const unsigned char *)from->at;
        if (bytes[0] == ' ' || bytes[0] == '\t')
            from->at += 1;
        else if (left >= 2 && bytes[0] == 0xC2 && bytes[1] == 0xA0)
            from->at += 2;
        else if (left >= 3 && bytes[0] == 0xE2 && bytes[1] == 0x80 && bytes[2] == 0xAF)
            from->at += 3;
        else
            break;
    }
    return from->at > start;
}

/* The lower-case word, in any letter case. */
static bool take_word(cursor *from, const char *word)
{
    const char *at = from->at;
    for (; *word != '\0'; word++, at++) {
        if (at == from->end || lower(*at) != *word)
            return false;
    }
    from->at = at;
    return true;
}

/* A month by its English name, in full or its first three letters. 0 where there is none. */
static int32_t take_month(cursor *from)
{
    static const char *const names[12][2] = {{"jan", "uary"}, {"feb", "ruary"}, {"mar", "ch"},
                                             {"apr", "il"},   {"may", ""},      {"jun", "e"},
                                             {"jul", "y"},    {"aug", "ust"},   {"sep", "tember"},
                                             {"oct", "ober"}, {"nov", "ember"}, {"dec", "ember"}};

    for (int32_t i = 0; i < 12; i++) {
        if (take_word(from, names[i][0])) {
            take_word(from, names[i][1]);
            return i + 1;
        }
    }
    return 0;
}

/* Four digits, or two for 20yy. */
static bool take_year(cursor *from, int32_t *year)
{
    const size_t digits = take_number(from, year);
    if (digits == 2)
        *year += 2000;
    return digits == 2 || digits == 4;
}

/* The rest of 31-Mar-2026 or 31 March 2026, behind the day: the same sign on both sides. */
static bool take_named_month(cursor *from, int32_t *month, int32_t *year)
{
    if (take_byte(from, '-')) {
        *month = take_month(from);
        return *month != 0 && take_byte(from, '-') && take_year(from, year);
    }
    if (!take_spaces(from))
        return false;
    *month = take_month(from);
    return *month != 0 && take_spaces(from) && take_year(from, year);
}

static bool take_date(cursor *from, int32_t *day)
{
    int32_t      first, month, year, day_of_month;
    const size_t digits = take_number(from, &first);

    if (digits == 4) { /* 2026-03-31 */
        year = first;
        if (!take_byte(from, '-') || !take_two_digits(from, &month) || !take_byte(from, '-') ||
            !take_two_digits(from, &day_of_month))
            return false;
    } else if (digits == 1 || digits == 2) {
        day_of_month = first;
        if (take_byte(from, '/')) { /* 31/03/2026, 1/3/26 */
            const size_t month_digits = take_number(from, &month);
            if (month_digits < 1 || month_digits > 2 || !take_byte(from, '/') ||
                !take_year(from, &year))
                return false;
        } else if (!take_named_month(from, &month, &year)) {
            return false;
        }
    } else {
        return false;
    }
    if (!is_day(year, month, day_of_month))
        return false;
    *day = assay_date_from_parts(year, month, day_of_month);
    return true;
}

/* Behind the minutes: nothing, :ss or :ss.fraction. */
static bool take_seconds(cursor *from)
{
    int32_t second;
    if (!take_byte(from, ':'))
        return true;
    if (!take_two_digits(from, &second) || second > 59)
        return false;
    if (!take_byte(from, '.') && !take_byte(from, ','))
        return true;
    const char *start = from->at;
    while (from->at < from->end && is_digit(*from->at))
        from->at++;
    return from->at > start;
}

/* Behind the time: nothing, Z, +hh:mm or -hh:mm. Offsets in use reach 14 hours (UTC+14:00). */
static bool take_offset(cursor *from)
{
    int32_t hours, minutes;
    take_spaces(from);
    if (take_word(from, "z"))
        return true;
    if (!take_byte(from, '+') && !take_byte(from, '-'))
        return true;
    return take_two_digits(from, &hours) && hours <= 14 && take_byte(from, ':') &&
           take_two_digits(from, &minutes) && minutes <= 59;
}

/* A time of day, which is checked and then of no account: the date is the day as written. */
static bool take_time(cursor *from)
{
    int32_t      hour, minute;
    const size_t digits = take_number(from, &hour);

    if (digits < 1 || digits > 2 || hour > 23 || !take_byte(from, ':') ||
        !take_two_digits(from, &minute) || minute > 59 || !take_seconds(from))
        return false;
    cursor behind = *from;
    take_spaces(&behind);
    if (take_word(&behind, "am") || take_word(&behind, "pm")) {
        if (hour < 1 || hour > 12)
            return false;
        *from = behind;
    }
    return take_offset(from);
}

/* All the forms but the two of date_read(). */
static bool read_any(const char *bytes, size_t size, int32_t *day)
{
    const text trimmed = text_trim((text){.at = bytes, .size = size});
    if (trimmed.size == 0)
        return false;
    cursor  from = {.at = trimmed.at, .end = trimmed.at + trimmed.size};
    int32_t found;

    if (!take_date(&from, &found))
        return false;
    if (from.at < from.end) {
        if (!take_spaces(&from) && !take_word(&from, "t"))
            return false;
        if (!take_time(&from) || from.at < from.end)
            return false;
    }
    *day = found;
    return true;
}

/* The number that `count` digits make. Sets `*wrong` where one of them is no digit, so that the
 * caller tests once for all of them. */
static inline int32_t digits_at(const char *at, int count, unsigned *wrong)
{
    int32_t number = 0;
    for (int i = 0; i < count; i++) {
        const unsigned digit = (unsigned)(unsigned char)at[i] - '0';
        *wrong |= digit > 9;
        number = number * 10 + (int32_t)(digit & 0xF);
    }
    return number;
}

bool date_read(const char *bytes, size_t size, int32_t *day)
{
    int32_t  year, month, day_of_month;
    unsigned wrong = 0;

    if (size != 10)
        return read_any(bytes, size, day);
    if (bytes[2] == '/' && bytes[5] == '/') {
        day_of_month = digits_at(bytes, 2, &wrong);
        month = digits_at(bytes + 3, 2, &wrong);
        year = digits_at(bytes + 6, 4, &wrong);
    } else if (bytes[4] == '-' && bytes[7] == '-') {
        year = digits_at(bytes, 4, &wrong);
        month = digits_at(bytes + 5, 2, &wrong);
        day_of_month = digits_at(bytes + 8, 2, &wrong);
    } else {
        return read_any(bytes, size, day);
    }
    if (wrong != 0 || !is_day(year, month, day_of_month))
        return read_any(bytes, size, day);
    *day = assay_date_from_parts(year, month, day_of_month);
    return true;
}

static void write_digits(char *out, int32_t number, int count)
{
    for (int i = count - 1; i >= 0; i--) {
        out[i] = (char)('0' + number % 10);
        number /= 10;
    }
}

void date_write(int32_t day, char out[DATE_TEXT_SIZE])
{
    int32_t year, month, day_of_month;
    assay_date_parts(day, &year, &month, &day_of_month);
    write_digits(out, year, 4);
    out[4] = '-';
    write_digits(out + 5, month, 2);
    out[7] = '-';
    write_digits(out + 8, day_of_month, 2);
    out[10] = '\0';
}

void date_month(int32_t day, int32_t *year, int32_t *month)
{
    int32_t day_of_month;
    assay_date_parts(day, year, month, &day_of_month);
}
