// SPDX-License-Identifier: GPL-2.0
/*
 * Address families that call managers serve: who is told of which.
 */
#include "condis_fake.h"

#define MANY	12

/**
 * struct listener - a protocol that writes down what it is told
 * @protocol: it
 * @types: the families, in order
 * @length: how many
 */
struct listener {
	struct condis_protocol protocol;
	u32 types[4 * MANY];
	unsigned int length;
};

static struct listener listener;

static int listener_bind(struct condis_binding *binding)
{
	return 0;
}

static void listener_unbind(struct condis_binding *binding)
{
	condis_close_adapter(binding);
}

static void listener_unbound(struct condis_binding *binding)
{
}

static void listener_family(struct condis_binding *binding, enum condis_af_type type)
{
	if (listener.length < ARRAY_SIZE(listener.types))
		listener.types[listener.length++] = type;
}

static void listen(struct kunit *test)
{
	memset(&listener, 0, sizeof(listener));
	listener.protocol.name = "listener";
	listener.protocol.bind_adapter = listener_bind;
	listener.protocol.unbind_adapter = listener_unbind;
	listener.protocol.close_adapter_complete = listener_unbound;
	listener.protocol.af_register_notify = listener_family;
	KUNIT_ASSERT_EQ(test, condis_register_protocol(&listener.protocol), 0);
}

/* It was told of each of the fake's families once, in the order of their registration. */
static void heard_all(struct kunit *test)
{
	unsigned int i;

	KUNIT_EXPECT_EQ(test, listener.length, (unsigned int)MANY + 1);
	for (i = 0; i < MANY; i++)
		KUNIT_EXPECT_EQ(test, listener.types[i], 0x1000U + i);
	KUNIT_EXPECT_EQ(test, listener.types[MANY], (u32)CONDIS_AF_TAPI_PROXY);
	listener.length = 0;
}

static void register_many(struct fake *f, void *object)
{
	unsigned int i;

	for (i = 0; i < MANY; i++)
		KUNIT_EXPECT_EQ(f->test, condis_mcm_register_address_family(object, 0x1000 + i,
									    &fake_cm_ops), 0);
	/* One of each kind, and each has a name. */
	KUNIT_EXPECT_EQ(f->test, condis_mcm_register_address_family(object, 0x1000, &fake_cm_ops),
			-EEXIST);
	KUNIT_EXPECT_EQ(f->test, condis_mcm_register_address_family(object, 0, &fake_cm_ops),
			-EINVAL);
}

/* There is no number of families that is too large to be told of. */
static void many_families(struct kunit *test)
{
	struct fake *f = fake_new(test);

	f->no_client = true;
	f->step[MP_INIT].hook = register_many;
	/* The family without a name. */
	fake_expect_violation(f, CONDIS_VIOLATION_BAD_ARGUMENT, 1);
	/* Who is there when the adapter comes. */
	listen(test);
	fake_up(f);
	heard_all(test);
	condis_unregister_protocol(&listener.protocol);
	/* Who comes later. */
	listen(test);
	heard_all(test);
	/* A new line table. */
	KUNIT_EXPECT_EQ(test, condis_m_reconfigure(f->adapter), 0);
	heard_all(test);
	condis_unregister_protocol(&listener.protocol);
}

static struct kunit_case condis_family_cases[] = {
	KUNIT_CASE(many_families),
	{}
};

static struct kunit_suite condis_family_suite = {
	.name = "condis_family",
	.exit = fake_exit,
	.test_cases = condis_family_cases,
};

kunit_test_suites(&condis_family_suite);
