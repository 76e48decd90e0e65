/* SPDX-License-Identifier: GPL-2.0 */
/*
 * For suites about libtapi: applications that do what a line of text says, and whose
 * messages are compared as text, in this process or each in one of its own.
 *
 * A script is a list of steps, "WHO: COMMAND". Who is a client, which begins with its first
 * step, or "world". Handles have the labels of the order in which a client got to know them:
 * C1 is its first call, L2 its second line. A command that is to be refused ends in "= ERROR",
 * the error without LINEERR_. Commands of a client:
 *
 *   begin [VERSION] [event|callback|port|old]	lineInitializeEx, or with "old" lineInitialize;
 *					2.2 and event if nothing is said
 *   open ADAPTER[.LINE] PRIVILEGE... [MEDIA...]	lineOpen: none, monitor, owner
 *   close L1, shutdown
 *   call L1 NUMBER [MEDIA]			lineMakeCall; the next free C, as of its reply
 *   accept C1, answer C1, drop C1, deallocate C1
 *   privilege C1 owner|monitor			lineSetCallPrivilege
 *   handoff C1 MEDIA|FILE			lineHandoff: digital, modem, ...; or a file name
 *   new-calls L1 NUMBER			lineGetNewCalls gives so many, each the next C
 *   messages L1 STATE|STATE			lineSetStatusMessages
 *   state C1 STATE, counts C1 OWNERS+MONITORS	lineGetCallStatus, lineGetCallInfo
 *   requests NUMBER			so many have no reply yet
 *   shows-lines				LINE_CREATE and LINE_REMOVE are messages as others
 *   hears MESSAGE; MESSAGE; ...		these come next, in this order
 *   hears-any MESSAGE; ...			in any order
 *   hears-nothing				none is there, nor comes in a moment
 *   kill					SIGKILL, and its process is gone
 *
 * A message has all its parameters: "reply C1 MakeCall 0", "C1 DISCONNECTED NORMAL",
 * "C1 OFFERING ACTIVE owner", "L1 new C1 owner at 0", "C1 info -owner", "L1 dev CLOSE",
 * "L1 CLOSE", "REINIT", "REINIT for 19 2", "REMOVE 1", "CREATE 2", "REQUEST 1 0 0 of 7". The first
 * message of a call that no LINE_APPNEWCALL announced begins with "new". An entry
 * may have the wildcards of fnmatch(3), where two things are both right. The instance of each
 * message is checked besides.
 *
 * Commands of the world: "set ADAPTER KNOB VALUE [KNOB VALUE]", "add ADAPTER NUMBER [LINES]",
 * "remove ADAPTER", "pull ADAPTER", "vcs N", "sessions N", "saps N" (which wait), "pause MS".
 */
#ifndef SUITES_TAPI_CLIENT_H
#define SUITES_TAPI_CLIENT_H

/* The kernel's names first: those of tapi.h are macros of the same names. */
#include "../common/fixture.h"

#undef LINEOPENOPTION_SINGLEADDRESS
#include <tapi.h>

#define CLIENT_LABELS	64
#define CLIENT_REQUESTS	128

/* Versions by name. */
#define V1_3	0x00010003
#define V1_4	0x00010004
#define V2_0	0x00020000
#define V2_1	0x00020001
#define V2_2	0x00020002

/**
 * struct client_request - what was asked for and not answered yet
 * @id: its number, 0: a free entry
 * @call: label of the call
 * @line: label of its line
 * @what: "Drop"
 */
struct client_request {
	LONG id;
	unsigned int call;
	unsigned int line;
	const char *what;
};

/**
 * struct client - an application of libtapi
 * @name: for failures
 * @app: its handle, 0 before it has begun and after its end
 * @option: LINEINITIALIZEEXOPTION_USE*
 * @version: of the interface that it speaks
 * @num_devs: what lineInitializeEx() said
 * @event: hEvent, or the end of the completion port from which it reads
 * @port: the library's end of the port
 * @shows_lines: LINE_CREATE and LINE_REMOVE are messages as others; else they are skipped
 * @lines: handles by label: lines[0] is L1
 * @calls: likewise
 * @line_of: label of the line of each call
 * @num_lines: labels that are taken
 * @num_calls: likewise
 * @line_gone: by label: closed, by either side
 * @call_gone: deallocated, or gone with its line
 * @call_over: IDLE was heard of it
 * @requests: without a reply
 * @queue: messages that a callback was given, or that were read too early
 * @queued: how many
 * @trace: all it has heard, one message a line
 * @pid: its process, 0: this one
 * @socket: to it
 */
