/* SPDX-License-Identifier: GPL-2.0 */
/* What the files of the clients share. */
#ifndef SUITES_TAPI_INTERNAL_H
#define SUITES_TAPI_INTERNAL_H

#include "names.h"

/* Every client there is. */
void clients_each(void (*what)(struct client *client));
/* None is there any more. */
void clients_forget(void);
/* The client has closed the line: neither messages nor replies of it come any more. */
void client_line_gone(struct client *client, unsigned int line);

#endif /* SUITES_TAPI_INTERNAL_H */
