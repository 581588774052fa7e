#!/bin/sh
# headers.missing: where dev cannot install, it names exactly the missing packages and exits with 3.
#
# dev is run with a path that holds nothing but a few tools and stand-ins for dpkg-query, apt-get
# and id, so no package is touched. usage: missing.sh DEV
# shellcheck disable=SC2016 # what stands in single quotes is for the stand-ins
set -eu

dev=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
faults=0

for tool in sh cat grep dirname env; do
    ln -s "$(command -v "$tool")" "$folder/$tool"
done

stand_in() {
    printf '#!/bin/sh\n%s\n' "$2" >"$folder/$1"
    chmod +x "$folder/$1"
}

# Everything is installed but libyaml-dev and ninja-build.
stand_in dpkg-query 'for package in gcc g++ libc6-dev cmake pkg-config liblua5.4-dev libsimdjson-dev libssl-dev libsqlite3-dev libzstd-dev; do
    echo "installed $package"
done
echo "not-installed libyaml-dev"
exit 1'

# expect SITUATION WORDS: dev build must exit with 3, and say both.
expect() {
    status=0
    said=$(PATH="$folder" "$dev" build 2>&1) || status=$?
    if [ "$status" -ne 3 ]; then
        echo "$1: exit status $status, not 3"
        faults=1
    fi
    for words in "$2" "missing packages: ninja-build libyaml-dev"; do
        if ! printf '%s\n' "$said" | grep -qxF "dev: $words"; then
            printf '%s: does not say "%s", but:\n%s\n' "$1" "$words" "$said"
            faults=1
        fi
    done
}

stand_in id 'echo 0'
expect "no apt" "there is no apt-get here to install with"

stand_in apt-get 'echo called >>"${0%/*}/called"; exit 100'
stand_in id 'echo 1000'
expect "not root" "only root can install packages, and there is no sudo"
if [ -f "$folder/called" ]; then
    echo "not root: apt-get was called"
    faults=1
fi

stand_in id 'echo 0'
expect "apt fails" "apt-get could not install everything"
if [ ! -f "$folder/called" ]; then
    echo "apt fails: apt-get was not called"
    faults=1
fi

[ "$faults" -eq 0 ] && echo "dev names what is missing"
exit "$faults"
