// SPDX-License-Identifier: GPL-2.0
/*
 * The contract verifier: the switch, the counters, the reports.
 */
#include <linux/init.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/ratelimit.h>
#include <linux/rcupdate.h>
#include <net/net_namespace.h>

#include <trace/events/condis.h>

#include "core.h"
#include "quarantine.h"
#include "visible.h"

DEFINE_STATIC_KEY_FALSE(condis_verifier_key);

/* All of the machine, also of what had no object, and of adapters that are gone. */
static atomic_t totals[CONDIS_NR_VIOLATIONS];

static DEFINE_MUTEX(switch_lock);	/* serialises condis_verifier_switch() */
static bool initialised;
#ifdef CONDIS_DEBUG
static bool wanted = true;
#else
static bool wanted;
#endif

unsigned int condis_verifier_blocked_ms = 5000;
EXPORT_SYMBOL_IF_KUNIT(condis_verifier_blocked_ms);
module_param_named(verifier_blocked_ms, condis_verifier_blocked_ms, uint, 0644);
MODULE_PARM_DESC(verifier_blocked_ms,
		 "milliseconds after which the verifier says that a handler blocks (5000)");

/**
 * struct rule - what a violation is
 * @name: its name, as user space has it
 * @text: the rule that was broken
 * @source: where it is written
 */
struct rule {
	const char *name;
	const char *text;
	const char *source;
};

static const struct rule rules[CONDIS_NR_VIOLATIONS] = {
	[CONDIS_VIOLATION_NONE] = { "none", "-", "-" },
	[CONDIS_VIOLATION_HANDLER_PENDED] = {
		"HANDLER_PENDED",
		"creating and deleting a VC is decided at once, never pending",
		"PROTOCOL_CO_CREATE_VC, PROTOCOL_CO_DELETE_VC",
	},
	[CONDIS_VIOLATION_COMPLETION_STATUS] = {
		"COMPLETION_STATUS",
		"an answer is 0 or a negative error; a completion is never pending",
		"NdisMCmCloseCallComplete",
	},
	[CONDIS_VIOLATION_COMPLETION_TWICE] = {
		"COMPLETION_TWICE",
		"each operation that is pending is completed once, and no other",
		"NdisMCmMakeCallComplete, NdisMCmCloseCallComplete",
	},
	[CONDIS_VIOLATION_NO_ANSWER] = {
		"NO_ANSWER",
		"what is pending is answered, also when it fails",
		"NdisMCmMakeCallComplete, PROTOCOL_CL_INCOMING_CLOSE_CALL",
	},
	[CONDIS_VIOLATION_EARLY_RELEASE] = {
		"EARLY_RELEASE",
		"a VC is not deactivated nor deleted before the client has closed the call",
		"NdisMCmDispatchIncomingCloseCall",
	},
	[CONDIS_VIOLATION_CLOSE_WITH_SENDS] = {
		"CLOSE_WITH_SENDS",
		"a call is closed when the client's packets are back, or given up",
		"NdisClCloseCall",
	},
	[CONDIS_VIOLATION_SEND_AFTER_CLOSE] = {
		"SEND_AFTER_CLOSE",
		"packets are sent while the call is connected, not before, nor after its close",
		"NdisClCloseCall, Deactivating a VC",
	},
	[CONDIS_VIOLATION_AFTER_END] = {
		"AFTER_END",
		"a handle is not used after its end",
		"NdisClCloseAddressFamily, PROTOCOL_CL_CLOSE_CALL_COMPLETE",
	},
	[CONDIS_VIOLATION_DEACTIVATE_BUSY] = {
		"DEACTIVATE_BUSY",
		"a VC is deactivated when all packets that were sent on it are back",
		"Deactivating a VC",
	},
	[CONDIS_VIOLATION_WRONG_SIDE] = {
		"WRONG_SIDE",
		"who made a VC deletes it, and each side says what is its to say",
		"Deleting a VC",
	},
	[CONDIS_VIOLATION_OUT_OF_ORDER] = {
		"OUT_OF_ORDER",
		"create, activate, connect, close, deactivate, complete, delete: in this order",
		"Making a Call, Accepting Incoming Calls, NdisMCmDeactivateVc, NdisMCmDeleteVc",
	},
	[CONDIS_VIOLATION_BLOCKED] = {
		"BLOCKED",
		"a handler does not wait for anybody",
		"NdisClCloseAddressFamily",
	},
	[CONDIS_VIOLATION_CONTEXT] = {
		"CONTEXT",
		"calls are controlled in process context, without a spinlock",
		"NdisMResetComplete; narrowed here to process context",
	},
	[CONDIS_VIOLATION_WRONG_REQUEST] = {
		"WRONG_REQUEST",
		"no request of another family, none and no packet during a reset",
		"MINIPORT_RESET, Reset, OID_CO_TAPI_TRANSLATE_TAPI_CALLPARAMS",
	},
	[CONDIS_VIOLATION_LEFT_BEHIND] = {
		"LEFT_BEHIND",
		"who leaves has closed, returned and stopped all that is his",
		"MINIPORT_HALT, NdisClCloseAddressFamily",
	},
	[CONDIS_VIOLATION_BAD_ARGUMENT] = {
		"BAD_ARGUMENT",
		"a call names its object, and says what it needs",
		"each function",
	},
};

