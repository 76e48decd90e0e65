// SPDX-License-Identifier: GPL-2.0
/*
 * The fake drivers' fixture: making, the log, and the check that nothing is left.
 */
#include <linux/module.h>
#include <linux/slab.h>
#include <net/net_namespace.h>

#include "condis_fake.h"

static const char * const fake_names[NR_FAKE_EVENTS] = {
	[MP_INIT] = "mp.init",
	[MP_HALT] = "mp.halt",
	[MP_PAUSE] = "mp.pause",
	[MP_RESTART] = "mp.restart",
	[MP_RESET] = "mp.reset",
	[MP_RECONFIGURE] = "mp.reconfigure",
	[MP_REMOVAL] = "mp.removal",
	[MP_SEND] = "mp.send",
	[CM_OPEN] = "cm.open",
	[CM_CLOSE_AF] = "cm.close-af",
	[CM_NOTIFIED] = "cm.notified",
	[CM_REGISTER] = "cm.register",
	[CM_DEREGISTER] = "cm.deregister",
	[CM_CREATE] = "cm.create",
	[CM_DELETE] = "cm.delete",
	[CM_MAKE] = "cm.make",
	[CM_PENDING] = "cm.pending",
	[CM_DECIDED] = "cm.decided",
	[CM_CLOSE] = "cm.close",
	[CM_INACTIVE] = "cm.inactive",
	[CM_SIGNAL] = "cm.signal",
	[CM_TIMER] = "cm.timer",
	[CM_OID] = "cm.oid",
	[CM_BIND] = "cm.bind",
	[CM_UNBIND] = "cm.unbind",
	[CM_UNBOUND] = "cm.unbound",
	[CL_BIND] = "cl.bind",
	[CL_UNBIND] = "cl.unbind",
	[CL_UNBOUND] = "cl.unbound",
	[CL_FAMILY] = "cl.family",
	[CL_STATUS] = "cl.status",
	[CL_PAUSE] = "cl.pause",
	[CL_RESTART] = "cl.restart",
	[CL_OPENED] = "cl.opened",
	[CL_CLOSED_AF] = "cl.closed-af",
	[CL_NOTIFY] = "cl.notify",
	[CL_REGISTERED] = "cl.registered",
	[CL_DEREGISTERED] = "cl.deregistered",
	[CL_CREATE] = "cl.create",
	[CL_DELETE] = "cl.delete",
	[CL_MADE] = "cl.made",
	[CL_PROGRESS] = "cl.progress",
	[CL_OFFER] = "cl.offer",
	[CL_CONNECTED] = "cl.connected",
	[CL_HANGUP] = "cl.hangup",
	[CL_CLOSED] = "cl.closed",
	[CL_RECEIVE] = "cl.receive",
	[CL_SENT] = "cl.sent",
	[CL_VC_STATUS] = "cl.vc-status",
	[CL_OID] = "cl.oid",
	[CL_OID_DONE] = "cl.oid-done",
};

const char *fake_error_name(int err)
{
	switch (err) {
	case -EINPROGRESS:
		return "-EINPROGRESS";
	case -EBUSY:
		return "-EBUSY";
	case -ENODEV:
		return "-ENODEV";
	case -ECANCELED:
		return "-ECANCELED";
	case -ETIMEDOUT:
		return "-ETIMEDOUT";
	case -ENOENT:
		return "-ENOENT";
	case -ENOMEM:
		return "-ENOMEM";
	case -EINVAL:
		return "-EINVAL";
	case -EALREADY:
		return "-EALREADY";
	case -ESHUTDOWN:
		return "-ESHUTDOWN";
	case -EADDRINUSE:
		return "-EADDRINUSE";
	case -EPROTO:
		return "-EPROTO";
	case -ENOTCONN:
		return "-ENOTCONN";
	case -ENETDOWN:
		return "-ENETDOWN";
	case -EPERM:
		return "-EPERM";
	case -EIO:
		return "-EIO";
	case -EOPNOTSUPP:
		return "-EOPNOTSUPP";
	default:
		return NULL;
	}
}

/* Words are parted by one blank. */
static void append(struct fake *f, const char *word)
{
	unsigned long flags;

	spin_lock_irqsave(&f->lock, flags);
	f->len += scnprintf(f->log + f->len, sizeof(f->log) - f->len, "%s%s",
			    f->len ? " " : "", word);
	spin_unlock_irqrestore(&f->lock, flags);
	wake_up_all(&f->grown);
}

void fake_say(struct fake *f, const char *word)
{
	append(f, word);
}

void fake_log(struct fake *f, enum fake_event event, const struct condis_vc *vc, int status)
{
	char word[48];
	int index = vc ? fake_vc_index(f, vc) : 0;
	size_t n;

	if (f->step[event].quiet)
		return;
	n = scnprintf(word, sizeof(word), "%s", fake_names[event]);
	if (index)
		n += scnprintf(word + n, sizeof(word) - n, ":%d", index);
	if (status && fake_error_name(status))
		scnprintf(word + n, sizeof(word) - n, "=%s", fake_error_name(status));
	else if (status)
		scnprintf(word + n, sizeof(word) - n, "=%d", status);
	append(f, word);
}

