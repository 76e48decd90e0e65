// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Privileges of an open line.
 */
#include <errno.h>
#include <sys/ioctl.h>

#include "internal.h"
#include "privileges.h"

LONG line_renounce(HLINE handle)
{
	struct ndproxy_line_privileges keep = { .privileges = LINECALLPRIVILEGE_NONE };
	struct line *line;
	LONG error;

	line = line_get(handle, &error);
	if (!line)
		return error;
	keep.line_handle = line->kernel;
	error = 0;
	if (ioctl(line->app->fd, NDPROXY_SET_LINE_PRIVILEGES, &keep))
		error = error_of(OPERATION_LINE, errno);
	line_put(line);
	return error;
}
