/* words.h - the words that are read alike in every field (docs/grading.md 3). */
#pragma once

#include <stdint.h>

#include "base/text.h"

/* COLUMN_MISSING or COLUMN_NOT_APPLICABLE where the trimmed text is such a word, else
 * COLUMN_VALUE. Empty is missing. */
int word_status(text value);

/* True where the trimmed text is a word for yes (1) or no (0). */
bool word_flag(text value, uint8_t *flag);

/* The word for missing, not applicable, yes or no that is the same name ("not_applicable" is
 * "not applicable"), or NULL. Numbers are no words. */
const char *word_of_name(text name);
