/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Virtual WAN adapters: who is who, who holds whom, and which lock protects what.
 *
 * Objects and lifetimes:
 *
 *   adapter   struct vwan_adapter, the private area of a condis_adapter. Memory as
 *             long as the core's adapter, which every VC and SAP of it holds. It
 *             takes part in anything only from initialize() to halt().
 *   table     lines and addresses. Counted: one for the adapter, one for each leg
 *             that occupies a line of it, so a new table may come while calls end.
 *   leg       the user's side of one call, the call manager's private area of a
 *             VC. From attach to detach it is in its adapter's list and holds a
 *             reference on its VC. Everything in it that has no lock named belongs
 *             to whoever runs the VC's handlers.
 *   bearer    the data of a leg: what waits for the line and what is on its way.
 *             While the pump has it in its list, the list holds the VC.  It points to
 *             the leg at the far end, which it does not hold, from the moment in which
 *             both ends are switched through until one of them clears or is dropped;
 *             who takes a packet there holds that leg's VC before he lets go of the
 *             bearer's lock.
 *   wan       of a leg whose client carries PPP: what that has said of its frames, and
 *             counters.  Set under adapter.lock as long as the leg is attached, read
 *             under RCU.
 *   digits    what is to be sent, and by when: the leg's, and where it finds the next.
 *   call      struct vwan_call, what the exchange knows of a call (exchange.h).
 *             Counted: one for each end that has a leg.
 *
 * Locks, outermost first; an arrow is "taken while holding":
 *
 *   adapter.walking (mutex)
 *   exchange.lock -> adapter.lock
 *   call.lock -> adapter.lock
 *   call.lock -> bearer.lock -> pump.lock
 *
 *   adapter.walking  one walk over the legs at a time; never taken by a handler
 *   exchange.lock    what can be dialled, list of calls
 *   adapter.lock     lists of legs, SAPs and AFs, line occupation, countdown of faults
 *   call.lock        both ends of a call: legs, network states, messages on their way
 *   bearer.lock      queues of one leg; bottom halves off, send() takes it
 *   pump.lock        bearers with work; bottom halves off
 *
 * No spinlock is held over a function of the core that can call anybody.
 * condis_vc_hold(), condis_sap_hold() and condis_trace_message() cannot.
 */
#ifndef _VWAN_H
#define _VWAN_H

#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/q850.h>
#include <linux/rcupdate.h>
#include <linux/refcount.h>
#include <linux/skbuff.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>
#include <linux/condis_vwan.h>
#include <condis/cm.h>
#include <condis/delay.h>
#include <condis/kind.h>
#include <condis/miniport.h>

#include "q931.h"

struct vwan_adapter;
struct vwan_call;
struct vwan_digits;
struct vwan_exchange;
struct vwan_network_ops;
/**
 * struct vwan_address - a number on a line
 * @node: in the exchange's table, under exchange.lock; empty when not connected
 * @adapter: whose
 * @line: line, from 0
 * @address: address on the line, from 0
 * @number: as it is dialled; empty if the line cannot be called
 */
struct vwan_address {
	struct list_head node;
	struct vwan_adapter *adapter;
	u32 line;
	u32 address;
	char number[CONDIS_NUMBER_SIZE];
};

/**
 * struct vwan_line - a line
 * @calls: channels in use, under adapter.lock
 * @out_of_service: by itself; written under adapter.lock, read without
 * @first: index of its first address in the table
 * @addresses: how many it has, at least 1
 */
struct vwan_line {
	u32 calls;
	bool out_of_service;
	u32 first;
	u32 addresses;
};

/**
 * struct vwan_entry - an address as it was configured
 * @line: line, or CONDIS_UNSPECIFIED for all
 * @number: the number
 */
struct vwan_entry {
	u32 line;
	char number[CONDIS_NUMBER_SIZE];
};

/**
 * struct vwan_table - the line table of an adapter
 * @ref: the adapter, each leg that occupies a line
 * @lines: number of lines
 * @addresses: number of addresses of all lines
 * @entries: number of configured addresses
 * @line: lines
 * @address: addresses, by line
 * @entry: what was configured
 */
struct vwan_table {
	refcount_t ref;
	u32 lines;
	u32 addresses;
	u32 entries;
	struct vwan_line *line;
	struct vwan_address *address;
	struct vwan_entry *entry;
};

/**
 * struct vwan_pump - what carries an adapter's data
 * @lock: protects what follows
 * @stopped: no bearer is taken in
 * @busy: bearers with something to do, now or later; each holds its VC
 * @work: does it
 */
struct vwan_pump {
	spinlock_t lock;	/* see above */
	bool stopped;
	struct list_head busy;
	struct delayed_work work;
};

