/* sample.h - made records for one measure. Private to this room. */
#pragma once

#include "loader/loader.h"

enum { SAMPLE_DATES_MAX = 30 }; /* in one list */

/* What the values are like. */
typedef enum {
    SAMPLE_ORDINARY, /* dates of the last years near each other, small numbers */
    SAMPLE_EXTREME,  /* the years 1 and 9999, month ends, leap days, the largest numbers */
    SAMPLE_MIXED     /* each value one or the other */
} sample_kind;

/* One input. `values` is by the input's type; a list has SAMPLE_DATES_MAX places a record. */
typedef struct {
    uint8_t *status;
    void    *values;
    uint8_t *lengths; /* ASSAY_DATES: how many dates each record has; NULL otherwise */
} sample_column;

typedef struct {
    const manifest_measure *measure;
    size_t                  count;
    sample_column          *columns;    /* one an input */
    double                 *parameters; /* the standard ones */
} sample;

/* Makes `count` records from the seed; the status of each value by chance. Where it is not
 * ASSAY_VALUE the value is rubbish of its type. NULL where memory is out. Free with
 * sample_free(). */
sample *sample_make(const manifest_measure *measure, size_t count, sample_kind kind, uint64_t seed);
void    sample_free(sample *sample);

/* Gives every value of one input, or of all, the status. */
void sample_set_status(sample *sample, size_t input, uint8_t status);
void sample_set_all(sample *sample, uint8_t status);

/* Other rubbish wherever there is no value. */
void sample_change_rubbish(sample *sample, uint64_t seed);

/* Parameters by chance: least, standard, greatest or between. */
void sample_vary_parameters(sample *sample, uint64_t seed);

/* True where a required input is missing or does not apply: the host then makes the answer
 * so, whatever the measure says. */
bool sample_is_masked(const sample *sample, size_t record);

