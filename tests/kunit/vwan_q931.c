// SPDX-License-Identifier: GPL-2.0
/*
 * Every cell of the two Q.931 tables.
 *
 * The rows below were written from the standard, one letter for each event: the
 * state after it, and the message it makes.  A cell that was changed in the
 * driver has to be changed here too, knowingly.
 */
#include <uapi/linux/ndproxy.h>

#include "vwan_world.h"

/* States by letter: . is "the same". */
static const char user_letters[] = "0134678ABJR";

/* Messages by letter, in their order; - is none. */
static const char message_letters[] = "spackdrq*i-";

struct row {
	unsigned int state;
	const char *next;
	const char *send;
};

/*
 * Events, in columns: SETUP, CALL PROCEEDING, ALERTING, CONNECT, CONNECT ACK,
 * DISCONNECT, RELEASE, RELEASE COMPLETE, RESTART, INFORMATION; dial, alert, answer,
 * reject, clear; timeout, timeout again; digit.  s SETUP, p CALL PROCEEDING, a ALERTING,
 * c CONNECT, k CONNECT ACK, d DISCONNECT, r RELEASE, q RELEASE COMPLETE,
 * i INFORMATION.
 */
static const struct row user_rows[] = {
	{ Q931_U0,	 "6....RRRR. 1..RR .. .", "-----qq--- s---- -- -" },
	{ Q931_U1,	 ".34A.JRRR. ....B .R .", "---k-rq--- ----d sq -" },
	{ Q931_U3,	 "..4A.JRRR. ....B B. .", "---k-rq--- ----d d- -" },
	{ Q931_U4,	 "...A.JRRR. ....B B. .", "---k-rq--- ----d d- -" },
	{ Q931_U6,	 ".....JRRR. .78RR .. .", "-----rq--- -acqq -- -" },
	{ Q931_U7,	 ".....JRRR. ..8BB .. .", "-----rq--- --cdd -- -" },
	{ Q931_U8,	 "....AJRRR. ...BB B. .", "-----rq--- ---dd d- -" },
	{ Q931_U10,	 ".....JRRR. ...BB .. .", "-----rq--- ---dd -- i" },
	{ Q931_U11,	 ".....JRRR. ..... J. .", "-----rq--- ----- r- -" },
	{ Q931_U19,	 "......RRR. ..... .R .", "---------- ----- r- -" },
	{ Q931_RELEASED, ".......... ..... .. .", "-----qq--- ----- -- -" },
};

/* Network: 0 null, U up, D DISCONNECT sent, L RELEASE sent, R released. */
static const char net_letters[] = "0UDLR";

/* The ten messages; then offer, clear, refuse, restart; timeout, timeout again. */
static const struct row net_rows[] = {
	{ Q931_N0,	   "U....RRRR. URRR ..", "-----qq--- s--* --" },
	{ Q931_N_UP,	   ".....LRRR. .DRR ..", "-----rq--- -dq* --" },
	{ Q931_N12,	   ".....LRRR. ...R L.", "-----rq--- ---* r-" },
	{ Q931_N19,	   "......RRR. ...R .R", "---------- ---* r-" },
	{ Q931_N_RELEASED, ".......... .... ..", "-----qq--- ---* --" },
};

static void check_row(struct kunit *test, const struct row *row, const char *letters,
		      unsigned int events,
		      const struct q931_cell *(*cell_of)(unsigned int state, unsigned int event))
{
	const char *next = row->next, *send = row->send;
	const struct q931_cell *cell;
	unsigned int event;
	char letter;

	for (event = 0; event < events; event++, next++, send++) {
		/* Spaces are for the reader. */
		if (*next == ' ') {
			next++;
			send++;
		}
		cell = cell_of(row->state, event);
		KUNIT_EXPECT_TRUE_MSG(test, cell->set, "state %u event %u", row->state, event);
		letter = *next == '.' ? letters[row->state] : *next;
		KUNIT_EXPECT_EQ_MSG(test, letters[cell->next], letter, "state %u event %u",
				    row->state, event);
		KUNIT_EXPECT_EQ_MSG(test, message_letters[cell->send], *send,
				    "state %u event %u", row->state, event);
	}
	KUNIT_EXPECT_EQ(test, *next, '\0');
	KUNIT_EXPECT_EQ(test, *send, '\0');
}

static const struct q931_cell *user_cell(unsigned int state, unsigned int event)
{
	return q931_user(state, event);
}

static const struct q931_cell *net_cell(unsigned int state, unsigned int event)
{
	return q931_net(state, event);
}

