/* write_html_records.c - the records of a diff's page: what touches safety, and all that moved, before and after
 * side by side. */
#include "regression/verdict.h"
#include "regression/writing.h"

static void score_cell(buffer *out, uint32_t score)
{
    buffer_string(out, "<td class=\"number\">");
    write_score(out, score);
    buffer_string(out, "</td>");
}

static const char record_headings[] =
    "<colgroup><col class=\"record\"></colgroup>"
    "<colgroup><col class=\"judgement\"><col><col></colgroup>"
    "<colgroup><col class=\"judgement\"><col><col></colgroup>"
    "<colgroup><col class=\"why\"></colgroup>\n"
    "<thead><tr><th scope=\"col\" rowspan=\"2\">Record</th>"
    "<th scope=\"colgroup\" colspan=\"3\" class=\"was\">Before</th>"
    "<th scope=\"colgroup\" colspan=\"3\" class=\"is\">After</th>"
    "<th scope=\"col\" rowspan=\"2\" class=\"why\">What moved it: undo this and it is "
    "back</th></tr>\n"
    "<tr><th scope=\"col\" class=\"was\">Judgement</th><th scope=\"col\" "
    "class=\"number\">Score</th>"
    "<th scope=\"col\" class=\"number\">Margin</th>"
    "<th scope=\"col\" class=\"is\">Judgement</th><th scope=\"col\" class=\"number\">Score</th>"
    "<th scope=\"col\" class=\"number\">Margin</th></tr></thead>\n<tbody>\n";

static void record_row(const move *of, buffer *out)
{
    static const char *const ways[] = {"up", "down", "other"};
    buffer                   words = {0};

    buffer_string(out, "<tr class=\"move ");
    buffer_string(out, of->moved ? ways[of->direction] : "same");
    buffer_string(out,
                  *safety_words(of) ? " safety\"><th scope=\"row\">" : "\"><th scope=\"row\">");
    write_id(&words, &of->to);
    html_flush(out, &words);
    buffer_string(out, "</th>");
    html_cell(out, "was", verdict_shown(&of->from));
    score_cell(out, of->from.score);
    score_cell(out, of->from.margin);
    html_cell(out, "is", verdict_shown(&of->to));
    score_cell(out, of->to.score);
    score_cell(out, of->to.margin);
    buffer_string(out, "<td class=\"why\">");
    if (of->moved)
        write_because(&words, of);
    html_flush(out, &words);
    if (*safety_words(of)) {
        buffer_string(out, of->moved ? "<br><strong>" : "<strong>");
        html_string(out, safety_words(of));
        buffer_string(out, "</strong>");
    }
    if (*of->freed) {
        buffer_string(out, " (limit of ");
        html_string(out, of->freed);
        buffer_byte(out, ')');
    }
    buffer_string(out, "</td></tr>\n");
    out->failed |= words.failed;
    buffer_free(&words);
}

static void open_records(buffer *out, const char *caption)
{
    buffer_string(out, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
    buffer_string(out, caption);
    buffer_string(out, "\">\n<table class=\"moves\"><caption>");
    buffer_string(out, caption);
    buffer_string(out, "</caption>\n");
    buffer_string(out, record_headings);
}

void diff_html_safety(const diff *from, diff_page *to)
{
    buffer_string(&to->text, "<section id=\"safety\">\n<h2>Safety</h2>\n");
    if (from->safety_count == 0) {
        buffer_string(&to->text,
                      "<p>No record enters or leaves the lowest level, and every limit that "
                      "held still holds.</p>\n</section>\n");
        return;
    }
    open_records(&to->text, "Records that enter or leave the lowest level, or that a limit no "
                            "longer holds");
    for (size_t s = 0; s < from->safety_count; s++) {
        record_row(from->safety[s], &to->text);
        page_turn(to);
    }
    buffer_string(&to->text, "</tbody></table></div>\n</section>\n");
}

/* ---- Records that moved, and the filter ---------------------------------------------------------- */

/* A way to see some of the records: how many there are. */
typedef struct {
    const char *id;
    const char *words;
    uint64_t    count;
} choice;

static void choice_input(const choice *of, bool checked, buffer *out)
{
    buffer_format(out, "<label><input type=\"radio\" name=\"show\" id=\"show-%s\"%s> %s (", of->id,
                  checked ? " checked" : "", of->words);
    buffer_grouped(out, of->count);
    buffer_string(out, ")</label>\n");
}

/* What is left out is said, also on paper. */
static void choice_said(const choice *of, const choice *all, buffer *out)
{
    buffer_format(out, "<p class=\"only %s\">Shown here: %s, ", of->id, of->words);
    buffer_grouped(out, of->count);
    buffer_string(out, " of ");
    buffer_grouped(out, all->count);
    buffer_string(out, ".</p>\n");
}

static void filter(const diff *from, buffer *out)
{
    choice choices[] = {{"all", "all", from->records - from->same},
                        {"safety", "what touches safety", 0},
                        {"up", "up", from->up},
                        {"down", "down", from->down},
                        {"other", "otherwise", from->other}};
    enum { CHOICES = sizeof choices / sizeof choices[0] };

    for (size_t s = 0; s < from->safety_count; s++)
        choices[1].count += from->safety[s]->moved;
    buffer_string(out, "<fieldset><legend>Show</legend>\n");
    for (int c = 0; c < CHOICES; c++)
        choice_input(&choices[c], c == 0, out);
    buffer_string(out, "</fieldset>\n");
    for (int c = 1; c < CHOICES; c++)
        choice_said(&choices[c], &choices[0], out);
}

void diff_html_records(const diff *from, diff_page *to)
{
    buffer *out = &to->text;

    buffer_string(out, "<section id=\"records\">\n<h2>Records that moved</h2>\n");
    if (from->same == from->records) {
        buffer_string(out, "<p>None.</p>\n</section>\n");
        return;
    }
    filter(from, out);
    open_records(out, "Records that moved, before and after");
    for (size_t m = 0; m < from->move_count; m++) {
        if (from->moves[m].moved)
            record_row(&from->moves[m], out);
        page_turn(to);
    }
    buffer_string(out, "</tbody></table></div>\n</section>\n");
}
