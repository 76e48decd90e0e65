// SPDX-License-Identifier: GPL-2.0
/*
 * What no driver may do: the attempts that the state machine of a VC and its call
 * calls illegal, each with its documented answer, and the list of what must not be
 * done.  An attempt has no effect: what was up is up after it, and goes its way.
 */
#include <linux/delay.h>

#include "condis_hostile.h"

/* The call is as if nothing had been tried: it carries a packet and comes down. */
static void expect_unharmed(struct fake *f, struct condis_vc *vc)
{
	bool mine = vc->creator == CONDIS_SIDE_CLIENT;

	f->step[CM_CLOSE].how = FAKE_INLINE;
	KUNIT_EXPECT_EQ(f->test, vc->call, CONDIS_CALL_CONNECTED);
	fake_clear(f);
	KUNIT_EXPECT_EQ(f->test, fake_send(f, vc), 0);
	KUNIT_EXPECT_EQ(f->test, fake_close(f, vc), -EINPROGRESS);
	fake_expect(f, "mp.send cl.sent cm.close cl.closed", mine ? "cm.delete" : "cl.delete");
	fake_expect_counts(f, 1, 1, 1, 0);
	f->nr_vcs = 0;
}

static void illegal_delete_while_active(struct kunit *test)
{
	struct condis_call_params params;
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	KUNIT_EXPECT_EQ(test, condis_co_delete_vc(vc), -EBUSY);
	expect_unharmed(f, vc);
	vc = fake_incoming(f);
	KUNIT_EXPECT_EQ(test, condis_mcm_delete_vc(vc), -EBUSY);
	expect_unharmed(f, vc);
	/* Also without a call. */
	fake_call_params(f, &params);
	vc = condis_mcm_create_vc(f->af);
	KUNIT_ASSERT_FALSE(test, IS_ERR(vc));
	KUNIT_EXPECT_EQ(test, condis_mcm_activate_vc(vc, &params), 0);
	KUNIT_EXPECT_EQ(test, condis_mcm_delete_vc(vc), -EBUSY);
	KUNIT_EXPECT_EQ(test, condis_mcm_deactivate_vc(vc), 0);
	KUNIT_EXPECT_EQ(test, condis_mcm_delete_vc(vc), 0);
	fake_expect(f, "cl.create cl.delete");
	hostile_blame(f, "OUT_OF_ORDER:cl EARLY_RELEASE:cm OUT_OF_ORDER:cm");
}

static void illegal_delete_while_deactivating(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	f->keep = true;
	f->holds = true;
	f->step[CM_CLOSE].how = FAKE_PEND;
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), 0);
	fake_close(f, vc);
	fake_clear(f);
	KUNIT_EXPECT_EQ(test, condis_mcm_close_call_complete(vc), 0);
	KUNIT_EXPECT_EQ(test, condis_co_delete_vc(vc), -ESHUTDOWN);
	fake_expect(f, "");
	fake_return_sends(f);
	fake_wait(f, "cl.closed");
	KUNIT_EXPECT_EQ(test, condis_co_delete_vc(vc), 0);
	fake_wait(f, "cm.delete");
	fake_expect(f, "cl.sent=-ECANCELED cl.closed cm.delete");
	hostile_blame(f, "OUT_OF_ORDER:cm OUT_OF_ORDER:cl");
}

static void illegal_delete_with_a_call(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc;

	f->step[CM_MAKE].how = FAKE_PEND;
	vc = fake_dial(f);
	KUNIT_EXPECT_EQ(test, condis_co_delete_vc(vc), -EBUSY);
	fake_made(f, vc, 0);
	fake_expect(f, "cm.create cm.make cl.made");
	expect_unharmed(f, vc);
	f->step[CL_OFFER].how = FAKE_PEND;
	vc = fake_offer(f);
	KUNIT_EXPECT_EQ(test, condis_mcm_delete_vc(vc), -EBUSY);
	KUNIT_EXPECT_EQ(test, condis_cl_incoming_call_complete(vc, 0, 0), 0);
	fake_expect(f, "cl.create cl.offer cm.pending cm.decided cl.connected");
	expect_unharmed(f, vc);
	hostile_blame(f, "OUT_OF_ORDER:cl EARLY_RELEASE:cm");
}

