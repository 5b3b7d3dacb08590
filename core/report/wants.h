/* wants.h - what rubrics ask of an input: which fields, read as what, by whom. Of records check. */
#pragma once

#include "records/records.h"
#include "rubric/rubric.h"

/* One field read as one type. Rubrics whose levels or choices have the same names share it. */
typedef struct {
    const char        *field;
    size_t             column; /* of the input, or COLUMN_NONE */
    value_type         type;
    const char *const *names; /* the levels, lowest first, or the choices with their spellings */
    size_t             name_count;
} want;

/* Somebody who asks. */
typedef struct {
    size_t           want;
    size_t           rubric;   /* of the wants */
    const criterion *asker;    /* NULL: the results, which compare the auditor's own grade */
    bool             optional; /* the plugin may do without it; true for the results */
} want_reader;

/* A want of one rubric, with the rubric's own way of reading it. */
typedef struct {
    size_t                want;
    const spelling_table *spellings; /* NULL for VALUE_MATCH: each criterion has its own */
} rubric_ask;

enum { ASK_NONE = 0xFFFFFF };

typedef struct {
    const rubric *rubric;
    rubric_ask   *asks; /* no want twice */
    size_t        ask_count;
    size_t      **inputs;        /* [criterion][input]: index into asks */
    size_t       *applies;       /* [criterion]: likewise, or ASK_NONE */
    size_t        auditor_grade; /* likewise */
} rubric_wants;

/* Strings belong to the rubrics. */
typedef struct {
    want         *wants;
    size_t        want_count;
    want_reader  *readers; /* by rubric, then in the rubric's order */
    size_t        reader_count;
    rubric_wants *rubrics;
    size_t        rubric_count;
    arena         memory;
} wants;

/* Fills `out`, which starts as {0}. False where memory is out. Free with wants_free(). */
bool wants_make(wants *out, const records *input, const rubric *const *rubrics, size_t count);
void wants_free(wants *wants);
