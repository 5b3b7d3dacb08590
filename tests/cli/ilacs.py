#!/usr/bin/env python3
"""ilacs.py ASSAY: the rubric ilacs-2023 against overall judgements that Ofsted published.

The first test is the file in examples/ilacs. The second is every council whose latest inspection
had four area judgements and an overall one in June 2026: sorted area judgements (1 inadequate to 4
outstanding), overall, and how many councils. The rule of the rubric gives 139 of those 144.
"""
import csv
import io
import pathlib
import subprocess
import sys
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
EXAMPLE = SOURCE / "examples/ilacs"
AREAS = ["impact_of_leaders_grade", "help_and_protection_grade", "in_care_grade",
         "care_leavers_grade"]
LEVELS = ["inadequate", "requires_improvement", "good", "outstanding"]
PUBLISHED = """
1111 I 1, 1112 I 6, 1122 I 2, 1222 I 2, 1222 RI 1, 1233 I 1, 2222 RI 8, 2223 RI 11, 2233 RI 4,
2333 G 22, 2334 G 5, 2344 G 2, 3333 G 16, 3334 G 13, 3344 G 4, 3344 O 7, 3444 O 23, 4444 O 16
"""
INITIALS = {"I": 0, "RI": 1, "G": 2, "O": 3}


def grade(*options, text=None):
    run = subprocess.run([ASSAY, "grade", "--rubric", "ilacs-2023", "--format", "csv", "--ratings",
                          *options], input=text, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return list(csv.DictReader(io.StringIO(run.stdout)))


class Ilacs(unittest.TestCase):
    def test_the_example_agrees_for_96_of_100_councils_with_four_areas(self):
        file = EXAMPLE / "ilacs-outcomes.csv"
        with open(file, newline="") as published:
            rows = list(csv.DictReader(published))
        grades = grade("--columns", str(EXAMPLE / "columns.ini"), str(file))
        self.assertEqual(len(grades), len(rows))
        known = [str.replace(level, "_", " ") for level in LEVELS]
        whole = [(row, made) for row, made in zip(rows, grades)
                 if all(row[area] in known for area in AREAS)
                 and row["overall_effectiveness_grade"] in known]
        same = [made["audit_id"] for row, made in whole
                if made["judgement"] == row["overall_effectiveness_grade"].replace(" ", "_")]
        self.assertEqual(len(whole), 96)
        self.assertGreaterEqual(len(same) / len(whole), 0.96)

    def test_139_of_144_councils_of_england_agree(self):
        lines, overall = [",".join(["audit_id", *AREAS])], []
        for case in PUBLISHED.replace("\n", " ").split(","):
            areas, judged, count = case.split()
            for _ in range(int(count)):
                overall.append(LEVELS[INITIALS[judged]])
                lines.append(",".join([f"C{len(overall)}",
                                       *(LEVELS[int(digit) - 1] for digit in areas)]))
        grades = grade("-", text="\n".join(lines) + "\n")
        self.assertEqual(len(grades), 144)
        same = sum(made["judgement"] == judged for made, judged in zip(grades, overall))
        self.assertEqual(same, 139)


if __name__ == "__main__":
    ASSAY = sys.argv.pop(1)
    unittest.main()
