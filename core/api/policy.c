/* Which policy of moderation a session uses. */
#include <stdlib.h>

#include "api/home.h"
#include "api/session.h"

moderation_policy *session_policy(assay *session, const char *file)
{
    const char *named = getenv("ASSAY_POLICY");
    const char *path = file ? file : named && *named ? named : home_policy(&session->memory);

    if (!path) {
        error_memory(&session->errors);
        return NULL;
    }
    return moderation_policy_read(path, &session->errors);
}
