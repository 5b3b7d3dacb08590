/* check_leaves_thread.c - leaves a thread running. */
#define PLUGIN_ID "check_leaves_thread"
#define ON_BATCH  start_once();

static void start_once(void);

#include "checked.h"

static void *stay(void *nothing)
{
    pause();
    return nothing;
}

static void start_once(void)
{
    static int started;
    pthread_t  thread;

    if (!started)
        started = pthread_create(&thread, NULL, stay, NULL) == 0;
}
