/* chance.h - chance that can be repeated: splitmix64 (Steele, Lea, Flood: "Fast splittable
 * pseudorandom number generators", 2014). Private to this room. */
#pragma once

#include <stdint.h>

typedef struct {
    uint64_t state; /* the seed */
} chance;

static inline uint64_t chance_next(chance *source)
{
    uint64_t mixed = source->state += UINT64_C(0x9e3779b97f4a7c15);
    mixed = (mixed ^ mixed >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94d049bb133111eb);
    return mixed ^ mixed >> 31;
}

/* A number below `count`, which is at least 1. */
static inline uint32_t chance_below(chance *source, uint32_t count)
{
    return (uint32_t)((chance_next(source) >> 32) * count >> 32);
}

/* A number from `least` to `greatest`, both ends in. */
static inline int32_t chance_between(chance *source, int32_t least, int32_t greatest)
{
    return least + (int32_t)chance_below(source, (uint32_t)(greatest - least) + 1u);
}
