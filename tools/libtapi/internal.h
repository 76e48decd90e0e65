/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The objects of libtapi, who holds what, and in which order things are locked.
 *
 *   HLINEAPP = struct app = one open /dev/ndproxy, a session of the kernel's
 *   HLINE    = struct line = a line handle of that session
 *   HCALL    = struct call = a call handle of that session
 *
 * The kernel has the states: the library has none of a call's or a line's, so
 * there is nothing to disagree about.  It has names (handles), what an
 * application asked and was not answered yet (requests), and messages that the
 * kernel has no word for.
 *
 * References.  Each object is counted.  An object that is named by a handle has
 * one reference from the table of handles; a call has one of its line, a line
 * one of its application, a request one of its line and, if it has one, of its
 * call.  A function of the interface gets its object by handle, which gives it a
 * reference, and puts it when it returns; whoever ends an object takes its name
 * away first (handle_take()), and of several only one succeeds.  So every
 * function may run in any thread while another one ends its object, also inside
 * a callback.  The descriptors of an application are closed with its last
 * reference: a thread that waits in lineGetMessage() has one.
 *
 * Ends.  is_dead is set under app.lock, once.  From then on nothing is told of
 * that object: messages that wait are purged, events that are read later find no
 * object and are dropped; requests are forgotten.  The kernel is told after
 * that, without the lock.
 *
 * Locks.  handles' lock is innermost, and only handle.c takes it.  app.lock is
 * held while an event is read from the kernel (which does not wait) and turned
 * into messages, so that what two events of one call say is said in their
 * order.  No lock is held while a callback runs, while NDPROXY_OPEN_LINE waits,
 * nor while a message is written to a completion port.  Two applications' locks
 * are never held together.
 */
#ifndef LIBTAPI_INTERNAL_H
#define LIBTAPI_INTERNAL_H

/* The kernel's names first: those of tapi.h are macros of the same names. */
#include <linux/ndproxy.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Without memory uthash leaves the element's table NULL; else it would end the process. */
#define HASH_NONFATAL_OOM 1
/* Every key is a number of 32 bits that is given in turn: it is its own hash, and a perfect one. */
#define HASH_FUNCTION(key, length, hash) \
	do { \
		(void)(length); \
		(hash) = *(const uint32_t *)(key); \
	} while (0)
/*
 * A table comes with its first element and goes with its last, so those of an application's
 * requests and calls do so with each call: small, and by malloc(), which has at hand what was freed
 * just now (of malloc() and memset() in one place the compiler makes a calloc(), which has not).
 */
void *hash_malloc(size_t size);
#define uthash_malloc(size) hash_malloc(size)
#include <uthash.h>
#undef HASH_INITIAL_NUM_BUCKETS
#undef HASH_INITIAL_NUM_BUCKETS_LOG2
#define HASH_INITIAL_NUM_BUCKETS 4U
#define HASH_INITIAL_NUM_BUCKETS_LOG2 2U

/* The functions are defined here: none is another one's by a macro. */
#define TAPI_PLAIN_NAMES
#include "tapi.h"
#include "lock.h"

/* What the library exports; everything else is hidden. */
#define TAPI_EXPORT __attribute__((visibility("default")))

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* The versions of the interface that are offered. */
#define TAPI_VERSION_1_3	0x00010003
#define TAPI_VERSION_1_4	0x00010004
#define TAPI_VERSION_2_0	0x00020000
#define TAPI_VERSION_2_1	0x00020001
#define TAPI_VERSION_2_2	0x00020002

struct app;
struct line;
struct call;
struct request;

/*
 * Handles (handle.c)
 */

enum object_kind {
	OBJECT_APP,
	OBJECT_LINE,
	OBJECT_CALL,
};

/**
 * struct object - what a handle names; first member of app, line and call
 * @in_table: place in the table of handles
 * @handle: 1 to 0x7fffffff, cyclically, so that a stale one names nothing for a long time
 * @kind: what it is
 * @refs: references
 * @is_dead: nothing is told of it any more; written under app.lock
 * @free: with the last reference
 */
struct object {
	UT_hash_handle in_table;
	DWORD handle;
	enum object_kind kind;
	atomic_uint refs;
	atomic_bool is_dead;
	void (*free)(struct object *object);
};

/*
 * Give it a handle: it then has two references, the caller's and the table's. -1 without memory,
 * and nothing is touched.
 */
int handle_new(struct object *object, enum object_kind kind,
	       void (*release)(struct object *object));
