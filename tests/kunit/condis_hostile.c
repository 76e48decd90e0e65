// SPDX-License-Identifier: GPL-2.0
/*
 * What real call managers, miniports and clients do (C1 to C15 of the page on
 * races): each is survived, is over in bounded time, and leaves nothing.
 *
 * The name of a case begins with the number of what it does.
 */
#include <linux/kallsyms.h>
#include <trace/events/condis.h>

#include "condis_hostile.h"

static unsigned int saved_halt, saved_close, saved_make;

/* What the verifier has reported in this case, one word for each; the last may grow. */
static struct {
	spinlock_t lock;	/* protects the rest */
	char text[2048];
	size_t len;
	char symbol[KSYM_SYMBOL_LEN];
	char word[128];
	char last[128];
	size_t at;
	unsigned int times;
} blame = { .lock = __SPIN_LOCK_UNLOCKED(blame.lock) };

/*
 * "NO_ANSWER:cm:cm_make_call", or without the last where the offence was a call: who
 * broke which rule, and the handler that did or did not answer. "COMPLETION_TWICE:cm*3"
 * is three in a row.
 */
static void note_violation(void *data, const char *adapter, const char *violation, u8 by,
			   const char *object, unsigned long caller)
{
	static const char * const who[] = { "nobody", "cl", "cm" };
	const char *word = blame.word;
	unsigned long flags;
	char *at = NULL;

	spin_lock_irqsave(&blame.lock, flags);
	if (caller) {
		sprint_symbol(blame.symbol, caller);
		at = strstr(blame.symbol, "+0x0/");
	}
	if (at)
		*at = '\0';
	scnprintf(blame.word, sizeof(blame.word), "%s:%s%s%s", violation,
		  by < 3 ? who[by] : "both", at ? ":" : "", at ? blame.symbol : "");
	if (blame.times && !strcmp(word, blame.last)) {
		blame.len = blame.at + scnprintf(blame.text + blame.at,
						 sizeof(blame.text) - blame.at, "%s*%u", word,
						 ++blame.times);
	} else {
		if (blame.len)
			blame.len += scnprintf(blame.text + blame.len,
					       sizeof(blame.text) - blame.len, " ");
		blame.at = blame.len;
		blame.len += scnprintf(blame.text + blame.len, sizeof(blame.text) - blame.len,
				       "%s", word);
		strscpy(blame.last, word, sizeof(blame.last));
		blame.times = 1;
	}
	spin_unlock_irqrestore(&blame.lock, flags);
}

int hostile_suite_init(struct kunit_suite *suite)
{
	return register_trace_condis_violation(note_violation, NULL);
}

void hostile_suite_exit(struct kunit_suite *suite)
{
	unregister_trace_condis_violation(note_violation, NULL);
	tracepoint_synchronize_unregister();
}

static void clear_blame(void)
{
	spin_lock_irq(&blame.lock);
	blame.len = 0;
	blame.times = 0;
	blame.text[0] = '\0';
	spin_unlock_irq(&blame.lock);
}

/* How many of it a word stands for. */
static unsigned int times_of(const char *word)
{
	const char *end = strchrnul(word, ' '), *star = strnchr(word, end - word, '*');
	unsigned int n = 0;

	if (!star)
		return 1;
	while (++star < end)
		n = 10 * n + *star - '0';
	return n;
}

/* Exactly these were reported, in this order, and that is what the case expects. */
void hostile_blamed(struct fake *f, const char *words)
{
	enum condis_violation violation;
	const char *word, *name;
	size_t n;

	KUNIT_EXPECT_STREQ(f->test, blame.text, words);
	clear_blame();
	for (word = words; word; word = strchr(word, ' ')) {
		word += *word == ' ';
		for (violation = 1; violation < CONDIS_NR_VIOLATIONS; violation++) {
			name = condis_verifier_name(violation);
			n = strlen(name);
			if (!strncmp(word, name, n) && word[n] == ':')
				fake_expect_violation(f, violation, times_of(word));
		}
	}
}

