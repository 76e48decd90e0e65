// SPDX-License-Identifier: GPL-2.0
/*
 * Delivery of upcalls: in order, one at a time, without recursion, none lost.
 */
#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/kref.h>
#include <linux/kthread.h>
#include <linux/slab.h>
#include <linux/timer.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#include "../../drivers/condis/upcall.h"

#define LOG_SIZE	64

/* An object with a queue, which notes what is delivered to it. */
struct object {
	struct condis_upcalls upcalls;
	struct kunit *test;
	atomic_t inside;		/* handlers that run */
	atomic_t delivered;
	u8 log[LOG_SIZE];
	unsigned int n;
	void (*handler)(struct object *object, u8 code);
	struct object *peer;
	unsigned int depth;
	unsigned int deepest;
	unsigned int rounds;
	wait_queue_head_t moved;
};

static struct object *object_of(struct condis_upcalls *upcalls)
{
	return container_of(upcalls, struct object, upcalls);
}

static void object_deliver(struct condis_upcalls *upcalls, u8 code)
{
	struct object *object = object_of(upcalls);

	KUNIT_EXPECT_EQ(object->test, atomic_inc_return(&object->inside), 1);
	might_sleep();
	if (object->n < LOG_SIZE)
		object->log[object->n++] = code;
	if (object->handler)
		object->handler(object, code);
	atomic_dec(&object->inside);
	atomic_inc(&object->delivered);
	wake_up_all(&object->moved);
}

static void object_release(struct condis_upcalls *upcalls)
{
	KUNIT_FAIL(object_of(upcalls)->test, "the test's own reference is gone");
}

static const struct condis_upcall_ops object_ops = {
	.deliver = object_deliver,
	.release = object_release,
};

static struct object *object_new(struct kunit *test)
{
	struct object *object = kunit_kzalloc(test, sizeof(*object), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, object);
	object->test = test;
	init_waitqueue_head(&object->moved);
	condis_upcalls_init(&object->upcalls, &object_ops);
	return object;
}

static void post(struct object *object, u8 code)
{
	spin_lock_bh(&object->upcalls.lock);
	condis_upcall_queue(&object->upcalls, code);
	condis_upcall_unlock_and_run(&object->upcalls);
}

static void schedule_post(struct object *object, u8 code)
{
	spin_lock_bh(&object->upcalls.lock);
	condis_upcall_queue(&object->upcalls, code);
	condis_upcall_unlock_and_schedule(&object->upcalls);
}

/* Until nobody runs it any more: only the test has a reference. */
static void settle(struct object *object)
{
	unsigned long end = jiffies + 20 * HZ;

	while (kref_read(&object->upcalls.ref) > 1 && time_before(jiffies, end))
		schedule_timeout_uninterruptible(1);
	KUNIT_EXPECT_EQ(object->test, kref_read(&object->upcalls.ref), 1);
}

static void in_the_order_of_posting(struct kunit *test)
{
	static const u8 codes[] = { 3, 1, 15, 0, 7 };
	struct object *object = object_new(test);
	unsigned int i;

	spin_lock_bh(&object->upcalls.lock);
	for (i = 0; i < ARRAY_SIZE(codes); i++)
		condis_upcall_queue(&object->upcalls, codes[i]);
	condis_upcall_unlock_and_run(&object->upcalls);
	KUNIT_EXPECT_EQ(test, object->n, ARRAY_SIZE(codes));
	KUNIT_EXPECT_MEMEQ(test, object->log, codes, sizeof(codes));
	KUNIT_EXPECT_EQ(test, kref_read(&object->upcalls.ref), 1);
}

static void queued_once_at_a_time(struct kunit *test)
{
	struct object *object = object_new(test);

	spin_lock_bh(&object->upcalls.lock);
	condis_upcall_queue(&object->upcalls, 4);
	condis_upcall_queue(&object->upcalls, 4);
	condis_upcall_unlock_and_run(&object->upcalls);
	KUNIT_EXPECT_EQ(test, object->n, 1);
	post(object, 4);
	KUNIT_EXPECT_EQ(test, object->n, 2);
}

