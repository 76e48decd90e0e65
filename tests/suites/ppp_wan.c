// SPDX-License-Identifier: GPL-2.0
/*
 * PPP and the miniport: that interface and call count the same, and what the miniport is
 * told of a link.
 */
#include <poll.h>
#include <linux/ppp-ioctl.h>
#include <linux/ppp_defs.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "ppp.h"
#include "program.h"
#include "space.h"

#define MCM	"condis_example_mcm"

/**
 * struct counted - what an interface, or a call, has counted
 * @tx_packets: packets, or frames, that were sent
 * @tx_bytes: their bytes
 * @rx_packets: that were received
 * @rx_bytes: their bytes
 * @rx_errors: that did not come whole
 */
struct counted {
	long long tx_packets;
	long long tx_bytes;
	long long rx_packets;
	long long rx_bytes;
	long long rx_errors;
};

static long long number_after(const char *text, const char *part, const char *name)
{
	const char *at = strstr(text, part);

	at = at ? strstr(at, name) : NULL;
	if (!at)
		fail_msg("no %s of %s in %s", name, part, text);
	return strtoll(at + strlen(name), NULL, 10);
}

static struct counted interface_counts(int number)
{
	if (run("ip -s -j link show dev ppp%d", number))
		fail_msg("%s", err);
	return (struct counted) {
		.tx_packets = number_after(out, "\"tx\":{", "\"packets\":"),
		.tx_bytes = number_after(out, "\"tx\":{", "\"bytes\":"),
		.rx_packets = number_after(out, "\"rx\":{", "\"packets\":"),
		.rx_bytes = number_after(out, "\"rx\":{", "\"bytes\":"),
		.rx_errors = number_after(out, "\"rx\":{", "\"errors\":"),
	};
}

static struct counted call_counts(int data)
{
	char path[64], text[1024] = "";

	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", data);
	slurp(path, text, sizeof(text));
	return (struct counted) {
		.tx_packets = number_after(text, "\ntx_packets:", ":"),
		.tx_bytes = number_after(text, "\ntx_bytes:", ":"),
		.rx_packets = number_after(text, "\nrx_packets:", ":"),
		.rx_bytes = number_after(text, "\nrx_bytes:", ":"),
		.rx_errors = number_after(text, "\nrx_errors:", ":"),
	};
}

/*
 * An interface counts a packet without its PPP header; a call has two bytes of address and control
 * and two of protocol with each, as nothing was negotiated away.
 */
static bool counts_agree(const struct counted *call, const struct counted *interface)
{
	return call->tx_packets == interface->tx_packets &&
	       call->tx_bytes == interface->tx_bytes + 4 * interface->tx_packets &&
	       call->rx_packets == interface->rx_packets &&
	       call->rx_bytes == interface->rx_bytes + 4 * interface->rx_packets &&
	       call->rx_errors == interface->rx_errors;
}

static void say_counts(const char *who, const struct counted *counted)
{
	say("%s: sent %lld/%lld, received %lld/%lld, errors %lld\n", who, counted->tx_packets,
	    counted->tx_bytes, counted->rx_packets, counted->rx_bytes, counted->rx_errors);
}

/* A packet is the call's before it is the interface's, or the other way round, for a moment. */
static struct counted expect_agreement(const struct end *end)
{
	struct counted call, interface;
	long long last = now_ms() + patience();

	do {
		interface = interface_counts(end->number);
		call = call_counts(end->data);
		if (counts_agree(&call, &interface))
			return interface;
	} while (now_ms() < last && !poll(NULL, 0, 50));
	say_counts("the call", &call);
	say_counts("its interface", &interface);
	fail_msg("they do not agree");
	return interface;
}

/* What the interfaces count is what the calls count, and what the line loses is an error. */
static void statistics(void **state)
{
	struct counted near, far;
	struct end ends[2];
	struct space space;
	struct pair pair;

	(void)state;
	pair = ppp_ip_across(&space, ends, "10.7.0.1", "10.7.0.2");
	if (run("busybox ping -c 5 -A -W 10 10.7.0.2"))
		fail_msg("%s%s", out, err);
	if (run("busybox ping -c 20 -A -s 1000 -W 10 10.7.0.2"))
		fail_msg("%s%s", out, err);
	near = expect_agreement(&ends[0]);
	assert_true(near.tx_packets >= 25);
	assert_true(near.rx_packets >= 25);
	assert_true(near.tx_bytes >= 20 * 1028);
	assert_int_equal(near.rx_errors, 0);
	go(&space);
	far = expect_agreement(&ends[1]);
	assert_int_equal(far.rx_errors, 0);
	go_home();

	/* All that is sent from here is lost there. */
	adapter_set("a", "loss", "1000000", NULL);
	assert_int_not_equal(run("busybox ping -c 3 -W 1 10.7.0.2"), 0);
	near = expect_agreement(&ends[0]);
	assert_int_equal(near.rx_errors, 0);
	go(&space);
	far = expect_agreement(&ends[1]);
	assert_true(far.rx_errors >= 3);
	assert_true(far.rx_packets + far.rx_errors == near.tx_packets);
	go_home();

	call_drop(pair.caller, pair.out);
	expect_in_any_order(pair.caller, "reply C1 DROP 0", "C1 IDLE");
	expect(pair.callee, "C1 DISCONNECTED NORMAL 16");
	close_fd(ends[1].channel);
	close_fd(ends[1].unit);
	close_fd(ends[1].data);
	ppp_leave(&space, &pair);
}

