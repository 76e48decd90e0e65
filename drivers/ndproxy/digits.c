// SPDX-License-Identifier: GPL-2.0
/*
 * Digits of a call: those that come, for whoever monitors them, and those that an owner sends.
 *
 * Digits that come wait in a ring of their handle, which is made when monitoring begins, and
 * are one event each.  What the call manager is to report is what all the handles together
 * want to hear; it is asked one question at a time, and again if that has changed meanwhile.
 * A handle that dies asks nothing: digits that nobody wants any more end here.
 *
 * Digits that are sent are a request whose reply is a LINE_GENERATE.  The call manager
 * has their memory until it has answered, also if the call, its handle and the reply are
 * long gone.
 */
#include <linux/refcount.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "ndproxy.h"

/**
 * struct ndproxy_digit_report - what the call manager is asked to report of a call
 * @request: the question
 * @report: its data
 * @told: what it was told last, LINEDIGITMODE_*
 * @resets: resets of the adapter before it was asked last
 * @askers: who is on his way to the call manager, or from there, and then looks again
 * @asking: @request is under way
 * @again: it could not be asked for a reset, after which it is
 *
 * All but @request and @report under adapter.lock.
 */
struct ndproxy_digit_report {
	struct condis_oid_request request;
	struct condis_digit_report report;
	u32 told;
	unsigned int resets;
	unsigned int askers;
	bool asking;
	bool again;
};

/**
 * struct ndproxy_generation - digits that are sent
 * @own: the request; of a cancellation only memory
 * @ref: the request until its reply was read, the call manager until it has answered, and who
 *	asks it until it has returned: answered for at a deadline, it may still look at them
 * @oid: the call manager's
 * @digits: its data
 * @call: of which call (a reference)
 * @is_request: @own is one
 */
struct ndproxy_generation {
	struct ndproxy_request_own own;
	refcount_t ref;
	struct condis_oid_request oid;
	struct condis_digits digits;
	struct ndproxy_call *call;
	bool is_request;
};

/* Whether digits can still come: they did not yet, or do now. */
static bool call_has_digits(const struct ndproxy_call *call)
{
	return call->state <= NDPROXY_CALL_CONNECTED;
}

static const struct condis_line_caps *call_caps(const struct ndproxy_call *call)
{
	return &ndproxy_table_line(call->line->adapter->table, call->line->number)->caps;
}

/**
 * ndproxy_digit_features() - what a handle may do with digits now
 * @ch: the handle, alive
 *
 * Return: LINECALLFEATURE_*
 *
 * Context: the adapter's lock held
 */
u32 ndproxy_digit_features(const struct ndproxy_call_handle *ch)
{
	const struct ndproxy_call *call = ch->call;
	const struct condis_line_caps *caps = call_caps(call);
	u32 can = 0;

	if (caps->report_digits && call_has_digits(call))
		can |= LINECALLFEATURE_MONITORDIGITS;
	if (caps->generate_digits && call->state == NDPROXY_CALL_CONNECTED &&
	    ch->privilege == LINECALLPRIVILEGE_OWNER)
		can |= LINECALLFEATURE_GENERATEDIGITS;
	return can;
}

/* It was answered.  True: whoever asks looks what else there is to ask. */
static bool report_done(struct ndproxy_call *call, int status)
{
	struct ndproxy_digit_report *report = call->digit_report;
	bool looks;

	spin_lock(&call->line->adapter->lock);
	report->asking = false;
	/*
	 * What was refused for good is not asked for again before something else is wanted:
	 * a call manager that says no for want of memory, or at a deadline, would be asked
	 * for ever.  Nobody is told: there is no event for it, and none who waits.
	 */
	if (status != -EAGAIN)
		report->told = report->report.modes;
	else
		/* Unless that is over already. */
		report->again = report->resets == call->line->adapter->resets;
	looks = report->askers;
	spin_unlock(&call->line->adapter->lock);
	return looks;
}

