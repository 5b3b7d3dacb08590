#include <stdio.h>
#include <stdlib.h>

#include "writing/html_charts.h"
#include "report/html_sections.h"
#include "report/html_cells.h"
#include "report/names.h"
#include "writing/html_text.h"
#include "writing/share.h"

/* ---- Judgements ------------------------------------------------------------------- */

/* `of` 0: a count without a share, since it is of records that were not graded. */
static void outcome_row(buffer *out, const char *label, uint64_t count, uint64_t of)
{
    buffer_string(out, "<tr><th scope=\"row\">");
    html_string(out, label);
    buffer_string(out, "</th>");
    html_count_cell(out, count);
    buffer_string(out, "<td class=\"number\">");
    if (of > 0) {
        html_share(out, count, of);
    }
    buffer_string(out, "</td></tr>\n");
}

static void ids_entry(buffer *out, const char *label, const id_list *ids)
{
    if (ids->total > 0) {
        buffer_string(out, "<dt>");
        html_string(out, label);
        buffer_string(out, " (");
        buffer_grouped(out, ids->total);
        buffer_string(out, ")</dt><dd>");
        html_ids(out, ids);
        buffer_string(out, "</dd>\n");
    }
}

static const char no_overall[] = "No overall judgement";
static const char insufficient[] = "Insufficient evidence";

static void outcome_ids(buffer *out, const id_list *outcomes, const scale *levels)
{
    for (size_t i = levels->count; i-- > 0;) {
        ids_entry(out, levels->labels[i], &outcomes[i]);
    }
    ids_entry(out, no_overall, &outcomes[OUTCOME_NONE]);
    ids_entry(out, insufficient, &outcomes[OUTCOME_INSUFFICIENT]);
    ids_entry(out, "Rejected", &outcomes[OUTCOME_REJECTED]);
}

void html_judgements(buffer *out, const page *on)
{
    const scale   *levels = &on->of->like->scale;
    const id_list *outcomes = on->of->outcomes;
    uint64_t       judged = tally_judged(outcomes);
    section_open(out, on, "judgements", "Judgements");
    if (judged > 0) {
        char     id[32];
        uint64_t counts[LEVELS_MAX];
        for (size_t i = 0; i < LEVELS_MAX; i++) {
            counts[i] = outcomes[i].total;
        }
        snprintf(id, sizeof id, "judgements%zu", on->number);
        chart_levels(out, id, "Graded records by judgement", counts, html_scale(levels),
                     on->number);
    }
    if (outcomes[OUTCOME_NONE].total > 0) {
        buffer_string(out, "<p>Some records were held against a rubric that makes no overall "
                           "judgement. Their ratings stand for themselves.</p>\n");
    }
    buffer_string(out, "<table><caption>What became of every record</caption><thead><tr>"
                       "<th scope=\"col\">Judgement</th><th scope=\"col\" class=\"number\">Records"
                       "</th><th scope=\"col\" class=\"number\">Share of graded records</th></tr>"
                       "</thead><tbody>\n");
    for (size_t i = levels->count; i-- > 0;) {
        outcome_row(out, levels->labels[i], outcomes[i].total, judged);
    }
    if (outcomes[OUTCOME_NONE].total > 0) {
        outcome_row(out, no_overall, outcomes[OUTCOME_NONE].total, 0);
    }
    outcome_row(out, insufficient, outcomes[OUTCOME_INSUFFICIENT].total, 0);
    outcome_row(out, "Rejected", outcomes[OUTCOME_REJECTED].total, 0);
    buffer_string(out, "</tbody><tfoot><tr><th scope=\"row\">All records</th>");
    html_count_cell(out, tally_all(outcomes));
    buffer_string(out, "<td></td></tr></tfoot></table>\n"
                       "<details><summary>The records behind these figures</summary><dl>\n");
    outcome_ids(out, outcomes, levels);
    buffer_string(out, "</dl></details>\n");
    section_close(out);
}

/* ---- By area, team, month ----------------------------------------------------------- */

/* Which columns a breakdown has: those that hold nothing in any row are left out. */
typedef struct {
    bool none;
    bool insufficient;
    bool rejected;
} column_set;