/*
 * What the miniport has heard
 */

#define TRACING		"/sys/kernel/tracing/"

/*
 * What is set of a link, nobody in user space can ask for: it is seen on its way. The third
 * argument is struct condis_oid_request, whose buf is struct condis_wan_link_info.
 */
#define HEARD		"condis_test/heard"
#define HEARD_PROBE	"p:" HEARD " condis_vwan:vwan_wan_request oid=+0(%dx):x32 " \
			"recv=+4(+8(%dx)):u32 bits=+8(+8(%dx)):x32"
#define HEARD_ENABLE	TRACING "events/" HEARD "/enable"
/* OID_WAN_CO_SET_LINK_INFO */
#define SET_LINK_INFO	"oid=0x4010181"
/* A line between them: what PPP has set, it has set before this. */
#define SET		"condis_test: set"

/* CONDIS_WAN_PPP_FRAMING, and address and control, and the protocol compressed. */
#define BITS_PLAIN	0x100
#define BITS_AC		0x200
#define BITS_PROT	0x400

static void hear_begin(void)
{
	/* Which also removes what was there. */
	put(TRACING "kprobe_events", HEARD_PROBE);
	put(HEARD_ENABLE, "1");
}

static int hear_end(void **state)
{
	if (!access(HEARD_ENABLE, F_OK)) {
		put(HEARD_ENABLE, "0");
		put(TRACING "kprobe_events", "");
	}
	return ppp_teardown(state);
}

/* The last that the miniport has heard of any link is this; NULL: it is not. */
static const char *expected_of(int mru, unsigned int bits)
{
	static char wanted[80];
	const char *at, *last = NULL;

	snprintf(wanted, sizeof(wanted), SET_LINK_INFO " recv=%d bits=%#x\n", mru + 4, bits);
	slurp(TRACING "trace", out, sizeof(out));
	for (at = out; (at = strstr(at, SET_LINK_INFO)); at++)
		last = at;
	return last && !strncmp(last, wanted, strlen(wanted)) ? wanted : NULL;
}

/**
 * struct resetter - resets an adapter, beside what the test does
 * @has_begun: it is about to
 * @error: what came of it
 */
struct resetter {
	atomic_bool has_begun;
	int error;
};

static void *reset(void *argument)
{
	struct resetter *resetter = argument;

	atomic_store(&resetter->has_begun, true);
	resetter->error = condis_adapter_reset(admin(), "a");
	return NULL;
}

/*
 * While the adapter is reset PPP sets what no round before has set. The miniport hears it,
 * sooner or later; whether it was later.
 */
static bool told_in_a_reset(const struct end *end, unsigned int round)
{
	unsigned int flags = round & 1 ? SC_COMP_AC : SC_COMP_PROT;
	unsigned int bits = BITS_PLAIN | (round & 1 ? BITS_AC : BITS_PROT);
	int mru = PPP_MRU + 1 + (int)round % 500;
	struct resetter resetter = { 0 };
	const char *wanted;
	pthread_t thread;
	long long last;

	put(TRACING "trace", "");
	assert_int_equal(pthread_create(&thread, NULL, reset, &resetter), 0);
	while (!atomic_load(&resetter.has_begun))
		poll(NULL, 0, 1);
	usleep(round % 8 * 500);
	/* That one is told to ask later is no breach: the world's end looks for any. */
	assert_int_equal(ioctl(end->channel, PPPIOCSFLAGS, &flags), 0);
	assert_int_equal(ioctl(end->channel, PPPIOCSMRU, &mru), 0);
	put(TRACING "trace_marker", SET);
	pthread_join(thread, NULL);
	assert_int_equal(resetter.error, 0);

	last = now_ms() + patience();
	while (!(wanted = expected_of(mru, bits)))
		if (now_ms() > last || poll(NULL, 0, 20))
			fail_msg("round %u: the miniport has not heard of MRU %d, flags %#x:\n%s",
				 round, mru, flags, out);
	assert_non_null(strstr(out, SET));
	return strstr(out, wanted) > strstr(out, SET);
}

