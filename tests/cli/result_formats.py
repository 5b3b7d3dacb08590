#!/usr/bin/env python3
"""Holds a JUnit or SARIF file against the rules of its format; prints what it counts.

    result_formats.py FILE.xml|FILE.sarif

JUnit: the elements, their order and attributes as Jenkins' junit-10.xsd has them. SARIF: what 2.1.0 (OASIS)
requires of a log, a run, a driver, a result and a location.
"""

import json
import sys
import xml.etree.ElementTree as tree

ATTRIBUTES = {
    "testsuites": {"name", "time", "tests", "failures", "disabled", "errors"},
    "testsuite": {"name", "tests", "failures", "errors", "group", "time", "skipped", "timestamp",
                  "hostname", "id", "package", "file", "log", "url", "version"},
    "properties": set(),
    "property": {"name", "value"},
    "testcase": {"name", "assertions", "time", "classname", "status", "class", "file", "line",
                 "group"},
    "failure": {"type", "message"},
}
CHILDREN = {
    "testsuites": ["testsuite"],
    "testsuite": ["properties", "testcase"],
    "properties": ["property"],
    "property": [],
    "testcase": ["failure"],
    "failure": [],
}
REQUIRED = {"testsuite": {"name"}, "property": {"name", "value"}, "testcase": {"name"}}


def check_element(element):
    """Every element, attribute and order is one that the schema has."""
    assert set(element.attrib) <= ATTRIBUTES[element.tag], element.attrib
    assert REQUIRED.get(element.tag, set()) <= set(element.attrib), element.attrib
    places = [CHILDREN[element.tag].index(child.tag) for child in element]
    assert places == sorted(places), "children out of order"
    for child in element:
        check_element(child)


def check_junit(path):
    root = tree.parse(path).getroot()
    assert root.tag == "testsuites"
    check_element(root)
    for holder in [root, *root]:
        assert int(holder.get("tests")) == len(list(holder.iter("testcase")))
        assert int(holder.get("failures")) == len(list(holder.iter("failure")))
    print(f"tests {root.get('tests')}, failures {root.get('failures')}")
    for case in root.iter("testcase"):
        print(repr(case.get("name")), *(failure.get("type") for failure in case))


def check_sarif(path):
    with open(path, encoding="utf-8") as file:
        log = json.load(file)
    assert log["version"] == "2.1.0" and log["$schema"].endswith("sarif-2.1.0.json")
    for run in log["runs"]:
        driver = run["tool"]["driver"]
        assert driver["name"]
        rules = [rule["id"] for rule in driver.get("rules", [])]
        assert len(rules) == len(set(rules))
        for result in run["results"]:
            assert result["message"]["text"]
            assert result["level"] in ("none", "note", "warning", "error")
            assert rules[result["ruleIndex"]] == result["ruleId"]
            lines = []
            for location in result.get("locations", []):
                physical = location["physicalLocation"]
                assert physical["artifactLocation"]["uri"]
                assert physical["region"]["startLine"] >= 1
                lines.append(physical["region"]["startLine"])
            print(result["ruleId"], *lines)


if __name__ == "__main__":
    (check_sarif if sys.argv[1].endswith(".sarif") else check_junit)(sys.argv[1])
