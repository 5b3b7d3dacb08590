/* html_sections.h - the sections of the page, in the order in which they stand. */
#pragma once

#include "writing/buffer.h"
#include "report/format.h"

/* What a section is written from. */
typedef struct {
    const report_options *options;
    const tally          *counted;
    const grade_totals   *totals;
    const error_list     *notices;
    const tally_scale    *of;     /* the scale at hand */
    size_t                number; /* its number, from 0 */
} page;

/* <section> with its heading; the scale is named where there are several. */
void section_open(buffer *out, const page *on, const char *id, const char *heading);
void section_close(buffer *out);

void html_in_short(buffer *out, const page *on);
void html_judgements(buffer *out, const page *on);
void html_breakdown(buffer *out, const page *on, dimension by);
void html_trend(buffer *out, const page *on);
void html_agreement(buffer *out, const page *on);
void html_criteria(buffer *out, const page *on);
void html_not_graded(buffer *out, const page *on);
void html_how(buffer *out, const page *on);
