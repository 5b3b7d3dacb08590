#include "moderation/agreement_words.h"
#include "moderation/scales.h"

#include <math.h>
#include <string.h>

#include "writing/terminal_text.h"
#include "writing/words.h"

enum { SIGN_TEST_LEAST = 6, NAME_WIDTH = 26, CELL_WIDTH = 8 };

/* ---- Pieces ---------------------------------------------------------------------------- */

static void write_percent(buffer *out, double share)
{
    buffer_format(out, "%ld%%", lround(share * 100));
}

/* `sure` NULL: without an interval. */
static void write_share(buffer *out, uint64_t count, uint64_t of, const interval *sure)
{
    buffer_unsigned(out, count);
    buffer_format(out, " of %llu (", (unsigned long long)of);
    write_percent(out, of > 0 ? (double)count / (double)of : 0);
    if (sure) {
        buffer_string(out, "; 95% interval ");
        write_percent(out, sure->low);
        buffer_string(out, " to ");
        write_percent(out, sure->high);
    }
    buffer_byte(out, ')');
}

/* "p = 0.031", "p under 0.001" */
static void write_p(buffer *out, double p)
{
    const long thousandths = lround(p * 1000);

    if (thousandths == 0)
        buffer_string(out, "p under 0.001");
    else
        buffer_format(out, "p = %ld.%03ld", thousandths / 1000, thousandths % 1000);
}

/* ---- In brief --------------------------------------------------------------------------- */

static void say_direction(const agreement_figures *of, buffer *out)
{
    const uint64_t higher = of->compared.first_higher, lower = of->compared.second_higher;

    buffer_format(out, " The auditor was higher on %llu and lower on %llu",
                  (unsigned long long)higher, (unsigned long long)lower);
    if (higher + lower == 0) {
        buffer_string(out, ".");
    } else if (higher + lower < SIGN_TEST_LEAST) {
        buffer_format(out, "; with %llu that differ no test can tell a direction from chance.",
                      (unsigned long long)(higher + lower));
    } else if (!of->sure) {
        buffer_string(out, "; so few audits carry no test of that.");
    } else {
        buffer_string(out, of->sign_p < 0.05
                               ? ", which is more one-sided than chance would make it ("
                               : ", which may be chance (");
        buffer_string(out, "exact sign test, ");
        write_p(out, of->sign_p);
        buffer_string(out, ").");
    }
}

static void say_warnings(const moderation_agreement *agreement, const agreement_figures *of,
                         buffer *out)
{
    if (of->standing == STATISTICS_INDICATIVE)
        buffer_string(out, " Under 10 audits this is indicative only.");
    if (of->standing == STATISTICS_WITH_CARE)
        buffer_string(out, " Under 20 audits: take it with care.");
    if (of->warned.all_agree)
        buffer_string(out, " All agree, which says as much about the audits picked as about the "
                           "auditors.");
    if (of->warned.dominant < agreement->level_count) {
        buffer_string(out, " More than 80% of the grades are ");
        scale_level_words(agreement->levels, of->warned.dominant, out);
        buffer_string(out, ": agreement is then easy, and the coefficients are unsteady.");
    }
    if (of->warned.seldom > 0)
        buffer_format(out, " %zu of the %zu grades %s used under 3 times.", of->warned.seldom,
                      agreement->level_count, of->warned.seldom == 1 ? "was" : "were");
}

void agreement_in_brief(const moderation_agreement *agreement, buffer *out)
{
    const agreement_figures *of = &agreement->figures[AUDITOR_AND_MODERATOR][PICKED_AT_RANDOM];

    if (of->count == 0) {
        buffer_string(out, "No audit that was picked at random has been graded by an auditor and a "
                           "moderator, so nothing can be said of the others.");
    } else if (of->standing == STATISTICS_COUNTS_ALONE) {
        buffer_format(out,
                      "Of %llu audits picked at random, auditor and moderator gave %llu the same "
                      "grade; the auditor was higher on %llu and lower on %llu. Under 5 audits "
                      "there is nothing more to say.",
                      (unsigned long long)of->count, (unsigned long long)of->compared.same,
                      (unsigned long long)of->compared.first_higher,
                      (unsigned long long)of->compared.second_higher);
    } else {
        buffer_string(out, "In audits picked at random, auditor and moderator gave the same grade "
                           "to ");
        write_share(out, of->compared.same, of->count, of->sure ? &of->exact_sure : NULL);
        buffer_string(out, ", and were within one grade on ");
        buffer_unsigned(out, of->compared.within_one);
        buffer_byte(out, '.');
        say_direction(of, out);
        say_warnings(agreement, of, out);
    }
    if (agreement->missed_count > 0)
        buffer_format(out,
                      " In %zu moderated %s the moderator found practice at the lowest level that "
                      "the auditor had graded higher.",
                      agreement->missed_count, agreement->missed_count == 1 ? "audit" : "audits");
}

