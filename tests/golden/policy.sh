#!/bin/sh
# What the compiler says of every broken policy, compared with what was kept.
#   policy.sh PROGRAM          compare; run in the root of the repository
#   policy.sh PROGRAM --keep   keep what it says now, after somebody has read the difference
# Each file and folder is named after the code that it must give, and every code has one, but for
# P0106: no script can make a jail send what is no message. It is tested in tests/unit.
set -eu
LC_ALL=C
export LC_ALL
program=$1
policy=tests/golden/policy
expected=tests/golden/policy.expected
found=$(mktemp)
trap 'rm -f "$found"' EXIT

"$program" scripts $policy/vocabulary.yaml $policy/base.lua $policy/broken/P* >"$found"
"$program" folders $policy/folders/P* >>"$found"

for file in "$policy"/broken/P* "$policy"/folders/P*; do
    name=$(basename "$file")
    code=${name%%-*}
    case $name in *-of | *-other) continue ;; esac
    if ! awk -v name="$name: " -v code="$code" '
        index($0, name) == 1 { here = 1; next }
        /^[^ ]/ { here = 0 }
        here && index($0, " " code ": ") { seen = 1 }
        END { exit !seen }' "$found"; then
        echo "$file does not give $code"
        exit 1
    fi
done
for code in $("$program" codes); do
    case $code in P0106) continue ;; esac
    if ! grep -q " $code: " "$found"; then
        echo "nothing gives $code"
        exit 1
    fi
done
if [ "${2:-}" = --keep ]; then
    cp "$found" "$expected"
fi
diff -u "$expected" "$found"
