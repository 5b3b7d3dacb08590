/* Two gradings held against each other: what must hold for any two rubrics, by brute force, and what
 * single changes must be found to have done. */
#include "grading_case.h"

#include <sys/stat.h>

#include "regression/edit.h"

/* Two builds of a plugin, each as `made`; and both, as `made_earlier` and `made_later`. */
static plugin_set *before_build, *after_build, *both_builds;

/* ---- Rubrics as keys, so that any mixture of two can be written down ----------------------- */

typedef struct {
    const char *section; /* "criterion.a" */
    const char *key;     /* "" the section is there; "build": which build measures it, in no file */
    const char *value[2]; /* of the rubric before, after; NULL: not written */
} rubric_key;

enum { KEYS_MAX = 96, RECORDS = 40 };

typedef struct {
    rubric_key keys[KEYS_MAX];
    size_t     count;
} key_list;

static uint64_t random_state;

static size_t chance(size_t below)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(random_state >> 33) % below;
}

/* Bit i of `undone`: the ith key that differs is as it was before. `mixed`: measures name a build. */
static void write_rubric(const key_list *keys, unsigned undone, bool mixed, char *out, size_t size)
{
    const char *build = "";
    const char *section = "";
    bool        there = true;
    size_t      used = 0;
    unsigned    bit = 0;

    for (size_t k = 0; k < keys->count; k++) {
        const rubric_key *key = &keys->keys[k];
        const bool        differs = key->value[0] != key->value[1];
        const char       *value = key->value[differs && (undone >> bit & 1) ? 0 : 1];
        bit += differs;
        if (strcmp(section, key->section) != 0) {
            section = key->section;
            there = *key->key || value;
            if (there)
                used += (size_t)snprintf(out + used, size - used, "[%s]\n", section);
        }
        if (strcmp(key->key, "build") == 0)
            build = mixed ? value : "made";
        else if (there && strcmp(key->key, "measure") == 0 && *value == '.')
            used += (size_t)snprintf(out + used, size - used, "measure = %s%s\n", build, value);
        else if (there && *key->key && value)
            used += (size_t)snprintf(out + used, size - used, "%s = %s\n", key->key, value);
        assert_true(used < size);
    }
}

static const char *pick(const char *const *from, size_t count)
{
    return from[chance(count)];
}

#define PICK(list) pick(list, sizeof list / sizeof list[0])

static const char *const weights[] = {"0", "1", "2", "3"};
static const char *const bands[] = {"outstanding <= 2, good <= 5, inadequate",
                                    "good <= 4, requires_improvement <= 6, inadequate",
                                    "outstanding < 1, requires_improvement <= 7"};
static const char *const missing[] = {NULL, "inadequate", "good"};
static const char *const limits[] = {NULL, "inadequate -> inadequate",
                                     "inadequate -> requires_improvement",
                                     "requires_improvement -> requires_improvement"};
static const char *const yes[] = {NULL, "outstanding", "requires_improvement"};
static const char *const applies[] = {NULL, "flag is yes", "flag is not no"};
static const char *const fields[] = {"one", "two", "three"};
static const char *const numbers[] = {"days", "other_days"};
static const char *const measures[] = {".gap", ".twice"};
static const char *const allowances[] = {NULL, "0", "3"};
static const char *const goods[] = {"2.2", "2.5", "2.8"};
static const char *const highs[] = {"2.6", "3.2", "3.5"};
static const char *const coverages[] = {"0", "60", "80"};
static const char *const most[] = {NULL, "0", "1"};

static const char *const criterion_sections[] = {"criterion.a", "criterion.b", "criterion.c",
                                                 "criterion.d", "criterion.e"};

static void add_key(key_list *to, const char *section, const char *key, const char *value)
{
    to->keys[to->count++] = (rubric_key){section, key, {value, value}};
}

/* What key k may be instead; its own value again where it can be nothing else. */
static const char *another(const rubric_key *key)
{
    const char *name = key->key;

    return strcmp(name, "weight") == 0         ? PICK(weights)
           : strcmp(name, "bands") == 0        ? PICK(bands)
           : strcmp(name, "missing") == 0      ? PICK(missing)
           : strcmp(name, "limit") == 0        ? PICK(limits)
           : strcmp(name, "yes") == 0          ? PICK(yes)
           : strcmp(name, "applies_if") == 0   ? PICK(applies)
           : strcmp(name, "good") == 0         ? PICK(goods)
           : strcmp(name, "outstanding") == 0  ? PICK(highs)
           : strcmp(name, "min_coverage") == 0 ? PICK(coverages)
           : strncmp(name, "max_", 4) == 0     ? PICK(most)
           : strcmp(name, "allowance") == 0    ? PICK(allowances)
           : strcmp(name, "measure") == 0 && strcmp(key->value[0], ".gap") == 0 ? PICK(measures)
           : strcmp(name, "field") == 0
               ? (strstr(key->value[0], "days") ? PICK(numbers) : PICK(fields))
               : key->value[0];
}

