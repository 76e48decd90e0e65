/* SPDX-License-Identifier: GPL-2.0 */
/*
 * NDPROXY's objects, who holds whom, and the order of the locks.
 *
 * Objects, from the top:
 *
 *   session      one open file of /dev/ndproxy
 *   adapter      one binding of the protocol "ndproxy", and its address family
 *   line         a line that is open, or still comes down
 *   line handle  one NDPROXY_OPEN_LINE; a session's, on a line
 *   call         one call, TAPI's side of it; its VC is leg A
 *   call handle  a session's view of a call, on one of its line handles
 *   request      what a LINE_REPLY will answer
 *   data file    the file of NDPROXY_OPEN_DATA
 *
 * References (an arrow is one; each ends in a plain free of memory, so that any
 * may be dropped under a lock):
 *
 *   file, handle, request, data file -> session
 *   net, line, updater, AF, binding -> adapter
 *   handle, call -> line -> adapter
 *   session's table, queued event, running command -> handle
 *   leg (from make-call or offer until the VC is gone), handle, request, data
 *   file, running command -> call
 *
 * That an object is alive is another matter than its memory: a handle is alive
 * while it is in its line's or call's list, a line while it is in its adapter's,
 * a call while it has a leg or a handle; all of that is under adapter.lock.
 *
 * A VC's memory is held by its call for as long as call.vc is not NULL.  The
 * client makes calls down (condis_*) only without a lock; what may be asked
 * once is claimed under adapter.lock before.
 *
 * Locks, outermost first:
 *
 *   adapter.lock             lines, calls, handles, states
 *   registry_lock            namespaces, their sessions and adapters
 *   session.lock             handle table, event queue, requests
 *   call.data_lock (BH)      the data file and received packets; inside all of
 *                            these, and taken alone in receive handlers
 *
 * Everything but receive, send_complete and status of a VC runs in process
 * context.  Nothing waits but read, write and poll of the two kinds of file,
 * NDPROXY_OPEN_LINE for the line's SAP, and the module's exit.
 */
#ifndef _NDPROXY_H
#define _NDPROXY_H

#include <linux/kref.h>
#include <linux/list.h>
#include <linux/nospec.h>
#include <linux/skbuff.h>
#include <linux/spinlock.h>
#include <linux/uidgid.h>
#include <linux/wait.h>
#include <linux/xarray.h>
#include <condis/account.h>
#include <condis/client.h>
#include <condis/compat.h>
#include <condis/delay.h>
#include <condis/oid.h>
#include <uapi/linux/ndproxy.h>

#include "call_state.h"

/* What a session may have. */
#define NDPROXY_MAX_LINES	1024
#define NDPROXY_MAX_CALLS	4096
#define NDPROXY_MAX_REQUESTS	4096
#define NDPROXY_MAX_EVENTS	64
#define NDPROXY_MAX_DATA_FILES	1024
#define NDPROXY_MAX_PACKETS	8192

/* Of its calls, those that others have handed over and that it has not used yet. */
#define NDPROXY_MAX_GIVEN	256

/* Packets that wait for a data file, and for its reader, of one call. */
#define NDPROXY_PACKETS_UNOPENED	32
#define NDPROXY_PACKETS_OPEN		256

/* A line table that is larger than this is a broken one. */
#define NDPROXY_LINES_MAX	65536
#define NDPROXY_ADDRESSES_MAX	1024

/* Handles that died below their owner and are remembered, so that their close succeeds. */
#define NDPROXY_TOMBSTONES_MAX	1024

struct ndproxy_session;
struct ndproxy_user;
struct ndproxy_command_ops;
struct ndproxy_binding;
struct ndproxy_line;
struct ndproxy_data;
struct ndproxy_line_handle;
struct ndproxy_call;
struct ndproxy_call_handle;

/**
 * struct ndproxy_net - what one network namespace has of us
 * @node: in the registry
 * @cookie: the namespace; it is never followed
 * @adapters: by number
 * @sessions: in the order of their opening
 * @live: sessions that have not ended
 * @users: sessions and adapters; the last one frees it
 *
 * All under the registry's lock; @live is read without.
 */
struct ndproxy_net {
	struct list_head node;
	u64 cookie;
	struct xarray adapters;
	struct list_head sessions;
	unsigned int live;
	unsigned int users;
};

/**
 * enum ndproxy_slot_type - what an event is composed from
 * @NDPROXY_SLOT_REPLY: a request
 * @NDPROXY_SLOT_NEW_CALL: a call handle
 * @NDPROXY_SLOT_CALL_STATE: a call handle and the slot's place in it
 * @NDPROXY_SLOT_PRIVILEGE: a call handle that became an owner's
 * @NDPROXY_SLOT_CALL_INFO: a call handle
 * @NDPROXY_SLOT_LINE_STATE: a line handle
 * @NDPROXY_SLOT_LINE_CLOSE: a line handle
 * @NDPROXY_SLOT_REINIT: a session
 * @NDPROXY_SLOT_LINES: one of the session's spare events
 */
