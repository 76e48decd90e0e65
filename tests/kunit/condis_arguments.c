// SPDX-License-Identifier: GPL-2.0
/*
 * What a driver hands to the core: who may, what is no argument, and what is kept of one.
 */

#include "condis_fake.h"

static void arguments_are_checked(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_call_params params;
	struct condis_vc *mine, *theirs;

	fake_expect_violation(f, CONDIS_VIOLATION_BAD_ARGUMENT, 9);
	fake_expect_violation(f, CONDIS_VIOLATION_WRONG_SIDE, 4);
	fake_expect_violation(f, CONDIS_VIOLATION_COMPLETION_STATUS, 1);
	fake_expect_violation(f, CONDIS_VIOLATION_COMPLETION_TWICE, 2);
	fake_call_params(f, &params);
	mine = fake_create(f);
	theirs = condis_mcm_create_vc(f->af);
	KUNIT_ASSERT_FALSE(test, IS_ERR(theirs));
	KUNIT_EXPECT_EQ(test, condis_cl_make_call(NULL, &params), -EINVAL);
	KUNIT_EXPECT_EQ(test, condis_cl_make_call(mine, NULL), -EINVAL);
	KUNIT_EXPECT_EQ(test, condis_cl_make_call(theirs, &params), -EPERM);
	KUNIT_EXPECT_EQ(test, condis_mcm_dispatch_incoming_call(f->sap, mine, &params), -EPERM);
	KUNIT_EXPECT_EQ(test, condis_co_delete_vc(theirs), -EPERM);
	KUNIT_EXPECT_EQ(test, condis_mcm_delete_vc(mine), -EPERM);
	params.flags = CONDIS_CALL_MULTIPOINT;
	KUNIT_EXPECT_EQ(test, condis_cl_make_call(mine, &params), -EOPNOTSUPP);
	params.flags = 0;
	memset(params.called, '1', sizeof(params.called));
	KUNIT_EXPECT_EQ(test, condis_cl_make_call(mine, &params), -EINVAL);
	params.send_window = 0;
	KUNIT_EXPECT_EQ(test, condis_mcm_activate_vc(theirs, &params), -EINVAL);
	KUNIT_EXPECT_EQ(test, condis_cl_close_call(NULL, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, condis_cl_close_address_family(NULL), -EINVAL);
	KUNIT_EXPECT_EQ(test, condis_cl_close_address_family(ERR_PTR(-ENOENT)), -EINVAL);
	KUNIT_EXPECT_EQ(test, condis_cl_deregister_sap(NULL), -EINVAL);
	KUNIT_EXPECT_EQ(test, condis_close_adapter(NULL), -EINVAL);
	KUNIT_EXPECT_EQ(test, condis_mcm_make_call_complete(mine, -EINPROGRESS, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, condis_mcm_make_call_complete(mine, 0, 0), -ENOENT);
	KUNIT_EXPECT_EQ(test, condis_mcm_close_call_complete(mine), -ENOENT);
	KUNIT_EXPECT_EQ(test, condis_mcm_delete_vc(theirs), 0);
}

/* What an incoming call will be offered with is kept before, by who may, and not later. */
static void offer_is_prepared(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_call_params params, endless;
	struct condis_vc *mine, *theirs;

	fake_expect_violation(f, CONDIS_VIOLATION_BAD_ARGUMENT, 3);
	fake_expect_violation(f, CONDIS_VIOLATION_WRONG_SIDE, 1);
	fake_call_params(f, &params);
	endless = params;
	memset(endless.calling, '1', sizeof(endless.calling));
	mine = fake_create(f);
	theirs = condis_mcm_create_vc(f->af);
	KUNIT_ASSERT_FALSE(test, IS_ERR(theirs));
	KUNIT_EXPECT_EQ(test, condis_mcm_prepare_incoming_call(NULL, &params), -EINVAL);
	KUNIT_EXPECT_EQ(test, condis_mcm_prepare_incoming_call(theirs, NULL), -EINVAL);
	KUNIT_EXPECT_EQ(test, condis_mcm_prepare_incoming_call(theirs, &endless), -EINVAL);
	KUNIT_EXPECT_EQ(test, condis_mcm_prepare_incoming_call(mine, &params), -EPERM);
	KUNIT_EXPECT_EQ(test, condis_mcm_prepare_incoming_call(theirs, &params), 0);
	KUNIT_EXPECT_MEMEQ(test, condis_vc_params(theirs), &params, sizeof(params));
	KUNIT_EXPECT_EQ(test, condis_mcm_dispatch_incoming_call(f->sap, theirs,
								condis_vc_params(theirs)),
			-EINPROGRESS);
	KUNIT_EXPECT_MEMEQ(test, condis_vc_params(theirs), &params, sizeof(params));
	KUNIT_EXPECT_EQ(test, condis_mcm_prepare_incoming_call(theirs, &params), -EBUSY);
}

static struct kunit_case condis_arguments_cases[] = {
	KUNIT_CASE(arguments_are_checked),
	KUNIT_CASE(offer_is_prepared),
	{}
};

static struct kunit_suite condis_arguments_suite = {
	.name = "condis_arguments",
	.exit = fake_exit,
	.test_cases = condis_arguments_cases,
};

kunit_test_suites(&condis_arguments_suite);
