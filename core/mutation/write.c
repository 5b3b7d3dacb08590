/* What became of the mutants, for people and for programs. */
#include "mutation/mutation.h"

#include "writing/json_text.h"
#include "writing/terminal_text.h"

static const char *const fate_names[] = {"killed", "survived", "equivalent", "undecided"};

/* "weight of criterion.timeliness: 2 -> 3" */
static void write_edit(const mutant *edit, buffer *out)
{
    buffer_format(out, "[%s] %s: %s -> %s", edit->section, edit->key,
                  *edit->before ? edit->before : "(not there)",
                  *edit->after ? edit->after : "(dropped)");
}

static void write_line(buffer *out, buffer *words, size_t indent)
{
    terminal_repeat(out, ' ', indent);
    if (buffer_end(words))
        terminal_wrapped(out, (text){words->bytes, words->size}, indent, indent + 2);
    out->failed |= words->failed;
    buffer_free(words);
}

/* ---- For people --------------------------------------------------------------------- */

static void table_mutant(const mutation *of, size_t m, buffer *out)
{
    const mutant_result *result = &of->results[m];
    buffer               words = {0};

    write_edit(&of->mutants.items[m], &words);
    if (result->fate != FATE_SURVIVED)
        buffer_format(&words, ": %s", result->why);
    else if (result->made != SIZE_MAX)
        buffer_format(&words, ": caught by %s", of->made[result->made].id);
    write_line(out, &words, 2);
}

static void table_fate(const mutation *of, mutant_fate fate, const char *title, buffer *out)
{
    if (of->fates[fate] == 0)
        return;
    buffer_format(out, "\n%s\n", title);
    for (size_t m = 0; m < of->mutants.count; m++)
        if (of->results[m].fate == fate)
            table_mutant(of, m, out);
}

static void table_made(const mutation *of, buffer *out)
{
    if (of->made_count == 0)
        return;
    buffer_format(out, "\nRecords that catch them%s\n", of->whole ? "" : ", for the cases' file");
    if (of->whole)
        buffer_format(out, "%s\n", of->heading);
    for (size_t i = 0; i < of->made_count; i++)
        buffer_format(out, "%s\n", of->made[i].row);
    for (size_t i = 0; i < of->made_count; i++)
        if (of->made[i].missing)
            buffer_format(out, "%s needs a column %s, which the cases do not have; add it\n",
                          of->made[i].id, of->made[i].missing);
}

void mutation_write_table(const mutation *of, buffer *out)
{
    buffer_format(out, "%s: %zu small wrong edits, ", of->rubric->id, of->mutants.count);
    buffer_grouped(out, of->records);
    buffer_format(out, " records\n");
    buffer_format(out,
                  "  %zu noticed by the records\n  %zu survived: no record notices them\n"
                  "  %zu equivalent: proved that no record could\n",
                  of->fates[FATE_KILLED], of->fates[FATE_SURVIVED], of->fates[FATE_EQUIVALENT]);
    if (of->fates[FATE_UNDECIDED] > 0)
        buffer_format(out, "  %zu undecided\n", of->fates[FATE_UNDECIDED]);
    table_fate(of, FATE_SURVIVED, "Survived", out);
    table_fate(of, FATE_UNDECIDED, "Undecided", out);
    table_fate(of, FATE_EQUIVALENT, "Equivalent", out);
    table_made(of, out);
}

void mutation_write_csv(const mutation *of, buffer *out)
{
    if (of->whole && of->made_count > 0)
        buffer_format(out, "%s\n", of->heading);
    for (size_t i = 0; i < of->made_count; i++)
        buffer_format(out, "%s\n", of->made[i].row);
}

/* ---- For programs ------------------------------------------------------------------------ */

static void json_mutant(const mutation *of, size_t m, buffer *out)
{
    const mutant        *edit = &of->mutants.items[m];
    const mutant_result *result = &of->results[m];

    buffer_string(out, m > 0 ? ",\n{" : "{");
    json_name(out, "section", true);
    json_string(out, text_of(edit->section));
    json_string_member(out, "key", edit->key);
    json_string_member(out, "before", edit->before);
    json_string_member(out, "after", edit->after);
    json_count_member(out, "line", edit->line);
    json_string_member(out, "fate", fate_names[result->fate]);
    json_count_member(out, "noticed", result->noticed);
    json_string_member(out, "by", result->by);
    json_string_member(out, "why", result->why);
    json_string_member(out, "caught_by", result->made == SIZE_MAX ? "" : of->made[result->made].id);
    buffer_byte(out, '}');
}

static void json_made(const made_case *made, bool first, buffer *out)
{
    buffer_string(out, first ? "{" : ",\n{");
    json_name(out, "id", true);
    json_string(out, text_of(made->id));
    json_string_member(out, "case", made->name);
    json_string_member(out, "row", made->row);
    if (made->missing)
        json_string_member(out, "missing_column", made->missing);
    buffer_byte(out, '}');
}

void mutation_write_json(const mutation *of, buffer *out)
{
    buffer_byte(out, '{');
    json_name(out, "rubric", true);
    json_string(out, text_of(of->rubric->id));
    json_string_member(out, "version", of->rubric->version);
    json_count_member(out, "records", of->records);
    json_count_member(out, "mutants", of->mutants.count);
    for (size_t f = 0; f < sizeof fate_names / sizeof *fate_names; f++)
        json_count_member(out, fate_names[f], of->fates[f]);
    json_name(out, "results", false);
    buffer_byte(out, '[');
    for (size_t m = 0; m < of->mutants.count; m++)
        json_mutant(of, m, out);
    buffer_byte(out, ']');
    json_string_member(out, "heading", of->heading);
    json_name(out, "made", false);
    buffer_byte(out, '[');
    for (size_t i = 0; i < of->made_count; i++)
        json_made(&of->made[i], i == 0, out);
    buffer_string(out, "]}\n");
}