enum ndproxy_slot_type {
	NDPROXY_SLOT_REPLY,
	NDPROXY_SLOT_NEW_CALL,
	NDPROXY_SLOT_CALL_STATE,
	NDPROXY_SLOT_PRIVILEGE,
	NDPROXY_SLOT_CALL_INFO,
	NDPROXY_SLOT_LINE_STATE,
	NDPROXY_SLOT_LINE_CLOSE,
	NDPROXY_SLOT_REINIT,
	NDPROXY_SLOT_LINES,
};

/**
 * struct ndproxy_slot - a place in a session's event queue, reserved in what it tells of
 * @node: in the queue, or empty
 * @type: what it is embedded in
 * @report: CALL_STATE: which one
 * @owner: what it is embedded in
 * @seq: event number, given when it was queued
 * @time: ns of CLOCK_MONOTONIC, likewise
 *
 * While it is queued it holds a reference on what it is embedded in.
 */
struct ndproxy_slot {
	struct list_head node;
	enum ndproxy_slot_type type;
	enum ndproxy_call_report report;
	void *owner;
	u64 seq;
	u64 time;
};

/**
 * struct ndproxy_lines_event - a spare event: LINE_CREATE, LINE_REMOVE
 * @slot: place in the queue
 * @node: in the session's list of free ones
 * @type: which of the two
 * @adapter: adapter's number
 * @num_lines: how many lines
 */
struct ndproxy_lines_event {
	struct ndproxy_slot slot;
	struct list_head node;
	u32 type;
	u32 adapter;
	u32 num_lines;
};

/**
 * struct ndproxy_session - one application
 * @ref: the file, its handles, requests and data files
 * @node: in its namespace's list
 * @net: what we have of its namespace
 * @account: its account with the core
 * @used: what is charged, by kind
 * @uid: its user
 * @user: charged with it
 * @admin: it had CAP_NET_ADMIN in the namespace when it was opened
 * @serial: its age, against that of a line table
 * @lock: protects everything below
 * @handles: line and call handles, and values for those that died
 * @next_handle: where the next is looked for
 * @tombstones: values in @handles
 * @ended: nothing is taken or told any more
 * @reading: somebody reads: one at a time takes events, so that they keep their order
 * @listening: it was told of the adapters that there are
 * @events: queue
 * @spare: events that are not reserved elsewhere
 * @spares: those of @spare that are free
 * @lost: events for which there was no spare, since the last one that was queued
 * @seq: number of the last event
 * @reinit: slot of LINE_LINEDEVSTATE(REINIT)
 * @reinit_adapter: whose
 * @wait: readers and pollers
 * @fasync: who wants SIGIO
 * @error: of the last command that failed
 */
struct ndproxy_session {
	struct kref ref;
	struct list_head node;
	struct ndproxy_net *net;
	struct condis_account *account;
	atomic_t used[CONDIS_NR_CHARGES];
	kuid_t uid;
	struct ndproxy_user *user;
	bool admin;
	u64 serial;

	spinlock_t lock;	/* innermost but for call.data_lock: what follows */
	struct xarray handles;
	u32 next_handle;
	unsigned int tombstones;
	bool ended;
	bool reading;
	bool listening;
	struct list_head events;
	struct ndproxy_lines_event spare[NDPROXY_MAX_EVENTS];
	struct list_head spares;
	u32 lost;
	u64 seq;
	struct ndproxy_slot reinit;
	u32 reinit_adapter;
	wait_queue_head_t wait;
	struct fasync_struct *fasync;
	struct ndproxy_extended_error error;
};

/* What a value in ndproxy_session.handles says that the dead handle was. */
#define NDPROXY_DEAD_LINE	1
#define NDPROXY_DEAD_CALL	2

/**
 * struct ndproxy_object - what is common to both kinds
 * @ref: the session's table, queued events, running commands
 * @session: whose it is (a reference)
 * @id: number
 * @is_call: which kind
 * @silent: under session.lock: no event may be queued any more
 * @dead: under adapter.lock: not in its line's or call's list any more
 */
struct ndproxy_object {
	struct kref ref;
	struct ndproxy_session *session;
	u32 id;
	bool is_call;
	bool silent;
	bool dead;
};

/* What a LINE_REPLY answers: for how long a request waits. */
enum ndproxy_request_state {
	NDPROXY_REQUEST_PENDING,
	NDPROXY_REQUEST_QUEUED,
	NDPROXY_REQUEST_READING,
	NDPROXY_REQUEST_SUPPRESSED,
};

