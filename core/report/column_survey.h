/* column_survey.h - values counted: what a column looks like, and what a want finds in it. Of
 * records check. */
#pragma once

#include "records/records.h"
#include "report/places.h"

/* What one want found in the records that it was asked of: those of its rubrics to which the
 * criterion applies. */
typedef struct {
    uint64_t        asked;
    uint64_t        read;
    uint64_t        missing;
    uint64_t        not_applicable;
    places          invalid;
    uint64_t       *by_value; /* [level], [choice], or no and yes; NULL for other types */
    double          least;    /* numbers; dates as days. Where read > 0 */
    double          most;
    distinct_values texts; /* VALUE_MATCH */
} want_survey;

/* What a column looks like, whoever uses it. */
typedef struct {
    uint64_t missing;
    uint64_t not_applicable;
    uint64_t dates;
    uint64_t numbers;
    uint64_t words;
} column_survey;

/* Counts one value of a column. */
void column_survey_add(column_survey *to, text value);

/* Counts one value read as `type`, which is not VALUE_MATCH, and returns its column.status. The
 * caller keeps the place of one that is COLUMN_INVALID. */
int want_survey_add(want_survey *to, value_type type, text value, const spelling_table *spellings);

/* Counts one text that decides where criteria apply. False where memory is out. */
bool want_survey_add_text(want_survey *to, text value, uint64_t line, arena *memory);
