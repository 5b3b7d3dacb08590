/* Two raters: direction, symmetry, marginals. */
#include "statistics_json/matrix.h"

/* A table, or the ratings of two raters. */
static bool read_table(study *asked, matrix *read)
{
    if (!matrix_read(asked, read))
        return false;
    if (!read->table.cells)
        return study_refuse(asked,
                            "this is a test of two raters: a table, or ratings in two columns");
    if (statistics_table_total(&read->table) == 0)
        return study_fine(asked, STATISTICS_NOTHING);
    study_say_count(asked, "n", statistics_table_total(&read->table));
    return true;
}

void answer_symmetry(study *asked, int kind)
{
    matrix read;

    if (read_table(asked, &read)) {
        if (kind == SYMMETRY_BOWKER)
            study_say_test(asked, statistics_bowker(&read.table));
        else if (kind == SYMMETRY_STUART_MAXWELL)
            study_say_test(asked, statistics_stuart_maxwell(&read.table));
        else
            study_say_test(asked, statistics_bhapkar(&read.table));
    }
    matrix_close(&read);
}

void answer_direction(study *asked, int kind)
{
    matrix read;

    (void)kind;
    if (!read_table(asked, &read)) {
        matrix_close(&read);
        return;
    }
    const statistics_comparison found = statistics_compare(&read.table);
    const double                differ = (double)found.first_higher + (double)found.second_higher;
    study_say_count(asked, "higher_row", found.first_higher);
    study_say_count(asked, "higher_col", found.second_higher);
    study_say_count(asked, "same", found.same);
    study_say(asked, "mean_shift", found.mean_shift);
    if (found.first_higher + found.second_higher == 0) {
        study_fine(asked, STATISTICS_NO_DIFFERENCE);
    } else {
        study_say(asked, "ratio", (double)found.second_higher / differ);
        study_say_test(asked, statistics_mcnemar(found.second_higher, found.first_higher).plain);
        study_say(asked, "p_exact", statistics_sign_test(found.first_higher, found.second_higher));
    }
    matrix_close(&read);
}

enum { FORM_EXACT, FORM_PLAIN, FORM_CORRECTED, FORM_MID };

static void say_mcnemar(study *asked, const statistics_table *table, int form)
{
    const statistics_mcnemar_tests found = statistics_mcnemar(table->cells[1], table->cells[2]);
    const uint64_t fewer = table->cells[1] < table->cells[2] ? table->cells[1] : table->cells[2];

    if (!study_fine(asked, found.plain.reason))
        return;
    study_say_count(asked, "b", table->cells[1]);
    study_say_count(asked, "c", table->cells[2]);
    study_say(asked, "p_exact", found.exact);
    study_say(asked, "p_mid", found.mid_p);
    if (form == FORM_PLAIN || form == FORM_CORRECTED) {
        study_say_test(asked, form == FORM_PLAIN ? found.plain : found.corrected);
        return;
    }
    study_say_count(asked, "statistic", fewer);
    study_say(asked, "p", form >= FORM_MID ? found.mid_p : found.exact);
}

void answer_mcnemar(study *asked, int kind)
{
    matrix read = {0};
    int    form;

    (void)kind;
    if (study_choice(asked, asked->params, "form", "exact chi2 chi2_cc mid_p midp", &form) &&
        read_table(asked, &read)) {
        if (read.table.categories == 2)
            say_mcnemar(asked, &read.table, form);
        else
            study_refuse(asked, "McNemar's test takes two categories; for more take bowker");
    }
    matrix_close(&read);
}
