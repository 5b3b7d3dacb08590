/* The bands of each criterion along the number line, and the two answers of a flag. */
#include <stdlib.h>
#include <string.h>

#include "proof/prove.h"

static void write_band(const rubric *held, const band *shown, buffer *out)
{
    static const char *const signs[] = {[BAND_AT_MOST] = " <= ",
                                        [BAND_UNDER] = " < ",
                                        [BAND_AT_LEAST] = " >= ",
                                        [BAND_OVER] = " > "};

    buffer_string(out, held->scale.ids[shown->gives]);
    if (shown->condition == BAND_ALWAYS)
        return;
    buffer_string(out, signs[shown->condition]);
    buffer_number(out, shown->bound);
}

/* Adds a finding whose text is in `said`, which it frees. */
static bool find(proving *at, finding_kind kind, finding_gravity gravity, const criterion *asked,
                 buffer *said)
{
    const bool found = buffer_end(said) && prove_find(at, kind, gravity, asked->values_line,
                                                      "%s: %s", asked->id, said->bytes);
    buffer_free(said);
    return found;
}

static bool find_gaps(proving *at, const criterion *asked, const number_piece *pieces, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (pieces[i].band != SIZE_MAX)
            continue;
        /* who knows whether a plugin's days come in halves */
        const bool whole_only = asked->kind == MEASURE_PLUGIN && !pieces[i].whole;
        buffer     said = {0};
        buffer_string(&said, "no band takes ");
        buffer_number(&said, pieces[i].sample);
        buffer_string(&said, ", so that a record with it is rejected");
        if (whole_only)
            buffer_string(&said, ", should the plugin give anything but whole numbers");
        buffer_string(&said, "; close the gap, or let the last band stand without a condition");
        if (!find(at, KIND_BAND_GAP, whole_only ? FINDING_NOTE : FINDING_FAULT, asked, &said))
            return false;
        while (i + 1 < count && pieces[i + 1].band == SIZE_MAX)
            i++; /* one gap */
    }
    return true;
}

static bool find_dead(proving *at, const criterion *asked, const number_piece *pieces, size_t count)
{
    for (size_t b = 0; b < asked->band_count; b++) {
        bool reached = false;
        for (size_t i = 0; i < count; i++)
            reached |= pieces[i].band == b;
        if (reached)
            continue;
        buffer said = {0};
        buffer_string(&said, "the band \"");
        write_band(at->rubric, &asked->bands[b], &said);
        buffer_string(&said,
                      "\" takes no number: what the measure gives is taken by the bands before "
                      "it, or never in it; correct its bound, or remove it");
        if (!find(at, KIND_DEAD_BAND, FINDING_FAULT, asked, &said))
            return false;
    }
    return true;
}

/* Three numbers, rising, of which the middle one is rated over or under both others. */
static bool find_order(proving *at, const criterion *asked, const number_piece *pieces,
                       size_t count)
{
    size_t turn = SIZE_MAX, before = SIZE_MAX;
    int    direction = 0;

    for (size_t i = 0; i < count && turn == SIZE_MAX; i++) {
        if (pieces[i].band == SIZE_MAX)
            continue;
        if (before != SIZE_MAX) {
            const int step = (int)asked->bands[pieces[i].band].gives -
                             (int)asked->bands[pieces[before].band].gives;
            if (step != 0 && direction != 0 && (step > 0) != (direction > 0))
                turn = i;
            else if (step != 0)
                direction = step;
        }
        if (turn == SIZE_MAX)
            before = i;
    }
    if (turn == SIZE_MAX)
        return true;
    buffer said = {0};
    size_t first = before;
    while (asked->bands[pieces[first].band].gives == asked->bands[pieces[before].band].gives ||
           pieces[first].band == SIZE_MAX) {
        first--;
        while (pieces[first].band == SIZE_MAX)
            first--;
    }
    const size_t shown[] = {first, before, turn};
    buffer_string(&said, "the bands turn round: ");
    for (size_t i = 0; i < 3; i++) {
        buffer_string(&said, i > 0 ? ", " : "");
        buffer_number(&said, pieces[shown[i]].sample);
        buffer_string(&said, " is ");
        buffer_string(&said, at->rubric->scale.ids[asked->bands[pieces[shown[i]].band].gives]);
    }
    buffer_string(&said,
                  "; put the levels in order along the numbers, or, where it is meant, write "
                  "\"monotone = no\" in [judgement]");
    return find(at, KIND_BAND_ORDER, at->rubric->monotone ? FINDING_FAULT : FINDING_NOTE, asked,
                &said);
}

static bool prove_numbers(proving *at, const criterion *asked)
{
    number_piece *pieces = calloc(2 * asked->band_count + 1, sizeof *pieces);
    if (pieces == NULL)
        return false;
    const size_t count = number_pieces(asked, pieces);
    const bool found = find_gaps(at, asked, pieces, count) && find_dead(at, asked, pieces, count) &&
                       find_order(at, asked, pieces, count);
    free(pieces);
    return found;
}

bool prove_bands(proving *at)
{
    for (size_t c = 0; c < at->rubric->criterion_count; c++) {
        const criterion *asked = &at->rubric->criteria[c];
        if (asked->band_count > 0 && !prove_numbers(at, asked))
            return false;
        if (asked->gives_flag && asked->yes == asked->no &&
            !prove_find(
                at, KIND_SAME_ANSWER, FINDING_NOTE, asked->values_line,
                "%s: yes and no are both rated %s, so that the answer says nothing; give one "
                "of them another level",
                asked->id, at->rubric->scale.ids[asked->yes]))
            return false;
    }
    return true;
}
