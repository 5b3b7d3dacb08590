#include "statistics_json/statistics_json.h"

#include <string.h>

#include "statistics_json/study.h"

#define AGREEMENT_MEMBERS "value se ci pa pe at_random n categories"
#define SYMMETRY_MEMBERS  "statistic df p n"
#define TREND_MEMBERS     "statistic df p z p_exact p_exact_one_sided n"

static const statistic statistics[] = {
    {"percent_agreement", AGREEMENT_MEMBERS, answer_agreement, STATISTICS_PERCENT},
    {"cohen_kappa", AGREEMENT_MEMBERS, answer_agreement, STATISTICS_COHEN},
    {"fleiss_kappa", AGREEMENT_MEMBERS, answer_agreement, STATISTICS_FLEISS},
    {"gwet_ac", AGREEMENT_MEMBERS, answer_agreement, STATISTICS_GWET},
    {"brennan_prediger", AGREEMENT_MEMBERS, answer_agreement, STATISTICS_BRENNAN_PREDIGER},
    {"krippendorff_alpha", AGREEMENT_MEMBERS, answer_agreement, STATISTICS_ALPHA},
    {"krippendorff_alpha_gwet", AGREEMENT_MEMBERS, answer_agreement, STATISTICS_ALPHA_WEIGHTED},
    {"bowker", SYMMETRY_MEMBERS, answer_symmetry, SYMMETRY_BOWKER},
    {"stuart_maxwell", SYMMETRY_MEMBERS, answer_symmetry, SYMMETRY_STUART_MAXWELL},
    {"bhapkar", SYMMETRY_MEMBERS, answer_symmetry, SYMMETRY_BHAPKAR},
    {"bias_direction", "higher_row higher_col same mean_shift ratio statistic df p p_exact n",
     answer_direction, 0},
    {"mcnemar", "statistic df p p_exact p_mid b c n", answer_mcnemar, 0},
    {"wilson", "value lower upper", answer_share, SHARE_WILSON},
    {"clopper_pearson", "value lower upper", answer_share, SHARE_CLOPPER_PEARSON},
    {"beta_jeffreys", "value lower upper", answer_share, SHARE_JEFFREYS},
    {"beta_posterior",
     "mean lower upper p_gt_0.5 p_gt_0.6 p_gt_0.7 p_gt_0.75 p_gt_0.8 p_gt_0.9 p_gt_0.95",
     answer_posterior, 0},
    {"beta_lower_bound", "value mean", answer_bound, 0},
    {"newcombe_diff", "value lower upper", answer_difference, 0},
    {"binom_test", "value p", answer_binomial_test, 0},
    {"binom_tail", "cdf sf pmf", answer_tail, 0},
    {"binom_power", "critical size power", answer_power, 0},
    {"hypergeom_discovery_n", "value p_miss", answer_discovery, 0},
    {"zero_failure_n", "value p_miss", answer_zero_failures, 0},
    {"cochran_armitage", TREND_MEMBERS, answer_trend, TREND_ARMITAGE},
    {"mh_linear_trend", TREND_MEMBERS, answer_trend, TREND_MANTEL},
};

enum { STATISTICS_COUNT = sizeof statistics / sizeof statistics[0] };

static const statistic *find(const char *name)
{
    for (size_t i = 0; name && i < STATISTICS_COUNT; i++)
        if (strcmp(statistics[i].name, name) == 0)
            return &statistics[i];
    return NULL;
}

/* The members that the statistic has, all null. */
static void empty(study *asked, const statistic *known)
{
    for (const char *word = known->members; *word;) {
        const size_t size = strcspn(word, " ");
        char         name[32];
        memcpy(name, word, size);
        name[size] = '\0';
        if (json_object_set_new(asked->answer, name, json_null()) != 0)
            asked->out_of_memory = true;
        word += size + (word[size] == ' ');
    }
}

static const json_t *object_of(const json_t *whole, const char *name)
{
    const json_t *found = json_object_get(whole, name);
    return json_is_object(found) ? found : NULL;
}

static void answer_known(study *asked, const statistic *known)
{
    empty(asked, known);
    if (study_number_or(asked, asked->params, "level", 0, 1, 0.95, &asked->level)) {
        if (asked->level > 0 && asked->level < 1)
            known->answer(asked, known->kind);
        else
            study_refuse(asked, "\"level\" is not between 0 and 1");
    }
    if (asked->reason[0])
        empty(asked, known);
}

/* The answer to one case; NULL where memory is out. */
static json_t *answer(const json_t *whole, size_t *refused)
{
    study            asked = {.whole = whole,
                              .data = object_of(whole, "data"),
                              .params = object_of(whole, "params"),
                              .answer = json_object()};
    json_t          *id = json_object_get(whole, "id");
    const char      *name = json_string_value(json_object_get(whole, "statistic"));
    const statistic *known = find(name);

    if (!asked.answer)
        return NULL;
    if (id && json_object_set(asked.answer, "id", id) != 0)
        asked.out_of_memory = true;
    if (name)
        study_say_text(&asked, "name", name);
    if (known)
        answer_known(&asked, known);
    else if (name)
        study_refuse(&asked, "there is no statistic of this name");
    else
        study_refuse(&asked, "this is no case: an object with \"statistic\" and \"data\"");
    if (asked.reason[0]) {
        study_say_text(&asked, "reason", asked.reason);
        ++*refused;
    }
    if (!asked.out_of_memory)
        return asked.answer;
    json_decref(asked.answer);
    return NULL;
}

static json_t *answer_each(const json_t *cases, size_t *refused)
{
    json_t *answers = json_array();

    for (size_t i = 0; answers && i < json_array_size(cases); i++)
        if (json_array_append_new(answers, answer(json_array_get(cases, i), refused)) != 0) {
            json_decref(answers);
            answers = NULL;
        }
    return answers;
}

static int write(const char *bytes, size_t size, void *out)
{
    buffer_bytes(out, bytes, size);
    return 0;
}

/* jansson counts columns of a line from 1, and a text that ends too early from its last line. */
static void refuse(const json_error_t *found, const char *name, error_list *errors)
{
    error_add(errors, FAULT_USAGE, name, found->line > 0 ? (uint64_t)found->line : 0,
              found->column > 0 ? (uint64_t)found->column : 0,
              "this is no JSON: %s; write a case, or an array of cases", found->text);
}

bool statistics_json_answer(const char *bytes, size_t size, const char *name, buffer *out,
                            size_t *refused, error_list *errors)
{
    json_error_t wrong;
    json_t      *read = json_loadb(bytes, size, JSON_DECODE_ANY, &wrong);

    *refused = 0;
    if (!read) {
        if (json_error_code(&wrong) == json_error_out_of_memory)
            return error_memory(errors);
        refuse(&wrong, name, errors);
        return false;
    }
    json_t    *answers = json_is_array(read) ? answer_each(read, refused) : answer(read, refused);
    const bool written = answers && json_dump_callback(answers, write, out,
                                                       JSON_INDENT(2) | JSON_ENCODE_ANY |
                                                           JSON_REAL_PRECISION(17)) == 0;
    json_decref(answers);
    json_decref(read);
    buffer_byte(out, '\n');
    return (written && !out->failed) || error_memory(errors);
}
