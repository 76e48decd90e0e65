/* SPDX-License-Identifier: GPL-2.0 */
/* Other network namespaces of a test. */
#ifndef SUITES_SPACE_H
#define SUITES_SPACE_H

#include "fixture.h"

/**
 * struct space - another network namespace
 * @fd: holds it
 * @admin: a socket in it, or NULL
 */
struct space {
	int fd;
	struct condis_admin *admin;
};

/* A file of the namespace in which the test began. */
int space_home(void);
/* Makes a namespace, and comes back from it. */
struct space space_new(void);
/* What follows happens in it, until go_home(). */
void go(const struct space *space);
void go_home(void);
/* Nothing of ours holds it any more. */
void space_end(struct space *space);

/* An adapter of the present namespace on the exchange of another. */
int adapter_add_abroad(const char *name, const char *exchange, int fd, const char *number);

/* An application at home calls one abroad; both have a line of their adapter "a". */
struct pair pair_across(struct space *space);

/* For cmocka, as those of the world: a test that failed abroad does not take others there. */
int space_setup(void **state);
int space_teardown(void **state);
#define SPACE_TEST(function) \
	cmocka_unit_test_setup_teardown(function, space_setup, space_teardown)

#endif /* SUITES_SPACE_H */
