/* edit_maker.h - an edit under way. Private to edit.c and edit_builds.c. */
#pragma once

#include "regression/edit.h"

/* A plugin as each side has it. */
typedef struct {
    const char *id;
    bool        same;   /* the very same bytes */
    const char *before; /* "plans 1.0.0, sha256 ..." */
    const char *after;
    const char *words;  /* "plans 1.0.0 (1f2e3d4c5b6a) -> plans 1.0.1 (...)" */
} plugin_build;

typedef struct {
    rubric_edit *out;
    ini_file     before; /* the files, for values as written and their lines; empty where gone */
    ini_file     after;
    const plugin_set *plugins_before;
    const plugin_set *plugins_after;
    plugin_build *builds; /* of each plugin that a criterion names */
    size_t        build_count;
    bool          failed; /* memory is out */
} edit_maker;

/* A text of the edit; "" and maker->failed where memory is out. */
const char *edit_text(edit_maker *maker, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds a change, with what its maker left out: what is written, its name and words. Gives its index;
 * SIZE_MAX where there are too many. */
size_t edit_add(edit_maker *maker, rubric_change change);

/* Makes `rebuilt_before` and `rebuilt_after` of every criterion. False where memory is out. */
bool edit_rebuild(edit_maker *maker);

/* Where the builds of its plugin differ, what a plugin measures for a criterion is a change of its own,
 * behind all others; a measure that one of the builds alone has comes with the rubric's change. False
 * where memory is out. */
bool edit_find_builds(edit_maker *maker);
