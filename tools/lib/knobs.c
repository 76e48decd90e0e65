// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Knobs of virtual WAN adapters: names, values, and their attributes.
 */
#include <errno.h>
#include <linux/condis_vwan.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

enum form {
	FORM_NUMBER,
	FORM_SWITCH,
	FORM_FAULT,
	FORM_MESSAGES,
	FORM_MEDIA,
	FORM_ADDRESSES,
	FORM_LINES,
};

struct entry {
	struct condis_knob knob;
	uint16_t attr;
	enum form form;
};

#define MESSAGE_NAMES "setup, call-proceeding, alerting, connect, connect-ack, " \
	"disconnect, release, release-complete"
#define MODE_NAMES "unknown, interactivevoice, automatedvoice, datamodem, g3fax, digitaldata"

#define KNOB(_name, _attr, _form, _initial, _value, _help)				\
	ENTRY(_name, _attr, _form, _initial, 0, 0, _value, _help)
#define NUMBER(_name, _attr, _initial, _minimum, _maximum, _value, _help)		\
	ENTRY(_name, _attr, NUMBER, _initial, _minimum, _maximum, _value, _help)
#define TIME(_name, _attr, _initial, _minimum, _help)					\
	NUMBER(_name, _attr, _initial, _minimum, CONDIS_VWAN_TIME_MAX, "MS", _help)
#define ENTRY(_name, _attr, _form, _initial, _minimum, _maximum, _value, _help)		\
	{										\
		.knob = {								\
			.name = (_name),						\
			.value = (_value),						\
			.help = (_help),						\
			.initial = (_initial),						\
			.minimum = (_minimum),						\
			.maximum = (_maximum),						\
		},									\
		.attr = CONDIS_VWAN_A_ADAPTER_##_attr,					\
		.form = FORM_##_form,							\
	}

static const struct entry entries[] = {
	NUMBER("lines", LINES, "1", 1, CONDIS_VWAN_LINES_MAX, "N",
	       "lines, 1 to 1024; a change closes and reopens the adapter"),
	NUMBER("calls", CALLS, "1", 1, CONDIS_VWAN_CALLS_MAX, "N",
	       "calls on each line at a time, 1 to 4096"),
	KNOB("address", ADDRESSES, ADDRESSES, "none", "NUMBER[@LINE]",
	     "a number of one line, or of every line; several: repeat it, or with commas"),
	KNOB("media-modes", MEDIA_MODES, MEDIA,
	     "unknown,interactivevoice,automatedvoice,datamodem,digitaldata", "MODE,...",
	     "media modes of every line: " MODE_NAMES),
	KNOB("in-service", IN_SERVICE, SWITCH, "on", "on|off", "whether the trunk is in service"),
	KNOB("out-of-service", OUT_OF_SERVICE, LINES, "none", "LINE,...|none",
	     "lines that are out of service, from 0"),
	TIME("proceeding-delay", PROCEEDING_DELAY, "0", 0,
	     "until a SETUP is answered with CALL PROCEEDING"),
	TIME("alert-delay", ALERT_DELAY, "0", 0, "for which an ALERTING is on its way"),
	TIME("answer-delay", ANSWER_DELAY, "0", 0, "for which a CONNECT is on its way"),
	TIME("clear-delay", CLEAR_DELAY, "0", 0, "until a DISCONNECT or RELEASE is answered"),
	KNOB("fault", FAULT, FAULT, "none", "none|busy|no-answer|congestion|unreachable|unknown",
	     "what calls to this adapter meet"),
	KNOB("lost", LOST, MESSAGES, "none", "MESSAGE,...|none",
	     "messages that are lost: " MESSAGE_NAMES "; sent-... from the adapter"),
	KNOB("duplicated", DUPLICATED, MESSAGES, "none", "MESSAGE,...|none",
	     "messages that come twice"),
	KNOB("late", LATE, MESSAGES, "none", "MESSAGE,...|none", "messages that come late"),
	TIME("late-by", LATE_BY, "1000", 0, "by which they do"),
	NUMBER("fault-count", FAULT_COUNT, "0", 0, UINT32_MAX, "N",
	       "messages still to be lost, doubled or late; 0: no limit"),
	KNOB("glare", GLARE, SWITCH, "off", "on|off", "both ends clear at once"),
	KNOB("reset-clears", RESET_CLEARS, SWITCH, "off", "on|off", "a reset ends all calls"),
	TIME("t301", T301, "180000", 1, "timer T301: ALERTING until CONNECT"),
	TIME("t303", T303, "4000", 1, "timer T303: SETUP until an answer"),
	TIME("t305", T305, "30000", 1, "timer T305: DISCONNECT until RELEASE"),
	TIME("t308", T308, "4000", 1, "timer T308: RELEASE until RELEASE COMPLETE"),
	TIME("t310", T310, "30000", 1, "timer T310: CALL PROCEEDING until ALERTING or CONNECT"),
	TIME("t313", T313, "4000", 1, "timer T313: CONNECT until CONNECT ACKNOWLEDGE"),
	NUMBER("rate", RATE, "0", CONDIS_VWAN_RATE_MIN, CONDIS_VWAN_RATE_MAX, "BITS/S",
	       "line rate of a call, from 300; 0: no limit"),
	NUMBER("latency", LATENCY, "0", 0, CONDIS_VWAN_LATENCY_MAX, "MS",
	       "from the end of sending to the far end"),
	NUMBER("loss", LOSS, "0", 0, CONDIS_VWAN_LOSS_MAX, "PPM",
	       "packets in a million that are lost"),
	NUMBER("queue", QUEUE, "256", 1, CONDIS_VWAN_QUEUE_MAX, "N",
	       "packets that can wait for the line"),
	NUMBER("window", WINDOW, "64", 1, CONDIS_VWAN_WINDOW_MAX, "N",
	       "packets that a sender may have in flight"),
	NUMBER("sdu", SDU, "2048", CONDIS_VWAN_SDU_MIN, CONDIS_VWAN_SDU_MAX, "BYTES",
	       "largest packet"),
};