/**
 * struct ndproxy_pending - a request of a session that gets a reply
 * @slot: its reply's place in the queue
 * @session: whose it is (a reference)
 * @state: under session.lock
 * @line_node: in the line handle's list, under session.lock
 * @call_node: in the call's list, under adapter.lock
 * @embedded: the call handle that it is part of (a reference); NULL: it was allocated, and charged
 * @cookie: the caller's
 * @command: number of the command
 * @handle: the call handle's number
 * @line_handle: the line handle's number
 * @adapter: adapter's number
 * @line: line
 * @status: of the reply
 * @cause: of a failed make-call
 * @mode: of a failed make-call
 */
struct ndproxy_pending {
	struct ndproxy_slot slot;
	struct ndproxy_session *session;
	enum ndproxy_request_state state;
	struct list_head line_node;
	struct list_head call_node;
	struct ndproxy_call_handle *embedded;
	u64 cookie;
	u32 command;
	u32 handle;
	u32 line_handle;
	u32 adapter;
	u32 line;
	int status;
	u32 cause;
	u32 mode;
};

/**
 * struct ndproxy_line_handle - one NDPROXY_OPEN_LINE
 * @handle: what is common
 * @line: the line (a reference)
 * @node: in the line's list, in the order of opening; under adapter.lock
 * @calls: call handles on it; under adapter.lock
 * @requests: requests without a reply, or with one that was not read; under session.lock
 * @cookie: the caller's
 * @privileges: LINECALLPRIVILEGE_*
 * @media_modes: that it takes
 * @address: that it takes, or NDPROXY_ANY_ADDRESS
 * @mask: LINEDEVSTATE_* to tell; under adapter.lock
 * @missed_calls: calls for which it has MONITOR and could be given no handle; under adapter.lock
 * @changed: LINEDEVSTATE_* not yet told; under session.lock
 * @given_up: closed by its owner: what is not read is discarded; under session.lock
 * @state_slot: LINE_LINEDEVSTATE
 * @close_slot: LINE_CLOSE
 */
struct ndproxy_line_handle {
	struct ndproxy_object handle;
	struct ndproxy_line *line;
	struct list_head node;
	struct list_head calls;
	struct list_head requests;
	u64 cookie;
	u32 privileges;
	u32 media_modes;
	u32 address;
	u32 mask;
	u32 missed_calls;
	u32 changed;
	bool given_up;
	struct ndproxy_slot state_slot;
	struct ndproxy_slot close_slot;
};

/**
 * struct ndproxy_call_handle - a session's view of a call
 * @handle: what is common
 * @call: the call (a reference)
 * @line_handle: where it belongs (a reference)
 * @call_node: in the call's list; under adapter.lock
 * @line_node: in the line handle's list; under adapter.lock
 * @privilege: LINECALLPRIVILEGE_OWNER or MONITOR; under adapter.lock
 * @given: it was handed over, and no command has used it yet; under adapter.lock
 * @reported: enum ndproxy_call_report that were queued, as bits; under session.lock
 * @announced: LINE_APPNEWCALL was queued; under session.lock
 * @privilege_in: the state that tells the privilege, or 0; under session.lock
 * @privilege_state: the state when the privilege was raised; under session.lock
 * @changed: LINECALLINFOSTATE_* not yet told; under session.lock
 * @given_up: deallocated by its owner: what is not read is discarded; under session.lock
 * @new_slot: LINE_APPNEWCALL
 * @state_slots: LINE_CALLSTATE, by enum ndproxy_call_report
 * @privilege_slot: LINE_CALLSTATE with a raised privilege
 * @info_slot: LINE_CALLINFO
 * @drop: request of the first drop, so that it needs no memory; under adapter.lock
 * @drop_used: @drop is pending or its reply was not read; under session.lock
 */
struct ndproxy_call_handle {
	struct ndproxy_object handle;
	struct ndproxy_call *call;
	struct ndproxy_line_handle *line_handle;
	struct list_head call_node;
	struct list_head line_node;
	u32 privilege;
	bool given;
	u32 reported;
	bool announced;
	u32 privilege_in;
	u32 privilege_state;
	u32 changed;
	bool given_up;
	struct ndproxy_slot new_slot;
	struct ndproxy_slot state_slots[NDPROXY_NR_REPORTS];
	struct ndproxy_slot privilege_slot;
	struct ndproxy_slot info_slot;
	struct ndproxy_pending drop;
	bool drop_used;
};