static void add_criterion(key_list *to, const char *section)
{
    static const char *const kinds[] = {"rating", "number", "yes_no"};
    const char              *kind = PICK(kinds);

    add_key(to, section, "", "there");
    add_key(to, section, "measure", kind);
    add_key(to, section, "weight", PICK(weights));
    add_key(to, section, "missing", PICK(missing));
    add_key(to, section, "limit", PICK(limits));
    add_key(to, section, "applies_if", PICK(applies));
    if (strcmp(kind, "number") == 0) {
        add_key(to, section, "field", PICK(numbers));
        add_key(to, section, "bands", PICK(bands));
    } else if (strcmp(kind, "yes_no") == 0) {
        add_key(to, section, "field", "flag");
        add_key(to, section, "yes", PICK(yes));
    } else {
        add_key(to, section, "field", PICK(fields));
    }
}

static void add_criterion_of_plugin(key_list *to, const char *section)
{
    const bool flag = chance(3) == 0;

    add_key(to, section, "", "there");
    add_key(to, section, "build", "made_later");
    to->keys[to->count - 1].value[0] = "made_earlier";
    add_key(to, section, "measure", flag ? ".soon" : ".gap");
    if (flag) {
        add_key(to, section, "yes", PICK(yes));
    } else {
        add_key(to, section, "bands", PICK(bands));
        add_key(to, section, "allowance", PICK(allowances));
    }
    add_key(to, section, "weight", PICK(weights));
    add_key(to, section, "missing", PICK(missing));
    add_key(to, section, "limit", PICK(limits));
}

/* A measure that a build does not have, or has with another parameter, is one change of the rubric. */
static void part_measures(key_list *of)
{
    for (size_t k = 0; k + 2 < of->count; k++)
        if (strcmp(of->keys[k].key, "measure") == 0 && of->keys[k].value[0] != of->keys[k].value[1] &&
            strcmp(of->keys[k + 2].key, "allowance") == 0)
            of->keys[k + 2].value[1] = of->keys[k + 2].value[0];
}

/* A rubric, and another that differs from it in up to four keys; and in what measures up to two of its
 * criteria, where there are builds. */
static size_t make_rubrics(key_list *out, bool builds)
{
    size_t changed = 0;

    *out = (key_list){0};
    add_key(out, "rubric", "id", "made");
    add_key(out, "rubric", "version", "1");
    add_key(out, "rubric", "title", "Made");
    add_key(out, "rubric", "practice_area", "made");
    add_key(out, "rubric", "effective_from", "2020-01-01");
    add_key(out, "judgement", "outstanding", PICK(highs));
    add_key(out, "judgement", "good", PICK(goods));
    add_key(out, "judgement", "min_coverage", PICK(coverages));
    if (strcmp(out->keys[5].value[0], "2.6") == 0)
        out->keys[6].value[0] = out->keys[6].value[1] = "2.2";
    add_key(out, "judgement.good", "max_inadequate", PICK(most));
    add_key(out, "judgement.outstanding", "max_requires_improvement", PICK(most));
    for (size_t c = 0; c < (builds ? 2 : 3 + chance(3)); c++)
        add_criterion(out, criterion_sections[c]);
    for (size_t c = 0; builds && c < 2; c++)
        add_criterion_of_plugin(out, criterion_sections[3 + c]);
    for (size_t i = 0; i < 4; i++) {
        rubric_key *key = &out->keys[chance(out->count)];
        if (key->value[0] == key->value[1])
            key->value[1] = another(key);
        if (key->value[0] && key->value[1] && strcmp(key->value[0], key->value[1]) == 0)
            key->value[1] = key->value[0];
    }
    part_measures(out);
    if (chance(builds ? 2 : 4) == 0) { /* a criterion comes */
        const size_t first = out->count;
        (builds ? add_criterion_of_plugin : add_criterion)(out, "criterion.new");
        out->keys[first].value[0] = NULL;
    }
    for (size_t k = 0; k < out->count; k++)
        changed += out->keys[k].value[0] != out->keys[k].value[1];
    return changed;
}

