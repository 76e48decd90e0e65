/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The objects of TAPI 3: who holds what, what is locked, and how it ends.
 *
 * They are built of the functions of tapi.h, as any application is, and one more (privileges.h).
 *
 * Objects (object.c).  Each begins with a struct object and has the interfaces that it answers to
 * embedded in it, each a pointer to a table of functions; its class lists them.  Whatever
 * QueryInterface() is asked for, by whichever interface, it is looked for in that one list, and
 * IUnknown is always the first of it: so identity, symmetry and transitivity hold without
 * anybody's care.  The ledger (ledger.c) knows all objects that live.
 *
 *	call -> hub     -> TAPI object
 *	call -> address -> TAPI object		"->": holds a reference
 *	event -> what it tells of
 *	snapshot of an enumerator or a collection -> what is in it
 *
 * The TAPI object holds none of them: it would never go otherwise.  What it must find again (a
 * call by its HCALL, an address by its numbers) is in a list of the session's, without a
 * reference, and whoever finds it there takes one only if there is one left (t3_try_hold()).  An
 * object whose last reference goes leaves its list, under the lock that the finder holds, before
 * its memory goes: the finder meets either a living object or none.
 *
 * Sessions (session.c).  From Initialize() to Shutdown() there is a struct session: the HLINEAPP,
 * the callback thread, the lines, and those lists.  The TAPI object has one reference of it, its
 * thread one, each call, address, hub and event one; it is no object that an application sees.
 * Once it is_over, every method of these answers TAPI_E_NOT_INITIALIZED for ever; another
 * Initialize() makes another session.
 *
 * Who reads.  One thread at a time is in lineGetMessage(), and keeps that role until what the
 * message says is said: the callback thread, unless it is in an Event(); then any thread that
 * waits for a call (Connect(), Answer(), Disconnect()), the callback thread itself inside an
 * Event() among them.  So nobody who waits depends on an application's Event() to return, and what
 * is read meanwhile only waits in session.first to be told, where only who reads puts it: Event()
 * is called by the callback thread, for one event after the other, in their order, and never
 * inside another Event().
 *
 * The end of a session, by Shutdown() or by the TAPI object's last reference: is_over is set; from
 * then on no Event() begins; lineShutdown() wakes who reads, drops the calls, and makes everything
 * that was asked unasked; then the callback thread is waited for.  If it is that thread that ends
 * the session, from inside an Event(), it cannot wait for itself: it is detached, holds its own
 * reference of the session, returns from that Event(), looks at nothing but is_over, and ends.
 *
 * Who waits for whom (callback.c).  A callback thread is waited for by who ends its session, until
 * it has ended, and by Unadvise() of the sink that it tells, until that Event() has returned.  Who
 * waits may be in an Event() of another TAPI object's, and so the callback thread of another
 * session, and wait for no more than one: that is session.awaited of its own session.  A callback
 * thread only begins to wait if that chain, from the session that it is to wait for, does not lead
 * to its own; both is done under one lock.  So there is never a ring: at the end of each chain is a
 * thread that waits for nobody.  It waits until what it waits for is over, not until it is awake
 * again: so an Unadvise() is crossed off by the thread whose Event() returns, and what that one
 * tells next can wait for it.  Other threads are waited for by nobody, and may always wait.  Of
 * those who shut down each other in their Event()s all but the last wait; that one does as who ends
 * his own session does, which is the ring of one.
 *
 * A sink is told by one session only, ever, so by one thread at a time: it is taken out of the list
 * when that ends, after is_over is set, and what is in the list when a session is not over yet was
 * advised before.
 *
 * The end of a call: when it is idle, its HCALL is deallocated and its line put, and what there is
 * to know of it is kept by its object, which an application may hold as long as it likes. If the
 * object goes before, its HCALL is deallocated then, which drops a call that nobody else owns. A
 * line is closed when its registration and all calls on it are gone: UnregisterNotifications()
 * must not cut calls off that were taken by it, and takes the privileges off the line meanwhile.
 *
 * Locks, outermost first:
 *
 *	tapi.life	Initialize(): one session at a time
 *	session.lock	everything of a session that changes, and of its calls and lines
 *	point.lock	sinks
 *	callback.c's	who waits for whom; innermost, as is
 *	the ledger's
 *
 * fork() may come while other threads have any of them. Only the ledger's is held over it; in the
 * child it is walked, and of what it knows each TAPI object becomes one that was never initialised,
 * each session one that is over and has forgotten its lists, perhaps in the middle of a change,
 * and their locks are new ones. So a child can release what it has, and make and initialise
 * objects, and every other method answers that there is no session. What the parent's other
 * threads held at that moment is never freed in the child.
 *
 * No lock is held in an application's function (Event(), AddRef(), Release(), QueryInterface() of
 * a sink), nor when a reference is put (it may be the last one, and an end takes locks), nor in
 * lineOpen(), lineGetMessage() and lineShutdown().  Requests are made with session.lock held: a
 * reply, which is looked up with it, finds its request.
 */
