#include "report/format.h"
#include "report/row.h"

#include <stdlib.h>

/* Rows are what a million records cost: text that does not change from one row to the next is
 * made once a batch, and nothing here is formatted by printf. */

/* True where a spreadsheet would run the cell as a formula. */
static bool cell_runs(text value)
{
    return value.size > 0 && (value.at[0] == '=' || value.at[0] == '+' || value.at[0] == '-' ||
                             value.at[0] == '@' || value.at[0] == '\t' || value.at[0] == '\r');
}

static bool cell_needs_quotes(text value)
{
    for (size_t i = 0; i < value.size; i++) {
        char byte = value.at[i];
        if (byte == '"' || byte == ',' || byte == '\n' || byte == '\r') {
            return true;
        }
    }
    return false;
}

/* A cell of text. One that a spreadsheet would run gets an apostrophe before it. */
static void csv_cell(buffer *out, text value)
{
    bool runs = cell_runs(value);
    if (!cell_needs_quotes(value)) {
        if (runs) {
            buffer_byte(out, '\'');
        }
        buffer_text(out, value);
        return;
    }
    buffer_byte(out, '"');
    if (runs) {
        buffer_byte(out, '\'');
    }
    for (size_t i = 0; i < value.size; i++) {
        if (value.at[i] == '"') {
            buffer_byte(out, '"');
        }
        buffer_byte(out, value.at[i]);
    }
    buffer_byte(out, '"');
}

/* ---- Columns of ratings ---------------------------------------------------- */

typedef struct {
    const char **ids; /* the criteria of all rubrics, each once, in rubric order */
    size_t       count;
} rating_columns;

static size_t column_of(const rating_columns *columns, const char *id)
{
    for (size_t i = 0; i < columns->count; i++) {
        if (strcmp(columns->ids[i], id) == 0) {
            return i;
        }
    }
    return SIZE_MAX;
}

/* False where memory is out. */
static bool rating_columns_make(const report_options *options, rating_columns *columns)
{
    *columns = (rating_columns){0};
    size_t most = 0;
    for (size_t i = 0; options->ratings && i < options->rating_rubric_count; i++) {
        most += options->rating_rubrics[i]->criterion_count;
    }
    if (most == 0) {
        return true;
    }
    columns->ids = calloc(most, sizeof *columns->ids);
    if (columns->ids == NULL) {
        return false;
    }
    for (size_t i = 0; i < options->rating_rubric_count; i++) {
        const rubric *held = options->rating_rubrics[i];
        for (size_t c = 0; c < held->criterion_count; c++) {
            if (column_of(columns, held->criteria[c].id) == SIZE_MAX) {
                columns->ids[columns->count++] = held->criteria[c].id;
            }
        }
    }
    return true;
}

/* ---- A batch ---------------------------------------------------------------- */

/* What the rows of one group have in common. */
typedef struct {
    text    prefix;                 /* ",rubric,version," */
    size_t  id_sizes[LEVELS_MAX];   /* of the level ids */
    size_t *criterion;              /* [column]: the criterion, or SIZE_MAX */
} group_text;

typedef struct {
    rating_columns columns;
    group_text    *groups;
    size_t        *criteria; /* [group][column] */
    buffer         prefixes;
} batch_text;

static void batch_text_free(batch_text *common)
{
    free(common->columns.ids);
    free(common->groups);
    free(common->criteria);
    buffer_free(&common->prefixes);
}

static void group_columns(const batch_text *common, const rubric *held, size_t *criteria)
{
    for (size_t i = 0; i < common->columns.count; i++) {
        criteria[i] = SIZE_MAX;
    }
    for (size_t c = 0; c < held->criterion_count; c++) {
        size_t place = column_of(&common->columns, held->criteria[c].id);
        if (place != SIZE_MAX) {
            criteria[place] = c;
        }
    }
}

/* Prefixes are put one after the other first: the buffer moves while it grows. */
static bool group_prefixes(batch_text *common, const graded_batch *batch)
{
    for (size_t g = 0; g < batch->group_count; g++) {
        const rubric *held = batch->groups[g].rubric;
        size_t        start = common->prefixes.size;
        buffer_byte(&common->prefixes, ',');
        csv_cell(&common->prefixes, text_of(held->id));
        buffer_byte(&common->prefixes, ',');
        csv_cell(&common->prefixes, text_of(held->version));
        buffer_byte(&common->prefixes, ',');
        common->groups[g].prefix.size = common->prefixes.size - start;
    }
    if (common->prefixes.failed) {
        return false;
    }
    const char *at = common->prefixes.bytes;
    for (size_t g = 0; g < batch->group_count; g++) {
        common->groups[g].prefix.at = at;
        at += common->groups[g].prefix.size;
    }
    return true;
}

static bool batch_text_make(const report_options *options, const graded_batch *batch,
                            batch_text *common)
{
    *common = (batch_text){0};
    if (!rating_columns_make(options, &common->columns)) {
        return false;
    }
    if (batch->group_count == 0) {
        return true;
    }
    size_t columns = common->columns.count;
    common->groups = calloc(batch->group_count, sizeof *common->groups);
    common->criteria = calloc(batch->group_count * columns + 1, sizeof *common->criteria);
    if (common->groups == NULL || common->criteria == NULL || !group_prefixes(common, batch)) {
        return false;
    }
    for (size_t g = 0; g < batch->group_count; g++) {
        const rubric *held = batch->groups[g].rubric;
        common->groups[g].criterion = common->criteria + g * columns;
        group_columns(common, held, common->groups[g].criterion);
        for (size_t l = 0; l < held->scale.count; l++) {
            common->groups[g].id_sizes[l] = strlen(held->scale.ids[l]);
        }
    }
    return true;
}

