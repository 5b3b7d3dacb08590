/* library.c - every rubric, calendar and framework of the rubric folders (grading.md 8). */
#include <stdlib.h>
#include <string.h>

#include "rubric/choose.h"
#include "rubric/folder.h"

/* ---- Shelves: what was read of one kind --------------------------------------- */

/* Something that was read, and where from. */
typedef struct {
    void  *item;
    char  *path;
    size_t folder; /* which of the folders, counted from 0 */
} volume;

typedef struct {
    volume *volumes;
    size_t  count;
    size_t  capacity;
} shelf;

/* What is done differently for rubrics, calendars and frameworks. */
typedef struct {
    const char *inner;   /* the folder within a rubric folder; "" for itself */
    const char *same_as; /* completes: "the ... of this file and of FILE" */
    void *(*read)(const char *path, const rubric_context *context, error_list *errors);
    void (*free)(void *item);
    bool (*is_same)(const void *a, const void *b); /* the later takes the place of the earlier */
    int (*compare)(const void *a, const void *b);  /* of two volumes: their order in the library */
} shelf_kind;

static void shelf_clear(shelf *from, const shelf_kind *kind)
{
    for (size_t i = 0; i < from->count; i++) {
        kind->free(from->volumes[i].item);
        free(from->volumes[i].path);
    }
    free(from->volumes);
    *from = (shelf){0};
}

/* Adds a volume, which is the shelf's from then on; or gives it an earlier folder's place. */
static bool shelf_add(shelf *to, const shelf_kind *kind, volume added, error_list *errors)
{
    for (size_t i = 0; i < to->count; i++) {
        volume *held = &to->volumes[i];
        if (!kind->is_same(held->item, added.item))
            continue;
        if (held->folder == added.folder)
            error_add(
                errors, FAULT_RUBRIC, added.path, 0, 0,
                "this file and %s have the same %s; change it in one of them, or take one out",
                held->path, kind->same_as);
        kind->free(held->item);
        free(held->path);
        *held = added;
        return true;
    }
    if (to->count == to->capacity) {
        const size_t capacity = to->capacity * 2 + 16;
        volume      *volumes = realloc(to->volumes, capacity * sizeof *volumes);
        if (volumes == NULL) {
            kind->free(added.item);
            free(added.path);
            return error_memory(errors);
        }
        to->volumes = volumes;
        to->capacity = capacity;
    }
    to->volumes[to->count++] = added;
    return true;
}

/* Reads every file of the kind in one folder. What is at fault is in `errors`, the rest is read. */
static bool shelf_read_folder(shelf *to, const shelf_kind *kind, const char *folder, size_t number,
                              const rubric_context *context, error_list *errors)
{
    folder_files files = {0};
    bool         kept = folder_list(&files, folder, kind->inner, errors);

    for (size_t i = 0; kept && i < files.count; i++) {
        void *item = kind->read(files.paths[i], context, errors);
        if (item == NULL)
            continue;
        kept = shelf_add(to, kind, (volume){item, files.paths[i], number}, errors);
        files.paths[i] = NULL; /* the shelf's */
    }
    folder_clear(&files);
    return kept;
}

/* Reads a kind from all folders, and puts what was read in its order. False where that was
 * stopped. */
static bool shelf_fill(shelf *to, const shelf_kind *kind, const char *const *folders, size_t count,
                       const rubric_context *context, error_list *errors)
{
    for (size_t i = 0; i < count; i++)
        if (!shelf_read_folder(to, kind, folders[i], i, context, errors))
            return false;
    if (to->count > 0)
        qsort(to->volumes, to->count, sizeof *to->volumes, kind->compare);
    return true;
}

/* Gives an item away. */
static void *shelf_take(shelf *from, size_t at)
{
    void *item = from->volumes[at].item;
    from->volumes[at].item = NULL;
    return item;
}

/* ---- The three kinds ------------------------------------------------------------ */

static void *read_one_rubric(const char *path, const rubric_context *context, error_list *errors)
{
    return rubric_read(path, context, errors);
}

static void free_rubric(void *item)
{
    rubric_free(item);
}

static bool is_same_rubric(const void *a, const void *b)
{
    const rubric *first = a;
    const rubric *second = b;
    return strcmp(first->id, second->id) == 0 && strcmp(first->version, second->version) == 0;
}

static int compare_rubrics(const void *a, const void *b)
{
    const rubric *first = ((const volume *)a)->item;
    const rubric *second = ((const volume *)b)->item;
    const int     ids = strcmp(first->id, second->id);

    if (ids != 0)
        return ids;
    if (first->effective_from != second->effective_from)
        return first->effective_from < second->effective_from ? -1 : 1;
    return strcmp(first->version, second->version);
}

