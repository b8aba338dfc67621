#!/bin/sh
# SPDX-FileCopyrightText: The FerroHSM authors
# SPDX-License-Identifier: Apache-2.0
#
# Counts the tests of the last run in Maven's reports: "N passed, N failed, N skipped".
set -eu
cd "$(dirname "$0")/.."
find . -path '*/target/*-reports/TEST-*.xml' -exec grep -h -m 1 '<testsuite ' {} + | awk '
    function number(name) {
        return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : 0
    }
    { tests += number("tests"); failed += number("errors") + number("failures"); skipped += number("skipped") }
    END { printf "%d passed, %d failed, %d skipped\n", tests - failed - skipped, failed, skipped }'
