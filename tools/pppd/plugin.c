// SPDX-License-Identifier: GPL-2.0
/*
 * condis.so, a plugin of pppd: PPP over a call. See pppd-condis(8).
 */
#include <ctype.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <linux/ppp-ioctl.h>

#include "compat.h"
#include "call.h"
#include "descriptor.h"
#include "script.h"
#include "wait.h"

/* Address, control and protocol. */
#define FRAME_HEADER	4
/* NDISWAN listens on an adapter a moment after the adapter is there. */
#define CHANNEL_MS	20000
#define LIMIT_S		60

/* Of the type that an o_bool has. */
static unsigned char is_answering;
static char *adapter, *number, *calling;
static int line = CALL_ANY, address = CALL_ANY, limit_s = LIMIT_S, given_fd = -1;

/* Of condis-fd. */
static int descriptor = -1;
static struct call call = { .data = -1 };
/* /dev/ppp, attached to the channel. */
static int channel_fd = -1;
/* As the options have them; a call may not have room for so much. */
static int wanted_mtu, wanted_mru;

/* What pppd looks for; nothing else of ours is to be seen among its own names. */
#define FOR_PPPD	__attribute__((visibility("default")))

FOR_PPPD char pppd_version[] = PPPD_VERSION;
FOR_PPPD void plugin_init(void);

#define COMMON	(OPT_PRIO | OPT_PRIVFIX | OPT_INITONLY)

static option_t options[] = {
	{
		.name = "condis-adapter",
		.type = o_string,
		.addr = &adapter,
		.description = "Adapter to call from or to be called on",
		.flags = COMMON,
	}, {
		.name = "condis-line",
		.type = o_int,
		.addr = &line,
		.description = "Line of the adapter, from 0",
		.flags = COMMON | OPT_LLIMIT,
		.lower_limit = 0,
	}, {
		.name = "condis-address",
		.type = o_int,
		.addr = &address,
		.description = "Address of the line, from 0",
		.flags = COMMON | OPT_LLIMIT,
		.lower_limit = 0,
	}, {
		.name = "condis-number",
		.type = o_string,
		.addr = &number,
		.description = "Number to call",
		.flags = COMMON,
	}, {
		.name = "condis-calling",
		.type = o_string,
		.addr = &calling,
		.description = "Number to show to the far end",
		.flags = COMMON,
	}, {
		.name = "condis-time-limit",
		.type = o_int,
		.addr = &limit_s,
		.description = "Seconds until a call has to be connected",
		.flags = COMMON | OPT_LIMITS,
		.lower_limit = 1,
		.upper_limit = 86400,
	}, {
		.name = "condis-answer",
		.type = o_bool,
		.addr = &is_answering,
		.description = "Wait for a call and answer it",
		.flags = COMMON | 1,
	}, {
		.name = "condis-fd",
		.type = o_int,
		.addr = &given_fd,
		.description = "Descriptor of the data file of a call that is up",
		.flags = COMMON | OPT_LIMITS,
		.lower_limit = 0,
		.upper_limit = 65535,
	},
	{ .name = NULL }
};

/* What a number is made of is the network's to say. */
static void check_number(const char *option, const char *value)
{
	const char *at;

	for (at = value; *at; at++)
		if (!isascii(*at) || !isgraph(*at))
			break;
	if (!*at && at != value && at - value <= NDPROXY_NUMBER_MAX)
		return;
	ppp_option_error("%s '%s' is no number to dial: it has 1 to %d characters, no blank",
			 option, value, NDPROXY_NUMBER_MAX);
	exit(EXIT_OPTION_ERROR);
}

static void check_name(void)
{
	if (!adapter || (*adapter && strlen(adapter) < NDPROXY_NAME_SIZE))
		return;
	ppp_option_error("condis-adapter '%s' is no name of an adapter: it has 1 to %d characters",
			 adapter, NDPROXY_NAME_SIZE - 1);
	exit(EXIT_OPTION_ERROR);
}

/* One of the three says where the call comes from. */
static void check_origin(void)
{
	if (!number && !is_answering && given_fd < 0) {
		given_fd = descriptor_from_environment();
		if (given_fd == -2) {
			ppp_option_error("the environment's " DESCRIPTOR_VARIABLE
					 " '%s' is no number of a descriptor",
					 getenv(DESCRIPTOR_VARIABLE));
			exit(EXIT_OPTION_ERROR);
		}
		/* pppd's parent is condisctl serve, which hangs up when its command has ended. */
		if (given_fd >= 0 && compat_detaches()) {
			ppp_option_error("the call of " DESCRIPTOR_VARIABLE
					 " ends when pppd detaches: add nodetach");
			exit(EXIT_OPTION_ERROR);
		}
	}
	switch (!!number + !!is_answering + (given_fd >= 0)) {
	case 0:
		ppp_option_error("no call: give condis-number, condis-answer or condis-fd");
		exit(EXIT_OPTION_ERROR);
	case 1:
		return;
	default:
		ppp_option_error("give only one of condis-number, condis-answer and condis-fd");
		exit(EXIT_OPTION_ERROR);
	}
}

