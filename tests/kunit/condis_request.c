// SPDX-License-Identifier: GPL-2.0
/*
 * CO requests: how they are answered, and that each is (condis.md 2.15).
 */
#include <linux/completion.h>

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
	KUNIT_EXPECT_EQ(f->test, condis_co_oid_request(f->af, NULL, &line_caps), -EAGAIN);
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

static struct kunit_case condis_request_cases[] = {
	KUNIT_CASE(oids_around_a_close),
	KUNIT_CASE(oids_answered_each_way),
	KUNIT_CASE(oid_holds_the_family),
	KUNIT_CASE(oid_aborted_by_removal),
	KUNIT_CASE(nothing_is_asked_during_reset),
	{}
};

static struct kunit_suite condis_request_suite = {
	.name = "condis_request",
	.exit = fake_exit,
	.test_cases = condis_request_cases,
};

kunit_test_suites(&condis_request_suite);
