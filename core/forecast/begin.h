/* begin.h - what every entry of the room does first. Private to the room. */
#pragma once

#include "base/error.h"

/* Tells GSL, once, to return errors rather than end the program. */
void forecast_begin(void);

/* False with a fault where it is not 0.5 to 0.999. */
bool confidence_check(double confidence, error_list *errors);
