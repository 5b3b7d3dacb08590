/* scan_avx2.c - the scan with AVX2: 64 bytes in about as many clock ticks as one takes
 * in plain C. */
#include "records/scan.h"

#if defined(__x86_64__)

#include <immintrin.h>
#include <string.h>

#define WITH_AVX2 __attribute__((target("avx2,popcnt")))

WITH_AVX2 static inline uint64_t equal_bits(__m256i low, __m256i high, __m256i wanted)
{
    uint32_t bits_low = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, wanted));
    uint32_t bits_high = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, wanted));
    return (uint64_t)bits_low | (uint64_t)bits_high << 32;
}

WITH_AVX2 static scan_summary scan_with_avx2(const char *bytes, size_t size, char delimiter,
                                             scan_block *blocks)
{
    const __m256i delimiters = _mm256_set1_epi8(delimiter);
    const __m256i quotes = _mm256_set1_epi8('"');
    const __m256i feeds = _mm256_set1_epi8('\n');
    const __m256i returns = _mm256_set1_epi8('\r');
    const __m256i zero = _mm256_setzero_si256();
    __m256i       all = zero;
    __m256i       nul = zero;
    uint64_t      return_before = 0; /* the block before ended with CR */
    size_t        line_ends = 0;
    char          rest[64];

    for (size_t at = 0; at < size; at += 64) {
        const char *from = bytes + at;
        if (size - at < 64) {
            /* Spaces are none of the bytes looked for. */
            memset(rest, ' ', sizeof rest);
            memcpy(rest, from, size - at);
            from = rest;
        }
        __m256i low = _mm256_loadu_si256((const __m256i *)(const void *)from);
        __m256i high = _mm256_loadu_si256((const __m256i *)(const void *)(from + 32));
        all = _mm256_or_si256(all, _mm256_or_si256(low, high));
        /* The smaller of two bytes is 0 where either is. */
        nul = _mm256_or_si256(nul, _mm256_cmpeq_epi8(_mm256_min_epu8(low, high), zero));

        uint64_t return_bits = equal_bits(low, high, returns);
        uint64_t feed_bits = equal_bits(low, high, feeds);
        feed_bits &= ~(return_bits << 1 | return_before);
        return_before = return_bits >> 63;

        scan_block *block = blocks + at / 64;
        block->delimiters = equal_bits(low, high, delimiters);
        block->line_ends = feed_bits | return_bits;
        block->quotes = equal_bits(low, high, quotes);
        line_ends += (size_t)_mm_popcnt_u64(block->line_ends);
    }
    return (scan_summary){.line_ends = line_ends,
                          .nul = _mm256_movemask_epi8(nul) != 0,
                          .beyond_ascii = _mm256_movemask_epi8(all) != 0};
}

scan_function *scan_avx2(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt") ? scan_with_avx2
                                                                              : NULL;
}

#else

scan_function *scan_avx2(void)
{
    return NULL;
}

#endif
