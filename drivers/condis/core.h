/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The core's objects, and who holds whom.
 *
 * Ownership (an arrow is a reference):
 *
 *   VC, SAP -> AF -> binding -> adapter         AF -> family -> adapter or binding
 *   VC -> the VC that carries its data
 *
 * Each object is counted by the adapter it is on (struct condis_adapter.counts)
 * from its making to the free of its memory.
 *
 * Locks, outermost first; an arrow is "taken while holding":
 *
 *   condis_registry (mutex)    protocols and adapters: who binds to whom
 *   adapter.control (mutex)    pause, restart, reset, reconfigure, bind, unbind, halt
 *   upcalls.lock (spinlock)    state of one VC, SAP, AF or binding, and its upcalls
 *   adapter.lock (spinlock)    lists of an adapter: bindings, families, AFs, orphans
 *   af.lock (spinlock)         an AF's lists of VCs, SAPs, requests
 *
 * The spinlocks are taken with bottom halves off: timers and packet completions
 * post to objects.  Two objects' upcalls.lock are never held together.  No lock
 * but the first two is held over a handler of a client, call manager or
 * miniport, and those two only over the handlers that are documented to run
 * under them.
 *
 * Lives (the "life" of an object is one reference, given back when both sides
 * have heard their last word):
 *
 *   VC       from create to the delivery of the other side's delete_vc()
 *   SAP      from register to the delivery of its last completion
 *   AF       from open to the delivery of close_af_complete() and of the last
 *            notify completion
 *   binding  from bind to the delivery of close_adapter_complete()
 *   adapter  from alloc to condis_put_adapter() by its maker
 *
 * An object that ended without the last word of a driver, who was cut off, keeps
 * a second reference in adapter.orphans, until that driver cannot speak of it any
 * more.
 */
#ifndef _CONDIS_CORE_H
#define _CONDIS_CORE_H

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/refcount.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/workqueue.h>
#include <linux/xarray.h>
#include <condis/account.h>
#include <condis/client.h>
#include <condis/cm.h>
#include <condis/compat.h>
#include <condis/data.h>
#include <condis/delay.h>
#include <condis/kind.h>
#include <condis/miniport.h>
#include <condis/types.h>
#include <uapi/linux/condis.h>

#include "quarantine.h"
#include "upcall.h"
#include "state.h"
#include "net.h"
#include "netlink.h"

/**
 * enum condis_count - what an adapter counts
 * @CONDIS_COUNT_BINDING: bindings
 * @CONDIS_COUNT_AF: opened address families
 * @CONDIS_COUNT_SAP: SAPs
 * @CONDIS_COUNT_VC: VCs
 * @CONDIS_COUNT_REQUEST: CO requests without an answer
 * @CONDIS_COUNT_STANDING: AFs and SAPs of a stand-alone call manager: what drivers keep between
 *	each other while nobody uses the adapter; they are in the counts above, too
 * @CONDIS_NR_COUNTS: how many kinds there are
 */
enum condis_count {
	CONDIS_COUNT_BINDING,
	CONDIS_COUNT_AF,
	CONDIS_COUNT_SAP,
	CONDIS_COUNT_VC,
	CONDIS_COUNT_REQUEST,
	CONDIS_COUNT_STANDING,
	CONDIS_NR_COUNTS
};

/**
 * enum condis_late - late or wrong words that were dropped, by kind (rule 4)
 * @CONDIS_LATE_COMPLETION: a completion for which nothing was pending
 * @CONDIS_LATE_DISPATCH: an offer, connect or hang-up for a call that was over
 * @CONDIS_LATE_SEND: a packet completed that was not in flight
 * @CONDIS_LATE_RECEIVE: a packet indicated on a VC without a call
 * @CONDIS_LATE_FORCED: an operation ended on behalf of one that did not answer
 * @CONDIS_NR_LATES: how many kinds there are
 */
enum condis_late {
	CONDIS_LATE_COMPLETION,
	CONDIS_LATE_DISPATCH,
	CONDIS_LATE_SEND,
	CONDIS_LATE_RECEIVE,
	CONDIS_LATE_FORCED,
	CONDIS_NR_LATES
};

/**
 * struct condis_flight - packets in flight on some of an adapter's VCs
 * @tx: given to the miniport and not come back
 * @rx: handlers of the clients' for packets that run
 */
