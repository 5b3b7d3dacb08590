#include <stdlib.h>

#include "report/format.h"
#include "report/names.h"
#include "report/summary.h"
#include "writing/terminal_text.h"
#include "writing/share.h"

enum { NAME_LEAST = 20, NAME_MOST = 34, BAR_MOST = 40, SHOWN_CRITERIA = 10, SHOWN_RECORDS = 20 };

/* ---- Distribution --------------------------------------------------------------- */

static void count_line(buffer *out, const char *label, uint64_t count)
{
    buffer_string(out, "  ");
    terminal_padded(out, text_of(label), 24);
    terminal_count(out, count, 8);
    buffer_byte(out, '\n');
}

static void bar_line(buffer *out, const char *label, uint64_t count, uint64_t all)
{
    buffer_string(out, "  ");
    terminal_padded(out, text_of(label), 24);
    terminal_count(out, count, 8);
    double share = all > 0 ? (double)count / (double)all : 0;
    terminal_count(out, share_percent(share), 5);
    buffer_string(out, "%");
    size_t length = (size_t)(share * BAR_MOST + 0.5);
    if (count > 0) {
        buffer_string(out, "  ");
        terminal_repeat(out, '#', length > 0 ? length : 1);
    }
    buffer_byte(out, '\n');
}

static void outcome_bars(buffer *out, const tally_scale *of)
{
    uint64_t judged = tally_judged(of->outcomes);
    for (size_t i = of->like != NULL ? of->like->scale.count : 0; i-- > 0;) {
        bar_line(out, of->like->scale.labels[i], of->outcomes[i].total, judged);
    }
    if (of->outcomes[OUTCOME_NONE].total > 0) {
        count_line(out, "No overall judgement", of->outcomes[OUTCOME_NONE].total);
    }
    count_line(out, "Insufficient evidence", of->outcomes[OUTCOME_INSUFFICIENT].total);
    count_line(out, "Rejected", of->outcomes[OUTCOME_REJECTED].total);
    if (of->like != NULL && tally_judged(of->outcomes) > 0) {
        buffer_string(out, "\n  ");
        summary_share(of->outcomes, &of->like->scale, out);
        buffer_byte(out, '\n');
    }
}

/* ---- Tables ------------------------------------------------------------------------ */

static void table_line(buffer *out, text name, size_t width, const id_list outcomes[OUTCOMES],
                       const scale *of)
{
    uint64_t judged = tally_judged(outcomes);
    buffer_string(out, "  ");
    terminal_padded(out, name, width);
    terminal_count(out, tally_all(outcomes), 8);
    terminal_count(out, judged, 8);
    if (judged > 0) {
        uint64_t good = tally_good(outcomes, of);
        interval sure = share_interval(good, judged);
        terminal_count(out, share_percent((double)good / (double)judged), 5);
        buffer_byte(out, '%');
        terminal_count(out, share_percent(sure.low), 5);
        buffer_byte(out, '-');
        size_t start = out->size;
        buffer_format(out, "%u%%", share_percent(sure.high));
        terminal_repeat(out, ' ', 4 - (out->size - start));
    } else {
        buffer_string(out, "     -          ");
    }
    buffer_string(out, "  ");
    for (size_t i = of != NULL ? of->count : 0; i-- > 0;) {
        buffer_unsigned(out, outcomes[i].total);
        buffer_string(out, i > 0 ? " / " : "");
    }
    buffer_byte(out, '\n');
}

/* The rows' names one after the other, NUL-ended; the longest's length in `width`. */
static bool table_names(buffer *names, const tally_table *table, dimension by, size_t *width)
{
    *width = NAME_LEAST;
    for (size_t i = 0; i < table->count; i++) {
        size_t start = names->size;
        name_of_row(names, NULL, by, table->rows[i].name); /* short: full names are all alike */
        buffer_byte(names, '\0');
        if (names->failed) {
            return false;
        }
        size_t length = terminal_length(text_of(names->bytes + start));
        *width = length > *width ? length : *width;
    }
    *width = *width < NAME_MOST ? *width : NAME_MOST;
    return true;
}

