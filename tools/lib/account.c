// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Sessions of all processes, as the core sees them.
 */
#include <assert.h>
#include <linux/genetlink.h>

#include "internal.h"

static_assert(CONDIS_A_CHARGE_LINES - NDPROXY_LIMIT_LINES == 1 &&
	      CONDIS_A_CHARGE_GIVEN - NDPROXY_LIMIT_GIVEN == 1,
	      "charges are in the order of the limits");

static void parse_charges(const struct nlattr *nest, uint32_t charges[NDPROXY_LIMITS])
{
	const struct nlattr *attr;
	uint16_t type;

	mnl_attr_for_each_nested(attr, nest) {
		type = mnl_attr_get_type(attr);
		if (type >= CONDIS_A_CHARGE_LINES && type <= CONDIS_A_CHARGE_GIVEN)
			charges[type - CONDIS_A_CHARGE_LINES] = mnl_attr_get_u32(attr);
	}
}

int condis_parse_session(const struct nlmsghdr *header, void *entry)
{
	struct condis_session_info *session = entry;
	const struct nlattr *attr;

	mnl_attr_for_each(attr, header, sizeof(struct genlmsghdr)) {
		switch (mnl_attr_get_type(attr)) {
		case CONDIS_A_SESSION_ID:
			session->id = mnl_attr_get_u32(attr);
			break;
		case CONDIS_A_SESSION_PID:
			session->pid = mnl_attr_get_u32(attr);
			break;
		case CONDIS_A_SESSION_COMM:
			condis_copy_string(session->comm, sizeof(session->comm), attr);
			break;
		case CONDIS_A_SESSION_NAME:
			condis_copy_string(session->name, sizeof(session->name), attr);
			break;
		case CONDIS_A_SESSION_UID:
			session->uid = mnl_attr_get_u32(attr);
			break;
		case CONDIS_A_SESSION_AGE:
			session->age_ms = mnl_attr_get_u64(attr);
			break;
		case CONDIS_A_SESSION_CLOSING:
			session->is_closing = true;
			break;
		case CONDIS_A_SESSION_CHARGES:
			parse_charges(attr, session->charges);
			break;
		case CONDIS_A_SESSION_LIMITS:
			parse_charges(attr, session->limits);
			break;
		default:
			break;
		}
	}
	return 0;
}

ssize_t condis_sessions(struct condis_admin *admin, struct condis_session_info **list)
{
	struct condis_array array = { .size = sizeof(**list) };
	ssize_t length;

	condis_link_request(&admin->link, CONDIS_CMD_SESSION_GET, NLM_F_DUMP);
	length = condis_link_dump(&admin->link, "list sessions", &array, condis_parse_session,
				  NULL);
	*list = array.items;
	return length;
}