struct condis_flight {
	atomic_t tx;
	atomic_t rx;
} ____cacheline_aligned_in_smp;

/* Each VC is counted in one of so many, by its number: packets of two share no cache line. */
#define CONDIS_FLIGHTS		8

/* Who may still speak of an orphan. */
#define CONDIS_ORPHAN_CLIENT	BIT(0)	/* until its binding is gone */
#define CONDIS_ORPHAN_CM	BIT(1)	/* until its binding is gone, or the adapter was halted */

/**
 * struct condis_adapter - one adapter (NDIS's role: the miniport's adapter)
 * @ref: the registrant, the registry, each binding, netlink handlers
 * @id: number in its namespace's table, never used twice in a row
 * @name: unique in its namespace while it is registered
 * @net: its namespace; only compared, never followed, after @unnamed
 * @net_cookie: the namespace's identity for as long as anything remembers it
 * @ops: the miniport's handlers; called only between condis_adapter_enter() and _leave(), or by
 *	@control's owner before the window was closed, or under RCU (send)
 * @home: its namespace's table (a reference); NULL before it was added
 * @unnamed: it is in @home only to be counted; under home.lock
 * @forgotten: it was in @home, and is not any more; under home.lock
 * @kind: what netlink made it of, or NULL; under home.lock once it is registered
 * @exchange: what it is connected to (a reference), or NULL; likewise
 * @control: serialises pause, restart, reset, reconfigure, bind, unbind, halt
 * @state: enum condis_adapter_state; written under @control and @lock
 * @data_stopped: no sends: paused, resetting, or gone
 * @removed: surprise removal
 * @registered: in the registry, so a halt has something to halt; under condis_registry
 * @frozen: no new AF, SAP, VC or call: halting or reconfiguring
 * @resetting: between RESET_START and RESET_END
 * @op_done: a pending pause or reset was completed
 * @op_status: with what
 * @op_pending: enum condis_adapter_op of the one that is: exactly one completion is taken
 * @lock: protects the lists
 * @node: in the list of all adapters
 * @bindings: protocols bound to it
 * @families: address families registered on it, by its own MCM and by stand-alone CMs
 * @nr_families: number of the last of them
 * @announcement: number of the last announcement of them; under @control
 * @afs: open address families
 * @orphans: objects whose end was forced, until nobody can speak of them
 * @idle: woken when a binding or an AF is gone
 * @counts: objects by kind
 * @lates: late words by kind
 * @violations: breaches of the contract, by enum condis_violation
 * @told: kinds of breaches that were reported of the adapter itself
 * @driver: a function of the miniport's: its name, also when it is gone
 * @owed: packets that were written off and have not come back
 * @flights: packets in flight, so that counting them is no walk over the VCs
 * @reset_told: every client knows that it is being reset
 * @op_excused: enum condis_adapter_op of the last that was ended on the miniport's behalf
 * @work: halt or reconfigure that was asked for where nobody may wait
 * @work_flags: CONDIS_ADAPTER_WORK_*
 * @halted: the halt is over
 * @made: jiffies of its making
 * @grave: for its memory's end
 * @priv: the miniport's area
 */
struct condis_adapter {
	struct kref ref;
	u32 id;
	char name[CONDIS_NAME_SIZE];
	struct net *net;
	u64 net_cookie;
	const struct condis_miniport_ops *ops;
	struct condis_net *home;
	bool unnamed;
	bool forgotten;
	struct condis_kind *kind;
	struct condis_exchange *exchange;

	struct mutex control;		/* see above */
	enum condis_adapter_state state;
	bool data_stopped;
	bool removed;
	bool registered;
	bool frozen;
	bool resetting;

	struct completion op_done;
	int op_status;
	atomic_t op_pending;

	spinlock_t lock;		/* see above */
	struct list_head node;
	struct list_head bindings;
	struct list_head families;
	u64 nr_families;
	u64 announcement;
	struct list_head afs;
	struct list_head orphans;

	wait_queue_head_t idle;
	atomic_t counts[CONDIS_NR_COUNTS];
	atomic_t lates[CONDIS_NR_LATES];
	atomic_t violations[CONDIS_NR_VIOLATIONS];
	atomic_t told;
	unsigned long driver;
	atomic_t owed;
	struct condis_flight flights[CONDIS_FLIGHTS];
	bool reset_told;
	int op_excused;

