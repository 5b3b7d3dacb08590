/* How a record comes to be that notices a mutant: by ratings that are judged otherwise, or by a value
 * that is rated otherwise (made_value.c). Whatever is made is graded by the rubric and by the mutant
 * before it is believed. */
#include "mutation/made.h"

#include <string.h>

/* ---- Ready ------------------------------------------------------------------------------ */

bool making_init(making *out, const rubric *held, const mutation_grader *grader, bool score,
                 unsigned milliseconds, error_list *errors)
{
    *out = (making){
        .rubric = held,
        .grader = grader,
        .score = score,
        .milliseconds = milliseconds,
        .errors = errors,
    };
    out->wanted = arena_array(&out->memory, held->criterion_count, sizeof *out->wanted);
    out->ratings = arena_array(&out->memory, held->criterion_count, 1);
    if (!out->wanted || !out->ratings)
        return error_memory(errors);
    return true;
}

void making_free(making *unwanted)
{
    record_maker_free(unwanted->maker);
    record_maker_free(unwanted->probe);
    differ_free(unwanted->differ);
    arena_free(&unwanted->memory);
    *unwanted = (making){0};
}

/* ---- Trying a record ---------------------------------------------------------------------- */

/* Whether the record notices the mutant; it is held in `seen` then. */
static bool notices(making *at, const mutant *edit, const made_record *record, watch *seen,
                    bool *noticed)
{
    buffer   csv = {0};
    watcher  again = {0};
    uint64_t count = 0;
    size_t   first;

    *noticed = false;
    made_record_write_heading(record, &csv);
    made_record_write_row(record, "made", &csv);
    const record_source   source = {.bytes = csv.bytes, .size = csv.size, .name = "made record"};
    const mutation_inputs inputs = {.sources = &source, .count = 1};
    error_list            said = {0}; /* notices on a record that nobody wrote are for nobody */
    bool                  fine = (!csv.failed || error_memory(&said)) &&
                watch_records(seen, at->rubric, &inputs, NULL, at->grader, &said);
    seen->score = at->score;
    if (fine)
        fine = (watcher_init(&again, seen) && watcher_count(&again, edit, &count, &first)) ||
               error_memory(&said);
    if (!fine)
        error_append(at->errors, &said);
    *noticed = count > 0;
    watcher_free(&again);
    if (!*noticed)
        watch_free(seen);
    error_clear(&said);
    buffer_free(&csv);
    return fine;
}

bool making_try(making *at, record_maker *maker, const mutant *edit, made_record *record,
                watch *seen, bool *noticed)
{
    *noticed = false;
    if (!maker && !at->maker)
        at->maker =
            record_maker_new(at->rubric, at->grader->plugins, at->grader->threads, at->errors);
    if (!maker)
        maker = at->maker;
    if (!maker || !record_make(maker, at->wanted, record, at->errors))
        return false;
    const bool fine = !record->made || notices(at, edit, record, seen, noticed);
    if (!*noticed)
        made_record_free(record);
    return fine;
}

void making_want_any(making *at)
{
    for (size_t c = 0; c < at->rubric->criterion_count; c++)
        at->wanted[c] = (made_want){.rating = MADE_ANY};
}

/* ---- Scores and limits: ratings that are judged otherwise ------------------------------------ */

/* The criterion at one end of the scale, all others at the other: nothing moves a score further. */
static bool try_scores(making *at, const mutant *edit, made_record *record, watch *seen,
                       bool *noticed)
{
    const level highest = (level)(at->rubric->scale.count - 1);
    bool        fine = true;

    *noticed = false;
    for (int top = 1; fine && !*noticed && top >= 0; top--)
        for (level l = 0; fine && !*noticed && l < highest; l++) {
            making_want_any(at);
            at->wanted[edit->criterion].rating = (level)(top ? highest - l : l);
            fine = making_try(at, NULL, edit, record, seen, noticed);
        }
    return fine;
}

static bool ask_differ(making *at, const mutant *edit, differ_answer *answer)
{
    if (!at->differ) {
        at->differ = differ_new(at->rubric, at->grader->plugins, at->milliseconds, at->errors);
        if (!at->differ)
            return false;
    }
    return differ_ask(at->differ, &edit->edited, at->ratings, answer) || error_memory(at->errors);
}

static const char *why_of(differ_answer answer)
{
    switch (answer) {
    case DIFFER_NO:
        return "no ratings are judged otherwise";
    case DIFFER_UNDECIDED:
        return "not decided in the time given";
    default:
        return "some ratings are judged otherwise, and no record that was tried has them";
    }
}

/* Whether the criterion's weight can move a score: one that is scored alone is its rating. */
static bool weighs_beside_others(const rubric *held, size_t c)
{
    for (size_t other = 0; c != SIZE_MAX && other < held->criterion_count; other++)
        if (other != c && held->criteria[other].weight > 0)
            return true;
    return false;
}

