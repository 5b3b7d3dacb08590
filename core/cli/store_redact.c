#include <inttypes.h>

#include "cli/command.h"

static int redact(assay *session, const call *asked)
{
    const assay_redaction what = {
        .struct_size = sizeof what,
        .audit_id = asked_text(asked, OPTION_AUDIT),
        .child_ref = asked_text(asked, OPTION_CHILD),
        .before = asked_text(asked, OPTION_BEFORE),
        .reason = asked_text(asked, OPTION_REASON),
    };
    uint64_t events = 0;

    const int status = assay_redact_store(session, &what, &events);
    if (status == ASSAY_FINE)
        printf("%" PRIu64 " events were taken out of %s\n", events, assay_store_path(session));
    return status;
}

const command store_redact_command = {
    .noun = "store",
    .verb = "redact",
    .summary = "take an audit, a child, or what is old out for good",
    .help =
        "usage: assay store redact --audit ID|--child REF|--before DATE --reason TEXT\n\n"
        "Takes records, grades, moderations and what was said of them out of the store: no byte "
        "of\n"
        "it is left in its file. The events stay without what they said, so that assay store "
        "verify\n"
        "still holds, and one says who took it out and why. What was taken out is not added again\n"
        "by store add. Backups and exports have it still: see docs/store.md.\n\n"
        "      --audit ID         one audit, in all its revisions\n"
        "      --child REF        every audit of a child\n"
        "      --before DATE      every audit before this day\n"
        "      --reason TEXT      why: it is kept; name no child in it\n"
        "      --store FILE       the store\n"
        "      --who NAME         who you are, as the store will have it\n\n"
        "Exit status: 0 taken out; 1 there was nothing; 2 asked wrongly; 3 not written.\n\n"
        "example:\n  assay store redact --before 01/04/2020 --reason \"retention: six years\"\n",
    .options =
        TAKES(OPTION_AUDIT, OPTION_CHILD, OPTION_BEFORE, OPTION_REASON, OPTION_STORE, OPTION_WHO),
    .run = redact,
};
