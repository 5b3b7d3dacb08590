/* check_follows_folder.c - answers otherwise in another folder. */
#define PLUGIN_ID "check_follows_folder"
#define ON_BATCH                                                                                   \
    char      here[4096];                                                                          \
    const int is_root = getcwd(here, sizeof here) != NULL && here[1] == 'p' && here[2] == 'r';
#define ADDED is_root
#include "checked.h"
