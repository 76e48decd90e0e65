// SPDX-License-Identifier: GPL-2.0
/*
 * Applications: sessions, their requests, and their events as text.
 *
 * An event is a line: "C1 CONNECTED", "reply C1 DROP 0", "L1 new C1 owner". Lines
 * and calls have the labels of the order in which the application got to know
 * their handles.
 */
#include <errno.h>
#include <fnmatch.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "internal.h"

#define APPS_MAX	64
#define TEXT_SIZE	160

static struct app apps[APPS_MAX];

static struct app *app_slot(const char *name)
{
	size_t i;

	for (i = 0; i < APPS_MAX; i++) {
		if (apps[i].session)
			continue;
		memset(&apps[i], 0, sizeof(apps[i]));
		apps[i].name = name;
		return &apps[i];
	}
	fail_msg("too many applications");
}

struct app *app_open(const char *name)
{
	struct app *app = app_slot(name);

	app->session = condis_session_open(NULL);
	if (!app->session)
		fail_msg("%s", condis_error());
	return app;
}

void app_close(struct app *app)
{
	condis_session_close(app->session);
	app->session = NULL;
}

void apps_close(void)
{
	size_t i;

	for (i = 0; i < APPS_MAX; i++)
		if (apps[i].session)
			app_close(&apps[i]);
}

uint32_t app_id(struct app *app)
{
	struct ndproxy_version version;

	assert_int_equal(condis_session_version(app->session, &version), 0);
	return version.session;
}

int app_fd(struct app *app)
{
	return condis_session_fd(app->session);
}

/* Not condis_line_find_adapter(), which reads events. */
uint32_t app_adapter(struct app *app, const char *adapter)
{
	long long end = now_ms() + patience();
	struct ndproxy_adapter caps;
	uint32_t id = adapter_id(adapter);

	for (;;) {
		memset(&caps, 0, sizeof(caps));
		if (!condis_line_adapter(app->session, id, &caps) &&
		    caps.flags & NDPROXY_ADAPTER_READY)
			return id;
		if (now_ms() > end)
			fail_msg("adapter %s does not get ready for %s: %s", adapter, app->name,
				 condis_error());
		poll(NULL, 0, 5);
	}
}

/*
 * Labels
 */

static unsigned int label_of(const uint32_t *handles, uint32_t handle)
{
	unsigned int i;

	for (i = 0; i < APP_LABELS; i++)
		if (handles[i] == handle)
			return i + 1;
	return 0;
}

static unsigned int label_new(uint32_t *handles, uint32_t handle)
{
	unsigned int i;

	for (i = 0; i < APP_LABELS; i++) {
		if (!handles[i]) {
			handles[i] = handle;
			return i + 1;
		}
	}
	/* Tests with many calls do not look at labels. */
	return 0;
}

uint32_t call_label(struct app *app, unsigned int n)
{
	assert_in_range(n, 1, APP_LABELS);
	if (!app->calls[n - 1])
		fail_msg("%s knows no call C%u; it has heard:\n%s", app->name, n, app->trace);
	return app->calls[n - 1];
}

/*
 * Requests
 */

uint32_t line_open_media(struct app *app, const char *adapter, uint32_t line, uint32_t privileges,
			 uint32_t media_modes)
{
	struct ndproxy_open_line request = {
		.adapter = app_adapter(app, adapter),
		.line = line,
		.privileges = privileges,
		.media_modes = media_modes,
	};

	if (condis_line_open(app->session, &request))
		fail_msg("%s: %s", app->name, condis_error());
	label_new(app->lines, request.line_handle);
	return request.line_handle;
}

uint32_t line_open(struct app *app, const char *adapter, uint32_t line, uint32_t privileges)
{
	return line_open_media(app, adapter, line, privileges, privileges & OWNER ? DIGITAL : 0);
}

void line_close(struct app *app, uint32_t line)
{
	if (condis_line_close(app->session, line))
		fail_msg("%s: %s", app->name, condis_error());
}

static uint64_t request_begin(struct app *app, uint32_t call)
{
	app->cookie++;
	app->pending[app->cookie % ARRAY_SIZE(app->pending)] = call;
	return app->cookie;
}

struct ndproxy_make_call call_prepare(struct app *app, uint32_t line, const char *number)
{
	struct ndproxy_make_call request = {
		.cookie = request_begin(app, 0),
		.line_handle = line,
		.address = NDPROXY_ANY_ADDRESS,
		.media_modes = DIGITAL,
	};

	snprintf(request.called, sizeof(request.called), "%s", number);
	return request;
}