/* ---- A row -------------------------------------------------------------------- */

static void csv_limits(buffer *out, const graded_group *group, size_t k)
{
    if (!graded_limited(group, k)) {
        return;
    }
    const char *join = "";
    for (size_t c = 0; c < group->rubric->criterion_count; c++) {
        if (graded_limits(group, k, c)) {
            buffer_string(out, join);
            buffer_string(out, group->rubric->criteria[c].id);
            join = ";";
        }
    }
}

static void csv_requirements(buffer *out, const graded_group *group, size_t k, size_t *failed)
{
    if (group->stepped[k] == group->base[k]) {
        return; /* no step down, so nothing failed */
    }
    const rubric *held = group->rubric;
    size_t        count = graded_failed_requirements(group, k, failed);
    for (size_t i = 0; i < count; i++) {
        const requirement *needed = &held->requirements[failed[i]];
        if (i > 0) {
            buffer_byte(out, ';');
        }
        buffer_string(out, held->scale.ids[needed->of]);
        buffer_string(out, ":max_");
        buffer_string(out, held->scale.ids[needed->counted]);
    }
}

/* judgement to failed_requirements */
static void csv_judgement(buffer *out, const graded_batch *batch, size_t record,
                          const group_text *common, size_t *failed)
{
    const graded_group *group = row_group(batch, record);
    size_t              k = batch->place[record];
    if (row_judged(batch, record)) {
        level judged = batch->judgement[record];
        buffer_bytes(out, group->rubric->scale.ids[judged], common->id_sizes[judged]);
        buffer_byte(out, ',');
        buffer_thousandths(out, graded_score(group, k));
        buffer_byte(out, ',');
        buffer_thousandths(out, graded_margin(group, k));
        buffer_byte(out, ',');
        buffer_unsigned(out, batch->coverage[record]);
        buffer_byte(out, ',');
        level base = group->base[k];
        buffer_bytes(out, group->rubric->scale.ids[base], common->id_sizes[base]);
        buffer_byte(out, ',');
        csv_limits(out, group, k);
        buffer_byte(out, ',');
        csv_requirements(out, group, k, failed);
        return;
    }
    buffer_string(out, row_judgement(batch, record));
    buffer_bytes(out, ",,,", 3);
    if (batch->status[record] != STATUS_REJECTED) {
        buffer_unsigned(out, batch->coverage[record]);
    }
    buffer_bytes(out, ",,,", 3);
}

static void csv_ratings(buffer *out, const graded_batch *batch, size_t record,
                        const batch_text *common)
{
    const graded_group *group = row_group(batch, record);
    bool                rated = group != NULL && batch->status[record] != STATUS_REJECTED;
    for (size_t i = 0; i < common->columns.count; i++) {
        buffer_byte(out, ',');
        size_t c = rated ? common->groups[batch->group[record]].criterion[i] : SIZE_MAX;
        if (c != SIZE_MAX) {
            buffer_string(out,
                          row_rating(group->rubric, group->ratings[c][batch->place[record]]));
        }
    }
}

static void csv_row(buffer *out, const graded_batch *batch, size_t record,
                    const batch_text *common, size_t *failed)
{
    const group_text *of = NULL;
    buffer_unsigned(out, batch->line[record]);
    buffer_byte(out, ',');
    csv_cell(out, batch->audit_id[record]);
    buffer_byte(out, ',');
    csv_cell(out, batch->practice_area[record]);
    if (batch->group[record] != GROUP_NONE) {
        of = &common->groups[batch->group[record]];
        buffer_text(out, of->prefix);
    } else {
        buffer_bytes(out, ",,,", 3);
    }
    csv_judgement(out, batch, record, of, failed);
    buffer_byte(out, ',');
    buffer_string(out, row_status(batch, record));
    buffer_byte(out, ',');
    const char *detail = row_detail(batch, record);
    if (detail[0] != '\0') {
        csv_cell(out, text_of(detail));
    }
    csv_ratings(out, batch, record, common);
    buffer_byte(out, '\n');
}

static size_t most_requirements(const graded_batch *batch)
{
    size_t most = 0;
    for (size_t g = 0; g < batch->group_count; g++) {
        size_t count = batch->groups[g].rubric->requirement_count;
        most = count > most ? count : most;
    }
    return most;
}

static void csv_batch(const report_options *options, const graded_batch *batch, buffer *out)
{
    enum { USUAL_ROW = 128 };
    batch_text common;
    bool       made = batch_text_make(options, batch, &common);
    size_t    *failed = calloc(most_requirements(batch) + 1, sizeof *failed);
    if (made && failed != NULL && buffer_room(out, batch->count * USUAL_ROW)) {
        for (size_t record = 0; record < batch->count; record++) {
            csv_row(out, batch, record, &common, failed);
        }
    } else {
        out->failed = true;
    }
    free(failed);
    batch_text_free(&common);
}

static void csv_header(const report_options *options, buffer *out)
{
    buffer_string(out, "line,audit_id,practice_area,rubric,version,judgement,score,margin,coverage,"
                       "base,limited_by,failed_requirements,status,detail");
    rating_columns columns;
    if (!rating_columns_make(options, &columns)) {
        out->failed = true;
        return;
    }
    for (size_t i = 0; i < columns.count; i++) {
        buffer_string(out, ",rating.");
        buffer_string(out, columns.ids[i]);
    }
    buffer_byte(out, '\n');
    free(columns.ids);
}

const report_format format_csv = {
    .name = "csv", .begin = csv_header, .render = csv_batch, .between = ""};
