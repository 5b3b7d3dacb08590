/* write_table.c - a diff for a terminal. */
#include <string.h>

#include "regression/writing.h"

enum { GROUPS_SHOWN = 5 };

static void say_count(buffer *out, const char *what, uint64_t count, uint64_t of)
{
    buffer_string(out, what);
    buffer_byte(out, ' ');
    buffer_grouped(out, count);
    buffer_string(out, " (");
    write_share(out, count, of);
    buffer_byte(out, ')');
}

static void table_head(const diff *from, buffer *out)
{
    const uint64_t moved = from->records - from->same;

    buffer_string(out, "from  ");
    terminal_plain(out, text_of(from->a));
    buffer_string(out, "\nto    ");
    terminal_plain(out, text_of(from->b));
    buffer_string(out, "\n\n");
    buffer_grouped(out, from->records);
    buffer_string(out, from->records == 1 ? " record compared: " : " records compared: ");
    say_count(out, "moved", moved, from->records);
    say_count(out, ", up", from->up, from->records);
    say_count(out, ", down", from->down, from->records);
    say_count(out, ", otherwise", from->other, from->records);
    buffer_byte(out, '\n');
    if (from->scores > 0) {
        buffer_grouped(out, from->scores);
        buffer_string(out, from->scores == 1 ? " more has another score and the same judgement\n"
                                             : " more have another score and the same judgement\n");
    }
    if (from->changed > 0) {
        buffer_grouped(out, from->changed);
        buffer_string(out, from->changed == 1 ? " record says something else than then\n"
                                              : " records say something else than then\n");
    }
    if (from->other_scale)
        buffer_string(out, "The two sides have other scales: levels are the same where their labels "
                           "are.\n");
    if (from->repeated > 0) {
        buffer_grouped(out, from->repeated);
        buffer_string(out, " records have no audit id of their own; they are paired in the order in "
                           "which they stand\n");
    }
}

static void either_score(buffer *out, const char *what, uint32_t before, uint32_t after)
{
    buffer_string(out, what);
    if (before == SCORE_NONE)
        buffer_string(out, "none");
    write_score(out, before);
    buffer_string(out, " -> ");
    if (after == SCORE_NONE)
        buffer_string(out, "none");
    write_score(out, after);
}

static void table_record(const move *of, buffer *out)
{
    buffer id = {0};

    write_id(&id, &of->to);
    buffer_string(out, "  ");
    terminal_plain(out, (text){id.bytes, id.size});
    buffer_string(out, "  ");
    terminal_plain(out, text_of(of->from.word));
    buffer_string(out, " -> ");
    terminal_plain(out, text_of(of->to.word));
    if (of->from.score != SCORE_NONE || of->to.score != SCORE_NONE) {
        either_score(out, "  score ", of->from.score, of->to.score);
        either_score(out, "  margin ", of->from.margin, of->to.margin);
    }
    buffer_byte(out, '\n');
    if (*of->freed) {
        buffer_string(out, "      limit that stopped holding: ");
        terminal_plain(out, text_of(of->freed));
        buffer_byte(out, '\n');
    }
    out->failed |= id.failed;
    buffer_free(&id);
}

static void table_because(const move *of, buffer *out)
{
    buffer words = {0};

    buffer_string(&words, of->because && of->because->size ? "undo " : "");
    write_because(&words, of);
    buffer_string(out, "      ");
    terminal_wrapped(out, (text){words.bytes, words.size}, 6, 6);
    out->failed |= words.failed;
    buffer_free(&words);
}

/* ---- Safety first ---------------------------------------------------------------------- */

static void table_safety(const diff *from, diff_page *to)
{
    const char *last = "";

    buffer_string(&to->text, "\nSafety\n");
    if (from->safety_count == 0)
        buffer_string(&to->text, "  no record enters or leaves the lowest level, and every limit "
                                 "that held still holds\n");
    for (size_t s = 0; s < from->safety_count; s++) {
        const char *words = safety_words(from->safety[s]);
        if (strcmp(words, last) != 0) {
            uint64_t count = 0;
            for (size_t i = s; i < from->safety_count; i++)
                count += strcmp(safety_words(from->safety[i]), words) == 0;
            buffer_string(&to->text, " ");
            buffer_grouped(&to->text, count);
            buffer_string(&to->text, count == 1 ? " record: " : " records: ");
            buffer_string(&to->text, words);
            buffer_byte(&to->text, '\n');
            last = words;
        }
        table_record(from->safety[s], &to->text);
        page_turn(to);
    }
}

/* ---- The matrix -------------------------------------------------------------------------- */

