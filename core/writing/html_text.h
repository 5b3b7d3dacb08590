/* html_text.h - the pieces of a page: escaped text and the frame around it. */
#pragma once

#include "writing/buffer.h"

/* Text as it may stand between tags and in quoted attributes, of HTML and of XML. Control characters become
 * spaces, U+FFFE and U+FFFF U+FFFD. */
void html_text(buffer *out, text value);
void html_string(buffer *out, const char *value);

/* What was written to `plain`, escaped; empties `plain` for the next use. */
void html_flush(buffer *out, buffer *plain);

/* A page beyond its title: what of these is NULL it does without. */
typedef struct {
    const char *title;
    const char *style;  /* CSS behind the style of every page */
    const char *script; /* the one script that the page may run: written by html_script() */
} html_page;

/* The head of a page, its style and the opening of <body>. The page's policy lets it load nothing
 * and run nothing but the script. */
void html_open(buffer *out, const char *title);
void html_open_page(buffer *out, const html_page *page);
void html_script(buffer *out, const char *script);
void html_close(buffer *out);

/* <td class="number">1,234</td> */
void html_count_cell(buffer *out, uint64_t count);

/* The style of every page: html_style.c. */
extern const char html_style[];