/* What a fake does should succeed; where not, the log tells. */
void fake_check(struct fake *f, const char *what, int err)
{
	char word[48];

	if (!err || err == -EINPROGRESS)
		return;
	if (fake_error_name(err))
		snprintf(word, sizeof(word), "!%s=%s", what, fake_error_name(err));
	else
		snprintf(word, sizeof(word), "!%s=%d", what, err);
	append(f, word);
}

void fake_clear(struct fake *f)
{
	unsigned long flags;

	spin_lock_irqsave(&f->lock, flags);
	f->len = 0;
	f->log[0] = '\0';
	spin_unlock_irqrestore(&f->lock, flags);
}

bool fake_has(struct fake *f, const char *word)
{
	size_t n = strlen(word);
	unsigned long flags;
	bool has = false;
	const char *at;

	spin_lock_irqsave(&f->lock, flags);
	for (at = f->log; (at = strstr(at, word)); at += n) {
		if ((at == f->log || at[-1] == ' ') && (at[n] == ' ' || !at[n])) {
			has = true;
			break;
		}
	}
	spin_unlock_irqrestore(&f->lock, flags);
	return has;
}

void fake_wait(struct fake *f, const char *word)
{
	if (!wait_event_timeout(f->grown, fake_has(f, word), 20 * HZ))
		KUNIT_FAIL(f->test, "no \"%s\" came after: %s", word, f->log);
}

static bool fake_log_is(struct fake *f, const char *want)
{
	unsigned long flags;
	bool is;

	spin_lock_irqsave(&f->lock, flags);
	is = !strcmp(f->log, want);
	spin_unlock_irqrestore(&f->lock, flags);
	return is;
}

/*
 * Wait until the log is this, or for as long as patience lasts: what was asked for is said by
 * whoever runs the object's handlers just then, and that may be another thread, which has said
 * the word before it and not returned yet.
 */
void fake_await_log(struct fake *f, const char *want)
{
	wait_event_timeout(f->grown, fake_log_is(f, want), 20 * HZ);
}

/* Pieces of a log, up to NULL, with blanks between them. */
const char *fake_join(struct fake *f, ...)
{
	const char *piece;
	size_t n = 0;
	va_list pieces;

	va_start(pieces, f);
	f->want[0] = '\0';
	while ((piece = va_arg(pieces, const char *)))
		n += scnprintf(f->want + n, sizeof(f->want) - n, "%s%s", n ? " " : "", piece);
	va_end(pieces);
	return f->want;
}

void fake_run_hook(struct fake *f, enum fake_event event, void *object)
{
	if (f->step[event].hook)
		f->step[event].hook(f, object);
}

struct later {
	struct work_struct work;
	struct fake *f;
	void (*fn)(struct fake *f, void *object);
	void *object;
};

static void run_later(struct work_struct *work)
{
	struct later *later = container_of(work, struct later, work);

	later->fn(later->f, later->object);
	kfree(later);
}

void fake_later(struct fake *f, void (*fn)(struct fake *f, void *object), void *object)
{
	struct later *later = kzalloc(sizeof(*later), GFP_ATOMIC);

	if (WARN_ON(!later))
		return;
	INIT_WORK(&later->work, run_later);
	later->f = f;
	later->fn = fn;
	later->object = object;
	queue_work(f->wq, &later->work);
}

struct fake *fake_of(const struct condis_adapter *adapter)
{
	return *(struct fake **)condis_adapter_priv(adapter);
}

int fake_vc_new(struct fake *f, struct condis_vc *vc, bool manager)
{
	unsigned long flags;
	int index = -1;

	spin_lock_irqsave(&f->lock, flags);
	if (f->nr_vcs < FAKE_VCS) {
		index = f->nr_vcs++;
		f->vcs[index].vc = vc;
		f->vcs[index].alive = true;
		f->vcs[index].closing = false;
		f->vcs[index].manager = manager;
	}
	spin_unlock_irqrestore(&f->lock, flags);
	return index;
}

/* The newest first: memory is used again. */
int fake_vc_index(struct fake *f, const struct condis_vc *vc)
{
	unsigned long flags;
	int index;

	spin_lock_irqsave(&f->lock, flags);
	for (index = f->nr_vcs - 1; index > 0; index--)
		if (f->vcs[index].vc == vc)
			break;
	spin_unlock_irqrestore(&f->lock, flags);
	return max(index, 0);
}

void fake_vc_dead(struct fake *f, const struct condis_vc *vc)
{
	f->vcs[fake_vc_index(f, vc)].alive = false;
}

