/* input.h - bytes from a file, standard input or memory: one way through.
 *
 * Files are read, not mapped: mapped pages count as memory of the program. */
#pragma once

#include "base/error.h"
#include "records/records.h"

/* Where bytes come from, and those that were taken and given back. One thread at a time. */
typedef struct input {
    int         descriptor; /* -1: memory */
    bool        to_close;
    bool        ended;
    const char *bytes; /* memory: what is left */
    size_t      left;
    char       *carried; /* given back: carried[at] .. carried[end] */
    size_t      at;
    size_t      end;
    size_t      capacity;
} input;

/* False and `errors` filled where the source cannot be opened. input_close() either way. */
bool input_open(input *input, const record_source *source, const char *name, error_list *errors);
void input_close(input *input);

typedef enum { INPUT_READ, INPUT_UNREADABLE, INPUT_NO_MEMORY } input_result;

/* Fills `to` with the next bytes: `size` of them, fewer only at the end of the input.
 * INPUT_UNREADABLE: errno says why. */
input_result input_take(input *input, char *to, size_t size, size_t *taken);

/* Gives back the last `size` bytes taken; they come again. False where memory is out. */
bool input_give_back(input *input, const char *bytes, size_t size);

/* Passes over the rest of a line and its line end. *line_ends: 1, or 0 at the end of input. */
input_result input_skip_line(input *input, size_t *line_ends);
