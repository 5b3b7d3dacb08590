/* write_csv.c - a diff for a spreadsheet: a row a record that moved, what touches safety first. */
#include <string.h>

#include "regression/writing.h"

static void text_cell(buffer *out, text value)
{
    if (buffer_room(out, cell_most(value)))
        out->size = (size_t)(put_cell(out->bytes + out->size, value) - out->bytes);
}

static void string_cell(buffer *out, const char *value)
{
    buffer_byte(out, ',');
    text_cell(out, text_of(value));
}

static void score_cell(buffer *out, uint32_t score)
{
    buffer_byte(out, ',');
    write_score(out, score);
}

static void because_cell(buffer *out, const move *of)
{
    buffer words = {0};

    if (of->moved)
        write_because(&words, of);
    buffer_byte(out, ',');
    text_cell(out, (text){words.bytes, words.size});
    out->failed |= words.failed;
    buffer_free(&words);
}

static void row(const move *of, buffer *out)
{
    static const char *const directions[] = {"up", "down", "otherwise"};

    text_cell(out, text_of(safety_words(of)));
    string_cell(out, of->to.audit_id);
    string_cell(out, of->to.input);
    buffer_byte(out, ',');
    if (of->to.line > 0)
        buffer_unsigned(out, of->to.line);
    string_cell(out, of->to.area);
    string_cell(out, of->to.team);
    string_cell(out, of->from.word);
    string_cell(out, of->to.word);
    string_cell(out, of->moved ? directions[of->direction] : "same");
    score_cell(out, of->from.score);
    score_cell(out, of->to.score);
    score_cell(out, of->from.margin);
    score_cell(out, of->to.margin);
    string_cell(out, of->from.limited_by);
    string_cell(out, of->to.limited_by);
    string_cell(out, of->freed);
    because_cell(out, of);
    buffer_byte(out, '\n');
}

static bool touches_safety(const move *of)
{
    return *safety_words(of) != '\0';
}

static void single(const verdict *of, const char *side, buffer *out)
{
    text_cell(out, text_of(side));
    string_cell(out, of->audit_id);
    string_cell(out, of->input);
    buffer_byte(out, ',');
    if (of->line > 0)
        buffer_unsigned(out, of->line);
    string_cell(out, of->area);
    string_cell(out, of->team);
    const bool removed = strcmp(side, "removed") == 0;
    string_cell(out, removed ? of->word : "");
    string_cell(out, removed ? "" : of->word);
    buffer_string(out, ",,,,,,,,,\n");
}

void diff_write_csv(const diff *from, diff_page *to)
{
    buffer_string(&to->text, "safety,audit_id,input,line,practice_area,team,from,to,direction,"
                             "score_from,score_to,margin_from,margin_to,limited_by_from,"
                             "limited_by_to,limits_freed,undo\n");
    for (size_t s = 0; s < from->safety_count; s++) {
        row(from->safety[s], &to->text);
        page_turn(to);
    }
    for (size_t m = 0; m < from->move_count; m++) {
        if (!touches_safety(&from->moves[m]))
            row(&from->moves[m], &to->text);
        page_turn(to);
    }
    for (size_t i = 0; i < from->only_a_count; i++)
        single(&from->only_a[i], "removed", &to->text);
    for (size_t i = 0; i < from->only_b_count; i++)
        single(&from->only_b[i], "added", &to->text);
}
