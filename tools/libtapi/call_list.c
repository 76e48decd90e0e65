// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Calls that others have, and that others get: new handles, privileges, hand-over.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "calls.h"

/**
 * struct list - handles that are being collected
 * @calls: with the reference that call_new() gave
 * @count: how many
 * @room: for how many
 */
struct list {
	struct call **calls;
	size_t count;
	size_t room;
};

static bool list_reserve(struct list *list, size_t more)
{
	struct call **calls;

	if (list->count + more <= list->room)
		return true;
	calls = realloc(list->calls, (list->count + more) * sizeof(*calls));
	if (!calls)
		return false;
	list->calls = calls;
	list->room = list->count + more;
	return true;
}

/* One of the kernel's handles: the library's, or, without memory, none. */
static bool list_add(struct list *list, struct line *line, __u32 kernel)
{
	struct ndproxy_handle handle = { .handle = kernel };
	struct call *call = call_new(line);

	if (call && call_bind(call, kernel)) {
		list->calls[list->count++] = call;
		return true;
	}
	if (call) {
		call_kill(call, false);
		/* The table's; it was never bound. */
		call_put(call);
		call_put(call);
	}
	ioctl(line->app->fd, NDPROXY_DEALLOCATE_CALL, &handle);
	return false;
}

/*
 * All that there are, as many as the kernel tells at a time.  Under app.lock: it is what events are
 * read under, and so none of these calls is read before the call is known.
 */
static LONG list_collect(struct list *list, struct line *line, DWORD select, DWORD address)
{
	struct ndproxy_new_calls new;
	bool is_enough = true;
	__u32 i;

	do {
		memset(&new, 0, sizeof(new));
		new.line_handle = line->kernel;
		new.select = select;
		if (select == LINECALLSELECT_ADDRESS)
			new.address = address;
		if (!list_reserve(list, NDPROXY_NEW_CALLS_MAX))
			return LINEERR_NOMEM;
		if (ioctl(line->app->fd, NDPROXY_GET_NEW_CALLS, &new))
			return error_of(OPERATION_LINE, errno);
		for (i = 0; i < new.num_calls; i++)
			if (!list_add(list, line, new.calls[i]))
				is_enough = false;
	} while (is_enough && new.more);
	return is_enough ? 0 : LINEERR_NOMEM;
}

/* The list to the application, as a whole or not at all. */
static LONG list_write(const struct list *list, LINECALLLIST *out)
{
	DWORD size = list->count * sizeof(HCALL);
	struct variable variable;
	HCALL *handles;
	LONG error;
	size_t i;

	error = variable_begin(&variable, out, sizeof(*out), false);
	if (error)
		return error;
	if (!list->count) {
		variable_end(&variable);
		return 0;
	}
	handles = malloc(size);
	if (!handles)
		return LINEERR_NOMEM;
	for (i = 0; i < list->count; i++)
		handles[i] = list->calls[i]->object.handle;
	variable_bytes(&variable, handles, size, &out->dwCallsSize, &out->dwCallsOffset);
	variable_end(&variable);
	free(handles);
	if (out->dwCallsSize)
		out->dwCallsNumEntries = list->count;
	return 0;
}

TAPI_EXPORT LONG WINAPI lineGetNewCalls(HLINE hLine, DWORD dwAddressID, DWORD dwSelect,
					LPLINECALLLIST lpCallList)
{
	struct list list = {}, undone = {};
	struct variable variable;
	struct line *line;
	LONG error;
	size_t i;

	line = line_get(hLine, &error);
	if (!line)
		return error;
	error = variable_begin(&variable, lpCallList, sizeof(*lpCallList), false);
	if (!error && dwSelect != LINECALLSELECT_LINE && dwSelect != LINECALLSELECT_ADDRESS)
		error = LINEERR_INVALCALLSELECT;
	if (error) {
		error = line_refuse(line, error);
		goto put_line;
	}

	lock_take(&line->app->lock);
	/* Else nobody would end what is made here. */
	error = atomic_load(&line->object.is_dead) ? LINEERR_INVALLINEHANDLE :
		list_collect(&list, line, dwSelect, dwAddressID);
	if (!error)
		error = list_write(&list, lpCallList);
	/* Handles that the application is not told of nobody would deallocate. */
	if (error || !lpCallList->dwCallsNumEntries)
		undone = list;
	for (i = 0; i < undone.count; i++)
		call_kill(undone.calls[i], true);
	lock_give(&line->app->lock);
	for (i = 0; i < undone.count; i++)
		call_end(undone.calls[i]);
	for (i = 0; i < list.count; i++)
		call_put(list.calls[i]);
	free(list.calls);
put_line:
	line_put(line);
	return error;
}

