// SPDX-License-Identifier: GPL-2.0
/*
 * What libtapi costs: a call through it, beside the same on the bare device.
 *
 * The bare device is used in two ways: as the library does, one event at a time until there is
 * none, which is what its messages are compared with; and as a program would that need not give
 * them to anybody, many events at a time.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <linux/ndproxy.h>

#include <tapi.h>

#include "bench.h"
#include "call.h"

#define LIBRARY	"libtapi"
#define BARE	"ndproxy"
#define BATCHED	"ndproxy-batched"

/* The callee's line, as call.c numbers them. */
#define NUMBER	"100000"

/**
 * struct party - an application of the library's
 * @app: its handle
 * @line: its line
 * @call: the last call that it heard of
 */
struct party {
	HLINEAPP app;
	HLINE line;
	HCALL call;
};

static struct party out, in;
static struct end *caller, *callee;

static void tapi_must(LONG result, const char *what)
{
	if (result >= 0)
		return;
	printf("error: %s: %s\n", what, tapi_error_text(result));
	fflush(stdout);
	_exit(1);
}

static bool is_adapter(HLINEAPP app, DWORD device, const char *adapter)
{
	struct {
		LINEDEVCAPS caps;
		char room[1024];
	} caps = { .caps.dwTotalSize = sizeof(caps) };

	tapi_must(lineGetDevCaps(app, device, 0x00020002, 0, &caps.caps), "lineGetDevCaps");
	return !strncmp((char *)&caps + caps.caps.dwLineNameOffset, adapter, strlen(adapter));
}

static void party_open(struct party *party, const char *adapter, DWORD privileges)
{
	LINEINITIALIZEEXPARAMS params = {
		.dwTotalSize = sizeof(params),
		.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT,
	};
	DWORD version = 0x00020002, devices, device = 0;
	LINEEXTENSIONID extension;

	tapi_must(lineInitializeEx(&party->app, NULL, NULL, "bench", &devices, &version, &params),
		  "lineInitializeEx");
	while (device < devices && !is_adapter(party->app, device, adapter))
		device++;
	tapi_must(lineNegotiateAPIVersion(party->app, device, 0x00020002, 0x00020002, &version,
					  &extension), "lineNegotiateAPIVersion");
	tapi_must(lineOpen(party->app, device, &party->line, version, 0, 0, privileges,
			   LINEMEDIAMODE_DIGITALDATA, NULL), "lineOpen");
}

/* All that waits; the handle of the last new call is kept. */
static void party_read(struct party *party)
{
	LINEMESSAGE message;

	while (!lineGetMessage(party->app, &message, 0))
		if (message.dwMessageID == LINE_APPNEWCALL)
			party->call = (HCALL)message.dwParam2;
}

static void party_make_call(HCALL *call)
{
	LINECALLPARAMS params = {
		.dwTotalSize = sizeof(params),
		.dwMediaMode = LINEMEDIAMODE_DIGITALDATA,
		.dwAddressMode = LINEADDRESSMODE_ADDRESSID,
	};

	tapi_must(lineMakeCall(out.line, call, NUMBER, 0, &params), "lineMakeCall");
}

static void library_cycle(void)
{
	party_make_call(&out.call);
	party_read(&in);
	tapi_must(lineAnswer(in.call, NULL, 0), "lineAnswer");
	party_read(&in);
	party_read(&out);
	tapi_must(lineDrop(out.call, NULL, 0), "lineDrop");
	party_read(&out);
	party_read(&in);
	tapi_must(lineDrop(in.call, NULL, 0), "lineDrop");
	party_read(&in);
	tapi_must(lineDeallocateCall(out.call), "lineDeallocateCall");
	tapi_must(lineDeallocateCall(in.call), "lineDeallocateCall");
}

/* As lineGetMessage() reads them. */
static uint32_t read_each(struct end *end)
{
	struct ndproxy_event event;
	uint32_t call = 0;

	while (read(end->fd, &event, sizeof(event)) == sizeof(event))
		if (event.type == LINE_APPNEWCALL)
			call = event.new_call.call;
	must(errno == EAGAIN, "events");
	return call;
}

