#include <stdio.h>

#include "base/date.h"
#include "report/row.h"
#include "report/tally_parts.h"
#include "report/tally_table.h"

static size_t record_outcome(const graded_batch *batch, size_t record)
{
    if (batch->status[record] == STATUS_REJECTED) {
        return OUTCOME_REJECTED;
    }
    if (batch->status[record] == STATUS_INSUFFICIENT) {
        return OUTCOME_INSUFFICIENT;
    }
    return batch->judgement[record] < LEVELS_MAX ? batch->judgement[record] : OUTCOME_NONE;
}

/* "2026-04", or "" where there is no date. */
static size_t month_write(int32_t day, char *out, size_t size)
{
    if (day == DATE_NONE) {
        return 0;
    }
    int32_t year;
    int32_t month;
    date_month(day, &year, &month);
    int length = snprintf(out, size, "%04d-%02d", (int)year, (int)month);
    return length > 0 && (size_t)length < size ? (size_t)length : 0;
}

/* The practice area that a record counts under. A rejected one's may be any text of a broken row,
 * a child's name among them: it counts only where it is that of the rubric. */
static text record_area(const graded_batch *batch, size_t record)
{
    const graded_group *group = row_group(batch, record);
    text                written = batch->practice_area[record];
    if (batch->status[record] != STATUS_REJECTED) {
        return written;
    }
    bool known = group != NULL && text_same_name(written, text_of(group->rubric->practice_area));
    return known ? written : text_of("");
}

static bool record_count(tally *counted, const graded_batch *batch, size_t record)
{
    const graded_group *group = row_group(batch, record);
    tally_scale        *of = tally_scale_of(counted, group != NULL ? group->rubric : NULL);
    if (of == NULL) {
        return false;
    }
    text   id = batch->audit_id[record];
    size_t outcome = record_outcome(batch, record);
    char   month[32];
    text   names[DIMENSIONS] = {
          [BY_PRACTICE_AREA] = record_area(batch, record),
          [BY_TEAM] = batch->team[record],
          [BY_JUDGEMENT_AREA] = text_of(group != NULL ? group->rubric->judgement_area : ""),
          [BY_MONTH] = {month, month_write(batch->audit_date[record], month, sizeof month)}};
    for (size_t i = 0; i < DIMENSIONS; i++) {
        /* No bound: batches are small, and a name dropped here could be one that is kept. */
        tally_row *row = table_row(&of->by[i], names[i], SIZE_MAX);
        if (row == NULL || !id_list_put(&row->outcomes[outcome], id, batch->line[record])) {
            return false;
        }
    }
    level auditor = batch->auditor_grade[record];
    if (outcome < LEVELS_MAX && auditor < LEVELS_MAX &&
        !id_list_put(&of->agreement[auditor][outcome], id, batch->line[record])) {
        return false;
    }
    tally_see_dates(counted, batch->audit_date[record], batch->audit_date[record]);
    return id_list_put(&of->outcomes[outcome], id, batch->line[record]) &&
           (outcome != OUTCOME_REJECTED || tally_rejected_record(counted, batch, record));
}

static bool criterion_rated(tally_criterion *seen, const graded_batch *batch,
                            const graded_group *group, size_t k)
{
    size_t  record = group->rows[k];
    uint8_t rating = group->ratings[seen->criterion][k];
    bool    limited = row_judged(batch, record) && graded_limited(group, k) &&
                   graded_limits(group, k, seen->criterion);
    bool under = rating < tally_good_level(&group->rubric->scale);
    if (rating < LEVELS_MAX) {
        seen->rated[rating]++;
    } else if (rating == RATING_MISSING) {
        seen->missing++;
    } else if (rating == RATING_NOT_DUE) {
        seen->not_due++;
    } else {
        seen->not_applicable++;
    }
    uint64_t line = batch->line[record];
    text     id = batch->audit_id[record];
    return (!(limited || under) || id_list_put(&seen->held, id, line)) &&
           (!limited || id_list_put(&seen->limited, id, line));
}

/* Records without a judgement hold nothing down: only graded ones count. */
static bool group_count(tally *counted, const graded_batch *batch, const graded_group *group)
{
    tally_rubric *seen = tally_rubric_of(counted, group->rubric);
    if (seen == NULL) {
        return false;
    }
    for (size_t k = 0; k < group->count; k++) {
        uint8_t status = batch->status[group->rows[k]];
        seen->records++;
        seen->graded += status == STATUS_GRADED;
        seen->insufficient += status == STATUS_INSUFFICIENT;
        if (status != STATUS_GRADED) {
            continue;
        }
        for (size_t c = 0; c < group->rubric->criterion_count; c++) {
            if (!criterion_rated(&seen->criteria[c], batch, group, k)) {
                return false;
            }
        }
    }
    return true;
}

bool tally_batch(tally *counted, const graded_batch *batch)
{
    counted->records += batch->count;
    for (size_t record = 0; record < batch->count; record++) {
        if (!record_count(counted, batch, record)) {
            return false;
        }
    }
    for (size_t g = 0; g < batch->group_count; g++) {
        if (!group_count(counted, batch, &batch->groups[g])) {
            return false;
        }
    }
    return true;
}
