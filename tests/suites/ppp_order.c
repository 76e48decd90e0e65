// SPDX-License-Identifier: GPL-2.0
/*
 * Which leg of a call with PPP comes down first: the core's messages, as its ladder has them,
 * for every way in which the call can end.
 */
#include <stdio.h>
#include <string.h>

#include "ppp.h"
#include "program.h"

#define TRACE		"/sys/kernel/tracing/trace"

#define FROM(from, to, message)	from "\",\"to\":\"" to "\",\"message\":\"" message

/* Leg B is made, once PPP asks for the channel. */
static const char *const leg_b_made[] = {
	FROM("application", "NDPROXY", "PPPIOCGCHAN"),
	FROM("NDPROXY", "NDIS", "NdisCmDispatchIncomingCall\""),
	FROM("NDIS", "NDISWAN", "ProtocolClIncomingCall\""),
	FROM("NDIS", "NDPROXY", "ProtocolCmIncomingCallComplete\""),
	FROM("NDPROXY", "NDIS", "NdisCmDispatchCallConnected\""),
	FROM("NDIS", "NDISWAN", "ProtocolClCallConnected\""),
	NULL
};

/* NDISWAN hears that it is to close. */
static const char *const leg_b_told[] = {
	FROM("NDPROXY", "NDIS", "NdisCmDispatchIncomingCloseCall\""),
	FROM("NDIS", "NDISWAN", "ProtocolClIncomingCloseCall\""),
	NULL
};

/* It closes: its sends are home by then. */
static const char *const leg_b_closes[] = {
	FROM("NDISWAN", "NDIS", "NdisClCloseCall\""),
	FROM("NDIS", "NDPROXY", "ProtocolCmCloseCall\""),
	FROM("NDPROXY", "NDIS", "NdisCmCloseCallComplete\""),
	NULL
};

static const char *const leg_a_closes[] = {
	FROM("NDPROXY", "NDIS", "NdisClCloseCall\""),
	FROM("NDIS", "miniport", "ProtocolCmCloseCall\""),
	FROM("NDIS", "NDPROXY", "ProtocolClCloseCallComplete\""),
	NULL
};

static const char *const leg_a_hung_up[] = {
	FROM("NDIS", "NDPROXY", "ProtocolClIncomingCloseCall\""), NULL
};

static const char *const dropped[] = { "lineDrop", NULL };

/* A call with PPP at both ends; @end ends it; the ladder of adapter "a" has these @steps. */
static void order(void (*end)(struct pair *pair), const char *const *const *steps)
{
	const char *messages[32];
	size_t length = 0, i;
	struct end ends[2];
	struct pair pair;

	put(TRACE, "");
	put(MESSAGES, "1");
	pair = ppp_attached(ends);
	end(&pair);
	expect_dead(ends[0].channel);
	expect_dead(ends[1].channel);
	app_close(pair.caller);
	app_close(pair.callee);
	wait_count(CONDIS_COUNTER_VCS, 0);
	put(MESSAGES, "0");
	succeed("condisctl ladder --from " TRACE " --adapter a --json");
	for (; *steps; steps++)
		for (i = 0; (*steps)[i]; i++) {
			assert_true(length < ARRAY_SIZE(messages) - 1);
			messages[length++] = (*steps)[i];
		}
	messages[length] = NULL;
	has_in_order(out, messages);
}

static void f1_local_hangup(void **state)
{
	static const char *const *const steps[] = {
		leg_b_made, dropped, leg_b_told, leg_b_closes, leg_a_closes, NULL
	};

	(void)state;
	order(ppp_hang_up, steps);
}

static void drop_remotely(struct pair *pair)
{
	call_drop(pair->callee, pair->in);
	expect_in_any_order(pair->callee, "reply C1 DROP 0", "C1 IDLE");
	expect(pair->caller, "C1 DISCONNECTED NORMAL 16");
}

static void f2_remote_hangup(void **state)
{
	static const char *const *const steps[] = {
		leg_b_made, leg_a_hung_up, leg_b_told, leg_b_closes, leg_a_closes, NULL
	};

	(void)state;
	order(drop_remotely, steps);
}

static void close_line(struct pair *pair)
{
	line_close(pair->caller, pair->caller_line);
	expect(pair->callee, "C1 DISCONNECTED NORMAL 16");
}

static void f3_close_line(void **state)
{
	static const char *const *const steps[] = {
		leg_b_made, leg_b_told, leg_b_closes, leg_a_closes, NULL
	};

	(void)state;
	order(close_line, steps);
}

static void shut_down(struct pair *pair)
{
	assert_int_equal(condis_session_shutdown(pair->caller->session), 0);
	expect(pair->callee, "C1 DISCONNECTED NORMAL 16");
}

static void f4_shutdown(void **state)
{
	static const char *const *const steps[] = {
		leg_b_made, leg_b_told, leg_b_closes, leg_a_closes, NULL
	};

	(void)state;
	order(shut_down, steps);
}

static void halt(struct pair *pair)
{
	adapter_del("a");
	expect_up_to(pair->callee, "C1 DISCONNECTED*");
}

/* The families are closed from below: NDISWAN is told of its own, or of the call. */
static void f6_halt(void **state)
{
	static const char *const *const steps[] = {
		leg_b_made, leg_b_closes, leg_a_closes, NULL
	};

	(void)state;
	order(halt, steps);
}

static void reconfigure(struct pair *pair)
{
	adapter_set("a", "lines", "3", NULL);
	expect_up_to(pair->callee, "C1 DISCONNECTED*");
}

static void f8_line_count(void **state)
{
	static const char *const *const steps[] = {
		leg_b_made, leg_b_closes, leg_a_closes, NULL
	};

	(void)state;
	order(reconfigure, steps);
}

static void pull_out(struct pair *pair)
{
	adapter_surprise("a");
	expect_up_to(pair->callee, "C1 DISCONNECTED*");
}

static void f14_surprise(void **state)
{
	static const char *const *const steps[] = {
		leg_b_made, leg_b_closes, leg_a_closes, NULL
	};

	(void)state;
	order(pull_out, steps);
}

static void leave_calls(struct pair *pair)
{
	unload_ndiswan();
	/* The call is what it was. */
	expect_nothing(pair->caller);
	ppp_hang_up(pair);
	load_ndiswan();
}

static void f12_ndiswan_unbinds(void **state)
{
	static const char *const *const steps[] = {
		leg_b_made, leg_b_closes, dropped, leg_a_closes, NULL
	};

	(void)state;
	order(leave_calls, steps);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PPP_TEST(f1_local_hangup),
		PPP_TEST(f2_remote_hangup),
		PPP_TEST(f3_close_line),
		PPP_TEST(f4_shutdown),
		PPP_TEST(f6_halt),
		PPP_TEST(f8_line_count),
		PPP_TEST(f12_ndiswan_unbinds),
		PPP_TEST(f14_surprise),
	};

	return cmocka_run_group_tests(tests, ppp_generic_setup, NULL);
}
