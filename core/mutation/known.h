/* known.h - records that a baseline keeps. Private to this room. */
#pragma once

#include "mutation/watch.h"

/* Reads a baseline: from now on only records that it keeps notice anything. False and `errors` filled where
 * it cannot be used, or where one of its grades is another than the rubric gives. */
bool watch_known(watch *of, const char *baseline, error_list *errors);
