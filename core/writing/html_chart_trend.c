#include "writing/html_charts.h"
#include "writing/html_text.h"
#include "writing/share.h"

enum { WIDTH = 860, HEIGHT = 270, LEFT = 48, RIGHT = 20, TOP = 28, BOTTOM = 220, LABEL_WIDTH = 40 };

static const char *const months_short[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/* Where the months of the chart are. */
typedef struct {
    int first;
    int last;
} month_range;

static size_t month_x(const month_range *range, int month)
{
    size_t spans = (size_t)(range->last - range->first + 1);
    size_t step = (WIDTH - LEFT - RIGHT) / spans;
    return LEFT + step / 2 + step * (size_t)(month - range->first);
}

static size_t share_y(double share)
{
    return BOTTOM - (size_t)(share * (BOTTOM - TOP) + 0.5);
}

static void trend_axes(buffer *out, const month_range *range)
{
    for (unsigned percent = 0; percent <= 100; percent += 25) {
        size_t y = share_y(percent / 100.0);
        buffer_format(out,
                      "<path d=\"M%d %zuH%d\" stroke=\"#c9ced4\"/><text x=\"%d\" y=\"%zu\" "
                      "font-size=\"12\" text-anchor=\"end\">%u%%</text>\n",
                      LEFT, y, WIDTH - RIGHT, LEFT - 8, y + 4, percent);
    }
    bool every = range->last - range->first < 14; /* else the names would touch */
    for (int month = range->first; month <= range->last; month++) {
        size_t x = month_x(range, month);
        if (every || (month - range->first) % 2 == 0) {
            buffer_format(out,
                          "<text x=\"%zu\" y=\"%d\" font-size=\"12\" text-anchor=\"middle\">%s"
                          "</text>",
                          x, BOTTOM + 20, months_short[month % 12]);
        }
        if (month == range->first || month % 12 == 0) {
            buffer_format(out,
                          "<text x=\"%zu\" y=\"%d\" font-size=\"12\" font-weight=\"600\" "
                          "text-anchor=\"middle\">%d</text>\n",
                          x, BOTTOM + 38, month / 12);
        }
    }
}

/* A line between months that follow each other; a month of no or few records breaks it. */
static void trend_line(buffer *out, const month_range *range, const chart_month *months,
                       size_t count)
{
    buffer_string(out, "<path fill=\"none\" stroke=\"#1b1f24\" stroke-width=\"2\" d=\"");
    int before = range->first - 2;
    for (size_t i = 0; i < count; i++) {
        if (months[i].judged < CHART_JOINED) {
            continue;
        }
        double share = (double)months[i].good / (double)months[i].judged;
        buffer_format(out, "%c%zu %zu", months[i].month == before + 1 ? 'L' : 'M',
                      month_x(range, months[i].month), share_y(share));
        before = months[i].month;
    }
    buffer_string(out, "\"/>\n");
}

static void trend_month(buffer *out, const month_range *range, const chart_month *seen)
{
    double   share = (double)seen->good / (double)seen->judged;
    interval sure = share_interval(seen->good, seen->judged);
    size_t   x = month_x(range, seen->month);
    size_t   low = share_y(sure.low);
    size_t   high = share_y(sure.high);
    buffer_format(out,
                  "<path d=\"M%zu %zuV%zuM%zu %zuh10M%zu %zuh10\" stroke=\"#6b737c\" "
                  "stroke-width=\"1.5\"/><circle cx=\"%zu\" cy=\"%zu\" r=\"5\" "
                  "fill=\"%s\" stroke=\"#1b1f24\" stroke-width=\"1.5\"/>\n",
                  x, low, high, x - 5, low, x - 5, high, x, share_y(share),
                  seen->judged < CHART_JOINED ? "#fff" : "#1b1f24");
}

/* The share beside its point: to the left at the drawing's edge, and none where it would touch the
 * one before. Written after all points, so that nothing crosses it. */
static void trend_labels(buffer *out, const month_range *range, const chart_month *months,
                         size_t count)
{
    size_t free_from = 0;
    for (size_t i = 0; i < count; i++) {
        size_t x = month_x(range, months[i].month);
        bool   left = x + LABEL_WIDTH > WIDTH;
        size_t start = left ? x - LABEL_WIDTH : x;
        if (start < free_from) {
            continue;
        }
        free_from = start + LABEL_WIDTH;
        double share = (double)months[i].good / (double)months[i].judged;
        buffer_format(out,
                      "<text class=\"share\" x=\"%zu\" y=\"%zu\" font-size=\"12\" "
                      "font-weight=\"600\" text-anchor=\"%s\" "
                      "style=\"stroke:#fff;stroke-width:4px;paint-order:stroke\">%u%%</text>\n",
                      left ? x - 9 : x + 9, share_y(share) - 6, left ? "end" : "start",
                      share_percent(share));
    }
}

void chart_trend(buffer *out, const char *id, const char *title, const chart_month *months,
                 size_t count)
{
    bool cut = false;
    month_range range = {months[0].month, months[count - 1].month};
    if (range.last - range.first >= CHART_MONTHS) {
        range.first = range.last - CHART_MONTHS + 1;
    }
    for (; count > 0 && months->month < range.first; months++, count--) {
        cut = true;
    }
    buffer_format(out,
                  "<figure><svg class=\"chart\" role=\"img\" aria-labelledby=\"%s-title %s-text\" "
                  "viewBox=\"0 0 %d %d\"><title id=\"%s-title\">",
                  id, id, WIDTH, HEIGHT, id);
    html_string(out, title);
    buffer_format(out,
                  "</title><desc id=\"%s-text\">A point for each month, and an upright line "
                  "for its 95%% interval. The table that follows has the numbers.</desc>\n",
                  id);
    trend_axes(out, &range);
    trend_line(out, &range, months, count);
    for (size_t i = 0; i < count; i++) {
        trend_month(out, &range, &months[i]);
    }
    trend_labels(out, &range, months, count);
    buffer_string(out, "</svg></figure>\n");
    if (cut) {
        buffer_format(out, "<p class=\"small\">The chart shows the last %d months; the table "
                           "has all of them.</p>\n",
                      CHART_MONTHS);
    }
}
