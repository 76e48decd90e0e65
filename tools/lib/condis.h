/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * libcondis: administration of adapters and exchanges, and sessions on
 * /dev/ndproxy.
 *
 * Functions that return int return 0, and on failure -1 with errno set and a
 * text in condis_error(); functions that return a pointer return NULL on
 * failure, likewise.  Handles are opaque.  Structures of results are plain, and
 * grow at their end only.  An object is used by one thread at a time; different
 * objects by any.
 */
#ifndef LIBCONDIS_H
#define LIBCONDIS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <linux/condis.h>
#include <linux/ndproxy.h>
#include <linux/q850.h>

#ifdef __cplusplus
extern "C" {
#endif

#define CONDIS_NAME_SIZE	(CONDIS_NAME_MAX + 1)

/*
 * Errors
 */

/* What failed last in this thread, why, and what to do; never NULL. */
const char *condis_error(void);

/*
 * Names
 */

/* "user busy" for 17; NULL if it has no name. */
const char *condis_cause_name(uint32_t cause);
/* "connected" for LINECALLSTATE_CONNECTED; NULL if it has no name; so are the others. */
const char *condis_call_state_name(uint32_t state);
const char *condis_disconnect_mode_name(uint32_t mode);
const char *condis_line_state_name(uint32_t state);
const char *condis_message_name(uint32_t type);
const char *condis_event_name(uint32_t event);
/* One of the names above for a media mode, or the mode for a name; 0 if there is none. */
const char *condis_media_mode_name(uint32_t mode);
uint32_t condis_media_mode(const char *name);

/*
 * Administration: the generic netlink family "condis"
 */

struct condis_admin;

/* ENOENT: the module condis is not loaded. */
struct condis_admin *condis_admin_open(void);
void condis_admin_close(struct condis_admin *admin);

/*
 * Configuration of an adapter: knobs by name.  A knob has the name of its
 * attribute in <linux/condis_vwan.h>, in small letters, with dashes.
 */
struct condis_config;

/**
 * struct condis_knob - one thing that can be configured
 * @name: its name
 * @value: form of its value, for a help text
 * @help: what it is
 * @initial: the value of an adapter that was made without it
 * @minimum: of a number, unless it is @initial
 * @maximum: of a number; 0: it is none
 */
struct condis_knob {
	const char *name;
	const char *value;
	const char *help;
	const char *initial;
	uint32_t minimum;
	uint32_t maximum;
};

/* The knob at @index, from 0, or NULL at the end. */
const struct condis_knob *condis_knob_at(unsigned int index);

/* The message that knobs of faults name, at @index, from 0, or NULL at the end: "setup". */
const char *condis_fault_message_at(unsigned int index);

struct condis_config *condis_config_new(void);
void condis_config_free(struct condis_config *config);
/* EINVAL: no such knob, or not a value of it. */
int condis_config_set(struct condis_config *config, const char *knob, const char *value);
bool condis_config_is_empty(const struct condis_config *config);
/*
 * What a knob is set to, spelt as condis_adapter_knob() does, to be freed with free(); NULL if it
 * is not set, or there is no memory.
 */
char *condis_config_knob(const struct condis_config *config, const char *knob);

/* Kinds: names, NULL at the end; to be freed with free(). */
char **condis_kinds(struct condis_admin *admin);

/**
 * struct condis_exchange_info - an exchange
 * @id: number
 * @name: name
 * @kind: kind
 * @adapters: adapters connected
 * @numbers: numbers that can be dialled
 * @calls: calls that it knows
 * @calls_made: calls since it was made
 * @late: messages that found no call
 */
struct condis_exchange_info {
	uint32_t id;
	char name[CONDIS_NAME_SIZE];
	char kind[CONDIS_NAME_SIZE];
	uint32_t adapters;
	uint32_t numbers;
	uint32_t calls;
	uint64_t calls_made;
	uint64_t late;
};

int condis_exchange_add(struct condis_admin *admin, const char *name, const char *kind);
int condis_exchange_del(struct condis_admin *admin, const char *name);
/* All of them; their number, or -1.  *@list is to be freed with free(). */
ssize_t condis_exchanges(struct condis_admin *admin, struct condis_exchange_info **list);

/**
 * struct condis_adapter_info - an adapter
 * @id: number
 * @name: name
 * @kind: kind, or empty
 * @exchange: what it is connected to, or empty
 * @is_foreign: that is another namespace's
 * @state: state
 * @age_ms: milliseconds since it was made
 * @data: its knobs, see condis_adapter_knob()
 * @data_size: bytes of it
 */
struct condis_adapter_info {
	uint32_t id;
	char name[CONDIS_NAME_SIZE];
	char kind[CONDIS_NAME_SIZE];
	char exchange[CONDIS_NAME_SIZE];
	bool is_foreign;
	char state[CONDIS_NAME_SIZE];
	uint64_t age_ms;
	void *data;
	size_t data_size;
};

/**
 * struct condis_adapter_place - where a new adapter is connected
 * @kind: its kind
 * @exchange: the exchange's name, or NULL for none
 * @netns: the exchange's namespace: a path, or a name in /run/netns; NULL for one's own
 */
struct condis_adapter_place {
	const char *kind;
	const char *exchange;
	const char *netns;
};

int condis_adapter_add(struct condis_admin *admin, const char *name,
		       const struct condis_adapter_place *place,
		       const struct condis_config *config);
/* Answers at once; see CONDIS_EVENT_GONE. */
int condis_adapter_del(struct condis_admin *admin, const char *name, bool is_surprise);
int condis_adapter_set(struct condis_admin *admin, const char *name,
		       const struct condis_config *config);
int condis_adapter_reset(struct condis_admin *admin, const char *name);
int condis_adapter_pause(struct condis_admin *admin, const char *name);
int condis_adapter_restart(struct condis_admin *admin, const char *name);
/* Those that have a name; their number, or -1. */
ssize_t condis_adapters(struct condis_admin *admin, struct condis_adapter_info **list);
void condis_adapters_free(struct condis_adapter_info *list, ssize_t length);
/* One; to be freed with condis_adapters_free(..., 1). */
struct condis_adapter_info *condis_adapter_get(struct condis_admin *admin, const char *name);
/* The value of a knob as a string to be freed with free(), NULL if it has none. */
char *condis_adapter_knob(const struct condis_adapter_info *adapter, const char *knob);

/**
 * enum condis_counter - what is counted by adapter
 *
 * In the order of CONDIS_A_COUNT_BINDINGS to CONDIS_A_COUNT_FORCED.
 */
enum condis_counter {
	CONDIS_COUNTER_BINDINGS,
	CONDIS_COUNTER_AFS,
	CONDIS_COUNTER_SAPS,
	CONDIS_COUNTER_VCS,
	CONDIS_COUNTER_REQUESTS,
	CONDIS_COUNTER_TX,
	CONDIS_COUNTER_RX,
	CONDIS_COUNTER_LATE_COMPLETIONS,
	CONDIS_COUNTER_LATE_DISPATCHES,
	CONDIS_COUNTER_LATE_SENDS,
	CONDIS_COUNTER_LATE_RECEIVES,
	CONDIS_COUNTER_FORCED,
	CONDIS_COUNTERS
};

/* Those before this one count objects, the others events of the past. */
#define CONDIS_COUNTERS_OF_OBJECTS	CONDIS_COUNTER_LATE_COMPLETIONS

/* "vcs", "late_completions"; one word. */
const char *condis_counter_name(enum condis_counter counter);

/**
 * struct condis_adapter_counts - counts of one adapter
 * @id: its number
 * @name: its name; another one may have that by now
 * @state: its state
 * @count: by enum condis_counter
 * @standing: of the address families and SAPs those that drivers keep between each other
 */
struct condis_adapter_counts {
	uint32_t id;
	char name[CONDIS_NAME_SIZE];
	char state[CONDIS_NAME_SIZE];
	uint32_t count[CONDIS_COUNTERS];
	uint32_t standing;
};

/**
 * struct condis_counts - what there is
 * @adapters: adapters, also those that come down
 * @exchanges: exchanges
 * @protocols: protocols
 * @sessions: sessions
 * @length: entries of @by_adapter
 * @by_adapter: counts of each adapter
 */
struct condis_counts {
	uint32_t adapters;
	uint32_t exchanges;
	uint32_t protocols;
	uint32_t sessions;
	size_t length;
	struct condis_adapter_counts *by_adapter;
};

struct condis_counts *condis_counts_get(struct condis_admin *admin);
void condis_counts_free(struct condis_counts *counts);
/*
 * Objects that somebody's use of the adapters has made: address families, SAPs,
 * VCs, requests, packets, sessions; and adapters that come down, with all they have.
 * With @all also adapters that are up, their bindings and what drivers keep
 * between each other on them, and exchanges.
 */
uint64_t condis_counts_left(const struct condis_counts *counts, bool all);

/**
 * struct condis_violations - how often rules of the interface for drivers were broken
 * @id: number of the adapter, 0 for all of the namespace
 * @name: its name; another one may have that by now
 * @count: by enum condis_violation
 */
struct condis_violations {
	uint32_t id;
	char name[CONDIS_NAME_SIZE];
	uint32_t count[CONDIS_NR_VIOLATIONS];
};

/**
 * struct condis_verdict - what the verifier has to say
 * @is_on: it is on
 * @kept: objects of the machine that have ended and whose memory it keeps
 * @total: in the namespace, also on adapters that are gone
 * @length: entries of @by_adapter
 * @by_adapter: on each adapter that is there
 */
struct condis_verdict {
	bool is_on;
	uint32_t kept;
	struct condis_violations total;
	size_t length;
	struct condis_violations *by_adapter;
};

struct condis_verdict *condis_verdict_get(struct condis_admin *admin);
void condis_verdict_free(struct condis_verdict *verdict);
/* All kinds together. */
uint64_t condis_verdict_sum(const struct condis_violations *violations);
/* "NO_ANSWER", NULL if there is no such kind. */
const char *condis_violation_name(enum condis_violation violation);

/**
 * struct condis_call_info - a VC and its call, as the core sees it
 *
 * The members are the attributes CONDIS_A_CALL_*.
 */
struct condis_call_info {
	uint64_t id;
	uint32_t adapter_id;
	char adapter[CONDIS_NAME_SIZE];
	uint32_t af_type;
	uint32_t af_id;
	bool is_incoming;
	char state[CONDIS_NAME_SIZE];
	char activation[CONDIS_NAME_SIZE];
	uint32_t line;
	uint32_t address;
	uint32_t media_modes;
	char called[NDPROXY_NUMBER_SIZE];
	char calling[NDPROXY_NUMBER_SIZE];
	uint64_t age_ms;
	uint32_t tx;
	uint32_t rx;
	uint64_t tx_packets;
	uint64_t rx_packets;
	uint64_t network_call;
};

/* Their number, or -1.  @adapter_id 0: of all adapters.  *@list is to be freed with free(). */
ssize_t condis_calls(struct condis_admin *admin, uint32_t adapter_id,
		     struct condis_call_info **list);

/**
 * struct condis_session_info - a session of user space
 * @id: number
 * @pid: process that made it
 * @comm: its name
 * @uid: its user
 * @age_ms: milliseconds since it was made
 * @is_closing: it comes down
 * @charges: what it has, by enum ndproxy_limit
 * @limits: what it may have
 * @name: what it says it is called, printable UTF-8
 */
struct condis_session_info {
	uint32_t id;
	uint32_t pid;
	char comm[CONDIS_NAME_SIZE];
	uint32_t uid;
	uint64_t age_ms;
	bool is_closing;
	uint32_t charges[NDPROXY_LIMITS];
	uint32_t limits[NDPROXY_LIMITS];
	char name[NDPROXY_APP_NAME_SIZE];
};

/* Their number, or -1.  *@list is to be freed with free(). */
ssize_t condis_sessions(struct condis_admin *admin, struct condis_session_info **list);

/*
 * Events of adapters, exchanges and, with CAP_NET_ADMIN, sessions
 */
struct condis_monitor;

/**
 * struct condis_notice - something happened
 * @command: CONDIS_CMD_ADAPTER_EVENT, CONDIS_CMD_EXCHANGE_EVENT or CONDIS_CMD_SESSION_EVENT
 * @event: enum condis_event
 * @adapter: with ADAPTER_EVENT
 * @exchange: with EXCHANGE_EVENT
 * @session: with SESSION_EVENT
 */
struct condis_notice {
	uint32_t command;
	uint32_t event;
	struct condis_adapter_info adapter;
	struct condis_exchange_info exchange;
	struct condis_session_info session;
};

struct condis_monitor *condis_monitor_open(void);
void condis_monitor_close(struct condis_monitor *monitor);
/* To be polled for input. */
int condis_monitor_fd(const struct condis_monitor *monitor);
/* Whether sessions are seen. */
bool condis_monitor_sees_sessions(const struct condis_monitor *monitor);
/* 1: a notice; 0: none now; -1: ENOBUFS if some were lost. */
int condis_monitor_next(struct condis_monitor *monitor, struct condis_notice *notice);

/*
 * Sessions: /dev/ndproxy
 */

struct condis_session;

/*
 * Path of the device; NULL for /dev/ndproxy. NULL: condis_error(); EPROTO: the kernel's side is
 * older than this library.
 */
struct condis_session *condis_session_open(const char *path);
/* The kernel ends the session by itself. */
void condis_session_close(struct condis_session *session);
int condis_session_fd(const struct condis_session *session);
int condis_session_version(struct condis_session *session, struct ndproxy_version *version);
int condis_session_limits(struct condis_session *session, struct ndproxy_limits *limits);
/* What it is called, for others; printable UTF-8, EINVAL if it is not. */
int condis_session_set_name(struct condis_session *session, const char *name);
/*
 * How soon it is asked for calls of these media modes, or with @name all sessions of that
 * name are; the higher the sooner, 0 to begin with.
 */
int condis_session_set_priority(struct condis_session *session, const char *name,
				uint32_t media_modes, uint32_t priority);
/* Ends it in order; the descriptor stays and polls EPOLLHUP. */
int condis_session_shutdown(struct condis_session *session);

/*
 * The next event.  1: an event; 0: none within @timeout_ms (-1: for ever) or the
 * session is shut down; -1: EINTR among others.
 */
int condis_session_next(struct condis_session *session, struct ndproxy_event *event,
			int timeout_ms);

/* The next adapter: in adapter->adapter its number; 0 to begin.  1, 0 at the end, -1. */
int condis_line_next_adapter(struct condis_session *session, struct ndproxy_adapter *adapter);
int condis_line_adapter(struct condis_session *session, uint32_t adapter,
			struct ndproxy_adapter *caps);
/* Find an adapter by name or number, and wait until its lines can be used. */
int condis_line_find_adapter(struct condis_session *session, const char *name,
			     int timeout_ms, struct ndproxy_adapter *adapter);
int condis_line_caps(struct condis_session *session, uint32_t adapter, uint32_t line,
		     struct ndproxy_line_caps *caps);
int condis_line_address_caps(struct condis_session *session, uint32_t adapter, uint32_t line,
			     uint32_t address, struct ndproxy_address_caps *caps);
/* Takes a filled structure; the handle is in open->line_handle. */
int condis_line_open(struct condis_session *session, struct ndproxy_open_line *open);
int condis_line_close(struct condis_session *session, uint32_t line_handle);
int condis_line_status(struct condis_session *session, uint32_t line_handle,
		       struct ndproxy_line_status *status);
int condis_line_address_status(struct condis_session *session, uint32_t line_handle,
			       uint32_t address, struct ndproxy_address_status *status);
/* After how many rings this application would have a call answered; 0: no wish. */
int condis_line_set_num_rings(struct condis_session *session, uint32_t line_handle,
			      uint32_t address, uint32_t num_rings);
/* Take privileges away: @privileges are what the handle keeps; LINECALLPRIVILEGE_NONE: none. */
int condis_line_set_privileges(struct condis_session *session, uint32_t line_handle,
			       uint32_t privileges);
int condis_line_set_status_messages(struct condis_session *session, uint32_t line_handle,
				    uint32_t line_states);
int condis_line_new_calls(struct condis_session *session, struct ndproxy_new_calls *calls);

/* Takes a filled structure; the handle is in call->call. */
int condis_call_make(struct condis_session *session, struct ndproxy_make_call *call);
int condis_call_accept(struct condis_session *session, uint32_t call, uint64_t cookie);
int condis_call_answer(struct condis_session *session, uint32_t call, uint64_t cookie);
int condis_call_drop(struct condis_session *session, uint32_t call, uint32_t cause,
		     uint64_t cookie);
int condis_call_deallocate(struct condis_session *session, uint32_t call);
int condis_call_info(struct condis_session *session, uint32_t call,
		     struct ndproxy_call_info *info);
int condis_call_status(struct condis_session *session, uint32_t call,
		       struct ndproxy_call_status *status);
int condis_call_diagnostics(struct condis_session *session, uint32_t call,
			    struct ndproxy_call_diagnostics *diagnostics);
int condis_call_set_privilege(struct condis_session *session, uint32_t call,
			      uint32_t privilege);
int condis_call_handoff_session(struct condis_session *session, uint32_t call,
				uint32_t target);
int condis_call_handoff_media(struct condis_session *session, uint32_t call,
			      uint32_t media_mode);
int condis_call_set_media_modes(struct condis_session *session, uint32_t call,
				uint32_t media_modes);
int condis_call_set_app_specific(struct condis_session *session, uint32_t call,
				 uint32_t app_specific);
/* LINEDIGITMODE_* to hear of by LINE_MONITORDIGITS from now on; 0: none. */
int condis_call_monitor_digits(struct condis_session *session, uint32_t call, uint32_t modes);
/* Takes a filled structure; LINE_GENERATE has its cookie. */
int condis_call_generate_digits(struct condis_session *session,
				struct ndproxy_generate_digits *digits);
/* To the first session of this name. */
int condis_call_handoff_name(struct condis_session *session, uint32_t call, const char *name);
/* The call's data file, a descriptor that reads and writes packets; or -1. */
int condis_call_open_data(struct condis_session *session, uint32_t call, uint32_t flags,
			  uint32_t *max_sdu);

#ifdef __cplusplus
}
#endif

#endif /* LIBCONDIS_H */
