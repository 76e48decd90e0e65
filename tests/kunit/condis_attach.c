// SPDX-License-Identifier: GPL-2.0
/*
 * Data clients: who gets a VC's packets, and from when on.
 */
#include <linux/netdevice.h>
#include <linux/skbuff.h>

#include "condis_fake.h"

/**
 * struct taker - a data client
 * @client: for the core
 * @received: lengths of the packets it got, in order
 * @nr_received: how many
 * @sent: packets that came back to it
 * @statuses: indications
 */
struct taker {
	struct condis_data_client client;
	unsigned int received[8];
	unsigned int nr_received;
	unsigned int sent;
	unsigned int statuses;
};

static void taker_receive(struct condis_data_client *client, struct sk_buff *skb)
{
	struct taker *taker = container_of(client, struct taker, client);

	if (taker->nr_received < ARRAY_SIZE(taker->received))
		taker->received[taker->nr_received++] = skb->len;
	dev_kfree_skb_any(skb);
}

static void taker_send_complete(struct condis_data_client *client, struct sk_buff *skb, int status)
{
	container_of(client, struct taker, client)->sent++;
	dev_kfree_skb_any(skb);
}

static void taker_status(struct condis_data_client *client, const struct condis_status *status)
{
	container_of(client, struct taker, client)->statuses++;
}

static const struct condis_data_ops taker_ops = {
	.receive = taker_receive,
	.send_complete = taker_send_complete,
	.status = taker_status,
};

static struct taker *taker_new(struct kunit *test)
{
	struct taker *taker = kunit_kzalloc(test, sizeof(*taker), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, taker);
	taker->client.ops = &taker_ops;
	return taker;
}

static int hand_over(struct fake *f, struct condis_vc *vc, unsigned int n)
{
	struct sk_buff_head packets;
	int err;

	__skb_queue_head_init(&packets);
	while (n)
		__skb_queue_head(&packets, fake_skb(f, n--));
	err = condis_co_hand_over_data(vc, &packets);
	__skb_queue_purge(&packets);
	return err;
}

/* Attached, it gets nothing; handed over, it gets what came before, then everything. */
static void from_attached_to_flowing(struct kunit *test)
{
	struct condis_status status = { .code = CONDIS_STATUS_LINK_PARAMS, .send_window = 4 };
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);
	struct taker *taker = taker_new(test);

	fake_clear(f);
	KUNIT_EXPECT_FALSE(test, condis_co_pass_data(vc, NULL));
	KUNIT_EXPECT_EQ(test, hand_over(f, vc, 1), -ENOTCONN);
	KUNIT_EXPECT_EQ(test, condis_co_attach_data(vc, &taker->client), 0);
	KUNIT_EXPECT_FALSE(test, condis_co_pass_data(vc, NULL));
	KUNIT_EXPECT_EQ(test, fake_receive(f, vc), 0);
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), 0);
	condis_m_indicate_status(f->adapter, vc, &status);
	fake_expect(f, "cl.receive mp.send cl.sent cl.vc-status");

	KUNIT_EXPECT_EQ(test, hand_over(f, vc, 3), 0);
	KUNIT_EXPECT_EQ(test, hand_over(f, vc, 1), -EALREADY);
	KUNIT_EXPECT_EQ(test, taker->nr_received, 3);
	KUNIT_EXPECT_EQ(test, taker->received[0], 1);
	KUNIT_EXPECT_EQ(test, taker->received[1], 2);
	KUNIT_EXPECT_EQ(test, taker->received[2], 3);
	KUNIT_EXPECT_TRUE(test, condis_co_pass_data(vc, fake_skb(f, 4)));
	KUNIT_EXPECT_EQ(test, taker->received[3], 4);
	KUNIT_EXPECT_EQ(test, fake_receive(f, vc), 0);
	KUNIT_EXPECT_EQ(test, taker->nr_received, 5);
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), 0);
	KUNIT_EXPECT_EQ(test, taker->sent, 1);
	condis_m_indicate_status(f->adapter, vc, &status);
	KUNIT_EXPECT_EQ(test, taker->statuses, 1);
	fake_expect(f, "mp.send");

	KUNIT_EXPECT_TRUE(test, condis_co_detach_data(vc, &taker->client));
	KUNIT_EXPECT_FALSE(test, condis_co_detach_data(vc, &taker->client));
	KUNIT_EXPECT_EQ(test, fake_receive(f, vc), 0);
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), 0);
	fake_expect(f, "cl.receive mp.send cl.sent");
	fake_close(f, vc);
	synchronize_rcu();
}

/* What it has sent comes back to the VC's client, if it has left meanwhile. */
static void sends_come_back_to_the_client(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);
	struct taker *taker = taker_new(test);

	KUNIT_EXPECT_EQ(test, condis_co_attach_data(vc, &taker->client), 0);
	KUNIT_EXPECT_EQ(test, hand_over(f, vc, 0), 0);
	fake_clear(f);
	f->holds = true;
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), 0);
	KUNIT_EXPECT_TRUE(test, condis_co_detach_data(vc, &taker->client));
	fake_return_sends(f);
	KUNIT_EXPECT_EQ(test, taker->sent, 0);
	fake_expect(f, "mp.send cl.sent=-ECANCELED");
	fake_close(f, vc);
	synchronize_rcu();
}

