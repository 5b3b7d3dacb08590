"""What lint says of a rubric against trying every record, by the reference grader.

    proofs.py ASSAY COUNT [FIRST]

COUNT rubrics by chance, from seed FIRST (1 without it), of three to six criteria that are hard to reason about:
fields that several of them read, bands that turn round, overlap or leave single numbers out, dates,
percentages, weights of 0 or all alike, limits that cannot be met, missing evidence with and without a
level. Every record that their fields can make is graded by grade.py, and what lint says must be just what
those records show.
"""

import itertools
import json
import pathlib
import random
import subprocess
import sys
import tempfile
from fractions import Fraction

import grade

SOURCE = pathlib.Path(__file__).resolve().parents[2]
LEVELS = ["inadequate", "requires_improvement", "good", "outstanding"]
START = "2026-06-03"


# ---- Rubrics by chance ---------------------------------------------------------


def bands(chance, whole):
    """Of two to four; in order, backwards, or any."""
    count = chance.randint(2, 4)
    part = 1 if whole or chance.random() < .6 else chance.choice([2, 10])
    bounds = [Fraction(chance.randint(0, 60 if part > 2 else 12), part) for _ in range(count)]
    levels = [chance.choice(LEVELS) for _ in range(count)]
    signs = [chance.choice(["<=", "<", ">=", ">"]) for _ in range(count)]
    if chance.random() < .5:
        bounds.sort()
        levels.sort(key=LEVELS.index, reverse=True)
        signs = [chance.choice(["<=", "<"])] * count
    if chance.random() < .2:
        bounds.sort(reverse=True)
        signs = [chance.choice([">=", ">"])] * count
    made = [f"{level} {sign} {float(bound):g}"
            for level, sign, bound in zip(levels, signs, bounds)]
    if chance.random() < .8:
        made.append(chance.choice(LEVELS))
    return ", ".join(made)


def criterion(chance, number, kinds):
    measure = chance.choice(["rating", "rating", "yes_no", "number", "number", "days"])
    lines = [f"[criterion.c{number}]", f"measure = {measure}"]
    weight = chance.choice(kinds)
    if weight != 1:
        lines.append(f"weight = {weight}")
    if measure == "days":
        lines += ["from = day_from", f"to = day_{chance.choice('ab')}",
                  f"bands = {bands(chance, True)}"]
    elif measure == "number":
        lines += [f"field = number_{chance.choice('ab')}", f"bands = {bands(chance, False)}"]
    elif measure == "yes_no":
        lines += [f"field = flag_{chance.choice('ab')}", f"yes = {chance.choice(LEVELS)}",
                  f"no = {chance.choice(LEVELS)}"]
    if chance.random() < .3:
        lines.append(f"missing = {chance.choice(LEVELS)}")
    if chance.random() < .3:
        lines.append("critical = yes")
    if chance.random() < .4:
        lines.append(f"limit = {chance.choice(LEVELS)} -> {chance.choice(LEVELS)}")
    if chance.random() < .25:
        lines.append("applies_if = kind is " + chance.choice(["x", "y", "not x", "x | y"]))
    return lines


def rubric(seed):
    chance = random.Random(seed)
    lines = ["[rubric]", "id = r", "version = 1", "title = R", "practice_area = made",
             "effective_from = 2026-04-01", "[judgement]",
             f"min_coverage = {chance.choice([0, 50, 60, 100])}"]
    if chance.random() < .6:
        thresholds = sorted(chance.sample(range(1001, 4001, 1 if chance.random() < .5 else 125), 3))
        lines += [f"{level} = {bound // 1000}.{bound % 1000:03}"
                  for level, bound in zip(LEVELS[1:], thresholds)]
    if chance.random() < .4:
        lines.append("monotone = no")
    for of in range(1, 4):
        keys = [f"max_{level} = {chance.randint(0, 2)}" for level in LEVELS if chance.random() < .25]
        lines += [f"[judgement.{LEVELS[of]}]", *keys] if keys else []
    kinds = chance.choice([[1], [0, 1, 2, 3], [1, 1, 2, 1000], [0, 7, 7]])
    for number in range(chance.choice([1, 3, 3, 4, 4, 5, 6])):
        lines += criterion(chance, number, kinds)
    return "\n".join(lines) + "\n"


# ---- Every record --------------------------------------------------------------


def numbers_round(rubric, field):
    """Each bound of the bands that read a field, what lies between two of them, and beyond."""
    bounds = {Fraction(0)}
    for asked in rubric.criteria:
        if field in (asked.field, asked.end):
            bounds |= {bound for _, _, bound in asked.bands if bound is not None}
    bounds = sorted(bounds)
    return bounds + [(a + b) / 2 for a, b in zip(bounds, bounds[1:])] + [bounds[-1] + 1]


