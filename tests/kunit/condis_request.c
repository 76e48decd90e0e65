// SPDX-License-Identifier: GPL-2.0
/*
 * CO requests: how they are answered, and that each is (condis.md 2.15).
 */
#include <linux/completion.h>
#include <linux/rcupdate.h>
#include <linux/skbuff.h>
#include <condis/data.h>

#include "condis_fake.h"

/* R23, and the diagnostics that outlive the call. */
static void oids_around_a_close(struct kunit *test)
{
	struct condis_call_diagnostics diagnostics;
	struct condis_oid_request req = {
		.oid = OID_CO_TAPI_GET_CALL_DIAGNOSTICS,
		.buf = &diagnostics,
		.len = sizeof(diagnostics),
		.complete = (void *)1,
	};
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	f->step[CM_OID].how = FAKE_RETURN;
	f->step[CM_CLOSE].how = FAKE_PEND;
	KUNIT_EXPECT_EQ(test, condis_co_oid_request(f->af, vc, &req), 0);
	fake_close(f, vc);
	KUNIT_EXPECT_EQ(test, condis_co_oid_request(f->af, vc, &req), 0);
	req.oid = OID_CO_TAPI_LINE_CAPS;
	KUNIT_EXPECT_EQ(test, condis_co_oid_request(f->af, vc, &req), -ESHUTDOWN);
	KUNIT_EXPECT_EQ(test, condis_co_oid_request(f->af, NULL, &req), 0);
	fake_released(f, vc);
	fake_expect_counts(f, 1, 1, 1, 0);
}

static struct completion oid_done;
static int oid_status;

static void note_oid(struct condis_oid_request *req, int status)
{
	oid_status = status;
	complete(&oid_done);
}

static struct condis_oid_request line_caps = {
	.oid = OID_CO_TAPI_LINE_CAPS,
	.complete = note_oid,
};

static void oids_answered_each_way(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	fake_expect_violation(f, CONDIS_VIOLATION_COMPLETION_TWICE, 1);
	init_completion(&oid_done);
	f->step[CM_OID].status = -EOPNOTSUPP;
	f->step[CM_OID].how = FAKE_RETURN;
	KUNIT_EXPECT_EQ(test, condis_co_oid_request(f->af, NULL, &line_caps), -EOPNOTSUPP);
	f->step[CM_OID].how = FAKE_INLINE;
	KUNIT_EXPECT_EQ(test, condis_co_oid_request(f->af, NULL, &line_caps), -EINPROGRESS);
	KUNIT_EXPECT_TRUE(test, try_wait_for_completion(&oid_done));
	f->step[CM_OID].how = FAKE_WORK;
	KUNIT_EXPECT_EQ(test, condis_co_oid_request(f->af, NULL, &line_caps), -EINPROGRESS);
	wait_for_completion(&oid_done);
	KUNIT_EXPECT_EQ(test, oid_status, -EOPNOTSUPP);
	fake_expect_counts(f, 1, 1, 1, 0);
	KUNIT_EXPECT_EQ(test, condis_mcm_oid_request(f->af, &line_caps), 0);
	f->step[CM_OID].how = FAKE_PEND;
	KUNIT_EXPECT_EQ(test, condis_co_oid_request(f->af, NULL, &line_caps), -EINPROGRESS);
	KUNIT_EXPECT_EQ(test, condis_mcm_oid_request_complete(f->af, &line_caps, 0), 0);
	KUNIT_EXPECT_EQ(test, condis_mcm_oid_request_complete(f->af, &line_caps, 0), -ENOENT);
	KUNIT_EXPECT_EQ(test, oid_status, 0);
}

