#include <stdlib.h>
#include <string.h>

#include "regression/writing.h"

const char *const grouping_names[MOVE_GROUPINGS] = {
    [BY_TEAM] = "team",
    [BY_AREA] = "practice area",
    [BY_MONTH] = "month",
    [BY_AUDITOR] = "auditor",
};

enum { PIECE = 64 << 10 };

static void hand_over(diff_page *to)
{
    to->failed =
        to->failed || to->text.failed || !to->write(to->user, to->text.bytes, to->text.size);
    to->text.size = 0;
}

void page_turn(diff_page *to)
{
    if (to->text.size >= PIECE && !to->failed)
        hand_over(to);
}

bool page_end(diff_page *to)
{
    if (!to->failed && to->text.size > 0)
        hand_over(to);
    buffer_free(&to->text);
    return !to->failed;
}

void write_share(buffer *out, uint64_t part, uint64_t of)
{
    const uint64_t tenths = of ? (part * 2000 + of) / (2 * of) : 0;

    buffer_unsigned(out, tenths / 10);
    buffer_byte(out, '.');
    buffer_unsigned(out, tenths % 10);
    buffer_byte(out, '%');
}

void write_score(buffer *out, uint32_t thousandths)
{
    if (thousandths != SCORE_NONE)
        buffer_thousandths(out, thousandths);
}

void write_chance(buffer *out, double chance)
{
    const uint64_t parts = chance >= 1 ? 10000 : (uint64_t)(chance * 10000 + 0.5);

    if (parts == 0) {
        buffer_string(out, "under 0.0001");
        return;
    }
    buffer_format(out, "%u.%04u", (unsigned)(parts / 10000), (unsigned)(parts % 10000));
}

bool group_stands_out(const move_groups *groups, const move_group *one)
{
    return groups->count > 1 && one->chance * (double)groups->count <= 0.05;
}

const char *safety_words(const move *of)
{
    return of->enters_lowest   ? "enters the lowest level"
           : of->leaves_lowest ? "leaves the lowest level"
           : *of->freed        ? "a limit stopped holding"
                               : "";
}

bool edit_has_builds(const rubric_edit *edit)
{
    for (size_t c = 0; c < edit->change_count; c++)
        if (edit->changes[c].kind == CHANGE_PLUGIN)
            return true;
    return false;
}

change_effect *change_effects(const diff *from, const rubric_edit *edit)
{
    change_effect *made = calloc(edit->change_count + 1, sizeof *made);

    for (size_t m = 0; made && m < from->move_count; m++) {
        const move *of = &from->moves[m];
        bool        counted[CHANGES_MAX] = {false};
        if (of->edit != edit || !of->because)
            continue;
        for (size_t i = 0; i < of->because->set_count * of->because->size; i++) {
            const size_t change = of->because->changes[i];
            if (counted[change])
                continue;
            counted[change] = true;
            made[change].moved++;
            made[change].safety += *safety_words(of) != '\0';
        }
    }
    return made;
}

const char *why_undecided(const move *of)
{
    if (of->because)
        return of->because->undecided;
    if (!of->moved)
        return NULL;
    if (!of->from.by || !of->to.by)
        return "on one of the sides no rubric is for it";
    if (!of->edit)
        return "the rubrics that graded it are not both at hand";
    if (of->edit->undecided)
        return of->edit->undecided;
    return of->edit->change_count > 0 ? "what it was rated is not known on both sides"
                                      : "nothing in the rubric changed";
}

static const char *rating_word(const yardstick *by, uint8_t rating)
{
    if (rating < by->level_count)
        return by->levels[rating];
    return rating == RATING_MISSING   ? "missing"
           : rating == RATING_NOT_DUE ? "not due"
                                      : "not applicable";
}