void call_made(struct app *app, const struct ndproxy_make_call *request)
{
	unsigned int label = label_new(app->calls, request->call);

	if (label)
		app->is_made[label - 1] = true;
	app->pending[request->cookie % ARRAY_SIZE(app->pending)] = request->call;
}

uint32_t call_make(struct app *app, uint32_t line, const char *number)
{
	struct ndproxy_make_call request = call_prepare(app, line, number);

	if (condis_call_make(app->session, &request))
		fail_msg("%s: %s", app->name, condis_error());
	call_made(app, &request);
	return request.call;
}

void call_accept(struct app *app, uint32_t call)
{
	if (condis_call_accept(app->session, call, request_begin(app, call)))
		fail_msg("%s: %s", app->name, condis_error());
}

void call_answer(struct app *app, uint32_t call)
{
	if (condis_call_answer(app->session, call, request_begin(app, call)))
		fail_msg("%s: %s", app->name, condis_error());
}

void call_drop_cause(struct app *app, uint32_t call, uint32_t cause)
{
	if (condis_call_drop(app->session, call, cause, request_begin(app, call)))
		fail_msg("%s: %s", app->name, condis_error());
}

void call_drop(struct app *app, uint32_t call)
{
	call_drop_cause(app, call, 0);
}

void call_deallocate(struct app *app, uint32_t call)
{
	if (condis_call_deallocate(app->session, call))
		fail_msg("%s: %s", app->name, condis_error());
}

void digits_monitor(struct app *app, uint32_t call, uint32_t modes)
{
	if (condis_call_monitor_digits(app->session, call, modes))
		fail_msg("%s: %s", app->name, condis_error());
}

struct ndproxy_generate_digits digits_prepare(struct app *app, uint32_t call, const char *digits,
					      uint32_t duration)
{
	struct ndproxy_generate_digits request = { .call = call };

	if (*digits) {
		request.cookie = request_begin(app, call);
		request.mode = LINEDIGITMODE_DTMF;
		request.duration = duration;
	}
	snprintf(request.digits, sizeof(request.digits), "%s", digits);
	return request;
}

void digits_send(struct app *app, uint32_t call, const char *digits, uint32_t duration)
{
	struct ndproxy_generate_digits request = digits_prepare(app, call, digits, duration);

	if (condis_call_generate_digits(app->session, &request))
		fail_msg("%s: %s", app->name, condis_error());
}

uint32_t call_state(struct app *app, uint32_t call)
{
	struct ndproxy_call_status status;

	if (condis_call_status(app->session, call, &status))
		fail_msg("%s: %s", app->name, condis_error());
	return status.state;
}

int call_data(struct app *app, uint32_t call, uint32_t flags)
{
	int fd = condis_call_open_data(app->session, call, flags, NULL);

	if (fd < 0)
		fail_msg("%s: %s", app->name, condis_error());
	return keep_fd(fd);
}

/*
 * Events as text
 */

static void upper(char *text)
{
	for (; *text; text++)
		if (*text >= 'a' && *text <= 'z')
			*text = (char)(*text - 'a' + 'A');
}

/* The name of a value of TAPI, in the letters of TAPI, without blanks. */
static const char *tapi_name(const char *name, uint32_t value)
{
	static char text[64];
	char *blank;

	if (!name) {
		snprintf(text, sizeof(text), "%#x", value);
		return text;
	}
	snprintf(text, sizeof(text), "%s", name);
	upper(text);
	while ((blank = strpbrk(text, " -_")))
		memmove(blank, blank + 1, strlen(blank));
	return text;
}

static const char *command_name(uint32_t number)
{
	switch (number) {
	case _IOC_NR(NDPROXY_MAKE_CALL):
		return "MAKE_CALL";
	case _IOC_NR(NDPROXY_ACCEPT):
		return "ACCEPT";
	case _IOC_NR(NDPROXY_ANSWER):
		return "ANSWER";
	case _IOC_NR(NDPROXY_DROP):
		return "DROP";
	default:
		return "?";
	}
}

static const char *privilege_name(uint32_t privilege)
{
	switch (privilege) {
	case LINECALLPRIVILEGE_MONITOR:
		return " monitor";
	case LINECALLPRIVILEGE_OWNER:
		return " owner";
	default:
		return "";
	}
}

static void line_states_text(uint32_t states, char *text, size_t size)
{
	size_t at = 0;
	uint32_t bit;

	text[0] = '\0';
	for (bit = 1; bit && bit <= LINEDEVSTATE_REMOVED; bit <<= 1)
		if (states & bit && at < size)
			at += (size_t)snprintf(text + at, size - at, "%s%s", at ? "|" : "",
					       tapi_name(condis_line_state_name(bit), bit));
}