/* Only the creator deletes. */
static void illegal_delete_by_the_other_side(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	KUNIT_EXPECT_EQ(test, condis_mcm_delete_vc(vc), -EPERM);
	expect_unharmed(f, vc);
	vc = fake_incoming(f);
	KUNIT_EXPECT_EQ(test, condis_co_delete_vc(vc), -EPERM);
	expect_unharmed(f, vc);
	vc = fake_create(f);
	KUNIT_EXPECT_EQ(test, condis_mcm_delete_vc(vc), -EPERM);
	KUNIT_EXPECT_EQ(test, condis_co_delete_vc(vc), 0);
	f->nr_vcs = 0;
	fake_expect(f, "cm.create cm.delete");
	hostile_blame(f, "WRONG_SIDE:cm WRONG_SIDE:cl WRONG_SIDE:cm");
}

/* By a call manager that has begun to tear down before it was asked to. */
static void illegal_activate_while_deactivating(struct kunit *test)
{
	struct condis_call_params params;
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	fake_call_params(f, &params);
	f->holds = true;
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), 0);
	fake_clear(f);
	KUNIT_EXPECT_EQ(test, condis_mcm_deactivate_vc(vc), -EINPROGRESS);
	KUNIT_EXPECT_EQ(test, condis_mcm_activate_vc(vc, &params), -ESHUTDOWN);
	KUNIT_EXPECT_EQ(test, vc->active, CONDIS_VC_DEACTIVATING);
	fake_return_sends(f);
	fake_wait(f, "cm.inactive");
	f->keep = true;
	fake_close(f, vc);
	fake_wait(f, "cl.closed");
	/* Nor when the call is over: a VC carries one call. */
	KUNIT_EXPECT_EQ(test, condis_mcm_activate_vc(vc, &params), -ESHUTDOWN);
	KUNIT_EXPECT_EQ(test, condis_co_delete_vc(vc), 0);
	fake_wait(f, "cm.delete");
	fake_expect(f, "cl.sent=-ECANCELED cm.inactive cm.close cl.closed cm.delete");
	hostile_blame(f, "EARLY_RELEASE:cm OUT_OF_ORDER:cm");
}

/* Activation is synchronous, so it can be repeated and never meets another. */
static void legal_activate_while_active(struct kunit *test)
{
	struct condis_call_params params;
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	fake_call_params(f, &params);
	params.send_window = 9;
	KUNIT_EXPECT_EQ(test, condis_mcm_activate_vc(vc, &params), 0);
	KUNIT_EXPECT_EQ(test, condis_co_send_room(vc), 9);
	/* A failed one leaves the parameters in force. */
	params.send_window = 0;
	KUNIT_EXPECT_EQ(test, condis_mcm_activate_vc(vc, &params), -EINVAL);
	KUNIT_EXPECT_EQ(test, condis_co_send_room(vc), 9);
	expect_unharmed(f, vc);
	hostile_blame(f, "BAD_ARGUMENT:cm");
}

static void illegal_deactivate_while_deactivating(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	f->holds = true;
	f->step[CM_CLOSE].how = FAKE_PEND;
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), 0);
	fake_close(f, vc);
	fake_clear(f);
	KUNIT_EXPECT_EQ(test, condis_mcm_deactivate_vc(vc), -EINPROGRESS);
	KUNIT_EXPECT_EQ(test, condis_mcm_deactivate_vc(vc), -EALREADY);
	fake_return_sends(f);
	fake_wait(f, "cm.inactive");
	fake_released(f, vc);
	fake_wait(f, "cm.delete");
	fake_expect(f, "cl.sent=-ECANCELED cm.inactive cl.closed cm.delete");
	hostile_blame(f, "DEACTIVATE_BUSY:cm OUT_OF_ORDER:cm");
}

static void illegal_deactivate_when_inactive(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc;

	f->step[CM_MAKE].how = FAKE_PEND;
	vc = fake_dial(f);
	KUNIT_EXPECT_EQ(test, condis_mcm_deactivate_vc(vc), -EBUSY);
	fake_made(f, vc, 0);
	fake_expect(f, "cm.create cm.make cl.made");
	expect_unharmed(f, vc);
	hostile_blame(f, "OUT_OF_ORDER:cm");
}