#ifndef TAPI3_INTERNAL_H
#define TAPI3_INTERNAL_H

#include <pthread.h>
#include <time.h>

/* Functions are called by their whole names. */
#define TAPI_PLAIN_NAMES

#include "../tapi3.h"
#include "object.h"

#define TAPI3_EXPORT __attribute__((visibility("default")))

/* How long Connect(), Answer() and Disconnect() wait: two minutes, as documented. */
#ifndef T3_WAIT_SECONDS
#define T3_WAIT_SECONDS		120
#endif

/* What this is written to, and the oldest that serves it. */
#define T3_VERSION_HIGH		0x00020002
#define T3_VERSION_LOW		0x00020000

struct session;
struct tapi;
struct address;
struct call;
struct hub;
struct event;
struct line;

/*
 * Numbers of the two worlds (result.c)
 */

/* HRESULT of a LINEERR_*. */
HRESULT t3_result(LONG error);
/* The same of what is not 0: no success, whatever it is. */
static inline HRESULT t3_failure(LONG error)
{
	HRESULT result = t3_result(error);

	return FAILED(result) ? result : E_FAIL;
}

/* CALL_STATE of a LINECALLSTATE_*; -1 of one that says nothing. */
int t3_call_state(DWORD state);
/* CEC_DISCONNECT_* of a LINEDISCONNECTMODE_*. */
CALL_STATE_EVENT_CAUSE t3_cause(DWORD mode);
/* The same of a LINEERR_* that a make-call failed with. */
CALL_STATE_EVENT_CAUSE t3_cause_of_error(LONG error);
/* What a Connect() that waited answers when the call has ended for that reason. */
HRESULT t3_result_of_cause(CALL_STATE_EVENT_CAUSE cause);
/*
 * LINEMEDIAMODE_* of media types of TAPI 3, as far as @modes has them; 0 if there is an unknown
 * one.
 */
DWORD t3_media_modes(LONG types, DWORD modes);
/* Media types of LINEMEDIAMODE_*. */
LONG t3_media_types(DWORD modes);

/*
 * Strings (bstr.c)
 */

/* A copy; NULL of NULL. False: no memory. */
bool t3_bstr_copy(const WCHAR *text, BSTR *out);
/*
 * One of a string of @size bytes (with or without its end) at @offset in a structure of tapi.h's.
 */
BSTR t3_bstr_of(const void *structure, DWORD offset, DWORD size);

/*
 * What was found at one moment, for enumerators and collections (snapshot.c)
 */

/**
 * struct item - one thing in a snapshot
 * @face: the interface that is given away
 * @object: its object, held; NULL: @face is an IUnknown of the application's, held
 * @cookie: of a sink
 */
struct item {
	void *face;
	struct object *object;
	DWORD cookie;
};

/**
 * struct snapshot - things, as they were
 * @refs: references: an enumerator's clones share it
 * @session: whose they are, with a reference; NULL: of none
 * @family: of the objects that are made of it
 * @count: of them
 * @room: for so many
 * @items: the things
 */
struct snapshot {
	atomic_uint refs;
	struct session *session;
	unsigned int family;
	size_t count;
	size_t room;
	struct item *items;
};

