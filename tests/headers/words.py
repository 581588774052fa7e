"""headers.words: nothing is left to be done in a comment, no locale is set, no path of somebody's
machine stands in the tree."""

import re
import subprocess

import tree

# Written apart, so that this file does not find itself.
DEBT = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "HA" + "CK", "XX" + "X"]) + r")\b")
LOCALE = re.compile(r"\b(set|new|use)locale\s*\(")
MACHINE = re.compile(r"(?<![\w.])/(home|root|Users)/[\w.]+|/wor" + r"k/[a-z]|[A-Z]:\\Users")

C_FAMILY = {".c", ".h", ".cpp"}
TEXTS = {"", ".py", ".sh", ".md", ".txt", ".lua", ".yaml", ".yml", ".json", ".cmake", ".expected"}


def tracked():
    """The files that git knows or would take; without git, all that are not built."""
    try:
        out = subprocess.run(
            ["git", "-C", str(tree.ROOT), "ls-files", "-co", "--exclude-standard"],
            capture_output=True,
            text=True,
            check=True,
        )
        paths = [tree.ROOT / name for name in out.stdout.splitlines()]
    except (OSError, subprocess.CalledProcessError):
        paths = [path for path in tree.ROOT.rglob("*") if tree.ROOT / "build" not in path.parents]
    return sorted(path for path in paths if path.is_file())


def faults_of(path):
    text = path.read_text(errors="replace")
    is_c = path.suffix in C_FAMILY
    searches = [(MACHINE, text, "a path of a machine")]
    if is_c:
        searches.append((DEBT, tree.comments_only(text), "open an issue in place of"))
        searches.append((LOCALE, tree.without_comments(text), "nobody sets a locale"))
    elif path.suffix in TEXTS and path.name != "LICENSE":
        searches.append((DEBT, text, "open an issue in place of"))
    for pattern, searched, why in searches:
        for match in pattern.finditer(searched):
            line = tree.line_of(searched, match.start())
            yield f"{tree.relative(path)}:{line}: {why}: {match.group(0)}"


def main():
    paths = [path for path in tracked() if path.suffix in C_FAMILY | TEXTS]
    faults = [fault for path in paths for fault in faults_of(path)]
    assert len(paths) > 20, "no files found"
    tree.finish(faults, f"{len(paths)} files are clean")


main()
