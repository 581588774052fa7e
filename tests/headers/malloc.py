"""headers.malloc: memory comes from arena.c, and inside the jail from Lua's allocator, alone."""

import re

import tree

ALLOWED = {"engine/base/arena.c", "engine/policy/lua_heap.c"}
CALL = re.compile(r"\b(malloc|calloc|realloc|reallocarray|aligned_alloc|strdup|strndup|free)\b")


def main():
    faults = []
    control = 0
    for path in tree.sources("*.c", "*.h", "*.cpp"):
        code = tree.without_comments(path.read_text())
        for match in CALL.finditer(code):
            if tree.relative(path) in ALLOWED:
                control += 1
            else:
                place = f"{tree.relative(path)}:{tree.line_of(code, match.start())}"
                faults.append(f"{place}: {match.group(1)}: take memory from an arena")
    assert control > 0, "not even the malloc of arena.c was found"
    tree.finish(faults, "memory comes from the arena alone")


main()