/**
 * condis_verifier_name() - a violation's name
 * @violation: which
 *
 * Return: its name, without CONDIS_VIOLATION_
 */
const char *condis_verifier_name(enum condis_violation violation)
{
	return rules[violation].name;
}
EXPORT_SYMBOL_IF_KUNIT(condis_verifier_name);

/**
 * condis_verifier_total() - how often a rule was broken
 * @violation: which
 *
 * Return: the number, on the whole machine, since the module was loaded
 *
 * Context: any
 */
unsigned int condis_verifier_total(enum condis_violation violation)
{
	return atomic_read(&totals[violation]);
}
EXPORT_SYMBOL_IF_KUNIT(condis_verifier_total);

/**
 * struct scene - where an offence happened
 * @adapter: on which adapter, or NULL
 * @family: whose client or call manager, or NULL
 * @binding: the client's, or NULL
 * @upcalls: of the object, or NULL
 * @object: what it is, for people
 */
struct scene {
	struct condis_adapter *adapter;
	struct condis_family *family;
	struct condis_binding *binding;
	struct condis_upcalls *upcalls;
	char object[128];
};

static void scene_vc(struct scene *scene, struct condis_vc *vc)
{
	scene->family = vc->af->family;
	scene->binding = vc->af->binding;
	scene->adapter = scene->family->adapter;
	scnprintf(scene->object, sizeof(scene->object),
		  "VC %llu of the %s, call %s, VC %s, made %u ms ago", vc->id,
		  vc->creator == CONDIS_SIDE_CLIENT ? "client's" : "call manager's",
		  condis_call_state_name(READ_ONCE(vc->call)),
		  condis_vc_state_name(READ_ONCE(vc->active)),
		  jiffies_to_msecs(jiffies - vc->made));
}

static void scene_sap(struct scene *scene, struct condis_sap *sap)
{
	scene->family = sap->af->family;
	scene->binding = sap->af->binding;
	scene->adapter = scene->family->adapter;
	scnprintf(scene->object, sizeof(scene->object), "SAP %u, %s, made %u ms ago", sap->id,
		  condis_sap_state_name(READ_ONCE(sap->state)),
		  jiffies_to_msecs(jiffies - sap->made));
}

static void scene_af(struct scene *scene, struct condis_af *af)
{
	scene->family = af->family;
	scene->binding = af->binding;
	scene->adapter = scene->family->adapter;
	scnprintf(scene->object, sizeof(scene->object), "address family %u, %s, made %u ms ago",
		  af->id, condis_af_state_name(READ_ONCE(af->state)),
		  jiffies_to_msecs(jiffies - af->made));
}

static void scene_binding(struct scene *scene, struct condis_binding *binding)
{
	scene->binding = binding;
	scene->adapter = binding->adapter;
	scnprintf(scene->object, sizeof(scene->object), "binding of %s, %s", binding->name,
		  condis_binding_state_name(READ_ONCE(binding->state)));
}

