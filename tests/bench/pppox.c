// SPDX-License-Identifier: GPL-2.0
/*
 * Peers: sockets of PPP sessions, PPPoE over veth and L2TP over loopback.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>
#include <linux/if_pppox.h>
#include <linux/if_ether.h>

#include "bench.h"

static const char * const pppoe_devices[2] = { "veth0", "veth1" };
static unsigned char pppoe_addresses[2][ETH_ALEN];

static bool pppoe_begin(void)
{
	struct ifreq request;
	int fd, i;

	/* 1500 bytes and the header of PPPoE fit. */
	if (system("ip link add veth0 mtu 1600 type veth peer name veth1 mtu 1600") ||
	    system("ip link set veth0 up") || system("ip link set veth1 up"))
		return false;
	fd = socket(AF_INET, SOCK_DGRAM, 0);
	must(fd >= 0, "socket");
	for (i = 0; i < 2; i++) {
		memset(&request, 0, sizeof(request));
		strcpy(request.ifr_name, pppoe_devices[i]);
		must(!ioctl(fd, SIOCGIFHWADDR, &request), pppoe_devices[i]);
		memcpy(pppoe_addresses[i], request.ifr_hwaddr.sa_data, ETH_ALEN);
	}
	close(fd);
	/* Duplicate address detection and the like. */
	sleep(3);
	fd = socket(AF_PPPOX, SOCK_STREAM, PX_PROTO_OE);
	if (fd < 0)
		return false;
	close(fd);
	return true;
}

static void pppoe_connect(unsigned int number, int ends[2])
{
	struct sockaddr_pppox address = { .sa_family = AF_PPPOX, .sa_protocol = PX_PROTO_OE };
	int i;

	for (i = 0; i < 2; i++) {
		address.sa_addr.pppoe.sid = htons(1 + number);
		memcpy(address.sa_addr.pppoe.remote, pppoe_addresses[!i], ETH_ALEN);
		strcpy(address.sa_addr.pppoe.dev, pppoe_devices[i]);
		ends[i] = socket(AF_PPPOX, SOCK_STREAM, PX_PROTO_OE);
		must(ends[i] >= 0, "socket");
		must(!connect(ends[i], (void *)&address, sizeof(address)), "connect");
	}
}

static int tunnels[2];

/* Two tunnels that end in each other: sockets of one host. */
static bool l2tp_begin(void)
{
	struct sockaddr_in here[2] = { 0 };
	struct sockaddr_pppol2tp address = {
		.sa_family = AF_PPPOX, .sa_protocol = PX_PROTO_OL2TP,
	};
	int i, fd;

	for (i = 0; i < 2; i++) {
		here[i].sin_family = AF_INET;
		here[i].sin_addr.s_addr = htonl(INADDR_LOOPBACK);
		here[i].sin_port = htons(1701 + i);
		tunnels[i] = socket(AF_INET, SOCK_DGRAM, 0);
		must(tunnels[i] >= 0, "socket");
		must(!bind(tunnels[i], (void *)&here[i], sizeof(here[i])), "bind");
	}
	for (i = 0; i < 2; i++) {
		must(!connect(tunnels[i], (void *)&here[!i], sizeof(here[i])), "connect");
		fd = socket(AF_PPPOX, SOCK_DGRAM, PX_PROTO_OL2TP);
		if (fd < 0)
			return false;
		address.pppol2tp.fd = tunnels[i];
		address.pppol2tp.s_tunnel = 1 + i;
		address.pppol2tp.d_tunnel = 2 - i;
		must(!connect(fd, (void *)&address, sizeof(address)), "a tunnel");
	}
	return true;
}

static void l2tp_connect(unsigned int number, int ends[2])
{
	struct sockaddr_pppol2tp address = {
		.sa_family = AF_PPPOX, .sa_protocol = PX_PROTO_OL2TP,
	};
	int i;

	for (i = 0; i < 2; i++) {
		address.pppol2tp.fd = tunnels[i];
		address.pppol2tp.s_tunnel = 1 + i;
		address.pppol2tp.d_tunnel = 2 - i;
		address.pppol2tp.s_session = 1 + number;
		address.pppol2tp.d_session = 1 + number;
		ends[i] = socket(AF_PPPOX, SOCK_DGRAM, PX_PROTO_OL2TP);
		must(ends[i] >= 0, "socket");
		must(!connect(ends[i], (void *)&address, sizeof(address)), "connect");
	}
}

void bench_pppoe(void)
{
	static const struct stream stream = {
		.name = "PPPoE", .begin = pppoe_begin, .connect = pppoe_connect,
	};

	measure_stream(&stream);
}

void bench_l2tp(void)
{
	static const struct stream stream = {
		.name = "PPPoL2TP", .begin = l2tp_begin, .connect = l2tp_connect,
	};

	measure_stream(&stream);
}
