#include "writing/html_charts.h"

#include "writing/html_text.h"
#include "writing/terminal_text.h"
#include "writing/share.h"

/* Units of the drawing: it is scaled to the page's width. */
enum {
    WIDTH = 860,
    LABEL = 265,   /* where the bars begin */
    BAR = 500,     /* their full length */
    ROW = 30,
    THICK = 20,
    LABEL_MOST = 33, /* characters */
    INSIDE_LEAST = 26 /* a part this long has its number inside */
};

/* ---- Fills ----------------------------------------------------------------------- */

typedef struct {
    int red, green, blue;
} colour;

/* Four steps whose lightness rises evenly (about 24, 48, 75 and 92 of 100), so that grey paper and
 * every kind of colour vision tell them apart. */
static const colour steps[] = {
    {0x6b, 0x1a, 0x2b}, {0xb4, 0x5e, 0x2c}, {0x8f, 0xc4, 0xb7}, {0xdf, 0xef, 0xe9}};

enum { STEPS = sizeof steps / sizeof steps[0] };

/* The colour of a level: between the steps where a scale has another number of levels. */
static colour level_colour(chart_scale of, size_t at)
{
    size_t thirds = at * (STEPS - 1);
    size_t spans = of.count - 1;
    size_t low = thirds / spans;
    int    part = (int)(thirds % spans);
    int    whole = (int)spans;
    colour from = steps[low];
    colour to = steps[low + 1 < STEPS ? low + 1 : low];
    return (colour){from.red + (to.red - from.red) * part / whole,
                    from.green + (to.green - from.green) * part / whole,
                    from.blue + (to.blue - from.blue) * part / whole};
}

/* Marks over the colour: a second way to tell levels apart. The lowest and the highest have
 * none. */
static const char *level_marks(chart_scale of, size_t at)
{
    static const char *const marks[] = {
        "<path d=\"M-2 2l4-4M0 8l8-8M6 10l4-4\" stroke=\"#fff\" stroke-opacity=\".55\" "
        "stroke-width=\"1.4\"/>",
        "<circle cx=\"2\" cy=\"2\" r=\"1\" fill=\"#1b1f24\" fill-opacity=\".6\"/>"
        "<circle cx=\"6\" cy=\"6\" r=\"1\" fill=\"#1b1f24\" fill-opacity=\".6\"/>",
        "<path d=\"M4 0v8\" stroke=\"#1b1f24\" stroke-opacity=\".6\"/>",
        "<path d=\"M0 4h8\" stroke=\"#1b1f24\" stroke-opacity=\".6\"/>"};
    if (at == 0 || at + 1 == of.count) {
        return "";
    }
    return marks[(at - 1) % (sizeof marks / sizeof marks[0])];
}

void chart_patterns(buffer *out, chart_scale of, size_t number)
{
    buffer_string(out, "<svg class=\"patterns\" aria-hidden=\"true\" focusable=\"false\"><defs>");
    for (size_t i = 0; i < of.count; i++) {
        colour fill = level_colour(of, i);
        buffer_format(out,
                      "<pattern id=\"s%zul%zu\" width=\"8\" height=\"8\" "
                      "patternUnits=\"userSpaceOnUse\"><rect width=\"8\" height=\"8\" "
                      "fill=\"#%02x%02x%02x\"/>%s</pattern>",
                      number, i, (unsigned)fill.red, (unsigned)fill.green, (unsigned)fill.blue,
                      level_marks(of, i));
    }
    buffer_string(out, "</defs></svg>\n");
}

void chart_legend(buffer *out, chart_scale of, size_t number)
{
    buffer_string(out, "<ul class=\"legend\">");
    for (size_t i = 0; i < of.count; i++) {
        buffer_format(out,
                      "<li><svg aria-hidden=\"true\" viewBox=\"0 0 24 16\"><rect x=\".5\" "
                      "y=\".5\" width=\"23\" height=\"15\" fill=\"url(#s%zul%zu)\" "
                      "stroke=\"#1b1f24\"/></svg>",
                      number, i);
        html_string(out, of.labels[i]);
        buffer_string(out, "</li>");
    }
    buffer_string(out, "</ul>\n");
}

/* ---- Parts of a drawing ------------------------------------------------------------- */

/* "title" and "description" are what a screen reader says. */
static void chart_open(buffer *out, const char *id, const char *title, const char *description,
                       size_t height)
{
    buffer_format(out,
                  "<figure><svg class=\"chart\" role=\"img\" aria-labelledby=\"%s-title %s-text\" "
                  "viewBox=\"0 0 %d %zu\"><title id=\"%s-title\">",
                  id, id, WIDTH, height, id);
    html_string(out, title);
    buffer_format(out, "</title><desc id=\"%s-text\">", id);
    html_string(out, description);
    buffer_string(out, "</desc>\n");
}

static void chart_close(buffer *out)
{
    buffer_string(out, "</svg></figure>\n");
}