/* What it names, with a reference, or NULL. */
struct object *handle_get(DWORD handle, enum object_kind kind);
/* Take the name away: true for the one who did, who then has the table's reference. */
bool handle_take(struct object *object);
void object_hold(struct object *object);
void object_put(struct object *object);
/* No application was ever initialised in this process (or since fork()). */
bool handles_never_used(void);
/*
 * The child of a fork(): what it inherited is nobody's any more. Applications are marked dead, so
 * that a thread that was in one of our functions (a callback, say) finds its way out. Around it the
 * lock of the table is held, by the forking thread.
 */
void handles_lock(void);
void handles_unlock(void);
void handles_orphan(void);

/*
 * Descriptors (fork.c): all that the library opens for itself are registered, with O_CLOEXEC, and a
 * child of fork() closes its copies. No fork() of another thread's falls between open() and
 * descriptor_add() if both are between descriptors_lock() and descriptors_unlock(), where nobody
 * waits.
 */

void descriptors_lock(void);
void descriptors_unlock(void);
/*
 * Register it: @fd itself, or another number if it was 0; or -1 (it was -1, errno stays; or no
 * memory: it is closed). Lock held.
 */
int descriptor_add(int fd);
/*
 * One that another library opened, and closes: registered (false: no memory), and no more; lock
 * held.
 */
bool descriptor_keep(int fd);
bool descriptor_forget(int fd);
/* Close it, if it is registered: in a child of fork() it is somebody else's number. */
void descriptor_close(int fd);
/*
 * A duplicate of an epoll descriptor, for the program: whatever it does with it, ours stays. The
 * set watches @witness, an eventfd. -1: errno tells; lock held.
 */
int descriptor_give(int epoll, int witness);
/* Close the duplicate, unless the program has done so: then the number is not ours any more. */
void descriptor_take(int fd, int witness);

/*
 * The three ways to a live object: NULL, and *error is LINEERR_UNINITIALIZED or the kind's own
 * error (INVALAPPHANDLE, INVALLINEHANDLE, INVALCALLHANDLE).
 */
struct app *app_get(HLINEAPP handle, LONG *error);
struct line *line_get(HLINE handle, LONG *error);
struct call *call_get(HCALL handle, LONG *error);
static inline void app_put(struct app *app);
static inline void line_put(struct line *line);
static inline void call_put(struct call *call);

/*
 * Messages (message.c, dispatch.c, port.c)
 */

/**
 * struct message - a message that waits in the application's own queue
 * @next: behind it
 * @body: what lineGetMessage() gives
 * @line: handle of the line that it belongs to, 0: none; it is purged with it
 * @call: handle of the call, likewise
 * @kernel: the kernel's handle of that call
 * @out: LINE_REPLY to lineMakeCall(): where @made is written when the message leaves the queue,
 *	under app.lock: who closes the line knows that nothing is written to it any more, whatever
 *	lineClose() has answered
 * @made: that handle
 */
struct message {
	struct message *next;
	LINEMESSAGE body;
	DWORD line;
	DWORD call;
	__u32 kernel;
	LPHCALL out;
	HCALL made;
};

/*
 * Room for a message at the end of the queue, to be filled before app.lock, which is held, is let
 * go. The first that an event makes goes directly to who reads the event, if none waits. NULL: no
 * memory, and app.lost is counted.
 */
struct message *message_new(struct app *app);
/* The same, with a copy of this. */
bool message_queue(struct app *app, const struct message *message);
/* Forget what waits of the line, or of the call if @call is not 0; app.lock held. */
void messages_purge(struct app *app, DWORD line, DWORD call);
/*
 * The next message, without waiting: from the queue, or an event of the kernel's that says
 * something. True if there is one. Takes app.lock.
 */
bool message_next(struct app *app, struct message *message);
/*
 * Wait until there may be a message. 0: look; -1: EINTR, or there is nothing to wait on: the
 * program has closed descriptors that were never its own.
 */
int message_wait(struct app *app, int timeout_ms);
/*
 * Nothing waits any more, and nothing will: the application is dead, and all who wait look;
 * app.lock held.
 */
void messages_end(struct app *app);
/* event.c: what an event of the kernel's means, as messages in the queue; app.lock held. */
void event_translate(struct app *app, const struct ndproxy_event *event);
/* Line devices came or went: as each version hears it; app.lock held. */
void event_device_created(struct app *app, DWORD id);
void event_device_removed(struct app *app, DWORD id);
/* A line was closed from below: its end in the library, and LINE_CLOSE; app.lock held. */
void event_line_closed(struct app *app, struct line *line, bool is_removed);

