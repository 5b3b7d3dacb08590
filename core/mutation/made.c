/* How a record comes to be that notices a mutant: by ratings that are judged otherwise, or by a value
 * that is rated otherwise. Whatever is made is graded by the rubric and by the mutant before it is
 * believed. */
#include "mutation/made.h"

#include <math.h>
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

/* Makes a record as wanted (by the rubric's own maker where `maker` is NULL) and tries it; *noticed where
 * that did it. */
static bool try_record(making *at, record_maker *maker, const mutant *edit, made_record *record,
                       watch *seen, bool *noticed)
{
    *noticed = false;
    if (!maker && !at->maker)
        at->maker = record_maker_new(at->rubric, at->grader->plugins, at->grader->threads,
                                     at->errors);
    if (!maker)
        maker = at->maker;
    if (!maker || !record_make(maker, at->wanted, record, at->errors))
        return false;
    const bool fine = !record->made || notices(at, edit, record, seen, noticed);
    if (!*noticed)
        made_record_free(record);
    return fine;
}

static void want_any(making *at)
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
            want_any(at);
            at->wanted[edit->criterion].rating = (level)(top ? highest - l : l);
            fine = try_record(at, NULL, edit, record, seen, noticed);
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
        if (!try_record(at, NULL, edit, record, seen, &noticed))
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

/* ---- Ratings: a value that is rated otherwise -------------------------------------------------- */

static uint8_t rating_of(const criterion *asked, double number)
{
    const uint8_t          status = COLUMN_VALUE;
    const criterion_values value = {.status = &status, .numbers = &number};
    uint8_t                rating;

    rate_values(asked, &value, NULL, 1, &rating);
    return rating;
}

static bool is_whole(const criterion *asked)
{
    return asked->kind == MEASURE_DAYS || asked->kind == MEASURE_WORKING_DAYS;
}

/* Whether the measure can give the number, as far as its kind tells (grading.md 3, 4). */
static bool may_give(const criterion *asked, double number)
{
    if (asked->kind == MEASURE_PLUGIN) {
        const manifest_measure *measure = &asked->plugin->measures[asked->plugin_measure];
        return number >= measure->minimum && number <= measure->maximum;
    }
    return number >= 0 && (!is_whole(asked) || number == floor(number));
}

/* The two ends of what an edited band takes otherwise: its bound before and after. */
typedef struct {
    double low;
    double high;
} stretch;

static stretch edited_stretch(const criterion *was, const criterion *is)
{
    stretch out = {0, 0};

    for (size_t b = 0; b < was->band_count; b++) {
        const band *one = &was->bands[b], *other = &is->bands[b];
        if (one->condition == BAND_ALWAYS ||
            (one->bound == other->bound && one->condition == other->condition))
            continue;
        out.low = one->bound < other->bound ? one->bound : other->bound;
        out.high = one->bound < other->bound ? other->bound : one->bound;
    }
    return out;
}

static bool rated_otherwise(const criterion *was, const criterion *is, double number)
{
    return may_give(was, number) && rating_of(was, number) != rating_of(is, number);
}

/* Numbers of which one is rated otherwise where any is: the two ends, and between those, and between them
 * and any bound of another band. */
enum { SAMPLES_MAX = 64 };
static size_t samples_of(const criterion *was, const criterion *is, double out[SAMPLES_MAX])
{
    const stretch between = edited_stretch(was, is);
    double        marks[SAMPLES_MAX / 2];
    size_t        count = 0, found = 0;

    marks[count++] = between.low;
    for (size_t b = 0; b < was->band_count && count < SAMPLES_MAX / 2 - 1; b++)
        if (was->bands[b].condition != BAND_ALWAYS && was->bands[b].bound > between.low &&
            was->bands[b].bound < between.high)
            marks[count++] = was->bands[b].bound;
    marks[count++] = between.high;
    for (size_t i = 1; i < count; i++) /* in order */
        for (size_t j = i; j > 0 && marks[j] < marks[j - 1]; j--) {
            const double moved = marks[j];
            marks[j] = marks[j - 1];
            marks[j - 1] = moved;
        }
    for (size_t i = 0; i < count; i++) {
        if (rated_otherwise(was, is, marks[i]))
            out[found++] = marks[i];
        if (i + 1 < count && rated_otherwise(was, is, (marks[i] + marks[i + 1]) / 2))
            out[found++] = (marks[i] + marks[i + 1]) / 2;
    }
    return found;
}

/* A rubric by which criterion c is rated 0 just where the mutant rates it otherwise, 1 elsewhere. */
typedef struct {
    rubric    rubric;
    criterion criteria[];
} probe;

static probe *make_probe(making *at, size_t c)
{
    const rubric *held = at->rubric;
    probe        *made =
        arena_array(&at->memory, 1, sizeof *made + held->criterion_count * sizeof *made->criteria);

    if (!made)
        return NULL;
    made->rubric = *held;
    memcpy(made->criteria, held->criteria, held->criterion_count * sizeof *made->criteria);
    made->rubric.criteria = made->criteria;
    made->criteria[c].if_missing = LEVEL_NONE;
    return made;
}

