/* measure.h - criteria get their values from columns. Private to this room. */
#pragma once

#include "grading/plan.h"

/* Where the measures of one worker write: arrays for `capacity` records. */
typedef struct {
    size_t   capacity;
    uint8_t *status;  /* of the value */
    double  *numbers;
    uint8_t *bytes;
    uint8_t *masked;  /* [input][record]: statuses as a plugin is shown them */
    struct assay_column *inputs; /* [input] of a plugin's call */
} measure_space;

/* The value of criterion c of a rubric for `count` records, whose columns are decoded. `out` points
 * into the columns or into `space`. `applies` (may be NULL): 1 where the criterion applies. What
 * a plugin measures is there once `call`, which is filled in for it, was run and measure_finish()
 * was called. */
void measure_values(const rubric_plan *bound, size_t c, const column *columns,
                    const uint8_t *applies, size_t count, const measure_space *space,
                    criterion_values *out, plugin_call *call);

/* After a plugin's call: inputs that cannot be read make the value so. */
void measure_finish(const rubric_plan *bound, size_t c, const column *columns, size_t count,
                    const measure_space *space);
