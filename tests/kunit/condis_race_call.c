// SPDX-License-Identifier: GPL-2.0
/*
 * Races about a call (condis.md 3.3): R1 to R6, R8, R9, R19 and R24.
 */
#include "condis_race.h"

/* The points that a side comes to, by what it does. */
#define CLOSE_STOPS							\
	"vc.close_call.posted", "vc.close_call.deliver", "vc.close_call.delivered",	\
	"vc.close_call_complete.posted", "vc.close_call_complete.deliver",		\
	"vc.close_call_complete.delivered"
#define CLIENT_DELETE_STOPS						\
	"vc.cm_delete_vc.posted", "vc.cm_delete_vc.deliver", "vc.end.begin", "vc.end.unlisted"
#define CM_DELETE_STOPS							\
	"vc.cl_delete_vc.deliver", "vc.end.begin", "vc.end.unlisted"
#define HANGUP_STOPS							\
	"vc.incoming_close_call.posted", "vc.incoming_close_call.deliver",	\
	"vc.incoming_close_call.delivered"

/* R1: the client closes, the far end hangs up; the client acknowledges what it hears of. */
static const struct race r01 = {
	.prepare = race_connected,
	.side = { race_close, race_hang_up },
	.stops = { { CLOSE_STOPS, CLIENT_DELETE_STOPS }, { HANGUP_STOPS } },
	.allowed = {
		"-EINPROGRESS -ESHUTDOWN: cm.close cl.closed cm.delete",
		"-EALREADY 0: cl.hangup cm.close cl.closed cm.delete",
		/* Taken, but the client's close came before its handler. */
		"-EINPROGRESS 0: cm.close cl.closed cm.delete",
		/* And before it had acknowledged. */
		"?-EINPROGRESS 0: cl.hangup !close=-EALREADY cm.close cl.closed cm.delete",
	},
};

static void r01_close_and_hangup(struct kunit *test)
{
	race_run(test, &r01);
}

static void r02_set(struct fake *f)
{
	f->step[CL_HANGUP].how = FAKE_PEND;
}

/* R2: the far end hangs up, and the client closes without having heard of it. */
static const struct race r02 = {
	.set = r02_set,
	.prepare = race_connected,
	.side = { race_hang_up, race_close },
	.stops = { { HANGUP_STOPS }, { CLOSE_STOPS, CLIENT_DELETE_STOPS } },
	.allowed = {
		"0 -EINPROGRESS: cl.hangup cm.close cl.closed cm.delete",
		"0 -EINPROGRESS: cm.close cl.closed cm.delete",
		"-ESHUTDOWN -EINPROGRESS: cm.close cl.closed cm.delete",
	},
};

static void r02_hangup_and_close(struct kunit *test)
{
	race_run(test, &r02);
}

/* R3. */
static const struct race r03 = {
	.prepare = race_connected,
	.side = { race_close, race_close },
	.stops = { { CLOSE_STOPS, CLIENT_DELETE_STOPS }, { "vc.close_call.posted" } },
	.allowed = {
		"-EINPROGRESS -EALREADY: cm.close cl.closed cm.delete",
		"-EALREADY -EINPROGRESS: cm.close cl.closed cm.delete",
	},
};

static void r03_close_twice(struct kunit *test)
{
	race_run(test, &r03);
}

/* The make-call is completed by a side, or not at all. */
static void pend_make_and_close(struct fake *f)
{
	f->skips_made = true;
	f->step[CM_MAKE].how = FAKE_PEND;
	f->step[CM_CLOSE].how = FAKE_PEND;
}

static int fail_make(struct fake *f, void *object)
{
	return condis_mcm_make_call_complete(object, -EBUSY, Q850_USER_BUSY);
}

/* The call manager lets go of what it was asked to close. */
static void release_if_asked(struct fake *f, void *object, const int *result)
{
	if (fake_has(f, "cm.close"))
		fake_released(f, object);
}

