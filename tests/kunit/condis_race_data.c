// SPDX-License-Identifier: GPL-2.0
/*
 * Races about data and requests on a call (condis.md 3.3): R7, R20, R21 and R23.
 */
#include "condis_race.h"

static void hold_sends(struct fake *f)
{
	f->holds = true;
	f->step[CM_CLOSE].how = FAKE_PEND;
}

/* Closed, with a packet in flight: the call manager has to deactivate. */
static struct condis_vc *closing_busy(struct fake *f)
{
	struct condis_vc *vc = fake_dial(f);

	KUNIT_EXPECT_EQ(f->test, fake_send(f, vc), 0);
	fake_close(f, vc);
	return vc;
}

static int deactivate(struct fake *f, void *object)
{
	return condis_mcm_deactivate_vc(object);
}

static void drain_and_complete(struct fake *f, void *object, const int *result)
{
	fake_return_sends(f);
	if (result[0] == -EINPROGRESS || result[1] == -EINPROGRESS)
		fake_wait(f, "cm.inactive");
	fake_check(f, "close-complete", condis_mcm_close_call_complete(object));
}

/* R7: the second deactivation is no second one: nobody waits for it. */
static const struct race r07 = {
	.set = hold_sends,
	.breaks = BIT(CONDIS_VIOLATION_DEACTIVATE_BUSY) | BIT(CONDIS_VIOLATION_OUT_OF_ORDER),
	.prepare = closing_busy,
	.side = { deactivate, deactivate },
	.finish = drain_and_complete,
	.stops = { { "vc.deactivate.done" }, { "vc.deactivate.done" } },
	.allowed = {
		"-EINPROGRESS -EALREADY: cl.sent=-ECANCELED cm.inactive cl.closed cm.delete",
		"-EALREADY -EINPROGRESS: cl.sent=-ECANCELED cm.inactive cl.closed cm.delete",
	},
};

static void r07_deactivate_twice(struct kunit *test)
{
	race_run(test, &r07);
}

static int return_sends(struct fake *f, void *object)
{
	fake_return_sends(f);
	return 0;
}

/* R7, and the last packet comes back meanwhile: one word of the two, and never none. */
static const struct race r07_drain = {
	.set = hold_sends,
	.breaks = BIT(CONDIS_VIOLATION_DEACTIVATE_BUSY),
	.prepare = closing_busy,
	.side = { deactivate, return_sends },
	.finish = drain_and_complete,
	.stops = { { "vc.deactivate.done" }, { "vc.send.complete", "vc.drained" } },
	.allowed = {
		"-EINPROGRESS 0: cl.sent=-ECANCELED cm.inactive cl.closed cm.delete",
		"0 0: cl.sent=-ECANCELED cl.closed cm.delete",
	},
};

static void r07_deactivate_and_drain(struct kunit *test)
{
	race_run(test, &r07_drain);
}

/* I4, I5: what was sent is back before the client hears that the call is over. */
static void sends_are_home(struct fake *f, void *object)
{
	KUNIT_EXPECT_EQ_MSG(f->test, fake_has(f, "mp.send"), fake_has(f, "cl.sent"),
			    "in flight at the end of the call: %s", f->log);
}

static void look_at_the_end(struct fake *f)
{
	f->step[CL_CLOSED].hook = sends_are_home;
}

static int send(struct fake *f, void *object)
{
	return fake_send(f, object);
}

/* R20: a sender that was counted before the gate closed is in flight; no other starts. */
static const struct race r20 = {
	.set = look_at_the_end,
	.prepare = race_connected,
	.side = { race_close, send },
	.streams = "mp.send cl.sent",
	.stops = {
		{ "vc.close_call.posted", "vc.close_call.deliver", "vc.deactivate.done",
		  "vc.close_call_complete.deliver", "vc.cm_delete_vc.deliver" },
		{ "vc.send.counted", "vc.send.complete" },
	},
	.allowed = {
		"-EINPROGRESS -ENOTCONN: | cm.close cl.closed cm.delete",
		"-EINPROGRESS 0: mp.send cl.sent | cm.close cl.closed cm.delete",
		"-EINPROGRESS 0: mp.send cl.sent | cm.close cm.inactive cl.closed cm.delete",
	},
};

