"""What must hold for any records, shown on made ones.

    properties.py ASSAY GENERATE

- how many threads work changes nothing, to the byte;
- the order of records changes no record's grade;
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


def run(*command, given=None):
    """Standard output; the command may end with 0, or 1 for rejected records."""
    done = subprocess.run([str(part) for part in command], input=given, capture_output=True,
                          check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"{command}: {done.returncode}: {done.stderr.decode(errors='replace')}")
    return done.stdout


def rows(result):
    return list(csv.DictReader(io.StringIO(result.decode(), newline="")))


def check_threads(assay, file, faults):
    one = run(assay, "grade", "--format", "csv", "--ratings", "--threads", "1", file)
    for threads in ("2", "3", "8"):
        if run(assay, "grade", "--format", "csv", "--ratings", "--threads", threads, file) != one:
            faults.append(f"{file.name}: {threads} threads give another result than one")
    return one


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
        for seed, area in enumerate(AREAS):
            for manner in ([], ["--mess"]):
                made = run(generate, "--area", area, "--records", 3000, "--seed", seed, *manner)
                file = pathlib.Path(name) / f"{area}{'-mess' if manner else ''}.csv"
                file.write_bytes(made)
                result = check_threads(assay, file, faults)
                check_totals(assay, file, result, faults)
                if not manner:
                    check_order(assay, made, result, faults)
    print(*faults or ["all properties hold"], sep="\n")
    return 1 if faults else 0


sys.exit(main())
