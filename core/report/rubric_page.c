#include "report/names.h"
#include "report/rubric_words.h"
#include "report/sheet.h"

/* A line is written to `line` and then to the sheet; `line` is used again for the next. */
static void put_item(const sheet *to, const char *label, buffer *line)
{
    if (buffer_end(line)) {
        sheet_item(to, label, line->bytes);
    }
    line->size = 0;
}

static void put_paragraph(const sheet *to, buffer *line)
{
    if (buffer_end(line)) {
        sheet_paragraph(to, line->bytes);
    }
    line->size = 0;
}

static void page_facts(const sheet *to, const rubric *held, const rubric_library *library,
                       buffer *line)
{
    sheet_list_open(to);
    buffer_format(line, "%s, version %s", held->id, held->version);
    put_item(to, "Rubric", line);
    name_of_id(line, held->practice_area);
    put_item(to, "Practice area", line);
    name_of_day(line, held->effective_from);
    put_item(to, "For audits from", line);
    for (size_t i = 0; library != NULL && i < library->framework_count; i++) {
        if (strcmp(library->frameworks[i]->id, held->framework) == 0) {
            buffer_string(line, library->frameworks[i]->title);
        }
    }
    if (line->size == 0) {
        buffer_string(line, held->framework);
    }
    put_item(to, "Edition of the framework", line);
    name_of_row(line, library, BY_JUDGEMENT_AREA, held->judgement_area);
    if (held->judgement_area[0] == '\0') {
        line->size = 0;
    }
    put_item(to, "Judgement area", line);
    sheet_item(to, "Source", held->source);
    sheet_item(to, "File", name_of_file(held->file));
    sheet_list_close(to);
    sheet_paragraph(to, held->note);
    if (held->unusable != NULL) {
        buffer_format(line, "This rubric cannot grade as things stand: %s", held->unusable);
        put_paragraph(to, line);
    }
}

static unsigned long total_weight(const rubric *held)
{
    unsigned long total = 0;
    for (size_t c = 0; c < held->criterion_count; c++) {
        total += held->criteria[c].weight;
    }
    return total;
}

static void page_judgement(const sheet *to, const rubric *held, buffer *line)
{
    sheet_heading(to, 2, "How the judgement is made");
    sheet_list_open(to);
    buffer_format(line, "Where less than %u%% of the weight that applies is recorded, the record is "
                        "not graded.",
                  held->min_coverage);
    put_item(to, "Coverage", line);
    words_numbers(line, held);
    put_item(to, "Numbers", line);
    if (held->overall) {
        buffer_format(line, "Each rating has points, %s 1 to %s %zu; the score is their weighted "
                            "mean.",
                      held->scale.labels[0], held->scale.labels[held->scale.count - 1],
                      held->scale.count);
        put_item(to, "Score", line);
        words_thresholds(line, held);
        put_item(to, "Judgement", line);
    } else {
        buffer_string(line, "This rubric makes no overall judgement. Each rating stands for "
                            "itself.");
        put_item(to, "Judgement", line);
    }
    for (size_t i = 0; held->overall && i < held->requirement_count; i++) {
        words_requirement(line, held, &held->requirements[i]);
        put_item(to, "Requirement", line);
    }
    for (size_t c = 0; held->overall && c < held->criterion_count; c++) {
        for (size_t i = 0; i < held->criteria[c].limit_count; i++) {
            name_of_id(line, held->criteria[c].id);
            buffer_string(line, ": ");
            size_t start = line->size;
            words_limit(line, held, &held->criteria[c].limits[i]);
            if (!line->failed && line->bytes[start] == 'R') {
                line->bytes[start] = 'r'; /* it goes on within the line */
            }
            put_item(to, "Limit", line);
        }
    }
    sheet_list_close(to);
}

static void page_weight(const criterion *asked, unsigned long total, buffer *line)
{
    if (asked->weight == 0 || total == 0) {
        buffer_string(line, "0: reported, never scored");
    } else {
        buffer_format(line, "%u of %lu", asked->weight, total);
    }
}

static void page_criterion(const sheet *to, const rubric *held, const criterion *asked,
                           buffer *line)
{
    name_of_id(line, asked->id);
    if (buffer_end(line)) {
        sheet_heading(to, 3, line->bytes);
    }
    line->size = 0;
    sheet_paragraph(to, asked->question);
    sheet_list_open(to);
    sheet_item(to, "Guidance", asked->guidance);
    words_applies(line, asked);
    put_item(to, "When", line);
    words_measure(line, asked);
    put_item(to, "Measured", line);
    words_rating(line, held, asked);
    put_item(to, "Rated", line);
    words_missing(line, held, asked);
    put_item(to, "Missing", line);
    page_weight(asked, total_weight(held), line);
    put_item(to, "Weight", line);
    for (size_t i = 0; i < asked->limit_count; i++) {
        words_limit(line, held, &asked->limits[i]);
        put_item(to, "Limit", line);
    }
    sheet_item(to, "Source", asked->source);
    sheet_list_close(to);
}

bool rubric_page(const rubric *held, const rubric_library *library, rubric_page_form form,
                 report_write write, void *user)
{
    buffer out = {0};
    buffer line = {0};
    sheet  to = {form, &out};
    sheet_open(&to, held->title);
    buffer_end(&line);
    page_facts(&to, held, library, &line);
    page_judgement(&to, held, &line);
    sheet_heading(&to, 2, "Criteria");
    for (size_t c = 0; c < held->criterion_count; c++) {
        page_criterion(&to, held, &held->criteria[c], &line);
    }
    sheet_close(&to);
    bool fine = !out.failed && !line.failed && write(user, out.bytes, out.size);
    buffer_free(&line);
    buffer_free(&out);
    return fine;
}
