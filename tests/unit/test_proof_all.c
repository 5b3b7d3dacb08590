/* The proofs against trying every record: small rubrics by chance, with a fixed seed, must agree with
 * what all their rating vectors say, in both directions. */
#include "rubric_case.h"

#include <stdlib.h>

#include "proof/proof.h"

enum { RUBRICS = 500, CRITERIA_MAX = 5, RECORDS_MAX = 120000, KINDS = 3 };

static uint64_t chance_state = 77;

static unsigned chance(unsigned below)
{
    chance_state = chance_state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(chance_state >> 33) % below;
}

/* ---- A rubric by chance ------------------------------------------------------------------------- */

static const char *const level_names[] = {"poor", "fair", "good", "best"};

/* What each criterion may come to, by what `kind` says: x, y, or another thing. */
typedef struct {
    size_t  count;
    size_t  levels;
    uint8_t outcomes[CRITERIA_MAX][8];
    size_t  outcome_count[CRITERIA_MAX];
    bool    applies[CRITERIA_MAX][KINDS];
} shape;

static void add_outcome(shape *of, size_t c, uint8_t rating)
{
    for (size_t i = 0; i < of->outcome_count[c]; i++)
        if (of->outcomes[c][i] == rating)
            return;
    of->outcomes[c][of->outcome_count[c]++] = rating;
}

static void write_criterion(buffer *out, shape *of, size_t c)
{
    static const unsigned weights[] = {0, 1, 1, 2, 3, 5, 7, 40, 1000};

    buffer_format(out, "[criterion.c%zu]\nweight = %u\n", c, weights[chance(9)]);
    if (chance(3) == 0) {
        const unsigned yes = chance((unsigned)of->levels), no = chance((unsigned)of->levels);
        buffer_format(out, "measure = yes_no\nyes = %s\nno = %s\n", level_names[yes],
                      level_names[no]);
        add_outcome(of, c, (uint8_t)yes);
        add_outcome(of, c, (uint8_t)no);
    } else {
        buffer_string(out, "measure = rating\n");
        for (size_t l = 0; l < of->levels; l++)
            add_outcome(of, c, (uint8_t)l);
    }
    if (chance(3) == 0) {
        const unsigned rated = chance((unsigned)of->levels);
        buffer_format(out, "missing = %s\n", level_names[rated]);
        add_outcome(of, c, (uint8_t)rated);
    } else {
        add_outcome(of, c, RATING_MISSING);
    }
    add_outcome(of, c, RATING_NOT_APPLICABLE);
    if (chance(3) == 0)
        buffer_format(out, "limit = %s -> %s\n", level_names[chance((unsigned)of->levels)],
                      level_names[chance((unsigned)of->levels)]);
    if (chance(5) == 0)
        buffer_string(out, "critical = yes\n");
    const unsigned applies = chance(6);
    for (unsigned kind = 0; kind < KINDS; kind++)
        of->applies[c][kind] = applies == 0   ? kind == 0
                               : applies == 1 ? kind == 1
                               : applies == 2 ? kind != 0
                                              : true;
    if (applies < 3)
        buffer_format(out, "applies_if = kind is %s\n",
                      applies == 0   ? "x"
                      : applies == 1 ? "y"
                                     : "not x");
}

static void write_judgement(buffer *out, const shape *of)
{
    unsigned threshold = 1000;

    buffer_format(out, "[judgement]\nmin_coverage = %u\n", chance(3) == 0 ? 0 : chance(101));
    for (size_t l = 1; l < of->levels; l++) {
        threshold += 1 + chance(1400);
        if (threshold > of->levels * 1000)
            threshold = (unsigned)(of->levels * 1000 - (of->levels - l) + 1);
        buffer_format(out, "%s = %u.%03u\n", level_names[l], threshold / 1000, threshold % 1000);
    }
    for (size_t l = 1; l < of->levels; l++) {
        if (chance(2) == 0)
            continue;
        buffer_format(out, "[judgement.%s]\n", level_names[l]);
        for (size_t counted = 0; counted < of->levels; counted++)
            if (chance(3) == 0)
                buffer_format(out, "max_%s = %u\n", level_names[counted], chance(4));
    }
}