TAPI_EXPORT LONG WINAPI lineSetCallPrivilege(HCALL hCall, DWORD dwCallPrivilege)
{
	struct ndproxy_privilege privilege = {};
	struct call *call;
	LONG error;

	call = call_get(hCall, &error);
	if (!call)
		return error;
	privilege.call = call->kernel;
	privilege.privilege = dwCallPrivilege;
	if (dwCallPrivilege != LINECALLPRIVILEGE_MONITOR &&
	    dwCallPrivilege != LINECALLPRIVILEGE_OWNER)
		error = call_refuse(call, false, 0, LINEERR_INVALCALLPRIVILEGE);
	else
		error = call_error(call, NDPROXY_SET_CALL_PRIVILEGE, &privilege);
	call_put(call);
	return error;
}

/* An application is known by the name of its file, wherever that is, here or on the old system. */
static const char *file_name(const char *path)
{
	const char *name = path;

	for (; *path; path++)
		if (*path == '/' || *path == '\\')
			name = path + 1;
	return name;
}

/* The kernel's command for a hand-over. */
static LONG handoff_to(const char *file, DWORD media_mode, struct ndproxy_handoff *handoff)
{
	const char *name;
	size_t length;

	if (file) {
		name = file_name(file);
		length = strlen(name);
		/* Nobody has such a name. */
		if (!length || length >= sizeof(handoff->name))
			return LINEERR_TARGETNOTFOUND;
		handoff->flags = NDPROXY_HANDOFF_NAME;
		memcpy(handoff->name, name, length);
		return 0;
	}
	if (!is_one_bit(media_mode) || media_mode & ~ALL_MEDIA_MODES)
		return LINEERR_INVALMEDIAMODE;
	/* No line has calls of that kind, and so nobody takes them. */
	if (media_mode & ~NDPROXY_MEDIA_MODES)
		return LINEERR_TARGETNOTFOUND;
	handoff->flags = NDPROXY_HANDOFF_MEDIA_MODE;
	handoff->media_mode = media_mode;
	return 0;
}

static LONG hand_off(HCALL hCall, const char *file, DWORD media_mode)
{
	struct ndproxy_handoff handoff = {};
	struct call *call;
	LONG error;
	int number;

	call = call_get(hCall, &error);
	if (!call)
		return error;
	error = handoff_to(file, media_mode, &handoff);
	if (error) {
		error = call_refuse(call, true, 0, error);
	} else {
		handoff.call = call->kernel;
		number = call_ioctl(call, NDPROXY_HANDOFF, &handoff);
		/* TARGETSELF is only for who has not said whom he means. */
		if (number == ELOOP && file)
			number = ESRCH;
		error = result_of(OPERATION_HANDOFF, number);
	}
	call_put(call);
	return error;
}

TAPI_EXPORT LONG WINAPI lineHandoff(HCALL hCall, LPCSTR lpszFileName, DWORD dwMediaMode)
{
	return hand_off(hCall, lpszFileName, dwMediaMode);
}

TAPI_EXPORT LONG WINAPI lineHandoffA(HCALL hCall, LPCSTR lpszFileName, DWORD dwMediaMode)
{
	return hand_off(hCall, lpszFileName, dwMediaMode);
}

TAPI_EXPORT LONG WINAPI lineHandoffW(HCALL hCall, LPCWSTR lpszFileName, DWORD dwMediaMode)
{
	char *file = lpszFileName ? text_from_wide(lpszFileName) : NULL;
	LONG error;

	/* What is not UTF-16 is nobody's name; what could not be converted may be somebody's. */
	if (lpszFileName && !file && errno != EILSEQ)
		return LINEERR_NOMEM;
	error = hand_off(hCall, lpszFileName && !file ? "" : file, dwMediaMode);
	free(file);
	return error;
}

TAPI_EXPORT LONG WINAPI lineGetConfRelatedCalls(HCALL hCall, LPLINECALLLIST lpCallList)
{
	struct variable variable;
	struct call *call;
	LONG error;

	call = call_get(hCall, &error);
	if (!call)
		return error;
	error = variable_begin(&variable, lpCallList, sizeof(*lpCallList), false);
	error = call_refuse(call, false, 0, error ?: LINEERR_NOCONFERENCE);
	call_put(call);
	return error;
}