int hostile_init(struct kunit *test)
{
	saved_halt = condis_halt_timeout_ms;
	saved_close = condis_close_timeout_ms;
	saved_make = condis_make_call_timeout_ms;
	condis_close_timeout_ms = NEVER_MS;
	condis_make_call_timeout_ms = NEVER_MS;
	clear_blame();
	return 0;
}

/* What is left comes down in order: nobody is to be blamed for that. */
void hostile_exit(struct kunit *test)
{
	condis_halt_timeout_ms = saved_halt;
	condis_close_timeout_ms = saved_close;
	condis_make_call_timeout_ms = saved_make;
	fake_exit(test);
}

int hostile_late(struct fake *f, enum condis_late late)
{
	return atomic_read(&f->adapter->lates[late]);
}

void hostile_halt(struct fake *f, bool surprise)
{
	f->adapter_up = false;
	condis_remove_adapter(f->adapter, surprise);
	condis_unregister_adapter(f->adapter);
}

/* What is not waiting takes its time on an emulated machine. */
void hostile_halt_within(struct fake *f, unsigned int deadlines)
{
	unsigned int most = deadlines * condis_halt_timeout_ms + 60000;
	unsigned long start = jiffies;

	hostile_halt(f, false);
	KUNIT_EXPECT_LT(f->test, jiffies_to_msecs(jiffies - start), most);
}

/* The client has lost its handles. */
void hostile_forget_all(struct fake *f)
{
	unsigned int i;

	for (i = 0; i < f->nr_vcs; i++)
		f->vcs[i].alive = false;
	f->sap = NULL;
	f->af = NULL;
}

static void c01_completes_inside_every_handler(struct kunit *test)
{
	struct fake *f = fake_new(test);
	struct condis_vc *vc;

	fake_up(f);
	fake_clear(f);
	fake_open(f);
	fake_listen(f);
	fake_expect(f, "cm.open cl.opened cm.register cl.registered");
	vc = fake_dial(f);
	fake_expect(f, "cm.create cm.make cl.made");
	f->step[CM_MAKE].status = -EBUSY;
	fake_dial(f);
	fake_expect(f, "cm.create:1 cm.make:1 cl.made:1=-EBUSY cm.delete:1");
	KUNIT_EXPECT_EQ(test, fake_close(f, vc), -EINPROGRESS);
	fake_expect(f, "cm.close cl.closed cm.delete");
	fake_close_all(f);
	fake_expect(f, "cm.deregister cl.deregistered cm.close-af cl.closed-af");
	fake_expect_counts(f, 1, 0, 0, 0);
}

static void c01_refuses_inside_every_handler(struct kunit *test)
{
	struct fake *f = fake_new(test);

	f->step[CM_OPEN].status = -ENOMEM;
	fake_up(f);
	fake_clear(f);
	fake_open(f);
	fake_expect(f, "cm.open cl.opened=-ENOMEM");
	f->step[CM_OPEN].status = 0;
	f->step[CM_REGISTER].status = -EADDRINUSE;
	fake_open(f);
	fake_listen(f);
	fake_expect(f, "cm.open cl.opened cm.register cl.registered=-EADDRINUSE");
	fake_expect_counts(f, 1, 1, 0, 0);
}

/* The make-call's completion is the core's, and comes before the close's. */
static void c02_cancelled_make_call_is_never_completed(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc;

	f->skips_made = true;
	f->step[CM_MAKE].how = FAKE_PEND;
	f->step[CM_CLOSE].how = FAKE_PEND;
	vc = fake_dial(f);
	condis_vc_hold(vc);
	KUNIT_EXPECT_EQ(test, fake_close(f, vc), -EINPROGRESS);
	fake_expect(f, "cm.create cm.make cm.close");
	fake_released(f, vc);
	fake_expect(f, "cl.made=-ECANCELED cl.closed cm.delete");
	KUNIT_EXPECT_EQ(test, condis_mcm_make_call_complete(vc, -ECANCELED, 0), -ENOENT);
	fake_expect(f, "");
	condis_vc_put(vc);
	fake_expect_counts(f, 1, 1, 1, 0);
	hostile_blame(f, "NO_ANSWER:cm AFTER_END:cm");
}

static void hang_up(struct fake *f, void *object)
{
	KUNIT_EXPECT_EQ(f->test, condis_mcm_dispatch_incoming_close_call(object, 16), 0);
	fake_say(f, "hung-up");
}