static void table_by(buffer *out, const tally_scale *of, dimension by)
{
    const tally_table *table = &of->by[by];
    const scale       *levels = of->like != NULL ? &of->like->scale : NULL;
    buffer             names = {0};
    size_t             width;
    if (!table_names(&names, table, by, &width)) {
        buffer_free(&names);
        out->failed = true;
        return;
    }
    buffer heading = {0};
    name_of_id(&heading, name_of_dimension(by));
    buffer_byte(out, '\n');
    terminal_padded(out, (text){heading.bytes, heading.size}, width + 2);
    buffer_free(&heading);
    buffer_string(out, " records  graded   good  interval  ");
    if (levels != NULL) {
        buffer_string(out, levels->labels[levels->count - 1]);
        buffer_string(out, " to ");
        buffer_string(out, levels->labels[0]);
    }
    buffer_byte(out, '\n');
    const char *name = names.bytes;
    for (size_t i = 0; i < table->count; i++) {
        table_line(out, text_of(name), width, table->rows[i].outcomes, levels);
        name += strlen(name) + 1;
    }
    if (tally_all(table->others.outcomes) > 0) {
        table_line(out, text_of("All others"), width, table->others.outcomes, levels);
    }
    buffer_free(&names);
}

/* ---- Agreement ----------------------------------------------------------------------- */

static void agreement_line(buffer *out, const char *what, uint64_t count, uint64_t of)
{
    buffer_string(out, "  ");
    terminal_padded(out, text_of(what), 40);
    terminal_count(out, count, 8);
    terminal_count(out, share_percent((double)count / (double)of), 5);
    buffer_string(out, "%\n");
}

static void write_ids(buffer *out, const id_list *ids, size_t most, size_t at, size_t indent)
{
    buffer      line = {0};
    const char *id = ids->bytes;
    size_t      shown = 0;
    for (; shown < ids->kept && shown < most; shown++) {
        buffer_string(&line, shown > 0 ? ", " : "");
        buffer_string(&line, id);
        id += strlen(id) + 1;
    }
    if (ids->total > shown) {
        buffer_format(&line, " and %llu more", (unsigned long long)(ids->total - shown));
    }
    terminal_wrapped(out, (text){line.bytes, line.size}, at, indent);
    out->failed = out->failed || line.failed;
    buffer_free(&line);
}

static void agreement(buffer *out, const tally_scale *of)
{
    tally_agreement agreed = tally_agree(of);
    if (agreed.compared == 0) {
        return;
    }
    const scale *levels = &of->like->scale;
    interval     sure = share_interval(agreed.same, agreed.compared);
    buffer_format(out, "\nAgreement with auditors: %llu records have a grade by both\n",
                  (unsigned long long)agreed.compared);
    for (size_t theirs = levels->count; theirs-- > 1;) { /* the widest gap first */
        const id_list *missed = &of->agreement[theirs][0];
        if (missed->total > 0) {
            buffer_format(out, "  %s by the rubric and %s by the auditor: read these first (%llu)\n    ",
                          levels->labels[0], levels->labels[theirs],
                          (unsigned long long)missed->total);
            write_ids(out, missed, SHOWN_RECORDS, 4, 4);
        }
    }
    agreement_line(out, "the same", agreed.same, agreed.compared);
    buffer_format(out, "    (95%% interval %u%% to %u%%)\n", share_percent(sure.low),
                  share_percent(sure.high));
    agreement_line(out, "the same or one level apart", agreed.within_one, agreed.compared);
    agreement_line(out, "the auditor is more generous", agreed.tool_lower, agreed.compared);
    agreement_line(out, "the auditor is stricter", agreed.tool_higher, agreed.compared);
}

/* ---- Criteria -------------------------------------------------------------------------- */

