#!/bin/sh
# SPDX-FileCopyrightText: The FerroHSM authors
# SPDX-License-Identifier: Apache-2.0
#
# fuzz.sh SECONDS [TARGET...]: runs each fuzzer, or those named, for so many seconds and says what came of it. They begin
# with the committed corpora; what they add lies in target/fuzz/<target>/corpus, and what broke beside it. Exits with 1 if
# anything broke. `make fuzz` builds before. With FUZZ_KEEP=1, what covers more goes into the committed corpora.
set -u
cd "$(dirname "$0")/.."
seconds=$1
shift

# target, committed corpus, and for those in Java the class
targets='
request    pkcs11-native/fuzz/corpus/request    -
reply      pkcs11-native/fuzz/corpus/reply      -
link       pkcs11-native/fuzz/corpus/link       -
settings   pkcs11-native/fuzz/corpus/settings   -
message    pkcs11-bridge/src/test/fuzz/message   org.ferrohsm.bridge.MessageFuzzTest
frame      pkcs11-bridge/src/test/fuzz/frame     org.ferrohsm.bridge.server.FrameFuzzTest
template   pkcs11-bridge/src/test/fuzz/template  org.ferrohsm.bridge.codec.TemplateFuzzTest
mechanism  pkcs11-bridge/src/test/fuzz/mechanism org.ferrohsm.bridge.codec.MechanismFuzzTest
object     hsm-core/src/test/fuzz/object         org.ferrohsm.core.token.ObjectFuzzTest
record     hsm-core/src/test/fuzz/record         org.ferrohsm.core.audit.RecordFuzzTest
config     hsm-core/src/test/fuzz/config         org.ferrohsm.core.boot.ConfigFuzzTest
note       hsm-core/src/test/fuzz/note           org.ferrohsm.core.tlog.NoteFuzzTest
'
classes="pkcs11-bridge/target/test-classes:pkcs11-bridge/target/classes:hsm-core/target/test-classes:$(
    cat pkcs11-bridge/target/fuzz-classpath 2>/dev/null)"

# $1 target, $2 its class or -, then libFuzzer's words
fuzzer() {
    target=$1
    class=$2
    shift 2
    if [ "$class" = - ]; then
        "pkcs11-native/target/clang/fuzz_$target" "$@"
    else
        "${JAVA_HOME:?}/bin/java" -Xmx1500m -cp "$classes" com.code_intelligence.jazzer.Jazzer --target_class="$class" \
            --instrumentation_includes='org.ferrohsm.**' --disabled_hooks='com.code_intelligence.jazzer.sanitizers.**' \
            --reproducer_path="target/fuzz/$target" "$@"
    fi
}

broken=''
for target in ${*:-$(echo "$targets" | awk '{ print $1 }')}; do
    # shellcheck disable=SC2046 # two words
    set -- $(echo "$targets" | awk -v target="$target" '$1 == target { print $2, $3 }')
    [ $# = 2 ] || { echo "there is no target $target but$(echo "$targets" | awk '{ printf " %s", $1 }')"; exit 2; }
    here=target/fuzz/$target
    mkdir -p "$here/corpus"
    rm -f "$here"/crash-* "$here"/timeout-* "$here"/oom-* "$here"/leak-* "$here"/slow-unit-*
    printf '%-10s %s s: ' "$target" "$seconds"
    if fuzzer "$target" "$2" -max_total_time="$seconds" -max_len=2048 -timeout=30 -rss_limit_mb=4096 -print_final_stats=1 \
        -artifact_prefix="$here/" "$here/corpus" "$1" >"$here/log" 2>&1; then
        echo "$(sed -n 's/^stat::number_of_executed_units: *//p' "$here/log") executions, nothing found"
        if [ -n "${FUZZ_KEEP-}" ]; then
            fuzzer "$target" "$2" -set_cover_merge=1 -use_counters=0 -max_len=600 -artifact_prefix="$here/" "$1" "$here/corpus" >"$here/log.merge" 2>&1 ||
                broken="$broken $target"
        fi
    else
        echo "BROKEN, see $here/log and"
        find "$here" -maxdepth 1 \( -name 'crash-*' -o -name 'timeout-*' -o -name 'oom-*' -o -name 'leak-*' \)
        grep -E 'ERROR:|== Java Exception|SUMMARY|runtime error' "$here/log" | head -n 5
        broken="$broken $target"
    fi
done
[ -z "$broken" ] || { echo "Broken:$broken"; exit 1; }
echo 'Nothing found'