/* A hang-up is held back while the handler of the offer runs, and no longer. */
static void c02_hangup_waits_for_the_offers_handler(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc;

	f->step[CL_OFFER].how = FAKE_PEND;
	f->step[CL_OFFER].hook = hang_up;
	fake_offer(f);
	fake_expect(f, "cl.create cl.offer hung-up cl.hangup cm.close cl.closed cl.delete");
	f->nr_vcs = 0;
	f->step[CL_OFFER].hook = NULL;
	vc = fake_offer(f);
	fake_expect(f, "cl.create cl.offer cm.pending");
	hang_up(f, vc);
	fake_expect(f, "cl.hangup cm.close cl.closed cl.delete hung-up");
	fake_expect_counts(f, 1, 1, 1, 0);
}

/* The far end refused, and nobody told the caller. */
static void c03_make_call_is_never_completed(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	condis_make_call_timeout_ms = SHORT_MS;
	f->step[CM_MAKE].how = FAKE_PEND;
	fake_dial(f);
	fake_wait(f, "cm.delete");
	fake_expect(f, "cm.create cm.make cl.made=-ETIMEDOUT cm.delete");
	KUNIT_EXPECT_EQ(test, f->cause, Q850_RECOVERY_ON_TIMER_EXPIRY);
	KUNIT_EXPECT_EQ(test, hostile_late(f, CONDIS_LATE_FORCED), 1);
	fake_expect_counts(f, 1, 1, 1, 0);
	hostile_blame(f, "NO_ANSWER:cm:cm_make_call");
}

static void c03_closing_the_family_ends_it(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	condis_close_timeout_ms = SOON_MS;
	f->step[CM_MAKE].how = FAKE_PEND;
	fake_dial(f);
	fake_clear(f);
	/* The client has forgotten that it waits. */
	f->vcs[0].alive = false;
	fake_close_all(f);
	fake_expect(f, "cm.deregister cl.deregistered");
	fake_wait(f, "cl.closed-af");
	fake_expect(f, "cm.close cm.delete cm.close-af cl.closed-af");
	/* The memory is there for what the client may still say, until it has left. */
	fake_expect_counts(f, 1, 1, 0, 1);
	hostile_blame(f, "LEFT_BEHIND:cl");
}

/* Refused at once by the callee: that is how it should be, and no close follows. */
static void c03_callee_refuses_by_return(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	f->step[CL_OFFER].how = FAKE_RETURN;
	f->step[CL_OFFER].status = -EBUSY;
	fake_offer(f);
	fake_expect(f, "cl.create cl.offer cm.decided=-EBUSY cl.delete");
	fake_expect_counts(f, 1, 1, 1, 0);
}

/* A word for the old call finds the old call, dead, and no other. */
static void c04_late_words_find_no_other_call(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *old = fake_dial(f), *new;

	condis_vc_hold(old);
	fake_close(f, old);
	new = fake_dial(f);
	fake_clear(f);
	KUNIT_EXPECT_NE(test, condis_vc_id(old), condis_vc_id(new));
	KUNIT_EXPECT_EQ(test, condis_mcm_dispatch_incoming_close_call(old, 16), -ESHUTDOWN);
	KUNIT_EXPECT_EQ(test, condis_mcm_close_call_complete(old), -ENOENT);
	fake_expect(f, "");
	KUNIT_EXPECT_EQ(test, new->call, CONDIS_CALL_CONNECTED);
	KUNIT_EXPECT_EQ(test, fake_send(f, new), 0);
	fake_expect(f, "mp.send:1 cl.sent:1");
	KUNIT_EXPECT_EQ(test, hostile_late(f, CONDIS_LATE_DISPATCH), 1);
	KUNIT_EXPECT_EQ(test, hostile_late(f, CONDIS_LATE_COMPLETION), 1);
	condis_vc_put(old);
	fake_close(f, new);
	hostile_blame(f, "AFTER_END:cm*2");
}

