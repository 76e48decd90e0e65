// SPDX-License-Identifier: GPL-2.0
/*
 * condisctl drop, condisctl send: calls that are up already.
 */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ctl.h"

#define END_MS 60000
#define LEG_A 0x801

struct arguments {
	const struct ctl_command *command;
	const char *call;
	uint64_t id;
	uint32_t cause;
	bool receives;
	int linger_ms;
};

static int take_word(void *context, const char *word)
{
	struct arguments *arguments = context;
	char *end;

	if (arguments->call)
		return ctl_usage("%s: '%s' is too much; one call is enough",
				 arguments->command->name, word);
	arguments->call = word;
	if (!strcmp(word, "all") && arguments->command == &ctl_drop)
		return 0;
	arguments->id = strtoull(word, &end, 10);
	if (*word < '0' || *word > '9' || *end || !arguments->id)
		return ctl_usage("%s: '%s' is no call's number; see condisctl call list",
				 arguments->command->name, word);
	return 0;
}

static int take_option(void *context, const char *name, const char *value)
{
	struct arguments *arguments = context;

	if (!strcmp(name, "cause"))
		return ctl_number("drop: --cause", value, 1, 127, &arguments->cause);
	if (!strcmp(name, "linger"))
		return ctl_seconds("send: --linger", value, &arguments->linger_ms);
	arguments->receives = true;
	return 0;
}

static int parse(struct arguments *arguments, int argc, char **argv, bool *is_done)
{
	struct ctl_args args = {
		.command = arguments->command,
		.word = take_word,
		.option = take_option,
		.context = arguments,
	};
	int status;

	status = ctl_parse(&args, argc, argv, is_done);
	if (!status && !*is_done && !arguments->call)
		return ctl_usage("%s: say which call; condisctl call list shows them",
				 arguments->command->name);
	return status;
}

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

static int run_drop(const struct ctl_command *command, int argc, char **argv)
{
	struct arguments arguments = { .command = &ctl_drop };
	struct condis_session *session;
	struct condis_call_info *list;
	size_t length, i;
	bool is_done;
	int status, err;

	(void)command;
	status = parse(&arguments, argc, argv, &is_done);
	if (status || is_done)
		return status;
	status = find_calls(&arguments, &list, &length);
	if (status)
		return status;
	session = condis_session_open(NULL);
	if (!session)
		status = ctl_library_failure();
	for (i = 0; session && i < length; i++) {
		err = drop(session, &list[i], &arguments);
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
			status = ctl_failure("call %s has a data file already, its owner's",
					     arguments->call);
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

static int run_send(const struct ctl_command *command, int argc, char **argv)
{
	struct arguments arguments = { .command = &ctl_send };
	struct condis_session *session;
	struct condis_call_info *list;
	size_t length;
	bool is_done;
	int status;

	(void)command;
	status = parse(&arguments, argc, argv, &is_done);
	if (status || is_done)
		return status;
	status = find_calls(&arguments, &list, &length);
	if (status)
		return status;
	ctl_catch_signals();
	session = condis_session_open(NULL);
	status = session ? send_to(session, &list[0], &arguments) : ctl_library_failure();
	condis_session_close(session);
	free(list);
	return status;
}

static const struct ctl_option drop_options[] = {
	{ "cause", "CAUSE", "Q.850 cause; 16, normal call clearing, if it is not said" },
	{ 0 },
};

static const struct ctl_option send_options[] = {
	{ "receive", NULL, "write what is received to the output" },
	{ "linger", "SECONDS", "go on receiving so long after the input's end" },
	{ 0 },
};

const struct ctl_command ctl_drop = {
	.name = "drop",
	.arguments = "ID|all [--cause CAUSE]",
	.help = "Drop calls, also those of other processes, and wait for their end.",
	.run = run_drop,
	.options = drop_options,
};

const struct ctl_command ctl_send = {
	.name = "send",
	.arguments = "ID [OPTION...]",
	.help = "Send the input over a call that is up, also another process's.",
	.details = "Each read of the input is a packet.",
	.run = run_send,
	.options = send_options,
};
