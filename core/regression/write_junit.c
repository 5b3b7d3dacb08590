/* write_junit.c - a diff for CI: every record that moved is a test that failed. */
#include <string.h>

#include "regression/writing.h"

static void attribute(buffer *out, const char *name, const char *value)
{
    buffer_byte(out, ' ');
    buffer_string(out, name);
    buffer_string(out, "=\"");
    html_string(out, value);
    buffer_byte(out, '"');
}

static void failed_case(const move *of, buffer *out)
{
    buffer words = {0};

    write_id(&words, &of->to);
    buffer_string(out, "  <testcase");
    attribute(out, "classname", *of->to.area ? of->to.area : "records");
    buffer_string(out, " name=\"");
    html_flush(out, &words);
    buffer_string(out, "\">\n    <failure type=\"");
    buffer_string(out, *safety_words(of) ? safety_words(of) : "moved");
    buffer_string(out, "\" message=\"");
    buffer_string(&words, of->from.word);
    buffer_string(&words, " -> ");
    buffer_string(&words, of->to.word);
    html_flush(out, &words);
    buffer_string(out, "\">");
    write_because(&words, of);
    html_flush(out, &words);
    if (*of->freed) {
        buffer_string(&words, "; limit that stopped holding: ");
        buffer_string(&words, of->freed);
        html_flush(out, &words);
    }
    buffer_string(out, "</failure>\n  </testcase>\n");
    out->failed |= words.failed;
    buffer_free(&words);
}

/* A record that is in one side alone: the check does not pass with it either. */
static void single_case(const verdict *of, const char *what, buffer *out)
{
    buffer words = {0};

    write_id(&words, of);
    buffer_string(out, "  <testcase");
    attribute(out, "classname", *of->area ? of->area : "records");
    buffer_string(out, " name=\"");
    html_flush(out, &words);
    buffer_string(out, "\">\n    <failure");
    attribute(out, "type", what);
    attribute(out, "message", of->word);
    buffer_string(out, "/>\n  </testcase>\n");
    out->failed |= words.failed;
    buffer_free(&words);
}

static void gate_case(const fault *gate, buffer *out)
{
    buffer words = {0};

    buffer_format(&words, "%s:%llu", gate->file, (unsigned long long)gate->line);
    buffer_string(out, "  <testcase classname=\"gates\" name=\"");
    html_flush(out, &words);
    buffer_string(out, "\">\n    <failure type=\"gate\"");
    attribute(out, "message", gate->text);
    buffer_string(out, "/>\n  </testcase>\n");
    out->failed |= words.failed;
    buffer_free(&words);
}

void diff_write_junit(const diff *from, diff_page *to)
{
    buffer      *out = &to->text;
    const size_t failures =
        from->move_count + from->only_a_count + from->only_b_count + from->broken.count;
    const size_t tests = failures ? failures : 1;

    buffer_string(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites tests=\"");
    buffer_unsigned(out, tests);
    buffer_string(out, "\" failures=\"");
    buffer_unsigned(out, failures);
    buffer_string(out, "\">\n<testsuite name=\"assay diff\" tests=\"");
    buffer_unsigned(out, tests);
    buffer_string(out, "\" failures=\"");
    buffer_unsigned(out, failures);
    buffer_string(out,
                  "\" errors=\"0\" skipped=\"0\">\n  <properties>\n    <property name=\"from\"");
    attribute(out, "value", from->a);
    buffer_string(out, "/>\n    <property name=\"to\"");
    attribute(out, "value", from->b);
    buffer_string(out, "/>\n    <property name=\"records\" value=\"");
    buffer_unsigned(out, from->records);
    buffer_string(out, "\"/>\n  </properties>\n");
    for (size_t g = 0; g < from->broken.count; g++)
        gate_case(&from->broken.items[g], out);
    for (size_t s = 0; s < from->safety_count; s++) {
        failed_case(from->safety[s], out);
        page_turn(to);
    }
    for (size_t m = 0; m < from->move_count; m++) {
        if (!*safety_words(&from->moves[m]))
            failed_case(&from->moves[m], out);
        page_turn(to);
    }
    for (size_t i = 0; i < from->only_a_count; i++) {
        single_case(&from->only_a[i], "removed", out);
        page_turn(to);
    }
    for (size_t i = 0; i < from->only_b_count; i++) {
        single_case(&from->only_b[i], "added", out);
        page_turn(to);
    }
    if (failures == 0)
        buffer_string(out, "  <testcase classname=\"records\" name=\"no record moved\"/>\n");
    buffer_string(out, "</testsuite>\n</testsuites>\n");
}
