/* The search against trying everything: questions by chance, with a fixed seed, about small rubrics. What
 * it finds meets the question; where it finds nothing there is nothing. */
#include "rubric_case.h"

#include "proof/repair.h"
#include "proof/search.h"

enum { RUBRICS = 40, QUESTIONS = 12, CRITERIA = 7 };

static uint64_t chance_state = 5;

static unsigned chance(unsigned below)
{
    chance_state = chance_state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(chance_state >> 33) % below;
}

/* ---- A rubric and a question by chance -------------------------------------------------------- */

/* Seven criteria, of which some hang together by a field that two kinds of record fill in otherwise. */
static rubric *by_chance(void)
{
    static const char *const levels[] = {"inadequate", "requires_improvement", "good"};
    static const char *const applies[] = {"", "", "applies_if = kind is x\n",
                                          "applies_if = kind is y\n"};
    buffer                   out = {0};
    error_list               errors = {0};

    buffer_string(&out, HEAD);
    for (size_t of = 0; of < 2; of++) {
        buffer_format(&out, "[judgement.%s]\n", of == 0 ? "good" : "outstanding");
        for (size_t l = 0; l < 3; l++)
            if (chance(3) == 0)
                buffer_format(&out, "max_%s = %u\n", levels[l], chance(4));
    }
    for (size_t c = 0; c < CRITERIA; c++)
        buffer_format(&out, "[criterion.c%zu]\nmeasure = rating\nweight = %u\n%s", c,
                      chance(5) == 0 ? 0 : 1 + chance(9), applies[chance(4)]);
    assert_true(buffer_end(&out));
    rubric *made = case_read(out.bytes, &errors);
    assert_non_null(made);
    error_clear(&errors);
    buffer_free(&out);
    return made;
}

typedef struct {
    search_question asked;
    int64_t         values[LINES_MAX][CRITERIA * OUTCOMES];
    uint16_t        allowed[CRITERIA];
    uint8_t         accept[4096];
} question;

/* Lines alike that point in opposite directions are a window, which is what the proofs ask of most. */
static void ask_by_chance(question *out, size_t states)
{
    const bool window = chance(2) == 0;

    out->asked = (search_question){.allowed = out->allowed,
                                   .accept = out->accept,
                                   .moving = chance(3) == 0 ? chance(CRITERIA) : SIZE_MAX,
                                   .moves = (uint16_t)(1u << chance(4) | 1u << chance(4)),
                                   .line_count = 1 + chance(LINES_MAX)};
    for (size_t line = 0; line < out->asked.line_count; line++) {
        for (size_t i = 0; i < CRITERIA * OUTCOMES; i++)
            out->values[line][i] = line == 1 && window ? -out->values[0][i]
                                   : i % OUTCOMES == OUTCOME_LEFT_OUT
                                       ? 0
                                       : (int64_t)chance(2000) - 1000;
        out->asked.lines[line] = (search_line){out->values[line], (int64_t)chance(600)};
        if (line == 1 && window)
            out->asked.lines[line].least = -out->asked.lines[0].least - (int64_t)chance(4);
    }
    for (size_t c = 0; c < CRITERIA; c++)
        out->allowed[c] =
            (uint16_t)(chance(3) == 0 ? chance(1u << OUTCOMES) : (1u << OUTCOMES) - 1);
    const unsigned seldom = 1 + chance(4);
    for (size_t state = 0; state < states; state++)
        out->accept[state] = chance(seldom) == 0;
}

/* ---- Trying everything ---------------------------------------------------------------------------- */

typedef struct {
    const domain   *domain;
    const search   *search;
    const question *asked;
    unsigned        most[LEVELS_MAX]; /* the greatest count of a level in any state */
} everything;

static size_t state_of(const everything *all, const unsigned rated[LEVELS_MAX])
{
    for (size_t state = 0;; state++) {
        unsigned shown[LEVELS_MAX];
        bool     same = true;
        search_counts(all->search, state, shown);
        for (size_t l = 0; l < LEVELS_MAX; l++)
            same &= shown[l] == (rated[l] < all->most[l] ? rated[l] : all->most[l]);
        if (same)
            return state;
    }
}

static bool meets_sums(const everything *all, const int64_t sums[LINES_MAX])
{
    for (size_t line = 0; line < all->asked->asked.line_count; line++)
        if (sums[line] < all->asked->asked.lines[line].least)
            return false;
    return true;
}

