#include "moderation/compare_page.h"

#include <stdlib.h>
#include <string.h>

#include "writing/html_text.h"
#include "writing/words.h"

/* The ratings of one audit: the rubric's, which are the auditor's where they gave a level. */
typedef struct {
    arena memory;
    struct {
        const char *criterion, *rating;
    } * items;
    size_t count;
    bool   out_of_memory;
} rating_list;

typedef struct {
    store      *kept;
    rating_list audit;
    rating_list moderation;
} page_work;

static void keep_ratings(rating_list *list, const store_pairs *given)
{
    list->count = 0;
    list->items = arena_array(&list->memory, given->count + 1, sizeof *list->items);
    list->out_of_memory |= !list->items;
    for (size_t i = 0; list->items && i < given->count; i++) {
        const char *asked = given->items[i].name, *rating = given->items[i].value;
        list->items[i].criterion = arena_text(&list->memory, asked, strlen(asked));
        list->items[i].rating = arena_text(&list->memory, rating, strlen(rating));
        list->out_of_memory |= !list->items[i].criterion || !list->items[i].rating;
        list->count += !list->out_of_memory;
    }
}

static bool take_grade(void *user, const store_stamp *stamp, const store_grade *given)
{
    (void)stamp;
    keep_ratings(user, &given->ratings);
    return true;
}

static bool take_moderation(void *user, const store_stamp *stamp, const store_moderation *given)
{
    (void)stamp;
    keep_ratings(user, &given->ratings);
    return true;
}

static const char *rating_of(const rating_list *list, const char *asked)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i].criterion, asked) == 0)
            return list->items[i].rating;
    return NULL;
}

static void write_cell(buffer *out, const char *id)
{
    buffer_string(out, "<td>");
    if (*id)
        name_of_id(out, id);
    else
        buffer_string(out, "none");
    buffer_string(out, "</td>");
}

static void write_differences(const page_work *work, buffer *out)
{
    bool begun = false;

    for (size_t i = 0; i < work->moderation.count; i++) {
        const char *asked = work->moderation.items[i].criterion;
        const char *theirs = work->moderation.items[i].rating;
        const char *audited = rating_of(&work->audit, asked);
        if (!audited || strcmp(audited, theirs) == 0)
            continue;
        if (!begun)
            buffer_string(out, "<div class=\"scroll\"><table><caption>Criteria rated differently"
                               "</caption>\n<thead><tr><th scope=\"col\">Criterion</th>"
                               "<th scope=\"col\">Audit</th><th scope=\"col\">Moderator</th></tr>"
                               "</thead>\n<tbody>\n");
        begun = true;
        buffer_string(out, "<tr><th scope=\"row\">");
        name_of_id(out, asked);
        buffer_string(out, "</th>");
        write_cell(out, audited);
        write_cell(out, theirs);
        buffer_string(out, "</tr>\n");
    }
    if (begun)
        buffer_string(out, "</tbody></table></div>\n");
}

static void write_said(buffer *out, const char *who, const char *said)
{
    if (!*said)
        return;
    buffer_string(out, "<p><strong>");
    buffer_string(out, who);
    buffer_string(out, "</strong> ");
    html_string(out, said);
    buffer_string(out, "</p>\n");
}

static void write_case(const page_work *work, const moderation_case *one, size_t number,
                       buffer *out)
{
    buffer difference = {0};

    buffer_format(out, "<section aria-labelledby=\"c%zu\">\n<h2 id=\"c%zu\">", number, number);
    html_string(out, one->audit_id);
    buffer_string(out, "</h2>\n<table><caption>");
    html_string(out, one->practice_area);
    compare_difference(&difference, one);
    if (difference.size > 0)
        buffer_string(out, ": ");
    html_flush(out, &difference);
    buffer_string(out, "</caption>\n<thead><tr><th scope=\"col\">Auditor</th>"
                       "<th scope=\"col\">Rubric</th><th scope=\"col\">Moderator</th></tr></thead>"
                       "\n<tbody><tr>");
    write_cell(out, one->auditor_grade);
    write_cell(out, one->tool_grade);
    write_cell(out, one->practice_grade);
    buffer_string(out, "</tr></tbody></table>\n");
    write_differences(work, out);
    write_said(out, "Moderator:", one->comment);
    write_said(out, "Reason:", one->reason_text);
    write_said(out, "Dispute:", one->dispute_text);
    write_said(out, "Decision:", one->decision_text);
    buffer_string(out, "</section>\n");
    buffer_free(&difference);
}

static bool read_ratings(page_work *work, const moderation_case *one, error_list *errors)
{
    const store_filter filter = {.audit_id = one->audit_id, .whole = true};
    const store_filter graded = {
        .audit_id = one->audit_id, .whole = true, .as_moderated = one->changed};

    work->audit.count = work->moderation.count = 0;
    return store_each_grade(work->kept, &graded, take_grade, &work->audit, errors) &&
           store_each_moderation(work->kept, &filter, take_moderation, &work->moderation, errors) &&
           ((!work->audit.out_of_memory && !work->moderation.out_of_memory) ||
            error_memory(errors));
}

bool compare_page(store *kept, const moderation_case *const *cases, size_t count, buffer *out,
                  error_list *errors)
{
    page_work work = {.kept = kept};
    bool      fine = true;

    html_open(out, "Both grades");
    buffer_format(out,
                  "<header>\n<h1>Both grades</h1>\n<p class=\"lead\">%zu moderated %s for somebody"
                  "</p>\n<p>A grade is about practice with the child, and two careful people may "
                  "differ. Say what in the file decides it.</p>\n</header>\n<main id=\"main\">\n",
                  count, count == 1 ? "audit waits" : "audits wait");
    for (size_t c = 0; fine && c < count; c++) {
        fine = read_ratings(&work, cases[c], errors);
        if (fine)
            write_case(&work, cases[c], c, out);
    }
    buffer_string(out, "</main>\n");
    html_close(out);
    arena_free(&work.audit.memory);
    arena_free(&work.moderation.memory);
    return fine;
}
