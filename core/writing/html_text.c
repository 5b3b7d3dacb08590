#include "writing/html_text.h"

#include <sodium.h>
#include <string.h>

/* U+FFFE or U+FFFF, which XML 1.0 (2.2) has no place for, not even as a reference. */
static bool is_no_character(text value, size_t i)
{
    return value.size - i >= 3 && memcmp(value.at + i, "\xEF\xBF", 2) == 0 &&
           (unsigned char)value.at[i + 2] >= 0xBE;
}

void html_text(buffer *out, text value)
{
    for (size_t i = 0; i < value.size; i++) {
        char byte = value.at[i];
        if (byte == '\xEF' && is_no_character(value, i)) {
            buffer_string(out, "\xEF\xBF\xBD"); /* U+FFFD */
            i += 2;
            continue;
        }
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
        bool          plain = byte >= 0x80 || byte == ' ' || (byte >= '0' && byte <= '9') ||
                     (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
        if (plain) {
            buffer_byte(out, (char)byte);
        } else {
            buffer_format(out, "\\%02x ", byte);
        }
    }
}

/* 'sha256-...': the one script that a policy names (Content Security Policy Level 3, 2.3.1). */
static void script_source(buffer *out, const char *script)
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    char text_of_hash[sodium_base64_ENCODED_LEN(sizeof hash, sodium_base64_VARIANT_ORIGINAL)];

    crypto_hash_sha256(hash, (const unsigned char *)script, strlen(script));
    sodium_bin2base64(text_of_hash, sizeof text_of_hash, hash, sizeof hash,
                      sodium_base64_VARIANT_ORIGINAL);
    buffer_string(out, "; script-src 'sha256-");
    buffer_string(out, text_of_hash);
    buffer_string(out, "'");
}

void html_open(buffer *out, const char *title)
{
    html_open_page(out, &(html_page){.title = title});
}

void html_open_page(buffer *out, const html_page *page)
{
    /* The policy makes sure of what is promised: the page loads nothing and runs nothing else. */
    buffer_string(out, "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta http-equiv=\"Content-Security-Policy\" "
                       "content=\"default-src 'none'; style-src 'unsafe-inline'");
    if (page->script)
        script_source(out, page->script);
    buffer_string(out, "\">\n<meta name=\"viewport\" "
                       "content=\"width=device-width, initial-scale=1\">\n<title>");
    html_string(out, page->title);
    buffer_string(out, "</title>\n<style>\n");
    buffer_string(out, html_style);
    if (page->style)
        buffer_string(out, page->style);
    buffer_string(out, "@page { @top-left { content: \"");
    css_string(out, page->title);
    buffer_string(out, "\"; } }\n</style>\n</head>\n<body>\n"
                       "<a class=\"skip\" href=\"#main\">Skip to the main content</a>\n");
}

void html_script(buffer *out, const char *script)
{
    buffer_string(out, "<script>");
    buffer_string(out, script);
    buffer_string(out, "</script>\n");
}

void html_close(buffer *out)
{
    buffer_string(out, "</body>\n</html>\n");
}

void html_count_cell(buffer *out, uint64_t count)
{
    buffer_string(out, "<td class=\"number\">");
    buffer_grouped(out, count);
    buffer_string(out, "</td>");
}