struct client {
	char name[32];
	HLINEAPP app;
	DWORD option;
	DWORD version;
	DWORD num_devs;
	int event;
	int port;
	bool shows_lines;
	HLINE lines[CLIENT_LABELS];
	HCALL calls[CLIENT_LABELS];
	unsigned int line_of[CLIENT_LABELS];
	unsigned int num_lines;
	unsigned int num_calls;
	bool line_gone[CLIENT_LABELS];
	bool call_gone[CLIENT_LABELS];
	bool call_over[CLIENT_LABELS];
	struct client_request requests[CLIENT_REQUESTS];
	LINEMESSAGE queue[256];
	unsigned int queued;
	char trace[16384];
	pid_t pid;
	int socket;
};

/* For cmocka, as WORLD_TEST(): clients that are left are shut down, or killed. */
int tapi_setup(void **state);
int tapi_teardown(void **state);
#define TAPI_TEST(function) \
	cmocka_unit_test_setup_teardown(function, tapi_setup, tapi_teardown)

/*
 * Play a script, NULL at the end: each client in a process of its own, or all in this one. At
 * its end nobody has a message left; then all are shut down, and nothing is left of them.
 */
#define play(...) \
	play_script(false, (const char *[]) { __VA_ARGS__, NULL }, __FILE__, __LINE__)
#define play_apart(...) \
	play_script(true, (const char *[]) { __VA_ARGS__, NULL }, __FILE__, __LINE__)
void play_script(bool is_apart, const char *const *script, const char *file, int line);
/* The same, without its end. */
#define play_on(...) \
	play_part((const char *[]) { __VA_ARGS__, NULL }, __FILE__, __LINE__)
void play_part(const char *const *script, const char *file, int line);
void play_end(const char *file, int line);

/* The client with that name; a new one, that has not begun, if there is none. */
struct client *client_of(const char *name);
/* lineInitializeEx() or lineInitialize(); NULL or what was wrong. */
const char *client_begin(struct client *client, DWORD version, const char *way);
/* The same, in this process, and it must not go wrong. */
struct client *client_begun(const char *name, DWORD version, const char *way);
/* One command, by this client; fails the test if it fails. */
#define client_do(_client, ...)	client_does(__FILE__, __LINE__, (_client), __VA_ARGS__)
void client_does(const char *file, int line, struct client *client, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
/* The same, NULL or what was wrong: for other threads than cmocka's. */
const char *client_try(struct client *client, const char *command);

/* For who calls the library by itself. */
HLINE client_line(struct client *client, unsigned int label);
HCALL client_call(struct client *client, unsigned int label);
/* The dwDeviceID of a line of an adapter; waits until it is there. */
DWORD client_device(struct client *client, const char *adapter, unsigned int line);
/* A request that was made: its reply is "reply C<call> WHAT ...". */
void client_asked(struct client *client, LONG id, unsigned int call, const char *what);
/* A message that was read by the test itself, as text. */
const char *client_text(struct client *client, const LINEMESSAGE *message);
/* The next message, by the client's way to be told; false if there was none in time. */
bool client_receive(struct client *client, LINEMESSAGE *message, int timeout_ms);
/* Its end, if it has not come; what lineShutdown() answers. */
LONG client_shutdown(struct client *client);
/* What dwCallbackInstance its lines have. */
DWORD_PTR client_instance(unsigned int line);
/* The next label, and that of a handle or 0. */
unsigned int client_new_call(struct client *client, HCALL call, unsigned int line);
unsigned int client_label_call(const struct client *client, HCALL call);
unsigned int client_label_line(const struct client *client, HLINE line);

/* "CALLUNAVAIL"; numbers of an error that has no name. */
const char *tapi_error(LONG error);
/* The number of "CALLUNAVAIL", 1 if there is none. */
LONG tapi_error_of(const char *name);

/* A function's answer is this error. */
#define fails(_result, _error) \
	assert_fails((_result), (_error), #_result, __FILE__, __LINE__)
#define succeeds(_result)	fails(_result, 0)
void assert_fails(LONG result, LONG error, const char *what, const char *file, int line);

/* Up to a call between "caller" on a and "callee" on b, each in this process. */
void tapi_offering(void);
void tapi_connected(void);

/* Threads of this process, as /proc has them. */
unsigned int count_threads(void);
/* Open descriptors of this process. */
unsigned int count_descriptors(void);

#endif /* SUITES_TAPI_CLIENT_H */
