# SPDX-License-Identifier: GPL-2.0
#
# Rows of the benchmarks as a table, or as JSON (format=json).

BEGIN {
	split("null-ioctl cycle close-local close-remote packet-64 packet-1500 " \
	      "memory memory-files halt exit udp-64 udp-1500 ppp-attach ppp-down", order, " ")
	title["null-ioctl"] = "a null ioctl"
	title["cycle"] = "set up and tear down, one process"
	title["close-local"] = "a close, by the caller"
	title["close-remote"] = "a close, by the callee"
	title["packet-64"] = "64-byte packet, write to read"
	title["packet-1500"] = "1500-byte packet, write to read"
	title["memory"] = "bytes, both ends"
	title["memory-files"] = "bytes more with both data files"
	title["halt"] = "halt, per call"
	title["exit"] = "exit of the process, per connection"
	title["udp-64"] = "64-byte UDP packet through PPP"
	title["udp-1500"] = "1500-byte UDP packet through PPP"
	title["ppp-attach"] = "attach a PPP channel, both ends"
	title["ppp-down"] = "take it down, 1 000 at once"
	target["cycle"] = 40000
	target["memory"] = 2048
	target["packet-64"] = 4300
	target["halt"] = 8400
	target["exit"] = 8400
	us = "condis"

	# What is measured among more and more calls: a table of its own.
	split("up lookup poll one-more events line-close rmmod halt exit", scaled, " ")
	title["up"] = "set up, per call"
	title["lookup"] = "the status of one of them"
	title["poll"] = "a poll of a session"
	title["one-more"] = "one more, set up and torn down"
	title["events"] = "an event, read many at a time"
	title["line-close"] = "close of all lines, per call"
	title["rmmod"] = "rmmod of the miniport, per call"
	split("100 1000 10000 100000", sizes, " ")

	# A library beside what it is made on: a table of its own, too.
	split("tapi-make-call tapi-cycle", tapi, " ")
	title["tapi-make-call"] = "lineMakeCall to LINE_REPLY"
	title["tapi-cycle"] = "a call, from lineMakeCall to lineDeallocateCall"
	tapi_target = 1.15
}

# "1.10 (target 1.15)": how much more than the same on the bare device.
function tapi_row(op,    bare, batched)
{
	bare = layer[op, "ndproxy"]
	batched = layer[op, "ndproxy-batched"]
	printf "%-48s %9s %9s %7.2f %7.2f %9s %7s\n", title[op], spaced(bare),
	       spaced(layer[op, "libtapi"]), layer[op, "libtapi"] / bare, tapi_target,
	       batched ? spaced(batched) : "-",
	       batched ? sprintf("%.2f", layer[op, "libtapi"] / batched) : "-"
}

function scale_row(text, op,    k, line, known)
{
	line = sprintf("%-48s", text)
	for (k = 1; k in sizes; k++) {
		if ((op, sizes[k]) in among)
			known = 1
		line = line sprintf(" %9s", ((op, sizes[k]) in among) ? spaced(among[op, sizes[k]]) : "-")
	}
	if (!known)
		return
	if ((op, 1000) in among && (op, 100000) in among)
		line = line sprintf(" %7.2f", among[op, 100000] / among[op, 1000])
	print line
}

$1 == "row" {
	n++
	operation[n] = $2; who[n] = $3; count[n] = $4; cost[n] = $5; elapsed[n] = $6
	if ($3 == us)
		among[$2, $4] = $5
	if ($2 ~ /^tapi-/) {
		layer[$2, $3] = $5
		layers++
	} else if ($3 != us) {
		if (!seen[$3]++)
			peers[++peer_count] = $3
		peer[$2, $3] = $5
		if (!($2 in best) || $5 < best[$2])
			best[$2] = $5
	}
}

function spaced(value,    text, result)
{
	text = sprintf("%d", value)
	while (length(text) > 3) {
		result = " " substr(text, length(text) - 2) result
		text = substr(text, 1, length(text) - 3)
	}
	return text result
}


END {
	if (format == "json") {
		printf "{\n  \"benchmarks\": ["
		for (i = 1; i <= n; i++) {
			printf "%s\n    { \"operation\": \"%s\", \"who\": \"%s\", \"count\": %d, ",
			       (i > 1 ? "," : ""), operation[i], who[i], count[i]
			if (elapsed[i] == "")
				printf "\"bytes\": %d }", cost[i]
			else
				printf "\"instructions\": %d, \"elapsed_ns\": %d }", cost[i], elapsed[i]
		}
		printf "\n  ]\n}\n"
		exit
	}

	if (layers) {
		printf "%-48s %9s %9s %7s %7s %9s %7s\n", "instructions", "ndproxy", "libtapi",
		       "ratio", "target", "batched", "ratio"
		for (o = 1; o in tapi; o++)
			if ((tapi[o], "libtapi") in layer)
				tapi_row(tapi[o])
		print "ndproxy: the bare device, an event at a time; batched: many events at a time\n"
		if (layers == n)
			exit
	}
	printf "%-40s %7s %8s %8s %7s %6s", "instructions, or bytes", "at once", us, "elapsed", "target", "ratio"
	for (k = 1; k <= peer_count; k++)
		printf " %8s", peers[k]
	printf "\n"
	for (o = 1; o in order; o++) {
		op = order[o]
		for (i = 1; i <= n; i++) {
			if (operation[i] != op || who[i] != us)
				continue
			printf "%-40s %7s %8s %8s %7s %6s", title[op], spaced(count[i]), spaced(cost[i]),
			       (elapsed[i] == "" ? "-" : spaced(elapsed[i])),
			       ((op in target) ? spaced(target[op]) : "-"),
			       ((op in best) ? sprintf("%.2f", cost[i] / best[op]) : "-")
			for (k = 1; k <= peer_count; k++)
				printf " %8s", (((op, peers[k]) in peer) ? spaced(peer[op, peers[k]]) : "-")
			printf "\n"
		}
	}
	printf "\n%-48s", "instructions, among so many calls"
	for (k = 1; k in sizes; k++)
		printf " %9s", spaced(sizes[k])
	printf " %7s\n", "growth"
	for (o = 1; o in scaled; o++) {
		scale_row(title[scaled[o]], scaled[o])
		scale_row("  on 100 pairs of adapters", scaled[o] "-100-adapters")
	}
	print ""
	print "growth: from 1 000 to 100 000"
	print "elapsed: ns of the guest, waits included; ratio: to the best peer in instructions"
}
