// SPDX-License-Identifier: GPL-2.0
/*
 * What can happen to whoever has a call.
 */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "scene.h"

const char *const row_names[ROWS] = {
	[FILE_CLOSED] = "file_closed",
	[DROPPED] = "call_dropped",
	[DEALLOCATED] = "call_deallocated",
	[LINE_CLOSED] = "line_closed",
	[SHUT_DOWN] = "session_shut_down",
	[KILLED] = "process_killed",
	[UNBOUND] = "rmmod_ndproxy",
	[SURPRISED] = "adapter_pulled_out",
	[REMOVED] = "adapter_removed",
	[UNLOADED] = "rmmod_condis_vwan",
	[NETNS_ENDED] = "netns_deleted",
	[OUT_OF_SERVICE] = "carrier_lost",
	[HUNG_UP] = "peer_hung_up",
	[RESET] = "adapter_reset",
	[RESET_CLEARS] = "medium_lost_in_reset",
	[LINES_CHANGED] = "lines_changed",
};

static const char *number_of(const char *adapter)
{
	return !strcmp(adapter, "a") ? "100@0" : "200@0";
}

/* No adapter comes down any more: those that are counted have names. */
static void await_adapters(void)
{
	long long end = now_ms() + patience();
	struct condis_adapter_info *list = NULL;
	struct condis_counts *counts;
	ssize_t named;
	bool is_down;

	do {
		if (now_ms() > end)
			fail_msg("an adapter does not come down");
		counts = condis_counts_get(admin());
		assert_non_null(counts);
		named = condis_adapters(admin(), &list);
		condis_adapters_free(list, named);
		is_down = counts->adapters == (uint32_t)named;
		condis_counts_free(counts);
	} while (!is_down && !poll(NULL, 0, 2));
}

static void remove_adapter(struct scene *scene, bool is_surprise)
{
	if (is_surprise)
		adapter_surprise(scene->adapter);
	else
		adapter_del(scene->adapter);
	/* Its name and its number are free already. */
	adapter_add(scene->adapter, "calls", "2", "address", number_of(scene->adapter), NULL);
	/* Whoever is in the middle of a command keeps nothing from coming down. */
	await_adapters();
}

static void unload(void)
{
	assert_int_equal(module_unload(VWAN), 0);
	/* Nothing is left when it returns. */
	assert_int_equal(count(CONDIS_COUNTER_BINDINGS), 0);
	assert_int_equal(module_load(VWAN), 0);
	exchange_ensure();
	scene_adapters();
}

/* Nothing of ours holds the namespace any more; it goes by itself. */
static void end_space(struct scene *scene)
{
	long long end = now_ms() + patience();
	struct condis_exchange_info *exchanges;
	uint32_t adapters;

	space_end(&scene->space);
	scene->is_abroad = false;
	/* The exchange is at home: "a" and "b" of this namespace stay. */
	do {
		if (now_ms() > end)
			fail_msg("the adapter of another namespace does not come down");
		assert_int_equal(condis_exchanges(admin(), &exchanges), 1);
		adapters = exchanges[0].adapters;
		free(exchanges);
	} while (adapters != 2 && !poll(NULL, 0, 2));
}

static void lose_network(struct scene *scene)
{
	struct ndproxy_make_call call = call_prepare(scene->near, scene->line, "200");

	assert_int_equal(condis_line_set_status_messages(scene->near->session, scene->line,
							 LINEDEVSTATE_OUTOFSERVICE), 0);
	adapter_set(scene->adapter, "in-service", "off", NULL);
	refused(scene->near, condis_call_make(scene->near->session, &call), ENETDOWN,
		"line_handle");
}

static void reset_adapter(struct scene *scene, bool is_medium_lost)
{
	adapter_set(scene->adapter, "reset-clears", is_medium_lost ? "on" : "off", NULL);
	if (condis_adapter_reset(admin(), scene->adapter))
		fail_msg("%s", condis_error());
}

static void change_lines(struct scene *scene)
{
	/* It is another number than before, each time. */
	static bool is_two;

	is_two = !is_two;
	adapter_set(scene->adapter, "lines", is_two ? "2" : "3", NULL);
}

void scene_happen(struct scene *scene, enum row row)
{
	switch (row) {
	case FILE_CLOSED:
		app_close(scene->near);
		break;
	case DROPPED:
		call_drop(scene->near, scene->call);
		break;
	case DEALLOCATED:
		call_deallocate(scene->near, scene->call);
		break;
	case LINE_CLOSED:
		line_close(scene->near, scene->line);
		break;
	case SHUT_DOWN:
		assert_int_equal(condis_session_shutdown(scene->near->session), 0);
		break;
	case KILLED:
		child_kill(scene->process);
		break;
	case UNBOUND:
		/* The errno of delete_module(2), with O_NONBLOCK, for a module in use. */
		assert_int_equal(module_unload(NDPROXY), -EWOULDBLOCK);
		break;
	case SURPRISED:
		remove_adapter(scene, true);
		break;
	case REMOVED:
		remove_adapter(scene, false);
		break;
	case UNLOADED:
		unload();
		break;
	case NETNS_ENDED:
		end_space(scene);
		break;
	case OUT_OF_SERVICE:
		lose_network(scene);
		break;
	case HUNG_UP:
		call_drop(scene->far, scene->far_call);
		break;
	case RESET:
		reset_adapter(scene, false);
		break;
	case RESET_CLEARS:
		reset_adapter(scene, true);
		break;
	case LINES_CHANGED:
		change_lines(scene);
		break;
	case ROWS:
		break;
	}
}