static void report_complete(struct condis_oid_request *request, int status)
{
	struct ndproxy_call *call = request->context;
	struct ndproxy_binding *adapter = call->line->adapter;

	kref_get(&adapter->ref);
	/* Inside of the question (C1) nothing is asked: users could nest it as they like. */
	if (!report_done(call, status))
		ndproxy_digits_tell(call);
	ndproxy_call_put(call);
	ndproxy_adapter_put(adapter);
}

/* The next question, made, and the VC that it is about, with a reference; or NULL. */
static struct condis_vc *report_begin(struct ndproxy_call *call)
{
	struct ndproxy_digit_report *report;
	struct condis_vc *vc = NULL;

	spin_lock(&call->line->adapter->lock);
	report = call->digit_report;
	if (report && !report->asking && !report->again && report->told != call->digit_modes &&
	    call->vc && call->close == NDPROXY_CLOSE_NONE && call_has_digits(call)) {
		report->asking = true;
		report->askers++;
		report->resets = call->line->adapter->resets;
		report->report.modes = call->digit_modes;
		memset(&report->request, 0, sizeof(report->request));
		report->request.complete = report_complete;
		report->request.context = call;
		report->request.oid = OID_CO_TAPI_DONT_REPORT_DIGITS;
		if (report->report.modes) {
			report->request.oid = OID_CO_TAPI_REPORT_DIGITS;
			report->request.buf = &report->report;
			report->request.len = sizeof(report->report);
		}
		vc = call->vc;
		condis_vc_hold(vc);
		ndproxy_call_hold(call);
	}
	spin_unlock(&call->line->adapter->lock);
	return vc;
}

/**
 * ndproxy_digits_tell() - tell the call manager which digits of a call to report
 * @call: the call, held by the caller
 *
 * Context: process context, no lock held; waits for nobody
 */
void ndproxy_digits_tell(struct ndproxy_call *call)
{
	struct condis_vc *vc;
	int err;

	while ((vc = report_begin(call))) {
		condis_delay_point("digits.report", call->vc_id);
		err = condis_co_call_oid_request(vc, &call->digit_report->request);
		condis_vc_put(vc);
		if (err != -EINPROGRESS) {
			report_done(call, err);
			/* Not the last reference: the caller has one. */
			ndproxy_call_put(call);
		}
		spin_lock(&call->line->adapter->lock);
		call->digit_report->askers--;
		spin_unlock(&call->line->adapter->lock);
	}
}

/* A call whose call manager could not be told during the reset, with a reference; or NULL. */
static struct ndproxy_call *call_to_tell(struct ndproxy_binding *adapter)
{
	struct ndproxy_digit_report *report;
	struct ndproxy_line *line;
	struct ndproxy_call *call;

	list_for_each_entry(line, &adapter->lines, node) {
		list_for_each_entry(call, &line->calls, node) {
			report = call->digit_report;
			/* Once for each reset, whatever the call manager says. */
			if (!report || !report->again || report->resets == adapter->resets)
				continue;
			report->again = false;
			ndproxy_call_hold(call);
			return call;
		}
	}
	return NULL;
}

/**
 * ndproxy_digits_reset() - an adapter was reset: what could not be told is told now
 * @adapter: the adapter, held by the caller
 *
 * Context: process context; waits for nobody
 */
void ndproxy_digits_reset(struct ndproxy_binding *adapter)
{
	struct ndproxy_call *call;

	do {
		spin_lock(&adapter->lock);
		call = call_to_tell(adapter);
		spin_unlock(&adapter->lock);
		if (call) {
			ndproxy_digits_tell(call);
			ndproxy_call_put(call);
		}
	} while (call && !READ_ONCE(adapter->resetting));
}

/**
 * ndproxy_digits_changed() - what is monitored of a call may be something else now
 * @call: the call
 * @by: who changed it, and is not told
 *
 * Context: the adapter's lock held
 */
void ndproxy_digits_changed(struct ndproxy_call *call, const struct ndproxy_session *by)
{
	const struct ndproxy_call_handle *ch;
	u32 modes = 0;

	lockdep_assert_held(&call->line->adapter->lock);
	list_for_each_entry(ch, &call->handles, call_node)
		if (ch->digits)
			modes |= ch->digits->modes;
	if (modes == call->digit_modes)
		return;
	call->digit_modes = modes;
	ndproxy_call_tell_info(call, LINECALLINFOSTATE_MONITORMODES, by, NULL);
}

