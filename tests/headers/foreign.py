"""headers.foreign: each third-party header is included in its own layer only, and base, facts,
decide and explain include nothing else but headers of C11 (or C++ in the one C++ file)."""

import re

import tree

OWNER = {
    "yaml.h": {"facts"},
    "simdjson.h": {"facts"},
    "lua.h": {"policy"},
    "lauxlib.h": {"policy"},
    "lualib.h": {"policy"},
    "openssl/crypto.h": {"record"},
    "openssl/evp.h": {"record"},
    "openssl/sha.h": {"base", "record"},
    "sanitizer/asan_interface.h": {"base"},
    "sqlite3.h": {"record"},
    "libpq-fe.h": {"record"},
    "zstd.h": {"workshop"},
    "microhttpd.h": {"serve"},
}

C11 = {
    name + ".h"
    for name in "assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp "
    "signal stdalign stdarg stdatomic stdbool stddef stdint stdio stdlib stdnoreturn string tgmath "
    "threads time uchar wchar wctype".split()
}

# Layers without POSIX: what they do is the same on every system.
PLAIN = {"base", "facts", "decide", "explain"}


def main():
    faults = []
    found = set()
    for path in tree.sources("*.c", "*.h", "*.cpp"):
        layer = path.parent.name
        for number, line in enumerate(path.read_text().splitlines(), 1):
            match = re.match(r"\s*#\s*include\s*<([^>]+)>", line)
            if not match:
                continue
            name = match.group(1)
            place = f"{tree.relative(path)}:{number}"
            is_cxx = path.suffix == ".cpp" and "." not in name
            if name in OWNER:
                found.add(name)
                if layer not in OWNER[name]:
                    faults.append(f"{place}: <{name}> belongs to {', '.join(OWNER[name])}")
            elif layer in PLAIN and name not in C11 and not is_cxx:
                faults.append(f"{place}: <{name}> is no header of C11")
            elif "/" in name and not name.startswith(("sys/", "linux/")):
                faults.append(f"{place}: say in foreign.py which layer <{name}> belongs to")
    assert "openssl/sha.h" in found, "not even the known includes were found"
    tree.finish(faults, f"{len(found)} foreign headers stay in their layers")


main()
