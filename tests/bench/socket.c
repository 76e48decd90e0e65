// SPDX-License-Identifier: GPL-2.0
/*
 * Peers: TCP, AF_VSOCK and AF_UNIX on loopback, listen to accept.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <linux/vm_sockets.h>

#include "bench.h"

static int listener;
static union {
	struct sockaddr any;
	struct sockaddr_in tcp;
	struct sockaddr_un unix_;
	struct sockaddr_vm vsock;
} address;
static socklen_t address_size;

static bool listen_on(int family, socklen_t size)
{
	int one = 1;

	address_size = size;
	address.any.sa_family = family;
	listener = socket(family, SOCK_STREAM, 0);
	if (listener < 0)
		return false;
	setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (!bind(listener, &address.any, address_size) && !listen(listener, 128))
		return true;
	close(listener);
	return false;
}

static void connect_to(unsigned int number, int ends[2])
{
	(void)number;
	ends[0] = socket(address.any.sa_family, SOCK_STREAM, 0);
	must(ends[0] >= 0, "socket");
	must(!connect(ends[0], &address.any, address_size), "connect");
	ends[1] = accept(listener, NULL, NULL);
	must(ends[1] >= 0, "accept");
}

static bool tcp_begin(void)
{
	memset(&address, 0, sizeof(address));
	address.tcp.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	address.tcp.sin_port = htons(7777);
	return listen_on(AF_INET, sizeof(address.tcp));
}

static bool unix_begin(void)
{
	memset(&address, 0, sizeof(address));
	/* An abstract name. */
	memcpy(address.unix_.sun_path, "\0condis-bench", 14);
	return listen_on(AF_UNIX, offsetof(struct sockaddr_un, sun_path) + 14);
}

static bool vsock_begin(void)
{
	memset(&address, 0, sizeof(address));
	address.vsock.svm_cid = VMADDR_CID_LOCAL;
	address.vsock.svm_port = 7777;
	return listen_on(AF_VSOCK, sizeof(address.vsock));
}

void bench_tcp(void)
{
	static const struct stream stream = {
		.name = "TCP", .begin = tcp_begin, .connect = connect_to,
	};

	measure_stream(&stream);
}

void bench_unix(void)
{
	static const struct stream stream = {
		.name = "AF_UNIX", .begin = unix_begin, .connect = connect_to,
	};

	measure_stream(&stream);
}

void bench_vsock(void)
{
	static const struct stream stream = {
		.name = "AF_VSOCK", .begin = vsock_begin, .connect = connect_to,
	};

	measure_stream(&stream);
}
