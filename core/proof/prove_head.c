/* What a rubric names, and whether it weighs anything. */
#include <string.h>

#include "proof/prove.h"

static bool find_unknown_framework(proving *at, const rubric_library *library)
{
    const char **names = arena_array(&at->out->memory, library->framework_count, sizeof *names);
    if (names == NULL)
        return false;
    for (size_t i = 0; i < library->framework_count; i++)
        names[i] = library->frameworks[i]->id;
    const char *nearest =
        text_nearest(text_of(at->rubric->framework), names, library->framework_count);
    if (nearest != NULL)
        return prove_find(at, KIND_UNKNOWN_FRAMEWORK, FINDING_FAULT, at->rubric->framework_line,
                          "there is no framework edition \"%s\"; did you mean \"%s\"?",
                          at->rubric->framework, nearest);
    return prove_find(at, KIND_UNKNOWN_FRAMEWORK, FINDING_NOTE, at->rubric->framework_line,
                      "there is no framework edition \"%s\" in the rubric folders, so that its "
                      "judgement area is not checked; correct the id, or add frameworks/%s.ini",
                      at->rubric->framework, at->rubric->framework);
}

static bool find_unknown_area(proving *at, const framework *edition)
{
    const char **names = arena_array(&at->out->memory, edition->area_count, sizeof *names);
    if (names == NULL)
        return false;
    for (size_t i = 0; i < edition->area_count; i++) {
        names[i] = edition->areas[i].shown;
        if (text_same_name(text_of(names[i]), text_of(at->rubric->judgement_area)))
            return true;
    }
    const char *nearest =
        text_nearest(text_of(at->rubric->judgement_area), names, edition->area_count);
    buffer list = {0};
    for (size_t i = 0; nearest == NULL && i < edition->area_count; i++)
        buffer_format(&list, "%s%s", i > 0 ? ", " : "; name one of: ", names[i]);
    if (nearest != NULL)
        buffer_format(&list, "; did you mean \"%s\"?", nearest);
    const bool found =
        buffer_end(&list) &&
        prove_find(at, KIND_UNKNOWN_AREA, FINDING_FAULT, at->rubric->judgement_area_line,
                   "\"%s\" is not a judgement area of %s%s", at->rubric->judgement_area,
                   edition->id, list.bytes);
    buffer_free(&list);
    return found;
}

static bool prove_framework(proving *at, const rubric_library *library)
{
    if (*at->rubric->framework == '\0' || library->framework_count == 0)
        return true;
    const framework *edition = library_framework(library, text_of(at->rubric->framework));
    if (edition == NULL)
        return find_unknown_framework(at, library);
    return *at->rubric->judgement_area == '\0' || find_unknown_area(at, edition);
}

bool prove_head(proving *at, const rubric_library *library)
{
    for (size_t c = 0; c < at->rubric->criterion_count; c++)
        at->out->asked += at->rubric->criteria[c].weight > 0;
    if (at->out->asked == 0 &&
        !prove_find(
            at, KIND_NO_WEIGHT, FINDING_FAULT, at->rubric->criteria[0].line,
            "every criterion has weight 0, so that no record is ever graded; give those that "
            "are to count a weight"))
        return false;
    return library == NULL || prove_framework(at, library);
}
