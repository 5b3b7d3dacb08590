/* The real grader, run on records that are made in memory. */
#include <stdatomic.h>
#include <string.h>

#include "proof/trial.h"

typedef struct {
    uint8_t *const *ratings;
    double *const  *numbers;
    atomic_bool     failed; /* the rubric graded nothing */
} answers;

/* Called on the run's threads, for different records. */
static void *keep(void *user, const graded_batch *batch)
{
    answers *out = user;

    for (size_t i = 0; i < batch->count; i++) {
        const size_t row = (size_t)batch->line[i] - 2; /* the heading is on line 1 */
        /* the record itself may be rejected for one criterion; the others are rated all the same */
        if (batch->group[i] == GROUP_NONE || strncmp(batch->detail[i], "not graded: ", 12) == 0) {
            out->failed = true;
            continue;
        }
        const graded_group *group = &batch->groups[batch->group[i]];
        const size_t        k = batch->place[i];
        for (size_t c = 0; c < group->rubric->criterion_count; c++) {
            out->ratings[c][row] = group->ratings[c][k];
            if (out->numbers != NULL && out->numbers[c] != NULL && group->values[c].numbers != NULL)
                out->numbers[c][row] = group->values[c].numbers[k];
        }
    }
    return out;
}

static bool pass(void *user, void *rendered, error_list *errors)
{
    (void)errors;
    return user == rendered;
}

bool trial_grade(const rubric *tried, plugin_set *plugins, unsigned threads, const buffer *csv,
                 uint8_t *const *ratings, double *const *numbers, error_list *errors)
{
    const record_source source = {.bytes = csv->bytes, .size = csv->size, .name = "made records"};
    const grade_options options = {
        .rubric = tried, .plugins = plugins, .threads = threads, .no_details = true};
    answers             out = {.ratings = ratings, .numbers = numbers};
    const grade_sink    sink = {.user = &out, .render = keep, .deliver = pass};
    grade_totals        totals = {0};
    error_list          said = {0}; /* notices on records that nobody wrote are for nobody */

    records *input = records_open(&source, NULL, &said);
    bool     ran = input != NULL && grade_input(input, &options, &sink, &totals, &said);
    records_close(input);
    ran = ran && !out.failed && error_count(&said) == 0;
    if (!ran && error_count(&said) > 0)
        error_append(errors, &said);
    else if (!ran)
        error_add(errors, FAULT_PLUGIN, tried->file, 0, 0,
                  "made records could not be graded; see what \"assay plugin check\" says of its "
                  "plugins");
    error_clear(&said);
    return ran;
}
