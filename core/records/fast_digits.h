/* fast_digits.h - eight digits at once, in a register. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Eight bytes, the first in the lowest byte; compilers make it one load. */
static inline uint64_t digits_load(const char *bytes)
{
    const unsigned char *at = (const unsigned char *)bytes;
    return (uint64_t)at[0] | (uint64_t)at[1] << 8 | (uint64_t)at[2] << 16 | (uint64_t)at[3] << 24 |
           (uint64_t)at[4] << 32 | (uint64_t)at[5] << 40 | (uint64_t)at[6] << 48 |
           (uint64_t)at[7] << 56;
}

/* Eight digits, the first in the lowest byte, as four numbers of two digits in lanes of 16 bits.
 * False where there is something else than digits. */
static inline bool digits_pairs(uint64_t digits, uint64_t *pairs)
{
    const uint64_t high = UINT64_C(0xF0F0F0F0F0F0F0F0);
    const uint64_t zeros = UINT64_C(0x3030303030303030);
    /* '0' to '9' are 0x30 to 0x39: six more than these is still below 0x40. */
    bool are_digits =
        (digits & high) == zeros && ((digits + UINT64_C(0x0606060606060606)) & high) == zeros;
    uint64_t numbers = digits & ~high;
    *pairs = (numbers * 10 + (numbers >> 8)) & UINT64_C(0x00FF00FF00FF00FF);
    return are_digits;
}

/* Reads one to eight digits. Eight bytes are readable at `bytes`, whatever the size. */
static inline bool digits_read(const char *bytes, size_t size, double *number)
{
    if (size - 1 > 7) {
        return false;
    }
    /* Zeros go in front, in the low bytes; the shifts stay below 64. */
    uint64_t zeros = UINT64_C(0x0030303030303030) >> (size - 1) * 8;
    uint64_t pairs;
    if (!digits_pairs(digits_load(bytes) << (8 - size) * 8 | zeros, &pairs)) {
        return false;
    }
    *number = (double)((pairs & 0xFF) * 1000000 + (pairs >> 16 & 0xFF) * 10000 +
                       (pairs >> 32 & 0xFF) * 100 + (pairs >> 48));
    return true;
}
