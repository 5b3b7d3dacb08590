#include "report/records_check.h"

#include "report/check_page.h"

enum { UNREADABLE_SHOWN = 20 };

/* ---- The file ------------------------------------------------------------------- */

static const char *delimiter_name(char delimiter)
{
    return delimiter == ';' ? "semicolons" : delimiter == '\t' ? "tabs" : "commas";
}

static void write_unreadable(check_page *page)
{
    const places *bad = &page->found->unreadable;
    const size_t  shown = bad->kept < UNREADABLE_SHOWN ? bad->kept : UNREADABLE_SHOWN;
    if (bad->count == 0) {
        return;
    }
    check_add_count(&page->line, bad->count, "record", "records");
    buffer_string(&page->line, " cannot be read");
    check_end_problem(page, 2);
    for (size_t i = 0; i < shown; i++) {
        buffer_string(&page->line, "line ");
        buffer_unsigned(&page->line, bad->first[i].line);
        buffer_string(&page->line, ": ");
        buffer_string(&page->line, bad->first[i].said);
        check_end_line(page, 4);
    }
    if (bad->count > shown) {
        buffer_string(&page->line, "and ");
        buffer_grouped(&page->line, bad->count - shown);
        buffer_string(&page->line, " more");
        check_end_line(page, 4);
    }
}

static void write_empty(check_page *page)
{
    const places *empty = &page->found->empty;
    if (empty->count == 0) {
        return;
    }
    check_add_count(&page->line, empty->count, "row has", "rows have");
    buffer_string(&page->line, " nothing in any cell: ");
    check_add_lines(&page->line, empty);
    buffer_string(&page->line, "; delete empty rows");
    check_end_problem(page, 2);
}

/* "2 records have no audit_id: lines 4 and 9; give each record its own" */
static void write_ids_at(check_page *page, const places *where, const char *one, const char *many)
{
    if (where->count > 0) {
        check_add_count(&page->line, where->count, one, many);
        check_add_lines(&page->line, where);
        buffer_string(&page->line, "; give each record its own");
        check_end_problem(page, 2);
    }
}

static void write_ids(check_page *page)
{
    const records_survey *found = page->found;
    write_ids_at(page, &found->id_missing, "record has no audit_id: ",
                 "records have no audit_id: ");
    write_ids_at(page, &found->id_repeated, "record has the audit_id of an earlier one: ",
                 "records have the audit_id of an earlier one: ");
    if (found->ids.full) {
        buffer_string(&page->line, "after ");
        buffer_grouped(&page->line, REPEATS_MAX);
        buffer_string(&page->line, " different ones, audit_ids new to the file were not "
                                   "remembered: whether they repeat was not looked at");
        check_end_line(page, 2);
    }
}

static void write_file(check_page *page)
{
    const records_survey *found = page->found;
    const uint64_t        encoding = records_windows_1252_line(page->input);
    buffer_string(&page->line, records_name(page->input));
    check_end_line(page, 0);
    check_add_count(&page->line, found->rows, "record", "records");
    buffer_string(&page->line, " of ");
    check_add_count(&page->line, records_column_count(page->input), "column", "columns");
    buffer_string(&page->line, ", separated by ");
    buffer_string(&page->line, delimiter_name(records_delimiter(page->input)));
    if (found->rows == 0) {
        check_end_problem(page, 2);
    } else {
        check_end_line(page, 2);
    }
    if (found->dated) {
        buffer_string(&page->line, "audit dates ");
        check_add_days(&page->line, found->first_date, found->last_date);
        check_end_line(page, 2);
    }
    if (encoding > 0) {
        buffer_string(&page->line,
                      "some cells are not UTF-8 and were read as Windows-1252, the first "
                      "on line ");
        buffer_unsigned(&page->line, encoding);
        buffer_string(&page->line, "; save the file as \"CSV UTF-8\" to be sure of every letter");
        check_end_line(page, 2);
    }
    write_unreadable(page);
    write_empty(page);
    write_ids(page);
}

/* ---- Practice areas ---------------------------------------------------------------- */