static void c05_close_completes_while_deactivating(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_incoming(f);

	f->step[CM_CLOSE].how = FAKE_PEND;
	f->holds = true;
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), 0);
	KUNIT_EXPECT_EQ(test, fake_close(f, vc), -EINPROGRESS);
	fake_expect(f, "mp.send cm.close");
	KUNIT_EXPECT_EQ(test, condis_mcm_deactivate_vc(vc), -EINPROGRESS);
	KUNIT_EXPECT_EQ(test, condis_mcm_close_call_complete(vc), 0);
	KUNIT_EXPECT_EQ(test, condis_mcm_delete_vc(vc), 0);
	/* Both are remembered. */
	fake_expect(f, "");
	fake_return_sends(f);
	fake_wait(f, "cl.delete");
	fake_expect(f, "cl.sent=-ECANCELED cm.inactive cl.closed cl.delete");
	fake_expect_counts(f, 1, 1, 1, 0);
	hostile_blame(f, "DEACTIVATE_BUSY:cm OUT_OF_ORDER:cm");
}

static void c05_deactivates_again_while_deactivating(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	f->step[CM_CLOSE].how = FAKE_PEND;
	f->holds = true;
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), 0);
	KUNIT_EXPECT_EQ(test, fake_close(f, vc), -EINPROGRESS);
	fake_clear(f);
	KUNIT_EXPECT_EQ(test, condis_mcm_deactivate_vc(vc), -EINPROGRESS);
	KUNIT_EXPECT_EQ(test, condis_mcm_deactivate_vc(vc), -EALREADY);
	fake_return_sends(f);
	fake_wait(f, "cm.inactive");
	/* One deactivation, one completion. */
	fake_expect(f, "cl.sent=-ECANCELED cm.inactive");
	fake_released(f, vc);
	fake_wait(f, "cm.delete");
	fake_expect(f, "cl.closed cm.delete");
	hostile_blame(f, "DEACTIVATE_BUSY:cm OUT_OF_ORDER:cm");
}

static void c06_family_is_closed_with_calls_up(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *mine = fake_dial(f), *theirs = fake_incoming(f);
	struct condis_af *af = f->af;

	KUNIT_EXPECT_EQ(test, condis_cl_close_address_family(af), -EINPROGRESS);
	fake_expect(f, "");
	/* It completes what it was not asked for. */
	KUNIT_EXPECT_EQ(test, condis_mcm_close_address_family_complete(af), -ENOENT);
	fake_expect(f, "");
	fake_close(f, mine);
	fake_expect(f, "cm.close cl.closed cm.delete");
	KUNIT_EXPECT_EQ(test, condis_cl_deregister_sap(f->sap), -EINPROGRESS);
	f->sap = NULL;
	fake_expect(f, "cm.deregister cl.deregistered");
	fake_close(f, theirs);
	fake_expect(f, "cm.close:1 cl.closed:1 cl.delete:1 cm.close-af cl.closed-af");
	fake_expect_counts(f, 1, 0, 0, 0);
	hostile_blame(f, "COMPLETION_TWICE:cm");
}

static void expect_empty(struct fake *f, void *object)
{
	fake_expect_counts(f, 0, 0, 0, 0);
}

static void c06_halt_comes_after_everything(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	condis_halt_timeout_ms = NEVER_MS;
	fake_dial(f);
	fake_incoming(f);
	f->step[MP_HALT].hook = expect_empty;
	fake_clear(f);
	hostile_halt(f, false);
	fake_expect(f, "cl.pause mp.pause cl.unbind cm.deregister cl.deregistered",
		    "cm.close cl.closed cm.delete cm.close:1 cl.closed:1 cl.delete:1",
		    "cm.close-af cl.closed-af cl.unbound mp.halt");
}