static void illegal_call_with_parties(struct kunit *test)
{
	struct condis_call_params params;
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_create(f);

	fake_call_params(f, &params);
	params.flags = CONDIS_CALL_MULTIPOINT;
	KUNIT_EXPECT_EQ(test, condis_cl_make_call(vc, &params), -EOPNOTSUPP);
	KUNIT_EXPECT_EQ(test, condis_cl_close_call(vc, 16), -ENOTCONN);
	params.flags = 0;
	KUNIT_EXPECT_EQ(test, condis_cl_make_call(vc, &params), -EINPROGRESS);
	fake_expect(f, "cm.create cm.make cl.made");
	expect_unharmed(f, vc);
}

static void illegal_data_on_an_inactive_vc(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc;

	f->step[CM_MAKE].how = FAKE_PEND;
	vc = fake_dial(f);
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), -ENOTCONN);
	KUNIT_EXPECT_EQ(test, fake_receive(f, vc), -ENOTCONN);
	KUNIT_EXPECT_EQ(test, hostile_late(f, CONDIS_LATE_RECEIVE), 1);
	fake_made(f, vc, 0);
	fake_expect(f, "cm.create cm.make cl.made");
	expect_unharmed(f, vc);
	hostile_blame(f, "SEND_AFTER_CLOSE:cl OUT_OF_ORDER:cm");
}

/* 7.1, 1; a deletion cannot be refused or pend: delete_vc() returns nothing. */
static void illegal_create_vc_pends(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc;

	f->step[CM_CREATE].status = -EINPROGRESS;
	vc = condis_co_create_vc(f->af, f);
	KUNIT_EXPECT_EQ(test, PTR_ERR(vc), -EIO);
	f->step[CL_CREATE].status = -EINPROGRESS;
	vc = condis_mcm_create_vc(f->af);
	KUNIT_EXPECT_EQ(test, PTR_ERR(vc), -EIO);
	fake_expect(f, "cm.create cl.create");
	f->nr_vcs = 0;
	fake_expect_counts(f, 1, 1, 1, 0);
	hostile_blame(f, "HANDLER_PENDED:cm:cm_create_vc HANDLER_PENDED:cl:cl_create_vc");
}

static void register_again(struct fake *f, void *object)
{
	enum condis_af_type type = CONDIS_AF_TAPI;

	KUNIT_EXPECT_EQ(f->test, condis_mcm_register_address_family(object, type, &fake_cm_ops), 0);
	KUNIT_EXPECT_EQ(f->test, condis_mcm_register_address_family(object, type, &fake_cm_ops),
			-EEXIST);
}

/* 2.1: a family is served once on an adapter; of what is served each client is told. */
static void family_is_registered_twice(struct kunit *test)
{
	struct fake *f = fake_new(test);

	f->step[MP_INIT].hook = register_again;
	fake_up(f);
	fake_expect(f, "mp.init mp.restart cl.bind cl.family cl.family");
}

/* 7.1, 2 and 21: neither PENDING nor a warning ends anything. */
static void completions_with_a_status_that_is_none(struct kunit *test)
{
	static const int statuses[] = { -EINPROGRESS, 1, 0x10003 };
	struct fake *f = fake_new(test);
	struct condis_oid_request req = {
		.oid = OID_CO_TAPI_LINE_CAPS,
		.complete = (void *)1,
	};
	struct condis_vc *vc;
	unsigned int i;

	fake_up(f);
	f->step[CM_OPEN].how = FAKE_PEND;
	fake_open(f);
	for (i = 0; i < ARRAY_SIZE(statuses); i++)
		KUNIT_EXPECT_EQ(test, condis_mcm_open_address_family_complete(f->af, statuses[i]),
				-EINVAL);
	KUNIT_EXPECT_EQ(test, condis_mcm_open_address_family_complete(f->af, 0), 0);
	f->step[CM_REGISTER].how = FAKE_PEND;
	fake_listen(f);
	for (i = 0; i < ARRAY_SIZE(statuses); i++)
		KUNIT_EXPECT_EQ(test, condis_mcm_register_sap_complete(f->sap, statuses[i]),
				-EINVAL);
	KUNIT_EXPECT_EQ(test, condis_mcm_register_sap_complete(f->sap, 0), 0);
	fake_clear(f);

	f->step[CM_MAKE].how = FAKE_PEND;
	vc = fake_dial(f);
	for (i = 0; i < ARRAY_SIZE(statuses); i++)
		KUNIT_EXPECT_EQ(test, condis_mcm_make_call_complete(vc, statuses[i], 0), -EINVAL);
	fake_made(f, vc, 0);
	fake_expect(f, "cm.create cm.make cl.made");
	expect_unharmed(f, vc);

	f->step[CL_OFFER].how = FAKE_PEND;
	vc = fake_offer(f);
	for (i = 0; i < ARRAY_SIZE(statuses); i++)
		KUNIT_EXPECT_EQ(test, condis_cl_incoming_call_complete(vc, statuses[i], 0),
				-EINVAL);
	KUNIT_EXPECT_EQ(test, condis_cl_incoming_call_complete(vc, 0, 0), 0);
	fake_expect(f, "cl.create cl.offer cm.pending cm.decided cl.connected");
	expect_unharmed(f, vc);

	for (i = 0; i < ARRAY_SIZE(statuses); i++)
		KUNIT_EXPECT_EQ(test, condis_mcm_oid_request_complete(f->af, &req, statuses[i]),
				-EINVAL);
	for (i = 0; i < ARRAY_SIZE(statuses); i++)
		KUNIT_EXPECT_EQ(test, condis_cl_notify_close_address_family_complete(f->af,
										     statuses[i]),
				-EINVAL);
	fake_expect(f, "");
	hostile_blame(f, "COMPLETION_STATUS:cm*9 COMPLETION_STATUS:cl*3",
		      "COMPLETION_STATUS:cm*3 COMPLETION_STATUS:cl*3");
}

