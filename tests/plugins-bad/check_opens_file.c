/* check_opens_file.c - opens a file. */
#define PLUGIN_ID "check_opens_file"
#define ON_BATCH                                                                                   \
    const int file = open("/dev/null", O_RDONLY);                                                  \
    if (file >= 0)                                                                                 \
        close(file);
#include "checked.h"
