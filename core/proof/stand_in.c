/* Ratings in place of what plugins measure, so that a rubric is proved without running a stranger's
 * code. */
#include <stdio.h>
#include <string.h>

#include "proof/trial.h"

static bool replace(const rubric *held, criterion *asked, arena *memory)
{
    static const char before[] = "measured for ";
    const size_t      size = sizeof before + strlen(asked->id);
    char             *field = arena_array(memory, size, 1);
    criterion_input  *input = arena_array(memory, 1, sizeof *input);

    if (field == NULL || input == NULL)
        return false;
    snprintf(field, size, "%s%s", before, asked->id);
    *input = (criterion_input){
        .name = "field",
        .field = field,
        .type = INPUT_LEVEL,
        .spellings = held->scale.spellings,
    };
    asked->kind = MEASURE_RATING;
    asked->inputs = input;
    asked->input_count = 1;
    asked->plugin = NULL;
    asked->calendar = NULL;
    asked->gives_flag = false;
    asked->bands = NULL;
    asked->band_count = 0;
    return true;
}

rubric *stand_in_for(const rubric *held, arena *memory)
{
    rubric    *copy = arena_array(memory, 1, sizeof *copy);
    criterion *criteria = arena_array(memory, held->criterion_count, sizeof *criteria);

    if (copy == NULL || criteria == NULL)
        return NULL;
    *copy = *held;
    copy->unusable = NULL;
    copy->criteria = criteria;
    memcpy(criteria, held->criteria, held->criterion_count * sizeof *criteria);
    for (size_t c = 0; c < held->criterion_count; c++)
        if (criteria[c].kind == MEASURE_PLUGIN && !replace(held, &criteria[c], memory))
            return NULL;
    return copy;
}
