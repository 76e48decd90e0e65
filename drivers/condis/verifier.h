/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The contract verifier: who broke the rules of the interface, and what it was.
 *
 * The core survives whoever breaks a rule, also without this; the verifier
 * counts and tells.  It is behind a static key: while it is off, nothing of it
 * costs more than a nop.
 *
 * A breach is seen in one of three places: a cell of a state table refuses an
 * event and says which rule forbids it (struct condis_transition.violation), an
 * exported function is given what it must not be given, or the core has to end
 * something on somebody's behalf.
 */
#ifndef _CONDIS_VERIFIER_H
#define _CONDIS_VERIFIER_H

#include <linux/atomic.h>
#include <linux/bits.h>
#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/instruction_pointer.h>
#include <linux/jump_label.h>
#include <linux/sched.h>
#include <linux/types.h>
#include <uapi/linux/condis.h>

struct condis_adapter;
struct condis_history;
struct condis_upcalls;

/* Who says, or who owes, a word.  The miniport and its call manager are one driver. */
#define CONDIS_BY_NOBODY	0		/* the core itself */
#define CONDIS_BY_CLIENT	BIT(0)
#define CONDIS_BY_CM		BIT(1)

/**
 * enum condis_object - kinds of objects that have upcalls
 * @CONDIS_OBJECT_OTHER: a test's
 * @CONDIS_OBJECT_VC: struct condis_vc
 * @CONDIS_OBJECT_SAP: struct condis_sap
 * @CONDIS_OBJECT_AF: struct condis_af
 * @CONDIS_OBJECT_BINDING: struct condis_binding
 */
enum condis_object {
	CONDIS_OBJECT_OTHER,
	CONDIS_OBJECT_VC,
	CONDIS_OBJECT_SAP,
	CONDIS_OBJECT_AF,
	CONDIS_OBJECT_BINDING,
};

/* Moments that are remembered. */
#define CONDIS_HISTORY_LENGTH	16

/**
 * struct condis_moment - something that happened to an object
 * @when: nanoseconds, monotonic
 * @caller: by which driver's call, or 0
 * @pid: of the task
 * @comm: its name
 * @table: enum condis_history_table
 * @old: state before
 * @event: what happened, or the upcall
 * @next: state after
 * @error: why it was refused, or 0
 */
struct condis_moment {
	u64 when;
	unsigned long caller;
	pid_t pid;
	char comm[TASK_COMM_LEN];
	u8 table;
	u8 old;
	u8 event;
	u8 next;
	int error;
};

/**
 * struct condis_history - the last moments of an object, and who is in its code
 * @caller: return address of the driver that has the object's lock by a call of its own
 * @handler: the handler that runs
 * @since: jiffies of its beginning
 * @upcall: the upcall that is being delivered, plus one
 * @whose: CONDIS_BY_*: whose handler that is
 * @n: how many moments there were
 * @moments: the last of them, in a ring; under the object's lock
 *
 * @caller is written under the object's lock.
 */
struct condis_history {
	unsigned long caller;
	unsigned long handler;
	unsigned long since;
	u8 upcall;
	u8 whose;
	unsigned int n;
	struct condis_moment moments[CONDIS_HISTORY_LENGTH];
};

/**
 * struct condis_watch - what the verifier knows of one object
 * @history: what happened to it; NULL if it was made while the verifier was off, or memory was
 *	short: then less is told, and a handler that blocks goes unnoticed
 * @told: kinds of breaches that were reported of this object, a bit for each
 * @by: CONDIS_BY_*: which driver has the object's lock by a call of its own
 * @dead: CONDIS_BY_*: for whom the handle is dead
 * @excused: CONDIS_BY_*: who was cut off or answered for: his words may come too late
 * @ended: the memory is in quarantine: nothing of it may be used but this and names
 *
 * @by, @dead and @excused are written under the object's lock; the latter two are read
 * without it.
 */
struct condis_watch {
	struct condis_history *history;
	atomic_t told;
	u8 by;
	u8 dead;
	u8 excused;
	bool ended;
};

DECLARE_STATIC_KEY_FALSE(condis_verifier_key);

/* Whether the verifier is on. */
static __always_inline bool condis_verifier_on(void)
{
	return static_branch_unlikely(&condis_verifier_key);
}

/**
 * struct condis_offence - one breach of the contract
 * @violation: which rule
 * @by: CONDIS_BY_*: whose
 * @caller: where: a return address or a handler; 0 if it is something that was not done
 * @detail: what exactly, or NULL
 */
struct condis_offence {
	enum condis_violation violation;
	u8 by;
	unsigned long caller;
	const char *detail;
};

void condis_verifier_init(void);
void condis_verifier_exit(void);
bool condis_verifier_switch(bool on);
extern unsigned int condis_verifier_blocked_ms;

void condis_verifier_breach(struct condis_upcalls *upcalls, enum condis_violation violation, u8 by,
			    unsigned long caller, const char *detail);
void condis_verifier_adapter_breach(struct condis_adapter *adapter,
				    enum condis_violation violation, u8 by, unsigned long caller,
				    const char *detail);