/**
 * enum ndproxy_close_state - how far the end of a call's leg A is, under adapter.lock
 * @NDPROXY_CLOSE_NONE: nobody has asked for it
 * @NDPROXY_CLOSE_CLAIMED: somebody is on his way to condis_cl_close_call() or to the rejection
 * @NDPROXY_CLOSE_POSTED: it was taken; the completion, or the VC's deletion, follows
 * @NDPROXY_CLOSE_REFUSED: it was not: the call had ended, and somebody else hears of it
 */
enum ndproxy_close_state {
	NDPROXY_CLOSE_NONE,
	NDPROXY_CLOSE_CLAIMED,
	NDPROXY_CLOSE_POSTED,
	NDPROXY_CLOSE_REFUSED,
};

/**
 * struct ndproxy_call - one call, TAPI's side of it
 * @ref: its leg, handles, requests, data file, running commands
 * @line: its line (a reference)
 * @node: in the line's list
 * @handles: call handles
 * @requests: requests without a reply
 * @vc: leg A, with a reference, or NULL
 * @leg: leg A has not ended; @vc may already be NULL
 * @outgoing: we made the VC and delete it
 * @making: somebody is on his way to condis_cl_make_call(): the VC carries no call yet
 * @close_wanted: to be closed when @making is over
 * @offered: the offer is not decided: whoever clears it decides
 * @reject: @close is the rejection of an offer, which only the VC's deletion follows
 * @make_failed: there is no call, not yet or not any more: who cannot close it deletes the VC
 * @asking: the diagnostics are being asked for: the VC stays until they are there
 * @delete_wanted: the VC is to be deleted then
 * @close: how far the end of leg A is
 * @close_cause: Q.850 cause to close or reject with
 * @close_node: in the list of calls that its claimer closes
 * @state: TAPI's view
 * @owners: handles with OWNER
 * @monitors: handles with MONITOR
 * @uid: the user of its first owner
 * @owned: @uid is valid
 * @maker: line handle that made it; only compared
 * @replied: it is a call: an offer, or the reply to the make-call was given
 * @seen: the state that was reported last, or NDPROXY_NR_REPORTS
 * @entered: when @seen was entered, ns of CLOCK_MONOTONIC
 * @cause: Q.850 cause of the end
 * @mode: LINEDISCONNECTMODE_* of the end
 * @diagnostics: of the end
 * @request: for them
 * @answer: buffer of @request
 * @params: as made or offered; rates and max_sdu from CONNECTED on
 * @vc_id: number of the VC, also when that is gone; 0 before there is one
 * @network_call: the network's number of the call, when the VC is gone
 * @data_lock: protects what follows
 * @data: the data file, or NULL
 * @packets: received, not read
 * @data_vc: where packets can be sent, with a reference, while the call is connected
 * @data_ended: the call is over: nothing is sent or taken any more
 * @lost: packets for which there was no room
 * @rcu: handlers in atomic context find the call without a reference
 *
 * Everything down to @network_call is under adapter.lock.
 */
struct ndproxy_call {
	struct kref ref;
	struct ndproxy_line *line;
	struct list_head node;
	struct list_head handles;
	struct list_head requests;
	struct condis_vc *vc;
	bool leg;
	bool outgoing;
	bool making;
	bool close_wanted;
	bool offered;
	bool reject;
	bool make_failed;
	bool asking;
	bool delete_wanted;
	enum ndproxy_close_state close;
	u32 close_cause;
	struct list_head close_node;
	enum ndproxy_call_state state;
	unsigned int owners;
	unsigned int monitors;
	kuid_t uid;
	bool owned;
	const struct ndproxy_line_handle *maker;
	bool replied;
	enum ndproxy_call_report seen;
	u64 entered;
	u32 cause;
	u32 mode;
	struct condis_call_diagnostics diagnostics;
	struct condis_oid_request request;
	struct condis_call_diagnostics answer;
	struct condis_call_params params;
	u64 vc_id;
	u64 network_call;

	spinlock_t data_lock;	/* innermost: what follows */
	struct ndproxy_data *data;
	struct sk_buff_head packets;
	struct condis_vc *data_vc;
	bool data_ended;
	u64 lost;
	struct rcu_head rcu;
};

/**
 * struct ndproxy_leg - our private area of a VC
 * @call: the call it carries (a reference from its leg), or NULL
 */
struct ndproxy_leg {
	struct ndproxy_call *call;
};

/* A line's SAP. */
enum ndproxy_sap_state {
	NDPROXY_SAP_NONE,
	NDPROXY_SAP_REGISTERING,
	NDPROXY_SAP_REGISTERED,
	NDPROXY_SAP_DEREGISTERING,
};