/* Of a session; of none: NULL; and the family of what is made of it. */
struct snapshot *t3_snapshot_new(struct session *session, unsigned int family);
/*
 * Takes over the reference that the caller has; if there is no memory, false, and the caller keeps
 * it.
 */
bool t3_snapshot_add(struct snapshot *snapshot, void *face, struct object *object, DWORD cookie);
void t3_snapshot_put(struct snapshot *snapshot);
void t3_item_hold(const struct item *item);
void t3_item_put(const struct item *item);
/* It is of a session that is over. */
bool t3_snapshot_is_over(const struct snapshot *snapshot);

/*
 * An enumerator of a snapshot, as the interface @iid, and a collection of it in a variant; both
 * consume the reference of the snapshot, whatever they answer, and NULL for it is E_OUTOFMEMORY.
 */
HRESULT t3_enumerate(struct snapshot *snapshot, REFIID iid, void **out);
HRESULT t3_collect(struct snapshot *snapshot, VARIANT *out);

/*
 * Sinks (connection.c)
 */

/**
 * struct sink - who is told of events
 * @next: in the point's list
 * @cookie: what Advise() gave
 * @refs: the list's and those of who is telling it; under point.lock
 * @teller: the session whose thread is in its Event(), or about it; NULL: none; under point.lock
 * @waiter: the session whose thread is in Unadvise() of it, until the teller's Event() returns, in
 *	which it has that session's reference; NULL: none, or another thread is; under point.lock
 * @is_gone: unadvised: none begins any more
 * @notify: the application's object, with a reference until the last of @refs is gone
 */
struct sink {
	struct sink *next;
	DWORD cookie;
	unsigned int refs;
	struct session *teller;
	struct session *waiter;
	bool is_gone;
	ITTAPIEventNotification *notify;
};

/**
 * struct sinks - the sinks of a TAPI object
 * @lock: all of it
 * @idle: an Event() has returned
 * @first: the list, in the order of their Advise()
 */
struct sinks {
	pthread_mutex_t lock;
	pthread_cond_t idle;
	struct sink *first;
};

void t3_sinks_init(struct sinks *sinks);
/*
 * All, out of the list, of a session that is over; and their end, when its thread was waited for,
 * or must not be.
 */
struct sink *t3_sinks_take(struct sinks *sinks);
void t3_sinks_end(struct sinks *sinks, struct sink *first);
void t3_sinks_destroy(struct sinks *sinks);
/* In a child of fork(): nobody has the lock, and only this thread may be in an Event(). */
void t3_sinks_orphan(struct sinks *sinks);
/*
 * Tell all, one after the other, as long as the session is not over. @event is the object that
 * they get.
 */
void t3_sinks_tell(struct sinks *sinks, struct session *session, TAPI_EVENT type, IDispatch *event);
/* The connection point of the TAPI object. */
HRESULT t3_connection_point(struct tapi *tapi, IConnectionPoint **out);

/*
 * The TAPI object (tapi.c)
 */

/**
 * struct tapi - the TAPI object
 * @object: TAPI3_TAPI
 * @itapi: its methods
 * @container: where sinks are connected
 * @life: Initialize(), and @session
 * @session: what Initialize() began, with a reference; NULL: not initialised
 * @was_initialised: it was, once
 * @filter: events that are told
 * @sinks: to whom
 */
struct tapi {
	struct object object;
	ITTAPI itapi;
	IConnectionPointContainer container;
	pthread_mutex_t life;
	struct session *session;
	bool was_initialised;
	atomic_int filter;
	struct sinks sinks;
};

extern const IConnectionPointContainerVtbl t3_container_table;

/* In a child of fork(): it is not initialised, and nobody has its locks. */
void t3_tapi_orphan(struct object *object);

/* An ITRequest. NULL: no memory. */
struct object *t3_request_new(void);
/* The session of a TAPI object, with a reference, or NULL. */
struct session *t3_tapi_session(struct tapi *tapi);
/*
 * Of what belongs to a TAPI object, and to no session of it: the session's that there is now, at
 * whose end it should be gone; without one the TAPI object's own.
 */
unsigned int t3_tapi_family(struct tapi *tapi);

/*
 * Sessions (session.c)
 */

