"""The moderation pack in a browser: filled in by keyboard, saved, read back by another page.

usage: pack.py ASSAY"""
import csv
import os
import pathlib
import subprocess
import sys
import tempfile

from page import Page, browser

TAB, SPACE, DOWN = ("Tab", 9), (" ", 32, " "), ("ArrowDown", 40)
COUNT = "document.querySelectorAll('[data-question]').length"
AUDITS = "document.querySelectorAll('section[data-audit]').length"


def fill_in(page):
    """Every group of choices gets its second choice, every day and text a value: keys alone move
    from one to the next."""
    done = set()
    page.value("document.querySelector('.bar button').focus()")
    while page.value("document.activeElement !== document.body"):
        page.press(*TAB)
        at = page.value("document.activeElement.name || document.activeElement.id")
        kind = page.value("document.activeElement.type || ''")
        if at in done:
            continue
        done.add(at)
        if kind == "radio":
            page.press(*SPACE)
            page.press(*DOWN)
        elif kind == "date":
            for digit in "30062026":
                page.press(digit, ord(digit), digit)
        elif kind == "textarea":
            page.ask("Input.insertText", text="=1+1, \"quoted\"\nsecond line")


def make_pack(folder):
    """A pack of two audits of the made-up council."""
    council = pathlib.Path(__file__).resolve().parents[2] / "examples/moderation"
    store, pack = f"{folder}/council.db", f"{folder}/pack.html"

    def run(*words):
        ran = subprocess.run([sys.argv[1], "moderation", *words, "--store", store, "--who", "T"]
                             if words[0] in ("sample", "pack")
                             else [sys.argv[1], "store", *words, "--store", store, "--who", "T"],
                             capture_output=True, text=True)
        assert ran.returncode in (0, 1), ran.stderr

    run("init")
    run("add", str(council / "supervision.csv"))
    run("sample", "--month", "2026-10", "--seed", "1")
    run("pack", "--moderator", "M. Osei", "--most", "2", "--format", "html", "--output", pack)
    return pack


def main():
    browser()  # or skip before anything is made
    with tempfile.TemporaryDirectory() as place, tempfile.TemporaryDirectory() as folder:
        page_file = make_pack(place)
        page = Page(page_file, folder)
        questions, audits = page.value(COUNT), page.value(AUDITS)
        assert questions > 0 and audits > 0, (questions, audits)
        progress = "document.getElementById('progress').textContent"
        assert page.value(progress) == f"0 of {audits} audits complete", page.value(progress)

        fill_in(page)
        assert page.value(progress) == f"{audits} of {audits} audits complete", page.value(progress)

        page.value("document.querySelector('.bar button').click()")
        assert page.hear_download() == "completed"
        saved = os.path.join(folder, os.listdir(folder)[0])
        with open(saved, newline="", encoding="utf-8-sig") as stream:
            rows = list(csv.DictReader(stream))
        assert len(rows) == questions, (len(rows), questions)
        assert all(row["answer"] for row in rows), rows
        notes = [row["answer"] for row in rows if row["question_id"] == "moderator.comment"]
        assert set(notes) == {"'=1+1, \"quoted\"\nsecond line"}, notes
        assert not page.complaints, page.complaints
        page.close()

        page = Page(page_file, folder)
        page.choose_files("#load", saved)
        for _ in range(50):
            if page.value("document.getElementById('notice').textContent"):
                break
        assert page.value("document.getElementById('notice').textContent").startswith(
            f"{questions} answers read from"), page.value("document.getElementById('notice').textContent")
        assert page.value(progress) == f"{audits} of {audits} audits complete"
        assert page.value("document.querySelector('textarea').value") == "=1+1, \"quoted\"\nsecond line"
        page.close()
    print(f"{questions} questions of {audits} audits filled in by keyboard, saved and read back")


main()
