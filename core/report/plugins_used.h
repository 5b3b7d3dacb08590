/* plugins_used.h - the plugins that measured, and how each was kept from doing more. */
#pragma once

#include "report/report.h"

enum { ISOLATION_WORDS = 400 };

/* The next open plugin from *at on, which is moved behind it; NULL: there is none. `isolation` is
 * filled with what the kernel really applied. */
const manifest *plugins_used_next(const report_options *options, size_t *at,
                                  char isolation[ISOLATION_WORDS]);