static void c07_closes_all_and_waits_for_nothing(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *mine = fake_dial(f), *theirs = fake_incoming(f);
	struct condis_sap *sap = f->sap;
	struct condis_af *af = f->af;

	f->step[CM_DEREGISTER].how = FAKE_PEND;
	f->step[CM_CLOSE].how = FAKE_PEND;
	f->step[CM_CLOSE_AF].how = FAKE_PEND;
	fake_close_all(f);
	KUNIT_EXPECT_EQ(test, condis_close_adapter(f->binding), -EINPROGRESS);
	fake_expect(f, "cm.deregister cm.close cm.close:1");
	/* Four completions are outstanding; each lets the next one go on. */
	fake_released(f, mine);
	fake_expect(f, "cl.closed cm.delete");
	fake_released(f, theirs);
	fake_expect(f, "cl.closed:1 cl.delete:1");
	KUNIT_EXPECT_EQ(test, condis_mcm_deregister_sap_complete(sap), 0);
	fake_expect(f, "cl.deregistered cm.close-af");
	KUNIT_EXPECT_EQ(test, condis_mcm_close_address_family_complete(af), 0);
	fake_expect(f, "cl.closed-af cl.unbound");
	fake_expect_counts(f, 0, 0, 0, 0);
}

/* In no list of the client's: it unbinds and forgets that call. */
static void c08_accepted_call_is_forgotten(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	condis_close_timeout_ms = SOON_MS;
	condis_halt_timeout_ms = NEVER_MS;
	f->step[CM_DECIDED].how = FAKE_PEND;
	fake_offer(f);
	fake_expect(f, "cl.create cl.offer cm.pending cm.decided");
	f->vcs[0].alive = false;
	f->client_up = false;
	condis_unregister_protocol(&f->client);
	/* At the deadline the call is closed for it; of that it hears nothing. */
	fake_expect(f, "cl.unbind cm.deregister cl.deregistered cm.close cm.close-af cl.closed-af",
		    "cl.unbound");
	KUNIT_EXPECT_EQ(test, hostile_late(f, CONDIS_LATE_FORCED), 1);
	fake_expect_counts(f, 0, 0, 0, 0);
	hostile_blame(f, "LEFT_BEHIND:cl");
}

static void close_adapter_twice(struct fake *f, void *object)
{
	fake_close_all(f);
	KUNIT_EXPECT_EQ(f->test, condis_close_adapter(f->binding), -EINPROGRESS);
	KUNIT_EXPECT_EQ(f->test, condis_close_adapter(f->binding), -EALREADY);
	fake_check(f, "notify-complete",
		   condis_cl_notify_close_address_family_complete(object, 0));
}

/* A notification, and an unbind in its handler and after it. */
static void c09_adapter_is_closed_twice(struct kunit *test)
{
	struct fake *f = fake_ready(test);

	fake_dial(f);
	f->step[CL_NOTIFY].hook = close_adapter_twice;
	f->step[CL_NOTIFY].how = FAKE_PEND;
	fake_clear(f);
	KUNIT_EXPECT_EQ(test, condis_mcm_notify_close_address_family(f->af), -EINPROGRESS);
	fake_expect(f, "cl.notify cm.notified cm.deregister cl.deregistered cm.close cl.closed",
		    "cm.delete cm.close-af cl.closed-af cl.unbound");
	fake_expect_counts(f, 0, 0, 0, 0);
	/* Nobody asks a binding to leave that is gone. */
	f->client_up = false;
	condis_unregister_protocol(&f->client);
	fake_expect(f, "");
}

static struct condis_af *stale_af;

static void keep_af(struct fake *f, void *object)
{
	stale_af = object;
	condis_af_hold(stale_af);
}

static void c10_family_that_never_opened_is_closed(struct kunit *test)
{
	struct fake *f = fake_new(test);

	fake_up(f);
	fake_clear(f);
	KUNIT_EXPECT_EQ(test, condis_cl_close_address_family(NULL), -EINVAL);
	KUNIT_EXPECT_EQ(test, condis_cl_close_address_family(ERR_PTR(-ENOENT)), -EINVAL);
	f->step[CM_OPEN].status = -ENOMEM;
	f->step[CL_OPENED].hook = keep_af;
	fake_open(f);
	fake_expect(f, "cm.open cl.opened=-ENOMEM");
	KUNIT_EXPECT_EQ(test, condis_cl_close_address_family(stale_af), -EALREADY);
	KUNIT_EXPECT_EQ(test, condis_cl_notify_close_address_family_complete(stale_af, 0), -ENOENT);
	fake_expect(f, "");
	condis_af_put(stale_af);
	f->step[CL_OPENED].hook = NULL;
	fake_expect_counts(f, 1, 0, 0, 0);
	hostile_blame(f, "BAD_ARGUMENT:cl*2 AFTER_END:cl COMPLETION_TWICE:cl");
}

