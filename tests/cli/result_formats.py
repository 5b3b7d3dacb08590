#!/usr/bin/env python3
"""Holds a JUnit or SARIF file against the rules of its format; prints what it counts.

    result_formats.py FILE.xml|FILE.sarif

JUnit: the elements, their order and attributes as Jenkins' junit-10.xsd (xunit-plugin) has them. SARIF: what
the schema of 2.1.0 (OASIS) says of the objects that we write: members, which of them must be there, and
their values. Whole outputs were validated against both schemas as well; these are their rules.
"""

import json
import re
import sys
import xml.etree.ElementTree as tree

COUNTS = {"tests", "failures", "errors", "skipped"}
ATTRIBUTES = {
    "testsuites": {"name", "time", "tests", "failures", "errors"},
    "testsuite": {"name", "group", "time", "timestamp", "hostname", "id", "package", "file", "log",
                  "url"} | COUNTS,
    "properties": set(),
    "property": {"name", "value"},
    "testcase": {"name", "time", "classname", "group"},
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
REQUIRED = {"testsuite": {"name", "tests", "failures", "errors"}, "property": {"name", "value"},
            "testcase": {"name"}}

# Members of each object: those that must be there, those that may.
SARIF = {
    "log": ({"version", "runs"}, {"$schema"}),
    "run": ({"tool"}, {"results", "columnKind"}),
    "tool": ({"driver"}, set()),
    "driver": ({"name"}, {"version", "rules"}),
    "rule": ({"id"}, {"shortDescription"}),
    "message": ({"text"}, set()),
    "result": ({"message"}, {"ruleId", "ruleIndex", "level", "locations"}),
    "location": ({"physicalLocation"}, set()),
    "physicalLocation": ({"artifactLocation"}, {"region"}),
    "artifactLocation": ({"uri"}, set()),
    "region": ({"startLine"}, set()),
}
# A URI or a relative reference (RFC 3986): other bytes stand as %XX; "a:b" would be the scheme "a".
URI = re.compile(r"(file:///)?([\w.~/-]|%[0-9A-F]{2})+", re.ASCII)


def check_element(element):
    """Every element, attribute and order is one that the schema has; counts are whole numbers."""
    assert set(element.attrib) <= ATTRIBUTES[element.tag], element.attrib
    assert REQUIRED.get(element.tag, set()) <= set(element.attrib), element.attrib
    assert all(element.get(name, "0").isdecimal() for name in COUNTS), element.attrib
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


def member(kind, value):
    """The value, an object with the members that the schema has for its kind."""
    required, optional = SARIF[kind]
    assert required <= set(value) <= required | optional, (kind, value)
    return value


def check_result(result, rules):
    assert member("message", member("result", result)["message"])["text"]
    assert result["level"] in ("none", "note", "warning", "error")
    assert rules[result["ruleIndex"]] == result["ruleId"]
    lines = []
    for location in result.get("locations", []):
        physical = member("physicalLocation", member("location", location)["physicalLocation"])
        assert URI.fullmatch(member("artifactLocation", physical["artifactLocation"])["uri"]), location
        lines.append(member("region", physical["region"])["startLine"])
        assert isinstance(lines[-1], int) and lines[-1] >= 1
    print(result["ruleId"], *lines)


def check_sarif(path):
    with open(path, encoding="utf-8") as file:
        log = member("log", json.load(file))
    assert log["version"] == "2.1.0" and log["$schema"].endswith("sarif-2.1.0.json")
    for run in log["runs"]:
        driver = member("driver", member("tool", member("run", run)["tool"])["driver"])
        assert driver["name"] and run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
        rules = [member("rule", rule)["id"] for rule in driver["rules"]]
        assert len(rules) == len(set(rules))
        assert all(member("message", rule["shortDescription"])["text"] for rule in driver["rules"])
        for result in run["results"]:
            check_result(result, rules)


if __name__ == "__main__":
    (check_sarif if sys.argv[1].endswith(".sarif") else check_junit)(sys.argv[1])