def cells(rubric, field, measure):
    absent = ["", "n/a"]
    if measure == "rating":
        return LEVELS + absent
    if measure == "yes_no":
        return ["yes", "no"] + absent
    if measure == "number":
        return [f"{float(n):.9g}" for n in numbers_round(rubric, field)] + absent
    if field == "day_from":
        return [START] + absent
    start = grade.read_date(START)
    days = {round(n) + by for n in numbers_round(rubric, field) for by in (-1, 0, 1)}
    return [(start + grade.datetime.timedelta(n)).isoformat() for n in sorted(days) if n >= 0] + absent


def every_vector(rubric):
    """Every way in which the criteria can be rated together."""
    fields = {}
    for asked in rubric.criteria:
        for field in ([asked.start, asked.end] if asked.measure == "days" else [asked.field]):
            fields[field] = cells(rubric, field, asked.measure)
        if asked.applies:
            fields["kind"] = ["x", "y", "z"]
    # criteria that share no field, and share none with others that do, are rated independently
    parts = []
    for asked in rubric.criteria:
        reads = {asked.start, asked.end} if asked.measure == "days" else {asked.field}
        reads |= {"kind"} if asked.applies else set()
        together = [part for part in parts if part[0] & reads]
        for part in together:
            parts.remove(part)
            reads |= part[0]
        parts.append((reads, [*(c for part in together for c in part[1]), asked]))
    ways = []
    for reads, criteria in parts:
        reads = sorted(reads)
        found = set()
        for values in itertools.product(*(fields[field] for field in reads)):
            record = dict(zip(reads, values))
            try:
                found.add(tuple(asked.rating(lambda name: record.get(name, ""))
                                for asked in criteria))
            except grade.Invalid:
                pass
        ways.append([dict(zip((c.id for c in criteria), way)) for way in found])
    for combination in itertools.product(*ways):
        rated = {key: value for part in combination for key, value in part.items()}
        yield tuple(rated[asked.id] for asked in rubric.criteria)


# ---- What they show ------------------------------------------------------------


class Shown:
    def __init__(self, rubric):
        self.rubric = rubric
        self.vectors = {vector: self.judged(vector) for vector in every_vector(rubric)}

    def judged(self, vector):
        """The level; None where it is not graded."""
        judgement = self.rubric.judge(vector)[0]
        return LEVELS.index(judgement) if judgement in LEVELS else None

    def matters(self):
        """Whether the rubric, edited since, judges any record otherwise that it graded and grades."""
        return any(before is not None and (after := self.judged(vector)) is not None
                   and before != after for vector, before in self.vectors.items())

    def reachable(self):
        return {level for level in self.vectors.values() if level is not None}

    def dead_thresholds(self):
        dead = 0
        thresholds = self.rubric.thresholds
        for level in sorted(self.reachable() - {0}):
            was = thresholds[level]
            thresholds[level] = thresholds.get(level + 1, Fraction(10))
            higher = self.matters()
            thresholds[level] = thresholds.get(level - 1, Fraction(1))
            dead += not (higher and self.matters())
            thresholds[level] = was
        return dead

    def dead_requirements(self):
        dead = 0
        for asked in self.rubric.requirements.values():
            for one in list(asked):
                place = asked.index(one)
                asked.remove(one)
                dead += not self.matters()
                asked.insert(place, one)
        return dead

    def dead_limits(self):
        dead = 0
        for asked in self.rubric.criteria:
            for place, one in enumerate(list(asked.limits)):
                del asked.limits[place]
                dead += not self.matters()
                asked.limits.insert(place, one)
        return dead

    def dead_weights(self):
        dead = set()
        for asked in self.rubric.criteria:
            was, asked.weight = asked.weight, 0
            if was > 0 and not self.matters():
                dead.add(asked.id)
            asked.weight = was
        return dead if sum(c.weight > 0 for c in self.rubric.criteria) > 1 else set()

    def steps(self):
        """Pairs of records that are alike but for one rating: lower, higher, and whether they are one step
        apart among those that the criterion can have."""
        for place in range(len(self.rubric.criteria)):
            levels = sorted({v[place] for v in self.vectors if isinstance(v[place], int)})
            for vector, low in self.vectors.items():
                if not isinstance(vector[place], int) or low is None:
                    continue
                for level in levels[levels.index(vector[place]) + 1:]:
                    raised = vector[:place] + (level,) + vector[place + 1:]
                    if (high := self.vectors.get(raised)) is not None:
                        yield low, high, levels.index(level) == levels.index(vector[place]) + 1

    def most_missing(self):
        return max((sum(r == grade.MISSING and c.weight > 0
                        for r, c in zip(vector, self.rubric.criteria))
                    for vector, level in self.vectors.items() if level is not None), default=0)

    def disarmed(self):
        found = set()
        for place, asked in enumerate(self.rubric.criteria):
            caps = [min([most for at, most in asked.limits if v[place] <= at], default=3)
                    for v in self.vectors if isinstance(v[place], int)]
            if caps and any(v[place] == grade.MISSING and level is not None and level > min(caps)
                            for v, level in self.vectors.items()):
                found.add(asked.id)
        return found


