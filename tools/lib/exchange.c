// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Exchanges and kinds.
 */
#include <errno.h>
#include <linux/condis_vwan.h>
#include <linux/genetlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

static struct nlmsghdr *begin(struct condis_admin *admin, uint8_t command, const char *name)
{
	struct nlmsghdr *header = condis_link_request(&admin->link, command, 0);

	mnl_attr_put_strz(header, CONDIS_A_EXCHANGE_NAME, name);
	return header;
}

static int run(struct condis_admin *admin, const char *what, const char *name)
{
	char doing[64 + CONDIS_NAME_SIZE];

	snprintf(doing, sizeof(doing), "%s exchange %.31s", what, name);
	return condis_link_run(&admin->link, doing, NULL, NULL);
}

int condis_exchange_add(struct condis_admin *admin, const char *name, const char *kind)
{
	struct nlmsghdr *header = begin(admin, CONDIS_CMD_EXCHANGE_NEW, name);

	mnl_attr_put_strz(header, CONDIS_A_EXCHANGE_KIND, kind);
	return run(admin, "add", name);
}

int condis_exchange_del(struct condis_admin *admin, const char *name)
{
	begin(admin, CONDIS_CMD_EXCHANGE_DEL, name);
	return run(admin, "delete", name);
}

static void parse_data(const struct nlattr *data, struct condis_exchange_info *exchange)
{
	const struct nlattr *attr;

	if (strcmp(exchange->kind, CONDIS_VWAN_KIND))
		return;
	mnl_attr_for_each_nested(attr, data) {
		switch (mnl_attr_get_type(attr)) {
		case CONDIS_VWAN_A_EXCHANGE_NUMBERS:
			exchange->numbers = mnl_attr_get_u32(attr);
			break;
		case CONDIS_VWAN_A_EXCHANGE_CALLS:
			exchange->calls = mnl_attr_get_u32(attr);
			break;
		case CONDIS_VWAN_A_EXCHANGE_CALLS_MADE:
			exchange->calls_made = mnl_attr_get_u64(attr);
			break;
		case CONDIS_VWAN_A_EXCHANGE_LATE:
			exchange->late = mnl_attr_get_u64(attr);
			break;
		default:
			break;
		}
	}
}

int condis_parse_exchange(const struct nlmsghdr *header, void *entry)
{
	struct condis_exchange_info *exchange = entry;
	const struct nlattr *attr;

	mnl_attr_for_each(attr, header, sizeof(struct genlmsghdr)) {
		switch (mnl_attr_get_type(attr)) {
		case CONDIS_A_EXCHANGE_ID:
			exchange->id = mnl_attr_get_u32(attr);
			break;
		case CONDIS_A_EXCHANGE_NAME:
			condis_copy_string(exchange->name, sizeof(exchange->name), attr);
			break;
		case CONDIS_A_EXCHANGE_KIND:
			condis_copy_string(exchange->kind, sizeof(exchange->kind), attr);
			break;
		case CONDIS_A_EXCHANGE_ADAPTERS:
			exchange->adapters = mnl_attr_get_u32(attr);
			break;
		case CONDIS_A_EXCHANGE_DATA:
			/* It comes after the kind. */
			parse_data(attr, exchange);
			break;
		default:
			break;
		}
	}
	return 0;
}

ssize_t condis_exchanges(struct condis_admin *admin, struct condis_exchange_info **list)
{
	struct condis_array array = { .size = sizeof(**list) };
	ssize_t length;

	condis_link_request(&admin->link, CONDIS_CMD_EXCHANGE_GET, NLM_F_DUMP);
	length = condis_link_dump(&admin->link, "list exchanges", &array, condis_parse_exchange,
				  NULL);
	*list = array.items;
	return length;
}

static int parse_kind(const struct nlmsghdr *header, void *entry)
{
	const struct nlattr *attr;

	mnl_attr_for_each(attr, header, sizeof(struct genlmsghdr))
		if (mnl_attr_get_type(attr) == CONDIS_A_KIND_NAME)
			condis_copy_string(entry, CONDIS_NAME_SIZE, attr);
	return 0;
}

char **condis_kinds(struct condis_admin *admin)
{
	struct condis_array array = { .size = CONDIS_NAME_SIZE };
	size_t head;
	ssize_t length, i;
	char **names;
	char *text;

	condis_link_request(&admin->link, CONDIS_CMD_KIND_GET, NLM_F_DUMP);
	length = condis_link_dump(&admin->link, "list kinds", &array, parse_kind, NULL);
	if (length < 0)
		return NULL;
	/* One block: the pointers, then the names. */
	head = ((size_t)length + 1) * sizeof(*names);
	names = malloc(head + (size_t)length * CONDIS_NAME_SIZE);
	if (names) {
		text = (char *)names + head;
		memcpy(text, array.items, (size_t)length * CONDIS_NAME_SIZE);
		for (i = 0; i < length; i++)
			names[i] = text + i * CONDIS_NAME_SIZE;
		names[length] = NULL;
	} else {
		condis_fail(ENOMEM, "list kinds: no memory");
	}
	free(array.items);
	return names;
}
