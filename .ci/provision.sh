#!/bin/sh
# SPDX-FileCopyrightText: The FerroHSM authors
# SPDX-License-Identifier: Apache-2.0
#
# Installs what the build, the tests and the demo need and this machine lacks. Looks for commands and files first, so that
# it costs nothing where all is there; runs apt-get only when something is missing and only when it may, and else names
# the packages. With arguments, looks for those sets only: build test fuzz bench.
set -u

# set, a command or the pattern of a file, the Debian package that has it
needs='
build javac17          openjdk-17-jdk-headless
build mvn              maven
build gcc              gcc
build make             make
build /usr/include/stdio.h libc6-dev
build pkcs11-tool      opensc
test  openssl          openssl
test  /usr/include/openssl/evp.h libssl-dev
test  sqlite3          sqlite3
test  python3          python3
test  git              git
test  pdfsig           poppler-utils
test  osslsigncode     osslsigncode
test  ssh              openssh-client
test  softhsm2-util    softhsm2
test  p11tool          gnutls-bin
test  certutil         libnss3-tools
test  /usr/bin/python3 python3
test  /usr/lib/*/pkcs11/p11-kit-client.so p11-kit-modules
test  p11-kit          p11-kit
test  /usr/lib/python3/dist-packages/PyKCS11 python3-pykcs11
test  /usr/lib/*/engines-3/pkcs11.so libengine-pkcs11-openssl
test  /usr/sbin/nginx  nginx
test  /usr/sbin/apache2 apache2-bin
test  /usr/sbin/sshd   openssh-server
fuzz  clang            clang
fuzz  /usr/lib/llvm-*/lib/clang/*/lib/linux/libclang_rt.fuzzer-x86_64.a clang
bench softhsm2-util    softhsm2
bench p11-kit          p11-kit
bench /usr/include/p11-kit-1/p11-kit/pkcs11.h libp11-kit-dev
'

here=$(dirname "$0")

present() {
    case $1 in
        javac17) "$here/../scripts/build-java.sh" >/dev/null 2>&1 ;;
        # shellcheck disable=SC2086 # may be a pattern
        /*) set -- $1; [ -e "$1" ] ;;
        *) command -v "$1" >/dev/null 2>&1 ;;
    esac
}

wanted=" ${*:-build test} "
missing=''
names=''
while read -r set need package; do
    case $wanted in *" $set "*) ;; *) continue ;; esac
    if [ -n "$set" ] && ! present "$need"; then
        missing="$missing $package"
        names="$names $need"
    fi
done <<END
$needs
END
[ -n "$missing" ] || exit 0

as_root=''
if [ "$(id -u)" != 0 ]; then
    as_root='sudo'
    if ! command -v sudo >/dev/null 2>&1 || ! sudo -n true 2>/dev/null; then
        cat >&2 <<END
These packages are missing, and only root may install them:$missing
Run this as root, then try again:

    apt-get update && apt-get install -y --no-install-recommends$missing

END
        exit 1
    fi
fi
if ! command -v apt-get >/dev/null 2>&1; then
    cat >&2 <<END
These are missing:$names
There is no apt-get here; install what your distribution calls the Debian packages$missing, then try again.
END
    exit 1
fi

echo "Installing$missing" >&2
log=$(mktemp)
# The servers among them are not to be started here.
policy=/usr/sbin/policy-rc.d
if [ -e "$policy" ]; then
    policy=''
else
    printf '#!/bin/sh\nexit 101\n' | $as_root tee "$policy" >/dev/null
    $as_root chmod 755 "$policy"
fi
trap 'rm -f "$log"; [ -z "$policy" ] || $as_root rm -f "$policy"' EXIT
# shellcheck disable=SC2086 # words are packages
if ! $as_root apt-get -q -o Acquire::Retries=3 update >"$log" 2>&1 \
    || ! $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Acquire::Retries=3 -o Dpkg::Use-Pty=0 \
        install --no-install-recommends $missing >>"$log" 2>&1; then
    tail -n 30 "$log" >&2
    echo "apt-get failed, see above. These packages are needed:$missing" >&2
    exit 1
fi
