# SPDX-License-Identifier: GPL-2.0
#
# The samples of a profile: by who runs (our own process, the kernel's workers) and
# module, then by function.

/^#/ || NF < 4 { next }
{
	gsub(/ /, "", $1)
	gsub(/^ +| +$/, "", $2)
	gsub(/ /, "", $3)
	gsub(/ +$/, "", $4)
	sub(/%/, "", $1)
	# A worker's name has its number in it.
	sub(/\/.*/, "", $2)
	if ($2 ~ /^swapper/)
		next
	modules[$2 "  " $3] += $1
	functions[$2 "  " $4] += $1
}

function show(table, least,    i)
{
	for (i in table)
		if (table[i] >= least)
			printf "%6.2f%%  %s\n", table[i], i | "sort -rn"
	close("sort -rn")
	print ""
}

END {
	show(modules, 0.1)
	show(functions, 0.25)
}
