/* SPDX-License-Identifier: GPL-2.0 */
/* The data file of a call that somebody else has, given as a descriptor. */
#ifndef PPPD_DESCRIPTOR_H
#define PPPD_DESCRIPTOR_H

#include <stdbool.h>

/* The variable in which condisctl serve gives it. */
#define DESCRIPTOR_VARIABLE	"CONDIS_DATA_FD"

/* The descriptor of the environment, -1 if there is none, -2 if it is no number. */
int descriptor_from_environment(void);
/* The data file that @fd is, or was when pppd began; -1: it is none. No script inherits it. */
int descriptor_take(int fd);
/* Its call is over. */
bool descriptor_is_over(int fd);
/* Bytes of the largest packet, 0: not known. */
unsigned int descriptor_max_sdu(void);

#endif /* PPPD_DESCRIPTOR_H */