	struct work_struct work;
	unsigned long work_flags;
	struct completion halted;
	unsigned long made;
	struct condis_grave grave;

	u8 priv[] __aligned(8);
};

/**
 * struct condis_exchange - what adapters connect to; the core's memory, the kind's functions
 * @ref: the table of its namespace, each connected adapter, netlink handlers
 * @id: number in its namespace's table, never used twice in a row
 * @home: the table of the namespace that made it (a reference)
 * @kind: its kind, NULL once it is down; under home.lock
 * @down: it is in no table any more, nobody joins; under home.lock
 * @adapters: how many are connected; under home.lock
 * @name: unique in its namespace
 * @priv: the kind's area
 */
struct condis_exchange {
	struct kref ref;
	u32 id;
	struct condis_net *home;
	struct condis_kind *kind;
	bool down;
	unsigned int adapters;
	char name[CONDIS_NAME_SIZE];
	u8 priv[] __aligned(8);
};

/* struct condis_adapter.op_pending: a late word of the one never completes the other. */
enum condis_adapter_op {
	CONDIS_ADAPTER_OP_NONE,
	CONDIS_ADAPTER_OP_PAUSE,
	CONDIS_ADAPTER_OP_RESET,
};

/* struct condis_adapter.work_flags */
enum {
	CONDIS_ADAPTER_WORK_HALT,
	CONDIS_ADAPTER_WORK_RECONFIGURE,
	CONDIS_ADAPTER_WORK_ANNOUNCE,
};

/**
 * struct condis_family - an address family that a call manager serves on an adapter
 * @ref: the adapter's list, each AF that is open on it
 * @node: in the adapter's list
 * @type: which one, not 0
 * @number: in the order of their registration on the adapter, from 1
 * @ops: the call manager's handlers; called only between condis_family_enter() and _leave()
 * @adapter: where; lives longer, an AF or the list holds both
 * @binding: the stand-alone call manager's binding, NULL for the adapter's own (MCM)
 * @manager: the stand-alone call manager's name, also when that is gone; empty for an MCM
 * @announce: clients have yet to be told
 * @announced: it is in the announcement that is under way (under adapter.control)
 * @fresh: likewise, and clients are told the first time
 * @closing: no new opens: the call manager's binding closes
 * @gone: the window is closed: what would be asked of the call manager is answered by the core
 * @active: the window: one for being open, one for each handler that runs
 * @drained: it is closed and empty
 * @grave: for its memory's end
 */
struct condis_family {
	struct kref ref;
	struct list_head node;
	enum condis_af_type type;
	u64 number;
	const struct condis_cm_ops *ops;
	struct condis_adapter *adapter;
	struct condis_binding *binding;
	char manager[CONDIS_NAME_SIZE];
	bool announce;
	bool announced;
	bool fresh;
	bool closing;
	bool gone;
	refcount_t active;
	struct completion drained;
	struct condis_grave grave;
};

/**
 * struct condis_binding - a protocol on an adapter
 * @upcalls: its handlers in order; the lock protects @state and the gate of @users
 *	Its references: its life, each AF, who walks the list
 * @node: in the adapter's list
 * @adapter: a reference
 * @protocol: who is bound; its module cannot go before the binding is gone
 * @state: enum condis_binding_state
 * @asked: unbind_adapter() was called; under adapter.control
 * @announcement: the last one of the adapter's that it was told; under adapter.control
 * @users: AFs it opened, AFs opened on a family it serves, handlers of its protocol that run; its
 *	close waits for them
 * @gone: completed with its end
 * @name: the protocol's, also when that is gone
 * @priv: the protocol's area
 */
struct condis_binding {
	struct condis_upcalls upcalls;
	struct list_head node;
	struct condis_adapter *adapter;
	struct condis_protocol *protocol;
	enum condis_binding_state state;
	bool asked;
	u64 announcement;
	atomic_t users;
	struct completion gone;
	char name[CONDIS_NAME_SIZE];
	u8 priv[] __aligned(8);
};

/* Whose part in an end was forced. */
#define CONDIS_FORCED_CLIENT	BIT(0)
#define CONDIS_FORCED_CM	BIT(1)

