// SPDX-License-Identifier: GPL-2.0
/*
 * Calls: adapters, applications and their calls.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <condis.h>

#include "bench.h"
#include "call.h"

#define ENDS_MAX	200
#define EVENTS_AT_ONCE	64

static struct condis_admin *admin;
static struct end callers[ENDS_MAX], callees[ENDS_MAX];
static unsigned int ends_length;

static void admin_must(int result)
{
	if (!result)
		return;
	printf("error: %s\n", condis_error());
	fflush(stdout);
	_exit(1);
}

void calls_begin(void)
{
	if (!admin)
		admin = condis_admin_open();
	admin_must(admin ? 0 : -1);
	admin_must(condis_exchange_add(admin, "bench", "vwan"));
}

void calls_end(void)
{
	admin_must(condis_exchange_del(admin, "bench"));
}

static void number_of(char number[16], unsigned int adapter, unsigned int line)
{
	snprintf(number, 16, "%u%03u", 100 + adapter, line);
}

static void adapter_add(const char *name, unsigned int adapter, unsigned int lines, bool called)
{
	static const struct condis_adapter_place place = { .kind = "vwan", .exchange = "bench" };
	struct condis_config *config = condis_config_new();
	char value[32], addresses[2048], *at = addresses;
	char number[16];
	unsigned int i;

	snprintf(value, sizeof(value), "%u", lines);
	admin_must(condis_config_set(config, "lines", value));
	snprintf(value, sizeof(value), "%u", CALLS_OF_LINE);
	admin_must(condis_config_set(config, "calls", value));
	for (i = 0; called && i < lines; i++) {
		number_of(number, adapter, i);
		at += snprintf(at, addresses + sizeof(addresses) - at, "%s%s@%u", i ? "," : "",
			       number, i);
	}
	if (called)
		admin_must(condis_config_set(config, "address", addresses));
	admin_must(condis_adapter_add(admin, name, &place, config));
	condis_config_free(config);
}

static unsigned int lines_for(unsigned int adapters, unsigned int calls)
{
	unsigned int each = (calls + adapters - 1) / adapters;

	return (each + CALLS_OF_LINE - 1) / CALLS_OF_LINE;
}

void adapters_add(unsigned int adapters, unsigned int calls)
{
	unsigned int i, lines = lines_for(adapters, calls);
	char name[32];

	for (i = 0; i < adapters; i++) {
		snprintf(name, sizeof(name), "out%u", i);
		adapter_add(name, i, lines, false);
		snprintf(name, sizeof(name), "in%u", i);
		adapter_add(name, i, lines, true);
	}
}

/* Removals are asked for all at once, and all awaited: a halt of each, side by side. */
void adapters_remove(unsigned int adapters)
{
	struct condis_counts *counts;
	unsigned int i;
	char name[32];

	for (i = 0; i < adapters; i++) {
		snprintf(name, sizeof(name), "out%u", i);
		admin_must(condis_adapter_del(admin, name, false));
		snprintf(name, sizeof(name), "in%u", i);
		admin_must(condis_adapter_del(admin, name, false));
	}
	for (;;) {
		counts = condis_counts_get(admin);
		admin_must(counts ? 0 : -1);
		i = counts->adapters;
		condis_counts_free(counts);
		if (!i)
			return;
		poll(NULL, 0, 1);
	}
}

void calls_await_none(void)
{
	struct condis_counts *counts;
	uint64_t left;

	do {
		counts = condis_counts_get(admin);
		admin_must(counts ? 0 : -1);
		left = condis_counts_left(counts, false);
		condis_counts_free(counts);
		if (left)
			poll(NULL, 0, 1);
	} while (left);
}

static void end_open(struct end *end, const char *adapter, unsigned int line, bool is_owner)
{
	struct condis_session *session = condis_session_open(NULL);
	struct ndproxy_adapter caps;
	struct ndproxy_open_line open = { .line = line };

	admin_must(session ? 0 : -1);
	admin_must(condis_line_find_adapter(session, adapter, 10000, &caps));
	open.adapter = caps.adapter;
	open.privileges = is_owner ? LINECALLPRIVILEGE_OWNER : LINECALLPRIVILEGE_NONE;
	open.media_modes = is_owner ? LINEMEDIAMODE_DIGITALDATA : 0;
	admin_must(condis_line_open(session, &open));
	end->line = open.line_handle;
	/* The file is all that is used from here on. */
	end->fd = dup(condis_session_fd(session));
	must(end->fd >= 0, "dup");
	condis_session_close(session);
	end_read(end);
}

