/* Which policy of moderation a session uses. */
#include "api/home.h"
#include "api/session.h"

moderation_policy *session_policy(assay *session, const char *file)
{
    const char *path = file ? file : home_policy(&session->memory);

    if (!path) {
        error_memory(&session->errors);
        return NULL;
    }
    return moderation_policy_read(path, &session->errors);
}