static void table_matrix(const diff *from, buffer *out)
{
    enum { FIRST = 24, LEAST = 9 };

    if (from->row_count == 0)
        return;
    buffer_string(out, "\nFrom (down) to (across)\n");
    terminal_repeat(out, ' ', FIRST);
    for (size_t c = 0; c < from->row_count; c++)
        if (from->rows[c].after) {
            const size_t length = terminal_length(text_of(from->rows[c].label));
            terminal_repeat(out, ' ', length < LEAST ? LEAST - length + 2 : 2);
            terminal_plain(out, text_of(from->rows[c].label));
        }
    buffer_byte(out, '\n');
    for (size_t r = 0; r < from->row_count; r++) {
        if (!from->rows[r].before)
            continue;
        buffer_string(out, "  ");
        terminal_padded(out, text_of(from->rows[r].label), FIRST - 2);
        for (size_t c = 0; c < from->row_count; c++)
            if (from->rows[c].after) {
                const size_t length = terminal_length(text_of(from->rows[c].label));
                terminal_count(out, from->matrix[r][c], (length < LEAST ? LEAST : length) + 2);
            }
        buffer_byte(out, '\n');
    }
}

/* ---- The rest ------------------------------------------------------------------------------ */

static void table_changes(const diff *from, buffer *out)
{
    for (size_t e = 0; e < from->edit_count; e++) {
        const rubric_edit *edit = from->edits[e];
        buffer_string(out, "\nChanges of the rubric ");
        terminal_plain(out, text_of(edit->after->id));
        buffer_string(out, edit_has_builds(edit) ? " and of its plugins\n" : "\n");
        if (edit->undecided) {
            buffer_string(out, "  not taken apart: ");
            buffer_string(out, edit->undecided);
            buffer_byte(out, '\n');
        } else if (edit->change_count == 0) {
            buffer_string(out, "  none that bears on a grade\n");
        }
        for (size_t c = 0; c < edit->change_count; c++) {
            buffer_string(out, "  ");
            terminal_wrapped(out, text_of(edit->changes[c].words), 2, 4);
        }
    }
}

static void table_ratings(const diff *from, buffer *out)
{
    if (from->rating_count == 0)
        return;
    buffer_string(out, "\nCriteria rated otherwise                    raised   lowered  otherwise\n");
    for (size_t r = 0; r < from->rating_count; r++) {
        buffer_string(out, "  ");
        terminal_padded(out, text_of(from->ratings[r].criterion), 38);
        terminal_count(out, from->ratings[r].raised, 10);
        terminal_count(out, from->ratings[r].lowered, 10);
        terminal_count(out, from->ratings[r].otherwise, 11);
        buffer_byte(out, '\n');
    }
}

static void table_groups(const diff *from, int by, buffer *out)
{
    const move_groups *groups = &from->groups[by];
    const uint64_t     moved = from->records - from->same;
    size_t             shown = 0;

    for (size_t g = 0; g < groups->count && shown < GROUPS_SHOWN; g++) {
        const move_group *one = &groups->groups[g];
        if (!group_stands_out(groups, one))
            break;
        if (shown++ == 0)
            buffer_format(out, "  by %s (%zu looked at)\n", grouping_names[by], groups->count);
        buffer_string(out, "    ");
        terminal_plain(out, text_of(*one->name ? one->name : "not recorded"));
        buffer_string(out, ": ");
        buffer_grouped(out, one->moved);
        buffer_string(out, " of the ");
        buffer_grouped(out, moved);
        buffer_string(out, " moves (");
        write_share(out, one->moved, moved);
        buffer_string(out, "), with ");
        write_share(out, one->records, from->records);
        buffer_string(out, " of the records; p ");
        write_chance(out, one->chance);
        buffer_byte(out, '\n');
    }
    if (shown == 0 && groups->count > 1)
        buffer_format(out, "  by %s: none of %zu holds more than chance would give it\n",
                      grouping_names[by], groups->count);
}

/* Records that are in one side alone; the first side is what both are told by. */
static void table_only(const diff *from, bool removed, buffer *out)
{
    const verdict *list = removed ? from->only_a : from->only_b;
    const size_t   count = removed ? from->only_a_count : from->only_b_count;

    if (count == 0)
        return;
    buffer_byte(out, '\n');
    buffer_grouped(out, count);
    buffer_string(out, count == 1 ? " record is " : " records are ");
    buffer_string(out, removed ? "in " : "not in ");
    terminal_plain(out, text_of(from->a));
    buffer_string(out, removed ? " alone\n" : "\n");
    for (size_t i = 0; i < count; i++) {
        buffer id = {0};
        write_id(&id, &list[i]);
        buffer_string(out, "  ");
        terminal_plain(out, (text){id.bytes, id.size});
        buffer_string(out, "  ");
        terminal_plain(out, text_of(list[i].word));
        buffer_byte(out, '\n');
        out->failed |= id.failed;
        buffer_free(&id);
    }
}

void diff_write_table(const diff *from, diff_page *to)
{
    buffer *out = &to->text;

    table_head(from, out);
    table_safety(from, to);
    table_matrix(from, out);
    table_changes(from, out);
    table_ratings(from, out);
    if (from->same < from->records) {
        buffer_string(out, "\nRecords that moved\n");
        for (size_t m = 0; m < from->move_count; m++) {
            if (!from->moves[m].moved)
                continue;
            table_record(&from->moves[m], out);
            table_because(&from->moves[m], out);
            page_turn(to);
        }
        buffer_string(out, "\nWhere the moves are\n");
        for (int by = 0; by < MOVE_GROUPINGS; by++)
            table_groups(from, by, out);
    }
    table_only(from, true, out);
    table_only(from, false, out);
}
