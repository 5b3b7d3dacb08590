/* records_survey.h - an input read through once and counted: its records, practice areas, dates and
 * columns, and what each rubric finds in the fields it asks for. Of records check. */
#pragma once

#include "report/column_survey.h"
#include "report/repeats.h"
#include "report/wants.h"

typedef struct {
    uint64_t        rows;       /* all */
    uint64_t        filled;     /* readable, with something in a cell: what all below is about */
    places          unreadable; /* `said` is why */
    places          empty;
    places          id_missing;
    places          id_repeated; /* an earlier record has the same */
    repeats         ids;
    uint64_t       *graded;    /* [rubric]: records that it grades */
    uint64_t       *looked_at; /* [rubric]: and those of its practice area without a usable date */
    places          area_missing;
    distinct_values area_unknown;
    places          date_missing;
    places          date_invalid;
    places          date_early; /* before the first rubric of the practice area */
    bool            dated;      /* the next two say something */
    int32_t         first_date;
    int32_t         last_date;
    column_survey  *columns;
    want_survey    *wants;
    arena           memory;
} records_survey;

/* Reads `input` to its end and counts into `out`, which starts as {0}. Every column is selected.
 * Where `library` is NULL the one rubric of `asked` grades all records; else its rubrics are those
 * of `asked`, in that order. False and `errors` filled where input or memory failed. Free with
 * records_survey_free() in any case. */
bool records_survey_take(records_survey *out, records *input, const wants *asked,
                         const rubric_library *library, error_list *errors);
void records_survey_free(records_survey *survey);
