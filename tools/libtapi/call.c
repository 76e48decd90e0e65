// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Calls: how they come to be and end, on the library's side.
 *
 * Who gives the kernel's handle back.  A call is killed once, under app.lock: by
 * lineDeallocateCall(), with its line (lineClose(), lineShutdown(), LINE_CLOSE), or by the failure
 * of its lineMakeCall().  If the kernel's handle is known then, the killer gives it back.  If it is
 * not, MAKE_CALL is in the kernel: it is the maker's, who comes back, sees that the call is dead,
 * and does. So it is given back by exactly one.  With a line's end the kernel's handle dies as
 * well, and giving it back says EBADF, or nothing: kernel handles are not given again soon either.
 */
#include <errno.h>
#include <stdlib.h>
#include <sys/ioctl.h>

#include "calls.h"

static void call_free(struct object *object)
{
	struct call *call = (struct call *)object;

	line_put(call->line);
	call_params_free(call->params);
	free(call);
}

struct call *call_new(struct line *line)
{
	/*
	 * Not calloc(): glibc's passes by what free() has just given back, which is a call mostly.
	 */
	struct call *call = malloc(sizeof(*call));

	if (!call)
		return NULL;
	*call = (struct call){ .line = line };
	object_hold(&line->object);
	if (!handle_new(&call->object, OBJECT_CALL, call_free))
		return call;
	line_put(line);
	free(call);
	return NULL;
}

bool call_bind(struct call *call, __u32 kernel)
{
	struct app *app = call->line->app;

	if (call->kernel || atomic_load(&call->object.is_dead))
		return true;
	call->kernel = kernel;
	HASH_ADD(by_kernel, app->calls, kernel, sizeof(call->kernel), call);
	return call->by_kernel.tbl;
}

struct call *call_find(struct app *app, __u32 kernel)
{
	struct call *call;

	/* 0 is the table's own element, which is no call. */
	if (!kernel)
		return NULL;
	HASH_FIND(by_kernel, app->calls, &kernel, sizeof(kernel), call);
	return call;
}

bool call_kill(struct call *call, bool with_requests)
{
	struct line *line = call->line;
	struct app *app = line->app;

	if (!handle_take(&call->object))
		return false;
	atomic_store(&call->object.is_dead, true);
	if (call->by_kernel.tbl)
		HASH_DELETE(by_kernel, app->calls, call);
	gather_forget(call);
	messages_purge(app, line->object.handle, call->object.handle);
	if (with_requests)
		requests_forget(app, line, call);
	return true;
}

void call_end(struct call *call)
{
	struct ndproxy_handle handle = { .handle = call->kernel };

	/*
	 * Its line may have been closed meanwhile, from either side: then there is nothing to do.
	 */
	if (handle.handle)
		ioctl(call->line->app->fd, NDPROXY_DEALLOCATE_CALL, &handle);
	call_put(call);
}

int call_ioctl(const struct call *call, unsigned long command, void *argument)
{
	return ioctl(call->line->app->fd, command, argument) ? errno : 0;
}

LONG call_error(const struct call *call, unsigned long command, void *argument)
{
	return result_of(OPERATION_CALL, call_ioctl(call, command, argument));
}

LONG call_refuse(const struct call *call, bool is_owner, DWORD feature, LONG error)
{
	struct ndproxy_call_status status = { .call = call->kernel };
	int number = call_ioctl(call, NDPROXY_GET_CALL_STATUS, &status);

	if (number)
		return result_of(OPERATION_CALL, number);
	if (is_owner && status.privilege != LINECALLPRIVILEGE_OWNER)
		return LINEERR_NOTOWNER;
	if (feature && !(status.features & feature))
		return LINEERR_INVALCALLSTATE;
	return error;
}

/* What an application of 1.x must not leave behind: a call that only it could end. */
static LONG check_not_last_owner(const struct call *call)
{
	struct ndproxy_call_status status = { .call = call->kernel };
	struct ndproxy_call_info info = { .call = call->kernel };

	/* What cannot be asked about is gone, and may be deallocated. */
	if (call_ioctl(call, NDPROXY_GET_CALL_STATUS, &status) ||
	    call_ioctl(call, NDPROXY_GET_CALL_INFO, &info))
		return 0;
	if (status.privilege == LINECALLPRIVILEGE_OWNER && info.owners == 1 &&
	    status.state != LINECALLSTATE_IDLE)
		return LINEERR_INVALCALLSTATE;
	/* If the other owner goes just now, the kernel drops the call: nothing is left behind. */
	return 0;
}

/*
 * Threads of the application that use the call at the same time end with INVALCALLHANDLE, from here
 * or from the kernel.  A message of the call that another thread has taken already is that
 * thread's: it names a handle that names nothing.  None is told after this has returned, but for
 * replies, of 2.0 and later.
 */
TAPI_EXPORT LONG WINAPI lineDeallocateCall(HCALL hCall)
{
	struct call *call;
	struct app *app;
	bool is_old, killed;
	LONG error;

	call = call_get(hCall, &error);
	if (!call)
		return error;
	app = call->line->app;
	is_old = call->line->version < TAPI_VERSION_2_0;
	error = is_old ? check_not_last_owner(call) : 0;
	if (!error) {
		lock_take(&app->lock);
		killed = call_kill(call, is_old);
		lock_give(&app->lock);
		if (killed)
			call_end(call);
		else
			error = LINEERR_INVALCALLHANDLE;
	}
	call_put(call);
	return error;
}
