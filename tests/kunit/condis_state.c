// SPDX-License-Identifier: GPL-2.0
/*
 * The state tables of the core against the contract: a second writing of each
 * table, and what must hold on every path through them.
 *
 * A table is a row of text for each state, in up to three pieces, a word for each
 * event, in the order of the enums.  A word is "=" (welcome, nothing changes), an error, or the
 * next state's letter with the letters of the upcalls after a colon.  After an error, "!" and a
 * letter say which rule is broken: completion Twice, out of Order, wrong Side, Early release.
 */
#include <kunit/test.h>
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>

#include "../../drivers/condis/state.h"

struct table {
	const char *states;	/* a letter for each */
	const char *upcalls;	/* a letter for each, '-' for one that no table queues */
	unsigned int nr_states;
	unsigned int nr_events;
	const char * const (*rows)[3];
	const struct condis_transition *(*cell)(unsigned int state, unsigned int event);
};

static const struct {
	const char *word;
	int error;
} errors[] = {
	{ "noent", -ENOENT },
	{ "notconn", -ENOTCONN },
	{ "proto", -EPROTO },
	{ "busy", -EBUSY },
	{ "already", -EALREADY },
	{ "shut", -ESHUTDOWN },
	{ "nodev", -ENODEV },
};

static u8 read_violation(char letter)
{
	switch (letter) {
	case 't':
		return CONDIS_VIOLATION_COMPLETION_TWICE;
	case 'o':
		return CONDIS_VIOLATION_OUT_OF_ORDER;
	case 's':
		return CONDIS_VIOLATION_WRONG_SIDE;
	case 'e':
		return CONDIS_VIOLATION_EARLY_RELEASE;
	default:
		return CONDIS_VIOLATION_NONE;
	}
}

/* Read one word of a row. False if it is no word of this table. */
static bool read_cell(const struct table *table, unsigned int state, const char *word, size_t len,
		      struct condis_transition *cell)
{
	const char *at;
	unsigned int i;

	*cell = (struct condis_transition) { .set = true, .next = state };
	if (len == 1 && *word == '=')
		return true;
	if (len > 2 && word[len - 2] == '!') {
		cell->violation = read_violation(word[len - 1]);
		if (!cell->violation)
			return false;
		len -= 2;
	}
	for (i = 0; i < ARRAY_SIZE(errors); i++) {
		if (strlen(errors[i].word) == len && !strncmp(errors[i].word, word, len)) {
			cell->error = errors[i].error;
			return true;
		}
	}
	at = strchr(table->states, word[0]);
	if (!at || !isupper(word[0]))
		return false;
	cell->next = at - table->states;
	if (len == 1)
		return true;
	if (word[1] != ':')
		return false;
	for (i = 2; i < len; i++) {
		at = strchr(table->upcalls, word[i]);
		if (!at || word[i] == '-')
			return false;
		cell->upcalls |= BIT(at - table->upcalls);
	}
	return true;
}

/* The next word of a row. */
struct reader {
	const char * const *pieces;
	unsigned int piece;
	const char *at;
	const char *word;
	size_t len;
};

static bool next_word(struct reader *reader)
{
	while (!reader->at || !*reader->at) {
		if (reader->piece == 3)
			return false;
		reader->at = reader->pieces[reader->piece++];
	}
	reader->word = reader->at;
	reader->len = strcspn(reader->at, ",");
	reader->at += reader->len;
	if (*reader->at)
		reader->at++;
	return true;
}

static void hold_cell_against(struct kunit *test, const struct table *table, unsigned int state,
			      unsigned int event, const struct reader *reader)
{
	const struct condis_transition *got = table->cell(state, event);
	struct condis_transition want;

	KUNIT_ASSERT_TRUE_MSG(test, read_cell(table, state, reader->word, reader->len, &want),
			      "state %u event %u: \"%.*s\" is no word",
			      state, event, (int)reader->len, reader->word);
	KUNIT_EXPECT_TRUE_MSG(test, got->set, "state %u event %u is not set", state, event);
	KUNIT_EXPECT_TRUE_MSG(test,
			      got->next == want.next && got->error == want.error &&
			      got->upcalls == want.upcalls && got->violation == want.violation,
			      "state %c event %u: next %u error %d upcalls %x !%u, not \"%.*s\"",
			      table->states[state], event, got->next, got->error, got->upcalls,
			      got->violation,
			      (int)reader->len, reader->word);
}

