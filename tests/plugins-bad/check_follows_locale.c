/* check_follows_locale.c - answers otherwise where a comma stands before decimals. */
#define PLUGIN_ID "check_follows_locale"
#define ADDED     localeconv()->decimal_point[0] == ','
#include <locale.h>
#include "checked.h"
