// SPDX-License-Identifier: GPL-2.0
/*
 * A plugin for pppd that is given the data file of a call, as a descriptor: what the
 * suites have the stock pppd run over.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <pppd/pppd.h>
#include <pppd/patchlevel.h>

char pppd_version[] = VERSION;

static int data_fd = -1;

static option_t data_options[] = {
	{
		.name = "condis-fd",
		.type = o_int,
		.addr = &data_fd,
		.description = "descriptor of a call's data file",
		.flags = OPT_PRIO,
	},
	{ .name = NULL }
};

static int data_connect(void)
{
	snprintf(ppp_devnam, sizeof(ppp_devnam), "condis-fd-%d", data_fd);
	return data_fd;
}

static void data_disconnect(void)
{
}

static struct channel data_channel = {
	.options = data_options,
	.connect = data_connect,
	.disconnect = data_disconnect,
	.establish_ppp = generic_establish_ppp,
	.disestablish_ppp = generic_disestablish_ppp,
};

void plugin_init(void)
{
	add_options(data_options);
	the_channel = &data_channel;
	modem = 0;
}
