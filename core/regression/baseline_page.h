/* baseline_page.h - what a baseline's file is written from. Private to this room. */
#pragma once

#include <sodium.h>

#include "regression/baseline.h"
#include "regression/writing.h"

/* A rubric as the head names it. */
typedef struct {
    const yardstick *by;
    const char      *area;
    const char      *hash; /* in hexadecimal digits */
} baseline_head;

typedef struct {
    const char           *version; /* of the program */
    const baseline_head  *rubrics;
    size_t                rubric_count;
    const origin_list    *made_by;
    const uint8_t        *key;
    const uint8_t        *key_check; /* NULL: the key is in the file */
    const char *const    *fields;
    size_t                field_count;
    const verdict *const *records; /* in order */
    size_t                record_count;
    const char *const    *history;
    size_t                history_count;
} baseline_contents;

/* Lines under way. */
typedef struct {
    diff_page                page;
    crypto_generichash_state sums;
} baseline_page;

bool baseline_write(const baseline_contents *of, report_write write, void *user);
void baseline_escaped(buffer *out, const char *value);
void baseline_line(baseline_page *to, const char *line, size_t size);
void baseline_end_line(baseline_page *to, size_t start);
