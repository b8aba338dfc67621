#!/bin/sh
# SPDX-FileCopyrightText: The FerroHSM authors
# SPDX-License-Identifier: Apache-2.0
#
# class-lists.sh DIST: runs the product's main job in a store of its own and notes which classes the library and the
# command need for it, for archive.sh. Fails if the product does not work.
set -eu
dist=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/ferrohsm.conf" <<END
store = sqlite:$work/store.db
seal.key.file = $work/seal.key
audit.key.folder = $work
END
export FERROHSM_CONF="$work/ferrohsm.conf" FERROHSM_STORE= PIN=246813579 SO_PIN=975318642
echo data >"$work/data"

# note NAME COMMAND...
note() {
    name=$1
    shift
    if ! FERROHSM_JAVA_OPTIONS="-XX:DumpLoadedClassList=$work/list" FERROHSM_DEBUG=1 "$@" >"$work/log" 2>&1; then
        echo "the product does not work: $* said" >&2
        cat "$work/log" >&2
        exit 1
    fi
    # Classes of signed jars cannot be archived, and their lambdas crash the dump of Java 17.
    grep -v -E '^@lambda-proxy (com/amazon|org/bouncycastle)' "$work/list" >>"$work/$name"
    rm "$work/list"
}

library() {
    note ferrohsm pkcs11-tool --module "$dist/lib/libferrohsm-pkcs11.so" "$@"
}

command() {
    note ferrohsm-cli "$dist/bin/ferrohsm" "$@"
}

library -L
library --init-token --slot-index 0 --label archive --so-pin "$SO_PIN"
library --init-pin --login --login-type so --so-pin "$SO_PIN" --pin "$PIN"
library --login --pin "$PIN" --keypairgen --key-type RSA:2048 --id 01 --label rsa
library --login --pin "$PIN" --keypairgen --key-type EC:prime256v1 --id 02 --label ec
library --login --pin "$PIN" --sign -m SHA256-RSA-PKCS --id 01 -i "$work/data" -o "$work/signature"
library --login --pin "$PIN" --sign -m ECDSA-SHA256 --id 02 -i "$work/data" -o "$work/signature"
library --login --pin "$PIN" -O -M
command token list
command token init --label second --so-pin env:SO_PIN --pin env:PIN
command key generate --token second --type aes:256 --label aes --pin env:PIN
command key list --token archive --pin env:PIN --output json
command audit show
command audit verify
for name in ferrohsm ferrohsm-cli; do
    awk '!seen[$0]++' "$work/$name" >"$dist/lib/java/$name.classlist"
done