void condis_verifier_bad_argument(u8 by, unsigned long caller);
void condis_verifier_refused(struct condis_upcalls *upcalls, u8 violation);
bool condis_verifier_use(struct condis_upcalls *upcalls, u8 by, unsigned long caller);
bool condis_verifier_control(struct condis_upcalls *upcalls, u8 by, unsigned long caller);
void condis_verifier_dead(struct condis_upcalls *upcalls, u8 by);
void condis_verifier_begin(struct condis_upcalls *upcalls, u8 code);
void condis_verifier_end(struct condis_upcalls *upcalls);
void condis_verifier_stuck(struct condis_upcalls *upcalls);

unsigned int condis_verifier_total(enum condis_violation violation);
void condis_verifier_last(struct condis_offence *offence);
const char *condis_verifier_name(enum condis_violation violation);

/*
 * Report a breach of a rule of an object's.  By arguments: a structure on the stack
 * would cost each function of the interface its guard, also while the verifier is off.
 */
#define condis_breach(_upcalls, _violation, _by, _caller, _detail)			\
	do {										\
		if (condis_verifier_on())						\
			condis_verifier_breach(_upcalls, CONDIS_VIOLATION_##_violation,	\
					       _by, (unsigned long)(_caller), _detail);	\
	} while (0)

/* Report a breach of a rule of an adapter's. */
#define condis_adapter_breach(_adapter, _violation, _by, _caller, _detail)		\
	do {										\
		if (condis_verifier_on())						\
			condis_verifier_adapter_breach(_adapter,			\
						       CONDIS_VIOLATION_##_violation,	\
						       _by, (unsigned long)(_caller),	\
						       _detail);			\
	} while (0)

/* Answer a call that has no object, or not what else it needs. */
static __always_inline int condis_bad_argument(u8 by)
{
	if (condis_verifier_on())
		condis_verifier_bad_argument(by, _RET_IP_);
	return -EINVAL;
}

/* The same, where there is an object. */
static __always_inline int condis_bad_argument_of(struct condis_upcalls *upcalls, u8 by)
{
	condis_breach(upcalls, BAD_ARGUMENT, by, _RET_IP_, NULL);
	return -EINVAL;
}

/* A completion is given 0 or a negative error. */
static __always_inline bool condis_bad_status(struct condis_upcalls *upcalls, u8 by, int status)
{
	if (status <= 0 && status != -EINPROGRESS)
		return false;
	condis_breach(upcalls, COMPLETION_STATUS, by, _RET_IP_, NULL);
	return true;
}

/* What a handler may return: a positive value is no answer, and taken for a failure. */
#define condis_answer(_upcalls, _by, _status, _handler)					\
	condis_checked_answer(_upcalls, _by, _status, (unsigned long)(_handler))

static inline int condis_checked_answer(struct condis_upcalls *upcalls, u8 by, int status,
					unsigned long handler)
{
	if (likely(status <= 0))
		return status;
	condis_breach(upcalls, COMPLETION_STATUS, by, handler, "a handler's answer is positive");
	return -EIO;
}

/*
 * Whether the object of a call can be touched: at the top of every exported
 * function.  False: it has ended, and only the quarantine kept its memory.
 */
static __always_inline bool condis_use(struct condis_upcalls *upcalls, u8 by)
{
	return !condis_verifier_on() || condis_verifier_use(upcalls, by, _RET_IP_);
}

/* The same, for what is not to be called in atomic context. */
static __always_inline bool condis_control(struct condis_upcalls *upcalls, u8 by)
{
	return !condis_verifier_on() || condis_verifier_control(upcalls, by, _RET_IP_);
}

/* The handle is dead for a driver; the object's lock is held. */
static inline void condis_watch_dead(struct condis_watch *watch, u8 by)
{
	WRITE_ONCE(watch->dead, watch->dead | by);
}

/* A driver was cut off or answered for; the object's lock is held. */
static inline void condis_watch_excuse(struct condis_watch *watch, u8 by)
{
	WRITE_ONCE(watch->excused, watch->excused | by);
}

/* A driver has heard its last word of an object; its lock is not held. */
static __always_inline void condis_now_dead(struct condis_upcalls *upcalls, u8 by)
{
	if (condis_verifier_on())
		condis_verifier_dead(upcalls, by);
}

/* history.c */
/* Tables, for condis_history_event(). */
enum condis_history_table {
	CONDIS_HISTORY_CALL,
	CONDIS_HISTORY_VC,
	CONDIS_HISTORY_AF,
	CONDIS_HISTORY_SAP,
	CONDIS_HISTORY_BINDING,
	CONDIS_HISTORY_UPCALL,
};

struct condis_history *condis_history_new(void);
void condis_history_free(struct condis_history *history);
void condis_history_add(struct condis_upcalls *upcalls, enum condis_history_table table, u8 old,
			u8 event, u8 next, int error);
void condis_history_print(const struct condis_upcalls *upcalls);
unsigned long condis_upcall_handler(const struct condis_upcalls *upcalls, u8 code, u8 *by);
const char *condis_upcall_name(enum condis_object object, u8 code);

#endif /* _CONDIS_VERIFIER_H */
