#include "forms/form.h"

#include <string.h>

const form_question form_questions[FORM_QUESTIONS] = {
    {FORM_PRACTICE_GRADE, "Taken together, how good is the practice with this child?",
     "Grade the practice in the case file, not how well it is written up, nor the audit of it. The "
     "child's experience and safety come first.",
     FORM_LEVEL, false},
    {FORM_MODERATED_ON, "On which day did you look at the file?", "", FORM_DATE, false},
    {FORM_COMMENT, "What in the file decided your grade?",
     "For the auditor to learn from. Name nobody.", FORM_WORDS, true},
};

const char *const form_others[FORM_OTHERS] = {"missing", "not_applicable"};
const char *const form_other_labels[FORM_OTHERS] = {"Nothing recorded", "Not applicable"};

bool form_asks(const criterion *asked)
{
    return !asked->gives_flag && asked->band_count == 0;
}

const char *form_rating_named(const rubric *held, const char *answer)
{
    uint8_t flag;

    for (size_t o = 0; o < FORM_OTHERS; o++)
        if (text_same_name(text_of(form_others[o]), text_of(answer)) ||
            text_same_name(text_of(form_other_labels[o]), text_of(answer)))
            return form_others[o];
    switch (value_read(VALUE_FLAG, text_of(answer), NULL, &flag)) {
    case COLUMN_MISSING:
        return form_others[0];
    case COLUMN_NOT_APPLICABLE:
        return form_others[1];
    default:
        break;
    }
    const int found = spelling_find(held->scale.spellings, text_of(answer));
    return found == SPELLING_NONE ? NULL : held->scale.ids[found];
}

/* Fields that name somebody or say how the audit was graded, whatever the rubric. */
static const char *const hidden[] = {"auditor", "auditor_grade", "child_ref", "audit_id"};

bool form_may_show(const rubric *held, const char *field)
{
    for (size_t h = 0; h < sizeof hidden / sizeof *hidden; h++)
        if (text_same_name(text_of(hidden[h]), text_of(field)))
            return false;
    for (size_t c = 0; c < held->criterion_count; c++)
        for (size_t i = 0; i < held->criteria[c].input_count; i++) {
            const criterion_input *input = &held->criteria[c].inputs[i];
            if (input->type == INPUT_LEVEL && text_same_name(text_of(input->field), text_of(field)))
                return false;
        }
    return true;
}

const char *form_fact_of(const form_audit *audit, const char *field)
{
    if (!form_may_show(audit->rubric, field))
        return NULL;
    for (size_t f = 0; f < audit->fact_count; f++)
        if (text_same_name(text_of(audit->facts[f].field), text_of(field)))
            return audit->facts[f].value;
    return NULL;
}
