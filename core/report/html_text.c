#include "report/html_text.h"

#include "report/wilson.h"

void html_text(buffer *out, text value)
{
    for (size_t i = 0; i < value.size; i++) {
        char byte = value.at[i];
        switch (byte) {
        case '&':
            buffer_string(out, "&amp;");
            break;
        case '<':
            buffer_string(out, "&lt;");
            break;
        case '>':
            buffer_string(out, "&gt;");
            break;
        case '"':
            buffer_string(out, "&quot;");
            break;
        case '\'':
            buffer_string(out, "&#39;");
            break;
        default:
            buffer_byte(out, (unsigned char)byte < 0x20 || byte == 0x7F ? ' ' : byte);
        }
    }
}

void html_string(buffer *out, const char *value)
{
    html_text(out, text_of(value));
}

void html_flush(buffer *out, buffer *plain)
{
    html_text(out, (text){plain->bytes, plain->size});
    out->failed = out->failed || plain->failed;
    plain->size = 0;
}

/* A string of CSS: everything but letters, digits, spaces and what is not ASCII is escaped. */
static void css_string(buffer *out, const char *value)
{
    for (; *value != '\0'; value++) {
        unsigned char byte = (unsigned char)*value;
        bool plain = byte >= 0x80 || byte == ' ' || (byte >= '0' && byte <= '9') ||
                     (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
        if (plain) {
            buffer_byte(out, (char)byte);
        } else {
            buffer_format(out, "\\%02x ", byte);
        }
    }
}

void html_open(buffer *out, const char *title)
{
    /* The policy makes sure of what is promised: the page loads nothing and runs nothing. */
    buffer_string(out, "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta http-equiv=\"Content-Security-Policy\" "
                       "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                       "<title>");
    html_string(out, title);
    buffer_string(out, "</title>\n<style>\n");
    buffer_string(out, html_style);
    buffer_string(out, "@page { @top-left { content: \"");
    css_string(out, title);
    buffer_string(out, "\"; } }\n</style>\n</head>\n<body>\n"
                       "<a class=\"skip\" href=\"#main\">Skip to the main content</a>\n");
}

void html_close(buffer *out)
{
    buffer_string(out, "</body>\n</html>\n");
}

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

void html_count_cell(buffer *out, uint64_t count)
{
    buffer_string(out, "<td class=\"number\">");
    buffer_grouped(out, count);
    buffer_string(out, "</td>");
}

void html_good_cells(buffer *out, uint64_t good, uint64_t judged)
{
    if (judged == 0) {
        buffer_string(out, "<td class=\"number\">none graded</td><td class=\"number\">none</td>");
        return;
    }
    interval sure = wilson(good, judged);
    buffer_string(out, "<td class=\"number\"><strong>");
    html_share(out, good, judged);
    buffer_string(out, "</strong> of ");
    buffer_grouped(out, judged);
    buffer_format(out, "</td><td class=\"number\">%u%% to %u%%</td>", share_percent(sure.low),
                  share_percent(sure.high));
}