static bool same_area(const rubric *a, const rubric *b)
{
    return text_same_name(text_of(a->practice_area), text_of(b->practice_area));
}

/* True for the first rubric of each practice area. */
static bool begins_area(const check_page *page, size_t number)
{
    const rubric_wants *all = page->asked->rubrics;
    for (size_t r = 0; r < number; r++) {
        if (same_area(all[r].rubric, all[number].rubric)) {
            return false;
        }
    }
    return true;
}

/* "plans: 40 records; plans 2025.1 grades 10, plans 2026.1 grades 29, no rubric grades 1" */
static void write_area(check_page *page, const rubric *first)
{
    const records_survey *found = page->found;
    uint64_t              all = 0;
    uint64_t              graded = 0;
    for (size_t r = 0; r < page->asked->rubric_count; r++) {
        if (same_area(page->asked->rubrics[r].rubric, first)) {
            all += found->looked_at[r];
            graded += found->graded[r];
        }
    }
    if (all == 0) {
        return;
    }
    buffer_string(&page->line, first->practice_area);
    buffer_string(&page->line, ": ");
    check_add_count(&page->line, all, "record", "records");
    const char *joint = "; ";
    for (size_t r = 0; r < page->asked->rubric_count; r++) {
        const rubric *held = page->asked->rubrics[r].rubric;
        if (same_area(held, first) && found->graded[r] > 0) {
            buffer_format(&page->line, "%s%s %s grades ", joint, held->id, held->version);
            buffer_grouped(&page->line, found->graded[r]);
            joint = ", ";
        }
    }
    if (graded < all) {
        buffer_string(&page->line, joint);
        buffer_string(&page->line, "no rubric grades ");
        buffer_grouped(&page->line, all - graded);
    }
    check_end_line(page, 2);
}

/* "write assessments, care_leavers or plans" */
static void add_known_areas(check_page *page)
{
    const char *joint = "write ";
    for (size_t r = 0; r < page->asked->rubric_count; r++) {
        if (begins_area(page, r)) {
            buffer_string(&page->line, joint);
            buffer_string(&page->line, page->asked->rubrics[r].rubric->practice_area);
            joint = ", ";
        }
    }
    buffer_string(&page->line, page->asked->rubric_count > 0 ? ", or name" : "name");
    buffer_string(&page->line, " the rubric with --rubric");
}

static const char *nearest_area(const check_page *page, const char *said)
{
    const char *near[2] = {NULL, NULL};
    for (size_t r = 0; r < page->asked->rubric_count; r++) {
        near[1] = page->asked->rubrics[r].rubric->practice_area;
        near[0] = text_nearest(text_of(said), near, 2);
    }
    return near[0];
}

static void write_unknown_area(check_page *page, const distinct *area)
{
    const char *near = nearest_area(page, area->said);
    check_add_quoted(&page->line, area->said);
    buffer_string(&page->line, ": ");
    check_add_count(&page->line, area->count, "record", "records");
    buffer_string(&page->line, ", the first on line ");
    buffer_unsigned(&page->line, area->first_line);
    buffer_string(&page->line, "; no rubric has this practice area; ");
    if (near != NULL) {
        buffer_format(&page->line, "did you mean \"%s\"?", near);
    } else {
        add_known_areas(page);
    }
    check_end_problem(page, 2);
}

static void write_areas_without_rubric(check_page *page)
{
    const records_survey  *found = page->found;
    const distinct_values *unknown = &found->area_unknown;
    for (size_t i = 0; i < unknown->count; i++) {
        write_unknown_area(page, &unknown->kept[i]);
    }
    if (unknown->others > 0) {
        check_add_count(&page->line, unknown->others, "record", "records");
        buffer_string(&page->line,
                      " of still other practice areas without a rubric, the first on line ");
        buffer_unsigned(&page->line, unknown->others_first_line);
        check_end_problem(page, 2);
    }
    if (found->area_missing.count > 0 &&
        records_find(page->input, text_of("practice_area")) != COLUMN_NONE) {
        check_add_count(&page->line, found->area_missing.count, "record names", "records name");
        buffer_string(&page->line, " no practice area: ");
        check_add_lines(&page->line, &found->area_missing);
        buffer_string(&page->line, "; ");
        add_known_areas(page);
        check_end_problem(page, 2);
    }
}

