#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# death.sh DIR: the last of what a guest's kernel said, for one that ended without a
# verdict.

set -u

log=$1/console.log
echo "---- the last lines of the guest's console"
# A console ends its lines with CR, and clears the screen before it starts.
tail -n 40 "$log" 2>/dev/null | tr -d '\r\033'
echo "---- the whole log: $log"
