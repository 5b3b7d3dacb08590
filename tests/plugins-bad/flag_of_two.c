/* flag_of_two.c - every flag is 2. */
#define PLUGIN_ID  "flag_of_two"
#define FLAG_GIVEN (uint8_t)(recorded[i] | 2)
#include "base.h"
