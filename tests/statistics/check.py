#!/usr/bin/env python3
"""Holds `assay statistics` against cases with known values.

usage: check.py ASSAY CASES.json

Each case's `expected` names members of the answer; each is within `tolerance`, and `se` and `ci`
within theirs. An expected null means that there is no value and a reason says why.
"""
import json
import subprocess
import sys

assay, path = sys.argv[1:]
with open(path, encoding="utf-8") as file:
    cases = json.load(file)
run = subprocess.run([assay, "statistics", path], capture_output=True, text=True)
if run.returncode not in (0, 1):
    sys.exit(run.stderr)
answers = json.loads(run.stdout)
assert len(answers) == len(cases)


def is_near(got, wanted, tolerance):
    if isinstance(wanted, list):
        return (isinstance(got, list) and len(got) == len(wanted) and
                all(is_near(*pair, tolerance) for pair in zip(got, wanted)))
    if wanted is None:
        return got is None
    return got is not None and abs(got - wanted) <= tolerance


faults = values = 0
reasons = 0
for case, answer in zip(cases, answers):
    wanted = [(name, value, case["tolerance"]) for name, value in case["expected"].items()]
    if case.get("se") is not None:
        wanted.append(("se", case["se"], case["se_tolerance"]))
    if case.get("ci") is not None:
        wanted.append(("ci", case["ci"], case["ci_tolerance"]))
    if answer.get("id") != case["id"]:
        print(f"{case['id']}: the answer is to {answer.get('id')}")
        faults += 1
    if ("reason" in answer) != any(value is None for _, value, _ in wanted):
        print(f"{case['id']}: {answer.get('reason', 'no reason')}")
        faults += 1
    reasons += "reason" in answer
    for name, value, tolerance in wanted:
        values += 1
        if name not in answer or not is_near(answer[name], value, tolerance):
            print(f"{case['id']}: {name} is {answer.get(name)}, not {value} +- {tolerance}")
            faults += 1
if run.returncode != (1 if reasons else 0):
    print(f"exit status {run.returncode} with {reasons} reasons")
    faults += 1
print(f"{len(cases)} cases, {values} values, {faults} faults")
sys.exit(faults > 0)
