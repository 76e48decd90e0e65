// SPDX-License-Identifier: GPL-2.0
/*
 * The flows of the contract (condis.md 4), word for word.
 */
#include "condis_fake.h"

static void bind_and_unbind_in_order(struct kunit *test)
{
	struct fake *f = fake_new(test);

	fake_up(f);
	fake_expect(f, "mp.init mp.restart cl.bind cl.family");
	fake_open(f);
	fake_expect(f, "cm.open cl.opened");
	fake_listen(f);
	fake_expect(f, "cm.register cl.registered");
	fake_expect_counts(f, 1, 1, 1, 0);
	fake_down(f);
	fake_expect(f, "cl.pause mp.pause cl.unbind cm.deregister cl.deregistered "
		       "cm.close-af cl.closed-af cl.unbound mp.halt");
}

/* F1: local hang-up. */
static void local_hangup_of_outgoing_call(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc;

	vc = fake_dial(f);
	fake_expect(f, "cm.create cm.make cl.made");
	KUNIT_EXPECT_EQ(test, fake_close(f, vc), -EINPROGRESS);
	fake_expect(f, "cm.close cl.closed cm.delete");
	fake_expect_counts(f, 1, 1, 1, 0);
}

static struct kunit_case condis_flow_cases[] = {
	KUNIT_CASE(bind_and_unbind_in_order),
	KUNIT_CASE(local_hangup_of_outgoing_call),
	{}
};

static struct kunit_suite condis_flow_suite = {
	.name = "condis_flow",
	.exit = fake_exit,
	.test_cases = condis_flow_cases,
};

kunit_test_suites(&condis_flow_suite);