/**
 * struct condis_af - an opened address family: one client, one call manager
 * @upcalls: its handlers in order; the lock protects everything down to @children's gate
 *	Its references: its life, each VC, each SAP, its upcalls while they run
 * @id: number, for people
 * @state: enum condis_af_state
 * @notified: a notify-close was asked for, and its completion not yet delivered (R12)
 * @notify_answered: the client has completed it
 * @client_done: the client has heard its last word
 * @client_gone: the client was cut off: nothing is said to it any more
 * @closed_by_client: the client has closed it itself
 * @ended: its life was given back
 * @status: of the open, for its completion
 * @notify_status: of the notification, for its completion
 * @forced: CONDIS_FORCED_*: whose part in its end was forced
 * @family: what it is an opening of (a reference)
 * @binding: the client's binding (a reference)
 * @ops: the client's handlers
 * @children: VCs, SAPs and requests; the call manager hears of the close when it is zero
 * @lock: protects the lists
 * @node: in the adapter's list
 * @vcs: VCs
 * @saps: SAPs
 * @requests: CO requests without an answer
 * @deadline: forces what an open or a close waits for (C6, C8, R10)
 * @made: jiffies of its making
 * @context: the client's, as given
 * @client: the client's area
 * @cm: the call manager's area
 * @vc_cache: where its VCs come from, or NULL
 * @priv: both areas
 */
struct condis_af {
	struct condis_upcalls upcalls;
	u32 id;
	enum condis_af_state state;
	bool notified;
	bool notify_answered;
	bool client_done;
	bool client_gone;
	bool closed_by_client;
	bool ended;
	int status;
	int notify_status;
	u8 forced;
	struct condis_family *family;
	struct condis_binding *binding;
	const struct condis_client_ops *ops;
	atomic_t children;
	spinlock_t lock;		/* see above */
	struct list_head node;
	struct list_head vcs;
	struct list_head saps;
	struct list_head requests;
	struct timer_list deadline;
	unsigned long made;
	void *context;
	void *client;
	void *cm;
	struct kmem_cache *vc_cache;
	u8 priv[] __aligned(8);
};

/**
 * struct condis_sap - a place where a client listens
 * @upcalls: its handlers in order; the lock protects everything down to @dispatching
 *	Its references: its life, dispatches that run, its upcalls while they run, condis_sap_hold()
 * @id: number, for people
 * @state: enum condis_sap_state
 * @status: of the registration, for its completion
 * @forced: as in struct condis_af; under af.lock
 * @dispatching: offers that are being delivered; the deregistration completes after them (R17)
 * @af: a reference
 * @node: in the AF's list
 * @params: where it listens
 * @watchdog: answers for a call manager that does not
 * @made: jiffies of its making
 * @context: the client's, as given
 * @client: the client's area
 * @cm: the call manager's area
 * @priv: both areas
 */
struct condis_sap {
	struct condis_upcalls upcalls;
	u32 id;
	enum condis_sap_state state;
	int status;
	u8 forced;
	unsigned int dispatching;
	struct condis_af *af;
	struct list_head node;
	struct condis_sap_params params;
	struct timer_list watchdog;
	unsigned long made;
	void *context;
	void *client;
	void *cm;
	u8 priv[] __aligned(8);
};

/* Who made a VC, and so who deletes it (condis.md 7.1, 10). */
enum condis_side {
	CONDIS_SIDE_CLIENT,
	CONDIS_SIDE_CM,
};

/* In condis_flow.tx and .rx: nothing new may start. */
#define CONDIS_FLOW_CLOSED	BIT(30)

/**
 * struct condis_flow - what is in flight on a VC (I4, I5)
 * @tx: packets given to the miniport and not come back, with CONDIS_FLOW_CLOSED
 * @entering: of those, the ones for which send() has not returned; under the verifier
 * @rx: handlers of the client's for packets that run, with CONDIS_FLOW_CLOSED
 * @window: packets that may be in flight at a time
 * @tx_packets: packets sent
 * @rx_packets: packets received
 */
struct condis_flow {
	atomic_t tx;
	atomic_t entering;
	atomic_t rx;
	u32 window;
	atomic_t tx_packets;
	atomic_t rx_packets;
};

