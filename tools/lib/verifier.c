// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What the verifier has counted.
 */
#include <errno.h>
#include <linux/genetlink.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

/* One message; which of the two it is, its attributes say. */
struct message {
	bool is_adapter;
	bool is_on;
	uint32_t kept;
	struct condis_violations violations;
};

static void parse_violations(const struct nlattr *nest, uint32_t *count)
{
	const struct nlattr *attr;

	/* A newer kernel may know more kinds. */
	mnl_attr_for_each_nested(attr, nest)
		if (mnl_attr_get_type(attr) < CONDIS_NR_VIOLATIONS)
			count[mnl_attr_get_type(attr)] = mnl_attr_get_u32(attr);
}

static int parse_message(const struct nlmsghdr *header, void *entry)
{
	struct message *message = entry;
	const struct nlattr *attr;

	mnl_attr_for_each(attr, header, sizeof(struct genlmsghdr)) {
		switch (mnl_attr_get_type(attr)) {
		case CONDIS_A_VERIFIER_ON:
			message->is_on = true;
			break;
		case CONDIS_A_VERIFIER_KEPT:
			message->kept = mnl_attr_get_u32(attr);
			break;
		case CONDIS_A_VERIFIER_ADAPTER_ID:
			message->is_adapter = true;
			message->violations.id = mnl_attr_get_u32(attr);
			break;
		case CONDIS_A_VERIFIER_ADAPTER_NAME:
			condis_copy_string(message->violations.name, CONDIS_NAME_SIZE, attr);
			break;
		case CONDIS_A_VERIFIER_VIOLATIONS:
			parse_violations(attr, message->violations.count);
			break;
		default:
			break;
		}
	}
	return 0;
}

static void sort_out(struct condis_verdict *verdict, const struct message *messages, size_t length)
{
	size_t i;

	for (i = 0; i < length; i++) {
		if (messages[i].is_adapter) {
			verdict->by_adapter[verdict->length++] = messages[i].violations;
			continue;
		}
		verdict->is_on = messages[i].is_on;
		verdict->kept = messages[i].kept;
		verdict->total = messages[i].violations;
	}
}

struct condis_verdict *condis_verdict_get(struct condis_admin *admin)
{
	struct condis_array array = { .size = sizeof(struct message) };
	struct condis_verdict *verdict;
	ssize_t length;

	condis_link_request(&admin->link, CONDIS_CMD_VERIFIER_GET, NLM_F_DUMP);
	length = condis_link_dump(&admin->link, "ask the verifier", &array, parse_message, NULL);
	if (length < 0)
		return NULL;

	verdict = calloc(1, sizeof(*verdict));
	if (verdict)
		verdict->by_adapter = calloc((size_t)length + 1, sizeof(*verdict->by_adapter));
	if (!verdict || !verdict->by_adapter) {
		free(verdict);
		verdict = NULL;
		condis_fail(ENOMEM, "ask the verifier: no memory");
	} else {
		sort_out(verdict, array.items, (size_t)length);
	}
	free(array.items);
	return verdict;
}

void condis_verdict_free(struct condis_verdict *verdict)
{
	if (!verdict)
		return;
	free(verdict->by_adapter);
	free(verdict);
}

uint64_t condis_verdict_sum(const struct condis_violations *violations)
{
	uint64_t sum = 0;
	size_t i;

	for (i = 0; i < CONDIS_NR_VIOLATIONS; i++)
		sum += violations->count[i];
	return sum;
}

const char *condis_violation_name(enum condis_violation violation)
{
	static const char *const names[CONDIS_NR_VIOLATIONS] = {
		[CONDIS_VIOLATION_HANDLER_PENDED] = "HANDLER_PENDED",
		[CONDIS_VIOLATION_COMPLETION_STATUS] = "COMPLETION_STATUS",
		[CONDIS_VIOLATION_COMPLETION_TWICE] = "COMPLETION_TWICE",
		[CONDIS_VIOLATION_NO_ANSWER] = "NO_ANSWER",
		[CONDIS_VIOLATION_EARLY_RELEASE] = "EARLY_RELEASE",
		[CONDIS_VIOLATION_CLOSE_WITH_SENDS] = "CLOSE_WITH_SENDS",
		[CONDIS_VIOLATION_SEND_AFTER_CLOSE] = "SEND_AFTER_CLOSE",
		[CONDIS_VIOLATION_AFTER_END] = "AFTER_END",
		[CONDIS_VIOLATION_DEACTIVATE_BUSY] = "DEACTIVATE_BUSY",
		[CONDIS_VIOLATION_WRONG_SIDE] = "WRONG_SIDE",
		[CONDIS_VIOLATION_OUT_OF_ORDER] = "OUT_OF_ORDER",
		[CONDIS_VIOLATION_BLOCKED] = "BLOCKED",
		[CONDIS_VIOLATION_CONTEXT] = "CONTEXT",
		[CONDIS_VIOLATION_WRONG_REQUEST] = "WRONG_REQUEST",
		[CONDIS_VIOLATION_LEFT_BEHIND] = "LEFT_BEHIND",
		[CONDIS_VIOLATION_BAD_ARGUMENT] = "BAD_ARGUMENT",
	};

	return violation < CONDIS_NR_VIOLATIONS ? names[violation] : NULL;
}
