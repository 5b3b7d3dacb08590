/* isolated.h - a plugin opened in a process of its own. Private to the loader. */
#pragma once

#include "loader/plugin_set.h"

/* Starts the plugin's first worker, which opens it, and learns from it what it must know. False with a
 * fault in `errors`. */
bool isolated_open(plugin *made, error_list *errors);
