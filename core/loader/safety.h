/* safety.h - files that no other user can have changed. Private to the loader. */
#pragma once

#include "base/error.h"

/* A plugin runs with the rights of whoever grades, so it is opened only where nobody else can
 * write it: file and folder belong to root or to the user, and neither group nor others may
 * write them. What is checked is an open descriptor, so that it is also what is used.
 *
 * safety_open_folder() opens a folder and safety_check_folder() checks it; safety_open_file()
 * opens and checks a file in it: a regular file, no link. `path` and `what` ("the plugin") are for
 * messages. The descriptor is the caller's to close; -1 or false with a fault in `errors`. */
int  safety_open_folder(const char *path);
bool safety_check_folder(int folder, const char *path, const char *plugin, error_list *errors);
int  safety_open_file(int folder, const char *path, const char *what, error_list *errors);

/* The part of a path behind its last slash. */
const char *safety_file_name(const char *path);