static rubric *by_chance(shape *of)
{
    buffer out = {0};

    for (;;) {
        *of = (shape){.count = 2 + chance(4), .levels = 2 + chance(3)};
        if (of->count == 5 && of->levels == 4)
            of->count = 4;
        buffer_string(&out, HEAD "[scale]\nlevels = ");
        for (size_t l = 0; l < of->levels; l++)
            buffer_format(&out, "%s%s", l > 0 ? ", " : "", level_names[l]);
        buffer_byte(&out, '\n');
        write_judgement(&out, of);
        for (size_t c = 0; c < of->count; c++)
            write_criterion(&out, of, c);
        assert_true(buffer_end(&out));
        error_list errors = {0};
        rubric    *made = case_read(out.bytes, &errors);
        error_clear(&errors);
        buffer_free(&out);
        if (made != NULL) /* thresholds may have met at the top */
            return made;
        out = (buffer){0};
    }
}

/* ---- Every record ---------------------------------------------------------------------------------- */

typedef struct {
    uint8_t   ratings[CRITERIA_MAX];
    uint8_t   kind;
    judgement judged;
} record;

typedef struct {
    record *items;
    size_t  count;
} record_list;

static void add_all(record_list *all, const rubric *held, const shape *of, record *so_far, size_t c)
{
    if (c == of->count) {
        assert_true(all->count < RECORDS_MAX);
        so_far->judged = judge_record(held, so_far->ratings);
        all->items[all->count++] = *so_far;
        return;
    }
    if (!of->applies[c][so_far->kind]) {
        so_far->ratings[c] = RATING_NOT_APPLICABLE;
        add_all(all, held, of, so_far, c + 1);
        return;
    }
    for (size_t i = 0; i < of->outcome_count[c]; i++) {
        so_far->ratings[c] = of->outcomes[c][i];
        add_all(all, held, of, so_far, c + 1);
    }
}

static bool is_possible(const shape *of, const uint8_t *ratings)
{
    for (size_t kind = 0; kind < KINDS; kind++) {
        bool possible = true;
        for (size_t c = 0; c < of->count; c++) {
            bool found = ratings[c] == RATING_NOT_APPLICABLE;
            for (size_t i = 0; of->applies[c][kind] && i < of->outcome_count[c]; i++)
                found |= of->outcomes[c][i] == ratings[c];
            possible &= found;
        }
        if (possible)
            return true;
    }
    return false;
}

static bool graded(const judgement *judged)
{
    return judged->judgement < LEVELS_MAX;
}

/* True where some record is judged otherwise by `changed`, and graded by both. */
static bool differs(const record_list *all, const rubric *changed)
{
    for (size_t i = 0; i < all->count; i++) {
        const judgement other = judge_record(changed, all->items[i].ratings);
        if (graded(&all->items[i].judged) && graded(&other) &&
            other.judgement != all->items[i].judged.judgement)
            return true;
    }
    return false;
}

/* ---- What the proofs said ---------------------------------------------------------------------------- */

static size_t count_kind(const proof *proved, finding_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < proved->finding_count; i++)
        count += proved->findings[i].kind == kind;
    return count;
}

static bool says_of(const proof *proved, finding_kind kind, const char *start)
{
    for (size_t i = 0; i < proved->finding_count; i++)
        if (proved->findings[i].kind == kind &&
            strncmp(proved->findings[i].text, start, strlen(start)) == 0)
            return true;
    return false;
}

static const finding *first_of(const proof *proved, finding_kind kind)
{
    for (size_t i = 0; i < proved->finding_count; i++)
        if (proved->findings[i].kind == kind)
            return &proved->findings[i];
    return NULL;
}

/* ---- One comparison after the other ------------------------------------------------------------------- */

static void check_levels(const record_list *all, const proof *proved)
{
    unsigned reached = 0;
    for (size_t i = 0; i < all->count; i++)
        if (graded(&all->items[i].judged))
            reached |= 1u << all->items[i].judged.judgement;
    assert_int_equal(proved->reachable, reached);
}

static void check_thresholds(const record_list *all, const rubric *held, const proof *proved)
{
    size_t dead = 0;
    for (size_t l = 1; l < held->scale.count; l++) {
        if ((proved->reachable >> l & 1) == 0)
            continue;
        rubric higher = *held, lower = *held;
        higher.thousandths[l] =
            l + 1 < held->scale.count ? held->thousandths[l + 1] : 9001; /* no score */
        lower.thousandths[l] = held->thousandths[l - 1];
        dead += !differs(all, &higher) || !differs(all, &lower);
    }
    assert_int_equal(count_kind(proved, KIND_DEAD_THRESHOLD), dead);
}