static void criteria(buffer *out, const tally *counted, const tally_scale *of)
{
    size_t                  count;
    const tally_criterion **ranked = tally_rank(counted, of, &count);
    if (ranked == NULL) {
        out->failed = out->failed || count > 0;
        return;
    }
    if (count > 0 && ranked[0]->held.total > 0) {
        buffer_string(out, "\nWhat holds work down most");
        terminal_repeat(out, ' ', 21);
        buffer_string(out, "held down  of rated  by its limit\n");
    }
    for (size_t i = 0; i < count && i < SHOWN_CRITERIA && ranked[i]->held.total > 0; i++) {
        buffer   name = {0};
        uint64_t rated = tally_rated(ranked[i]);
        name_of_criterion(&name, counted, ranked[i]);
        buffer_string(out, "  ");
        terminal_padded(out, (text){name.bytes, name.size}, 44);
        terminal_count(out, ranked[i]->held.total, 9);
        terminal_count(out, rated, 10);
        terminal_count(out, ranked[i]->limited.total, 14);
        buffer_byte(out, '\n');
        out->failed = out->failed || name.failed;
        buffer_free(&name);
    }
    free(ranked);
}

/* ---- Records that were not graded -------------------------------------------------------- */

static void insufficient(buffer *out, const tally_scale *of)
{
    const id_list *ids = &of->outcomes[OUTCOME_INSUFFICIENT];
    if (ids->total > 0) {
        buffer_format(out, "\nInsufficient evidence: %llu\n  ", (unsigned long long)ids->total);
        write_ids(out, ids, SHOWN_RECORDS, 2, 2);
    }
}

static void rejected(buffer *out, const tally *counted, const grade_totals *totals)
{
    if (totals->rejected == 0) {
        return;
    }
    size_t shown = counted->rejected_count < SHOWN_RECORDS ? counted->rejected_count
                                                           : SHOWN_RECORDS;
    buffer_format(out, "\nRejected: %llu\n", (unsigned long long)totals->rejected);
    for (size_t i = 0; i < shown; i++) {
        const tally_rejected *seen = &counted->rejected[i];
        buffer                line = {0};
        buffer_format(&line, "%s:%llu", seen->input, (unsigned long long)seen->line);
        if (seen->audit_id[0] != '\0') {
            buffer_format(&line, " (%s)", seen->audit_id);
        }
        buffer_format(&line, ": %s", seen->detail);
        buffer_string(out, "  ");
        terminal_wrapped(out, (text){line.bytes, line.size}, 2, 4);
        out->failed = out->failed || line.failed;
        buffer_free(&line);
    }
    if (totals->rejected <= shown) {
        return;
    }
    buffer_format(out, "  and %llu more. All of them, by reason:\n",
                  (unsigned long long)(totals->rejected - shown));
    for (size_t i = 0; i < counted->reason_count; i++) {
        terminal_count(out, counted->reasons[i].count, 8);
        buffer_string(out, "  ");
        terminal_wrapped(out, text_of(counted->reasons[i].reason), 10, 10);
    }
    if (counted->other_reasons > 0) {
        terminal_count(out, counted->other_reasons, 8);
        buffer_string(out, "  other reasons\n");
    }
}

/* ---- All of it ----------------------------------------------------------------------------- */

static void scale_heading(buffer *out, const tally *counted, const tally_scale *of)
{
    if (out->size > 0) {
        buffer_byte(out, '\n');
    }
    buffer_string(out, "Judgements");
    if (counted->scale_count > 1 && of->like != NULL) {
        buffer_string(out, ": ");
        name_of_scale(out, &of->like->scale);
    }
    buffer_string(out, tally_judged(of->outcomes) > 0 ? " (shares of graded records)" : "");
    buffer_byte(out, '\n');
}

static void table_finish(const report_options *options, const tally *counted,
                         const grade_totals *totals, const error_list *notices, buffer *out)
{
    (void)options;
    (void)notices; /* the command has shown them */
    for (size_t i = 0; i < counted->scale_count; i++) {
        const tally_scale *of = &counted->scales[i];
        scale_heading(out, counted, of);
        outcome_bars(out, of);
        for (size_t d = 0; d < DIMENSIONS; d++) {
            table_by(out, of, (dimension)d);
        }
        agreement(out, of);
        criteria(out, counted, of);
        insufficient(out, of);
    }
    rejected(out, counted, totals);
    buffer_string(out, out->size > 0 ? "\n" : "");
    summary_totals(totals, out);
    buffer_byte(out, '\n');
}

const report_format format_table = {
    .name = "table", .counts = true, .between = "", .finish = table_finish};