static void hold_against(struct kunit *test, const struct table *table)
{
	unsigned int state, event;

	KUNIT_ASSERT_EQ(test, strlen(table->states), table->nr_states);
	for (state = 0; state < table->nr_states; state++) {
		struct reader reader = { .pieces = table->rows[state] };

		for (event = 0; event < table->nr_events; event++) {
			KUNIT_ASSERT_TRUE_MSG(test, next_word(&reader), "state %u is short", state);
			hold_cell_against(test, table, state, event, &reader);
		}
		KUNIT_EXPECT_FALSE_MSG(test, next_word(&reader), "state %u has words to spare",
				       state);
	}
}

/* An error cell changes nothing and queues nothing; what is taken breaks no rule. */
static void errors_are_inert(struct kunit *test, const struct table *table)
{
	const struct condis_transition *cell;
	unsigned int state, event;

	for (state = 0; state < table->nr_states; state++) {
		for (event = 0; event < table->nr_events; event++) {
			cell = table->cell(state, event);
			if (!cell->error) {
				KUNIT_EXPECT_EQ(test, cell->violation, CONDIS_VIOLATION_NONE);
				continue;
			}
			KUNIT_EXPECT_LT(test, cell->error, 0);
			KUNIT_EXPECT_EQ(test, cell->next, state);
			KUNIT_EXPECT_EQ(test, cell->upcalls, 0);
		}
	}
}

/* One way only: no event ever takes an object to a state of a lower rank. */
static void never_back(struct kunit *test, const struct table *table, const u8 *rank)
{
	const struct condis_transition *cell;
	unsigned int state, event;

	for (state = 0; state < table->nr_states; state++) {
		for (event = 0; event < table->nr_events; event++) {
			cell = table->cell(state, event);
			KUNIT_EXPECT_TRUE_MSG(test, rank[cell->next] >= rank[state],
					      "state %u event %u goes back to %u",
					      state, event, cell->next);
		}
	}
}

/* Two different states have one rank only where the contract lets them alternate. */
static void no_cycle(struct kunit *test, const struct table *table, const u8 *rank)
{
	const struct condis_transition *cell;
	unsigned int state, event;

	for (state = 0; state < table->nr_states; state++) {
		for (event = 0; event < table->nr_events; event++) {
			cell = table->cell(state, event);
			if (cell->next != state)
				KUNIT_EXPECT_GT(test, rank[cell->next], rank[state]);
		}
	}
}

/*
 * The call of a VC.  States: Idle, out-Pending, out-Aborting, Offered, accEpted,
 * Connected, oFfer-closed, Remote-closed, cLosing, coMpleting, closeD, deleted (X).
 * Upcalls to the call manager: make-call, Waits (incoming pending), Decided,
 * close-call, -, -, -; to the client: Proceeding, Alerting, Offer, Made, coNnected,
 * hang-up, Closed; then delete in the call manager (x) and in the client (y).
 */
static const struct condis_transition *call_cell(unsigned int state, unsigned int event)
{
	return condis_call_transition(state, event);
}

