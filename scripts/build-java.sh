#!/bin/sh
# SPDX-FileCopyrightText: The FerroHSM authors
# SPDX-License-Identifier: Apache-2.0
#
# Prints the home of the JDK to build with: JAVA_HOME if it is 17 or newer, else a 17, else the oldest newer one (the
# compiler plugins are tried on 17 and 25). With a number as argument: of a JDK of exactly that version, JAVA<n>_HOME first.
set -u

# Sets version to the number in the home's release file if there is a compiler, else to 0.
examine() {
    version=0
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return
    while IFS='=' read -r name value; do
        if [ "$name" = JAVA_VERSION ]; then
            value=${value#\"}
            version=${value%%[!0-9]*}
        fi
    done <"$1/release"
}

exact=${1:-}
if [ -n "$exact" ]; then
    eval "given=\${JAVA${exact}_HOME:-}"
else
    given=${JAVA_HOME:-}
fi
if [ -n "$given" ]; then
    examine "$given"
    if [ "$version" = "${exact:-$version}" ] && [ "$version" -ge 17 ]; then
        echo "$given"
        exit 0
    fi
fi

on_path=$(command -v javac || true)
[ -z "$on_path" ] || on_path=$(readlink -f "$on_path")

best=0
for home in /usr/lib/jvm/* "${on_path%/bin/javac}"; do
    examine "$home"
    if [ "$version" -ge 17 ] && [ "$version" = "${exact:-$version}" ] \
        && { [ "$best" = 0 ] || [ "$version" -lt "$best" ]; }; then
        best=$version
        found=$home
    fi
done
[ "$best" != 0 ] || { echo "no JDK ${exact:-17 or newer} found: set JAVA${exact}_HOME" >&2; exit 1; }
readlink -f "$found"
