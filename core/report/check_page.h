/* check_page.h - what `records check` writes, and the shape of its lines: what is not as it should
 * be begins with "!" and is counted. Of records check. */
#pragma once

#include "writing/buffer.h"
#include "report/records_survey.h"

typedef struct {
    buffer                out;
    buffer                line; /* the paragraph that is being made */
    size_t                problems;
    const records        *input;
    const rubric         *only; /* NULL: each record by its practice area */
    const wants          *asked;
    const records_survey *found;
} check_page;

void check_page_free(check_page *page);

/* A heading after an empty line. */
void check_section(check_page *page, const char *heading);

/* Writes the line made so far as a paragraph that begins at character `indent`, and empties it. */
void check_end_line(check_page *page, size_t indent);

/* Likewise as a problem: "! " stands before character `indent`, which is 2 or more. */
void check_end_problem(check_page *page, size_t indent);

/* Adds "1 record", "1,200 records". */
void check_add_count(buffer *out, uint64_t count, const char *one, const char *many);

/* Adds "line 4", "lines 4 and 9", "lines 4, 9, 12, 13, 15 and 3 more". */
void check_add_lines(buffer *out, const places *where);

/* Adds "from 1 April 2026 to 30 June 2026", or "all on 1 April 2026". */
void check_add_days(buffer *out, int32_t first, int32_t last);

/* Adds the text in double quotes; "nothing" where it is empty. */
void check_add_quoted(buffer *out, const char *said);

/* "line 14: "31/02/2026"", a line each, and "and 3 more". */
void check_write_values(check_page *page, const places *where, size_t indent);

/* True where records of the input are read for that rubric. */
bool check_rubric_met(const check_page *page, size_t rubric);

/* The columns, each with what it is used for and what was found in it. */
void check_write_columns(check_page *page);

/* What results and rubrics ask for and no column has. */
void check_write_absent(check_page *page);
