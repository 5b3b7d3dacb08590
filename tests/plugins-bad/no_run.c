/* no_run.c - a measure without a function. */
#define PLUGIN_ID "no_run"
#define DAYS_RUN  (1 ? NULL : run_days_open)
#include "base.h"
