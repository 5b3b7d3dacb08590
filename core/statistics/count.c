/* Ratings into counts and tables. */
#include <stdlib.h>
#include <string.h>

#include "statistics/statistics.h"

/* What can be held: some hundred megabytes. */
static const size_t GREATEST = (size_t)1 << 27;

statistics_reason statistics_count(const statistics_ratings *ratings, statistics_counts *counts)
{
    const size_t categories = ratings->categories;

    *counts = (statistics_counts){.units = ratings->units, .categories = categories};
    if (ratings->units == 0 || categories == 0)
        return STATISTICS_NOTHING;
    if (categories > STATISTICS_CATEGORIES || ratings->units > GREATEST / categories ||
        ratings->raters > UINT32_MAX)
        return STATISTICS_TOO_LARGE;
    counts->counts = calloc(ratings->units * categories, sizeof *counts->counts);
    if (!counts->counts)
        return STATISTICS_NO_MEMORY;
    for (size_t u = 0; u < ratings->units; u++) {
        const uint16_t *grades = ratings->grades + u * ratings->raters;
        uint32_t       *row = counts->counts + u * categories;
        for (size_t r = 0; r < ratings->raters; r++)
            if (grades[r] < categories)
                row[grades[r]]++;
    }
    return STATISTICS_FINE;
}

statistics_reason statistics_tabulate(const statistics_ratings *ratings, size_t first,
                                      size_t second, statistics_table *table)
{
    const size_t categories = ratings->categories;

    *table = (statistics_table){.categories = categories};
    if (ratings->units == 0 || categories == 0)
        return STATISTICS_NOTHING;
    if (categories > STATISTICS_CATEGORIES)
        return STATISTICS_TOO_LARGE;
    table->cells = calloc(categories * categories, sizeof *table->cells);
    if (!table->cells)
        return STATISTICS_NO_MEMORY;
    for (size_t u = 0; u < ratings->units; u++) {
        const uint16_t *grades = ratings->grades + u * ratings->raters;
        if (grades[first] < categories && grades[second] < categories)
            table->cells[grades[first] * categories + grades[second]]++;
    }
    return STATISTICS_FINE;
}

void statistics_counts_free(statistics_counts *counts)
{
    free(counts->counts);
    *counts = (statistics_counts){0};
}

void statistics_table_free(statistics_table *table)
{
    free(table->cells);
    *table = (statistics_table){0};
}

uint64_t statistics_table_total(const statistics_table *table)
{
    const uint64_t greatest = (uint64_t)1 << 53;
    uint64_t       total = 0;

    for (size_t i = 0; i < table->categories * table->categories; i++) {
        if (table->cells[i] > greatest - total)
            return UINT64_MAX;
        total += table->cells[i];
    }
    return total;
}
