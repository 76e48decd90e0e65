// SPDX-License-Identifier: GPL-2.0
/*
 * The knobs of a virtual adapter by netlink: what is out of range or no address is
 * refused by its attribute, and what is not is kept.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "talk.h"

static char before[8192], after[8192];

static const struct knob {
	uint16_t attr;
	uint32_t minimum;
	uint32_t maximum;
	bool is_byte;
} knobs[] = {
#define KNOB(_name, ...)	{ CONDIS_VWAN_A_ADAPTER_##_name, __VA_ARGS__ }
	KNOB(LINES, 1, CONDIS_VWAN_LINES_MAX, false),
	KNOB(CALLS, 1, CONDIS_VWAN_CALLS_MAX, false),
	KNOB(IN_SERVICE, 0, 1, true),
	KNOB(PROCEEDING_DELAY, 0, CONDIS_VWAN_TIME_MAX, false),
	KNOB(ALERT_DELAY, 0, CONDIS_VWAN_TIME_MAX, false),
	KNOB(ANSWER_DELAY, 0, CONDIS_VWAN_TIME_MAX, false),
	KNOB(CLEAR_DELAY, 0, CONDIS_VWAN_TIME_MAX, false),
	KNOB(FAULT, 0, CONDIS_VWAN_FAULT_MAX, false),
	KNOB(LATE_BY, 0, CONDIS_VWAN_TIME_MAX, false),
	KNOB(GLARE, 0, 1, true),
	KNOB(RESET_CLEARS, 0, 1, true),
	KNOB(T301, 1, CONDIS_VWAN_TIME_MAX, false),
	KNOB(T303, 1, CONDIS_VWAN_TIME_MAX, false),
	KNOB(T305, 1, CONDIS_VWAN_TIME_MAX, false),
	KNOB(T308, 1, CONDIS_VWAN_TIME_MAX, false),
	KNOB(T310, 1, CONDIS_VWAN_TIME_MAX, false),
	KNOB(T313, 1, CONDIS_VWAN_TIME_MAX, false),
	KNOB(RATE, 0, CONDIS_VWAN_RATE_MAX, false),
	KNOB(LATENCY, 0, CONDIS_VWAN_LATENCY_MAX, false),
	KNOB(LOSS, 0, CONDIS_VWAN_LOSS_MAX, false),
	KNOB(QUEUE, 1, CONDIS_VWAN_QUEUE_MAX, false),
	KNOB(WINDOW, 1, CONDIS_VWAN_WINDOW_MAX, false),
	KNOB(SDU, CONDIS_VWAN_SDU_MIN, CONDIS_VWAN_SDU_MAX, false),
};

static void knob_refused(bool is_new, const struct knob *knob, uint32_t value)
{
	struct nlattr *nest = talk_data_begin(is_new);

	talk_wrong();
	if (knob->is_byte)
		mnl_attr_put_u8(talk.header, knob->attr, (uint8_t)value);
	else
		mnl_attr_put_u32(talk.header, knob->attr, value);
	mnl_attr_nest_end(talk.header, nest);
	refuses(ERANGE);
}

static void knobs_out_of_range(void **state)
{
	struct nlattr *nest;
	int is_new;
	size_t i;

	(void)state;
	two_adapters("1");
	talk_picture(before, sizeof(before));
	for (is_new = 0; is_new < 2; is_new++) {
		for (i = 0; i < ARRAY_SIZE(knobs); i++) {
			knob_refused(is_new, &knobs[i], knobs[i].maximum + 1);
			knob_refused(is_new, &knobs[i], 0xffffffff);
			if (knobs[i].minimum)
				knob_refused(is_new, &knobs[i], knobs[i].minimum - 1);
			/* A size that is another one's. */
			nest = talk_data_begin(is_new);
			talk_wrong();
			mnl_attr_put_u16(talk.header, knobs[i].attr, 1);
			mnl_attr_nest_end(talk.header, nest);
			refuses(EINVAL);
			nest = talk_data_begin(is_new);
			talk_wrong();
			mnl_attr_put(talk.header, knobs[i].attr, 0, NULL);
			mnl_attr_nest_end(talk.header, nest);
			refuses(EINVAL);
		}
		/* Too slow a line is none. */
		nest = talk_data_begin(is_new);
		talk_wrong();
		mnl_attr_put_u32(talk.header, CONDIS_VWAN_A_ADAPTER_RATE, CONDIS_VWAN_RATE_MIN - 1);
		mnl_attr_nest_end(talk.header, nest);
		talk_answer();
		talk_points(EINVAL, ERANGE);
		/* Bits that mean nothing. */
		for (i = 0; i < 3; i++) {
			static const uint16_t masks[] = {
				CONDIS_VWAN_A_ADAPTER_LOST, CONDIS_VWAN_A_ADAPTER_DUPLICATED,
				CONDIS_VWAN_A_ADAPTER_LATE,
			};

			nest = talk_data_begin(is_new);
			talk_wrong();
			mnl_attr_put_u32(talk.header, masks[i], 0x100);
			mnl_attr_nest_end(talk.header, nest);
			refuses(EINVAL);
		}
		nest = talk_data_begin(is_new);
		talk_wrong();
		mnl_attr_put_u32(talk.header, CONDIS_VWAN_A_ADAPTER_MEDIA_MODES, 0);
		mnl_attr_nest_end(talk.header, nest);
		assert_true(talk_answer() == EINVAL || talk.error == ERANGE);
		/* Knobs that there are not. */
		nest = talk_data_begin(is_new);
		talk_wrong();
		mnl_attr_put_u32(talk.header, __CONDIS_VWAN_A_ADAPTER_MAX, 1);
		mnl_attr_nest_end(talk.header, nest);
		refuses(EINVAL);
		nest = talk_data_begin(is_new);
		talk_wrong();
		mnl_attr_put_u32(talk.header, 0, 1);
		mnl_attr_nest_end(talk.header, nest);
		assert_int_equal(talk_answer(), EINVAL);
	}
	talk_picture(after, sizeof(after));
	assert_string_equal(before, after);
}

