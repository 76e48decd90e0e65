# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Shared by the guest's scripts. Sourced, never run.

# shellcheck source=/dev/null
. /run/job
GUEST=$JOB_TOP/tests/qemu/guest
KO=$JOB_TOP/build/$JOB_KERNEL/src
VERDICT=/run/verdict

export PATH=$JOB_TOP/build/tools/bin:$JOB_TOP/build/tools:$GUEST:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
# Where suites and scenes find the modules, should they reload them by insmod.
export CONDIS_KO=$KO
# What the core is loaded with. The deadline of a halt is for a call manager that hangs, and
# its end is a failure of most suites. A guest whose host is busy may need more than the
# five seconds of a real machine; one that hangs needs for ever.
export CONDIS_ARGUMENTS=
[ "$JOB_ACTION" != test ] || CONDIS_ARGUMENTS=halt_timeout_ms=20000
export CONDIS_KERNEL=$JOB_KERNEL
export CONDIS_TOP=$JOB_TOP
# Which random walk, for the suite of them; empty: any.
export CONDIS_WALK_SEED=$JOB_SEED

# The project's modules, in the order in which they can be unloaded.
MODULES="ndiswan condis_vwan ndproxy condis"

# emit WORDS...: one line of the verdict.
emit()
{
	printf '%s\n' "$*" >"$VERDICT"
}

loaded()
{
	[ -e "/sys/module/$1/refcnt" ]
}

# load_modules: all that were built. A tree without any is an error.
load_modules()
{
	local m n=0

	for m in condis ndproxy condis_vwan; do
		[ -e "$KO/$m.ko" ] || continue
		module load "$m" || return 1
		n=$((n + 1))
	done
	[ "$n" -gt 0 ] || {
		echo "no module was built in $KO"
		return 1
	}
}

# unload_modules: prints what went wrong.
unload_modules()
{
	local m err

	for m in $MODULES; do
		loaded "$m" || continue
		err=$(timeout 100 rmmod "$m" 2>&1) || {
			echo "rmmod $m: ${err:-no answer in 100 s}"
			return 1
		}
	done
}

# objects_left: prints what the modules still hold once they had time to finish.
objects_left()
{
	local out

	loaded condis || return 0
	command -v condisctl >/dev/null || return 0
	out=$(timeout 60 condisctl status --wait 2>&1) && return 0
	printf '%s\n' "${out:-condisctl status --wait gave no answer in 60 s}"
	return 1
}

# Bits that say: module built out of tree, module unsigned, KUnit has run.
TAINT_EXPECTED=$(((1 << 12) | (1 << 13)))
[ "$JOB_KERNEL" != 6.1 ] && TAINT_EXPECTED=$((TAINT_EXPECTED | (1 << 18)))

# kernel_complaints: what the kernel has to say that does not panic.
kernel_complaints()
{
	local taint bad=0

	taint=$(($(cat /proc/sys/kernel/tainted) & ~TAINT_EXPECTED))
	if [ "$taint" != 0 ]; then
		echo "the kernel is tainted ($taint)"
		bad=1
	fi
	if [ -e /proc/lockdep_stats ] &&
		! grep -Eq '^ *debug_locks: +1$' /proc/lockdep_stats; then
		echo "lockdep has reported, or turned itself off"
		bad=1
	fi
	# The splat itself, if there is one.
	[ "$bad" = 0 ] || dmesg | grep -E -m 1 -A 40 'WARNING: |BUG: |======'
	if dmesg | grep -v 'BUG: KCSAN: ' | grep -E 'unregister_netdevice: waiting for|workqueue lockup|leaked reference|BUG: |INFO: task .* blocked'; then
		bad=1
	fi
	return $bad
}

# leaks: scan kmemleak until two scans agree that nothing is left.
leaks()
{
	local file=/sys/kernel/debug/kmemleak

	[ -w $file ] || return 0
	# An object younger than five seconds is never reported.
	sleep 6
	echo scan >$file
	sleep 1
	echo scan >$file
	awk -f "$GUEST/kmemleak.awk" $file >/run/leaks && return 0
	head -n 200 /run/leaks
	return 1
}

# data_races MARK: print the reports of the detector of data races since the line MARK of
# the kernel's log that are about this project.
data_races()
{
	[ "$JOB_KERNEL" = kcsan ] || return 0
	grep -q '^enabled: 1' /sys/kernel/debug/kcsan || {
		echo "the detector of data races is off"
		return 1
	}
	dmesg | gawk -v mark="$1" -f "$GUEST/kcsan.awk"
}