/*
 * The thread of a completion port: begin, and (by app_shutdown()) end; any thread but itself waits.
 */
struct port;
struct port *port_start(struct app *app, int descriptor, ULONG_PTR key);
void port_stop(struct port *port);

/*
 * Applications (app.c), their devices (device.c)
 */

/**
 * struct device - a line device: what a dwDeviceID stands for
 * @adapter: the kernel's number of its adapter
 * @line: line on it
 * @is_gone: LINE_REMOVE was told: LINEERR_NODEVICE from now on
 *
 * The number of a device is its place in app.devices. It is never given to another one while the
 * application lives.
 */
struct device {
	__u32 adapter;
	__u32 line;
	bool is_gone;
};

/**
 * struct app - an application
 * @object: handle
 * @fd: /dev/ndproxy, O_NONBLOCK and O_CLOEXEC
 * @wake: eventfd: one while messages wait in the queue, or when the application is dead
 * @timer: timerfd of digits that are gathered, or -1: none were ever
 * @event: epoll descriptor of @fd, @wake, @timer and a recipient's bus: what threads wait on
 * @given: the program's duplicate of it: hEvent, tapi_dispatch_fd()
 * @option: LINEINITIALIZEEXOPTION_USE*
 * @version: highest version that the application said it knows
 * @callback: callback mode: where messages go
 * @port: completion port mode: its thread
 * @name: UTF-8, what lineInitializeEx() was told, or the program's name
 * @module: file name of the program, by which others hand calls over to it
 * @lock: all that follows
 * @devices: by dwDeviceID
 * @num_devices: of them
 * @room_for_devices: in @devices
 * @lines: all that are open
 * @calls: by the kernel's handle
 * @requests: by id
 * @num_gathers: calls on which digits are gathered
 * @direct: where the first message of the event that is being read goes; NULL: it has one, or none
 *	is read
 * @announced: the kernel's handle of a call whose LINE_APPNEWCALL was told: its state is next; or 0
 * @first: of the queue
 * @last: of the queue
 * @recipient: registered for requests of assisted telephony, or NULL
 * @lost: messages that found no memory
 */
struct app {
	struct object object;
	int fd;
	int wake;
	int timer;
	int event;
	int given;
	DWORD option;
	DWORD version;
	LINECALLBACK callback;
	struct port *port;
	char *name;
	char *module;
	struct lock lock;
	struct device *devices;
	DWORD num_devices;
	DWORD room_for_devices;
	struct line *lines;
	struct call *calls;
	struct request *requests;
	unsigned int num_gathers;
	struct message *direct;
	__u32 announced;
	struct message *first;
	struct message *last;
	struct recipient *recipient;
	unsigned int lost;
};

/* Kernel and library as lineShutdown() has it. False if somebody else did. */
bool app_shutdown(struct app *app);

/*
 * The device of a dwDeviceID: 0, LINEERR_BADDEVICEID (never was one) or LINEERR_NODEVICE (gone).
 * Takes app.lock.
 */
LONG device_find(struct app *app, DWORD id, struct device *device);
/* dwDeviceID of a line of the kernel's that is there, or -1; app.lock held. */
int64_t device_id(const struct app *app, __u32 adapter, __u32 line);
/*
 * All devices anew, without messages (at the beginning); or what changed, with them; app.lock held.
 */
LONG devices_read(struct app *app, bool tell);
/* An adapter came or went, told by the kernel; app.lock held. */
void devices_created(struct app *app, const struct ndproxy_event *event);
void devices_removed(struct app *app, const struct ndproxy_event *event);
/* 0 if the version is one of ours, else LINEERR_INCOMPATIBLEAPIVERSION. */
LONG version_check(DWORD version);

/*
 * Lines (line.c)
 */

/**
 * struct line - an open line
 * @object: handle; it is also the cookie of all the kernel's events of the line
 * @app: its application, with a reference
 * @next: in app.lines
 * @previous: in app.lines
 * @kernel: the kernel's handle; 0: NDPROXY_OPEN_LINE has not returned, and no event has told it;
 *	written under app.lock
 * @device: dwDeviceID
 * @adapter: the kernel's number
 * @number: line on the adapter
 * @address: of LINEOPENOPTION_SINGLEADDRESS, else 0: where calls are made from if nobody says
 * @version: that lineOpen() was given
 * @instance: dwCallbackInstance
 * @privileges: LINECALLPRIVILEGE_*
 * @media_modes: that it takes
 * @line_states: LINEDEVSTATE_* that it hears of
 * @address_states: LINEADDRESSSTATE_*, likewise
 * @is_opening: lineOpen() has not returned, and may still fail: its end is not told
 */
