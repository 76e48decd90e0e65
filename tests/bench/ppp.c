// SPDX-License-Identifier: GPL-2.0
/*
 * PPP: UDP through the interfaces of two units, one in a network namespace of its own,
 * over a call, over PPPoE, over PPPoL2TP, and over a pty as tests of modems have it;
 * and what it takes to attach many channels, and to take them down at once.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <termios.h>
#include <unistd.h>
#include <linux/if_ether.h>
#include <linux/if_pppox.h>
#include <linux/ppp-ioctl.h>
#include <linux/tty.h>

#include <condis.h>

#include "bench.h"

#define OP_UDP_64	"udp-64"
#define OP_UDP_1500	"udp-1500"
#define OP_ATTACH	"ppp-attach"
#define OP_DOWN		"ppp-down"

/* Channels that are attached, and come down at once. */
#define ATTACHED	1000
/* Bytes of the headers of IP and UDP. */
#define HEADERS		28
#define PORT		5000

/* Whose namespace we are in: ours, or the far end's. */
enum side { HERE, THERE, SIDES };

/**
 * struct both_ends - what there is at each end of a link
 * @fd: descriptors
 */
struct both_ends {
	int fd[SIDES];
};

static int namespaces[SIDES];

/**
 * struct carrier - what carries PPP
 * @name: who, in the table
 * @begin: prepare what all links need; false if the kernel has none of it
 * @connect: one end of link @number, in its namespace: a descriptor that PPPIOCGCHAN knows
 * @down: take down what connect() has made, and wait until it is gone; NULL: it is not measured
 * @end: undo begin()
 */
struct carrier {
	const char *name;
	bool (*begin)(void);
	void (*connect)(unsigned int number, int ends[SIDES]);
	void (*down)(const struct both_ends *ends, unsigned int count);
	void (*end)(void);
};

static void enter(enum side side)
{
	must(!setns(namespaces[side], CLONE_NEWNET), "setns");
}

static void make_namespaces(void)
{
	namespaces[HERE] = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	must(namespaces[HERE] >= 0 && !unshare(CLONE_NEWNET), "a network namespace");
	namespaces[THERE] = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	must(namespaces[THERE] >= 0, "a network namespace");
	enter(HERE);
}

/*
 * A call
 */

static struct condis_session *sessions[SIDES];
static struct ndproxy_open_line lines[SIDES];

static void condis_must(bool good)
{
	if (good)
		return;
	printf("error: %s\n", condis_error());
	fflush(stdout);
	_exit(1);
}

static void add_adapter(enum side side)
{
	const struct condis_adapter_place place = {
		.kind = "vwan", .exchange = "ppp", .netns = side == HERE ? NULL : "/proc/1/ns/net",
	};
	struct condis_config *config = condis_config_new();
	struct condis_admin *admin;
	struct ndproxy_adapter adapter;

	enter(side);
	admin = condis_admin_open();
	condis_must(admin);
	if (side == HERE)
		condis_must(!condis_exchange_add(admin, "ppp", "vwan"));
	condis_must(!condis_config_set(config, "calls", "4000") &&
		    !condis_config_set(config, "address", side == HERE ? "100" : "200") &&
		    !condis_adapter_add(admin, "ppp", &place, config));
	condis_config_free(config);
	condis_admin_close(admin);

	sessions[side] = condis_session_open(NULL);
	condis_must(sessions[side]);
	condis_must(!condis_line_find_adapter(sessions[side], "ppp", 10000, &adapter));
	lines[side] = (struct ndproxy_open_line) {
		.adapter = adapter.adapter,
		.privileges = side == HERE ? LINECALLPRIVILEGE_NONE : LINECALLPRIVILEGE_OWNER,
		.media_modes = side == HERE ? 0 : LINEMEDIAMODE_DIGITALDATA,
	};
	condis_must(!condis_line_open(sessions[side], &lines[side]));
	enter(HERE);
}

static bool call_begin(void)
{
	if (system("modprobe ndiswan"))
		return false;
	add_adapter(HERE);
	add_adapter(THERE);
	return true;
}

/* The event with a new call, or that a call is connected. */
static uint32_t await_call(enum side side, bool is_new)
{
	struct ndproxy_event event;

	for (;;) {
		condis_must(condis_session_next(sessions[side], &event, 10000) > 0);
		if (is_new && event.type == LINE_APPNEWCALL)
			return event.new_call.call;
		if (!is_new && event.type == LINE_CALLSTATE &&
		    event.call_state.state == LINECALLSTATE_CONNECTED)
			return event.handle;
	}
}