/* What a handler's return means comes before what was posted while it ran. */
static void return_first(struct object *object, u8 code)
{
	if (code)
		return;
	post(object, 5);
	post(object, 6);
	spin_lock_bh(&object->upcalls.lock);
	condis_upcall_queue_first(&object->upcalls, 7);
	condis_upcall_unlock_and_run(&object->upcalls);
}

static void first_is_before_what_is_queued(struct kunit *test)
{
	static const u8 codes[] = { 0, 7, 5, 6 };
	struct object *object = object_new(test);

	object->handler = return_first;
	post(object, 0);
	KUNIT_EXPECT_EQ(test, object->n, ARRAY_SIZE(codes));
	KUNIT_EXPECT_MEMEQ(test, object->log, codes, sizeof(codes));
}

static void all_codes_fit(struct kunit *test)
{
	struct object *object = object_new(test);
	unsigned int i, round;

	/* Twice, from an odd place in the ring. */
	post(object, 9);
	for (round = 0; round < 2; round++) {
		spin_lock_bh(&object->upcalls.lock);
		for (i = 0; i < CONDIS_UPCALLS_MAX; i++)
			condis_upcall_queue(&object->upcalls, i);
		condis_upcall_unlock_and_run(&object->upcalls);
	}
	KUNIT_EXPECT_EQ(test, object->n, 2 * CONDIS_UPCALLS_MAX + 1);
	for (i = 0; i < 2 * CONDIS_UPCALLS_MAX; i++)
		KUNIT_EXPECT_EQ(test, object->log[i + 1], i % CONDIS_UPCALLS_MAX);
}

static void post_to_self(struct object *object, u8 code)
{
	object->depth++;
	object->deepest = max(object->deepest, object->depth);
	if (code < 5)
		post(object, code + 1);
	object->depth--;
}

static void nested_post_waits_for_the_handler(struct kunit *test)
{
	static const u8 codes[] = { 0, 1, 2, 3, 4, 5 };
	struct object *object = object_new(test);

	object->handler = post_to_self;
	post(object, 0);
	KUNIT_EXPECT_EQ(test, object->deepest, 1);
	KUNIT_EXPECT_EQ(test, object->n, ARRAY_SIZE(codes));
	KUNIT_EXPECT_MEMEQ(test, object->log, codes, sizeof(codes));
}

static unsigned int ping_depth, ping_deepest;
static unsigned long stack_top, stack_low;

/* Two ends of a call: each answers the other, a thousand times, on one frame of stack. */
static void ping(struct object *object, u8 code)
{
	unsigned long here = (unsigned long)__builtin_frame_address(0);

	ping_deepest = max(ping_deepest, ++ping_depth);
	if (!stack_top)
		stack_top = here;
	stack_low = stack_low ? min(stack_low, here) : here;
	if (object->rounds++ < 1000)
		post(object->peer, 0);
	ping_depth--;
}

static void two_objects_do_not_recurse(struct kunit *test)
{
	struct object *a = object_new(test), *b = object_new(test);

	a->peer = b;
	b->peer = a;
	a->handler = ping;
	b->handler = ping;
	ping_depth = 0;
	ping_deepest = 0;
	stack_top = 0;
	stack_low = 0;
	post(a, 0);
	/* All of it in this call, by this task. */
	KUNIT_EXPECT_EQ(test, a->rounds + b->rounds, 2002 - 1);
	KUNIT_EXPECT_EQ(test, ping_deepest, 1);
	KUNIT_EXPECT_LT(test, stack_top - stack_low, 256);
	settle(a);
	settle(b);
}

static void held_up(struct object *object, u8 code)
{
	if (code == 0)
		msleep(20);
}

static int post_one(void *data)
{
	post(data, 0);
	return 0;
}

