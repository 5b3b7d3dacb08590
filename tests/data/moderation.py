"""Makes the council of examples/moderation: seven months of audits, what its moderators would say of
them, plans and figures of the workforce. Everything is made up, by a fixed seed.

    moderation.py GENERATOR FOLDER          writes the audits, plans, figures and ANSWERS
    moderation.py fill ANSWERS PACK DAYS    fills a pack in, DAYS days after each audit
    moderation.py decide SHEET FOLDER [DISPUTED]   fills a comparison in, with so many disputes
    moderation.py settle SHEET              a third person decides its disputes
    moderation.py act SHEET                 fills a sheet of actions in

Hidden in it: Auditor 07 is generous, by most of a level; Auditor 11 is a little harsh; one supervision
that nobody should have let pass is graded good. The moderators are seldom more than a level apart
from what the file shows.
"""

import csv
import datetime
import pathlib
import random
import subprocess
import sys

IDS = ["inadequate", "requires_improvement", "good", "outstanding"]
LEVELS = ["Inadequate", "Requires improvement", "Good", "Outstanding"]
AREAS = {"supervision": 101, "plans": 102, "care_leavers": 103, "children_in_care": 104}
RECORDS = 90
GENEROSITY = {"Auditor 07": 0.75, "Auditor 11": -0.35}
USUAL_GENEROSITY = 0.2
MISSED = "AU-102006"


def level(word):
    return LEVELS.index(word) if word in LEVELS else None


def moved(rating, chances, step):
    """One level lower or higher, by chance."""
    down, up = chances
    drawn = step.random()
    to = rating - (drawn < down) + (drawn >= 1 - up)
    return min(max(to, 0), len(LEVELS) - 1)


def overall(ratings, shift=0.0):
    """What a person makes of the ratings: about their mean, and inadequate where two are."""
    if ratings.count(0) >= 2:
        return 0
    mean = sum(ratings) / len(ratings) + shift
    return min(max(int(mean + 0.45), 0), len(LEVELS) - 1)


def make_audit(record, rated, step):
    """The auditor's record, changed in place; and the moderator's answers."""
    seen = {field: level(record[field]) for field in rated}
    seen = {field: rating for field, rating in seen.items() if rating is not None}
    answers = {field: LEVELS[moved(rating, (0.12, 0.06), step)] for field, rating in seen.items()}
    for field in rated:
        if field not in answers:
            answers[field] = "not_applicable" if record[field].lower() == "n/a" else "missing"

    generosity = GENEROSITY.get(record["auditor"], USUAL_GENEROSITY)
    told = []
    for field, rating in seen.items():
        rating = moved(rating, (max(-generosity, 0) * 0.6, max(generosity, 0) * 0.6), step)
        record[field] = LEVELS[rating]
        told.append(rating)
    truth = overall([level(answers[field]) for field in seen])
    grade = overall(told, generosity * 0.6)
    if record["audit_id"] == MISSED:
        truth, grade = 0, 2
        for field in list(seen)[:3]:
            answers[field] = LEVELS[0]
    record["auditor_grade"] = LEVELS[grade]
    answers["moderator.practice_grade"] = LEVELS[truth]
    answers["moderator.comment"] = "Read with the case file open."
    return answers


def make_area(generator, area, number):
    """The records of an area with their header, and the answers to each."""
    made = subprocess.run([generator, "--area", area, "--records", str(RECORDS), "--first",
                           str(number * 1000 + 1), "--seed", str(number)],
                          capture_output=True, check=True, text=True, encoding="utf-8").stdout
    rows = list(csv.DictReader(made.splitlines(keepends=True)))
    header = [name for name in rows[0] if name != "comment"]
    rated = [name for name in header if name != "auditor_grade" and
             any(row[name] in LEVELS for row in rows)]
    step = random.Random(f"moderation {area}")
    answers = {row["audit_id"]: make_audit(row, rated, step) for row in rows}
    return header, rows, answers


def write(path, header, rows):
    with open(path, "w", newline="", encoding="utf-8") as stream:
        out = csv.DictWriter(stream, header, extrasaction="ignore", lineterminator="\n")
        out.writeheader()
        out.writerows(rows)


def month_of(record):
    return datetime.datetime.strptime(record["audit_date"], "%d/%m/%Y").strftime("%Y-%m")


def make_plans(records):
    """A few more audits were planned than were done, as everywhere."""
    step = random.Random("plans")
    done = {}
    for record in records:
        key = month_of(record), record["team"], record["auditor"], record["practice_area"]
        done[key] = done.get(key, 0) + 1
    return [{"month": key[0], "team": key[1], "auditor": key[2], "practice_area": key[3],
             "planned": count + (step.random() < 0.2)} for key, count in sorted(done.items())]


def make_figures(months, teams):
    """Workforce, by month and team: plausible, and no council's."""
    step = random.Random("workforce")
    rows = []
    for team in sorted(teams):
        load, vacancy = step.uniform(14, 19), step.uniform(8, 20)
        for month in sorted(months):
            load += step.uniform(-0.8, 0.7)
            vacancy += step.uniform(-1.5, 1.2)
            for name, value in (("average_caseload", load), ("highest_caseload", load * 1.5),
                                ("vacancy", vacancy), ("turnover", vacancy * 0.8),
                                ("agency", vacancy * 0.9)):
                rows.append({"month": month, "team": team, "indicator": name,
                             "value": f"{value:.1f}"})
    return rows


