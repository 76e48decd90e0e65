/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Fake drivers around the core: a miniport with an integrated call manager, a
 * stand-alone call manager, and a client protocol.
 *
 * Each handler writes one word to the fake's log, for example "cm.make" or
 * "cl.made=-EBUSY"; the words of a VC but the first end in its number, as in
 * "cm.make:1".  So a test is: set switches, do something, compare the log.
 */
#ifndef _CONDIS_FAKE_H
#define _CONDIS_FAKE_H

#include <kunit/test.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include <linux/workqueue.h>
#include <condis/client.h>
#include <condis/cm.h>
#include <condis/miniport.h>

#include "../../drivers/condis/core.h"
#include "violations.h"

/* Words of the log, in the order of fake_names[]. */
enum fake_event {
	MP_INIT,
	MP_HALT,
	MP_PAUSE,
	MP_RESTART,
	MP_RESET,
	MP_RECONFIGURE,
	MP_REMOVAL,
	MP_SEND,

	CM_OPEN,
	CM_CLOSE_AF,
	CM_NOTIFIED,
	CM_REGISTER,
	CM_DEREGISTER,
	CM_CREATE,
	CM_DELETE,
	CM_MAKE,
	CM_PENDING,
	CM_DECIDED,
	CM_CLOSE,
	CM_INACTIVE,
	CM_SIGNAL,
	CM_TIMER,
	CM_OID,
	CM_BIND,
	CM_UNBIND,
	CM_UNBOUND,

	CL_BIND,
	CL_UNBIND,
	CL_UNBOUND,
	CL_FAMILY,
	CL_STATUS,
	CL_PAUSE,
	CL_RESTART,
	CL_OPENED,
	CL_CLOSED_AF,
	CL_NOTIFY,
	CL_REGISTERED,
	CL_DEREGISTERED,
	CL_CREATE,
	CL_DELETE,
	CL_MADE,
	CL_PROGRESS,
	CL_OFFER,
	CL_CONNECTED,
	CL_HANGUP,
	CL_CLOSED,
	CL_RECEIVE,
	CL_SENT,
	CL_VC_STATUS,
	CL_OID,
	CL_OID_DONE,

	NR_FAKE_EVENTS
};

/**
 * enum fake_how - how a handler that may pend answers
 * @FAKE_INLINE: it calls the completion, then returns -EINPROGRESS (C1)
 * @FAKE_RETURN: it returns its answer
 * @FAKE_WORK: it returns -EINPROGRESS, and a work completes
 * @FAKE_PEND: it returns -EINPROGRESS; the test completes, or nobody ever does
 */
enum fake_how {
	FAKE_INLINE,
	FAKE_RETURN,
	FAKE_WORK,
	FAKE_PEND,
};

struct fake;

/**
 * struct fake_step - what one handler does
 * @how: when it answers
 * @status: what it answers
 * @hook: runs in the handler before that, or NULL
 * @quiet: it is not logged
 */
struct fake_step {
	enum fake_how how;
	int status;
	void (*hook)(struct fake *f, void *object);
	bool quiet;
};

#define FAKE_VCS	160
#define FAKE_SENDS	16
#define FAKE_LOG	8192

/**
 * struct fake - an adapter, its drivers, and what happened
 * @test: the running case
 * @step: a switch for each handler
 * @standalone: the call manager is a protocol's
 * @both: with an integrated call manager as well
 * @no_client: no client protocol is registered by fake_up()
 * @window: send window of its calls
 * @keep: the client does not delete its VC by itself
 * @holds: the miniport keeps the packets until fake_return_sends()
 * @notified: the client pends a notification until its family is closed
 * @skips_made: the call manager releases a call that is being made without completing that (C2)
 * @want: what the log should be
 * @violations: what the verifier may have to say
 * @log: the words
 * @lock: protects all below
 */
struct fake {
	struct kunit *test;
	struct fake_step step[NR_FAKE_EVENTS];
	bool standalone;
	bool no_client;
	u32 window;
	bool keep;
	bool holds;
	bool notified;
	bool skips_made;
	char want[1024];
	struct violations violations;

