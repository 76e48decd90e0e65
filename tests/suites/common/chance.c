// SPDX-License-Identifier: GPL-2.0
/*
 * Chance: the generator splitmix64.
 */
#include "chance.h"

static uint64_t state;

void chance_begin(uint64_t seed)
{
	state = seed;
}

uint64_t chance_next(void)
{
	uint64_t value = state += 0x9e3779b97f4a7c15ULL;

	value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
	value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
	return value ^ (value >> 31);
}

unsigned int below(unsigned int limit)
{
	return (unsigned int)(chance_next() % limit);
}