/* A record that the rubric rates `rating` in the criterion at `c` of its own. */
static bool try_probe_at(making *at, const rubric *by, size_t c, const mutant *edit, uint8_t rating,
                         made_record *record, watch *seen, bool *noticed)
{
    *noticed = false;
    record_maker_free(at->probe);
    at->probe = record_maker_new(by, at->grader->plugins, at->grader->threads, at->errors);
    if (!at->probe)
        return false;
    want_any(at);
    at->wanted[c].rating = rating;
    return try_record(at, at->probe, edit, record, seen, noticed);
}

/* First with the criterion alone: what cannot be had so cannot be had at all, and is found out soon. */
static bool try_probe(making *at, const probe *by, const mutant *edit, uint8_t rating,
                      made_record *record, watch *seen, bool *noticed)
{
    const size_t c = edit->criterion;
    rubric       alone = by->rubric;

    alone.criteria = &by->criteria[c];
    alone.criterion_count = 1;
    if (!try_probe_at(at, &alone, 0, edit, rating, record, seen, noticed))
        return false;
    if (!*noticed)
        return true;
    made_record_free(record);
    watch_free(seen);
    return try_probe_at(at, &by->rubric, c, edit, rating, record, seen, noticed) &&
           (*noticed || try_probe_at(at, &alone, 0, edit, rating, record, seen, noticed));
}

static bool try_band_probe(making *at, const mutant *edit, made_record *record, watch *seen,
                           bool *noticed)
{
    const size_t     c = edit->criterion;
    const criterion *was = &at->rubric->criteria[c], *is = &edit->edited.criteria[c];
    const stretch    between = edited_stretch(was, is);
    const bool       low = rated_otherwise(was, is, between.low);
    const bool       high = rated_otherwise(was, is, between.high);
    probe           *by = make_probe(at, c);
    band            *bands = by ? arena_array(&at->memory, 3, sizeof *bands) : NULL;

    *noticed = false;
    if (!bands)
        return error_memory(at->errors);
    bands[0] = (band){low ? BAND_UNDER : BAND_AT_MOST, between.low, 1};
    bands[1] = (band){high ? BAND_AT_MOST : BAND_UNDER, between.high, 0};
    bands[2] = (band){BAND_ALWAYS, 0, 1};
    by->criteria[c].bands = bands;
    by->criteria[c].band_count = 3;
    return try_probe(at, by, edit, 0, record, seen, noticed);
}

static bool notice_band(making *at, const mutant *edit, made_answer *answer, const char **why,
                        made_record *record, watch *seen)
{
    const size_t     c = edit->criterion;
    const criterion *was = &at->rubric->criteria[c], *is = &edit->edited.criteria[c];
    double           samples[SAMPLES_MAX];
    const size_t     count = samples_of(was, is, samples);
    bool             noticed = false, fine = true;

    if (count == 0) {
        *answer = MADE_EQUIVALENT;
        *why = "no number that the measure gives is rated otherwise";
        return true;
    }
    for (size_t s = 0; fine && !noticed && s < count; s++) {
        const uint8_t rated = rating_of(was, samples[s]);
        want_any(at);
        if (rated == RATING_INVALID)
            continue;
        at->wanted[c] = (made_want){.rating = rated, .exact = true, .number = samples[s]};
        fine = try_record(at, NULL, edit, record, seen, &noticed);
    }
    if (fine && !noticed)
        fine = try_band_probe(at, edit, record, seen, &noticed);
    *answer = noticed ? MADE_RECORD : MADE_UNDECIDED;
    *why = "numbers are rated otherwise, and no record that was tried gives one";
    return fine;
}

/* Levels of yes and no, and missing. */
static bool notice_value(making *at, const mutant *edit, made_answer *answer, const char **why,
                         made_record *record, watch *seen)
{
    const size_t     c = edit->criterion;
    const criterion *was = &at->rubric->criteria[c], *is = &edit->edited.criteria[c];
    const uint8_t    wanted = was->if_missing != is->if_missing ? (uint8_t)RATING_MISSING : 1;
    probe           *by = make_probe(at, c);
    bool             noticed, fine;

    if (!by)
        return error_memory(at->errors);
    by->criteria[c].yes = was->yes != is->yes ? 1 : 0;
    by->criteria[c].no = was->no != is->no ? 1 : 0;
    if (wanted == RATING_MISSING && was->if_missing == LEVEL_NONE) { /* the rubric itself will do */
        want_any(at);
        at->wanted[c].rating = wanted;
        fine = try_record(at, NULL, edit, record, seen, &noticed);
    } else {
        fine = try_probe(at, by, edit, wanted, record, seen, &noticed);
    }
    if (!fine)
        return false;
    *answer = noticed ? MADE_RECORD : MADE_UNDECIDED;
    *why = wanted == RATING_MISSING ? "no record that was tried leaves it missing"
                                    : "no record that was tried has the answer";
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
    at->probe = record_maker_new(&edit->edited, at->grader->plugins, at->grader->threads, at->errors);
    want_any(at);
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
            want_any(at);
            at->wanted[edit->criterion].rating = (uint8_t)l;
            fine = try_record(at, NULL, edit, record, seen, &noticed);
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
                   ? notice_band(at, edit, answer, why, record, seen)
                   : notice_value(at, edit, answer, why, record, seen);
    case TOUCHES_APPLIES:
        break;
    }
    return notice_applies(at, edit, answer, why, record, seen);
}
