/* cases.c - reading what the cases of a rubric expect. */
#include "kit/cases.h"

#include <stdlib.h>
#include <string.h>

/* The columns of a case, before one for each criterion. */
enum { CASE_NAME, CASE_AUDIT_ID, CASE_JUDGEMENT, CASE_STATUS, CASE_LIMITED_BY, CASE_RATINGS };

static const char *const headings[CASE_RATINGS] = {"case", "audit_id", "expected_judgement",
                                                   "expected_status", "expected_limited_by"};
static const char *const statuses[] = {"graded", "insufficient_evidence", "rejected"};
static const char        rating_prefix[] = "expected_rating.";

enum { STATUSES = sizeof statuses / sizeof *statuses, HEADING_SIZE = 64 };

/* One file of cases being read. */
typedef struct {
    const char   *file;
    const rubric *held;
    arena        *memory;
    error_list   *errors;
    size_t       *columns; /* [CASE_RATINGS + criterion]: of the input, or COLUMN_NONE */
    column       *texts;   /* likewise */
    size_t        count;
    bool         *named; /* [criterion] */
    const char  **ids;   /* [criterion] */
} case_reader;

/* ---- One cell ------------------------------------------------------------------ */

static bool refuse(const case_reader *reader, uint64_t line, size_t slot, const char *what,
                   text said, const char *nearest, const char *remedy)
{
    error_add(reader->errors, FAULT_RUBRIC, reader->file, line, reader->columns[slot] + 1,
              "\"%.*s\" is not %s; %s%s%s%s", (int)(said.size < 60 ? said.size : 60), said.at, what,
              nearest ? "did you mean \"" : "", nearest ? nearest : "", nearest ? "\"? Else " : "",
              remedy);
    return false;
}

/* The level that a cell names, by any of its spellings, or NULL. */
static const char *level_named(const rubric *held, text said)
{
    const int found = spelling_find(held->scale.spellings, said);
    return found == SPELLING_NONE ? NULL : held->scale.ids[found];
}

static const char *word_named(const char *const *words, size_t count, text said)
{
    for (size_t w = 0; w < count; w++)
        if (text_same_name(text_of(words[w]), said))
            return words[w];
    return NULL;
}

static void read_judgement(const case_reader *reader, text said, expectation *out)
{
    static const char *const others[] = {"none", "not_graded"};

    if (said.size == 0) {
        error_add(reader->errors, FAULT_RUBRIC, reader->file, out->line, 0,
                  "the case says no expected_judgement; write a level, none or not_graded, or "
                  "remove the row");
        return;
    }
    out->judgement = word_named(others, 2, said);
    if (!out->judgement)
        out->judgement = level_named(reader->held, said);
    if (!out->judgement)
        refuse(reader, out->line, CASE_JUDGEMENT, "a judgement", said,
               text_nearest(said, reader->held->scale.ids, reader->held->scale.count),
               "write a level of the rubric, none or not_graded");
}

static void read_status(const case_reader *reader, text said, expectation *out)
{
    if (said.size == 0)
        return;
    out->status = word_named(statuses, STATUSES, said);
    if (!out->status)
        refuse(reader, out->line, CASE_STATUS, "a status", said,
               text_nearest(said, statuses, STATUSES),
               "write graded, insufficient_evidence or rejected");
}

static void read_rating(const case_reader *reader, size_t criterion_index, text said,
                        expectation *out)
{
    static const char *const others[] = {"missing", "not_applicable"};

    if (said.size == 0)
        return;
    const char *rating = word_named(others, 2, said);
    if (!rating)
        rating = level_named(reader->held, said);
    if (!rating)
        refuse(reader, out->line, CASE_RATINGS + criterion_index, "a rating", said,
               text_nearest(said, reader->held->scale.ids, reader->held->scale.count),
               "write a level of the rubric, missing or not_applicable");
    out->ratings[criterion_index] = rating;
}

const char *criteria_joined(const rubric *held, const bool *named, arena *memory)
{
    size_t size = sizeof "none";
    for (size_t c = 0; c < held->criterion_count; c++)
        size += named[c] ? strlen(held->criteria[c].id) + 1 : 0;

    char *joined = arena_array(memory, size, 1);
    if (!joined)
        return NULL;
    for (size_t c = 0; c < held->criterion_count; c++)
        if (named[c]) {
            strcat(joined, *joined ? ";" : "");
            strcat(joined, held->criteria[c].id);
        }
    return *joined ? joined : "none";
}

