// SPDX-License-Identifier: GPL-2.0
/*
 * Events of a session, one line each.
 */
#include <string.h>

#include "ctl.h"

const char *ctl_cause(uint32_t cause, char text[64])
{
	const char *name = condis_cause_name(cause);

	snprintf(text, 64, "%s (%u)", name ? name : "cause", cause);
	return text;
}

bool ctl_cause_word(uint32_t cause, char word[CTL_CAUSE_SIZE])
{
	const char *name = condis_cause_name(cause);
	size_t length = 0;

	for (; name && *name && length < CTL_CAUSE_SIZE - 1; name++)
		if (*name != ',')
			word[length++] = *name == ' ' ? '-' : *name;
	word[length] = '\0';
	return length;
}

/* A process may call itself anything. */
void ctl_print_escaped(const char *text)
{
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			printf("\\%c", *text);
		else if ((unsigned char)*text < ' ' || *text == 0x7f)
			printf("\\u%04x", (unsigned char)*text);
		else
			printf("%c", *text);
	}
}

static const char *or_number(const char *name, uint32_t number, char text[16])
{
	snprintf(text, 16, "%#x", number);
	return name ? name : text;
}

static void print_reply(const struct ndproxy_event *event)
{
	char cause[64];

	if (!event->reply.status)
		printf(" done");
	else if (event->reply.cause)
		printf(" failed: %s", ctl_cause(event->reply.cause, cause));
	else
		printf(" failed: %s", strerror(-event->reply.status));
}

static void print_call_state(const struct ndproxy_event *event)
{
	char text[64], number[16];

	printf(" %s", or_number(condis_call_state_name(event->call_state.state),
				event->call_state.state, number));
	if (event->call_state.state == LINECALLSTATE_DISCONNECTED)
		printf(" %s", or_number(condis_disconnect_mode_name(event->call_state.mode),
					event->call_state.mode, number));
	if (event->call_state.cause)
		printf(", %s", ctl_cause(event->call_state.cause, text));
	if (event->call_state.privilege)
		printf(", %s", event->call_state.privilege == LINECALLPRIVILEGE_OWNER ? "owner" :
										       "monitor");
}

static void print_line_states(uint32_t states)
{
	char number[16];
	uint32_t bit;

	for (bit = 1; bit; bit <<= 1)
		if (states & bit)
			printf(" %s", or_number(condis_line_state_name(bit), bit, number));
}

static void print_body(const struct ndproxy_event *event)
{
	switch (event->type) {
	case LINE_REPLY:
		print_reply(event);
		break;
	case LINE_CALLSTATE:
		print_call_state(event);
		break;
	case LINE_APPNEWCALL:
		printf(" call %u", event->new_call.call);
		if (event->new_call.address != NDPROXY_ANY_ADDRESS)
			printf(" address %u", event->new_call.address);
		break;
	case LINE_CALLINFO:
		printf(" owners %u monitors %u", event->call_info.owners,
		       event->call_info.monitors);
		break;
	case LINE_MONITORDIGITS:
		printf(" digit %c", (int)event->digit.digit);
		break;
	case LINE_GENERATE:
		printf(" %s", event->generate.mode == LINEGENERATETERM_DONE ? "done" : "cancelled");
		break;
	case LINE_LINEDEVSTATE:
		print_line_states(event->line_state.state);
		printf(", opens %u calls %u", event->line_state.num_opens,
		       event->line_state.num_calls);
		break;
	case LINE_CREATE:
	case LINE_REMOVE:
		printf(" adapter %u lines %u", event->adapter, event->lines.num_lines);
		break;
	default:
		break;
	}
}

static void print_json(const struct ndproxy_event *event)
{
	const char *state = event->type == LINE_CALLSTATE ?
				    condis_call_state_name(event->call_state.state) :
				    NULL;

	/* All of it is numbers and our own words, so nothing needs to be escaped. */
	printf("{\"time\":%.6f,\"seq\":%llu,\"type\":\"%s\",", (double)event->time / 1e9,
	       (unsigned long long)event->seq,
	       condis_message_name(event->type) ? condis_message_name(event->type) : "");
	printf("\"handle\":%u,\"line_handle\":%u,\"adapter\":%u,\"line\":%u", event->handle,
	       event->line_handle, event->adapter, event->line);
	if (state)
		printf(",\"state\":\"%s\",\"mode\":%u,\"cause\":%u", state, event->call_state.mode,
		       event->call_state.cause);
	if (event->type == LINE_REPLY)
		printf(",\"status\":%d,\"cause\":%u", event->reply.status, event->reply.cause);
	if (event->type == LINE_APPNEWCALL)
		printf(",\"call\":%u", event->new_call.call);
	if (event->type == LINE_LINEDEVSTATE)
		printf(",\"states\":%u", event->line_state.state);
	printf("}\n");
}

/* Whether the handle is a line's. */
static bool is_of_line(const struct ndproxy_event *event)
{
	return event->type == LINE_APPNEWCALL || event->type == LINE_LINEDEVSTATE ||
	       event->type == LINE_CLOSE;
}

void ctl_print_event(const struct ndproxy_event *event)
{
	const char *name = condis_message_name(event->type);

	if (ctl_json) {
		print_json(event);
	} else {
		printf("%12.6f  %-17s", (double)event->time / 1e9, name ? name : "event");
		if (event->handle)
			printf(" %s %u", is_of_line(event) ? "line" : "call", event->handle);
		print_body(event);
		printf("\n");
	}
	fflush(stdout);
}
