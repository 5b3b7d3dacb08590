/* The pack as a sheet: a row for each question and each fact behind it, in the order to read. */
#include "forms/form.h"
#include "writing/csv_text.h"
#include "base/date.h"

static const char heading[] = "pack,audit_id,case_reference,practice_area,audit_date,team,"
                              "question_id,question,guidance,choices,answer\r\n";

/* What stands before each question of an audit. */
static void write_audit(const form_pack *pack, const form_audit *audit, buffer *out)
{
    char day[DATE_TEXT_SIZE] = "";

    if (audit->audit_date != INT32_MIN)
        date_write(audit->audit_date, day);
    const char *const cells[] = {
        pack->pack, audit->audit_id, audit->case_reference, audit->rubric->practice_area,
        day,        audit->team};
    for (size_t c = 0; c < sizeof cells / sizeof *cells; c++) {
        csv_string(out, cells[c]);
        buffer_byte(out, ',');
    }
}

static void write_row(const form_pack *pack, const form_audit *audit, const char *const cells[4],
                      buffer *out)
{
    write_audit(pack, audit, out);
    for (size_t c = 0; c < 4; c++) {
        csv_string(out, cells[c]);
        buffer_byte(out, ',');
    }
    buffer_string(out, "\r\n");
}

/* "referral_date: 10/10/2025": what was recorded, and nothing to answer. */
static void write_facts(const form_pack *pack, const form_audit *audit, const criterion *asked,
                        buffer *out)
{
    for (size_t i = 0; i < asked->input_count; i++) {
        const char *value = form_fact_of(audit, asked->inputs[i].field);
        buffer      said = {0};
        if (!value)
            continue;
        buffer_string(&said, asked->inputs[i].field);
        buffer_string(&said, ": ");
        buffer_string(&said, *value ? value : "not recorded");
        if (buffer_end(&said))
            write_row(pack, audit, (const char *const[]){"", said.bytes, "", "recorded"}, out);
        out->failed |= said.failed;
        buffer_free(&said);
    }
}

static void write_choices(const scale *of, bool others, buffer *out)
{
    for (size_t l = of->count; l-- > 0;) {
        buffer_string(out, of->labels[l]);
        buffer_string(out, l > 0 ? " | " : "");
    }
    for (size_t o = 0; others && o < FORM_OTHERS; o++) {
        buffer_string(out, " | ");
        buffer_string(out, form_others[o]);
    }
}

static void write_question(const form_pack *pack, const form_audit *audit, const char *id,
                           const char *question, const char *guidance, int kind, buffer *out)
{
    buffer choices = {0};

    if (kind == FORM_LEVEL)
        write_choices(&audit->rubric->scale, id != form_questions[0].id, &choices);
    else
        buffer_string(&choices, kind == FORM_DATE ? "dd/mm/yyyy" : "in words, or empty");
    if (buffer_end(&choices))
        write_row(pack, audit, (const char *const[]){id, question, guidance, choices.bytes}, out);
    out->failed |= choices.failed;
    buffer_free(&choices);
}

void form_write_csv(const form_pack *pack, buffer *out)
{
    buffer_string(out, "\xEF\xBB\xBF"); /* Excel takes the file for UTF-8 only so */
    buffer_string(out, heading);
    for (size_t a = 0; a < pack->count; a++) {
        const form_audit *audit = &pack->audits[a];
        for (size_t c = 0; c < audit->rubric->criterion_count; c++) {
            const criterion *asked = &audit->rubric->criteria[c];
            write_facts(pack, audit, asked, out);
            if (form_asks(asked))
                write_question(pack, audit, asked->id, asked->question, asked->guidance, FORM_LEVEL,
                               out);
        }
        for (size_t q = 0; q < FORM_QUESTIONS; q++)
            write_question(pack, audit, form_questions[q].id, form_questions[q].question,
                           form_questions[q].guidance, (int)form_questions[q].kind, out);
    }
}
