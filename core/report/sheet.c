#include "report/sheet.h"

#include "writing/html_text.h"
#include "writing/terminal_text.h"

/* Text that Markdown shows as it stands. */
static void markdown_text(buffer *out, const char *words)
{
    for (; *words != '\0'; words++) {
        if (strchr("\\`*_[]<>|#", *words) != NULL) {
            buffer_byte(out, '\\');
        }
        buffer_byte(out, *words == '\n' || *words == '\r' ? ' ' : *words);
    }
}

static void underline(buffer *out, const char *words, char with)
{
    buffer_byte(out, '\n');
    terminal_repeat(out, with, terminal_length(text_of(words)));
    buffer_byte(out, '\n');
}

void sheet_open(const sheet *to, const char *title)
{
    switch (to->form) {
    case RUBRIC_PAGE_TEXT:
        terminal_plain(to->out, text_of(title));
        underline(to->out, title, '=');
        break;
    case RUBRIC_PAGE_MARKDOWN:
        buffer_string(to->out, "# ");
        markdown_text(to->out, title);
        buffer_byte(to->out, '\n');
        break;
    case RUBRIC_PAGE_HTML:
        html_open(to->out, title);
        buffer_string(to->out, "<header><h1>");
        html_string(to->out, title);
        buffer_string(to->out, "</h1></header>\n<main id=\"main\">\n");
        break;
    }
}

void sheet_close(const sheet *to)
{
    if (to->form == RUBRIC_PAGE_HTML) {
        buffer_string(to->out, "</main>\n");
        html_close(to->out);
    }
}

void sheet_heading(const sheet *to, unsigned depth, const char *words)
{
    switch (to->form) {
    case RUBRIC_PAGE_TEXT:
        buffer_byte(to->out, '\n');
        terminal_plain(to->out, text_of(words));
        if (depth == 2) {
            underline(to->out, words, '-');
        } else {
            buffer_byte(to->out, '\n');
        }
        break;
    case RUBRIC_PAGE_MARKDOWN:
        buffer_string(to->out, depth == 2 ? "\n## " : "\n### ");
        markdown_text(to->out, words);
        buffer_byte(to->out, '\n');
        break;
    case RUBRIC_PAGE_HTML:
        buffer_format(to->out, "<h%u>", depth);
        html_string(to->out, words);
        buffer_format(to->out, "</h%u>\n", depth);
        break;
    }
}

void sheet_paragraph(const sheet *to, const char *words)
{
    if (words[0] == '\0') {
        return;
    }
    switch (to->form) {
    case RUBRIC_PAGE_TEXT:
        buffer_byte(to->out, '\n');
        terminal_wrapped(to->out, text_of(words), 0, 0);
        break;
    case RUBRIC_PAGE_MARKDOWN:
        buffer_byte(to->out, '\n');
        markdown_text(to->out, words);
        buffer_byte(to->out, '\n');
        break;
    case RUBRIC_PAGE_HTML:
        buffer_string(to->out, "<p>");
        html_string(to->out, words);
        buffer_string(to->out, "</p>\n");
        break;
    }
}

void sheet_list_open(const sheet *to)
{
    buffer_string(to->out, to->form == RUBRIC_PAGE_HTML ? "<ul>\n" : "\n");
}

static void text_item(const sheet *to, const char *label, const char *words)
{
    buffer line = {0};
    buffer_string(&line, label);
    buffer_string(&line, label[0] != '\0' ? ": " : "");
    buffer_string(&line, words);
    buffer_string(to->out, "  - ");
    terminal_wrapped(to->out, (text){line.bytes, line.size}, 4, 4);
    to->out->failed = to->out->failed || line.failed;
    buffer_free(&line);
}

void sheet_item(const sheet *to, const char *label, const char *words)
{
    if (words[0] == '\0') {
        return;
    }
    switch (to->form) {
    case RUBRIC_PAGE_TEXT:
        text_item(to, label, words);
        break;
    case RUBRIC_PAGE_MARKDOWN:
        buffer_string(to->out, "- ");
        if (label[0] != '\0') {
            buffer_string(to->out, "**");
            markdown_text(to->out, label);
            buffer_string(to->out, ":** ");
        }
        markdown_text(to->out, words);
        buffer_byte(to->out, '\n');
        break;
    case RUBRIC_PAGE_HTML:
        buffer_string(to->out, "<li>");
        if (label[0] != '\0') {
            buffer_string(to->out, "<strong>");
            html_string(to->out, label);
            buffer_string(to->out, ":</strong> ");
        }
        html_string(to->out, words);
        buffer_string(to->out, "</li>\n");
        break;
    }
}

void sheet_list_close(const sheet *to)
{
    if (to->form == RUBRIC_PAGE_HTML) {
        buffer_string(to->out, "</ul>\n");
    }
}