/* ---- In full ----------------------------------------------------------------------------- */

static void say_missed(const moderation_agreement *agreement, buffer *out)
{
    buffer_format(out, "Missed at the lowest level: %zu\n", agreement->missed_count);
    for (size_t m = 0; m < agreement->missed_count; m++) {
        buffer_string(out, "  ");
        terminal_plain(out, text_of(agreement->missed[m]));
        buffer_byte(out, '\n');
    }
    buffer_byte(out, '\n');
}

static void say_table(const moderation_agreement *agreement, const statistics_table *table,
                      const char *first, const char *second, buffer *out)
{
    const size_t size = table->categories;

    buffer_string(out, first);
    buffer_string(out, " down, ");
    buffer_string(out, second);
    buffer_string(out, " across\n");
    terminal_repeat(out, ' ', NAME_WIDTH);
    for (size_t c = 0; c < size; c++) {
        buffer short_name = {0};
        scale_level_words(agreement->levels, c, &short_name);
        buffer_byte(out, ' ');
        terminal_padded(out, (text){short_name.bytes, short_name.size}, CELL_WIDTH - 1);
        out->failed |= short_name.failed;
        buffer_free(&short_name);
    }
    buffer_byte(out, '\n');
    for (size_t r = 0; r < size; r++) {
        buffer name = {0};
        scale_level_words(agreement->levels, r, &name);
        buffer_string(out, "  ");
        terminal_padded(out, (text){name.bytes, name.size}, NAME_WIDTH - 2);
        for (size_t c = 0; c < size; c++)
            terminal_count(out, table->cells[r * size + c], CELL_WIDTH - 1), buffer_byte(out, ' ');
        buffer_byte(out, '\n');
        out->failed |= name.failed;
        buffer_free(&name);
    }
}

static void say_estimate(const char *name, const statistics_estimate *of,
                         const statistics_spread *spread, double at_random, buffer *out)
{
    buffer_string(out, "  ");
    terminal_padded(out, text_of(name), NAME_WIDTH + 6);
    if (of->reason != STATISTICS_FINE) {
        buffer_string(out, statistics_reason_words(of->reason));
        buffer_byte(out, '\n');
        return;
    }
    buffer_hundredths(out, of->value, false);
    if (spread && spread->reason == STATISTICS_FINE) {
        buffer_string(out, "   95% interval ");
        buffer_hundredths(out, spread->sure.low, false);
        buffer_string(out, " to ");
        buffer_hundredths(out, spread->sure.high, false);
    }
    if (!isnan(at_random)) {
        buffer_string(out, "; at random ");
        buffer_hundredths(out, at_random, false);
    }
    buffer_byte(out, '\n');
}

static void say_test(const char *name, const statistics_test *of, buffer *out)
{
    buffer_string(out, "  ");
    terminal_padded(out, text_of(name), NAME_WIDTH + 6);
    if (of->reason != STATISTICS_FINE) {
        buffer_string(out, statistics_reason_words(of->reason));
    } else {
        buffer_hundredths(out, of->statistic, false);
        buffer_format(out, " on %llu df, ", (unsigned long long)of->df);
        write_p(out, of->p);
    }
    buffer_byte(out, '\n');
}

static void say_count(const char *name, uint64_t count, uint64_t of, const interval *sure,
                      buffer *out)
{
    buffer_string(out, "  ");
    terminal_padded(out, text_of(name), NAME_WIDTH + 6);
    write_share(out, count, of, sure);
    buffer_byte(out, '\n');
}

static void say_more(const more_figures *more, buffer *out)
{
    say_estimate("Cohen's kappa", &more->cohen, NULL, NAN, out);
    say_estimate("  linear weights", &more->cohen_linear, NULL, NAN, out);
    say_estimate("  quadratic weights", &more->cohen_quadratic, NULL, NAN, out);
    say_estimate("Fleiss' kappa", &more->fleiss, NULL, NAN, out);
    say_estimate("Krippendorff's alpha, nominal", &more->alpha_nominal, NULL, NAN, out);
    say_estimate("  interval", &more->alpha_interval, NULL, NAN, out);
}

