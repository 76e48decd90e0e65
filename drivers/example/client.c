// SPDX-License-Identifier: GPL-2.0
/*
 * An example: the smallest complete CoNDIS client, an answering machine that
 * echoes.
 *
 * It binds to adapters, listens on their lines, answers every call, sends back
 * what it receives, and hangs up when the far end does.  It can make calls, too:
 *
 *	insmod condis_example_client.ko adapter=wan1
 *	echo wan1 0 100 > /sys/module/condis_example_client/parameters/dial
 *	echo wan1 > /sys/module/condis_example_client/parameters/hangup
 *
 * Read it from here to the end: it is in the order in which things come up, each
 * beside the way in which it comes down.  The page "Writing a client" of the
 * manual goes through it.
 *
 * What keeps what: the private areas are the core's memory.  That of a binding
 * stays until close_adapter_complete(), that of a VC until it is deleted, and a
 * work that may come later holds the VC.  A person's task is in no handler, and is
 * waited for up to a deadline only: it holds the family, and with it the binding.
 * No object needs a count of ours; what needs one is the address family: nothing
 * may be asked of it after its close, so whoever asks something has a use of it,
 * and the last use closes it.
 */
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/nsproxy.h>
#include <linux/sched.h>
#include <linux/skbuff.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/wait.h>
#include <linux/workqueue.h>
#include <linux/ndproxy.h>
#include <net/net_namespace.h>
#include <condis/client.h>

/* How long a close waits for packets to come home, at most. */
#define DRAIN_TIME	(2 * HZ)

static char *adapter = "";
module_param(adapter, charp, 0444);
MODULE_PARM_DESC(adapter, "bind to the adapters of this name only (all)");

static unsigned int line = CONDIS_UNSPECIFIED;
module_param(line, uint, 0444);
MODULE_PARM_DESC(line, "answer calls on this line only (all)");

/**
 * struct echo - our private area of a binding
 * @binding: the binding
 * @node: in the list of all
 * @af: the address family, once it is open and until it is closed
 * @sap: where we listen, once it is registered and until we deregister
 * @calls: calls, from the making of the VC to its deletion
 * @uses: who is asking something of @af
 * @opening: open_af_complete() is to come
 * @closing: @af is closed, or is going to be after the last use
 * @resetting: nothing is sent or asked
 * @notified: the call manager has asked for the close, and waits for our word
 * @leaving: it is not opened again
 */
struct echo {
	struct condis_binding *binding;
	struct list_head node;
	struct condis_af *af;
	struct condis_sap *sap;
	struct list_head calls;
	unsigned int uses;
	bool opening;
	bool closing;
	bool resetting;
	bool notified;
	bool leaving;
};

/**
 * struct echo_call - our private area of a VC
 * @vc: the VC
 * @node: in echo.calls
 * @outgoing: we have made the VC, so we delete it
 * @made: there is a call that can be closed
 * @failed: it was not made, and never will be
 * @sends: packets that are not back
 * @closing: no packet is sent any more, and it is closed when the last is back
 * @asked: condis_cl_close_call() was called
 * @close: the close that waits for packets
 */
struct echo_call {
	struct condis_vc *vc;
	struct list_head node;
	bool outgoing;
	bool made;
	bool failed;
	unsigned int sends;
	bool closing;
	bool asked;
	struct delayed_work close;
};

/*
 * One lock for everything in both structures; packets take it, so with bottom
 * halves off.  It is never held over a function of the core that can call us.
 */
static DEFINE_SPINLOCK(echo_lock);
static LIST_HEAD(echoes);

static struct workqueue_struct *echo_wq;
static atomic_t works;			/* closes that wait for packets */
static DECLARE_WAIT_QUEUE_HEAD(no_works);

static struct echo *echo_of(struct condis_af *af)
{
	return condis_af_context(af);
}

static struct echo_call *call_of(struct condis_vc *vc)
{
	return condis_vc_client(vc);
}