/* A handler that returns what is neither success nor an error is taken for a failure. */
static void returns_with_a_status_that_is_none(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	f->step[CM_MAKE].how = FAKE_RETURN;
	f->step[CM_MAKE].status = 0x10003;
	fake_dial(f);
	fake_expect(f, "cm.create cm.make cl.made=-EIO cm.delete");
	fake_expect_counts(f, 1, 1, 1, 0);
	hostile_blame(f, "COMPLETION_STATUS:cm:cm_make_call");
}

static void answer_too(struct fake *f, void *object)
{
	fake_made(f, object, f->step[CM_MAKE].status);
}

/* 7.1, 3: who answers by its return and by a completion, or by two of them. */
static void completions_after_the_answer(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_sap *sap = f->sap;
	struct condis_af *af = f->af;
	struct condis_vc *vc;

	f->step[CM_MAKE].hook = answer_too;
	fake_dial(f);
	fake_expect(f, "cm.create cm.make !make-complete=-ENOENT cl.made");
	f->step[CM_MAKE].how = FAKE_RETURN;
	vc = fake_dial(f);
	fake_expect(f, "cm.create:1 cm.make:1 cl.made:1");
	KUNIT_EXPECT_EQ(test, condis_mcm_open_address_family_complete(af, 0), -ENOENT);
	KUNIT_EXPECT_EQ(test, condis_mcm_register_sap_complete(sap, 0), -ENOENT);
	KUNIT_EXPECT_EQ(test, condis_mcm_deregister_sap_complete(sap), -ENOENT);
	KUNIT_EXPECT_EQ(test, condis_mcm_close_call_complete(vc), -ENOENT);
	KUNIT_EXPECT_EQ(test, condis_mcm_close_address_family_complete(af), -ENOENT);
	KUNIT_EXPECT_EQ(test, condis_cl_notify_close_address_family_complete(af, 0), -ENOENT);
	fake_expect(f, "");
	KUNIT_EXPECT_EQ(test, hostile_late(f, CONDIS_LATE_COMPLETION), 8);
	hostile_blame(f, "COMPLETION_TWICE:cm COMPLETION_TWICE:cm:cm_make_call",
		      "COMPLETION_TWICE:cm*5 COMPLETION_TWICE:cl");
}

/* 7.1, 5: a call manager that tears down before the client has closed. */
static void call_is_torn_down_before_the_close(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_incoming(f);

	f->step[CL_HANGUP].how = FAKE_PEND;
	KUNIT_EXPECT_EQ(test, condis_mcm_dispatch_incoming_close_call(vc, 16), 0);
	KUNIT_EXPECT_EQ(test, condis_mcm_deactivate_vc(vc), 0);
	KUNIT_EXPECT_EQ(test, condis_mcm_delete_vc(vc), -EBUSY);
	KUNIT_EXPECT_EQ(test, condis_mcm_close_call_complete(vc), -ENOENT);
	fake_expect(f, "cl.hangup");
	KUNIT_EXPECT_EQ(test, fake_close(f, vc), -EINPROGRESS);
	fake_expect(f, "cm.close cl.closed cl.delete");
	hostile_blame(f, "EARLY_RELEASE:cm*2 COMPLETION_TWICE:cm");
}

