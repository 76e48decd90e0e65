/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Delay points: places between two steps of an open or a close, where a test can
 * hold a task up, so that another one comes in between.
 *
 * Debug builds only (CONDIS_DEBUG, see Kbuild); nothing is compiled otherwise, and
 * a debug build that is not asked to delay has a jump label at each point.  The
 * names are in one table, in drivers/condis/delay_points.c; Documentation/races.rst
 * says how they are used.
 */
#ifndef _CONDIS_DELAY_H
#define _CONDIS_DELAY_H

#include <linux/types.h>

struct condis_delay_stop;

#ifdef CONDIS_DEBUG

#include <linux/jump_label.h>

DECLARE_STATIC_KEY_FALSE(condis_delays);

void condis_delay_reached(const char *point, u64 id);

/**
 * condis_delay_point() - a task is here, if anybody wants to hold it up
 * @point: the place's name, from the table
 * @id: of the object it is about, 0 if there is none
 *
 * Nothing of the object is touched: it may be gone.
 *
 * Context: any.  Where nobody may sleep, a delay spins, and not for long
 */
static __always_inline void condis_delay_point(const char *point, u64 id)
{
	if (static_branch_unlikely(&condis_delays))
		condis_delay_reached(point, id);
}

/* For KUnit: where there is none, nobody calls them. */
struct condis_delay_stop *condis_delay_stop(const char *point, u64 id);
bool condis_delay_wait(struct condis_delay_stop *stop);
bool condis_delay_release(struct condis_delay_stop *stop);
void condis_delay_release_all(void);
int condis_delay_random(u64 seed, u32 max_us);

#else

static inline void condis_delay_point(const char *point, u64 id) { }

#endif /* CONDIS_DEBUG */

#endif /* _CONDIS_DELAY_H */
