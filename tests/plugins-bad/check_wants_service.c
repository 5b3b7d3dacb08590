/* check_wants_service.c - refuses a host without a service that no host has. */
#define PLUGIN_ID "check_wants_service"
#define ON_ENTRY                                                                                   \
    if (host->service("assay.example/1") == NULL)                                                  \
        return NULL;
#include "checked.h"
