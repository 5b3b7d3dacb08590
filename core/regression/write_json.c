/* write_json.c - a diff as one JSON object: safety, summary, then the records. */
#include <string.h>

#include "regression/writing.h"

static void score_member(buffer *out, const char *name, uint32_t score)
{
    json_name(out, name, false);
    if (score == SCORE_NONE)
        buffer_string(out, "null");
    else
        buffer_thousandths(out, score);
}

static void verdict_object(buffer *out, const char *name, const verdict *of)
{
    json_name(out, name, false);
    buffer_string(out, "{\"judgement\":");
    json_string(out, text_of(of->word));
    score_member(out, "score", of->score);
    score_member(out, "margin", of->margin);
    json_string_member(out, "rubric", of->by ? of->by->id : "");
    json_string_member(out, "version", of->by ? of->by->version : "");
    json_string_member(out, "limited_by", of->limited_by);
    buffer_byte(out, '}');
}

static void place_members(buffer *out, const verdict *of)
{
    json_string(out, text_of(of->audit_id));
    json_string_member(out, "input", of->input);
    json_count_member(out, "line", of->line);
    json_string_member(out, "practice_area", of->area);
    json_string_member(out, "team", of->team);
}

/* The sets, each a list of indices into the changes of the edit. */
static void sets_member(buffer *out, const diff *from, const move *of)
{
    const char *why = why_undecided(of);
    size_t      edit = 0;

    json_name(out, "undo", false);
    buffer_byte(out, '{');
    while (edit < from->edit_count && from->edits[edit] != of->edit)
        edit++;
    buffer_string(out, "\"rubric_change\":");
    if (edit < from->edit_count)
        buffer_unsigned(out, edit);
    else
        buffer_string(out, "null");
    buffer_string(out, ",\"sets\":[");
    for (size_t s = 0; of->because && s < of->because->set_count; s++) {
        buffer_string(out, s > 0 ? ",[" : "[");
        for (size_t i = 0; i < of->because->size; i++) {
            buffer_string(out, i > 0 ? "," : "");
            buffer_unsigned(out, of->because->changes[s * of->because->size + i]);
        }
        buffer_byte(out, ']');
    }
    buffer_byte(out, ']');
    json_count_member(out, "sets_as_small", of->because ? of->because->all_sets : 0);
    json_name(out, "not_decided", false);
    if (why)
        json_string(out, text_of(why));
    else
        buffer_string(out, "null");
    buffer_byte(out, '}');
}

/* [] also where a side's ratings are not known. */
static void rated_member(buffer *out, const move *of)
{
    rated_change one;
    size_t       at = 0;
    bool         first = true;

    json_name(out, "rated_otherwise", false);
    buffer_byte(out, '[');
    while (next_rated_change(of, &at, &one)) {
        buffer_string(out, first ? "{\"criterion\":" : ",{\"criterion\":");
        json_string(out, text_of(one.criterion));
        json_string_member(out, "from", one.before);
        json_string_member(out, "to", one.after);
        buffer_byte(out, '}');
        first = false;
    }
    buffer_byte(out, ']');
}

static void record(buffer *out, const diff *from, const move *of)
{
    static const char *const directions[] = {"up", "down", "otherwise"};

    buffer_string(out, "{\"audit_id\":");
    place_members(out, &of->to);
    json_string_member(out, "direction", of->moved ? directions[of->direction] : "same");
    json_string_member(out, "safety", safety_words(of));
    json_string_member(out, "limits_freed", of->freed);
    verdict_object(out, "from", &of->from);
    verdict_object(out, "to", &of->to);
    rated_member(out, of);
    if (of->moved)
        sets_member(out, from, of);
    buffer_byte(out, '}');
}

static void safety_part(const diff *from, diff_page *to)
{
    uint64_t enters = 0, leaves = 0;

    for (size_t s = 0; s < from->safety_count; s++) {
        enters += from->safety[s]->enters_lowest;
        leaves += from->safety[s]->leaves_lowest;
    }
    buffer_string(&to->text, ",\n\"safety\":{\"enter_lowest\":");
    buffer_unsigned(&to->text, enters);
    json_count_member(&to->text, "leave_lowest", leaves);
    json_count_member(&to->text, "limits_stopped", from->freed);
    buffer_string(&to->text, ",\"records\":[");
    for (size_t s = 0; s < from->safety_count; s++) {
        buffer_string(&to->text, s > 0 ? ",\n" : "\n");
        record(&to->text, from, from->safety[s]);
        page_turn(to);
    }
    buffer_string(&to->text, "]}");
}

static void summary_part(const diff *from, buffer *out)
{
    bool first = true;

    buffer_string(out, ",\n\"summary\":{\"records\":");
    buffer_unsigned(out, from->records);
    json_count_member(out, "same", from->same);
    json_count_member(out, "moved", from->records - from->same);
    json_count_member(out, "up", from->up);
    json_count_member(out, "down", from->down);
    json_count_member(out, "otherwise", from->other);
    json_count_member(out, "score_alone", from->scores);
    json_count_member(out, "changed_records", from->changed);
    json_count_member(out, "repeated_ids", from->repeated);
    buffer_string(out, from->other_scale ? ",\"other_scale\":true" : ",\"other_scale\":false");
    buffer_string(out, "},\n\"matrix\":[");
    for (size_t r = 0; r < from->row_count; r++)
        for (size_t c = 0; c < from->row_count; c++)
            if (from->matrix[r][c] > 0) {
                buffer_string(out, first ? "{\"from\":" : ",{\"from\":");
                json_string(out, text_of(from->rows[r].label));
                json_string_member(out, "to", from->rows[c].label);
                json_count_member(out, "records", from->matrix[r][c]);
                buffer_byte(out, '}');
                first = false;
            }
    buffer_byte(out, ']');
}

