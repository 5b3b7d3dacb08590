/* html_text.h - the pieces of a page: escaped text and the frame around it. */
#pragma once

#include "writing/buffer.h"

/* Text as it may stand between tags and in quoted attributes. Control characters become spaces. */
void html_text(buffer *out, text value);
void html_string(buffer *out, const char *value);

/* What was written to `plain`, escaped; empties `plain` for the next use. */
void html_flush(buffer *out, buffer *plain);

/* The head of a page, its style and the opening of <body> and <main>. */
void html_open(buffer *out, const char *title);
void html_close(buffer *out);

/* <td class="number">1,234</td> */
void html_count_cell(buffer *out, uint64_t count);

/* The style of every page: html_style.c. */
extern const char html_style[];
