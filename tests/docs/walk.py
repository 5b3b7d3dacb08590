"""Does what a document says: runs its commands in order and holds what they print against it.

    walk.py ASSAY DOCUMENT FOLDER

A command is a line "    $ ..."; the indented lines behind it are what it prints, standard error after
standard output. "    ..." stands for any lines. The commands run in a copy of FOLDER, with a store of
their own. "    $ ..." alone does not compare: a command without lines behind it only has to end with
status 0 or 1.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile


def steps(document):
    """Each command with its line and what it prints."""
    found = []
    for number, line in enumerate(document.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("    $ "):
            found.append((number, line[6:], []))
        elif line.startswith("    ") and found and found[-1][2] is not None:
            found[-1][2].append(line[4:])
        elif line.strip() == "" and found and found[-1][2]:
            found[-1][2].append("")
        elif found and found[-1][2] is not None:
            found[-1] = (*found[-1][:2], strip(found[-1][2]))
            found.append((0, "", None))
    return [(at, command, strip(shown or [])) for at, command, shown in found if at]


def strip(lines):
    while lines and lines[-1] == "":
        lines = lines[:-1]
    return lines


def matches(shown, printed):
    """Whether the lines printed are those shown; "..." is any number of them."""
    pattern = "".join("(?:.*\n)*" if line.strip() == "..." else re.escape(line) + "\n"
                      for line in shown)
    return re.fullmatch(pattern, "".join(line + "\n" for line in printed)) is not None


def main():
    assay, document, folder = map(lambda name: pathlib.Path(name).resolve(), sys.argv[1:])
    faults, count = [], 0
    with tempfile.TemporaryDirectory() as place:
        work = pathlib.Path(place) / folder.name
        shutil.copytree(folder, work)
        environment = {"PATH": f"{assay.parent}:{os.environ['PATH']}", "HOME": place,
                       "LANG": "C.UTF-8",
                       **{k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}}
        for number, command, shown in steps(document):
            if command.startswith("cd "):  # into the folder, where it is already
                continue
            if command.startswith("export "):
                name, value = command[7:].split("=", 1)
                environment[name] = value.strip('"')
                continue
            count += 1
            ran = subprocess.run(["/bin/sh", "-c", command], cwd=work, env=environment,
                                 capture_output=True, text=True, encoding="utf-8")
            printed = strip((ran.stdout + ran.stderr).splitlines())
            if ran.returncode not in (0, 1):
                faults.append(f"{document.name}:{number}: {command}: status {ran.returncode}\n"
                              + ran.stderr)
            elif shown and not matches(shown, printed):
                faults.append(f"{document.name}:{number}: {command}: prints\n"
                              + "".join(f"    {line}\n" for line in printed))
    print(*faults or [f"{count} commands of {document.name} do what it says"], sep="\n")
    return 1 if faults or count == 0 else 0


sys.exit(main())