static const char * const call_rows[][3] = {
	/*
	 * make accept reject close made failed
	 * proceeding alerting offer connect hangup
	 * released released-busy inactive delete-client delete-cm cm-gone client-gone
	 */
	/* idle */
	{ "P:m,notconn!o,notconn!o,notconn,noent!t,noent!t",
	  "notconn!o,notconn!o,O:o,notconn!o,notconn!o",
	  "noent!t,noent!t,=,X:x,X:y,=,=" },
	/* out-pending: R4 close first; C3 who never answers is answered for */
	{ "busy!o,proto!s,proto!s,A:c,C:M,D:M",
	  "P:p,P:a,proto!s,proto!s,proto!o",
	  "noent!t,noent!t,=,busy!o,busy!s,D:M,A:c" },
	/* out-aborting: R5 the answer is dropped; C2 the core completes the make-call */
	{ "busy!o,proto!s,proto!s,already,L:M,L:M",
	  "=,=,proto!s,proto!s,shut!o",
	  "D:MC,M:M,=,busy!o,busy!s,D:MC,=" },
	/* offered: R8 */
	{ "busy!s,E:d,D:d,L:c,noent!t,noent!t",
	  "proto!s,proto!s,busy!o,proto!o,F:h",
	  "noent!t,noent!t,=,busy!s,busy!e,F:h,D:d" },
	/* accepted: R9 */
	{ "busy!s,already!t,already!t,L:c,noent!t,noent!t",
	  "proto!s,proto!s,busy!o,C:n,R:h",
	  "noent!t,noent!t,=,busy!s,busy!e,R:h,L:c" },
	/* connected */
	{ "busy!o,already!t,already!t,L:c,noent!t,noent!t",
	  "proto!o,proto!o,busy!o,already!o,R:h",
	  "noent!t,noent!t,=,busy!o,busy!e,R:h,L:c" },
	/* offer-closed: R8 reject or close, either ends it */
	{ "busy!s,shut,D:d,L:c,noent!t,noent!t",
	  "proto!s,proto!s,busy!o,shut!o,already",
	  "noent!t,noent!t,=,busy!s,busy!e,=,D:d" },
	/* remote-closed */
	{ "busy!o,shut!t,shut!t,L:c,noent!t,noent!t",
	  "proto!o,proto!o,busy!o,shut!o,already",
	  "noent!t,noent!t,=,busy!o,busy!e,=,L:c" },
	/* closing: R1, R2, R3 */
	{ "busy!o,shut,shut,already,noent!t,noent!t",
	  "=,=,busy!o,shut,shut",
	  "D:C,M,=,busy!o,busy!o,D:C,=" },
	/* completing: C5 */
	{ "busy!o,shut,shut,already,noent!t,noent!t",
	  "=,=,busy!o,shut!o,shut!o",
	  "already!t,already!t,D:C,shut!o,=,D:C,=" },
	/* closed */
	{ "shut,shut,already,already,noent!t,noent!t",
	  "=,=,shut,shut!o,shut",
	  "noent!t,noent!t,=,X:x,X:y,=,=" },
	/* deleted: whose handle is dead by then is no matter of the table */
	{ "shut,shut,already,already,noent!t,noent!t",
	  "=,=,shut,shut!o,shut",
	  "noent!t,noent!t,=,already,already,=,=" },
};

static const struct table call = {
	.states = "IPAOECFRLMDX",
	.upcalls = "mwdc---paoMnhCxy",
	.nr_states = CONDIS_NR_CALL_STATES,
	.nr_events = CONDIS_NR_CALL_EVENTS,
	.rows = call_rows,
	.cell = call_cell,
};

static const u8 call_rank[] = { 0, 1, 2, 1, 2, 3, 4, 4, 5, 6, 7, 8 };

static void call_table_is_contract(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, ARRAY_SIZE(call_rows), CONDIS_NR_CALL_STATES);
	hold_against(test, &call);
}

static void call_errors_change_nothing(struct kunit *test)
{
	errors_are_inert(test, &call);
}

static void call_never_goes_back(struct kunit *test)
{
	never_back(test, &call, call_rank);
	no_cycle(test, &call, call_rank);
}

/* What has been said on one path through the call table. */
struct walk {
	unsigned int state;
	bool made;		/* a make-call was accepted */
	bool offered;
	u8 closes;		/* accepted closes */
	u8 make_completes;
	u8 close_completes;
	u8 close_calls;		/* to the call manager */
	u8 decided;
	u8 hangups;
	u8 deletes;
};

