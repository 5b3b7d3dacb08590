/* baseline.h - a grading kept as a file made for review. Private to this room; its form is in
 * docs/regression.md. */
#pragma once

#include "origin/origin.h"
#include "regression/verdict.h"

/* A rubric that lines of the file refer to. */
typedef struct {
    yardstick   by;
    const char *area;
    char        hash[ORIGIN_HASH_TEXT_SIZE];
} baseline_rubric;

enum { BASELINE_KEY_SIZE = 32 };

struct baseline {
    const char      *path;
    char            *bytes; /* the file, cut into strings */
    verdict_list     list;  /* sorted by audit id */
    baseline_rubric *rubrics;
    size_t           rubric_count;
    const char     **fields; /* that row hashes are of */
    size_t           field_count;
    bool             key_elsewhere; /* the key is in a file of its own; `key` is its check */
    uint8_t          key[BASELINE_KEY_SIZE];
    const char     **others; /* header lines "plugin ...", "calendar ...", "input ..." */
    size_t           other_count;
    const char     **history; /* lines, without their checksums */
    size_t           history_count;
    size_t           history_room;
    struct baseline_rest *rest; /* what is still to be read; NULL: nothing */
    arena            memory;
};

/* Checksum of a line: SipHash-2-4 under a fixed key, 32 bits. Finds what a hand or a merge did; it is no
 * signature. */
uint32_t baseline_checksum(const char *line, size_t size);

/* The words of a rating, one character: 1 lowest level ..., - missing, n not applicable, d not due,
 * ! invalid. And back. */
char    baseline_rating_mark(uint8_t rating);
uint8_t baseline_rating_of(char mark);
