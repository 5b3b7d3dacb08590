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

/* The last line end in [from, to), or `to`. */
size_t scan_last_line_end(const scan_block *blocks, size_t from, size_t to);
/* The line end before which there are `count` others in the first `to` bytes, or `to`. */
size_t scan_nth_line_end(const scan_block *blocks, size_t count, size_t to);
/* How many line ends there are in [from, to). */
size_t scan_count_line_ends(const scan_block *blocks, size_t from, size_t to);

/* The bits of a word from bit from % 64 up, and those below bit to % 64. */
static inline uint64_t scan_bits_from(size_t from)
{
    return ~UINT64_C(0) << (from % 64);
}

static inline uint64_t scan_bits_below(size_t to)
{
    return to % 64 != 0 ? ~(~UINT64_C(0) << (to % 64)) : ~UINT64_C(0);
}

/* The first of the bits wanted in [from, to), or `to`: one search for all, made for each kind by
 * the compiler. Cells in quotes are found with it, so it is here, to be part of its callers. */
typedef enum { SCAN_LINE_ENDS, SCAN_QUOTES, SCAN_CELL_ENDS } scan_wanted;

static inline uint64_t scan_word(const scan_block *block, scan_wanted wanted)
{
    switch (wanted) {
    case SCAN_LINE_ENDS:
        return block->line_ends;
    case SCAN_QUOTES:
        return block->quotes;
    case SCAN_CELL_ENDS:
        break;
    }
    return block->delimiters | block->line_ends;
}

static inline size_t scan_first(const scan_block *blocks, scan_wanted wanted, size_t from,
                                size_t to)
{
    if (from >= to) {
        return to;
    }
    size_t   block = from / 64;
    size_t   last = (to - 1) / 64;
    uint64_t bits = scan_word(&blocks[block], wanted) & scan_bits_from(from);
    while (bits == 0 && block < last) {
        block++;
        bits = scan_word(&blocks[block], wanted);
    }
    if (bits == 0) {
        return to;
    }
    size_t found = block * 64 + (size_t)__builtin_ctzll(bits);
    return found < to ? found : to;
}

/* The first line end in [from, to), or `to`. */
static inline size_t scan_line_end(const scan_block *blocks, size_t from, size_t to)
{
    return scan_first(blocks, SCAN_LINE_ENDS, from, to);
}

/* The first quote in [from, to), or `to`. */
static inline size_t scan_quote(const scan_block *blocks, size_t from, size_t to)
{
    return scan_first(blocks, SCAN_QUOTES, from, to);
}

/* The first delimiter or line end in [from, to), or `to`. */
static inline size_t scan_cell_end(const scan_block *blocks, size_t from, size_t to)
{
    return scan_first(blocks, SCAN_CELL_ENDS, from, to);
}
