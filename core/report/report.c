#include "report/report.h"

#include <stdlib.h>

#include "report/format.h"
#include "report/summary.h"

static const report_format *const formats[] = {
    &format_table, &format_csv,     &format_ndjson,      &format_json,
    &format_html,  &format_explain, &format_explain_json};

enum { FORMATS = sizeof formats / sizeof formats[0] };

struct report {
    const report_format *format;
    report_options       options;
    report_write         write;
    void                *user;
    tally               *counted; /* NULL where the format counts nothing */
    bool                 begun;
    bool                 between; /* text of records was written */
};

/* What one batch gave. */
typedef struct {
    buffer text;
    tally *counted;
} rendered_batch;

static const report_format *format_find(const char *name)
{
    for (size_t i = 0; i < FORMATS; i++) {
        if (strcmp(formats[i]->name, name) == 0) {
            return formats[i];
        }
    }
    return NULL;
}

report *report_new(const report_options *options, report_write write, void *user,
                   error_list *errors)
{
    const report_format *format = format_find(options->format);
    if (format == NULL) {
        error_add(errors, FAULT_USAGE, NULL, 0, 0,
                  "\"%s\" is not a format; take table, csv, json, ndjson or html",
                  options->format);
        return NULL;
    }
    report *made = calloc(1, sizeof *made);
    if (made == NULL) {
        error_memory(errors);
        return NULL;
    }
    *made = (report){.format = format, .options = *options, .write = write, .user = user};
    if (format->counts) {
        made->counted = tally_new();
        if (made->counted == NULL) {
            error_memory(errors);
            free(made);
            return NULL;
        }
    }
    return made;
}

void report_free(report *held)
{
    if (held != NULL) {
        tally_free(held->counted);
        free(held);
    }
}

static void rendered_free(rendered_batch *rendered)
{
    buffer_free(&rendered->text);
    tally_free(rendered->counted);
    free(rendered);
}

static void *report_render(void *user, const graded_batch *batch)
{
    const report   *held = user;
    rendered_batch *rendered = calloc(1, sizeof *rendered);
    if (rendered == NULL) {
        return NULL;
    }
    bool fine = true;
    if (held->format->counts) {
        rendered->counted = tally_new();
        fine = rendered->counted != NULL && tally_batch(rendered->counted, batch);
    }
    if (fine && held->format->render != NULL) {
        held->format->render(&held->options, batch, &rendered->text);
        fine = !rendered->text.failed;
    }
    if (!fine) {
        rendered_free(rendered);
        return NULL;
    }
    return rendered;
}

/* Writes what comes before the first record, once. */
static bool report_begin(report *held, error_list *errors)
{
    if (held->begun) {
        return true;
    }
    held->begun = true;
    if (held->format->begin == NULL) {
        return true;
    }
    buffer out = {0};
    held->format->begin(&held->options, &out);
    bool fine = out.failed ? error_memory(errors) : held->write(held->user, out.bytes, out.size);
    buffer_free(&out);
    return fine;
}

static bool report_text(report *held, const buffer *written)
{
    if (written->size == 0) {
        return true;
    }
    size_t between = strlen(held->format->between);
    if (held->between && between > 0 && !held->write(held->user, held->format->between, between)) {
        return false;
    }
    held->between = true;
    return held->write(held->user, written->bytes, written->size);
}

static bool report_deliver(void *user, void *given, error_list *errors)
{
    report         *held = user;
    rendered_batch *rendered = given;
    bool            fine = report_begin(held, errors) && report_text(held, &rendered->text);
    if (fine && rendered->counted != NULL && !tally_add(held->counted, rendered->counted)) {
        fine = error_memory(errors);
    }
    rendered_free(rendered);
    return fine;
}

static void report_discard(void *user, void *given)
{
    (void)user;
    rendered_free(given);
}

grade_sink report_sink(report *held)
{
    return (grade_sink){held, report_render, report_deliver, report_discard};
}

bool report_finish(report *held, const grade_totals *totals, error_list *errors)
{
    if (!report_begin(held, errors)) {
        return false;
    }
    if (held->counted != NULL && !tally_sort(held->counted)) {
        return error_memory(errors);
    }
    if (held->format->finish == NULL) {
        return true;
    }
    buffer out = {0};
    held->format->finish(&held->options, held->counted, totals, errors, &out);
    bool fine = out.failed ? error_memory(errors) : held->write(held->user, out.bytes, out.size);
    buffer_free(&out);
    return fine;
}

bool report_summary(const report *held, const grade_totals *totals, report_write write, void *user)
{
    buffer out = {0};
    summary_write(held->counted, totals, &out);
    bool fine = !out.failed && write(user, out.bytes, out.size);
    buffer_free(&out);
    return fine;
}
