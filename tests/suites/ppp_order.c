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
#define LEG_B_MADE									\
	FROM("application", "NDPROXY", "PPPIOCGCHAN"),					\
	FROM("NDPROXY", "NDIS", "NdisCmDispatchIncomingCall\""),			\
	FROM("NDIS", "NDISWAN", "ProtocolClIncomingCall\""),				\
	FROM("NDIS", "NDPROXY", "ProtocolCmIncomingCallComplete\""),			\
	FROM("NDPROXY", "NDIS", "NdisCmDispatchCallConnected\""),			\
	FROM("NDIS", "NDISWAN", "ProtocolClCallConnected\"")

/* NDISWAN closes: its sends are home by then. */
#define LEG_B_CLOSES									\
	FROM("NDISWAN", "NDIS", "NdisClCloseCall\""),					\
	FROM("NDIS", "NDPROXY", "ProtocolCmCloseCall\""),				\
	FROM("NDPROXY", "NDIS", "NdisCmCloseCallComplete\"")

/* It is told before. */
#define LEG_B_ENDS									\
	FROM("NDPROXY", "NDIS", "NdisCmDispatchIncomingCloseCall\""),			\
	FROM("NDIS", "NDISWAN", "ProtocolClIncomingCloseCall\""),			\
	LEG_B_CLOSES

#define LEG_A_CLOSES									\
	FROM("NDPROXY", "NDIS", "NdisClCloseCall\""),					\
	FROM("NDIS", "miniport", "ProtocolCmCloseCall\""),				\
	FROM("NDIS", "NDPROXY", "ProtocolClCloseCallComplete\"")

#define LEG_A_HUNG_UP	FROM("NDIS", "NDPROXY", "ProtocolClIncomingCloseCall\"")

/* A call with PPP at both ends; @end ends it; the ladder of adapter "a" has @messages. */
static void order(void (*end)(struct pair *pair), const char *const *messages)
{
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
	has_in_order(out, messages);
}

static void drop(struct pair *pair)
{
	ppp_hang_up(pair);
}

static void f1_local_hangup(void **state)
{
	static const char *const messages[] = {
		LEG_B_MADE, "lineDrop", LEG_B_ENDS, LEG_A_CLOSES, NULL
	};

	(void)state;
	order(drop, messages);
}

static void drop_remotely(struct pair *pair)
{
	call_drop(pair->callee, pair->in);
	expect_in_any_order(pair->callee, "reply C1 DROP 0", "C1 IDLE");
	expect(pair->caller, "C1 DISCONNECTED NORMAL 16");
}

static void f2_remote_hangup(void **state)
{
	static const char *const messages[] = {
		LEG_B_MADE, LEG_A_HUNG_UP, LEG_B_ENDS, LEG_A_CLOSES, NULL
	};

	(void)state;
	order(drop_remotely, messages);
}

static void close_line(struct pair *pair)
{
	line_close(pair->caller, pair->caller_line);
	expect(pair->callee, "C1 DISCONNECTED NORMAL 16");
}

static void f3_close_line(void **state)
{
	static const char *const messages[] = { LEG_B_MADE, LEG_B_ENDS, LEG_A_CLOSES, NULL };

	(void)state;
	order(close_line, messages);
}

static void shut_down(struct pair *pair)
{
	assert_int_equal(condis_session_shutdown(pair->caller->session), 0);
	expect(pair->callee, "C1 DISCONNECTED NORMAL 16");
}

static void f4_shutdown(void **state)
{
	static const char *const messages[] = { LEG_B_MADE, LEG_B_ENDS, LEG_A_CLOSES, NULL };

	(void)state;
	order(shut_down, messages);
}

static void halt(struct pair *pair)
{
	adapter_del("a");
	expect_up_to(pair->callee, "C1 DISCONNECTED*");
}

/* The families are closed from below, NDISWAN's as well: it is told as its client, or of the call. */
static void f6_halt(void **state)
{
	static const char *const messages[] = { LEG_B_MADE, LEG_B_CLOSES, LEG_A_CLOSES, NULL };

	(void)state;
	order(halt, messages);
}

static void reconfigure(struct pair *pair)
{
	adapter_set("a", "lines", "3", NULL);
	expect_up_to(pair->callee, "C1 DISCONNECTED*");
}

static void f8_line_count(void **state)
{
	static const char *const messages[] = { LEG_B_MADE, LEG_B_CLOSES, LEG_A_CLOSES, NULL };

	(void)state;
	order(reconfigure, messages);
}

static void pull_out(struct pair *pair)
{
	adapter_surprise("a");
	expect_up_to(pair->callee, "C1 DISCONNECTED*");
}

static void f14_surprise(void **state)
{
	static const char *const messages[] = { LEG_B_MADE, LEG_B_CLOSES, LEG_A_CLOSES, NULL };

	(void)state;
	order(pull_out, messages);
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
	static const char *const messages[] = {
		LEG_B_MADE, LEG_B_CLOSES, "lineDrop", LEG_A_CLOSES, NULL
	};

	(void)state;
	order(leave_calls, messages);
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