static const char *const faults[] = {
	[CONDIS_VWAN_FAULT_NONE] = "none",
	[CONDIS_VWAN_FAULT_BUSY] = "busy",
	[CONDIS_VWAN_FAULT_NO_ANSWER] = "no-answer",
	[CONDIS_VWAN_FAULT_CONGESTION] = "congestion",
	[CONDIS_VWAN_FAULT_UNREACHABLE] = "unreachable",
	[CONDIS_VWAN_FAULT_UNKNOWN] = "unknown",
};

/* By bit. */
static const char *const messages[] = {
	"setup", "call-proceeding", "alerting", "connect", "connect-ack", "disconnect", "release",
	"release-complete",
};

#define SENT_PREFIX "sent-"

/**
 * struct value - what one knob is set to
 * @is_set: it is
 * @number: forms with one number or mask
 * @list: ADDRESSES: numbers; LINES: nothing
 * @lines: ADDRESSES: line by number, UINT32_MAX for all; LINES: lines
 * @length: of both
 */
struct value {
	bool is_set;
	uint32_t number;
	char (*list)[NDPROXY_NUMBER_SIZE];
	uint32_t *lines;
	size_t length;
};

struct condis_config {
	struct value values[ARRAY_SIZE(entries)];
};

const struct condis_knob *condis_knob_at(unsigned int index)
{
	return index < ARRAY_SIZE(entries) ? &entries[index].knob : NULL;
}

const char *condis_knob_of_attr(uint16_t attr)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(entries); i++)
		if (entries[i].attr == attr)
			return entries[i].knob.name;
	return NULL;
}

const char *condis_fault_message_at(unsigned int index)
{
	return index < ARRAY_SIZE(messages) ? messages[index] : NULL;
}

struct condis_config *condis_config_new(void)
{
	struct condis_config *config = calloc(1, sizeof(*config));

	if (!config)
		condis_fail(ENOMEM, "no memory");
	return config;
}

void condis_config_free(struct condis_config *config)
{
	size_t i;

	if (!config)
		return;
	for (i = 0; i < ARRAY_SIZE(entries); i++) {
		free(config->values[i].list);
		free(config->values[i].lines);
	}
	free(config);
}

