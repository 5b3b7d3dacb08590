"""What must hold for any records, shown on made ones.

    properties.py ASSAY GENERATE

- how many threads work changes nothing, to the byte;
- the order of records changes no record's grade;
- a rating raised by one level never lowers a score;
- rows = graded + insufficient evidence + rejected.
"""

import csv
import io
import pathlib
import random
import subprocess
import sys
import tempfile

AREAS = ["assessments", "plans", "care_leavers", "front_door", "supervision", "children_in_care"]
LEVELS = ["Inadequate", "Requires improvement", "Good", "Outstanding"]


def run(*command, given=None):
    """Standard output; the command may end with 0, or 1 for rejected records."""
    done = subprocess.run([str(part) for part in command], input=given, capture_output=True,
                          check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"{command}: {done.returncode}: {done.stderr.decode(errors='replace')}")
    return done.stdout


def rows(result):
    return list(csv.DictReader(io.StringIO(result.decode(), newline="")))


def grade(assay, file, *options):
    return run(assay, "grade", "--format", "csv", "--ratings", *options, file)


def check_threads(assay, file, faults):
    one = grade(assay, file, "--threads", "1")
    for threads in ("2", "7"):
        if grade(assay, file, "--threads", threads) != one:
            faults.append(f"{file.name}: {threads} threads give another result than one")


def check_order(assay, made, result, faults):
    """Shuffles the records of a clean file and grades them again, from standard input."""
    records = list(csv.reader(io.StringIO(made.decode(), newline="")))
    shuffled = io.StringIO()
    body = records[1:]
    random.Random(1).shuffle(body)
    csv.writer(shuffled).writerows(records[:1] + body)
    again = run(assay, "grade", "--format", "csv", "-", given=shuffled.getvalue().encode())

    def grades(of):
        return {row["audit_id"]: {key: value for key, value in row.items()
                                  if key != "line" and not key.startswith("rating.")} for row in of}

    if grades(rows(result)) != grades(rows(again)):
        faults.append("the order of records changes a grade")


def check_raising(assay, made, faults):
    """Raises one rating of each record of a clean file, another one in each round."""
    records = list(csv.reader(io.StringIO(made.decode(), newline="")))
    above = dict(zip(LEVELS, LEVELS[1:]))
    before = rows(run(assay, "grade", "--format", "csv", "-", given=made))
    for turn in range(4):
        raised = [list(record) for record in records]
        for record in raised[1:]:
            ratings = [n for n, cell in enumerate(record) if cell in above and
                       records[0][n] != "auditor_grade"]
            if ratings:
                cell = ratings[turn * len(ratings) // 4]
                record[cell] = above[record[cell]]
        written = io.StringIO()
        csv.writer(written).writerows(raised)
        after = rows(run(assay, "grade", "--format", "csv", "-", given=written.getvalue().encode()))
        for old, new in zip(before, after):
            if old["score"] and float(new["score"]) < float(old["score"]):
                faults.append(f"{old['audit_id']}: a rating was raised, and the score fell")


def check_totals(assay, file, result, faults):
    summary = run(assay, "grade", "--format", "json", file)
    counted = [row["status"] for row in rows(result)]
    parts = {status: counted.count(status)
             for status in ("graded", "insufficient_evidence", "rejected")}
    if sum(parts.values()) != len(counted):
        faults.append(f"{file.name}: {len(counted)} rows are not {parts}")
    if not summary.startswith(b"{"):
        faults.append(f"{file.name}: the JSON result does not begin as one")


def main():
    assay, generate = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
    faults = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for seed, area in enumerate(AREAS):
            for manner in ([], ["--mess"]):
                made = run(generate, "--area", area, "--records", 400, "--seed", seed, *manner)
                file = folder / f"{area}{'-mess' if manner else ''}.csv"
                file.write_bytes(made)
                result = grade(assay, file)
                check_totals(assay, file, result, faults)
                if not manner:
                    check_order(assay, made, result, faults)
                    check_raising(assay, made, faults)
        for area in AREAS[:2]:  # files of many chunks
            file = folder / f"{area}-long.csv"
            file.write_bytes(run(generate, "--area", area, "--records", 5000, "--mess"))
            check_threads(assay, file, faults)
    print(*faults or ["all properties hold"], sep="\n")
    return 1 if faults else 0


sys.exit(main())
