/* What a grade carries with it (grading.md 6), from the columns of a group. */
#include <string.h>

#include "grading/grading.h"

/* numerator / denominator, half up. Division of 32 bits is several times faster, and nearly all
 * rubrics need no more. */
static uint32_t rounded(uint64_t numerator, uint64_t denominator)
{
    const uint64_t above = 2 * numerator + denominator, below = 2 * denominator;

    return (above | below) <= UINT32_MAX ? (uint32_t)above / (uint32_t)below
                                         : (uint32_t)(above / below);
}

uint32_t graded_score(const graded_group *group, size_t k)
{
    return rounded(1000ull * group->points[k], group->weight[k]);
}

uint32_t graded_margin(const graded_group *group, size_t k)
{
    const uint64_t score = 1000ull * group->points[k]; /* over weight, in thousandths */
    uint64_t nearest = UINT64_MAX;

    for (size_t l = 1; l < group->rubric->scale.count; l++) {
        const uint64_t threshold = (uint64_t)group->rubric->thousandths[l] * group->weight[k];
        const uint64_t distance = score > threshold ? score - threshold : threshold - score;
        if (distance < nearest)
            nearest = distance;
    }
    return rounded(nearest, group->weight[k]);
}

bool graded_limited(const graded_group *group, size_t k)
{
    return group->stepped[k] != LEVEL_NONE && group->cap[k] < group->stepped[k];
}

bool graded_limits(const graded_group *group, size_t k, size_t c)
{
    const uint8_t rating = group->ratings[c][k];

    return rating < LEVELS_MAX && graded_limited(group, k) &&
           group->rubric->criteria[c].cap[rating] == group->cap[k];
}

static unsigned rated_exactly(const graded_group *group, size_t k, level wanted)
{
    unsigned count = 0;
    for (size_t c = 0; c < group->rubric->criterion_count; c++)
        count += group->rubric->criteria[c].weight > 0 && group->ratings[c][k] == wanted;
    return count;
}

size_t graded_failed_requirements(const graded_group *group, size_t k, size_t *out)
{
    const rubric *held = group->rubric;
    size_t failed = 0;

    if (group->base[k] == LEVEL_NONE || group->base[k] == group->stepped[k])
        return 0;
    /* requirements are ordered from the highest level down: the order in which they were met */
    for (size_t r = 0; r < held->requirement_count; r++) {
        const requirement *asked = &held->requirements[r];
        if (asked->of <= group->base[k] && asked->of > group->stepped[k] &&
            rated_exactly(group, k, asked->counted) > asked->most)
            out[failed++] = r;
    }
    return failed;
}

const text *graded_cells(const graded_batch *batch, const char *field)
{
    const struct {
        const char *field;
        const text *cells;
    } common[] = {{"practice_area", batch->practice_area},
                  {"team", batch->team},
                  {"auditor", batch->auditor},
                  {"auditor_grade", batch->auditor_grade_text}};

    for (size_t k = 0; k < batch->kept_count; k++)
        if (strcmp(batch->kept[k].field, field) == 0)
            return batch->kept[k].cells;
    for (size_t k = 0; k < batch->kept_count; k++)
        if (text_same_name(text_of(batch->kept[k].field), text_of(field)))
            return batch->kept[k].cells;
    for (size_t c = 0; c < sizeof common / sizeof common[0]; c++)
        if (text_same_name(text_of(common[c].field), text_of(field)))
            return common[c].cells;
    return NULL;
}