static void check_requirements(const record_list *all, const rubric *held, const proof *proved)
{
    size_t dead = 0;
    for (size_t r = 0; r < held->requirement_count; r++) {
        requirement rest[16];
        rubric      changed = *held;
        size_t      kept = 0;
        for (size_t i = 0; i < held->requirement_count; i++)
            if (i != r)
                rest[kept++] = held->requirements[i];
        changed.requirements = rest;
        changed.requirement_count = kept;
        dead += !differs(all, &changed);
    }
    assert_int_equal(count_kind(proved, KIND_DEAD_REQUIREMENT), dead);
}

static void check_limits(const record_list *all, const rubric *held, const proof *proved)
{
    size_t dead = 0;
    for (size_t c = 0; c < held->criterion_count; c++)
        for (size_t i = 0; i < held->criteria[c].limit_count; i++) {
            criterion changed[CRITERIA_MAX];
            limit     rest[4];
            rubric    copy = *held;
            size_t    kept = 0;
            memcpy(changed, held->criteria, held->criterion_count * sizeof *changed);
            for (size_t k = 0; k < held->criteria[c].limit_count; k++)
                if (k != i)
                    rest[kept++] = held->criteria[c].limits[k];
            changed[c].limits = rest;
            changed[c].limit_count = kept;
            copy.criteria = changed;
            dead += !differs(all, &copy);
        }
    assert_int_equal(count_kind(proved, KIND_DEAD_LIMIT), dead);
}

static void check_weights(const record_list *all, const rubric *held, const proof *proved)
{
    for (size_t c = 0; c < held->criterion_count; c++) {
        criterion changed[CRITERIA_MAX];
        rubric    copy = *held;
        char      start[32];
        if (held->criteria[c].weight == 0 || proved->asked == 1)
            continue;
        memcpy(changed, held->criteria, held->criterion_count * sizeof *changed);
        changed[c].weight = 0;
        copy.criteria = changed;
        snprintf(start, sizeof start, "c%zu:", c);
        assert_int_equal(says_of(proved, KIND_DEAD_WEIGHT, start), !differs(all, &copy));
    }
}

/* Levels that criterion c can have between two, so that they are not one step apart. */
static bool between(const shape *of, size_t c, uint8_t low, uint8_t high)
{
    for (size_t i = 0; i < of->outcome_count[c]; i++)
        if (of->outcomes[c][i] > low && of->outcomes[c][i] < high)
            return true;
    return false;
}

/* Each record against those that differ in one rating. */
static void check_changes(const record_list *all, const rubric *held, const shape *of,
                          const proof *proved)
{
    bool     falls = false;
    unsigned moved = 0;

    for (size_t i = 0; i < all->count; i++) {
        const record *low = &all->items[i];
        for (size_t c = 0; graded(&low->judged) && c < of->count; c++)
            for (size_t o = 0; low->ratings[c] < LEVELS_MAX && o < of->outcome_count[c]; o++) {
                uint8_t       ratings[CRITERIA_MAX];
                const uint8_t to = of->outcomes[c][o];
                if (to >= LEVELS_MAX || to <= low->ratings[c])
                    continue;
                memcpy(ratings, low->ratings, sizeof ratings);
                ratings[c] = to;
                const judgement high = judge_record(held, ratings);
                falls |= high.judgement < low->judged.judgement;
                const unsigned apart = (unsigned)abs(high.judgement - low->judged.judgement);
                if (apart > moved && !between(of, c, low->ratings[c], to))
                    moved = apart;
            }
    }
    assert_int_equal(proved->monotone, !falls);
    assert_int_equal(count_kind(proved, KIND_NOT_MONOTONE) > 0, falls);
    assert_int_equal(proved->most_moved, moved);
}

static void check_missing(const record_list *all, const rubric *held, const proof *proved)
{
    size_t most = 0;
    for (size_t i = 0; i < all->count; i++) {
        size_t missing = 0;
        for (size_t c = 0; c < held->criterion_count; c++)
            missing += held->criteria[c].weight > 0 && all->items[i].ratings[c] == RATING_MISSING;
        if (graded(&all->items[i].judged) && missing > most)
            most = missing;
    }
    assert_int_equal(proved->most_missing, most);
}

/* A limit is disarmed where a record is judged better without the rating than it can be with the
 * worst that the criterion may have. */
