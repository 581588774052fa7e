"""headers.c and headers.cxx: every header compiles alone, under the strict warnings.

usage: alone.py c COMPILER    all headers, with exactly the include path of their layer
       alone.py cxx COMPILER  the public headers, as C++
"""

import subprocess
import sys

import tree


def fault_of(header, language, compiler, flags):
    """Compile a file that includes nothing but this header, twice, so that its guard is tried."""
    standard = tree.C_FLAGS if language == "c" else tree.CXX_FLAGS
    kind = "c" if language == "c" else "c++"
    name = f"amicus/{header.name}" if header.parent.name == "amicus" else header.name
    out = subprocess.run(
        [compiler, *standard, *tree.WARNINGS, *flags, "-fsyntax-only", "-x", kind, "-"],
        input=f'#include "{name}"\n#include "{name}"\n',
        capture_output=True,
        text=True,
    )
    return None if out.returncode == 0 else f"{tree.relative(header)}:\n{out.stderr}"


def main():
    language, compiler = sys.argv[1:3]
    public = ["-I", str(tree.ROOT / "include")]
    tried = [(header, public) for header in tree.public_headers()]
    if language == "c":
        for layer in tree.layers():
            tried += [(header, layer.flags()) for header in layer.headers()]
    faults = [fault_of(header, language, compiler, flags) for header, flags in tried]
    faults = [fault for fault in faults if fault]
    assert tried, "no headers found"
    tree.finish(faults, f"{len(tried)} headers compile alone")


main()
