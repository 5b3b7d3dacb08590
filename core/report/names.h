/* names.h - what people call the things that results are about. */
#pragma once

#include "writing/words.h"
#include "report/report.h"
#include "report/tally.h"

/* The name of a row of a tally: "Care leavers", "April 2026", the full name of a judgement area, a
 * team as it stands; "not recorded" where it is "". */
void name_of_row(buffer *out, const rubric_library *library, dimension by, const char *name);

/* A criterion in words, led by its practice area where several rubrics were used. */
void name_of_criterion(buffer *out, const tally *counted, const tally_criterion *seen);

/* The last part of a path. Folders name users and differ by machine, and results are sent on. */
const char *name_of_file(const char *path);

/* The file that a notice is about: an input as it was given, any other by its name alone. */
const char *name_of_notice_file(const report_options *options, const char *path);

/* "Good or better", or the highest level's label on a scale of two. */
void name_of_good(buffer *out, const scale *scale);

/* How the results on a scale are called: "Inadequate to Outstanding". */
void name_of_scale(buffer *out, const scale *scale);

/* "by practice area", ... : completes a heading. */
const char *name_of_dimension(dimension by);