/* R4: closed while it is being made; the call manager completes both. */
static const struct race r04 = {
	.set = pend_make_and_close,
	.prepare = race_connected,
	.side = { race_close, fail_make },
	.finish = release_if_asked,
	.stops = {
		{ "vc.close_call.posted", "vc.close_call.deliver", "vc.close_call.delivered" },
		{ "vc.make_call_complete.posted", "vc.make_call_complete.deliver",
		  "vc.make_call_complete.delivered", CLIENT_DELETE_STOPS },
	},
	.allowed = {
		"-EINPROGRESS 0: cm.close cl.made=-ECANCELED cl.closed cm.delete",
		"-EALREADY 0: cl.made=-EBUSY cm.delete",
		/* The call has failed before the close was delivered: it has nothing to close. */
		"-EINPROGRESS 0: cl.made=-ECANCELED cl.closed cm.delete",
	},
};

static void r04_close_while_dialling(struct kunit *test)
{
	race_run(test, &r04);
}

static void pend_make(struct fake *f)
{
	f->skips_made = true;
	f->step[CM_MAKE].how = FAKE_PEND;
}

/* C2 meets R4: the call manager completes the close alone, and the make-call too late. */
static const struct race r04_alone = {
	.set = pend_make,
	.breaks = BIT(CONDIS_VIOLATION_NO_ANSWER) | BIT(CONDIS_VIOLATION_COMPLETION_TWICE),
	.prepare = race_connected,
	.side = { race_close, fail_make },
	.stops = {
		{ CLOSE_STOPS },
		{ "vc.make_call_complete.posted", "vc.make_call_complete.deliver",
		  "vc.make_call_complete.delivered" },
	},
	.allowed = {
		"-EINPROGRESS -ENOENT: cm.close cl.made=-ECANCELED cl.closed cm.delete",
		"-EALREADY 0: cl.made=-EBUSY cm.delete",
		"-EINPROGRESS 0: cl.made=-ECANCELED cl.closed cm.delete",
		/* In the handler of the close, before it completes. */
		"?-EINPROGRESS 0: cm.close cl.made=-ECANCELED cl.closed cm.delete",
	},
};

static void r04_close_completes_alone(struct kunit *test)
{
	race_run(test, &r04_alone);
}

static int answer(struct fake *f, void *object)
{
	struct condis_call_params params;
	int err;

	fake_call_params(f, &params);
	err = condis_mcm_activate_vc(object, &params);
	return err ?: condis_mcm_make_call_complete(object, 0, Q850_NONE);
}

static void release(struct fake *f, void *object, const int *result)
{
	fake_released(f, object);
}

/* R5: the answer comes while R4 is under way: the state decides. */
static const struct race r05 = {
	.set = pend_make_and_close,
	.prepare = race_connected,
	.side = { race_close, answer },
	.finish = release,
	.stops = {
		{ "vc.close_call.posted", "vc.close_call.deliver", "vc.close_call.delivered" },
		{ "vc.activate.done", "vc.make_call_complete.posted",
		  "vc.make_call_complete.deliver", "vc.make_call_complete.delivered" },
	},
	.allowed = {
		"-EINPROGRESS 0: cm.close cl.made=-ECANCELED cl.closed cm.delete",
		"-EINPROGRESS 0: cl.made cm.close cl.closed cm.delete",
	},
};

static void r05_answer_while_aborting(struct kunit *test)
{
	race_run(test, &r05);
}

static void pend_decided(struct fake *f)
{
	f->step[CM_DECIDED].how = FAKE_PEND;
}

static int connect(struct fake *f, void *object)
{
	struct condis_call_params params;
	int err;

	fake_call_params(f, &params);
	err = condis_mcm_activate_vc(object, &params);
	return err ?: condis_mcm_dispatch_call_connected(object);
}

/* R6: closed while its VC is activated, which is no state, but a moment. */
static const struct race r06 = {
	.set = pend_decided,
	/* The call manager's task that connects has not heard of the one that released. */
	.breaks = BIT(CONDIS_VIOLATION_OUT_OF_ORDER),
	.prepare = race_offered,
	.side = { race_close, connect },
	.stops = {
		{ CLOSE_STOPS, CM_DELETE_STOPS },
		{ "vc.activate.done", "vc.call_connected.posted", "vc.call_connected.deliver",
		  "vc.call_connected.delivered" },
	},
	.allowed = {
		"-EINPROGRESS -ESHUTDOWN: cm.close cl.closed cl.delete",
		"-EINPROGRESS 0: cl.connected cm.close cl.closed cl.delete",
		"-EINPROGRESS 0: cm.close cl.closed cl.delete",
	},
};