/**
 * struct pending - a request that has no reply yet
 * @next: in session.pending
 * @previous: in session.pending
 * @id: of the request
 * @made: lineMakeCall(): lineGetMessage() writes the handle here, so that this is only freed when
 *	nobody is in lineGetMessage()
 * @is_make_call: it is one
 * @is_drop: it is a lineDrop()
 * @call: whose it is, without a reference; NULL: the call object is gone
 * @answer: where the one who waits reads the result, or NULL
 */
struct pending {
	struct pending *next;
	struct pending *previous;
	LONG id;
	HCALL made;
	bool is_make_call;
	bool is_drop;
	struct call *call;
	struct answer *answer;
};

/**
 * struct answer - the result of a request that somebody waits for
 * @is_there: it came
 * @result: 0 or LINEERR_*
 */
struct answer {
	bool is_there;
	LONG result;
};

/**
 * struct untracked - an address whose call hubs SetCallHubTracking() does not want to hear of
 * @next: in session.untracked
 * @device: dwDeviceID
 * @number: of the address on it
 */
struct untracked {
	struct untracked *next;
	DWORD device;
	DWORD number;
};

/**
 * struct session - what is between an Initialize() and its end
 * @refs: references
 * @family: of all that is made in it
 * @is_orphan: this process has it of its parent: the lists are empty, whatever was in them
 * @next: in the ledger
 * @previous: in the ledger
 * @app: of tapi.h
 * @thread: the callback thread
 * @awaited: whom that waits for, with a reference, or NULL; under callback.c's lock
 * @lock: all that follows
 * @changed: broadcast when anything of it did that somebody may wait for; CLOCK_MONOTONIC
 * @is_over: it has ended, or is ending
 * @is_reported: by the callback thread, when its last Event(), in which it ended, has returned
 * @is_reading: somebody is in lineGetMessage(), or is saying what the message said
 * @tapi: the TAPI object, without a reference; NULL: gone
 * @num_devices: line devices that were ever seen, from 0
 * @addresses: address objects, without references
 * @calls: call objects, without references
 * @lines: open lines
 * @untracked: addresses whose call hubs are not told of
 * @pending: requests
 * @first: events that wait to be told, with references
 * @last: of them
 * @request_instance: what LINE_REQUEST's events carry
 * @are_requests_left: they were announced, and could not be taken; only for who has @is_reading
 */
struct session {
	atomic_uint refs;
	unsigned int family;
	bool is_orphan;
	struct session *next;
	struct session *previous;
	HLINEAPP app;
	pthread_t thread;
	struct session *awaited;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool is_over;
	bool is_reported;
	bool is_reading;
	struct tapi *tapi;
	DWORD num_devices;
	struct address *addresses;
	struct call *calls;
	struct line *lines;
	struct untracked *untracked;
	struct pending *pending;
	struct event *first;
	struct event *last;
	LONG request_instance;
	bool are_requests_left;
};

/* Begin one. The caller has the TAPI object's reference. */
HRESULT t3_session_begin(struct tapi *tapi, struct session **out);
/* No Event() of it begins any more. */
void t3_session_over(struct session *session);
/*
 * End one that is over, and put the TAPI object's reference of it. False: its thread is in an
 * Event() that cannot be waited for, so that what is left can be reported only when that has
 * returned, and will be.
 */
bool t3_session_end(struct session *session);
/* In a child of fork(): it is over, and nobody has its locks. */
void t3_session_orphan(struct session *session);
struct session *t3_session_hold(struct session *session);
void t3_session_put(struct session *session);
bool t3_session_is_over(struct session *session);
/* Its TAPI object, with a reference, or NULL. Takes session.lock. */
struct tapi *t3_session_tapi(struct session *session);

/* A request that will be answered; session.lock held. @id is what the function of tapi.h said. */
struct pending *t3_pending_new(struct session *session, struct call *call);
void t3_pending_asked(struct pending *pending, LONG id, struct answer *answer);
/* There is no such request after all; session.lock held. */
void t3_pending_undo(struct session *session, struct pending *pending);
/* Nobody waits for that answer any more; session.lock held. */
void t3_pending_ignore(struct session *session, const struct answer *answer);
/* The call object goes, and its line is closed if it was its own; session.lock held. */
void t3_pending_forget(struct session *session, const struct call *call);
/* A reply; session.lock held. Its request, which is the caller's to free, or NULL. */
struct pending *t3_pending_take(struct session *session, LONG id);

