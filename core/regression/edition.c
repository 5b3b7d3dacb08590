#include <string.h>

#include "regression/regression.h"

/* Whether another rubric of the edition for the same area holds from an earlier day. */
static bool is_first(const edition *made, const rubric *held)
{
    for (size_t r = 0; r < made->library.rubric_count; r++) {
        const rubric *other = made->library.rubrics[r];
        if (other != held && other->effective_from < held->effective_from &&
            text_same_name(text_of(other->practice_area), text_of(held->practice_area)))
            return false;
    }
    return true;
}

bool edition_make(edition *out, const rubric_library *of, const char *id, error_list *errors)
{
    rubric *copies = arena_array(&out->memory, of->rubric_count + 1, sizeof *copies);
    bool   *first = arena_array(&out->memory, of->rubric_count + 1, sizeof *first);

    out->library = (rubric_library){.calendars = of->calendars,
                                    .calendar_count = of->calendar_count,
                                    .frameworks = of->frameworks,
                                    .framework_count = of->framework_count};
    out->library.rubrics = arena_array(&out->memory, of->rubric_count + 1, sizeof(rubric *));
    if (!copies || !first || !out->library.rubrics)
        return error_memory(errors);
    for (size_t r = 0; r < of->rubric_count; r++) {
        if (strcmp(of->rubrics[r]->framework, id) != 0)
            continue;
        const size_t at = out->library.rubric_count++;
        copies[at] = *of->rubrics[r];
        out->library.rubrics[at] = &copies[at];
    }
    if (out->library.rubric_count == 0) {
        error_add(errors, FAULT_USAGE, NULL, 0, 0,
                  "no rubric at hand is of the edition \"%s\"; assay rubric list shows those there "
                  "are, and their key framework says which edition each is of",
                  id);
        return false;
    }
    for (size_t r = 0; r < out->library.rubric_count; r++)
        first[r] = is_first(out, &copies[r]);
    for (size_t r = 0; r < out->library.rubric_count; r++)
        if (first[r])
            copies[r].effective_from = INT32_MIN;
    return true;
}

void edition_free(edition *unwanted)
{
    arena_free(&unwanted->memory);
    *unwanted = (edition){0};
}
