"""The cases beside a rubric notice every small wrong edit of it that can be noticed, and expect what the
specification says.

    cases.py ASSAY RUBRIC.ini

The ratings of a case are taken from the command (plugins measure), and judged by the reference grader;
where the rubric has built-in measures alone it rates them as well.
"""

import csv
import io
import json
import pathlib
import subprocess
import sys
import tempfile

import grade

SOURCE = pathlib.Path(__file__).resolve().parents[2]
CALENDAR = SOURCE / "rubrics/calendars/england.ini"

# Edits that no record can show and no proof reaches, as a plugin's numbers are taken to be any. A share
# of an interval is (days / days due) x 100: with 14 or 28 due nothing lies over 100 and up to 101, over
# 150 and up to 151, or over 200 and up to 201; with 7, 28, 42 or three months (89 to 92) nothing over 100
# and up to 101 (the least is 93 / 92 = 101.09).
BEYOND_PROOF = {
    "plans": {
        ("criterion.visits_child_protection", "good <= 101"),
        ("criterion.visits_child_protection", "requires_improvement <= 201"),
        ("criterion.visits_child_in_need", "good <= 101"),
        ("criterion.visits_child_in_need", "requires_improvement <= 151"),
        ("criterion.visits_in_care", "good <= 101"),
    },
}


def run(assay, *words, allowed=(0,)):
    done = subprocess.run([assay, *words], capture_output=True, text=True)
    if done.returncode not in allowed:
        sys.exit(f"{' '.join(map(str, words))} ended with {done.returncode}:\n{done.stderr}")
    return done.stdout


def check_mutants(assay, path, rubric_id):
    """What is wrong, a line each."""
    found = json.loads(run(assay, "rubric", "mutate", path, "--json", allowed=(0, 1)))
    known = BEYOND_PROOF.get(rubric_id, set())
    for one in found["results"]:
        edit = (one["section"], one["after"])
        if one["fate"] == "survived" or (one["fate"] == "undecided") != (edit in known):
            yield f"{edit}: {one['fate']} {one['why']}"
    if found["killed"] == 0:
        yield "nothing was killed"


def rating_of(scale, word):
    return word if word in (grade.MISSING, grade.NOT_APPLICABLE) else scale.levels.index(word)


def check_cases(assay, path, cases, rubric):
    text = cases.read_text(encoding="utf-8")
    graded = csv.DictReader(io.StringIO(run(assay, "grade", "--rubric", path, "--format", "csv",
                                            "--ratings", cases, allowed=(0, 1))))
    measures = {criterion.measure for criterion in rubric.criteria}
    reference = None
    if measures <= {"rating", "yes_no", "number", "days", "working_days"}:
        reference = [row[8 + 5:] for row in grade.grade_file(rubric, text, True)[1:]]
    scale = rubric.scale
    for number, (case, row) in enumerate(zip(csv.DictReader(io.StringIO(text)), graded)):
        name = case["case"]
        if row["status"] == "rejected":
            continue
        words = [row[f"rating.{criterion.id}"] for criterion in rubric.criteria]
        if reference and reference[number][1:] != words:
            yield f"{name}: rated {words}, by the reference {reference[number][1:]}"
        judged = rubric.judge([rating_of(scale, word) for word in words])
        for what, got in (("judgement", judged[0]), ("limited_by", judged[5] or "none"),
                          ("status", judged[7])):
            wanted = case.get(f"expected_{what}", "").strip().lower().replace(" ", "_")
            if wanted and wanted != got:
                yield f"{name}: expects {what} {wanted}, by the reference {got}"


def check_examples(assay, path):
    """Each record that a proof shows can be made, and is rated and judged as was said."""
    with tempfile.TemporaryDirectory() as folder:
        made = pathlib.Path(folder, "examples.csv")
        proved = json.loads(run(assay, "rubric", "lint", "--json", "--examples", made, path))[0]
        rows = {row["audit_id"]: row for row in csv.DictReader(io.StringIO(
            run(assay, "grade", "--rubric", path, "--format", "csv", "--ratings", made)))}
    for finding in proved["findings"]:
        for shown in finding["examples"]:
            row = rows.get(shown["audit_id"], {})
            if row.get("judgement") != shown["judgement"]:
                yield f"{shown['audit_id']} of {finding['kind']}: judged {row.get('judgement')}"
            for criterion, rating in shown["ratings"].items():
                if row.get(f"rating.{criterion}", rating) != rating:
                    yield f"{shown['audit_id']}: {criterion} is {row[f'rating.{criterion}']}"


def main():
    assay, path = sys.argv[1], pathlib.Path(sys.argv[2])
    calendar = grade.Calendar(CALENDAR.read_text(encoding="utf-8"))
    rubric = grade.Rubric(path.read_text(encoding="utf-8"), {calendar.id: calendar})
    cases = path.with_name(path.name.replace(".ini", ".cases.csv"))
    faults = [*check_cases(assay, path, cases, rubric), *check_examples(assay, path),
              *check_mutants(assay, path, rubric.keys["id"])]
    print(*faults, sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
