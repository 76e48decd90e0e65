// SPDX-License-Identifier: GPL-2.0
/*
 * The table of commands, and what a refused one leaves alone.
 */
#include <string.h>
#include <sys/ioctl.h>

#include "command.h"

#define MEMBER(_name, _rule, _known)	\
	{ #_name, offsetof(struct T, _name), sizeof(((struct T *)0)->_name), (_rule), (_known) }
#define OUT(_name)		MEMBER(_name, RULE_OUTPUT, 0)
#define IN(_name, _rule)	MEMBER(_name, RULE_##_rule, 0)
#define BITS(_name, _known)	MEMBER(_name, RULE_BITS, _known)
#define COMMAND(_name, ...)	{ #_name, NDPROXY_##_name, { __VA_ARGS__ } }

const struct command commands[] = {
#define T ndproxy_version
	COMMAND(GET_VERSION, OUT(abi), OUT(event_size), OUT(features), OUT(session),
		OUT(reserved)),
#undef T
#define T ndproxy_limits
	COMMAND(GET_LIMITS, OUT(limit), OUT(used)),
#undef T
#define T ndproxy_extended_error
	COMMAND(GET_EXTENDED_ERROR, OUT(value), OUT(command), OUT(error), OUT(offset), OUT(pad),
		OUT(field), OUT(reserved)),
#undef T
#define T ndproxy_adapter
	COMMAND(ENUM_ADAPTER, IN(adapter, ANY), OUT(num_lines), OUT(version), OUT(flags),
		OUT(name), OUT(reserved)),
	COMMAND(GET_ADAPTER_CAPS, IN(adapter, ADAPTER), OUT(num_lines), OUT(version), OUT(flags),
		OUT(name), OUT(reserved)),
#undef T
#define T ndproxy_line_caps
	COMMAND(GET_LINE_CAPS, IN(adapter, ADAPTER), IN(line, LINE), OUT(num_addresses),
		OUT(max_calls), OUT(media_modes), OUT(max_rate), OUT(max_sdu),
		OUT(dev_cap_flags), OUT(name), OUT(generate_digit_modes),
		OUT(monitor_digit_modes), OUT(reserved)),
#undef T
#define T ndproxy_address_caps
	COMMAND(GET_ADDRESS_CAPS, IN(adapter, ADAPTER), IN(line, LINE), IN(address, ADDRESS),
		OUT(max_calls), OUT(media_modes), OUT(pad), OUT(number), OUT(reserved)),
#undef T
#define T ndproxy_open_line
	COMMAND(OPEN_LINE, IN(cookie, ANY), IN(adapter, ADAPTER), IN(line, LINE),
		BITS(privileges, NONE | MONITOR | OWNER), BITS(media_modes, 0),
		BITS(flags, LINEOPENOPTION_SINGLEADDRESS), BITS(address, 0), OUT(line_handle),
		OUT(reserved)),
#undef T
#define T ndproxy_handle
	COMMAND(CLOSE_LINE, IN(handle, HANDLE), OUT(pad)),
#undef T
#define T ndproxy_line_status
	COMMAND(GET_LINE_STATUS, IN(line_handle, HANDLE), OUT(num_opens), OUT(open_media_modes),
		OUT(num_calls), OUT(line_features), OUT(flags), OUT(privileges), OUT(missed_calls),
		OUT(reserved)),
#undef T
#define T ndproxy_status_messages
	COMMAND(SET_STATUS_MESSAGES, IN(line_handle, HANDLE),
		BITS(line_states, NDPROXY_LINE_STATES)),
#undef T
#define T ndproxy_new_calls
	COMMAND(GET_NEW_CALLS, IN(line_handle, HANDLE), BITS(select, LINECALLSELECT_LINE),
		BITS(address, 0), OUT(num_calls), OUT(more), OUT(pad), OUT(calls)),
#undef T
#define T ndproxy_make_call
	COMMAND(MAKE_CALL, IN(cookie, ANY), IN(line_handle, HANDLE), IN(address, ADDRESS),
		BITS(media_modes, DIGITAL), BITS(flags, NDPROXY_CALL_MULTIPOINT),
		IN(called, NUMBER), IN(calling, NUMBER), OUT(call), OUT(reserved)),
#undef T
#define T ndproxy_request
	COMMAND(ACCEPT, IN(cookie, ANY), IN(call, HANDLE), BITS(cause, 0)),
	COMMAND(ANSWER, IN(cookie, ANY), IN(call, HANDLE), BITS(cause, 0)),
	COMMAND(DROP, IN(cookie, ANY), IN(call, HANDLE), BITS(cause, Q850_CAUSE_MAX)),
#undef T
#define T ndproxy_handle
	COMMAND(DEALLOCATE_CALL, IN(handle, HANDLE), OUT(pad)),
#undef T
#define T ndproxy_call_info
	COMMAND(GET_CALL_INFO, IN(call, HANDLE), OUT(line_handle), OUT(call_id), OUT(adapter),
		OUT(line), OUT(address), OUT(origin), OUT(media_modes), OUT(owners),
		OUT(monitors), OUT(tx_rate), OUT(rx_rate), OUT(max_sdu), OUT(called),
		OUT(calling), OUT(app_specific), OUT(digit_modes), OUT(reserved)),
#undef T
#define T ndproxy_call_status
	COMMAND(GET_CALL_STATUS, IN(call, HANDLE), OUT(state), OUT(mode), OUT(privilege),
		OUT(features), OUT(cause), OUT(entered), OUT(reserved)),
#undef T
#define T ndproxy_call_diagnostics
	COMMAND(GET_CALL_DIAGNOSTICS, IN(call, HANDLE), OUT(cause), OUT(location), OUT(remote),
		OUT(reserved)),
#undef T
#define T ndproxy_privilege
	COMMAND(SET_CALL_PRIVILEGE, IN(call, HANDLE), BITS(privilege, OWNER)),
#undef T
#define T ndproxy_handoff
	COMMAND(HANDOFF, IN(call, HANDLE), BITS(flags, NDPROXY_HANDOFF_SESSION),
		IN(session, SESSION), BITS(media_mode, 0), IN(name, NAME)),
#undef T
#define T ndproxy_open_data
	COMMAND(OPEN_DATA, IN(call, HANDLE), BITS(flags, NDPROXY_DATA_NONBLOCK), OUT(fd),
		OUT(max_sdu)),
#undef T
#define T ndproxy_name
	COMMAND(SET_NAME, IN(name, NAME)),
#undef T
#define T ndproxy_priority
	COMMAND(SET_PRIORITY, IN(name, NAME), BITS(media_modes, NDPROXY_MEDIA_MODES),
		IN(priority, ANY)),
#undef T
#define T ndproxy_set_call_info
	COMMAND(SET_CALL_INFO, IN(call, HANDLE),
		BITS(flags, NDPROXY_CALL_INFO_MEDIA_MODES | NDPROXY_CALL_INFO_APP_SPECIFIC),
		BITS(media_modes, 0), IN(app_specific, ANY)),
#undef T
#define T ndproxy_address_status
	COMMAND(GET_ADDRESS_STATUS, IN(line_handle, HANDLE), IN(address, ADDRESS),
		OUT(num_opens), OUT(num_calls), OUT(features), OUT(num_rings),
		OUT(open_media_modes), OUT(pad), OUT(reserved)),
#undef T
#define T ndproxy_num_rings
	COMMAND(SET_NUM_RINGS, IN(line_handle, HANDLE), IN(address, ADDRESS), IN(num_rings, ANY),
		OUT(pad)),
#undef T
#define T ndproxy_monitor_digits
	COMMAND(MONITOR_DIGITS, IN(call, HANDLE), BITS(modes, NDPROXY_DIGIT_MODES)),
#undef T
#define T ndproxy_generate_digits
	COMMAND(GENERATE_DIGITS, IN(cookie, ANY), IN(call, HANDLE), BITS(mode, 0),
		IN(duration, ANY), OUT(pad), IN(digits, NUMBER)),
#undef T
#define T ndproxy_line_privileges
	COMMAND(SET_LINE_PRIVILEGES, IN(line_handle, HANDLE), BITS(privileges, NONE)),
#undef T
};

const size_t commands_length = ARRAY_SIZE(commands);

const struct command *command_find(unsigned long number)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(commands); i++)
		if (commands[i].number == number)
			return &commands[i];
	return NULL;
}