/* halt() undoes what initialize() did not do, and the next one finds nothing of it. */
static void c10_initialise_fails_and_halt_runs(struct kunit *test)
{
	struct fake *f = fake_new(test);

	f->step[MP_INIT].status = -EIO;
	KUNIT_EXPECT_EQ(test, condis_register_adapter(f->adapter), -EIO);
	fake_expect(f, "mp.init mp.halt");
	fake_exit(test);
	/* It registered its family, and cannot restart. */
	f = fake_new(test);
	f->step[MP_RESTART].status = -EIO;
	KUNIT_EXPECT_EQ(test, condis_register_adapter(f->adapter), -EIO);
	fake_expect(f, "mp.init mp.restart mp.halt");
	fake_exit(test);
	f = fake_ready(test);
	fake_dial(f);
	fake_expect(f, "cm.create cm.make cl.made");
}

static void c11_timer_is_left_armed(struct kunit *test)
{
	struct fake *f;
	struct condis_vc *vc;
	unsigned int i;

	for (i = 0; i < 4; i++) {
		f = fake_ready(test);
		vc = fake_dial(f);
		condis_vc_hold(vc);
		/* It may expire before the halt comes to it. */
		f->step[CM_TIMER].quiet = true;
		condis_mcm_arm_timer(vc, jiffies + msecs_to_jiffies(20));
		hostile_halt(f, i & 1);
		/* Armed by a driver that was halted: a timer that is over stays over. */
		condis_mcm_arm_timer(vc, jiffies + 1);
		f->step[CM_TIMER].quiet = false;
		schedule_timeout_uninterruptible(msecs_to_jiffies(60));
		KUNIT_EXPECT_FALSE(test, fake_has(f, "cm.timer"));
		condis_vc_put(vc);
		/* Reloaded, and redialled by the next round. */
		fake_exit(test);
	}
}

static void close_now(struct fake *f, void *object)
{
	fake_check(f, "close", fake_close(f, object));
}

/* Each order of two ends that close, none of which is anybody's fault. */
static void c12_both_ends_close_at_once(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	fake_clear(f);
	f->step[CM_CLOSE].how = FAKE_PEND;
	KUNIT_EXPECT_EQ(test, fake_close(f, vc), -EINPROGRESS);
	KUNIT_EXPECT_EQ(test, condis_mcm_dispatch_incoming_close_call(vc, 16), -ESHUTDOWN);
	fake_released(f, vc);
	fake_expect(f, "cm.close cl.closed cm.delete");

	f->nr_vcs = 0;
	f->step[CM_CLOSE].how = FAKE_INLINE;
	f->step[CL_HANGUP].how = FAKE_PEND;
	vc = fake_dial(f);
	fake_clear(f);
	KUNIT_EXPECT_EQ(test, condis_mcm_dispatch_incoming_close_call(vc, 16), 0);
	KUNIT_EXPECT_EQ(test, fake_close(f, vc), -EINPROGRESS);
	fake_expect(f, "cl.hangup cm.close cl.closed cm.delete");

	f->nr_vcs = 0;
	f->step[CL_HANGUP].hook = close_now;
	vc = fake_dial(f);
	fake_clear(f);
	KUNIT_EXPECT_EQ(test, condis_mcm_dispatch_incoming_close_call(vc, 16), 0);
	fake_expect(f, "cl.hangup cm.close cl.closed cm.delete");
	fake_expect_counts(f, 1, 1, 1, 0);
}