/**
 * ndproxy_digit_arrive() - a digit came
 * @call: of which call, held by the caller
 * @digit: a character
 * @mode: one LINEDIGITMODE_*
 *
 * Context: process context, also under rcu_read_lock()
 */
void ndproxy_digit_arrive(struct ndproxy_call *call, u32 digit, u32 mode)
{
	struct ndproxy_call_handle *ch;

	spin_lock(&call->line->adapter->lock);
	if (call->state == NDPROXY_CALL_CONNECTED)
		list_for_each_entry(ch, &call->handles, call_node)
			ndproxy_event_digit(ch, digit, mode);
	spin_unlock(&call->line->adapter->lock);
}

/* What monitoring needs, and who has it already gives it back. */
struct monitor_memory {
	const struct ndproxy_monitor_digits *arg;
	struct ndproxy_digit_ring *ring;
	struct ndproxy_digit_report *report;
	struct ndproxy_call *call;
};

static int monitor_digits(struct ndproxy_command *cmd, struct ndproxy_call_handle *ch, void *arg)
{
	struct monitor_memory *memory = arg;
	const struct ndproxy_monitor_digits *monitor = memory->arg;
	struct ndproxy_call *call = ch->call;

	if (monitor->modes) {
		if (!call_has_digits(call))
			return ndproxy_bad(cmd, &monitor->call, -EBADFD);
		if (monitor->modes & ~call_caps(call)->report_digits)
			return ndproxy_bad(cmd, &monitor->modes, -EOPNOTSUPP);
	}
	if (!call->digit_report) {
		WRITE_ONCE(call->digit_report, memory->report);
		memory->report = NULL;
	}
	ndproxy_event_monitor_digits(ch, monitor->modes, &memory->ring);
	ndproxy_digits_changed(call, cmd->session);
	ndproxy_call_hold(call);
	memory->call = call;
	return 0;
}

/**
 * ndproxy_monitor_digits() - NDPROXY_MONITOR_DIGITS
 * @cmd: the command
 * @arg: struct ndproxy_monitor_digits
 *
 * Return: 0; -EINVAL, -EBADF, -ENODEV, -EBADFD, -EOPNOTSUPP, -ENOMEM
 *
 * Context: process context, may sleep; waits for nobody
 */
int ndproxy_monitor_digits(struct ndproxy_command *cmd, void *arg)
{
	const struct ndproxy_monitor_digits *monitor = arg;
	struct monitor_memory memory = { .arg = monitor };
	int err = -ENOMEM;

	if (monitor->modes & ~NDPROXY_DIGIT_MODES)
		return ndproxy_bad(cmd, &monitor->modes, -EINVAL);
	if (monitor->modes) {
		memory.ring = kzalloc(sizeof(*memory.ring), GFP_KERNEL_ACCOUNT);
		memory.report = kzalloc(sizeof(*memory.report), GFP_KERNEL_ACCOUNT);
	}
	if (!monitor->modes || (memory.ring && memory.report))
		err = ndproxy_call_command(cmd, &monitor->call, &memory, monitor_digits);
	kfree(memory.ring);
	kfree(memory.report);
	if (memory.call) {
		ndproxy_digits_tell(memory.call);
		ndproxy_call_put(memory.call);
	}
	return err;
}

static void generation_put(struct ndproxy_generation *generation)
{
	if (!refcount_dec_and_test(&generation->ref))
		return;
	ndproxy_call_put(generation->call);
	kfree(generation);
}

/**
 * ndproxy_generation_free() - the request of digits that are sent is over
 * @own: the request; its memory is the call manager's, too
 *
 * Context: any but interrupts
 */
void ndproxy_generation_free(struct ndproxy_request_own *own)
{
	generation_put(container_of(own, struct ndproxy_generation, own));
}

