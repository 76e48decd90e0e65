#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# tapi-fuzz.sh FOLDER: the fuzzer of libtapi's structures, tests/fuzz/, with the library for
# libFuzzer and with ASan and UBSan; and some seconds of it. Without /dev/ndproxy no application
# begins: the suite tapi_fuzz has one. For longer: FOLDER/tapi-fuzz CORPUS.

set -u
set -o pipefail

here=$(cd -- "$(dirname -- "$0")" && pwd -P)
top=$(cd -- "$here/../.." && pwd -P)
out=$1
runs=100000

mapfile -t flags < <(pkg-config --cflags libsystemd | tr ' ' '\n' | sed '/^$/d')
mapfile -t libs < <(pkg-config --libs libsystemd | tr ' ' '\n' | sed '/^$/d')
mkdir -p "$out"
clang -O1 -g -std=gnu11 -Wall -Wextra -Werror -D_GNU_SOURCE -I"$top/include/uapi" \
	-I"$top/tools/libtapi" "${flags[@]}" -fsanitize=fuzzer,address,undefined \
	-fno-sanitize-recover=all -o "$out/tapi-fuzz" "$top"/tests/fuzz/*.c \
	"$top"/tools/libtapi/*.c -lpthread "${libs[@]}" || exit 1
# A session of its own, that has no bus.
cd "$out" && DBUS_SESSION_BUS_ADDRESS="unix:path=$out/no-bus" XDG_RUNTIME_DIR=$out \
	./tapi-fuzz -seed=1 -runs="$runs" -max_len=1024 -verbosity=0 -print_final_stats=1
