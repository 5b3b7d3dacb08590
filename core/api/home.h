/* home.h - where the files that came with the library are. Private to this room. */
#pragma once

#include "base/arena.h"

/* The folders of plugins, of rubrics and of the templates of a plugin: beside the library in its build tree, else where
 * they were installed, found from where the library itself is, so that an installed tree can be
 * moved. NULL where memory is out or the system does not say where the library is. */
const char *home_plugins(arena *memory);
const char *home_rubrics(arena *memory);
const char *home_templates(arena *memory);

/* The policy of moderation where the user names none. */
const char *home_policy(arena *memory);
/* So what figures of the workforce are called. */
const char *home_workforce(arena *memory);

/* The program that holds a plugin in a process of its own. */
const char *home_worker(arena *memory);
