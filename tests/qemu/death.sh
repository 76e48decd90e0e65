#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# death.sh DIR: the last of what a guest's kernel said, for one that ended without a
# verdict.

set -u

log=$1/console.log
if grep -Eq 'WARNING: |BUG: |======' "$log" 2>/dev/null; then
	echo "---- the first complaint on the guest's console"
	grep -E -m 1 -A 24 'WARNING: |BUG: |======' "$log" | tr -d '\r\033'
fi
echo "---- the last 40 lines of the guest's console"
tail -n 40 "$log" 2>/dev/null | tr -d '\r\033'
echo "---- the whole log: $log"