static void path_step(struct kunit *test, struct walk *path, unsigned int event)
{
	const struct condis_transition *cell = condis_call_transition(path->state, event);
	u32 upcalls = cell->upcalls;

	if (cell->error)
		return;
	path->made |= event == CONDIS_CALL_EV_MAKE;
	path->offered |= event == CONDIS_CALL_EV_OFFER;
	path->closes += event == CONDIS_CALL_EV_CLOSE;
	path->make_completes += !!(upcalls & BIT(CONDIS_VC_CL_MAKE_COMPLETE));
	path->close_completes += !!(upcalls & BIT(CONDIS_VC_CL_CLOSE_COMPLETE));
	path->close_calls += !!(upcalls & BIT(CONDIS_VC_CM_CLOSE_CALL));
	path->decided += !!(upcalls & BIT(CONDIS_VC_CM_INCOMING_COMPLETE));
	path->deletes += !!(upcalls & (BIT(CONDIS_VC_CM_DELETE) | BIT(CONDIS_VC_CL_DELETE)));
	if (upcalls & BIT(CONDIS_VC_CL_INCOMING_CLOSE)) {
		path->hangups++;
		KUNIT_EXPECT_EQ_MSG(test, path->closes, 0, "a hang-up after the close (I6)");
	}
	path->state = cell->next;

	KUNIT_EXPECT_LE(test, path->closes, 1);
	KUNIT_EXPECT_LE(test, path->make_completes, path->made);
	KUNIT_EXPECT_LE(test, path->close_calls, 1);
	KUNIT_EXPECT_LE(test, path->decided, path->offered);
	KUNIT_EXPECT_LE(test, path->hangups, 1);
	KUNIT_EXPECT_LE(test, path->deletes, 1);
	KUNIT_EXPECT_FALSE(test, path->made && path->offered);
}

/* What must be true when the call of a path is over. */
static void path_end(struct kunit *test, const struct walk *path)
{
	if (path->state != CONDIS_CALL_CLOSED && path->state != CONDIS_CALL_DELETED)
		return;
	KUNIT_EXPECT_EQ(test, path->make_completes, path->made);
	/* A forced close has a completion, too: each close-call to the call manager has one. */
	KUNIT_EXPECT_EQ(test, path->close_completes, path->close_calls);
	KUNIT_EXPECT_GE(test, path->close_calls, path->closes);
	KUNIT_EXPECT_EQ(test, path->deletes, path->state == CONDIS_CALL_DELETED);
}

#define PATH_KINDS	(CONDIS_NR_CALL_STATES << 9)

/* A path as a number, so that none is walked twice. */
static unsigned int path_key(const struct walk *path)
{
	return path->state << 9 | path->made << 8 | path->offered << 7 | (path->closes & 1) << 6 |
	       (path->make_completes & 1) << 5 | (path->close_completes & 1) << 4 |
	       (path->close_calls & 1) << 3 | (path->decided & 1) << 2 |
	       (path->hangups & 1) << 1 | (path->deletes & 1);
}

/*
 * Every path: the counters are part of the node, so this is exhaustive though
 * each node is visited once.
 */
static void every_path_completes_once(struct kunit *test)
{
	unsigned long *seen;
	struct walk *todo, path, next;
	unsigned int event, n = 0, visited = 0;

	seen = kunit_kcalloc(test, BITS_TO_LONGS(PATH_KINDS), sizeof(long), GFP_KERNEL);
	todo = kunit_kcalloc(test, PATH_KINDS, sizeof(*todo), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, seen);
	KUNIT_ASSERT_NOT_NULL(test, todo);
	n++;
	__set_bit(0, seen);
	while (n) {
		path = todo[--n];
		visited++;
		path_end(test, &path);
		for (event = 0; event < CONDIS_NR_CALL_EVENTS; event++) {
			next = path;
			path_step(test, &next, event);
			if (__test_and_set_bit(path_key(&next), seen))
				continue;
			todo[n++] = next;
		}
	}
	KUNIT_EXPECT_GE(test, visited, CONDIS_NR_CALL_STATES);
}