void fake_call_params(struct fake *f, struct condis_call_params *params)
{
	*params = (struct condis_call_params) {
		.media_modes = 1,
		.called = "100",
		.calling = "200",
		.tx_rate = 8000,
		.rx_rate = 8000,
		.max_sdu = 1500,
		.send_window = f->window,
	};
}

struct fake *fake_new(struct kunit *test)
{
	struct fake *f = kzalloc(sizeof(*f), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, f);
	test->priv = f;
	f->test = test;
	f->window = 4;
	violations_begin(&f->violations);
	spin_lock_init(&f->lock);
	init_waitqueue_head(&f->grown);
	f->step[CM_SIGNAL].quiet = true;
	f->wq = alloc_workqueue("condis_fake", WQ_UNBOUND, 0);
	KUNIT_ASSERT_NOT_NULL(test, f->wq);
	fake_init_client(&f->client);
	fake_init_manager(&f->manager);
	f->adapter = condis_alloc_adapter(&init_net, "fake0", &fake_miniport_ops,
					  sizeof(struct fake *));
	KUNIT_ASSERT_NOT_NULL(test, f->adapter);
	*(struct fake **)condis_adapter_priv(f->adapter) = f;
	return f;
}

void fake_up(struct fake *f)
{
	KUNIT_ASSERT_EQ(f->test, condis_register_adapter(f->adapter), 0);
	f->adapter_up = true;
	if (f->standalone) {
		KUNIT_ASSERT_EQ(f->test, condis_register_protocol(&f->manager), 0);
		f->manager_up = true;
	}
	if (!f->no_client) {
		KUNIT_ASSERT_EQ(f->test, condis_register_protocol(&f->client), 0);
		f->client_up = true;
	}
}

/* An adapter, a client that listens, and an empty log. */
struct fake *fake_ready(struct kunit *test)
{
	struct fake *f = fake_new(test);

	fake_up(f);
	fake_open(f);
	fake_listen(f);
	fake_clear(f);
	return f;
}

/* The case breaks a rule on purpose, so often. */
void fake_expect_violation(struct fake *f, enum condis_violation violation, unsigned int n)
{
	f->violations.expected[violation] += n;
}

/* A race of the case decides how often. */
void fake_free_violation(struct fake *f, enum condis_violation violation)
{
	f->violations.free[violation] = true;
}

static int counted(struct fake *f, enum condis_count count)
{
	return atomic_read(&f->adapter->counts[count]);
}

void fake_expect_counts(struct fake *f, int bindings, int afs, int saps, int vcs)
{
	unsigned int tries;

	/* What is over is freed by whoever ran last, which takes a moment; a busy host, seconds. */
	for (tries = 0; tries < 20 * HZ; tries++) {
		if (counted(f, CONDIS_COUNT_BINDING) == bindings &&
		    counted(f, CONDIS_COUNT_AF) == afs &&
		    counted(f, CONDIS_COUNT_SAP) == saps &&
		    counted(f, CONDIS_COUNT_VC) == vcs &&
		    counted(f, CONDIS_COUNT_REQUEST) == 0)
			return;
		schedule_timeout_uninterruptible(1);
	}
	KUNIT_EXPECT_EQ(f->test, counted(f, CONDIS_COUNT_BINDING), bindings);
	KUNIT_EXPECT_EQ(f->test, counted(f, CONDIS_COUNT_AF), afs);
	KUNIT_EXPECT_EQ(f->test, counted(f, CONDIS_COUNT_SAP), saps);
	KUNIT_EXPECT_EQ(f->test, counted(f, CONDIS_COUNT_VC), vcs);
	KUNIT_EXPECT_EQ(f->test, counted(f, CONDIS_COUNT_REQUEST), 0);
}

/* Everything off, in the usual order, and nothing is left. */
void fake_down(struct fake *f)
{
	if (f->adapter_up) {
		f->adapter_up = false;
		condis_unregister_adapter(f->adapter);
	}
	if (f->client_up) {
		f->client_up = false;
		condis_unregister_protocol(&f->client);
	}
	if (f->manager_up) {
		f->manager_up = false;
		condis_unregister_protocol(&f->manager);
	}
	flush_workqueue(f->wq);
	fake_expect_counts(f, 0, 0, 0, 0);
	KUNIT_EXPECT_EQ(f->test, f->nr_sends, 0);
}

void fake_exit(struct kunit *test)
{
	struct fake *f = test->priv;

	if (!f)
		return;
	fake_return_sends(f);
	fake_down(f);
	destroy_workqueue(f->wq);
	violations_end(test, &f->violations);
	condis_put_adapter(f->adapter);
	test->priv = NULL;
	kfree(f);
}

MODULE_DESCRIPTION("Tests of the CoNDIS core");
MODULE_AUTHOR("The condis developers");
MODULE_LICENSE("GPL");
MODULE_IMPORT_NS(EXPORTED_FOR_KUNIT_TESTING);
