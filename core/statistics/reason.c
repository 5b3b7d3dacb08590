#include "statistics/statistics.h"

const char *statistics_reason_words(statistics_reason reason)
{
    static const char *const words[] = {
#define X(name, text) [name] = text,
        STATISTICS_REASONS(X)
#undef X
    };
    return words[reason];
}
