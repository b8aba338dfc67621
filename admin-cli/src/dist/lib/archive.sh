#!/bin/sh
# SPDX-FileCopyrightText: The FerroHSM authors
# SPDX-License-Identifier: Apache-2.0
#
# Makes the class-data archives from which the library and the command start faster. They fit one Java in one place: run
# this after an update of Java and after moving the tree. Without them all works, only slower.
set -u
lib=$(cd "$(dirname "$0")" && pwd -P)
. "$lib/find-java.sh"
find_java || exit 70

# archive NAME JAR
archive() {
    target=$lib/java/$1.jsa
    scratch=$(mktemp -d) || exit 1
    # G1 alone can put objects into an archive; any collector can take them out.
    if (cd "$scratch" && "$java_home/bin/java" -Xshare:dump -Xlog:disable -Xlog:all=off -XX:+UseG1GC \
        "-XX:SharedClassListFile=$lib/java/$1.classlist" "-XX:SharedArchiveFile=$scratch/archive" \
        -cp "$lib/java/$2" >/dev/null 2>&1) && cp "$scratch/archive" "$target.new" && mv -f "$target.new" "$target"; then
        chmod 644 "$target"
    else
        rm -f "$target" "$target.new"
        echo "ferrohsm: could not make $target with $java_home; programs start slower without it" >&2
    fi
    rm -rf "$scratch"
}

archive ferrohsm ferrohsm-pkcs11-bridge.jar
archive ferrohsm-cli ferrohsm-cli.jar
cp "$java_home/release" "$lib/java/archive.release" 2>/dev/null || rm -f "$lib/java/archive.release"