/* I7: a family closes after its last request. */
static void oid_holds_the_family(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_af *af = f->af;

	init_completion(&oid_done);
	f->step[CM_OID].how = FAKE_PEND;
	KUNIT_EXPECT_EQ(test, condis_co_oid_request(af, NULL, &line_caps), -EINPROGRESS);
	fake_close_all(f);
	KUNIT_EXPECT_FALSE(test, fake_has(f, "cm.close-af"));
	KUNIT_EXPECT_EQ(test, condis_mcm_oid_request_complete(af, &line_caps, 0), 0);
	KUNIT_EXPECT_TRUE(test, fake_has(f, "cl.closed-af"));
	fake_expect_counts(f, 1, 0, 0, 0);
}

/* F14, R14: what is asked when the adapter goes is answered. */
static void oid_aborted_by_removal(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	init_completion(&oid_done);
	f->step[CM_OID].how = FAKE_PEND;
	KUNIT_EXPECT_EQ(test, condis_co_oid_request(f->af, NULL, &line_caps), -EINPROGRESS);
	f->adapter_up = false;
	condis_remove_adapter(f->adapter, true);
	condis_unregister_adapter(f->adapter);
	KUNIT_EXPECT_TRUE(test, try_wait_for_completion(&oid_done));
	KUNIT_EXPECT_EQ(test, oid_status, -ENODEV);
}

static void ask_during_reset(struct fake *f, void *object)
{
	struct condis_wan_info info;

	KUNIT_EXPECT_EQ(f->test, condis_co_oid_request(f->af, NULL, &line_caps), -EAGAIN);
	line_caps.unaware = true;
	KUNIT_EXPECT_EQ(f->test, condis_co_oid_request(f->af, NULL, &line_caps), -EAGAIN);
	line_caps.unaware = false;
	/* Who is not the client is not told of the reset, and breaks no rule. */
	KUNIT_EXPECT_EQ(f->test, condis_co_data_oid_request(f->vcs[0].vc, NULL,
							    OID_WAN_CO_GET_INFO, &info,
							    sizeof(info)), -EAGAIN);
	KUNIT_EXPECT_EQ(f->test, condis_adapter_reset(f->adapter), -EAGAIN);
	KUNIT_EXPECT_EQ(f->test, fake_send(f, f->vcs[0].vc), -ENETDOWN);
}

/* 7.1, 15. */
static void nothing_is_asked_during_reset(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	fake_expect_violation(f, CONDIS_VIOLATION_WRONG_REQUEST, 2);
	fake_dial(f);
	f->step[MP_RESET].hook = ask_during_reset;
	KUNIT_EXPECT_EQ(test, condis_adapter_reset(f->adapter), 0);
}

static void data_nothing(struct condis_data_client *client, struct sk_buff *skb)
{
	kfree_skb(skb);
}

static void data_nothing_back(struct condis_data_client *client, struct sk_buff *skb, int status)
{
	kfree_skb(skb);
}

/* Answers that came later, and the last one. */
static unsigned int data_answers;
static u32 data_oid;
static u32 data_said;
static int data_status;

static void data_answered(struct condis_data_client *client, u32 oid, const void *buf, u32 len,
			  int status)
{
	data_answers++;
	data_oid = oid;
	data_said = len == sizeof(u32) ? *(const u32 *)buf : 0;
	data_status = status;
}

static const struct condis_data_ops data_ops = {
	.receive = data_nothing,
	.send_complete = data_nothing_back,
	.oid_complete = data_answered,
};

