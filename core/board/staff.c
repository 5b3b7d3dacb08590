#include "board/facts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One figure of the store whose indicator the file has. */
typedef struct {
    char        month[8];
    const char *team;
    size_t      indicator;
    double      value;
} staff_entry;

typedef struct {
    board_facts *facts;
    staff_entry *entries;
    size_t       count;
    size_t       capacity;
    bool         out_of_memory;
} staff_reading;

static bool keep(staff_reading *reading, const store_indicator *given, size_t indicator)
{
    if (reading->count == reading->capacity) {
        const size_t capacity = reading->capacity ? 2 * reading->capacity : 128;
        staff_entry *more = reallocarray(reading->entries, capacity, sizeof *more);
        if (!more)
            return false;
        reading->entries = more;
        reading->capacity = capacity;
    }
    const char *team = arena_text(&reading->facts->memory, given->team, strlen(given->team));
    if (!team)
        return false;
    staff_entry *made = &reading->entries[reading->count++];
    *made = (staff_entry){.team = team, .indicator = indicator, .value = given->value};
    memcpy(made->month, given->month, sizeof made->month - 1);
    return true;
}

static bool take_indicator(void *user, const store_stamp *stamp, const store_indicator *given)
{
    staff_reading   *reading = user;
    const workforce *known = reading->facts->asked->workforce;
    size_t           i = 0;
    (void)stamp;

    while (i < known->count &&
           !text_same_name(text_of(known->indicators[i].id), text_of(given->name)))
        i++;
    if (i == known->count || strlen(given->month) != strlen("2026-03") || !isfinite(given->value)) {
        reading->facts->staff.unnamed++;
        return true;
    }
    reading->out_of_memory = !keep(reading, given, i);
    return !reading->out_of_memory;
}

/* ---- By team and month ------------------------------------------------------------- */

static int by_team(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int by_month(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* Each team and month once, sorted. */
static bool list_names(staff_reading *reading)
{
    board_staff *staff = &reading->facts->staff;
    arena       *memory = &reading->facts->memory;

    staff->teams = arena_array(memory, reading->count, sizeof *staff->teams);
    staff->months = arena_array(memory, reading->count, sizeof *staff->months);
    if (!staff->teams || !staff->months)
        return false;
    for (size_t e = 0; e < reading->count; e++) {
        staff->teams[e] = reading->entries[e].team;
        memcpy(staff->months[e], reading->entries[e].month, sizeof *staff->months);
    }
    qsort(staff->teams, reading->count, sizeof *staff->teams, by_team);
    qsort(staff->months, reading->count, sizeof *staff->months, by_month);
    for (size_t e = 0; e < reading->count; e++) {
        if (e == 0 || strcmp(staff->teams[e], staff->teams[staff->team_count - 1]) != 0)
            staff->teams[staff->team_count++] = staff->teams[e];
        if (e == 0 || strcmp(staff->months[e], staff->months[staff->month_count - 1]) != 0)
            memmove(staff->months[staff->month_count++], staff->months[e], sizeof *staff->months);
    }
    return true;
}

static size_t cell_of(const board_facts *facts, size_t team, size_t month, size_t indicator)
{
    return (team * facts->staff.month_count + month) * facts->asked->workforce->count + indicator;
}

static bool fill(staff_reading *reading)
{
    board_facts *facts = reading->facts;
    board_staff *staff = &facts->staff;
    size_t       room;

    if (__builtin_mul_overflow(staff->team_count, staff->month_count, &room) ||
        __builtin_mul_overflow(room, facts->asked->workforce->count, &room))
        return false;
    staff->figures = arena_array(&facts->memory, room, sizeof *staff->figures);
    for (size_t e = 0; staff->figures && e < reading->count; e++) {
        const staff_entry *entry = &reading->entries[e];
        const char       **team =
            bsearch(&entry->team, staff->teams, staff->team_count, sizeof *staff->teams, by_team);
        const char(*month)[8] = bsearch(entry->month, staff->months, staff->month_count,
                                        sizeof *staff->months, by_month);
        staff->figures[cell_of(facts, (size_t)(team - staff->teams),
                               (size_t)(month - staff->months), entry->indicator)] =
            (board_figure){true, entry->value};
    }
    return staff->figures != NULL;
}

board_figure facts_figure(const board_facts *facts, size_t team, size_t month, size_t indicator)
{
    return facts->staff.figures[cell_of(facts, team, month, indicator)];
}

bool facts_read_staff(store *from, board_facts *facts, error_list *errors)
{
    staff_reading reading = {.facts = facts};
    char          first[DATE_TEXT_SIZE];

    /* A month counts from its first day on. */
    memcpy(first, facts->from, sizeof first);
    memcpy(first + strlen("2026-03"), "-01", sizeof "-01");
    const store_filter filter = {.from = first, .to = facts->to};
    bool               fine = store_each_indicator(from, &filter, take_indicator, &reading, errors);
    if (fine && (reading.out_of_memory ||
                 (reading.count > 0 && (!list_names(&reading) || !fill(&reading)))))
        fine = error_memory(errors);
    free(reading.entries);
    return fine;
}