/**
 * struct vwan_bearer - the data of a leg
 * @lock: protects what follows
 * @in_hand: how many have packets of it in their hands: the pump, and who flushes
 * @node: in the pump's list, under pump.lock
 * @listed: it is there
 * @awaited: the call manager waits for those
 * @open: packets are taken
 * @through: both ends are switched through: packets can leave
 * @far: where they arrive, if that is another leg and as long as they do; not held: it is taken
 *	away under call.lock before that leg is dropped
 * @queue: packets that wait for the line; the client's, to be completed
 * @flight: copies on their way, each with the time of its arrival
 * @line_free: when the line has sent what it has, nanoseconds of ktime_get()
 * @last_due: arrival of the youngest in @flight
 */
struct vwan_bearer {
	spinlock_t lock;	/* see above */
	unsigned int in_hand;
	struct list_head node;
	bool listed;
	bool awaited;
	bool open;
	bool through;
	struct vwan_leg *far;
	struct sk_buff_head queue;
	struct sk_buff_head flight;
	u64 line_free;
	u64 last_due;
};

/* What a leg still owes to the core. */
#define VWAN_OWES_MAKE		BIT(0)	/* condis_mcm_make_call_complete() */
#define VWAN_OWES_CLOSE		BIT(1)	/* condis_mcm_close_call_complete() */
#define VWAN_OWES_DEACTIVATE	BIT(2)	/* wait for deactivate_vc_complete() first */
#define VWAN_OWES_DELETE	BIT(3)	/* condis_mcm_delete_vc() of a refused offer */
#define VWAN_OWES_PACKETS	BIT(4)	/* wait for those in the pump's hands first */

/**
 * struct vwan_wan - of a leg that carries PPP
 * @info: what the protocol has set, under adapter.lock
 * @bytes_sent: counters, see struct condis_wan_stats
 * @bytes_received: likewise
 * @frames_sent: likewise
 * @frames_received: likewise
 * @lost: likewise
 * @rcu: packets may be on their way to the leg when it is dropped
 *
 * A leg's packets come from several CPUs, and there may be thousands of legs: so the
 * counters are neither one writer's nor a set for each CPU.
 */
struct vwan_wan {
	struct condis_wan_link_info info;
	atomic64_t bytes_sent;
	atomic64_t bytes_received;
	atomic64_t frames_sent;
	atomic64_t frames_received;
	atomic64_t lost;
	struct rcu_head rcu;
};

/**
 * struct vwan_leg - the user's side of a call; what it was asked for is in condis_vc_params()
 * @vc: the VC; a reference while attached
 * @adapter: where
 * @node: in the adapter's list, under adapter.lock
 * @walked: the last walk that has seen it, under adapter.lock
 * @line: line, from 0
 * @cause: why the call was cleared, one word, see leg_diagnose()
 * @window: send window that was granted
 * @attached: in that list
 * @incoming: made by us for a call from the network
 * @offered: the client has been told of it
 * @owes: VWAN_OWES_* bits
 * @state: Q.931 state
 * @timed: the state's timer runs
 * @repeated: the state's message was sent twice
 * @net_timed: the network has more for the leg
 * @digit_timed: there will be more to do for @digits
 * @digits_open: digits can be sent; under adapter.lock
 * @end: which end of @call
 * @table: the table of its line (a reference), NULL when it occupies none
 * @deadline: when the state's timer runs out, jiffies
 * @net_deadline: when the network has more, jiffies
 * @digit_deadline: when there will be more to do for @digits, jiffies
 * @digits: those that are being sent, or NULL
 * @digits_asked: the next, which the leg has not seen yet, or NULL; under adapter.lock
 * @report_digits: LINEDIGITMODE_* that the client wants to hear of
 * @sap: where an incoming call is to be offered (a reference), until it was
 * @call: the network's call (a reference), NULL before it was made and after the end was dropped;
 *	written under adapter.lock, so that others than the leg's own handlers can take it from
 *	there
 * @wan: what its client has said of PPP, or NULL; under RCU, written under adapter.lock
 * @bearer: its data
 */
struct vwan_leg {
	struct condis_vc *vc;
	struct vwan_adapter *adapter;
	struct list_head node;
	u32 walked;
	u32 line;
	u32 cause;
	u32 window;
	bool attached;
	bool incoming;
	bool offered;
	u8 owes;
	u8 state;
	bool timed;
	bool repeated;
	bool net_timed;
	bool digit_timed;
	bool digits_open;
	u8 end;
	struct vwan_table *table;
	unsigned long deadline;
	unsigned long net_deadline;
	unsigned long digit_deadline;
	struct vwan_digits *digits;
	struct vwan_digits *digits_asked;
	u32 report_digits;
	struct condis_sap *sap;
	struct vwan_call *call;
	struct vwan_wan __rcu *wan;
	struct vwan_bearer bearer;
};