static void check_blanks(const record_list *all, const rubric *held, const shape *of,
                         const proof *proved)
{
    const finding *said = first_of(proved, KIND_BLANK_DISARMS);

    for (size_t c = 0; c < of->count; c++) {
        level lowest = (level)(of->levels - 1);
        bool  disarmed = false;
        char  name[32];
        for (size_t o = 0; o < of->outcome_count[c]; o++)
            if (of->outcomes[c][o] < LEVELS_MAX &&
                held->criteria[c].cap[of->outcomes[c][o]] < lowest)
                lowest = held->criteria[c].cap[of->outcomes[c][o]];
        for (size_t i = 0; i < all->count; i++)
            disarmed |= all->items[i].ratings[c] == RATING_MISSING &&
                        graded(&all->items[i].judged) && all->items[i].judged.judgement > lowest;
        snprintf(name, sizeof name, "c%zu", c);
        const char *list = said != NULL ? strchr(said->text, ':') : NULL;
        const char *end = list != NULL ? strchr(list, ';') : NULL;
        const char *found = list != NULL ? strstr(list, name) : NULL;
        assert_int_equal(found != NULL && found < end, disarmed);
    }
}

static void check_examples(const rubric *held, const shape *of, const proof *proved)
{
    for (size_t i = 0; i < proved->finding_count; i++) {
        const finding       *one = &proved->findings[i];
        const proof_example *shown = &proved->examples[one->example_first];
        for (size_t e = 0; e < one->example_count; e++) {
            assert_int_equal(shown[e].finding, i);
            assert_true(is_possible(of, shown[e].ratings));
            const judgement judged = judge_record(held, shown[e].ratings);
            assert_int_equal(shown[e].judged.judgement, judged.judgement);
        }
        if (one->example_count != 2)
            continue;
        size_t differ = 0, at = 0;
        for (size_t c = 0; c < of->count; c++)
            if (shown[0].ratings[c] != shown[1].ratings[c]) {
                differ++;
                at = c;
            }
        assert_int_equal(differ, 1);
        assert_true(shown[0].judged.judgement > shown[1].judged.judgement);
        if (one->kind == KIND_NOT_MONOTONE)
            assert_true(shown[0].ratings[at] < shown[1].ratings[at]);
        else
            assert_int_equal(shown[0].judged.judgement - shown[1].judged.judgement,
                             proved->most_moved);
    }
}

/* Every example is a record that can be made, and the grader rates it so. */
static void check_made(const rubric *held, const proof *proved)
{
    error_list    errors = {0};
    record_maker *maker = record_maker_new(held, NULL, 1, &errors);
    assert_non_null(maker);
    for (size_t e = 0; e < proved->example_count; e++) {
        made_want   wanted[CRITERIA_MAX] = {0};
        made_record made;
        for (size_t c = 0; c < held->criterion_count; c++)
            wanted[c].rating = proved->examples[e].ratings[c];
        assert_true(record_make(maker, wanted, &made, &errors));
        assert_true(made.made);
        assert_int_equal(made.judged.judgement, proved->examples[e].judged.judgement);
        made_record_free(&made);
    }
    record_maker_free(maker);
}

static void test_proofs_agree_with_trying_every_record(void **state)
{
    record_list all = {.items = calloc(RECORDS_MAX, sizeof(record))};
    (void)state;

    assert_non_null(all.items);
    for (size_t i = 0; i < RUBRICS; i++) {
        shape      of;
        proof      proved;
        error_list errors = {0};
        rubric    *held = by_chance(&of);
        all.count = 0;
        for (uint8_t kind = 0; kind < KINDS; kind++) {
            record first = {.kind = kind};
            add_all(&all, held, &of, &first, 0);
        }
        assert_true(proof_make(&proved, held, NULL, NULL, 60000, &errors));
        assert_int_equal(count_kind(&proved, KIND_UNDECIDED), 0);
        if (proved.asked > 0) {
            check_levels(&all, &proved);
            check_thresholds(&all, held, &proved);
            check_requirements(&all, held, &proved);
            check_limits(&all, held, &proved);
            check_weights(&all, held, &proved);
            check_changes(&all, held, &of, &proved);
            check_missing(&all, held, &proved);
            check_blanks(&all, held, &of, &proved);
            check_examples(held, &of, &proved);
            check_made(held, &proved);
        }
        proof_free(&proved);
        rubric_free(held);
    }
    free(all.items);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_proofs_agree_with_trying_every_record),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
