/* What of a rubric is exercised, for people, programs and spreadsheets. */
#include "mutation/mutation.h"

#include "writing/csv_text.h"
#include "writing/json_text.h"
#include "writing/terminal_text.h"

void coverage_write_table(const rubric_coverage *of, buffer *out)
{
    const char *section = "";

    buffer_format(out, "%s: ", of->rubric->id);
    buffer_grouped(out, of->totals.rows);
    buffer_format(out, " records exercise %zu of %zu items, %u%%\n", of->exercised, of->asked,
                  coverage_percent(of));
    for (size_t i = 0; i < of->item_count; i++) {
        const coverage_item *item = &of->items[i];
        if (strcmp(section, item->section) != 0)
            buffer_format(out, "\n[%s]\n", item->section);
        section = item->section;
        terminal_count(out, item->records, 12);
        buffer_format(out, "  %s%s\n", item->item,
                      item->counts && item->records == 0 ? "  <- no record" : "");
    }
}

void coverage_write_csv(const rubric_coverage *of, buffer *out)
{
    buffer_string(out, "section,item,records,counts\n");
    for (size_t i = 0; i < of->item_count; i++) {
        const coverage_item *item = &of->items[i];
        csv_string(out, item->section);
        buffer_byte(out, ',');
        csv_string(out, item->item);
        buffer_format(out, ",%llu,%s\n", (unsigned long long)item->records,
                      item->counts ? "yes" : "no");
    }
}

void coverage_write_json(const rubric_coverage *of, buffer *out)
{
    buffer_byte(out, '{');
    json_name(out, "rubric", true);
    json_string(out, text_of(of->rubric->id));
    json_string_member(out, "version", of->rubric->version);
    json_count_member(out, "records", of->totals.rows);
    json_count_member(out, "graded", of->totals.graded);
    json_count_member(out, "insufficient_evidence", of->totals.insufficient);
    json_count_member(out, "rejected", of->totals.rejected);
    json_count_member(out, "items", of->asked);
    json_count_member(out, "exercised", of->exercised);
    json_count_member(out, "percent", coverage_percent(of));
    json_name(out, "coverage", false);
    buffer_byte(out, '[');
    for (size_t i = 0; i < of->item_count; i++) {
        const coverage_item *item = &of->items[i];
        buffer_string(out, i > 0 ? ",\n{" : "{");
        json_name(out, "section", true);
        json_string(out, text_of(item->section));
        json_string_member(out, "item", item->item);
        json_count_member(out, "records", item->records);
        json_name(out, "counts", false);
        buffer_string(out, item->counts ? "true" : "false");
        buffer_byte(out, '}');
    }
    buffer_string(out, "]}\n");
}
