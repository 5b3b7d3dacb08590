/* file.h - the files of a store, which are for their owner alone. Private to this room. */
#pragma once

#include "base/error.h"

/* Sees that the file is there, a regular file, and this user's. */
bool file_is_ours(const char *path, error_list *errors);

/* Where other users can read the file of a store, that is ended for it and what stands beside it, and said
 * as a notice. False with a fault where it cannot be. */
bool file_tighten(const char *path, error_list *errors);

/* A new, empty file beside `path`, for its owner alone; its name is for the caller to free. NULL with a
 * fault. Makes the folder (0700) where there is none. */
char *file_beside(const char *path, error_list *errors);

/* Gives a finished file its name, which nothing has yet (`replace`: or something has), so that it is
 * there after a loss of power. False with a fault. */
bool file_settle(const char *temporary, const char *path, bool replace, error_list *errors);

/* Gives a file, and what the database keeps beside it, another name, which nothing has yet. */
bool file_move(const char *path, const char *to, error_list *errors);

/* Removes a file of that name and what the database keeps beside it. */
void file_remove(const char *path);
