// SPDX-License-Identifier: GPL-2.0
/*
 * A message bus of the suite's own, as a user's session has one.
 */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "program.h"
#include "bus.h"

static pid_t bus;

void bus_start(void)
{
	int out[2];
	char address[256];
	ssize_t length;

	unlink(BUS_FOLDER "/bus");
	assert_int_equal(pipe(out), 0);
	fflush(stdout);
	bus = fork();
	assert_true(bus >= 0);
	if (!bus) {
		dup2(out[1], STDOUT_FILENO);
		execlp("dbus-daemon", "dbus-daemon", "--config-file=" BUS_FOLDER "/bus.conf",
		       "--nofork", "--print-address", (char *)NULL);
		_exit(127);
	}
	close(out[1]);
	assert_true(wait_fd(out[0], POLLIN, patience()) & POLLIN);
	length = read(out[0], address, sizeof(address) - 1);
	close(out[0]);
	if (length <= 0)
		fail_msg("no dbus-daemon");
	address[length] = '\0';
	/* Without its identity, which the next bus at that place has not. */
	address[strcspn(address, ",\n")] = '\0';
	setenv("DBUS_SESSION_BUS_ADDRESS", address, 1);
}

void bus_begin(void)
{
	run("rm -rf " BUS_FOLDER "; mkdir -p -m 700 " BUS_SERVICES " " BUS_FOLDER "/run "
	    BUS_FOLDER "/config");
	put(BUS_FOLDER "/bus.conf",
	    "<busconfig>\n"
	    "<type>session</type>\n"
	    "<listen>unix:path=" BUS_FOLDER "/bus</listen>\n"
	    "<auth>EXTERNAL</auth>\n"
	    "<servicedir>" BUS_SERVICES "</servicedir>\n"
	    "<policy context=\"default\">\n"
	    "<allow send_destination=\"*\" eavesdrop=\"true\"/>\n"
	    "<allow eavesdrop=\"true\"/>\n"
	    "<allow own=\"*\"/>\n"
	    "</policy>\n"
	    "</busconfig>\n");
	setenv("XDG_RUNTIME_DIR", BUS_FOLDER "/run", 1);
	setenv("XDG_CONFIG_HOME", BUS_FOLDER "/config", 1);
	bus_start();
}

void bus_end(void)
{
	if (bus <= 0)
		return;
	kill(bus, SIGKILL);
	waitpid(bus, NULL, 0);
	bus = 0;
}

void bus_sleep(bool is_asleep)
{
	assert_int_equal(kill(bus, is_asleep ? SIGSTOP : SIGCONT), 0);
}

int bus_setup(void **state)
{
	if (tapi_setup(state))
		return -1;
	bus_begin();
	return 0;
}

int bus_teardown(void **state)
{
	int result = tapi_teardown(state);

	bus_end();
	return result;
}
