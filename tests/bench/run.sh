#!/bin/sh
# How long amicus takes: a whole call, loading a rulebook, and one decision inside a process.
#   run.sh [CASE [RULEBOOK]]     run in the root of the repository, after ./dev build
set -eu
case=${1:-cases/worked/non_payment/demo.yaml}
rulebook=${2:-rules/upwork}
amicus=build/release/amicus
generated=build/release/bench

# Figures of another machine are worth little without its name.
printf '%s\n' "$(uname -sm), $(grep -m 1 'model name' /proc/cpuinfo 2>/dev/null | cut -d: -f2- || true)"
printf '%s, %s\n' "$("$amicus" version)" "$case"

# The sources of the benchmarks are outside of the release build, which has no tests.
libraries=$(pkg-config --libs yaml-0.1 lua5.4 simdjson libcrypto)
for program in decide guards load; do
    # shellcheck disable=SC2086 # the flags are words
    cc -std=c11 -D_POSIX_C_SOURCE=200809L -O2 -Iinclude "tests/bench/$program.c" \
        build/release/libamicus.a $libraries -lstdc++ -o "build/release/bench_$program"
done

printf '\n%s\n' "Loading $rulebook, and one call on $case:"
build/release/bench_load "$amicus" "$rulebook" "$case"

printf '\n%s\n' "One decision, inside a process:"
build/release/bench_decide "$rulebook" "$case"

printf '\n%s\n' "Rules that a fact of the case rules out, and conditions, in generated rulebooks:"
mkdir -p "$generated"
cp rules/vocabulary.yaml "$generated"
build/release/bench_guards "$generated"

printf '\n%s\n' "The record, on the disk of this folder:"
record=build/release/bench_record
folder=$(mktemp -d build/release/bench-XXXXXX)
trap 'rm -rf "$folder"' EXIT
# shellcheck disable=SC2086,SC2046 # the flags are words
cc -std=c11 -D_POSIX_C_SOURCE=200809L -O2 -Iinclude -iquote engine/base -iquote engine/record \
    tests/bench/record.c build/release/libamicus.a $libraries $(pkg-config --libs sqlite3) \
    -lstdc++ -lpthread -ldl -lm -o "$record"
"$record" "$folder" 20000