/**
 * struct vwan_sap - a SAP on our lines
 * @node: in the adapter's list, under adapter.lock
 * @sap: the core's, a reference while it is listed
 */
struct vwan_sap {
	struct list_head node;
	struct condis_sap *sap;
};

/**
 * struct vwan_af - an opened address family
 * @node: in the adapter's list, under adapter.lock
 * @af: the core's, a reference while it is listed
 * @asking: @request is under way, under adapter.lock
 * @told: what the client was told last: signalling works
 * @request: OID_CO_SIGNALING_*
 */
struct vwan_af {
	struct list_head node;
	struct condis_af *af;
	bool asking;
	bool told;
	struct condis_oid_request request;
};

/**
 * struct vwan_adapter - a virtual adapter
 * @adapter: the core's
 * @exchange: what it is connected to; its memory outlives the adapter
 * @network: how
 * @lock: see above
 * @walking: see above
 * @walk: number of the current walk
 * @halted: takes part in nothing
 * @paused: no data
 * @legs: attached legs, not yet walked first
 * @saps: where clients listen
 * @afs: who is there
 * @table: line table
 * @staged: the next one, for reconfigure()
 * @pump: data
 * @knob: values by attribute, read and written without a lock
 */
struct vwan_adapter {
	struct condis_adapter *adapter;
	struct vwan_exchange *exchange;
	const struct vwan_network_ops *network;
	spinlock_t lock;	/* see above */
	struct mutex walking;	/* see above */
	u32 walk;
	bool halted;
	bool paused;
	struct list_head legs;
	struct list_head saps;
	struct list_head afs;
	struct vwan_table *table;
	struct vwan_table *staged;
	struct vwan_pump pump;
	u32 knob[CONDIS_VWAN_A_ADAPTER_MAX + 1];
};

extern struct workqueue_struct *vwan_wq;

static inline u32 vwan_knob(const struct vwan_adapter *adapter,
			    enum condis_vwan_a_adapter knob)
{
	return READ_ONCE(adapter->knob[knob]);
}

/* adapter.c: the kind, and the life of an adapter */
extern struct condis_kind vwan_kind;
struct vwan_adapter *vwan_adapter_of(const struct condis_adapter *adapter);
void vwan_adapter_walk(struct vwan_adapter *adapter,
		       void (*visit)(struct vwan_leg *leg, void *arg), void *arg);
int vwan_adapter_attach(struct vwan_adapter *adapter, struct vwan_leg *leg);
bool vwan_adapter_detach(struct vwan_leg *leg);
void vwan_adapter_setup(struct condis_adapter *adapter, struct vwan_exchange *exchange);

/* line.c: lines, addresses, SAPs */
struct vwan_table *vwan_table_make(struct vwan_adapter *adapter, u32 lines,
				   const struct vwan_entry *entry, u32 entries);
struct vwan_table *vwan_table_get(struct vwan_adapter *adapter);
void vwan_table_put(struct vwan_table *table);
bool vwan_number_is_valid(const char *number);
struct vwan_line *vwan_table_line(const struct vwan_table *table, u32 line);
struct vwan_address *vwan_table_address(const struct vwan_table *table, u32 line, u32 address);
u32 vwan_line_take(struct vwan_leg *leg, u32 line);
void vwan_line_release(struct vwan_leg *leg);
u32 vwan_line_offer(const struct vwan_address *address, u32 media_modes,
		    struct condis_sap **sap);
bool vwan_line_in_service(struct vwan_adapter *adapter, const struct vwan_line *line);
int vwan_register_sap(struct condis_sap *sap);
int vwan_deregister_sap(struct condis_sap *sap);
void vwan_forget_saps(struct vwan_adapter *adapter);

/* call.c: the call manager's handlers and the user's side of a call */
extern const struct condis_cm_ops vwan_cm_ops;
struct vwan_leg *vwan_leg_of(const struct condis_vc *vc);
struct vwan_leg *vwan_leg_make_incoming(struct condis_sap *sap,
					const struct vwan_address *address,
					struct condis_call_params *params);
void vwan_leg_asked(const struct vwan_leg *leg, struct condis_call_params *params);
void vwan_leg_abandon(struct vwan_leg *leg);
void vwan_leg_receive(struct vwan_leg *leg, enum q931_message message, u32 cause);
void vwan_leg_send_digit(struct vwan_leg *leg, u32 code);
void vwan_leg_drop(struct vwan_leg *leg);
u32 vwan_leg_diagnosis(const struct vwan_leg *leg, bool *remote, u32 *location);

