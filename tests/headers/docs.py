"""headers.docs: every function that a header declares has a comment directly above it.

A comment may stand above a group of declarations, if no empty line parts them: the three sums of
money.h share one contract.
"""

import re

import tree

# A declaration or definition at file scope: a name, parameters, and a semicolon or a body.
FUNCTION = re.compile(r"\b([A-Za-z_]\w*)\s*\([^;{}]*\)\s*(?=[;{])", re.S)
NO_FUNCTION = {"__attribute__", "TEXT", "sizeof", "static_assert", "_Static_assert"}


def without_directives(lines):
    """Empty the lines of the preprocessor, with their continuations."""
    out = []
    inside = False
    for line in lines:
        inside = inside or line.lstrip().startswith("#")
        out.append(None if inside else line)
        inside = inside and line.endswith("\\")
    return out


def blocks(lines):
    """Runs of lines that no empty line parts, as (first line number, text)."""
    run, first = [], 0
    for number, line in enumerate([*without_directives(lines), ""], 1):
        if line is None:
            continue
        if line.strip():
            first = first if run else number
            run.append(line)
        elif run:
            yield first, "\n".join(run)
            run = []


def at_file_scope(code):
    """Empty what stands in braces, but not what stands in extern "C" { }."""
    code = re.sub(r'extern\s*"[^"]*"\s*\{', "", code)
    while True:
        shorter = re.sub(r"\{[^{}]*\}", lambda m: "{;" if "\n" in m.group(0) else "", code)
        shorter = shorter.replace("{;", ";")
        if shorter == code:
            return code
        code = shorter


def undocumented(path):
    for first, block in blocks(path.read_text().splitlines()):
        code = at_file_scope(tree.without_comments(block))
        code = re.sub(r"__attribute__\s*\(\(.*?\)\)", "", code, flags=re.S)
        names = [m.group(1) for m in FUNCTION.finditer(code + ";")]
        names = [name for name in names if name not in NO_FUNCTION]
        comment = re.match(r"\s*/\*(.*?)\*/", block, re.S)
        words = re.findall(r"\w+", comment.group(1)) if comment else []
        for name in names:
            yield f"{tree.relative(path)}:{first}: {name}", len(words) >= 3


def main():
    found = [item for path in tree.sources("*.h") for item in undocumented(path)]
    faults = [f"{place} has no comment directly above" for place, has_one in found if not has_one]
    assert len(found) > 50, "the functions of the headers were not found"
    tree.finish(faults, f"{len(found)} functions are documented")


main()
