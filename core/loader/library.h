/* library.h - a shared object, loaded from a descriptor. Private to the loader. */
#pragma once

#include "base/error.h"

/* Thread-safe: one lock for the process, as the dynamic linker has one list. */
typedef struct library library;

/* Loads the file behind `file`, whatever its name leads to by now. Takes the descriptor
 * over, also where it fails: then it is NULL, with a fault about `path`. */
library *library_open(int file, const char *path, error_list *errors);
void     library_close(library *library);

/* The address of a symbol, or NULL. */
void *library_symbol(const library *library, const char *name);
