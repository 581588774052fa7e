"""headers.layers: no layer can include a header of a layer above it.

For each layer, every header above it is looked up with exactly that layer's include path, and must
not be found; of each layer above, one include is compiled in earnest, and must fail. The layer's
own headers are the control. What the include path cannot forbid is looked for in the sources: paths
with folders in quotes, and public headers of a layer above.

usage: upward.py COMPILER
"""

import re
import subprocess
import sys

import tree

# Public headers lie in one folder that all layers see; this says which layer each one serves.
PUBLIC_OWNER = {
    "amicus.h": "base",
    "case.h": "facts",
    "rulebook.h": "policy",
    "ruling.h": "decide",
    "explain.h": "explain",
    "record.h": "record",
    "workshop.h": "workshop",
}


def includes(compiler, layer, name):
    """Try an include; the answer is (compiles, what the compiler said)."""
    out = subprocess.run(
        [compiler, "-std=c11", *layer.flags(), "-fsyntax-only", "-x", "c", "-"],
        input=f'#include "{name}"\n',
        capture_output=True,
        text=True,
    )
    return out.returncode == 0, out.stderr


def visible(compiler, flags, headers):
    """The names among these that an include path finds: one run of the preprocessor."""
    lines = [f'#if __has_include("{h.name}")\nfound {h.name}\n#endif\n' for h in headers]
    out = subprocess.run(
        [compiler, "-std=c11", *flags, "-E", "-P", "-x", "c", "-"],
        input="".join(lines),
        capture_output=True,
        text=True,
        check=True,
    )
    return {line.split()[1] for line in out.stdout.splitlines() if line.startswith("found")}


def try_layer(compiler, layer, others):
    """Each header is looked up; of each layer above, one include is compiled in earnest."""
    faults = []
    own = layer.headers()
    hidden = [header for other in others for header in other.headers()]
    seen = visible(compiler, layer.flags(), own + hidden)
    for header in own[:1]:
        well, said = includes(compiler, layer, header.name)
        if not well:
            faults.append(f"control: engine/{layer.name} cannot include {header.name}:\n{said}")
    for header in own:
        if header.name not in seen:
            faults.append(f"control: engine/{layer.name} does not find {header.name}")
    for header in hidden:
        if header.name in seen:
            faults.append(f"engine/{layer.name} can include {tree.relative(header)}")
    for other in others:
        for header in other.headers()[:1]:
            well, said = includes(compiler, layer, header.name)
            if well or "No such file" not in said and "not found" not in said:
                faults.append(f"engine/{layer.name} compiles {tree.relative(header)}\n{said}")
    return faults, len(hidden)


def look_into_sources(layer, names):
    faults = []
    allowed = {layer.name, *layer.depends}
    for path in sorted(layer.folder.glob("*.[ch]*")):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            match = re.match(r'\s*#\s*include\s*"([^"]+)"', line)
            if not match or "/" not in match.group(1):
                continue
            folder, name = match.group(1).rsplit("/", 1)
            owner = PUBLIC_OWNER.get(name)
            if folder != "amicus":
                faults.append(f"{tree.relative(path)}:{number}: a folder in an include: {line}")
            elif owner not in allowed and owner in names:
                faults.append(f"{tree.relative(path)}:{number}: {name} is of the layer {owner}")
    return faults


def main():
    compiler = sys.argv[1]
    layers = tree.layers()
    faults = []
    tried = 0
    seen = {}
    ours = [header for layer in layers for header in layer.headers()]
    for name in sorted(visible(compiler, [], ours)):
        # gcc's <limits.h> would reach ours; and a layer that forgot ours would get the system's.
        faults.append(f"{name}: the system has a header of that name, find another")
    for layer in layers:
        hidden = [other for other in layers if other.name not in (layer.name, *layer.depends)]
        found, count = try_layer(compiler, layer, hidden)
        faults += found + look_into_sources(layer, tree.layer_names())
        tried += count
        for header in layer.headers():
            if header.name in seen:
                both = f"{seen[header.name]} and {layer.name}"
                faults.append(f"two headers are called {header.name}, in {both}")
            seen[header.name] = layer.name
    for header in tree.public_headers():
        if header.name not in PUBLIC_OWNER:
            faults.append(f"{tree.relative(header)}: say in upward.py which layer it serves")
    assert tried > 0, "nothing was tried"
    tree.finish(faults, f"{tried} upward includes are refused")


main()
