/* ini_file.c - an INI file from the disk. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/ini.h"

enum {
    /* Many times the longest rubric; bounds what a wrong path can make us read. */
    FILE_MAX_SIZE = 1 << 20
};

bool ini_load_file(text *out, const char *path, fault_kind kind, arena *owner, error_list *errors)
{
    bool  good = false;
    FILE *file = NULL;

    char *bytes = malloc(FILE_MAX_SIZE + 1);
    if (bytes == NULL)
        return error_memory(errors);
    errno = 0;
    file = fopen(path, "rb");
    const size_t size = file == NULL ? 0 : fread(bytes, 1, FILE_MAX_SIZE + 1, file);
    if (file == NULL || ferror(file)) {
        error_add(errors, kind, path, 0, 0,
                  "cannot be read: %s; check the path and who may read it", strerror(errno));
    } else if (size > FILE_MAX_SIZE) {
        error_add(
            errors, kind, path, 0, 0,
            "is over 1 MiB, longer than any INI file of ours; check that it is the right file");
    } else {
        *out = (text){arena_text(owner, bytes, size), size};
        good = out->at != NULL || error_memory(errors);
    }
    if (file != NULL)
        fclose(file);
    free(bytes);
    return good;
}

bool ini_read_file(ini_file *out, const char *path, fault_kind kind, arena *owner,
                   error_list *errors)
{
    text content;

    *out = (ini_file){.file = ""};
    return ini_load_file(&content, path, kind, owner, errors) &&
           ini_read_bytes(out, path, content.at, content.size, kind, owner, errors);
}
