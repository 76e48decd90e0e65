/* SPDX-License-Identifier: GPL-2.0 */
/* Chance, that is the same each time for the same seed. */
#ifndef SUITES_CHANCE_H
#define SUITES_CHANCE_H

#include <stdint.h>

void chance_begin(uint64_t seed);
uint64_t chance_next(void);
/* From 0 to @limit - 1. */
unsigned int below(unsigned int limit);

#endif /* SUITES_CHANCE_H */