static void *read_one_calendar(const char *path, const rubric_context *context, error_list *errors)
{
    (void)context;
    return calendar_read(path, errors);
}

static void free_calendar(void *item)
{
    calendar_free(item);
}

static bool is_same_calendar(const void *a, const void *b)
{
    return strcmp(((const calendar *)a)->id, ((const calendar *)b)->id) == 0;
}

static int compare_calendars(const void *a, const void *b)
{
    const calendar *first = ((const volume *)a)->item;
    const calendar *second = ((const volume *)b)->item;
    return strcmp(first->id, second->id);
}

static void *read_one_framework(const char *path, const rubric_context *context, error_list *errors)
{
    (void)context;
    return framework_read(path, errors);
}

static void free_framework(void *item)
{
    framework_free(item);
}

static bool is_same_framework(const void *a, const void *b)
{
    return strcmp(((const framework *)a)->id, ((const framework *)b)->id) == 0;
}

static int compare_frameworks(const void *a, const void *b)
{
    const framework *first = ((const volume *)a)->item;
    const framework *second = ((const volume *)b)->item;

    if (first->effective_from != second->effective_from)
        return first->effective_from < second->effective_from ? -1 : 1;
    return strcmp(first->id, second->id);
}

static const shelf_kind rubric_kind = {"",          "id and version", read_one_rubric,
                                       free_rubric, is_same_rubric,   compare_rubrics};
static const shelf_kind calendar_kind = {
    "calendars", "id", read_one_calendar, free_calendar, is_same_calendar, compare_calendars};
static const shelf_kind framework_kind = {
    "frameworks", "id", read_one_framework, free_framework, is_same_framework, compare_frameworks};

/* ---- The library ----------------------------------------------------------------- */

/* A rubric of an edition that nobody has described is graded all the same, but reports by judgement
 * area would pass it over. */
static bool note_unknown_frameworks(const rubric_library *held, error_list *errors)
{
    const char **ids = calloc(held->framework_count + 1, sizeof *ids);
    if (ids == NULL)
        return error_memory(errors);
    for (size_t i = 0; i < held->framework_count; i++)
        ids[i] = held->frameworks[i]->id;
    for (size_t i = 0; i < held->rubric_count; i++) {
        const rubric *named = held->rubrics[i];
        if (*named->framework == '\0' || held->framework_count == 0 ||
            library_framework(held, text_of(named->framework)) != NULL)
            continue;
        const char *nearest = text_nearest(text_of(named->framework), ids, held->framework_count);
        error_add(errors, FAULT_NOTICE, named->file, 0, 0,
                  "there is no framework \"%s\" in the rubric folders; %s%s%s", named->framework,
                  nearest != NULL ? "did you mean \"" : "add it as frameworks/",
                  nearest != NULL ? nearest : named->framework, nearest != NULL ? "\"?" : ".ini");
    }
    free(ids);
    return true;
}

static bool read_calendars(rubric_library *out, const char *const *folders, size_t count,
                           const rubric_context *context, error_list *errors)
{
    shelf read = {0};
    bool  kept = shelf_fill(&read, &calendar_kind, folders, count, context, errors);

    out->calendars = calloc(read.count + 1, sizeof(calendar *));
    if (out->calendars == NULL)
        kept = error_memory(errors);
    for (size_t i = 0; kept && i < read.count; i++)
        out->calendars[out->calendar_count++] = shelf_take(&read, i);
    shelf_clear(&read, &calendar_kind);
    return kept;
}

static bool read_frameworks(rubric_library *out, const char *const *folders, size_t count,
                            const rubric_context *context, error_list *errors)
{
    shelf read = {0};
    bool  kept = shelf_fill(&read, &framework_kind, folders, count, context, errors);

    out->frameworks = calloc(read.count + 1, sizeof(framework *));
    if (out->frameworks == NULL)
        kept = error_memory(errors);
    for (size_t i = 0; kept && i < read.count; i++)
        out->frameworks[out->framework_count++] = shelf_take(&read, i);
    shelf_clear(&read, &framework_kind);
    return kept;
}

static bool read_rubrics(rubric_library *out, const char *const *folders, size_t count,
                         const rubric_context *context, error_list *errors)
{
    shelf read = {0};
    bool  kept = shelf_fill(&read, &rubric_kind, folders, count, context, errors);

    out->rubrics = calloc(read.count + 1, sizeof(rubric *));
    if (out->rubrics == NULL)
        kept = error_memory(errors);
    for (size_t i = 0; kept && i < read.count; i++)
        out->rubrics[out->rubric_count++] = shelf_take(&read, i);
    shelf_clear(&read, &rubric_kind);
    return kept;
}

