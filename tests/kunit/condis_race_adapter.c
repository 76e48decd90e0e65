// SPDX-License-Identifier: GPL-2.0
/*
 * Races about an adapter (condis.md 3.3): R14 to R16, R22 and R25.
 */
#include "condis_race.h"

/* What a halt says of the adapter; what it says of calls and the family is apart. */
#define HALT_WORDS	"mp. cl.pause cl.unbind cl.unbound"
#define HALTED		"cl.pause mp.pause cl.unbind cl.unbound mp.halt"

static void pend_make(struct fake *f)
{
	f->step[CM_MAKE].how = FAKE_PEND;
}

static struct condis_vc *idle(struct fake *f)
{
	return fake_create(f);
}

static int make(struct fake *f, void *object)
{
	struct condis_call_params params;

	fake_call_params(f, &params);
	return condis_cl_make_call(object, &params);
}

/* R14: halted while a call is being made, by a call manager that never answers. */
static const struct race r14 = {
	.set = pend_make,
	.prepare = idle,
	.side = { make, race_halt },
	.streams = HALT_WORDS,
	.halts = true,
	.until = { NULL, "rundown.asked" },
	.stops = {
		{ "vc.make_call.checked", "vc.make_call.posted", "vc.make_call.deliver",
		  "vc.make_call.delivered" },
		{ "adapter.remove.frozen", "halt.begin", "halt.paused", "halt.halting",
		  "rundown.ask", "binding.ask" },
	},
	.allowed = {
		/* Made, and answered for. */
		"-EINPROGRESS 0: " HALTED
		" | cm.make cm.deregister cl.deregistered cm.close cl.made=-ECANCELED cl.closed cm.delete cm.close-af cl.closed-af",
		/* The adapter takes no new calls, or the VC is gone. */
		"-ENETDOWN 0: " HALTED
		" | cm.deregister cl.deregistered cm.delete cm.close-af cl.closed-af",
		"-ESHUTDOWN 0: " HALTED
		" | cm.deregister cl.deregistered cm.delete cm.close-af cl.closed-af",
		/* Made, and closed before the call manager heard of it. */
		"-EINPROGRESS 0: " HALTED
		" | cm.deregister cl.deregistered cl.made=-ECANCELED cl.closed cm.delete cm.close-af cl.closed-af",
	},
};

static void r14_halt_while_dialling(struct kunit *test)
{
	race_run(test, &r14);
}

/* R14, pulled out: no graceful phase. */
static int surprise(struct fake *f, void *object)
{
	f->adapter_up = false;
	condis_remove_adapter(f->adapter, true);
	wait_for_completion(&f->adapter->halted);
	return 0;
}

static const struct race r14_surprise = {
	.set = pend_make,
	.prepare = idle,
	.side = { make, surprise },
	.streams = HALT_WORDS,
	.halts = true,
	.until = { NULL, "rundown.asked" },
	.stops = {
		{ "vc.make_call.checked", "vc.make_call.posted", "vc.make_call.deliver",
		  "vc.make_call.delivered" },
		{ "adapter.remove.frozen", "halt.halting", "family.gone",
		  "rundown.windows_closed", "rundown.vc_without_cm", "rundown.ask" },
	},
	.allowed = {
		"-EINPROGRESS 0: mp.removal cl.unbind cl.unbound mp.halt=1 | cm.make cl.made=-ENODEV cl.deregistered cl.closed-af",
		"-ENETDOWN 0: mp.removal cl.unbind cl.unbound mp.halt=1 | cl.deregistered cl.closed-af",
		"-ESHUTDOWN 0: mp.removal cl.unbind cl.unbound mp.halt=1 | cl.deregistered cl.closed-af",
		/* Whoever makes it is stopped, and tells the client after its SAP is gone. */
		"-EINPROGRESS 0: mp.removal cl.unbind cl.unbound mp.halt=1 | cl.deregistered cl.made=-ENODEV cl.closed-af",
		"-EINPROGRESS 0: mp.removal cl.unbind cl.unbound mp.halt=1 | cm.make cl.deregistered cl.made=-ENODEV cl.closed-af",
	},
};

static void r14_surprise_while_dialling(struct kunit *test)
{
	race_run(test, &r14_surprise);
}

static int reset(struct fake *f, void *object)
{
	return condis_adapter_reset(f->adapter);
}

#define RESET_STOPS							\
	"adapter.reset.begin", "adapter.data.stopped", "adapter.reset.stopped",	\
	"adapter.reset.done"

/* R15: an adapter is reset while a call is up: it stays, or ends as the far end says. */
static const struct race r15 = {
	.prepare = race_connected,
	.side = { reset, race_hang_up },
	.streams = "mp. cl.status",
	.stops = {
		{ RESET_STOPS },
		{ "vc.incoming_close_call.posted", "vc.incoming_close_call.deliver",
		  "vc.close_call.deliver", "vc.cm_delete_vc.deliver" },
	},
	.allowed = {
		"0 0: cl.status=3 mp.reset cl.status=4 | cl.hangup cm.close cl.closed cm.delete",
	},
};

static void r15_reset_and_hangup(struct kunit *test)
{
	race_run(test, &r15);
}