bool condis_config_is_empty(const struct condis_config *config)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(entries); i++)
		if (config->values[i].is_set)
			return false;
	return true;
}

static const struct entry *find_entry(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(entries); i++)
		if (!strcmp(entries[i].knob.name, name))
			return &entries[i];
	return NULL;
}

static int parse_number(const char *text, uint32_t *number)
{
	char *end;
	unsigned long long value;

	if (*text < '0' || *text > '9')
		return -1;
	errno = 0;
	value = strtoull(text, &end, 10);
	if (errno || *end || value > UINT32_MAX)
		return -1;
	*number = (uint32_t)value;
	return 0;
}

static int parse_switch(const char *text, uint32_t *number)
{
	static const char *const on[] = { "on", "1", "yes", "true" };
	static const char *const off[] = { "off", "0", "no", "false" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(on); i++) {
		if (!strcmp(text, on[i]) || !strcmp(text, off[i])) {
			*number = !strcmp(text, on[i]);
			return 0;
		}
	}
	return -1;
}

static int parse_fault(const char *text, uint32_t *number)
{
	uint32_t i;

	for (i = 0; i < ARRAY_SIZE(faults); i++) {
		if (!strcmp(text, faults[i])) {
			*number = i;
			return 0;
		}
	}
	return -1;
}

static int add_message(const char *word, uint32_t *mask)
{
	unsigned int shift = 0;
	size_t i;

	if (!strncmp(word, SENT_PREFIX, strlen(SENT_PREFIX))) {
		word += strlen(SENT_PREFIX);
		shift = CONDIS_VWAN_MSG_SENT;
	}
	for (i = 0; i < ARRAY_SIZE(messages); i++) {
		if (!strcmp(word, messages[i])) {
			*mask |= 1U << (i + shift);
			return 0;
		}
	}
	return -1;
}

static int add_media(const char *word, uint32_t *mask)
{
	uint32_t mode = condis_media_mode(word);

	*mask |= mode;
	return mode ? 0 : -1;
}

static int add_line(struct value *value, const char *number, uint32_t line)
{
	size_t length = value->length + 1;
	void *list, *lines;

	lines = reallocarray(value->lines, length, sizeof(*value->lines));
	if (!lines)
		return -1;
	value->lines = lines;
	value->lines[value->length] = line;
	if (number) {
		list = reallocarray(value->list, length, sizeof(*value->list));
		if (!list)
			return -1;
		value->list = list;
		snprintf(value->list[value->length], sizeof(*value->list), "%s", number);
	}
	value->length = length;
	return 0;
}

static int add_address(struct value *value, char *word)
{
	uint32_t line = UINT32_MAX;
	char *at = strchr(word, '@');

	if (at) {
		*at = '\0';
		if (parse_number(at + 1, &line))
			return -1;
	}
	/* What a number is made of is the kernel's to say; here only that it fits. */
	if (!*word || strlen(word) > CONDIS_VWAN_NUMBER_MAX)
		return -1;
	return add_line(value, word, line);
}

static int add_out_of_service(struct value *value, const char *word)
{
	uint32_t line;

	return parse_number(word, &line) ? -1 : add_line(value, NULL, line);
}

static int add_word(struct value *value, enum form form, char *word)
{
	switch (form) {
	case FORM_MESSAGES:
		return add_message(word, &value->number);
	case FORM_MEDIA:
		return add_media(word, &value->number);
	case FORM_ADDRESSES:
		return add_address(value, word);
	default:
		return add_out_of_service(value, word);
	}
}

/* Words with commas between; "none" is the empty list. */
static int parse_list(struct value *value, enum form form, const char *text)
{
	char *copy = strdup(text), *at = NULL, *word;
	int err = 0;

	if (!copy)
		return -1;
	value->number = 0;
	value->length = 0;
	if (strcmp(text, "none")) {
		word = strtok_r(copy, ",", &at);
		if (!word)
			err = -1;
		for (; word && !err; word = strtok_r(NULL, ",", &at))
			err = add_word(value, form, word);
	}
	free(copy);
	return err;
}