/**
 * struct ndproxy_line - a line that is open, or still comes down
 * @ref: its handles and calls, its SAP, the adapter's list
 * @adapter: its adapter (a reference)
 * @node: in the adapter's list, while it has handles, calls or a SAP
 * @number: which line
 * @gone: closed from below: for new handles there is another one
 * @handles: line handles, in the order of opening
 * @calls: calls with a leg or handles
 * @num_opens: how many line handles
 * @num_calls: calls that are not IDLE
 * @legs: calls that have not ended below
 * @listeners: handles with OWNER
 * @sap_state: its SAP
 * @sap: the SAP while it is registered, until its last completion, or NULL
 * @sap_error: the registration was refused, and why: not tried again before the next open
 * @settled: who opens it waits here for its SAP
 *
 * All but @settled under adapter.lock.
 */
struct ndproxy_line {
	struct kref ref;
	struct ndproxy_binding *adapter;
	struct list_head node;
	u32 number;
	bool gone;
	struct list_head handles;
	struct list_head calls;
	unsigned int num_opens;
	unsigned int num_calls;
	unsigned int legs;
	unsigned int listeners;
	enum ndproxy_sap_state sap_state;
	struct condis_sap *sap;
	int sap_error;
	wait_queue_head_t settled;
};

/**
 * struct ndproxy_line_table_entry - what is known of a line
 * @caps: its capabilities
 * @addresses: its addresses; one for all if they do not differ
 */
struct ndproxy_line_table_entry {
	struct condis_line_caps caps;
	struct condis_address_caps *addresses;
};

/**
 * struct ndproxy_line_table - what is known of an adapter
 * @cm: the call manager's capabilities
 * @lines: its lines; one for all if they do not differ
 * @known: lines of @lines that are filled
 */
struct ndproxy_line_table {
	struct condis_cm_caps cm;
	struct ndproxy_line_table_entry *lines;
	u32 known;
};

/* An adapter's address family. */
enum ndproxy_af_state {
	NDPROXY_AF_NONE,
	NDPROXY_AF_OPENING,
	NDPROXY_AF_QUERYING,
	NDPROXY_AF_OPEN,
	NDPROXY_AF_CLOSING,
};

/* How far the question for the capabilities is. */
enum ndproxy_query_state {
	NDPROXY_QUERY_ASK,
	NDPROXY_QUERY_PENDING,
	NDPROXY_QUERY_ANSWERED,
};

/**
 * struct ndproxy_query - asking for the capabilities, one question after the other
 * @state: under adapter.lock
 * @request: the question
 * @status: of its answer
 * @line: of the question
 * @address: of the question
 * @table: what is known so far
 * @cm: buffer
 * @line_caps: buffer
 * @address_caps: buffer
 */
struct ndproxy_query {
	enum ndproxy_query_state state;
	struct condis_oid_request request;
	int status;
	u32 line;
	u32 address;
	struct ndproxy_line_table *table;
	struct condis_cm_caps cm;
	struct condis_line_caps line_caps;
	struct condis_address_caps address_caps;
};

/**
 * struct ndproxy_binding - one binding, and its address family
 * @ref: its namespace's table, lines, the binding, the AF, running commands and the updater
 * @net: its namespace
 * @id: number
 * @name: name
 * @lock: protects everything below
 * @updating: somebody brings it to where it should be: ndproxy_adapter_update()
 * @again: something changed meanwhile
 * @binding: the core's, until its last word; then NULL
 * @known: its call manager has served our address family before
 * @served: the call manager serves our address family
 * @refused: it did not let us open it: not tried again until something changes
 * @notified: it asked us to close
 * @dead: we were asked to unbind
 * @adapter_closed: condis_close_adapter() was called
 * @state: of the address family
 * @af: it, with a reference, from when it was opened until it is closed
 * @af_users: commands that are using @af: its close comes after them
 * @af_close_posted: its close was asked for
 * @serial: age of the line table: older sessions cannot open lines (REINIT)
 * @signaling: the call manager has its network
 * @resetting: nothing is asked and nothing sent between RESET_START and RESET_END
 * @query: asking for the line table
 * @table: the line table, in @state OPEN, CLOSING
 * @lines: lines
 */
struct ndproxy_binding {
	struct kref ref;
	struct ndproxy_net *net;
	u32 id;
	char name[CONDIS_NAME_SIZE];

	spinlock_t lock;	/* outermost spinlock: what follows, and lines and calls */
	bool updating;
	bool again;
	struct condis_binding *binding;
	bool known;
	bool served;
	bool refused;
	bool notified;
	bool dead;
	bool adapter_closed;
	enum ndproxy_af_state state;
	struct condis_af *af;
	unsigned int af_users;
	bool af_close_posted;
	u64 serial;
	bool signaling;
	bool resetting;
	struct ndproxy_query query;
	struct ndproxy_line_table *table;
	struct list_head lines;
};

