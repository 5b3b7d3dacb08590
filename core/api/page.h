/* page.h - lines of text for the library's caller. Private to this room. */
#pragma once

#include "api/session.h"

/* A page under way; `failed` once a piece could not be written. Start with {.to = ...}. */
typedef struct {
    caller_write to;
    bool         failed;
} page;

/* Adds to the page; `format` as printf. */
void page_say(page *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
