# SPDX-License-Identifier: GPL-2.0
#
# What kmemleak has found, without what the kernel itself loses under fault injection. There
# is one such place, which the suite "modules" meets: mm/slub.c of 6.1 and 6.12, in
# sysfs_slab_add(), drops a kobject that kobject_init_and_add() could not add without a
# kobject_put(), and so the name of a cache that could not be made.

function flush()
{
	if (record ~ /sysfs_slab_add\+/ && record ~ /kobject_set_name_vargs\+/)
		record = ""
	printf "%s", record
	found = found || record != ""
	record = ""
}

/^unreferenced object/ { flush() }
{ record = record $0 "\n" }
END {
	flush()
	exit found
}
