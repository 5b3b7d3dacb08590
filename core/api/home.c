#include "api/home.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* DIR/NAME in `memory`. */
static char *join(arena *memory, const char *directory, const char *name)
{
    const size_t size = strlen(directory) + 1 + strlen(name) + 1;
    char *path = arena_array(memory, size, 1);
    if (path)
        snprintf(path, size, "%s/%s", directory, name);
    return path;
}

/* The folder that holds the library, or the program where it is linked in. */
static char *own_folder(arena *memory)
{
    Dl_info found;

    if (!dladdr((void *)&home_plugins, &found) || !found.dli_fname)
        return NULL;
    const char *slash = strrchr(found.dli_fname, '/');
    return slash ? arena_text(memory, found.dli_fname, (size_t)(slash - found.dli_fname))
                 : arena_text(memory, ".", 1);
}

/* `built` in a build tree, else `installed`; both seen from the library's folder. */
static const char *beside(arena *memory, const char *built, const char *installed)
{
    const char *folder = own_folder(memory);
    const char *mark = folder ? join(memory, folder, "CMakeCache.txt") : NULL;

    if (!mark)
        return NULL;
    return join(memory, folder, access(mark, F_OK) == 0 ? built : installed);
}

const char *home_plugins(arena *memory)
{
    return beside(memory, "plugins", ASSAY_INSTALLED_PLUGINS);
}

const char *home_rubrics(arena *memory)
{
    return beside(memory, "rubrics", ASSAY_INSTALLED_RUBRICS);
}

const char *home_templates(arena *memory)
{
    return beside(memory, "template", ASSAY_INSTALLED_TEMPLATES);
}

const char *home_policy(arena *memory)
{
    return beside(memory, "moderation.ini", ASSAY_INSTALLED_POLICY);
}

const char *home_workforce(arena *memory)
{
    return beside(memory, "workforce.ini", ASSAY_INSTALLED_WORKFORCE);
}

const char *home_worker(arena *memory)
{
    return beside(memory, "assay-worker", ASSAY_INSTALLED_WORKER);
}