static void scene_set(struct scene *scene, struct condis_upcalls *upcalls)
{
	scene->upcalls = upcalls;
	switch (upcalls->ops->object) {
	case CONDIS_OBJECT_VC:
		scene_vc(scene, container_of(upcalls, struct condis_vc, upcalls));
		break;
	case CONDIS_OBJECT_SAP:
		scene_sap(scene, container_of(upcalls, struct condis_sap, upcalls));
		break;
	case CONDIS_OBJECT_AF:
		scene_af(scene, container_of(upcalls, struct condis_af, upcalls));
		break;
	case CONDIS_OBJECT_BINDING:
		scene_binding(scene, container_of(upcalls, struct condis_binding, upcalls));
		break;
	default:
		break;
	}
}

/* Who it was: only what the core has copied, the driver itself may be gone. */
static void offender(const struct scene *scene, u8 by, char *text, size_t size)
{
	if (by == CONDIS_BY_NOBODY)
		scnprintf(text, size, "a driver");
	else if (by == CONDIS_BY_CLIENT && scene->binding)
		scnprintf(text, size, "the client %s", scene->binding->name);
	else if (by == CONDIS_BY_CLIENT)
		scnprintf(text, size, "a client");
	else if (scene->family && scene->family->manager[0])
		scnprintf(text, size, "the call manager %s", scene->family->manager);
	else if (scene->adapter)
		scnprintf(text, size, "the miniport of %s (%ps)", scene->adapter->name,
			  (void *)scene->adapter->driver);
	else
		scnprintf(text, size, "a call manager or miniport");
}

static void count(const struct scene *scene, enum condis_violation violation)
{
	atomic_inc(&totals[violation]);
	if (scene->adapter)
		atomic_inc(&scene->adapter->violations[violation]);
	/* Its lock is not for hard interrupts, in which nobody should be here. */
	if (!irqs_disabled())
		condis_net_count_violation(scene->adapter ? scene->adapter->net_cookie :
							    init_net.net_cookie, violation);
}

static DEFINE_RAW_SPINLOCK(last_lock);	/* protects last; innermost */
static struct condis_offence last;

/**
 * condis_verifier_last() - the last breach of all
 * @offence: out: it
 *
 * For the tests; its detail is not kept.
 *
 * Context: any
 */
void condis_verifier_last(struct condis_offence *offence)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&last_lock, flags);
	*offence = last;
	raw_spin_unlock_irqrestore(&last_lock, flags);
}
EXPORT_SYMBOL_IF_KUNIT(condis_verifier_last);

static void remember(const struct condis_offence *offence)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&last_lock, flags);
	last = *offence;
	last.detail = NULL;
	raw_spin_unlock_irqrestore(&last_lock, flags);
}

static void offend(struct scene *scene, atomic_t *told, const struct condis_offence *offence)
{
	static DEFINE_RATELIMIT_STATE(limit, 5 * HZ, 20);
	const struct rule *rule = &rules[offence->violation];
	char who[96];

	count(scene, offence->violation);
	remember(offence);
	trace_condis_violation(scene->adapter ? scene->adapter->name : "", rule->name, offence->by,
			       scene->object, offence->caller);
	if (told && atomic_fetch_or(BIT(offence->violation), told) & BIT(offence->violation))
		return;
	if (!__ratelimit(&limit))
		return;

	offender(scene, offence->by, who, sizeof(who));
	pr_err("condis: verifier: %s by %s%s%s\n", rule->name, who,
	       offence->detail ? ": " : "", offence->detail ?: "");
	pr_err("condis: verifier:   rule: %s (%s)\n", rule->text, rule->source);
	if (scene->adapter)
		pr_err("condis: verifier:   what: %s%son adapter %s\n", scene->object,
		       scene->object[0] ? ", " : "", scene->adapter->name);
	if (offence->caller)
		pr_err("condis: verifier:   where: %pS\n", (void *)offence->caller);
	if (scene->upcalls && scene->upcalls->watch.history) {
		pr_err("condis: verifier:   what happened to it:\n");
		condis_history_print(scene->upcalls);
	}
}

/**
 * condis_verifier_breach() - report a breach of a rule of an object's
 * @upcalls: of the object
 * @violation: which rule
 * @by: CONDIS_BY_*: whose
 * @caller: where, as in struct condis_offence
 * @detail: what exactly, or NULL
 *
 * Context: any; the object's lock may be held
 */