static void make_records(char *out, size_t size)
{
    static const char *const levels[] = {"inadequate", "requires_improvement", "good",
                                         "outstanding", "", "n/a"};
    static const char *const flags[] = {"yes", "no", "", "n/a"};
    static const char *const days[] = {"0", "1", "3", "5", "6", "7", "9", "", "n/a"};
    size_t used = (size_t)snprintf(out, size, "audit_id,one,two,three,flag,days,other_days\n");

    for (size_t r = 0; r < RECORDS; r++)
        used += (size_t)snprintf(out + used, size - used, "A%zu,%s,%s,%s,%s,%s,%s\n", r, PICK(levels),
                                 PICK(levels), PICK(levels), PICK(flags), PICK(days), PICK(days));
    assert_true(used < size);
}

/* ---- Brute force ---------------------------------------------------------------------------------- */

enum { TEXT_SIZE = 16384 };

/* `plugins` NULL: measures name the build that they are of. */
static rubric *read_mixture(const key_list *keys, unsigned undone, const plugin_set *plugins)
{
    const rubric_context context = {.plugins = plugins ? plugins : both_builds};
    char                 text_of_rubric[TEXT_SIZE];
    error_list           errors = {0};

    write_rubric(keys, undone, !plugins, text_of_rubric, sizeof text_of_rubric);
    rubric *made = rubric_read_bytes("made.ini", text_of_rubric, strlen(text_of_rubric), &context,
                                     &errors);
    error_clear(&errors);
    return made;
}

static void grade_all(const rubric *by, const char *csv, verdict_list *out)
{
    const record_source source = {.bytes = csv, .size = strlen(csv), .name = "made.csv"};
    const diff_inputs   inputs = {&source, 1, NULL};
    const grading_side  side = {.name = "made", .rubric = by, .plugins = both_builds,
                                 .threads = 1};
    grade_totals        totals = {0};
    error_list          errors = {0};

    assert_true(verdicts_grade(out, &side, &inputs, NULL, &totals, &errors));
    assert_int_equal(out->count, RECORDS);
    error_clear(&errors);
}

/* A rubric and what it was read with. */
typedef struct {
    const rubric *rubric;
    plugin_set   *plugins;
} graded_by;

static void diff_both(graded_by a, graded_by b, const char *csv, diff *out)
{
    const record_source source = {.bytes = csv, .size = strlen(csv), .name = "made.csv"};
    const diff_inputs   inputs = {&source, 1, NULL};
    const grading_side  from = {.name = "a", .rubric = a.rubric, .plugins = a.plugins,
                                 .threads = 1};
    const grading_side  to = {.name = "b", .rubric = b.rubric, .plugins = b.plugins,
                                 .threads = 1};
    const diff_options  options = {0};
    grade_totals        totals[2] = {{0}, {0}};
    error_list          errors = {0};

    assert_true(diff_grade(out, &from, &to, &inputs, &options, totals, &errors));
    error_clear(&errors);
}

/* The key of a change: which bit of a mixture undoes it. */
static unsigned bit_of(const key_list *keys, const rubric_change *change)
{
    unsigned bit = 0;

    for (size_t k = 0; k < keys->count; k++) {
        const rubric_key *key = &keys->keys[k];
        if (key->value[0] == key->value[1])
            continue;
        const bool same_key = change->kind == CHANGE_PLUGIN ? strcmp(key->key, "build") == 0
                              : strcmp(change->key, key->key) == 0 ||
                                    (strcmp(change->key, "measure") == 0 &&
                                     strcmp(key->key, "field") == 0);
        if (strcmp(change->section, key->section) == 0 && same_key)
            return 1u << bit;
        bit++;
    }
    fail_msg("no key is the change %s", change->words);
    return 0;
}

static bool is_back(const verdict *before, const verdict *now)
{
    return before->outcome == now->outcome;
}

enum { MIXTURES = 256 };

/* Every mixture of the two rubrics, and what each record comes to under it. */
typedef struct {
    rubric      *rubrics[MIXTURES];
    verdict_list graded[MIXTURES];
    unsigned     count;
    unsigned     flipped; /* 0, or all bits: from the second rubric to the first */
} mixtures;

