/* number.h - numbers as records write them (docs/grading.md 3). */
#pragma once

#include "base/text.h"

/* Reads digits, with or without commas between groups of three ("1,250"), with or without a
 * point and more digits, with or without "%" right behind: "24%" is 24. No sign, no exponent.
 * The value is the double nearest to what is written, in any locale; more than 15 significant
 * digits are refused, because two such numbers may be one double. */
bool number_read(text value, double *number);