/* The one call manager lets go at once, the better one when the offer is decided. */
static void c13_sap_of_an_undecided_offer_is_deregistered(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_sap *sap = f->sap;
	struct condis_vc *vc;

	f->step[CL_OFFER].how = FAKE_PEND;
	vc = fake_offer(f);
	fake_clear(f);
	f->sap = NULL;
	KUNIT_EXPECT_EQ(test, condis_cl_deregister_sap(sap), -EINPROGRESS);
	fake_expect(f, "cm.deregister cl.deregistered");
	KUNIT_EXPECT_EQ(test, condis_cl_incoming_call_complete(vc, 0, 0), 0);
	fake_expect(f, "cm.decided cl.connected");
	fake_close(f, vc);
	fake_expect(f, "cm.close cl.closed cl.delete");

	f->nr_vcs = 0;
	f->step[CM_DEREGISTER].how = FAKE_PEND;
	fake_listen(f);
	sap = f->sap;
	vc = fake_offer(f);
	fake_clear(f);
	f->sap = NULL;
	KUNIT_EXPECT_EQ(test, condis_cl_deregister_sap(sap), -EINPROGRESS);
	fake_expect(f, "cm.deregister");
	KUNIT_EXPECT_EQ(test, condis_cl_incoming_call_complete(vc, -EBUSY, Q850_USER_BUSY), 0);
	fake_expect(f, "cm.decided=-EBUSY cl.delete");
	KUNIT_EXPECT_EQ(test, condis_mcm_deregister_sap_complete(sap), 0);
	fake_expect(f, "cl.deregistered");
	fake_expect_counts(f, 1, 1, 0, 0);
}

static void c14_sends_while_the_call_closes(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	f->step[CM_CLOSE].how = FAKE_PEND;
	KUNIT_EXPECT_EQ(test, condis_cl_close_call(vc, 16), -EINPROGRESS);
	fake_clear(f);
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), -ENOTCONN);
	fake_expect(f, "");
	fake_released(f, vc);
	fake_expect(f, "cl.closed cm.delete");
	hostile_blame(f, "SEND_AFTER_CLOSE:cl");
}

/* What the miniport forgets is written off, and its VC's memory kept until it is halted. */
static void c14_packets_are_dropped_without_a_completion(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	f->holds = true;
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), 0);
	fake_clear(f);
	condis_close_timeout_ms = SOON_MS;
	f->step[CM_CLOSE].how = FAKE_PEND;
	fake_close(f, vc);
	KUNIT_EXPECT_EQ(test, condis_mcm_close_call_complete(vc), 0);
	fake_wait(f, "cm.delete");
	fake_expect(f, "cm.close cl.closed cm.delete");
	fake_expect_counts(f, 1, 1, 1, 1);
	hostile_halt(f, false);
	KUNIT_EXPECT_EQ(test, hostile_late(f, CONDIS_LATE_SEND), 1);
	hostile_blame(f, "OUT_OF_ORDER:cm NO_ANSWER:cm");
}

/* A late success does not make a call out of one that is closing. */
static void c15_success_comes_after_the_close(struct kunit *test)
{
	struct condis_call_params params;
	struct fake *f = fake_ready(test);
	struct condis_vc *vc;

	fake_call_params(f, &params);
	f->skips_made = true;
	f->step[CM_MAKE].how = FAKE_PEND;
	f->step[CM_CLOSE].how = FAKE_PEND;
	vc = fake_dial(f);
	KUNIT_EXPECT_EQ(test, fake_close(f, vc), -EINPROGRESS);
	fake_expect(f, "cm.create cm.make cm.close");
	KUNIT_EXPECT_EQ(test, condis_mcm_activate_vc(vc, &params), 0);
	KUNIT_EXPECT_EQ(test, condis_mcm_make_call_complete(vc, 0, 0), 0);
	fake_expect(f, "cl.made=-ECANCELED");
	KUNIT_EXPECT_EQ(test, vc->call, CONDIS_CALL_CLOSING);
	KUNIT_EXPECT_EQ(test, fake_send(f, vc), -ENOTCONN);
	KUNIT_EXPECT_EQ(test, condis_mcm_make_call_complete(vc, 0, 0), -ENOENT);
	KUNIT_EXPECT_EQ(test, condis_mcm_activate_vc(vc, &params), -ESHUTDOWN);
	fake_released(f, vc);
	fake_expect(f, "cl.closed cm.delete");
	hostile_blame(f, "COMPLETION_TWICE:cm");
}

static void complete_and_read(struct fake *f, void *object)
{
	u32 *area = condis_vc_cm(object);
	u32 magic = *area;

	fake_check(f, "deactivate", condis_mcm_deactivate_vc(object));
	fake_check(f, "close-complete", condis_mcm_close_call_complete(object));
	/* The client has deleted the VC, or may at any moment. */
	KUNIT_EXPECT_EQ(f->test, *area, magic);
	fake_say(f, "read");
}

