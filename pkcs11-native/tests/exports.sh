#!/bin/sh
# SPDX-FileCopyrightText: The FerroHSM authors
# SPDX-License-Identifier: Apache-2.0
# exports.sh LIBRARY functions.def: the library exports the functions of the table and nothing else.
set -eu
exported=$(nm -D --defined-only "$1" | awk '{ print $3 }' | sort)
listed=$(awk '!/^#/ && NF && $5 != "none" { print ($5 ~ /^C_/ ? $5 : $1) }' "$2" | sort)
if [ "$exported" != "$listed" ] || [ "$(echo "$listed" | wc -l)" -lt 104 ]; then
    echo "the exports of $1 are not the functions of $2:" >&2
    echo "$exported" > "$1.exported"
    echo "$listed" | diff - "$1.exported" >&2 || true
    exit 1
fi
