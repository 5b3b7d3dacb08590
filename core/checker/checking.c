/* checking.c - what one test has to work with. */
#include "checker/checking.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "checker/chance.h"

enum { LINE_SIZE = 3072 };

static void say(checking *at, check_outcome outcome, const char *format, va_list arguments)
{
    char line[LINE_SIZE];

    at->outcome = outcome;
    vsnprintf(line, sizeof line, format, arguments);
    buffer_string(&at->detail, line);
}

bool check_fail(checking *at, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(at, CHECK_FAILED, format, arguments);
    va_end(arguments);
    return false;
}

bool check_skip(checking *at, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(at, CHECK_SKIPPED, format, arguments);
    va_end(arguments);
    return false;
}

bool check_no_memory(checking *at)
{
    return check_fail(at, "no memory left to test with; close other programs");
}

bool check_fail_with(checking *at, const error_list *errors)
{
    for (size_t e = 0; e < errors->count; ++e)
        check_fail(at, "%s%s", e > 0 ? "\n" : "", errors->items[e].text);
    return errors->count > 0 ? false : check_no_memory(at);
}

const manifest_measure *check_declared(const checking *at, size_t measure)
{
    return &at->declared->measures[measure];
}

const struct assay_measure *check_built(const checking *at, size_t measure)
{
    return at->subject.table->measures[measure];
}

uint64_t check_seed(const checking *at, size_t measure)
{
    chance source = {at->seed ^ (uint64_t)measure << 32};
    return chance_next(&source);
}

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED_ADDRESS 1
#endif
#if defined(__SANITIZE_THREAD__)
#define SANITIZED_THREAD 1
#endif
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED_ADDRESS 1
#endif
#if __has_feature(thread_sanitizer)
#define SANITIZED_THREAD 1
#endif
#endif

bool check_is_sanitized(void)
{
#if defined(SANITIZED_ADDRESS) || defined(SANITIZED_THREAD)
    return true;
#else
    return false;
#endif
}

bool check_has_own_threads(void)
{
#if defined(SANITIZED_THREAD)
    return true;
#else
    return false;
#endif
}