/* The call manager has sent them, or will not.  False: somebody has answered for it before. */
static bool generation_done(struct ndproxy_generation *generation, int status, bool tell)
{
	struct ndproxy_pending *request = &generation->own.request;
	spinlock_t *lock = &generation->call->line->adapter->lock;
	bool pending;

	if (!generation->is_request)
		return true;
	spin_lock(lock);
	pending = !request->answered;
	if (pending && tell) {
		ndproxy_call_trace(generation->call, false, "LINE_GENERATE", status);
		ndproxy_request_finish(request, status);
	} else if (pending) {
		request->answered = true;
		list_del_init(&request->node);
	}
	spin_unlock(lock);
	return pending;
}

static void generation_complete(struct condis_oid_request *oid, int status)
{
	struct ndproxy_generation *generation = oid->context;
	struct ndproxy_binding *adapter = generation->call->line->adapter;

	kref_get(&adapter->ref);
	generation_done(generation, status ? -ECANCELED : 0, true);
	generation_put(generation);
	ndproxy_adapter_put(adapter);
}

static bool digits_valid(const struct ndproxy_generate_digits *generate)
{
	const char *known = generate->mode == LINEDIGITMODE_PULSE ? "0123456789," :
								   "0123456789ABCD*#,";
	size_t length = strnlen(generate->digits, sizeof(generate->digits));

	return length < sizeof(generate->digits) && strspn(generate->digits, known) == length &&
	       !memchr_inv(generate->digits + length, 0, sizeof(generate->digits) - length);
}

static int generate_check(struct ndproxy_command *cmd,
			  const struct ndproxy_generate_digits *generate)
{
	bool any = generate->digits[0];

	if (any ? generate->mode != LINEDIGITMODE_PULSE && generate->mode != LINEDIGITMODE_DTMF :
		  generate->mode)
		return ndproxy_bad(cmd, &generate->mode, -EINVAL);
	if (generate->duration > (any ? NDPROXY_DIGIT_MS_MAX : 0))
		return ndproxy_bad(cmd, &generate->duration, -EINVAL);
	if (!digits_valid(generate))
		return ndproxy_bad(cmd, &generate->digits, -EINVAL);
	return 0;
}

static struct ndproxy_generation *generation_alloc(struct ndproxy_session *session,
						   const struct ndproxy_generate_digits *generate)
{
	struct ndproxy_generation *generation;
	struct ndproxy_pending *request;

	if (generate->digits[0]) {
		request = ndproxy_request_alloc_size(session, sizeof(*generation));
		if (IS_ERR(request))
			return ERR_CAST(request);
		request->is_digits = true;
		generation = container_of(request, struct ndproxy_generation, own.request);
		generation->is_request = true;
	} else {
		generation = kzalloc(sizeof(*generation), GFP_KERNEL_ACCOUNT);
		if (!generation)
			return ERR_PTR(-ENOMEM);
	}
	generation->digits.mode = generate->mode;
	generation->digits.duration = generate->duration ?: NDPROXY_DIGIT_MS;
	strscpy(generation->digits.digits, generate->digits, sizeof(generation->digits.digits));
	generation->oid.oid = OID_CONDIS_GENERATE_DIGITS;
	generation->oid.buf = &generation->digits;
	generation->oid.len = sizeof(generation->digits);
	generation->oid.complete = generation_complete;
	generation->oid.context = generation;
	return generation;
}

/* Nobody has it yet. */
static void generation_abandon(struct ndproxy_session *session,
			       struct ndproxy_generation *generation)
{
	if (generation->is_request)
		ndproxy_session_uncharge(session, CONDIS_CHARGE_REQUEST);
	kfree(generation);
}

/* Whether the call can send them; its VC, with a reference, and the request has begun. */
static int generate_begin(struct ndproxy_command *cmd, struct ndproxy_call_handle *ch,
			  const struct ndproxy_generate_digits *generate,
			  struct ndproxy_generation *generation, struct condis_vc **vc)
{
	struct ndproxy_call *call = ch->call;
	int err = ndproxy_call_handle_use(ch);