static void check_goes_with(bool is_given, const char *option, bool fits, const char *with)
{
	if (!is_given || fits)
		return;
	ppp_option_error("%s goes with %s only", option, with);
	exit(EXIT_OPTION_ERROR);
}

static void check_descriptor(void)
{
	if (given_fd < 0)
		return;
	descriptor = descriptor_take(given_fd);
	if (descriptor < 0) {
		ppp_option_error("condis-fd: descriptor %d is no data file of a call",
				 given_fd);
		exit(EXIT_OPTION_ERROR);
	}
	if (ppp_persist()) {
		ppp_option_error("persist and demand need condis-number or condis-answer");
		exit(EXIT_OPTION_ERROR);
	}
}

/* As pppd itself does for PPP as a whole. */
static void check_kernel(void)
{
	if (access("/sys/module", F_OK) || !access("/sys/module/ndiswan", F_OK))
		return;
	ppp_option_error("the module ndiswan is not loaded; load it with: modprobe ndiswan");
	exit(EXIT_NO_KERNEL_SUPPORT);
}

static void set_device(const char *name, int line_of_it)
{
	char device[NDPROXY_NAME_SIZE + 16];

	if (line_of_it == CALL_ANY)
		snprintf(device, sizeof(device), "%s", name);
	else
		snprintf(device, sizeof(device), "%s:%d", name, line_of_it);
	ppp_set_devnam(device);
	ppp_set_pppdevnam(device);
	ppp_script_setenv("DEVICE", device, 1);
}

static void channel_check_options(void)
{
	bool is_own;

	check_origin();
	is_own = given_fd < 0;
	if (number)
		check_number("condis-number", number);
	if (calling)
		check_number("condis-calling", calling);
	check_name();
	check_goes_with(calling, "condis-calling", number, "condis-number");
	check_goes_with(adapter, "condis-adapter", is_own, "condis-number and condis-answer");
	check_goes_with(line != CALL_ANY, "condis-line", is_own,
			"condis-number and condis-answer");
	check_goes_with(address != CALL_ANY, "condis-address", is_own,
			"condis-number and condis-answer");
	check_goes_with(limit_s != LIMIT_S, "condis-time-limit", is_own,
			"condis-number and condis-answer");
	check_descriptor();
	check_kernel();

	/* Packets, not characters. */
	lcp_wantoptions[0].neg_asyncmap = 0;
	lcp_allowoptions[0].neg_asyncmap = 0;
	wanted_mtu = lcp_allowoptions[0].mru;
	wanted_mru = lcp_wantoptions[0].mru;
	/* Its name may be known by the call only. */
	set_device(adapter ? adapter : "condis", line);
}

static void limit_mru(unsigned int max_sdu)
{
	int most = (int)max_sdu - FRAME_HEADER;

	lcp_allowoptions[0].mru = wanted_mtu;
	lcp_wantoptions[0].mru = wanted_mru;
	if (!max_sdu)
		return;
	/* Less than that is none to pppd. */
	if (most < MINMRU)
		most = MINMRU;
	if (wanted_mtu > most)
		lcp_allowoptions[0].mru = most;
	if (wanted_mru > most)
		lcp_wantoptions[0].mru = most;
}

static int connect_descriptor(void)
{
	const char *name = getenv("CONDIS_ADAPTER"), *line_of_it = getenv("CONDIS_LINE");
	const char *caller = getenv("CONDIS_CALLING");

	if (descriptor < 0 || descriptor_is_over(descriptor)) {
		error("The call of descriptor %d is over", given_fd);
		return -1;
	}
	limit_mru(descriptor_max_sdu());
	/* As with the environment of scripts: only root's is believed. */
	if (!getuid()) {
		set_device(name ? name : "condis", line_of_it ? atoi(line_of_it) : CALL_ANY);
		ppp_set_remote_number(caller ? caller : "");
	}
	script_set_inherited();
	return descriptor;
}

/* pppd's main loop, where it sees its signals, comes next: at once, not after the hold-off. */
static int (*holdoff_before)(void);

static int no_holdoff(void)
{
	holdoff_hook = holdoff_before;
	return 1;
}

static void give_up(void)
{
	info("%s given up because of a signal", *call.name ? call.name : "Waiting for a call");
	ppp_set_status(EXIT_USER_REQUEST);
	if (holdoff_hook != no_holdoff) {
		holdoff_before = holdoff_hook;
		holdoff_hook = no_holdoff;
	}
}

