// SPDX-License-Identifier: GPL-2.0
/*
 * Files that are passed on through a socket.
 */
#include <string.h>
#include <sys/socket.h>

#include "fixture.h"

#define FDS_MAX	8

/**
 * struct parcel - a message with files in it
 * @byte: a message is not empty
 * @control: room for the files
 * @part: where the byte is
 * @message: all of it
 */
struct parcel {
	char byte;
	char control[CMSG_SPACE(FDS_MAX * sizeof(int))];
	struct iovec part;
	struct msghdr message;
};

static void parcel_init(struct parcel *parcel, size_t length)
{
	memset(parcel, 0, sizeof(*parcel));
	parcel->part = (struct iovec) { .iov_base = &parcel->byte, .iov_len = 1 };
	parcel->message = (struct msghdr) {
		.msg_iov = &parcel->part,
		.msg_iovlen = 1,
		.msg_control = parcel->control,
		.msg_controllen = CMSG_SPACE(length * sizeof(int)),
	};
}

void fds_send(int socket, const int *fds, size_t length)
{
	struct cmsghdr *header;
	struct parcel parcel;

	assert_in_range(length, 1, FDS_MAX);
	parcel_init(&parcel, length);
	header = CMSG_FIRSTHDR(&parcel.message);
	header->cmsg_level = SOL_SOCKET;
	header->cmsg_type = SCM_RIGHTS;
	header->cmsg_len = CMSG_LEN(length * sizeof(*fds));
	memcpy(CMSG_DATA(header), fds, length * sizeof(*fds));
	assert_int_equal(sendmsg(socket, &parcel.message, 0), 1);
}

int fds_receive(int socket, int *fds, size_t length)
{
	struct cmsghdr *header;
	struct parcel parcel;

	assert_in_range(length, 1, FDS_MAX);
	parcel_init(&parcel, length);
	if (recvmsg(socket, &parcel.message, 0) != 1)
		return -1;
	header = CMSG_FIRSTHDR(&parcel.message);
	if (!header || header->cmsg_type != SCM_RIGHTS ||
	    header->cmsg_len != CMSG_LEN(length * sizeof(*fds)))
		return -1;
	memcpy(fds, CMSG_DATA(header), length * sizeof(*fds));
	return 0;
}