/**
 * struct condis_vc - a virtual circuit and the one call of its life
 * @upcalls: its handlers in order; the lock protects everything down to @decision_cause
 *	Its references: its life, its upcalls while they run, condis_vc_hold(), adapter.orphans
 * @id: number, never used twice
 * @creator: enum condis_side: who deletes it
 * @call: enum condis_call_state
 * @active: enum condis_vc_state
 * @forced: as in struct condis_af; under af.lock
 * @cm_call: the call manager has a call for it, so a close must reach it
 * @delete_wanted: the call manager deleted it while it was deactivated (C5)
 * @deactivation_owed: the call manager waits for deactivate_vc_complete()
 * @sends_given_up: condis_co_cancel_sends(): what is in flight is not the client's any more
 * @client_told: the client, who has made the VC, was told that its call is over: now it deletes
 * @client_late: it is cut off as soon as it was told
 * @client_gone: the client was cut off
 * @cm_gone: the call manager was cut off
 * @watched: somebody owes an answer, by @answer_by
 * @timed: the call manager's timer() is to run, at @timer_at
 * @make_status: of the make-call, for its completion
 * @make_cause: likewise
 * @close_cause: of the client's close
 * @remote_cause: of the far end's
 * @decision: of the offer: 0 or an error
 * @decision_cause: likewise
 * @af: a reference
 * @sap: what the call was offered on (a reference), or NULL
 * @node: in the AF's list
 * @flow: what is in flight
 * @data_client: who has its packets, or NULL; under @upcalls.lock and RCU
 * @data_vc: the VC that carries its data (a reference), or NULL
 * @params: of the call
 * @cm_offset: of the call manager's area in @priv; the client's is at its beginning
 * @tapi_call_id: by which its data client is known, or 0
 * @timer: runs at the first of @answer_by and @timer_at, or earlier
 * @answer_by: then the watchdog answers for whoever owes an answer; under @upcalls.lock
 * @timer_at: as the call manager has armed it; under @upcalls.lock
 * @network_call: the network's number of the call, for traces
 * @made: jiffies of its making
 * @context: the client's, as given
 * @priv: both areas
 */
struct condis_vc {
	struct condis_upcalls upcalls;
	u64 id;
	u8 creator;
	u8 call;
	u8 active;
	u8 forced;
	bool cm_call;
	bool delete_wanted;
	bool deactivation_owed;
	bool sends_given_up;
	bool client_told;
	bool client_late;
	bool client_gone;
	bool cm_gone;
	bool watched;
	bool timed;
	int make_status;
	u32 make_cause;
	u32 close_cause;
	u32 remote_cause;
	int decision;
	u32 decision_cause;
	struct condis_af *af;
	struct condis_sap *sap;
	struct list_head node;
	struct condis_flow flow;
	struct condis_data_client __rcu *data_client;
	struct condis_vc *data_vc;
	struct condis_call_params params;
	u32 cm_offset;
	u32 tapi_call_id;
	struct timer_list timer;
	unsigned long answer_by;
	unsigned long timer_at;
	u64 network_call;
	unsigned long made;
	void *context;
	u8 priv[] __aligned(8);
};

/* Who has a VC's packets in its client's place, or NULL; under RCU. */
static inline struct condis_data_client *condis_data_client(const struct condis_vc *vc)
{
	struct condis_data_client *client = rcu_dereference(vc->data_client);

	if (!client)
		return NULL;
	/* Pairs with condis_co_hand_over_data(): what came before is there before. */
	return smp_load_acquire(&client->flowing) ? client : NULL;
}

/* adapter.c */
extern struct mutex condis_registry;
extern struct list_head condis_adapters;
int condis_adapter_init(void);
void condis_adapter_exit(void);
void condis_adapter_count(struct condis_adapter *adapter, enum condis_count count, int by);
void condis_family_count(const struct condis_family *family, enum condis_count count, int by);
void condis_adapter_late(struct condis_adapter *adapter, enum condis_late late);
void condis_adapter_schedule(struct condis_adapter *adapter, unsigned int flag);
void condis_adapter_bind(struct condis_adapter *adapter, struct condis_protocol *protocol);
void condis_adapter_announce(struct condis_adapter *adapter, struct condis_binding *newcomer);

/* protocol.c */
extern struct list_head condis_protocols;
extern wait_queue_head_t condis_protocol_idle;
unsigned int condis_protocol_count(void);

