/* search.c - which plugins there are: folders in order, names in order. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "loader/plugin_set.h"
#include "loader/safety.h"

enum { MANIFEST_SIZE_MAX = 1 << 20 };

static const char binary_ending[] = ".so";
static const char manifest_ending[] = ".ini";

/* A folder that has been searched: by whatever name, it is searched once. */
typedef struct {
    dev_t device;
    ino_t number;
} searched_folder;

/* ---- The names in a folder -------------------------------------------------- */

typedef struct {
    char **items;
    size_t count;
    size_t capacity;
} name_list;

static void names_free(name_list *names)
{
    for (size_t n = 0; n < names->count; ++n)
        free(names->items[n]);
    free(names->items);
}

static bool names_add(name_list *names, const char *name)
{
    if (names->count == names->capacity) {
        const size_t capacity = names->capacity * 2 + 16;
        char       **grown = realloc(names->items, capacity * sizeof(char *));
        if (grown == NULL)
            return false;
        names->items = grown;
        names->capacity = capacity;
    }
    char *copy = strdup(name);
    if (copy != NULL)
        names->items[names->count++] = copy;
    return copy != NULL;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool is_binary(const char *name)
{
    const size_t size = strlen(name);
    const size_t ending = strlen(binary_ending);
    return name[0] != '.' && size > ending && strcmp(name + size - ending, binary_ending) == 0;
}

/* The names of the binaries, in the order of their bytes: that of the folder depends on the file
 * system. False where memory is out. */
static bool list_binaries(int folder, const char *path, name_list *names, error_list *errors)
{
    const int copy = dup(folder);
    DIR      *listing = copy >= 0 ? fdopendir(copy) : NULL;
    bool      kept = true;

    if (listing == NULL) {
        error_add(errors, FAULT_PLUGIN, path, 0, 0,
                  "the plugin folder cannot be read: %s; look at its permissions", strerror(errno));
        if (copy >= 0)
            close(copy);
        return true;
    }
    for (const struct dirent *entry; kept && (entry = readdir(listing)) != NULL;)
        if (is_binary(entry->d_name))
            kept = names_add(names, entry->d_name);
    closedir(listing);
    if (names->count > 0)
        qsort(names->items, names->count, sizeof *names->items, compare_names);
    return kept;
}

/* ---- One plugin ------------------------------------------------------------- */

/* The three texts as one in the arena, or NULL. */
static const char *join(arena *memory, const char *a, const char *b, const char *c)
{
    const size_t size = strlen(a) + strlen(b) + strlen(c) + 1;
    char        *joined = arena_array(memory, size, 1);
    if (joined != NULL)
        snprintf(joined, size, "%s%s%s", a, b, c);
    return joined;
}

/* Reads a whole file. NULL with a fault where it cannot be read or is too long to be a manifest. */
static char *read_file(int file, const char *path, size_t *size, error_list *errors)
{
    char *bytes = malloc(MANIFEST_SIZE_MAX + 1);
    if (bytes == NULL) {
        error_memory(errors);
        return NULL;
    }
    *size = 0;
    for (ssize_t got = 1; got != 0 && *size <= MANIFEST_SIZE_MAX;) {
        got = read(file, bytes + *size, MANIFEST_SIZE_MAX + 1 - *size);
        if (got < 0 && errno != EINTR) {
            error_add(errors, FAULT_PLUGIN, path, 0, 0,
                      "the manifest cannot be read: %s; look at its permissions", strerror(errno));
            free(bytes);
            return NULL;
        }
        *size += got > 0 ? (size_t)got : 0;
    }
    if (*size <= MANIFEST_SIZE_MAX)
        return bytes;
    error_add(errors, FAULT_PLUGIN, path, 0, 0,
              "the manifest is longer than 1 MiB; put into it what the plugin declares alone");
    free(bytes);
    return NULL;
}

/* Reads the manifest of a plugin whose file is safe. False with the faults in `faults`. */
static bool read_manifest(found_plugin *found, int folder, error_list *faults)
{
    manifest   *declared = &found->manifest;
    struct stat status;
    if (fstatat(folder, safety_file_name(declared->path), &status, AT_SYMLINK_NOFOLLOW) != 0 &&
        errno == ENOENT) {
        error_add(faults, FAULT_PLUGIN, declared->binary, 0, 0, "has no manifest; put %s beside it",
                  safety_file_name(declared->path));
        return false;
    }

    const int file = safety_open_file(folder, declared->path, "the manifest", faults);
    if (file < 0)
        return false;
    size_t size = 0;
    char  *bytes = read_file(file, declared->path, &size, faults);
    close(file);
    if (bytes == NULL)
        return false;

    const bool sound =
        manifest_read(declared, &found->memory, declared->path, declared->id, bytes, size, faults);
    found->source = arena_text(&found->memory.arena, bytes, size);
    found->source_size = size;
    free(bytes);
    return sound && (found->source != NULL || error_memory(faults));
}

static bool is_safe(const found_plugin *found, int folder, const char *path, error_list *faults)
{
    if (!safety_check_folder(folder, path, found->manifest.binary, faults))
        return false;
    const int file = safety_open_file(folder, found->manifest.binary, "the plugin", faults);
    if (file >= 0)
        close(file);
    return file >= 0;
}

/* True where the fault is about the manifest rather than the binary or its folder. */
static bool is_about_manifest(const manifest *declared, const fault *found)
{
    return strcmp(found->file, declared->path) == 0;
}

/* Makes the first of the faults the reason why the plugin is refused. */
static bool refuse(found_plugin *found, const error_list *faults)
{
    manifest    *declared = &found->manifest;
    const fault *first = &faults->items[0];
    const char  *name = safety_file_name(declared->path);
    const size_t count = error_count(faults);
    char         begin[NAME_MAX + 80] = "";

    if (is_about_manifest(declared, first) && count > 1 && first->line > 0)
        snprintf(begin, sizeof begin, "%s has %zu faults, the first at line %" PRIu64 ": ", name,
                 count, first->line);
    else if (is_about_manifest(declared, first) && count > 1)
        snprintf(begin, sizeof begin, "%s has %zu faults, the first: ", name, count);
    else if (is_about_manifest(declared, first) && first->line > 0)
        snprintf(begin, sizeof begin, "%s:%" PRIu64 ": ", name, first->line);
    else if (is_about_manifest(declared, first))
        snprintf(begin, sizeof begin, "%s: ", name);
    declared->refusal = join(&found->memory.arena, begin, first->text, "");
    return declared->refusal != NULL;
}

/* An id found twice: the first is meant, and the second might be a stranger's. */
static bool is_first(const plugin_set *plugins, const manifest *candidate, error_list *faults)
{
    const manifest *first = loader_find(plugins, text_of(candidate->id));
    if (first == NULL)
        return true;
    error_add(faults, FAULT_PLUGIN, candidate->binary, 0, 0,
              "the plugin \"%s\" is also %s, which comes first; remove one of the two, %s or %s",
              candidate->id, first->binary, first->binary, candidate->binary);
    return false;
}

/* Looks at one plugin; what is wrong with it becomes its refusal. False where memory is out. */
static bool examine(const plugin_set *plugins, found_plugin *found, int folder, const char *path,
                    error_list *errors)
{
    const manifest *declared = &found->manifest;
    error_list      faults = {0};

    if (is_safe(found, folder, path, &faults) && read_manifest(found, folder, &faults) &&
        is_first(plugins, declared, &faults) && !manifest_abi_is_taken(declared->abi))
        plugin_refuse_abi(declared->binary, declared->abi, &faults);

    bool kept = !faults.out_of_memory;
    for (size_t f = 0; f < faults.count; ++f) {
        const fault *one = &faults.items[f];
        kept = kept && one->kind != FAULT_MEMORY;
        if (is_about_manifest(declared, one))
            error_add(errors, one->kind, one->file, one->line, one->column, "%s", one->text);
    }
    if (kept && error_count(&faults) > 0)
        kept = refuse(found, &faults);
    error_clear(&faults);
    return kept;
}

static void free_found(found_plugin *found)
{
    plugin_close(found->open);
    manifest_release(&found->memory);
    free(found);
}

/* Adds the plugin in `binary`, the name of a file in the folder. False where memory is out. */
static bool add_plugin(plugin_set *plugins, int folder, const char *path, const char *binary,
                       error_list *errors)
{
    found_plugin *found = calloc(1, sizeof *found);
    if (found == NULL)
        return false;

    manifest *declared = &found->manifest;
    arena    *memory = &found->memory.arena;
    declared->id = arena_text(memory, binary, strlen(binary) - strlen(binary_ending));
    const char *begin = join(memory, path, path[strlen(path) - 1] == '/' ? "" : "/", "");
    if (begin != NULL && declared->id != NULL) {
        declared->binary = join(memory, begin, declared->id, binary_ending);
        declared->path = join(memory, begin, declared->id, manifest_ending);
    }
    declared->version = declared->practice_area = declared->summary = "";
    if (declared->binary == NULL || declared->path == NULL ||
        !examine(plugins, found, folder, path, errors)) {
        free_found(found);
        return false;
    }
    plugins->found[plugins->count++] = found;
    return true;
}

/* ---- The set ---------------------------------------------------------------- */

static bool make_room(plugin_set *plugins, size_t more)
{
    if (more <= plugins->capacity - plugins->count)
        return true;
    const size_t   capacity = plugins->count + more;
    found_plugin **grown = realloc(plugins->found, capacity * sizeof(found_plugin *));
    if (grown == NULL)
        return false;
    plugins->found = grown;
    plugins->capacity = capacity;
    return true;
}

static bool search_folder(plugin_set *plugins, int folder, const char *path, error_list *errors)
{
    name_list names = {0};
    bool      kept = list_binaries(folder, path, &names, errors) && make_room(plugins, names.count);

    for (size_t n = 0; kept && n < names.count; ++n)
        kept = add_plugin(plugins, folder, path, names.items[n], errors);
    names_free(&names);
    return kept;
}

/* True where the folder, which is entered as number `count`, was not searched before. */
static bool is_new(int folder, searched_folder *searched, size_t count)
{
    struct stat status;
    if (fstat(folder, &status) != 0)
        return true; /* safety_check_folder() says why */
    searched[count] = (searched_folder){status.st_dev, status.st_ino};
    for (size_t s = 0; s < count; ++s)
        if (searched[s].device == status.st_dev && searched[s].number == status.st_ino)
            return false;
    return true;
}

plugin_set *loader_search(const char *const *folders, size_t count, error_list *errors)
{
    plugin_set      *plugins = calloc(1, sizeof *plugins);
    searched_folder *searched = calloc(count + 1, sizeof *searched);
    if (plugins == NULL || searched == NULL || pthread_mutex_init(&plugins->mutex, NULL) != 0) {
        free(plugins);
        free(searched);
        error_memory(errors);
        return NULL;
    }

    for (size_t f = 0; f < count; ++f) {
        const int folder = safety_open_folder(folders[f]);
        if (folder < 0) {
            if (errno != ENOENT)
                error_add(errors, FAULT_PLUGIN, folders[f], 0, 0,
                          "the plugin folder cannot be read: %s; name another one",
                          strerror(errno));
            continue;
        }
        const bool kept =
            !is_new(folder, searched, f) || search_folder(plugins, folder, folders[f], errors);
        close(folder);
        if (!kept) {
            loader_free(plugins);
            plugins = NULL;
            error_memory(errors);
            break;
        }
    }
    free(searched);
    return plugins;
}

void loader_free(plugin_set *plugins)
{
    if (plugins == NULL)
        return;
    for (size_t p = 0; p < plugins->count; ++p)
        free_found(plugins->found[p]);
    free(plugins->found);
    pthread_mutex_destroy(&plugins->mutex);
    free(plugins);
}

size_t loader_count(const plugin_set *plugins)
{
    return plugins->count;
}

const manifest *loader_manifest(const plugin_set *plugins, size_t index)
{
    return &plugins->found[index]->manifest;
}

const manifest *loader_find(const plugin_set *plugins, text id)
{
    for (size_t p = 0; p < plugins->count; ++p) {
        const manifest *declared = &plugins->found[p]->manifest;
        if (strlen(declared->id) == id.size && memcmp(declared->id, id.at, id.size) == 0)
            return declared;
    }
    return NULL;
}
