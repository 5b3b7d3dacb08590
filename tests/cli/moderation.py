"""Seven months of examples/moderation: the figures of assay against those that this file reckons from
the spreadsheets by itself; and what must hold whatever the figures.

    moderation.py ASSAY
"""

import collections
import csv
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

LEVELS = ["inadequate", "requires_improvement", "good", "outstanding"]
NAMES = {level.replace("_", " "): rank for rank, level in enumerate(LEVELS)}
FOLDER = pathlib.Path(__file__).resolve().parents[2] / "examples/moderation"
assay = pathlib.Path(sys.argv[1]).resolve()


def run(work, command, *arguments, status=(0,)):
    ran = subprocess.run([assay, *command.split(), *arguments], cwd=work, capture_output=True,
                         text=True, encoding="utf-8")
    assert ran.returncode in status, (command, arguments, ran.returncode, ran.stderr)
    return ran.stdout


def rows(path):
    with open(path, newline="", encoding="utf-8-sig") as stream:
        return list(csv.DictReader(stream))


def october(work):
    """October, as docs/moderation.md has it."""
    run(work, "moderation sample --month 2026-10 --seed 10", status=(0, 1))
    run(work, "moderation pack --most 12 --output p.csv --moderator", "M. Osei")
    run(work, "moderation pack --output p.csv --moderator", "R. Patel")
    run(work, "moderation import", "returned/2026-10-pack-osei.csv")
    run(work, "moderation import", "returned/2026-10-pack-patel.csv")
    run(work, "moderation compare --output c.csv")
    run(work, "moderation import", "returned/2026-10-both-grades.csv")
    run(work, "moderation compare --output c.csv")
    run(work, "moderation import", "returned/2026-10-disputes.csv")


def auditor_grades(work):
    return {row["audit_id"]: NAMES[row["auditor_grade"].lower()]
            for area in ("supervision", "plans", "care_leavers", "children_in_care")
            for row in rows(work / f"{area}.csv")}


def moderator_grades(work):
    return {row["audit_id"]: NAMES[row["answer"].lower()]
            for pack in sorted((work / "returned").glob("*-pack*.csv"))
            for row in rows(pack) if row["question_id"] == "moderator.practice_grade"}


def picks(work):
    """Each pick of every draw: whether it was picked at random, and whether a rule named it. Drawing
    again says it all."""
    found = {}
    for line in run(work, "store export").splitlines():
        event = json.loads(line)
        if event["kind"] == "draw_member" and event["payload"]["picked"]:
            found[event["payload"]["audit_id"]] = (event["payload"]["picked_at_random"],
                                                   bool(event["payload"]["triggers"]))
    return found


def ordinal_alpha(pairs):
    """Krippendorff (2011), Computing Krippendorff's alpha-reliability, with two observers."""
    often = collections.Counter(grade for pair in pairs for grade in pair)
    total = sum(often.values())

    def distance(a, b):
        low, high = min(a, b), max(a, b)
        return (sum(often[g] for g in range(low, high + 1)) - (often[a] + often[b]) / 2) ** 2

    observed = sum(2 * distance(a, b) for a, b in pairs) / total
    expected = sum(often[a] * often[b] * distance(a, b) for a in often for b in often)
    return 1 - observed / (expected / (total * (total - 1)))


def linear_coefficients(pairs):
    """Gwet's AC2 and Brennan and Prediger's coefficient with linear weights, four levels."""
    weights = [[1 - abs(a - b) / 3 for b in range(4)] for a in range(4)]
    agreed = sum(weights[a][b] for a, b in pairs) / len(pairs)
    shares = [sum((a == g) + (b == g) for a, b in pairs) / (2 * len(pairs)) for g in range(4)]
    whole = sum(map(sum, weights))
    by_chance = whole / 12 * sum(share * (1 - share) for share in shares)
    return (agreed - by_chance) / (1 - by_chance), (agreed - whole / 16) / (1 - whole / 16)


def check_figures(told, pairs):
    assert told["n"] == len(pairs), (told["n"], len(pairs))
    table = [[sum(pair == (r, c) for pair in pairs) for c in range(4)] for r in range(4)]
    assert told["table"] == table, (told["table"], table)
    assert told["same"] == sum(a == b for a, b in pairs)
    assert told["within_one"] == sum(abs(a - b) <= 1 for a, b in pairs)
    assert told["first_higher"] == sum(a > b for a, b in pairs)
    assert told["first_lower"] == sum(a < b for a, b in pairs)
    assert abs(told["mean_shift"] - sum(a - b for a, b in pairs) / len(pairs)) < 1e-12
    alpha, (gwet, prediger) = ordinal_alpha(pairs), linear_coefficients(pairs)
    for name, value in (("krippendorff_alpha_ordinal", alpha), ("gwet_ac2_linear", gwet),
                        ("brennan_prediger_linear", prediger)):
        assert abs(told[name]["value"] - value) < 1e-12, (name, told[name], value)
        low, high = told[name]["interval"]
        assert low <= value <= high <= 1, (name, told[name])


