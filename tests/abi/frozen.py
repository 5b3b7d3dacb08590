"""A plugin compiled against the header of assay 0.1.0 still loads, and gives what it gave.

    frozen.py ASSAY FOLDER      FOLDER holds frozen.so and frozen.ini
"""
import json
import pathlib
import subprocess
import sys
import tempfile

ASSAY, FOLDER = sys.argv[1:]

RUBRIC = """[rubric]
id = frozen
version = 1
title = Frozen
practice_area = frozen
plugin = frozen
effective_from = 2026-01-01

[criterion.sum]
measure = frozen.sum
bands = outstanding <= 0, good

[criterion.twice]
measure = frozen.sum
offset = 5
twice = yes
bands = outstanding <= 0, good

[criterion.worked]
measure = frozen.worked
bands = outstanding <= 0, good

[criterion.was_seen]
measure = frozen.was_seen
"""

RECORDS = """audit_id,practice_area,audit_date,opened,closed,visits,plan,seen,score
A,frozen,2026-05-01,2026-04-01,2026-04-10,2026-04-05; 2026-04-11,Child protection,yes,2.5
B,frozen,2026-05-01,2026-04-01,2026-04-10,,care,no,2.5
C,frozen,2026-05-01,2026-04-01,2026-04-10,2026-03-31,cin,no,1
"""

# A: ten days to the last visit, 100 for the second choice, 1000 for seen, 2.5, and 1000 by default:
# 2112.5; with 5 in place of 1000, 1117.5, and twice that 2235. From 1 to 10 April 2026 the working
# days are the 2nd, and the 7th to 10th: the 3rd was Good Friday and the 6th Easter Monday.
# B: there was no visit, so the sums are not due.
EXPECTED = {
    "A": {"sum": 2112.5, "twice": 2235, "worked": 5, "was_seen": True},
    "B": {"sum": None, "twice": None, "worked": 5, "was_seen": False},
}
REJECTED = "the record says that a visit came before the opening"


def make_safe():
    """Whatever the umask of the build was: what others can write is refused."""
    for path in (FOLDER, f"{FOLDER}/frozen.so", f"{FOLDER}/frozen.ini"):
        pathlib.Path(path).chmod(0o755)


def main():
    make_safe()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "frozen.rubric.ini").write_text(RUBRIC)
        (folder / "records.csv").write_text(RECORDS)
        given = ["--plugin-path", FOLDER, "--rubric", "frozen.rubric.ini"]

        for audit_id, values in EXPECTED.items():
            asked = [ASSAY, "explain", "--format", "json", *given, "records.csv", audit_id]
            done = subprocess.run(asked, cwd=folder, capture_output=True, text=True, check=False)
            if done.returncode != 0:
                sys.exit(f"{audit_id}: exit status {done.returncode}\n{done.stderr}")
            ratings = json.loads(done.stdout)["explanations"][0]["record"]["ratings"]
            got = {rating["id"]: rating["value"] for rating in ratings}
            if got != values:
                sys.exit(f"{audit_id}: expected {values}, got {got}")

        asked = [ASSAY, "grade", "--format", "csv", *given, "records.csv"]
        done = subprocess.run(asked, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode != 1 or REJECTED not in done.stdout.splitlines()[-1]:
            sys.exit(f"C: not rejected as expected:\n{done.stdout}{done.stderr}")


main()
