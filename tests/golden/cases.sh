#!/bin/sh
# What the loader says of every broken case and vocabulary, compared with what was kept.
#   cases.sh PROGRAM          compare; run in the root of the repository
#   cases.sh PROGRAM --keep   keep what it says now, after somebody has read the difference
# Each file is named after the code that it must give, and every code has a file, but for
# those that need a file too large to keep, a type that the vocabulary does not use yet, or
# an edit of a case (C018x) or a guide of samples (V0115): they are tested in tests/unit.
set -eu
LC_ALL=C
export LC_ALL
program=$1
expected=tests/golden/cases.expected
found=$(mktemp)
trap 'rm -f "$found"' EXIT

"$program" cases rules/vocabulary.yaml cases/broken/C* >"$found"
"$program" vocabularies tests/golden/vocabularies/V* >>"$found"

for file in cases/broken/C* tests/golden/vocabularies/V*; do
    name=$(basename "$file")
    code=${name%%-*}
    if ! grep -q "^  $name:.* $code: " "$found"; then
        echo "$file does not give $code"
        exit 1
    fi
    case $name in
    *.yaml) if [ "$(head -n 1 "$file")" != "# $code" ]; then echo "$file does not start with '# $code'"; exit 1; fi ;;
    esac
done
for code in $("$program" codes); do
    case $code in C0102 | C0136 | C018* | V0115) continue ;; esac
    if ! grep -q " $code: " "$found"; then
        echo "no file gives $code"
        exit 1
    fi
done
if [ "${2:-}" = --keep ]; then
    cat "$found" >"$expected"
fi
diff -u "$expected" "$found"