static void q931_user_cells(struct kunit *test)
{
	unsigned int i;

	KUNIT_ASSERT_EQ(test, ARRAY_SIZE(user_rows), Q931_NR_USER_STATES);
	for (i = 0; i < ARRAY_SIZE(user_rows); i++)
		check_row(test, &user_rows[i], user_letters, Q931_NR_USER_EVENTS, user_cell);
}

static void q931_net_cells(struct kunit *test)
{
	unsigned int i;

	KUNIT_ASSERT_EQ(test, ARRAY_SIZE(net_rows), Q931_NR_NET_STATES);
	for (i = 0; i < ARRAY_SIZE(net_rows); i++)
		check_row(test, &net_rows[i], net_letters, Q931_NR_NET_EVENTS, net_cell);
}

/* What is told to the client, and only then. */
static void q931_user_actions(struct kunit *test)
{
	unsigned int state, event, todo;
	const struct q931_cell *cell;

	for (state = 0; state < Q931_NR_USER_STATES; state++) {
		for (event = 0; event < Q931_NR_USER_EVENTS; event++) {
			cell = q931_user(state, event);
			todo = 0;
			if (state != cell->next) {
				if (cell->next == Q931_U6)
					todo = Q931_DO_OFFER;
				else if (cell->next == Q931_U3)
					todo = Q931_DO_PROCEEDING;
				else if (cell->next == Q931_U4)
					todo = Q931_DO_ALERTING;
				else if (cell->next == Q931_U10)
					todo = Q931_DO_CONNECT;
				else if (cell->next >= Q931_U11 && state > Q931_U0 &&
					 state < Q931_U11 && event != Q931_EV_CLEAR &&
					 event != Q931_EV_REJECT)
					/* A living call is ended by anybody but its user. */
					todo = Q931_DO_HANGUP;
			}
			if (state == Q931_U10 && event == Q931_INFORMATION)
				todo = Q931_DO_DIGIT;
			KUNIT_EXPECT_EQ_MSG(test, cell->todo, todo, "state %u event %u", state,
					    event);
		}
	}
}

/* Rule 2: no way back.  A state never leads to an earlier one of the same direction. */
static void q931_one_way(struct kunit *test)
{
	/* How far a state is in the life of a call. */
	static const u8 age[Q931_NR_USER_STATES] = {
		[Q931_U0] = 0, [Q931_U1] = 1, [Q931_U3] = 2, [Q931_U4] = 3, [Q931_U6] = 1,
		[Q931_U7] = 2, [Q931_U8] = 3, [Q931_U10] = 4, [Q931_U11] = 5, [Q931_U19] = 6,
		[Q931_RELEASED] = 7,
	};
	unsigned int state, event;

	for (state = 0; state < Q931_NR_USER_STATES; state++)
		for (event = 0; event < Q931_NR_USER_EVENTS; event++)
			KUNIT_EXPECT_GE(test, age[q931_user(state, event)->next], age[state]);
	for (state = 0; state < Q931_NR_NET_STATES; state++)
		for (event = 0; event < Q931_NR_NET_EVENTS; event++)
			KUNIT_EXPECT_GE(test, q931_net(state, event)->next, state);
}

/*
 * Rule 5: whatever state a call is in when its user clears it, timers alone bring
 * it to its end, without any message of the network.
 */
static void q931_clearing_is_bounded(struct kunit *test)
{
	unsigned int state, steps, now;

	for (state = 0; state < Q931_NR_USER_STATES; state++) {
		now = q931_user(state, Q931_EV_CLEAR)->next;
		for (steps = 0; now != Q931_RELEASED && steps < 8; steps++) {
			unsigned int next;

			KUNIT_EXPECT_NE(test, q931_user_timer(now), Q931_T_NONE);
			next = q931_user(now, Q931_EV_TIMEOUT)->next;
			if (next == now)
				next = q931_user(now, Q931_EV_TIMEOUT_AGAIN)->next;
			now = next;
		}
		KUNIT_EXPECT_EQ(test, now, Q931_RELEASED);
	}
}