static void make_mixtures(mixtures *out, const key_list *keys, size_t changed, const char *csv)
{
    assert_true(1u << changed <= MIXTURES);
    out->count = 1u << changed;
    out->flipped = 0;
    for (unsigned m = 0; m < out->count; m++) {
        out->rubrics[m] = read_mixture(keys, m, NULL);
        out->graded[m] = (verdict_list){0};
        if (out->rubrics[m])
            grade_all(out->rubrics[m], csv, &out->graded[m]);
    }
}

static void free_mixtures(mixtures *of)
{
    for (unsigned m = 0; m < of->count; m++) {
        verdicts_free(&of->graded[m]);
        rubric_free(of->rubrics[m]);
    }
}

/* NULL: the mixture is no rubric. */
static const verdict *graded_as(const mixtures *of, unsigned mixture, size_t record)
{
    const unsigned m = mixture ^ of->flipped;
    size_t         hint = 0;

    return of->rubrics[m] ? verdict_at(&of->graded[m], record, &hint) : NULL;
}

/* The least number of keys that put the record back, and in how many ways. */
static unsigned least_size(const mixtures *of, size_t record, unsigned *ways)
{
    const verdict *before = graded_as(of, of->count - 1, record);
    unsigned       least = 64;

    for (unsigned m = 0; m < of->count; m++) {
        const unsigned size = (unsigned)__builtin_popcount(m);
        const verdict *now = graded_as(of, m, record);
        if (!now || size > least || !is_back(before, now))
            continue;
        *ways = size < least ? 1 : *ways + 1;
        least = size;
    }
    return least;
}

static void check_move(const key_list *keys, const mixtures *of, const move *moved)
{
    const size_t       record = (size_t)moved->to.line - 2;
    const attribution *because = moved->because;
    unsigned           ways = 0;
    const unsigned     least = least_size(of, record, &ways);

    assert_non_null(because);
    assert_null(because->undecided);
    assert_int_equal(because->size, least);
    assert_int_equal(because->all_sets, ways);
    for (size_t s = 0; s < because->set_count; s++) {
        unsigned undone = 0;
        for (size_t i = 0; i < because->size; i++)
            undone |= bit_of(keys, &moved->edit->changes[because->changes[s * because->size + i]]);
        assert_int_equal(__builtin_popcount(undone), because->size);
        assert_non_null(graded_as(of, undone, record));
        assert_true(is_back(graded_as(of, of->count - 1, record), graded_as(of, undone, record)));
    }
}

/* What was held against brute force. */
typedef struct {
    size_t moves;
    size_t several;   /* whose smallest sets are of more than one change */
    size_t of_rubric; /* with a set of the rubric's changes alone */
    size_t of_build;  /* with a set of builds alone */
    size_t of_both;   /* with a set that needs both */
} held_moves;

static void count_sets(const move *of, held_moves *held)
{
    const attribution *because = of->because;
    bool               rubric_alone = false, build_alone = false, both = false;

    for (size_t s = 0; s < because->set_count; s++) {
        size_t builds = 0;
        for (size_t i = 0; i < because->size; i++)
            builds += of->edit->changes[because->changes[s * because->size + i]].kind ==
                      CHANGE_PLUGIN;
        *(builds == 0 ? &rubric_alone : builds == because->size ? &build_alone : &both) = true;
    }
    held->moves++;
    held->several += because->size > 1;
    held->of_rubric += rubric_alone;
    held->of_build += build_alone;
    held->of_both += both;
}

static void check_moves(const key_list *keys, const mixtures *of, const diff *found,
                        held_moves *held)
{
    for (size_t m = 0; m < found->move_count; m++)
        if (found->moves[m].moved) {
            check_move(keys, of, &found->moves[m]);
            count_sets(&found->moves[m], held);
        }
}

static void check_mirror(const diff *there, const diff *back)
{
    assert_int_equal(there->up, back->down);
    assert_int_equal(there->down, back->up);
    assert_int_equal(there->other, back->other);
    assert_int_equal(there->same, back->same);
    for (size_t m = 0, n = 0; m < there->move_count; m++) {
        if (!there->moves[m].moved)
            continue;
        while (!back->moves[n].moved)
            n++;
        assert_int_equal(there->moves[m].to.line, back->moves[n].to.line);
        assert_string_equal(there->moves[m].from.word, back->moves[n].to.word);
        assert_string_equal(there->moves[m].to.word, back->moves[n].from.word);
        n++;
    }
}

