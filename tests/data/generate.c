/* generate.c - writes made audit records as CSV to standard output.
 *
 *     generate --area AREA [--records N] [--first N] [--seed S]
 *              [--mess | --forms | --bench]
 *
 * --first  the number of the first record, which its audit id holds
 * --mess   what real exports have: a byte order mark, CRLF, semicolons, mixed dates, other
 *          spellings, trailing empty columns, blank lines, Windows-1252 bytes, and a few records that cannot
 *          be graded
 * --forms  supervision as an online form exports it: questions for headings
 * --bench  the benchmark's file: assessments, 28 columns, about 310 bytes a record */
#include "made.h"

#include <assay/plugin.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- One record ------------------------------------------------------------ */

typedef struct {
    const area *area;
    uint64_t    seed;
    int32_t     records;
    int32_t     first;
    bool        mess;
    bool        forms;
    bool        bench;
} options;

enum { TEAMS = 6, AUDITORS = 12 };

static void put_comment(record *into)
{
    static const char *const sentences[] = {
        "Child seen at home and at school, and what they said is on the file.",
        "Plan is clear, but two actions have no date.",
        "Mother told the worker \"we are fine now\"; this was not tested with the school.",
        "Good use of the chronology.",
        "Father not spoken to, although his address is known.",
        "Supervision asks the right questions; actions from it are slow.",
        "The analysis lists events, and does not say what they add up to.",
        "Strong direct work: drawings, wishes and feelings, a letter to the child.",
        "Delay was caused by waiting for the health report.",
        "Manager challenged the first draft and it shows.",
        "Brothers and sisters are named, their needs are not.",
        "Interpreter used at each visit.",
    };
    const int32_t count = draw_between(&into->draws, 0, 4);
    const int32_t start = draw_between(&into->draws, 0, 11);
    char          text[CELL_SIZE] = "";

    for (int32_t i = 0; i < count; i++) {
        const char *separator = i == 0 ? "" : draw_chance(&into->draws, 150) ? "\n" : " ";

        strncat(text, separator, sizeof text - strlen(text) - 1);
        strncat(text, sentences[(start + 5 * i) % 12], sizeof text - strlen(text) - 1);
    }
    put(into, "comment", "%s", text);
}

/* Auditors see the work a little better than it is, each to their own degree. */
static void put_auditor(record *into, const options *asked)
{
    static const char *const words[] = {"Inadequate", "Requires improvement", "Good",
                                        "Outstanding"};
    const int32_t            auditor = draw_between(&into->draws, 1, AUDITORS);
    draws                    own = draws_start(asked->seed, (uint64_t)auditor << 40);
    const int32_t            leniency = draw_between(&own, -60, 200);
    const int32_t            seen = into->quality + leniency + draw_bell(&into->draws, 160);

    put(into, "auditor", "Auditor %02d", auditor);
    put(into, "auditor_grade", "%s", words[seen < 250 ? 0 : seen < 520 ? 1 : seen < 860 ? 2 : 3]);
}

static record make_record(const options *asked, int32_t number)
{
    static const char *const teams[TEAMS] = {"North", "South", "East", "West", "Coast", "Moor"};
    static const int32_t     leads[TEAMS] = {60, -40, 20, -110, 90, 0};
    record made = {.draws = draws_start(asked->seed, (uint64_t)number), .number = number};

    const int32_t team = draw_between(&made.draws, 0, TEAMS - 1);
    const int32_t first = assay_date_from_parts(2026, 4, 1);

    made.manner = (manner){.mess = asked->mess, .with_time = asked->forms};
    made.quality = 545 + leads[team] + draw_bell(&made.draws, 700);
    made.quality = made.quality < 0 ? 0 : made.quality > 1000 ? 1000 : made.quality;
    made.audit_date = work_day(first + draw_between(&made.draws, 0, 195));

