#include "moderation/pack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "moderation/known_name.h"

/* A pack being made. */
typedef struct {
    store              *kept;
    const pack_request *asked;
    moderation_cases    cases;
    moderation_case   **chosen;
    size_t              chosen_count;
    form_audit         *forms;     /* [chosen] */
    const char        **own_teams; /* the moderator's, from audits of their own */
    size_t              own_team_count;
    pack_made          *made;
    error_list         *errors;
} pack_work;

/* ---- Which audits ------------------------------------------------------------- */

static bool may_take(const pack_work *work, const moderation_case *one)
{
    const moderation_work  whose = {one->auditor, one->team, one->practice_area};
    const moderation_names teams = {work->own_teams, work->own_team_count};

    return !moderation_why_not(work->asked->policy, work->asked->moderator, teams, &whose);
}

/* Those that cannot wait first, then as they were drawn. */
static int most_urgent_first(const void *a, const void *b)
{
    const moderation_case *one = *(moderation_case *const *)a;
    const moderation_case *other = *(moderation_case *const *)b;

    if ((*one->triggers != '\0') != (*other->triggers != '\0'))
        return *one->triggers ? -1 : 1;
    if (one->draw != other->draw)
        return one->draw < other->draw ? -1 : 1;
    return strcmp(one->audit_id, other->audit_id);
}

/* The order of a pack tells nothing of why an audit was picked: that would not be blind. */
static int by_audit_id(const void *a, const void *b)
{
    return strcmp((*(moderation_case *const *)a)->audit_id,
                  (*(moderation_case *const *)b)->audit_id);
}

static bool is_person(const char *name, const char *other)
{
    return text_same_person(text_of(name), text_of(other));
}

/* Whether a new pack may have it: nobody has it, or whoever is taken over from has not moderated it. */
static bool is_free(const pack_work *work, const moderation_case *one)
{
    const char *from = work->asked->take_over;

    return from ? moderation_stage_of(one) == CASE_ASSIGNED && is_person(one->moderator, from)
                : moderation_stage_of(one) == CASE_TO_ASSIGN;
}

static void choose_waiting(pack_work *work)
{
    for (size_t c = 0; c < work->cases.count; c++) {
        moderation_case *one = &work->cases.items[c];
        if (!is_free(work, one))
            continue;
        if (may_take(work, one))
            work->chosen[work->chosen_count++] = one;
        else
            work->made->not_theirs++;
    }
    qsort(work->chosen, work->chosen_count, sizeof *work->chosen, most_urgent_first);
    if (work->asked->most > 0 && work->chosen_count > work->asked->most) {
        work->made->left = work->chosen_count - work->asked->most;
        work->chosen_count = work->asked->most;
    }
    qsort(work->chosen, work->chosen_count, sizeof *work->chosen, by_audit_id);
}

/* The audits of a pack that was made before, but for those that came back. */
static bool choose_again(pack_work *work)
{
    bool known = false;

    for (size_t c = 0; c < work->cases.count; c++) {
        moderation_case *one = &work->cases.items[c];
        if (strcmp(one->pack, work->asked->pack) != 0 ||
            !is_person(one->moderator, work->asked->moderator))
            continue;
        known = true;
        if (moderation_stage_of(one) == CASE_ASSIGNED)
            work->chosen[work->chosen_count++] = one;
    }
    qsort(work->chosen, work->chosen_count, sizeof *work->chosen, by_audit_id);
    if (!known)
        error_add(work->errors, FAULT_USAGE, NULL, 0, 0,
                  "\"%s\" is not a pack of %s; leave --pack out for a new one", work->asked->pack,
                  work->asked->moderator);
    return known;
}

/* What is wrong with taking over from that name, and what to do; NULL where nothing is. */
static const char *no_take_over(const pack_work *work)
{
    const char *from = work->asked->take_over;

    if (work->asked->pack)
        return "nothing can be taken over into a pack that is there; leave --pack out";
    if (is_person(from, work->asked->moderator))
        return "that is the same person; write their pack again with --pack";
    for (size_t c = 0; c < work->cases.count; c++)
        if (is_person(work->cases.items[c].moderator, from))
            return NULL;
    return "nobody of that name has audits; assay store list assignments shows who has which";
}

static bool check_take_over(pack_work *work)
{
    const char *wrong = work->asked->take_over ? no_take_over(work) : NULL;

    if (wrong)
        error_add(work->errors, FAULT_USAGE, NULL, 0, 0, "cannot take over from \"%s\": %s",
                  work->asked->take_over, wrong);
    return !wrong;
}

/* Whether a name is right nobody but the user can know: it is asked, and the pack is made. */
static bool ask_for_name(pack_work *work)
{
    const char *meant =
        moderation_name_meant(&work->cases, work->asked->policy, work->asked->moderator);

    if (!meant)
        return error_memory(work->errors);
    if (*meant)
        error_add(work->errors, FAULT_NOTICE, NULL, 0, 0,
                  "\"%s\" has neither audited nor moderated so far; did you mean \"%s\"?",
                  work->asked->moderator, meant);
    return true;
}

/* "pack-007": one more than the last. */
static void name_pack(pack_work *work)
{
    unsigned long last = 0;

    for (size_t c = 0; c < work->cases.count; c++) {
        const char *pack = work->cases.items[c].pack;
        if (strncmp(pack, "pack-", 5) == 0) {
            const unsigned long number = strtoul(pack + 5, NULL, 10);
            last = number > last ? number : last;
        }
    }
    snprintf(work->made->pack, sizeof work->made->pack, "pack-%03lu", last + 1);
}

