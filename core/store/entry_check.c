/* Whether an entry can be kept. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "store/entity.h"

/* Always false. */
static bool refuse(const entity *of, const field *at, const char *what, error_list *errors)
{
    error_add(errors, FAULT_USAGE, NULL, 0, 0, "%s: %s %s", of->name, at->name, what);
    return false;
}

static bool is_date(const char *value)
{
    char    written[DATE_TEXT_SIZE];
    int32_t day;

    if (!date_read(value, strlen(value), &day))
        return false;
    date_write(day, written);
    return strcmp(written, value) == 0;
}

static bool is_month(const char *value)
{
    char whole[DATE_TEXT_SIZE];

    if (strlen(value) != sizeof "2026-03" - 1)
        return false;
    memcpy(whole, value, sizeof "2026-03" - 1);
    memcpy(whole + sizeof "2026-03" - 1, "-01", sizeof "-01");
    return is_date(whole);
}

static bool check_text(const entity *of, const void *entry, const field *at, error_list *errors)
{
    const char *value = entry_text(entry, at);

    if (!*value && (at->marks & FIELD_NEEDED))
        return refuse(of, at, "is empty; say what it is", errors);
    if (!text_is_utf8(value, strlen(value)))
        return refuse(of, at, "is not UTF-8; write it as UTF-8", errors);
    if (at->type == FIELD_DATE && *value && !is_date(value))
        return refuse(of, at, "is not a date; write it as 2026-03-31", errors);
    if (at->type == FIELD_MONTH && !is_month(value))
        return refuse(of, at, "is not a month; write it as 2026-03", errors);
    return true;
}

static bool check_list(const entity *of, const void *entry, const field *at, error_list *errors)
{
    const store_list *list = (const store_list *)(const void *)((const char *)entry + at->at);

    for (size_t i = 0; i < list->count; i++) {
        const char *id = list->items[i];
        if (!id || !*id || strchr(id, '|') || !text_is_utf8(id, strlen(id)))
            return refuse(of, at, "has an item that is no id; leave out what is empty or has a |",
                          errors);
    }
    return true;
}

static bool names_differ(store_pair *sorted, size_t count)
{
    qsort(sorted, count, sizeof *sorted, pair_by_name);
    for (size_t i = 1; i < count; i++)
        if (strcmp(sorted[i - 1].name, sorted[i].name) == 0)
            return false;
    return true;
}

static bool check_pairs(const entity *of, const void *entry, const field *at, error_list *errors)
{
    const store_pairs *pairs = (const store_pairs *)(const void *)((const char *)entry + at->at);
    bool               rising = true;

    for (size_t i = 0; i < pairs->count; i++) {
        const store_pair *pair = &pairs->items[i];
        if (!pair->name || !*pair->name || !pair->value ||
            !text_is_utf8(pair->name, strlen(pair->name)) ||
            !text_is_utf8(pair->value, strlen(pair->value)))
            return refuse(of, at, "has a name or a value that is no text", errors);
        rising &= i == 0 || strcmp(pairs->items[i - 1].name, pair->name) < 0;
    }
    if (rising)
        return true;

    store_pair *sorted = malloc(pairs->count * sizeof *sorted);
    if (!sorted)
        return error_memory(errors);
    memcpy(sorted, pairs->items, pairs->count * sizeof *sorted);
    const bool differ = names_differ(sorted, pairs->count);
    free(sorted);
    return differ || refuse(of, at, "names something twice; name it once", errors);
}

static bool check_number(const entity *of, const void *entry, const field *at, error_list *errors)
{
    const char *member = (const char *)entry + at->at;

    if (at->type == FIELD_REAL && !isfinite(*(const double *)(const void *)member))
        return refuse(of, at, "is not a number", errors);
    if (at->type == FIELD_WHOLE && (at->marks & FIELD_NEEDED) &&
        *(const int64_t *)(const void *)member < 1)
        return refuse(of, at, "is not 1 or more", errors);
    return true;
}

bool entry_check(const entity *of, const void *entry, error_list *errors)
{
    bool fine = true;

    for (size_t f = 0; f < of->count; f++) {
        const field *at = &of->fields[f];
        switch (at->type) {
        case FIELD_TEXT:
        case FIELD_DATE:
        case FIELD_MONTH:
            fine &= check_text(of, entry, at, errors);
            break;
        case FIELD_LIST:
            fine &= check_list(of, entry, at, errors);
            break;
        case FIELD_PAIRS:
            fine &= check_pairs(of, entry, at, errors);
            break;
        case FIELD_WHOLE:
        case FIELD_REAL:
        case FIELD_FLAG:
            fine &= check_number(of, entry, at, errors);
            break;
        }
    }
    return fine;
}
