#include "report/plugins_used.h"
#include "report/html_sections.h"
#include "report/html_cells.h"
#include "report/names.h"
#include "writing/html_text.h"

/* ---- Records that were not graded ---------------------------------------------------- */

static uint64_t all_insufficient(const tally *counted)
{
    uint64_t all = 0;
    for (size_t i = 0; i < counted->scale_count; i++) {
        all += counted->scales[i].outcomes[OUTCOME_INSUFFICIENT].total;
    }
    return all;
}

static void insufficient(buffer *out, const tally *counted)
{
    buffer_string(out, "<h3>Insufficient evidence</h3>\n<p>Too little of what the rubric asks was "
                       "recorded for a judgement that the evidence would carry.</p>\n");
    for (size_t i = 0; i < counted->scale_count; i++) {
        const id_list *ids = &counted->scales[i].outcomes[OUTCOME_INSUFFICIENT];
        if (ids->total > 0) {
            html_ids(out, ids);
        }
    }
}

static void rejected(buffer *out, const tally *counted)
{
    buffer_string(out, "<h3>Rejected</h3>\n<p>These records could not be read as they stand. Mend "
                       "what is named and grade again.</p>\n"
                       "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Rejected "
                       "records\"><table><caption>Rejected records</caption><thead><tr>"
                       "<th scope=\"col\">Record</th><th scope=\"col\">File and line</th>"
                       "<th scope=\"col\">What is wrong, and what to do</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < counted->rejected_count; i++) {
        const tally_rejected *seen = &counted->rejected[i];
        buffer_string(out, "<tr><th scope=\"row\">");
        html_string(out, seen->audit_id[0] != '\0' ? seen->audit_id : "no audit id");
        buffer_string(out, "</th><td>");
        html_string(out, seen->input);
        buffer_string(out, ", line ");
        buffer_unsigned(out, seen->line);
        buffer_string(out, "</td><td>");
        html_string(out, seen->detail);
        buffer_string(out, "</td></tr>\n");
    }
    buffer_string(out, "</tbody></table></div>\n");
}

static void reasons(buffer *out, const page *on)
{
    const tally *counted = on->counted;
    buffer_string(out, "<p>The table above has the first ");
    buffer_grouped(out, counted->rejected_count);
    buffer_string(out, " of ");
    buffer_grouped(out, on->totals->rejected);
    buffer_string(out, ".</p>\n<table><caption>All rejected records by reason</caption><thead><tr>"
                       "<th scope=\"col\">Reason</th><th scope=\"col\" class=\"number\">Records"
                       "</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < counted->reason_count; i++) {
        buffer_string(out, "<tr><td>");
        html_string(out, counted->reasons[i].reason);
        buffer_string(out, "</td>");
        html_count_cell(out, counted->reasons[i].count);
        buffer_string(out, "</tr>\n");
    }
    if (counted->other_reasons > 0) {
        buffer_string(out, "<tr><td>Other reasons</td>");
        html_count_cell(out, counted->other_reasons);
        buffer_string(out, "</tr>\n");
    }
    buffer_string(out, "</tbody></table>\n");
}

void html_not_graded(buffer *out, const page *on)
{
    buffer_string(out, "<section id=\"not-graded\" aria-labelledby=\"not-graded-heading\">"
                       "<h2 id=\"not-graded-heading\">Records that were not graded</h2>\n");
    if (all_insufficient(on->counted) > 0) {
        insufficient(out, on->counted);
    }
    if (on->counted->rejected_count > 0) {
        rejected(out, on->counted);
    }
    if (on->totals->rejected > on->counted->rejected_count) {
        reasons(out, on);
    }
    if (all_insufficient(on->counted) == 0 && on->totals->rejected == 0) {
        buffer_string(out, "<p>None: every record was graded.</p>\n");
    }
    section_close(out);
}

/* ---- How it was graded ------------------------------------------------------------------ */

static const framework *edition_of(const page *on, const char *id)
{
    const rubric_library *library = on->options->library;
    for (size_t i = 0; library != NULL && i < library->framework_count; i++) {
        if (strcmp(library->frameworks[i]->id, id) == 0) {
            return library->frameworks[i];
        }
    }
    return NULL;
}

static void rubric_row(buffer *out, const page *on, const tally_rubric *used)
{
    const rubric    *held = used->of;
    const framework *edition = edition_of(on, held->framework);
    buffer_string(out, "<tr><th scope=\"row\"><strong>");
    html_string(out, held->title);
    buffer_string(out, "</strong><br>");
    html_string(out, held->id);
    buffer_string(out, ", version ");
    html_string(out, held->version);
    if (held->framework[0] != '\0') {
        buffer_string(out, "<br>");
        html_string(out, edition != NULL ? edition->title : held->framework);
    }
    buffer_string(out, "</th>");
    html_count_cell(out, used->graded);
    html_count_cell(out, used->insufficient);
    html_count_cell(out, used->records - used->graded - used->insufficient);
    buffer_string(out, "<td>");
    html_string(out, name_of_file(held->file));
    buffer_string(out, "<br>SHA-256 <code>");
    for (size_t i = 0; i < sizeof held->hash; i++) {
        buffer_format(out, "%02x", held->hash[i]);
    }
    buffer_string(out, "</code></td></tr>\n");
}