static void r06_close_while_activating(struct kunit *test)
{
	race_run(test, &r06);
}

static void pend_offer(struct fake *f)
{
	f->step[CL_OFFER].how = FAKE_PEND;
	f->step[CL_HANGUP].how = FAKE_PEND;
}

static int reject(struct fake *f, void *object)
{
	return condis_cl_incoming_call_complete(object, -EBUSY, Q850_USER_BUSY);
}

#define DECIDE_STOPS							\
	"vc.incoming_call_complete.posted", "vc.incoming_call_complete.deliver",	\
	"vc.incoming_call_complete.delivered"

/* R8: an undecided offer is hung up; the client refuses it. */
static const struct race r08_reject = {
	.set = pend_offer,
	.prepare = race_offered,
	.side = { race_hang_up, reject },
	.stops = { { HANGUP_STOPS }, { DECIDE_STOPS, CM_DELETE_STOPS } },
	.allowed = {
		"0 0: cl.hangup cm.decided=-EBUSY cl.delete",
		"-ESHUTDOWN 0: cm.decided=-EBUSY cl.delete",
		"0 0: cm.decided=-EBUSY cl.delete",
	},
};

static void r08_hangup_and_reject(struct kunit *test)
{
	race_run(test, &r08_reject);
}

/* R8: or the client closes it. */
static const struct race r08_close = {
	.set = pend_offer,
	.prepare = race_offered,
	.side = { race_hang_up, race_close },
	.stops = { { HANGUP_STOPS }, { CLOSE_STOPS, CM_DELETE_STOPS } },
	.allowed = {
		"0 -EINPROGRESS: cl.hangup cm.close cl.closed cl.delete",
		"-ESHUTDOWN -EINPROGRESS: cm.close cl.closed cl.delete",
		"0 -EINPROGRESS: cm.close cl.closed cl.delete",
	},
};

static void r08_hangup_and_close(struct kunit *test)
{
	race_run(test, &r08_close);
}

/* R8: or both, from two tasks: the first ends it. */
static const struct race r08_both = {
	.set = pend_offer,
	.prepare = race_offered,
	.side = { reject, race_close },
	.stops = { { DECIDE_STOPS, CM_DELETE_STOPS }, { CLOSE_STOPS, CM_DELETE_STOPS } },
	.allowed = {
		"0 -EALREADY: cm.decided=-EBUSY cl.delete",
		"-ESHUTDOWN -EINPROGRESS: cm.close cl.closed cl.delete",
		"-EALREADY -EINPROGRESS: cm.close cl.closed cl.delete",
	},
};

static void r08_reject_and_close(struct kunit *test)
{
	race_run(test, &r08_both);
}

static int accept(struct fake *f, void *object)
{
	return condis_cl_incoming_call_complete(object, 0, Q850_NONE);
}

static void close_after(struct fake *f, void *object, const int *result)
{
	fake_check(f, "close", fake_close(f, object));
}

/* R9: answered at the moment the far end hangs up. */
static const struct race r09 = {
	.set = pend_offer,
	.prepare = race_offered,
	/* The call manager's task that connects has not heard of the one that hung up. */
	.breaks = BIT(CONDIS_VIOLATION_OUT_OF_ORDER),
	.side = { accept, race_hang_up },
	.finish = close_after,
	.stops = {
		{ DECIDE_STOPS, "vc.activate.done", "vc.call_connected.posted",
		  "vc.call_connected.deliver", "vc.call_connected.delivered" },
		{ HANGUP_STOPS },
	},
	.allowed = {
		"0 0: cm.decided cl.connected cl.hangup cm.close cl.closed cl.delete",
		"-ESHUTDOWN 0: cl.hangup cm.close cl.closed cl.delete",
		/* Hung up instead of connected; the call manager may see it at once. */
		"0 0: cm.decided !activate=-ESHUTDOWN !connect=-ESHUTDOWN cl.hangup cm.close cl.closed cl.delete",
		"0 0: cm.decided !connect=-ESHUTDOWN cl.hangup cm.close cl.closed cl.delete",
		"0 0: cm.decided cl.hangup cm.close cl.closed cl.delete",
	},
};