static void c15_area_is_read_after_the_completion(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc = fake_dial(f);

	fake_clear(f);
	f->step[CM_CLOSE].how = FAKE_PEND;
	f->step[CM_CLOSE].hook = complete_and_read;
	KUNIT_EXPECT_EQ(test, fake_close(f, vc), -EINPROGRESS);
	fake_expect(f, "cm.close read cl.closed cm.delete");
	fake_expect_counts(f, 1, 1, 1, 0);
}

static void c15_client_accepts_while_it_shuts_down(struct kunit *test)
{
	struct fake *f = fake_ready(test);
	struct condis_vc *vc;

	condis_close_timeout_ms = SOON_MS;
	f->step[CL_OFFER].how = FAKE_PEND;
	vc = fake_offer(f);
	fake_clear(f);
	KUNIT_EXPECT_EQ(test, condis_cl_deregister_sap(f->sap), -EINPROGRESS);
	KUNIT_EXPECT_EQ(test, condis_cl_close_address_family(f->af), -EINPROGRESS);
	fake_expect(f, "cm.deregister cl.deregistered");
	/* Nothing new comes, and what it takes of the old holds it up to the deadline. */
	KUNIT_EXPECT_NULL(test, fake_offer(f));
	fake_expect(f, "!mcm-create=-ESHUTDOWN");
	KUNIT_EXPECT_EQ(test, condis_cl_incoming_call_complete(vc, 0, 0), 0);
	fake_expect(f, "cm.decided cl.connected");
	fake_wait(f, "cl.closed-af");
	fake_expect(f, "cm.close cm.close-af cl.closed-af");
	KUNIT_EXPECT_EQ(test, hostile_late(f, CONDIS_LATE_FORCED), 1);
	hostile_forget_all(f);
	hostile_blame(f, "LEFT_BEHIND:cl");
}

static struct kunit_case condis_hostile_cases[] = {
	KUNIT_CASE(c01_completes_inside_every_handler),
	KUNIT_CASE(c01_refuses_inside_every_handler),
	KUNIT_CASE(c02_cancelled_make_call_is_never_completed),
	KUNIT_CASE(c02_hangup_waits_for_the_offers_handler),
	KUNIT_CASE(c03_make_call_is_never_completed),
	KUNIT_CASE(c03_closing_the_family_ends_it),
	KUNIT_CASE(c03_callee_refuses_by_return),
	KUNIT_CASE(c04_late_words_find_no_other_call),
	KUNIT_CASE(c05_close_completes_while_deactivating),
	KUNIT_CASE(c05_deactivates_again_while_deactivating),
	KUNIT_CASE(c06_family_is_closed_with_calls_up),
	KUNIT_CASE(c06_halt_comes_after_everything),
	KUNIT_CASE(c07_closes_all_and_waits_for_nothing),
	KUNIT_CASE(c08_accepted_call_is_forgotten),
	KUNIT_CASE(c09_adapter_is_closed_twice),
	KUNIT_CASE(c10_family_that_never_opened_is_closed),
	KUNIT_CASE(c10_initialise_fails_and_halt_runs),
	KUNIT_CASE(c11_timer_is_left_armed),
	KUNIT_CASE(c12_both_ends_close_at_once),
	KUNIT_CASE(c13_sap_of_an_undecided_offer_is_deregistered),
	KUNIT_CASE(c14_sends_while_the_call_closes),
	KUNIT_CASE(c14_packets_are_dropped_without_a_completion),
	KUNIT_CASE(c15_success_comes_after_the_close),
	KUNIT_CASE(c15_area_is_read_after_the_completion),
	KUNIT_CASE(c15_client_accepts_while_it_shuts_down),
	{}
};

static struct kunit_suite condis_hostile_suite = {
	.name = "condis_hostile",
	.suite_init = hostile_suite_init,
	.suite_exit = hostile_suite_exit,
	.init = hostile_init,
	.exit = hostile_exit,
	.test_cases = condis_hostile_cases,
};

kunit_test_suites(&condis_hostile_suite);
