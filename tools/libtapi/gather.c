// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Digits that are gathered: counted, waited for, and told when there are enough.
 *
 * The kernel tells each digit; what gathers them is here.  There is no thread for the timeouts: a
 * timer is among what an application waits on, and whoever comes for a message looks whether one
 * has run out.  So they are as punctual as the application is.
 *
 * A gathering belongs to a call handle.  All of it is under app.lock.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <time.h>

#include "calls.h"

#define DIGITS_PULSE	"0123456789"
#define DIGITS_DTMF	"0123456789ABCD*#"

/**
 * struct gather - digits that are gathered
 * @modes: LINEDIGITMODE_*
 * @digits: the application's buffer
 * @is_wide: of WCHAR
 * @room: for how many
 * @count: how many came
 * @end: the digits that end it
 * @first_ms: how long to wait for the first; 0: for ever
 * @next_ms: how long to wait for each other; 0: for ever
 * @deadline: when the wait for the next is over, ms of CLOCK_MONOTONIC; 0: never
 */
struct gather {
	DWORD modes;
	unsigned char *digits;
	bool is_wide;
	DWORD room;
	DWORD count;
	char end[sizeof(DIGITS_DTMF)];
	DWORD first_ms;
	DWORD next_ms;
	__u64 deadline;
};

static __u64 now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (__u64)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int digits_apply(const struct call *call)
{
	struct ndproxy_monitor_digits monitor = {
		.call = call->kernel,
		.modes = call->digit_modes | (call->gather ? call->gather->modes : 0),
	};

	return call_ioctl(call, NDPROXY_MONITOR_DIGITS, &monitor);
}

/* The timer to the first of all deadlines; without one it is off, and says nothing. */
static void timer_set(struct app *app)
{
	struct itimerspec at = {};
	__u64 first = 0, deadline;
	struct call *call, *next;

	if (app->timer < 0)
		return;
	HASH_ITER(by_kernel, app->calls, call, next) {
		deadline = call->gather ? call->gather->deadline : 0;
		if (deadline && (!first || deadline < first))
			first = deadline;
	}
	at.it_value.tv_sec = first / 1000;
	at.it_value.tv_nsec = first % 1000 * 1000000;
	timerfd_settime(app->timer, TFD_TIMER_ABSTIME, &at, NULL);
}

/* The application's timer, the first time that it needs one. */
static LONG timer_make(struct app *app)
{
	struct epoll_event event = { .events = EPOLLIN };
	int timer;

	if (app->timer >= 0)
		return 0;
	descriptors_lock();
	timer = descriptor_add(timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC));
	descriptors_unlock();
	if (timer < 0)
		return error_of(OPERATION_SESSION, errno);
	event.data.fd = timer;
	if (epoll_ctl(app->event, EPOLL_CTL_ADD, timer, &event)) {
		descriptor_close(timer);
		return LINEERR_RESOURCEUNAVAIL;
	}
	app->timer = timer;
	return 0;
}

static void gather_put(struct gather *gather, char digit)
{
	WCHAR wide = digit;

	if (gather->is_wide)
		memcpy(gather->digits + gather->count * sizeof(wide), &wide, sizeof(wide));
	else
		gather->digits[gather->count] = digit;
}

void gather_forget(struct call *call)
{
	struct app *app = call->line->app;

	if (!call->gather)
		return;
	free(call->gather);
	call->gather = NULL;
	app->num_gathers--;
	timer_set(app);
}

void gather_end(struct call *call, DWORD reason, DWORD tick)
{
	struct line *line = call->line;
	struct message message = {
		.body = {
			.hDevice = call->object.handle,
			.dwMessageID = LINE_GATHERDIGITS,
			.dwCallbackInstance = line->instance,
			.dwParam1 = reason,
			.dwParam3 = line->version >= TAPI_VERSION_2_0 ? tick : 0,
		},
		.line = line->object.handle,
		.call = call->object.handle,
	};
	struct gather *gather = call->gather;

	if (!gather)
		return;
	if (gather->count < gather->room)
		gather_put(gather, '\0');
	gather_forget(call);
	/* Nobody wants them any more, or the call is over, and nobody is asked. */
	digits_apply(call);
	message_queue(line->app, &message);
}

void gather_digit(struct call *call, char digit, DWORD mode, DWORD tick)
{
	struct gather *gather = call->gather;

	if (!gather || !(gather->modes & mode))
		return;
	gather_put(gather, digit);
	gather->count++;
	if (strchr(gather->end, digit)) {
		gather_end(call, LINEGATHERTERM_TERMDIGIT, tick);
	} else if (gather->count == gather->room) {
		gather_end(call, LINEGATHERTERM_BUFFERFULL, tick);
	} else {
		gather->deadline = gather->next_ms ? now_ms() + gather->next_ms : 0;
		timer_set(call->line->app);
	}
}

void gathers_expire(struct app *app)
{
	struct call *call, *next;
	struct gather *gather;
	__u64 now = now_ms();

	HASH_ITER(by_kernel, app->calls, call, next) {
		gather = call->gather;
		if (gather && gather->deadline && gather->deadline <= now)
			gather_end(call, gather->count ? LINEGATHERTERM_INTERTIMEOUT :
							 LINEGATHERTERM_FIRSTTIMEOUT, now);
	}
}