/* "a; b": ids of criteria in any order, or "none". False where memory is out. */
static bool read_limited_by(const case_reader *reader, text said, expectation *out)
{
    const size_t count = reader->held->criterion_count;

    if (said.size == 0)
        return true;
    memset(reader->named, 0, count * sizeof *reader->named);
    for (text rest = said; rest.size > 0 && !text_same_name(said, text_of("none"));) {
        const char  *end = memchr(rest.at, ';', rest.size);
        const size_t size = end ? (size_t)(end - rest.at) : rest.size;
        const text   id = text_trim((text){rest.at, size});
        const size_t found = rubric_find_criterion(reader->held, id);

        rest = (text){rest.at + size + (end != NULL), rest.size - size - (end != NULL)};
        if (found != SIZE_MAX)
            reader->named[found] = true;
        else
            refuse(reader, out->line, CASE_LIMITED_BY, "a criterion of the rubric", id,
                   text_nearest(id, reader->ids, count),
                   "write the ids of criteria separated by ; or none");
    }
    out->limited_by = criteria_joined(reader->held, reader->named, reader->memory);
    return out->limited_by != NULL;
}

/* ---- The rows ------------------------------------------------------------------- */

static expectation *add(expectations *out)
{
    if (out->count == out->capacity) {
        const size_t capacity = out->capacity * 2 + 32;
        expectation *more = realloc(out->items, capacity * sizeof *more);
        if (!more)
            return NULL;
        out->items = more;
        out->capacity = capacity;
    }
    return &out->items[out->count++];
}

static bool read_row(const case_reader *reader, const chunk *from, size_t row, expectations *out)
{
    const uint64_t line = chunk_line(from, row);
    const size_t   criteria = reader->held->criterion_count;
    expectation   *one;

    if (from->fault[row] != RECORD_WHOLE) {
        error_add(reader->errors, FAULT_RUBRIC, reader->file, line, from->fault_cell[row], "%s",
                  record_fault_text(from->fault[row]));
        return true;
    }
    text name = reader->texts[CASE_NAME].texts[row];
    if (name.size == 0)
        name = reader->texts[CASE_AUDIT_ID].texts[row];
    one = add(out);
    if (!one)
        return false;
    *one = (expectation){
        .line = line,
        .name = arena_text(reader->memory, name.at, name.size),
        .ratings = arena_array(reader->memory, criteria, sizeof *one->ratings),
    };
    if (!one->name || !one->ratings)
        return false;
    read_judgement(reader, reader->texts[CASE_JUDGEMENT].texts[row], one);
    read_status(reader, reader->texts[CASE_STATUS].texts[row], one);
    for (size_t c = 0; c < criteria; c++)
        read_rating(reader, c, reader->texts[CASE_RATINGS + c].texts[row], one);
    return read_limited_by(reader, reader->texts[CASE_LIMITED_BY].texts[row], one);
}

static bool read_chunk(const case_reader *reader, chunk *from, expectations *out)
{
    if (!chunk_cut(from))
        return false;
    uint32_t *rows = calloc(from->count + 1, sizeof *rows);
    bool      fine = rows != NULL;

    for (size_t i = 0; fine && i < from->count; i++)
        rows[i] = (uint32_t)i;
    for (size_t s = 0; fine && s < reader->count; s++)
        fine = column_decode(&reader->texts[s], from, rows, from->count);
    for (size_t i = 0; fine && i < from->count; i++)
        fine = read_row(reader, from, i, out);
    free(rows);
    return fine;
}

static bool read_rows(case_reader *reader, records *input, expectations *out)
{
    bool          fine = records_select(input, reader->columns, reader->count);
    records_state state = RECORDS_FAILED;

    for (size_t s = 0; fine && s < reader->count; s++)
        fine = column_init(&reader->texts[s], input, s, VALUE_TEXT, NULL);
    if (!fine)
        return error_memory(reader->errors);
    chunk *from = chunk_new(input, reader->errors);
    if (!from)
        return false;
    while ((state = records_next(input, from, reader->errors)) == RECORDS_MORE)
        if (!read_chunk(reader, from, out)) {
            state = RECORDS_FAILED;
            error_memory(reader->errors);
            break;
        }
    chunk_free(from);
    if (state == RECORDS_END && out->count == 0 && error_count(reader->errors) == 0)
        error_add(reader->errors, FAULT_RUBRIC, reader->file, 0, 0,
                  "the file holds no cases; add a row for each");
    return state == RECORDS_END;
}