static void one_at_a_time(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);
	struct taker *first = taker_new(test), *second = taker_new(test);

	KUNIT_EXPECT_EQ(test, condis_co_attach_data(vc, &first->client), 0);
	KUNIT_EXPECT_EQ(test, condis_co_attach_data(vc, &second->client), -EBUSY);
	KUNIT_EXPECT_FALSE(test, condis_co_detach_data(vc, &second->client));
	KUNIT_EXPECT_TRUE(test, condis_co_detach_data(vc, &first->client));
	KUNIT_EXPECT_EQ(test, condis_co_attach_data(vc, &second->client), 0);
	KUNIT_EXPECT_EQ(test, hand_over(f, vc, 1), 0);
	KUNIT_EXPECT_EQ(test, first->nr_received, 0);
	KUNIT_EXPECT_EQ(test, second->nr_received, 1);
	KUNIT_EXPECT_TRUE(test, condis_co_detach_data(vc, &second->client));
	fake_close(f, vc);
	synchronize_rcu();
}

/* Only of a connected call; and given up also when that is over. */
static void with_the_call(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct taker *taker = taker_new(test);
	struct condis_vc *vc;

	KUNIT_EXPECT_EQ(test, condis_co_attach_data(NULL, &taker->client), -EINVAL);
	f->step[CM_MAKE].how = FAKE_PEND;
	vc = fake_dial(f);
	condis_vc_hold(vc);
	KUNIT_EXPECT_EQ(test, condis_co_attach_data(vc, NULL), -EINVAL);
	KUNIT_EXPECT_EQ(test, condis_co_attach_data(vc, &taker->client), -ENOTCONN);
	fake_made(f, vc, 0);
	KUNIT_EXPECT_EQ(test, condis_co_attach_data(vc, &taker->client), 0);
	KUNIT_EXPECT_EQ(test, hand_over(f, vc, 0), 0);
	fake_close(f, vc);
	KUNIT_EXPECT_EQ(test, condis_m_indicate_receive(vc, fake_skb(f, 1)), -ENOTCONN);
	KUNIT_EXPECT_EQ(test, taker->nr_received, 0);
	KUNIT_EXPECT_TRUE(test, condis_co_detach_data(vc, &taker->client));
	KUNIT_EXPECT_EQ(test, condis_co_attach_data(vc, &taker->client), -ENOTCONN);
	condis_vc_put(vc);
	synchronize_rcu();
}

/* The call manager says which VC has the data; the client says by which number it is known. */
static void the_other_vc(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *data = fake_dial(f);
	struct condis_vc *vc = fake_mcm_create(f);
	struct condis_vc *got;

	KUNIT_EXPECT_NULL(test, condis_vc_data(vc));
	condis_cm_set_data_vc(vc, data);
	got = condis_vc_data(vc);
	KUNIT_EXPECT_PTR_EQ(test, got, data);
	condis_vc_put(got);
	KUNIT_EXPECT_EQ(test, condis_co_get_tapi_call_id(vc), -ENOENT);
	KUNIT_EXPECT_EQ(test, condis_co_set_tapi_call_id(vc, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, condis_co_set_tapi_call_id(vc, 7), 0);
	KUNIT_EXPECT_EQ(test, condis_co_get_tapi_call_id(vc), 7);
	KUNIT_EXPECT_FALSE(test, condis_cm_is_cut_off(vc));
	KUNIT_EXPECT_NULL(test, condis_cm_binding(condis_vc_af(vc)));
	fake_close(f, data);
	/* It was held by the other one. */
	fake_expect_counts(f, 1, 1, 1, 2);
	fake_vc_dead(f, vc);
	KUNIT_EXPECT_EQ(test, condis_mcm_delete_vc(vc), 0);
	fake_expect_counts(f, 1, 1, 1, 0);
}

static void not_of_a_standalone_manager(struct kunit *test)
{
	struct fake *f = fake_new(test);
	struct taker *taker = taker_new(test);
	struct condis_vc *vc;

	f->standalone = true;
	fake_up(f);
	fake_open(f);
	fake_listen(f);
	vc = fake_incoming(f);
	KUNIT_EXPECT_EQ(test, condis_co_attach_data(vc, &taker->client), -EOPNOTSUPP);
	KUNIT_EXPECT_PTR_EQ(test, condis_cm_binding(condis_vc_af(vc)), f->cm_binding);
	fake_close(f, vc);
}

static struct kunit_case condis_attach_cases[] = {
	KUNIT_CASE(from_attached_to_flowing),
	KUNIT_CASE(sends_come_back_to_the_client),
	KUNIT_CASE(one_at_a_time),
	KUNIT_CASE(with_the_call),
	KUNIT_CASE(the_other_vc),
	KUNIT_CASE(not_of_a_standalone_manager),
	{}
};

static struct kunit_suite condis_attach_suite = {
	.name = "condis_attach",
	.exit = fake_exit,
	.test_cases = condis_attach_cases,
};

kunit_test_suites(&condis_attach_suite);
