/* html_charts.h - charts as SVG: role, title and description for those who do not see them, and
 * beside each its numbers in a table, which the caller writes. */
#pragma once

#include "writing/buffer.h"

enum {
    CHART_LEVELS = 9,
    CHART_ROWS = 24,
    CHART_MONTHS = 24,
    CHART_JOINED = 5 /* months of fewer records than these are not joined by a line */
};

/* The levels that a chart shows, lowest first. */
typedef struct {
    size_t             count; /* 2 to CHART_LEVELS */
    const char *const *labels;
} chart_scale;

/* One bar, cut into levels. */
typedef struct {
    const char *name;
    uint64_t    counts[CHART_LEVELS];
} chart_bar;

/* The fills of every level of a scale; once for each scale, before its charts. `number` tells the
 * scales of a page apart. */
void chart_patterns(buffer *out, chart_scale scale, size_t number);

/* What the fills mean, lowest level first, as the bars have them. */
void chart_legend(buffer *out, chart_scale scale, size_t number);

/* Bars of equal length, each showing the shares of the levels. `id` is unique on the page. */
void chart_shares(buffer *out, const char *id, const char *title, const chart_bar *bars,
                  size_t count, chart_scale scale, size_t number);

/* One bar for each level, as long as its count; highest level first. */
void chart_levels(buffer *out, const char *id, const char *title, const uint64_t *counts,
                  chart_scale scale, size_t number);

/* One month's share of good work. */
typedef struct {
    int      month; /* months since the year 0 */
    uint64_t good;
    uint64_t judged;
} chart_month;

/* The share month by month with its interval; the last CHART_MONTHS calendar months. A month of
 * fewer than CHART_JOINED records has a hollow point that no line leads to. */
void chart_trend(buffer *out, const char *id, const char *title, const chart_month *months,
                 size_t count);