/* The changes of the rubric itself are those keys that differ. */
static void check_changes(const key_list *keys, const diff *found)
{
    size_t differ = 0, changes = 0;

    for (size_t k = 0; k < keys->count; k++)
        differ += keys->keys[k].value[0] != keys->keys[k].value[1] &&
                  strcmp(keys->keys[k].key, "build") != 0;
    for (size_t c = 0; found->edit_count > 0 && c < found->edits[0]->change_count; c++)
        changes += found->edits[0]->changes[c].kind != CHANGE_PLUGIN;
    if (found->edit_count > 0)
        assert_int_equal(changes, differ);
}

/* Undoing the smallest set puts the record back, no smaller one does, and none as small is left out:
 * held against every mixture of the two rubrics, each written as a file and graded. */
static void check_seed(uint64_t seed, bool builds, held_moves *held)
{
    char     csv[TEXT_SIZE];
    key_list keys;
    mixtures all;
    diff     there, back, same;

    random_state = seed;
    const size_t changed = make_rubrics(&keys, builds);
    make_records(csv, sizeof csv);
    make_mixtures(&all, &keys, changed, csv);
    plugin_set     *plugins = builds ? after_build : before_build;
    rubric         *before = read_mixture(&keys, all.count - 1, before_build);
    rubric         *after = read_mixture(&keys, 0, plugins);
    const graded_by a = {before, before_build}, b = {after, plugins};
    if (before && after) {
        diff_both(a, b, csv, &there);
        diff_both(b, a, csv, &back);
        diff_both(b, b, csv, &same);
        check_changes(&keys, &there);
        check_moves(&keys, &all, &there, held);
        all.flipped = all.count - 1;
        check_moves(&keys, &all, &back, held);
        check_mirror(&there, &back);
        assert_int_equal(same.same, RECORDS);
        assert_int_equal(same.move_count, 0);
        diff_free(&there);
        diff_free(&back);
        diff_free(&same);
    }
    rubric_free(before);
    rubric_free(after);
    free_mixtures(&all);
}

static void test_smallest_sets_are_those_of_brute_force(void **state)
{
    (void)state;
    held_moves held = {0};

    for (uint64_t seed = 1; seed <= 60; seed++)
        check_seed(seed, false, &held);
    assert_true(held.moves > 600); /* the seed makes something to hold against */
    assert_true(held.several > 10);
}

/* Where another build of a plugin measures too, what it measures for a criterion is a change as any other;
 * one of the measures, an input and a standard value are the later build's alone. */
static void test_builds_of_plugins_are_changes_too(void **state)
{
    (void)state;
    held_moves held = {0};

    for (uint64_t seed = 1; seed <= 40; seed++)
        check_seed(seed, true, &held);
    assert_true(held.moves > 400);
    assert_true(held.of_rubric > 50);
    assert_true(held.of_build > 50);
    assert_true(held.of_both > 10);
}

/* The folder of a build, safe whatever the umask was. */
static plugin_set *read_build(const char *name, const char *const *ids)
{
    char        folder[512], path[600];
    error_list  errors = {0};
    const char *folders[] = {folder};

    snprintf(folder, sizeof folder, "%s/tests/builds/%s", ASSAY_BINARY_DIR, name);
    assert_int_equal(chmod(folder, 0755), 0);
    for (; *ids; ids++) {
        snprintf(path, sizeof path, "%s/%s.so", folder, *ids);
        assert_int_equal(chmod(path, 0755), 0);
        snprintf(path, sizeof path, "%s/%s.ini", folder, *ids);
        assert_int_equal(chmod(path, 0644), 0);
    }
    plugin_set *made = loader_search(folders, 1, &errors);
    assert_int_equal(errors.count, 0);
    return made;
}

static int read_builds(void **state)
{
    static const char *const one[] = {"made", NULL};
    static const char *const two[] = {"made_earlier", "made_later", NULL};

    (void)state;
    before_build = read_build("before", one);
    after_build = read_build("after", one);
    both_builds = read_build("both", two);
    return before_build && after_build && both_builds ? 0 : -1;
}

static int free_builds(void **state)
{
    (void)state;
    loader_free(before_build);
    loader_free(after_build);
    loader_free(both_builds);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_smallest_sets_are_those_of_brute_force),
        cmocka_unit_test(test_builds_of_plugins_are_changes_too),
    };
    return cmocka_run_group_tests(tests, read_builds, free_builds);
}
