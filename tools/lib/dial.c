// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Calls of a session.
 */
#include <string.h>

#include "internal.h"

int condis_call_make(struct condis_session *session, struct ndproxy_make_call *call)
{
	return condis_session_ioctl(session, NDPROXY_MAKE_CALL, call, "make call");
}

static int request(struct condis_session *session, unsigned long command, uint32_t call,
		   uint32_t cause, uint64_t cookie, const char *doing)
{
	struct ndproxy_request request = { .cookie = cookie, .call = call, .cause = cause };

	return condis_session_ioctl(session, command, &request, doing);
}

int condis_call_accept(struct condis_session *session, uint32_t call, uint64_t cookie)
{
	return request(session, NDPROXY_ACCEPT, call, 0, cookie, "accept call");
}

int condis_call_answer(struct condis_session *session, uint32_t call, uint64_t cookie)
{
	return request(session, NDPROXY_ANSWER, call, 0, cookie, "answer call");
}

int condis_call_drop(struct condis_session *session, uint32_t call, uint32_t cause,
		     uint64_t cookie)
{
	return request(session, NDPROXY_DROP, call, cause, cookie, "drop call");
}

int condis_call_deallocate(struct condis_session *session, uint32_t call)
{
	struct ndproxy_handle handle = { .handle = call };

	return condis_session_ioctl(session, NDPROXY_DEALLOCATE_CALL, &handle, "deallocate call");
}

int condis_call_info(struct condis_session *session, uint32_t call, struct ndproxy_call_info *info)
{
	memset(info, 0, sizeof(*info));
	info->call = call;
	return condis_session_ioctl(session, NDPROXY_GET_CALL_INFO, info, "get call info");
}

int condis_call_status(struct condis_session *session, uint32_t call,
		       struct ndproxy_call_status *status)
{
	memset(status, 0, sizeof(*status));
	status->call = call;
	return condis_session_ioctl(session, NDPROXY_GET_CALL_STATUS, status, "get call status");
}

int condis_call_diagnostics(struct condis_session *session, uint32_t call,
			    struct ndproxy_call_diagnostics *diagnostics)
{
	memset(diagnostics, 0, sizeof(*diagnostics));
	diagnostics->call = call;
	return condis_session_ioctl(session, NDPROXY_GET_CALL_DIAGNOSTICS, diagnostics,
				    "get call diagnostics");
}

int condis_call_set_privilege(struct condis_session *session, uint32_t call, uint32_t privilege)
{
	struct ndproxy_privilege request = { .call = call, .privilege = privilege };

	return condis_session_ioctl(session, NDPROXY_SET_CALL_PRIVILEGE, &request,
				    "set call privilege");
}

int condis_call_handoff_session(struct condis_session *session, uint32_t call, uint32_t target)
{
	struct ndproxy_handoff handoff = {
		.call = call,
		.flags = NDPROXY_HANDOFF_SESSION,
		.session = target,
	};

	return condis_session_ioctl(session, NDPROXY_HANDOFF, &handoff, "hand call over");
}

int condis_call_handoff_media(struct condis_session *session, uint32_t call, uint32_t media_mode)
{
	struct ndproxy_handoff handoff = {
		.call = call,
		.flags = NDPROXY_HANDOFF_MEDIA_MODE,
		.media_mode = media_mode,
	};

	return condis_session_ioctl(session, NDPROXY_HANDOFF, &handoff, "hand call over");
}

int condis_call_handoff_name(struct condis_session *session, uint32_t call, const char *name)
{
	struct ndproxy_handoff handoff = { .call = call, .flags = NDPROXY_HANDOFF_NAME };

	condis_copy_name(handoff.name, name);
	return condis_session_ioctl(session, NDPROXY_HANDOFF, &handoff, "hand call over");
}

int condis_call_set_media_modes(struct condis_session *session, uint32_t call,
				uint32_t media_modes)
{
	struct ndproxy_set_call_info set = {
		.call = call,
		.flags = NDPROXY_CALL_INFO_MEDIA_MODES,
		.media_modes = media_modes,
	};

	return condis_session_ioctl(session, NDPROXY_SET_CALL_INFO, &set,
				    "set the call's media modes");
}

int condis_call_set_app_specific(struct condis_session *session, uint32_t call,
				 uint32_t app_specific)
{
	struct ndproxy_set_call_info set = {
		.call = call,
		.flags = NDPROXY_CALL_INFO_APP_SPECIFIC,
		.app_specific = app_specific,
	};

	return condis_session_ioctl(session, NDPROXY_SET_CALL_INFO, &set, "set the call's number");
}

int condis_call_monitor_digits(struct condis_session *session, uint32_t call, uint32_t modes)
{
	struct ndproxy_monitor_digits monitor = { .call = call, .modes = modes };

	return condis_session_ioctl(session, NDPROXY_MONITOR_DIGITS, &monitor, "monitor digits");
}

int condis_call_generate_digits(struct condis_session *session,
				struct ndproxy_generate_digits *digits)
{
	return condis_session_ioctl(session, NDPROXY_GENERATE_DIGITS, digits, "generate digits");
}

int condis_call_open_data(struct condis_session *session, uint32_t call, uint32_t flags,
			  uint32_t *max_sdu)
{
	struct ndproxy_open_data data = { .call = call, .flags = flags };

	if (condis_session_ioctl(session, NDPROXY_OPEN_DATA, &data, "open the call's data"))
		return -1;
	if (max_sdu)
		*max_sdu = data.max_sdu;
	return data.fd;
}
