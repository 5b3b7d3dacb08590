/* calendar.c - working days counted up once, so that a span of them is one subtraction. */
#include "base/calendar.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/ini.h"
#include "base/text.h"

static const char *const section_names[] = {"calendar", "holidays"};
static const char *const key_names[] = {"id", "title", "source", "first", "last", "note"};

enum {
    SECTION_NAMES = sizeof section_names / sizeof section_names[0],
    KEY_NAMES = sizeof key_names / sizeof key_names[0],
    DAYS_A_WEEK = 7
};

/* 1 January 1970 was a Thursday; Monday is 0. */
static bool is_weekend(int32_t day)
{
    const int32_t weekday = ((day + 3) % DAYS_A_WEEK + DAYS_A_WEEK) % DAYS_A_WEEK;
    return weekday >= 5;
}

/* A date as yyyy-mm-dd and in no other form: a calendar is read by people as well, in order. */
static bool read_day(const char *written, int32_t *day)
{
    char again[DATE_TEXT_SIZE];
    if (!date_read(written, strlen(written), day))
        return false;
    date_write(*day, again);
    return strcmp(written, again) == 0;
}

static void check_sections(const ini_file *file, error_list *errors)
{
    for (size_t i = 0; i < file->section_count; i++) {
        const ini_section *section = &file->sections[i];
        if (strcmp(section->name, "calendar") == 0 || strcmp(section->name, "holidays") == 0)
            continue;
        const char *nearest = text_nearest(text_of(section->name), section_names, SECTION_NAMES);
        if (nearest != NULL)
            error_add(errors, FAULT_RUBRIC, file->file, section->line, 0,
                      "[%s] is not a section of a calendar; did you mean [%s]?", section->name,
                      nearest);
        else
            error_add(errors, FAULT_RUBRIC, file->file, section->line, 0,
                      "[%s] is not a section of a calendar; take it out, or use [calendar] or "
                      "[holidays]",
                      section->name);
    }
}

/* The section, or NULL and a fault. */
static ini_section *required_section(const ini_file *file, const char *name, const char *remedy,
                                     error_list *errors)
{
    ini_section *section = ini_find(file, name);
    if (section == NULL)
        error_add(errors, FAULT_RUBRIC, file->file, 0, 0, "[%s] is missing; %s", name, remedy);
    return section;
}

/* The key of [calendar], or NULL and a fault. */
static const ini_key *required_key(const ini_file *file, ini_section *section, const char *name,
                                   const char *example, error_list *errors)
{
    const ini_key *key = ini_key_of(section, name);
    if (key == NULL)
        error_add(errors, FAULT_RUBRIC, file->file, section->line, 0,
                  "[calendar] has no \"%s\"; add %s = %s", name, name, example);
    return key;
}

/* A day of [calendar]. */
static bool read_end(const ini_file *file, ini_section *section, const char *name,
                     const char *example, int32_t *day, error_list *errors)
{
    const ini_key *key = required_key(file, section, name, example, errors);
    if (key == NULL)
        return false;
    if (read_day(key->value, day))
        return true;
    error_add(errors, FAULT_RUBRIC, file->file, key->line, 0,
              "%s \"%s\" is not a date; write it as yyyy-mm-dd", name, key->value);
    return false;
}

/* Reads [calendar]. Returns the id where the section can be used, else NULL. */
static const char *read_head(const ini_file *file, ini_section *section, int32_t *first,
                             int32_t *last, error_list *errors)
{
    const ini_key *id = required_key(file, section, "id", "england", errors);
    const bool     has_first = read_end(file, section, "first", "2010-01-01", first, errors);
    const bool     has_last = read_end(file, section, "last", "2035-12-31", last, errors);
    bool           good = id != NULL && has_first && has_last;

    if (id != NULL && !text_is_id(text_of(id->value))) {
        error_add(errors, FAULT_RUBRIC, file->file, id->line, 0,
                  "id \"%s\" is not an id; write a letter, then letters, digits and \"_\", all "
                  "lower case, at most 40",
                  id->value);
        good = false;
    }
    if (has_first && has_last && *last < *first) {
        error_add(errors, FAULT_RUBRIC, file->file, ini_key_of(section, "last")->line, 0,
                  "last %s is before first %s; exchange them", ini_value(section, "last"),
                  ini_value(section, "first"));
        good = false;
    }
    ini_value(section, "title");
    ini_value(section, "source");
    ini_value(section, "note");
    ini_refuse_unused(file, section, "a calendar", key_names, KEY_NAMES, FAULT_RUBRIC, errors);
    return good ? id->value : NULL;
}

