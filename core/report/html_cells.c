#include "report/html_cells.h"

#include "writing/share.h"
#include "writing/html_text.h"

void html_ids(buffer *out, const id_list *ids)
{
    const char *id = ids->bytes;
    buffer_string(out, "<ul class=\"ids\">");
    for (uint32_t i = 0; i < ids->kept; i++) {
        buffer_string(out, "<li>");
        html_string(out, id);
        buffer_string(out, "</li>");
        id += strlen(id) + 1;
    }
    if (ids->total > ids->kept) {
        buffer_string(out, "<li>and ");
        buffer_grouped(out, ids->total - ids->kept);
        buffer_string(out, " more</li>");
    }
    buffer_string(out, "</ul>");
}

void html_share(buffer *out, uint64_t count, uint64_t of)
{
    buffer_format(out, "%u%%", of > 0 ? share_percent((double)count / (double)of) : 0);
}

void html_good_cells(buffer *out, uint64_t good, uint64_t judged)
{
    if (judged == 0) {
        buffer_string(out, "<td class=\"number\">none graded</td><td class=\"number\">none</td>");
        return;
    }
    interval sure = share_interval(good, judged);
    buffer_string(out, "<td class=\"number\"><strong>");
    html_share(out, good, judged);
    buffer_string(out, "</strong> of ");
    buffer_grouped(out, judged);
    buffer_format(out, "</td><td class=\"number\">%u%% to %u%%</td>", share_percent(sure.low),
                  share_percent(sure.high));
}