void condis_verifier_breach(struct condis_upcalls *upcalls, enum condis_violation violation, u8 by,
			    unsigned long caller, const char *detail)
{
	struct condis_offence offence = {
		.violation = violation, .by = by, .caller = caller, .detail = detail,
	};
	struct scene scene = {};

	scene_set(&scene, upcalls);
	offend(&scene, &upcalls->watch.told, &offence);
}

/**
 * condis_verifier_adapter_breach() - report a breach of a rule of an adapter's
 * @adapter: the adapter
 * @violation: which rule
 * @by: CONDIS_BY_*: whose
 * @caller: where, as in struct condis_offence
 * @detail: what exactly, or NULL
 *
 * Context: any
 */
void condis_verifier_adapter_breach(struct condis_adapter *adapter,
				    enum condis_violation violation, u8 by, unsigned long caller,
				    const char *detail)
{
	struct condis_offence offence = {
		.violation = violation, .by = by, .caller = caller, .detail = detail,
	};
	struct scene scene = { .adapter = adapter };

	offend(&scene, &adapter->told, &offence);
}

/**
 * condis_verifier_bad_argument() - report a call that has no object
 * @by: CONDIS_BY_*: whose
 * @caller: where
 *
 * Context: any
 */
void condis_verifier_bad_argument(u8 by, unsigned long caller)
{
	struct condis_offence offence = {
		.violation = CONDIS_VIOLATION_BAD_ARGUMENT, .by = by, .caller = caller,
	};
	struct scene scene = {};

	offend(&scene, NULL, &offence);
}

/**
 * condis_verifier_refused() - a table has refused what a driver said
 * @upcalls: of the object
 * @violation: enum condis_violation: of the cell, or of a check beside the table; NONE: a lost race
 *
 * Whoever was cut off, or answered for, cannot know: his words may come too late.
 *
 * Context: the object's lock held
 */
void condis_verifier_refused(struct condis_upcalls *upcalls, u8 violation)
{
	struct condis_watch *watch = &upcalls->watch;

	if (!violation || !watch->by || watch->by & (watch->excused | watch->dead))
		return;
	condis_verifier_breach(upcalls, violation, watch->by,
			       watch->history ? watch->history->caller : 0, NULL);
}

/**
 * condis_verifier_use() - a driver uses a handle
 * @upcalls: of the object
 * @by: CONDIS_BY_*: who
 * @caller: where
 *
 * Return: false if the object has ended: it must not be touched
 *
 * Context: any
 */
bool condis_verifier_use(struct condis_upcalls *upcalls, u8 by, unsigned long caller)
{
	struct condis_watch *watch = &upcalls->watch;
	bool ended = READ_ONCE(watch->ended);

	if (ended || (READ_ONCE(watch->dead) & ~READ_ONCE(watch->excused) & by))
		condis_verifier_breach(upcalls, CONDIS_VIOLATION_AFTER_END, by, caller, NULL);
	return !ended;
}

/**
 * condis_verifier_control() - a driver uses a handle to control it
 * @upcalls: of the object
 * @by: CONDIS_BY_*: who
 * @caller: where
 *
 * Return: as condis_verifier_use()
 *
 * Context: process context is what it looks for
 */
bool condis_verifier_control(struct condis_upcalls *upcalls, u8 by, unsigned long caller)
{
	if (!condis_verifier_use(upcalls, by, caller))
		return false;
	if (condis_is_atomic())
		condis_verifier_breach(upcalls, CONDIS_VIOLATION_CONTEXT, by, caller, NULL);
	return true;
}

/**
 * condis_verifier_dead() - a driver has heard, or said, its last word of an object
 * @upcalls: of the object
 * @by: CONDIS_BY_*: which
 *
 * Context: any but hard interrupts, the object's lock not held
 */
void condis_verifier_dead(struct condis_upcalls *upcalls, u8 by)
{
	spin_lock_bh(&upcalls->lock);
	condis_watch_dead(&upcalls->watch, by);
	spin_unlock_bh(&upcalls->lock);
}