/* ---- What the form says of them ------------------------------------------------ */

const rubric *rubric_of(const rubric_library *library, const moderation_case *one)
{
    for (size_t r = 0; library && r < library->rubric_count; r++)
        if (strcmp(library->rubrics[r]->id, one->rubric) == 0 &&
            strcmp(library->rubrics[r]->version, one->version) == 0)
            return library->rubrics[r];
    return NULL;
}

typedef struct {
    pack_work  *work;
    form_audit *form;
    bool        out_of_memory;
} fact_reading;

static bool take_facts(void *user, const store_stamp *stamp, const store_audit *given)
{
    fact_reading *reading = user;
    arena        *memory = &reading->work->cases.memory;
    form_fact    *facts = arena_array(memory, given->fields.count + 1, sizeof *facts);
    (void)stamp;

    for (size_t f = 0; facts && f < given->fields.count; f++) {
        const store_pair *field = &given->fields.items[f];
        facts[f] = (form_fact){arena_text(memory, field->name, strlen(field->name)),
                               arena_text(memory, field->value, strlen(field->value))};
        reading->out_of_memory |= !facts[f].field || !facts[f].value;
    }
    reading->out_of_memory |= !facts;
    reading->form->facts = facts;
    reading->form->fact_count = given->fields.count;
    return !reading->out_of_memory;
}

static bool fill_form(pack_work *work, const moderation_case *one, form_audit *form)
{
    const store_filter filter = {.audit_id = one->audit_id, .whole = true};
    fact_reading       reading = {.work = work, .form = form};

    *form = (form_audit){.audit_id = one->audit_id,
                         .case_reference = one->child_ref,
                         .team = one->team,
                         .audit_date = INT32_MIN,
                         .rubric = rubric_of(work->asked->library, one)};
    date_read(one->audit_date, strlen(one->audit_date), &form->audit_date);
    if (!form->rubric) {
        error_add(
            work->errors, FAULT_RUBRIC, NULL, 0, 0,
            "audit \"%s\" was graded by rubric %s %s, which is not at hand; name its folder with "
            "--rubric-path",
            one->audit_id, one->rubric, one->version);
        return false;
    }
    return store_each_audit(work->kept, &filter, take_facts, &reading, work->errors) &&
           (!reading.out_of_memory || error_memory(work->errors));
}

static bool fill_forms(pack_work *work)
{
    const size_t before = error_count(work->errors);

    work->forms = calloc(work->chosen_count + 1, sizeof *work->forms);
    if (!work->forms)
        return error_memory(work->errors);
    for (size_t c = 0; c < work->chosen_count; c++)
        fill_form(work, work->chosen[c], &work->forms[c]);
    return error_count(work->errors) == before;
}

static bool write_forms(const pack_work *work, buffer *out)
{
    const form_pack pack = {work->made->pack, work->asked->moderator, work->forms,
                            work->chosen_count};

    if (strcmp(work->asked->format, "html") == 0)
        form_write_html(&pack, out);
    else
        form_write_csv(&pack, out);
    return !out->failed || error_memory(work->errors);
}

/* ---- The pack ------------------------------------------------------------------- */

static bool assign(pack_work *work)
{
    bool fine = true;

    for (size_t c = 0; fine && c < work->chosen_count; c++)
        fine = store_put_assignment(work->kept,
                                    &(store_assignment){work->chosen[c]->audit_id,
                                                        work->asked->moderator, work->made->pack},
                                    NULL, work->errors);
    return fine;
}

static bool make_pack(pack_work *work, buffer *out)
{
    const bool again = work->asked->pack != NULL;

    if (!moderation_cases_read(work->kept, NULL, &work->cases, work->errors))
        return false;
    work->chosen = calloc(work->cases.count + 1, sizeof *work->chosen);
    work->own_teams = calloc(work->cases.count + 1, sizeof *work->own_teams);
    if (!work->chosen || !work->own_teams)
        return error_memory(work->errors);
    work->own_team_count =
        moderation_own_teams(&work->cases, work->asked->moderator, work->own_teams);
    if (!check_take_over(work))
        return false;
    if (!again) {
        if (!work->asked->take_over && !ask_for_name(work))
            return false;
        choose_waiting(work);
        name_pack(work);
    } else if (choose_again(work)) {
        snprintf(work->made->pack, sizeof work->made->pack, "%s", work->asked->pack);
    } else {
        return false;
    }
    work->made->audits = work->chosen_count;
    return work->chosen_count == 0 ||
           (fill_forms(work) && write_forms(work, out) && (again || assign(work)));
}

bool pack_make(store *kept, const pack_request *request, buffer *out, pack_made *made,
               error_list *errors)
{
    pack_work work = {.kept = kept, .asked = request, .made = made, .errors = errors};

    *made = (pack_made){0};
    if (!store_begin(kept, errors))
        return false;
    bool fine = make_pack(&work, out);
    if (fine)
        fine = store_commit(kept, errors);
    else
        store_rollback(kept);
    moderation_cases_free(&work.cases);
    free(work.chosen);
    free(work.own_teams);
    free(work.forms);
    return fine;
}
