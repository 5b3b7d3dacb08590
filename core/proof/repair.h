/* repair.h - ratings that meet a question, found by changing one or two of them at a time. Private to this
 * room.
 *
 * Where weights lie close together, two ratings changed at once move a sum by very little: what misses
 * its least by little is mended soon, and the search would come to it late. It never says no. */
#pragma once

#include "proof/reach.h"

/* `highest`: the table of reach_fill() of the first line. True: `chosen` [criterion] has outcomes that meet
 * the question. *no_memory where memory is out. */
bool repair_find(const reaching *at, const int64_t *highest, uint8_t *chosen, bool *no_memory);
