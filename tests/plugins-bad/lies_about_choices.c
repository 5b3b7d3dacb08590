/* lies_about_choices.c - the manifest says cp | child protection. */
#define PLUGIN_ID     "lies_about_choices"
#define SECOND_CHOICE "cp|protected"
#include "base.h"
