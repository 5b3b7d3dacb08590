#include "grading/judge.h"

/* What a value that is not there is rated, by its status. */
static uint8_t rate_absent(uint8_t status, uint8_t if_missing)
{
    return status == COLUMN_MISSING          ? if_missing
           : status == COLUMN_NOT_APPLICABLE ? RATING_NOT_APPLICABLE
           : status == ASSAY_NOT_DUE         ? RATING_NOT_DUE
                                             : RATING_INVALID;
}

/* The bands from last to first, so that the first that matches has the last word. */
static void rate_numbers(const criterion *asked, const double *numbers, size_t count,
                         uint8_t *ratings)
{
    for (size_t k = 0; k < count; k++)
        ratings[k] = RATING_INVALID; /* a number that no band takes */

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
            for (size_t k = 0; k < count; k++)
                ratings[k] = gives;
            break;
        }
    }
}

void rate_values(const criterion *asked, const criterion_values *values, const uint8_t *applies,
                 size_t count, uint8_t *ratings)
{
    const uint8_t if_missing =
        asked->if_missing == LEVEL_NONE ? (uint8_t)RATING_MISSING : asked->if_missing;
    const uint8_t yes = asked->yes, no = asked->no;

    if (values->numbers)
        rate_numbers(asked, values->numbers, count, ratings);
    else if (asked->gives_flag)
        for (size_t k = 0; k < count; k++)
            ratings[k] = values->bytes[k] ? yes : no;
    else
        for (size_t k = 0; k < count; k++)
            ratings[k] = values->bytes[k];

    for (size_t k = 0; k < count; k++)
        if (values->status[k] != COLUMN_VALUE)
            ratings[k] = rate_absent(values->status[k], if_missing);

    for (size_t k = 0; applies && k < count; k++)
        ratings[k] = applies[k] ? ratings[k] : (uint8_t)RATING_NOT_APPLICABLE;
}