/*
 * 1. Calls end.
 *
 * A client closes each call once, and not before all the packets that it has sent
 * on it are back.  Handlers must not wait, so the close is a work's if packets
 * are out; one that a miniport keeps for ever does not keep us.
 *
 * A make-call may fail in the same moment: then there is no call, the close is
 * refused, and nobody but us can delete the VC.  Who comes second does.
 */
static void call_delete(struct echo_call *call)
{
	spin_lock_bh(&echo_lock);
	list_del_init(&call->node);
	spin_unlock_bh(&echo_lock);
	condis_co_delete_vc(call->vc);
}

static void call_close(struct echo_call *call)
{
	bool failed, late;

	spin_lock_bh(&echo_lock);
	if (call->asked) {
		spin_unlock_bh(&echo_lock);
		return;
	}
	call->asked = true;
	late = call->sends;
	spin_unlock_bh(&echo_lock);

	/* The time is up: what is out is the miniport's now, to be returned when it likes. */
	if (late)
		condis_co_cancel_sends(call->vc);
	if (condis_cl_close_call(call->vc, Q850_NORMAL_CLEARING) == -EINPROGRESS)
		return;
	spin_lock_bh(&echo_lock);
	call->asked = false;
	failed = call->failed;
	spin_unlock_bh(&echo_lock);
	if (failed)
		call_delete(call);
}

static void close_work(struct work_struct *work)
{
	struct echo_call *call = container_of(to_delayed_work(work), struct echo_call, close);

	call_close(call);
	condis_vc_put(call->vc);
	if (atomic_dec_and_test(&works))
		wake_up_all(&no_works);
}

/*
 * Have the close made by the work, which takes the lock first.  It holds the VC,
 * once however often it is asked for.
 */
static void call_close_later(struct echo_call *call, unsigned long delay)
{
	lockdep_assert_held(&echo_lock);
	if (mod_delayed_work(echo_wq, &call->close, delay))
		return;
	condis_vc_hold(call->vc);
	atomic_inc(&works);
}

static void call_hang_up(struct echo_call *call)
{
	bool now;

	spin_lock_bh(&echo_lock);
	now = !call->closing && !call->failed;
	if (now) {
		call->closing = true;
		if (call->sends) {
			call_close_later(call, DRAIN_TIME);
			now = false;
		}
	}
	spin_unlock_bh(&echo_lock);
	if (now)
		call_close(call);
}

static void calls_hang_up(struct echo *echo)
{
	struct echo_call *call;
	struct condis_vc *vc;
	LIST_HEAD(todo);

	spin_lock_bh(&echo_lock);
	list_splice_init(&echo->calls, &todo);
	while ((call = list_first_entry_or_null(&todo, struct echo_call, node))) {
		list_move(&call->node, &echo->calls);
		if (!call->made)
			continue;
		/* It may end while the lock is not held. */
		vc = call->vc;
		condis_vc_hold(vc);
		spin_unlock_bh(&echo_lock);
		call_hang_up(call);
		condis_vc_put(vc);
		spin_lock_bh(&echo_lock);
	}
	spin_unlock_bh(&echo_lock);
}

/*
 * 2. The address family: used, and closed after the last use.
 */
static bool echo_use_locked(struct echo *echo)
{
	bool usable = echo->af && !echo->closing;

	lockdep_assert_held(&echo_lock);
	if (usable)
		echo->uses++;
	return usable;
}

static void echo_unuse(struct echo *echo)
{
	struct condis_af *af = NULL;

	spin_lock_bh(&echo_lock);
	if (!--echo->uses && echo->closing)
		af = echo->af;
	/* Closed for us at a deadline it may be gone as soon as the lock is. */
	if (af)
		condis_af_hold(af);
	spin_unlock_bh(&echo_lock);
	if (!af)
		return;
	condis_cl_close_address_family(af);
	condis_af_put(af);
}

/*
 * Everything of an address family comes down in order: first what brings new
 * calls, then the calls, then the family.  Nothing is waited for: the core knows
 * what is still open, and the family is closed when all of it is.
 */
