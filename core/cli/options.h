/* options.h - what the words after a command's name ask for. */
#pragma once

#include "cli/command.h"

/* Reads options and operands into `asked`, which names its command; arguments[0] is not one of
 * them. ASSAY_FINE, or the status to end with, and said why. */
int options_read(assay *session, call *asked, int count, char **arguments);