	if (err)
		return ndproxy_bad(cmd, &generate->call, err);
	if (ch->privilege != LINECALLPRIVILEGE_OWNER)
		return ndproxy_bad(cmd, &generate->call, -EPERM);
	if (call->state != NDPROXY_CALL_CONNECTED || !call->vc ||
	    call->close != NDPROXY_CLOSE_NONE)
		return ndproxy_bad(cmd, &generate->call, -EBADFD);
	if (generate->mode & ~call_caps(call)->generate_digits)
		return ndproxy_bad(cmd, &generate->mode, -EOPNOTSUPP);

	ndproxy_call_trace(call, true, "lineGenerateDigits", 0);
	refcount_set(&generation->ref, generation->is_request ? 3 : 2);
	generation->call = call;
	ndproxy_call_hold(call);
	if (generation->is_request) {
		ch->generates = true;
		ndproxy_request_start(&generation->own.request, ch, NDPROXY_GENERATE_DIGITS,
				      generate->cookie);
	}
	*vc = call->vc;
	condis_vc_hold(*vc);
	return 0;
}

/* What the core or the call manager refuses with, in the words of the interface. */
static int generate_refused(struct ndproxy_command *cmd,
			    const struct ndproxy_generate_digits *generate, int err)
{
	switch (err) {
	case -ESHUTDOWN:
	case -ENODEV:
		/* It is just coming down: the event that says so is on its way. */
		return ndproxy_bad(cmd, &generate->call, -EBADFD);
	case -EBADFD:
	case -EAGAIN:
		return ndproxy_bad(cmd, &generate->call, err);
	case -ENOMEM:
		return err;
	default:
		return ndproxy_bad(cmd, &generate->mode, -EOPNOTSUPP);
	}
}

static int generate_post(struct ndproxy_command *cmd,
			 const struct ndproxy_generate_digits *generate,
			 struct ndproxy_generation *generation, struct condis_vc *vc)
{
	bool pending;
	int err;

	condis_delay_point("digits.generate", condis_vc_id(vc));
	err = condis_co_call_oid_request(vc, &generation->oid);
	if (err == -EINPROGRESS) {
		generation_put(generation);
		return 0;
	}
	/* If the call has ended meanwhile, its end has said so already. */
	pending = generation_done(generation, err, !err);
	if (err && pending && generation->is_request)
		ndproxy_request_free(&generation->own.request);
	/* The call manager's, and our own. */
	generation_put(generation);
	generation_put(generation);
	return err && pending ? generate_refused(cmd, generate, err) : 0;
}

/**
 * ndproxy_generate_digits() - NDPROXY_GENERATE_DIGITS
 * @cmd: the command
 * @arg: struct ndproxy_generate_digits
 *
 * Return: 0; -EINVAL, -EBADF, -ENODEV, -EPERM, -EBADFD, -EOPNOTSUPP, -EAGAIN, -EDQUOT, -ENOMEM
 *
 * Context: process context, may sleep; waits for nobody
 */
int ndproxy_generate_digits(struct ndproxy_command *cmd, void *arg)
{
	const struct ndproxy_generate_digits *generate = arg;
	struct ndproxy_generation *generation;
	struct ndproxy_call_handle *ch;
	struct condis_vc *vc;
	int err;

	err = generate_check(cmd, generate);
	if (err)
		return err;
	err = ndproxy_call_handle_get(cmd->session, generate->call, &ch);
	if (err)
		return ndproxy_bad(cmd, &generate->call, err);
	generation = generation_alloc(cmd->session, generate);
	if (IS_ERR(generation)) {
		err = PTR_ERR(generation);
		goto put_handle;
	}

	spin_lock(ndproxy_call_lock(ch));
	err = generate_begin(cmd, ch, generate, generation, &vc);
	spin_unlock(ndproxy_call_lock(ch));
	if (err) {
		generation_abandon(cmd->session, generation);
		goto put_handle;
	}
	err = generate_post(cmd, generate, generation, vc);
	condis_vc_put(vc);
put_handle:
	ndproxy_handle_put(&ch->handle);
	return err;
}