void ends_open(unsigned int adapters, unsigned int calls)
{
	unsigned int i, lines = lines_for(adapters, calls);
	char name[32];

	must(adapters * lines <= ENDS_MAX, "that many applications");
	for (i = 0; i < adapters * lines; i++) {
		snprintf(name, sizeof(name), "out%u", i % adapters);
		end_open(&callers[i], name, i / adapters, false);
		snprintf(name, sizeof(name), "in%u", i % adapters);
		end_open(&callees[i], name, i / adapters, true);
		number_of(callees[i].number, i % adapters, i / adapters);
	}
	ends_length = adapters * lines;
}

void ends_close(void)
{
	unsigned int i;

	for (i = 0; i < ends_length; i++) {
		close(callers[i].fd);
		close(callees[i].fd);
	}
	ends_length = 0;
}

static void line_close(const struct end *end)
{
	struct ndproxy_handle handle = { .handle = end->line };

	must(!ioctl(end->fd, NDPROXY_CLOSE_LINE, &handle), "close a line");
}

void lines_close(void)
{
	unsigned int i;

	for (i = 0; i < ends_length; i++) {
		line_close(&callers[i]);
		line_close(&callees[i]);
	}
}

uint64_t callees_read(void)
{
	uint64_t events = 0;
	unsigned int i;

	for (i = 0; i < ends_length; i++) {
		events -= callees[i].events;
		end_read(&callees[i]);
		events += callees[i].events;
	}
	return events;
}

uint32_t end_read(struct end *end)
{
	struct ndproxy_event events[EVENTS_AT_ONCE];
	uint32_t call = 0;
	ssize_t length;
	size_t i;

	for (;;) {
		length = read(end->fd, events, sizeof(events));
		if (length < 0 && errno == EAGAIN)
			return call;
		must(length > 0, "events");
		for (i = 0; i < (size_t)length / sizeof(events[0]); i++)
			if (events[i].type == LINE_APPNEWCALL)
				call = events[i].new_call.call;
		end->events += i;
		/* Fewer than asked for: there were no more. */
		if (i < EVENTS_AT_ONCE)
			return call;
	}
}

static void end_ask(const struct end *end, unsigned long command, uint32_t call)
{
	struct ndproxy_request request = { .call = call };

	must(!ioctl(end->fd, command, &request), "a request");
}

/* From the dialling until both applications know that it is connected. */
void call_make(struct call *call, unsigned int number)
{
	unsigned int pair = number % ends_length;
	struct ndproxy_make_call make = {
		.line_handle = callers[pair].line,
		.address = NDPROXY_ANY_ADDRESS,
		.media_modes = LINEMEDIAMODE_DIGITALDATA,
	};

	call->caller = &callers[pair];
	call->callee = &callees[pair];
	memcpy(make.called, call->callee->number, sizeof(call->callee->number));
	must(!ioctl(call->caller->fd, NDPROXY_MAKE_CALL, &make), "make-call");
	call->out = make.call;
	call->in = end_read(call->callee);
	must(call->in, "the offer");
	end_ask(call->callee, NDPROXY_ANSWER, call->in);
	end_read(call->callee);
	end_read(call->caller);
}

void call_drop(const struct call *call, struct end *by)
{
	end_ask(by, NDPROXY_DROP, by == call->caller ? call->out : call->in);
}

/* The far end drops what is disconnected; both forget it. */
void call_finish(const struct call *call, struct end *far)
{
	struct ndproxy_handle out = { .handle = call->out }, in = { .handle = call->in };

	end_read(call->caller);
	end_read(call->callee);
	call_drop(call, far);
	end_read(far);
	must(!ioctl(call->caller->fd, NDPROXY_DEALLOCATE_CALL, &out), "deallocate");
	must(!ioctl(call->callee->fd, NDPROXY_DEALLOCATE_CALL, &in), "deallocate");
}

int call_open_data(const struct end *end, uint32_t handle)
{
	struct ndproxy_open_data open = { .call = handle };

	must(!ioctl(end->fd, NDPROXY_OPEN_DATA, &open), "the data file");
	return open.fd;
}
