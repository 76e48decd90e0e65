// SPDX-License-Identifier: GPL-2.0
/*
 * condisctl drop, condisctl send: calls that are up already.
 */
#include <errno.h>
#include <poll.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ctl.h"

#define END_MS 60000
#define LEG_A 0x801

/**
 * struct arguments - what was said
 * @id: the call's number; 0: all calls
 * @cause: why; 0: as NDPROXY does
 * @receives: what comes is written
 * @linger_ms: for so long after the input's end
 */
struct arguments {
	uint64_t id;
	uint32_t cause;
	bool receives;
	int linger_ms;
};

/* The calls of leg A, or the one that was named. */
static int find_calls(const struct arguments *arguments, struct condis_call_info **list,
		      size_t *length)
{
	struct condis_admin *admin = condis_admin_open();
	ssize_t all, i;
	size_t kept = 0;

	if (!admin)
		return ctl_library_failure();
	all = condis_calls(admin, 0, list);
	condis_admin_close(admin);
	if (all < 0)
		return ctl_library_failure();
	for (i = 0; i < all; i++)
		if ((*list)[i].af_type == LEG_A &&
		    (!arguments->id || (*list)[i].id == arguments->id))
			(*list)[kept++] = (*list)[i];
	*length = kept;
	if (!arguments->id || kept)
		return CTL_OK;
	free(*list);
	return ctl_failure("there is no call %llu; condisctl call list shows those there are",
			   (unsigned long long)arguments->id);
}

static int not_there(uint64_t id)
{
	return ctl_failure("call %llu is over, or another user's; see condisctl call list",
			   (unsigned long long)id);
}

static int drop(struct condis_session *session, const struct condis_call_info *info,
		const struct arguments *arguments)
{
	struct ctl_call call = { 0 };
	int status;

	status = ctl_take_call(session, info, &call);
	if (!status && call.call)
		status = ctl_drop_call(session, call.call, arguments->cause, END_MS);
	else if (!status && arguments->id)
		/* Of all, one may have ended with its far end before. */
		status = not_there(info->id);
	if (call.line_handle)
		condis_line_close(session, call.line_handle);
	return status;
}

static int run_drop(void *data)
{
	const struct arguments *arguments = data;
	struct condis_session *session;
	struct condis_call_info *list;
	size_t length, i;
	int status, err;

	status = find_calls(arguments, &list, &length);
	if (status)
		return status;
	session = condis_session_open(NULL);
	if (!session)
		status = ctl_library_failure();
	for (i = 0; session && i < length; i++) {
		err = drop(session, &list[i], arguments);
		if (err)
			status = err;
	}
	condis_session_close(session);
	free(list);
	return status;
}

/* Everything of the input, and what comes back meanwhile and for a while afterwards. */
static int carry(const struct arguments *arguments, int data, uint32_t max_sdu)
{
	long long end = -1;
	int input = STDIN_FILENO;
	int got = 1;

	while (got > 0 && !ctl_stopped) {
		struct pollfd fds[] = {
			{ .fd = data, .events = arguments->receives ? POLLIN : 0 },
			{ .fd = input, .events = POLLIN },
		};

		if (!ctl_poll(fds, ARRAY_SIZE(fds), end) && end >= 0)
			break;
		if (fds[0].revents & POLLIN)
			got = ctl_receive(data, stdout);
		else if (fds[0].revents & POLLHUP)
			return ctl_failure("the call has ended");
		if (got > 0 && input >= 0 && fds[1].revents) {
			got = ctl_send_input(input, data, max_sdu);
			if (!got && !ctl_stopped) {
				input = -1;
				end = ctl_now_ms() + arguments->linger_ms;
				got = 1;
			}
		}
	}
	return got < 0 ? CTL_FAILURE : CTL_OK;
}

static int send_to(struct condis_session *session, const struct condis_call_info *info,
		   const struct arguments *arguments)
{
	struct ctl_call call = { 0 };
	uint32_t max_sdu;
	int data, status;

	status = ctl_take_call(session, info, &call);
	if (!status && !call.call)
		status = not_there(info->id);
	if (!status) {
		data = condis_call_open_data(session, call.call, NDPROXY_DATA_NONBLOCK, &max_sdu);
		if (data < 0 && errno == EBUSY)
			status = ctl_failure("call %llu has a data file already, its owner's",
					     (unsigned long long)info->id);
		else if (data < 0)
			status = ctl_library_failure();
		else
			status = carry(arguments, data, max_sdu);
		if (data >= 0)
			close(data);
	}
	/* The call stays: its first owner has it still. */
	if (call.line_handle)
		condis_line_close(session, call.line_handle);
	return status;
}

static int run_send(void *data)
{
	const struct arguments *arguments = data;
	struct condis_session *session;
	struct condis_call_info *list;
	size_t length;
	int status;

	status = find_calls(arguments, &list, &length);
	if (status)
		return status;
	ctl_catch_signals();
	session = condis_session_open(NULL);
	status = session ? send_to(session, &list[0], arguments) : ctl_library_failure();
	condis_session_close(session);
	free(list);
	return status;
}

#define AT(_member) offsetof(struct arguments, _member)
#define WHICH "say which call; condisctl call list shows them"

static const struct ctl_option drop_options[] = {
	{ "cause", "CAUSE", "Q.850 cause; normal-call-clearing, 16, if it is not said", CTL_CAUSE,
	  AT(cause), 0, 0 },
	{ 0 },
};

static const struct ctl_option send_options[] = {
	{ "receive", NULL, "write what is received to the output", CTL_FLAG, AT(receives), 0, 0 },
	{ "linger", "SECONDS", "go on receiving so long after the input's end", CTL_SECONDS,
	  AT(linger_ms), 0, 0 },
	{ 0 },
};

const struct ctl_command ctl_drop_commands[] = {
	{
		.name = "drop",
		.arguments = "CALL|all [--cause CAUSE]",
		.help = "Drop calls, also those of other processes, and wait for their end.",
		.word = { NULL, "CALL|all", WHICH, CTL_CALL_OR_ALL, AT(id), 0, 0 },
		.options = drop_options,
		.size = sizeof(struct arguments),
		.run = run_drop,
	}, {
		.name = "send",
		.arguments = "CALL [OPTION...]",
		.help = "Send the input over a call that is up, also another process's.",
		.details = "Each read of the input is a packet.",
		.word = { NULL, "CALL", WHICH, CTL_CALL, AT(id), 0, 0 },
		.options = send_options,
		.size = sizeof(struct arguments),
		.run = run_send,
	},
	{ 0 },
};
