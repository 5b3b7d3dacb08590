#include <stdlib.h>

#include "writing/csv_text.h"
#include "report/format.h"
#include "report/row.h"

/* Rows are what a million records cost: text that does not change from one row to the next is
 * made once a batch, and nothing here is formatted by printf. */

/* Bytes of a row that does not grow: line, score, margin, coverage, commas, status. */
enum { ROW_FIXED = 128 };

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
    text    prefix;             /* ",rubric,version," */
    piece   levels[LEVELS_MAX]; /* "good," */
    size_t *criterion;          /* [column]: the criterion, or SIZE_MAX */
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
            common->groups[g].levels[l] = piece_of(held->scale.ids[l]);
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

/* line to version */
static char *put_record(char *at, const graded_batch *batch, size_t record, text prefix)
{
    at = put_digits(at, batch->line[record]);
    *at++ = ',';
    at = put_cell(at, batch->audit_id[record]);
    *at++ = ',';
    at = put_cell(at, batch->practice_area[record]);
    memcpy(at, prefix.at, prefix.size);
    return at + prefix.size;
}

/* judgement to base */
static char *put_judgement(char *at, const graded_group *group, size_t k, level judged,
                           uint8_t coverage, const group_text *common)
{
    at = put_piece(at, &common->levels[judged]);
    at = put_thousandths(at, graded_score(group, k));
    at = put_thousandths(at, graded_margin(group, k));
    at = put_digits(at, coverage);
    *at++ = ',';
    return put_piece(at, &common->levels[group->base[k]]);
}

/* judgement to failed_requirements of a record that has no level */
static void csv_no_judgement(buffer *out, const graded_batch *batch, size_t record)
{
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

/* ",graded,": status, and the comma before detail. */
static void csv_status(buffer *out, uint8_t status)
{
    if (status == STATUS_GRADED) {
        buffer_bytes(out, ",graded,", 8); /* nearly every row: a copy of known length */
    } else if (status == STATUS_REJECTED) {
        buffer_bytes(out, ",rejected,", 10);
    } else {
        buffer_bytes(out, ",insufficient_evidence,", 23);
    }
}

static void csv_row(buffer *out, const graded_batch *batch, size_t record,
                    const batch_text *common, size_t *failed)
{
    static const text   no_rubric = {",,,", 3};
    const graded_group *group = row_group(batch, record);
    const group_text   *of = group != NULL ? &common->groups[batch->group[record]] : NULL;
    text                prefix = of != NULL ? of->prefix : no_rubric;
    size_t              k = batch->place[record];
    size_t              most = ROW_FIXED + 2 * sizeof(piece) + prefix.size +
                  cell_most(batch->audit_id[record]) + cell_most(batch->practice_area[record]);
    if (!buffer_room(out, most)) {
        return;
    }
    char *at = put_record(out->bytes + out->size, batch, record, prefix);
    if (row_judged(batch, record)) {
        at = put_judgement(at, group, k, batch->judgement[record], batch->coverage[record], of);
        out->size = (size_t)(at - out->bytes);
        csv_limits(out, group, k);
        buffer_byte(out, ',');
        csv_requirements(out, group, k, failed);
    } else {
        out->size = (size_t)(at - out->bytes);
        csv_no_judgement(out, batch, record);
    }
    csv_status(out, batch->status[record]);
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