    if (asked->forms) { /* what the form adds by itself; its times are American */
        put(&made, "ID", "%d", number - asked->first + 1);
        put(&made, "Start time", "9/%d/26 14:%02d:00", 1 + number % 28, number % 60);
        put(&made, "Email", "anonymous");
    }
    put(&made, "audit_id", "AU-%06d", number);
    if (asked->bench) {
        put_day(&made, "audit_date", made.audit_date, 0);
        put_bench_fields(&made);
    } else {
        put(&made, "practice_area", "%s", asked->area->name);
        put_day(&made, "audit_date", made.audit_date, 0);
        put(&made, "team", "%s", teams[team]);
        put_auditor(&made, asked);
        put(&made, "child_ref", "C%05d", draw_between(&made.draws, 10000, 99999));
        asked->area->put_fields(&made);
    }
    put_comment(&made);
    return made;
}

/* ---- Writing --------------------------------------------------------------- */

/* How the file is written. */
typedef struct {
    char        delimiter;
    const char *line_end;
    const char *trailer; /* after the last cell of every line */
} layout;

static void write_cell(const char *text, const layout *as)
{
    const char special[] = {as->delimiter, '"', '\r', '\n', '\0'};

    if (!strpbrk(text, special)) {
        fputs(text, stdout);
        return;
    }
    putchar('"');
    for (const char *byte = text; *byte; byte++) {
        if (*byte == '"')
            putchar('"');
        putchar(*byte);
    }
    putchar('"');
}

static void write_record(const record *made, const layout *as)
{
    for (size_t i = 0; i < made->count; i++) {
        if (i > 0)
            putchar(as->delimiter);
        write_cell(made->cells[i].text, as);
    }
    fputs(as->trailer, stdout);
    fputs(as->line_end, stdout);
}

/* The questions of the form that the supervision audit is filled in on. */
static const char *question_of(const char *field)
{
    static const char *const questions[][2] = {
        {"audit_id", "Audit reference"},
        {"practice_area", "What was audited?"},
        {"audit_date", "Date of this audit"},
        {"team", "Which team holds the case?"},
        {"auditor", "Your auditor number"},
        {"auditor_grade", "Taking everything together, how do you grade the supervision?"},
        {"child_ref", "Case reference (no names, please)"},
        {"longest_supervision_gap_days", "Longest gap between supervisions in six months, in days"},
        {"last_supervision_date", "When was the last supervision?"},
        {"supervision_recorded_date", "When was it put on the child's file?"},
        {"reflective_quality", "Is supervision reflective: does it make the worker think again?"},
        {"risk_in_supervision", "Are risks, and what could happen, weighed?"},
        {"child_at_centre", "Is the child's experience in the discussion?"},
        {"direction_recorded", "Does each record end with actions, owners and dates?"},
        {"supervision_actions_done_percent", "Share of actions done by the next supervision"},
        {"drift_challenged", "Was drift or delay challenged?"},
        {"decision_rationale", "Are decisions on file with who, when and why?"},
        {"audited_before", "Has this file been audited before?"},
        {"earlier_audit_actions", "If so: were the actions carried through?"},
        {"worker_changes_12_months", "Changes of worker in the last twelve months"},
        {"comment", "Anything else, in your own words"},
    };

    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
        if (strcmp(questions[i][0], field) == 0)
            return questions[i][1];
    return field;
}

static void write_header(const record *made, const layout *as, bool forms)
{
    for (size_t i = 0; i < made->count; i++) {
        if (i > 0)
            putchar(as->delimiter);
        write_cell(forms ? question_of(made->cells[i].name) : made->cells[i].name, as);
    }
    fputs(as->trailer, stdout);
    fputs(as->line_end, stdout);
}

/* The form asks for some answers in words of its own. */
static void answer_as_form(record *made)
{
    static const char *const answers[][3] = {
        {"earlier_audit_actions", "Yes", "All of them"},
        {"earlier_audit_actions", "No", "Some of them"},
        {"drift_challenged", "n/a", "There was none to challenge"},
    };

    for (size_t i = 0; i < made->count; i++)
        for (size_t a = 0; a < sizeof answers / sizeof *answers; a++)
            if (strcmp(made->cells[i].name, answers[a][0]) == 0 &&
                strcmp(made->cells[i].text, answers[a][1]) == 0)
                snprintf(made->cells[i].text, CELL_SIZE, "%s", answers[a][2]);
}

/* ---- Mess -------------------------------------------------------------------- */

