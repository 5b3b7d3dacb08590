#include "grading/grading.h"

#include <string.h>

/* The bands from last to first, so that the first that matches has the last word. */
static void rate_numbers(const criterion *asked, const double *restrict numbers, size_t count,
                         uint8_t *restrict ratings)
{
    memset(ratings, RATING_INVALID, count); /* a number that no band takes */

    for (size_t b = asked->band_count; b-- > 0;) {
        const uint8_t gives = asked->bands[b].gives;
        const double bound = asked->bands[b].bound;

        switch (asked->bands[b].condition) {
        case BAND_AT_MOST:
            for (size_t k = 0; k < count; k++)
                ratings[k] = numbers[k] <= bound ? gives : ratings[k];
            break;
        case BAND_UNDER:
            for (size_t k = 0; k < count; k++)
                ratings[k] = numbers[k] < bound ? gives : ratings[k];
            break;
        case BAND_AT_LEAST:
            for (size_t k = 0; k < count; k++)
                ratings[k] = numbers[k] >= bound ? gives : ratings[k];
            break;
        case BAND_OVER:
            for (size_t k = 0; k < count; k++)
                ratings[k] = numbers[k] > bound ? gives : ratings[k];
            break;
        case BAND_ALWAYS:
            memset(ratings, gives, count);
            break;
        }
    }
}

static void rate_flags(const criterion *asked, const uint8_t *restrict flags, size_t count,
                       uint8_t *restrict ratings)
{
    const uint8_t yes = asked->yes, no = asked->no;

    for (size_t k = 0; k < count; k++)
        ratings[k] = flags[k] ? yes : no;
}

/* What a value that is not there is rated, by its status. */
static void rate_absent(const uint8_t *restrict status, uint8_t if_missing, size_t count,
                        uint8_t *restrict ratings)
{
    const uint8_t invalid = RATING_INVALID, not_applicable = RATING_NOT_APPLICABLE;
    const uint8_t not_due = RATING_NOT_DUE;

    for (size_t k = 0; k < count; k++) {
        uint8_t rating = ratings[k]; /* read in any case, or this is no vector loop */
        rating = status[k] == COLUMN_VALUE ? rating : invalid;
        rating = status[k] == COLUMN_MISSING ? if_missing : rating;
        rating = status[k] == COLUMN_NOT_APPLICABLE ? not_applicable : rating;
        ratings[k] = status[k] == ASSAY_NOT_DUE ? not_due : rating;
    }
}

static void leave_out(const uint8_t *restrict applies, size_t count, uint8_t *restrict ratings)
{
    for (size_t k = 0; k < count; k++)
        ratings[k] = applies[k] ? ratings[k] : (uint8_t)RATING_NOT_APPLICABLE;
}

void rate_values(const criterion *asked, const criterion_values *values, const uint8_t *applies,
                 size_t count, uint8_t *ratings)
{
    const uint8_t if_missing =
        asked->if_missing == LEVEL_NONE ? (uint8_t)RATING_MISSING : asked->if_missing;

    if (values->numbers)
        rate_numbers(asked, values->numbers, count, ratings);
    else if (asked->gives_flag)
        rate_flags(asked, values->bytes, count, ratings);
    else
        memcpy(ratings, values->bytes, count);
    rate_absent(values->status, if_missing, count, ratings);
    if (applies)
        leave_out(applies, count, ratings);
}