static void echo_close(struct echo *echo)
{
	struct condis_sap *sap;
	bool used;

	spin_lock_bh(&echo_lock);
	used = echo_use_locked(echo);
	/* One that is being opened is closed by open_af_complete(). */
	if (echo->af || echo->opening)
		echo->closing = true;
	sap = used ? echo->sap : NULL;
	if (sap)
		condis_sap_hold(sap);
	echo->sap = NULL;
	spin_unlock_bh(&echo_lock);
	if (!used)
		return;

	if (sap) {
		condis_cl_deregister_sap(sap);
		condis_sap_put(sap);
	}
	calls_hang_up(echo);
	echo_unuse(echo);
}

static void echo_open_af_complete(struct condis_af *af, int status)
{
	const struct condis_sap_params params = {
		.line = line,
		.address = CONDIS_UNSPECIFIED,
		.media_modes = LINEMEDIAMODE_DIGITALDATA,
	};
	struct echo *echo = echo_of(af);
	bool closing, notified = false;

	spin_lock_bh(&echo_lock);
	echo->opening = false;
	closing = echo->closing;
	if (!status) {
		echo->af = af;
		/* Ours, until register_sap_complete(). */
		echo->uses++;
	} else {
		/* There is no family, and so no close that could answer this. */
		echo->closing = false;
		notified = echo->notified;
		echo->notified = false;
	}
	spin_unlock_bh(&echo_lock);

	if (notified)
		condis_cl_notify_close_address_family_complete(af, 0);
	if (status)
		return;
	if (closing || IS_ERR(condis_cl_register_sap(af, &params, NULL)))
		echo_unuse(echo);
}

/* Who cannot listen can still make calls. */
static void echo_register_sap_complete(struct condis_sap *sap, int status)
{
	struct echo *echo = echo_of(condis_sap_af(sap));
	bool closing;

	if (status)
		pr_notice("condis_example_client: %s: cannot listen: error %d\n",
			  condis_adapter_name(condis_binding_adapter(echo->binding)), status);
	spin_lock_bh(&echo_lock);
	closing = echo->closing;
	if (!closing && !status)
		echo->sap = sap;
	spin_unlock_bh(&echo_lock);
	if (closing && !status)
		condis_cl_deregister_sap(sap);
	echo_unuse(echo);
}

static void echo_deregister_sap_complete(struct condis_sap *sap)
{
}

/*
 * The call manager wants its family closed: as at an unbind, but the binding
 * stays, and the family may be announced anew.  Our word comes when it is closed.
 */
static int echo_notify_close_af(struct condis_af *af)
{
	struct echo *echo = echo_of(af);

	spin_lock_bh(&echo_lock);
	echo->notified = true;
	spin_unlock_bh(&echo_lock);
	echo_close(echo);
	return -EINPROGRESS;
}

/* There is nothing, unless we were too slow and the core has closed for us, without a word. */
static void echo_forget_locked(struct echo *echo)
{
	struct echo_call *call, *next;

	lockdep_assert_held(&echo_lock);
	list_for_each_entry_safe(call, next, &echo->calls, node)
		list_del_init(&call->node);
	echo->af = NULL;
	echo->sap = NULL;
}

static void echo_close_af_complete(struct condis_af *af)
{
	struct echo *echo = echo_of(af);
	bool notified;

	spin_lock_bh(&echo_lock);
	echo_forget_locked(echo);
	echo->closing = false;
	notified = echo->notified;
	echo->notified = false;
	spin_unlock_bh(&echo_lock);
	/* The one word that may be said after the close. */
	if (notified)
		condis_cl_notify_close_address_family_complete(af, 0);
}

/*
 * 3. Calls that come in: a VC, an offer, a connection.
 *
 * The VC is the call manager's.  A client that does not want it may say so at
 * once, or refuse the offer; once it has accepted, it closes.
 */
static void call_init(struct echo_call *call, struct condis_vc *vc, bool outgoing)
{
	call->vc = vc;
	call->outgoing = outgoing;
	INIT_LIST_HEAD(&call->node);
	INIT_DELAYED_WORK(&call->close, close_work);
}

