/* symbols.h - what a shared object exports. Private to this room. */
#pragma once

#include <stdbool.h>

/* Calls `take` with each symbol that the file defines for others to use; false from it ends the
 * reading. False where the file has no table of symbols that can be read. */
bool symbols_exported(const char *path, bool (*take)(void *user, const char *name), void *user);
