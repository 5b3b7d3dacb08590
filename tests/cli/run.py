"""Runs one case of the command's tests and compares whole outputs.

    run.py ASSAY FILE.case...

A case is a text file of parts, each begun by a line `--- PART`:

    --- file NAME       a file in the folder that the case runs in (`--- file NAME escaped`:
                        \\r, \\0, \\xEF ... stand for bytes, a backslash at a line's end joins lines)
    --- run             a shell command line; `assay` is the command under test
    --- stdin           (also `stdin escaped`) what the run before it is given
    --- stdout          all that it must write; nothing where the part is absent
    --- stderr          likewise
    --- status          its exit status; 0 where the part is absent
    --- made NAME       a file that must then be there, with these bytes

Several runs may follow one another in the same folder. Lines before the first part say what
must be true. In commands and outputs @SOURCE@ stands for the source folder. What of the environment
assay reads (ASSAY_..., CI) is left out of it.
"""

import difflib
import os
import pathlib
import re
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parents[2]


def unescape(text):
    """The bytes that an escaped part stands for."""
    text = re.sub(r"\\\n", "", text)
    return text.encode("utf-8").decode("unicode_escape").encode("latin-1")


def parts_of(path):
    """The parts of a case: (kind, argument, bytes)."""
    parts = []
    for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
        if line.startswith("--- "):
            kind, _, argument = line[4:].strip().partition(" ")
            parts.append((kind, argument, []))
        elif parts:
            parts[-1][2].append(line)
    for kind, argument, lines in parts:
        text = "".join(lines).replace("@SOURCE@", str(SOURCE))
        if argument == "escaped" or argument.endswith(" escaped"):
            yield kind, argument[:-len("escaped")].strip(), unescape(text)
        else:
            yield kind, argument, text.encode("utf-8")


def differences(what, expected, got):
    """A readable difference of two outputs, or nothing."""
    if expected == got:
        return []
    lines = [bytes_.decode("utf-8", "backslashreplace").splitlines() for bytes_ in (expected, got)]
    shown = list(difflib.unified_diff(*lines, f"{what} expected", f"{what} got", lineterm="", n=1))
    return shown or [f"{what}: expected {expected!r}, got {got!r}"]


def check(run, folder, environment):
    """Runs one command of a case; what differs."""
    done = subprocess.run(["bash", "-c", run["run"].decode()], cwd=folder, env=environment,
                          input=run.get("stdin", b""), capture_output=True, timeout=50, check=False)
    faults = differences("stdout", run.get("stdout", b""), done.stdout)
    faults += differences("stderr", run.get("stderr", b""), done.stderr)
    status = int(run.get("status", b"0"))
    if status != done.returncode:
        faults.append(f"status: expected {status}, got {done.returncode}")
    for name, content in run["made"]:
        made = folder / name
        faults += differences(name, content, made.read_bytes()) if made.exists() else \
            [f"{name} was not made"]
    return faults


def run_case(path, assay):
    """True where everything that the case says holds."""
    environment = {name: value for name, value in os.environ.items()
                   if not name.startswith("ASSAY_") and name != "CI"}
    environment |= {"LC_ALL": "C.UTF-8", "TZ": "UTC", "TERM": "dumb",
                    "PATH": f"{assay.parent}:{os.environ['PATH']}"}
    runs = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for kind, argument, content in parts_of(path):
            if kind == "file":
                (folder / argument).parent.mkdir(parents=True, exist_ok=True)
                (folder / argument).write_bytes(content)
            elif kind == "run":
                runs.append({"run": content, "made": []})
            elif kind == "made":
                runs[-1]["made"].append((argument, content))
            elif kind in ("stdin", "stdout", "stderr", "status"):
                runs[-1][kind] = content
            else:
                raise SystemExit(f"{path}: \"{kind}\" is no part of a case")
        if not runs:
            raise SystemExit(f"{path}: the case runs nothing")
        for run in runs:
            faults = check(run, folder, environment)
            if faults:
                print(f"{path}: {run['run'].decode().strip()}", *faults, sep="\n")
                return False
    return True


def main():
    assay = pathlib.Path(sys.argv[1]).resolve()
    failed = [path for path in sys.argv[2:] if not run_case(pathlib.Path(path), assay)]
    print(f"{len(sys.argv) - 2 - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


sys.exit(main())
