#include "statistics_json/matrix.h"

#include <stdlib.h>
#include <string.h>

/* ---- Shape --------------------------------------------------------------------------------- */

/* Rows of the same length, of data.matrix. */
static bool shape_of(study *asked, const json_t **rows, size_t *count, size_t *width)
{
    *rows = json_object_get(asked->data, "matrix");
    *count = json_array_size(*rows);
    *width = json_array_size(json_array_get(*rows, 0));
    if (!json_is_array(*rows))
        return study_refuse(asked, "\"data\" has no \"matrix\"");
    for (size_t r = 0; r < *count; r++) {
        const json_t *row = json_array_get(*rows, r);
        if (!json_is_array(row))
            return study_refuse(asked, "row %zu of the matrix is no array", r + 1);
        if (json_array_size(row) != *width)
            return study_refuse(asked, "row %zu of the matrix has %zu values, row 1 has %zu", r + 1,
                                json_array_size(row), *width);
    }
    if (*count == 0 || *width == 0)
        return study_refuse(asked, "the matrix is empty");
    return true;
}

/* As many categories as columns: those that are given, or 1, 2, 3... */
static bool columns_of(study *asked, size_t width, categories *scale)
{
    category_index made = {0};
    bool           read = category_index_read(asked, &made);

    if (read && made.given && made.count != width)
        read = study_refuse(asked, "there are %zu categories and %zu columns", made.count, width);
    if (read && made.given)
        read = category_index_values(asked, &made, scale);
    scale->count = width;
    category_index_free(&made);
    if (read && !made.given && width > STATISTICS_CATEGORIES)
        return study_refuse(asked, "there are more than %d categories", STATISTICS_CATEGORIES);
    return read;
}

/* ---- Tables and counts --------------------------------------------------------------------- */

static bool count_at(study *asked, const json_t *rows, size_t r, size_t c, uint64_t most,
                     uint64_t *count)
{
    const json_t *value = json_array_get(json_array_get(rows, r), c);

    if (!json_count(value, count) || *count > most)
        return study_refuse(asked, "row %zu, column %zu of the matrix is no whole number from 0 up",
                            r + 1, c + 1);
    return true;
}

static bool read_table(study *asked, matrix *read)
{
    const json_t *rows;
    size_t        count, width;

    if (!shape_of(asked, &rows, &count, &width))
        return false;
    if (count != width)
        return study_refuse(asked, "a table has as many rows as columns, not %zu and %zu", count,
                            width);
    if (!columns_of(asked, width, &read->scale))
        return false;
    read->table.categories = width;
    read->table.cells = calloc(count * width, sizeof *read->table.cells);
    if (!read->table.cells)
        return study_fine(asked, STATISTICS_NO_MEMORY);
    for (size_t i = 0; i < count * width; i++)
        if (!count_at(asked, rows, i / width, i % width, UINT64_MAX, &read->table.cells[i]))
            return false;
    return statistics_table_total(&read->table) != UINT64_MAX ||
           study_fine(asked, STATISTICS_TOO_LARGE);
}

static bool read_counts(study *asked, matrix *read)
{
    const json_t *rows;
    size_t        count, width;
    uint64_t      cell;

    if (!shape_of(asked, &rows, &count, &width) || !columns_of(asked, width, &read->scale))
        return false;
    read->counts = (statistics_counts){.units = count, .categories = width};
    read->counts.counts = calloc(count, width * sizeof *read->counts.counts);
    if (!read->counts.counts)
        return study_fine(asked, STATISTICS_NO_MEMORY);
    for (size_t i = 0; i < count * width; i++) {
        if (!count_at(asked, rows, i / width, i % width, UINT32_MAX, &cell))
            return false;
        read->counts.counts[i] = (uint32_t)cell;
    }
    return true;
}

/* ---- Ratings ------------------------------------------------------------------------------- */

static bool is_missing(const json_t *rating)
{
    return !rating || json_is_null(rating);
}

static bool find_categories(study *asked, const json_t *rows, size_t count, size_t width,
                            category_index *made)
{
    if (!category_index_read(asked, made))
        return false;
    for (size_t i = 0; !made->given && i < count * width; i++) {
        const json_t *rating = json_array_get(json_array_get(rows, i / width), i % width);
        if (!is_missing(rating) && !category_index_add(asked, made, rating))
            return false;
    }
    /* Numbers have an order of their own; texts have the one that they are given in. */
    if (!made->given || !made->texts)
        category_index_number(made);
    return made->count > 0 || study_refuse(asked, "every rating is missing");
}

static bool find_grades(study *asked, const json_t *rows, size_t count, size_t width,
                        const category_index *made, uint16_t *grades)
{
    for (size_t i = 0; i < count * width; i++) {
        const json_t *rating = json_array_get(json_array_get(rows, i / width), i % width);
        grades[i] = is_missing(rating) ? STATISTICS_MISSING : category_index_find(made, rating);
        if (grades[i] == STATISTICS_MISSING && !is_missing(rating))
            return study_refuse(asked,
                                "row %zu, column %zu of the matrix is none of the categories",
                                i / width + 1, i % width + 1);
    }
    return true;
}

static bool count_ratings(study *asked, matrix *read, const statistics_ratings *ratings)
{
    read->raters = ratings->raters;
    if (ratings->raters == 2 &&
        !study_fine(asked, statistics_tabulate(ratings, 0, 1, &read->table)))
        return false;
    return study_fine(asked, statistics_count(ratings, &read->counts));
}

static bool read_ratings(study *asked, matrix *read)
{
    category_index made = {0};
    const json_t  *rows;
    size_t         count, width;

    if (!shape_of(asked, &rows, &count, &width))
        return false;
    bool fine = find_categories(asked, rows, count, width, &made) &&
                category_index_values(asked, &made, &read->scale);
    uint16_t *grades = fine ? calloc(count, width * sizeof *grades) : NULL;
    if (fine && !grades)
        fine = study_fine(asked, STATISTICS_NO_MEMORY);
    if (fine && find_grades(asked, rows, count, width, &made, grades)) {
        const statistics_ratings ratings = {count, width, made.count, grades};
        fine = count_ratings(asked, read, &ratings);
    }
    free(grades);
    category_index_free(&made);
    return fine && !asked->reason[0];
}

bool matrix_read(study *asked, matrix *read)
{
    int type;

    *read = (matrix){0};
    if (!study_choice(asked, asked->data, "type", "ratings table counts", &type))
        return false;
    if (type == 0)
        return read_ratings(asked, read);
    return type == 1 ? read_table(asked, read) : read_counts(asked, read);
}

void matrix_close(matrix *read)
{
    free(read->scale.values);
    statistics_table_free(&read->table);
    statistics_counts_free(&read->counts);
    *read = (matrix){0};
}
