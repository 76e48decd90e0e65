#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# boot.sh KERNEL ACTION DIR [ARG...]: boot KERNEL once and let the guest do ACTION
# (run, test, bench or shell; see guest/init). What the guest prints comes out on stdout as
# it comes; DIR gets the kernel's console (console.log) and the guest's verdict
# (verdict), which travels by a port of its own.
#
# TCG unless CONDIS_ACCEL says otherwise: /dev/kvm exists on machines where it hangs.
# CONDIS_TIMEOUT is the most that a boot may take, in seconds, CONDIS_SILENCE the most that the
# verdict may stand still, if that is given.

set -u
# shellcheck source=lib.sh
. "$(dirname -- "$0")/lib.sh"

[ $# -ge 3 ] || die "usage: boot.sh KERNEL ACTION DIR [ARG...]"
kernel=$1 action=$2 dir=$3
shift 3

# A word as any shell reads it back.
quote()
{
	printf "'%s'" "${1//\'/\'\\\'\'}"
}

# A path inside a QEMU option: a comma is written twice.
opt()
{
	printf '%s' "${1//,/,,}"
}

mkdir -p "$dir" || die "cannot write $dir"
rm -f "$dir/verdict" "$dir/console.log"
{
	echo "JOB_KERNEL=$(quote "$kernel")"
	echo "JOB_ACTION=$(quote "$action")"
	echo "JOB_TOP=$(quote "$TOP")"
	echo "JOB_ARGS=$(quote "$*")"
	echo "JOB_TERM=$(quote "${TERM:-dumb}")"
	echo "JOB_SEED=$(quote "${SEED:-}")"
} >"$dir/job"
"$TOP/tests/qemu/initramfs.sh" "$kernel" "$dir/job" "$dir/initramfs" || exit 1

append="console=ttyS0,115200 panic=-1 oops=panic quiet"
# What hangs has to be found, and what is only slow is not to be called hung: a vCPU is a
# thread of the host, and on a host that has ten times the work of its processors it
# stands still for half a minute, in a jump label's patching say, with interrupts off.
# The clock of the guest runs on. So all limits are two minutes, which nothing that makes
# progress takes; a real deadlock is still found, only a minute later.
append+=" sysctl.kernel.hung_task_panic=1 sysctl.kernel.hung_task_timeout_secs=120"
append+=" sysctl.kernel.softlockup_panic=1 sysctl.kernel.panic_on_rcu_stall=1"
append+=" sysctl.kernel.softlockup_all_cpu_backtrace=1"
append+=" sysctl.kernel.hung_task_all_cpu_backtrace=1"
append+=" watchdog_thresh=60 rcupdate.rcu_cpu_stall_timeout=120"
append+=" workqueue.panic_on_stall=1 workqueue.watchdog_thresh=120"
# Nor is a timer broken whose interrupts do not come within ten of its ticks.
append+=" no_timer_check"
# Interrupt routing by the ACPI interpreter takes over a minute under KASAN.
is_built "$kernel" && append+=" acpi=noirq"
if [ "$kernel" = kcsan ]; then
	# A report is like a warning, and most are about the rest of the kernel: they are read
	# from the log, which must hold them, and kept from the console, which is slow.
	append+=" loglevel=3 log_buf_len=32M"
else
	append+=" panic_on_warn=1 loglevel=6"
fi
# Some KUnit suites only, or some cases of them: KUNIT='condis_race*', KUNIT='*.r01*'.
[ -z "${KUNIT:-}" ] || append+=" kunit.filter_glob=$KUNIT"

share=security_model=none,readonly=on,multidevs=remap
# Without five levels of page tables: while identify_cpu() has the boot CPU's features
# cleared, KASAN takes such a kernel's memory for four levels', and an interrupt that comes
# just then for a wild access.
# shellcheck disable=SC2054 # QEMU's options have commas in them
machine=(-machine pc -accel "${CONDIS_ACCEL:-tcg,thread=multi}" -cpu max,-la57 -smp 2 -m 2G)
if [ "$action" = bench ] && [ "${1:-}" != parallel ]; then
	# The clock counts instructions: one is a nanosecond, and idle time is skipped. With
	# erms and fsrm a "rep movsb" would count for each byte.
	# shellcheck disable=SC2054
	machine=(-machine q35 -accel "tcg,thread=single" -cpu max,-erms,-fsrm -smp 1 -m 4G
		-icount "shift=0,sleep=off" -rtc base=2024-01-01,clock=vm
		-seed "${CONDIS_SEED:-1}")
	append+=" nokaslr norandmaps mitigations=off"
fi
# shellcheck disable=SC2054
args=(
	-nodefaults -no-user-config -display none -monitor none -no-reboot
	"${machine[@]}"
	-kernel "$(kernel_image "$kernel")" -initrd "$dir/initramfs" -append "$append"
	-serial "file:$dir/console.log"
	-device virtio-serial-pci
	-chardev "file,id=verdict,path=$(opt "$dir/verdict")"
	-device virtserialport,chardev=verdict,name=condis.verdict
	-virtfs "local,path=/,mount_tag=host,$share"
	-virtfs "local,path=$(opt "$TOP"),mount_tag=tree,$share"
)
[ "$kernel" = 6.1 ] &&
	args+=(-virtfs "local,path=$(opt "$(kernel_root 6.1)/lib/modules"),mount_tag=modules,$share")

if [ "$action" = shell ]; then
	args+=(-chardev "stdio,id=out,signal=off" -device "virtconsole,chardev=out")
	exec qemu-system-x86_64 "${args[@]}"
fi
# Not QEMU's stdio: at the end of stdin it would count as unplugged, and block the guest.
# Through cat, so that whatever stdout is, QEMU can open it.
args+=(-chardev "file,id=out,path=/dev/stdout"
	-device "virtserialport,chardev=out,name=condis.out")
limit=${CONDIS_TIMEOUT:-1800}
listener=
if [ -n "${CONDIS_SILENCE:-}" ]; then
	: >"$dir/verdict"
	rm -f "$dir/pid"
	args+=(-pidfile "$dir/pid")
	while sleep 10 >/dev/null 2>&1; do
		[ $(($(date +%s) - $(stat -c %Y "$dir/verdict"))) -lt "$CONDIS_SILENCE" ] && continue
		say "boot: the guest has said nothing for $(took "$CONDIS_SILENCE")"
		kill "$(cat "$dir/pid")"
		break
	done &
	listener=$!
fi
timeout -k 10 "$limit" qemu-system-x86_64 "${args[@]}" </dev/null 2>"$dir/qemu.log" | cat
status=${PIPESTATUS[0]}
[ -z "$listener" ] || kill "$listener" 2>/dev/null
rm -f "$dir/initramfs"
case $status in
0) ;;
124 | 137) say "boot: the guest was stopped after $(took "$limit")" ;;
*) say "boot: QEMU ended with status $status: $(tail -n 1 "$dir/qemu.log")" ;;
esac
exit "$status"
