"""A reference grader: the specification says what a grade is; this does it, slowly and plainly.

    grade.py RUBRIC.ini CALENDAR.ini FILE.csv [--ratings]

Written from the specification (docs/grading.md) alone, to be compared with the command. It checks
no rubric for faults, and knows the built-in measures only. Numbers in comments are sections of
the specification.
"""

import csv
import datetime
import io
import re
import sys
from fractions import Fraction

MISSING, NOT_APPLICABLE = "missing", "not_applicable"
MISSING_WORDS = {"", "missing", "not recorded", "not evidenced", "null", "-"}
NOT_APPLICABLE_WORDS = {"n/a", "na", "not applicable"}
MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september",
          "october", "november", "december"]
TIME = r"(?:[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"

HEADER = ["line", "audit_id", "practice_area", "rubric", "version", "judgement", "score", "margin",
          "coverage", "base", "limited_by", "failed_requirements", "status", "detail"]


class Invalid(Exception):
    """The record is rejected (3)."""


# ---- INI (7) -------------------------------------------------------------------


def read_ini(text):
    """Sections in file order, each a dictionary in key order."""
    sections, section, key = {}, None, None
    for line in text.splitlines():
        if not line.strip() or line.lstrip()[0] in "#;":
            continue
        if line.startswith("["):
            section = sections.setdefault(line.strip()[1:-1], {})
        elif line[0].isspace():
            section[key] += " " + line.strip()
        else:
            key, _, value = (part.strip() for part in line.partition("="))
            section[key] = value
    return sections


class Calendar:
    """Working days (4)."""

    def __init__(self, text):
        sections = read_ini(text)
        day = datetime.date.fromisoformat
        self.id = sections["calendar"]["id"]
        self.first = day(sections["calendar"]["first"])
        self.last = day(sections["calendar"]["last"])
        self.holidays = {day(text) for text in sections["holidays"]}

    def working_days(self, start, end):
        if min(start, end) < self.first or max(start, end) > self.last:
            raise Invalid("outside the calendar")
        days = (start + datetime.timedelta(n) for n in range(1, (end - start).days + 1))
        return sum(day.weekday() < 5 and day not in self.holidays for day in days)


# ---- Scale (2) -----------------------------------------------------------------


def name_of(text):
    """Letter case apart, and spaces, hyphens and underscores alike."""
    return re.sub(r"[\s_-]+", "_", text.strip().casefold())


class Scale:
    def __init__(self, sections):
        own = sections.get("scale", {})
        self.levels = ["inadequate", "requires_improvement", "good", "outstanding"]
        extra = {"requires_improvement": ["Requires improvement to be good", "RI", "RI2BG"],
                 "outstanding": ["O"], "good": ["G"], "inadequate": ["I"]}
        if "levels" in own:
            self.levels = [level.strip() for level in own["levels"].split(",")]
            extra = {}
        self.spellings = {name_of(level): n for n, level in enumerate(self.levels)}
        for level, spellings in extra.items():
            self.spellings |= {name_of(text): self.levels.index(level) for text in spellings}
        for level, text in sections.get("scale.labels", {}).items():
            self.spellings[name_of(text)] = self.levels.index(level)
        for level, texts in sections.get("scale.aliases", {}).items():
            for text in texts.split("|"):
                self.spellings[name_of(text)] = self.levels.index(level)
        count = len(self.levels)
        if own.get("numbers") == "worst_is_1":
            self.spellings |= {str(n + 1): n for n in range(count)}
        if own.get("numbers") == "best_is_1":
            self.spellings |= {str(n + 1): count - 1 - n for n in range(count)}

    def read(self, text):
        try:
            return self.spellings[name_of(text)]
        except KeyError:
            raise Invalid(text) from None


# ---- Values (3) ----------------------------------------------------------------


def read_flag(text):
    if text in ("yes", "y", "true", "1"):
        return True
    if text in ("no", "n", "false", "0"):
        return False
    raise Invalid(text)


def read_number(text):
    if not re.fullmatch(r"(\d+|\d{1,3}(,\d{3})+)(\.\d+)?%?", text):
        raise Invalid(text)
    return Fraction(text.replace(",", "").rstrip("%"))


