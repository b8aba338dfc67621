#!/bin/sh
# SPDX-FileCopyrightText: The FerroHSM authors
# SPDX-License-Identifier: Apache-2.0
#
# install.sh DIST PREFIX [STAGE]: puts the tree into PREFIX/lib/ferrohsm, with links to it from PREFIX/bin and PREFIX/lib.
# With STAGE (a package's DESTDIR) it is put under there, and the archives are left to be made where it will lie.
set -eu
dist=$1
prefix=$2
stage=${3:-}
target=$stage$prefix/lib/ferrohsm

mkdir -p "$target.new" "$stage$prefix/bin" "$stage$prefix/share/bash-completion/completions"
cp -a "$dist/." "$target.new/"
rm -f "$target.new/lib/java/"*.jsa
# Processes that run from the old tree keep its files open; they are unlinked, never written over.
if [ -e "$target" ]; then
    mv "$target" "$target.old"
fi
mv "$target.new" "$target"
rm -rf "$target.old"
ln -sf ../lib/ferrohsm/bin/ferrohsm "$stage$prefix/bin/ferrohsm"
ln -sf ferrohsm/lib/libferrohsm-pkcs11.so "$stage$prefix/lib/libferrohsm-pkcs11.so"
ln -sf ../../../lib/ferrohsm/share/bash-completion/completions/ferrohsm \
    "$stage$prefix/share/bash-completion/completions/ferrohsm"
if [ -z "$stage" ]; then
    "$target/lib/archive.sh"
else
    echo "Packaged for $prefix: run $prefix/lib/ferrohsm/lib/archive.sh after unpacking it there"
fi
