/* output.h - standard output, or a file that is whole or not there. */
#pragma once

#include <assay/assay.h>
#include <stdbool.h>
#include <stdio.h>

/* Where a command writes. */
typedef struct {
    const char *path; /* NULL: standard output */
    char       *temporary;
    char       *target; /* the file that `path` leads to */
    FILE       *file;
    bool        begun; /* something was written */
    bool        alone; /* set by who opened it: the file is for its owner alone, whatever there was */
    int         fault; /* errno of the write that failed, else 0 */
} output;

/* `path` NULL or "-": standard output. A device or a pipe is written as it is. A file is written
 * under a temporary name beside its own, so that an interrupted run leaves the old one whole.
 * False, and said on standard error, where that fails. */
bool output_open(output *out, const char *path);

/* assay_write of an output. */
int output_write(void *output, const char *bytes, size_t size);

/* Ends the output: where `keep`, the file takes its own name, else it is removed. False, and said,
 * where anything could not be written. */
bool output_close(output *out, bool keep);