/* 7.1, 6: the client's half. */
static void call_is_closed_with_sends_in_flight(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	f->holds = true;
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), 0);
	fake_clear(f);
	KUNIT_EXPECT_EQ(test, condis_cl_close_call(vc, 16), -EINPROGRESS);
	fake_expect(f, "cm.close");
	fake_return_sends(f);
	fake_wait(f, "cm.delete");
	fake_expect(f, "cl.sent=-ECANCELED cm.inactive cl.closed cm.delete");
	hostile_blame(f, "CLOSE_WITH_SENDS:cl DEACTIVATE_BUSY:cm");
}

static void packet_is_sent_after_the_close(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	condis_vc_hold(vc);
	f->step[CM_CLOSE].how = FAKE_PEND;
	KUNIT_EXPECT_EQ(test, condis_cl_close_call(vc, 16), -EINPROGRESS);
	fake_clear(f);
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), -ENOTCONN);
	fake_released(f, vc);
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), -ENOTCONN);
	fake_expect(f, "cl.closed cm.delete");
	condis_vc_put(vc);
	hostile_blame(f, "SEND_AFTER_CLOSE:cl AFTER_END:cl");
}

/* 7.1, 7: the client's area is there until the deletion, whatever was completed before. */
static void area_is_used_after_the_close(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);
	u32 *area = condis_vc_client(vc), magic = *area;

	f->keep = true;
	fake_close(f, vc);
	fake_clear(f);
	KUNIT_EXPECT_EQ(test, *area, magic);
	KUNIT_EXPECT_EQ(test, condis_co_delete_vc(vc), 0);
	fake_expect(f, "cm.delete");
}

static void use_after_close(struct fake *f, void *object)
{
	struct condis_oid_request req = {
		.oid = OID_CO_TAPI_LINE_CAPS,
		.complete = (void *)1,
	};

	KUNIT_EXPECT_EQ(f->test, condis_cl_close_call(object, 16), -EALREADY);
	KUNIT_EXPECT_EQ(f->test, condis_cl_incoming_call_complete(object, 0, 0), -ESHUTDOWN);
	KUNIT_EXPECT_EQ(f->test, fake_send(f, object), -ENOTCONN);
	f->step[CM_OID].how = FAKE_RETURN;
	KUNIT_EXPECT_LE(f->test, condis_co_oid_request(f->af, object, &req), 0);
}

/* 7.1, 8: a VC of the call manager's is dead for the client once its call is over. */
static void vc_is_used_after_the_close(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_incoming(f);

	f->step[CL_CLOSED].hook = use_after_close;
	f->step[CM_OID].quiet = true;
	fake_close(f, vc);
	fake_expect(f, "cm.close cl.closed cl.delete");
	hostile_blame(f, "AFTER_END:cl*3");
}

/* 7.1, 9: nobody waits, and it is inactive when the last packet is back. */
static void vc_is_deactivated_with_packets_in_flight(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	f->holds = true;
	f->step[CM_CLOSE].how = FAKE_PEND;
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), 0);
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), 0);
	fake_close(f, vc);
	fake_clear(f);
	KUNIT_EXPECT_EQ(test, condis_mcm_deactivate_vc(vc), -EINPROGRESS);
	KUNIT_EXPECT_TRUE(test, condis_vc_is_active(vc));
	fake_return_sends(f);
	fake_wait(f, "cm.inactive");
	KUNIT_EXPECT_FALSE(test, condis_vc_is_active(vc));
	fake_released(f, vc);
	fake_wait(f, "cm.delete");
	fake_expect(f, "cl.sent=-ECANCELED cl.sent=-ECANCELED cm.inactive cl.closed cm.delete");
	hostile_blame(f, "DEACTIVATE_BUSY:cm");
}