/* R16: the close completes, once, wherever the reset is. */
static const struct race r16 = {
	.prepare = race_connected,
	.side = { reset, race_close },
	.streams = "mp. cl.status",
	.stops = {
		{ RESET_STOPS },
		{ "vc.close_call.posted", "vc.close_call.deliver", "vc.close_call.delivered",
		  "vc.close_call_complete.deliver", "vc.cm_delete_vc.deliver" },
	},
	.allowed = {
		"0 -EINPROGRESS: cl.status=3 mp.reset cl.status=4 | cm.close cl.closed cm.delete",
	},
};

static void r16_reset_and_close(struct kunit *test)
{
	race_run(test, &r16);
}

static int indicate(struct fake *f, void *object)
{
	static const struct condis_status status = {
		.code = CONDIS_STATUS_LINE_STATE,
		.line = 0,
		.in_service = false,
	};

	condis_m_indicate_status(f->adapter, NULL, &status);
	return 0;
}

#define ALL_DOWN	"cm.deregister cl.deregistered cm.close-af cl.closed-af"

/*
 * R22: the miniport indicates a status while it is halted.  A protocol that hears of it
 * is bound: the close of its binding, and so the halt, comes after the handler.
 */
static const struct race r22 = {
	.side = { indicate, race_halt },
	.streams = "cm. cl.deregistered cl.closed-af",
	.halts = true,
	.until = { NULL, "rundown.asked" },
	.stops = {
		{ "adapter.status.indicate", "binding.use", "binding.unuse" },
		{ "halt.paused", "halt.halting", "rundown.ask", "rundown.asked", "halt.down" },
	},
	.allowed = {
		"0 0: " ALL_DOWN " | cl.status=2 cl.pause mp.pause cl.unbind cl.unbound mp.halt",
		"0 0: " ALL_DOWN " | cl.pause mp.pause cl.unbind cl.unbound mp.halt",
		"0 0: " ALL_DOWN " | cl.pause mp.pause cl.status=2 cl.unbind cl.unbound mp.halt",
		"?0 0: " ALL_DOWN " | cl.pause cl.status=2 mp.pause cl.unbind cl.unbound mp.halt",
		"0 0: " ALL_DOWN " | cl.pause mp.pause cl.unbind cl.status=2 cl.unbound mp.halt",
	},
};

static void r22_status_and_halt(struct kunit *test)
{
	race_run(test, &r22);
}

static int indicate_of_call(struct fake *f, void *object)
{
	static const struct condis_status status = {
		.code = CONDIS_STATUS_LINK_PARAMS,
		.send_window = 4,
	};

	/* The miniport holds the VC, as for packets. */
	condis_m_indicate_status(f->adapter, object, &status);
	return 0;
}

/* R22, about a call: nothing after its deletion, also inside the indication. */
static const struct race r22_call = {
	.prepare = race_connected,
	.side = { indicate_of_call, race_close },
	.stops = {
		{ "vc.status.indicate" },
		{ "vc.close_call.posted", "vc.close_call.delivered",
		  "vc.close_call_complete.deliver", "vc.cm_delete_vc.deliver", "vc.end.begin" },
	},
	.allowed = {
		"0 -EINPROGRESS: cl.vc-status cm.close cl.closed cm.delete",
		"0 -EINPROGRESS: cm.close cl.closed cm.delete",
		"?0 -EINPROGRESS: cm.close cl.vc-status cl.closed cm.delete",
		"?0 -EINPROGRESS: cm.close cl.closed cl.vc-status cm.delete",
		"?0 -EINPROGRESS: cm.close cl.closed cm.delete cl.vc-status",
	},
};

static void r22_status_and_close(struct kunit *test)
{
	race_run(test, &r22_call);
}

static int pause(struct fake *f, void *object)
{
	return condis_adapter_pause(f->adapter);
}

static void restart(struct fake *f, void *object, const int *result)
{
	fake_check(f, "restart", condis_adapter_restart(f->adapter));
}

/* R25: paused while the far end hangs up: data stops, and nothing else. */
static const struct race r25 = {
	.prepare = race_connected,
	.side = { pause, race_hang_up },
	.finish = restart,
	.streams = "mp. cl.pause cl.restart",
	.stops = {
		{ "adapter.pause.told", "adapter.data.stopped", "adapter.pause.done" },
		{ "vc.incoming_close_call.posted", "vc.incoming_close_call.deliver",
		  "vc.close_call.deliver", "vc.cm_delete_vc.deliver" },
	},
	.allowed = {
		"0 0: cl.pause mp.pause mp.restart cl.restart | cl.hangup cm.close cl.closed cm.delete",
	},
};

static void r25_pause_and_hangup(struct kunit *test)
{
	race_run(test, &r25);
}

static struct kunit_case condis_race_adapter_cases[] = {
	KUNIT_CASE(r14_halt_while_dialling),
	KUNIT_CASE(r14_surprise_while_dialling),
	KUNIT_CASE(r15_reset_and_hangup),
	KUNIT_CASE(r16_reset_and_close),
	KUNIT_CASE(r22_status_and_halt),
	KUNIT_CASE(r22_status_and_close),
	KUNIT_CASE(r25_pause_and_hangup),
	{}
};

static struct kunit_suite condis_race_adapter_suite = {
	.name = "condis_race_adapter",
	.exit = race_exit,
	.test_cases = condis_race_adapter_cases,
};

kunit_test_suite(condis_race_adapter_suite);
