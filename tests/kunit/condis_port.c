// SPDX-License-Identifier: GPL-2.0
/*
 * What somebody finds who ports a driver: what the headers promise, in the
 * moments in which it is easily broken.
 */
#include <linux/bottom_half.h>

#include "condis_fake.h"

static void fail_close_delete(struct fake *f, void *object)
{
	struct condis_vc *vc = object;

	KUNIT_EXPECT_EQ(f->test, condis_mcm_make_call_complete(vc, -EBUSY, Q850_USER_BUSY), 0);
	KUNIT_EXPECT_EQ(f->test, condis_cl_close_call(vc, Q850_NORMAL_CLEARING), -EALREADY);
	KUNIT_EXPECT_EQ(f->test, condis_co_delete_vc(vc), -EBUSY);
	fake_expect_violation(f, CONDIS_VIOLATION_OUT_OF_ORDER, 1);
}

/*
 * The client closes and deletes while the word that its make-call has failed is on
 * its way to it: a VC that it has deleted is not spoken of any more, so it cannot yet.
 */
static void delete_waits_for_the_word(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	f->step[CM_MAKE].how = FAKE_PEND;
	f->step[CM_MAKE].hook = fail_close_delete;
	fake_dial(f);
	fake_expect(f, "cm.create cm.make cl.made=-EBUSY cm.delete");
	fake_expect_counts(f, 1, 1, 1, 0);
}

static unsigned int unbound;

static int close_and_refuse(struct condis_binding *binding)
{
	condis_close_adapter(binding);
	return -EBUSY;
}

static void nothing(struct condis_binding *binding)
{
}

static void count_unbound(struct condis_binding *binding)
{
	unbound++;
}

/* A protocol that leaves in its bind_adapter(), and refuses as well, has left once. */
static void bind_closes_and_refuses(struct kunit *test)
{
	static struct condis_protocol protocol = {
		.name = "fickle",
		.owner = THIS_MODULE,
		.bind_adapter = close_and_refuse,
		.unbind_adapter = nothing,
		.close_adapter_complete = count_unbound,
	};
	struct fake *f = fake_ready(test);

	unbound = 0;
	KUNIT_ASSERT_EQ(test, condis_register_protocol(&protocol), 0);
	KUNIT_EXPECT_EQ(test, unbound, 1);
	KUNIT_EXPECT_EQ(test, atomic_read(&protocol.bindings), 0);
	fake_expect_counts(f, 1, 1, 1, 0);
	condis_unregister_protocol(&protocol);
}

/* VCs of a stand-alone call manager carry no data: the miniport does not know them. */
static void no_data_without_a_miniport(struct kunit *test)
{
	struct fake *f = fake_new(test);
	struct condis_vc *vc;

	f->standalone = true;
	fake_up(f);
	fake_open(f);
	vc = fake_dial(f);
	fake_wait(f, "cl.made");
	fake_clear(f);
	KUNIT_EXPECT_TRUE(test, condis_vc_is_active(vc));
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), -EOPNOTSUPP);
	fake_expect(f, "");
}

static struct task_struct *asker;

static void not_the_asker(struct fake *f, void *object)
{
	KUNIT_EXPECT_PTR_NE(f->test, current, asker);
}

/* A signal may be asked for where handlers may not run: it runs elsewhere. */
static void signal_from_atomic_context(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	fake_wait(f, "cl.made");
	fake_clear(f);
	asker = current;
	f->step[CM_SIGNAL].hook = not_the_asker;
	f->step[CM_SIGNAL].quiet = false;
	local_bh_disable();
	condis_mcm_schedule_signal(vc);
	condis_mcm_schedule_signal(vc);
	local_bh_enable();
	fake_wait(f, "cm.signal");
}

static struct kunit_case port_cases[] = {
	KUNIT_CASE(delete_waits_for_the_word),
	KUNIT_CASE(bind_closes_and_refuses),
	KUNIT_CASE(no_data_without_a_miniport),
	KUNIT_CASE(signal_from_atomic_context),
	{}
};

static struct kunit_suite port_suite = {
	.name = "condis_port",
	.exit = fake_exit,
	.test_cases = port_cases,
};

kunit_test_suite(port_suite);
