// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Counts of objects.
 */
#include <assert.h>
#include <errno.h>
#include <linux/genetlink.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

/* One message; which of the two it is, its attributes say. */
struct message {
	bool is_adapter;
	uint32_t adapters;
	uint32_t exchanges;
	uint32_t protocols;
	uint32_t sessions;
	struct condis_adapter_counts counts;
};

static_assert(CONDIS_A_COUNT_FORCED - CONDIS_A_COUNT_BINDINGS == CONDIS_COUNTER_FORCED,
	      "counters are in the order of their attributes");

static int parse_message(const struct nlmsghdr *header, void *entry)
{
	struct message *message = entry;
	const struct nlattr *attr;
	uint16_t type;

	mnl_attr_for_each(attr, header, sizeof(struct genlmsghdr)) {
		type = mnl_attr_get_type(attr);
		switch (type) {
		case CONDIS_A_COUNT_ADAPTERS:
			message->adapters = mnl_attr_get_u32(attr);
			break;
		case CONDIS_A_COUNT_EXCHANGES:
			message->exchanges = mnl_attr_get_u32(attr);
			break;
		case CONDIS_A_COUNT_PROTOCOLS:
			message->protocols = mnl_attr_get_u32(attr);
			break;
		case CONDIS_A_COUNT_SESSIONS:
			message->sessions = mnl_attr_get_u32(attr);
			break;
		case CONDIS_A_COUNT_ADAPTER_ID:
			message->is_adapter = true;
			message->counts.id = mnl_attr_get_u32(attr);
			break;
		case CONDIS_A_COUNT_ADAPTER_NAME:
			condis_copy_string(message->counts.name, CONDIS_NAME_SIZE, attr);
			break;
		case CONDIS_A_COUNT_ADAPTER_STATE:
			condis_copy_string(message->counts.state, CONDIS_NAME_SIZE, attr);
			break;
		case CONDIS_A_COUNT_BINDINGS ... CONDIS_A_COUNT_FORCED:
			message->counts.count[type - CONDIS_A_COUNT_BINDINGS] =
				mnl_attr_get_u32(attr);
			break;
		case CONDIS_A_COUNT_STANDING:
			message->counts.standing = mnl_attr_get_u32(attr);
			break;
		default:
			break;
		}
	}
	return 0;
}

static void sort_out(struct condis_counts *counts, const struct message *messages, size_t length)
{
	size_t i;

	for (i = 0; i < length; i++) {
		if (messages[i].is_adapter) {
			counts->by_adapter[counts->length++] = messages[i].counts;
			continue;
		}
		counts->adapters = messages[i].adapters;
		counts->exchanges = messages[i].exchanges;
		counts->protocols = messages[i].protocols;
		counts->sessions = messages[i].sessions;
	}
}

struct condis_counts *condis_counts_get(struct condis_admin *admin)
{
	struct condis_array array = { .size = sizeof(struct message) };
	struct condis_counts *counts;
	ssize_t length;

	condis_link_request(&admin->link, CONDIS_CMD_COUNT_GET, NLM_F_DUMP);
	length = condis_link_dump(&admin->link, "count objects", &array, parse_message, NULL);
	if (length < 0)
		return NULL;

	counts = calloc(1, sizeof(*counts));
	if (counts)
		counts->by_adapter = calloc((size_t)length + 1, sizeof(*counts->by_adapter));
	if (!counts || !counts->by_adapter) {
		free(counts);
		counts = NULL;
		condis_fail(ENOMEM, "count objects: no memory");
	} else {
		sort_out(counts, array.items, (size_t)length);
	}
	free(array.items);
	return counts;
}

void condis_counts_free(struct condis_counts *counts)
{
	if (!counts)
		return;
	free(counts->by_adapter);
	free(counts);
}

static bool comes_down(const struct condis_adapter_counts *counts)
{
	return !strcmp(counts->state, "halting") || !strcmp(counts->state, "halted");
}

/* Objects on an adapter that is up; what is made just now may be in one count only. */
static uint64_t count_used(const struct condis_adapter_counts *adapter)
{
	uint64_t standing = adapter->count[CONDIS_COUNTER_AFS] +
			    (uint64_t)adapter->count[CONDIS_COUNTER_SAPS];
	uint64_t used = 0;
	int i;

	for (i = 0; i < CONDIS_COUNTERS_OF_OBJECTS; i++)
		if (i != CONDIS_COUNTER_BINDINGS)
			used += adapter->count[i];
	return used - (adapter->standing < standing ? adapter->standing : standing);
}

/* All there is of an adapter, itself included. */
static uint64_t count_all(const struct condis_adapter_counts *adapter)
{
	uint64_t all = 1;
	int i;

	for (i = 0; i < CONDIS_COUNTERS_OF_OBJECTS; i++)
		all += adapter->count[i];
	return all;
}

uint64_t condis_counts_left(const struct condis_counts *counts, bool all)
{
	uint64_t left = counts->sessions + (all ? counts->exchanges : 0);
	size_t i;

	for (i = 0; i < counts->length; i++) {
		const struct condis_adapter_counts *adapter = &counts->by_adapter[i];

		left += all || comes_down(adapter) ? count_all(adapter) : count_used(adapter);
	}
	return left;
}
