/* The pack as one page: it works without a network, keeps nothing in the browser, and saves the
 * answers as CSV. */
#include "forms/form.h"
#include "writing/html_text.h"
#include "writing/words.h"

static const char style[] =
    "form section { border-top: 3px solid var(--ink); padding-top: .5rem; }\n"
    "fieldset { border: 1px solid var(--line); margin: 0 0 1rem; padding: .5rem 1rem .75rem; "
    "max-width: 48rem; }\n"
    "legend { font-weight: 600; padding: 0 .25rem; }\n"
    "fieldset p, .facts { margin: 0 0 .5rem; }\n"
    ".choices { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; }\n"
    ".choices label { padding: .35rem 0; } input[type=radio] { width: 1.15rem; height: 1.15rem; "
    "vertical-align: -.2rem; margin: 0 .4rem 0 0; }\n"
    "input[type=date], textarea { font: inherit; padding: .4rem; border: 1px solid var(--soft); }\n"
    "textarea { width: 100%; min-height: 6rem; }\n"
    "input:focus-visible, textarea:focus-visible, button:focus-visible { outline: 3px solid "
    "var(--link); outline-offset: 2px; }\n"
    "button { font: inherit; font-weight: 600; padding: .5rem 1.25rem; color: #fff; "
    "background: var(--link); border: 0; cursor: pointer; }\n"
    ".bar { position: sticky; top: 0; background: #fff; border-bottom: 1px solid var(--line); "
    "padding: .75rem 0; display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center; }\n"
    ".bar p { margin: 0; } .state { font-weight: 400; color: var(--soft); }\n"
    "@media print { .bar { display: none; } form section { break-before: page; } "
    "fieldset { break-inside: avoid; } textarea { min-height: 10rem; } }\n";

static const char introduction[] =
    "<p>Look at each child's file itself, then answer. The grades of the auditor and of the rubric "
    "are "
    "left out on purpose: you see them once yours are in.</p>\n"
    "<p>Nothing is sent and nothing is kept in the browser. <strong>Save</strong> writes your "
    "answers "
    "to a file; to go on another day, open this page again and choose that file. When all is "
    "answered, give the saved file to whoever sent you the pack.</p>\n";

/* name="a3q2": one group of choices for each question. */
typedef struct {
    size_t audit;
    size_t question;
} question_number;

static void write_choice(buffer *out, question_number at, const char *value, const char *label)
{
    buffer_format(out, "<label><input type=\"radio\" name=\"a%zuq%zu\" value=\"", at.audit,
                  at.question);
    html_string(out, value);
    buffer_string(out, "\">");
    html_string(out, label);
    buffer_string(out, "</label>\n");
}

static void write_data(buffer *out, const form_audit *audit, const char *id, bool optional)
{
    buffer_string(out, " data-audit=\"");
    html_string(out, audit->audit_id);
    buffer_string(out, "\" data-question=\"");
    html_string(out, id);
    buffer_string(out, optional ? "\" data-optional=\"yes\"" : "\"");
}

static void write_guidance(buffer *out, const char *guidance)
{
    if (!*guidance)
        return;
    buffer_string(out, "<p class=\"small\">");
    html_string(out, guidance);
    buffer_string(out, "</p>\n");
}

/* The facts that were recorded for a criterion. */
static void write_facts(buffer *out, const form_audit *audit, const criterion *asked)
{
    size_t known = 0;

    buffer_string(out, "<p class=\"facts\">Recorded: ");
    for (size_t i = 0; i < asked->input_count; i++) {
        const char *value = form_fact_of(audit, asked->inputs[i].field);
        if (!value)
            continue;
        buffer_string(out, known++ > 0 ? "; " : "");
        name_of_id(out, asked->inputs[i].field);
        buffer_string(out, " <strong>");
        html_string(out, *value ? value : "not recorded");
        buffer_string(out, "</strong>");
    }
    buffer_string(out, known > 0 ? "</p>\n" : "nothing</p>\n");
}

static void write_legend(buffer *out, const char *question)
{
    buffer_string(out, "<legend>");
    html_string(out, question);
    buffer_string(out, "</legend>\n");
}

static void write_levels(buffer *out, question_number at, const scale *of, bool others)
{
    buffer_string(out, "<div class=\"choices\">\n");
    for (size_t l = of->count; l-- > 0;)
        write_choice(out, at, of->ids[l], of->labels[l]);
    for (size_t o = 0; others && o < FORM_OTHERS; o++)
        write_choice(out, at, form_others[o], form_other_labels[o]);
    buffer_string(out, "</div>\n</fieldset>\n");
}

