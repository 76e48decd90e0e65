/* SPDX-License-Identifier: GPL-2.0 */
/* The examples of the manual: a call manager and a client. */
#ifndef SUITES_EXAMPLE_H
#define SUITES_EXAMPLE_H

#include "fixture.h"

/* Their modules. */
#define MCM	"condis_example_mcm"
#define CLIENT	"condis_example_client"

/* For cmocka, as WORLD_TEST(): with the call manager; the client is loaded by who wants it. */
int example_setup(void **state);
int example_teardown(void **state);
#define EXAMPLE_TEST(function) \
	cmocka_unit_test_setup_teardown(function, example_setup, example_teardown)

/* An adapter of the call manager's kind. */
void example_add(const char *name, const char *lines);
/* Write a parameter of a module: 0 or a negative errno. */
int example_parameter(const char *module, const char *name, const char *value);
/* A packet from one end arrives at the other, and is what it was. */
void example_carry(int from, int to, const char *words);
/* A thread that writes to a data file, to which it has a pointer, until the call is over. */
void *example_flow(void *data);

#endif /* SUITES_EXAMPLE_H */
