/* scales.h - the scale that figures over many audits are on. Private to this room. */
#pragma once

#include "moderation/cases.h"
#include "writing/buffer.h"

/* How many levels "a|b|c" has. */
size_t scale_count(const char *levels);

/* The id of the nth level of "a|b|c". */
text scale_level(const char *levels, size_t number);

/* It in words: "requires improvement". */
void scale_level_words(const char *levels, size_t number, buffer *out);

/* The scale that most audits have, of those that were moderated or of all; "" where there are none.
 * Levels of another cannot stand in one figure with its own. */
const char *scale_usual(const moderation_cases *cases, bool moderated_alone);
