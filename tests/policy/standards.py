#!/usr/bin/env python3
"""Holds the rulebooks to their standards.

    standards.py AMICUS

Practice that holds everywhere names no marketplace; no rule reads a fact without merits; a test
names every state and every flag; and together the suites try every rule, every clause, and every
condition both ways. A condition that can only come out one way stands in KNOWN, with the reason in
rules/upwork/README.md.
"""
import glob
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
OTHER_NAMES = ("odesk", "freelancer.com", "people per hour")
NO_NAMES = ("model", "other")
KNOWN = {
    ("common/breach.lua", "issue excused_delay is upheld"),
    ("common/non_payment.lua", "issue excused_delay is upheld"),
    ("upwork/non_payment.lua", "item.defect_by_client is true"),
    ("upwork/arbitration.lua", "issue freelancer_defaulted is upheld"),
}


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def facts():
    """The entries of the vocabulary, as texts that start with their path."""
    return re.split(r"^  - path: ", read("rules/vocabulary.yaml"), flags=re.MULTILINE)[1:]


def platforms():
    for fact in facts():
        if fact.startswith("case.platform\n"):
            names = re.search(r"^    of: \[(.*)\]$", fact, re.MULTILINE).group(1)
            return [name.strip() for name in names.split(",") if name.strip() not in NO_NAMES]
    sys.exit("the vocabulary has no case.platform")


def common_names():
    """Places at which practice names a marketplace; where a source was read is no name."""
    names = "|".join(map(re.escape, platforms() + list(OTHER_NAMES)))
    named = re.compile(rf"\b({names})\b|\bcase\.platform\b", re.IGNORECASE)
    for path in sorted(glob.glob("rules/common/*.lua")):
        for number, line in enumerate(read(path).splitlines(), 1):
            found = named.search(re.sub(r'address = ".*"', "", line))
            if found:
                yield f"{path}:{number}: practice names {found.group(0)}"


def no_merits():
    """Places at which a rulebook reads a rating, a country or the like."""
    paths = [fact.split("\n")[0] for fact in facts() if re.search(r"^    merits: false$", fact, re.MULTILINE)]
    if not paths:
        yield "rules/vocabulary.yaml: no fact is without merits"
    read_one = re.compile(r"\b(" + "|".join(map(re.escape, paths or ["?"])) + r")\b")
    for path in sorted(glob.glob("rules/*/*.lua")):
        for number, line in enumerate(read(path).splitlines(), 1):
            found = read_one.search(line)
            if found:
                yield f"{path}:{number}: reads {found.group(1)}, which has no merits"


def untested():
    """States and flags that no suite names."""
    suites = "\n".join(read(path) for path in glob.glob("rules/*/tests/*.yaml"))
    for path in sorted(glob.glob("rules/*/*.lua")):
        for kind, name in re.findall(r'^(fallback|flag) "([^"]+)"', read(path), re.MULTILINE):
            if not re.search(rf"(?<![\w.]){re.escape(name)}(?![\w.])", suites):
                yield f"{path}: no test names the {kind} {name}"


def gaps(program):
    """What no test tries. What books share is tried if the tests of one of them try it."""
    done = subprocess.run([program, "test", "--coverage", "-f", "plain"], capture_output=True, text=True)
    if done.returncode:
        yield f"amicus test --coverage: exit {done.returncode}"
    lacking, including = {}, {}
    for line in done.stdout.splitlines():
        found = re.match(r"uncovered (\S+) (\S+?):\d+: (.*): (never|always) \w+$", line)
        if found:
            book, path, what = found.group(1), found.group(2), found.group(3)
            lacking.setdefault((path, what), set()).add(book)
        elif line.startswith("coverage "):
            book = line.split()[1]
            common = "common" in read(f"rules/{book}/rulebook.yaml").partition("include:")[2]
            including.setdefault("common", set()).update([book] if common else [])
    if not including:
        yield "amicus test --coverage: tells no coverage"
    for (path, what), books in sorted(lacking.items()):
        is_shared = path.startswith("common/")
        is_tried = is_shared and books != including["common"]
        if not is_tried and (path, what) not in KNOWN:
            yield f"{path}: no test tries both ways: {what}"


def main():
    program = os.path.abspath(sys.argv[1])
    os.chdir(ROOT)
    faults = [*common_names(), *no_merits(), *untested(), *gaps(program)]
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults")
    sys.exit(1 if faults else 0)


main()