static int echo_create_vc(struct condis_vc *vc)
{
	struct echo *echo = echo_of(condis_vc_af(vc));
	struct echo_call *call = call_of(vc);
	int err = -ESHUTDOWN;

	call_init(call, vc, false);
	spin_lock_bh(&echo_lock);
	if (!echo->closing) {
		list_add_tail(&call->node, &echo->calls);
		err = 0;
	}
	spin_unlock_bh(&echo_lock);
	return err;
}

/* The last word on it, and the only one after close_call_complete(). */
static void echo_delete_vc(struct condis_vc *vc)
{
	spin_lock_bh(&echo_lock);
	list_del_init(&call_of(vc)->node);
	spin_unlock_bh(&echo_lock);
}

/* Who has to ask somebody returns -EINPROGRESS: condis_cl_incoming_call_complete(). */
static int echo_incoming_call(struct condis_vc *vc, struct condis_sap *sap,
			      const struct condis_call_params *params)
{
	struct echo *echo = echo_of(condis_vc_af(vc));
	int err = 0;

	spin_lock_bh(&echo_lock);
	/* Who closes all calls does not see this one yet. */
	if (echo->closing)
		err = -ECONNREFUSED;
	else
		call_of(vc)->made = true;
	spin_unlock_bh(&echo_lock);
	return err;
}

/* From here on packets can be sent; they may have come in before. */
static void echo_call_connected(struct condis_vc *vc)
{
}

/*
 * 4. Calls that we make: a VC, and a call on it.
 */
static int echo_dial(struct condis_af *af, u32 from, const char *number)
{
	struct condis_call_params params = {
		.line = from,
		.address = CONDIS_UNSPECIFIED,
		.media_modes = LINEMEDIAMODE_DIGITALDATA,
	};
	struct echo *echo = echo_of(af);
	struct echo_call *call;
	struct condis_vc *vc;
	bool late;
	int err;

	vc = condis_co_create_vc(af, NULL);
	if (IS_ERR(vc))
		return PTR_ERR(vc);
	spin_lock_bh(&echo_lock);
	if (list_empty(&echo->node)) {
		/* The core has taken us off the adapter, and has deleted it. */
		spin_unlock_bh(&echo_lock);
		return -ENODEV;
	}
	/* It may be made, closed and deleted before this has returned. */
	condis_vc_hold(vc);
	call = call_of(vc);
	call_init(call, vc, true);
	list_add_tail(&call->node, &echo->calls);
	spin_unlock_bh(&echo_lock);

	strscpy(params.called, number, sizeof(params.called));
	err = condis_cl_make_call(vc, &params);
	if (err == -EINPROGRESS) {
		err = 0;
		spin_lock_bh(&echo_lock);
		call->made = true;
		late = echo->closing;
		spin_unlock_bh(&echo_lock);
		/* Who closes all calls may have been here before it could be closed. */
		if (late)
			call_hang_up(call);
	} else {
		call_delete(call);
	}
	condis_vc_put(vc);
	return err;
}

/* With an error there is no call: delete the VC, do not close. */
static void echo_make_call_complete(struct condis_vc *vc, int status, u32 cause)
{
	struct echo_call *call = call_of(vc);
	bool delete;

	if (!status)
		return;
	spin_lock_bh(&echo_lock);
	call->failed = true;
	/* Who is closing it deletes it, or close_call_complete() does, which follows. */
	delete = !call->asked;
	spin_unlock_bh(&echo_lock);
	if (delete)
		call_delete(call);
}

/*
 * 5. The end of a call: the far end hangs up, and we acknowledge it by a close;
 * or we hang up.  Both end in close_call_complete(), after which a VC of ours is
 * deleted by us, and one of the call manager's is not touched any more.
 */
static void echo_incoming_close_call(struct condis_vc *vc, u32 cause)
{
	call_hang_up(call_of(vc));
}

static void echo_close_call_complete(struct condis_vc *vc)
{
	if (call_of(vc)->outgoing)
		call_delete(call_of(vc));
}