/* When a wait that begins now is too long. */
struct timespec t3_deadline(void);
/*
 * One message, read and said, by who finds that nobody else reads; session.lock held, but not
 * all the time. Waits at most so long; INFINITE is for ever.
 */
void t3_session_read(struct session *session, DWORD milliseconds);
/*
 * Wait until @is_done says so, reading messages if nobody else does; session.lock held, but not all
 * the time. S_OK, TAPI_E_TIMEOUT, or TAPI_E_NOT_INITIALIZED when the session is over.
 */
HRESULT t3_session_wait(struct session *session, bool (*is_done)(const void *data),
			const void *data, const struct timespec *deadline);

/*
 * Messages (message.c) and events (event.c, callback.c)
 */

/* Say what a message says; by who has session.is_reading; without locks. */
void t3_message(struct session *session, const LINEMESSAGE *message);
/* Take and tell all requests of assisted telephony; likewise. */
void t3_requests(struct session *session);
/* The thread's function; its argument is the session, with a reference. */
void *t3_callback(void *argument);
/*
 * This thread is about to wait for that of a session, which the caller has a reference of: false,
 * and it must not. In between it calls nothing of an application's.
 */
bool t3_callback_await(struct session *session);
/*
 * What the thread of @waiter waits for has come about: said before anything else does by which it
 * could be waited for. NULL: it is no callback thread, and nobody waits for it.
 */
void t3_callback_awaited(struct session *waiter);
/* In a child of fork(): its thread waits for nobody, and nobody has the lock. */
void t3_callback_orphan(struct session *session);
/* The session whose thread this is, without a reference, or NULL. */
struct session *t3_callback_own(void);

/**
 * struct event - what a sink is told
 * @object: TAPI3_EVENT
 * @face: its one interface, by @type
 * @next: in session.first
 * @session: with a reference
 * @type: what kind of event
 * @code: its sub-event, or the call's new state
 * @cause: why, or what changed
 * @instance: lCallbackInstance
 * @tapi: TE_TAPIOBJECT: with a reference
 * @address: with a reference, or NULL
 * @call: with a reference, or NULL
 * @hub: with a reference, or NULL
 * @asked: TE_REQUEST: what for
 */
struct event {
	struct object object;
	union {
		ITCallNotificationEvent notification;
		ITCallStateEvent state;
		ITCallInfoChangeEvent info;
		ITCallHubEvent hub;
		ITTAPIObjectEvent tapi;
		ITAddressEvent address;
		ITRequestEvent request;
	} face;
	struct event *next;
	struct session *session;
	TAPI_EVENT type;
	LONG code;
	LONG cause;
	LONG instance;
	struct tapi *tapi;
	struct address *address;
	struct call *call;
	struct hub *hub;
	LINEREQMAKECALLW *asked;
};

/* An event without anything held but the session. NULL: no memory. */
struct event *t3_event_new(struct session *session, TAPI_EVENT type, LONG code, LONG cause,
			   LONG instance);
/*
 * To the end of what waits to be told; session.lock held, and by who reads. Takes over the
 * reference; false, and it does not: the session is over.
 */
bool t3_event_queue(struct session *session, struct event *event);
/* Of a call: made, with references, and queued; likewise, and the call held by the caller. */
void t3_event_of_call(struct session *session, TAPI_EVENT type, struct call *call, LONG code,
		      LONG cause);

/*
 * Lines (line.c)
 */

/**
 * struct line - an open line
 * @next: in session.lines
 * @previous: in session.lines
 * @opened: lineOpen()'s, only for who opens it
 * @handle: of tapi.h; 0: closed from below, or not open yet
 * @is_closed: from below
 * @number: which one it is, dwCallbackInstance of its messages; also the registration's cookie
 * @refs: the registration's, and one of each call on it; under session.lock
 * @is_registered: by RegisterCallNotifications(), and not undone yet
 * @instance: lCallbackInstance
 * @device: dwDeviceID
 * @address: on it
 */
