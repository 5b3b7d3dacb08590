/* saved_csv.c - results as grading.md 9 has them. */
#include <stdlib.h>
#include <string.h>

#include "regression/saved.h"

enum { AUDIT_ID, RUBRIC, VERSION, JUDGEMENT, STATUS, LINE, AREA, SCORE, MARGIN, COVERAGE, LIMITED_BY, FIELDS };

static const char *const names[FIELDS] = {
    "audit_id", "rubric", "version",  "judgement", "status",    "line",
    "practice_area", "score",  "margin", "coverage",  "limited_by"};

/* The columns rating.ID; NULL where memory is out or the file cannot be opened. */
static const char **all_fields(const record_source *source, size_t *count, arena *memory,
                               error_list *errors)
{
    records     *input = records_open(source, NULL, errors);
    const size_t columns = input ? records_column_count(input) : 0;
    const char **fields = input ? arena_array(memory, FIELDS + columns, sizeof *fields) : NULL;

    *count = FIELDS;
    if (input && !fields)
        error_memory(errors);
    if (fields)
        memcpy(fields, names, sizeof names);
    for (size_t c = 0; fields && c < columns; c++) {
        const char *heading = records_heading(input, c);
        if (strncmp(heading, "rating.", 7) == 0 &&
            !(fields[(*count)++] = arena_text(memory, heading, strlen(heading)))) {
            error_memory(errors);
            fields = NULL;
        }
    }
    records_close(input);
    return fields;
}

/* A cell that a spreadsheet would run was written with an apostrophe before it. */
static const char *as_it_was(const char *written)
{
    return *written == '\'' && strchr("=+-@\t\r", written[1]) && written[1] ? written + 1
                                                                                    : written;
}

static bool add_row(saved_maker *maker, const records_sheet *sheet, const records_row *from,
                    const char **criteria, const char **ratings)
{
    size_t rated = 0;

    for (size_t f = FIELDS; f < sheet->field_count; f++)
        if (*from->cells[f]) {
            criteria[rated] = sheet->fields[f] + strlen("rating.");
            ratings[rated++] = from->cells[f];
        }
    return saved_add(maker, &(saved_row){
                                .audit_id = as_it_was(from->cells[AUDIT_ID]),
                                .input = "",
                                .area = as_it_was(from->cells[AREA]),
                                .team = "",
                                .rubric = from->cells[RUBRIC],
                                .version = from->cells[VERSION],
                                .judgement = from->cells[JUDGEMENT],
                                .status = from->cells[STATUS],
                                .limited_by = from->cells[LIMITED_BY],
                                .line = strtoull(from->cells[LINE], NULL, 10),
                                .score = saved_score(from->cells[SCORE]),
                                .margin = saved_score(from->cells[MARGIN]),
                                .coverage = (uint8_t)strtoul(from->cells[COVERAGE], NULL, 10),
                                .criteria = criteria,
                                .ratings = ratings,
                                .criterion_count = rated,
                            });
}

bool saved_read_csv(saved_maker *maker, const char *name, const char *bytes, size_t size,
                    error_list *errors)
{
    const record_source source = {.bytes = bytes, .size = size, .name = name};
    records_sheet       sheet = {0};
    arena               memory = {0};
    size_t              count;
    const char        **fields = all_fields(&source, &count, &memory, errors);
    const char        **criteria = calloc(count + 1, sizeof *criteria);
    const char        **ratings = calloc(count + 1, sizeof *ratings);
    bool fine = fields && criteria && ratings &&
                records_sheet_read(&sheet, &source, fields, STATUS + 1, count, errors);

    if (fields && (!criteria || !ratings))
        error_memory(errors);
    for (size_t r = 0; fine && r < sheet.count; r++) {
        if (sheet.rows[r].fault) {
            error_add(errors, FAULT_INPUT, name, sheet.rows[r].line, 0, "%s", sheet.rows[r].fault);
            fine = false;
        } else if (!saved_is_result(sheet.rows[r].cells[JUDGEMENT], sheet.rows[r].cells[STATUS])) {
            error_add(errors, FAULT_INPUT, name, sheet.rows[r].line, 0,
                      "is no row of a result: judgement \"%s\" with status \"%s\"; the file was cut off "
                      "or edited: grade again",
                      sheet.rows[r].cells[JUDGEMENT], sheet.rows[r].cells[STATUS]);
            fine = false;
        } else if (!add_row(maker, &sheet, &sheet.rows[r], criteria, ratings)) {
            fine = error_memory(errors);
        }
    }
    free(criteria);
    free(ratings);
    records_sheet_free(&sheet);
    arena_free(&memory);
    return fine;
}
