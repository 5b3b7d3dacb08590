/* copy.h - copies of a store in files of their own. Private to this room. */
#pragma once

#include "store/sql.h"

/* A copy of the database as it is at one moment, in one new file beside `path`, for its owner alone; its
 * name is for the caller to free. NULL with a fault, and no file. */
char *copy_beside(sql *from, const char *path, error_list *errors);

/* Likewise, under a name that says what it was kept before: PATH.before-LABEL-20260331T140509.123Z. */
char *copy_kept(sql *from, const char *path, const char *label, error_list *errors);