/**
 * condis_verifier_begin() - a handler is going to run
 * @upcalls: of the object
 * @code: the upcall
 *
 * Context: the object's runner, no lock held
 */
void condis_verifier_begin(struct condis_upcalls *upcalls, u8 code)
{
	struct condis_history *history = upcalls->watch.history;
	u8 whose;

	if (!history)
		return;
	/* Now, for when it returns its module may be gone. */
	WRITE_ONCE(history->handler, condis_upcall_handler(upcalls, code, &whose));
	WRITE_ONCE(history->whose, whose);
	WRITE_ONCE(history->since, jiffies);
	/* Pairs with condis_verifier_stuck(). */
	smp_store_release(&history->upcall, code + 1);
}

/**
 * condis_verifier_stuck() - does a handler of an object block?
 * @upcalls: of the object
 *
 * Asked where something waits for it; the handler may still be running.  A wait
 * is reported once.
 *
 * Context: any but hard interrupts
 */
void condis_verifier_stuck(struct condis_upcalls *upcalls)
{
	struct condis_history *history = upcalls->watch.history;
	unsigned long ran;
	char detail[96];
	u8 code, whose;

	if (!history)
		return;
	/* Pairs with condis_verifier_begin(). */
	code = smp_load_acquire(&history->upcall);
	ran = jiffies - READ_ONCE(history->since);
	whose = READ_ONCE(history->whose);
	if (!code || ran < msecs_to_jiffies(condis_verifier_blocked_ms) || !whose ||
	    cmpxchg(&history->upcall, code, 0) != code)
		return;
	scnprintf(detail, sizeof(detail), "%s took %u ms",
		  condis_upcall_name(upcalls->ops->object, code - 1), jiffies_to_msecs(ran));
	condis_verifier_breach(upcalls, CONDIS_VIOLATION_BLOCKED, whose,
			       READ_ONCE(history->handler), detail);
}

/**
 * condis_verifier_end() - the handler has returned
 * @upcalls: of the object
 *
 * Context: the object's runner, no lock held
 */
void condis_verifier_end(struct condis_upcalls *upcalls)
{
	condis_verifier_stuck(upcalls);
	if (upcalls->watch.history)
		WRITE_ONCE(upcalls->watch.history->upcall, 0);
}

static void apply(bool on)
{
	if (on) {
		static_branch_enable(&condis_verifier_key);
	} else {
		static_branch_disable(&condis_verifier_key);
		condis_quarantine_flush();
	}
}

/**
 * condis_verifier_switch() - switch the verifier on or off
 * @on: which
 *
 * Objects that were made while it was off have no history.
 *
 * Return: whether it was on before
 *
 * Context: process context
 */
bool condis_verifier_switch(bool on)
{
	bool was;

	mutex_lock(&switch_lock);
	was = wanted;
	wanted = on;
	if (initialised && was != on)
		apply(on);
	mutex_unlock(&switch_lock);
	return was;
}
EXPORT_SYMBOL_IF_KUNIT(condis_verifier_switch);

static int verifier_set(const char *value, const struct kernel_param *param)
{
	bool on;
	int err = kstrtobool(value, &on);

	if (!err)
		condis_verifier_switch(on);
	return err;
}

static int verifier_get(char *buffer, const struct kernel_param *param)
{
	return sysfs_emit(buffer, "%c\n", wanted ? 'Y' : 'N');
}

static const struct kernel_param_ops verifier_ops = {
	.set = verifier_set,
	.get = verifier_get,
};

module_param_cb(verifier, &verifier_ops, NULL, 0644);
__MODULE_PARM_TYPE(verifier, "bool");
MODULE_PARM_DESC(verifier,
		 "check the contract of drivers and report who breaks it (N; Y in debug builds)");

/**
 * condis_verifier_init() - switch on what was asked for
 *
 * Context: module init
 */
void condis_verifier_init(void)
{
	mutex_lock(&switch_lock);
	initialised = true;
	if (wanted)
		apply(true);
	mutex_unlock(&switch_lock);
}

/**
 * condis_verifier_exit() - free what is kept
 *
 * Context: module exit, no object is left
 */
void condis_verifier_exit(void)
{
	condis_quarantine_flush();
	rcu_barrier();
}
