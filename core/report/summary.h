/* summary.h - the few lines that end every report. */
#pragma once

#include "writing/buffer.h"
#include "report/tally.h"

/* The shares on each scale (where `counted` is not NULL) and the line that adds up. */
void summary_write(const tally *counted, const grade_totals *totals, buffer *out);

/* "rows read 120 = graded 112 + insufficient evidence 5 + rejected 3", without a line end. */
void summary_totals(const grade_totals *totals, buffer *out);

/* "Good or better: 70 of 112 (63%; 95% interval 53% to 71%)" */
void summary_share(const id_list outcomes[OUTCOMES], const scale *scale, buffer *out);
