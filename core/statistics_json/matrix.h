/* matrix.h - ratings, counts and tables of a case. Private to this room. */
#pragma once

#include "statistics_json/study.h"

/* The categories of a case. */
typedef struct {
    size_t  count;
    double *values; /* NULL where they are texts */
} categories;

/* What is in `data`: a table, or counts of units by categories, and of two raters both. */
typedef struct {
    categories        scale;
    statistics_table  table;  /* cells NULL: none */
    statistics_counts counts; /* counts NULL: none */
    size_t            raters; /* of ratings; else 0 */
} matrix;

/* Reads data.matrix as data.type says. False, and a reason, where it cannot be used. Close it
 * either way. */
bool matrix_read(study *asked, matrix *read);
void matrix_close(matrix *read);

/* ---- Categories ---------------------------------------------------------------------------- */

/* How a rating is found among them. */
typedef struct {
    const json_t *rating; /* a number or a text */
    uint16_t      index;
} category_entry;

typedef struct {
    size_t          count;
    bool            given; /* in advance; else those that occur */
    bool            texts;
    category_entry *entries; /* ascending; STATISTICS_CATEGORIES of them have room */
} category_index;

/* Reads the categories, of data or beside it, where they are given. */
bool category_index_read(study *asked, category_index *made);

/* Adds the category of a rating, where there is none; `made` is of those that occur. */
bool category_index_add(study *asked, category_index *made, const json_t *rating);

/* Those that occur get their indices: ascending. */
void category_index_number(category_index *made);

/* The index of a rating; STATISTICS_MISSING where it is none of the categories. */
uint16_t category_index_find(const category_index *made, const json_t *rating);

/* Their values by index. */
bool category_index_values(study *asked, const category_index *made, categories *scale);
void category_index_free(category_index *made);
