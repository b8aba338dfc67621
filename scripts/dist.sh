#!/bin/sh
# SPDX-FileCopyrightText: The FerroHSM authors
# SPDX-License-Identifier: Apache-2.0
#
# dist.sh FOLDER: lays out what Maven packaged, for this machine's architecture. Copies what changed, and makes the
# class-data archives anew when a jar did.
set -eu
cd "$(dirname "$0")/.."
dist=$1
jar=$(scripts/build-java.sh)/bin/jar
case $(uname -m) in
    x86_64) sqlite=x86_64 accp=linux-x86_64 jffi=x86_64-Linux ;;
    aarch64) sqlite=aarch64 accp=linux-aarch_64 jffi=aarch64-Linux ;;
    *) echo "no native libraries for $(uname -m): FerroHSM runs on x86_64 and aarch64" >&2; exit 1 ;;
esac
changed=''

# put MODE FILE TARGET
put() {
    cmp -s "$2" "$3" && return
    install -D -m "$1" "$2" "$3"
    changed=yes
}

# unpack JAR FOLDER-IN-JAR LIBRARY
unpack() {
    if [ ! -e "$dist/lib/native/$3" ] || [ "$1" -nt "$dist/lib/native/$3" ]; then
        scratch=$(mktemp -d)
        (cd "$scratch" && "$jar" xf "$1" "$2/$3")
        install -D -m 755 "$scratch/$2/$3" "$dist/lib/native/$3"
        rm -r "$scratch"
    fi
}

for file in target/java/*.jar pkcs11-bridge/target/ferrohsm-pkcs11-bridge.jar jca-provider/target/ferrohsm-jca.jar \
    admin-cli/target/ferrohsm-cli.jar; do
    case $file in
        *AmazonCorrettoCryptoProvider*"$accp".jar) ;;
        *AmazonCorrettoCryptoProvider*) continue ;;
    esac
    put 644 "$file" "$dist/lib/java/${file##*/}"
done
unpack "$(ls "$PWD"/target/java/sqlite-jdbc-*.jar)" "org/sqlite/native/Linux/$sqlite" libsqlitejdbc.so
unpack "$(ls "$PWD"/target/java/AmazonCorrettoCryptoProvider-*-"$accp".jar)" com/amazon/corretto/crypto/provider \
    libamazonCorrettoCryptoProvider.so
unpack "$(ls "$PWD"/target/java/jffi-*-native.jar)" "jni/$jffi" libjffi-1.2.so

put 755 pkcs11-native/target/libferrohsm-pkcs11.so "$dist/lib/libferrohsm-pkcs11.so"
for file in $(cd admin-cli/src/dist && find . -type f); do
    mode=644
    [ ! -x "admin-cli/src/dist/$file" ] || mode=755
    put "$mode" "admin-cli/src/dist/$file" "$dist/$file"
done
for file in README.md LICENSE $(find docs -name '*.md') $(find deploy -type f); do
    [ ! -e "$file" ] || put 644 "$file" "$dist/share/doc/ferrohsm/$file"
done

if [ -n "$changed" ] || [ ! -e "$dist/lib/java/ferrohsm-cli.classlist" ]; then
    rm -f "$dist/lib/java/"*.jsa "$dist/lib/java/"*.classlist
    scripts/class-lists.sh "$dist"
    mkdir -p "$dist/share/bash-completion/completions"
    "$dist/bin/ferrohsm" completion bash >"$dist/share/bash-completion/completions/ferrohsm"
fi
. "$dist/lib/find-java.sh"
find_java
if [ ! -e "$dist/lib/java/ferrohsm-cli.jsa" ] || ! cmp -s "$java_home/release" "$dist/lib/java/archive.release"; then
    "$dist/lib/archive.sh"
fi
