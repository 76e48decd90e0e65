// SPDX-License-Identifier: GPL-2.0
/*
 * The suites' world: making it, the two clients, and what they write down.
 */
#include <linux/delay.h>
#include <linux/netdevice.h>
#include <linux/slab.h>
#include <linux/unaligned.h>
#include <net/net_namespace.h>

#include "vwan_world.h"

/* How long something may take that takes a timer of some milliseconds. */
#define PATIENCE_MS	20000

/* The protocol's handlers have no other way to find it. */
static struct world *current_world;

static __printf(2, 3) void note(struct side *side, const char *format, ...)
{
	struct world *world = side->world;
	va_list args;

	va_start(args, format);
	spin_lock_bh(&world->lock);
	world->length += scnprintf(world->log + world->length, sizeof(world->log) - world->length,
				   "%s%c:", world->length ? " " : "", side->letter);
	world->length += vscnprintf(world->log + world->length,
				    sizeof(world->log) - world->length, format, args);
	spin_unlock_bh(&world->lock);
	va_end(args);
}

static struct side *side_of(struct condis_vc *vc)
{
	struct condis_adapter *adapter = condis_vc_adapter(vc);

	return &current_world->side[current_world->side[RIGHT].adapter == adapter];
}

static struct side *side_of_af(struct condis_af *af)
{
	struct condis_adapter *adapter = condis_af_adapter(af);

	return &current_world->side[current_world->side[RIGHT].adapter == adapter];
}

static void client_listen(struct side *side)
{
	struct condis_sap *sap;

	if (!side->listen || side->sap)
		return;
	sap = condis_cl_register_sap(side->af, &side->sap_params, NULL);
	KUNIT_EXPECT_FALSE(side->world->test, IS_ERR_OR_NULL(sap));
	side->sap = IS_ERR_OR_NULL(sap) ? NULL : sap;
}

static void client_open_af_complete(struct condis_af *af, int status)
{
	struct side *side = side_of_af(af);

	if (status)
		return;
	side->af = af;
	client_listen(side);
}

static void client_close_af_complete(struct condis_af *af)
{
	side_of_af(af)->af = NULL;
}

static void close_all(struct side *side)
{
	struct condis_vc *vc;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(side->all); i++) {
		spin_lock_bh(&side->world->lock);
		vc = side->all[i];
		if (vc)
			condis_vc_hold(vc);
		spin_unlock_bh(&side->world->lock);
		if (!vc)
			continue;
		condis_co_cancel_sends(vc);
		condis_cl_close_call(vc, Q850_NORMAL_CLEARING);
		condis_vc_put(vc);
	}
}

static void client_shut_down(struct side *side)
{
	struct condis_af *af = side->af;

	close_all(side);
	if (side->sap)
		condis_cl_deregister_sap(side->sap);
	side->sap = NULL;
	if (af)
		condis_cl_close_address_family(af);
}

static int client_notify_close_af(struct condis_af *af)
{
	client_shut_down(side_of_af(af));
	return 0;
}

static void client_register_sap_complete(struct condis_sap *sap, int status)
{
	struct side *side = side_of_af(condis_sap_af(sap));

	if (status) {
		note(side, "deaf(%d)", status);
		if (side->sap == sap)
			side->sap = NULL;
	}
}

static void client_deregister_sap_complete(struct condis_sap *sap)
{
}

/* The client's area of a VC. */
struct client_vc {
	bool theirs;		/* the call manager made it, and deletes it */
};

static void remember(struct side *side, struct condis_vc *vc)
{
	unsigned int i;

	atomic_inc(&side->vcs);
	spin_lock_bh(&side->world->lock);
	for (i = 0; i < ARRAY_SIZE(side->all); i++) {
		if (!side->all[i]) {
			side->all[i] = vc;
			break;
		}
	}
	spin_unlock_bh(&side->world->lock);
}

