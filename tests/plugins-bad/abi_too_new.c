/* abi_too_new.c - built for an ABI that is still to come. */
#define PLUGIN_ID  "abi_too_new"
#define PLUGIN_ABI 3u
#include "base.h"
