#!/bin/sh
# SPDX-FileCopyrightText: The FerroHSM authors
# SPDX-License-Identifier: Apache-2.0
# embedded.sh LIBRARY FOLDER: runs the library with a stand-in for the bridge in the JVM of TEST_JAVA_HOME, laid out in FOLDER.
# Where the library is built with ASan, PRELOAD names its runtime.
set -eu
library=$1
folder=$2
rm -rf "$folder/java" "$folder/classes"
mkdir -p "$folder/java" "$folder/classes"
folder=$(cd "$folder" && pwd)
cp "$library" "$folder/libferrohsm-pkcs11.so"
"$JAVA_HOME/bin/javac" --release 17 -d "$folder/classes" tests/embedded/org/ferrohsm/bridge/EntryPoint.java
"$JAVA_HOME/bin/jar" cf "$folder/java/ferrohsm-pkcs11-bridge.jar" -C "$folder/classes" .

export FERROHSM_JAVA_HOME="$TEST_JAVA_HOME"
export ASAN_OPTIONS=handle_segv=0:detect_leaks=0
run() {
    LD_PRELOAD="${PRELOAD-}" "$@"
}

run "$folder/embedded" "$folder/libferrohsm-pkcs11.so" > "$folder/out" 2> "$folder/err" || {
    cat "$folder/out" "$folder/err" >&2
    exit 1
}
# The child that test forks says the number of tests, too.
cat "$folder/out"
if [ -s "$folder/err" ]; then
    echo "the library prints where nobody asked it to:" >&2
    cat "$folder/err" >&2
    exit 1
fi

# Without a JVM there is a return value, silence, and on request one line.
no_java() {
    FERROHSM_JAVA_HOME=/nonexistent run "$folder/embedded" "$folder/libferrohsm-pkcs11.so" no-java
}
no_java > "$folder/out" 2> "$folder/err"
[ ! -s "$folder/err" ] || { cat "$folder/err" >&2; exit 1; }
FERROHSM_DEBUG=1 no_java > "$folder/out" 2> "$folder/err"
grep -q '^ferrohsm: FERROHSM_JAVA_HOME is /nonexistent' "$folder/err" || { cat "$folder/err" >&2; exit 1; }
[ "$(wc -l < "$folder/err")" = 1 ] || { cat "$folder/err" >&2; exit 1; }

# A process that has a JVM already is not given another.
run "$TEST_JAVA_HOME/bin/java" tests/embedded/JavaHost.java "$folder/libferrohsm-pkcs11.so" > "$folder/out" 2>&1 || true
grep -q 'libraryDescription: stand-in' "$folder/out" || { cat "$folder/out" >&2; exit 1; }

if command -v pkcs11-tool > /dev/null; then
    run pkcs11-tool --module "$folder/libferrohsm-pkcs11.so" --show-info | grep -q '^Library *stand-in'
fi
