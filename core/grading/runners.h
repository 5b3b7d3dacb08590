/* runners.h - one thread's ways to plugins, whichever rubrics use them. Private to this room. */
#pragma once

#include "loader/loader.h"

typedef struct {
    plugin        *plugin;
    plugin_runner *runner;
} plugin_way;

/* Start with {0}. */
typedef struct {
    plugin_way *items;
    size_t      count;
} runner_list;

/* The thread's runner of a plugin, made when it is first asked for; NULL where memory is out. */
plugin_runner *runners_of(runner_list *list, plugin *opened);
void           runners_free(runner_list *list);
