# SPDX-License-Identifier: GPL-2.0
#
# Reads TAP, as cmocka writes it, or KTAP, as KUnit leaves it in debugfs. Writes one
# line for each case to the file `verdict`, and what belongs to a failure to stdout.
# The exit status is 1 when something failed.
#
# In KTAP the cases of a suite are indented by four, the parameters of a case by eight:
# parameters count in place of their case.

function tell(word, name, why)
{
	printf "%s %s.%s%s\n", word, suite, name, why == "" ? "" : " " why >> verdict
	fflush(verdict)
	if (word == "fail") {
		bad = 1
		printf "FAIL %s.%s\n", suite, name
		printf "%s", said
	}
	# TAP explains a failure after its line, KTAP before.
	explain = word == "fail" && !ktap
	said = ""
}

BEGIN { n = planned = deep = deepbad = bad = ktap = explain = 0; said = "" }

/^ *K?TAP version/ { if (/KTAP/) ktap = 1; next }
/^ *# Subtest:/ { sub(/.*# Subtest: /, ""); param = $0; next }

/^ *1\.\.[0-9]+/ {
	match($0, /^ */)
	if (RLENGTH == (ktap ? 4 : 0)) {
		sub(/ *1\.\./, "")
		planned += $0
	}
	next
}

/^ *(not )?ok / {
	match($0, /^ */)
	depth = RLENGTH
	# The line of the whole suite says nothing that its cases did not.
	if (ktap && depth == 0)
		next
	fine = !/^ *not ok/
	why = ""
	skip = 0
	line = $0
	if (match(line, / # SKIP.*/)) {
		skip = 1
		why = substr(line, RSTART + 8)
		line = substr(line, 1, RSTART - 1)
	}
	sub(/^ *(not )?ok +[0-9]*( +-)? */, "", line)
	name = line
	sub(/^ +/, "", why)
	gsub(/[^-A-Za-z0-9_.:+,=\/()]+/, "_", name)
	# cmocka names a case that was skipped after the word.
	if (skip && name == "") {
		name = why
		gsub(/[^-A-Za-z0-9_.:+,=\/()]+/, "_", name)
		why = ""
	}
	if (ktap && depth >= 8) {
		deep++
		if (!fine && !skip)
			deepbad++
		gsub(/[^-A-Za-z0-9_]+/, "_", param)
		name = param "." name
	} else {
		n++
		if (deep && (fine || deepbad || skip)) {
			deep = 0
			deepbad = 0
			said = ""
			next
		}
		deep = 0
		deepbad = 0
	}
	tell(skip ? "skip" : fine ? "pass" : "fail", name, why)
	next
}

explain { print "    " $0; next }

{ said = said $0 "\n" }

END {
	if (cut)
		exit bad
	if (n != planned)
		tell("fail", "plan", n " of " planned " cases were run")
	else if (n == 0)
		tell("fail", "plan", "no case was run")
	exit bad
}
