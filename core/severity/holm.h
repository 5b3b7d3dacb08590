/* holm.h - chances of being wrong, corrected for how many are looked at. Private to this room. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Holm's step-down: corrected[k] is the least level at which k is found among all `count`.
 * False where memory is out. */
bool holm_correct(const double *p, size_t count, double *corrected);
