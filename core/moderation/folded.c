#include "moderation/folded.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* Folding makes a text up to three times as long; the NUL is beside. */
static size_t room_for(const char *name)
{
    return 3 * strlen(name) + 16;
}

static const char *fold_into(char *out, size_t room, const char *name)
{
    const size_t size = text_fold(text_of(name), out, room);

    if (size == SIZE_MAX)
        return name;
    out[size] = '\0';
    return out;
}

const char *name_folded(arena *memory, const char *name)
{
    const size_t room = room_for(name);
    char        *out = *name ? arena_array(memory, room + 1, 1) : NULL;

    return out ? fold_into(out, room, name) : *name ? NULL : "";
}

const char *name_folded_again(char **held, size_t *room, const char *name)
{
    const size_t wanted = room_for(name);

    if (*room < wanted + 1) {
        char *more = realloc(*held, wanted + 1);
        if (!more)
            return NULL;
        *held = more;
        *room = wanted + 1;
    }
    return fold_into(*held, *room - 1, name);
}