/* Marks every holiday in `table`, which has an entry for each day from first to last. */
static void mark_holidays(const ini_file *file, const ini_section *section, int32_t first,
                          int32_t last, int32_t *table, error_list *errors)
{
    for (size_t i = 0; i < section->key_count; i++) {
        const ini_key *key = &section->keys[i];
        int32_t        day;
        if (!read_day(key->name, &day))
            error_add(errors, FAULT_RUBRIC, file->file, key->line, 0,
                      "\"%s\" is not a date; write a holiday as yyyy-mm-dd = its name", key->name);
        else if (day < first || day > last)
            error_add(errors, FAULT_RUBRIC, file->file, key->line, 0,
                      "%s is outside the days that this calendar covers; take it out, or change "
                      "\"first\" or \"last\"",
                      key->name);
        else
            table[day - first] = 1;
    }
}

/* Holidays are marked 1 in `table`; each entry becomes the count of working days so far. */
static void count_working_days(int32_t *table, int32_t first, int32_t last)
{
    int32_t count = 0;
    for (int32_t day = first; day <= last; day++) {
        const bool holiday = table[day - first] != 0;
        if (!holiday && !is_weekend(day))
            count++;
        table[day - first] = count;
    }
}

/* The calendar, its table all 0, and its id, in two pieces of memory. */
static calendar *make(const char *id, int32_t first, int32_t last)
{
    const size_t table_size = ((size_t)(last - first) + 1) * sizeof(int32_t);
    const size_t id_size = strlen(id) + 1;
    calendar    *made = calloc(1, sizeof *made);
    if (made == NULL)
        return NULL;
    made->storage = calloc(1, table_size + id_size);
    if (made->storage == NULL) {
        free(made);
        return NULL;
    }
    memcpy(made->storage + table_size, id, id_size);
    made->id = made->storage + table_size;
    made->table = (struct assay_calendar){.struct_size = sizeof made->table,
                                          .first = first,
                                          .last = last,
                                          .working_days = (const int32_t *)(void *)made->storage};
    return made;
}

static calendar *read_calendar(const ini_file *file, error_list *errors)
{
    int32_t      first = 0;
    int32_t      last = 0;
    const char  *id = NULL;
    ini_section *head =
        required_section(file, "calendar", "add it with id, first and last", errors);
    ini_section *holidays = required_section(
        file, "holidays", "add it, with one yyyy-mm-dd = name for each holiday", errors);

    check_sections(file, errors);
    if (head != NULL)
        id = read_head(file, head, &first, &last, errors);
    if (id == NULL || holidays == NULL)
        return NULL;
    calendar *made = make(id, first, last);
    if (made == NULL) {
        error_memory(errors);
        return NULL;
    }
    int32_t *table = (int32_t *)(void *)made->storage;
    mark_holidays(file, holidays, first, last, table, errors);
    count_working_days(table, first, last);
    return made;
}

calendar *calendar_read(const char *path, error_list *errors)
{
    arena        memory = {0};
    ini_file     file;
    const size_t faults_before = error_count(errors);
    calendar    *made = NULL;

    ini_read_file(&file, path, FAULT_RUBRIC, &memory, errors);
    if (error_count(errors) == faults_before || file.section_count > 0)
        made = read_calendar(&file, errors);
    if (error_count(errors) > faults_before) {
        calendar_free(made);
        made = NULL;
    }
    arena_free(&memory);
    return made;
}

void calendar_free(calendar *unwanted)
{
    if (unwanted == NULL)
        return;
    free(unwanted->storage);
    free(unwanted);
}