/* From criterion `i` of part p in a world of it on. */
static bool try_all(const everything *all, size_t p, size_t world, size_t i,
                    const int64_t sums[LINES_MAX], const unsigned rated[LEVELS_MAX])
{
    const search_question *asked = &all->asked->asked;

    if (p == all->domain->part_count)
        return meets_sums(all, sums) && all->asked->accept[state_of(all, rated)];
    const domain_part *part = &all->domain->parts[p];
    if (world == SIZE_MAX) {
        for (size_t w = 0; w < part->worlds; w++)
            if (try_all(all, p, w, 0, sums, rated))
                return true;
        return false;
    }
    if (i == part->criterion_count)
        return try_all(all, p + 1, SIZE_MAX, 0, sums, rated);
    const size_t   c = part->criteria[i];
    const unsigned mask = part->masks[world * part->criterion_count + i];
    if (c == asked->moving)
        return (mask & asked->moves) == asked->moves && try_all(all, p, world, i + 1, sums, rated);
    for (size_t o = 0; o < OUTCOMES; o++) {
        int64_t  after[LINES_MAX] = {0};
        unsigned counted[LEVELS_MAX];
        if (((mask & all->asked->allowed[c]) >> o & 1) == 0)
            continue;
        for (size_t line = 0; line < asked->line_count; line++)
            after[line] = sums[line] + asked->lines[line].value[c * OUTCOMES + o];
        memcpy(counted, rated, sizeof counted);
        if (o < LEVELS_MAX && all->domain->rubric->criteria[c].weight > 0)
            counted[o]++;
        if (try_all(all, p, world, i + 1, after, counted))
            return true;
    }
    return false;
}

/* Whether the outcomes meet the question: in the worlds that allow them. */
static bool meets(const everything *all, const uint8_t *chosen)
{
    question one = *all->asked;

    for (size_t c = 0; c < CRITERIA; c++)
        if (c != one.asked.moving)
            one.allowed[c] &= (uint16_t)(1u << chosen[c]);
    one.asked.allowed = one.allowed;
    const everything narrow = {all->domain, all->search, &one, {0}};
    everything       copy = narrow;
    const unsigned   none[LEVELS_MAX] = {0};
    const int64_t    sums[LINES_MAX] = {0};
    memcpy(copy.most, all->most, sizeof copy.most);
    return try_all(&copy, 0, SIZE_MAX, 0, sums, none);
}

/* What repair_find() finds meets the question too; how often it found something. */
static unsigned check_repair(const everything *all, bool possible)
{
    arena    memory = {0};
    counts   whole;
    paths    way;
    uint8_t  accepted[4097], chosen[CRITERIA];
    bool     too_many, no_memory;
    reaching at = {.paths = &way, .question = &all->asked->asked, .accepted = accepted};

    assert_true(counts_make(&whole, all->domain, &memory, &too_many));
    assert_true(paths_make(&way, all->domain, &memory));
    assert_true(counts_narrow(&at.counts, &whole, all->asked->accept, accepted, &memory));
    int64_t *highest = arena_array(&memory, way.node_count * at.counts.states, sizeof *highest);
    assert_non_null(highest);
    reach_fill(&at, all->asked->asked.lines[0].value, 1, highest);
    bool found = false;
    if (highest[0] > REACH_NEVER / 2) /* as the search sees to */
        found = repair_find(&at, highest, chosen, &no_memory);
    assert_true(!found || (possible && meets(all, chosen)));
    arena_free(&memory);
    return found;
}

static void test_search_agrees_with_trying_everything(void **state)
{
    unsigned answers[2] = {0}, repaired = 0;
    (void)state;

    for (size_t r = 0; r < RUBRICS; r++) {
        error_list            errors = {0};
        rubric               *made = by_chance();
        domain                held;
        bool                  too_many;
        const struct timespec ends = search_end(60000);
        assert_true(domain_make(&held, made, &errors));
        search *used = search_new(&held, &ends, &too_many);
        assert_non_null(used);
        assert_true(search_states(used) <= 4096);
        for (size_t q = 0; q < QUESTIONS; q++) {
            static question by;
            everything      all = {&held, used, &by, {0}};
            uint8_t         chosen[CRITERIA];
            const unsigned  none[LEVELS_MAX] = {0};
            const int64_t   sums[LINES_MAX] = {0};
            for (size_t s = 0; s < search_states(used); s++) {
                unsigned shown[LEVELS_MAX];
                search_counts(used, s, shown);
                for (size_t l = 0; l < LEVELS_MAX; l++)
                    all.most[l] = shown[l] > all.most[l] ? shown[l] : all.most[l];
            }
            ask_by_chance(&by, search_states(used));
            const bool          possible = try_all(&all, 0, SIZE_MAX, 0, sums, none);
            const search_answer answer = search_ask(used, &by.asked, chosen);
            assert_int_equal(answer, possible ? SEARCH_YES : SEARCH_NO);
            assert_true(answer == SEARCH_NO || meets(&all, chosen));
            answers[possible]++;
            repaired += check_repair(&all, possible);
        }
        search_free(used);
        domain_free(&held);
        rubric_free(made);
    }
    /* neither answer is a rare one */
    assert_true(answers[0] > 50 && answers[1] > 50 && repaired > 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_search_agrees_with_trying_everything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
