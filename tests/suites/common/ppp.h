/* SPDX-License-Identifier: GPL-2.0 */
/*
 * PPP over calls, with /dev/ppp by hand, for suites that look at more than one call.
 */
#ifndef SUITES_PPP_H
#define SUITES_PPP_H

#include "fixture.h"
#include "space.h"

#define NDISWAN	"ndiswan"

/**
 * struct end - one end of a call as PPP has it
 * @data: the data file
 * @channel: /dev/ppp, attached to the channel, or -1
 * @unit: /dev/ppp, attached to a unit, or -1
 * @index: the channel's number
 * @number: the unit's
 */
struct end {
	int data;
	int channel;
	int unit;
	int index;
	int number;
};

/* For cmocka: /dev/ppp is there, or the suite cannot run. */
int ppp_generic_setup(void **state);
/* A world with other namespaces, and NDISWAN. */
int ppp_setup(void **state);
int ppp_teardown(void **state);
#define PPP_TEST(function) \
	cmocka_unit_test_setup_teardown(function, ppp_setup, ppp_teardown)

void load_ndiswan(void);
void unload_ndiswan(void);

/* A connected call between "a" and "b", and both data files. */
struct pair ppp_connected(int *from, int *to);
/* The same between an application at home and one abroad. */
struct pair ppp_across(struct space *space, int *from, int *to);
/* What is abroad goes; the files that are open there are closed. */
void ppp_leave(struct space *space, struct pair *pair);
/* The caller drops the call. */
void ppp_hang_up(struct pair *pair);

/*
 * The number of the channel. It is asked again while NDISWAN does not listen yet (EOPNOTSUPP: that
 * is a moment after NDPROXY is there), or was starved for so long that it decided too late
 * (ETIMEDOUT, then EBUSY until that leg is gone).
 */
int channel_of(int data);
/* The channel of a data file, in the namespace in which we are. */
struct end end_attach(int data);
/* An interface on it that lets IP through; its number is known then. */
void end_unit(struct end *end);
/* A connected call between "a" and "b" with a channel at both ends; linked: with interfaces. */
struct pair ppp_attached(struct end ends[2]);
struct pair ppp_linked(struct end ends[2]);
/* One of the ends abroad, as ppp_across() has it, and IP between their interfaces. */
struct pair ppp_ip_across(struct space *space, struct end ends[2], const char *near,
			  const char *far);

/* A frame of LCP as /dev/ppp has it: protocol, code, number, length. Its length. */
size_t lcp(unsigned char *frame, unsigned char number, size_t data);
void expect_frame(int fd, const unsigned char *frame, size_t length);
/* The channel hangs up. */
void expect_dead(int channel);

#endif /* SUITES_PPP_H */
