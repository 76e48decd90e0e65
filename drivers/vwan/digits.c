// SPDX-License-Identifier: GPL-2.0
/*
 * Digits of a call: those that its client sends, one after the other in time, and those
 * that come and that it wants to hear of.
 *
 * A request to send is asked beside the leg's handlers.  It is put where the leg finds it,
 * under adapter.lock, and is the leg's own from there on; its digits are a copy, so that
 * nothing is looked at that the core may have answered for us.  The end of the call takes
 * what is there, and lets nothing in any more, before the client hears of it.
 */
#include <linux/jiffies.h>
#include <linux/ndproxy.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "vwan.h"

/**
 * struct vwan_digits - digits that are to be sent
 * @request: the client's, to be answered
 * @mode: one LINEDIGITMODE_*, or 0 without digits
 * @duration: milliseconds of each, and of the silence after it
 * @at: the next
 * @sounding: the one before that is being sent
 * @digit: they
 */
struct vwan_digits {
	struct condis_oid_request *request;
	u32 mode;
	u32 duration;
	u32 at;
	bool sounding;
	char digit[CONDIS_DIGITS_SIZE];
};

/* The client's request is answered, and nothing is left of it here. */
static void digits_finish(struct vwan_leg *leg, struct vwan_digits *digits, int status)
{
	if (!digits)
		return;
	condis_delay_point("wan.digits.finish", condis_vc_id(leg->vc));
	condis_mcm_oid_request_complete(condis_vc_af(leg->vc), digits->request, status);
	kfree(digits);
}

static void digits_arm(struct vwan_leg *leg, u32 ms)
{
	leg->digit_timed = true;
	/* One more: the current jiffy has begun already. */
	leg->digit_deadline = jiffies + msecs_to_jiffies(ms) + 1;
}

/*
 * The next thing to do: a digit begins, or ends; or all of them were sent.  Its message may
 * end the call, and these digits with it: nothing of them is looked at afterwards.
 */
static void digits_step(struct vwan_leg *leg)
{
	struct vwan_digits *digits = leg->digits;
	int code = -1;
	char digit;

	if (digits->sounding) {
		digits->sounding = false;
		digits_arm(leg, digits->duration);
		if (digits->mode == LINEDIGITMODE_DTMF)
			code = q931_digit_code(digits->digit[digits->at - 1],
					       LINEDIGITMODE_DTMFEND);
	} else {
		digit = digits->digit[digits->at];
		if (!digit) {
			leg->digits = NULL;
			leg->digit_timed = false;
			digits_finish(leg, digits, 0);
			return;
		}
		digits->at++;
		if (digit == ',') {
			digits_arm(leg, NDPROXY_DIGIT_PAUSE_MS);
			return;
		}
		digits->sounding = true;
		digits_arm(leg, digits->duration);
		code = q931_digit_code(digit, digits->mode);
	}
	if (code >= 0)
		vwan_leg_send_digit(leg, code);
}

/**
 * vwan_digits_run() - do what is due of a leg's digits
 * @leg: the leg
 *
 * Context: the leg's
 */
void vwan_digits_run(struct vwan_leg *leg)
{
	struct vwan_adapter *adapter = leg->adapter;
	struct vwan_digits *asked = NULL;

	/* Who asks signals afterwards. */
	if (READ_ONCE(leg->digits_asked)) {
		/* A tone that is broken off has an end, too; with it all may be over. */
		if (leg->digits && leg->digits->sounding)
			digits_step(leg);
		spin_lock(&adapter->lock);
		asked = leg->digits_asked;
		WRITE_ONCE(leg->digits_asked, NULL);
		spin_unlock(&adapter->lock);
	}

	if (asked) {
		digits_finish(leg, leg->digits, -ECANCELED);
		leg->digits = asked;
		leg->digit_timed = false;
		digits_step(leg);
	} else if (leg->digit_timed && time_after_eq(jiffies, leg->digit_deadline)) {
		leg->digit_timed = false;
		digits_step(leg);
	}
}

/**
 * vwan_digits_open() - the call is connected: digits can be sent
 * @leg: the leg
 *
 * Context: the leg's
 */
void vwan_digits_open(struct vwan_leg *leg)
{
	spin_lock(&leg->adapter->lock);
	leg->digits_open = leg->attached;
	spin_unlock(&leg->adapter->lock);
}

/**
 * vwan_digits_close() - the call ends: no digits any more
 * @leg: the leg; idempotent
 *
 * Context: the leg's, or halt after the last handler
 */
