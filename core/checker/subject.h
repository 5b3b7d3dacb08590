/* subject.h - the plugin under test, opened in the process of one test. Private to this room. */
#pragma once

#include "loader/loader.h"

typedef struct {
    struct library            *library;
    const struct assay_plugin *table; /* as the entry returned it; NULL: it refuses the host */
    const void                *entry; /* the address of the function */
} subject;

/* Loads the binary and calls its entry with `host`. False with a fault where it cannot be
 * loaded. What it returned is not checked. Close with subject_close(). */
bool subject_open(subject *out, const char *binary, const struct assay_host *host,
                  error_list *errors);
void subject_close(subject *subject);

/* A host as assay has it: ABI 1, no service. */
const struct assay_host *subject_host(void);
