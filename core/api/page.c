#include "api/page.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void page_say(page *out, const char *format, ...)
{
    char   *line = NULL;
    va_list arguments;

    va_start(arguments, format);
    const int length = vasprintf(&line, format, arguments);
    va_end(arguments);
    if (length < 0 || !caller_writes(&out->to, line, (size_t)length))
        out->failed = true;
    if (length >= 0)
        free(line);
}
