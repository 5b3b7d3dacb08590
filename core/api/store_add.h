/* store_add.h - what is added to a store, kind by kind. Private to this room.
 *
 * Each adds all of a file or nothing of it, writes a line that adds up, and counts in `totals`. */
#pragma once

#include "api/page.h"

/* Audit records, which are graded. */
int store_add_audits(assay *session, const assay_input *input, const kept_cells *keep, page *out,
                     assay_add_totals *totals);

void add_totals(assay_add_totals *to, const assay_add_totals *more);
/* "audits.csv: rows 12 = added 10 + revised 1 + the same 1 + rejected 0" */
void say_totals(page *out, const char *of, const assay_add_totals *totals);

/* The other kinds, by their names: "planned", "indicators", "actions". */
typedef struct sheet_kind sheet_kind;
/* The kind of that name; NULL: none is. */
const sheet_kind *sheet_kind_named(const char *name);
/* The kind whose headings a file has; NULL: none. A file that cannot be opened is of none. */
const sheet_kind *sheet_kind_of(assay *session, const assay_input *input);

int store_add_sheet(assay *session, const sheet_kind *kind, const assay_input *input, page *out,
                    assay_add_totals *totals);