def make(generator, folder):
    records, everything = [], []
    for area, number in AREAS.items():
        header, rows, answers = make_area(generator, area, number)
        write(folder / f"{area}.csv", header, rows)
        records += rows
        everything += [{"audit_id": audit, "question_id": question, "answer": answer}
                       for audit, said in answers.items() for question, answer in said.items()]
    write(folder / "planned.csv", ["month", "team", "auditor", "practice_area", "planned"],
          make_plans(records))
    write(folder / "workforce.csv", ["month", "team", "indicator", "value"],
          make_figures({month_of(r) for r in records}, {r["team"] for r in records}))
    write(folder / "answers.csv", ["audit_id", "question_id", "answer"], everything)


def fill(answers, pack, days):
    """What the pack's page saves once it is filled in, on standard output."""
    with open(answers, newline="", encoding="utf-8") as stream:
        said = {(row["audit_id"], row["question_id"]): row["answer"]
                for row in csv.DictReader(stream)}
    with open(pack, newline="", encoding="utf-8-sig") as stream:
        out = csv.DictWriter(sys.stdout, ["pack", "audit_id", "question_id", "answer"],
                             extrasaction="ignore", lineterminator="\r\n")
        out.writeheader()
        for row in csv.DictReader(stream):
            key = row["audit_id"], row["question_id"]
            if row["question_id"] == "moderator.moderated_on":
                day = datetime.date.fromisoformat(row["audit_date"]) + datetime.timedelta(days)
                row["answer"] = day.strftime("%d/%m/%Y")
            else:
                row["answer"] = said.get(key)
            if row["question_id"]:
                out.writerow(row)


REASONS = [
    ("evidence_missed", "The file shows a risk that the audit does not weigh"),
    ("standard_of_good", "What was done is clear; what it changed for the child is not"),
    ("compliance_not_impact", "Timely and complete, and the child's voice is missing"),
    ("evidence_absent", "The grade rests on a conversation that the file does not have"),
    ("risk_weighed", "Both saw the same; the auditor put more weight on recent weeks"),
]


def rewrite(sheet, change):
    """The sheet on standard output, each row changed."""
    with open(sheet, newline="", encoding="utf-8-sig") as stream:
        reader = csv.DictReader(stream)
        out = csv.DictWriter(sys.stdout, reader.fieldnames, lineterminator="\r\n")
        out.writeheader()
        for row in reader:
            change(row)
            out.writerow(row)


def decide(sheet, folder, disputes):
    left = [disputes]
    auditors = {}
    for area in AREAS:
        with open(pathlib.Path(folder, f"{area}.csv"), newline="", encoding="utf-8-sig") as stream:
            auditors |= {row["audit_id"]: row["auditor"] for row in csv.DictReader(stream)}

    def change(row):
        step = random.Random("decide " + row["audit_id"])
        if not row["audit_quality_grade"]:
            row["audit_quality_grade"] = step.choice(LEVELS[1:3] + LEVELS[2:3])
        if not row["next_step"].startswith("moderator: reason"):
            return
        row["reason_code"], row["reason_text"] = step.choice(REASONS)
        row["auditor_answer"] = "accept"
        row["answered_by"] = auditors[row["audit_id"]]
        if left[0] > 0 and IDS.index(row["auditor_grade"]) > IDS.index(row["moderator_grade"]):
            left[0] -= 1
            row["auditor_answer"] = "dispute"
            row["dispute_text"] = "The visit of that week is in another folder of the file"

    rewrite(sheet, change)


def settle(sheet):
    upheld = [False]

    def change(row):
        if not row["next_step"].startswith("a third person"):
            return
        row["decided_by"] = "D. Achterberg"
        row["final_grade"] = row["moderator_grade"] if upheld[0] else row["auditor_grade"]
        row["decision_text"] = ("The visit was recorded a month later" if upheld[0]
                                else "The visit is there, and answers the risk")
        upheld[0] = True

    rewrite(sheet, change)


def act(sheet):
    def change(row):
        if row["what"]:
            return
        step = random.Random("act " + row["audit_id"])
        row["what"] = step.choice(["Write down how the risk is seen now, and by whom it was weighed",
                                   "See the child alone and record what they say",
                                   "Bring the plan to supervision and set its dates",
                                   "Ask the school and the health visitor, and record both"])
        row["owner_role"] = step.choice(["Team manager", "Social worker", "Service manager"])
        row["due"], row["re_audit_due"] = "04/12/2026", ""

    rewrite(sheet, change)


MODES = {
    "fill": lambda answers, pack, days: fill(answers, pack, int(days)),
    "decide": lambda sheet, folder, disputes="0": decide(sheet, folder, int(disputes)),
    "settle": settle,
    "act": act,
}

if sys.argv[1] in MODES:
    MODES[sys.argv[1]](*sys.argv[2:])
else:
    make(sys.argv[1], pathlib.Path(sys.argv[2]))