void vwan_digits_close(struct vwan_leg *leg)
{
	struct vwan_digits *asked, *digits = leg->digits;
	bool halted;

	spin_lock(&leg->adapter->lock);
	leg->digits_open = false;
	asked = leg->digits_asked;
	WRITE_ONCE(leg->digits_asked, NULL);
	halted = leg->adapter->halted;
	spin_unlock(&leg->adapter->lock);
	condis_delay_point("wan.digits.closed", condis_vc_id(leg->vc));

	leg->digits = NULL;
	leg->digit_timed = false;
	WRITE_ONCE(leg->report_digits, 0);
	if (halted) {
		/* Whoever was asked for them was answered when the family was ended by force. */
		kfree(digits);
		kfree(asked);
		return;
	}
	digits_finish(leg, digits, -ECANCELED);
	digits_finish(leg, asked, -ECANCELED);
}

/**
 * vwan_digits_arrive() - a digit came
 * @leg: for which call
 * @code: its code
 *
 * Context: the leg's
 */
void vwan_digits_arrive(struct vwan_leg *leg, u32 code)
{
	struct condis_status status = { .code = CONDIS_STATUS_DIGIT };

	status.digit = q931_digit(code, &status.digit_mode);
	if (!(READ_ONCE(leg->report_digits) & status.digit_mode))
		return;
	condis_trace_message(leg->vc, CONDIS_PARTY_MINIPORT, CONDIS_PARTY_NDPROXY, "digit",
			     q931_detail(Q931_INFORMATION, code));
	condis_m_indicate_status(leg->adapter->adapter, leg->vc, &status);
}

static int digits_check(const struct condis_digits *asked)
{
	size_t length = strnlen(asked->digits, sizeof(asked->digits)), i;

	if (length == sizeof(asked->digits))
		return -EINVAL;
	if (length && (asked->mode == LINEDIGITMODE_DTMFEND || !asked->duration ||
		       asked->duration > NDPROXY_DIGIT_MS_MAX))
		return -EINVAL;
	for (i = 0; i < length; i++)
		if (asked->digits[i] != ',' && q931_digit_code(asked->digits[i], asked->mode) < 0)
			return -EINVAL;
	return 0;
}

static int digits_generate(struct condis_vc *vc, struct condis_oid_request *request)
{
	const struct condis_digits *asked = request->buf;
	struct vwan_leg *leg = vwan_leg_of(vc);
	struct vwan_adapter *adapter = leg->adapter;
	struct vwan_digits *digits, *before = NULL;
	int err = vwan_answer_fits(request, sizeof(*asked)) ?: digits_check(asked);

	if (err)
		return err;
	digits = kzalloc(sizeof(*digits), GFP_KERNEL_ACCOUNT);
	if (!digits)
		return -ENOMEM;
	digits->request = request;
	digits->mode = asked->mode;
	digits->duration = asked->duration;
	strscpy(digits->digit, asked->digits, sizeof(digits->digit));

	spin_lock(&adapter->lock);
	if (leg->digits_open && leg->attached) {
		before = leg->digits_asked;
		WRITE_ONCE(leg->digits_asked, digits);
	} else {
		err = -EBADFD;
	}
	spin_unlock(&adapter->lock);
	if (err) {
		kfree(digits);
		return err;
	}
	digits_finish(leg, before, -ECANCELED);
	condis_delay_point("wan.digits.asked", condis_vc_id(vc));
	condis_mcm_post_signal(vc);
	return -EINPROGRESS;
}

static int digits_report(struct condis_vc *vc, struct condis_oid_request *request)
{
	const u32 known = LINEDIGITMODE_PULSE | LINEDIGITMODE_DTMF | LINEDIGITMODE_DTMFEND;
	const struct condis_digit_report *report = request->buf;
	int err = vwan_answer_fits(request, sizeof(*report));

	if (err)
		return err;
	if (!report->modes || report->modes & ~known)
		return -EINVAL;
	WRITE_ONCE(vwan_leg_of(vc)->report_digits, report->modes);
	return 0;
}

/**
 * vwan_digits_request() - OIDs of digits
 * @vc: about which call; the core lets none in without
 * @request: the request
 *
 * Context: process
 * Return: 0; -EINPROGRESS: answered when the digits were sent; -EMSGSIZE; -EINVAL: no such mode or
 * digit; -EBADFD: the call is not connected; -ENOMEM; -EOPNOTSUPP: another OID
 */
int vwan_digits_request(struct condis_vc *vc, struct condis_oid_request *request)
{
	switch (request->oid) {
	case OID_CO_TAPI_REPORT_DIGITS:
		return digits_report(vc, request);
	case OID_CO_TAPI_DONT_REPORT_DIGITS:
		WRITE_ONCE(vwan_leg_of(vc)->report_digits, 0);
		return 0;
	case OID_CONDIS_GENERATE_DIGITS:
		return digits_generate(vc, request);
	default:
		return -EOPNOTSUPP;
	}
}
