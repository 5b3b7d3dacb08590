"""Holds examples/audits/ to the generator: each file must be what its options make.

    check.py GENERATE [--write]
"""

import pathlib
import subprocess
import sys

AUDITS = pathlib.Path(__file__).resolve().parents[2] / "examples/audits"
EXAMPLES = {
    "assessments.csv": "--area assessments --records 120 --first 1001 --seed 11 --mess",
    "plans.csv": "--area plans --records 90 --first 2001 --seed 12",
    "care_leavers.csv": "--area care_leavers --records 80 --first 3001 --seed 13",
    "front_door.csv": "--area front_door --records 100 --first 4001 --seed 14 --mess",
    "supervision.csv": "--area supervision --records 70 --first 5001 --seed 15",
    "children_in_care.csv": "--area children_in_care --records 90 --first 6001 --seed 16",
    "forms-export.csv": "--forms --records 60 --first 7001 --seed 17",
}


def make(generate, options):
    return subprocess.run([generate, *options.split()], capture_output=True, check=True).stdout


def main():
    generate, faults = sys.argv[1], []
    for name, options in EXAMPLES.items():
        made = make(generate, options)
        if sys.argv[2:] == ["--write"]:
            (AUDITS / name).write_bytes(made)
        elif made != (AUDITS / name).read_bytes():
            faults.append(f"examples/audits/{name} is not what \"generate {options}\" makes")

    bench = make(generate, "--bench --records 2000")
    header = bench.split(b"\n", 1)[0]
    if header.count(b",") != 27:
        faults.append(f"the benchmark's file has {header.count(b',') + 1} columns, not 28")
    if not 290 < len(bench) / 2000 < 330:
        faults.append(f"the benchmark's records have {len(bench) / 2000:.0f} bytes, not about 310")
    print(*faults or ["examples and benchmark are as they should be"], sep="\n")
    return 1 if faults else 0


sys.exit(main())