/*
 * 6. Packets.
 *
 * What is received is ours.  What was sent is ours again in send_complete(), and
 * then only.  Where there is no room the packet is lost, as on any line: who does
 * not want that waits for send_complete() before the next, condis_co_send_room().
 */
static void packet_is_back(struct echo_call *call)
{
	spin_lock_bh(&echo_lock);
	if (!--call->sends && call->closing && !call->asked)
		call_close_later(call, 0);
	spin_unlock_bh(&echo_lock);
}

static void echo_receive(struct condis_vc *vc, struct sk_buff *skb)
{
	struct echo *echo = echo_of(condis_vc_af(vc));
	struct echo_call *call = call_of(vc);
	bool send;

	spin_lock_bh(&echo_lock);
	send = !call->closing && !echo->resetting;
	if (send)
		call->sends++;
	spin_unlock_bh(&echo_lock);
	if (send && !condis_co_send(vc, skb))
		return;
	dev_kfree_skb_any(skb);
	if (send)
		packet_is_back(call);
}

static void echo_send_complete(struct condis_vc *vc, struct sk_buff *skb, int status)
{
	dev_kfree_skb_any(skb);
	packet_is_back(call_of(vc));
}

static const struct condis_client_ops echo_ops = {
	.vc_priv = sizeof(struct echo_call),
	.open_af_complete = echo_open_af_complete,
	.close_af_complete = echo_close_af_complete,
	.notify_close_af = echo_notify_close_af,
	.register_sap_complete = echo_register_sap_complete,
	.deregister_sap_complete = echo_deregister_sap_complete,
	.create_vc = echo_create_vc,
	.delete_vc = echo_delete_vc,
	.make_call_complete = echo_make_call_complete,
	.incoming_call = echo_incoming_call,
	.call_connected = echo_call_connected,
	.incoming_close_call = echo_incoming_close_call,
	.close_call_complete = echo_close_call_complete,
	.receive = echo_receive,
	.send_complete = echo_send_complete,
};

/*
 * 7. The protocol: bound to each adapter that it likes, and told what is served
 * there; also later, and again when the lines were changed.
 */
static int echo_bind_adapter(struct condis_binding *binding)
{
	struct echo *echo = condis_binding_priv(binding);

	if (*adapter && strcmp(adapter, condis_adapter_name(condis_binding_adapter(binding))))
		return -ENODEV;
	echo->binding = binding;
	INIT_LIST_HEAD(&echo->calls);
	spin_lock_bh(&echo_lock);
	list_add_tail(&echo->node, &echoes);
	spin_unlock_bh(&echo_lock);
	return 0;
}

static void echo_af_register_notify(struct condis_binding *binding, enum condis_af_type type)
{
	struct echo *echo = condis_binding_priv(binding);
	struct condis_af *af;
	bool open;

	if (type != CONDIS_AF_TAPI_PROXY)
		return;
	spin_lock_bh(&echo_lock);
	open = !echo->af && !echo->opening && !echo->leaving;
	if (open)
		echo->opening = true;
	spin_unlock_bh(&echo_lock);
	if (!open)
		return;

	/* With an error there is no completion. */
	af = condis_cl_open_address_family(binding, type, &echo_ops, echo);
	if (!IS_ERR(af))
		return;
	spin_lock_bh(&echo_lock);
	echo->opening = false;
	echo->closing = false;
	spin_unlock_bh(&echo_lock);
}

/* The adapter is reset: calls stay, and who sends meanwhile is refused, so we do not. */
static void echo_status(struct condis_binding *binding, const struct condis_status *status)
{
	struct echo *echo = condis_binding_priv(binding);

	if (status->code != CONDIS_STATUS_RESET_START && status->code != CONDIS_STATUS_RESET_END)
		return;
	spin_lock_bh(&echo_lock);
	echo->resetting = status->code == CONDIS_STATUS_RESET_START;
	spin_unlock_bh(&echo_lock);
}

/*
 * An unbind cannot fail and waits for nobody: everything is asked for at once, the
 * close of the adapter included.  The core does it in order.
 */
