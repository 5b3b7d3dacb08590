/* home.h - where the files that came with the library are. Private to this room. */
#pragma once

#include "base/arena.h"

/* The folder of plugins and that of rubrics: beside the library in its build tree, else where
 * they were installed, found from where the library itself is, so that an installed tree can be
 * moved. NULL where memory is out or the system does not say where the library is. */
const char *home_plugins(arena *memory);
const char *home_rubrics(arena *memory);
