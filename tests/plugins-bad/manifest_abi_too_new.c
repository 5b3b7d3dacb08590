/* manifest_abi_too_new.c - its manifest says an ABI that is still to come. */
#define PLUGIN_ID "manifest_abi_too_new"
#include "base.h"
