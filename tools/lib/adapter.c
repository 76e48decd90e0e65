// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Adapters.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/genetlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "internal.h"

static struct nlmsghdr *begin(struct condis_admin *admin, uint8_t command, const char *name)
{
	struct nlmsghdr *header = condis_link_request(&admin->link, command, 0);

	mnl_attr_put_strz(header, CONDIS_A_ADAPTER_NAME, name);
	return header;
}

static int run(struct condis_admin *admin, const char *what, const char *name, mnl_cb_t callback,
	       void *data)
{
	char doing[64 + CONDIS_NAME_SIZE];

	snprintf(doing, sizeof(doing), "%s adapter %.31s", what, name);
	return condis_link_run(&admin->link, doing, callback, data);
}

static int open_netns(const char *netns)
{
	char path[256];
	int fd;

	snprintf(path, sizeof(path), "%s%s", strchr(netns, '/') ? "" : "/run/netns/", netns);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return condis_fail(errno,
				   "cannot open the namespace %s: %s; ip netns list shows names",
				   path, strerror(errno));
	return fd;
}

int condis_adapter_add(struct condis_admin *admin, const char *name,
		       const struct condis_adapter_place *place,
		       const struct condis_config *config)
{
	struct nlmsghdr *header;
	int netns = -1;
	int err;

	if (place->netns) {
		netns = open_netns(place->netns);
		if (netns < 0)
			return -1;
	}
	header = begin(admin, CONDIS_CMD_ADAPTER_NEW, name);
	mnl_attr_put_strz(header, CONDIS_A_ADAPTER_KIND, place->kind);
	if (place->exchange)
		mnl_attr_put_strz(header, CONDIS_A_ADAPTER_EXCHANGE, place->exchange);
	if (netns >= 0)
		mnl_attr_put_u32(header, CONDIS_A_ADAPTER_EXCHANGE_NETNS_FD, (uint32_t)netns);
	if (config && !condis_config_is_empty(config))
		condis_config_put(header, CONDIS_A_ADAPTER_DATA, config);
	err = run(admin, "add", name, NULL, NULL);
	if (netns >= 0)
		close(netns);
	return err;
}

int condis_adapter_del(struct condis_admin *admin, const char *name, bool is_surprise)
{
	struct nlmsghdr *header = begin(admin, CONDIS_CMD_ADAPTER_DEL, name);

	if (is_surprise)
		mnl_attr_put(header, CONDIS_A_ADAPTER_SURPRISE, 0, NULL);
	return run(admin, "delete", name, NULL, NULL);
}

int condis_adapter_set(struct condis_admin *admin, const char *name,
		       const struct condis_config *config)
{
	struct nlmsghdr *header = begin(admin, CONDIS_CMD_ADAPTER_SET, name);

	condis_config_put(header, CONDIS_A_ADAPTER_DATA, config);
	return run(admin, "set", name, NULL, NULL);
}

int condis_adapter_reset(struct condis_admin *admin, const char *name)
{
	begin(admin, CONDIS_CMD_ADAPTER_RESET, name);
	return run(admin, "reset", name, NULL, NULL);
}

int condis_adapter_pause(struct condis_admin *admin, const char *name)
{
	begin(admin, CONDIS_CMD_ADAPTER_PAUSE, name);
	return run(admin, "pause", name, NULL, NULL);
}

int condis_adapter_restart(struct condis_admin *admin, const char *name)
{
	begin(admin, CONDIS_CMD_ADAPTER_RESTART, name);
	return run(admin, "restart", name, NULL, NULL);
}

int condis_parse_adapter(const struct nlmsghdr *header, void *entry)
{
	struct condis_adapter_info *adapter = entry;
	const struct nlattr *attr;

	mnl_attr_for_each(attr, header, sizeof(struct genlmsghdr)) {
		switch (mnl_attr_get_type(attr)) {
		case CONDIS_A_ADAPTER_ID:
			adapter->id = mnl_attr_get_u32(attr);
			break;
		case CONDIS_A_ADAPTER_NAME:
			condis_copy_string(adapter->name, sizeof(adapter->name), attr);
			break;
		case CONDIS_A_ADAPTER_KIND:
			condis_copy_string(adapter->kind, sizeof(adapter->kind), attr);
			break;
		case CONDIS_A_ADAPTER_EXCHANGE:
			condis_copy_string(adapter->exchange, sizeof(adapter->exchange), attr);
			break;
		case CONDIS_A_ADAPTER_FOREIGN:
			adapter->is_foreign = true;
			break;
		case CONDIS_A_ADAPTER_STATE:
			condis_copy_string(adapter->state, sizeof(adapter->state), attr);
			break;
		case CONDIS_A_ADAPTER_AGE:
			adapter->age_ms = mnl_attr_get_u64(attr);
			break;
		case CONDIS_A_ADAPTER_DATA:
			adapter->data_size = mnl_attr_get_payload_len(attr);
			adapter->data = malloc(adapter->data_size + 1);
			if (!adapter->data)
				return -1;
			memcpy(adapter->data, mnl_attr_get_payload(attr), adapter->data_size);
			break;
		default:
			break;
		}
	}
	return 0;
}

void condis_forget_adapter(void *entry)
{
	struct condis_adapter_info *adapter = entry;

	free(adapter->data);
	adapter->data = NULL;
}

void condis_adapters_free(struct condis_adapter_info *list, ssize_t length)
{
	ssize_t i;

	for (i = 0; list && i < length; i++)
		condis_forget_adapter(&list[i]);
	free(list);
}

static int take_adapter(const struct nlmsghdr *header, void *data)
{
	return condis_parse_adapter(header, data) ? MNL_CB_ERROR : MNL_CB_OK;
}

struct condis_adapter_info *condis_adapter_get(struct condis_admin *admin, const char *name)
{
	struct condis_adapter_info *adapter = calloc(1, sizeof(*adapter));

	if (!adapter) {
		condis_fail(ENOMEM, "no memory");
		return NULL;
	}
	begin(admin, CONDIS_CMD_ADAPTER_GET, name);
	if (run(admin, "get", name, take_adapter, adapter)) {
		condis_adapters_free(adapter, 1);
		return NULL;
	}
	return adapter;
}

/* A dump leaves out configurations that are too large for it. */
static void complete_data(struct condis_admin *admin, struct condis_adapter_info *adapter)
{
	struct condis_adapter_info *alone;

	if (adapter->data || !adapter->kind[0])
		return;
	alone = condis_adapter_get(admin, adapter->name);
	if (!alone)
		return;
	adapter->data = alone->data;
	adapter->data_size = alone->data_size;
	alone->data = NULL;
	condis_adapters_free(alone, 1);
}

ssize_t condis_adapters(struct condis_admin *admin, struct condis_adapter_info **list)
{
	struct condis_array array = { .size = sizeof(**list) };
	ssize_t length, i;

	condis_link_request(&admin->link, CONDIS_CMD_ADAPTER_GET, NLM_F_DUMP);
	length = condis_link_dump(&admin->link, "list adapters", &array, condis_parse_adapter,
				  condis_forget_adapter);
	*list = array.items;
	for (i = 0; i < length; i++)
		complete_data(admin, &(*list)[i]);
	return length;
}
