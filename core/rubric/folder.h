/* folder.h - the INI files of a folder. Not for other rooms. */
#pragma once

#include "base/error.h"

/* Paths, in the order of their bytes. Start with {0}. */
typedef struct {
    char **paths;
    size_t count;
    size_t capacity;
} folder_files;

/* Lists every *.ini of `folder`, or of its folder `inner` ("" for none), but no hidden file. A
 * folder that is not there has none. False where memory is out or the folder cannot be read, with
 * `errors` filled. Free with folder_clear(), also then. */
bool folder_list(folder_files *out, const char *folder, const char *inner, error_list *errors);
void folder_clear(folder_files *files);