	struct condis_adapter *adapter;
	struct condis_protocol client;
	struct condis_protocol manager;
	bool client_up;
	bool manager_up;
	bool adapter_up;
	struct condis_binding *binding;
	struct condis_binding *cm_binding;
	struct condis_af *af;
	struct condis_sap *sap;

	spinlock_t lock;	/* protects what follows */
	char log[FAKE_LOG];
	size_t len;
	wait_queue_head_t grown;
	struct workqueue_struct *wq;
	struct {
		struct condis_vc *vc;
		bool alive;	/* for the client */
		bool closing;	/* the client has closed the call */
		bool manager;	/* the call manager made it */
	} vcs[FAKE_VCS];
	unsigned int nr_vcs;
	struct {
		struct condis_vc *vc;
		struct sk_buff *skb;
	} sends[FAKE_SENDS];
	unsigned int nr_sends;
	struct condis_oid_request *request;
	struct condis_af *request_af;
	u32 cause;
};

/* Fixture. */
struct fake *fake_new(struct kunit *test);
void fake_up(struct fake *f);
void fake_down(struct fake *f);
void fake_exit(struct kunit *test);
struct fake *fake_ready(struct kunit *test);
void fake_free_violation(struct fake *f, enum condis_violation violation);
void fake_expect_violation(struct fake *f, enum condis_violation violation, unsigned int n);
void fake_expect_counts(struct fake *f, int bindings, int afs, int saps, int vcs);

/* The log. */
void fake_log(struct fake *f, enum fake_event event, const struct condis_vc *vc, int status);
void fake_say(struct fake *f, const char *word);
void fake_clear(struct fake *f);
bool fake_has(struct fake *f, const char *word);
void fake_wait(struct fake *f, const char *word);
const char *fake_join(struct fake *f, ...);
void fake_await_log(struct fake *f, const char *want);
/* The log is, or comes to be, these words, in one or more pieces; and then it is empty. */
#define fake_expect(_f, ...)						\
	do {								\
		struct fake *__f = (_f);				\
									\
		fake_await_log(__f, fake_join(__f, __VA_ARGS__, NULL));	\
		KUNIT_EXPECT_STREQ(__f->test, __f->log, __f->want);	\
		fake_clear(__f);					\
	} while (0)

/* What the client does. */
void fake_open(struct fake *f);
void fake_listen(struct fake *f);
struct condis_vc *fake_create(struct fake *f);
struct condis_vc *fake_dial(struct fake *f);
int fake_close(struct fake *f, struct condis_vc *vc);
struct sk_buff *fake_skb(struct fake *f, unsigned int len);
int fake_send(struct fake *f, struct condis_vc *vc);
void fake_close_all(struct fake *f);

/* What the call manager does. */
struct condis_vc *fake_mcm_create(struct fake *f);
struct condis_vc *fake_offer(struct fake *f);
struct condis_vc *fake_incoming(struct fake *f);
void fake_made(struct fake *f, struct condis_vc *vc, int status);
void fake_released(struct fake *f, struct condis_vc *vc);
void fake_return_sends(struct fake *f);
int fake_receive(struct fake *f, struct condis_vc *vc);

/* Have something done by a work. */
void fake_later(struct fake *f, void (*fn)(struct fake *f, void *object), void *object);

void fake_call_params(struct fake *f, struct condis_call_params *params);

/* The two halves, for each other. */
extern const struct condis_miniport_ops fake_miniport_ops;
extern const struct condis_cm_ops fake_cm_ops;
extern const struct condis_client_ops fake_client_ops;
void fake_init_manager(struct condis_protocol *protocol);
void fake_init_client(struct condis_protocol *protocol);
struct fake *fake_of(const struct condis_adapter *adapter);
int fake_vc_new(struct fake *f, struct condis_vc *vc, bool manager);
int fake_vc_index(struct fake *f, const struct condis_vc *vc);
void fake_vc_dead(struct fake *f, const struct condis_vc *vc);
void fake_check(struct fake *f, const char *what, int err);
const char *fake_error_name(int err);
void fake_run_hook(struct fake *f, enum fake_event event, void *object);

#endif /* _CONDIS_FAKE_H */
