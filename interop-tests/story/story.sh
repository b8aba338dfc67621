#!/bin/sh
# SPDX-FileCopyrightText: The FerroHSM authors
# SPDX-License-Identifier: Apache-2.0
#
# A key that no one person can use: a release is signed with the approval of two of three release managers, by a program
# that knows nothing of approvals, and an auditor proves it without seeing the token. Works in a temporary folder on the
# product under dist/; stops at the first result that is not what it says.
set -eu
here=$(cd "$(dirname "$0")" && pwd -P)
dist=${1:-$here/../../dist}
dist=$(cd "$dist" && pwd -P)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

export FERROHSM_CONF="$work/ferrohsm.conf" FERROHSM_STORE= PIN=24681357 SO_PIN=97531864
export ALICE="alice's passphrase" BOB="bob's passphrase" CAROL="carol's passphrase" OLGA="olga's passphrase"
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

fail() {
    echo "THE STORY FAILS: $*" >&2
    [ ! -s output ] || sed 's/^/    /' output >&2
    exit 1
}

# Shows a command as the reader would type it, and runs it; it must end with the code given first.
run() {
    wanted=$1
    shift
    echo "  \$ $*" | sed "s|$dist|dist|g"
    code=0
    "$@" >output 2>&1 || code=$?
    [ "$code" = "$wanted" ] || fail "it ended with $code, not with $wanted"
}

show() {
    sed 's/^/    /' output
}

expect() {
    grep -q -e "$1" output || fail "there is no \"$1\" in what it said"
}

ferrohsm() {
    wanted=$1
    shift
    run "$wanted" "$dist/bin/ferrohsm" "$@"
}

# Signs $2 into $3 as any build server would; ends with $1.
sign() {
    run "$1" env FERROHSM_DEBUG=1 pkcs11-tool --module "$dist/lib/libferrohsm-pkcs11.so" --login --pin "$PIN" \
        --sign -m ECDSA-SHA256 --signature-format openssl --label release -i "$2" -o "$3"
}

# The request that the last command was refused with.
request() {
    id=$(sed -n 's/.*request \([0-9a-f-]\{36\}\) waits.*/\1/p' output | head -n 1)
    [ -n "$id" ] || fail "it named no request"
}

approve() {
    ferrohsm 0 approval approve "$1" --key "$2.key" --passphrase "env:$3" --yes
}

echo "the program, version 1.0" >app-1.0
echo "the program, version 1.0, and a back door" >app-evil

step "1. The ceremony: a token, four approvers with keys of their own, and a policy."
ferrohsm 0 token init --label prod --so-pin env:SO_PIN --pin env:PIN
for person in alice bob carol; do
    ferrohsm 0 approver keygen "$person.key" --passphrase "env:$(echo $person | tr a-z A-Z)"
    ferrohsm 0 approver enroll "$person" --group release --public "$person.key.pub" --so-pin env:SO_PIN
done
ferrohsm 0 approver keygen olga.key --passphrase env:OLGA
ferrohsm 0 approver enroll olga --group officers --public olga.key.pub --so-pin env:SO_PIN
run 0 openssl pkey -in olga.key -passin env:OLGA -noout
cat >policy.json <<'END'
{
  "ferrohsm-policy": 1,
  "version": 1,
  "default": "allow",
  "administration": {"approvals": [{"group": "officers", "count": 1}]},
  "rules": [
    {"name": "release", "keys": {"tags": ["release"]}, "operations": ["sign"],
     "approvals": [{"group": "release", "count": 2}], "use-within": "PT15M"},
    {"name": "keep", "keys": {"tags": ["release"]}, "operations": ["destroy", "export"], "effect": "deny"}
  ]
}
END
sed 's/^/    /' policy.json
ferrohsm 0 policy check policy.json
ferrohsm 17 policy apply policy.json --so-pin env:SO_PIN
request
approve "$id" olga OLGA
ferrohsm 0 policy apply policy.json --so-pin env:SO_PIN
show

