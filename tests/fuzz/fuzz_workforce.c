/* fuzz_workforce.c - any bytes as the names and bands of workforce figures. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "board/board.h"

static void require(bool holds)
{
    if (!holds)
        abort();
}

/* What every file that is taken promises. */
static void require_sound(const workforce *made)
{
    for (size_t i = 0; i < made->count; i++) {
        const workforce_indicator *one = &made->indicators[i];
        require(text_is_id(text_of(one->id)) && *one->title);
        require(isfinite(one->watch) && isfinite(one->concern));
        require(!one->has_watch || !one->has_concern ||
                (one->low_is_bad ? one->concern <= one->watch : one->concern >= one->watch));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    error_list errors = {0};
    workforce *made = workforce_read_bytes("fuzz.ini", (const char *)data, size, &errors);

    /* Taken without a fault, or refused with one. */
    require((made == NULL) == (error_count(&errors) > 0));
    for (size_t i = 0; i < errors.count; i++)
        require(text_is_utf8(errors.items[i].text, strlen(errors.items[i].text)));
    if (made)
        require_sound(made);
    workforce_free(made);
    error_clear(&errors);
    return 0;
}
