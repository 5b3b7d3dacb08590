/* region.h - memory that tells when it is overstepped. Private to this room. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where an array lies. */
typedef enum {
    PLACE_PLAIN,        /* in ordinary memory, with rubbish on both sides */
    PLACE_BEFORE_GUARD, /* it ends where a page begins that nobody may touch */
    PLACE_BEHIND_GUARD  /* it begins where such a page ends */
} place;

/* One array. */
typedef struct {
    const char *kind; /* "input", "the results' status": for messages */
    const char *name; /* of the input; "" for others */
    uint8_t    *at;
    size_t      size;
    place       place;
    bool        locked;
    uint8_t    *mapping; /* with what surrounds it */
    size_t      mapped;
} region;

/* Makes an array of `size` bytes, which may be 0. False where memory is out. */
bool region_make(region *out, size_t size, place place, const char *kind, const char *name);

/* Write-protects a region at a guard; what shares its pages is protected with it. */
bool region_lock(region *region);
void region_free(region *region);

/* Whether an address is in the pages of a region at a guard, or in one of its guards. */
bool region_holds(const region *region, const void *address);
