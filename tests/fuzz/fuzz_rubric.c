/* fuzz_rubric.c - any bytes as a rubric, without plugins and with one. */
#include <stdlib.h>
#include <string.h>

#include "rubric/rubric.h"

/* A plugin set made by hand, in place of the loader's: what a manifest says is fuzzed elsewhere. */
static const manifest_input inputs[] = {
    {.name = "start", .help = "", .type = ASSAY_DATE, .required = true},
    {.name = "visits", .help = "", .type = ASSAY_DATES},
};
static const manifest_parameter parameters[] = {
    {.name = "interval",
     .help = "",
     .unit = "days",
     .type = ASSAY_NUMBER,
     .standard = 42,
     .maximum = 99},
    {.name = "strict", .help = "", .unit = "", .type = ASSAY_FLAG, .maximum = 1},
};
static const manifest_measure measures[] = {
    {.name = "gap",
     .unit = "days",
     .result = ASSAY_NUMBER,
     .maximum = 500,
     .uses_calendar = true,
     .inputs = inputs,
     .input_count = 2,
     .parameters = parameters,
     .parameter_count = 2},
    {.name = "in_time", .unit = "", .result = ASSAY_FLAG, .inputs = inputs, .input_count = 1},
};
struct plugin_set {
    manifest only;
};
static const plugin_set plugins = {{.id = "plans", .measures = measures, .measure_count = 2}};

const manifest *loader_find(const plugin_set *held, text id)
{
    return text_same(text_of(held->only.id), id) ? &held->only : NULL;
}

const manifest_measure *manifest_find(const manifest *held, text name)
{
    for (size_t i = 0; i < held->measure_count; i++)
        if (text_same(text_of(held->measures[i].name), name))
            return &held->measures[i];
    return NULL;
}

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void require_sound_criterion(const rubric *held, const criterion *question)
{
    const size_t count = held->scale.count;

    require(question->weight <= 1000 && text_is_id(text_of(question->id)));
    require(question->if_missing == LEVEL_NONE || question->if_missing < count);
    for (size_t i = 0; i < question->band_count; i++)
        require(question->bands[i].gives < count &&
                (question->bands[i].condition != BAND_ALWAYS || i + 1 == question->band_count));
    for (size_t i = 0; i < count; i++)
        require(question->cap[i] < count && (i == 0 || question->cap[i] >= question->cap[i - 1]));
    if (question->gives_flag)
        require(question->yes < count && question->no < count);
    if (question->kind != MEASURE_PLUGIN || question->plugin != NULL)
        require(question->input_count > 0);
    for (size_t i = 0; i < question->input_count; i++)
        require(*question->inputs[i].field != '\0');
}

/* What every rubric that is taken promises to those who grade with it. */
static void require_sound(const rubric *held)
{
    require(held->criterion_count > 0 && held->min_coverage <= 100);
    require(held->scale.count >= 2 && held->scale.count <= LEVELS_MAX);
    for (size_t i = 0; i < held->scale.count; i++)
        require(spelling_find(held->scale.spellings, text_of(held->scale.ids[i])) == (int)i);
    for (size_t i = 1; i < held->scale.count; i++)
        require(held->thousandths[i] > held->thousandths[i - 1] &&
                held->thousandths[i] <= held->scale.count * 1000);
    for (size_t i = 0; i < held->requirement_count; i++)
        require(held->requirements[i].of > 0 && held->requirements[i].of < held->scale.count &&
                held->requirements[i].counted < held->scale.count);
    for (size_t i = 0; i < held->criterion_count; i++)
        require_sound_criterion(held, &held->criteria[i]);
}

static void read_once(const char *bytes, size_t size, const rubric_context *context)
{
    error_list errors = {0};
    rubric    *made = rubric_read_bytes("fuzz.ini", bytes, size, context, &errors);

    /* Taken without a fault, or refused with one. */
    require((made == NULL) == (error_count(&errors) > 0));
    for (size_t i = 0; i < errors.count; i++)
        require(text_is_utf8(errors.items[i].text, strlen(errors.items[i].text)));
    if (made != NULL)
        require_sound(made);
    rubric_free(made);
    error_clear(&errors);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const calendar        england = {.id = "england"};
    static const calendar *const calendars[] = {&england};
    const rubric_context         bare = {.calendars = calendars, .calendar_count = 1};
    const rubric_context whole = {.plugins = &plugins, .calendars = calendars, .calendar_count = 1};
    const char          *bytes = size > 0 ? (const char *)data : "";

    read_once(bytes, size, &bare);
    read_once(bytes, size, &whole);
    return 0;
}
