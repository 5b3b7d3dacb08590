/* repeats.h - whether a text was there before, in bounded memory. Of records check. */
#pragma once

#include "base/text.h"

#include <stdint.h>

enum { REPEATS_MAX = 1000000 }; /* different texts that are remembered */

/* Texts by a 64-bit hash of them: of a million, two share one by chance once in 30 million
 * times. Starts as {0}. */
typedef struct {
    uint64_t *slots; /* 0: free */
    size_t    capacity;
    size_t    count;
    bool      full; /* some texts were not remembered */
} repeats;

/* Remembers the text; *before says whether it was there. ASCII letter case makes no difference.
 * False where memory is out. */
bool repeats_add(repeats *to, text value, bool *before);
void repeats_free(repeats *repeats);
