/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A message bus of the suite's own, as a user's session has one; what belongs to the session
 * besides is in its folder too.
 */
#ifndef SUITES_TAPI_BUS_H
#define SUITES_TAPI_BUS_H

#include "client.h"

#define BUS_FOLDER	"/tmp/tapi-request"
/* What the bus can start. */
#define BUS_SERVICES	BUS_FOLDER "/services"
#define BUS_SERVICE	BUS_SERVICES "/org.condis.Tapi.service"

/* A new session; and its end, however often. */
void bus_begin(void);
void bus_end(void);
/* The same session's bus once more. */
void bus_start(void);
/* It hears, and says nothing; and does so again. */
void bus_sleep(bool is_asleep);

/* A bus for each test: nothing of one is seen by the next. */
int bus_setup(void **state);
int bus_teardown(void **state);
#define BUS_TEST(function) \
	cmocka_unit_test_setup_teardown(function, bus_setup, bus_teardown)

#endif /* SUITES_TAPI_BUS_H */