static void say_coefficients(const moderation_agreement *agreement, const agreement_figures *of,
                             buffer *out)
{
    if (!of->sure)
        return;
    say_estimate("Krippendorff's alpha, ordinal", &of->alpha, &of->alpha_spread, NAN, out);
    say_estimate("Gwet's AC2, linear", &of->gwet, &of->gwet_spread, of->gwet_at_random, out);
    say_estimate("Brennan-Prediger, linear", &of->prediger, &of->prediger_spread,
                 of->prediger_at_random, out);
    say_test("Same use of grades (Bhapkar)", &of->bhapkar, out);
    say_test("  Stuart-Maxwell", &of->stuart_maxwell, out);
    say_test("Symmetry (Bowker)", &of->bowker, out);
    if (agreement->more)
        say_more(&of->more, out);
}

static void say_pair(const moderation_agreement *agreement, agreement_pair pair,
                     agreement_pick pick, const char *title, const char *first, const char *second,
                     buffer *out)
{
    const agreement_figures *of = &agreement->figures[pair][pick];

    buffer_format(out, "\n%s: %llu %s", title, (unsigned long long)of->count,
                  of->count == 1 ? "audit" : "audits");
    if (pick == PICKED_AT_RANDOM)
        buffer_format(out, ", of them also triggered %llu",
                      (unsigned long long)agreement->also_triggered[pair]);
    buffer_byte(out, '\n');
    if (of->count == 0)
        return;
    say_table(agreement, &agreement->tables[pair][pick], first, second, out);
    if (of->standing == STATISTICS_COUNTS_ALONE)
        return;
    say_count("the same", of->compared.same, of->count, of->sure ? &of->exact_sure : NULL, out);
    say_count("within one grade", of->compared.within_one, of->count,
              of->sure ? &of->within_sure : NULL, out);
    buffer_string(out, "  ");
    terminal_padded(out, text_of("mean shift, in grades"), NAME_WIDTH + 6);
    buffer_hundredths(out, of->compared.mean_shift, false);
    buffer_byte(out, '\n');
    say_coefficients(agreement, of, out);
}

static void say_list(const moderation_agreement *agreement, agreement_dimension by,
                     const char *title, buffer *out)
{
    const agreement_list *list = &agreement->by[by];

    if (list->count == 0)
        return;
    buffer_byte(out, '\n');
    terminal_padded(out, text_of(title), NAME_WIDTH);
    buffer_string(out, "  audits    same  higher   lower   shift\n");
    for (size_t r = 0; r < list->count; r++) {
        const agreement_figures *of = &list->rows[r].figures;
        const char              *name = list->rows[r].name;
        terminal_padded(out, text_of(*name ? name : "not recorded"), NAME_WIDTH);
        terminal_count(out, of->count, CELL_WIDTH);
        terminal_count(out, of->compared.same, CELL_WIDTH);
        terminal_count(out, of->compared.first_higher, CELL_WIDTH);
        terminal_count(out, of->compared.second_higher, CELL_WIDTH);
        buffer_string(out, "   ");
        if (of->count >= agreement->least)
            buffer_hundredths(out, of->compared.mean_shift, false);
        else
            buffer_string(out, "too few");
        buffer_byte(out, '\n');
    }
}

void words_in_full(const moderation_agreement *agreement, buffer *out)
{
    buffer said = {0};

    say_missed(agreement, out);
    agreement_in_brief(agreement, &said);
    terminal_wrapped(out, (text){said.bytes, said.size}, 0, 0);
    out->failed |= said.failed;
    buffer_free(&said);
    if (agreement->level_count == 0)
        return;
    say_pair(agreement, AUDITOR_AND_MODERATOR, PICKED_AT_RANDOM, "Picked at random", "Auditor",
             "moderator", out);
    say_pair(agreement, AUDITOR_AND_MODERATOR, TRIGGERED_ONLY,
             "Triggered only (says nothing of the others)", "Auditor", "moderator", out);
    say_pair(agreement, RUBRIC_AND_MODERATOR, PICKED_AT_RANDOM, "The rubric, at random", "Rubric",
             "moderator", out);
    say_pair(agreement, AUDITOR_AND_RUBRIC, PICKED_AT_RANDOM, "Auditor and rubric, at random",
             "Auditor", "rubric", out);
    say_list(agreement, AGREEMENT_BY_AUDITOR, "By auditor", out);
    if (agreement->by[AGREEMENT_BY_AUDITOR].count > 1)
        buffer_string(out,
                      "(comparing auditors wants 50 audits each; among many, one is far out by "
                      "chance)\n");
    say_list(agreement, AGREEMENT_BY_TEAM, "By team", out);
    say_list(agreement, AGREEMENT_BY_MONTH, "By month", out);
    say_list(agreement, AGREEMENT_BY_CRITERION, "By criterion", out);
    if (agreement->other_scale > 0)
        buffer_format(out, "\n%zu moderated on another scale are left out\n",
                      agreement->other_scale);
}