static void changes_part(const diff *from, buffer *out)
{
    buffer_string(out, ",\n\"rubric_changes\":[");
    for (size_t e = 0; e < from->edit_count; e++) {
        const rubric_edit *edit = from->edits[e];
        buffer_string(out, e > 0 ? ",\n{\"from\":" : "\n{\"from\":");
        json_string(out, text_of(edit->before->id));
        json_string_member(out, "from_version", edit->before->version);
        json_string_member(out, "to", edit->after->id);
        json_string_member(out, "to_version", edit->after->version);
        buffer_string(out, ",\"changes\":[");
        for (size_t c = 0; c < edit->change_count; c++) {
            const rubric_change *change = &edit->changes[c];
            buffer_string(out, c > 0 ? ",\n {\"section\":" : "\n {\"section\":");
            json_string(out, text_of(change->section));
            json_string_member(out, "key", change->key);
            json_string_member(out, "from", change->before);
            json_string_member(out, "to", change->after);
            json_string_member(out, "words", change->words);
            json_count_member(out, "line", change->line_after);
            buffer_byte(out, '}');
        }
        buffer_string(out, "]}");
    }
    buffer_byte(out, ']');
}

static void ratings_part(const diff *from, buffer *out)
{
    buffer_string(out, ",\n\"ratings\":[");
    for (size_t r = 0; r < from->rating_count; r++) {
        buffer_string(out, r > 0 ? ",\n{\"criterion\":" : "\n{\"criterion\":");
        json_string(out, text_of(from->ratings[r].criterion));
        json_count_member(out, "raised", from->ratings[r].raised);
        json_count_member(out, "lowered", from->ratings[r].lowered);
        json_count_member(out, "otherwise", from->ratings[r].otherwise);
        buffer_byte(out, '}');
    }
    buffer_byte(out, ']');
}

static void groups_part(const diff *from, buffer *out)
{
    static const char *const names[MOVE_GROUPINGS] = {"team", "practice_area", "month", "auditor"};
    bool first = true;

    buffer_string(out, ",\n\"concentration\":[");
    for (int by = 0; by < MOVE_GROUPINGS; by++)
        for (size_t g = 0; g < from->groups[by].count; g++) {
            const move_group *one = &from->groups[by].groups[g];
            if (one->moved == 0)
                continue;
            buffer_string(out, first ? "\n{\"by\":\"" : ",\n{\"by\":\"");
            first = false;
            buffer_string(out, names[by]);
            buffer_byte(out, '"');
            json_string_member(out, "name", one->name);
            json_count_member(out, "records", one->records);
            json_count_member(out, "moved", one->moved);
            buffer_string(out, ",\"p\":");
            json_number(out, one->chance);
            buffer_string(out, group_stands_out(&from->groups[by], one) ? ",\"stands_out\":true}"
                                                                         : ",\"stands_out\":false}");
        }
    buffer_byte(out, ']');
}

static void singles_part(const char *name, const verdict *list, size_t count, diff_page *to)
{
    buffer_string(&to->text, ",\n\"");
    buffer_string(&to->text, name);
    buffer_string(&to->text, "\":[");
    for (size_t i = 0; i < count; i++) {
        buffer_string(&to->text, i > 0 ? ",\n{\"audit_id\":" : "\n{\"audit_id\":");
        place_members(&to->text, &list[i]);
        json_string_member(&to->text, "judgement", list[i].word);
        buffer_byte(&to->text, '}');
        page_turn(to);
    }
    buffer_byte(&to->text, ']');
}

static void gates_part(const diff *from, buffer *out)
{
    buffer_string(out, ",\n\"gates_broken\":[");
    for (size_t g = 0; g < from->broken.count; g++) {
        const fault *gate = &from->broken.items[g];
        buffer_string(out, g > 0 ? ",\n{\"file\":" : "\n{\"file\":");
        json_string(out, text_of(gate->file));
        json_count_member(out, "line", gate->line);
        json_string_member(out, "words", gate->text);
        buffer_byte(out, '}');
    }
    buffer_byte(out, ']');
}

void diff_write_json(const diff *from, const char *version, diff_page *to)
{
    bool first = true;

    buffer_string(&to->text, "{\"assay\":");
    json_string(&to->text, text_of(version));
    json_string_member(&to->text, "from", from->a);
    json_string_member(&to->text, "to", from->b);
    safety_part(from, to);
    gates_part(from, &to->text);
    summary_part(from, &to->text);
    changes_part(from, &to->text);
    ratings_part(from, &to->text);
    groups_part(from, &to->text);
    buffer_string(&to->text, ",\n\"records\":[");
    for (size_t m = 0; m < from->move_count; m++) {
        if (!from->moves[m].moved)
            continue;
        buffer_string(&to->text, first ? "\n" : ",\n");
        first = false;
        record(&to->text, from, &from->moves[m]);
        page_turn(to);
    }
    buffer_byte(&to->text, ']');
    singles_part("removed", from->only_a, from->only_a_count, to);
    singles_part("added", from->only_b, from->only_b_count, to);
    buffer_string(&to->text, "}\n");
}