static int connect_call(void)
{
	const struct call_wish wish = {
		.adapter = adapter,
		.line = line,
		.address = address,
		.number = number,
		.calling = calling,
		.limit_s = limit_s,
	};
	int got;

	wait_begin();
	got = number ? call_dial(&call, &wish) : call_answer(&call, &wish);
	wait_end();
	if (got == CALL_SIGNAL)
		give_up();
	if (got) {
		call_end(&call);
		return -1;
	}
	set_device(call.adapter.name, (int)call.info.line);
	ppp_set_remote_number(number ? number : call.info.calling);
	limit_mru(call.max_sdu);
	script_set_call(&call);
	info("%s connected", call.name);
	return call.data;
}

static int channel_connect(void)
{
	call_end(&call);
	script_clear();
	return given_fd < 0 ? connect_call() : connect_descriptor();
}

static int channel_establish(int fd)
{
	long long end_ms = wait_now_ms() + CHANNEL_MS;
	int index;

	while (ioctl(fd, PPPIOCGCHAN, &index)) {
		if (errno != EOPNOTSUPP) {
			error("The call has no PPP channel: %m");
			return -1;
		}
		if (wait_now_ms() >= end_ms) {
			error("The call has no PPP channel; load it with: modprobe ndiswan");
			return -1;
		}
		poll(NULL, 0, 10);
	}
	channel_fd = ppp_generic_establish(fd);
	return channel_fd;
}

static void channel_disestablish(int fd)
{
	channel_fd = -1;
	ppp_generic_disestablish(fd);
}

/* A channel that is hung up has nothing to be set. */
static void set_channel(unsigned long command, int value, const char *what)
{
	if (channel_fd >= 0 && ioctl(channel_fd, command, &value) && errno != EIO &&
	    errno != ENXIO && errno != ENOTTY)
		error("Couldn't set %s of the call's channel: %m", what);
}

static void channel_send_config(int mtu, u_int32_t asyncmap, int pcomp, int accomp)
{
	int flags = 0;

	(void)mtu;
	(void)asyncmap;
	if (channel_fd < 0 || ioctl(channel_fd, PPPIOCGFLAGS, &flags))
		return;
	flags &= ~(SC_COMP_PROT | SC_COMP_AC);
	flags |= (pcomp ? SC_COMP_PROT : 0) | (accomp ? SC_COMP_AC : 0);
	set_channel(PPPIOCSFLAGS, flags, "the compression");
}

static void channel_recv_config(int mru, u_int32_t asyncmap, int pcomp, int accomp)
{
	(void)asyncmap;
	(void)pcomp;
	(void)accomp;
	set_channel(PPPIOCSMRU, mru, "the largest packet");
}

/* In a child of pppd's, which becomes a script. */
static void channel_close(void)
{
	call_forget(&call);
	if (descriptor >= 0)
		close(descriptor);
}

/* Before the scripts that say that the link is down: they are told why. */
static void link_goes_down(void *context, int argument)
{
	const char *name;

	(void)context;
	(void)argument;
	if (!call.session)
		return;
	call_look(&call, ppp_status() == EXIT_HANGUP);
	if (call.is_line_closed) {
		script_set_cause(0, "line closed");
		return;
	}
	/* A call that is still up is cleared normally in a moment. */
	name = condis_cause_name(call.is_cleared ? call.cause : Q850_NORMAL_CLEARING);
	script_set_cause(call.is_cleared ? call.cause : Q850_NORMAL_CLEARING, name ? name : "");
}

static void channel_disconnect(void)
{
	/* The scripts of a bundle run after this. */
	link_goes_down(NULL, 0);
	call_end(&call);
	if (descriptor >= 0)
		close(descriptor);
	descriptor = -1;
}

static struct channel channel = {
	.options = options,
	.check_options = channel_check_options,
	.connect = channel_connect,
	.disconnect = channel_disconnect,
	.establish_ppp = channel_establish,
	.disestablish_ppp = channel_disestablish,
	.send_config = channel_send_config,
	.recv_config = channel_recv_config,
	/* Also where pppd dies of a fatal error, and disconnects nothing. */
	.cleanup = channel_disconnect,
	.close = channel_close,
};

void plugin_init(void)
{
	wait_init();
	ppp_add_notify(NF_LINK_DOWN, link_goes_down, NULL);
	ppp_add_notify(NF_IP_DOWN, link_goes_down, NULL);
	ppp_add_notify(NF_IPV6_DOWN, link_goes_down, NULL);
	the_channel = &channel;
	ppp_set_modem(false);
}