/* 7.1, 11: after the close the handle is good for the notification's completion alone. */
static void family_is_used_after_its_close(struct kunit *test)
{
	static const struct condis_sap_params everywhere = { .media_modes = 1 };
	struct condis_oid_request req = {
		.oid = OID_CO_TAPI_LINE_CAPS,
		.complete = (void *)1,
	};
	struct fake *f = fake_ready(test);
	struct condis_af *af = f->af;

	condis_af_hold(af);
	f->step[CM_CLOSE_AF].how = FAKE_PEND;
	f->step[CL_NOTIFY].how = FAKE_PEND;
	KUNIT_EXPECT_EQ(test, condis_mcm_notify_close_address_family(af), -EINPROGRESS);
	fake_close_all(f);
	fake_expect(f, "cl.notify cm.deregister cl.deregistered cm.close-af");
	KUNIT_EXPECT_EQ(test, PTR_ERR(condis_co_create_vc(af, f)), -ESHUTDOWN);
	KUNIT_EXPECT_EQ(test, PTR_ERR(condis_cl_register_sap(af, &everywhere, f)), -ESHUTDOWN);
	KUNIT_EXPECT_EQ(test, condis_co_oid_request(af, NULL, &req), -ESHUTDOWN);
	KUNIT_EXPECT_EQ(test, condis_cl_close_address_family(af), -EALREADY);
	KUNIT_EXPECT_EQ(test, PTR_ERR(condis_mcm_create_vc(af)), -ESHUTDOWN);
	fake_expect(f, "");
	KUNIT_EXPECT_EQ(test, condis_mcm_close_address_family_complete(af), 0);
	fake_expect(f, "cl.closed-af");
	fake_expect_counts(f, 1, 1, 0, 0);
	KUNIT_EXPECT_EQ(test, condis_cl_notify_close_address_family_complete(af, 0), 0);
	KUNIT_EXPECT_EQ(test, condis_cl_notify_close_address_family_complete(af, 0), -ENOENT);
	fake_expect(f, "cm.notified");
	condis_af_put(af);
	fake_expect_counts(f, 1, 0, 0, 0);
	hostile_blame(f, "AFTER_END:cl*3 COMPLETION_TWICE:cl");
}

static void sleep_a_while(struct fake *f, void *object)
{
	msleep(2 * SHORT_MS);
	fake_say(f, "awake");
}

/* 7.1, 12: a handler that sleeps holds up its own object, and is waited for. */
static void handler_blocks(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *slow = fake_dial(f), *other = fake_dial(f);
	unsigned int saved = condis_verifier_blocked_ms;

	condis_verifier_blocked_ms = SHORT_MS;
	fake_clear(f);
	f->step[CL_HANGUP].hook = sleep_a_while;
	f->step[CL_HANGUP].how = FAKE_PEND;
	KUNIT_EXPECT_EQ(test, condis_mcm_dispatch_incoming_close_call(slow, 16), 0);
	fake_wait(f, "awake");
	f->step[CL_HANGUP].hook = NULL;
	condis_verifier_blocked_ms = saved;
	fake_close(f, slow);
	fake_close(f, other);
	fake_expect(f, "cl.hangup awake cm.close cl.closed cm.delete",
		    "cm.close:1 cl.closed:1 cm.delete:1");
	hostile_blame(f, "BLOCKED:cl:cl_incoming_close_call");
}

/* 7.1, 13: a close of a family cannot fail, so its area ends with the completion. */
static void family_fails_to_close(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	f->step[CM_CLOSE_AF].how = FAKE_RETURN;
	f->step[CM_CLOSE_AF].status = -EBUSY;
	fake_close_all(f);
	fake_expect(f, "cm.deregister cl.deregistered cm.close-af cl.closed-af");
	fake_expect_counts(f, 1, 0, 0, 0);
	hostile_blame(f, "NO_ANSWER:cm:cm_close_af");
}

/* Likewise a deregistration, and the close of a call. */
static void closes_that_fail(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);
	struct condis_sap *sap = f->sap;

	f->step[CM_CLOSE].how = FAKE_RETURN;
	f->step[CM_CLOSE].status = -EIO;
	f->step[CM_DEREGISTER].how = FAKE_RETURN;
	f->step[CM_DEREGISTER].status = -EIO;
	fake_clear(f);
	fake_close(f, vc);
	fake_expect(f, "cm.close cl.closed cm.delete");
	f->sap = NULL;
	KUNIT_EXPECT_EQ(test, condis_cl_deregister_sap(sap), -EINPROGRESS);
	fake_expect(f, "cm.deregister cl.deregistered");
	fake_expect_counts(f, 1, 1, 0, 0);
	hostile_blame(f, "NO_ANSWER:cm:cm_close_call NO_ANSWER:cm:cm_deregister_sap");
}

