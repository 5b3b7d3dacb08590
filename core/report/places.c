#include "report/places.h"

enum { SAID_SIZE = 60 };

void places_add(places *to, uint64_t line, const char *said)
{
    to->count++;
    if (to->kept < PLACES_KEPT) {
        to->first[to->kept++] = (place){line, said};
    }
}

/* Cut where a character begins. */
static text shortened(text value)
{
    if (value.size > SAID_SIZE) {
        value.size = SAID_SIZE;
        while (value.size > 0 && ((unsigned char)value.at[value.size] & 0xC0) == 0x80) {
            value.size--;
        }
    }
    return value;
}

bool distinct_add(distinct_values *to, text value, uint64_t line, arena *memory)
{
    value = shortened(value);
    for (size_t i = 0; i < to->count; i++) {
        if (text_same(text_of(to->kept[i].said), value)) {
            to->kept[i].count++;
            return true;
        }
    }
    if (to->count == DISTINCT_KEPT) {
        if (to->others++ == 0) {
            to->others_first_line = line;
        }
        return true;
    }
    const char *said = arena_text(memory, value.at, value.size);
    if (said == NULL) {
        return false;
    }
    to->kept[to->count++] = (distinct){said, 1, line};
    return true;
}
