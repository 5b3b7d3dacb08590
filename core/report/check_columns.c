/* check_columns.c - the part of `records check` about the columns that there are. */
#include "report/check_asked.h"
#include "writing/terminal_text.h"

enum { INDENT = 7, VALUES_LISTED = 12 };

/* ---- Words ---------------------------------------------------------------------------- */

/* A choice's first spelling is its name: "cp|child protection". */
static text name_of_value(const want *of, size_t value)
{
    if (of->type == VALUE_FLAG) {
        return text_of(value == 0 ? "no" : "yes");
    }
    return (text){of->names[value], strcspn(of->names[value], "|")};
}

/* "write inadequate, requires_improvement, good or outstanding" */
static void add_remedy(check_page *page, const want *of, const char *said)
{
    if (of->type == VALUE_DATE) {
        buffer_string(&page->line, date_remedy(text_of(said)));
        return;
    }
    if (of->name_count == 0) {
        buffer_string(&page->line, value_type_remedy(of->type));
        return;
    }
    const size_t shown = of->name_count < VALUES_LISTED ? of->name_count : VALUES_LISTED;
    buffer_string(&page->line, "write ");
    for (size_t i = 0; i < shown; i++) {
        const bool last = i + 1 == of->name_count;
        buffer_string(&page->line, i == 0 ? "" : last ? " or " : ", ");
        buffer_text(&page->line, name_of_value(of, i));
    }
    if (shown < of->name_count) {
        buffer_string(&page->line, " or another of its choices");
    }
}

/* ---- What was found --------------------------------------------------------------------- */

/* Adds ", 3 missing" and the like, where there are any. */
static void add_part(buffer *line, uint64_t count, const char *what)
{
    if (count > 0) {
        buffer_string(line, ", ");
        buffer_grouped(line, count);
        buffer_byte(line, ' ');
        buffer_string(line, what);
    }
}

static void add_range(check_page *page, const want *of, const want_survey *seen)
{
    if (seen->read > 0 && of->type == VALUE_NUMBER) {
        const bool one = seen->least == seen->most;
        buffer_string(&page->line, one ? "; all " : "; from ");
        buffer_number(&page->line, seen->least);
        if (!one) {
            buffer_string(&page->line, " to ");
            buffer_number(&page->line, seen->most);
        }
    } else if (seen->read > 0 && of->type == VALUE_DATE) {
        buffer_string(&page->line, "; ");
        check_add_days(&page->line, (int32_t)seen->least, (int32_t)seen->most);
    }
}

static void write_counts(check_page *page, const want *of, const want_survey *seen)
{
    if (seen->asked == 0) {
        buffer_string(&page->line, "asked of no record in this file");
    } else {
        buffer_string(&page->line, "asked of ");
        check_add_count(&page->line, seen->asked, "record: ", "records: ");
        buffer_grouped(&page->line, seen->read);
        buffer_string(&page->line, of->type == VALUE_MATCH ? " filled" : " read");
        add_part(&page->line, seen->missing, "missing");
        add_part(&page->line, seen->not_applicable, "not applicable");
        add_part(&page->line, seen->invalid.count, "invalid");
        add_range(page, of, seen);
    }
    check_end_line(page, INDENT + 2);
}

/* Levels, choices and flags, each with how often it was read; levels highest first. */
static void write_read_values(check_page *page, const want *of, const want_survey *seen)
{
    const size_t count = of->type == VALUE_FLAG ? 2 : of->name_count;
    size_t       listed = 0;
    uint64_t     others = 0;
    for (size_t i = 0; seen->by_value != NULL && i < count; i++) {
        const size_t value = of->type == VALUE_CHOICE ? i : count - 1 - i;
        if (seen->by_value[value] > 0 && listed == VALUES_LISTED) {
            others += seen->by_value[value];
        } else if (seen->by_value[value] > 0) {
            buffer_string(&page->line, listed++ > 0 ? ", " : "");
            buffer_text(&page->line, name_of_value(of, value));
            buffer_byte(&page->line, ' ');
            buffer_grouped(&page->line, seen->by_value[value]);
        }
    }
    add_part(&page->line, others, "others");
    if (listed > 0) {
        check_end_line(page, INDENT + 2);
    }
}

static void write_texts(check_page *page, const want_survey *seen)
{
    for (size_t i = 0; i < seen->texts.count; i++) {
        buffer_string(&page->line, i > 0 ? ", " : "");
        check_add_quoted(&page->line, seen->texts.kept[i].said);
        buffer_byte(&page->line, ' ');
        buffer_grouped(&page->line, seen->texts.kept[i].count);
    }
    add_part(&page->line, seen->texts.others, "others");
    if (seen->texts.count > 0) {
        check_end_line(page, INDENT + 2);
    }
}

static void write_invalid(check_page *page, const want *of, const want_survey *seen)
{
    /* Audit dates that are none were listed with the practice areas. */
    if (seen->invalid.count == 0 ||
        (of->type == VALUE_DATE && text_same_name(text_of(of->field), text_of("audit_date")))) {
        return;
    }
    check_add_count(&page->line, seen->invalid.count, "value", "values");
    buffer_string(&page->line, " cannot be read as ");
    buffer_string(&page->line, asked_as(of->type));
    buffer_string(&page->line, "; ");
    add_remedy(page, of, seen->invalid.first[0].said);
    check_end_problem(page, INDENT + 2);
    check_write_values(page, &seen->invalid, INDENT + 6);
}

