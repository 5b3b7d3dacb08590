/* text_nearest.c - the name that was probably meant. */
#include "base/text.h"

#include <stdint.h>
#include <string.h>

enum {
    NAME_MAX_SIZE = 200, /* longer ones are sentences: nothing is suggested for them */
    WORDS_SHARED_LEAST = 7
};

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

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || (byte & 0x80) != 0;
}

/* In place: words joined by one underscore each, and nothing else. Returns the new length. */
static size_t keep_words(char *name, size_t size)
{
    size_t kept = 0;
    for (size_t i = 0; i < size; i++) {
        if (is_letter(name[i]))
            name[kept++] = name[i];
        else if (kept > 0 && name[kept - 1] != '_')
            name[kept++] = '_';
    }
    return kept > 0 && name[kept - 1] == '_' ? kept - 1 : kept;
}

/* True where the words of `part` stand in `whole` as whole words, next to each other. */
static bool has_words(const char *whole, size_t whole_size, const char *part, size_t part_size)
{
    for (size_t at = 0; at + part_size <= whole_size; at++) {
        const size_t end = at + part_size;
        if (memcmp(whole + at, part, part_size) == 0 && (at == 0 || whole[at - 1] == '_') &&
            (end == whole_size || whole[end] == '_'))
            return true;
    }
    return false;
}

/* How much of the longer name the shorter one is, in thousandths, where it is in it word by word:
 * of seven letters or more, so that "date" and "plan" suggest nothing, and three tenths or more of
 * the longer. Else 0. */
static size_t shared_words(const char *a, size_t a_size, const char *b, size_t b_size)
{
    const bool   a_longer = a_size > b_size;
    const size_t longer = a_longer ? a_size : b_size;
    const size_t shorter = a_longer ? b_size : a_size;

    if (shorter < WORDS_SHARED_LEAST || shorter * 10 < longer * 3 ||
        !(a_longer ? has_words(a, a_size, b, b_size) : has_words(b, b_size, a, a_size)))
        return 0;
    return 1000 * shorter / longer;
}

/* The one that shares most, by whole words; NULL where two share as much. */
static const char *nearest_by_words(char *folded, size_t size, const char *const *names,
                                    size_t count)
{
    char         other[NAME_MAX_SIZE];
    const char  *nearest = NULL;
    size_t       most = 0;
    const size_t words = keep_words(folded, size);

    for (size_t i = 0; i < count; i++) {
        if (names[i] == NULL)
            continue;
        const size_t other_size = text_fold_name(text_of(names[i]), other, sizeof other);
        if (other_size == SIZE_MAX)
            continue;
        const size_t shared = shared_words(folded, words, other, keep_words(other, other_size));
        if (shared > most)
            nearest = names[i];
        else if (shared > 0 && shared == most)
            nearest = NULL;
        most = shared > most ? shared : most;
    }
    return nearest;
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
    return nearest != NULL ? nearest : nearest_by_words(folded, size, names, count);
}