/* A data client asks the miniport; it may be gone when that answers. */
static void data_client_asks(struct kunit *test)
{
	struct condis_data_client client = { .ops = &data_ops }, other = { .ops = &data_ops };
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);
	u32 value = 5;

	data_answers = 0;
	f->step[CM_OID].how = FAKE_RETURN;
	KUNIT_EXPECT_EQ(test, condis_co_data_oid_request(vc, &client, OID_WAN_CO_GET_INFO, &value,
							 sizeof(value)), -ENOTCONN);
	KUNIT_EXPECT_EQ(test, condis_co_data_oid_request(vc, NULL, OID_WAN_CO_GET_INFO, NULL, 4),
			-EINVAL);
	KUNIT_ASSERT_EQ(test, condis_co_attach_data(vc, &client), 0);
	KUNIT_EXPECT_EQ(test, condis_co_data_oid_request(vc, &client, OID_WAN_CO_GET_INFO, &value,
							 sizeof(value)), 0);
	KUNIT_EXPECT_EQ(test, value, 5);
	KUNIT_EXPECT_EQ(test, data_answers, 0);

	f->step[CM_OID].how = FAKE_PEND;
	KUNIT_EXPECT_EQ(test, condis_co_data_oid_request(vc, &client, OID_WAN_CO_GET_INFO, &value,
							 sizeof(value)), -EINPROGRESS);
	KUNIT_EXPECT_EQ(test, *(u32 *)f->request->buf, 5);
	*(u32 *)f->request->buf = 7;
	KUNIT_EXPECT_EQ(test, condis_mcm_oid_request_complete(f->af, f->request, 0), 0);
	KUNIT_EXPECT_EQ(test, data_answers, 1);
	KUNIT_EXPECT_EQ(test, data_oid, OID_WAN_CO_GET_INFO);
	KUNIT_EXPECT_EQ(test, data_said, 7);
	KUNIT_EXPECT_EQ(test, data_status, 0);
	KUNIT_EXPECT_EQ(test, value, 5);

	/* From inside of the handler, with an error. */
	f->step[CM_OID].how = FAKE_INLINE;
	f->step[CM_OID].status = -EOPNOTSUPP;
	KUNIT_EXPECT_EQ(test, condis_co_data_oid_request(vc, &client, OID_WAN_CO_SET_LINK_INFO,
							 &value, sizeof(value)), -EINPROGRESS);
	KUNIT_EXPECT_EQ(test, data_answers, 2);
	KUNIT_EXPECT_EQ(test, data_oid, OID_WAN_CO_SET_LINK_INFO);
	KUNIT_EXPECT_EQ(test, data_status, -EOPNOTSUPP);

	/* Not to who has detached, nor to who came after him, nor to nobody. */
	f->step[CM_OID].how = FAKE_PEND;
	KUNIT_EXPECT_EQ(test, condis_co_data_oid_request(vc, &client, OID_WAN_CO_GET_INFO, &value,
							 sizeof(value)), -EINPROGRESS);
	KUNIT_EXPECT_TRUE(test, condis_co_detach_data(vc, &client));
	KUNIT_ASSERT_EQ(test, condis_co_attach_data(vc, &other), 0);
	KUNIT_EXPECT_EQ(test, condis_mcm_oid_request_complete(f->af, f->request, 0), 0);
	KUNIT_EXPECT_EQ(test, condis_co_data_oid_request(vc, NULL, OID_WAN_CO_GET_INFO, &value,
							 sizeof(value)), -EINPROGRESS);
	KUNIT_EXPECT_EQ(test, condis_mcm_oid_request_complete(f->af, f->request, 0), 0);
	KUNIT_EXPECT_EQ(test, data_answers, 2);
	KUNIT_EXPECT_TRUE(test, condis_co_detach_data(vc, &other));
	synchronize_rcu();
	fake_expect_counts(f, 1, 1, 1, 1);
}

static struct kunit_case condis_request_cases[] = {
	KUNIT_CASE(oids_around_a_close),
	KUNIT_CASE(oids_answered_each_way),
	KUNIT_CASE(oid_holds_the_family),
	KUNIT_CASE(oid_aborted_by_removal),
	KUNIT_CASE(nothing_is_asked_during_reset),
	KUNIT_CASE(data_client_asks),
	{}
};

static struct kunit_suite condis_request_suite = {
	.name = "condis_request",
	.exit = fake_exit,
	.test_cases = condis_request_cases,
};

kunit_test_suites(&condis_request_suite);