/* 7.1, 14; an unbind cannot fail: unbind_adapter() returns nothing. */
static void pause_fails(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	f->step[MP_PAUSE].how = FAKE_RETURN;
	f->step[MP_PAUSE].status = -EIO;
	fake_clear(f);
	KUNIT_EXPECT_EQ(test, condis_adapter_pause(f->adapter), 0);
	KUNIT_EXPECT_EQ(test, f->adapter->state, CONDIS_ADAPTER_PAUSED);
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), -ENETDOWN);
	fake_expect(f, "cl.pause mp.pause");
	KUNIT_EXPECT_EQ(test, condis_adapter_restart(f->adapter), 0);
	expect_unharmed(f, vc);
}

/* 7.1, 15: the miniport's half: the core alone says when a reset begins and ends. */
static void miniport_indicates_a_reset(struct kunit *test)
{
	struct condis_status status = { .code = CONDIS_STATUS_RESET_START };
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	fake_clear(f);
	condis_m_indicate_status(f->adapter, NULL, &status);
	condis_m_indicate_status(f->adapter, vc, &status);
	status.code = CONDIS_STATUS_RESET_END;
	condis_m_indicate_status(f->adapter, NULL, &status);
	fake_expect(f, "");
	expect_unharmed(f, vc);
	hostile_blame(f, "WRONG_REQUEST:cm*3");
}

static DEFINE_SPINLOCK(drivers_lock);

static void complete_under_a_lock(struct fake *f, void *object)
{
	spin_lock(&drivers_lock);
	condis_m_reset_complete(object, 0);
	spin_unlock(&drivers_lock);
}

/* 7.1, 16: nobody is called back from inside, so the driver's lock is in nobody's way. */
static void reset_is_completed_under_a_lock(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	f->step[MP_RESET].how = FAKE_PEND;
	f->step[MP_RESET].hook = complete_under_a_lock;
	KUNIT_EXPECT_EQ(test, condis_adapter_reset(f->adapter), 0);
	fake_expect(f, "cl.status=3 mp.reset cl.status=4");
	hostile_blame(f, "CONTEXT:cm");
}

/* 7.1, 17: what halt() leaves running finds nothing, and harms nobody. */
static void driver_speaks_after_its_halt(struct kunit *test)
{
	struct condis_status status = { .code = CONDIS_STATUS_LINK_PARAMS };
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);
	struct condis_af *af = f->af;

	condis_vc_hold(vc);
	condis_af_hold(af);
	hostile_halt(f, false);
	fake_clear(f);
	KUNIT_EXPECT_EQ(test, fake_receive(f, vc), -ENOTCONN);
	condis_m_indicate_status(f->adapter, vc, &status);
	condis_m_indicate_status(f->adapter, NULL, &status);
	condis_m_pause_complete(f->adapter);
	condis_m_reset_complete(f->adapter, 0);
	KUNIT_EXPECT_EQ(test, condis_mcm_dispatch_incoming_close_call(vc, 16), -ESHUTDOWN);
	KUNIT_EXPECT_EQ(test, condis_mcm_close_call_complete(vc), -ENOENT);
	KUNIT_EXPECT_EQ(test, condis_mcm_notify_close_address_family(af), -EALREADY);
	KUNIT_EXPECT_EQ(test, PTR_ERR(condis_mcm_create_vc(af)), -ESHUTDOWN);
	fake_expect(f, "");
	condis_vc_put(vc);
	condis_af_put(af);
	fake_expect_counts(f, 0, 0, 0, 0);
	hostile_blame(f, "COMPLETION_TWICE:cm*2 AFTER_END:cm*2");
}

/* 7.1, 10: a word of the other side's, and one for the other direction of call. */
static void words_of_the_other_side(struct kunit *test)
{
	struct condis_call_params params;
	struct fake *f = fake_ready(test);
	struct condis_vc *vc;

	fake_call_params(f, &params);
	f->step[CM_MAKE].how = FAKE_PEND;
	vc = fake_dial(f);
	KUNIT_EXPECT_EQ(test, condis_cl_incoming_call_complete(vc, 0, 0), -EPROTO);
	KUNIT_EXPECT_EQ(test, condis_mcm_dispatch_call_connected(vc), -EPROTO);
	KUNIT_EXPECT_EQ(test, condis_mcm_dispatch_incoming_close_call(vc, 16), -EPROTO);
	KUNIT_EXPECT_EQ(test, condis_mcm_dispatch_incoming_call(f->sap, vc, &params), -EPERM);
	fake_made(f, vc, 0);
	fake_expect(f, "cm.create cm.make cl.made");
	expect_unharmed(f, vc);
	f->step[CL_OFFER].how = FAKE_PEND;
	vc = fake_offer(f);
	KUNIT_EXPECT_EQ(test, condis_cl_make_call(vc, &params), -EPERM);
	KUNIT_EXPECT_EQ(test, condis_mcm_call_progress(vc, true), -EPROTO);
	KUNIT_EXPECT_EQ(test, condis_cl_incoming_call_complete(vc, 0, 0), 0);
	fake_expect(f, "cl.create cl.offer cm.pending cm.decided cl.connected");
	expect_unharmed(f, vc);
	hostile_blame(f, "WRONG_SIDE:cl WRONG_SIDE:cm OUT_OF_ORDER:cm WRONG_SIDE:cm",
		      "WRONG_SIDE:cl WRONG_SIDE:cm");
}

