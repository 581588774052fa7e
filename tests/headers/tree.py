"""What the header tests know of the source tree: its layers, in order, and who may see whom.

The layers and their DEPENDS are read from engine/*/CMakeLists.txt, so that a test sees what the
compiler sees and cannot drift from it.
"""

import pathlib
import re
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

# The CMake targets of foreign libraries, and the pkg-config modules behind them.
FOREIGN = {
    "PkgConfig::YAML": "yaml-0.1",
    "PkgConfig::LUA": "lua5.4",
    "PkgConfig::SIMDJSON": "simdjson",
}

WARNINGS = (
    "-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wcast-qual -Wcast-align "
    "-Wwrite-strings -Wundef -Wformat=2 -Wvla -Wswitch-enum -Wpointer-arith -Werror"
).split()
C_FLAGS = "-std=c11 -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition".split()
CXX_FLAGS = ["-std=c++17"]


class Layer:
    """One folder of engine/ that is built."""

    def __init__(self, name, depends, foreign):
        self.name = name
        self.folder = ROOT / "engine" / name
        self.depends = depends
        self.foreign = foreign

    def headers(self):
        return sorted(self.folder.glob("*.h"))

    def flags(self):
        """The include path that this layer is compiled with."""
        flags = ["-I", str(ROOT / "include")]
        for name in [self.name, *self.depends]:
            flags += ["-iquote", str(ROOT / "engine" / name)]
        for module in self.foreign:
            out = subprocess.run(
                ["pkg-config", "--cflags", module], capture_output=True, text=True, check=True
            )
            flags += shlex.split(out.stdout)
        return flags


def layer_names():
    """The layers in the order of the top CMakeLists.txt, lowest first, and the program on top."""
    text = (ROOT / "CMakeLists.txt").read_text()
    found = re.search(r"set\(AMICUS_LAYERS ([a-z ]+)\)", text)
    assert found, "the top CMakeLists.txt does not set AMICUS_LAYERS"
    return [*found.group(1).split(), "cli"]


def layers():
    found = []
    for name in layer_names():
        text = (ROOT / "engine" / name / "CMakeLists.txt").read_text()
        text = re.sub(r"#.*", "", text)
        match = re.search(r"amicus_layer\(\s*" + name + r"\b(.*?)\)", text, re.S)
        if match:
            words = match.group(1).split()
            depends = words[words.index("DEPENDS") + 1 :] if "DEPENDS" in words else []
            depends = [word for word in depends if word.islower()]
        else:  # the command line is a program, and sees every layer
            depends = [layer.name for layer in found]
        foreign = [module for target, module in FOREIGN.items() if target in text]
        found.append(Layer(name, depends, foreign))
    return found


def public_headers():
    return sorted((ROOT / "include" / "amicus").glob("*.h"))


def sources(*patterns):
    """Files of the engine and its public headers."""
    found = []
    for pattern in patterns:
        found += (ROOT / "engine").rglob(pattern)
        found += (ROOT / "include").rglob(pattern)
    return sorted(found)


def relative(path):
    return str(path.relative_to(ROOT))


COMMENT_OR_STRING = re.compile(
    r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.S
)


def without_comments(text):
    """The code alone: comments and the insides of strings become spaces, lines stay lines."""

    def blank(match):
        found = match.group(0)
        if found[0] in "\"'":
            return found[0] + " " * (len(found) - 2) + found[-1]
        return re.sub(r"[^\n]", " ", found)

    return COMMENT_OR_STRING.sub(blank, text)


def comments_only(text):
    """The comments alone, on the lines where they stand."""
    out = []
    at = 0
    for match in COMMENT_OR_STRING.finditer(text):
        out.append(re.sub(r"[^\n]", " ", text[at : match.start()]))
        found = match.group(0)
        out.append(found if found.startswith("/") else re.sub(r"[^\n]", " ", found))
        at = match.end()
    out.append(re.sub(r"[^\n]", " ", text[at:]))
    return "".join(out)


def line_of(text, at):
    return text.count("\n", 0, at) + 1


def finish(faults, done):
    """End a test: print every fault, or what was looked at."""
    for fault in faults:
        print(fault)
    if faults:
        print(f"{len(faults)} faults")
        sys.exit(1)
    print(done)
    sys.exit(0)
