#!/bin/sh
# SPDX-FileCopyrightText: The FerroHSM authors
# SPDX-License-Identifier: Apache-2.0
#
# Measures the PKCS#11 library against SoftHSM2 in one process, operation by operation in turn, and the core against its
# engines with JMH. Ratios hold where the machine's speed drifts; absolute figures do not.
#
#   benchmarks/run.sh [p11|daemon|start|jmh|audit|many]    SECONDS_EACH, THREADS, OBJECTS and P11BENCH_OPTIONS change what p11 and
#                                                       daemon do, MANY how many objects a large token has
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
what=${1:-all}
pin=benchmark-1234
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

ours=$root/dist/lib/libferrohsm-pkcs11.so
softhsm=''
for candidate in /usr/lib/softhsm/libsofthsm2.so /usr/lib/*/softhsm/libsofthsm2.so; do
    [ -e "$candidate" ] && softhsm=$candidate && break
done

# Everything that both modules need, in a folder of its own.
prepare() {
    work=$(mktemp -d "$work/XXXX")
    cc -O2 -pthread -I/usr/include/p11-kit-1 "$here/src/main/c/p11bench.c" -o "$work/p11bench" -ldl
    export HOME="$work/home" FERROHSM_STORE="sqlite:$work/store.db" SOFTHSM2_CONF="$work/softhsm2.conf"
    unset FERROHSM_CONF XDG_CONFIG_HOME XDG_DATA_HOME || true
    mkdir -p "$HOME" "$work/softhsm"
    echo "directories.tokendir = $work/softhsm" >"$SOFTHSM2_CONF"
    pkcs11-tool --module "$ours" --init-token --slot 0 --so-pin "$pin" --label bench
    pkcs11-tool --module "$ours" --login --login-type so --so-pin "$pin" --init-pin --pin "$pin"
    softhsm2-util --init-token --free --label bench --so-pin "$pin" --pin "$pin"
}

compare() {
    # shellcheck disable=SC2086 # options are words
    "$work/p11bench" ${P11BENCH_OPTIONS:-} -s "${SECONDS_EACH:-1}" -t "${THREADS:-2}" -n "${OBJECTS:-1000}" "$1:bench:$pin" "$2:bench:$pin"
}

p11() {
    prepare
    FERROHSM_MODE=embedded compare "$ours" "$softhsm"
}

# Both in another process: our daemon, and p11-kit's server before SoftHSM2.
daemon() {
    prepare
    client=$(ls /usr/lib/*/pkcs11/p11-kit-client.so)
    export FERROHSM_MODE=daemon FERROHSM_SOCKET="$work/run/daemon.sock" P11_KIT_SERVER_ADDRESS="unix:path=$work/softhsm.sock"
    "$root/dist/bin/ferrohsm" daemon &
    daemon=$!
    p11-kit server -f -n "$work/softhsm.sock" --provider "$softhsm" pkcs11: >/dev/null &
    server=$!
    trap 'kill $daemon $server; wait' EXIT
    while ! [ -S "$FERROHSM_SOCKET" ] || ! [ -S "$work/softhsm.sock" ]; do
        kill -0 $daemon $server
        sleep 0.1
    done
    compare "$ours" "$client"
}

java_classes() {
    JAVA_HOME=$("$root/scripts/build-java.sh")
    export JAVA_HOME
    (cd "$root" && mvn -q -B -ntp -DskipTests -Dspotless.check.skip -pl benchmarks -am package)
}

# In 160 MiB (of which hashing a PIN takes 64), however long the log is.
audit() {
    java_classes
    "$JAVA_HOME/bin/java" -Xmx160m -cp "$here/target/classes:$here/target/lib/*" org.ferrohsm.benchmarks.AuditRates
}

jmh() {
    java_classes
    "$JAVA_HOME/bin/java" -cp "$here/target/classes:$here/target/lib/*" org.openjdk.jmh.Main
}

# A token with very many objects, filled by one process and asked by another, each with half a gigabyte of heap.
many() {
    java_classes
    for part in fill ask; do
        "$JAVA_HOME/bin/java" -Xmx512m -cp "$here/target/classes:$here/target/lib/*" org.ferrohsm.benchmarks.ManyObjects \
            "$part" "$work" "${MANY:-1000000}"
    done
}

# Milliseconds of COMMAND as a whole process: the median of fifteen runs.
median() {
    for run in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
        begun=$(date +%s%N)
        "$@" >/dev/null 2>&1
        echo $((($(date +%s%N) - begun) / 10000))
    done | sort -n | sed -n '8s/..$/.&/p'
}

# What a program that lists the slots and ends takes.
start() {
    prepare
    export FERROHSM_SOCKET="$work/run/daemon.sock"
    "$root/dist/bin/ferrohsm" daemon &
    daemon=$!
    trap 'kill $daemon; wait' EXIT
    while ! [ -S "$FERROHSM_SOCKET" ]; do
        kill -0 $daemon
        sleep 0.1
    done
    echo "pkcs11-tool -L, ms: embedded $(FERROHSM_MODE=embedded median pkcs11-tool --module "$ours" -L)," \
        "daemon $(FERROHSM_MODE=daemon median pkcs11-tool --module "$ours" -L)," \
        "SoftHSM2 $(median pkcs11-tool --module "$softhsm" -L)"
}

case $what in
    p11) (p11) ;;
    daemon) (daemon) ;;
    start) (start) ;;
    jmh) jmh ;;
    audit) audit ;;
    many) many ;;
    all) (p11) && (daemon) && (start) && jmh && audit && many ;;
    *) echo "benchmarks/run.sh: unknown part \"$what\": use p11, daemon, start, jmh, audit or many" >&2; exit 2 ;;
esac