static void concurrent_post_joins_the_runner(struct kunit *test)
{
	struct object *object = object_new(test);
	struct task_struct *task;

	object->handler = held_up;
	task = kthread_run(post_one, object, "condis_post");
	KUNIT_ASSERT_FALSE(test, IS_ERR(task));
	while (!atomic_read(&object->inside) && !atomic_read(&object->delivered))
		schedule_timeout_uninterruptible(1);
	/* Returns at once; the other task delivers. */
	post(object, 1);
	settle(object);
	KUNIT_EXPECT_EQ(test, atomic_read(&object->delivered), 2);
	KUNIT_EXPECT_EQ(test, object->log[1], 1);
}

struct timed {
	struct timer_list timer;
	struct object *object;
};

static void post_in_softirq(struct timer_list *timer)
{
	struct timed *timed = from_timer(timed, timer, timer);

	schedule_post(timed->object, 2);
}

static void softirq_posts_by_a_work(struct kunit *test)
{
	struct object *object = object_new(test);
	struct timed timed = { .object = object };

	timer_setup_on_stack(&timed.timer, post_in_softirq, 0);
	mod_timer(&timed.timer, jiffies + 1);
	KUNIT_EXPECT_NE(test, wait_event_timeout(object->moved, atomic_read(&object->delivered),
						 20 * HZ), 0);
	timer_shutdown_sync(&timed.timer);
	destroy_timer_on_stack(&timed.timer);
	settle(object);
	KUNIT_EXPECT_EQ(test, object->log[0], 2);
}

#define POSTERS		4
#define POSTS		60

struct poster {
	struct work_struct work;
	struct object *objects[3];
	unsigned int number;
	struct completion done;
};

static bool is_queued(struct object *object, u8 code)
{
	bool queued;

	spin_lock_bh(&object->upcalls.lock);
	queued = object->upcalls.queued & BIT(code);
	spin_unlock_bh(&object->upcalls.lock);
	return queued;
}

/* Post a code of its own and wait until it was taken from the queue; so each post is a delivery. */
static void poster_work(struct work_struct *work)
{
	struct poster *poster = container_of(work, struct poster, work);
	unsigned int i;

	for (i = 0; i < POSTS; i++) {
		struct object *object = poster->objects[i % 3];

		if (i & 4)
			schedule_post(object, poster->number);
		else
			post(object, poster->number);
		wait_event(object->moved, !is_queued(object, poster->number));
	}
	complete(&poster->done);
}

static void none_is_lost_under_stress(struct kunit *test)
{
	struct object *objects[3];
	struct poster *posters;
	unsigned int i, sum = 0;

	for (i = 0; i < 3; i++)
		objects[i] = object_new(test);
	posters = kunit_kcalloc(test, POSTERS, sizeof(*posters), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, posters);
	for (i = 0; i < POSTERS; i++) {
		memcpy(posters[i].objects, objects, sizeof(objects));
		posters[i].number = i;
		init_completion(&posters[i].done);
		INIT_WORK(&posters[i].work, poster_work);
		queue_work(system_unbound_wq, &posters[i].work);
	}
	for (i = 0; i < POSTERS; i++) {
		wait_for_completion(&posters[i].done);
		flush_work(&posters[i].work);
	}
	for (i = 0; i < 3; i++) {
		settle(objects[i]);
		sum += atomic_read(&objects[i]->delivered);
	}
	KUNIT_EXPECT_EQ(test, sum, POSTERS * POSTS);
}

static struct kunit_case condis_upcall_cases[] = {
	KUNIT_CASE(in_the_order_of_posting),
	KUNIT_CASE(queued_once_at_a_time),
	KUNIT_CASE(first_is_before_what_is_queued),
	KUNIT_CASE(all_codes_fit),
	KUNIT_CASE(nested_post_waits_for_the_handler),
	KUNIT_CASE(two_objects_do_not_recurse),
	KUNIT_CASE(concurrent_post_joins_the_runner),
	KUNIT_CASE(softirq_posts_by_a_work),
	KUNIT_CASE_SLOW(none_is_lost_under_stress),
	{}
};

static struct kunit_suite condis_upcall_suite = {
	.name = "condis_upcall",
	.test_cases = condis_upcall_cases,
};

kunit_test_suites(&condis_upcall_suite);
