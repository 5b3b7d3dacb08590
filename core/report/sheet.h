/* sheet.h - a short document written once, as terminal text, Markdown or HTML. */
#pragma once

#include "writing/buffer.h"
#include "report/report.h"

typedef struct {
    rubric_page_form form;
    buffer          *out;
} sheet;

void sheet_open(const sheet *to, const char *title);
void sheet_close(const sheet *to);

/* A heading of depth 2 or 3; the title is the one of depth 1. */
void sheet_heading(const sheet *to, unsigned depth, const char *words);

/* A paragraph. An empty one is left out; so is an empty item. */
void sheet_paragraph(const sheet *to, const char *words);

/* Items stand between the two calls. `label` may be "". */
void sheet_list_open(const sheet *to);
void sheet_item(const sheet *to, const char *label, const char *words);
void sheet_list_close(const sheet *to);
