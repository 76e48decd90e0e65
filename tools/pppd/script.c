// SPDX-License-Identifier: GPL-2.0
/*
 * The environment of pppd's scripts: auth-up, ip-up, ip-down and so on.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "compat.h"
#include "script.h"

#define ARRAY_SIZE(_array)	(sizeof(_array) / sizeof((_array)[0]))

#define CAUSE		"CONDIS_CAUSE"
#define CAUSE_NAME	"CONDIS_CAUSE_NAME"

static const char *const facts[] = {
	"CONDIS_CALL", "CONDIS_ADAPTER", "CONDIS_LINE", "CONDIS_ADDRESS", "CONDIS_CALLED",
	"CONDIS_CALLING", "CONDIS_MEDIA", "CONDIS_TX_RATE", "CONDIS_RX_RATE", "CONDIS_MAX_SDU",
};

/* pppd copies both. */
static void set_text(const char *name, const char *text)
{
	ppp_script_setenv((char *)name, (char *)text, 0);
}

static void set_number(const char *name, uint64_t number)
{
	char text[24];

	snprintf(text, sizeof(text), "%llu", (unsigned long long)number);
	set_text(name, text);
}

void script_clear(void)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(facts); i++)
		ppp_script_unsetenv((char *)facts[i]);
	ppp_script_unsetenv(CAUSE);
	ppp_script_unsetenv(CAUSE_NAME);
}

void script_set_call(const struct call *call)
{
	const char *media = condis_media_mode_name(call->info.media_modes);

	set_number("CONDIS_CALL", call->info.call_id);
	set_text("CONDIS_ADAPTER", call->adapter.name);
	set_number("CONDIS_LINE", call->info.line);
	if (call->info.address != NDPROXY_ANY_ADDRESS)
		set_number("CONDIS_ADDRESS", call->info.address);
	set_text("CONDIS_CALLED", call->info.called);
	set_text("CONDIS_CALLING", call->info.calling);
	set_text("CONDIS_MEDIA", media ? media : "");
	set_number("CONDIS_TX_RATE", call->info.tx_rate);
	set_number("CONDIS_RX_RATE", call->info.rx_rate);
	set_number("CONDIS_MAX_SDU", call->max_sdu);
}

void script_set_inherited(void)
{
	const char *value;
	size_t i;

	/* Scripts are run by root, and believe what they are told. */
	if (getuid())
		return;
	for (i = 0; i < ARRAY_SIZE(facts); i++) {
		value = getenv(facts[i]);
		if (value)
			set_text(facts[i], value);
	}
}

void script_set_cause(uint32_t cause, const char *name)
{
	set_number(CAUSE, cause);
	set_text(CAUSE_NAME, name);
}
