#include <stdlib.h>
#include <string.h>

#include "statistics_json/matrix.h"

static int compare(const json_t *a, const json_t *b)
{
    if (json_is_string(a) && json_is_string(b))
        return strcmp(json_string_value(a), json_string_value(b));
    if (json_is_string(a) || json_is_string(b))
        return json_is_string(a) ? 1 : -1;
    const double x = json_number_value(a), y = json_number_value(b);
    return (x > y) - (x < y);
}

/* Where the rating is, or belongs. */
static size_t place_of(const category_index *made, const json_t *rating, bool *there)
{
    size_t least = 0, most = made->count;

    *there = false;
    while (least < most && !*there) {
        const size_t middle = least + (most - least) / 2;
        const int    order = compare(rating, made->entries[middle].rating);
        *there = order == 0;
        if (order <= 0)
            most = middle;
        else
            least = middle + 1;
    }
    return *there ? most : least;
}

static bool open_index(study *asked, category_index *made)
{
    made->entries = calloc(STATISTICS_CATEGORIES, sizeof *made->entries);
    return made->entries || study_fine(asked, STATISTICS_NO_MEMORY);
}

/* `index`: of those that are given. */
static bool add(study *asked, category_index *made, const json_t *rating, size_t index)
{
    bool there;

    if (!json_is_number(rating) && !json_is_string(rating))
        return study_refuse(asked, "a category is a number or a text");
    if (made->count > 0 && json_is_string(rating) != made->texts)
        return study_refuse(asked, "some categories are numbers and others texts");
    made->texts = json_is_string(rating);
    const size_t place = place_of(made, rating, &there);
    if (there)
        return made->given ? study_refuse(asked, "two categories are the same") : true;
    if (made->count == STATISTICS_CATEGORIES)
        return study_refuse(asked, "there are more than %d categories", STATISTICS_CATEGORIES);
    memmove(made->entries + place + 1, made->entries + place,
            (made->count - place) * sizeof *made->entries);
    made->entries[place] = (category_entry){rating, (uint16_t)index};
    made->count++;
    return true;
}

bool category_index_read(study *asked, category_index *made)
{
    const json_t *given = json_object_get(asked->data, "categories");

    if (!given || json_is_null(given))
        given = json_object_get(asked->whole, "categories");
    made->given = given && !json_is_null(given);
    if (!open_index(asked, made) || !made->given)
        return made->entries;
    if (!json_is_array(given) || json_array_size(given) == 0)
        return study_refuse(asked, "\"categories\" is no array of categories");
    for (size_t i = 0; i < json_array_size(given); i++)
        if (!add(asked, made, json_array_get(given, i), i))
            return false;
    return true;
}

bool category_index_add(study *asked, category_index *made, const json_t *rating)
{
    return add(asked, made, rating, 0);
}

void category_index_number(category_index *made)
{
    for (size_t i = 0; i < made->count; i++)
        made->entries[i].index = (uint16_t)i;
}

uint16_t category_index_find(const category_index *made, const json_t *rating)
{
    bool         there;
    const size_t place = place_of(made, rating, &there);

    return there ? made->entries[place].index : STATISTICS_MISSING;
}

bool category_index_values(study *asked, const category_index *made, categories *scale)
{
    scale->count = made->count;
    if (made->texts)
        return true;
    scale->values = calloc(made->count + 1, sizeof *scale->values);
    if (!scale->values)
        return study_fine(asked, STATISTICS_NO_MEMORY);
    for (size_t i = 0; i < made->count; i++)
        scale->values[made->entries[i].index] = json_number_value(made->entries[i].rating);
    return true;
}

void category_index_free(category_index *made)
{
    free(made->entries);
    *made = (category_index){0};
}