static void forget(struct side *side, struct condis_vc *vc)
{
	unsigned int i;

	spin_lock_bh(&side->world->lock);
	if (side->vc == vc)
		side->vc = NULL;
	for (i = 0; i < ARRAY_SIZE(side->all); i++)
		if (side->all[i] == vc)
			side->all[i] = NULL;
	spin_unlock_bh(&side->world->lock);
	atomic_dec(&side->vcs);
}

static int client_create_vc(struct condis_vc *vc)
{
	struct client_vc *area = condis_vc_client(vc);

	area->theirs = true;
	remember(side_of(vc), vc);
	return 0;
}

static void client_delete_vc(struct condis_vc *vc)
{
	struct side *side = side_of(vc);

	note(side, "deleted");
	forget(side, vc);
}

static void client_delete(struct side *side, struct condis_vc *vc)
{
	struct completion *gone = condis_vc_context(vc);
	struct client_vc *area = condis_vc_client(vc);

	if (area->theirs)
		return;
	condis_vc_hold(vc);
	if (condis_co_delete_vc(vc)) {
		condis_vc_put(vc);
		return;
	}
	forget(side, vc);
	condis_vc_put(vc);
	if (gone)
		complete(gone);
}

static void client_make_call_complete(struct condis_vc *vc, int status, u32 cause)
{
	struct side *side = side_of(vc);

	if (!status) {
		note(side, "made");
	} else if (status == -ECANCELED) {
		note(side, "aborted");
	} else {
		note(side, "failed(%u)", cause);
		client_delete(side, vc);
	}
}

static void client_call_progress(struct condis_vc *vc, bool alerting)
{
	note(side_of(vc), alerting ? "alerting" : "proceeding");
}

static int client_incoming_call(struct condis_vc *vc, struct condis_sap *sap,
				const struct condis_call_params *params)
{
	struct side *side = side_of(vc);

	note(side, "offer(%s<%s@%u)", params->called, params->calling, params->line);
	side->vc = vc;
	return side->answer;
}

static void client_call_connected(struct condis_vc *vc)
{
	note(side_of(vc), "connected");
}

static void client_incoming_close_call(struct condis_vc *vc, u32 cause)
{
	struct side *side = side_of(vc);

	note(side, "hangup(%u)", cause);
	if (!side->silent) {
		condis_co_cancel_sends(vc);
		condis_cl_close_call(vc, Q850_NORMAL_CLEARING);
	}
}

static void client_close_call_complete(struct condis_vc *vc)
{
	struct side *side = side_of(vc);

	note(side, "closed");
	client_delete(side, vc);
}

/* Receive handlers that run on a CPU. */
static DEFINE_PER_CPU(unsigned int, receiving);

/* The left one counts on, the right one repeats: each hears 0, 1, 2 and so on. */
static void answer(struct side *side, struct condis_vc *vc, const struct sk_buff *skb)
{
	struct sk_buff *back;

	if (!side->answers)
		return;
	side->answers--;
	back = alloc_skb(skb->len, GFP_ATOMIC);
	if (!back)
		return;
	put_unaligned_be32(get_unaligned_be32(skb->data) + (side->letter == 'L'),
			   skb_put_zero(back, skb->len));
	if (condis_co_send(vc, back))
		kfree_skb(back);
}

static void client_receive(struct condis_vc *vc, struct sk_buff *skb)
{
	struct side *side = side_of(vc);
	unsigned int depth;

	local_bh_disable();
	depth = __this_cpu_inc_return(receiving);
	if (depth > READ_ONCE(side->deepest))
		WRITE_ONCE(side->deepest, depth);
	answer(side, vc, skb);
	skb_queue_tail(&side->received, skb);
	__this_cpu_dec(receiving);
	local_bh_enable();
}

static void client_send_complete(struct condis_vc *vc, struct sk_buff *skb, int status)
{
	struct side *side = side_of(vc);

	dev_kfree_skb_any(skb);
	if (status)
		side->unsent_status = status;
	atomic_inc(status ? &side->unsent : &side->sent);
}

