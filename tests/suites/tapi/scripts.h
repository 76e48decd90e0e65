/* SPDX-License-Identifier: GPL-2.0 */
/* Scripts that are played in one process (tapi_shutdown.c) and in several (tapi_processes.c). */
#ifndef SUITES_TAPI_SCRIPTS_H
#define SUITES_TAPI_SCRIPTS_H

#include "client.h"

extern const char *const script_happy[];
extern const char *const script_remote_hangup[];
extern const char *const script_offer_is_rejected[];
extern const char *const script_caller_gives_up[];
extern const char *const script_busy[];
extern const char *const script_close_sole_owner[];
extern const char *const script_close_caller[];
extern const char *const script_close_one_of_two_owners[];
extern const char *const script_close_monitor[];
extern const char *const script_close_is_told[];
extern const char *const script_deallocate_sole_owner[];
extern const char *const script_deallocate_one_of_two_owners[];
extern const char *const script_deallocate_monitor[];
extern const char *const script_deallocate_live_old[];
extern const char *const script_deallocate_live_new[];
extern const char *const script_shutdown_sole_owner[];
extern const char *const script_shutdown_with_requests[];
extern const char *const script_shutdown_one_of_two_owners[];
extern const char *const script_shutdown_monitor[];
extern const char *const script_handoff[];

/* For cmocka: such a script, in this process, or with each application in one of its own. */
void script_play(void **state);
void script_play_apart(void **state);
#define SCRIPT_TEST(_name) \
	{ #_name, script_play, tapi_setup, tapi_teardown, (void *)script_ ## _name }
#define APART_TEST(_name) \
	{ #_name, script_play_apart, tapi_setup, tapi_teardown, (void *)script_ ## _name }

#endif /* SUITES_TAPI_SCRIPTS_H */
