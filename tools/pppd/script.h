/* SPDX-License-Identifier: GPL-2.0 */
/* The environment of pppd's scripts. */
#ifndef PPPD_SCRIPT_H
#define PPPD_SCRIPT_H

#include "call.h"

/* What is known of a call, as condisctl serve gives it to its commands. */
void script_set_call(const struct call *call);
/* The same from pppd's own environment, of a call that condisctl serve has answered. */
void script_set_inherited(void);
/* Why it has ended, or will. */
void script_set_cause(uint32_t cause, const char *name);
/* Nothing of any call. */
void script_clear(void);

#endif /* PPPD_SCRIPT_H */
