/* abi_too_old.c - built before there was an ABI. */
#define PLUGIN_ID  "abi_too_old"
#define PLUGIN_ABI 0u
#include "base.h"
