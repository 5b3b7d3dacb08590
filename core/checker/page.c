/* page.c - a report for people, for programs, and for those who run tests by the thousand. */
#include "checker/checker.h"

#include <string.h>

#include "writing/html_text.h"
#include "writing/json_text.h"

static const char *const outcome_names[] = {
    [CHECK_PASSED] = "pass", [CHECK_FAILED] = "fail", [CHECK_SKIPPED] = "skip"};

/* ---- Text ------------------------------------------------------------------------- */

static void write_detail(const char *detail, buffer *out)
{
    while (*detail != '\0') {
        const size_t size = strcspn(detail, "\n");
        buffer_string(out, "                      ");
        buffer_bytes(out, detail, size);
        buffer_byte(out, '\n');
        detail += size + (detail[size] == '\n');
    }
}

static void write_text(const check_report *made, buffer *out)
{
    buffer_format(out, "%s %s, %s, seed %llu\n", made->declared->id, made->declared->version,
                  made->declared->binary, (unsigned long long)made->options.seed);
    for (size_t r = 0; r < made->count; ++r) {
        const check_result *result = &made->results[r];
        buffer_format(out, "  %s  %-14s  %s\n",
                      result->outcome == CHECK_FAILED ? "FAIL" : outcome_names[result->outcome],
                      result->name, result->rule);
        write_detail(result->detail, out);
    }
    buffer_format(out, "%zu tests: %zu passed, %zu failed, %zu skipped\n", made->count,
                  made->tally[CHECK_PASSED], made->tally[CHECK_FAILED],
                  made->tally[CHECK_SKIPPED]);
}

/* ---- JSON ------------------------------------------------------------------------- */

static void write_json(const check_report *made, buffer *out)
{
    buffer_string(out, "{\"plugin\":");
    json_string(out, text_of(made->declared->id));
    json_string_member(out, "version", made->declared->version);
    json_string_member(out, "binary", made->declared->binary);
    json_count_member(out, "seed", made->options.seed);
    json_count_member(out, "passed", made->tally[CHECK_PASSED]);
    json_count_member(out, "failed", made->tally[CHECK_FAILED]);
    json_count_member(out, "skipped", made->tally[CHECK_SKIPPED]);
    buffer_string(out, ",\"tests\":[");
    for (size_t r = 0; r < made->count; ++r) {
        const check_result *result = &made->results[r];
        buffer_string(out, r > 0 ? ",\n{\"name\":" : "\n{\"name\":");
        json_string(out, text_of(result->name));
        json_string_member(out, "rule", result->rule);
        json_string_member(out, "outcome", outcome_names[result->outcome]);
        json_string_member(out, "detail", result->detail);
        json_count_member(out, "milliseconds", result->milliseconds);
        buffer_byte(out, '}');
    }
    buffer_string(out, "\n]}\n");
}

/* ---- JUnit ------------------------------------------------------------------------ */

/* An attribute keeps its line breaks only where they are written so. */
static void write_escaped(const char *value, buffer *out)
{
    for (;;) {
        const size_t size = strcspn(value, "\n");
        html_text(out, (text){value, size});
        if (value[size] == '\0')
            return;
        buffer_string(out, "&#10;");
        value += size + 1;
    }
}

static void write_case(const check_report *made, const check_result *result, buffer *out)
{
    buffer_format(out, "  <testcase classname=\"%s\" name=\"%s\" time=\"", made->declared->id,
                  result->name);
    buffer_thousandths(out, result->milliseconds);
    buffer_string(out, "\">");
    if (result->outcome != CHECK_PASSED) {
        buffer_string(out, result->outcome == CHECK_FAILED ? "<failure message=\""
                                                           : "<skipped message=\"");
        write_escaped(result->detail, out);
        buffer_string(out, "\"/>");
    } else if (result->detail[0] != '\0') {
        buffer_string(out, "<system-out>");
        write_escaped(result->detail, out);
        buffer_string(out, "</system-out>");
    }
    buffer_string(out, "</testcase>\n");
}

static void write_junit(const check_report *made, buffer *out)
{
    buffer_string(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"");
    write_escaped(made->declared->id, out);
    buffer_format(out, "\" tests=\"%zu\" failures=\"%zu\" errors=\"0\" skipped=\"%zu\">\n",
                  made->count, made->tally[CHECK_FAILED], made->tally[CHECK_SKIPPED]);
    buffer_format(out, "  <properties><property name=\"seed\" value=\"%llu\"/></properties>\n",
                  (unsigned long long)made->options.seed);
    for (size_t r = 0; r < made->count; ++r)
        write_case(made, &made->results[r], out);
    buffer_string(out, "</testsuite>\n");
}

/* ---- Formats ---------------------------------------------------------------------- */

typedef void (*page_writer)(const check_report *made, buffer *out);

static page_writer writer_of(const char *format)
{
    static const struct {
        const char *name;
        page_writer write;
    } formats[] = {{"text", write_text}, {"json", write_json}, {"junit", write_junit}};

    for (size_t f = 0; f < sizeof formats / sizeof *formats; ++f)
        if (strcmp(format, formats[f].name) == 0)
            return formats[f].write;
    return NULL;
}

bool checker_knows(const char *format)
{
    return writer_of(format) != NULL;
}

void checker_write(const check_report *made, const char *format, buffer *out)
{
    writer_of(format)(made, out);
}