/* Each state that waits for the network has a timer, and only those. */
static void q931_timers(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, q931_user_timer(Q931_U0), Q931_T_NONE);
	KUNIT_EXPECT_EQ(test, q931_user_timer(Q931_U1), Q931_T303);
	KUNIT_EXPECT_EQ(test, q931_user_timer(Q931_U3), Q931_T310);
	KUNIT_EXPECT_EQ(test, q931_user_timer(Q931_U4), Q931_T301);
	KUNIT_EXPECT_EQ(test, q931_user_timer(Q931_U6), Q931_T_NONE);
	KUNIT_EXPECT_EQ(test, q931_user_timer(Q931_U7), Q931_T_NONE);
	KUNIT_EXPECT_EQ(test, q931_user_timer(Q931_U8), Q931_T313);
	KUNIT_EXPECT_EQ(test, q931_user_timer(Q931_U10), Q931_T_NONE);
	KUNIT_EXPECT_EQ(test, q931_user_timer(Q931_U11), Q931_T305);
	KUNIT_EXPECT_EQ(test, q931_user_timer(Q931_U19), Q931_T308);
	KUNIT_EXPECT_EQ(test, q931_user_timer(Q931_RELEASED), Q931_T_NONE);
	KUNIT_EXPECT_EQ(test, q931_net_timer(Q931_N0), Q931_T_NONE);
	KUNIT_EXPECT_EQ(test, q931_net_timer(Q931_N_UP), Q931_T_NONE);
	KUNIT_EXPECT_EQ(test, q931_net_timer(Q931_N12), Q931_T305);
	KUNIT_EXPECT_EQ(test, q931_net_timer(Q931_N19), Q931_T308);
	KUNIT_EXPECT_EQ(test, q931_net_timer(Q931_N_RELEASED), Q931_T_NONE);
}

/* Every cause gives an error, and names are there for everything that is traced. */
static void q931_names_and_errors(struct kunit *test)
{
	u32 i;

	for (i = 0; i <= Q850_CAUSE_MAX; i++)
		KUNIT_EXPECT_LT(test, q850_to_errno(i), 0);
	KUNIT_EXPECT_EQ(test, q850_to_errno(Q850_USER_BUSY), -EBUSY);
	KUNIT_EXPECT_EQ(test, q850_to_errno(Q850_CALL_REJECTED), -ECONNREFUSED);
	for (i = 0; i < Q931_NR_MESSAGES; i++)
		KUNIT_EXPECT_NOT_NULL(test, q931_message_name(i));
	for (i = 0; i < Q931_NR_USER_STATES; i++)
		KUNIT_EXPECT_NOT_NULL(test, q931_user_state_name(i));
	for (i = 0; i < Q931_NR_MESSAGES; i++)
		KUNIT_EXPECT_EQ(test, q931_is_clearing(i),
				i >= Q931_DISCONNECT && i <= Q931_RESTART);
}

/* Every digit of every mode has a code where a cause has room, and is the same again. */
static void q931_digits(struct kunit *test)
{
	static const char keypad[] = "0123456789ABCD*#";
	u32 mode, bit, seen[4] = {};
	unsigned int i;
	int code;

	for (bit = LINEDIGITMODE_PULSE; bit <= LINEDIGITMODE_DTMFEND; bit <<= 1) {
		for (i = 0; keypad[i]; i++) {
			code = q931_digit_code(keypad[i], bit);
			if (bit == LINEDIGITMODE_PULSE && i > 9) {
				KUNIT_EXPECT_EQ(test, code, -1);
				continue;
			}
			KUNIT_ASSERT_GE(test, code, 0);
			KUNIT_ASSERT_LE(test, code, (int)Q850_CAUSE_MAX);
			KUNIT_EXPECT_FALSE(test, seen[code / 32] & BIT(code % 32));
			seen[code / 32] |= BIT(code % 32);
			KUNIT_EXPECT_EQ(test, q931_digit(code, &mode), keypad[i]);
			KUNIT_EXPECT_EQ(test, mode, bit);
		}
	}
	KUNIT_EXPECT_EQ(test, q931_digit_code(',', LINEDIGITMODE_DTMF), -1);
	KUNIT_EXPECT_EQ(test, q931_digit_code('a', LINEDIGITMODE_DTMF), -1);
	KUNIT_EXPECT_EQ(test, q931_digit_code('\0', LINEDIGITMODE_DTMF), -1);
	KUNIT_EXPECT_EQ(test, q931_digit_code('1', 0), -1);
	KUNIT_EXPECT_EQ(test, q931_digit_code('1', 3), -1);
	/* Whatever stands in a message, there is something to say of it. */
	for (i = 0; i <= Q850_CAUSE_MAX; i++)
		KUNIT_EXPECT_GT(test, q931_detail(Q931_INFORMATION, i), 0);
}

static struct kunit_case q931_cases[] = {
	KUNIT_CASE(q931_digits),
	KUNIT_CASE(q931_user_cells),
	KUNIT_CASE(q931_net_cells),
	KUNIT_CASE(q931_user_actions),
	KUNIT_CASE(q931_one_way),
	KUNIT_CASE(q931_clearing_is_bounded),
	KUNIT_CASE(q931_timers),
	KUNIT_CASE(q931_names_and_errors),
	{}
};

static struct kunit_suite q931_suite = {
	.name = "vwan_q931",
	.test_cases = q931_cases,
};

kunit_test_suite(q931_suite);