static void echo_unbind_adapter(struct condis_binding *binding)
{
	struct echo *echo = condis_binding_priv(binding);

	spin_lock_bh(&echo_lock);
	echo->leaving = true;
	spin_unlock_bh(&echo_lock);
	echo_close(echo);
	condis_close_adapter(binding);
}

static void echo_close_adapter_complete(struct condis_binding *binding)
{
	struct echo *echo = condis_binding_priv(binding);

	spin_lock_bh(&echo_lock);
	echo_forget_locked(echo);
	list_del_init(&echo->node);
	spin_unlock_bh(&echo_lock);
}

static struct condis_protocol echo_protocol = {
	.name = "example_client",
	.owner = THIS_MODULE,
	.binding_priv = sizeof(struct echo),
	.bind_adapter = echo_bind_adapter,
	.unbind_adapter = echo_unbind_adapter,
	.close_adapter_complete = echo_close_adapter_complete,
	.af_register_notify = echo_af_register_notify,
	.status = echo_status,
};

/*
 * 8. What a person can ask for.  An adapter's name is unique in its namespace.
 */
static struct condis_af *echo_find_and_use(const char *name)
{
	u64 cookie = current->nsproxy->net_ns->net_cookie;
	struct condis_adapter *where;
	struct condis_af *af = NULL;
	struct echo *echo;

	spin_lock_bh(&echo_lock);
	list_for_each_entry(echo, &echoes, node) {
		where = condis_binding_adapter(echo->binding);
		if (condis_adapter_net_cookie(where) == cookie &&
		    !strcmp(condis_adapter_name(where), name) && echo_use_locked(echo)) {
			af = echo->af;
			condis_af_hold(af);
			break;
		}
	}
	spin_unlock_bh(&echo_lock);
	return af;
}

static void echo_done(struct condis_af *af)
{
	echo_unuse(echo_of(af));
	condis_af_put(af);
}

static int set_dial(const char *value, const struct kernel_param *param)
{
	char name[CONDIS_NAME_SIZE], number[CONDIS_NUMBER_SIZE];
	struct condis_af *af;
	unsigned int from;
	int err;

	if (sscanf(value, "%31s %u %32s", name, &from, number) != 3)
		return -EINVAL;
	af = echo_find_and_use(name);
	if (!af)
		return -ENODEV;
	err = echo_dial(af, from, number);
	echo_done(af);
	return err;
}

static int set_hangup(const char *value, const struct kernel_param *param)
{
	char name[CONDIS_NAME_SIZE];
	struct condis_af *af;

	if (sscanf(value, "%31s", name) != 1)
		return -EINVAL;
	af = echo_find_and_use(name);
	if (!af)
		return -ENODEV;
	calls_hang_up(echo_of(af));
	echo_done(af);
	return 0;
}

static const struct kernel_param_ops dial_ops = { .set = set_dial };
static const struct kernel_param_ops hangup_ops = { .set = set_hangup };

module_param_cb(dial, &dial_ops, NULL, 0200);
MODULE_PARM_DESC(dial, "make a call: ADAPTER LINE NUMBER");
module_param_cb(hangup, &hangup_ops, NULL, 0200);
MODULE_PARM_DESC(hangup, "hang up all calls of an adapter: ADAPTER");

static int __init echo_init(void)
{
	int err;

	echo_wq = alloc_workqueue("condis_example_client", WQ_UNBOUND | WQ_MEM_RECLAIM, 0);
	if (!echo_wq)
		return -ENOMEM;
	err = condis_register_protocol(&echo_protocol);
	if (err)
		destroy_workqueue(echo_wq);
	return err;
}

static void __exit echo_exit(void)
{
	/* Unbinds from every adapter, and waits: no handler runs afterwards. */
	condis_unregister_protocol(&echo_protocol);
	/* The core does not know of our own works; each has an end. */
	wait_event(no_works, !atomic_read(&works));
	destroy_workqueue(echo_wq);
}

module_init(echo_init);
module_exit(echo_exit);

MODULE_DESCRIPTION("Example of a CoNDIS client: an answering machine that echoes");
MODULE_LICENSE("GPL");