static void reply_text(struct app *app, const struct ndproxy_event *event, char *text)
{
	const struct ndproxy_event_reply *reply = &event->reply;
	uint32_t *pending = &app->pending[event->cookie % ARRAY_SIZE(app->pending)];
	char why[64] = "0";

	if (!event->cookie || event->cookie > app->cookie || *pending != event->handle)
		fail_msg("%s: unasked or second reply: cookie %llu, handle %u; it has heard:\n%s",
			 app->name, (unsigned long long)event->cookie, event->handle, app->trace);
	*pending = 0;
	if (reply->status)
		snprintf(why, sizeof(why), "%s", strerrorname_np(-reply->status));
	if (reply->cause || reply->mode)
		snprintf(why + strlen(why), sizeof(why) - strlen(why), " %u %s", reply->cause,
			 tapi_name(condis_disconnect_mode_name(reply->mode), reply->mode));
	snprintf(text, TEXT_SIZE, "reply C%u %s %s", label_of(app->calls, event->handle),
		 command_name(reply->command), why);
}

static void call_state_text(struct app *app, const struct ndproxy_event *event, char *text)
{
	const struct ndproxy_event_call_state *state = &event->call_state;
	unsigned int label = label_of(app->calls, event->handle);
	char more[64] = "";

	if (label && app->is_over[label - 1])
		fail_msg("%s hears of C%u after its IDLE; it has heard:\n%s", app->name, label,
			 app->trace);
	if (label && state->state == LINECALLSTATE_IDLE)
		app->is_over[label - 1] = true;
	if (state->state == LINECALLSTATE_DISCONNECTED)
		snprintf(more, sizeof(more), " %s %u",
			 tapi_name(condis_disconnect_mode_name(state->mode), state->mode),
			 state->cause);
	snprintf(text, TEXT_SIZE, "C%u ", label);
	snprintf(text + strlen(text), TEXT_SIZE - strlen(text), "%s",
		 tapi_name(condis_call_state_name(state->state), state->state));
	snprintf(text + strlen(text), TEXT_SIZE - strlen(text), "%s%s", more,
		 label && app->is_made[label - 1] ? "" : privilege_name(state->privilege));
}

static void line_close_text(struct app *app, const struct ndproxy_event *event, char *text)
{
	unsigned int label = label_of(app->lines, event->handle);

	if (label && app->is_closed[label - 1])
		fail_msg("%s hears a second LINE_CLOSE of L%u; it has heard:\n%s", app->name,
			 label, app->trace);
	if (label)
		app->is_closed[label - 1] = true;
	snprintf(text, TEXT_SIZE, "L%u close", label);
}

static const char *digit_mode_name(uint32_t mode)
{
	switch (mode) {
	case LINEDIGITMODE_DTMF:
		return "";
	case LINEDIGITMODE_DTMFEND:
		return " ends";
	case LINEDIGITMODE_PULSE:
		return " by pulses";
	default:
		return " ?";
	}
}

/* "C1 digit 5", "C1 digit 5 ends", and " after 3 lost". */
static void digit_text(struct app *app, const struct ndproxy_event *event, char *text)
{
	unsigned int label = label_of(app->calls, event->handle);

	if (label && app->is_over[label - 1])
		fail_msg("%s hears a digit of C%u after its IDLE", app->name, label);
	snprintf(text, TEXT_SIZE, "C%u digit %c%s", label, (int)event->digit.digit,
		 digit_mode_name(event->digit.mode));
	if (event->digit.lost)
		snprintf(text + strlen(text), TEXT_SIZE - strlen(text), " after %u lost",
			 event->digit.lost);
}

static void generate_text(struct app *app, const struct ndproxy_event *event, char *text)
{
	unsigned int label = label_of(app->calls, event->handle);
	uint32_t *pending = &app->pending[event->cookie % ARRAY_SIZE(app->pending)];

	if (!event->cookie || event->cookie > app->cookie || *pending != event->handle)
		fail_msg("%s: digits that were not sent, or a second end of them: cookie %llu",
			 app->name, (unsigned long long)event->cookie);
	if (label && app->is_over[label - 1])
		fail_msg("%s hears of its digits after the IDLE of C%u", app->name, label);
	*pending = 0;
	snprintf(text, TEXT_SIZE, "C%u digits %s", label,
		 event->generate.mode == LINEGENERATETERM_DONE ? "DONE" :
		 event->generate.mode == LINEGENERATETERM_CANCEL ? "CANCEL" : "?");
}

