"""The documents hold: links lead somewhere, commands and options exist.

    check.py ASSAY    in the source folder's tests/, as the other checks

  - Every relative link and picture of every .md file names a file that is there.
  - Every file that the text names by its path in this repository is there.
  - Every `assay ...` line of a code block, and every one within the text, names a command that
    `assay --help` lists, with options that the command takes.
  - The manual page names every command and every long option.
"""
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SKIPPED = {"build", "node_modules", ".git"}
faults = []


def run(*words):
    """What `assay WORDS` prints on standard output."""
    return subprocess.run([sys.argv[1], *words], capture_output=True, text=True, check=True).stdout


def pages():
    for page in sorted(ROOT.rglob("*.md")):
        if not SKIPPED & set(page.relative_to(ROOT).parts):
            yield page, page.read_text(encoding="utf-8")


def known_commands():
    """{("rubric", "lint"): {"--help", ...}}, from the command's own help."""
    commands = {}
    lines = re.findall(r"^  assay (\w+) +((?:\w+(?: \w+)*)?)  +\w", run("--help"), re.M)
    for noun, verb in lines:
        words = (noun, *verb.split())
        options = set(re.findall(r"--[a-z][a-z-]*", run(*words, "--help"))) | {"--help"}
        commands[words] = options
    return commands


def check_links(page, text):
    prose = re.sub(r"```.*?```", "", text, flags=re.S)
    prose = re.sub(r"`[^`\n]*`", "", prose)
    for target in re.findall(r"\]\(([^)\s]+)\)", prose):
        path = target.split("#")[0]
        if path and "://" not in path and not (page.parent / path).exists():
            faults.append(f"{page.relative_to(ROOT)}: there is no {target}")


def check_paths(page, text):
    for path in re.findall(r"`((?:core|docs|examples|include|tests)/[a-z0-9_./*-]*)`", text):
        if not any(ROOT.glob(path.rstrip("/"))):
            faults.append(f"{page.relative_to(ROOT)}: there is no {path}")


def command_lines(text):
    """(line number, line) of what may be commands: code within the text, and code blocks, fenced
    without a language or indented, with lines that end in \\ joined."""
    fence, joined, start = None, "", 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.lstrip().startswith("```"):
            fence = line.strip("` ") if fence is None else None
        elif fence is None and not line.startswith("    "):
            for span in re.findall(r"`([^`]*)`", line):
                yield number, span
        elif not fence:
            start = start if joined else number
            joined += line.strip()
            if joined.endswith("\\"):
                joined = joined[:-1]
            else:
                yield start, joined
                joined = ""


def check_commands(page, text, commands):
    for number, line in command_lines(text):
        words = line.split()
        if len(words) < 2 or words[0] not in ("assay", "build/assay"):
            continue
        known = next((commands[key] for key in (tuple(words[1:end]) for end in (4, 3, 2))
                      if key in commands), None)
        place = f"{page.relative_to(ROOT)}:{number}"
        if known is None and words[1:] not in (["--help"], ["--version"]):
            faults.append(f"{place}: no such command: {line}")
        for option in re.findall(r"(?<=[ \[])--[a-z][a-z-]*", line) if known else []:
            if option not in known:
                faults.append(f"{place}: the command has no {option}: {line}")


def check_manual(commands):
    manual = (ROOT / "docs/assay.1").read_text(encoding="utf-8")
    for words, options in commands.items():
        if not re.search(rf"^\.(It )?Cm {' '.join(words)}\b", manual, re.M):
            faults.append(f"docs/assay.1: does not name the command {' '.join(words)}")
        for option in options:
            if not re.search(rf"Fl Fl {option[2:]}\b", manual):
                faults.append(f"docs/assay.1: does not name {option} of {' '.join(words)}")


known = known_commands()
if len(known) < 2:
    sys.exit("assay --help lists no commands that this check can read")
for page, text in pages():
    check_links(page, text)
    check_paths(page, text)
    check_commands(page, text, known)
check_manual(known)
for fault in sorted(set(faults)):
    print(fault)
sys.exit(1 if faults else 0)