/**
 * struct ndproxy_command - one ioctl while it runs
 * @session: of which session
 * @ops: which one
 * @arg: its structure, the kernel's copy
 * @error: what was wrong, if something was
 * @made: call handle that was made for the caller (a reference)
 * @file: made for the caller, not yet installed
 * @fd: its descriptor
 */
struct ndproxy_command {
	struct ndproxy_session *session;
	const struct ndproxy_command_ops *ops;
	const void *arg;
	struct ndproxy_extended_error error;
	struct ndproxy_call_handle *made;
	struct file *file;
	int fd;
};

#define NDPROXY_NO_FIELD	U32_MAX

int ndproxy_bad(struct ndproxy_command *cmd, const void *member, int err);

/* device.c, dispatch.c */
int ndproxy_device_init(void);
void ndproxy_device_exit(void);
long ndproxy_ioctl(struct file *file, unsigned int cmd, unsigned long arg);

/* session.c */
struct ndproxy_session *ndproxy_session_open(struct file *file);
void ndproxy_session_end(struct ndproxy_session *session);
void ndproxy_session_put(struct ndproxy_session *session);
int ndproxy_session_charge(struct ndproxy_session *session, enum condis_charge charge);
void ndproxy_session_uncharge(struct ndproxy_session *session, enum condis_charge charge);
extern const u32 ndproxy_limits[CONDIS_NR_CHARGES];

int ndproxy_handle_init(struct ndproxy_object *handle, struct ndproxy_session *session,
			bool is_call, gfp_t gfp);
int ndproxy_handle_publish(struct ndproxy_object *handle);
void ndproxy_handle_abandon(struct ndproxy_object *handle);
struct ndproxy_object *ndproxy_handle_take(struct ndproxy_session *session, u32 id, bool is_call,
					   int *err);
bool ndproxy_handle_untable(struct ndproxy_object *handle, bool bury);
void ndproxy_handle_put(struct ndproxy_object *handle);
int ndproxy_handle_find(struct ndproxy_session *session, u32 id, bool is_call,
			struct ndproxy_object **handle);

/* registry.c */
struct ndproxy_net *ndproxy_net_get(u64 cookie);
void ndproxy_net_put(struct ndproxy_net *net);
void ndproxy_net_add_session(struct ndproxy_net *net, struct ndproxy_session *session);
void ndproxy_net_remove_session(struct ndproxy_net *net, struct ndproxy_session *session);
int ndproxy_net_add_adapter(struct ndproxy_net *net, struct ndproxy_binding *adapter);
void ndproxy_net_remove_adapter(struct ndproxy_net *net, struct ndproxy_binding *adapter);
struct ndproxy_binding *ndproxy_net_adapter(struct ndproxy_net *net, u32 id);
struct ndproxy_binding *ndproxy_net_next_adapter(struct ndproxy_net *net, u32 after);
void ndproxy_net_tell_lines(struct ndproxy_net *net, u32 type, struct ndproxy_binding *adapter,
			    u32 num_lines, u64 serial);
void ndproxy_net_tell_reinit(struct ndproxy_net *net, struct ndproxy_binding *adapter, u64 serial);
u64 ndproxy_next_serial(void);
void ndproxy_registry_exit(void);

/* event.c */
void ndproxy_events_init(struct ndproxy_session *session);
void ndproxy_slot_init(struct ndproxy_slot *slot, enum ndproxy_slot_type type, void *owner);
void ndproxy_event_reply(struct ndproxy_pending *request);
struct ndproxy_pending *ndproxy_event_take_reply(struct ndproxy_session *session, u32 command,
						 u32 handle);
void ndproxy_event_new_call(struct ndproxy_call_handle *ch);
void ndproxy_event_call_state(struct ndproxy_call_handle *ch, enum ndproxy_call_report report);
void ndproxy_event_privilege(struct ndproxy_call_handle *ch, enum ndproxy_call_report report);
void ndproxy_event_call_info(struct ndproxy_call_handle *ch, u32 changed);
void ndproxy_event_line_state(struct ndproxy_line_handle *lh, u32 changed);
void ndproxy_event_line_close(struct ndproxy_line_handle *lh);
void ndproxy_event_reinit(struct ndproxy_session *session, u32 adapter);
void ndproxy_event_lines(struct ndproxy_session *session, u32 type, u32 adapter, u32 num_lines);
void ndproxy_events_discard_call(struct ndproxy_call_handle *ch);
void ndproxy_events_discard_line(struct ndproxy_line_handle *lh);
void ndproxy_events_end(struct ndproxy_session *session);
bool ndproxy_events_ready(struct ndproxy_session *session);
ssize_t ndproxy_events_read(struct ndproxy_session *session, struct iov_iter *to, bool nonblock);

