"""The page of a diff in a browser: the filter by keyboard alone, on screen and on paper; nothing cut off; what
an id or a file's name has in it stays text.

usage: diff.py ASSAY"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

from page import Page, browser

TAB, DOWN = ("Tab", 9), ("ArrowDown", 40)
SHOWN = ("[...document.querySelectorAll('#records tbody tr')].filter(row => row.offsetHeight > 0)"
         ".map(row => row.cells[0].textContent)")
SAID = "[...document.querySelectorAll('.only')].filter(p => p.offsetHeight > 0).map(p => p.textContent)"
ODD = "<img src=x onerror=alert(1)>&'\""


def make_page(folder):
    """The example's diff, of a draft in a folder of an odd name, and with a record of an odd id."""
    example = pathlib.Path(__file__).resolve().parents[2] / "examples/regression"
    odd = pathlib.Path(folder) / "<b>&'"
    odd.mkdir()
    shutil.copy(example / "draft.ini", odd)
    records = (example / "visits.csv").read_text(encoding="utf-8")
    last = records.splitlines()[3]  # V-03, which leaves the lowest level
    quoted = ODD.replace('"', '""')
    (odd / "visits.csv").write_text(f'{records}"{quoted}",{last.partition(",")[2]}\n', encoding="utf-8")
    ran = subprocess.run([sys.argv[1], "diff", str(example / "visits.ini"), str(odd / "draft.ini"),
                          str(odd / "visits.csv"), "--format", "html"], capture_output=True)
    assert ran.returncode == 1, ran.stderr
    page = odd / "diff.html"
    page.write_bytes(ran.stdout)
    return page, str(odd / "draft.ini")


def check_outline(page, draft):
    title = page.value("document.title")
    assert title.startswith("What moves from ") and title.endswith(f" to {draft}"), title
    assert page.value("document.querySelector('h1').textContent") == title
    headings = page.value("[...document.querySelectorAll('main h2')].map(h => h.textContent)")
    assert headings[0] == "Safety", headings
    assert page.value("document.querySelectorAll('script, img, b').length") == 0
    assert page.value("[...document.querySelectorAll('th')].every(th => th.scope)")
    assert page.value("document.querySelector('fieldset legend').textContent") == "Show"


def check_width(page):
    """Nothing is wider than what it is in; where a table is, on a small screen, it can be scrolled to."""
    for width, roomy in ((1280, True), (420, False)):
        page.ask("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1,
                 mobile=False)
        assert page.value("document.documentElement.scrollWidth") <= width
        if roomy:
            assert page.value("[...document.querySelectorAll('.scroll')]"
                              ".every(part => part.scrollWidth <= part.clientWidth)")
        assert page.value("[...document.querySelectorAll('.scroll')]"
                          ".every(part => part.tabIndex == 0 && part.getAttribute('aria-label'))")


def check_filter(page):
    """Tab comes to the filter, the arrow moves through it; what is left out is said, and printed so."""
    everything = page.value(SHOWN)
    assert everything == ["V-03", "V-04", "V-05", "V-08", "V-09", ODD], everything
    assert page.value(SAID) == []
    for _ in range(40):
        page.press(*TAB)
        if page.value("document.activeElement.name") == "show":
            break
    assert page.value("getComputedStyle(document.activeElement).outlineStyle") != "none"
    expected = [("what touches safety (2)", ["V-03", ODD]), ("up (2)", ["V-03", ODD]),
                ("down (4)", ["V-04", "V-05", "V-08", "V-09"]), ("otherwise (0)", [])]
    for label, rows in expected:
        page.press(*DOWN)
        assert page.value("document.activeElement.parentNode.textContent.trim()") == label
        assert page.value(SHOWN) == rows, label
        words, count = label[:-1].split(" (")
        assert page.value(SAID) == [f"Shown here: {words}, {count} of 6."]
        assert len(page.value("[...document.querySelectorAll('#safety tbody tr')]"
                              ".filter(row => row.offsetHeight > 0)")) == 2  # safety is always there
    page.ask("Emulation.setEmulatedMedia", media="print")
    assert page.value(SAID) == ["Shown here: otherwise, 0 of 6."]
    assert page.value("document.querySelector('fieldset').offsetHeight") == 0
    assert page.value("getComputedStyle(document.querySelector('thead')).display") == "table-header-group"


def main():
    browser()  # or skip before anything is made
    with tempfile.TemporaryDirectory() as folder:
        path, draft = make_page(folder)
        page = Page(path.rename(pathlib.Path(folder) / "diff.html"), folder)
        try:
            check_outline(page, draft)
            check_width(page)
            check_filter(page)
            assert page.complaints == [], page.complaints
        finally:
            page.close()
    print("the page of a diff: outline, width, filter by keyboard, paper")


if __name__ == "__main__":
    main()