int command(struct app *app, unsigned long number, void *argument)
{
	return ioctl(app_fd(app), number, argument);
}

void command_fill(unsigned long number, void *argument, const struct pair *pair)
{
	memset(argument, 0, ARGUMENT_MAX);
	switch (number) {
	case NDPROXY_GET_ADAPTER_CAPS:
	case NDPROXY_GET_LINE_CAPS:
	case NDPROXY_GET_ADDRESS_CAPS:
		*(uint32_t *)argument = adapter_id("a");
		break;
	case NDPROXY_OPEN_LINE:
		*(struct ndproxy_open_line *)argument = (struct ndproxy_open_line) {
			.adapter = adapter_id("a"),
			.privileges = NONE,
		};
		break;
	case NDPROXY_CLOSE_LINE:
	case NDPROXY_GET_LINE_STATUS:
	case NDPROXY_SET_STATUS_MESSAGES:
	case NDPROXY_GET_ADDRESS_STATUS:
	case NDPROXY_SET_NUM_RINGS:
		*(uint32_t *)argument = pair->caller_line;
		break;
	case NDPROXY_SET_LINE_PRIVILEGES:
		*(struct ndproxy_line_privileges *)argument = (struct ndproxy_line_privileges) {
			.line_handle = pair->caller_line,
			.privileges = NONE,
		};
		break;
	case NDPROXY_GET_NEW_CALLS:
		*(struct ndproxy_new_calls *)argument = (struct ndproxy_new_calls) {
			.line_handle = pair->caller_line,
			.select = LINECALLSELECT_LINE,
		};
		break;
	case NDPROXY_MAKE_CALL:
		*(struct ndproxy_make_call *)argument = (struct ndproxy_make_call) {
			.line_handle = pair->caller_line,
			.address = NDPROXY_ANY_ADDRESS,
			.media_modes = DIGITAL,
			.called = "200",
		};
		break;
	case NDPROXY_ACCEPT:
	case NDPROXY_ANSWER:
	case NDPROXY_DROP:
		((struct ndproxy_request *)argument)->call = pair->out;
		break;
	case NDPROXY_DEALLOCATE_CALL:
	case NDPROXY_GET_CALL_INFO:
	case NDPROXY_GET_CALL_STATUS:
	case NDPROXY_GET_CALL_DIAGNOSTICS:
	case NDPROXY_OPEN_DATA:
	case NDPROXY_MONITOR_DIGITS:
		*(uint32_t *)argument = pair->out;
		break;
	case NDPROXY_SET_CALL_PRIVILEGE:
		*(struct ndproxy_privilege *)argument = (struct ndproxy_privilege) {
			.call = pair->out,
			.privilege = OWNER,
		};
		break;
	case NDPROXY_HANDOFF:
		*(struct ndproxy_handoff *)argument = (struct ndproxy_handoff) {
			.call = pair->out,
			.flags = NDPROXY_HANDOFF_SESSION,
			.session = 0x7fffffff,
		};
		break;
	case NDPROXY_SET_PRIORITY:
		((struct ndproxy_priority *)argument)->media_modes = DIGITAL;
		break;
	case NDPROXY_SET_CALL_INFO:
		*(struct ndproxy_set_call_info *)argument = (struct ndproxy_set_call_info) {
			.call = pair->out,
			.flags = NDPROXY_CALL_INFO_APP_SPECIFIC,
		};
		break;
	case NDPROXY_GENERATE_DIGITS:
		((struct ndproxy_generate_digits *)argument)->call = pair->out;
		break;
	case NDPROXY_SET_NAME:
		*(struct ndproxy_name *)argument = (struct ndproxy_name) { .name = "caller" };
		break;
	}
}

void effect_take(struct app *app, struct effect *effect)
{
	size_t i;

	memset(effect, 0, sizeof(*effect));
	assert_int_equal(condis_session_limits(app->session, &effect->limits), 0);
	for (i = 0; i < ARRAY_SIZE(effect->lines); i++)
		if (app->lines[i])
			condis_line_status(app->session, app->lines[i], &effect->lines[i]);
	for (i = 0; i < ARRAY_SIZE(effect->calls); i++) {
		if (!app->calls[i])
			continue;
		condis_call_status(app->session, app->calls[i], &effect->calls[i]);
		condis_call_info(app->session, app->calls[i], &effect->infos[i]);
	}
	counts_text(effect->counts, sizeof(effect->counts));
}

void effect_none(struct app *app, const struct effect *before)
{
	struct effect after;

	effect_take(app, &after);
	assert_memory_equal(&after.limits, &before->limits, sizeof(after.limits));
	assert_memory_equal(after.lines, before->lines, sizeof(after.lines));
	assert_memory_equal(after.calls, before->calls, sizeof(after.calls));
	assert_memory_equal(after.infos, before->infos, sizeof(after.infos));
	assert_string_equal(after.counts, before->counts);
	expect_nothing(app);
}