bool next_rated_change(const move *of, size_t *at, rated_change *out)
{
    const yardstick *a = of->from.by, *b = of->to.by;

    while (of->from.ratings && of->to.ratings && *at < a->criterion_count) {
        const size_t c = (*at)++;
        size_t       after = 0;
        while (after < b->criterion_count && strcmp(a->criteria[c], b->criteria[after]) != 0)
            after++;
        const bool gone = after == b->criterion_count;
        if (!gone && of->from.ratings[c] == of->to.ratings[after])
            continue;
        *out = (rated_change){
            .criterion = a->criteria[c],
            .before = rating_word(a, of->from.ratings[c]),
            .after = gone ? "gone" : rating_word(b, of->to.ratings[after]),
        };
        return true;
    }
    return false;
}

/* Without both rubrics at hand: what is rated otherwise. */
static void write_ratings(buffer *out, const move *of)
{
    rated_change one;
    size_t       at = 0, count = 0;

    while (next_rated_change(of, &at, &one)) {
        buffer_string(out, count++ == 0 ? "rated otherwise: " : ", ");
        buffer_string(out, one.criterion);
        buffer_byte(out, ' ');
        buffer_string(out, one.before);
        buffer_string(out, " -> ");
        buffer_string(out, one.after);
    }
    if (count == 0)
        buffer_string(out, "rated the same: a weight, limit, threshold or requirement moved it");
}

void write_because(buffer *out, const move *of)
{
    const char *why = why_undecided(of);

    if (of->changed)
        buffer_string(out, "the record changed; ");
    if (!of->edit && of->from.ratings && of->to.ratings) {
        write_ratings(out, of);
        return;
    }

    for (size_t s = 0; of->because && s < of->because->set_count; s++) {
        buffer_string(out, s > 0 ? "; or " : "");
        for (size_t i = 0; i < of->because->size; i++) {
            buffer_string(out, i > 0 ? " and " : "");
            buffer_string(out,
                          of->edit->changes[of->because->changes[s * of->because->size + i]].name);
        }
    }
    if (of->because && of->because->all_sets > of->because->set_count) {
        buffer_string(out, "; or one of ");
        buffer_grouped(out, of->because->all_sets - of->because->set_count);
        buffer_string(out, " more as small");
    }
    if (!why)
        return;
    buffer_string(out, of->because && of->because->set_count > 0 ? "; " : "not decided: ");
    buffer_string(out, why);
    if (of->because && of->because->tried > 0 && of->because->size == 0) {
        buffer_string(out, "; no ");
        buffer_unsigned(out, of->because->tried);
        buffer_string(out, of->because->tried == 1 ? " change alone puts it back"
                                                   : " changes together put it back");
    }
}

void write_id(buffer *out, const verdict *of)
{
    if (*of->audit_id) {
        buffer_string(out, of->audit_id);
        return;
    }
    buffer_string(out, "line ");
    buffer_unsigned(out, of->line);
}

static const char *const formats[] = {"table", "csv", "json", "html", "junit", "sarif"};

bool diff_has_format(const char *format, error_list *errors)
{
    for (size_t f = 0; f < sizeof formats / sizeof formats[0]; f++)
        if (strcmp(format, formats[f]) == 0)
            return true;
    error_add(errors, FAULT_USAGE, NULL, 0, 0,
              "\"%s\" is not a format of a comparison; take table, csv, json, html, junit or sarif",
              format);
    return false;
}

bool diff_write(const diff *from, const char *format, const char *version, report_write write,
                void *user, error_list *errors)
{
    diff_page to = {.write = write, .user = user};

    if (!diff_has_format(format, errors))
        return false;
    if (strcmp(format, "table") == 0)
        diff_write_table(from, &to);
    else if (strcmp(format, "csv") == 0)
        diff_write_csv(from, &to);
    else if (strcmp(format, "json") == 0)
        diff_write_json(from, version, &to);
    else if (strcmp(format, "html") == 0)
        diff_write_html(from, version, &to);
    else if (strcmp(format, "junit") == 0)
        diff_write_junit(from, &to);
    else
        diff_write_sarif(from, version, &to);

    const bool memory = to.text.failed, written = page_end(&to);
    if (memory)
        error_memory(errors);
    return written;
}
