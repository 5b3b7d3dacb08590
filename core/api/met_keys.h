/* met_keys.h - the keys that the rows of a file have had, so that a second one is seen. Private to this room. */
#pragma once

#include "base/arena.h"
#include "base/error.h"

/* Start with {0}. */
typedef struct {
    void *tree; /* tsearch(3) */
    arena memory;
} met_keys;

/* Notes that the row on `line` has the key and says `said`; both are copied. *other is the line of the
 * first row with that key where that one said something else, and 0 where it did not. False with a message
 * where memory is out. */
bool met_keys_note(met_keys *met, const char *key, const char *said, uint64_t line, uint64_t *other,
                   error_list *errors);
void met_keys_free(met_keys *met);