/* True where no rubric at hand can read the answer's VALUE as what it wants of the field. */
static bool is_unreadable(const check_page *page, size_t number, const char *value)
{
    for (size_t r = 0; r < page->asked->rubric_count; r++) {
        const rubric_wants *own = &page->asked->rubrics[r];
        for (size_t a = 0; check_rubric_met(page, r) && a < own->ask_count; a++) {
            double room;
            if (own->asks[a].want == number &&
                value_read(page->asked->wants[number].type, text_of(value),
                           own->asks[a].spellings, &room) == COLUMN_INVALID) {
                return true;
            }
        }
    }
    return false;
}

/* What the column map reads answers as, and the field cannot be read as. */
static void write_answers(check_page *page, size_t number)
{
    const want *of = &page->asked->wants[number];
    uint64_t    line = 0;
    const char *value = NULL;
    for (size_t i = 0; of->type != VALUE_MATCH &&
                       (value = records_answer(page->input, of->column, i, &line)) != NULL;
         i++) {
        if (is_unreadable(page, number, value)) {
            buffer_format(&page->line, "%s:%llu: ", records_map_file(page->input),
                          (unsigned long long)line);
            check_add_quoted(&page->line, value);
            buffer_format(&page->line, " cannot be read as %s; ", asked_as(of->type));
            add_remedy(page, of, value);
            check_end_problem(page, INDENT + 2);
        }
    }
}

static void write_want(check_page *page, size_t number)
{
    const want        *of = &page->asked->wants[number];
    const want_survey *seen = &page->found->wants[number];
    asked_add_readers(page, number);
    check_end_line(page, INDENT);
    write_counts(page, of, seen);
    write_read_values(page, of, seen);
    write_texts(page, seen);
    write_invalid(page, of, seen);
    write_answers(page, number);
}

/* " (dates 110, words 8)": what the cells look like, where they are not all alike. */
static void add_kinds(buffer *line, const column_survey *seen)
{
    const struct {
        const char *name;
        uint64_t    count;
    } kinds[] = {{"dates", seen->dates}, {"numbers", seen->numbers}, {"words", seen->words}};
    const char *joint = " (";
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (kinds[i].count > 0) {
            buffer_string(line, joint);
            buffer_string(line, kinds[i].name);
            buffer_byte(line, ' ');
            buffer_grouped(line, kinds[i].count);
            joint = ", ";
        }
    }
    buffer_byte(line, ')');
}

/* What the cells look like, and never what they say: there may be names among them. */
static void write_look(check_page *page, const column_survey *seen)
{
    const uint64_t filled = seen->dates + seen->numbers + seen->words;
    buffer_grouped(&page->line, filled);
    buffer_string(&page->line, " filled");
    if (filled > 0 && filled == seen->dates) {
        buffer_string(&page->line, " with dates");
    } else if (filled > 0 && filled == seen->numbers) {
        buffer_string(&page->line, " with numbers");
    } else if (filled > 0 && filled == seen->words) {
        buffer_string(&page->line, " with words");
    } else if (filled > 0) {
        add_kinds(&page->line, seen);
    }
    add_part(&page->line, seen->missing, "missing");
    add_part(&page->line, seen->not_applicable, "not applicable");
    check_end_line(page, INDENT);
}

/* ---- Columns ----------------------------------------------------------------------------- */

static void write_heading(check_page *page, size_t number)
{
    const char *heading = records_heading(page->input, number);
    const char *field = records_field(page->input, number);
    terminal_count(&page->out, number + 1, INDENT - 2);
    buffer_string(&page->out, "  ");
    if (strcmp(heading, field) != 0) {
        check_add_quoted(&page->line, heading);
        buffer_string(&page->line, ", read as ");
        buffer_string(&page->line, field);
    } else {
        buffer_string(&page->line, heading[0] != '\0' ? heading : "(no heading)");
    }
    terminal_wrapped(&page->out, (text){page->line.bytes, page->line.size}, INDENT, INDENT + 2);
    page->line.size = 0;
}

/* A name that the column map gives, and that no rubric at hand has, is said with the map's line. */
static void write_unused(check_page *page, size_t number)
{
    const uint64_t line = records_field_line(page->input, number);
    const char    *field = records_field(page->input, number);
    for (size_t w = 0; line > 0 && w < page->asked->want_count; w++) {
        if (text_same_name(text_of(page->asked->wants[w].field), text_of(field))) {
            buffer_string(&page->line, "no rubric uses it");
            return;
        }
    }
    if (line > 0) {
        buffer_format(&page->line, "%s:%llu: no rubric has the field \"%s\"",
                      records_map_file(page->input), (unsigned long long)line, field);
    } else {
        buffer_string(&page->line, "no rubric uses it");
    }
}

static void write_column(check_page *page, size_t number)
{
    const char  *field = records_field(page->input, number);
    const size_t known = asked_common(field);
    bool         asked = false;
    write_heading(page, number);
    if (known < COMMON_FIELDS) {
        buffer_string(&page->line, common_fields[known].purpose);
        check_end_line(page, INDENT);
    }
    for (size_t w = 0; w < page->asked->want_count; w++) {
        if (page->asked->wants[w].column == number && asked_by_met(page, w)) {
            write_want(page, w);
            asked = true;
        }
    }
    if (known == COMMON_FIELDS && !asked) {
        const char *near = asked_nearest_absent(page, field);
        write_unused(page, number);
        if (near != NULL) {
            buffer_format(&page->line, "; did you mean \"%s\"?", near);
        }
        check_end_line(page, INDENT);
    }
    if (!asked) {
        write_look(page, &page->found->columns[number]);
    }
}

void check_write_columns(check_page *page)
{
    check_section(page, "Columns");
    for (size_t i = 0; i < records_column_count(page->input); i++) {
        write_column(page, i);
    }
}