/* ---- The columns ------------------------------------------------------------------ */

/* The heading folded, NUL-ended; "" where it is too long to be one of ours. */
static void fold_heading(const char *heading, char out[HEADING_SIZE])
{
    const size_t size = text_fold_name(text_of(heading), out, HEADING_SIZE - 1);
    out[size <= HEADING_SIZE - 1 ? size : 0] = '\0';
}

/* A heading that begins with "expected_" and is none of ours is a slip that would test nothing. */
static void check_heading(const case_reader *reader, const records *input, size_t number)
{
    static const char prefix[] = "expected_";
    const char       *heading = records_heading(input, number);
    char              folded[HEADING_SIZE];

    fold_heading(heading, folded);
    if (strncmp(folded, prefix, sizeof prefix - 1) != 0)
        return;
    for (size_t s = 0; s < reader->count; s++)
        if (reader->columns[s] == number)
            return;
    const bool  rating = strncmp(folded, rating_prefix, sizeof rating_prefix - 1) == 0;
    const char *nearest = rating ? text_nearest(text_of(folded + sizeof rating_prefix - 1),
                                                reader->ids, reader->held->criterion_count)
                                 : text_nearest(text_of(folded), headings, CASE_RATINGS);
    error_add(reader->errors, FAULT_RUBRIC, reader->file, 1, number + 1,
              "\"%s\" is not a column of a case; %s%s%s%s%s", heading,
              nearest ? "did you mean \"" : "", nearest && rating ? rating_prefix : "",
              nearest ? nearest : "", nearest ? "\"? Else " : "",
              rating ? "name a criterion of the rubric after the full stop"
                     : "take expected_judgement, expected_status, expected_limited_by or "
                       "expected_rating.CRITERION");
}

static bool find_columns(case_reader *reader, const records *input)
{
    for (size_t s = 0; s < CASE_RATINGS; s++)
        reader->columns[s] = records_find(input, text_of(headings[s]));
    for (size_t c = 0; c < reader->held->criterion_count; c++) {
        char heading[HEADING_SIZE] = "";
        strcat(heading, rating_prefix);
        strncat(heading, reader->ids[c], sizeof heading - sizeof rating_prefix);
        reader->columns[CASE_RATINGS + c] = records_find(input, text_of(heading));
    }
    for (size_t n = 0; n < records_column_count(input); n++)
        check_heading(reader, input, n);
    if (reader->columns[CASE_JUDGEMENT] == COLUMN_NONE)
        error_add(reader->errors, FAULT_RUBRIC, reader->file, 1, 0,
                  "the file has no column expected_judgement; add it, and say what each case "
                  "should be judged");
    return error_count(reader->errors) == 0;
}

bool expectations_read(expectations *out, const char *file, const rubric *held, arena *memory,
                       error_list *errors)
{
    const size_t before = error_count(errors);
    error_list   found = {0};
    case_reader  reader = {
         .file = file,
         .held = held,
         .memory = memory,
         .errors = &found,
         .count = CASE_RATINGS + held->criterion_count,
    };
    const record_source source = {.path = file};

    reader.columns = calloc(reader.count, sizeof *reader.columns);
    reader.texts = calloc(reader.count, sizeof *reader.texts);
    reader.named = calloc(held->criterion_count + 1, sizeof *reader.named);
    reader.ids = calloc(held->criterion_count + 1, sizeof *reader.ids);
    if (reader.columns && reader.texts && reader.named && reader.ids) {
        for (size_t c = 0; c < held->criterion_count; c++)
            reader.ids[c] = held->criteria[c].id;
        records *input = records_open(&source, NULL, &found);
        if (input && find_columns(&reader, input))
            read_rows(&reader, input, out);
        for (size_t s = 0; s < reader.count; s++)
            column_free(&reader.texts[s]);
        records_close(input);
    } else {
        error_memory(&found);
    }
    free(reader.columns);
    free(reader.texts);
    free(reader.named);
    free(reader.ids);
    error_append(errors, &found);
    error_clear(&found);
    return error_count(errors) == before;
}

void expectations_free(expectations *expected)
{
    free(expected->items);
    *expected = (expectations){0};
}
