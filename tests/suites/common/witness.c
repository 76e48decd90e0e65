// SPDX-License-Identifier: GPL-2.0
/*
 * What a witness does, and what it makes of what it hears.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "witness.h"

void witness_open(struct witness *witness)
{
	memset(witness, 0, sizeof(*witness));
	witness->session = condis_session_open(NULL);
	if (!witness->session)
		fail_msg("%s", condis_error());
}

void witness_close(struct witness *witness)
{
	condis_session_close(witness->session);
	witness->session = NULL;
}

/*
 * Handles and requests
 */

static struct witness_line *line_find(struct witness *witness, uint32_t handle)
{
	unsigned int i;

	for (i = 0; i < witness->num_lines; i++)
		if (witness->lines[i].handle == handle)
			return &witness->lines[i];
	return NULL;
}

static struct witness_call *call_find(struct witness *witness, uint32_t handle)
{
	unsigned int i;

	for (i = 0; i < witness->num_calls; i++)
		if (witness->calls[i].handle == handle)
			return &witness->calls[i];
	return NULL;
}

static struct witness_call *call_add(struct witness *witness, uint32_t handle, unsigned int line)
{
	struct witness_call *call = &witness->calls[witness->num_calls];

	assert_true(witness->num_calls < WITNESS_HANDLES);
	/* Numbers are not given again so soon. */
	if (call_find(witness, handle) || line_find(witness, handle))
		fail_msg("the number %u is another handle's", handle);
	witness->num_calls++;
	*call = (struct witness_call) { .handle = handle, .line = line };
	return call;
}

static uint64_t request_begin(struct witness *witness, uint32_t call, unsigned int line)
{
	struct witness_request *request = &witness->requests[witness->num_requests];

	assert_true(witness->num_requests < ARRAY_SIZE(witness->requests));
	witness->num_requests++;
	*request = (struct witness_request) {
		.cookie = ++witness->cookie, .call = call, .line = line,
	};
	return request->cookie;
}

/* It was refused: no reply comes. */
static int request_result(struct witness *witness, int result)
{
	if (!result)
		return 0;
	witness->num_requests--;
	return -errno;
}

static void call_give_up(struct witness *witness, struct witness_call *call)
{
	call->is_given_up = true;
	witness->has_given_up = true;
}

int witness_open_line(struct witness *witness, uint32_t adapter, uint32_t line,
		      uint32_t privileges)
{
	struct ndproxy_open_line request = {
		.adapter = adapter,
		.line = line,
		.privileges = privileges,
		.media_modes = privileges & OWNER ? DIGITAL : 0,
	};

	if (witness->num_lines == WITNESS_HANDLES)
		return -ENOSPC;
	if (condis_line_open(witness->session, &request)) {
		/* Whatever was to be said of it is discarded with it. */
		witness->has_given_up = true;
		return -errno;
	}
	if (line_find(witness, request.line_handle) || call_find(witness, request.line_handle))
		fail_msg("the number %u is another handle's", request.line_handle);
	witness->lines[witness->num_lines++] = (struct witness_line) {
		.handle = request.line_handle,
	};
	return 0;
}

int witness_close_line(struct witness *witness, unsigned int index)
{
	struct witness_line *line = &witness->lines[index];
	unsigned int i;

	if (condis_line_close(witness->session, line->handle))
		return -errno;
	if (line->is_closed)
		fail_msg("the line %u was closed twice", line->handle);
	line->is_closed = true;
	witness->has_given_up = true;
	for (i = 0; i < witness->num_calls; i++)
		if (witness->calls[i].line == index)
			call_give_up(witness, &witness->calls[i]);
	for (i = 0; i < witness->num_requests; i++)
		if (witness->requests[i].line == index)
			witness->requests[i].is_suppressed = true;
	return 0;
}

int witness_make_call(struct witness *witness, unsigned int line, const char *number)
{
	struct ndproxy_make_call request = {
		.line_handle = witness->lines[line].handle,
		.address = NDPROXY_ANY_ADDRESS,
		.media_modes = DIGITAL,
	};
	struct witness_call *call;
	int error;

	if (witness->num_calls >= WITNESS_HANDLES - 8)
		return -ENOSPC;
	snprintf(request.called, sizeof(request.called), "%s", number);
	request.cookie = request_begin(witness, 0, line);
	error = request_result(witness, condis_call_make(witness->session, &request));
	if (error) {
		/* Whatever was to be said of it is discarded with it. */
		witness->has_given_up = true;
		return error;
	}
	call = call_add(witness, request.call, line);
	call->is_made = true;
	witness->requests[witness->num_requests - 1].call = request.call;
	return 0;
}

