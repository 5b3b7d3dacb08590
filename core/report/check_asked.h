/* check_asked.h - who asks for which fields, and which names are near. Of records check. */
#pragma once

#include "report/check_page.h"

/* The fields that results ask for, whatever the rubric. */
enum { COMMON_FIELDS = 7 };

typedef struct {
    const char *field;
    const char *purpose;
    enum { NEEDED, NEEDED_TO_CHOOSE, WELCOME } need; /* to choose the rubric, without --rubric */
} common_field;

extern const common_field common_fields[COMMON_FIELDS];

/* The place of a field among the common ones, or COMMON_FIELDS. */
size_t asked_common(const char *field);

/* True where a rubric that records of this file are read for has that want. */
bool asked_by_met(const check_page *page, size_t want);

/* True where a criterion of such a rubric reads the field. What a plugin makes of an input that it
 * may do without is not known here: it counts as needed. */
bool asked_required(const check_page *page, const char *field);

/* True where results or such a rubric read the column. */
bool asked_of_column(const check_page *page, size_t column);

/* The nearest to `heading` of what is asked for and has no column; where no rubric is met, of what
 * any rubric asks for. NULL: none is near. */
const char *asked_nearest_absent(const check_page *page, const char *heading);

/* The nearest to `field` of the columns that nobody reads; NULL where none is near, or that one is
 * nearer to another field. */
const char *asked_nearest_unused(const check_page *page, const char *field);

/* "a date", "yes or no". */
const char *asked_as(value_type type);

/* Adds "a date for assessments 2026.1: timeliness, first_visit; plans 2026.1: plan_age". */
void asked_add_readers(check_page *page, size_t want);
