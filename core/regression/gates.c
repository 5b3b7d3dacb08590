/* gates.c - how much may move before a check says that it is too much: NAME.gates.ini. */
#include <stdlib.h>
#include <string.h>

#include "base/ini.h"
#include "regression/baseline.h"
#include "regression/compare.h"

/* -1: no gate. */
typedef struct {
    const char *file;
    double      most_moved;  /* percent */
    double      step;        /* levels */
    double      area_points; /* percentage points */
    bool        leaves_lowest; /* false: no record may */
    bool        has_leaves;
    uint64_t    line_moved, line_step, line_leaves, line_area;
} gates;

static const char *const known[] = {"most_moved_percent", "largest_step", "leaves_lowest",
                                    "area_good_points"};

static double read_number(const ini_file *file, ini_section *section, const char *name,
                          uint64_t *line, error_list *errors)
{
    const ini_key *key = ini_key_of(section, name);
    double         value = -1;

    if (!key)
        return -1;
    *line = key->line;
    if (value_read(VALUE_NUMBER, text_of(key->value), NULL, &value) == COLUMN_VALUE && value >= 0)
        return value;
    error_add(errors, FAULT_USAGE, file->file, key->line, 0,
              "%s \"%s\" is not a number from 0 up; write one", name, key->value);
    return -1;
}

static bool read_gates(gates *out, const char *path, arena *memory, error_list *errors)
{
    const size_t faults = error_count(errors);
    ini_file     file = {0};

    if (!ini_read_file(&file, path, FAULT_USAGE, memory, errors))
        return false;
    ini_section *section = ini_find(&file, "gates");
    for (size_t s = 0; s < file.section_count; s++)
        if (&file.sections[s] != section)
            error_add(errors, FAULT_USAGE, path, file.sections[s].line, 0,
                      "[%s] is no section of gates; write [gates]", file.sections[s].name);
    *out = (gates){.file = path};
    out->most_moved = read_number(&file, section, known[0], &out->line_moved, errors);
    out->step = read_number(&file, section, known[1], &out->line_step, errors);
    out->area_points = read_number(&file, section, known[3], &out->line_area, errors);
    const ini_key *leaves = ini_key_of(section, known[2]);
    out->leaves_lowest = true;
    if (leaves) {
        out->line_leaves = leaves->line;
        out->has_leaves = true;
        out->leaves_lowest = text_same(text_of(leaves->value), text_of("yes"));
        if (!out->leaves_lowest && !text_same(text_of(leaves->value), text_of("no")))
            error_add(errors, FAULT_USAGE, path, leaves->line, 0,
                      "leaves_lowest \"%s\" is neither yes nor no; write one of them",
                      leaves->value);
    }
    if (section)
        ini_refuse_unused(&file, section, "gates", known, sizeof known / sizeof known[0],
                          FAULT_USAGE, errors);
    return error_count(errors) == faults;
}

static const char *shown_id(const move *of)
{
    return *of->to.audit_id ? of->to.audit_id : "a record without an id";
}

static int steps_of(const move *of)
{
    if (of->direction == MOVE_OTHER)
        return 0;
    const level onto = level_onto(of->to.by, of->to.outcome, of->from.by);
    return abs((int)onto - (int)of->from.outcome);
}

/* The first record that is too far, of how many. */
static void check_steps(const gates *by, const diff *found, error_list *broken)
{
    const move *worst = NULL;
    size_t      count = 0;

    for (size_t m = 0; by->step >= 0 && m < found->move_count; m++)
        if ((double)steps_of(&found->moves[m]) > by->step) {
            count++;
            worst = worst && steps_of(worst) >= steps_of(&found->moves[m]) ? worst : &found->moves[m];
        }
    if (worst)
        error_add(broken, FAULT_NOTICE, by->file, by->line_step, 0,
                  "gate largest_step is broken by %zu record%s: %s moves %s -> %s, %d levels", count,
                  count == 1 ? "" : "s", shown_id(worst), worst->from.word, worst->to.word,
                  steps_of(worst));
}

enum { LOWEST_SHOWN = 20 };

static void check_lowest(const gates *by, const diff *found, error_list *broken)
{
    size_t shown = 0;

    for (size_t m = 0; by->has_leaves && !by->leaves_lowest && m < found->move_count; m++)
        if (found->moves[m].leaves_lowest) {
            error_add(broken, FAULT_NOTICE, by->file, by->line_leaves, 0,
                      "gate leaves_lowest is broken by %s: %s -> %s", shown_id(&found->moves[m]),
                      found->moves[m].from.word, found->moves[m].to.word);
            if (++shown == LOWEST_SHOWN)
                break;
        }
}