static void event_text(struct app *app, const struct ndproxy_event *event, char *text)
{
	char states[TEXT_SIZE];
	unsigned int label;

	switch (event->type) {
	case LINE_REPLY:
		reply_text(app, event, text);
		break;
	case LINE_CALLSTATE:
		call_state_text(app, event, text);
		break;
	case LINE_APPNEWCALL:
		assert_int_equal(label_of(app->calls, event->new_call.call), 0);
		label = label_new(app->calls, event->new_call.call);
		snprintf(text, TEXT_SIZE, "L%u new C%u%s", label_of(app->lines, event->handle),
			 label, privilege_name(event->new_call.privilege));
		break;
	case LINE_CALLINFO:
		label = label_of(app->calls, event->handle);
		snprintf(text, TEXT_SIZE, "C%u info%s%s%s%s%s%s %u+%u", label,
			 event->call_info.changed & LINECALLINFOSTATE_MEDIAMODE ? " media" : "",
			 event->call_info.changed & LINECALLINFOSTATE_APPSPECIFIC ? " app" : "",
			 event->call_info.changed & LINECALLINFOSTATE_MONITORMODES ?
			 " digits" : "",
			 event->call_info.changed & LINECALLINFOSTATE_NUMOWNERINCR ? " +owner" : "",
			 event->call_info.changed & LINECALLINFOSTATE_NUMOWNERDECR ? " -owner" : "",
			 event->call_info.changed & LINECALLINFOSTATE_NUMMONITORS ?
			 " monitors" : "",
			 event->call_info.owners, event->call_info.monitors);
		break;
	case LINE_MONITORDIGITS:
		digit_text(app, event, text);
		break;
	case LINE_GENERATE:
		generate_text(app, event, text);
		break;
	case LINE_LINEDEVSTATE:
		line_states_text(event->line_state.state, states, sizeof(states));
		if (event->line_state.state == LINEDEVSTATE_REINIT)
			snprintf(text, TEXT_SIZE, "REINIT");
		else
			snprintf(text, TEXT_SIZE, "L%u dev %.80s %u opens %u calls",
				 label_of(app->lines, event->handle), states,
				 event->line_state.num_opens, event->line_state.num_calls);
		break;
	case LINE_CLOSE:
		line_close_text(app, event, text);
		break;
	case LINE_CREATE:
		snprintf(text, TEXT_SIZE, "create %u lines", event->lines.num_lines);
		break;
	case LINE_REMOVE:
		snprintf(text, TEXT_SIZE, "remove %u lines", event->lines.num_lines);
		break;
	default:
		snprintf(text, TEXT_SIZE, "event of type %u", event->type);
		break;
	}
}

/* One event by one read, so that what was not read is still the kernel's to discard. */
static bool read_event(struct app *app, struct ndproxy_event *event, int timeout_ms)
{
	long long end = now_ms() + timeout_ms;
	long long left;
	ssize_t length;

	for (;;) {
		length = read(app_fd(app), event, sizeof(*event));
		if (length == sizeof(*event))
			break;
		if (length == 0)
			return false;
		if (length > 0 || errno != EAGAIN)
			fail_msg("%s: read gives %zd: %s", app->name, length, strerror(errno));
		left = end - now_ms();
		if (left <= 0)
			return false;
		wait_fd(app_fd(app), POLLIN, (int)left);
	}
	return true;
}

const char *take_event(struct app *app, const struct ndproxy_event *event)
{
	static char text[TEXT_SIZE];
	size_t length;

	if (event->seq <= app->seq)
		fail_msg("%s: event %llu after event %llu", app->name,
			 (unsigned long long)event->seq, (unsigned long long)app->seq);
	app->seq = event->seq;
	if (!app->shows_lines && (event->type == LINE_CREATE || event->type == LINE_REMOVE))
		return "";
	event_text(app, event, text);
	length = strlen(app->trace);
	snprintf(app->trace + length, sizeof(app->trace) - length, "    %s\n", text);
	return text;
}

const char *next_event(struct app *app, int timeout_ms)
{
	struct ndproxy_event event;
	const char *text;

	do {
		if (!read_event(app, &event, timeout_ms))
			return "";
		text = take_event(app, &event);
	} while (!*text);
	return text;
}

static void expect_fail(struct app *app, const char *got, const char *wanted, const char *file,
			int line)
{
	say("%s expected \"%s\", and %s%s%s; it has heard:\n%s", app->name, wanted,
	    *got ? "heard \"" : "heard nothing", got, *got ? "\"" : "", app->trace);
	_fail(file, line);
}

