/* rubric_test.c - the cases beside a rubric, graded by it and compared. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kit/cases.h"
#include "report/row.h"

static const char rubric_ending[] = ".ini";
static const char cases_ending[] = ".cases.csv";

/* ---- Which two files ------------------------------------------------------------ */

/* Where `path` ends in `ending`: the path with `other` in its place. */
static const char *with_ending(arena *memory, const char *path, const char *ending,
                               const char *other)
{
    const size_t size = strlen(path), end = strlen(ending);
    if (size <= end || strcmp(path + size - end, ending) != 0)
        return NULL;

    char *changed = arena_array(memory, size - end + strlen(other) + 1, 1);
    if (changed)
        snprintf(changed, size - end + strlen(other) + 1, "%.*s%s", (int)(size - end), path, other);
    return changed;
}

static bool name_files(rubric_tests *out, const char *file, const char **rubric_file,
                       error_list *errors)
{
    const char *beside = with_ending(&out->memory, file, cases_ending, rubric_ending);

    *rubric_file = beside ? beside : file;
    out->file = beside ? arena_text(&out->memory, file, strlen(file))
                       : with_ending(&out->memory, file, rubric_ending, cases_ending);
    if (!out->file) {
        error_add(errors, FAULT_USAGE, file, 0, 0,
                  "it is neither a rubric, NAME.ini, nor its cases, NAME.cases.csv; name one of "
                  "the two");
        return false;
    }
    if (!beside && access(file, F_OK) == 0 && access(out->file, F_OK) != 0) {
        error_add(errors, FAULT_USAGE, file, 0, 0, "the rubric has no cases; write some in %s",
                  out->file);
        return false;
    }
    return true;
}

/* ---- What the records got --------------------------------------------------------- */

/* One record's grade, in the words of results. */
typedef struct {
    uint64_t           line;
    const char        *judgement;
    const char        *status;
    const char        *limited_by;
    const char        *detail;
    const char *const *ratings; /* [criterion]; NULL where it was rejected */
} outcome;

typedef struct {
    outcome *items;
    size_t   count;
    arena    memory;
} outcome_list;

static void free_outcomes(void *user, void *rendered)
{
    outcome_list *list = rendered;
    (void)user;
    arena_free(&list->memory);
    free(list);
}

static const char *limited_by(outcome_list *list, const graded_group *group, size_t k)
{
    const rubric *held = group->rubric;
    bool         *named = arena_array(&list->memory, held->criterion_count, sizeof *named);
    if (!named)
        return NULL;
    for (size_t c = 0; c < held->criterion_count; c++)
        named[c] = graded_limited(group, k) && graded_limits(group, k, c);
    return criteria_joined(held, named, &list->memory);
}

static const char *const *ratings(outcome_list *list, const graded_group *group, size_t k)
{
    const rubric *held = group->rubric;
    const char  **words = arena_array(&list->memory, held->criterion_count, sizeof *words);
    for (size_t c = 0; words && c < held->criterion_count; c++)
        words[c] = row_rating(held, group->ratings[c][k]);
    return words;
}

static bool add_outcome(outcome_list *list, const graded_batch *batch, size_t i)
{
    const char         *detail = row_detail(batch, i);
    const graded_group *group = row_group(batch, i);
    outcome            *out = &list->items[list->count++];

    *out = (outcome){
        .line = batch->line[i],
        .judgement = row_judgement(batch, i),
        .status = row_status(batch, i),
        .limited_by = "none",
        .detail = arena_text(&list->memory, detail, strlen(detail)),
    };
    if (row_judged(batch, i))
        out->limited_by = limited_by(list, group, batch->place[i]);
    if (group && batch->status[i] != STATUS_REJECTED) {
        out->ratings = ratings(list, group, batch->place[i]);
        if (!out->ratings)
            return false;
    }
    return out->limited_by && out->detail;
}

static void *render_outcomes(void *user, const graded_batch *batch)
{
    outcome_list *list = calloc(1, sizeof *list);
    (void)user;

    if (!list)
        return NULL;
    list->items = arena_array(&list->memory, batch->count + 1, sizeof *list->items);
    bool fine = list->items != NULL;
    for (size_t i = 0; fine && i < batch->count; i++)
        fine = add_outcome(list, batch, i);
    if (fine)
        return list;
    free_outcomes(NULL, list);
    return NULL;
}

/* ---- The comparison ---------------------------------------------------------------- */

typedef struct {
    const rubric       *held;
    const expectations *expected;
    rubric_case        *cases;
    rubric_tests       *out;
    size_t              next; /* of the expectations */
} comparison;

static void compare(rubric_case *one, difference *room, const char *what, const char *expected,
                    const char *got)
{
    if (expected && strcmp(expected, got) != 0)
        room[one->difference_count++] = (difference){what, expected, got};
}