static void client_status(struct condis_vc *vc, const struct condis_status *status)
{
	struct side *side = side_of(vc);

	if (status->code == CONDIS_STATUS_LINK_PARAMS)
		side->link_params++;
	else if (status->code == CONDIS_STATUS_FRAGMENT)
		side->errors += status->errors;
}

static int client_oid_request(struct condis_af *af, struct condis_oid_request *request)
{
	side_of_af(af)->signalling = request->oid;
	return 0;
}

static const struct condis_client_ops client_ops = {
	.vc_priv = sizeof(struct client_vc),
	.open_af_complete = client_open_af_complete,
	.close_af_complete = client_close_af_complete,
	.notify_close_af = client_notify_close_af,
	.register_sap_complete = client_register_sap_complete,
	.deregister_sap_complete = client_deregister_sap_complete,
	.create_vc = client_create_vc,
	.delete_vc = client_delete_vc,
	.make_call_complete = client_make_call_complete,
	.call_progress = client_call_progress,
	.incoming_call = client_incoming_call,
	.call_connected = client_call_connected,
	.incoming_close_call = client_incoming_close_call,
	.close_call_complete = client_close_call_complete,
	.receive = client_receive,
	.send_complete = client_send_complete,
	.status = client_status,
	.oid_request = client_oid_request,
};

static struct side *side_of_binding(struct condis_binding *binding)
{
	unsigned int i;

	for (i = LEFT; i <= RIGHT; i++)
		if (current_world->side[i].adapter == condis_binding_adapter(binding))
			return &current_world->side[i];
	return NULL;
}

static int protocol_bind(struct condis_binding *binding)
{
	struct side *side = side_of_binding(binding);

	if (!side)
		return -ENODEV;
	side->binding = binding;
	return 0;
}

static void protocol_unbind(struct condis_binding *binding)
{
	client_shut_down(side_of_binding(binding));
	condis_close_adapter(binding);
}

static void protocol_close_adapter_complete(struct condis_binding *binding)
{
	side_of_binding(binding)->binding = NULL;
}

static void protocol_af_register_notify(struct condis_binding *binding, enum condis_af_type type)
{
	if (type == CONDIS_AF_TAPI_PROXY)
		condis_cl_open_address_family(binding, type, &client_ops, NULL);
}

static void protocol_status(struct condis_binding *binding, const struct condis_status *status)
{
	if (status->code == CONDIS_STATUS_LINE_STATE)
		side_of_binding(binding)->line_states++;
}

static struct condis_protocol protocol = {
	.name = "vwan_kunit",
	.owner = THIS_MODULE,
	.bind_adapter = protocol_bind,
	.unbind_adapter = protocol_unbind,
	.close_adapter_complete = protocol_close_adapter_complete,
	.af_register_notify = protocol_af_register_notify,
	.status = protocol_status,
};

static void side_build(struct world *world, unsigned int which, u32 lines)
{
	static const char * const names[] = { "kunit-left", "kunit-right" };
	static const char * const numbers[] = { LEFT_NUMBER, RIGHT_NUMBER };
	struct vwan_entry entry = { .line = CONDIS_UNSPECIFIED };
	struct side *side = &world->side[which];
	struct kunit *test = world->test;

	strscpy(entry.number, numbers[which], sizeof(entry.number));
	side->adapter = condis_alloc_adapter(&init_net, names[which], vwan_kind.miniport,
					     sizeof(struct vwan_adapter));
	KUNIT_ASSERT_NOT_NULL(test, side->adapter);
	side->own = vwan_adapter_of(side->adapter);
	vwan_adapter_setup(side->adapter, world->exchange);
	side->own->table = vwan_table_make(side->own, lines, &entry, 1);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, side->own->table);
	KUNIT_ASSERT_EQ(test, condis_register_adapter(side->adapter), 0);
	KUNIT_ASSERT_NOT_NULL(test, side->binding);
	KUNIT_ASSERT_NOT_NULL(test, side->af);
}

/* Both adapters with so many lines; the right client listens and accepts. */
void world_build(struct kunit *test, u32 lines)
{
	struct world *world = test->priv;

	side_build(world, LEFT, lines);
	side_build(world, RIGHT, lines);
}

