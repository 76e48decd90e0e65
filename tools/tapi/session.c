// SPDX-License-Identifier: GPL-2.0
/*
 * An application of TAPI in event mode: it has no thread, and waits for messages, signals and the
 * clock in one poll().
 */
#include <ctype.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "program.h"

#define NAME "tapi"

/* Until an adapter's lines can be used. */
#define READY_MS 5000

/* After LINE_CLOSE, until LINEDEVSTATE_REINIT says that it was not the end. */
#define REINIT_MS 2000

long long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static LONG initialize(struct session *session)
{
	LINEINITIALIZEEXPARAMS params = {
		.dwTotalSize = sizeof(params),
		.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT,
	};
	LONG error;

	/* In: the highest version that this program was written for. */
	session->version = TAPI_CURRENT_VERSION;
	error = lineInitializeEx(&session->app, NULL, NULL, NAME, &session->devices,
				 &session->version, &params);
	if (error)
		return error;
	/* It is the library's: it is waited for, and neither read nor closed. */
	session->event = TAPI_HANDLE_TO_FD(params.Handles.hEvent);
	session->version = TAPI_CURRENT_VERSION;
	session->is_old = false;
	return 0;
}

int session_begin(struct session *session)
{
	static const int ends[] = { SIGINT, SIGTERM, SIGHUP };
	sigset_t set;
	LONG error;
	size_t i;

	memset(session, 0, sizeof(*session));
	sigemptyset(&set);
	for (i = 0; i < ARRAY_SIZE(ends); i++)
		sigaddset(&set, ends[i]);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	session->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (session->signals < 0)
		return failure("cannot wait for signals: %s", strerror(errno));
	error = initialize(session);
	if (!error)
		return STATUS_OK;
	close(session->signals);
	return tapi_failure(error, "cannot begin");
}

int session_renew(struct session *session)
{
	LONG error;

	/* Our own lines and calls are gone with this; nobody else's. */
	lineShutdown(session->app);
	error = initialize(session);
	if (!error)
		return STATUS_OK;
	session->app = 0;
	return tapi_failure(error, "cannot begin anew");
}

void session_end(struct session *session)
{
	if (session->app)
		lineShutdown(session->app);
	session->app = 0;
	close(session->signals);
}

/* One that is not waited for: at the queue's end there is none. */
static bool take(struct session *session, LINEMESSAGE *message)
{
	if (session->is_stopped || lineGetMessage(session->app, message, 0))
		return false;
	if (message->dwMessageID == LINE_LINEDEVSTATE &&
	    message->dwParam1 & LINEDEVSTATE_REINIT && !message->dwParam2)
		session->is_old = true;
	return true;
}

bool session_next(struct session *session, LINEMESSAGE *message, long long end_ms)
{
	struct signalfd_siginfo signal_info;
	struct pollfd fds[] = {
		{ .fd = session->event, .events = POLLIN },
		{ .fd = session->signals, .events = POLLIN },
	};
	long long left = -1;

	for (;;) {
		if (end_ms >= 0) {
			left = end_ms - now_ms();
			if (left < 0)
				left = 0;
			if (left > 3600000)
				left = 3600000;
		}
		if (poll(fds, ARRAY_SIZE(fds), (int)left) < 0 && errno != EINTR)
			return false;
		if (read(session->signals, &signal_info, sizeof(signal_info)) > 0)
			session->is_stopped = true;
		if (session->is_stopped)
			return false;
		if (take(session, message))
			return true;
		if (end_ms >= 0 && now_ms() >= end_ms)
			return false;
	}
}

int session_await_reinit(struct session *session, bool is_quiet)
{
	long long end = now_ms() + REINIT_MS;
	LINEMESSAGE message;

	while (!session->is_old && session_next(session, &message, end))
		if (!is_quiet)
			print_message(&message);
	return session->is_old || session->is_stopped ?
		       STATUS_OK : failure("the last line was closed: its device is gone");
}

static LONG negotiate(struct session *session, DWORD device, DWORD *version)
{
	LINEEXTENSIONID extension;

	return lineNegotiateAPIVersion(session->app, device, 0x00010003, session->version, version,
				       &extension);
}

