/* format.h - what one format of a report does; report.c chooses among them. */
#pragma once

#include "writing/buffer.h"
#include "report/report.h"
#include "report/tally.h"

/* One format. Text made by render() is written in input order. */
typedef struct {
    const char *name;
    bool        counts; /* keeps a tally of every batch */
    /* What comes before the first record; NULL: nothing. */
    void (*begin)(const report_options *options, buffer *out);
    /* The text of one batch, on any thread; NULL: no text for records. */
    void (*render)(const report_options *options, const graded_batch *batch, buffer *out);
    /* What stands between the texts of two batches; "" where nothing does. */
    const char *between;
    /* What comes last; NULL: nothing. */
    void (*finish)(const report_options *options, const tally *counted, const grade_totals *totals,
                   const error_list *notices, buffer *out);
} report_format;

extern const report_format format_table;
extern const report_format format_csv;
extern const report_format format_ndjson;
extern const report_format format_json;
extern const report_format format_html;
extern const report_format format_explain;
extern const report_format format_explain_json;