/* One that was halted, anew. */
void world_rebuild(struct world *world, unsigned int which, u32 lines)
{
	side_build(world, which, lines);
}

int world_init(struct kunit *test)
{
	struct world *world;
	unsigned int i;

	world = kunit_kzalloc(test, sizeof(*world), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, world);
	test->priv = world;
	world->test = test;
	spin_lock_init(&world->lock);
	violations_begin(&world->violations);
	for (i = LEFT; i <= RIGHT; i++) {
		struct side *side = &world->side[i];

		side->world = world;
		side->letter = "LR"[i];
		skb_queue_head_init(&side->received);
		side->sap_params.line = CONDIS_UNSPECIFIED;
		side->sap_params.address = CONDIS_UNSPECIFIED;
		side->sap_params.media_modes = 0x11e;
		side->listen = i == RIGHT;
	}
	world->exchange = kunit_kzalloc(test, vwan_exchange_size(), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, world->exchange);
	vwan_exchange_init(world->exchange);
	vwan_wq = alloc_workqueue("vwan_kunit", WQ_UNBOUND | WQ_MEM_RECLAIM, 0);
	KUNIT_ASSERT_NOT_NULL(test, vwan_wq);
	current_world = world;
	KUNIT_ASSERT_EQ(test, condis_register_protocol(&protocol), 0);
	return 0;
}

void world_halt(struct world *world, unsigned int which)
{
	struct side *side = &world->side[which];

	if (!side->adapter)
		return;
	condis_unregister_adapter(side->adapter);
	KUNIT_EXPECT_TRUE(world->test, list_empty(&side->own->legs));
	KUNIT_EXPECT_TRUE(world->test, list_empty(&side->own->saps));
	KUNIT_EXPECT_TRUE(world->test, list_empty(&side->own->afs));
	KUNIT_EXPECT_TRUE(world->test, list_empty(&side->own->pump.busy));
	KUNIT_EXPECT_NULL(world->test, side->own->table);
	condis_put_adapter(side->adapter);
	side->adapter = NULL;
}

void world_exit(struct kunit *test)
{
	struct world *world = test->priv;

	world_halt(world, LEFT);
	world_halt(world, RIGHT);
	condis_unregister_protocol(&protocol);
	violations_end(test, &world->violations);
	KUNIT_EXPECT_EQ(test, world_exchange_calls(world->exchange), 0);
	KUNIT_EXPECT_EQ(test, world_exchange_numbers(world->exchange), 0);
	skb_queue_purge(&world->side[LEFT].received);
	skb_queue_purge(&world->side[RIGHT].received);
	destroy_workqueue(vwan_wq);
	current_world = NULL;
}

void world_dial(struct world *world, unsigned int from, const char *number)
{
	world_dial_and_tell(world, from, number, NULL);
}

/* Dial, and complete @gone when the call and its VC are no more. */
struct condis_vc *world_dial_and_tell(struct world *world, unsigned int from, const char *number,
				      struct completion *gone)
{
	struct side *side = &world->side[from];
	struct condis_call_params params = {
		.line = CONDIS_UNSPECIFIED,
		.address = CONDIS_UNSPECIFIED,
		.media_modes = 0x100,
	};
	struct condis_vc *vc;

	strscpy(params.called, number, sizeof(params.called));
	vc = condis_co_create_vc(side->af, gone);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(world->test, vc);
	/* Whoever is told of its end may still speak of it. */
	if (gone)
		condis_vc_hold(vc);
	remember(side, vc);
	side->vc = vc;
	KUNIT_EXPECT_EQ(world->test, condis_cl_make_call(vc, &params), -EINPROGRESS);
	return vc;
}

void world_close_all(struct world *world, unsigned int which)
{
	close_all(&world->side[which]);
}

void world_close(struct world *world, unsigned int which)
{
	condis_co_cancel_sends(world->side[which].vc);
	KUNIT_EXPECT_EQ(world->test,
			condis_cl_close_call(world->side[which].vc, Q850_NORMAL_CLEARING),
			-EINPROGRESS);
}