struct line {
	struct object object;
	struct app *app;
	struct line *next;
	struct line *previous;
	atomic_uint kernel;
	DWORD device;
	__u32 adapter;
	__u32 number;
	__u32 address;
	DWORD version;
	DWORD_PTR instance;
	DWORD privileges;
	DWORD media_modes;
	DWORD line_states;
	DWORD address_states;
	bool is_opening;
};

/*
 * The library's half of a line's end: name, calls, requests and messages are gone; app.lock held.
 * False if somebody else did it. The caller puts the table's reference after it has let the lock
 * go.
 */
bool line_kill(struct line *line);
/*
 * What the kernel is not asked about the line, or not any more, because @error (may be 0) is found
 * first: LINEERR_INVALLINEHANDLE if the line was closed from below, also if its LINE_CLOSE was not
 * read; else @error.
 */
LONG line_refuse(const struct line *line, LONG error);

/*
 * Calls (call.c)
 */

/**
 * struct call - a call handle
 * @object: handle
 * @line: its line, with a reference
 * @by_kernel: place in app.calls, while it is alive and @kernel is known
 * @kernel: the kernel's handle; 0: MAKE_CALL has not returned, and its reply was not read
 * @is_tentative: made here and not answered for yet: its handle is not the application's yet, and
 *	call_get() does not know it; written under app.lock
 * @new_privilege: LINECALLPRIVILEGE_* of a new handle whose first LINE_CALLSTATE was not told,
 *	which has it; else 0; app.lock
 * @params: what lineMakeCall() was told and the kernel is not, for lineGetCallInfo(), or NULL
 */
struct call {
	struct object object;
	struct line *line;
	UT_hash_handle by_kernel;
	__u32 kernel;
	atomic_bool is_tentative;
	DWORD new_privilege;
	DWORD digit_modes;
	struct gather *gather;
	struct call_params *params;
};

/*
 * A new call with a handle, not tentative; the caller has the only reference beside the table's.
 * NULL: no memory.
 */
struct call *call_new(struct line *line);
/*
 * The kernel's handle is known (twice is fine, and nothing if it is dead); app.lock held. False
 * without memory: no event would find it, so it is to be killed and deallocated.
 */
bool call_bind(struct call *call, __u32 kernel);
/* By the kernel's handle, without a reference, or NULL; app.lock held. */
struct call *call_find(struct app *app, __u32 kernel);
/*
 * The library's half of a call's end: name and messages are gone, and with @with_requests what was
 * asked; app.lock held. False if somebody else did it. The caller puts the table's reference after
 * it has let the lock go, and has the kernel deallocate it, if call.kernel is known. One whose
 * MAKE_CALL has not returned is in no table of the application's: who kills a line leaves it to
 * lineMakeCall().
 */
bool call_kill(struct call *call, bool with_requests);

/*
 * Requests (request.c)
 */

/**
 * struct request - what was asked and not answered yet
 * @by_id: place in app.requests
 * @id: dwRequestID, and the kernel's cookie
 * @line: whose it is, with a reference
 * @call: the call, with a reference, or NULL
 * @out: lineMakeCall(): where the handle goes, forgotten with the line
 * @next: of those that are forgotten together
 */
struct request {
	UT_hash_handle by_id;
	DWORD id;
	struct line *line;
	struct call *call;
	LPHCALL out;
	struct request *next;
};

/*
 * To be called before the kernel is asked: the reply may come before the ioctl has returned. The
 * id, not the request: another thread may answer or forget it at once. LINEERR_NOMEM, or
 * LINEERR_INVALLINEHANDLE or LINEERR_INVALCALLHANDLE if one of them is dead: nobody would forget it
 * any more. Takes app.lock.
 */
LONG request_new(struct line *line, struct call *call, LPHCALL out);
/*
 * The kernel refused: there was no request. False if it was answered meanwhile, with the end of its
 * line, or forgotten: then its maker returns the id, which somebody may have been told. Takes
 * app.lock.
 */
bool request_undo(struct app *app, DWORD id);
/*
 * The request with that id, out of the table, or NULL; app.lock held. To be ended by
 * request_free().
 */