static void call_connect(unsigned int number, int ends[SIDES])
{
	struct ndproxy_make_call make = {
		.line_handle = lines[HERE].line_handle,
		.address = NDPROXY_ANY_ADDRESS,
		.media_modes = LINEMEDIAMODE_DIGITALDATA,
		.called = "200",
	};
	uint32_t in, max_sdu;

	(void)number;
	condis_must(!condis_call_make(sessions[HERE], &make));
	in = await_call(THERE, true);
	condis_must(!condis_call_answer(sessions[THERE], in, 0));
	await_call(THERE, false);
	await_call(HERE, false);
	ends[HERE] = condis_call_open_data(sessions[HERE], make.call, 0, &max_sdu);
	ends[THERE] = condis_call_open_data(sessions[THERE], in, 0, &max_sdu);
	condis_must(ends[HERE] >= 0 && ends[THERE] >= 0);
}

static void close_all(const struct both_ends *ends, unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++) {
		close(ends[i].fd[HERE]);
		close(ends[i].fd[THERE]);
	}
}

/* Down with both applications; NDISWAN's unloading waits for the last channel. */
static void call_down(const struct both_ends *ends, unsigned int count)
{
	condis_session_close(sessions[HERE]);
	condis_session_close(sessions[THERE]);
	close_all(ends, count);
	must(!syscall(SYS_delete_module, "ndiswan", 0), "unload ndiswan");
}

/*
 * PPPoE over veth
 */

static const char *const devices[SIDES] = { "pppoe0", "pppoe1" };
static unsigned char addresses[SIDES][ETH_ALEN];