def read_date(text):
    if match := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)" + TIME, text, re.IGNORECASE):
        year, month, day = match.groups()
    elif match := re.fullmatch(r"(\d\d)/(\d\d)/(\d{4}|\d\d)" + TIME, text, re.IGNORECASE):
        day, month, year = match.groups()
    elif match := re.fullmatch(r"(\d\d)[- ]([a-z]+)[- ](\d{4})" + TIME, text, re.IGNORECASE):
        day, word, year = match.groups()
        months = [n + 1 for n, name in enumerate(MONTHS) if word in (name, name[:3])]
        month = months[0] if months else 0
    else:
        raise Invalid(text)
    try:
        return datetime.date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        raise Invalid(text) from None


def read_value(text, read):
    """The value of a cell, or MISSING or NOT_APPLICABLE."""
    text = text.strip().casefold()
    if text in MISSING_WORDS:
        return MISSING
    if text in NOT_APPLICABLE_WORDS:
        return NOT_APPLICABLE
    return read(text)


# ---- Criteria (4, 5) -----------------------------------------------------------


class Criterion:
    def __init__(self, name, keys, scale, calendars):
        self.id, self.scale = name, scale
        self.measure = keys["measure"]
        self.field = keys.get("field", name)
        self.start, self.end = keys.get("from"), keys.get("to")
        self.calendar = calendars[keys.get("calendar", "england")]
        self.weight = int(keys.get("weight", "1"))
        level = scale.levels.index
        self.yes = level(keys["yes"]) if "yes" in keys else len(scale.levels) - 2
        self.no = level(keys["no"]) if "no" in keys else 0
        missing = keys.get("missing", "ignore")
        self.if_missing = MISSING if missing == "ignore" else level(missing)
        self.bands = [self.read_band(band) for band in keys.get("bands", "").split(",") if band]
        limits = [limit.split("->") for limit in keys.get("limit", "").split(",") if limit]
        self.limits = [(level(at.strip()), level(most.strip())) for at, most in limits]
        if keys.get("critical") == "yes":
            self.limits.append((0, 0))
        self.applies = None
        if "applies_if" in keys:
            field, is_not, values = re.fullmatch(r"(\w+)\s+is\s+(not\s+)?(.*)",
                                                 keys["applies_if"]).groups()
            self.applies = (field, bool(is_not),
                            {value.strip().casefold() for value in values.split("|")})

    def read_band(self, text):
        level, operator, bound = re.fullmatch(r"\s*(\w+)(?:\s*(<=|<|>=|>)\s*(\S+))?\s*",
                                              text).groups()
        return self.scale.levels.index(level), operator, Fraction(bound) if bound else None

    def from_bands(self, number):
        for level, operator, bound in self.bands:
            if {None: True, "<=": bound is not None and number <= bound,
                    "<": bound is not None and number < bound,
                    ">=": bound is not None and number >= bound,
                    ">": bound is not None and number > bound}[operator]:
                return level
        raise Invalid(number)

    def days_between(self, record):
        start, end = (read_value(record(field), read_date) for field in (self.start, self.end))
        for value in (start, end):
            if self.measure == "working_days" and isinstance(value, datetime.date):
                self.calendar.working_days(value, value)
        for absent in (MISSING, NOT_APPLICABLE):  # in the order in which 4 names them
            if absent in (start, end):
                return absent
        if end < start:
            raise Invalid("ends before it starts")
        if self.measure == "working_days":
            return self.calendar.working_days(start, end)
        return (end - start).days

    def rating(self, record):
        """A level's index, MISSING or NOT_APPLICABLE."""
        if self.applies:
            field, is_not, values = self.applies
            if (record(field).strip().casefold() in values) == is_not:
                return NOT_APPLICABLE
        if self.measure == "rating":
            value = read_value(record(self.field), self.scale.read)
        elif self.measure == "yes_no":
            value = read_value(record(self.field), read_flag)
        elif self.measure == "number":
            value = read_value(record(self.field), read_number)
        else:
            value = self.days_between(record)
        if value == NOT_APPLICABLE:
            return value
        if value == MISSING:
            return self.if_missing
        if self.measure == "rating":
            return value
        if self.measure == "yes_no":
            return self.yes if value else self.no
        return self.from_bands(value)


# ---- Judgement (6) -------------------------------------------------------------


def thousandths(fraction):
    """Three decimals, half up."""
    whole = (fraction * 1000 + Fraction(1, 2)).__floor__()
    return f"{whole // 1000}.{whole % 1000:03d}"