int witness_accept(struct witness *witness, unsigned int index)
{
	struct witness_call *call = &witness->calls[index];
	uint64_t cookie = request_begin(witness, call->handle, call->line);

	return request_result(witness, condis_call_accept(witness->session, call->handle, cookie));
}

int witness_answer(struct witness *witness, unsigned int index)
{
	struct witness_call *call = &witness->calls[index];
	uint64_t cookie = request_begin(witness, call->handle, call->line);

	return request_result(witness, condis_call_answer(witness->session, call->handle, cookie));
}

int witness_drop(struct witness *witness, unsigned int index, uint32_t cause)
{
	struct witness_call *call = &witness->calls[index];
	uint64_t cookie = request_begin(witness, call->handle, call->line);

	return request_result(witness, condis_call_drop(witness->session, call->handle, cause,
							cookie));
}

int witness_deallocate(struct witness *witness, unsigned int index)
{
	struct witness_call *call = &witness->calls[index];

	if (condis_call_deallocate(witness->session, call->handle))
		return -errno;
	if (call->is_deallocated)
		fail_msg("the call %u was deallocated twice", call->handle);
	call->is_deallocated = true;
	call_give_up(witness, call);
	return 0;
}

int witness_shut_down(struct witness *witness)
{
	if (condis_session_shutdown(witness->session))
		return -errno;
	witness->is_shut_down = true;
	return 0;
}

int witness_open_data(struct witness *witness, unsigned int index)
{
	int fd = condis_call_open_data(witness->session, witness->calls[index].handle,
				       NDPROXY_DATA_NONBLOCK, NULL);

	return fd < 0 ? -errno : fd;
}

/*
 * Events
 */

static void hear_reply(struct witness *witness, const struct ndproxy_event *event)
{
	struct witness_request *request;
	struct witness_call *call;

	if (!event->cookie || event->cookie > witness->cookie)
		fail_msg("a reply to a request that was not made: %llu",
			 (unsigned long long)event->cookie);
	for (request = witness->requests;
	     request < witness->requests + witness->num_requests; request++)
		if (request->cookie == event->cookie)
			break;
	if (request == witness->requests + witness->num_requests)
		fail_msg("a reply to a request that was refused: %llu",
			 (unsigned long long)event->cookie);
	if (request->is_over || witness->lines[request->line].is_dead)
		fail_msg("a second reply, or one after the LINE_CLOSE: %llu",
			 (unsigned long long)event->cookie);
	if (request->call != event->handle)
		fail_msg("a reply to a request for the call %u names %u", request->call,
			 event->handle);
	request->is_over = true;
	witness->lines[request->line].is_late |= request->is_suppressed;
	call = call_find(witness, event->handle);
	if (call && event->reply.command == _IOC_NR(NDPROXY_MAKE_CALL))
		call->is_replied = true;
}

static void hear_call(struct witness *witness, const struct ndproxy_event *event)
{
	struct witness_call *call = call_find(witness, event->handle);

	if (!call)
		fail_msg("an event of an unknown call %u", event->handle);
	if (call->is_idle)
		fail_msg("an event of type %u of the call %u after its IDLE", event->type,
			 call->handle);
	witness->lines[call->line].is_late |= call->is_given_up;
	if (witness->lines[call->line].is_dead)
		fail_msg("an event of type %u of the call %u after the LINE_CLOSE", event->type,
			 call->handle);
	if (call->is_made && !call->is_replied)
		fail_msg("an event of type %u of the call %u before the reply to it", event->type,
			 call->handle);
	if (event->type == LINE_CALLSTATE && event->call_state.state == LINECALLSTATE_IDLE)
		call->is_idle = true;
}

static struct witness_line *hear_line(struct witness *witness, const struct ndproxy_event *event)
{
	struct witness_line *line = line_find(witness, event->handle);

	if (!line)
		fail_msg("an event of an unknown line %u", event->handle);
	if (line->is_dead)
		fail_msg("an event of type %u of the line %u after its end", event->type,
			 line->handle);
	line->is_late |= line->is_closed;
	return line;
}

static void hear_line_close(struct witness *witness, const struct ndproxy_event *event)
{
	struct witness_line *line = hear_line(witness, event);
	unsigned int index = (unsigned int)(line - witness->lines), i;

	line->is_dead = true;
	for (i = 0; i < witness->num_calls; i++) {
		struct witness_call *call = &witness->calls[i];

		if (call->line == index && !call->is_idle && !call->is_given_up)
			fail_msg("the line %u is closed, and its call %u has no IDLE",
				 line->handle, call->handle);
	}
	for (i = 0; i < witness->num_requests; i++)
		if (witness->requests[i].line == index && !witness->requests[i].is_over &&
		    !witness->requests[i].is_suppressed)
			fail_msg("the line %u is closed, and its request %llu has no reply",
				 line->handle,
				 (unsigned long long)witness->requests[i].cookie);
}

