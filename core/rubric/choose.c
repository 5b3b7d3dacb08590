/* choose.c - which rubric grades a record (grading.md 8). Asked once for every record, so names are
 * folded beforehand and a record that writes the area as the rubric does is found by its bytes. */
#include "rubric/choose.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "rubric/reading.h"

/* The rubrics of one practice area, by the day from which they hold. */
typedef struct {
    const char    *name; /* folded, `size` bytes */
    size_t         size;
    const rubric **rubrics;
    size_t         count;
} practice_area;

struct library_index {
    practice_area *areas;
    size_t         count;
    arena          memory;
};

static practice_area *find_exact(const struct library_index *index, text name)
{
    for (size_t i = 0; i < index->count; i++)
        if (index->areas[i].size == name.size &&
            memcmp(index->areas[i].name, name.at, name.size) == 0)
            return &index->areas[i];
    return NULL;
}

static practice_area *find_area(const struct library_index *index, text name)
{
    practice_area *found = name.size > 0 ? find_exact(index, name) : NULL;
    char           folded[NAME_BYTES];

    if (found != NULL || name.size == 0)
        return found;
    const size_t size = text_fold_name(name, folded, sizeof folded);
    return size != SIZE_MAX ? find_exact(index, (text){folded, size}) : NULL;
}

/* The area of a rubric, made where it is the first of it. `most` rubrics fit. NULL where memory is
 * out. */
static practice_area *area_of(struct library_index *index, const rubric *held, size_t most)
{
    char           folded[NAME_BYTES];
    const size_t   size = text_fold_name(text_of(held->practice_area), folded, sizeof folded);
    practice_area *area = find_exact(index, (text){folded, size});
    if (area != NULL)
        return area;

    const char    *name = arena_text(&index->memory, folded, size);
    const rubric **rubrics = arena_array(&index->memory, most, sizeof *rubrics);
    if (name == NULL || rubrics == NULL)
        return NULL;
    area = &index->areas[index->count++];
    *area = (practice_area){.name = name, .size = size, .rubrics = rubrics};
    return area;
}

/* Puts a rubric where its day belongs. */
static void add_by_day(practice_area *area, const rubric *held)
{
    size_t at = area->count++;

    for (; at > 0 && area->rubrics[at - 1]->effective_from > held->effective_from; at--)
        area->rubrics[at] = area->rubrics[at - 1];
    area->rubrics[at] = held;
}

static void refuse_same_day(const practice_area *area, error_list *errors)
{
    for (size_t i = 1; i < area->count; i++) {
        const rubric *first = area->rubrics[i - 1];
        const rubric *second = area->rubrics[i];
        if (first->effective_from != second->effective_from)
            continue;
        char day[DATE_TEXT_SIZE];
        date_write(second->effective_from, day);
        error_add(
            errors, FAULT_RUBRIC, second->file, 0, 0,
            "for the practice area \"%s\" this rubric and %s both hold from %s; give one of them "
            "another effective_from, or take it out of the folder",
            second->practice_area, first->file, day);
    }
}

bool choose_index(rubric_library *library, error_list *errors)
{
    const size_t          faults = error_count(errors);
    const size_t          most = library->rubric_count;
    struct library_index *index = calloc(1, sizeof *index);
    if (index == NULL)
        return error_memory(errors);
    library->index = index;
    if (most == 0)
        return true;
    index->areas = arena_array(&index->memory, most, sizeof *index->areas);
    if (index->areas == NULL)
        return error_memory(errors);
    for (size_t i = 0; i < most; i++) {
        practice_area *area = area_of(index, library->rubrics[i], most);
        if (area == NULL)
            return error_memory(errors);
        add_by_day(area, library->rubrics[i]);
    }
    for (size_t i = 0; i < index->count; i++)
        refuse_same_day(&index->areas[i], errors);
    return error_count(errors) == faults;
}

void choose_free(struct library_index *index)
{
    if (index == NULL)
        return;
    arena_free(&index->memory);
    free(index);
}

const rubric *library_choose(const rubric_library *library, text practice_area_name,
                             int32_t audit_date, bool *area_known)
{
    const practice_area *area = find_area(library->index, practice_area_name);

    *area_known = area != NULL;
    for (size_t i = area != NULL ? area->count : 0; i-- > 0;)
        if (area->rubrics[i]->effective_from <= audit_date)
            return area->rubrics[i];
    return NULL;
}
