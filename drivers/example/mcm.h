/* SPDX-License-Identifier: GPL-2.0 */
/*
 * An example: the smallest complete miniport with integrated call manager (MCM).
 *
 * Its network is an exchange inside of one adapter: line 0 has the number 100,
 * line 1 the number 101, and so on; a line has one call at a time, and who dials
 * a number gets its line.  Both ends of each call are ours, and speak to each
 * other by messages, as two ends of a real network would.
 *
 *	condisctl adapter add ex0 --kind example --lines 4
 *
 * In the order in which to read it:
 *
 *   mcm_af.c       1 address families, 2 SAPs: clients come and go
 *   mcm_call.c     3 to 9: the life of a call
 *   mcm_adapter.c  10 packets, 11 the adapter, 12 the kind: how adapters are made
 *   mcm_main.c     the module
 *
 * Each comment says what a call manager must do at that point, and why.
 *
 * Who may touch what:
 *
 *   own->lock     everything that both ends of a call, the data path or a halt
 *                 look at: lines, links, messages, packets.  It is never held
 *                 over a function of the core that can call somebody.
 *   VC handlers   the core runs the handlers of one VC one at a time.  What only
 *                 they use (call->state, call->deadline) needs no lock.
 *
 * Who lives how long: what is kept for a VC is in the core's memory, the call
 * manager's private area.  It stays until delete_vc() or condis_mcm_delete_vc(),
 * or, if the core had to cut us off, until halt() has returned.  So a call that
 * leaves its line and its peer before that needs no counting of references:
 * mcm_call_let_go().
 */
#ifndef _EXAMPLE_MCM_H
#define _EXAMPLE_MCM_H

#include <linux/list.h>
#include <linux/skbuff.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>
#include <linux/ndproxy.h>
#include <condis/cm.h>
#include <condis/kind.h>
#include <condis/miniport.h>

#define MCM_LINES_MAX		16	/* lines of an adapter */
#define MCM_FIRST_NUMBER	100	/* the number of line 0 */
#define MCM_MEDIA		LINEMEDIAMODE_DIGITALDATA
#define MCM_BYTE_RATE		8000	/* a B channel; nothing here slows packets down */
#define MCM_SDU			2048
#define MCM_WINDOW		16	/* packets that a client may have in flight */
#define MCM_NO_LINE		U32_MAX

/* Messages from one end of a call to the other, in the order in which they can come. */
enum mcm_message {
	MCM_ALERTING,		/* to the caller: it rings */
	MCM_CONNECT,		/* to the caller: somebody has answered */
	MCM_CONNECT_ACK,	/* to the callee: the caller is there */
	MCM_RELEASE,		/* the other end clears the call, and waits for RELEASED */
	MCM_RELEASED,		/* the other end has let go: nobody is there any more */
};

/*
 * What this end of a call is waiting for.  The core has a state of its own and
 * refuses what is wrong; this one says what we still owe to whom.
 */
enum mcm_state {
	MCM_IDLE,		/* nothing */
	MCM_CALLING,		/* an answer; we owe condis_mcm_make_call_complete() */
	MCM_OFFERED,		/* the client's decision */
	MCM_ANSWERED,		/* CONNECT_ACK */
	MCM_UP,			/* one of the two to hang up */
	MCM_RELEASING,		/* RELEASED; we owe condis_mcm_close_call_complete() */
	MCM_DRAINING,		/* the packet in the work's hands; we owe it still */
	MCM_DEACTIVATING,	/* deactivate_vc_complete(); we owe it still */
	MCM_OVER,		/* the deletion of the VC */
};

struct mcm_adapter;

/**
 * struct mcm_call - one end of a call: our private area of a VC
 * @vc: the VC
 * @own: the adapter
 * @incoming: we have made the VC, so we delete it
 * @state: what it waits for; the handlers'
 * @deadline: of the timer, in jiffies; the handlers'
 * @line: its line, or MCM_NO_LINE; from here on under own->lock
 * @peer: the other end, which has us as its peer; NULL: nobody is there
 * @inbox: messages that were not read yet, by their bits
 * @inbox_cause: of MCM_RELEASE or MCM_RELEASED
 * @open: packets are taken
 * @through: and carried to the peer
 * @queue: packets that were taken and not carried yet
 * @in_hand: the work has one that is in no queue
 * @diagnostics: why it was cleared
 */
struct mcm_call {
	struct condis_vc *vc;
	struct mcm_adapter *own;
	bool incoming;
	enum mcm_state state;
	unsigned long deadline;

	u32 line;
	struct mcm_call *peer;
	unsigned long inbox;
	u32 inbox_cause;
	bool open;
	bool through;
	struct sk_buff_head queue;
	bool in_hand;
	struct condis_call_diagnostics diagnostics;
};

/**
 * struct mcm_sap - our private area of a SAP
 * @node: in the adapter's list
 * @sap: the SAP
 */
struct mcm_sap {
	struct list_head node;
	struct condis_sap *sap;
};

/**
 * struct mcm_adapter - our private area of an adapter
 * @lock: see above
 * @lines: how many it has
 * @staged_lines: how many it will have
 * @line: who has the line
 * @saps: who listens
 * @removed: it was pulled out
 * @carry: moves packets
 */
struct mcm_adapter {
	spinlock_t lock;	/* see above */
	u32 lines;
	u32 staged_lines;
	struct mcm_call *line[MCM_LINES_MAX];
	struct list_head saps;
	bool removed;
	struct work_struct carry;
};

static inline struct mcm_adapter *mcm_adapter_of(const struct condis_adapter *adapter)
{
	return condis_adapter_priv(adapter);
}

static inline struct mcm_call *mcm_call_of(const struct condis_vc *vc)
{
	return condis_vc_cm(vc);
}

/* mcm_af.c */
int mcm_open_af(struct condis_af *af);
int mcm_close_af(struct condis_af *af);
int mcm_oid_request(struct condis_af *af, struct condis_vc *vc, struct condis_oid_request *req);
int mcm_register_sap(struct condis_sap *sap);
int mcm_deregister_sap(struct condis_sap *sap);
struct condis_sap *mcm_find_sap(struct mcm_adapter *own, u32 line);

/* mcm_call.c */
void mcm_call_let_go(struct mcm_call *call);
extern const struct condis_cm_ops mcm_ops;

/* mcm_adapter.c */
void mcm_carry(struct mcm_adapter *own);
extern struct condis_kind mcm_kind;

/* mcm_main.c */
extern struct workqueue_struct *mcm_wq;

#endif /* _EXAMPLE_MCM_H */