/* The miniport hears of MRU and flags; while it is reset it does not, and afterwards it does. */
static void told_around_a_reset(void **state)
{
	unsigned int flags = SC_COMP_AC | SC_COMP_PROT, later = 0, round;
	unsigned int bits = BITS_PLAIN | BITS_AC | BITS_PROT;
	unsigned char frame[64];
	struct end ends[2];
	struct pair pair;
	int mru;
	long long last;
	size_t length;

	(void)state;
	hear_begin();
	pair = ppp_attached(ends);
	last = now_ms() + 2 * patience();
	/* The reset waits for a grace period: only a thread that was late misses it. */
	for (round = 0; later < 5; round++) {
		if (now_ms() > last)
			fail_msg("%u of %u times in a reset", later, round);
		later += told_in_a_reset(&ends[0], round);
		watchdog_alive();
	}
	say("%u of %u times in a reset", later, round);

	assert_int_equal(ioctl(ends[0].channel, PPPIOCSFLAGS, &flags), 0);
	/* More than the line carries, and less than it may be. */
	mru = 65535;
	assert_int_equal(ioctl(ends[0].channel, PPPIOCSMRU, &mru), 0);
	assert_non_null(expected_of(2048 - 4, bits));
	mru = 1;
	assert_int_equal(ioctl(ends[0].channel, PPPIOCSMRU, &mru), 0);
	assert_non_null(expected_of(PPP_MRU, bits));
	length = lcp(frame, 9, 10);
	assert_int_equal(write(ends[0].channel, frame, length), length);
	expect_frame(ends[1].channel, frame, length);
	/* It counts from the link's beginning on; address and control were set away. */
	assert_int_equal(call_counts(ends[0].data).tx_packets, 1);
	assert_int_equal(call_counts(ends[0].data).tx_bytes, length);
	ppp_hang_up(&pair);
	expect_dead(ends[0].channel);
	expect_dead(ends[1].channel);
}

static int plain_setup(void **state)
{
	int err = ppp_setup(state);

	if (!err && module_load(MCM))
		fail_msg("cannot load " MCM);
	return err;
}

static int plain_teardown(void **state)
{
	int err = ppp_teardown(state);

	assert_int_equal(module_unload(MCM), 0);
	return err;
}

static struct pair connected_without_wan(void)
{
	const struct condis_adapter_place place = { .kind = "example" };
	struct condis_config *config = condis_config_new();
	struct pair pair;

	assert_non_null(config);
	if (condis_config_set(config, "lines", "2") ||
	    condis_adapter_add(admin(), "e", &place, config))
		fail_msg("%s", condis_error());
	condis_config_free(config);
	pair.caller = app_open("caller");
	pair.callee = app_open("callee");
	pair.caller_line = line_open(pair.caller, "e", 0, NONE);
	pair.callee_line = line_open(pair.callee, "e", 1, OWNER);
	pair.out = call_make(pair.caller, pair.caller_line, "101");
	expect(pair.caller, "reply C1 MAKE_CALL 0", "C1 PROCEEDING", "C1 RINGBACK");
	expect(pair.callee, "L1 new C1 owner", "C1 OFFERING owner");
	pair.in = call_label(pair.callee, 1);
	call_answer(pair.callee, pair.in);
	expect(pair.callee, "reply C1 ANSWER 0", "C1 CONNECTED");
	expect(pair.caller, "C1 CONNECTED");
	return pair;
}

/* No miniport has to know the WAN's OIDs: what is set is set all the same, and frames pass. */
static void miniport_without_wan_oids(void **state)
{
	unsigned int flags = SC_COMP_AC | SC_COMP_PROT;
	unsigned char frame[512];
	struct end ends[2];
	struct pair pair;
	int mru = 2000;
	size_t length;

	(void)state;
	pair = connected_without_wan();
	ends[0] = end_attach(call_data(pair.caller, pair.out, NDPROXY_DATA_NONBLOCK));
	ends[1] = end_attach(call_data(pair.callee, pair.in, NDPROXY_DATA_NONBLOCK));
	assert_int_equal(ioctl(ends[0].channel, PPPIOCSMRU, &mru), 0);
	assert_int_equal(ioctl(ends[0].channel, PPPIOCSFLAGS, &flags), 0);
	length = lcp(frame, 1, 400);
	assert_int_equal(write(ends[0].channel, frame, length), length);
	expect_frame(ends[1].channel, frame, length);
	assert_int_equal(write(ends[1].channel, frame, length), length);
	expect_frame(ends[0].channel, frame, length);
	ppp_hang_up(&pair);
	expect_dead(ends[0].channel);
	expect_dead(ends[1].channel);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PPP_TEST(statistics),
		cmocka_unit_test_setup_teardown(told_around_a_reset, ppp_setup, hear_end),
		cmocka_unit_test_setup_teardown(miniport_without_wan_oids, plain_setup,
						plain_teardown),
	};

	return cmocka_run_group_tests(tests, ppp_generic_setup, NULL);
}