static void r09_answer_and_hangup(struct kunit *test)
{
	race_run(test, &r09);
}

static void pend_close(struct fake *f)
{
	f->step[CM_CLOSE].how = FAKE_PEND;
}

static struct condis_vc *closing(struct fake *f)
{
	struct condis_vc *vc = fake_dial(f);

	condis_vc_hold(vc);
	fake_close(f, vc);
	condis_mcm_deactivate_vc(vc);
	condis_vc_put(vc);
	return vc;
}

static int complete_close(struct fake *f, void *object)
{
	return condis_mcm_close_call_complete(object);
}

/*
 * R19: the client deletes its VC inside the completion, while the call manager is
 * still in the call that completes, and says so once more from another task.
 */
static const struct race r19 = {
	.set = pend_close,
	.breaks = BIT(CONDIS_VIOLATION_COMPLETION_TWICE),
	.prepare = closing,
	.side = { complete_close, complete_close },
	.stops = {
		{ "vc.close_call_complete.posted", "vc.close_call_complete.deliver",
		  "vc.close_call_complete.delivered", CLIENT_DELETE_STOPS, "vc.end.timers",
		  "vc.end.childless" },
		{ "vc.cm_delete_vc.delivered" },
	},
	.allowed = {
		"0 -ENOENT: cl.closed cm.delete",
		"-ENOENT 0: cl.closed cm.delete",
	},
};

static void r19_delete_inside_the_completion(struct kunit *test)
{
	race_run(test, &r19);
}

static struct condis_vc *idle(struct fake *f)
{
	return fake_create(f);
}

static int make_multipoint(struct fake *f, void *object)
{
	struct condis_call_params params;

	fake_call_params(f, &params);
	params.flags = CONDIS_CALL_MULTIPOINT;
	return condis_cl_make_call(object, &params);
}

static int make(struct fake *f, void *object)
{
	struct condis_call_params params;

	fake_call_params(f, &params);
	return condis_cl_make_call(object, &params);
}

/* R24: there are no parties: who asks for some is refused, and disturbs nobody's call. */
static const struct race r24 = {
	.prepare = idle,
	.side = { make_multipoint, make },
	.finish = close_after,
	.stops = {
		{ },
		{ "vc.make_call.checked", "vc.make_call.posted", "vc.make_call.deliver",
		  "vc.make_call.delivered", "vc.make_call_complete.delivered" },
	},
	.allowed = {
		"-EOPNOTSUPP -EINPROGRESS: cm.make cl.made cm.close cl.closed cm.delete",
	},
};

static void r24_no_parties(struct kunit *test)
{
	race_run(test, &r24);
}

static struct kunit_case condis_race_call_cases[] = {
	KUNIT_CASE(r01_close_and_hangup),
	KUNIT_CASE(r02_hangup_and_close),
	KUNIT_CASE(r03_close_twice),
	KUNIT_CASE(r04_close_while_dialling),
	KUNIT_CASE(r04_close_completes_alone),
	KUNIT_CASE(r05_answer_while_aborting),
	KUNIT_CASE(r06_close_while_activating),
	KUNIT_CASE(r08_hangup_and_reject),
	KUNIT_CASE(r08_hangup_and_close),
	KUNIT_CASE(r08_reject_and_close),
	KUNIT_CASE(r09_answer_and_hangup),
	KUNIT_CASE(r19_delete_inside_the_completion),
	KUNIT_CASE(r24_no_parties),
	{}
};

static struct kunit_suite condis_race_call_suite = {
	.name = "condis_race_call",
	.exit = race_exit,
	.test_cases = condis_race_call_cases,
};

kunit_test_suite(condis_race_call_suite);
