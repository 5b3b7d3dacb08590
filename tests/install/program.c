/* program.c - a stranger's program: grades one record from memory with the installed library. */
#include <assay/assay.h>
#include <stdio.h>
#include <string.h>

static int to_file(void *user, const char *bytes, size_t size)
{
    return fwrite(bytes, 1, size, user) == size ? 0 : -1;
}

static int take(void *user, const assay_record *record)
{
    (void)user;
    printf("%s %s\n", record->audit_id, record->judgement);
    return 0;
}

int main(void)
{
    static const char records[] =
        "audit_id,practice_area,audit_date,longest_supervision_gap_days,last_supervision_date,"
        "direction_recorded,reflective_quality,risk_in_supervision,child_at_centre,"
        "drift_challenged,decision_rationale\n"
        "AU-1,supervision,2026-05-11,31,2026-04-10,yes,good,good,good,good,good\n";
    const assay_input input = {NULL, records, sizeof records - 1, "records"};
    assay            *session = assay_new();
    assay_totals      totals = {0};
    int               status = session ? assay_open(session) : ASSAY_FAILED;

    if (status == ASSAY_FINE)
        status = assay_grade_records(session, &input, 1, take, NULL, &totals);
    if (status == ASSAY_FINE)
        status = assay_write_summary(session, to_file, stderr);
    for (size_t i = 0; session && i < assay_message_count(session); i++)
        fprintf(stderr, "%s\n", assay_message_at(session, i).text);
    assay_free(session);
    return status == ASSAY_FINE && totals.rows == 1 ? 0 : 1;
}
