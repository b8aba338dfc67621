# SPDX-FileCopyrightText: The FerroHSM authors
# SPDX-License-Identifier: Apache-2.0
#
# To be sourced: find_java sets java_home and java_version to the Java that libferrohsm-pkcs11.so takes too:
# FERROHSM_JAVA_HOME, JAVA_HOME, the java on PATH, well-known places, newest first. Starts no other process unless it must.

# Whether $1 is a Java of version 17 or newer.
examine_java() {
    [ -x "$1/bin/java" ] && [ -r "$1/lib/server/libjvm.so" ] || return 1
    java_version=0
    [ ! -r "$1/release" ] || while IFS='="' read -r name _ value _; do
        if [ "$name" = JAVA_VERSION ]; then
            java_version=${value%%[!0-9]*}
            break
        fi
    done <"$1/release"
    java_home=$1
    [ "$java_version" = 0 ] || [ "$java_version" -ge 17 ]
}

newest_java() {
    best=-1
    for home in "$@"; do
        if examine_java "$home" && [ "$java_version" -gt "$best" ]; then
            best=$java_version
            best_home=$home
        fi
    done
    [ "$best" -ge 0 ] && examine_java "$best_home"
}

find_java() {
    if [ -n "${FERROHSM_JAVA_HOME:-}" ]; then
        examine_java "$FERROHSM_JAVA_HOME" && return
        echo "ferrohsm: FERROHSM_JAVA_HOME is $FERROHSM_JAVA_HOME, but that is no Java of version 17 or newer: correct or unset it" >&2
        return 1
    fi
    [ -n "${JAVA_HOME:-}" ] && examine_java "$JAVA_HOME" && return
    on_path=$(command -v java) && on_path=$(readlink -f "$on_path") && examine_java "${on_path%/bin/java}" && return
    newest_java /usr/lib/jvm/default-java && return
    newest_java /usr/lib/jvm/* && return
    newest_java /usr/lib64/jvm/* && return
    newest_java /usr/java/* && return
    newest_java /opt/java/* && return
    newest_java /opt/* && return
    newest_java /usr/local/* && return
    echo "ferrohsm: no Java of version 17 or newer found: install one (Debian, Ubuntu: openjdk-17-jre-headless) or set FERROHSM_JAVA_HOME" >&2
    return 1
}
