/* Ratings in words. */
#include <string.h>

#include "proof/proof.h"

static const char *name_of(const rubric *held, uint8_t rating)
{
    return rating == RATING_MISSING ? "missing"
           : rating >= LEVELS_MAX   ? "not applicable"
                                    : held->scale.ids[rating];
}

static size_t count_of(const rubric *held, const uint8_t *ratings, uint8_t rating)
{
    size_t count = 0;
    for (size_t c = 0; c < held->criterion_count; c++)
        count += ratings[c] == rating;
    return count;
}

/* The first of those that most criteria have. */
static uint8_t commonest(const rubric *held, const uint8_t *ratings)
{
    uint8_t common = ratings[0];
    for (size_t c = 1; c < held->criterion_count; c++)
        if (count_of(held, ratings, ratings[c]) > count_of(held, ratings, common))
            common = ratings[c];
    return common;
}

/* "a, b and c inadequate" */
static void write_those(const rubric *held, const uint8_t *ratings, uint8_t rating, buffer *out)
{
    const size_t all = count_of(held, ratings, rating);
    size_t       count = 0;

    for (size_t c = 0; c < held->criterion_count; c++) {
        if (ratings[c] != rating)
            continue;
        if (count > 0)
            buffer_string(out, count + 1 == all ? " and " : ", ");
        buffer_string(out, held->criteria[c].id);
        count++;
    }
    buffer_format(out, " %s", name_of(held, rating));
}

void proof_write_ratings(const rubric *held, const uint8_t *ratings, buffer *out)
{
    const uint8_t common = commonest(held, ratings);
    bool          any = false;

    for (unsigned rating = 0; rating < 256; rating++) {
        if (rating == common || count_of(held, ratings, (uint8_t)rating) == 0)
            continue;
        buffer_string(out, any ? "; " : "");
        write_those(held, ratings, (uint8_t)rating, out);
        any = true;
    }
    if (!any && held->criterion_count == 1)
        write_those(held, ratings, common, out);
    else
        buffer_format(out, "%s %s", any ? "; the rest" : "all", name_of(held, common));
}
