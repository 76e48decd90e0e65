# SPDX-License-Identifier: GPL-2.0
#
# Reads the kernel's log, writes the reports of the detector of data races (KCSAN) that
# are about this project. The exit status is 1 if there are any.
#
# A report has a stack for each of the two accesses. It is ours when one of the accesses
# is: its innermost frame is in a module of ours, or in a function of the library that
# works on the memory it is given, called from there. What the kernel does with its own
# memory below a call of ours is not, nor what a test's own fakes do.

function module(line)
{
	return match(line, /\[[a-z0-9_]+\]$/) ? substr(line, RSTART + 1, RLENGTH - 2) : ""
}

function ends()
{
	if (ours && since) {
		printf "%s\n", text
		bad = 1
	}
	open = 0
}

BEGIN { since = mark == ""; open = ours = bad = 0 }

index($0, "condis-test: " mark) { since = 1; next }

# Without the time stamp.
{ sub(/^\[ *[0-9.]+\] ?(\[[^]]*\] ?)?/, "") }

/^BUG: KCSAN: / { open = 1; ours = 0; text = ""; seen = 0 }

!open { next }

/^=====+$/ { ends(); next }

{ text = text "    " $0 "\n" }

# A new stack.
/ to 0x[0-9a-f]+ of [0-9]+ bytes by / { seen = 0; next }

/^ .*\+0x[0-9a-f]+\/0x[0-9a-f]+/ {
	if (seen || /^ _*(mem|str|list_|copy_|refcount_|kref_|xa_|xas_|rb_|tsan_)[a-z0-9_]*\+/)
		next
	seen = 1
	m = module($0)
	if (m == "condis" || m == "condis_vwan" || m == "ndproxy" || m == "ndiswan")
		ours = 1
}

END {
	if (open)
		ends()
	exit bad
}