/**
 * struct question - which capabilities are asked for
 * @session: the application
 * @device: dwDeviceID
 * @address: of its addresses, if it is them
 * @version: that was negotiated for the device
 */
struct question {
	struct session *session;
	DWORD device;
	DWORD address;
	DWORD version;
};

static LONG ask_device(const struct question *question, void *caps)
{
	return lineGetDevCaps(question->session->app, question->device, question->version, 0, caps);
}

static LONG ask_address(const struct question *question, void *caps)
{
	return lineGetAddressCaps(question->session->app, question->device, question->address,
				  question->version, 0, caps);
}

void session_finish(struct session *session)
{
	session->is_stopped = false;
}

/*
 * A structure with a variable part says what it needs, with what fits in it; it may need more the
 * next time it is asked for. All of them begin with the same three members.
 */
static void *ask(const struct question *question,
		 LONG (*get)(const struct question *question, void *caps), LONG *error)
{
	DWORD size = 1024;
	VARSTRING *caps;

	for (;;) {
		*error = LINEERR_NOMEM;
		caps = calloc(1, size);
		if (!caps)
			return NULL;
		caps->dwTotalSize = size;
		*error = get(question, caps);
		if (!*error && caps->dwNeededSize <= size)
			return caps;
		size = caps->dwNeededSize;
		free(caps);
		if (*error)
			return NULL;
	}
}

/* An adapter that is being reset will be there again: whether it is worth another try. */
static bool again(LONG error, long long end)
{
	const struct timespec pause = { .tv_nsec = 20 * 1000 * 1000 };

	if (error != LINEERR_RESOURCEUNAVAIL || now_ms() >= end)
		return false;
	nanosleep(&pause, NULL);
	return true;
}

LINEDEVCAPS *session_caps(struct session *session, DWORD device, LONG *error)
{
	struct question question = { .session = session, .device = device };
	long long end = now_ms() + READY_MS;
	LINEDEVCAPS *caps = NULL;

	do {
		*error = negotiate(session, device, &question.version);
		if (!*error)
			caps = ask(&question, ask_device, error);
	} while (again(*error, end));
	return caps;
}

LINEADDRESSCAPS *session_address_caps(struct session *session, DWORD device, DWORD address,
				      LONG *error)
{
	struct question question = { .session = session, .device = device, .address = address };

	*error = negotiate(session, device, &question.version);
	return *error ? NULL : ask(&question, ask_address, error);
}

LONG session_open(struct session *session, DWORD device, DWORD privileges, DWORD media,
		  HLINE *line)
{
	long long end = now_ms() + READY_MS;
	DWORD version;
	LONG error;

	do {
		error = negotiate(session, device, &version);
		if (!error)
			error = lineOpen(session->app, device, line, version, 0, device,
					 privileges, media, NULL);
	} while (again(error, end));
	return error;
}

const char *text_at(const void *structure, DWORD size, DWORD offset)
{
	/* Strings end within their size. */
	return size ? (const char *)structure + offset : "";
}

static bool has_name(struct session *session, DWORD device, const char *name)
{
	LINEDEVCAPS *caps;
	bool is_it;
	LONG error;

	caps = session_caps(session, device, &error);
	is_it = caps && !strcmp(text_at(caps, caps->dwLineNameSize, caps->dwLineNameOffset), name);
	free(caps);
	return is_it;
}

int session_device(struct session *session, const char *word, DWORD *device)
{
	unsigned long number;
	char *end;

	for (*device = 0; *device < session->devices; ++*device)
		if (has_name(session, *device, word))
			return STATUS_OK;
	errno = 0;
	number = strtoul(word, &end, 10);
	if (!isdigit((unsigned char)*word) || *end || errno)
		return failure("no line is called '%s'; tapi lines shows those there are", word);
	if (number >= session->devices)
		return failure("there is no line %s: there are %u, from 0; tapi lines shows them",
			       word, session->devices);
	*device = (DWORD)number;
	return STATUS_OK;
}