static int parse_value(struct value *value, enum form form, const char *text)
{
	switch (form) {
	case FORM_NUMBER:
		return parse_number(text, &value->number);
	case FORM_SWITCH:
		return parse_switch(text, &value->number);
	case FORM_FAULT:
		return parse_fault(text, &value->number);
	default:
		return parse_list(value, form, text);
	}
}

/* What would be right. */
static const char *wanted(enum form form)
{
	switch (form) {
	case FORM_NUMBER:
		return "a whole number";
	case FORM_SWITCH:
		return "on or off";
	case FORM_FAULT:
		return "one of none, busy, no-answer, congestion, unreachable, unknown";
	case FORM_MESSAGES:
		return "none, or some of " MESSAGE_NAMES
		       ", sent- before those from the adapter, with commas between";
	case FORM_MEDIA:
		return "some of " MODE_NAMES ", with commas between";
	case FORM_ADDRESSES:
		return "NUMBER or NUMBER@LINE; a number has 1 to 32 digits, lines begin with 0";
	case FORM_LINES:
		return "none, or numbers of lines with commas between";
	}
	return "a value";
}

int condis_config_set(struct condis_config *config, const char *knob, const char *value)
{
	const struct entry *entry = find_entry(knob);
	struct value *slot;

	if (!entry)
		return condis_fail(EINVAL, "no knob '%s'; condisctl adapter set --help lists them",
				   knob);
	slot = &config->values[entry - entries];
	if (parse_value(slot, entry->form, value))
		return condis_fail(EINVAL, "--%s: '%s' is not %s", knob, value,
				   wanted(entry->form));
	slot->is_set = true;
	return 0;
}

static void put_addresses(struct nlmsghdr *header, const struct value *value)
{
	struct nlattr *table, *address;
	size_t i;

	table = mnl_attr_nest_start(header, CONDIS_VWAN_A_ADAPTER_ADDRESSES);
	for (i = 0; i < value->length; i++) {
		address = mnl_attr_nest_start(header, CONDIS_VWAN_A_ADDRESS);
		mnl_attr_put_strz(header, CONDIS_VWAN_A_ADDRESS_NUMBER, value->list[i]);
		if (value->lines[i] != UINT32_MAX)
			mnl_attr_put_u32(header, CONDIS_VWAN_A_ADDRESS_LINE, value->lines[i]);
		mnl_attr_nest_end(header, address);
	}
	mnl_attr_nest_end(header, table);
}

static void put_lines(struct nlmsghdr *header, const struct value *value)
{
	struct nlattr *table = mnl_attr_nest_start(header, CONDIS_VWAN_A_ADAPTER_OUT_OF_SERVICE);
	size_t i;

	for (i = 0; i < value->length; i++)
		mnl_attr_put_u32(header, CONDIS_VWAN_A_LINE, value->lines[i]);
	mnl_attr_nest_end(header, table);
}

static void put_value(struct nlmsghdr *header, const struct entry *entry,
		      const struct value *value)
{
	switch (entry->form) {
	case FORM_SWITCH:
		mnl_attr_put_u8(header, entry->attr, (uint8_t)value->number);
		break;
	case FORM_ADDRESSES:
		put_addresses(header, value);
		break;
	case FORM_LINES:
		put_lines(header, value);
		break;
	default:
		mnl_attr_put_u32(header, entry->attr, value->number);
		break;
	}
}

void condis_config_put(struct nlmsghdr *header, uint16_t data, const struct condis_config *config)
{
	struct nlattr *nest = mnl_attr_nest_start(header, data);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(entries); i++)
		if (config->values[i].is_set)
			put_value(header, &entries[i], &config->values[i]);
	mnl_attr_nest_end(header, nest);
}

/* A text that grows; on failure it stays NULL. */
static void append(char **text, const char *separator, const char *word)
{
	char *longer = NULL;

	if (!*text)
		return;
	if (asprintf(&longer, "%s%s%s", *text, **text ? separator : "", word) < 0)
		longer = NULL;
	free(*text);
	*text = longer;
}