/* A copy that outlives the batch. Levels and statuses do: they are the rubric's, or constant. */
static const char *keep(comparison *at, const char *words)
{
    return arena_text(&at->out->memory, words, strlen(words));
}

static const char *rating_label(comparison *at, size_t c)
{
    char      label[64];
    const int size = snprintf(label, sizeof label, "rating.%s", at->held->criteria[c].id);
    return arena_text(&at->out->memory, label, (size_t)size);
}

static bool compare_ratings(comparison *at, const expectation *wanted, const outcome *got,
                            rubric_case *one, difference *room)
{
    for (size_t c = 0; c < at->held->criterion_count; c++) {
        if (!wanted->ratings[c])
            continue;
        const char *label = rating_label(at, c);
        if (!label)
            return false;
        compare(one, room, label, wanted->ratings[c], got->ratings ? got->ratings[c] : "none");
    }
    return true;
}

static bool compare_case(comparison *at, const expectation *wanted, const outcome *got)
{
    rubric_case *one = &at->cases[at->next];
    difference  *room = arena_array(&at->out->memory, at->held->criterion_count + 3, sizeof *room);
    const char  *limits = room ? keep(at, got->limited_by) : NULL;
    const char  *detail = limits ? keep(at, got->detail) : NULL;

    if (!detail)
        return false;
    *one = (rubric_case){
        .line = wanted->line,
        .name = wanted->name,
        .detail = detail,
        .differences = room,
    };
    compare(one, room, "judgement", wanted->judgement, got->judgement);
    compare(one, room, "status", wanted->status, got->status);
    compare(one, room, "limited_by", wanted->limited_by, limits);
    if (!compare_ratings(at, wanted, got, one, room))
        return false;
    at->out->failed += one->difference_count > 0;
    return true;
}

static bool deliver_outcomes(void *user, void *rendered, error_list *errors)
{
    comparison   *at = user;
    outcome_list *list = rendered;
    bool          fine = true;

    for (size_t i = 0; fine && i < list->count; i++) {
        fine = at->next < at->expected->count &&
               at->expected->items[at->next].line == list->items[i].line;
        if (!fine) {
            error_add(errors, FAULT_INPUT, at->out->file, list->items[i].line, 0,
                      "the file changed while it was read; run the test again");
            break;
        }
        fine = compare_case(at, &at->expected->items[at->next], &list->items[i]) ||
               error_memory(errors);
        at->next++;
    }
    free_outcomes(NULL, list);
    return fine;
}

/* ---- One rubric ----------------------------------------------------------------------- */

static bool grade_cases(comparison *at, const kit_grader *grader, error_list *errors)
{
    const record_source source = {.path = at->out->file};
    const grade_sink    sink = {at, render_outcomes, deliver_outcomes, free_outcomes};
    const grade_options options = {
        .library = grader->library,
        .plugins = grader->plugins,
        .rubric = at->held,
        .threads = grader->threads,
    };
    grade_totals totals = {0};
    error_list   found = {0};

    records   *input = records_open(&source, NULL, &found);
    const bool graded = input && grade_input(input, &options, &sink, &totals, &found);
    records_close(input);
    error_append(errors, &found);
    error_clear(&found);
    at->out->cases = at->cases;
    at->out->count = at->next;
    return graded;
}

static bool test_with(rubric_tests *out, const rubric *held, const kit_grader *grader,
                      error_list *errors)
{
    expectations expected = {0};
    bool         fine = expectations_read(&expected, out->file, held, &out->memory, errors);

    if (fine) {
        comparison at = {
            .held = held,
            .expected = &expected,
            .cases = arena_array(&out->memory, expected.count, sizeof *at.cases),
            .out = out,
        };
        fine = at.cases ? grade_cases(&at, grader, errors) : error_memory(errors);
    }
    expectations_free(&expected);
    return fine;
}

bool kit_test_rubric(rubric_tests *out, const char *file, const kit_grader *grader,
                     error_list *errors)
{
    const rubric_context context = library_context(grader->library, grader->plugins);
    const char          *rubric_file;

    if (!name_files(out, file, &rubric_file, errors))
        return false;
    out->rubric = rubric_read(rubric_file, &context, errors);
    if (!out->rubric)
        return false;
    if (out->rubric->unusable) {
        error_add(errors, FAULT_PLUGIN, rubric_file, 0, 0, "%s", out->rubric->unusable);
        return false;
    }
    return test_with(out, out->rubric, grader, errors);
}

void kit_tests_free(rubric_tests *tests)
{
    rubric_free(tests->rubric);
    arena_free(&tests->memory);
    *tests = (rubric_tests){0};
}
