/* error.h - what went wrong, where, and what to do about it. */
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The kinds of fault, each with the exit status that the command ends with.
 * One table makes the enum and the statuses. */
#define FAULT_KINDS(X)                                                                            \
    X(FAULT_NOTICE, 0)  /* worth saying; nothing is refused */                                    \
    X(FAULT_USAGE, 2)   /* asked wrongly */                                                       \
    X(FAULT_RUBRIC, 2)  /* a rubric, calendar, framework, column map or policy cannot be used */  \
    X(FAULT_PLUGIN, 2)  /* a plugin was refused or failed */                                      \
    X(FAULT_INPUT, 3)   /* a file could not be read */                                            \
    X(FAULT_OUTPUT, 3)  /* a file could not be written */                                         \
    X(FAULT_MEMORY, 3)  /* no memory left */

typedef enum {
#define X(kind, status) kind,
    FAULT_KINDS(X)
#undef X
} fault_kind;

/* One fault. Strings belong to the list. */
typedef struct {
    fault_kind  kind;
    const char *file;   /* "" where no file is meant */
    uint64_t    line;   /* 1-based; 0: no line */
    uint64_t    column; /* 1-based; 0: no column */
    const char *text;   /* what is wrong; and, after "; ", what to do */
} fault;

/* Every fault found, in the order found. Start with {0}; not thread-safe. */
typedef struct {
    fault *items;
    size_t count;
    size_t capacity;
    bool   out_of_memory; /* a fault could not be kept */
} error_list;

/* Adds a fault; `format` as printf. `file` may be NULL. Never fails: where memory is
 * out it sets out_of_memory. */
void error_add(error_list *errors, fault_kind kind, const char *file, uint64_t line,
               uint64_t column, const char *format, ...) __attribute__((format(printf, 6, 7)));

/* Adds FAULT_MEMORY. Returns false, so that callers can `return error_memory(errors)`. */
bool error_memory(error_list *errors);

/* Adds copies of all faults of `from`. */
void error_append(error_list *errors, const error_list *from);

/* Puts the faults from the index `first` on in the order of their lines, as a person goes through a
 * file. */
void error_sort_lines(error_list *errors, size_t first);

/* How many faults are more than notices. */
size_t error_count(const error_list *errors);

/* The exit status of the gravest fault: 0, 2 or 3. */
int error_exit_status(const error_list *errors);

/* Writes "assay: FILE:LINE:COLUMN: text" without a line end to `out`, as snprintf
 * does: returns the length needed. Control characters are shown as spaces. */
size_t error_format(const fault *fault, char *out, size_t size);

/* Frees all faults; the list is empty and usable again. */
void error_clear(error_list *errors);
