/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Adapters: a binding, its address family and its line table.
 */
#ifndef _NDPROXY_ADAPTER_H
#define _NDPROXY_ADAPTER_H

#include <condis/client.h>
#include <condis/oid.h>

#include "leg_b.h"
#include "session.h"

struct ndproxy_line;

/* A line table that is larger than this is a broken one. */
#define NDPROXY_LINES_MAX	65536
#define NDPROXY_ADDRESSES_MAX	1024

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
 * @resets: resets of the adapter before it was asked
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
	unsigned int resets;
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
 * @resets: how many of those there were
 * @query: asking for the line table
 * @table: the line table, in @state OPEN, CLOSING
 * @lines: lines
 * @family: the family that we serve
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
	unsigned int resets;
	struct ndproxy_query query;
	struct ndproxy_line_table *table;
	struct list_head lines;
	struct ndproxy_family family;
};

/* protocol.c */
extern struct condis_protocol ndproxy_protocol;

/* adapter.c */
bool ndproxy_adapter_af_closed(struct ndproxy_binding *adapter);
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

#endif /* _NDPROXY_ADAPTER_H */
