/* scan_plain.c - the scan in plain C, the choice between the scans, and looking into bitmaps. */
#include "records/scan.h"

scan_summary scan_plain(const char *bytes, size_t size, char delimiter, scan_block *blocks)
{
    scan_summary summary = {0};
    char         before = 0;
    for (size_t at = 0; at < size; at += 64) {
        size_t     in_block = size - at < 64 ? size - at : 64;
        scan_block block = {0};
        for (size_t i = 0; i < in_block; i++) {
            char     byte = bytes[at + i];
            uint64_t bit = UINT64_C(1) << i;
            if (byte == delimiter) {
                block.delimiters |= bit;
            } else if (byte == '"') {
                block.quotes |= bit;
            } else if (byte == '\r' || (byte == '\n' && before != '\r')) {
                block.line_ends |= bit;
                summary.line_ends++;
            } else if (byte == 0) {
                summary.nul = true;
            } else if ((unsigned char)byte >= 0x80) {
                summary.beyond_ascii = true;
            }
            before = byte;
        }
        blocks[at / 64] = block;
    }
    return summary;
}

scan_function *scan_fastest(void)
{
    scan_function *fast = scan_avx2();
    return fast != NULL ? fast : scan_plain;
}

size_t scan_last_line_end(const scan_block *blocks, size_t from, size_t to)
{
    if (from >= to) {
        return to;
    }
    size_t   block = (to - 1) / 64;
    size_t   first = from / 64;
    uint64_t bits = blocks[block].line_ends & scan_bits_below(to);
    while (bits == 0 && block > first) {
        block--;
        bits = blocks[block].line_ends;
    }
    if (bits == 0) {
        return to;
    }
    size_t found = block * 64 + 63 - (size_t)__builtin_clzll(bits);
    return found >= from ? found : to;
}

size_t scan_nth_line_end(const scan_block *blocks, size_t count, size_t to)
{
    size_t from = 0;
    while (from < to) {
        size_t end = to - from < 64 ? to : from + 64;
        size_t here = scan_count_line_ends(blocks, from, end);
        if (here > count) {
            break;
        }
        count -= here;
        from = end;
    }
    for (from = scan_line_end(blocks, from, to); count > 0; count--) {
        from = scan_line_end(blocks, from + 1, to);
    }
    return from;
}

size_t scan_count_line_ends(const scan_block *blocks, size_t from, size_t to)
{
    size_t count = 0;
    for (size_t at = from; at < to;) {
        size_t   block = at / 64;
        size_t   end = (block + 1) * 64;
        uint64_t bits = blocks[block].line_ends & scan_bits_from(at);
        if (end > to) {
            end = to;
            bits &= scan_bits_below(to);
        }
        count += (size_t)__builtin_popcountll(bits);
        at = end;
    }
    return count;
}