/* False where reading was stopped; what is at fault in the files is in `errors` as well. */
static bool read_all(rubric_library *out, const char *const *folders, size_t count,
                     const plugin_set *plugins, error_list *errors)
{
    const rubric_context without_calendars = {.plugins = plugins};
    if (!read_calendars(out, folders, count, &without_calendars, errors) ||
        !read_frameworks(out, folders, count, &without_calendars, errors))
        return false;
    const rubric_context context = library_context(out, plugins);
    return read_rubrics(out, folders, count, &context, errors) && choose_index(out, errors) &&
           note_unknown_frameworks(out, errors);
}

rubric_library *library_read(const char *const *folders, size_t count, const plugin_set *plugins,
                             error_list *errors)
{
    const size_t    faults = error_count(errors);
    rubric_library *made = calloc(1, sizeof *made);
    if (made == NULL) {
        error_memory(errors);
        return NULL;
    }
    if (!read_all(made, folders, count, plugins, errors) || error_count(errors) > faults ||
        errors->out_of_memory) {
        library_free(made);
        return NULL;
    }
    return made;
}

/* The folder's own calendars come first: the first of an id is the one that is found. */
static const calendar **join_calendars(const rubric_library *own, const rubric_library *base)
{
    const size_t     count = own->calendar_count + base->calendar_count;
    const calendar **all = calloc(count + 1, sizeof(calendar *));

    for (size_t i = 0; all != NULL && i < count; i++)
        all[i] = i < own->calendar_count ? own->calendars[i]
                                         : base->calendars[i - own->calendar_count];
    return all;
}

static bool read_folder(rubric_library *out, const char *folder, const rubric_library *base,
                        const plugin_set *plugins, error_list *errors)
{
    const rubric_context without_calendars = {.plugins = plugins};
    if (!read_calendars(out, &folder, 1, &without_calendars, errors) ||
        !read_frameworks(out, &folder, 1, &without_calendars, errors))
        return false;
    const calendar **calendars = join_calendars(out, base);
    if (calendars == NULL)
        return error_memory(errors);
    const rubric_context context = {.plugins = plugins,
                                    .calendars = calendars,
                                    .calendar_count = out->calendar_count + base->calendar_count};
    const bool read =
        read_rubrics(out, &folder, 1, &context, errors) && choose_index(out, errors);
    free(calendars);
    return read;
}

rubric_library *library_read_folder(const char *folder, const rubric_library *base,
                                    const plugin_set *plugins, error_list *errors)
{
    const size_t    faults = error_count(errors);
    rubric_library *made = calloc(1, sizeof *made);
    if (made == NULL) {
        error_memory(errors);
        return NULL;
    }
    if (read_folder(made, folder, base, plugins, errors) && error_count(errors) == faults &&
        made->rubric_count == 0)
        error_add(errors, FAULT_USAGE, folder, 0, 0,
                  "holds no rubric; name a folder with files NAME.ini");
    if (error_count(errors) > faults || errors->out_of_memory) {
        library_free(made);
        return NULL;
    }
    return made;
}

void library_free(rubric_library *unwanted)
{
    if (unwanted == NULL)
        return;
    for (size_t i = 0; i < unwanted->rubric_count; i++)
        rubric_free(unwanted->rubrics[i]);
    for (size_t i = 0; i < unwanted->calendar_count; i++)
        calendar_free(unwanted->calendars[i]);
    for (size_t i = 0; i < unwanted->framework_count; i++)
        framework_free(unwanted->frameworks[i]);
    free(unwanted->rubrics);
    free(unwanted->calendars);
    free(unwanted->frameworks);
    choose_free(unwanted->index);
    free(unwanted);
}

rubric_context library_context(const rubric_library *library, const plugin_set *plugins)
{
    return (rubric_context){.plugins = plugins,
                            .calendars = (const calendar *const *)library->calendars,
                            .calendar_count = library->calendar_count};
}

static bool is_named(const char *id, text name)
{
    return strlen(id) == name.size && memcmp(id, name.at, name.size) == 0;
}

const rubric *library_find(const rubric_library *library, text id)
{
    /* Rubrics of one id stand in the order of their days: the last is the latest. */
    for (size_t i = library->rubric_count; i-- > 0;)
        if (is_named(library->rubrics[i]->id, id))
            return library->rubrics[i];
    return NULL;
}

const framework *library_framework(const rubric_library *library, text id)
{
    for (size_t i = 0; i < library->framework_count; i++)
        if (is_named(library->frameworks[i]->id, id))
            return library->frameworks[i];
    return NULL;
}
