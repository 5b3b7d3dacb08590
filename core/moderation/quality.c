#include "moderation/quality.h"

#include <string.h>

bool moderation_wants_quality(const moderation_policy *policy, const moderation_case *one)
{
    return policy->audit_quality && one->moderated_revision > 0 && !*one->audit_quality_grade &&
           moderation_stage_of(one) == CASE_DECIDED;
}

/* The moderation as it is. */
typedef struct {
    const moderation_case *one;
    store_moderation       copy;
    arena                  memory;
    bool                   found;
    bool                   out_of_memory;
} moderation_copy;

static const char *copied(moderation_copy *made, const char *given)
{
    const char *copy = arena_text(&made->memory, given, strlen(given));
    made->out_of_memory |= !copy;
    return copy;
}

static bool take_moderation(void *user, const store_stamp *stamp, const store_moderation *given)
{
    moderation_copy *made = user;
    (void)stamp;

    if (strcmp(given->moderator, made->one->moderator) != 0)
        return true;
    store_pair *ratings = arena_array(&made->memory, given->ratings.count + 1, sizeof *ratings);
    made->out_of_memory |= !ratings;
    for (size_t r = 0; ratings && r < given->ratings.count; r++)
        ratings[r] = (store_pair){copied(made, given->ratings.items[r].name),
                                  copied(made, given->ratings.items[r].value)};
    made->copy = (store_moderation){
        .audit_id = made->one->audit_id,
        .moderator = made->one->moderator,
        .revision = given->revision,
        .moderated_on = copied(made, given->moderated_on),
        .practice_grade = copied(made, given->practice_grade),
        .comment = copied(made, given->comment),
        .ratings = {ratings, given->ratings.count},
    };
    made->found = true;
    return !made->out_of_memory;
}

bool moderation_set_quality(store *kept, const moderation_case *one, const char *grade,
                            store_outcome *outcome, error_list *errors)
{
    const store_filter filter = {.audit_id = one->audit_id, .whole = true};
    moderation_copy    made = {.one = one};

    *outcome = STORE_SAME;
    bool fine = store_each_moderation(kept, &filter, take_moderation, &made, errors);
    if (made.out_of_memory)
        fine = error_memory(errors);
    if (fine && made.found) {
        made.copy.audit_quality_grade = grade;
        fine = store_put_moderation(kept, &made.copy, outcome, errors);
    }
    arena_free(&made.memory);
    return fine;
}