/* Rejected records that no rubric was found for, and the sum: the page's totals once more. */
static void rubric_totals(buffer *out, const page *on)
{
    const grade_totals *totals = on->totals;
    uint64_t            held = 0;
    for (size_t i = 0; i < on->counted->rubric_count; i++) {
        held += on->counted->rubrics[i].records;
    }
    if (totals->rows > held) {
        buffer_string(out, "<tr><th scope=\"row\">No rubric was found</th>");
        html_count_cell(out, 0);
        html_count_cell(out, 0);
        html_count_cell(out, totals->rows - held);
        buffer_string(out, "<td></td></tr>\n");
    }
    buffer_string(out, "</tbody><tfoot><tr><th scope=\"row\">All records</th>");
    html_count_cell(out, totals->graded);
    html_count_cell(out, totals->insufficient);
    html_count_cell(out, totals->rejected);
    buffer_string(out, "<td></td></tr></tfoot></table>\n");
}

static void notices(buffer *out, const page *on)
{
    const error_list *seen = on->notices;
    if (seen->count == 0) {
        return;
    }
    buffer_string(out, "<h3>Notices</h3>\n<ul>\n");
    for (size_t i = 0; i < seen->count; i++) {
        const fault *notice = &seen->items[i];
        buffer_string(out, "<li>");
        if (notice->file != NULL && notice->file[0] != '\0') {
            html_string(out, name_of_notice_file(on->options, notice->file));
            if (notice->line > 0) {
                buffer_format(out, ", line %llu", (unsigned long long)notice->line);
            }
            buffer_string(out, ": ");
        }
        html_string(out, notice->text);
        buffer_string(out, "</li>\n");
    }
    buffer_string(out, "</ul>\n");
}

static void plugins(buffer *out, const report_options *options)
{
    char            isolation[ISOLATION_WORDS];
    size_t          at = 0;
    const manifest *used = plugins_used_next(options, &at, isolation);
    if (used == NULL) {
        return;
    }
    buffer_string(out, "<h3>Plugins</h3>\n<ul>\n");
    for (; used != NULL; used = plugins_used_next(options, &at, isolation)) {
        buffer_string(out, "<li>");
        html_string(out, used->id);
        buffer_byte(out, ' ');
        html_string(out, used->version);
        buffer_string(out, " ran in ");
        html_string(out, isolation);
        buffer_string(out, "</li>\n");
    }
    buffer_string(out, "</ul>\n");
}

void html_how(buffer *out, const page *on)
{
    const report_options *options = on->options;
    buffer_string(out, "<section id=\"how\" aria-labelledby=\"how-heading\">"
                       "<h2 id=\"how-heading\">How this was graded</h2>\n<p>Each record was held "
                       "against a rubric: its criteria are rated, the ratings make a score, and "
                       "requirements and limits may hold the judgement down. The rubric is this "
                       "council's own policy, not a rule of Ofsted's. The same records with the "
                       "same rubric files give the same grades.</p>\n"
                       "<table><caption>Rubrics used</caption><thead><tr><th scope=\"col\">Rubric"
                       "</th><th scope=\"col\" class=\"number\">Graded</th>"
                       "<th scope=\"col\" class=\"number\">Insufficient evidence</th>"
                       "<th scope=\"col\" class=\"number\">Rejected</th>"
                       "<th scope=\"col\">File</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < on->counted->rubric_count; i++) {
        rubric_row(out, on, &on->counted->rubrics[i]);
    }
    rubric_totals(out, on);
    buffer_string(out, "<h3>Input</h3>\n<ul>\n");
    for (size_t i = 0; i < options->input_count; i++) {
        buffer_string(out, "<li>");
        html_string(out, options->inputs[i]);
        buffer_string(out, "</li>\n");
    }
    buffer_string(out, "</ul>\n");
    plugins(out, options);
    notices(out, on);
    buffer_string(out, "<h3>About the intervals</h3>\n<p>A share of a few records says little about "
                       "all the work that was not audited. The 95% interval (Wilson 1927) is the "
                       "range in which the true share is likely to lie, if the audited records were "
                       "picked at random. 14 of 20 is 70%, and its interval is 48% to 86%.</p>\n");
    section_close(out);
}
