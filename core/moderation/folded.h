/* folded.h - names in the form in which they compare: "A. Patel" and "a. patel " are one. Private to this
 * room. */
#pragma once

#include <stddef.h>

#include "base/arena.h"

/* The name so, in `memory`; as it is where it is no UTF-8. NULL where memory is out. */
const char *name_folded(arena *memory, const char *name);

/* Likewise into *held, of *room bytes (NULL and 0 at first), which grows as is needed and is freed with
 * free(). */
const char *name_folded_again(char **held, size_t *room, const char *name);