static bool pppoe_begin(void)
{
	struct ifreq request;
	char command[128];
	int side, fd;

	if (system("ip link add pppoe0 mtu 1600 type veth peer name pppoe1 mtu 1600"))
		return false;
	snprintf(command, sizeof(command), "ip link set pppoe1 netns /proc/%d/fd/%d", getpid(),
		 namespaces[THERE]);
	if (system(command))
		return false;
	for (side = HERE; side < SIDES; side++) {
		enter(side);
		snprintf(command, sizeof(command), "ip link set %s up", devices[side]);
		must(!system(command), command);
		fd = socket(AF_INET, SOCK_DGRAM, 0);
		memset(&request, 0, sizeof(request));
		strcpy(request.ifr_name, devices[side]);
		must(!ioctl(fd, SIOCGIFHWADDR, &request), devices[side]);
		memcpy(addresses[side], request.ifr_hwaddr.sa_data, ETH_ALEN);
		close(fd);
	}
	enter(HERE);
	/* Duplicate address detection and the like. */
	sleep(3);
	fd = socket(AF_PPPOX, SOCK_STREAM, PX_PROTO_OE);
	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static void pppoe_connect(unsigned int number, int ends[SIDES])
{
	struct sockaddr_pppox address = { .sa_family = AF_PPPOX, .sa_protocol = PX_PROTO_OE };
	int side;

	for (side = HERE; side < SIDES; side++) {
		enter(side);
		address.sa_addr.pppoe.sid = htons(1 + number);
		memcpy(address.sa_addr.pppoe.remote, addresses[!side], ETH_ALEN);
		strcpy(address.sa_addr.pppoe.dev, devices[side]);
		ends[side] = socket(AF_PPPOX, SOCK_STREAM, PX_PROTO_OE);
		must(ends[side] >= 0, "socket");
		must(!connect(ends[side], (void *)&address, sizeof(address)), "connect");
	}
	enter(HERE);
}

static void pppoe_end(void)
{
	must(!system("ip link del pppoe0"), "the veth");
}

/*
 * PPPoL2TP, over a veth of its own
 */

/* The first of two: those of the family "l2tp" may still be there. */
#define TUNNEL	11

static int tunnels[SIDES];

static bool l2tp_begin(void)
{
	struct sockaddr_in here[SIDES] = { 0 };
	struct sockaddr_pppol2tp address = {
		.sa_family = AF_PPPOX, .sa_protocol = PX_PROTO_OL2TP,
	};
	char command[160];
	int side, fd;

	if (system("ip link add l2tp0 mtu 1600 type veth peer name l2tp1 mtu 1600"))
		return false;
	snprintf(command, sizeof(command), "ip link set l2tp1 netns /proc/%d/fd/%d", getpid(),
		 namespaces[THERE]);
	if (system(command))
		return false;
	for (side = HERE; side < SIDES; side++) {
		enter(side);
		snprintf(command, sizeof(command),
			 "ip addr add 10.8.0.%d/24 dev l2tp%d && ip link set l2tp%d up", 1 + side,
			 side, side);
		must(!system(command), command);
		here[side].sin_family = AF_INET;
		here[side].sin_addr.s_addr = htonl(0x0a080001 + side);
		here[side].sin_port = htons(1701);
		tunnels[side] = socket(AF_INET, SOCK_DGRAM, 0);
		must(tunnels[side] >= 0, "socket");
		must(!bind(tunnels[side], (void *)&here[side], sizeof(here[side])), "bind");
	}
	sleep(3);
	for (side = HERE; side < SIDES; side++) {
		enter(side);
		must(!connect(tunnels[side], (void *)&here[!side], sizeof(here[side])),
		     "connect");
		fd = socket(AF_PPPOX, SOCK_DGRAM, PX_PROTO_OL2TP);
		if (fd < 0)
			return false;
		address.pppol2tp.fd = tunnels[side];
		address.pppol2tp.s_tunnel = TUNNEL + side;
		address.pppol2tp.d_tunnel = TUNNEL + !side;
		must(!connect(fd, (void *)&address, sizeof(address)), "a tunnel");
	}
	enter(HERE);
	return true;
}

static void l2tp_connect(unsigned int number, int ends[SIDES])
{
	struct sockaddr_pppol2tp address = {
		.sa_family = AF_PPPOX, .sa_protocol = PX_PROTO_OL2TP,
	};
	int side;

	for (side = HERE; side < SIDES; side++) {
		enter(side);
		address.pppol2tp.fd = tunnels[side];
		address.pppol2tp.s_tunnel = TUNNEL + side;
		address.pppol2tp.d_tunnel = TUNNEL + !side;
		address.pppol2tp.s_session = 1 + number;
		address.pppol2tp.d_session = 1 + number;
		ends[side] = socket(AF_PPPOX, SOCK_DGRAM, PX_PROTO_OL2TP);
		must(ends[side] >= 0, "socket");
		must(!connect(ends[side], (void *)&address, sizeof(address)), "connect");
	}
	enter(HERE);
}

/*
 * A pty, with PPP's line discipline at both of its ends
 */

static void pty_connect(unsigned int number, int ends[SIDES])
{
	int unlock = 0, discipline = N_PPP, side;
	struct termios raw;

	(void)number;
	ends[HERE] = open("/dev/ptmx", O_RDWR | O_NOCTTY);
	must(ends[HERE] >= 0, "/dev/ptmx");
	must(!ioctl(ends[HERE], TIOCSPTLCK, &unlock), "unlock");
	ends[THERE] = ioctl(ends[HERE], TIOCGPTPEER, O_RDWR | O_NOCTTY);
	must(ends[THERE] >= 0, "the slave");
	must(!tcgetattr(ends[THERE], &raw), "tcgetattr");
	cfmakeraw(&raw);
	must(!tcsetattr(ends[THERE], TCSANOW, &raw), "tcsetattr");
	for (side = HERE; side < SIDES; side++) {
		enter(side);
		must(!ioctl(ends[side], TIOCSETD, &discipline), "PPP's line discipline");
	}
	enter(HERE);
}

/*
 * The measuring
 */

static int open_ppp(void)
{
	int fd = open("/dev/ppp", O_RDWR | O_CLOEXEC);

	must(fd >= 0, "/dev/ppp");
	return fd;
}

static int attach(int end)
{
	int index, channel = open_ppp();

	must(!ioctl(end, PPPIOCGCHAN, &index), "PPPIOCGCHAN");
	must(!ioctl(channel, PPPIOCATTCHAN, &index), "PPPIOCATTCHAN");
	return channel;
}

/* A unit over a channel, with an address, and a socket there. */
static int make_link(enum side side, int end, int files[2])
{
	struct npioctl np = { .protocol = PPP_IP, .mode = NPMODE_PASS };
	struct sockaddr_in own = { .sin_family = AF_INET, .sin_port = htons(PORT) }, far = own;
	char command[160];
	int unit = -1, fd;

	enter(side);
	files[0] = attach(end);
	files[1] = open_ppp();
	must(!ioctl(files[1], PPPIOCNEWUNIT, &unit), "PPPIOCNEWUNIT");
	must(!ioctl(files[0], PPPIOCCONNECT, &unit), "PPPIOCCONNECT");
	must(!ioctl(files[1], PPPIOCSNPMODE, &np), "PPPIOCSNPMODE");
	snprintf(command, sizeof(command),
		 "ip addr add 10.9.0.%d peer 10.9.0.%d dev ppp%d && ip link set ppp%d up mtu 1500",
		 1 + side, 2 - side, unit, unit);
	must(!system(command), command);
	own.sin_addr.s_addr = htonl(0x0a090001 + side);
	far.sin_addr.s_addr = htonl(0x0a090001 + !side);
	fd = socket(AF_INET, SOCK_DGRAM, 0);
	must(fd >= 0 && !bind(fd, (void *)&own, sizeof(own)), "bind");
	must(!connect(fd, (void *)&far, sizeof(far)), "connect");
	enter(HERE);
	return fd;
}

static void measure_udp(const char *operation, const char *who, const int sockets[SIDES],
			size_t size)
{
	static char packet[2048];
	struct sample sample;
	unsigned int i;

	size -= HEADERS;
	for (i = 0; i < 100 + PACKETS; i++) {
		if (i == 100)
			sample = sample_begin();
		must(send(sockets[HERE], packet, size, 0) == (ssize_t)size, "send");
		must(recv(sockets[THERE], packet, sizeof(packet), 0) == (ssize_t)size, "recv");
	}
	row(operation, who, PACKETS, sample_end(sample));
}

/**
 * struct link - two units, and what keeps them
 * @ends: what their channels are over
 * @files: of the channel and the unit
 * @sockets: at either end
 */
struct link {
	int ends[SIDES];
	int files[SIDES][2];
	int sockets[SIDES];
};

static void link_up(struct link *link, const struct carrier *carrier)
{
	int side;

	carrier->connect(ATTACHED, link->ends);
	for (side = HERE; side < SIDES; side++)
		link->sockets[side] = make_link(side, link->ends[side], link->files[side]);
	/* What IPv6 says when an interface comes up. */
	sleep(3);
}

static void link_down(const struct link *link)
{
	int side;

	for (side = HERE; side < SIDES; side++) {
		close(link->sockets[side]);
		close(link->files[side][1]);
		close(link->files[side][0]);
		close(link->ends[side]);
	}
	settle();
}

static void measure_link(const struct carrier *carrier)
{
	struct link link;

	link_up(&link, carrier);
	measure_udp(OP_UDP_64, carrier->name, link.sockets, 64);
	measure_udp(OP_UDP_1500, carrier->name, link.sockets, 1500);
	link_down(&link);
}

/* Channels without units, at both ends. */
static void measure_channels(const struct carrier *carrier)
{
	static struct both_ends channels[ATTACHED], ends[ATTACHED];
	struct sample sample;
	unsigned int i;
	int side;

	for (i = 0; i < ATTACHED; i++)
		carrier->connect(i, ends[i].fd);
	sample = sample_begin();
	for (side = HERE; side < SIDES; side++) {
		enter(side);
		for (i = 0; i < ATTACHED; i++)
			channels[i].fd[side] = attach(ends[i].fd[side]);
	}
	enter(HERE);
	row(OP_ATTACH, carrier->name, ATTACHED, sample_end(sample));
	sample = sample_begin();
	carrier->down(ends, ATTACHED);
	row(OP_DOWN, carrier->name, ATTACHED, sample_end(sample));
	close_all(channels, ATTACHED);
	settle();
}

static const struct carrier carriers[] = {
	{ "condis", call_begin, call_connect, call_down, NULL },
	{ "PPPoE", pppoe_begin, pppoe_connect, close_all, pppoe_end },
	{ "PPPoL2TP", l2tp_begin, l2tp_connect, close_all, NULL },
	{ "pty", NULL, pty_connect, NULL, NULL },
};

/* Ours. */
void profile_udp(void)
{
	struct link link;
	unsigned int i;

	printf("operations %u\n", 20 * (100 + PACKETS));
	make_namespaces();
	must(carriers[0].begin(), "ndiswan");
	link_up(&link, &carriers[0]);
	count_only(true);
	for (i = 0; i < 20; i++)
		measure_udp(OP_UDP_64, carriers[0].name, link.sockets, 64);
	count_only(false);
}

void bench_ppp(void)
{
	size_t i;

	make_namespaces();
	for (i = 0; i < ARRAY_SIZE(carriers); i++) {
		if (carriers[i].begin && !carriers[i].begin()) {
			printf("absent %s: %s\n", carriers[i].name, strerror(errno));
			fflush(stdout);
			enter(HERE);
			continue;
		}
		measure_link(&carriers[i]);
		if (carriers[i].down)
			measure_channels(&carriers[i]);
		if (carriers[i].end)
			carriers[i].end();
	}
}
