/* held.c - how long records that are held take to be graded again when one weight was changed.
 *
 *     held RUBRIC-FOLDER RUBRIC-ID PLUGIN-FOLDER FILE RUNS
 *
 * Reads FILE once, then changes the weight of one criterion after another and grades all records
 * again with two threads. Prints how many records there are, and the median in milliseconds. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "held/held.h"

enum { RUNS_MAX = 1000, THREADS = 2 };

static double milliseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static int fail(const error_list *errors)
{
    char line[1024];

    for (size_t i = 0; i < errors->count; i++) {
        error_format(&errors->items[i], line, sizeof line);
        fprintf(stderr, "%s\n", line);
    }
    return EXIT_FAILURE;
}

/* The median of `runs` times that all records took to be graded again. */
static bool measure(const graded_group *group, size_t runs, double *median)
{
    const rubric *held = group->rubric;
    held_grades   grades;
    double        taken[RUNS_MAX];
    criterion    *criteria = calloc(held->criterion_count, sizeof *criteria);
    rubric        edited = *held;
    bool          fine = criteria && held_grades_init(&grades, group, THREADS);

    if (!fine)
        return false;
    edited.criteria = criteria;
    for (size_t r = 0; fine && r < runs; r++) {
        memcpy(criteria, held->criteria, held->criterion_count * sizeof *criteria);
        criteria[r % held->criterion_count].weight++;
        const double start = milliseconds();
        fine = held_regrade(&grades, &edited);
        taken[r] = milliseconds() - start;
    }
    qsort(taken, runs, sizeof *taken, by_size);
    *median = taken[runs / 2];
    held_grades_free(&grades);
    free(criteria);
    return fine;
}

int main(int count, char **arguments)
{
    const size_t runs = count == 6 ? (size_t)atoi(arguments[5]) : 0;
    error_list   errors = {0};
    grade_totals totals = {0};
    held_records held = {0};
    grade_sink   sink;
    double       median;

    if (runs == 0 || runs > RUNS_MAX) {
        fprintf(stderr, "usage: held RUBRIC-FOLDER RUBRIC-ID PLUGIN-FOLDER FILE RUNS\n");
        return 2;
    }
    const char *const rubrics = arguments[1], *const folder = arguments[3];
    const record_source source = {.path = arguments[4]};
    plugin_set         *plugins = loader_search(&folder, 1, &errors);
    rubric_library     *library = plugins ? library_read(&rubrics, 1, plugins, &errors) : NULL;
    const rubric       *by = library ? library_find(library, text_of(arguments[2])) : NULL;
    records            *input = by ? records_open(&source, NULL, &errors) : NULL;
    const grade_options options = {.plugins = plugins, .rubric = by, .threads = THREADS};

    if (!input || !held_sink(&held, &sink) ||
        !grade_input(input, &options, &sink, &totals, &errors) || !held_join(&held) ||
        held.batch.group_count == 0 || !measure(&held.batch.groups[0], runs, &median))
        return fail(&errors);
    printf("%llu %.3f\n", (unsigned long long)totals.rows, median);
    held_free(&held);
    records_close(input);
    library_free(library);
    loader_free(plugins);
    error_clear(&errors);
    return EXIT_SUCCESS;
}