static void breakdown_head(buffer *out, const scale *levels, const char *first, column_set shown)
{
    buffer_string(out, "<thead><tr><th scope=\"col\">");
    html_string(out, first);
    buffer_string(out, "</th>");
    for (size_t i = levels->count; i-- > 0;) {
        buffer_string(out, "<th scope=\"col\" class=\"number\">");
        html_string(out, levels->labels[i]);
        buffer_string(out, "</th>");
    }
    static const char *const others[] = {no_overall, insufficient, "Rejected"};
    const bool               has[] = {shown.none, shown.insufficient, shown.rejected};
    for (size_t i = 0; i < 3; i++) {
        if (has[i]) {
            buffer_format(out, "<th scope=\"col\" class=\"number\">%s</th>", others[i]);
        }
    }
    buffer name = {0};
    name_of_good(&name, levels);
    buffer_string(out, "<th scope=\"col\" class=\"number\">");
    html_flush(out, &name);
    buffer_free(&name);
    buffer_string(out, "</th><th scope=\"col\" class=\"number\">95% interval</th></tr></thead>\n");
}

static void breakdown_cells(buffer *out, const id_list *outcomes, const scale *levels,
                            column_set shown)
{
    for (size_t i = levels->count; i-- > 0;) {
        html_count_cell(out, outcomes[i].total);
    }
    if (shown.none) {
        html_count_cell(out, outcomes[OUTCOME_NONE].total);
    }
    if (shown.insufficient) {
        html_count_cell(out, outcomes[OUTCOME_INSUFFICIENT].total);
    }
    if (shown.rejected) {
        html_count_cell(out, outcomes[OUTCOME_REJECTED].total);
    }
    html_good_cells(out, tally_good(outcomes, levels), tally_judged(outcomes));
    buffer_string(out, "</tr>\n");
}

/* In short, so that chart, table and terminal have the same names. */
static void write_row_name(buffer *out, dimension by, const char *name)
{
    buffer plain = {0};
    name_of_row(&plain, NULL, by, name);
    html_flush(out, &plain);
    buffer_free(&plain);
}

static void breakdown_table(buffer *out, const page *on, dimension by, const char *first,
                            const char *caption)
{
    const tally_table *table = &on->of->by[by];
    const scale       *levels = &on->of->like->scale;
    const id_list     *all = on->of->outcomes;
    column_set         shown = {all[OUTCOME_NONE].total > 0, all[OUTCOME_INSUFFICIENT].total > 0,
                                all[OUTCOME_REJECTED].total > 0};
    buffer_format(out, "<div class=\"scroll\" role=\"region\" tabindex=\"0\" "
                       "aria-label=\"%s\"><table><caption>%s</caption>",
                  caption, caption);
    breakdown_head(out, levels, first, shown);
    buffer_string(out, "<tbody>\n");
    for (size_t i = 0; i < table->count; i++) {
        buffer_string(out, "<tr><th scope=\"row\">");
        write_row_name(out, by, table->rows[i].name);
        buffer_string(out, "</th>");
        breakdown_cells(out, table->rows[i].outcomes, levels, shown);
    }
    if (tally_all(table->others.outcomes) > 0) {
        buffer_format(out, "<tr><th scope=\"row\">All others (past the first %d)</th>",
                      TALLY_ROWS);
        breakdown_cells(out, table->others.outcomes, levels, shown);
    }
    buffer_string(out, "</tbody><tfoot><tr><th scope=\"row\">All</th>");
    breakdown_cells(out, all, levels, shown);
    buffer_string(out, "</tfoot></table></div>\n");
}

static void breakdown_ids(buffer *out, const page *on, dimension by)
{
    const tally_table *table = &on->of->by[by];
    buffer_string(out, "<details><summary>The records behind these figures</summary>\n");
    for (size_t i = 0; i < table->count; i++) {
        buffer_string(out, "<h3>");
        write_row_name(out, by, table->rows[i].name);
        buffer_string(out, "</h3><dl>\n");
        outcome_ids(out, table->rows[i].outcomes, &on->of->like->scale);
        buffer_string(out, "</dl>\n");
    }
    buffer_string(out, "</details>\n");
}