def band_faults(asked):
    """Whether bands leave a gap, how many are dead, and whether they turn round."""
    bounds = sorted({bound for _, _, bound in asked.bands if bound is not None} | {Fraction(0)})
    if asked.measure == "days":
        tried = sorted({round(b) + by for b in bounds for by in (-1, 0, 1) if round(b) + by >= 0})
    else:
        tried = sorted(bounds + [(a + b) / 2 for a, b in zip(bounds, bounds[1:])] + [bounds[-1] + 1])
    taken, levels, gap = set(), [], False
    for number in tried:
        for place, band in enumerate(asked.bands):
            alone, asked.bands[:] = list(asked.bands), [band]
            try:
                level = asked.from_bands(Fraction(number))
            except grade.Invalid:
                level = None
            asked.bands[:] = alone
            if level is not None:
                taken.add(place)
                levels.append(level)
                break
        else:
            gap = True
    ups = any(a < b for a, b in zip(levels, levels[1:]))
    downs = any(a > b for a, b in zip(levels, levels[1:]))
    return gap, len(asked.bands) - len(taken), ups and downs


# ---- Against what lint says ----------------------------------------------------


def named(findings, kind):
    """The criteria named in a list: "...: c0 (critical), c1; ..."."""
    for one in findings:
        if one["kind"] == kind:
            return {word.split()[0] for word in one["text"].split(": ")[1].split(";")[0].split(", ")}
    return set()


def compare(said, rubric):
    """What differs, a line each."""
    shown = Shown(rubric)
    findings = said["findings"]

    def count(kind):
        return sum(one["kind"] == kind for one in findings)

    def check(what, got, wanted):
        if got != wanted:
            yield f"{what}: lint says {got}, every record {wanted}"

    faults = [band_faults(c) for c in rubric.criteria if c.bands]
    yield from check("dead bands", count("dead_band"), sum(dead for _, dead, _ in faults))
    yield from check("bands that turn", count("band_order"), sum(turn for _, _, turn in faults))
    gaps = {one["text"].split(":")[0] for one in findings if one["kind"] == "band_gap"}
    yield from check("gaps", gaps, {c.id for c in rubric.criteria if c.bands and band_faults(c)[0]})
    if not any(c.weight > 0 for c in rubric.criteria):
        yield from check("no weight", count("no_weight"), 1)
        return
    yield from check("undecided", count("undecided"), 0)
    if not said["every_way_tried"]:
        return
    yield from check("reachable", {LEVELS.index(l) for l in said["reachable"]}, shown.reachable())
    yield from check("dead thresholds", count("dead_threshold"), shown.dead_thresholds())
    yield from check("dead requirements", count("dead_requirement"), shown.dead_requirements())
    yield from check("dead limits", count("dead_limit"), shown.dead_limits())
    dead = {one["text"].split(":")[0] for one in findings if one["kind"] == "dead_weight"}
    yield from check("dead weights", dead, shown.dead_weights())
    steps = list(shown.steps())
    yield from check("monotone", said["monotone"], not any(high < low for low, high, _ in steps))
    moved = max((abs(high - low) for low, high, next_to in steps if next_to), default=0)
    yield from check("most moved", said["most_moved"], moved)
    yield from check("most missing", said["most_missing"], shown.most_missing())
    yield from check("disarmed", named(findings, "blank_disarms"), shown.disarmed())
    for one in findings:
        for example in one["examples"]:
            vector = tuple(LEVELS.index(word) if word in LEVELS else word
                           for word in (example["ratings"][c.id] for c in rubric.criteria))
            level = shown.vectors.get(vector)
            yield from check(f"example of {one['kind']}", example["judgement"],
                             LEVELS[level] if level is not None else "no record")


def main():
    assay, count = sys.argv[1], int(sys.argv[2])
    first = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    calendar = grade.Calendar((SOURCE / "rubrics/calendars/england.ini").read_text(encoding="utf-8"))
    wrong = compared = 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(first, first + count):
            path = pathlib.Path(folder, "r.ini")
            path.write_text(rubric(seed), encoding="utf-8")
            done = subprocess.run([assay, "rubric", "lint", "--json", path], capture_output=True,
                                  text=True)
            said = json.loads(done.stdout)[0]
            if not said["usable"]:
                print(f"{seed}: refused\n{done.stderr}")
                wrong += 1
                continue
            compared += said.get("every_way_tried", True)
            for line in compare(said, grade.Rubric(rubric(seed), {calendar.id: calendar})):
                print(f"{seed}: {line}")
                wrong += 1
    print(f"{count} rubrics, {compared} of them whole: {wrong} differences")
    return 1 if wrong or compared < count / 2 else 0


if __name__ == "__main__":
    sys.exit(main())
