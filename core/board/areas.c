#include "board/facts.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"

/* ---- Rubrics ----------------------------------------------------------------------- */

/* The rubric that graded the audit, as far as it is at hand: of its version, or a later one; else the
 * one that would grade it. NULL: none. */
static const rubric *rubric_of(const rubric_library *library, const moderation_case *one)
{
    int32_t day;
    bool    known;

    for (size_t r = 0; *one->rubric && r < library->rubric_count; r++)
        if (strcmp(library->rubrics[r]->id, one->rubric) == 0 &&
            strcmp(library->rubrics[r]->version, one->version) == 0)
            return library->rubrics[r];
    const rubric *named = *one->rubric ? library_find(library, text_of(one->rubric)) : NULL;
    if (named || !date_read(one->audit_date, strlen(one->audit_date), &day))
        return named;
    return library_choose(library, text_of(one->practice_area), day, &known);
}

/* ---- Judgement areas ---------------------------------------------------------------- */

/* The latest edition that holds on the last day of the period. */
static const framework *edition_of(const rubric_library *library, int32_t day)
{
    const framework *found = NULL;

    for (size_t f = 0; f < library->framework_count; f++) {
        const framework *one = library->frameworks[f];
        if (one->effective_from <= day && day <= one->effective_to)
            found = one;
    }
    return found;
}

/* The place of the edition's area that the rubric names; that behind the last where it names none. */
static size_t area_of(const framework *edition, const rubric *graded_by)
{
    size_t a = 0;

    while (a < edition->area_count &&
           (!graded_by ||
            !text_same_name(text_of(edition->areas[a].shown), text_of(graded_by->judgement_area))))
        a++;
    return a;
}

/* A row for each area of the edition, in its order, and one with no name for what is of none. */
static bool add_areas(board_facts *facts)
{
    for (size_t a = 0; a < facts->edition->area_count; a++) {
        const char *label = facts_label(facts, facts->edition->areas[a].shown);
        if (!label || !facts_add_row(facts, &facts->areas, label))
            return false;
    }
    return facts_add_row(facts, &facts->areas, "") != NULL;
}

bool facts_count_areas(board_facts *facts, error_list *errors)
{
    const rubric_library *library = facts->asked->library;

    facts->edition = edition_of(library, facts->asked->to);
    if (!facts->edition)
        return true;
    if (!add_areas(facts))
        return error_memory(errors);
    for (size_t c = 0; c < facts->cases.count; c++) {
        const moderation_case *one = &facts->cases.items[c];
        if (!facts_in_period(facts, one))
            continue;
        board_row *row = &facts->areas.rows[area_of(facts->edition, rubric_of(library, one))];
        row->audits++;
        facts_count(facts, &row->grades, facts_grade(facts, one));
    }
    facts->areas.count -= facts->areas.rows[facts->edition->area_count].audits == 0;
    return true;
}

/* ---- Criteria -------------------------------------------------------------------------- */

typedef struct {
    board_facts *facts;
    size_t       capacity;
} criterion_counting;

static board_criterion *criterion_at(criterion_counting *work, text id, const char *practice_area)
{
    board_facts *facts = work->facts;

    for (size_t k = 0; k < facts->criterion_count; k++) {
        board_criterion *seen = &facts->criteria[k];
        if (strlen(seen->id) == id.size && memcmp(seen->id, id.at, id.size) == 0 &&
            strcmp(seen->practice_area, practice_area) == 0)
            return seen;
    }
    if (facts->criterion_count == work->capacity) {
        const size_t     capacity = work->capacity ? 2 * work->capacity : 32;
        board_criterion *more = arena_array(&facts->memory, capacity, sizeof *more);
        if (!more)
            return NULL;
        if (facts->criterion_count > 0)
            memcpy(more, facts->criteria, facts->criterion_count * sizeof *more);
        facts->criteria = more;
        work->capacity = capacity;
    }
    const char *copy = arena_text(&facts->memory, id.at, id.size);
    if (!copy)
        return NULL;
    facts->criteria[facts->criterion_count] =
        (board_criterion){.id = copy, .practice_area = practice_area, .question = ""};
    return &facts->criteria[facts->criterion_count++];
}

static bool count_criteria_of(criterion_counting *work, const moderation_case *one)
{
    const rubric *graded_by = rubric_of(work->facts->asked->library, one);

    for (const char *at = one->limited_by; *at; at += *at == '|') {
        const text       id = {at, strcspn(at, "|")};
        board_criterion *seen = criterion_at(work, id, one->practice_area);
        const size_t     place = graded_by ? rubric_find_criterion(graded_by, id) : SIZE_MAX;
        if (!seen)
            return false;
        seen->held++;
        seen->since += facts_is_new(work->facts, one);
        if (place != SIZE_MAX)
            seen->question = graded_by->criteria[place].question;
        at += id.size;
    }
    return true;
}

static void count_graded(board_facts *facts)
{
    for (size_t c = 0; c < facts->cases.count; c++) {
        const moderation_case *one = &facts->cases.items[c];
        if (!facts_in_period(facts, one) || store_level(one->levels, one->tool_grade) < 0)
            continue;
        for (size_t k = 0; k < facts->criterion_count; k++)
            facts->criteria[k].of +=
                strcmp(facts->criteria[k].practice_area, one->practice_area) == 0;
    }
}

static int most_first(const void *a, const void *b)
{
    const board_criterion *one = a, *other = b;

    if (one->held != other->held)
        return one->held < other->held ? 1 : -1;
    const int areas = strcmp(one->practice_area, other->practice_area);
    return areas != 0 ? areas : strcmp(one->id, other->id);
}

bool facts_count_criteria(board_facts *facts, error_list *errors)
{
    criterion_counting work = {.facts = facts};

    for (size_t c = 0; c < facts->cases.count; c++) {
        const moderation_case *one = &facts->cases.items[c];
        if (facts_in_period(facts, one) && !count_criteria_of(&work, one))
            return error_memory(errors);
    }
    count_graded(facts);
    if (facts->criterion_count > 1)
        qsort(facts->criteria, facts->criterion_count, sizeof *facts->criteria, most_first);
    return true;
}
