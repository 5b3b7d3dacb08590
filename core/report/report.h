/* report.h - results, as people and programs read them.
 *
 * A report is a sink of grading.h: records go in as batches, text comes out through a callback.
 *
 * json and ndjson hash what each record says: they need grade_options.keep, which may name no field.
 *
 *     report *out = report_new(&options, write, user, errors);
 *     grade_sink sink = report_sink(out);
 *     grade_input(records, &grading, &sink, &totals, errors);    once for each input
 *     report_finish(out, &totals, errors);
 *     report_free(out);
 *
 * The formats:
 *     table         terminal text: distribution, shares, agreement, what was rejected
 *     csv           one row a record (docs/grading.md 9)
 *     ndjson        one JSON object a line, a record each
 *     json          one object: records, summary, notices
 *     html          one page that needs nothing else; for screen, screen reader and paper
 *     explain       every record in plain words (`assay explain`)
 *     explain-json  the same as JSON
 *
 * csv, ndjson, json and the explanations stream; table and html hold counts and at most
 * TALLY_IDS audit ids for each figure. No format shows a field that names a child or an auditor. */
#pragma once

#include "grading/grading.h"
#include "origin/origin.h"

/* Takes a piece of the report, in order, on one thread at a time. False where it could not be
 * written: the run ends, and whoever wrote the callback knows why and says it. */
typedef bool (*report_write)(void *user, const char *bytes, size_t size);

/* What to write. Everything here outlives the report. */
typedef struct {
    const char           *format;         /* one of the above */
    bool                  ratings;        /* csv: a column rating.ID for each criterion of */
    const rubric *const  *rating_rubrics; /* these rubrics, in this order */
    size_t                rating_rubric_count;
    plugin_set           *plugins;        /* to say how those that measured ran; may be NULL */
    const rubric_library *library;        /* for the full names of judgement areas; may be NULL */
    const char           *title;          /* html: its heading; NULL: "Audit results" */
    const char           *assay_version;  /* "0.1.0" */
    const char *const    *inputs;         /* names of the inputs, in the order graded */
    size_t                input_count;
    const origin_list    *input_origins; /* json: the inputs' hashes; NULL: not known */
} report_options;

typedef struct report report;

/* Starts a report and copies `options`. NULL and `errors` filled where the format is unknown
 * or memory is out. Nothing is written before the first batch or report_finish(). Free with
 * report_free(). */
report *report_new(const report_options *options, report_write write, void *user,
                   error_list *errors);
void    report_free(report *report); /* takes NULL */

/* The sink to grade into. The report must outlive its use; the rubrics of every batch must
 * outlive report_finish(). */
grade_sink report_sink(report *report);

/* Writes what comes last; call once, after the last input. `totals` are of all inputs. The faults
 * of `errors` so far are shown in json and html as notices. False where it could not be
 * written, or where memory is out, which is then added to `errors`. */
bool report_finish(report *report, const grade_totals *totals, error_list *errors);

/* The brief summary for standard error, where the report itself goes elsewhere: the shares, where
 * the format counts them, and the line that adds up. After report_finish(). False where memory
 * is out or `write` failed. */
bool report_summary(const report *report, const grade_totals *totals, report_write write,
                    void *user);

/* A rubric as a person reads it. */
typedef enum { RUBRIC_PAGE_TEXT, RUBRIC_PAGE_MARKDOWN, RUBRIC_PAGE_HTML } rubric_page_form;

/* Writes `rubric` in that form; `library` (may be NULL) gives the names of framework editions.
 * False where memory is out or `write` failed. Thread-safe. */
bool rubric_page(const rubric *rubric, const rubric_library *library, rubric_page_form form,
                 report_write write, void *user);