/* A success without activation, a connection without an acceptance. */
static void words_out_of_order(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc;

	f->step[CM_MAKE].how = FAKE_PEND;
	vc = fake_dial(f);
	KUNIT_EXPECT_EQ(test, condis_mcm_make_call_complete(vc, 0, 0), -ENOTCONN);
	fake_made(f, vc, 0);
	fake_expect(f, "cm.create cm.make cl.made");
	expect_unharmed(f, vc);
	f->step[CL_OFFER].how = FAKE_PEND;
	f->step[CM_DECIDED].how = FAKE_PEND;
	vc = fake_offer(f);
	KUNIT_EXPECT_EQ(test, condis_mcm_dispatch_call_connected(vc), -EPROTO);
	KUNIT_EXPECT_EQ(test, condis_cl_incoming_call_complete(vc, 0, 0), 0);
	KUNIT_EXPECT_EQ(test, condis_mcm_dispatch_call_connected(vc), -ENOTCONN);
	fake_expect(f, "cl.create cl.offer cm.pending cm.decided");
	fake_close(f, vc);
	fake_expect(f, "cm.close cl.closed cl.delete");
	hostile_blame(f, "OUT_OF_ORDER:cm*3");
}

static struct kunit_case condis_hostile_illegal_cases[] = {
	KUNIT_CASE(illegal_delete_while_active),
	KUNIT_CASE(illegal_delete_while_deactivating),
	KUNIT_CASE(illegal_delete_with_a_call),
	KUNIT_CASE(illegal_delete_by_the_other_side),
	KUNIT_CASE(illegal_activate_while_deactivating),
	KUNIT_CASE(legal_activate_while_active),
	KUNIT_CASE(illegal_deactivate_while_deactivating),
	KUNIT_CASE(illegal_deactivate_when_inactive),
	KUNIT_CASE(illegal_call_with_parties),
	KUNIT_CASE(illegal_data_on_an_inactive_vc),
	KUNIT_CASE(illegal_create_vc_pends),
	KUNIT_CASE(family_is_registered_twice),
	KUNIT_CASE(completions_with_a_status_that_is_none),
	KUNIT_CASE(returns_with_a_status_that_is_none),
	KUNIT_CASE(completions_after_the_answer),
	KUNIT_CASE(call_is_torn_down_before_the_close),
	KUNIT_CASE(call_is_closed_with_sends_in_flight),
	KUNIT_CASE(packet_is_sent_after_the_close),
	KUNIT_CASE(area_is_used_after_the_close),
	KUNIT_CASE(vc_is_used_after_the_close),
	KUNIT_CASE(vc_is_deactivated_with_packets_in_flight),
	KUNIT_CASE(family_is_used_after_its_close),
	KUNIT_CASE(handler_blocks),
	KUNIT_CASE(family_fails_to_close),
	KUNIT_CASE(closes_that_fail),
	KUNIT_CASE(pause_fails),
	KUNIT_CASE(miniport_indicates_a_reset),
	KUNIT_CASE(reset_is_completed_under_a_lock),
	KUNIT_CASE(driver_speaks_after_its_halt),
	KUNIT_CASE(words_of_the_other_side),
	KUNIT_CASE(words_out_of_order),
	{}
};

static struct kunit_suite condis_hostile_illegal_suite = {
	.name = "condis_hostile_illegal",
	.suite_init = hostile_suite_init,
	.suite_exit = hostile_suite_exit,
	.init = hostile_init,
	.exit = hostile_exit,
	.test_cases = condis_hostile_illegal_cases,
};

kunit_test_suites(&condis_hostile_illegal_suite);
