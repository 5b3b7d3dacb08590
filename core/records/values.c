/* values.c - one value out of one text (docs/grading.md 3). */
#include "records/values.h"

#include <string.h>

#include "base/date.h"
#include "records/number.h"
#include "records/words.h"

static int find_spelling(text value, const spelling_table *spellings, uint8_t *out)
{
    int found = spellings != NULL ? spelling_find(spellings, value) : SPELLING_NONE;
    *out = found != SPELLING_NONE ? (uint8_t)found : 0;
    return found != SPELLING_NONE ? COLUMN_VALUE : COLUMN_INVALID;
}

int value_of_word(value_type type, text value, const spelling_table *spellings, uint8_t *out)
{
    if (type == VALUE_MATCH) {
        *out = spellings != NULL && spelling_find(spellings, value) != SPELLING_NONE;
        return COLUMN_VALUE;
    }
    *out = 0;
    int status = word_status(value);
    if (status != COLUMN_VALUE) {
        return status;
    }
    if (type == VALUE_FLAG) {
        return word_flag(value, out) ? COLUMN_VALUE : COLUMN_INVALID;
    }
    return find_spelling(value, spellings, out);
}

int value_of_number(text value, double *out)
{
    if (number_read(value, out)) {
        return COLUMN_VALUE;
    }
    *out = 0;
    int status = word_status(value);
    return status != COLUMN_VALUE ? status : COLUMN_INVALID;
}

int value_of_date(text value, int32_t *out)
{
    if (date_read(value.at, value.size, out)) {
        return COLUMN_VALUE;
    }
    *out = 0;
    int status = word_status(value);
    return status != COLUMN_VALUE ? status : COLUMN_INVALID;
}

static bool separates_dates(char byte)
{
    static const bool separates[256] = {
        [';'] = true, [','] = true, ['|'] = true, ['\n'] = true, ['\r'] = true};
    return separates[(unsigned char)byte];
}

bool value_next_part(text *list, text *part)
{
    while (list->size > 0) {
        size_t size = 0;
        while (size < list->size && !separates_dates(list->at[size])) {
            size++;
        }
        *part = text_trim((text){list->at, size});
        size_t taken = size < list->size ? size + 1 : size;
        list->at += taken;
        list->size -= taken;
        if (part->size > 0) {
            return true;
        }
    }
    return false;
}

static int status_of_dates(text value)
{
    int status = word_status(value);
    if (status != COLUMN_VALUE) {
        return status;
    }
    text   part;
    size_t count = 0;
    for (; value_next_part(&value, &part); count++) {
        int32_t day;
        if (!date_read(part.at, part.size, &day)) {
            return COLUMN_INVALID;
        }
    }
    return count > 0 ? COLUMN_VALUE : COLUMN_MISSING;
}

int value_read(value_type type, text value, const spelling_table *spellings, void *out)
{
    value = text_trim(value);
    switch (type) {
    case VALUE_NUMBER:
        return value_of_number(value, out);
    case VALUE_DATE:
        return value_of_date(value, out);
    case VALUE_DATES:
        return status_of_dates(value);
    case VALUE_TEXT:
        *(text *)out = value;
        return COLUMN_VALUE;
    case VALUE_LEVEL:
    case VALUE_FLAG:
    case VALUE_CHOICE:
    case VALUE_MATCH:
        break;
    }
    return value_of_word(type, value, spellings, out);
}

const char *value_type_name(value_type type)
{
    static const char *const names[] = {
        [VALUE_LEVEL] = "level", [VALUE_FLAG] = "yes or no",      [VALUE_NUMBER] = "number",
        [VALUE_DATE] = "date",   [VALUE_DATES] = "list of dates", [VALUE_CHOICE] = "choice",
        [VALUE_MATCH] = "text",  [VALUE_TEXT] = "text",
    };
    return names[type];
}

const char *value_type_remedy(value_type type)
{
    static const char *const remedies[] = {
        [VALUE_LEVEL] = "write one of the rubric's levels, in words",
        [VALUE_FLAG] = "write yes or no",
        [VALUE_NUMBER] = "write a number such as 12 or 12.5",
        [VALUE_DATE] = "write dates as dd/mm/yyyy",
        [VALUE_DATES] = "write dates as dd/mm/yyyy, with a semicolon between two",
        [VALUE_CHOICE] = "write one of the choices that there are",
        [VALUE_MATCH] = "write text",
        [VALUE_TEXT] = "write text",
    };
    return remedies[type];
}

/* Takes a number of one to five digits off the front; -1 where there is none. */
static int take_digits(text *value)
{
    int    number = 0;
    size_t size = 0;
    while (size < value->size && size < 5 && value->at[size] >= '0' && value->at[size] <= '9') {
        number = 10 * number + (value->at[size] - '0');
        size++;
    }
    value->at += size;
    value->size -= size;
    return size > 0 ? number : -1;
}

static bool take_separator(text *value)
{
    const bool found = value->size > 0 &&
                       (value->at[0] == '/' || value->at[0] == '-' || value->at[0] == '.');
    value->at += found ? 1 : 0;
    value->size -= found ? 1 : 0;
    return found;
}

const char *date_remedy(text value)
{
    value = text_trim(value);
    const int first = take_digits(&value);
    /* 30000 is in 1982 and 60000 in 2064. A time of day is a fraction. */
    if (first >= 30000 && first <= 60000 && (value.size == 0 || value.at[0] == '.')) {
        return "it is Excel's number of a day: format the column as a date and export again";
    }
    if (first >= 1 && first <= 12 && take_separator(&value)) {
        const int second = take_digits(&value);
        if (second >= 13 && second <= 31 && take_separator(&value) && take_digits(&value) >= 0) {
            return "month and day seem to be swapped; write dates as dd/mm/yyyy";
        }
    }
    return value_type_remedy(VALUE_DATE);
}
