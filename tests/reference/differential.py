"""Holds the command against the reference grader over random rubrics and records.

    differential.py ASSAY [--cases N] [--seed S] [--keep FOLDER]

Each case is one rubric of built-in measures and one file of records. Every column but `detail`
must agree, to the last record; of a rejected record, its status. Both see the same bytes.
"""

import argparse
import csv
import datetime
import io
import os
import pathlib
import random
import subprocess
import sys
import tempfile

import grade

SOURCE = pathlib.Path(__file__).resolve().parents[2]
CALENDAR = SOURCE / "rubrics/calendars/england.ini"
OFSTED = ["inadequate", "requires_improvement", "good", "outstanding"]
OWN = ["not_met", "partly_met", "mostly_met", "met", "exceeded", "level_six", "level_seven",
       "level_eight", "level_nine"]
MISSING = ["", "  ", "missing", "Not Recorded", "not evidenced", "NULL", "-", " - "]
NOT_APPLICABLE = ["n/a", "NA", "Not applicable", " N/A "]
AREAS = ["", "assessments", "Plans"]


class Case:
    """One random rubric, and records for it."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.chance = lambda share: self.random.random() < share
        self.lines = []
        self.fields = {}  # field: kind of values
        self.own_scale = self.chance(0.35)
        self.levels = OWN[:self.random.randint(2, 9)] if self.own_scale else OFSTED
        self.numbers = self.random.choice([None, None, "best_is_1", "worst_is_1"])
        self.spellings = {level: [] for level in self.levels}
        self.mess = self.random.choice([0, 0, 0.002, 0.01, 0.05])
        self.blank = self.random.choice([0, 0.05, 0.2, 0.5])
        self.delimiter = self.random.choice(",,,;\t")
        self.make_rubric()

    def calendar(self):
        """A calendar with some holidays of its own."""
        first = datetime.date(2015, 1, 1)
        days = {first + datetime.timedelta(days=self.random.randint(0, 7000)) for _ in range(400)}
        listed = "\n".join(f"{day} = A day off" for day in sorted(days))
        return ("[calendar]\nid = own_days\ntitle = Own days\nfirst = 2015-01-01\n"
                f"last = 2036-12-31\n\n[holidays]\n{listed}\n")

    def say(self, key, value):
        padding = " " * self.random.randint(0, 6)
        self.lines.append(f"{key}{padding} = {value}")

    def section(self, name):
        self.lines += ["", f"[{name}]"]
        if self.chance(0.1):
            self.lines.append("# a comment of the rubric's author")

    def make_rubric(self):
        self.section("rubric")
        self.say("id", "made")
        self.say("version", self.random.choice(["1", "2026.1", "1.0-draft"]))
        self.say("title", "A made rubric")
        self.say("practice_area", "made")
        self.say("effective_from", "2020-01-01")
        self.make_scale()
        self.make_judgement()
        for number in range(self.random.randint(1, 12)):
            self.make_criterion(f"c{number}" if self.chance(0.7) else f"question_{number}_of_all")

    def make_scale(self):
        if self.own_scale or self.numbers:
            self.section("scale")
            if self.own_scale:
                self.say("levels", ", ".join(self.levels))
            if self.numbers:
                self.say("numbers", self.numbers)
        if self.chance(0.3):
            self.section("scale.labels")
            for n, level in enumerate(self.levels):
                self.say(level, f"Label of step {n + 1}")
                self.spellings[level].append(f"Label of step {n + 1}")
        if self.chance(0.4):
            self.section("scale.aliases")
            for n, level in enumerate(self.levels):
                aliases = [f"Other {n}", f"word-{n} here", f"x{n}"][:self.random.randint(1, 3)]
                self.say(level, " | ".join(aliases))
                self.spellings[level] += aliases

    def make_judgement(self):
        self.overall = not self.chance(0.1)
        if self.overall and self.chance(0.6):
            self.section("judgement")
            count = len(self.levels)
            steps = sorted(self.random.sample(range(1000, 1000 * count + 1), count - 1))
            for level, step in zip(self.levels[1:], steps):
                self.say(level, f"{step // 1000}.{step % 1000:03d}".rstrip("0").rstrip("."))
            self.say("min_coverage", self.random.choice([0, 25, 50, 60, 75, 100]))
        elif not self.overall:
            self.section("judgement")
            self.say("overall", "no")
            self.say("min_coverage", self.random.choice([0, 40, 60]))
        if self.overall:
            for level in self.levels[1:]:
                if self.chance(0.5):
                    self.section("judgement." + level)
                    count = self.random.randint(1, len(self.levels))
                    for other in self.random.sample(self.levels, count):
                        self.say("max_" + other, self.random.randint(0, 4))

    def bands(self):
        levels, kind = list(reversed(self.levels)), self.random.choice(["<=", "<", ">=", ">"])
        if self.chance(0.2):
            levels = self.random.sample(levels, self.random.randint(1, len(levels)))
        places = self.random.choice([0, 0, 1, 2])
        bounds = sorted({self.random.randint(0, 60 * 10**places) for _ in levels},
                        reverse=kind in (">=", ">"))
        parts = [f"{level} {kind} {bound / 10**places:.{places}f}"
                 for level, bound in zip(levels, bounds)]
        if self.chance(0.93):
            last = self.levels[0] if len(parts) != 1 else self.random.choice(self.levels)
            parts = parts[:-1] + [last] if len(parts) > 1 else parts + [last]
        return ", ".join(parts)

    def make_criterion(self, name):
        self.section("criterion." + name)
        if self.chance(0.5):
            self.say("question", "Is it as it should be, for this child?")
            if self.chance(0.3):
                self.lines.append("    And is that so throughout?")
        measure = self.random.choice(["rating"] * 4 + ["yes_no", "number", "days", "working_days"])
        self.say("measure", measure)
        if measure in ("days", "working_days"):
            ends = [f"day_{self.random.randint(0, 4)}" for _ in range(2)]
            if self.chance(0.9):
                ends.sort()
            self.say("from", ends[0])
            self.say("to", ends[1])
            self.fields |= {end: "date" for end in ends}
            if measure == "working_days" and self.chance(0.5):
                self.say("calendar", self.random.choice(["england", "own_days"]))
        elif self.chance(0.3):
            field = f"{measure}_{self.random.randint(0, 2)}"
            self.say("field", field)
            self.fields[field] = measure
        else:
            self.fields[name] = measure
        if measure in ("number", "days", "working_days"):
            self.say("bands", self.bands())
        if measure == "yes_no" and self.chance(0.5):
            self.say("yes", self.random.choice(self.levels))
            self.say("no", self.random.choice(self.levels))
        if self.chance(0.6):
            self.say("weight", self.random.choice([0, 1, 1, 2, 3, 7, 100, 1000]))
        if self.chance(0.4):
            self.say("missing", self.random.choice(["ignore"] + self.levels))
        if self.chance(0.2):
            self.say("applies_if", self.random.choice(
                ["kind is", "kind is not", "other_kind is", "other_kind is not"]) + " " +
                " | ".join(self.random.sample(["baby", "Young Person", "yes", "n/a", "unborn"],
                                              self.random.randint(1, 3))))
            self.fields |= {"kind": "choice", "other_kind": "choice"}
        self.make_limits()

    def make_limits(self):
        if self.chance(0.15):
            self.say("critical", "yes")
        elif self.chance(0.3):
            count = self.random.randint(1, min(2, len(self.levels) - 1))
            at = sorted(self.random.sample(self.levels[:-1], count), key=self.levels.index)
            most = sorted((self.random.choice(self.levels[:-1]) for _ in at),
                          key=self.levels.index)
            self.say("limit", ", ".join(f"{a} -> {m}" for a, m in zip(at, most)))

    # ---- Records ---------------------------------------------------------------

    def spelt(self, text):
        text = self.random.choice([text, text, text.upper(), text.title(), text.capitalize()])
        return self.random.choice([text, text, text, f" {text}", f"{text}  ", f"\t{text}"])

    def rating(self):
        level = self.random.choice(self.levels)
        ways = [level, level.replace("_", " "), level.replace("_", "-")] + self.spellings[level]
        if not self.own_scale:
            ways += {"outstanding": ["O"], "good": ["G"], "inadequate": ["I"],
                     "requires_improvement": ["RI", "RI2BG", "Requires improvement to be good"],
                     }[level]
        if self.numbers:
            ways.append(str(self.random.randint(1, len(self.levels))))
        return self.random.choice(ways)

    def date(self, field, near):
        """A day near the record's own; the fields' days mostly rise with their numbers."""
        months = grade.MONTHS
        own = datetime.date(2016, 1, 1) + datetime.timedelta(days=near)
        made = own + datetime.timedelta(days=25 * int(field[-1]) + self.random.randint(0, 27))
        year, month, day = made.year, made.month, made.day
        form = self.random.choice([
            f"{year}-{month:02d}-{day:02d}", f"{day:02d}/{month:02d}/{year}",
            f"{day:02d}/{month:02d}/{year % 100:02d}",
            f"{day:02d}-{months[month - 1][:3]}-{year}", f"{day:02d} {months[month - 1]} {year}"])
        return form + self.random.choice(["", "", "", " 00:00", " 14:30:00", "T09:15:00"])

    def number(self):
        return self.random.choice([
            str(self.random.randint(0, 65)), f"{self.random.randint(0, 600) / 10:.1f}",
            f"{self.random.randint(0, 100)}%", f"1,{self.random.randint(0, 999):03d}",
            f"{self.random.randint(0, 6500) / 100:.2f}"])

    def wrong(self):
        return self.random.choice(["Goood", "31/02/2026", "2026-13-01", "yess", "12 or so", "?",
                                   "tbc", "29/02/2025", "1.2.3", "good/RI", "0x10", "1e3", "nan",
                                   "32-Jan-2026", "inf", "2009-06-01", "01/01/2036"])

    def cell(self, field, kind, near):
        if self.chance(self.mess):
            return self.wrong()
        if self.chance(self.blank):
            return self.random.choice(MISSING)
        if self.chance(0.05):
            return self.random.choice(NOT_APPLICABLE)
        if kind == "choice":
            return self.spelt(self.random.choice(["baby", "young person", "yes", "unborn", "none"]))
        if kind == "date":
            return self.date(field, near)
        if kind == "number":
            return self.number()
        if kind == "yes_no":
            return self.spelt(self.random.choice("yes y true 1 no n false 0".split()))
        return self.spelt(self.rating())

    def records(self, count):
        fields = list(self.fields)
        if len(fields) > 1 and self.chance(0.1):
            fields.pop()  # a field that the file does not have
        columns = ["audit_id", "practice_area", *fields, "comment"]
        if self.chance(0.3):
            self.random.shuffle(columns)
        out = io.StringIO()
        out.write(self.random.choice(["", "", "\ufeff"]))
        writer = csv.writer(out, delimiter=self.delimiter,
                            lineterminator=self.random.choice(["\n", "\r\n"]))
        heads = [self.random.choice([c, c, c.upper(), c.replace("_", " ")]) for c in columns]
        writer.writerow(heads)
        area = self.random.choice(AREAS)
        for number in range(count):
            near = self.random.randint(0, 6500)
            cells = {field: self.cell(field, kind, near) for field, kind in self.fields.items()}
            cells |= {"audit_id": f"AU-{number:04d}", "practice_area": area,
                      "comment": self.random.choice(["", "seen", "a, b", "two\nlines", 'a "word"'])}
            writer.writerow([cells[column] for column in columns])
        return out.getvalue()


def rows_of(text):
    return list(csv.reader(io.StringIO(text, newline="")))


def compared(row):
    """What two graders must agree on."""
    status = grade.HEADER.index("status")
    if row[status] == "rejected":
        return row[:5] + ["rejected"]
    return row[:status + 1] + row[status + 2:]


def run_case(seed, assay, folder, calendars):
    """None where both agree; else what differs."""
    case = Case(seed)
    rubric_text, calendar_text = "\n".join(case.lines) + "\n", case.calendar()
    calendars = calendars | {"own_days": grade.Calendar(calendar_text)}
    (folder / "calendars").mkdir(exist_ok=True)
    (folder / "calendars/own_days.ini").write_text(calendar_text, encoding="utf-8")
    records = case.records(case.random.choice([1, 12, 60, 200]))
    (folder / "made.ini").write_text(rubric_text, encoding="utf-8")
    (folder / "made.csv").write_text(records, encoding="utf-8", newline="")
    expected = grade.grade_file(grade.Rubric(rubric_text, calendars), records.lstrip("\ufeff"),
                                True, case.delimiter)
    rejected = any("rejected" in row for row in expected[1:])

    done = subprocess.run([assay, "grade", "--rubric-path", ".", "--rubric", "made.ini", "--format",
                           "csv", "--ratings", "made.csv"],
                          cwd=folder, capture_output=True, check=False)
    if done.returncode != (1 if rejected else 0):
        return f"exit status {done.returncode}: {done.stderr.decode(errors='replace')[:2000]}"
    got = rows_of(done.stdout.decode("utf-8"))
    if got[0] != expected[0]:
        return f"header\nexpected {expected[0]}\ngot      {got[0]}"
    for wanted, row in zip(expected[1:], got[1:]):
        if compared(wanted) != compared(row):
            return f"line {wanted[0]}\nexpected {wanted}\ngot      {row}"
    if len(got) != len(expected):
        return f"{len(expected) - 1} records expected, {len(got) - 1} got"
    return None


def main():
    options = argparse.ArgumentParser()
    options.add_argument("assay")
    options.add_argument("--cases", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", help="folder for the rubric and records of a case that differs")
    asked = options.parse_args()
    calendar = grade.Calendar(CALENDAR.read_text(encoding="utf-8"))
    assay = os.path.abspath(asked.assay)
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        for seed in range(asked.seed, asked.seed + asked.cases):
            fault = run_case(seed, assay, pathlib.Path(name), {calendar.id: calendar})
            if fault:
                failed += 1
                print(f"case {seed}: {fault}")
                if asked.keep:
                    kept = pathlib.Path(asked.keep)
                    kept.mkdir(parents=True, exist_ok=True)
                    for made in pathlib.Path(name).glob("made.*"):
                        (kept / f"{seed}-{made.name}").write_bytes(made.read_bytes())
    print(f"{asked.cases - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