void world_decide(struct world *world, unsigned int which, int status, u32 cause)
{
	KUNIT_EXPECT_EQ(world->test,
			condis_cl_incoming_call_complete(world->side[which].vc, status, cause), 0);
}

static bool log_is(struct world *world, const char *log)
{
	bool is;

	spin_lock_bh(&world->lock);
	is = !strcmp(world->log, log);
	spin_unlock_bh(&world->lock);
	return is;
}

void world_forget(struct world *world)
{
	spin_lock_bh(&world->lock);
	world->length = 0;
	world->log[0] = '\0';
	spin_unlock_bh(&world->lock);
}

/* The clients were told exactly this since the last time. */
void world_expect(struct world *world, const char *log)
{
	unsigned long end = jiffies + msecs_to_jiffies(PATIENCE_MS);
	static char now[sizeof(world->log)];

	while (!log_is(world, log) && time_before(jiffies, end))
		msleep(20);
	spin_lock_bh(&world->lock);
	strscpy(now, world->log, sizeof(now));
	world->length = 0;
	world->log[0] = '\0';
	spin_unlock_bh(&world->lock);
	KUNIT_EXPECT_STREQ(world->test, now, log);
}

/* No call, no VC, no channel is left, at most after what the network owes. */
void world_expect_idle(struct world *world)
{
	unsigned long end = jiffies + msecs_to_jiffies(PATIENCE_MS);
	unsigned int i;
	u32 line;

	while ((world_exchange_calls(world->exchange) || atomic_read(&world->side[LEFT].vcs) ||
		atomic_read(&world->side[RIGHT].vcs)) && time_before(jiffies, end))
		msleep(20);
	KUNIT_EXPECT_EQ(world->test, world_exchange_calls(world->exchange), 0);
	for (i = LEFT; i <= RIGHT; i++) {
		struct side *side = &world->side[i];

		KUNIT_EXPECT_EQ(world->test, atomic_read(&side->vcs), 0);
		if (!side->adapter)
			continue;
		KUNIT_EXPECT_TRUE(world->test, list_empty(&side->own->legs));
		for (line = 0; line < side->own->table->lines; line++)
			KUNIT_EXPECT_EQ(world->test, side->own->table->line[line].calls, 0);
	}
}

/* A call from left to right that is up. */
void world_connect(struct world *world)
{
	world_dial(world, LEFT, RIGHT_NUMBER);
	world_expect(world, "L:proceeding R:offer(200<100@0) R:connected L:made");
}

/* Send a packet that carries its number; false if it was refused. */
bool world_send(struct world *world, unsigned int from, u32 number, unsigned int bytes)
{
	struct sk_buff *skb = alloc_skb(bytes, GFP_KERNEL);
	struct side *side = &world->side[from];

	KUNIT_ASSERT_NOT_NULL(world->test, skb);
	put_unaligned_be32(number, skb_put_zero(skb, bytes));
	if (!condis_co_send(side->vc, skb))
		return true;
	kfree_skb(skb);
	return false;
}

bool world_wait_received(struct world *world, unsigned int which, unsigned int packets)
{
	unsigned long end = jiffies + msecs_to_jiffies(PATIENCE_MS);

	while (skb_queue_len_lockless(&world->side[which].received) < packets &&
	       time_before(jiffies, end))
		msleep(20);
	return skb_queue_len_lockless(&world->side[which].received) == packets;
}

bool world_wait_sent(struct world *world, unsigned int which, unsigned int packets)
{
	unsigned long end = jiffies + msecs_to_jiffies(PATIENCE_MS);
	struct side *side = &world->side[which];

	while (atomic_read(&side->sent) + atomic_read(&side->unsent) < packets &&
	       time_before(jiffies, end))
		msleep(20);
	return atomic_read(&side->sent) + atomic_read(&side->unsent) == packets;
}

MODULE_IMPORT_NS(EXPORTED_FOR_KUNIT_TESTING);