struct request *request_take(struct app *app, DWORD id);
void request_free(struct request *request);
/* Forget those of a line, or of one call; app.lock held. */
void requests_forget(struct app *app, struct line *line, struct call *call);
/*
 * The program closes a line that was closed from below, and has not heard of it: what was told
 * before that is still to come, but the memory for handles of its calls may be gone. Takes
 * app.lock.
 */
void requests_disown(struct line *line);
/*
 * A request that the library answers itself (lineSetAppSpecific() is none, lineGenerateDigits()
 * neither): its id, and LINE_REPLY with @result in the queue. Negative: LINEERR_NOMEM. Takes
 * app.lock.
 */
LONG request_answered(struct line *line, struct call *call, LONG result);

/*
 * Errors (error.c)
 */

/**
 * enum operation - what was tried, as far as an errno means something else to each
 */
enum operation {
	OPERATION_SESSION,
	OPERATION_DEVICE,
	OPERATION_OPEN,
	OPERATION_LINE,
	OPERATION_MAKE_CALL,
	OPERATION_CALL,
	OPERATION_HANDOFF,
	OPERATION_REQUEST,
};

/* LINEERR_* for an errno (positive). */
LONG error_of(enum operation operation, int number);
/* LINEERR_* of a failed make-call, by Q.850 cause: LINEERR_OPERATIONFAILED, ... */
LONG error_of_cause(__u32 cause);

/*
 * Variable structures (variable.c), text (text.c)
 */

/**
 * struct variable - a structure of the application's that is being filled
 * @base: its beginning, at dwTotalSize
 * @total: dwTotalSize
 * @needed: so far
 * @used: so far
 * @is_wide: strings are UTF-16
 */
struct variable {
	unsigned char *base;
	DWORD total;
	DWORD needed;
	DWORD used;
	bool is_wide;
};

/*
 * Begin: the first @fixed bytes but dwTotalSize are zero. LINEERR_INVALPOINTER for NULL,
 * LINEERR_STRUCTURETOOSMALL below @fixed.
 */
LONG variable_begin(struct variable *variable, void *structure, DWORD fixed, bool is_wide);
/*
 * A string, or bytes; size and offset are written at *@size, *@offset, both zero if it has no room.
 */
void variable_string(struct variable *variable, const char *text, DWORD *size, DWORD *offset);
void variable_bytes(struct variable *variable, const void *data, DWORD length, DWORD *size,
		    DWORD *offset);
/* dwNeededSize and dwUsedSize, the second and third member of each such structure. */
void variable_end(struct variable *variable);

/*
 * The UTF-8 of an UTF-16 string, to be freed; NULL: no memory, or it is not UTF-16 (errno EILSEQ).
 */
char *text_from_wide(LPCWSTR text);
/* The same of @length bytes at @offset in a structure of the application's, not terminated. */
char *text_from_bytes(const void *bytes, DWORD length, bool is_wide);
/* UTF-16 of UTF-8 into @room units with the end; returns units needed with the end. */
size_t text_to_wide(const char *text, WCHAR *out, size_t room);
/* Whether it is UTF-8 without controls. */
bool text_is_displayable(const char *text);

/*
 * Numbers (number.c)
 */

/*
 * What of a dialable address is dialled: 0-9 A-D * # and + as the first, and zeros behind them. 0;
 * LINEERR_DIALBILLING, DIALDIALTONE, DIALPROMPT, DIALQUIET, DIALVOICEDETECT: it asks for what the
 * device cannot wait for; INVALADDRESS.
 */
LONG number_parse(const char *text, char digits[NDPROXY_NUMBER_SIZE]);

/*
 * Assisted telephony (recipient.c, requester.c), priorities (priority.c)
 */

/* The recipient's half of lineShutdown(); without locks. */
void recipient_end(struct recipient *recipient);
/* Its bus has something; called by message_next() without app.lock; queues LINE_REQUEST. */
void recipient_process(struct app *app);

/* Priority of the module for a media mode or LINEREQUESTMODE_*, from the user's file; 0: none. */
DWORD priority_of(const char *module, DWORD media_mode, DWORD request_mode);
/* Tell the kernel this session's priorities; at lineInitializeEx(). */
void priorities_apply(struct app *app);

static inline void app_put(struct app *app)
{
	object_put(&app->object);
}

static inline void line_put(struct line *line)
{
	object_put(&line->object);
}

static inline void call_put(struct call *call)
{
	object_put(&call->object);
}

#endif /* LIBTAPI_INTERNAL_H */