/* The bars of the rows that have judgements. Names are kept in `names`. */
static chart_bar *breakdown_bars(const page *on, dimension by, buffer *names, size_t *count)
{
    const tally_table *table = &on->of->by[by];
    chart_bar         *bars = calloc(table->count + 1, sizeof *bars);
    size_t             place = 0;
    *count = 0;
    for (size_t i = 0; i < table->count; i++) {
        name_of_row(names, NULL, by, table->rows[i].name);
        buffer_byte(names, '\0');
    }
    if (bars == NULL || names->failed) {
        free(bars);
        return NULL;
    }
    for (size_t i = 0; i < table->count; i++) {
        const char *name = names->bytes + place;
        place += strlen(name) + 1;
        if (tally_judged(table->rows[i].outcomes) == 0) {
            continue;
        }
        chart_bar *bar = &bars[(*count)++];
        bar->name = name;
        for (size_t l = 0; l < LEVELS_MAX; l++) {
            bar->counts[l] = table->rows[i].outcomes[l].total;
        }
    }
    return bars;
}

void html_breakdown(buffer *out, const page *on, dimension by)
{
    static const struct {
        const char *id;
        const char *heading;
        const char *first;
        const char *caption;
    } words[DIMENSIONS] = {
        [BY_PRACTICE_AREA] = {"practice-areas", "By practice area", "Practice area",
                              "Judgements by practice area"},
        [BY_TEAM] = {"teams", "By team", "Team", "Judgements by team"},
        [BY_JUDGEMENT_AREA] = {"judgement-areas", "By judgement area", "Judgement area",
                               "Judgements by judgement area"},
        [BY_MONTH] = {"months", "By month", "Month of audit", "Judgements by month of audit"}};
    const tally_table *table = &on->of->by[by];
    section_open(out, on, words[by].id, words[by].heading);
    if (table->count == 1) {
        buffer_format(out, "<p>%s of every record: ", words[by].first);
        write_row_name(out, by, table->rows[0].name);
        buffer_string(out, ".</p>\n");
        section_close(out);
        return;
    }
    buffer     names = {0};
    size_t     count;
    chart_bar *bars = breakdown_bars(on, by, &names, &count);
    if (bars == NULL) {
        out->failed = true;
    } else if (count > 0) {
        char id[48];
        snprintf(id, sizeof id, "%s%zu", words[by].id, on->number);
        chart_shares(out, id, words[by].caption, bars, count, html_scale(&on->of->like->scale),
                     on->number);
    }
    free(bars);
    buffer_free(&names);
    breakdown_table(out, on, by, words[by].first, words[by].caption);
    breakdown_ids(out, on, by);
    section_close(out);
}

void html_trend(buffer *out, const page *on)
{
    const tally_table *table = &on->of->by[BY_MONTH];
    const scale       *levels = &on->of->like->scale;
    chart_month       *months = calloc(table->count + 1, sizeof *months);
    size_t             count = 0;
    bool               few = false;
    if (months == NULL) {
        out->failed = true;
        return;
    }
    for (size_t i = 0; i < table->count; i++) {
        const tally_row *row = &table->rows[i];
        const char      *dash = strrchr(row->name, '-');
        if (dash != NULL && tally_judged(row->outcomes) > 0) {
            int year = (int)strtol(row->name, NULL, 10);
            int month = (int)strtol(dash + 1, NULL, 10);
            months[count++] = (chart_month){year * 12 + month - 1,
                                            tally_good(row->outcomes, levels),
                                            tally_judged(row->outcomes)};
            few = few || tally_judged(row->outcomes) < CHART_JOINED;
        }
    }
    section_open(out, on, "trend", "Month by month");
    if (count > 1) {
        buffer name = {0};
        char   id[32];
        snprintf(id, sizeof id, "trend%zu", on->number);
        buffer_string(&name, "Share of graded records that are ");
        name_of_good(&name, levels);
        buffer_string(&name, ", by month of audit");
        if (buffer_end(&name)) {
            buffer_string(out, "<p>");
            html_string(out, name.bytes);
            buffer_string(out, ". The upright lines are 95% intervals: where those of two months "
                               "overlap widely, the difference may be chance.</p>\n");
            if (few) {
                buffer_format(out, "<p>A hollow point is a month of fewer than %d graded records. No "
                                   "line leads to it: so few say nothing of a trend.</p>\n",
                              CHART_JOINED);
            }
            chart_trend(out, id, name.bytes, months, count);
        }
        out->failed = out->failed || name.failed;
        buffer_free(&name);
    } else {
        buffer_string(out, "<p>There are not two months with graded records to compare.</p>\n");
    }
    free(months);
    if (table->count > 1) {
        breakdown_table(out, on, BY_MONTH, "Month of audit", "Judgements by month of audit");
        breakdown_ids(out, on, BY_MONTH);
    }
    section_close(out);
}
