/* text_nearest.c - the name that was probably meant. */
#include "base/text.h"

#include <stdint.h>

enum { NAME_MAX_SIZE = 200 }; /* longer ones are sentences: nothing is suggested for them */

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* How many single edits lead from a to b: insert, delete, replace, or swap of neighbours
 * (optimal string alignment). Three rows of the table are enough. */
static size_t edits(const char *a, size_t a_size, const char *b, size_t b_size)
{
    size_t  rows[3][NAME_MAX_SIZE + 1];
    size_t *two_above = rows[0];
    size_t *above = rows[1];
    size_t *here = rows[2];

    for (size_t j = 0; j <= b_size; j++)
        above[j] = two_above[j] = j;
    for (size_t i = 1; i <= a_size; i++) {
        here[0] = i;
        for (size_t j = 1; j <= b_size; j++) {
            const size_t replace = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            here[j] = smaller(replace, smaller(above[j], here[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                here[j] = smaller(here[j], two_above[j - 2] + 1);
        }
        size_t *spare = two_above;
        two_above = above;
        above = here;
        here = spare;
    }
    return above[b_size];
}

const char *text_nearest(text name, const char *const *names, size_t count)
{
    char         folded[NAME_MAX_SIZE];
    char         other[NAME_MAX_SIZE];
    const char  *nearest = NULL;
    size_t       fewest = SIZE_MAX;
    const size_t size = text_fold_name(name, folded, sizeof folded);
    if (size == SIZE_MAX || size == 0)
        return NULL;

    for (size_t i = 0; i < count; i++) {
        if (names[i] == NULL)
            continue;
        const size_t other_size = text_fold_name(text_of(names[i]), other, sizeof other);
        if (other_size == SIZE_MAX)
            continue;
        const size_t distance = edits(folded, size, other, other_size);
        const size_t longer = size > other_size ? size : other_size;
        if (distance < fewest && distance * 3 <= longer) {
            fewest = distance;
            nearest = names[i];
        }
    }
    return nearest;
}
