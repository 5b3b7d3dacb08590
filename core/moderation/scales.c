#include "moderation/scales.h"

#include <string.h>

size_t scale_count(const char *levels)
{
    size_t count = *levels != '\0';

    for (; *levels; levels++)
        count += *levels == '|';
    return count;
}

text scale_level(const char *levels, size_t number)
{
    while (number-- > 0)
        levels = strchr(levels, '|') + 1;
    return (text){levels, strcspn(levels, "|")};
}

void scale_level_words(const char *levels, size_t number, buffer *out)
{
    const text id = scale_level(levels, number);

    for (size_t i = 0; i < id.size; i++)
        buffer_byte(out, id.at[i] == '_' ? ' ' : id.at[i]);
}

/* The scales met, few: counted as they come. */
enum { SCALES_MAX = 64 };

const char *scale_usual(const moderation_cases *cases, bool moderated_alone)
{
    const char *scales[SCALES_MAX];
    size_t      counts[SCALES_MAX], known = 0, most = 0;

    for (size_t c = 0; c < cases->count; c++) {
        const moderation_case *one = &cases->items[c];
        size_t                 at = 0;
        if (!*one->levels || (moderated_alone && one->moderated_revision == 0))
            continue;
        while (at < known && strcmp(scales[at], one->levels) != 0)
            at++;
        if (at == known && known < SCALES_MAX) {
            scales[known] = one->levels;
            counts[known++] = 0;
        }
        if (at < known)
            counts[at]++;
    }
    for (size_t at = 1; at < known; at++)
        most = counts[at] > counts[most] ? at : most;
    return known > 0 ? scales[most] : "";
}