/* Writes over the cell of that name. */
static void replace(record *in, const char *name, const char *text)
{
    for (size_t i = 0; i < in->count; i++)
        if (strcmp(in->cells[i].name, name) == 0)
            snprintf(in->cells[i].text, CELL_SIZE, "%s", text);
}

/* What goes wrong in a few records of a messy export; `rating` names one of its ratings. */
static void spoil(record *made, const char *rating)
{
    switch (made->number % 40) {
    case 7:
        replace(made, rating, "Goood");
        break;
    case 19:
        replace(made, "audit_date", "31/02/2026");
        break;
    case 26: /* a curly apostrophe and an accent as Windows-1252 has them */
        replace(made, "comment", "The mother\x92s fianc\xe9 was not met");
        break;
    case 33:
        put(made, "stray", "pasted into the wrong cell");
        put(made, "stray", "and the next");
        put(made, "stray", "and one more");
        break;
    default:
        break;
    }
}

static const char *rating_of_area(const char *name)
{
    static const char *const ratings[][2] = {
        {"assessments", "risk_analysis"},      {"plans", "child_focus"},
        {"care_leavers", "accommodation"},     {"front_door", "threshold_decision"},
        {"supervision", "reflective_quality"}, {"children_in_care", "care_plan"},
    };

    for (size_t i = 0; i < sizeof ratings / sizeof *ratings; i++)
        if (strcmp(ratings[i][0], name) == 0)
            return ratings[i][1];
    return "comment";
}

static void write_all(const options *asked)
{
    const layout plain = {',', "\n", ""}, messy = {';', "\r\n", ";;"}, form = {',', "\r\n", ""};
    const layout as = asked->mess ? messy : asked->forms ? form : plain;

    if (asked->mess || asked->forms)
        fputs("\xef\xbb\xbf", stdout);
    for (int32_t i = 0; i < asked->records; i++) {
        record made = make_record(asked, asked->first + i);

        if (asked->forms)
            answer_as_form(&made);
        if (i == 0)
            write_header(&made, &as, asked->forms);
        if (asked->mess)
            spoil(&made, rating_of_area(asked->area->name));
        write_record(&made, &as);
        if (asked->mess && i % 25 == 24)
            fputs(as.line_end, stdout);
    }
    if (asked->mess) /* cut off in the middle of a cell */
        printf("AU-%06d;%s;\"01/06/2026", asked->first + asked->records, asked->area->name);
}

/* ---- Options ----------------------------------------------------------------- */

static bool read_count(const char *text, uint64_t most, uint64_t *out)
{
    char *end;

    errno = 0;
    *out = strtoull(text, &end, 10);
    return errno == 0 && end != text && *end == '\0' && *out <= most;
}

static bool read_options(int argc, char **argv, options *asked)
{
    *asked = (options){.area = area_find("assessments"), .seed = 1, .records = 100, .first = 1};
    for (int i = 1; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : "";
        uint64_t    number = 0;

        if (strcmp(argv[i], "--mess") == 0) {
            asked->mess = true;
        } else if (strcmp(argv[i], "--forms") == 0) {
            asked->forms = true;
            asked->area = area_find("supervision");
        } else if (strcmp(argv[i], "--bench") == 0) {
            asked->bench = true;
        } else if (strcmp(argv[i], "--area") == 0 && area_find(value)) {
            asked->area = area_find(value);
            i++;
        } else if (strcmp(argv[i], "--records") == 0 && read_count(value, 99999999, &number)) {
            asked->records = (int32_t)number;
            i++;
        } else if (strcmp(argv[i], "--first") == 0 && read_count(value, 99999999, &number)) {
            asked->first = (int32_t)number;
            i++;
        } else if (strcmp(argv[i], "--seed") == 0 && read_count(value, UINT64_MAX, &asked->seed)) {
            i++;
        } else {
            return false;
        }
    }
    return true;
}

int main(int argc, char **argv)
{
    options asked;

    if (!read_options(argc, argv, &asked)) {
        fputs("usage: generate --area AREA [--records N] [--first N] [--seed S] "
              "[--mess | --forms | --bench]\n",
              stderr);
        return 2;
    }
    write_all(&asked);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fputs("generate: standard output cannot be written\n", stderr);
        return 3;
    }
    return 0;
}
