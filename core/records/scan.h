/* scan.h - where the delimiters, line ends and quotes are, 64 bytes at a time.
 *
 * One pass over the bytes makes three bitmaps; everything after it looks at bits. The pass is
 * done with AVX2 where the processor has it and in plain C elsewhere; both give the same. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* 64 bytes of input; bit i stands for byte i. */
typedef struct {
    uint64_t delimiters;
    uint64_t line_ends; /* LF, lone CR, and the CR of CRLF (not its LF) */
    uint64_t quotes;
} scan_block;

/* What the bytes hold besides. */
typedef struct {
    size_t line_ends;    /* how many */
    bool   nul;          /* a NUL byte */
    bool   beyond_ascii; /* a byte from 0x80 */
} scan_summary;

static inline size_t scan_block_count(size_t size)
{
    return size / 64 + (size % 64 != 0);
}

/* Fills `blocks` (scan_block_count(size) entries); bits past `size` are 0. */
typedef scan_summary scan_function(const char *bytes, size_t size, char delimiter,
                                   scan_block *blocks);

scan_function  scan_plain;
scan_function *scan_avx2(void);    /* NULL where the processor has none */
scan_function *scan_fastest(void); /* thread-safe */

/* The first line end in [from, to), or `to`. */
size_t scan_line_end(const scan_block *blocks, size_t from, size_t to);
/* The last line end in [from, to), or `to`. */
size_t scan_last_line_end(const scan_block *blocks, size_t from, size_t to);
/* How many line ends there are in [from, to). */
size_t scan_count_line_ends(const scan_block *blocks, size_t from, size_t to);
/* The first quote in [from, to), or `to`. */
size_t scan_quote(const scan_block *blocks, size_t from, size_t to);
/* The first delimiter or line end in [from, to), or `to`. */
size_t scan_cell_end(const scan_block *blocks, size_t from, size_t to);

/* The bits of a word from bit from % 64 up, and those below bit to % 64. */
static inline uint64_t scan_bits_from(size_t from)
{
    return ~UINT64_C(0) << (from % 64);
}

static inline uint64_t scan_bits_below(size_t to)
{
    return to % 64 != 0 ? ~(~UINT64_C(0) << (to % 64)) : ~UINT64_C(0);
}