static void chart_label(buffer *out, const char *name, size_t y)
{
    buffer cut = {0};
    buffer_format(out, "<text x=\"%d\" y=\"%zu\" font-size=\"13\" text-anchor=\"end\">", LABEL - 12,
                  y + 15);
    if (terminal_length(text_of(name)) > LABEL_MOST) {
        terminal_padded(&cut, text_of(name), LABEL_MOST);
    } else {
        buffer_string(&cut, name);
    }
    html_flush(out, &cut);
    buffer_free(&cut);
    buffer_string(out, "</text>");
}

static bool is_dark(colour fill)
{
    return fill.red * 3 + fill.green * 6 + fill.blue < 1400;
}

/* One part of a bar; its count inside where it fits, with a rim of the part's own colour so that
 * the pattern does not disturb the digits. */
static void chart_part(buffer *out, chart_scale of, size_t number, size_t at, size_t from,
                       size_t to, size_t y, uint64_t count)
{
    colour fill = level_colour(of, at);
    buffer_format(out,
                  "<rect x=\"%zu\" y=\"%zu\" width=\"%zu\" height=\"%d\" fill=\"url(#s%zul%zu)\" "
                  "stroke=\"#1b1f24\" stroke-width=\".75\"/>",
                  from, y, to - from, THICK, number, at);
    if (to - from >= INSIDE_LEAST) {
        buffer_format(out,
                      "<text x=\"%zu\" y=\"%zu\" font-size=\"13\" font-weight=\"600\" "
                      "text-anchor=\"middle\" style=\"fill:%s;stroke:#%02x%02x%02x;"
                      "stroke-width:5px;stroke-linejoin:round;paint-order:stroke\">%llu</text>",
                      (from + to) / 2, y + 15, is_dark(fill) ? "#fff" : "#1b1f24",
                      (unsigned)fill.red, (unsigned)fill.green, (unsigned)fill.blue,
                      (unsigned long long)count);
    }
}

/* ---- Shares ----------------------------------------------------------------------------- */

static uint64_t bar_total(const chart_bar *bar)
{
    uint64_t total = 0;
    for (size_t i = 0; i < CHART_LEVELS; i++) {
        total += bar->counts[i];
    }
    return total;
}

static size_t scaled(uint64_t count, uint64_t of, size_t length)
{
    return of > 0 ? (size_t)((double)count / (double)of * (double)length + 0.5) : 0;
}

static void share_bar(buffer *out, const chart_bar *bar, size_t y, chart_scale of, size_t number)
{
    uint64_t total = bar_total(bar);
    uint64_t before = 0;
    chart_label(out, bar->name, y);
    for (size_t i = 0; i < of.count; i++) {
        size_t from = LABEL + scaled(before, total, BAR);
        before += bar->counts[i];
        size_t to = LABEL + scaled(before, total, BAR);
        if (to > from) {
            chart_part(out, of, number, i, from, to, y, bar->counts[i]);
        }
    }
    buffer_format(out, "<text x=\"%d\" y=\"%zu\" font-size=\"13\">n = %llu</text>\n",
                  LABEL + BAR + 12, y + 15, (unsigned long long)total);
}

void chart_shares(buffer *out, const char *id, const char *title, const chart_bar *bars,
                  size_t count, chart_scale of, size_t number)
{
    size_t shown = count < CHART_ROWS ? count : CHART_ROWS;
    chart_legend(out, of, number);
    chart_open(out, id, title,
               "Bars of equal length, one a row, cut into the share of each level, lowest level "
               "first. The table that follows has the numbers.",
               shown * ROW + 4);
    for (size_t i = 0; i < shown; i++) {
        share_bar(out, &bars[i], i * ROW + 4, of, number);
    }
    chart_close(out);
    if (shown < count) {
        buffer_format(out, "<p class=\"small\">The chart shows the first %zu of %zu rows; the "
                           "table has all of them.</p>\n",
                      shown, count);
    }
}

/* ---- Levels ------------------------------------------------------------------------------ */

void chart_levels(buffer *out, const char *id, const char *title, const uint64_t *counts,
                  chart_scale of, size_t number)
{
    uint64_t most = 1;
    uint64_t judged = 0;
    for (size_t i = 0; i < of.count; i++) {
        most = counts[i] > most ? counts[i] : most;
        judged += counts[i];
    }
    chart_open(out, id, title,
               "One bar for each level, as long as its number of records. The table that follows "
               "has the numbers.",
               of.count * ROW + 4);
    for (size_t i = of.count; i-- > 0;) {
        size_t y = (of.count - 1 - i) * ROW + 4;
        size_t length = scaled(counts[i], most, BAR);
        chart_label(out, of.labels[i], y);
        if (length > 0) {
            buffer_format(out,
                          "<rect x=\"%d\" y=\"%zu\" width=\"%zu\" height=\"%d\" "
                          "fill=\"url(#s%zul%zu)\" stroke=\"#1b1f24\" stroke-width=\".75\"/>",
                          LABEL, y, length, THICK, number, i);
        }
        buffer_format(out, "<text x=\"%zu\" y=\"%zu\" font-size=\"14\">%llu (%u%%)</text>\n",
                      LABEL + length + 10, y + 15, (unsigned long long)counts[i],
                      judged > 0 ? share_percent((double)counts[i] / (double)judged) : 0);
    }
    chart_close(out);
}
