/* edit_builds.c - what another build of a plugin has to do with an edit. */
#include "regression/edit_maker.h"

#include <sodium.h>
#include <string.h>
#include <unistd.h>

/* Fills the hash of the build, as digits; false where it is not at hand. */
static bool hash_build(const manifest *build, char digits[2 * TRUST_HASH_SIZE + 1])
{
    error_list ignored = {0}; /* grading says what is wrong with a plugin */
    uint8_t    hash[TRUST_HASH_SIZE];
    const int  sealed = build && !build->refusal ? loader_seal(build, hash, &ignored) : -1;

    error_clear(&ignored);
    if (sealed < 0)
        return false;
    close(sealed);
    sodium_bin2hex(digits, 2 * TRUST_HASH_SIZE + 1, hash, sizeof hash);
    return true;
}

/* The plugin of that id on both sides. */
static const plugin_build *build_of(edit_maker *maker, const char *id)
{
    const plugin_set *sets[] = {maker->plugins_before, maker->plugins_after};
    const char       *full[2], *brief[2];
    char              digits[2][2 * TRUST_HASH_SIZE + 1] = {"", ""};

    for (size_t b = 0; b < maker->build_count; b++)
        if (strcmp(maker->builds[b].id, id) == 0)
            return &maker->builds[b];
    for (int side = 0; side < 2; side++) {
        const manifest *build = sets[side] ? loader_find(sets[side], text_of(id)) : NULL;
        full[side] = brief[side] = "not at hand";
        if (!hash_build(build, digits[side]))
            continue;
        full[side] = edit_text(maker, "%s %s, sha256 %s", id, build->version, digits[side]);
        brief[side] = edit_text(maker, "%s %s (%.12s)", id, build->version, digits[side]);
    }
    plugin_build *made = &maker->builds[maker->build_count++];
    *made = (plugin_build){
        .id = id,
        .same = strcmp(digits[0], digits[1]) == 0,
        .before = full[0],
        .after = full[1],
        .words = edit_text(maker, "%s -> %s", brief[0], brief[1]),
    };
    return made;
}

/* The criterion, as the build of the side `with` measures it, into *out. */
static bool rebuild(edit_maker *maker, const criterion **out, const criterion *from,
                    const plugin_set *with, const ini_file *file)
{
    *out = from;
    if (!from || from->kind != MEASURE_PLUGIN || maker->plugins_before == maker->plugins_after)
        return true;
    const char *section = edit_text(maker, "criterion.%s", from->id);
    return criterion_rebuild(out, from, with, ini_find(file, section), &maker->out->memory);
}

bool edit_rebuild(edit_maker *maker)
{
    for (size_t u = 0; u < maker->out->criterion_count; u++) {
        edited_criterion *of = &maker->out->criteria[u];
        if (!rebuild(maker, &of->rebuilt_before, of->before, maker->plugins_after,
                     &maker->before) ||
            !rebuild(maker, &of->rebuilt_after, of->after, maker->plugins_before, &maker->after))
            return false;
    }
    return true;
}

static void add_build(edit_maker *maker, size_t u, const criterion *of)
{
    edited_criterion   *edited = &maker->out->criteria[u];
    const plugin_build *build = build_of(maker, of->plugin->id);
    const char  *name = edit_text(maker, "what %s measures for %s", of->measure_name, of->id);
    const size_t at =
        edit_add(maker, (rubric_change){.kind = CHANGE_PLUGIN,
                                        .criterion = u,
                                        .section = edit_text(maker, "criterion.%s", of->id),
                                        .key = "measure",
                                        .before = build->before,
                                        .after = build->after,
                                        .name = name,
                                        .words = edit_text(maker, "%s: %s", name, build->words)});
    if (at != SIZE_MAX)
        edited->toggles[edited->toggle_count++] = at;
}

static bool is_of_other_build(edit_maker *maker, const criterion *of)
{
    return of && of->kind == MEASURE_PLUGIN && !build_of(maker, of->plugin->id)->same;
}

bool edit_find_builds(edit_maker *maker)
{
    rubric_edit *out = maker->out;

    maker->builds = arena_array(&out->memory, 2 * out->criterion_count + 1, sizeof *maker->builds);
    if (!maker->builds)
        return false;
    for (size_t u = 0; u < out->criterion_count; u++) {
        const edited_criterion *of = &out->criteria[u];
        if ((of->before || of->rebuilt_after) && is_of_other_build(maker, of->after))
            add_build(maker, u, of->after);
        else if (is_of_other_build(maker, of->before))
            add_build(maker, u, of->before);
    }
    return true;
}
