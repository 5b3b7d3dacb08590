"""assay diff with another build of a plugin, and with another rubric besides, against what the reference
grader makes of every mixture of the two sides.

    check.py ASSAY FOLDER

FOLDER holds the plugin plans with two of its rules changed. What each mixture rates is taken from the
command (plugins measure), criterion by criterion; each is judged by the reference.
"""

import collections
import csv
import io
import itertools
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "tests/reference"))
import grade  # noqa: E402

RUBRIC = SOURCE / "rubrics/plans.ini"
AUDITS = SOURCE / "examples/audits/plans.csv"
CHANGED = {"plan_current", "actions_owned_and_dated"}  # what the other build rates otherwise

# Section, key, the value in its place.
EDITS = [
    ("criterion.actions_owned_and_dated", "bands",
     "outstanding >= 100, good >= 85, requires_improvement >= 50, inadequate"),
    ("criterion.child_focus", "weight", "4"),
    ("judgement", "good", "2.6"),
    ("criterion.reviews_on_time", "limit", "inadequate -> inadequate"),
]


def edited(text, edits):
    """The rubric with these keys changed. Each stands on one line."""
    lines, section = [], ""
    wanted = {(name, key): value for name, key, value in edits}
    for line in text.splitlines():
        if line.startswith("["):
            section = line.strip("[] ")
        key = line.partition("=")[0].strip()
        lines.append(f"{key} = {wanted.pop((section, key))}" if (section, key) in wanted else line)
    assert not wanted, wanted
    return "\n".join(lines) + "\n"


def run(assay, *words):
    done = subprocess.run([assay, *words], capture_output=True, text=True,
                          env={name: value for name, value in os.environ.items()
                               if not name.startswith("ASSAY_")})
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def ratings_of(assay, rubric_file, plugins, rubric):
    """{audit id: ratings}"""
    words = ["--plugin-path", plugins] if plugins else []
    rows = csv.DictReader(io.StringIO(run(assay, "grade", "--format", "csv", "--ratings", "--rubric",
                                          rubric_file, *words, AUDITS)))
    levels = rubric.scale.levels
    return {row["audit_id"]: [levels.index(word) if word in levels else word
                              for word in (row[f"rating.{c.id}"] for c in rubric.criteria)]
            for row in rows if row["status"] != "rejected"}


class Mixtures:
    """What every record comes to with some of the edits undone and some criteria measured as before."""

    def __init__(self, assay, folder, plugins, edits):
        text = RUBRIC.read_text(encoding="utf-8")
        england = SOURCE / "rubrics/calendars/england.ini"
        calendar = grade.Calendar(england.read_text(encoding="utf-8"))
        self.edits = edits
        self.rubrics, self.ratings = {}, {}
        for undone in self.subsets(range(len(edits))):
            changed = edited(text, [e for n, e in enumerate(edits) if n not in undone])
            path = folder / f"mixture-{'-'.join(map(str, sorted(undone)))}.ini"
            path.write_text(changed, encoding="utf-8")
            self.rubrics[undone] = grade.Rubric(changed, {calendar.id: calendar})
            for build in (None, plugins):
                self.ratings[undone, build] = ratings_of(assay, path, build, self.rubrics[undone])
        self.plugins = plugins
        self.changes = [*range(len(edits)), *sorted(CHANGED)]
        self.ids = list(self.ratings[frozenset(), None])

    @staticmethod
    def subsets(of):
        of = list(of)
        return [frozenset(chosen) for size in range(len(of) + 1)
                for chosen in itertools.combinations(of, size)]

    def judgement(self, audit_id, undone):
        """The columns from judgement to status, `undone` taken back."""
        edits = frozenset(c for c in undone if isinstance(c, int))
        rubric = self.rubrics[edits]
        old, new = self.ratings[edits, None][audit_id], self.ratings[edits, self.plugins][audit_id]
        return rubric.judge([old[n] if c.id in undone else new[n]
                             for n, c in enumerate(rubric.criteria)])

    def smallest(self, audit_id):
        """The smallest sets that put the record back."""
        before = self.judgement(audit_id, frozenset(self.changes))[0]
        back = [undone for undone in self.subsets(self.changes)
                if self.judgement(audit_id, undone)[0] == before]
        return {undone for undone in back if len(undone) == len(min(back, key=len))}


def change_of(mixtures, change):
    """A change of the diff as one of the mixtures'."""
    section, key = change["section"], change["key"]
    for n, (name, changed, _) in enumerate(mixtures.edits):
        if (name, changed) == (section, key):
            return n
    assert key == "measure" and change["to"].startswith("plans 1.0.1, sha256 "), change
    assert change["from"].startswith("plans 1.0.0, sha256 "), change
    return section.removeprefix("criterion.")


def check(assay, folder, plugins, edits):
    mixtures = Mixtures(assay, folder, plugins, edits)
    found = json.loads(run(assay, "diff", "--format", "json", "--plugin-path-b", plugins, "plans",
                           folder / "mixture-.ini", AUDITS))
    everything = frozenset(mixtures.changes)
    pairs = {name: (mixtures.judgement(name, everything), mixtures.judgement(name, frozenset()))
             for name in mixtures.ids}

    matrix = collections.Counter((a[0], b[0]) for a, b in pairs.values())
    assert {(cell["from"], cell["to"]): cell["records"] for cell in found["matrix"]} == matrix

    moved = {name for name, (a, b) in pairs.items() if a[0] != b[0]}
    assert [one["audit_id"] for one in found["records"]] == [n for n in mixtures.ids if n in moved]
    assert found["summary"]["moved"] == len(moved) > 5
    enter = [n for n in mixtures.ids if pairs[n][1][0] == "inadequate" != pairs[n][0][0]]
    leave = [n for n in mixtures.ids if pairs[n][0][0] == "inadequate" != pairs[n][1][0]]
    safety = [one["audit_id"] for one in found["safety"]["records"]]
    assert safety[:len(enter + leave)] == enter + leave
    assert (found["safety"]["enter_lowest"], found["safety"]["leave_lowest"]) == (len(enter), len(leave))

    (listed,) = found["rubric_changes"]
    changes = [change_of(mixtures, change) for change in listed["changes"]]
    assert set(changes) <= everything
    sizes = collections.Counter()
    for one in found["records"]:
        a, b = pairs[one["audit_id"]]
        for side, columns in (("from", a), ("to", b)):
            assert (one[side]["judgement"], f"{one[side]['score']:.3f}", one[side]["limited_by"]) == \
                (columns[0], columns[1], columns[5]), one
        sets = {frozenset(changes[c] for c in chosen) for chosen in one["undo"]["sets"]}
        assert one["undo"]["not_decided"] is None
        assert sets == mixtures.smallest(one["audit_id"]), one
        assert one["undo"]["sets_as_small"] == len(sets)
        sizes[len(next(iter(sets)))] += 1
    return sizes


def main():
    assay = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        plugins = folder / "plugins"
        plugins.mkdir(mode=0o755)
        for file in ("plans.so", "plans.ini"):  # no others may write them, whatever the umask was
            shutil.copy(pathlib.Path(sys.argv[2]) / file, plugins)
            (plugins / file).chmod(0o755)
        alone = check(assay, folder, plugins, [])
        both = check(assay, folder, plugins, EDITS)
    print(f"moved by the build: {dict(alone)}; by build and rubric, changes to undo: {dict(both)}")
    assert max(both) > 1  # some need more than one change undone


if __name__ == "__main__":
    main()
