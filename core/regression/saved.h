/* saved.h - results that were written, read back. Private to this room. */
#pragma once

#include "regression/verdict.h"

/* Where the verdicts of a saved result go. */
typedef struct {
    verdict_list         *out;
    verdict_block        *block;
    size_t                room;
    yardstick           **yardsticks;
    size_t                yardstick_count;
    const rubric_library *library; /* may be NULL */
} saved_maker;

/* One row as it was written; "" where it has none. */
typedef struct {
    const char        *audit_id, *input, *area, *team, *rubric, *version, *judgement, *status,
        *limited_by;
    uint64_t           line;
    uint32_t           score, margin; /* SCORE_NONE where there is none */
    uint8_t            coverage;
    const char *const *criteria; /* that are rated; NULL: not known */
    const char *const *ratings;  /* their ratings in words */
    size_t             criterion_count;
} saved_row;

/* Whether a row's judgement and status are such as a result has: a file that was cut off has others. */
bool saved_is_result(const char *judged, const char *status);

/* False where memory is out. */
bool saved_begin(saved_maker *maker, verdict_list *out, const rubric_library *library);
bool saved_add(saved_maker *maker, const saved_row *row);

/* Frees what the maker used; where `keep`, the verdicts are the list's. */
bool saved_end(saved_maker *maker, bool keep);

/* "3.125" in thousandths; SCORE_NONE where it is empty or no score. */
uint32_t saved_score(const char *written);

bool saved_read_csv(saved_maker *maker, const char *name, const char *bytes, size_t size,
                    error_list *errors);
bool saved_read_json(saved_maker *maker, const char *name, const char *bytes, size_t size,
                     error_list *errors);
