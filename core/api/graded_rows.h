/* graded_rows.h - the records of a batch as the store keeps them, made by the thread that graded them.
 * Private to this room. */
#pragma once

#include "api/rubric_facts.h"
#include "grading/grading.h"
#include "store/store.h"

typedef struct {
    uint64_t    line;
    bool        blank;    /* nothing is in it: not kept, and said of all such rows at once */
    const char *rejected; /* why; NULL: it is kept, unless it is blank */
    size_t      graded;   /* where it is among those that are kept */
} graded_row;

typedef struct {
    graded_row        *rows;
    size_t             count;
    store_graded      *graded;
    size_t             graded_count;
    store_prepared    *prepared; /* NULL: see `errors` */
    error_list         errors;   /* why these rows cannot be kept */
    const kept_field **fields;   /* by name */
    size_t             field_count;
    const kept_field  *child; /* the child's pseudonym; NULL: the file has none */
    arena              memory;
} graded_rows;

/* NULL where memory is out. Free with graded_rows_free(), which takes NULL. */
graded_rows *graded_rows_of(const graded_batch *batch, rubric_fact_table *facts);
void         graded_rows_free(graded_rows *list);
