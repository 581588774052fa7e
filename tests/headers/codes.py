"""headers.codes: a diagnostic code has one page, and every code that is given has one."""

import re
import sys

import tree

PAGE = re.compile(r'^\s*(?:static const struct code_page \w+\[\] = \{)?\{(?:"([A-Z]\d{4})"|([A-Z_]+)),', re.MULTILINE)
NAMED = re.compile(r'^#define (CODE_\w+)\s+"([A-Z]\d{4})"', re.MULTILINE)
USE = re.compile(r'"([CVPTBRUSI]\d{4})"')


def main():
    pages, used = {}, {}
    for path in sorted((tree.ROOT / "engine").rglob("*.[ch]")):
        text = path.read_text()
        named = dict(NAMED.findall(text))
        for code, name in PAGE.findall(text):
            code = code or named.get(name)
            if code:
                pages.setdefault(code, []).append(path)
        for code in USE.findall(text):
            used.setdefault(code, path)
    faults = [f"{code} has {len(where)} pages: {', '.join(str(path) for path in where)}"
              for code, where in pages.items() if len(where) > 1]
    faults += [f"{path}: {code} has no page" for code, path in used.items() if code not in pages]
    print("\n".join(faults) or f"{len(pages)} codes, each with one page")
    sys.exit(1 if faults or not pages else 0)


main()
