#include "report/names.h"


/* In full, as the newest edition that knows the area has it. */
static void name_of_area(buffer *out, const rubric_library *library, const char *shown)
{
    for (size_t i = library != NULL ? library->framework_count : 0; i-- > 0;) {
        const framework *edition = library->frameworks[i];
        for (size_t a = 0; a < edition->area_count; a++) {
            if (text_same_name(text_of(edition->areas[a].shown), text_of(shown))) {
                buffer_string(out, edition->areas[a].title);
                return;
            }
        }
    }
    name_of_id(out, shown);
}

void name_of_row(buffer *out, const rubric_library *library, dimension by, const char *name)
{
    if (name[0] == '\0') {
        buffer_string(out, by == BY_PRACTICE_AREA ? "Not recorded or no rubric" : "Not recorded");
    } else if (by == BY_PRACTICE_AREA) {
        name_of_id(out, name);
    } else if (by == BY_JUDGEMENT_AREA) {
        name_of_area(out, library, name);
    } else if (by == BY_MONTH) {
        name_of_month(out, name);
    } else {
        buffer_string(out, name);
    }
}

const char *name_of_file(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

const char *name_of_notice_file(const report_options *options, const char *path)
{
    for (size_t i = 0; i < options->input_count; i++) {
        if (strcmp(options->inputs[i], path) == 0) {
            return path;
        }
    }
    return name_of_file(path);
}

void name_of_criterion(buffer *out, const tally *counted, const tally_criterion *seen)
{
    if (counted->rubric_count > 1) {
        name_of_id(out, seen->of->id);
        for (size_t i = 0; i < counted->rubric_count; i++) {
            const rubric *other = counted->rubrics[i].of;
            if (other != seen->of && strcmp(other->id, seen->of->id) == 0) {
                buffer_byte(out, ' ');
                buffer_string(out, seen->of->version);
                break;
            }
        }
        buffer_string(out, ": ");
    }
    const char *id = seen->of->criteria[seen->criterion].id;
    size_t      start = out->size;
    name_of_id(out, id);
    if (counted->rubric_count > 1 && !out->failed) {
        out->bytes[start] = id[0]; /* within a line, not at its start */
    }
}

void name_of_good(buffer *out, const scale *of)
{
    level from = tally_good_level(of);
    buffer_string(out, of->labels[from]);
    buffer_string(out, (size_t)from + 1 < of->count ? " or better" : "");
}

void name_of_scale(buffer *out, const scale *of)
{
    buffer_string(out, of->labels[0]);
    buffer_string(out, " to ");
    buffer_string(out, of->labels[of->count - 1]);
}

const char *name_of_dimension(dimension by)
{
    static const char *const names[DIMENSIONS] = {"by practice area", "by team",
                                                  "by judgement area", "by month"};
    return names[by];
}