/* request.c */
struct ndproxy_pending *ndproxy_request_alloc(struct ndproxy_session *session);
void ndproxy_request_free(struct ndproxy_pending *request);
struct ndproxy_pending *ndproxy_request_reserved(struct ndproxy_call_handle *ch);
void ndproxy_request_start(struct ndproxy_pending *request, struct ndproxy_call_handle *ch,
			   u32 command, u64 cookie);
void ndproxy_request_finish(struct ndproxy_pending *request, int status, u32 cause, u32 mode);
void ndproxy_requests_finish(struct ndproxy_call *call, u32 command, int status);
void ndproxy_requests_suppress(struct ndproxy_line_handle *lh);

/* adapter.c */
extern struct condis_protocol ndproxy_protocol;
void ndproxy_adapter_put(struct ndproxy_binding *adapter);
void ndproxy_adapter_update(struct ndproxy_binding *adapter);
int ndproxy_adapter_ready(const struct ndproxy_binding *adapter);
void ndproxy_adapter_retry(struct ndproxy_binding *adapter);
void ndproxy_adapter_unuse(struct ndproxy_binding *adapter);
struct condis_af *ndproxy_adapter_hold_af(struct ndproxy_binding *adapter);
void ndproxy_open_af_complete(struct condis_af *af, int status);
void ndproxy_close_af_complete(struct condis_af *af);
int ndproxy_notify_close_af(struct condis_af *af);
int ndproxy_af_oid_request(struct condis_af *af, struct condis_oid_request *req);

/* caps.c */
void ndproxy_query_start(struct ndproxy_query *query);
void ndproxy_query_ask(struct ndproxy_binding *adapter);
int ndproxy_query_take(struct ndproxy_binding *adapter, bool *done);
void ndproxy_table_free(struct ndproxy_line_table *table);
struct ndproxy_line_table_entry *ndproxy_table_line(struct ndproxy_line_table *table, u32 line);
struct condis_address_caps *ndproxy_table_address(struct ndproxy_line_table *table, u32 line,
						  u32 address);
bool ndproxy_table_set_service(struct ndproxy_line_table *table, u32 line, bool in_service);

/* user.c */
struct ndproxy_user *ndproxy_user_charge(kuid_t uid);
void ndproxy_user_uncharge(struct ndproxy_user *user);

/* line.c */
void ndproxy_line_put(struct ndproxy_line *line);
void ndproxy_line_check(struct ndproxy_line *line);
void ndproxy_sap_gone(struct ndproxy_line *line, int status);
void ndproxy_register_sap_complete(struct condis_sap *sap, int status);
void ndproxy_deregister_sap_complete(struct condis_sap *sap);
bool ndproxy_line_wants_sap(const struct ndproxy_line *line);
void ndproxy_line_handle_close(struct ndproxy_line_handle *lh);
int ndproxy_line_handle_get(struct ndproxy_session *session, u32 id,
			    struct ndproxy_line_handle **lh);
int ndproxy_line_handle_alive(const struct ndproxy_line_handle *lh);
void ndproxy_lines_force(struct ndproxy_binding *adapter, struct list_head *doomed);
void ndproxy_lines_swept(struct ndproxy_binding *adapter);
void ndproxy_line_hold(struct ndproxy_line *line);
void ndproxy_line_tell(struct ndproxy_line *line, u32 changed,
		       const struct ndproxy_session *except);

/* call.c */
struct ndproxy_call *ndproxy_call_alloc(struct ndproxy_line *line, gfp_t gfp);
void ndproxy_call_hold(struct ndproxy_call *call);
void ndproxy_call_put(struct ndproxy_call *call);
int ndproxy_call_handle_get(struct ndproxy_session *session, u32 id,
			    struct ndproxy_call_handle **ch);
int ndproxy_call_handle_use(struct ndproxy_call_handle *ch);
int ndproxy_call_command(struct ndproxy_command *cmd, const u32 *id, void *arg,
			 int (*run)(struct ndproxy_command *cmd, struct ndproxy_call_handle *ch,
				    void *arg));
int ndproxy_call_handle_give(struct ndproxy_call_handle *ch);
spinlock_t *ndproxy_call_lock(const struct ndproxy_call_handle *ch);
void ndproxy_call_link(struct ndproxy_call *call);
void ndproxy_call_check(struct ndproxy_call *call);
u32 ndproxy_call_mode(const struct ndproxy_call *call, u32 line_state);
struct ndproxy_call_handle *ndproxy_call_handle_alloc(struct ndproxy_call *call,
						      struct ndproxy_line_handle *lh,
						      u32 privilege, gfp_t gfp);
