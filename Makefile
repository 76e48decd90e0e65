# SPDX-License-Identifier: GPL-2.0
#
# What a user of the tree types. The modules themselves are described in Kbuild.

# For the running kernel, unless KDIR says otherwise.
KDIR ?= /lib/modules/$(shell uname -r)/build
PREFIX ?= /usr/local
DESTDIR ?=
SPHINXBUILD ?= sphinx-build

QEMU := tests/qemu

export KDIR SUITE KERNEL KUNIT DEBUG SEED

all: modules tools		# build the modules for the running kernel, and the tools

modules:			# build the modules only; DEBUG=1 with delay points and checks
	@$(QEMU)/build.sh native

tools:				# build the library and the tools
	@$(QEMU)/build.sh tools

install: all			# install modules, tools, manual, udev rule, unit
	@$(QEMU)/install.sh install "$(DESTDIR)" "$(PREFIX)"

uninstall:			# remove what install has put there
	@$(QEMU)/install.sh uninstall "$(DESTDIR)" "$(PREFIX)"

dkms:				# install the modules by DKMS, for every kernel of the machine
	@$(QEMU)/install.sh dkms "$(DESTDIR)"

undkms:				# remove what dkms has put there
	@$(QEMU)/install.sh undkms "$(DESTDIR)"

run:				# the tour: a stock kernel in QEMU, calls made and taken down
	@$(QEMU)/run.sh

test:				# all tests, in QEMU; SUITE=name, KERNEL=6.1|6.12|kcsan for some
	@$(QEMU)/test.sh

shell:				# a prompt in a guest with two adapters on an exchange
	@$(QEMU)/shell.sh

check:				# compilers, sparse, checkpatch, coccinelle, kernel-doc, ...
	@tests/check/check.sh

bench:				# what a call, a close, a packet cost, beside what others take
	@tests/bench/run

bench-compare:			# what a change costs: BASE=revision to compare with
	@tests/bench/compare "$(BASE)"

htmldocs:			# the manual, in build/html
	@$(QEMU)/packages.sh docs
	@$(SPHINXBUILD) -q -W --keep-going -b html Documentation build/html
	@echo "the manual: build/html/index.html"

clean:				# remove what was built (the cache of kernels stays)
	@rm -rf build

help:				# this list
	@sed -n -e 's/^\([a-z-]*\):[^#]*# \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

.PHONY: all modules tools install uninstall dkms undkms run test shell check bench bench-compare htmldocs clean help
# The scripts use all processors by themselves.
.NOTPARALLEL:
