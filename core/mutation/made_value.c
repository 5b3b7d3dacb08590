/* Records that notice an edited band, answer or rule for what is missing: by a value that is rated
 * otherwise. */
#include <math.h>
#include <string.h>

#include "mutation/made.h"

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
    making_want_any(at);
    at->wanted[c].rating = rating;
    return making_try(at, at->probe, edit, record, seen, noticed);
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

bool making_notice_band(making *at, const mutant *edit, made_answer *answer, const char **why,
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
        making_want_any(at);
        if (rated == RATING_INVALID)
            continue;
        at->wanted[c] = (made_want){.rating = rated, .exact = true, .number = samples[s]};
        fine = making_try(at, NULL, edit, record, seen, &noticed);
    }
    if (fine && !noticed)
        fine = try_band_probe(at, edit, record, seen, &noticed);
    *answer = noticed ? MADE_RECORD : MADE_UNDECIDED;
    *why = "numbers are rated otherwise, and no record that was tried gives one";
    return fine;
}

/* Levels of yes and no, and missing. */
bool making_notice_value(making *at, const mutant *edit, made_answer *answer, const char **why,
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
        making_want_any(at);
        at->wanted[c].rating = wanted;
        fine = making_try(at, NULL, edit, record, seen, &noticed);
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