static void check_moved(const gates *by, const diff *found, error_list *broken)
{
    const uint64_t moved = found->records - found->same;
    const move    *first = NULL;

    if (by->most_moved < 0 || found->records == 0 ||
        100.0 * (double)moved <= by->most_moved * (double)found->records)
        return;
    for (size_t m = 0; !first && m < found->move_count; m++)
        if (found->moves[m].moved)
            first = &found->moves[m];
    error_add(broken, FAULT_NOTICE, by->file, by->line_moved, 0,
              "gate most_moved_percent is broken: %llu of %llu records moved, the first is %s",
              (unsigned long long)moved, (unsigned long long)found->records,
              first ? shown_id(first) : "");
}

/* ---- The share of an area that is good or better -------------------------------------------- */

static bool is_good(const verdict *of)
{
    const size_t count = of->by ? of->by->level_count : 0;

    return of->outcome < count && of->outcome >= (count > 2 ? count - 2 : count - 1);
}

typedef struct {
    const char *area;
    uint64_t    before_good, before, after_good, after;
} area_share;

/* Graded records of each area; areas are few. */
static area_share *area_of(area_share *areas, size_t *count, const char *name)
{
    for (size_t a = 0; a < *count; a++)
        if (strcmp(areas[a].area, name) == 0)
            return &areas[a];
    if (*count == 250)
        return NULL;
    areas[*count] = (area_share){.area = name};
    return &areas[(*count)++];
}

static const char *area_name(const verdict *of)
{
    return of->by && of->by->rubric ? of->by->rubric->practice_area : of->area;
}

static bool check_areas(const gates *by, const diff *found, const verdict_list *before,
                        const verdict_list *after, error_list *broken)
{
    area_share *areas = calloc(250, sizeof *areas);
    size_t      count = 0, hint = 0;

    for (size_t i = 0; areas && i < before->count; i++) {
        const verdict *of = verdict_at(before, i, &hint);
        area_share    *area = of->outcome < LEVELS_MAX ? area_of(areas, &count, area_name(of)) : NULL;
        if (area) {
            area->before++;
            area->before_good += is_good(of);
        }
    }
    hint = 0;
    for (size_t i = 0; areas && i < after->count; i++) {
        const verdict *of = verdict_at(after, i, &hint);
        area_share    *area = of->outcome < LEVELS_MAX ? area_of(areas, &count, area_name(of)) : NULL;
        if (area) {
            area->after++;
            area->after_good += is_good(of);
        }
    }
    for (size_t a = 0; a < count; a++) {
        if (areas[a].before == 0 || areas[a].after == 0)
            continue;
        const double was = 100.0 * (double)areas[a].before_good / (double)areas[a].before;
        const double is = 100.0 * (double)areas[a].after_good / (double)areas[a].after;
        const move  *first = NULL;
        if ((is > was ? is - was : was - is) <= by->area_points)
            continue;
        for (size_t m = 0; !first && m < found->move_count; m++)
            if (strcmp(area_name(&found->moves[m].to), areas[a].area) == 0 &&
                is_good(&found->moves[m].from) != is_good(&found->moves[m].to))
                first = &found->moves[m];
        const unsigned tenths_was = (unsigned)(was * 10 + 0.5), tenths_is = (unsigned)(is * 10 + 0.5);
        error_add(broken, FAULT_NOTICE, by->file, by->line_area, 0,
                  "gate area_good_points is broken by %s: good or better %u.%u%% -> %u.%u%%; the "
                  "first record is %s",
                  areas[a].area, tenths_was / 10, tenths_was % 10, tenths_is / 10, tenths_is % 10,
                  first ? shown_id(first) : "one that came or went");
    }
    free(areas);
    return areas != NULL;
}

bool gates_check(const char *path, diff *found, const verdict_list *before,
                 const verdict_list *after, error_list *errors)
{
    arena memory = {0};
    gates by;
    bool  fine = read_gates(&by, path, &memory, errors);

    if (fine) {
        check_moved(&by, found, &found->broken);
        check_steps(&by, found, &found->broken);
        check_lowest(&by, found, &found->broken);
    }
    if (fine && by.area_points >= 0 &&
        (!check_areas(&by, found, before, after, &found->broken) || found->broken.out_of_memory))
        fine = error_memory(errors);
    arena_free(&memory);
    return fine;
}
