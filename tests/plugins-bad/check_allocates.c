/* check_allocates.c - allocates memory, and frees it. */
#define PLUGIN_ID "check_allocates"

static void *volatile piece;
#define ON_BATCH                                                                                   \
    piece = malloc(64);                                                                            \
    free(piece);
#include "checked.h"