class Rubric:
    def __init__(self, text, calendars):
        sections = read_ini(text)
        self.keys = sections["rubric"]
        self.scale = Scale(sections)
        self.criteria = [Criterion(name.removeprefix("criterion."), keys, self.scale, calendars)
                         for name, keys in sections.items() if name.startswith("criterion.")]
        judgement = sections.get("judgement", {})
        self.overall = judgement.get("overall", "yes") == "yes"
        self.min_coverage = int(judgement.get("min_coverage", "60"))
        self.thresholds = {n: Fraction(judgement.get(level, Fraction(2 * n + 1, 2)))
                           for n, level in enumerate(self.scale.levels) if n > 0}
        self.requirements = {}
        for n, level in enumerate(self.scale.levels):
            keys = sections.get("judgement." + level, {})
            self.requirements[n] = [
                (key, self.scale.levels.index(key.removeprefix("max_")), int(most))
                for key, most in keys.items()]

    def judge(self, ratings):
        """The columns from judgement to status."""
        rated = [(c, r) for c, r in zip(self.criteria, ratings) if isinstance(r, int)]
        scored = [(c, r) for c, r in rated if c.weight > 0]
        weight = sum(c.weight for c, _ in scored)
        missing = sum(c.weight for c, r in zip(self.criteria, ratings) if r == MISSING)
        coverage = Fraction(100 * weight, weight + missing) if weight + missing else Fraction(0)
        shown = str(coverage.__floor__())
        if weight == 0 or coverage < self.min_coverage:
            return ["not_graded", "", "", shown, "", "", "", "insufficient_evidence"]
        if not self.overall:
            return ["none", "", "", shown, "", "", "", "graded"]

        score = Fraction(sum(c.weight * (r + 1) for c, r in scored), weight)
        margin = min(abs(score - threshold) for threshold in self.thresholds.values())
        base = max([0] + [n for n, threshold in self.thresholds.items() if threshold <= score])

        stepped, failed = base, []
        while failing := [key for key, counted, most in self.requirements[stepped]
                          if sum(r == counted for _, r in scored) > most]:
            failed += [f"{self.scale.levels[stepped]}:{key}" for key in failing]
            stepped -= 1

        caps = {c.id: min(most for at, most in c.limits if r <= at)
                for c, r in rated if any(r <= at for at, _ in c.limits)}
        judgement = min([stepped, *caps.values()])
        limited_by = [name for name, cap in caps.items() if cap == judgement < stepped]
        return [self.scale.levels[judgement], thousandths(score), thousandths(margin), shown,
                self.scale.levels[base], ";".join(limited_by), ";".join(failed), "graded"]

    def grade(self, record):
        """The columns from judgement to detail, and the ratings."""
        try:
            ratings = [criterion.rating(record) for criterion in self.criteria]
        except Invalid as fault:
            return ["not_graded", "", "", "", "", "", "", "rejected", str(fault)], None
        words = [r if isinstance(r, str) else self.scale.levels[r] for r in ratings]
        return self.judge(ratings) + [""], words


def grade_file(rubric, text, with_ratings, delimiter=","):
    """The rows of the output, its header first (9)."""
    header = HEADER + [f"rating.{criterion.id}" for criterion in rubric.criteria if with_ratings]
    rows, columns, line = [header], None, 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for cells in reader:
        start, line = line, reader.line_num + 1
        if not any(cell.strip() for cell in cells) and len(cells) < 2:
            continue
        if columns is None:
            columns = [name_of(cell) for cell in cells]
            continue
        values = dict(zip(columns, cells))

        def record(field, values=values):
            return values.get(name_of(field), "")

        graded, ratings = rubric.grade(record)
        area = record("practice_area").strip() or rubric.keys["practice_area"]
        row = [str(start), record("audit_id").strip(), area, rubric.keys["id"],
               rubric.keys["version"], *graded]
        if with_ratings:
            row += ratings or [""] * len(rubric.criteria)
        rows.append(row)
    return rows


def main():
    paths = [argument for argument in sys.argv[1:] if argument != "--ratings"]
    with open(paths[1], encoding="utf-8") as file:
        calendar = Calendar(file.read())
    with open(paths[0], encoding="utf-8") as file:
        rubric = Rubric(file.read(), {calendar.id: calendar})
    with open(paths[2], encoding="utf-8-sig", newline="") as file:
        rows = grade_file(rubric, file.read(), "--ratings" in sys.argv)
    csv.writer(sys.stdout, lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    main()
