/* check_shares_scratch.c - keeps what it is working on where all threads see it. */
#define PLUGIN_ID "check_shares_scratch"
static volatile int scratch[5000];
#define ON_BATCH                                                                                   \
    for (uint32_t i = 0; i < batch->count; ++i)                                                    \
        scratch[i] = opened[i] & 1023;                                                             \
    for (volatile int wait = 0; wait < 200000; ++wait)                                             \
        continue;
#define ADDED scratch[i]
#include "checked.h"