static void r20_send_and_close(struct kunit *test)
{
	race_run(test, &r20);
}

static int receive(struct fake *f, void *object)
{
	return fake_receive(f, object);
}

/* R21: a handler that runs is counted like a packet: the VC is deactivated after it. */
static const struct race r21 = {
	.prepare = race_connected,
	.side = { race_close, receive },
	.streams = "cl.receive",
	.stops = {
		{ "vc.close_call.posted", "vc.close_call.deliver", "vc.deactivate.done",
		  "vc.close_call_complete.deliver", "vc.cm_delete_vc.deliver" },
		{ "vc.receive.counted" },
	},
	.allowed = {
		"-EINPROGRESS -ENOTCONN: | cm.close cl.closed cm.delete",
		"-EINPROGRESS 0: cl.receive | cm.close cl.closed cm.delete",
		"-EINPROGRESS 0: cl.receive | cm.close cm.inactive cl.closed cm.delete",
	},
};

static void r21_receive_and_close(struct kunit *test)
{
	race_run(test, &r21);
}

static void note(struct condis_oid_request *req, int status)
{
}

static struct condis_oid_request line_caps = {
	.oid = OID_CO_TAPI_LINE_CAPS,
	.complete = note,
};

static struct condis_call_diagnostics answer;

static struct condis_oid_request diagnostics = {
	.oid = OID_CO_TAPI_GET_CALL_DIAGNOSTICS,
	.buf = &answer,
	.len = sizeof(answer),
	.complete = note,
};

static void answer_at_once(struct fake *f)
{
	f->step[CM_OID].how = FAKE_RETURN;
	f->step[CM_CLOSE].how = FAKE_PEND;
}

static int ask(struct fake *f, void *object)
{
	return condis_co_oid_request(f->af, object, &line_caps);
}

static void release(struct fake *f, void *object, const int *result)
{
	fake_released(f, object);
}

/* R23: asked on a call that is being closed: refused, or answered for it was in time. */
static const struct race r23 = {
	.set = answer_at_once,
	.prepare = race_connected,
	.side = { race_close, ask },
	.finish = release,
	.streams = "cm.oid",
	.stops = {
		{ "vc.close_call.posted", "vc.close_call.deliver", "vc.close_call.delivered" },
		{ "request.allowed", "request.added" },
	},
	.allowed = {
		"-EINPROGRESS -ESHUTDOWN: | cm.close cl.closed cm.delete",
		"-EINPROGRESS 0: cm.oid | cm.close cl.closed cm.delete",
	},
};

static void r23_request_and_close(struct kunit *test)
{
	race_run(test, &r23);
}

static int ask_why(struct fake *f, void *object)
{
	return condis_co_oid_request(f->af, object, &diagnostics);
}

/* R23: the diagnostics outlive the call, until its VC is gone. */
static const struct race r23_diagnostics = {
	.set = answer_at_once,
	.prepare = race_connected,
	.side = { race_close, ask_why },
	.finish = release,
	.streams = "cm.oid",
	.stops = {
		{ "vc.close_call.posted", "vc.close_call.deliver", "vc.close_call.delivered" },
		{ "request.allowed", "request.added" },
	},
	.allowed = {
		"-EINPROGRESS 0: cm.oid | cm.close cl.closed cm.delete",
	},
};

static void r23_diagnostics_and_close(struct kunit *test)
{
	race_run(test, &r23_diagnostics);
}

static struct kunit_case condis_race_data_cases[] = {
	KUNIT_CASE(r07_deactivate_twice),
	KUNIT_CASE(r07_deactivate_and_drain),
	KUNIT_CASE(r20_send_and_close),
	KUNIT_CASE(r21_receive_and_close),
	KUNIT_CASE(r23_request_and_close),
	KUNIT_CASE(r23_diagnostics_and_close),
	{}
};

static struct kunit_suite condis_race_data_suite = {
	.name = "condis_race_data",
	.exit = race_exit,
	.test_cases = condis_race_data_cases,
};

kunit_test_suite(condis_race_data_suite);