static bool notice_judgement(making *at, const mutant *edit, made_answer *answer, const char **why,
                             made_record *record, watch *seen)
{
    differ_answer differs;
    bool          noticed = false;

    if (!ask_differ(at, edit, &differs))
        return false;
    if (differs == DIFFER_YES) {
        for (size_t c = 0; c < at->rubric->criterion_count; c++)
            at->wanted[c] = (made_want){.rating = at->ratings[c]};
        if (!making_try(at, NULL, edit, record, seen, &noticed))
            return false;
    }
    const bool weighs = at->score && edit->touches == TOUCHES_SCORE && at->rubric->overall &&
                        weighs_beside_others(at->rubric, edit->criterion);
    if (!noticed && weighs && !try_scores(at, edit, record, seen, &noticed))
        return false;
    *answer = noticed                           ? MADE_RECORD
              : differs == DIFFER_NO && !weighs ? MADE_EQUIVALENT
                                                : MADE_UNDECIDED;
    *why = differs == DIFFER_NO && weighs
               ? "no ratings are judged otherwise, and no score that was tried is another"
               : why_of(differs);
    return true;
}

/* ---- applies_if ----------------------------------------------------------------------------------- */

/* What the field says where the criterion is not asked: its first value where it is asked of all others, else
 * nothing. NULL where memory is out. */
static const char *unasked_value(making *at, const criterion *asked)
{
    const size_t size = asked->applies_not ? strcspn(asked->applies_text, "|") : 0;
    const text   value = text_trim((text){asked->applies_text, size});
    return arena_text(&at->memory, value.at, value.size);
}

static bool set_cell(made_record *record, const char *field, const char *value)
{
    made_cell *cells = arena_array(&record->memory, record->cell_count + 1, sizeof *cells);

    if (!cells)
        return false;
    memcpy(cells, record->cells, record->cell_count * sizeof *cells);
    record->cells = cells;
    for (size_t i = 0; i < record->cell_count; i++)
        if (text_same_name(text_of(cells[i].field), text_of(field))) {
            cells[i].value = value;
            return true;
        }
    cells[record->cell_count++] = (made_cell){field, value};
    return true;
}

/* A record that is rated where it is asked, and says that it is not. */
static bool try_unasked(making *at, const mutant *edit, level rated, made_record *record,
                        watch *seen, bool *noticed)
{
    const criterion *asked = &at->rubric->criteria[edit->criterion];
    const char      *value = unasked_value(at, asked);

    *noticed = false;
    record_maker_free(at->probe);
    at->probe =
        record_maker_new(&edit->edited, at->grader->plugins, at->grader->threads, at->errors);
    making_want_any(at);
    at->wanted[edit->criterion].rating = rated;
    if (!value || !at->probe || !record_make(at->probe, at->wanted, record, at->errors))
        return error_count(at->errors) > 0 ? false : error_memory(at->errors);
    const bool fine = !record->made || (set_cell(record, asked->applies_field, value)
                                            ? notices(at, edit, record, seen, noticed)
                                            : error_memory(at->errors));
    if (!*noticed)
        made_record_free(record);
    return fine;
}

static bool notice_applies(making *at, const mutant *edit, made_answer *answer, const char **why,
                           made_record *record, watch *seen)
{
    const bool dropped = edit->edited.criteria[edit->criterion].applies_field == NULL;
    bool       noticed = false, fine = true;

    for (size_t l = at->rubric->scale.count; fine && !noticed && l-- > 0;)
        if (dropped) {
            fine = try_unasked(at, edit, (level)l, record, seen, &noticed);
        } else {
            making_want_any(at);
            at->wanted[edit->criterion].rating = (uint8_t)l;
            fine = making_try(at, NULL, edit, record, seen, &noticed);
        }
    *answer = noticed ? MADE_RECORD : MADE_UNDECIDED;
    *why = "no record that was tried is rated otherwise";
    return fine;
}

/* ---- Whatever it touches ----------------------------------------------------------------------------- */

bool making_notice(making *at, const mutant *edit, made_answer *answer, const char **why,
                   made_record *record, watch *seen)
{
    const criterion *was =
        edit->criterion != SIZE_MAX ? &at->rubric->criteria[edit->criterion] : NULL;

    switch (edit->touches) {
    case TOUCHES_SCORE:
    case TOUCHES_LIMITS:
        return notice_judgement(at, edit, answer, why, record, seen);
    case TOUCHES_RATING:
        return was->band_count > 0 && strcmp(edit->key, "bands") == 0
                   ? making_notice_band(at, edit, answer, why, record, seen)
                   : making_notice_value(at, edit, answer, why, record, seen);
    case TOUCHES_APPLIES:
        break;
    }
    return notice_applies(at, edit, answer, why, record, seen);
}
