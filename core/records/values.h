/* values.h - one value out of one text. */
#pragma once

#include "records/records.h"

/* A level, flag, choice or match out of trimmed UTF-8: COLUMN_VALUE and so on. */
int value_of_word(value_type type, text value, const spelling_table *spellings, uint8_t *out);

int value_of_number(text value, double *out);
int value_of_date(text value, int32_t *out);

/* Takes the next part that is not empty of a list of dates; false where there is none. */
bool value_next_part(text *list, text *part);