/* rundown.c */
extern unsigned int condis_halt_timeout_ms;
extern unsigned int condis_close_timeout_ms;
extern unsigned int condis_make_call_timeout_ms;
void condis_rundown_adapter(struct condis_adapter *adapter, bool surprise);
void condis_rundown_binding(struct condis_binding *binding);
void condis_rundown_afs(struct condis_adapter *adapter);
void condis_rundown_af(struct condis_af *af, u8 whose);
void condis_rundown_stuck(struct condis_adapter *adapter);
void condis_orphan_add(struct condis_upcalls *upcalls, u8 whose);
void condis_orphans_free(struct condis_adapter *adapter, struct condis_binding *binding);

/* binding.c */
int condis_binding_create(struct condis_adapter *adapter, struct condis_protocol *protocol);
int condis_binding_close(struct condis_binding *binding, u8 by, unsigned long caller);
void condis_binding_put(struct condis_binding *binding);
bool condis_binding_use(struct condis_binding *binding);
void condis_binding_unuse(struct condis_binding *binding);
void condis_binding_ask(struct condis_binding *binding);
struct condis_binding *condis_binding_next(struct condis_adapter *adapter,
					   struct condis_binding *binding);

/* family.c */
struct condis_family *condis_family_find(struct condis_adapter *adapter,
					 enum condis_af_type type);
bool condis_family_enter(struct condis_family *family);
void condis_family_leave(struct condis_family *family);
void condis_family_close(struct condis_family *family);
void condis_family_put(struct condis_family *family);
void condis_families_remove(struct condis_adapter *adapter, struct condis_binding *binding);

/* af.c */
bool condis_af_add_child(struct condis_af *af, u8 by, unsigned long caller);
void condis_af_refuse(struct condis_af *af);
void condis_af_remove_child(struct condis_af *af);
int condis_af_notify_complete(struct condis_af *af, int status, u8 by, unsigned long caller);
int condis_af_apply(struct condis_af *af, enum condis_af_event event);

/* sap.c */
int condis_sap_apply(struct condis_sap *sap, enum condis_sap_event event);
void condis_sap_no_answer(struct condis_sap *sap);
int condis_sap_stop(struct condis_sap *sap);
int condis_sap_start_dispatch(struct condis_sap *sap);
void condis_sap_end_dispatch(struct condis_sap *sap);

/* vc.c */
extern const struct condis_upcall_ops condis_vc_upcall_ops;
struct kmem_cache *condis_vc_cache(const struct condis_client_ops *client,
				   const struct condis_cm_ops *cm);
void condis_vc_exit(void);
void condis_vc_end(struct condis_vc *vc);
void condis_vc_force_inactive(struct condis_vc *vc);
void condis_vc_drained(struct condis_vc *vc);
int condis_vc_apply(struct condis_vc *vc, enum condis_vc_event event);
int condis_vc_deactivate_locked(struct condis_vc *vc);

/* vc_timer.c */
void condis_vc_init_timer(struct condis_vc *vc);
void condis_vc_start_watchdog(struct condis_vc *vc, unsigned int ms);
void condis_vc_stop_watchdog(struct condis_vc *vc);
void condis_vc_no_answer(struct condis_vc *vc);
void condis_vc_close_for_client(struct condis_vc *vc);

/* call.c */
/* An arrow from the call manager; a miniport's functions have other names than others'. */
static inline void condis_trace_cm(struct condis_vc *vc, const char *cm, const char *mcm,
				   int detail)
{
	condis_trace_message(vc, CONDIS_PARTY_MINIPORT, CONDIS_PARTY_NDIS,
			     vc->af->family->binding ? cm : mcm, detail);
}

int condis_call_apply(struct condis_vc *vc, enum condis_call_event event);
void condis_call_released(struct condis_vc *vc, unsigned long handler);
void condis_call_made(struct condis_vc *vc, int status, u32 cause, unsigned long handler);

/* deliver.c */
void condis_vc_deliver(struct condis_upcalls *upcalls, u8 code);

/* data.c */
void condis_flow_init(struct condis_flow *flow);
void condis_flow_open(struct condis_vc *vc);
void condis_flow_close(struct condis_vc *vc);
bool condis_flow_idle(const struct condis_vc *vc);
bool condis_flow_write_off(struct condis_vc *vc);
unsigned int condis_flow_held(const struct condis_vc *vc);

/* request.c */
void condis_requests_abort(struct condis_af *af);

#endif /* _CONDIS_CORE_H */