void ndproxy_call_handle_free(struct ndproxy_call_handle *ch);
int ndproxy_call_handle_add(struct ndproxy_call_handle *ch);
void ndproxy_call_handle_remove(struct ndproxy_call_handle *ch, bool bury,
				struct list_head *doomed);
void ndproxy_call_handle_raise(struct ndproxy_call_handle *ch, const struct ndproxy_session *by);
void ndproxy_call_handle_lower(struct ndproxy_call_handle *ch);
void ndproxy_call_handle_announce(struct ndproxy_call_handle *ch,
				  const struct ndproxy_session *by);
void ndproxy_call_handle_seen(struct ndproxy_call_handle *ch);
void ndproxy_call_handle_close(struct ndproxy_object *handle);
bool ndproxy_call_takes(const struct ndproxy_call *call, const struct ndproxy_line_handle *lh);
bool ndproxy_call_visible(const struct ndproxy_call *call, const struct ndproxy_session *session);
void ndproxy_call_add_monitors(struct ndproxy_call *call, const struct ndproxy_line_handle *owner);
int ndproxy_call_event(struct ndproxy_call *call, enum ndproxy_call_event event, u32 cause);
void ndproxy_call_doom(struct ndproxy_call *call, u32 cause, struct list_head *doomed);
void ndproxy_calls_close(struct list_head *doomed);
void ndproxy_calls_forget(struct list_head *doomed);
void ndproxy_call_trace(struct ndproxy_call *call, bool down, const char *message, int detail);

/* leg.c */
extern const struct condis_client_ops ndproxy_client_ops;
void ndproxy_leg_begin(struct ndproxy_call *call, struct condis_vc *vc);
void ndproxy_leg_end(struct ndproxy_call *call);
void ndproxy_leg_delete(struct ndproxy_call *call);

/* data.c */
void ndproxy_data_start(struct ndproxy_call *call);
void ndproxy_data_stop(struct ndproxy_call *call);
void ndproxy_data_wake(struct ndproxy_call *call);
void ndproxy_data_receive(struct ndproxy_call *call, struct sk_buff *skb);
void ndproxy_data_purge(struct ndproxy_call *call);

/* Commands: error.c, session.c, caps.c, line.c, call_control.c, call_info.c, data.c. */
int ndproxy_get_version(struct ndproxy_command *cmd, void *arg);
int ndproxy_get_limits(struct ndproxy_command *cmd, void *arg);
int ndproxy_get_extended_error(struct ndproxy_command *cmd, void *arg);
int ndproxy_enum_adapter(struct ndproxy_command *cmd, void *arg);
int ndproxy_get_adapter_caps(struct ndproxy_command *cmd, void *arg);
int ndproxy_get_line_caps(struct ndproxy_command *cmd, void *arg);
int ndproxy_get_address_caps(struct ndproxy_command *cmd, void *arg);
int ndproxy_open_line(struct ndproxy_command *cmd, void *arg);
int ndproxy_open_line_finish(struct ndproxy_command *cmd, void *arg, int err);
int ndproxy_close_line(struct ndproxy_command *cmd, void *arg);
int ndproxy_get_line_status(struct ndproxy_command *cmd, void *arg);
int ndproxy_set_status_messages(struct ndproxy_command *cmd, void *arg);
int ndproxy_get_new_calls(struct ndproxy_command *cmd, void *arg);
int ndproxy_get_new_calls_finish(struct ndproxy_command *cmd, void *arg, int err);
int ndproxy_make_call(struct ndproxy_command *cmd, void *arg);
int ndproxy_make_call_finish(struct ndproxy_command *cmd, void *arg, int err);
int ndproxy_accept(struct ndproxy_command *cmd, void *arg);
int ndproxy_answer(struct ndproxy_command *cmd, void *arg);
int ndproxy_drop(struct ndproxy_command *cmd, void *arg);
int ndproxy_deallocate_call(struct ndproxy_command *cmd, void *arg);
int ndproxy_get_call_info(struct ndproxy_command *cmd, void *arg);
int ndproxy_get_call_status(struct ndproxy_command *cmd, void *arg);
int ndproxy_get_call_diagnostics(struct ndproxy_command *cmd, void *arg);
int ndproxy_set_call_privilege(struct ndproxy_command *cmd, void *arg);
int ndproxy_handoff(struct ndproxy_command *cmd, void *arg);
int ndproxy_open_data(struct ndproxy_command *cmd, void *arg);
int ndproxy_open_data_finish(struct ndproxy_command *cmd, void *arg, int err);
int ndproxy_shutdown(struct ndproxy_command *cmd, void *arg);

#endif /* _NDPROXY_H */