static char *format_messages(uint32_t mask)
{
	char *text = strdup("");
	unsigned int shift;
	char word[32];
	size_t i;

	for (shift = 0; shift <= CONDIS_VWAN_MSG_SENT; shift += CONDIS_VWAN_MSG_SENT) {
		for (i = 0; i < ARRAY_SIZE(messages); i++) {
			if (!(mask & 1U << (i + shift)))
				continue;
			snprintf(word, sizeof(word), "%s%s", shift ? SENT_PREFIX : "", messages[i]);
			append(&text, ",", word);
		}
	}
	return mask ? text : (free(text), strdup("none"));
}

static char *format_media(uint32_t mask)
{
	char *text = strdup("");
	uint32_t bit;

	for (bit = 1; bit; bit <<= 1)
		if (mask & bit && condis_media_mode_name(bit))
			append(&text, ",", condis_media_mode_name(bit));
	return text;
}

static char *format_addresses(const struct nlattr *table)
{
	const struct nlattr *address, *attr;
	char *text = strdup("");
	char word[NDPROXY_NUMBER_SIZE + 16];

	mnl_attr_for_each_nested(address, table) {
		const char *number = "";
		uint32_t line = UINT32_MAX;

		mnl_attr_for_each_nested(attr, address) {
			if (mnl_attr_get_type(attr) == CONDIS_VWAN_A_ADDRESS_NUMBER)
				number = mnl_attr_get_str(attr);
			else if (mnl_attr_get_type(attr) == CONDIS_VWAN_A_ADDRESS_LINE)
				line = mnl_attr_get_u32(attr);
		}
		if (line == UINT32_MAX)
			snprintf(word, sizeof(word), "%s", number);
		else
			snprintf(word, sizeof(word), "%s@%u", number, line);
		append(&text, ",", word);
	}
	return text;
}

static char *format_lines(const struct nlattr *table)
{
	const struct nlattr *line;
	char *text = strdup("");
	char word[16];

	mnl_attr_for_each_nested(line, table) {
		snprintf(word, sizeof(word), "%u", mnl_attr_get_u32(line));
		append(&text, ",", word);
	}
	if (text && !*text)
		append(&text, "", "none");
	return text;
}

static char *format_value(const struct entry *entry, const struct nlattr *attr)
{
	char *text = NULL;

	switch (entry->form) {
	case FORM_SWITCH:
		return strdup(mnl_attr_get_u8(attr) ? "on" : "off");
	case FORM_FAULT:
		if (mnl_attr_get_u32(attr) < ARRAY_SIZE(faults))
			return strdup(faults[mnl_attr_get_u32(attr)]);
		break;
	case FORM_MESSAGES:
		return format_messages(mnl_attr_get_u32(attr));
	case FORM_MEDIA:
		return format_media(mnl_attr_get_u32(attr));
	case FORM_ADDRESSES:
		return format_addresses(attr);
	case FORM_LINES:
		return format_lines(attr);
	case FORM_NUMBER:
		break;
	}
	return asprintf(&text, "%u", mnl_attr_get_u32(attr)) < 0 ? NULL : text;
}

char *condis_adapter_knob(const struct condis_adapter_info *adapter, const char *knob)
{
	const struct entry *entry = find_entry(knob);
	const struct nlattr *attr;

	if (!entry || !adapter->data)
		return NULL;
	mnl_attr_for_each_payload(adapter->data, adapter->data_size)
		if (mnl_attr_get_type(attr) == entry->attr)
			return format_value(entry, attr);
	return NULL;
}

/* By way of its attribute, so that both ways to a text are one. */
char *condis_config_knob(const struct condis_config *config, const char *knob)
{
	const struct entry *entry = find_entry(knob);
	struct nlmsghdr *header;
	char *text;

	if (!entry || !config->values[entry - entries].is_set)
		return NULL;
	header = malloc(CONDIS_MESSAGE_SIZE);
	if (!header)
		return NULL;
	mnl_nlmsg_put_header(header);
	put_value(header, entry, &config->values[entry - entries]);
	text = format_value(entry, mnl_nlmsg_get_payload(header));
	free(header);
	return text;
}
