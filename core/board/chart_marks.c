#include "board/page.h"

/* Units of the drawing: it is scaled to the page's width. */
enum { WIDTH = 860, LEFT = 265, LENGTH = 430, VALUE = 715, ROW = 30, TOP = 22, AXIS = 26 };

static size_t place(double share)
{
    const double within = share < 0 ? 0 : share > 1 ? 1 : share;
    return LEFT + (size_t)(within * LENGTH + 0.5);
}

static void axis(buffer *out, size_t bottom)
{
    for (unsigned percent = 0; percent <= 100; percent += 20) {
        const size_t x = place(percent / 100.0);
        buffer_format(out,
                      "<path d=\"M%zu %dV%zu\" stroke=\"#c9ced4\"/><text x=\"%zu\" y=\"%zu\" "
                      "font-size=\"12\" text-anchor=\"middle\">%u%%</text>\n",
                      x, TOP, bottom, x, bottom + 16, percent);
    }
}

static void target_line(buffer *out, size_t bottom, double target)
{
    const size_t x = place(target);
    buffer_format(out,
                  "<path d=\"M%zu %dV%zu\" stroke=\"#1b1f24\" stroke-width=\"2\" "
                  "stroke-dasharray=\"6 4\"/><text x=\"%zu\" y=\"14\" font-size=\"13\" "
                  "font-weight=\"600\" text-anchor=\"%s\">local target %u%%</text>\n",
                  x, TOP - 4, bottom, x, target > 0.85 ? "end" : "middle", share_percent(target));
}

static void mark(buffer *out, const chart_mark *shown, size_t y)
{
    buffer_format(out, "<text x=\"%d\" y=\"%zu\" font-size=\"13\" text-anchor=\"end\">", LEFT - 12,
                  y + 5);
    html_string(out, shown->name);
    buffer_format(out,
                  "</text><path d=\"M%zu %zuH%zuM%zu %zuv12M%zu %zuv12\" stroke=\"#1b1f24\" "
                  "stroke-width=\"2\"/><circle cx=\"%zu\" cy=\"%zu\" r=\"6\" fill=\"%s\" "
                  "stroke=\"#1b1f24\" stroke-width=\"2\"/>",
                  place(shown->low), y, place(shown->high), place(shown->low), y - 6,
                  place(shown->high), y - 6, place(shown->share), y,
                  shown->hollow ? "#fff" : "#1b1f24");
    buffer_format(
        out,
        "<text x=\"%d\" y=\"%zu\" font-size=\"13\"><tspan font-weight=\"600\">%u%%</tspan>"
        " (%u%% to %u%%)</text>\n",
        VALUE, y + 5, share_percent(shown->share), share_percent(shown->low),
        share_percent(shown->high));
}

void chart_marks(buffer *out, const char *id, const char *title, const chart_mark *marks,
                 size_t count, double target)
{
    const size_t bottom = TOP + count * ROW + 8;

    buffer_format(out,
                  "<figure><svg class=\"chart\" role=\"img\" aria-labelledby=\"%s-title %s-text\" "
                  "viewBox=\"0 0 %d %zu\"><title id=\"%s-title\">",
                  id, id, WIDTH, bottom + AXIS, id);
    html_string(out, title);
    buffer_format(out, "</title><desc id=\"%s-text\">", id);
    for (size_t m = 0; m < count; m++) {
        html_string(out, marks[m].name);
        buffer_format(out, ": %u%%, between %u%% and %u%%. ", share_percent(marks[m].share),
                      share_percent(marks[m].low), share_percent(marks[m].high));
    }
    if (target >= 0)
        buffer_format(out, "The local target is %u%%.", share_percent(target));
    buffer_string(out, "</desc>\n");
    axis(out, bottom);
    if (target >= 0)
        target_line(out, bottom, target);
    for (size_t m = 0; m < count; m++)
        mark(out, &marks[m], TOP + m * ROW + 18);
    buffer_string(out, "</svg></figure>\n");
}