static void write_no_area_column(check_page *page)
{
    if (records_find(page->input, text_of("practice_area")) == COLUMN_NONE) {
        buffer_string(&page->line,
                      "no column says what was audited; name the columns with a column "
                      "map (--columns), or the rubric with --rubric");
        check_end_line(page, 2);
    }
}

static void write_dates(check_page *page)
{
    const records_survey *found = page->found;
    if (page->only == NULL && found->date_missing.count > 0 &&
        records_find(page->input, text_of("audit_date")) != COLUMN_NONE) {
        check_add_count(&page->line, found->date_missing.count, "record has", "records have");
        buffer_string(&page->line, " no audit date: ");
        check_add_lines(&page->line, &found->date_missing);
        check_end_problem(page, 2);
    }
    if (found->date_invalid.count > 0) {
        check_add_count(&page->line, found->date_invalid.count, "audit date", "audit dates");
        buffer_string(&page->line, " cannot be read as a date; ");
        buffer_string(&page->line, date_remedy(text_of(found->date_invalid.first[0].said)));
        check_end_problem(page, 2);
        check_write_values(page, &found->date_invalid, 6);
    }
    if (found->date_early.count > 0) {
        check_add_count(&page->line, found->date_early.count, "audit date is", "audit dates are");
        buffer_string(&page->line,
                      " before the first rubric of the practice area; correct the date, "
                      "or add a rubric that was in force then");
        check_end_problem(page, 2);
        check_write_values(page, &found->date_early, 6);
    }
}

static void write_areas(check_page *page)
{
    check_section(page, "Practice areas and rubrics");
    if (page->only != NULL) {
        buffer_format(&page->line, "every record is graded by %s %s", page->only->id,
                      page->only->version);
        check_end_line(page, 2);
    } else {
        for (size_t r = 0; r < page->asked->rubric_count; r++) {
            if (begins_area(page, r)) {
                write_area(page, page->asked->rubrics[r].rubric);
            }
        }
        write_areas_without_rubric(page);
        write_no_area_column(page);
    }
    write_dates(page);
    for (size_t r = 0; r < page->asked->rubric_count; r++) {
        const rubric *held = page->asked->rubrics[r].rubric;
        if (check_rubric_met(page, r) && held->unusable != NULL) {
            buffer_format(&page->line, "%s %s cannot grade: %s", held->id, held->version,
                          held->unusable);
            check_end_problem(page, 2);
        }
    }
}

/* ---- The page ------------------------------------------------------------------------ */

static void write_page(check_page *page)
{
    write_file(page);
    write_areas(page);
    check_write_columns(page);
    check_write_absent(page);
    buffer_byte(&page->out, '\n');
    if (page->problems == 0) {
        buffer_string(&page->out, "no problems found\n");
    } else {
        check_add_count(&page->out, page->problems, "problem found\n", "problems found\n");
    }
}

bool records_check(records *input, const rubric_library *library, const rubric *only,
                   report_write write, void *user, bool *found, error_list *errors)
{
    const rubric *const *rubrics = only != NULL ? &only : (const rubric *const *)library->rubrics;
    const size_t         count = only != NULL ? 1 : library->rubric_count;
    wants                asked = {0};
    records_survey       survey = {0};
    bool                 done = false;
    if (!wants_make(&asked, input, rubrics, count)) {
        error_memory(errors);
    } else if (records_survey_take(&survey, input, &asked, only != NULL ? NULL : library, errors)) {
        check_page page = {.input = input, .only = only, .asked = &asked, .found = &survey};
        write_page(&page);
        if (page.out.failed || page.line.failed) {
            error_memory(errors);
        } else {
            done = write(user, page.out.bytes, page.out.size);
        }
        *found = page.problems > 0;
        check_page_free(&page);
    }
    records_survey_free(&survey);
    wants_free(&asked);
    return done;
}