/* From each state a forced end is reached, whoever is gone, without anybody's word. */
static void forced_call_ends(struct kunit *test)
{
	static const unsigned int force[] = {
		CONDIS_CALL_EV_CLIENT_GONE, CONDIS_CALL_EV_CM_GONE,
	};
	unsigned int state, at, order;

	for (state = CONDIS_CALL_OUT_PENDING; state < CONDIS_CALL_DELETED; state++) {
		for (order = 0; order < 2; order++) {
			at = condis_call_transition(state, force[order])->next;
			at = condis_call_transition(at, force[!order])->next;
			/* What the client was told to close, it closes; it is gone: so again. */
			at = condis_call_transition(at, CONDIS_CALL_EV_CLIENT_GONE)->next;
			at = condis_call_transition(at, CONDIS_CALL_EV_CM_GONE)->next;
			KUNIT_EXPECT_EQ_MSG(test, at, CONDIS_CALL_CLOSED, "from state %u, order %u",
					    state, order);
		}
	}
}

/* The data path.  States: Inactive, Active, Deactivating. */
static const struct condis_transition *vc_cell(unsigned int state, unsigned int event)
{
	return condis_vc_transition(state, event);
}

static const char * const vc_rows[][3] = {
	/* activate deactivate deactivate-busy drained */
	{ "A,busy!o,busy!o,=" },
	{ "A,I,D,=" },
	{ "shut!o,already!o,already!o,I:d" },	/* R7 */
};

static const struct table vc = {
	.states = "IAD",
	.upcalls = "----d",
	.nr_states = CONDIS_NR_VC_STATES,
	.nr_events = CONDIS_NR_VC_EVENTS,
	.rows = vc_rows,
	.cell = vc_cell,
};

static void vc_table_is_contract(struct kunit *test)
{
	hold_against(test, &vc);
	errors_are_inert(test, &vc);
}

/*
 * An opened address family.  States: Opening, Aborting, oPen, Draining, cLosing,
 * Closed.  Upcalls: open in the call manager, Opened, Notify, Force, Empty, close in
 * the call manager, Closed, notify Complete in the call manager.
 */
static const struct condis_transition *af_cell(unsigned int state, unsigned int event)
{
	return condis_af_transition(state, event);
}

static const char * const af_rows[][3] = {
	/* opened refused close empty cm-closed cm-gone */
	{ "P:O,C:O,A,=,noent!t,C:O" },
	{ "D:OE,C:OC,already,=,noent!t,C:OC" },
	{ "noent!t,noent!t,D:E,=,noent!t,=" },
	{ "noent!t,noent!t,already,L:c,noent!t,=" },	/* C6, R10: only when empty */
	{ "noent!t,noent!t,already,=,C:C,C:C" },
	{ "noent!t,noent!t,already,=,noent!t,=" },	/* R11 */
};

static const struct table af = {
	.states = "OAPDLC",
	.upcalls = "oO-fEcCn",
	.nr_states = CONDIS_NR_AF_STATES,
	.nr_events = CONDIS_NR_AF_EVENTS,
	.rows = af_rows,
	.cell = af_cell,
};

static void af_table_is_contract(struct kunit *test)
{
	static const u8 rank[] = { 0, 1, 1, 2, 3, 4 };

	hold_against(test, &af);
	errors_are_inert(test, &af);
	never_back(test, &af, rank);
	no_cycle(test, &af, rank);
}

/*
 * A SAP.  States: rEgistering, Aborting, Registered, Deregistering, draiNing, Gone.
 * Upcalls: register, Registered, deregister, Deregistered.
 */
static const struct condis_transition *sap_cell(unsigned int state, unsigned int event)
{
	return condis_sap_transition(state, event);
}