def status(work, *arguments):
    return json.loads(run(work, "moderation status --format json", *arguments))


def check_picks(work, agreement, picked):
    """Status, agreement and estimate count picks alike."""
    at_random = sum(random for random, _ in picked.values())
    also = sum(random and named for random, named in picked.values())
    only = sum(not random for random, _ in picked.values())
    assert also > 0 and at_random + only == len(picked)
    all_of = status(work)["all"]
    assert [all_of[name] for name in ("picked", "picked_at_random", "also_triggered",
                                      "triggered_only")] == [len(picked), at_random, also, only]
    random = agreement["auditor_moderator_random"]
    assert (random["n"], random["also_triggered"]) == (at_random, also)
    assert agreement["auditor_moderator_triggered_only"]["n"] == only
    estimate = json.loads(run(work, "moderation estimate --format json"))
    assert [estimate[name] for name in ("moderated_at_random", "also_triggered",
                                        "triggered_only")] == [at_random, also, only]
    assert estimate["stand_for_others"] + estimate["stand_for_themselves"] == len(picked)


def check_actions(work):
    """Each final grade below good wants an action, by team and month as in all; what waits in compare is
    what status says is wanted."""
    where = {row["audit_id"]: row for row in
             csv.DictReader(run(work, "store list audits --format csv").splitlines())}
    below = [row["audit_id"] for row in
             csv.DictReader(run(work, "store list resolutions --format csv").splitlines())
             if LEVELS.index(row["final_grade"]) < 2]
    assert below and not run(work, "store list actions --format csv").splitlines()[1:]
    counted = status(work)
    assert counted["all"]["without_an_action"] == len(below)
    for by, key in (("by_team", lambda one: one["team"]),
                    ("by_month", lambda one: one["audit_date"][:7])):
        wanted = collections.Counter(key(where[audit]) for audit in below)
        assert {row["name"]: row["without_an_action"] for row in counted[by]
                if row["without_an_action"]} == wanted, by
    run(work, "moderation actions --output a.csv")
    assert len(rows(work / "a.csv")) == len(below)
    run(work, "moderation compare --output c.csv")
    assert len(rows(work / "c.csv")) == sum(
        counted["all"][name] for name in ("reason_wanted", "answer_wanted", "disputed",
                                          "audit_quality_wanted"))
    run(work, "moderation import", "returned/2026-10-actions.csv")
    assert status(work)["all"]["without_an_action"] == 0