/* One address; NULL: without a number. */
static void put_address(const char *number, uint32_t line)
{
	struct nlattr *nest = mnl_attr_nest_start(talk.header, CONDIS_VWAN_A_ADDRESS);

	if (number)
		mnl_attr_put_strz(talk.header, CONDIS_VWAN_A_ADDRESS_NUMBER, number);
	if (line != UINT32_MAX)
		mnl_attr_put_u32(talk.header, CONDIS_VWAN_A_ADDRESS_LINE, line);
	mnl_attr_nest_end(talk.header, nest);
}

static void bad_addresses(void **state)
{
	static const char *const numbers[] = {
		"", "abc", "12 3", "1-2", "123456789012345678901234567890123", "\xff",
	};
	struct nlattr *data, *nest;
	int is_new;
	size_t i;

	(void)state;
	two_adapters("1");
	talk_picture(before, sizeof(before));
	for (is_new = 0; is_new < 2; is_new++) {
		for (i = 0; i < ARRAY_SIZE(numbers); i++) {
			data = talk_data_begin(is_new);
			nest = mnl_attr_nest_start(talk.header, CONDIS_VWAN_A_ADAPTER_ADDRESSES);
			put_address("777", 0);
			put_address(numbers[i], 0);
			mnl_attr_nest_end(talk.header, nest);
			mnl_attr_nest_end(talk.header, data);
			talk_answer();
			if ((talk.error != EINVAL && talk.error != ERANGE) || !talk.offset)
				fail_msg("number '%s': answered with %s (%s) of offset %u",
					 numbers[i], strerror(talk.error), talk.text, talk.offset);
		}
		/* No number; no such line. */
		data = talk_data_begin(is_new);
		nest = mnl_attr_nest_start(talk.header, CONDIS_VWAN_A_ADAPTER_ADDRESSES);
		put_address(NULL, 0);
		mnl_attr_nest_end(talk.header, nest);
		mnl_attr_nest_end(talk.header, data);
		assert_int_equal(talk_answer(), EINVAL);
		data = talk_data_begin(is_new);
		nest = mnl_attr_nest_start(talk.header, CONDIS_VWAN_A_ADAPTER_ADDRESSES);
		put_address("777", 1);
		mnl_attr_nest_end(talk.header, nest);
		mnl_attr_nest_end(talk.header, data);
		assert_true(talk_answer() == EINVAL || talk.error == ERANGE);
		/* More than a line can have. */
		data = talk_data_begin(is_new);
		nest = mnl_attr_nest_start(talk.header, CONDIS_VWAN_A_ADAPTER_ADDRESSES);
		for (i = 0; i <= CONDIS_VWAN_ADDRESSES_MAX; i++) {
			char number[16];

			snprintf(number, sizeof(number), "9%zu", i);
			put_address(number, 0);
		}
		mnl_attr_nest_end(talk.header, nest);
		mnl_attr_nest_end(talk.header, data);
		assert_int_equal(talk_answer(), EINVAL);
		/* A line that is not there is not out of service either. */
		data = talk_data_begin(is_new);
		nest = mnl_attr_nest_start(talk.header, CONDIS_VWAN_A_ADAPTER_OUT_OF_SERVICE);
		mnl_attr_put_u32(talk.header, CONDIS_VWAN_A_LINE, 1);
		mnl_attr_nest_end(talk.header, nest);
		mnl_attr_nest_end(talk.header, data);
		assert_true(talk_answer() == EINVAL || talk.error == ERANGE);
	}
	talk_picture(after, sizeof(after));
	assert_string_equal(before, after);
}

/* Each knob keeps the least and the most, and says it. */
static void knobs_kept(void **state)
{
	struct condis_adapter_info *info;
	const struct condis_knob *knob;
	char *value;
	unsigned int i;

	(void)state;
	adapter_add("k", "lines", "3", "calls", "7", "address", "1@0,2@1,3@2,4", "media-modes",
		    "datamodem", "in-service", "off", "out-of-service", "1", "proceeding-delay",
		    "11", "alert-delay", "12", "answer-delay", "13", "clear-delay", "14", "fault",
		    "busy", "lost", "setup,sent-release", "duplicated", "alerting", "late",
		    "connect", "late-by", "15", "fault-count", "16", "glare", "on",
		    "reset-clears", "on", "t301", "1", "t303", "3600000", "t305", "17", "t308",
		    "18", "t310", "19", "t313", "20", "rate", "4000000000", "latency", "60000",
		    "loss", "1000000", "queue", "65536", "window", "4096", "sdu", "65535", NULL);
	info = condis_adapter_get(admin(), "k");
	assert_non_null(info);
	for (i = 0; (knob = condis_knob_at(i)); i++) {
		value = condis_adapter_knob(info, knob->name);
		if (!value)
			fail_msg("the adapter does not tell %s", knob->name);
		free(value);
	}
	value = condis_adapter_knob(info, "rate");
	assert_string_equal(value, "4000000000");
	free(value);
	value = condis_adapter_knob(info, "lost");
	assert_string_equal(value, "setup,sent-release");
	free(value);
	condis_adapters_free(info, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TALK_TEST(knobs_out_of_range),
		TALK_TEST(bad_addresses),
		TALK_TEST(knobs_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