/* The digits that end it: a set of those that the modes have. */
static LONG take_end(const char *end, struct gather *gather)
{
	const char *valid = gather->modes & LINEDIGITMODE_DTMF ? DIGITS_DTMF : DIGITS_PULSE;
	size_t count = 0;
	char digit;

	for (; end && *end; end++) {
		digit = *end;
		if (digit >= 'a' && digit <= 'd')
			digit -= 'a' - 'A';
		if (!strchr(valid, digit))
			return LINEERR_INVALDIGITS;
		if (!strchr(gather->end, digit))
			gather->end[count++] = digit;
	}
	return 0;
}

static LONG gather_check(const struct gather *gather)
{
	/* A digit is to be counted once. */
	if (!gather->modes || gather->modes & ~(LINEDIGITMODE_PULSE | LINEDIGITMODE_DTMF))
		return LINEERR_INVALDIGITMODE;
	if (!gather->room)
		return LINEERR_INVALPARAM;
	if (gather->first_ms > GATHER_MS_MAX || gather->next_ms > GATHER_MS_MAX)
		return LINEERR_INVALTIMEOUT;
	return 0;
}

/* It begins, in the place of another one, which is then over; app.lock held. */
static LONG gather_begin(struct call *call, const struct gather *from)
{
	struct app *app = call->line->app;
	struct gather *gather;
	LONG error;

	if (atomic_load(&call->object.is_dead))
		return LINEERR_INVALCALLHANDLE;
	gather_end(call, LINEGATHERTERM_CANCEL, now_ms());
	error = from->first_ms || from->next_ms ? timer_make(app) : 0;
	if (error)
		return error;
	gather = malloc(sizeof(*gather));
	if (!gather)
		return LINEERR_NOMEM;
	*gather = *from;
	if (gather->first_ms)
		gather->deadline = now_ms() + gather->first_ms;
	call->gather = gather;
	app->num_gathers++;
	error = result_of(OPERATION_CALL, digits_apply(call));
	if (error)
		gather_forget(call);
	else
		timer_set(app);
	return error;
}

/* @from has no buffer: only what is gathered is over. */
static LONG gather_digits(HCALL hCall, struct gather *from, const char *end)
{
	struct call *call;
	LONG error;

	call = call_get(hCall, &error);
	if (!call)
		return error;
	error = from->digits ? gather_check(from) : 0;
	if (!error && from->digits)
		error = take_end(end, from);
	error = call_refuse(call, true, 0, error);
	if (!error) {
		lock_take(&call->line->app->lock);
		if (from->digits)
			error = gather_begin(call, from);
		else
			gather_end(call, LINEGATHERTERM_CANCEL, now_ms());
		lock_give(&call->line->app->lock);
	}
	call_put(call);
	return error;
}

static LONG gather_narrow(HCALL hCall, DWORD modes, LPSTR digits, DWORD room, LPCSTR end,
			  DWORD first_ms, DWORD next_ms)
{
	struct gather gather = {
		.modes = modes,
		.digits = (unsigned char *)digits,
		.room = room,
		.first_ms = first_ms,
		.next_ms = next_ms,
	};

	return gather_digits(hCall, &gather, end);
}

TAPI_EXPORT LONG WINAPI lineGatherDigits(HCALL hCall, DWORD dwDigitModes, LPSTR lpsDigits,
					 DWORD dwNumDigits, LPCSTR lpszTerminationDigits,
					 DWORD dwFirstDigitTimeout, DWORD dwInterDigitTimeout)
{
	return gather_narrow(hCall, dwDigitModes, lpsDigits, dwNumDigits, lpszTerminationDigits,
			     dwFirstDigitTimeout, dwInterDigitTimeout);
}

TAPI_EXPORT LONG WINAPI lineGatherDigitsA(HCALL hCall, DWORD dwDigitModes, LPSTR lpsDigits,
					  DWORD dwNumDigits, LPCSTR lpszTerminationDigits,
					  DWORD dwFirstDigitTimeout, DWORD dwInterDigitTimeout)
{
	return gather_narrow(hCall, dwDigitModes, lpsDigits, dwNumDigits, lpszTerminationDigits,
			     dwFirstDigitTimeout, dwInterDigitTimeout);
}

TAPI_EXPORT LONG WINAPI lineGatherDigitsW(HCALL hCall, DWORD dwDigitModes, LPWSTR lpsDigits,
					  DWORD dwNumDigits, LPCWSTR lpszTerminationDigits,
					  DWORD dwFirstDigitTimeout, DWORD dwInterDigitTimeout)
{
	struct gather gather = {
		.modes = dwDigitModes,
		.digits = (unsigned char *)lpsDigits,
		.is_wide = true,
		.room = dwNumDigits,
		.first_ms = dwFirstDigitTimeout,
		.next_ms = dwInterDigitTimeout,
	};
	char *end = lpszTerminationDigits ? text_from_wide(lpszTerminationDigits) : NULL;
	LONG error;

	if (lpszTerminationDigits && !end && errno != EILSEQ)
		return LINEERR_NOMEM;
	/* What is not UTF-16 is no digit. */
	error = gather_digits(hCall, &gather, lpszTerminationDigits && !end ? "?" : end);
	free(end);
	return error;
}
