"""headers.sizes: no file of C or C++ over 600 lines, no function over 60.

Lengths of functions need universal-ctags; without it that half is skipped, in words.
"""

import shutil
import subprocess

import tree

FILE_LINES = 600
FUNCTION_LINES = 60


def long_functions(paths):
    """The functions that are too long, and how many were measured."""
    out = subprocess.run(
        ["ctags", "-f", "-", "--fields=+ne", "--kinds-c=f", "--kinds-c++=f", "--sort=no"]
        + [str(path) for path in paths],
        capture_output=True,
        text=True,
        check=True,
    )
    faults = []
    measured = 0
    for line in out.stdout.splitlines():
        parts = line.split("\t")
        fields = dict(part.split(":", 1) for part in parts[3:] if ":" in part)
        if "end" not in fields:
            continue
        measured += 1
        lines = int(fields["end"]) - int(fields["line"]) + 1
        if lines > FUNCTION_LINES:
            path = parts[1].replace(str(tree.ROOT) + "/", "")
            faults.append(f"{path}:{fields['line']}: {parts[0]} has {lines} lines")
    return faults, measured


def main():
    paths = tree.sources("*.c", "*.h", "*.cpp")
    tests = tree.ROOT / "tests"
    paths += sorted([*tests.rglob("*.c"), *tests.rglob("*.h"), *tests.rglob("*.cpp")])
    faults = []
    for path in paths:
        lines = len(path.read_text().splitlines())
        if lines > FILE_LINES:
            faults.append(f"{tree.relative(path)}: {lines} lines; split it by noun")
    done = f"{len(paths)} files have at most {FILE_LINES} lines"
    if shutil.which("ctags"):
        found, measured = long_functions(paths)
        assert measured > 0, "ctags measured nothing"
        faults += found
        done += f", {measured} functions at most {FUNCTION_LINES}"
    else:
        done += "; functions were not measured: universal-ctags is not installed"
    tree.finish(faults, done)


main()
