#include "api/session.h"
#include "report/records_check.h"

int assay_check_records(assay *session, const assay_input *input, assay_write write, void *user)
{
    caller_write caller = {write, user};
    bool found = false;

    if (!session_is_open(session))
        return ASSAY_REFUSED;
    records *opened = session_records(session, input);
    const bool checked = opened && records_check(opened, session->library, session->chosen,
                                                 caller_writes, &caller, &found,
                                                 &session->errors);
    records_close(opened);

    const int status = session_status(session);
    if (!checked || status != ASSAY_FINE)
        return status == ASSAY_FINE ? ASSAY_FAILED : status;
    return found ? ASSAY_FOUND : ASSAY_FINE;
}
