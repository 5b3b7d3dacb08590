/* spool.h - what can be read only once, kept where it can be read twice. Private to this room. */
#pragma once

#include <assay/assay.h>
#include <stdio.h>

#include "base/error.h"

/* A temporary file without a name, for its owner alone, gone when it is closed. */
typedef struct {
    FILE *file;
    char  path[32];
} spooled_file;

/* Start with {0}. */
typedef struct {
    assay_input  *inputs;
    spooled_file *files; /* [input] */
    size_t        count;
} spool;

/* Points *inputs at a list in which whatever can be read only once, standard input or a pipe, is a
 * copy that can be read again. False and a message where that fails. */
bool spool_inputs(spool *spool, const assay_input **inputs, size_t count, error_list *errors);
void spool_free(spool *spool);
