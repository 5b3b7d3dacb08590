/* form.h - what both forms are made of. Private to this room. */
#pragma once

#include "forms/forms.h"

/* The questions that are not the rubric's: every form ends with them. */
typedef struct {
    const char *id;
    const char *question;
    const char *guidance;
    enum { FORM_LEVEL, FORM_DATE, FORM_WORDS } kind;
    bool optional;
} form_question;

enum { FORM_QUESTIONS = 3 };
extern const form_question form_questions[FORM_QUESTIONS];

/* What a rating may say beside a level. */
enum { FORM_OTHERS = 2 };
extern const char *const form_others[FORM_OTHERS];       /* "missing", "not_applicable" */
extern const char *const form_other_labels[FORM_OTHERS]; /* as a person reads them */

/* The fact of that field, or NULL where it is not known or must stay hidden. */
const char *form_fact_of(const form_audit *audit, const char *field);

/* The script of the page, from form.js. */
extern const char form_script[];