static void expect_ordered(struct app *app, const char *const *events, const char *file, int line)
{
	const char *got;

	for (; *events; events++) {
		got = next_event(app, patience());
		if (fnmatch(*events, got, 0))
			expect_fail(app, got, *events, file, line);
	}
}

static void expect_unordered(struct app *app, const char *const *events, const char *file,
			     int line)
{
	const char *wanted[32], *got;
	size_t length = 0, left, i;

	for (; *events; events++) {
		assert_true(length < ARRAY_SIZE(wanted));
		wanted[length++] = *events;
	}
	for (left = length; left; left--) {
		got = next_event(app, patience());
		for (i = 0; i < length; i++)
			if (wanted[i] && !fnmatch(wanted[i], got, 0))
				break;
		if (i == length) {
			for (i = 0; !wanted[i]; i++)
				;
			expect_fail(app, got, wanted[i], file, line);
		}
		wanted[i] = NULL;
	}
}

void expect_events(struct app *app, bool is_ordered, const char *const *events, const char *file,
		   int line)
{
	if (is_ordered)
		expect_ordered(app, events, file, line);
	else
		expect_unordered(app, events, file, line);
}

unsigned int heard(const struct app *app, const char *words)
{
	unsigned int times = 0;
	const char *at = app->trace;

	while ((at = strstr(at, words))) {
		times++;
		at += strlen(words);
	}
	return times;
}

void hear(struct app *app, const char *words)
{
	while (!heard(app, words))
		if (!*next_event(app, patience()))
			fail_msg("%s does not hear of %s; it has heard:\n%s", app->name, words,
				 app->trace);
}

void hear_all(struct app *app)
{
	if (!app->session)
		return;
	while (*next_event(app, 0))
		;
}

void expect_up_to(struct app *app, const char *event)
{
	const char *got;

	do {
		got = next_event(app, patience());
		if (!*got)
			fail_msg("%s waits for \"%s\"; it has heard:\n%s", app->name, event,
				 app->trace);
	} while (fnmatch(event, got, 0));
}

void expect_failure(struct app *app, unsigned int n, const char *reply, const char *end)
{
	char failed[TEXT_SIZE], idle[TEXT_SIZE], good[TEXT_SIZE], progress[TEXT_SIZE];
	char over[TEXT_SIZE];
	const char *got;

	snprintf(failed, sizeof(failed), "reply C%u MAKE_CALL %s", n, reply);
	snprintf(idle, sizeof(idle), "C%u IDLE", n);
	snprintf(good, sizeof(good), "reply C%u MAKE_CALL 0", n);
	snprintf(progress, sizeof(progress), "C%u PROCEEDING", n);
	snprintf(over, sizeof(over), "C%u DISCONNECTED %s", n, end);
	got = next_event(app, patience());
	if (!fnmatch(good, got, 0))
		expect(app, progress, over);
	else if (!fnmatch(failed, got, 0))
		expect(app, idle);
	else
		expect_fail(app, got, failed, __FILE__, __LINE__);
}

void expect_no_event(struct app *app, const char *file, int line)
{
	const char *got = next_event(app, 0);

	if (*got)
		expect_fail(app, got, "nothing", file, line);
}

void expect_end_of_calls(const char *file, int line)
{
	size_t i;

	wait_count(CONDIS_COUNTER_VCS, 0);
	for (i = 0; i < APPS_MAX; i++)
		if (apps[i].session)
			expect_no_event(&apps[i], file, line);
}

void assert_refused(struct app *app, int result, int error, const char *field, const char *what,
		    const char *file, int line)
{
	struct ndproxy_extended_error extended = { 0 };
	int got = errno;

	if (result >= 0) {
		say("%s was not refused\n", what);
		_fail(file, line);
	}
	if (got != error) {
		say("%s was refused with %s, not with %s\n", what, strerrorname_np(got),
		    strerrorname_np(error));
		_fail(file, line);
	}
	if (!field)
		return;
	if (ioctl(app_fd(app), NDPROXY_GET_EXTENDED_ERROR, &extended)) {
		say("%s: no extended error\n", what);
		_fail(file, line);
	}
	if (extended.error != (uint32_t)error || strcmp(extended.field, field)) {
		say("%s: the extended error is %s of \"%s\", not %s of \"%s\"\n", what,
		    strerrorname_np((int)extended.error), extended.field,
		    strerrorname_np(error), field);
		_fail(file, line);
	}
}
