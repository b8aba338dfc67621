#!/bin/sh
# SPDX-FileCopyrightText: The FerroHSM authors
# SPDX-License-Identifier: Apache-2.0
#
# One key through three doors: a C program, a Java program and an operator use the same keys in the same token, and
# every use is in one audit chain. Works in a temporary folder on the product under dist/; stops at the first result that
# is not what it says.
set -eu
here=$(cd "$(dirname "$0")" && pwd -P)
dist=${1:-$here/../../dist}
dist=$(cd "$dist" && pwd -P)
. "$dist/lib/find-java.sh"
find_java
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

export FERROHSM_CONF="$work/ferrohsm.conf" FERROHSM_STORE= PIN=24681357 SO_PIN=97531864
cat >ferrohsm.conf <<END
store = sqlite:$work/store.db
seal.key.file = $work/seal.key
audit.key.folder = $work
# The least that a guess at a PIN may cost, so that a dozen logins take no longer than the rest.
pin.argon2.memory-kib = 19456
pin.argon2.passes = 2
pin.argon2.lanes = 1
END

step() {
    printf '\n\033[1m%s\033[0m\n' "$*"
}

# Shows a command as the reader would type it, and runs it.
run() {
    echo "  \$ $*" | sed "s|$dist|dist|g; s|$here/||g; s|\$ /[^ ]*/bin/java|\$ java|"
    "$@" >output 2>&1 || fail "ended with $?"
}

fail() {
    echo "THE DEMO FAILS: $*" >&2
    [ ! -s output ] || sed 's/^/    /' output >&2
    exit 1
}

show() {
    sed 's/^/    /' output
}

expect() {
    grep -q -e "$1" output || fail "there is no \"$1\" in what it said"
}

pkcs11() {
    run pkcs11-tool --module "$dist/lib/libferrohsm-pkcs11.so" "$@"
}

ferrohsm() {
    run "$dist/bin/ferrohsm" "$@"
}

java() {
    run "$java_home/bin/java" -cp "$dist/lib/java/ferrohsm-jca.jar:." Demo "$@"
}

echo "one hundred crowns to Ada" >order.txt
echo "two hundred crowns to Grace" >second.txt
printf 'the launch code is 0000' >secret.txt

step "1. The C door: pkcs11-tool makes a token and sets its PINs."
pkcs11 --init-token --slot-index 0 --label demo --so-pin "$SO_PIN"
pkcs11 --init-pin --login --login-type so --so-pin "$SO_PIN" --pin "$PIN"

step "2. It generates an RSA and an EC key there. Neither private key can leave the token."
pkcs11 --login --pin "$PIN" --keypairgen --key-type RSA:2048 --id 01 --label rsa --usage-sign --usage-decrypt
expect 'never extractable'
pkcs11 --login --pin "$PIN" --keypairgen --key-type EC:prime256v1 --id 02 --label ec --usage-sign
expect 'never extractable'

step "3. The operator's door: the ferrohsm command sees the same keys."
ferrohsm key list --token demo --pin env:PIN
show
expect '^private  rsa:2048  rsa    01'
expect '^private  ec:P-256  ec     02'

step "4. C signs a file, with each key."
pkcs11 --login --pin "$PIN" --sign -m SHA256-RSA-PKCS --id 01 -i order.txt -o order.rsa.sig
pkcs11 --login --pin "$PIN" --sign -m ECDSA-SHA256 --signature-format openssl --id 02 -i order.txt -o order.ec.sig

step "5. The Java door: a Java program signs another file with the same RSA key."
run "$("$here/../../scripts/build-java.sh")/bin/javac" -d . -cp "$dist/lib/java/ferrohsm-jca.jar" "$here/Demo.java"
java sign rsa second.txt second.sig

step "6. OpenSSL, which knows nothing of us, verifies all three with the public keys."
for key in 01 02; do
    pkcs11 --read-object --type pubkey --id "$key" -o "$key.der"
    run openssl pkey -pubin -inform DER -in "$key.der" -out "$key.pem"
done
for signed in "01 order.txt order.rsa.sig" "02 order.txt order.ec.sig" "01 second.txt second.sig"; do
    # shellcheck disable=SC2086 # three words
    set -- $signed
    run openssl dgst -sha256 -verify "$1.pem" -signature "$3" "$2"
    show
    expect '^Verified OK$'
done

step "7. Java encrypts a secret to the RSA key (OAEP), C decrypts it in the token."
java encrypt 01.der secret.txt secret.enc
pkcs11 --login --pin "$PIN" --decrypt -m RSA-PKCS-OAEP --hash-algorithm SHA256 --mgf MGF1-SHA256 --id 01 \
    -i secret.enc -o decrypted.txt
cmp -s secret.txt decrypted.txt || fail "what C decrypted is not what Java encrypted"
echo "    $(cat decrypted.txt)"

step "8. Somebody tries a wrong PIN."
echo "  \$ pkcs11-tool --module dist/lib/libferrohsm-pkcs11.so --login --pin 0000 --list-objects"
if pkcs11-tool --module "$dist/lib/libferrohsm-pkcs11.so" --login --pin 0000 --list-objects >output 2>&1; then
    fail "the wrong PIN was taken"
fi
expect CKR_PIN_INCORRECT
echo "    CKR_PIN_INCORRECT"

step "9. Every use, by whichever door, is in one audit log, and so is the wrong PIN."
ferrohsm audit show
cut -c 1-132 output | sed 's/^/    /'
for operation in TOKEN_INIT KEY_GENERATE KEY_USE_OPEN 'LOGIN .*PIN_INCORRECT'; do
    expect "$operation"
done
seq=$(awk '/PIN_INCORRECT/ { print $1 }' output)
ferrohsm audit verify
show
expect '^OK: '

step "10. The intruder edits the log: record $seq shall name another program."
before=$(sqlite3 store.db "SELECT hex(record) FROM audit WHERE seq = $seq")
after=$(echo "$before" | sed 's/706B637331312D746F6F6C/706B637331312D666F6F6C/')
[ "$before" != "$after" ] || fail "record $seq does not name pkcs11-tool"
echo "  \$ sqlite3 store.db \"UPDATE audit SET record = (it, with pkcs11-fool for pkcs11-tool) WHERE seq = $seq\""
sqlite3 store.db "UPDATE audit SET record = x'$after' WHERE seq = $seq" >output 2>&1 || fail "sqlite3 ended with $?"

step "11. Verification names the record."
echo "  \$ dist/bin/ferrohsm audit verify"
code=0
"$dist/bin/ferrohsm" audit verify >output 2>&1 || code=$?
show
[ "$code" = 41 ] || fail "it ended with $code, not with 41 (edited)"
expect "^DAMAGED: record $seq "

step "The demo is done: all of it was as it says."
