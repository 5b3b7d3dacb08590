#include <stdlib.h>
#include <string.h>

#include "report/row.h"
#include "report/tally_parts.h"
#include "report/tally_table.h"

static bool reason_put(tally *counted, const char *reason, uint64_t count)
{
    for (size_t i = 0; i < counted->reason_count; i++) {
        if (strcmp(counted->reasons[i].reason, reason) == 0) {
            counted->reasons[i].count += count;
            return true;
        }
    }
    if (counted->reason_count >= TALLY_REASONS) {
        counted->other_reasons += count;
        return true;
    }
    if (counted->reasons == NULL) {
        counted->reasons = calloc(TALLY_REASONS, sizeof *counted->reasons);
        if (counted->reasons == NULL) {
            return false;
        }
    }
    char *copy = text_copy(text_of(reason));
    if (copy == NULL) {
        return false;
    }
    counted->reasons[counted->reason_count++] = (tally_reason){copy, count};
    return true;
}

/* What two details of one kind have in common: the text without what is quoted in it. */
static char *reason_of(const char *detail)
{
    size_t size = strlen(detail);
    char  *reason = malloc(size + 4 * (size / 2) + 1); /* "" may become "..." */
    if (reason == NULL) {
        return NULL;
    }
    char *to = reason;
    while (*detail != '\0') {
        const char *end = *detail == '"' ? strchr(detail + 1, '"') : NULL;
        if (end != NULL) {
            memcpy(to, "\"...\"", 5);
            to += 5;
            detail = end + 1;
        } else {
            *to++ = *detail++;
        }
    }
    *to = '\0';
    return reason;
}

static bool rejected_put(tally *counted, const tally_rejected *seen)
{
    if (counted->rejected_count >= TALLY_REJECTED) {
        return true;
    }
    if (counted->rejected_count == counted->rejected_capacity) {
        enum { FIRST = 8 };
        size_t capacity = counted->rejected_capacity > 0 ? counted->rejected_capacity * 2 : FIRST;
        tally_rejected *grown = realloc(counted->rejected, capacity * sizeof *grown);
        if (grown == NULL) {
            return false;
        }
        counted->rejected = grown;
        counted->rejected_capacity = capacity;
    }
    tally_rejected copy = {text_copy(text_of(seen->input)), seen->line,
                           text_copy(text_of(seen->audit_id)), text_copy(text_of(seen->detail))};
    if (copy.input == NULL || copy.audit_id == NULL || copy.detail == NULL) {
        free(copy.input);
        free(copy.audit_id);
        free(copy.detail);
        return false;
    }
    counted->rejected[counted->rejected_count++] = copy;
    return true;
}

bool tally_put_rejected(tally *into, const tally *from)
{
    for (size_t i = 0; i < from->rejected_count; i++) {
        if (!rejected_put(into, &from->rejected[i])) {
            return false;
        }
    }
    for (size_t i = 0; i < from->reason_count; i++) {
        if (!reason_put(into, from->reasons[i].reason, from->reasons[i].count)) {
            return false;
        }
    }
    into->other_reasons += from->other_reasons;
    return true;
}

bool tally_rejected_record(tally *counted, const graded_batch *batch, size_t record)
{
    char *detail = text_copy(text_of(row_detail(batch, record)));
    char *input = text_copy(text_of(batch->input));
    char *id = text_copy(batch->audit_id[record]);
    char *reason = detail != NULL ? reason_of(detail) : NULL;
    bool  fine = input != NULL && id != NULL && reason != NULL &&
                rejected_put(counted, &(tally_rejected){input, batch->line[record], id, detail}) &&
                reason_put(counted, reason, 1);
    free(reason);
    free(id);
    free(input);
    free(detail);
    return fine;
}