static void hear_event(struct witness *witness, const struct ndproxy_event *event)
{
	struct witness_line *line;

	/* What is missing was discarded with what was given up. */
	if (event->seq <= witness->seq ||
	    (event->seq != witness->seq + 1 && !witness->has_given_up && !witness->may_jump))
		fail_msg("the event after %llu is %llu", (unsigned long long)witness->seq,
			 (unsigned long long)event->seq);
	witness->seq = event->seq;
	witness->may_jump = false;
	assert_int_equal(event->lost, 0);
	switch (event->type) {
	case LINE_REPLY:
		hear_reply(witness, event);
		break;
	case LINE_CALLSTATE:
	case LINE_CALLINFO:
		hear_call(witness, event);
		break;
	case LINE_APPNEWCALL:
		line = hear_line(witness, event);
		call_add(witness, event->new_call.call,
			 (unsigned int)(line - witness->lines));
		break;
	case LINE_CLOSE:
		hear_line_close(witness, event);
		break;
	case LINE_LINEDEVSTATE:
		if (event->handle)
			hear_line(witness, event);
		break;
	case LINE_CREATE:
	case LINE_REMOVE:
		break;
	default:
		fail_msg("an event of type %u", event->type);
	}
}

void witness_read(struct witness *witness, unsigned int most)
{
	int fd = condis_session_fd(witness->session);
	struct ndproxy_event event;
	ssize_t length;

	while (most--) {
		length = read(fd, &event, sizeof(event));
		if (witness->is_shut_down) {
			assert_int_equal(length, 0);
			return;
		}
		if (length < 0) {
			assert_int_equal(errno, EAGAIN);
			/* What was discarded so far is missing before the next one only. */
			witness->may_jump |= witness->has_given_up;
			witness->has_given_up = false;
			return;
		}
		assert_int_equal(length, sizeof(event));
		hear_event(witness, &event);
	}
}

bool witness_is_at_end(const struct witness *witness)
{
	unsigned int i;

	/* Nothing is told any more. */
	if (witness->is_shut_down)
		return true;
	for (i = 0; i < witness->num_calls; i++)
		if (!witness->calls[i].is_idle && !witness->calls[i].is_given_up)
			return false;
	for (i = 0; i < witness->num_requests; i++)
		if (!witness->requests[i].is_over && !witness->requests[i].is_suppressed)
			return false;
	for (i = 0; i < witness->num_lines; i++)
		if (witness->lines[i].is_late && !witness->lines[i].is_dead)
			return false;
	return true;
}

static void say_rest(const struct witness *witness)
{
	unsigned int i;

	for (i = 0; i < witness->num_calls; i++)
		if (!witness->calls[i].is_idle && !witness->calls[i].is_given_up)
			say("the call %u has no IDLE", witness->calls[i].handle);
	for (i = 0; i < witness->num_requests; i++)
		if (!witness->requests[i].is_over && !witness->requests[i].is_suppressed)
			say("the request %llu for the call %u has no reply",
			    (unsigned long long)witness->requests[i].cookie,
			    witness->requests[i].call);
	for (i = 0; i < witness->num_lines; i++)
		if (witness->lines[i].is_late && !witness->lines[i].is_dead)
			say("line %u, or a call of it, was heard of after its close",
			    witness->lines[i].handle);
}

void witness_end_calls(struct witness *witness)
{
	unsigned int i;
	int result;

	if (witness->is_shut_down)
		return;
	for (i = 0; i < witness->num_calls; i++) {
		if (witness->calls[i].is_idle || witness->calls[i].is_given_up ||
		    witness->calls[i].is_dropped)
			continue;
		witness->calls[i].is_dropped = true;
		result = witness_drop(witness, i, 0);
		if (result && result != -EBADF && result != -EBADFD && result != -ENODEV &&
		    result != -EPERM)
			fail_msg("the call %u cannot be dropped: %s", witness->calls[i].handle,
				 strerrorname_np(-result));
	}
}

void witness_check_end(struct witness *witness)
{
	long long end = now_ms() + patience();

	for (;;) {
		witness_read(witness, 1000);
		if (witness_is_at_end(witness))
			return;
		if (now_ms() > end) {
			say_rest(witness);
			fail_msg("not everything has ended");
		}
		wait_fd(condis_session_fd(witness->session), POLLIN, 20);
	}
}