def check_corrected(work, moderated):
    """Auditors correct their spreadsheets after moderation, with the grades that moderators gave, under
    another auditor's name: no figure of moderation moves. (For another team as well it were another
    audit.)"""
    commands = ("moderation agreement --format json", "moderation severity --format json",
                "moderation estimate --format json",
                "report board --from 01/04/2026 --to 31/10/2026 --today 20/11/2026",
                "forecast --target", "moderation status --today 20/11/2026 --format json")

    def told():
        return [run(work, command, *(["good or better >= 70%", "--by", "31/03/2027"]
                                     if "--target" in command else [])) for command in commands]

    before = told()
    with open(work / "plans.csv", newline="", encoding="utf-8-sig") as stream:
        table = list(csv.reader(stream))
    column = {name: number for number, name in enumerate(table[0])}
    changed = 0
    for row in table[1:]:
        if row[0] in moderated:
            row[column["auditor_grade"]] = LEVELS[moderated[row[0]]].replace("_", " ")
            row[column["auditor"]] = "Somebody else"
            changed += 1
    with open(work / "corrected.csv", "w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows(table)
    ran = subprocess.run([assay, "store", "add", "--rubric", "r/plans.ini", "corrected.csv"],
                         cwd=work, capture_output=True, text=True, encoding="utf-8")
    assert ran.returncode == 0 and f"corrected.csv: {changed} audits were changed after they were " \
        "moderated" in ran.stderr, (changed, ran)
    after = told()
    assert changed > 10 and after[:5] == before[:5]
    before, after = json.loads(before[5])["all"], json.loads(after[5])["all"]
    assert after.pop("changed_since") == before.pop("changed_since") + changed and after == before


def misspelt(work):
    """A pack for a name that is nobody's is handed on, and says so."""
    os.environ["ASSAY_STORE"] = str(work / "misspelt.db")
    run(work, "store init")
    run(work, "store add", "supervision.csv")
    run(work, "moderation sample --seed 1", status=(0, 1))
    for name in ("  ", "-"):
        run(work, "moderation pack --moderator", name, status=(2,))
    first = run(work, "moderation pack --moderator", "M. Oesi")
    second = run(work, "moderation pack --take-over", "M. Oesi", "--moderator", "M. Osei")
    assert second == first.replace("pack-001", "pack-002"), "the same audits"
    ids = [row["audit_id"] for row in csv.DictReader(second.lstrip("\ufeff").splitlines())]
    assert ids == sorted(ids), "by id"
    had = run(work, "store list assignments --format csv")
    assert had.count("M. Oesi") == had.count("M. Osei") == len(set(ids))


def main():
    with tempfile.TemporaryDirectory() as place:
        work = pathlib.Path(place) / "moderation"
        shutil.copytree(FOLDER, work)
        os.environ.update(ASSAY_STORE=str(work / "council.db"), ASSAY_WHO="Tester",
                          ASSAY_POLICY=str(work / "council.ini"),
                          PATH=f"{assay.parent}:{os.environ['PATH']}")
        run(work, "store init")
        run(work, "store add", "supervision.csv", "plans.csv", "care_leavers.csv",
            "children_in_care.csv")
        subprocess.run(["./earlier-months"], cwd=work, check=True, capture_output=True)
        october(work)

        # What was written is for its owner alone, whatever the umask and whatever stood there.
        (work / "a.csv").touch(0o644)
        run(work, "moderation actions --output a.csv")
        slip = (work / "returned/2026-10-pack-patel.csv").read_text("utf-8-sig")
        (work / "slip.csv").write_text(slip.replace("moderator.moderated_on,", "moderator.moderated_on,x"),
                                       encoding="utf-8")
        run(work, "moderation import --rejected r.csv", "slip.csv", status=(1,))
        for name in ("p.csv", "c.csv", "a.csv", "r.csv"):
            assert (work / name).stat().st_mode & 0o777 == 0o600, name

        audited, moderated, picked = auditor_grades(work), moderator_grades(work), picks(work)
        assert set(moderated) == set(picked), "what is picked is moderated, and nothing else"
        agreement = json.loads(run(work, "moderation agreement --format json"))
        for name, chosen in (("random", True), ("triggered_only", False)):
            check_figures(agreement[f"auditor_moderator_{name}"],
                          [(audited[audit], moderated[audit]) for audit in sorted(moderated)
                           if picked[audit][0] == chosen])
        check_picks(work, agreement, picked)
        check_actions(work)
        missed = sorted(a for a in moderated if moderated[a] == 0 and audited[a] > 0)
        assert agreement["missed_inadequates"] == missed and "AU-102006" in missed, missed

        # The generous auditor is found, and nobody else is called generous.
        severity = json.loads(run(work, "moderation severity --format json"))
        generous = [one["name"] for one in severity["raters"] if one["verdict"] == "too generous"]
        assert generous == ["Auditor 07"], generous

        # Every inadequate was picked, by whichever of the two said it.
        graded = {row["audit_id"]: row["judgement"] for area in
                  ("supervision", "plans", "care_leavers", "children_in_care")
                  for row in csv.DictReader(run(work, "grade --format csv",
                                                f"{area}.csv").splitlines())}
        lowest = {a for a in audited if audited[a] == 0 or graded[a] == "inadequate"}
        assert lowest <= set(picked), lowest - set(picked)
        apart = {a for a in audited if graded[a] in LEVELS
                 and abs(LEVELS.index(graded[a]) - audited[a]) >= 2}
        assert apart <= set(picked), apart - set(picked)

        # No name stands in what a moderator gets, and none of a child in what anybody else gets.
        people = {row["auditor"] for row in rows(work / "plans.csv")}
        children = {row["child_ref"] for row in rows(work / "plans.csv")}
        for command in ("moderation status", "moderation agreement", "moderation estimate",
                        "moderation severity", "moderation compare"):
            told = run(work, command)
            assert not any(child in told for child in children), command
        assert not any(who in run(work, "moderation compare --format html") for who in people)

        # A regrade by another rubric touches no moderated grade.
        before = run(work, "moderation agreement --format csv")
        final = run(work, "store list resolutions --format csv")
        text = (assay.parent / "rubrics/plans.ini").read_text(encoding="utf-8")
        (work / "r").mkdir()
        (work / "r/plans.ini").write_text(text.replace("version        = 2026.1", "version        = 2026.9")
                                          .replace("good                 = 2.5", "good                 = 2.9"),
                                          encoding="utf-8")
        run(work, "store add --rubric r/plans.ini", "plans.csv")
        after = run(work, "moderation agreement --format csv")
        assert before != after, "the regrade changed nothing at all"
        own = [line for line in before.splitlines() if line.startswith("picks,auditor_moderator")]
        assert own and all(line in after.splitlines() for line in own)
        assert run(work, "store list resolutions --format csv") == final
        check_corrected(work, moderated)
        run(work, "store verify")
        misspelt(work)
    print(f"{len(moderated)} moderated audits reckoned twice, the same")


main()