/* bearer.c: data */
void vwan_bearer_init(struct vwan_leg *leg);
void vwan_bearer_open(struct vwan_leg *leg);
void vwan_bearer_close(struct vwan_leg *leg);
bool vwan_bearer_await(struct vwan_leg *leg);
void vwan_bearer_flush(struct vwan_leg *leg, int status);
void vwan_bearer_through(struct vwan_leg *leg, struct vwan_leg *far);
void vwan_bearer_cut(struct vwan_leg *leg);
void vwan_bearer_arrive(struct vwan_leg *leg, struct sk_buff_head *packets, u32 lost);
void vwan_send(struct condis_vc *vc, struct sk_buff *skb);
void vwan_pump_init(struct vwan_adapter *adapter);
void vwan_pump_start(struct vwan_adapter *adapter);
void vwan_pump_kick(struct vwan_adapter *adapter);
void vwan_pump_stop(struct vwan_adapter *adapter);
u64 vwan_tx_time(u32 rate, unsigned int bytes);
u32 vwan_byte_rate(u32 rate);

/* caps.c: OIDs, service states */
int vwan_oid_request(struct condis_af *af, struct condis_vc *vc,
		     struct condis_oid_request *request);
int vwan_answer_fits(struct condis_oid_request *request, u32 size);
int vwan_open_af(struct condis_af *af);
int vwan_close_af(struct condis_af *af);
void vwan_forget_afs(struct vwan_adapter *adapter);
void vwan_service_changed(struct vwan_adapter *adapter);

/* digits.c: digits of a call */
int vwan_digits_request(struct condis_vc *vc, struct condis_oid_request *request);
void vwan_digits_open(struct vwan_leg *leg);
void vwan_digits_run(struct vwan_leg *leg);
void vwan_digits_close(struct vwan_leg *leg);
void vwan_digits_arrive(struct vwan_leg *leg, u32 code);

/* wan.c: PPP on a leg */
int vwan_wan_request(struct vwan_adapter *adapter, struct condis_vc *vc,
		     struct condis_oid_request *request);
void vwan_wan_drop(struct vwan_leg *leg);
void vwan_wan_add_lost(const struct vwan_leg *leg, u32 frames);

/*
 * A frame leaves a leg, or comes to it, and is counted if the leg carries PPP.  In line: this is
 * once or twice for each packet.  Bottom halves are off.
 */
static inline void vwan_wan_sent(const struct vwan_leg *leg, unsigned int bytes)
{
	struct vwan_wan *wan = rcu_dereference_bh(leg->wan);

	if (unlikely(wan)) {
		atomic64_add(bytes, &wan->bytes_sent);
		atomic64_inc(&wan->frames_sent);
	}
}

static inline void vwan_wan_received(const struct vwan_leg *leg, unsigned int bytes)
{
	struct vwan_wan *wan = rcu_dereference_bh(leg->wan);

	if (unlikely(wan)) {
		atomic64_add(bytes, &wan->bytes_received);
		atomic64_inc(&wan->frames_received);
	}
}

/* config.c: netlink */
extern const struct nla_policy vwan_adapter_policy[CONDIS_VWAN_A_ADAPTER_MAX + 1];
extern const struct nla_policy vwan_exchange_policy[CONDIS_VWAN_A_EXCHANGE_MAX + 1];
void vwan_config_defaults(struct vwan_adapter *adapter);
int vwan_config_new(struct vwan_adapter *adapter, struct nlattr **tb,
		    struct netlink_ext_ack *extack);
int vwan_config_change(struct vwan_adapter *adapter, struct nlattr **tb,
		       struct netlink_ext_ack *extack);
int vwan_config_fill(struct vwan_adapter *adapter, struct sk_buff *skb);

/* fault.c: faults */
bool vwan_fault(struct vwan_adapter *adapter, enum condis_vwan_a_adapter mask,
		enum q931_message message, bool sent);

/* exchange.c: the built-in network */
extern const struct vwan_network_ops vwan_exchange_ops;
size_t vwan_exchange_size(void);
void vwan_exchange_init(struct vwan_exchange *exchange);
int vwan_exchange_new(struct condis_exchange *exchange, struct nlattr **tb,
		      struct netlink_ext_ack *extack);
int vwan_exchange_fill(struct condis_exchange *exchange, struct sk_buff *skb);
void vwan_exchange_down(struct condis_exchange *exchange);

#endif /* _VWAN_H */