static void request(const struct end *end, unsigned long command, uint32_t call)
{
	struct ndproxy_request request = { .cookie = call, .call = call };

	must(!ioctl(end->fd, command, &request), "a request");
}

static void deallocate(const struct end *end, uint32_t call)
{
	struct ndproxy_handle handle = { .handle = call };

	must(!ioctl(end->fd, NDPROXY_DEALLOCATE_CALL, &handle), "deallocate");
}

static uint32_t bare_make_call(void)
{
	struct ndproxy_make_call make = {
		.line_handle = caller->line,
		.address = NDPROXY_ANY_ADDRESS,
		.media_modes = LINEMEDIAMODE_DIGITALDATA,
		.called = NUMBER,
	};

	must(!ioctl(caller->fd, NDPROXY_MAKE_CALL, &make), "make-call");
	return make.call;
}

static void bare_cycle(uint32_t (*take)(struct end *end))
{
	uint32_t made = bare_make_call(), taken = take(callee);

	must(taken, "the offer");
	request(callee, NDPROXY_ANSWER, taken);
	take(callee);
	take(caller);
	request(caller, NDPROXY_DROP, made);
	take(caller);
	take(callee);
	request(callee, NDPROXY_DROP, taken);
	take(callee);
	deallocate(caller, made);
	deallocate(callee, taken);
}

static void each_cycle(void)
{
	bare_cycle(read_each);
}

static void batched_cycle(void)
{
	bare_cycle(end_read);
}

static void measure_cycle(const char *who, void (*cycle)(void))
{
	struct sample sample;
	unsigned int i;

	for (i = 0; i < 100; i++)
		cycle();
	sample = sample_begin();
	for (i = 0; i < CYCLES; i++)
		cycle();
	row("tapi-cycle", who, CYCLES, sample_end(sample));
}

/* Until the caller knows that the call is under way; the first that it is told. */
static void measure_make_call(const char *who)
{
	static HCALL calls[CYCLES];
	struct ndproxy_event event;
	struct sample sample;
	LINEMESSAGE message;
	unsigned int i;

	sample = sample_begin();
	for (i = 0; i < CYCLES; i++) {
		if (strcmp(who, LIBRARY)) {
			bare_make_call();
			do
				must(read(caller->fd, &event, sizeof(event)) == sizeof(event),
				     "the reply");
			while (event.type != LINE_REPLY);
		} else {
			party_make_call(&calls[i]);
			do
				tapi_must(lineGetMessage(out.app, &message, 0), "the reply");
			while (message.dwMessageID != LINE_REPLY);
		}
	}
	row("tapi-make-call", who, CYCLES, sample_end(sample));
}

/* Both ends on the bare device; the pair is known by a call between them. */
static void bare_open(void)
{
	struct call call;

	ends_open(1, 1);
	call_make(&call, 0);
	caller = call.caller;
	callee = call.callee;
	call_drop(&call, caller);
	call_finish(&call, callee);
	/* What came meanwhile, and what is owed of the deallocated call. */
	end_read(caller);
	end_read(callee);
}

static void parties_open(void)
{
	party_open(&out, "out0 ", LINECALLPRIVILEGE_NONE);
	party_open(&in, "in0 ", LINECALLPRIVILEGE_OWNER);
	party_read(&out);
	party_read(&in);
}

static void parties_close(void)
{
	tapi_must(lineShutdown(out.app), "lineShutdown");
	tapi_must(lineShutdown(in.app), "lineShutdown");
	calls_await_none();
}

void bench_tapi(void)
{
	calls_begin();
	adapters_add(1, CYCLES);

	bare_open();
	measure_cycle(BARE, each_cycle);
	measure_cycle(BATCHED, batched_cycle);
	measure_make_call(BARE);
	ends_close();
	calls_await_none();

	parties_open();
	measure_cycle(LIBRARY, library_cycle);
	measure_make_call(LIBRARY);
	parties_close();

	adapters_remove(1);
	calls_end();
}

void profile_tapi(void)
{
	unsigned int i;

	printf("operations %u\n", 10 * CYCLES);
	calls_begin();
	adapters_add(1, CYCLES);
	parties_open();
	count_only(true);
	for (i = 0; i < 10 * CYCLES; i++)
		library_cycle();
	count_only(false);
	parties_close();
}
