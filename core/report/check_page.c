#include "report/check_page.h"

#include "report/names.h"
#include "writing/terminal_text.h"

enum { LINES_SHOWN = 5, VALUES_SHOWN = 5 };

void check_page_free(check_page *page)
{
    buffer_free(&page->out);
    buffer_free(&page->line);
}

void check_section(check_page *page, const char *heading)
{
    buffer_byte(&page->out, '\n');
    buffer_string(&page->out, heading);
    buffer_byte(&page->out, '\n');
}

static void end_paragraph(check_page *page, size_t indent)
{
    terminal_wrapped(&page->out, (text){page->line.bytes, page->line.size}, indent, indent + 2);
    page->line.size = 0;
}

void check_end_line(check_page *page, size_t indent)
{
    terminal_repeat(&page->out, ' ', indent);
    end_paragraph(page, indent);
}

void check_end_problem(check_page *page, size_t indent)
{
    page->problems++;
    terminal_repeat(&page->out, ' ', indent - 2);
    buffer_string(&page->out, "! ");
    end_paragraph(page, indent);
}

void check_add_count(buffer *out, uint64_t count, const char *one, const char *many)
{
    buffer_grouped(out, count);
    buffer_byte(out, ' ');
    buffer_string(out, count == 1 ? one : many);
}

void check_add_lines(buffer *out, const places *where)
{
    const size_t   shown = where->kept < LINES_SHOWN ? where->kept : LINES_SHOWN;
    const uint64_t others = where->count - shown;
    buffer_string(out, where->count == 1 ? "line " : "lines ");
    for (size_t i = 0; i < shown; i++) {
        const bool last = i + 1 == shown && others == 0;
        buffer_string(out, i == 0 ? "" : last ? " and " : ", ");
        buffer_unsigned(out, where->first[i].line);
    }
    if (others > 0) {
        buffer_string(out, " and ");
        buffer_grouped(out, others);
        buffer_string(out, " more");
    }
}

void check_add_days(buffer *out, int32_t first, int32_t last)
{
    buffer_string(out, first == last ? "all on " : "from ");
    name_of_day(out, first);
    if (first != last) {
        buffer_string(out, " to ");
        name_of_day(out, last);
    }
}

void check_add_quoted(buffer *out, const char *said)
{
    if (said[0] == '\0') {
        buffer_string(out, "nothing");
        return;
    }
    buffer_byte(out, '"');
    buffer_string(out, said);
    buffer_byte(out, '"');
}

void check_write_values(check_page *page, const places *where, size_t indent)
{
    const size_t shown = where->kept < VALUES_SHOWN ? where->kept : VALUES_SHOWN;
    for (size_t i = 0; i < shown; i++) {
        buffer_string(&page->line, "line ");
        buffer_unsigned(&page->line, where->first[i].line);
        buffer_string(&page->line, ": ");
        check_add_quoted(&page->line, where->first[i].said);
        check_end_line(page, indent);
    }
    if (where->count > shown) {
        buffer_string(&page->line, "and ");
        buffer_grouped(&page->line, where->count - shown);
        buffer_string(&page->line, " more");
        check_end_line(page, indent);
    }
}

bool check_rubric_met(const check_page *page, size_t number)
{
    return page->found->looked_at[number] > 0;
}