static void write_criterion(buffer *out, const form_audit *audit, size_t number, size_t c)
{
    const criterion *asked = &audit->rubric->criteria[c];
    const char      *question = *asked->question ? asked->question : asked->id;

    if (!form_asks(asked)) {
        buffer_string(out, "<p class=\"facts\"><strong>");
        html_string(out, question);
        buffer_string(out, "</strong></p>\n");
        write_facts(out, audit, asked);
        return;
    }
    buffer_string(out, "<fieldset");
    write_data(out, audit, asked->id, false);
    buffer_string(out, ">\n");
    write_legend(out, question);
    write_guidance(out, asked->guidance);
    write_levels(out, (question_number){number, c}, &audit->rubric->scale, true);
}

/* A date or words: the label is outside the field, and the two are tied by its id. */
static void write_field(buffer *out, const form_audit *audit, size_t number,
                        const form_question *asked)
{
    const size_t q = (size_t)(asked - form_questions);

    buffer_format(out, "<p><label for=\"a%zuf%zu\"><strong>", number, q);
    html_string(out, asked->question);
    buffer_string(out, "</strong></label><br>\n");
    if (*asked->guidance) {
        buffer_string(out, "<span class=\"small\">");
        html_string(out, asked->guidance);
        buffer_string(out, "</span><br>\n");
    }
    buffer_format(out, "<%s id=\"a%zuf%zu\"",
                  asked->kind == FORM_DATE ? "input type=\"date\"" : "textarea", number, q);
    write_data(out, audit, asked->id, asked->optional);
    buffer_string(out, asked->kind == FORM_DATE ? "></p>\n" : "></textarea></p>\n");
}

static void write_own_questions(buffer *out, const form_audit *audit, size_t number)
{
    for (size_t q = 0; q < FORM_QUESTIONS; q++) {
        const form_question *asked = &form_questions[q];
        if (asked->kind != FORM_LEVEL) {
            write_field(out, audit, number, asked);
            continue;
        }
        buffer_string(out, "<fieldset");
        write_data(out, audit, asked->id, false);
        buffer_string(out, ">\n");
        write_legend(out, asked->question);
        write_guidance(out, asked->guidance);
        write_levels(out, (question_number){number, audit->rubric->criterion_count + q},
                     &audit->rubric->scale, false);
    }
}

static void write_audit(buffer *out, const form_audit *audit, size_t number)
{
    buffer_format(out, "<section data-audit aria-labelledby=\"a%zu\">\n<h2 id=\"a%zu\">", number,
                  number);
    html_string(out, audit->audit_id);
    buffer_string(out, " <span class=\"state\"></span></h2>\n<p>");
    name_of_id(out, audit->rubric->practice_area);
    if (*audit->case_reference) {
        buffer_string(out, " &middot; case <strong>");
        html_string(out, audit->case_reference);
        buffer_string(out, "</strong>");
    }
    if (*audit->team) {
        buffer_string(out, " &middot; team ");
        html_string(out, audit->team);
    }
    if (audit->audit_date != INT32_MIN) {
        buffer_string(out, " &middot; audited on ");
        name_of_day(out, audit->audit_date);
    }
    buffer_string(out, "</p>\n");
    for (size_t c = 0; c < audit->rubric->criterion_count; c++)
        write_criterion(out, audit, number, c);
    write_own_questions(out, audit, number);
    buffer_string(out, "</section>\n");
}

void form_write_html(const form_pack *pack, buffer *out)
{
    html_open_page(out, &(html_page){"Moderation pack", style, form_script});
    buffer_string(out, "<header>\n<h1>Moderation pack</h1>\n<p class=\"lead\">");
    html_string(out, pack->pack);
    buffer_string(out, ", for ");
    html_string(out, pack->moderator);
    buffer_format(out, ": %zu %s</p>\n", pack->count, pack->count == 1 ? "audit" : "audits");
    buffer_string(out, introduction);
    buffer_string(out, "</header>\n<main id=\"main\">\n<form autocomplete=\"off\" data-pack=\"");
    html_string(out, pack->pack);
    buffer_string(out,
                  "\">\n<div class=\"bar\"><button type=\"submit\">Save</button>\n"
                  "<p><label>Go on from a saved file: <input type=\"file\" id=\"load\" "
                  "accept=\".csv,text/csv\"></label></p>\n"
                  "<p id=\"progress\" role=\"status\"></p><p id=\"notice\" role=\"status\"></p>"
                  "</div>\n<noscript><p class=\"note\">This page cannot save here, because "
                  "scripts are switched off. Ask for the pack as a spreadsheet.</p></noscript>\n");
    for (size_t a = 0; a < pack->count; a++)
        write_audit(out, &pack->audits[a], a);
    buffer_string(out, "</form>\n</main>\n");
    html_script(out, form_script);
    html_close(out);
}