struct line {
	struct line *next;
	struct line *previous;
	HLINE opened;
	HLINE handle;
	bool is_closed;
	LONG number;
	unsigned int refs;
	bool is_registered;
	LONG instance;
	DWORD device;
	DWORD address;
};

/*
 * Open one; the caller has its only reference. @media of LINEMEDIAMODE_*. Waits, without locks.
 */
HRESULT t3_line_open(struct address *address, DWORD privileges, DWORD media, LONG instance,
		     struct line **out);
void t3_line_put(struct session *session, struct line *line);
/* By its number, or NULL; session.lock held. */
struct line *t3_line_find(struct session *session, LONG number);
/* ITTAPI's two. */
HRESULT t3_register(struct session *session, struct address *address, DWORD privileges,
		    DWORD media, LONG instance, LONG *cookie);
HRESULT t3_unregister(struct session *session, LONG cookie);

/*
 * Addresses (address.c)
 */

/**
 * struct address - an address object
 * @object: TAPI3_ADDRESS
 * @iaddress: its methods
 * @capabilities: more of them
 * @media: and more
 * @session: with a reference
 * @tapi: with a reference
 * @next: in session.addresses
 * @previous: in session.addresses
 * @device: dwDeviceID
 * @number: of the address on it
 * @num_addresses: of the device
 * @version: negotiated for the device
 * @media_modes: LINEMEDIAMODE_* that it has
 * @is_listed: it is in session.addresses; under session.lock
 * @is_out_of_service: it said so; under session.lock
 */
struct address {
	struct object object;
	ITAddress iaddress;
	ITAddressCapabilities capabilities;
	ITMediaSupport media;
	struct session *session;
	struct tapi *tapi;
	struct address *next;
	struct address *previous;
	DWORD device;
	DWORD number;
	DWORD num_addresses;
	DWORD version;
	DWORD media_modes;
	bool is_listed;
	bool is_out_of_service;
};

extern const ITAddressCapabilitiesVtbl t3_capabilities_table;
extern const ITMediaSupportVtbl t3_media_table;

/*
 * The address object of these numbers, made if there is none, with a reference. Takes
 * session.lock.
 */
HRESULT t3_address_get(struct session *session, DWORD device, DWORD number, struct address **out);
/* The same; one that has nothing but its numbers, if the device is gone. */
HRESULT t3_address_left(struct session *session, DWORD device, DWORD number, struct address **out);
/* The object of an ITAddress of this library's, without a reference, or NULL. */
struct address *t3_address_of(ITAddress *iaddress);
/* All there are, as ITAddress. NULL: no memory. */
struct snapshot *t3_addresses(struct session *session);
/* Those of one device, added to it; false: no memory. */
bool t3_addresses_of(struct session *session, DWORD device, struct snapshot *snapshot);
/* Those of one device that have an object; if none does, its first address all the same. */
bool t3_addresses_left(struct session *session, DWORD device, struct snapshot *snapshot);
/* The structures of tapi.h for a device or an address, to be freed. */
HRESULT t3_device_caps(struct session *session, DWORD device, DWORD version, LINEDEVCAPS **out);
HRESULT t3_address_caps(struct session *session, DWORD device, DWORD number, DWORD version,
			LINEADDRESSCAPS **out);

/*
 * Calls (call.c, call_control.c, call_info.c) and their hubs (hub.c)
 */

enum drop {
	DROP_NONE,
	DROP_ASKED,
	/* It is becoming idle by itself. */
	DROP_NEEDLESS,
	DROP_DONE,
};

