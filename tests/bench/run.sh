#!/bin/sh
# How long amicus takes: a whole call, and one decision inside a process.
#   run.sh [CASE [RULEBOOK]]     run in the root of the repository, after ./dev build
set -eu
case=${1:-cases/worked/non_payment/demo.yaml}
rulebook=${2:-rules/upwork}
amicus=build/release/amicus
bench=build/release/bench_decide

# Figures of another machine are worth little without its name.
printf '%s\n' "$(uname -sm), $(grep -m 1 'model name' /proc/cpuinfo 2>/dev/null | cut -d: -f2- || true)"
printf '%s, %s\n' "$("$amicus" version)" "$case"

# The sources of the benchmark are outside of the release build, which has no tests.
libraries=$(pkg-config --libs yaml-0.1 lua5.4 simdjson libcrypto)
# shellcheck disable=SC2086 # the flags are words
cc -std=c11 -D_POSIX_C_SOURCE=200809L -O2 -Iinclude tests/bench/decide.c build/release/libamicus.a \
    $libraries -lstdc++ -o "$bench"

printf '\n%s\n' "One call: amicus suggest $case"
if command -v hyperfine >/dev/null 2>&1; then
    hyperfine --shell=none --warmup 5 --runs 50 "$amicus suggest $case"
else
    rounds=50
    start=$(date +%s%N)
    i=0
    while [ "$i" -lt "$rounds" ]; do
        "$amicus" suggest "$case" >/dev/null
        i=$((i + 1))
    done
    end=$(date +%s%N)
    printf '  mean of %d calls: %d us\n' "$rounds" $(((end - start) / rounds / 1000))
fi

printf '\n%s\n' "One decision, inside a process:"
"$bench" "$rulebook" "$case"