step "2. A key with the tag that the policy speaks of."
ferrohsm 0 key generate --type ec:P-256 --label release --tags release --pin env:PIN
show
ferrohsm 0 policy explain --label release sign --pin env:PIN
show
expect 'needs approval, by rule "release" (line 7)'

step "3. The build server signs, and is refused: the request has a name."
sign 1 app-1.0 app-1.0.sig
grep -e FUNCTION_REJECTED output | sed 's/^/    /' | cut -c 1-170
expect CKR_FUNCTION_REJECTED
request
release=$id
[ ! -s app-1.0.sig ] || fail "something was signed"

step "4. Alice, at her terminal, looks whether it is about the file that she knows, and approves."
ferrohsm 0 approval show "$release" --file app-1.0
show
expect 'app-1.0 is what it is about'
ferrohsm 10 approval show "$release" --file app-evil
expect 'app-evil is NOT what it is about'
approve "$release" alice ALICE
expect 'is pending'

step "5. One is not enough, nor is Alice twice, nor an officer."
sign 1 app-1.0 app-1.0.sig
expect CKR_FUNCTION_REJECTED
approve "$release" alice ALICE
expect 'is pending'
ferrohsm 8 approval approve "$release" --key olga.key --passphrase env:OLGA --yes
expect 'this takes 2 of release'

step "6. Bob approves on a machine that has no access to the token."
ferrohsm 0 approval export "$release" --out request.txt
run 0 env FERROHSM_CONF=/dev/null FERROHSM_STORE=memory: "$dist/bin/ferrohsm" approval sign request.txt --out vote.txt \
    --key bob.key --passphrase env:BOB --yes
show
ferrohsm 0 approval import vote.txt
show
expect 'is approved'

step "7. Another file is refused still; the one that was approved is signed, once."
sign 1 app-evil app-evil.sig
expect CKR_FUNCTION_REJECTED
sign 0 app-1.0 app-1.0.sig
sign 1 app-1.0 again.sig
expect CKR_FUNCTION_REJECTED
[ ! -s again.sig ] || fail "it was signed twice"
run 0 pkcs11-tool --module "$dist/lib/libferrohsm-pkcs11.so" --read-object --type pubkey --label release -o key.der
run 0 openssl pkey -pubin -inform DER -in key.der -out key.pem
run 0 openssl dgst -sha256 -verify key.pem -signature app-1.0.sig app-1.0
show
expect '^Verified OK$'

step "8. Carol's approval comes too late and changes nothing."
ferrohsm 8 approval approve "$release" --key carol.key --passphrase env:CAROL --yes
expect 'is consumed: nothing was changed'
echo "    request $release is consumed: nothing was changed"

step "9. The auditor has the exported log, its key and the checkpoint keys, and no access to the token."
ferrohsm 0 audit checkpoint
ferrohsm 0 audit checkpoint --keys
cp output checkpoint.keys
ferrohsm 0 audit export auditor.log
ferrohsm 0 audit show --tail 200
grep "$release" output | cut -c 1-150 | sed 's/^/    /'
[ "$(grep -c "APPROVAL_USE.*$release" output)" = 1 ] || fail "it was not used exactly once"
[ "$(grep -c "APPROVAL_APPROVE.*$release" output)" = 3 ] || fail "not three votes were taken: alice's two and bob's"
seq=$(grep "APPROVAL_USE.*$release" output | awk '{ print $1 }')
mv audit-*.key auditor.key
mkdir away && mv store.db* seal.key away/
ferrohsm 0 audit verify --file auditor.log --key auditor.key --checkpoint-keys checkpoint.keys
show
expect '^OK: '
ferrohsm 0 audit prove --record "$seq" --file auditor.log --out proof.txt
ferrohsm 0 audit prove --check proof.txt --checkpoint-keys checkpoint.keys
show
expect "$release"

step "The story is done: all of it was as it says."
