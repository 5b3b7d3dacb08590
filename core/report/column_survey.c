#include "report/column_survey.h"

static bool has_digit(text value)
{
    for (size_t i = 0; i < value.size; i++) {
        if (value.at[i] >= '0' && value.at[i] <= '9') {
            return true;
        }
    }
    return false;
}

/* Without levels of its own every level is invalid, but for the words of grading.md 3. */
static int status_of(text value)
{
    uint8_t level;
    return value.size == 0 ? COLUMN_MISSING : value_read(VALUE_LEVEL, value, NULL, &level);
}

void column_survey_add(column_survey *to, text value)
{
    double    number;
    int32_t   day;
    const int status = status_of(value);
    if (status == COLUMN_MISSING) {
        to->missing++;
    } else if (status == COLUMN_NOT_APPLICABLE) {
        to->not_applicable++;
    } else if (!has_digit(value)) {
        to->words++;
    } else if (value_read(VALUE_DATE, value, NULL, &day) == COLUMN_VALUE) {
        to->dates++;
    } else if (value_read(VALUE_NUMBER, value, NULL, &number) == COLUMN_VALUE) {
        to->numbers++;
    } else {
        to->words++;
    }
}

static void widen(want_survey *to, double value)
{
    to->least = to->read == 0 || value < to->least ? value : to->least;
    to->most = to->read == 0 || value > to->most ? value : to->most;
}

int want_survey_add(want_survey *to, value_type type, text value, const spelling_table *spellings)
{
    union {
        uint8_t byte;
        double  number;
        int32_t day;
    } found = {0};
    const int status = value_read(type, value, spellings, &found);
    to->asked++;
    to->missing += status == COLUMN_MISSING;
    to->not_applicable += status == COLUMN_NOT_APPLICABLE;
    if (status != COLUMN_VALUE) {
        return status;
    }
    if (to->by_value != NULL) {
        to->by_value[found.byte]++;
    } else if (type == VALUE_NUMBER) {
        widen(to, found.number);
    } else if (type == VALUE_DATE) {
        widen(to, found.day);
    }
    to->read++;
    return status;
}

bool want_survey_add_text(want_survey *to, text value, uint64_t line, arena *memory)
{
    to->asked++;
    to->missing += value.size == 0;
    to->read += value.size > 0;
    return value.size == 0 || distinct_add(&to->texts, value, line, memory);
}