/**
 * struct call - a call object
 * @object: TAPI3_CALL
 * @info: one half of its methods
 * @control: the other half
 * @session: with a reference
 * @address: with a reference
 * @hub: with a reference
 * @next: in session.calls
 * @previous: in session.calls
 * @is_listed: it is in there; under session.lock
 * @line: with a reference, or NULL before Connect() and when it is over; like all that follows,
 *	under session.lock
 * @handle: of tapi.h, 0: none
 * @left: what lineGetCallInfoW() said when it was over, or NULL
 * @state: CS_*
 * @cause: of CS_DISCONNECTED
 * @privilege: CP_*
 * @instance: lCallbackInstance
 * @is_connecting: Connect() was called: it is no second time
 * @was_connected: it was CS_CONNECTED, though it may be over by now
 * @is_over: LINECALLSTATE_IDLE was told, or there is no call behind it any more
 * @is_new: was announced, and its first state was not told yet: it holds a reference of itself
 * @drop: how far Disconnect() is
 * @destination: CreateCall()'s
 * @media: LINEMEDIAMODE_*
 * @country: its country code
 * @parameters: put_CallInfoLong()'s, for lineMakeCall()
 * @texts: put_CallInfoString()'s
 */
struct call {
	struct object object;
	ITCallInfo info;
	ITBasicCallControl control;
	struct session *session;
	struct address *address;
	struct hub *hub;
	struct call *next;
	struct call *previous;
	bool is_listed;
	struct line *line;
	HCALL handle;
	LINECALLINFO *left;
	CALL_STATE state;
	CALL_STATE_EVENT_CAUSE cause;
	CALL_PRIVILEGE privilege;
	LONG instance;
	bool is_connecting;
	bool was_connected;
	bool is_over;
	bool is_new;
	enum drop drop;
	BSTR destination;
	DWORD media;
	DWORD country;
	LINECALLPARAMS parameters;
	BSTR texts[CIS_CALLINGPARTYID + 1];
};

extern const ITBasicCallControlVtbl t3_control_table;
extern const ITCallInfoVtbl t3_info_table;

/* A call object in CS_IDLE, on no line, in the session's list; @media of LINEMEDIAMODE_*. */
HRESULT t3_call_new(struct address *address, BSTR destination, DWORD media, struct call **out);
/* By its handle, with a reference, or NULL. Takes session.lock. */
struct call *t3_call_find(struct session *session, HCALL handle);
/* A new state, told once; session.lock held, and the call held by the caller. */
void t3_call_enter(struct call *call, CALL_STATE state, CALL_STATE_EVENT_CAUSE cause);
/* Its first state, which is told though it was known; likewise. */
void t3_call_first(struct call *call, CALL_STATE state, CALL_STATE_EVENT_CAUSE cause);
/* Its line is gone; session.lock held, and the call held by the caller. */
void t3_call_lost(struct call *call);
/* The result of its make-call; likewise. */
void t3_call_made(struct call *call, HCALL handle, LONG result);
/* It is_over: its handle and its line go; without locks, and the call held by the caller. */
void t3_call_over(struct call *call);
/*
 * A call that was announced on a line, whose reference the call object takes over if it can be
 * made.
 */
HRESULT t3_call_offered(struct session *session, struct line *line, DWORD number, HCALL handle,
			DWORD privilege);
/* The calls of an address, or of all with NULL, as ITCallInfo. NULL: no memory. */
struct snapshot *t3_calls(struct session *session, const struct address *address);
/* Disconnect(), which a hub does as well. */
HRESULT t3_call_disconnect(struct call *call);
/* What lineGetCallInfoW() says of it, or said, to be freed. Takes session.lock. */
HRESULT t3_call_query(struct call *call, LINECALLINFO **out);

/**
 * struct hub - a call hub: what belongs together of the calls of all; here, one
 * @object: TAPI3_CALL_HUB
 * @ihub: its methods
 * @session: with a reference
 * @tapi: with a reference
 * @call: its call, without a reference; NULL: gone; under session.lock
 */
struct hub {
	struct object object;
	ITCallHub ihub;
	struct session *session;
	struct tapi *tapi;
	struct call *call;
};

struct hub *t3_hub_new(struct address *address);
/* All there are, as ITCallHub. NULL: no memory. */
struct snapshot *t3_hubs(struct session *session);
/* SetCallHubTracking() of one address. */
HRESULT t3_track(struct address *address, bool is_tracked);
/*
 * CHE_* of a call, if its address is tracked; session.lock held, and the call held by the caller.
 */
void t3_hub_event(struct call *call, CALLHUB_EVENT event);

#endif /* TAPI3_INTERNAL_H */