static const char * const sap_rows[][3] = {
	/* registered refused deregister released released-busy idle cm-gone */
	{ "R:R,G:R,A,noent!t,noent!t,=,G:R" },
	{ "D:Rd,G:RD,already,noent!t,noent!t,=,G:RD" },
	{ "noent!t,noent!t,D:d,noent!t,noent!t,=,=" },
	{ "noent!t,noent!t,already,G:D,N,=,G:D" },
	{ "noent!t,noent!t,already,noent!t,noent!t,G:D,=" },	/* R17, C13 */
	{ "noent!t,noent!t,already,noent!t,noent!t,=,=" },
};

static const struct table sap = {
	.states = "EARDNG",
	.upcalls = "rRdD",
	.nr_states = CONDIS_NR_SAP_STATES,
	.nr_events = CONDIS_NR_SAP_EVENTS,
	.rows = sap_rows,
	.cell = sap_cell,
};

static void sap_table_is_contract(struct kunit *test)
{
	static const u8 rank[] = { 0, 1, 1, 2, 3, 4 };

	hold_against(test, &sap);
	errors_are_inert(test, &sap);
	never_back(test, &sap, rank);
	no_cycle(test, &sap, rank);
}

/* An adapter.  States: Halted, Paused, Running, pausinG, haltinG (T). */
static const struct condis_transition *adapter_cell(unsigned int state, unsigned int event)
{
	return condis_adapter_transition(state, event);
}

static const char * const adapter_rows[][3] = {
	/* initialize restart pause paused halt halted */
	{ "P,nodev,nodev,noent,already,already" },
	{ "busy,R,already,noent,T,busy" },
	{ "busy,already,G,noent,T,busy" },	/* F14: no pause first */
	{ "busy,busy,already,P,T,busy" },
	{ "shut,shut,shut,noent,already,H" },
};

static const struct table adapter = {
	.states = "HPRGT",
	.upcalls = "",
	.nr_states = CONDIS_NR_ADAPTER_STATES,
	.nr_events = CONDIS_NR_ADAPTER_EVENTS,
	.rows = adapter_rows,
	.cell = adapter_cell,
};

static void adapter_table_is_contract(struct kunit *test)
{
	hold_against(test, &adapter);
	errors_are_inert(test, &adapter);
}

/* A binding.  States: Open, Closing, closeD.  Upcalls: Empty, Complete. */
static const struct condis_transition *binding_cell(unsigned int state, unsigned int event)
{
	return condis_binding_transition(state, event);
}

static const char * const binding_rows[][3] = {
	/* close empty */
	{ "C:e,=" },
	{ "already,D:c" },	/* C9 */
	{ "already,=" },
};

static const struct table binding = {
	.states = "OCD",
	.upcalls = "ec",
	.nr_states = CONDIS_NR_BINDING_STATES,
	.nr_events = CONDIS_NR_BINDING_EVENTS,
	.rows = binding_rows,
	.cell = binding_cell,
};

static void binding_table_is_contract(struct kunit *test)
{
	static const u8 rank[] = { 0, 1, 2 };

	hold_against(test, &binding);
	errors_are_inert(test, &binding);
	never_back(test, &binding, rank);
}

static struct kunit_case condis_state_cases[] = {
	KUNIT_CASE(call_table_is_contract),
	KUNIT_CASE(call_errors_change_nothing),
	KUNIT_CASE(call_never_goes_back),
	KUNIT_CASE(every_path_completes_once),
	KUNIT_CASE(forced_call_ends),
	KUNIT_CASE(vc_table_is_contract),
	KUNIT_CASE(af_table_is_contract),
	KUNIT_CASE(sap_table_is_contract),
	KUNIT_CASE(adapter_table_is_contract),
	KUNIT_CASE(binding_table_is_contract),
	{}
};

static struct kunit_suite condis_state_suite = {
	.name = "condis_state",
	.test_cases = condis_state_cases,
};

kunit_test_suites(&condis_state_suite);
