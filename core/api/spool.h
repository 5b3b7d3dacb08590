/* spool.h - standard input, kept where it can be read twice. Private to this room. */
#pragma once

#include <assay/assay.h>
#include <stdio.h>

#include "base/error.h"

/* A temporary file without a name, for its owner alone, gone when it is closed. Start with {0}. */
typedef struct {
    FILE        *file;
    char         path[32];
    assay_input *inputs;
} spool;

/* Where one of the inputs is standard input, copies it and points *inputs at a list that reads the
 * copy; else leaves *inputs alone. False and a message where that fails. */
bool spool_inputs(spool *spool, const assay_input **inputs, size_t count, error_list *errors);
void spool_free(spool *spool);
