/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Symbols that the KUnit module tests from inside, exported where there is KUnit.
 */
#ifndef _CONDIS_VISIBLE_H
#define _CONDIS_VISIBLE_H

#include <linux/kconfig.h>

#if IS_ENABLED(CONFIG_KUNIT)
#include <kunit/visibility.h>
#else
#include <linux/build_bug.h>

/* Nothing, that may be followed by a semicolon. */
#define EXPORT_SYMBOL_IF_KUNIT(symbol)	static_assert(sizeof(typeof(symbol) *))
#endif

#endif /* _CONDIS_VISIBLE_H */
