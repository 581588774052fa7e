#!/bin/sh
# Run the scripts that look for what is not the same twice, in fresh processes and three locales.
#   repeat.sh PROGRAM FOLDER TIMES
set -eu
for locale in C de_DE.UTF-8 tr_TR.UTF-8; do
    run=0
    while [ "$run" -lt "$3" ]; do
        LC_ALL=$locale "$1" "$2" --tag DETERMINISTIC
        run=$((run + 1))
    done
done
