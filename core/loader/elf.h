/* elf.h - whether a file can be a plugin at all. Private to the loader. */
#pragma once

#include "base/error.h"

/* True where the file is a whole shared object for this processor. The dynamic linker would say
 * so less clearly, and it maps a file that was cut off without a word. */
bool elf_check(int file, const char *path, error_list *errors);
