/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The names of delay points.
 */
#ifndef _CONDIS_DELAY_POINTS_H
#define _CONDIS_DELAY_POINTS_H

#include <linux/types.h>

#include "upcall.h"

#define DELAY_NAME_SIZE		48

void condis_delay_upcall_name(char *name, enum condis_delay_kind kind, unsigned int code,
			      enum condis_delay_phase phase);
bool condis_delay_matches(const char *name, const char *point);
bool condis_delay_known(const char *name);

#endif /* _CONDIS_DELAY_POINTS_H */
