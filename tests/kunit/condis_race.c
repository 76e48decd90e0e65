// SPDX-License-Identifier: GPL-2.0
/*
 * How races are run: two tasks, stops, and a look at what happened.
 */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/kthread.h>
#include <condis/delay.h>

#include "condis_race.h"

/* How often both sides are let loose at once; a halt takes long. */
#define ROUNDS		24
#define ROUNDS_HALT	4
/* How long a side may take: longer than a stop holds, and than a halt's deadlines. */
#define SIDE_TIMEOUT	(40 * HZ)

struct side {
	struct fake *f;
	void *object;
	int (*fn)(struct fake *f, void *object);
	struct task_struct *task;
	struct completion done;
	unsigned int skew;
	int result;
	bool running;
};

static struct side sides[2];
static atomic_t not_ready;

/* What a run is about: the numbers of its objects, for stops. */
struct run {
	struct kunit *test;
	const struct race *race;
	struct fake *f;
	void *object;
	bool is_vc;
	u64 vc_id;
	u64 af_id;
	u64 sap_id;
	u32 seen;
};

static int side_thread(void *arg)
{
	struct side *side = arg;

	/* Both at once: who is first waits for the other one, and then a little. */
	if (atomic_read(&not_ready)) {
		atomic_dec(&not_ready);
		while (atomic_read(&not_ready) > 0)
			cpu_relax();
		udelay(side->skew);
	}
	side->result = side->fn(side->f, side->object);
	/* Not complete() and a return: the module's text may go in between. */
	kthread_complete_and_exit(&side->done, 0);
}

static void side_prepare(struct run *run, unsigned int which, unsigned int skew)
{
	struct side *side = &sides[which];

	side->f = run->f;
	side->object = run->object;
	side->fn = run->race->side[which];
	side->skew = skew;
	side->result = 0;
	init_completion(&side->done);
	side->task = kthread_create(side_thread, side, "race%u", which);
	KUNIT_ASSERT_FALSE(run->test, IS_ERR(side->task));
	kthread_bind(side->task, which % num_online_cpus());
	side->running = true;
}

static void side_start(struct run *run, unsigned int which)
{
	side_prepare(run, which, 0);
	wake_up_process(sides[which].task);
}

static bool side_join(struct run *run, unsigned int which, unsigned long timeout)
{
	struct side *side = &sides[which];

	if (!side->running)
		return true;
	if (!wait_for_completion_timeout(&side->done, timeout))
		return false;
	side->running = false;
	return true;
}

/* For good: a side that does not come back is a deadlock, which the guest notices. */
static void sides_join(struct run *run)
{
	unsigned int which;

	for (which = 0; which < 2; which++) {
		if (side_join(run, which, SIDE_TIMEOUT))
			continue;
		KUNIT_FAIL(run->test, "side %u does not come back; so far: %s", which,
			   run->f->log);
		wait_for_completion(&sides[which].done);
		sides[which].running = false;
	}
}

/* A case's end, also after an assertion that failed. */
void race_exit(struct kunit *test)
{
	unsigned int which;

	condis_delay_release_all();
	for (which = 0; which < 2; which++) {
		if (sides[which].running)
			wait_for_completion(&sides[which].done);
		sides[which].running = false;
	}
	fake_exit(test);
}

static bool begins(const char *word, const char *with)
{
	return !strncmp(word, with, strlen(with));
}

/* The number of the object that a point is about. */
static u64 stop_id(const struct run *run, const char *point)
{
	if (begins(point, "vc.create.") || begins(point, "vc.mcm_create.") ||
	    begins(point, "af.") || begins(point, "request.") || begins(point, "rundown.af_"))
		return run->af_id;
	if (begins(point, "vc.") || begins(point, "rundown.vc_"))
		return run->vc_id;
	if (begins(point, "sap."))
		return run->sap_id;
	return run->f->adapter->id;
}

static void run_begin(struct run *run)
{
	unsigned long breaks = run->race->breaks;
	struct fake *f = run->f;
	unsigned int violation;
	struct condis_vc *vc;

	if (run->race->halts) {
		if (f)
			fake_exit(run->test);
		f = NULL;
	}
	if (!f) {
		f = fake_ready(run->test);
		if (run->race->set)
			run->race->set(f);
		/* Each speaks of what the other one may just have ended, of which it has heard. */
		fake_free_violation(f, CONDIS_VIOLATION_AFTER_END);
		for_each_set_bit(violation, &breaks, CONDIS_NR_VIOLATIONS)
			fake_free_violation(f, violation);
		run->f = f;
	}
	f->nr_vcs = 0;
	if (!f->af)
		fake_open(f);
	if (!f->sap)
		fake_listen(f);
	vc = run->race->prepare ? run->race->prepare(f) : NULL;
	run->is_vc = vc;
	if (vc) {
		condis_vc_hold(vc);
		run->object = vc;
		run->vc_id = vc->id;
	} else {
		condis_af_hold(f->af);
		run->object = f->af;
		run->vc_id = 0;
	}
	run->af_id = f->af->id;
	run->sap_id = f->sap ? f->sap->id : 0;
	fake_clear(f);
}

/* Words that are about another object first, and a '|'; the order in each is kept. */
static void part_streams(char *text, size_t size, const char *words, const char *streams)
{
	size_t n = 0;
	int pass;

	for (pass = 0; pass < 2; pass++) {
		const char *word = words;

		while (*word) {
			size_t length = strcspn(word, " ");
			const char *stream = streams;
			bool other = false;

			while (*stream) {
				size_t prefix = strcspn(stream, " ");

				if (prefix && prefix <= length && !strncmp(word, stream, prefix))
					other = true;
				stream += prefix;
				stream += strspn(stream, " ");
			}
			if (other == !pass)
				n += scnprintf(text + n, size - n, "%.*s ", (int)length, word);
			word += length;
			word += strspn(word, " ");
		}
		if (!pass)
			n += scnprintf(text + n, size - n, "| ");
	}
	if (n && text[n - 1] == ' ')
		text[n - 1] = '\0';
}

static const char *result_name(int result, char *buffer, size_t size)
{
	const char *name = fake_error_name(result);

	if (name)
		return name;
	snprintf(buffer, size, "%d", result);
	return buffer;
}

static void run_check(struct run *run, const char *how)
{
	struct fake *f = run->f;
	const char * const *allowed = run->race->allowed;
	char number[2][12];
	char *got = f->want;
	unsigned int i;
	size_t n;

	n = scnprintf(got, sizeof(f->want), "%s %s: ",
		      result_name(sides[0].result, number[0], sizeof(number[0])),
		      result_name(sides[1].result, number[1], sizeof(number[1])));
	if (run->race->streams)
		part_streams(got + n, sizeof(f->want) - n, f->log, run->race->streams);
	else
		scnprintf(got + n, sizeof(f->want) - n, "%s", f->log);

	for (i = 0; i < RACE_ALLOWED && allowed[i]; i++) {
		if (!strcmp(got, allowed[i] + (allowed[i][0] == '?'))) {
			run->seen |= BIT(i);
			return;
		}
	}
	KUNIT_FAIL(run->test, "%s: not allowed: \"%s\"", how, got);
	for (i = 0; i < RACE_ALLOWED && allowed[i]; i++)
		kunit_info(run->test, "allowed: \"%s\"\n", allowed[i]);
}

/* Nobody has it any more but this run: what a work had to do is done, too. */
static bool is_over(struct run *run)
{
	struct condis_vc *vc = run->object;
	struct condis_af *af = run->object;
	unsigned int tries;

	for (tries = 0; tries < 1000; tries++) {
		flush_workqueue(run->f->wq);
		if (kref_read(run->is_vc ? &vc->upcalls.ref : &af->upcalls.ref) == 1)
			return true;
		msleep(20);
	}
	return false;
}

static void run_end(struct run *run, const char *how)
{
	int result[2] = { sides[0].result, sides[1].result };
	struct fake *f = run->f;
	bool halts = run->race->halts;

	if (run->race->finish)
		run->race->finish(f, run->object, result);
	KUNIT_EXPECT_TRUE_MSG(run->test, is_over(run), "%s: it is not over: %s", how, f->log);
	run_check(run, how);
	if (run->is_vc)
		condis_vc_put(run->object);
	else
		condis_af_put(run->object);
	fake_expect_counts(f, !halts, f->af ? 1 : 0, f->sap ? 1 : 0, 0);
}

static void run_in_order(struct run *run, unsigned int first)
{
	run_begin(run);
	side_start(run, first);
	if (side_join(run, first, SIDE_TIMEOUT))
		side_start(run, !first);
	else
		KUNIT_FAIL(run->test, "side %u does not come back", first);
	sides_join(run);
	run_end(run, first ? "the second side first" : "the first side first");
}

static void run_stopped(struct run *run, unsigned int which, const char *point)
{
	struct condis_delay_stop *stop, *until = NULL;
	const char *up_to = run->race->until[!which];
	char how[RACE_NAME_SIZE + 32];

	run_begin(run);
	stop = condis_delay_stop(point, stop_id(run, point));
	KUNIT_ASSERT_NOT_NULL(run->test, stop);
	side_start(run, which);
	KUNIT_EXPECT_TRUE_MSG(run->test, condis_delay_wait(stop), "side %u never came to %s",
			      which, point);
	/* All of the other side's part, while this one is stopped. */
	if (up_to) {
		until = condis_delay_stop(up_to, stop_id(run, up_to));
		KUNIT_ASSERT_NOT_NULL(run->test, until);
	}
	side_start(run, !which);
	if (until) {
		KUNIT_EXPECT_TRUE_MSG(run->test, condis_delay_wait(until),
				      "side %u waits for one that is stopped at %s", !which,
				      point);
		condis_delay_release(until);
	} else {
		KUNIT_EXPECT_TRUE_MSG(run->test, side_join(run, !which, SIDE_TIMEOUT / 4),
				      "side %u waits for one that is stopped at %s", !which,
				      point);
	}
	KUNIT_EXPECT_TRUE_MSG(run->test, condis_delay_release(stop),
			      "side %u was not held at %s", which, point);
	sides_join(run);
	snprintf(how, sizeof(how), "side %u stopped at %s", which, point);
	run_end(run, how);
}

static void run_at_once(struct run *run, unsigned int round)
{
	run_begin(run);
	atomic_set(&not_ready, 2);
	/* Now the one, now the other is a little late. */
	side_prepare(run, 0, round & 1 ? round * 5 : 0);
	side_prepare(run, 1, round & 1 ? 0 : round * 5);
	wake_up_process(sides[0].task);
	wake_up_process(sides[1].task);
	sides_join(run);
	run_end(run, "both at once");
}

/* Run a race in every way that there is. */
void race_run(struct kunit *test, const struct race *race)
{
	struct run run = { .test = test, .race = race };
	unsigned int which, i, rounds = race->halts ? ROUNDS_HALT : ROUNDS;

	run_in_order(&run, 0);
	run_in_order(&run, 1);
	for (which = 0; which < 2; which++)
		for (i = 0; i < RACE_STOPS && race->stops[which][i]; i++)
			run_stopped(&run, which, race->stops[which][i]);
	for (i = 0; i < rounds; i++)
		run_at_once(&run, i);

	for (i = 0; i < RACE_ALLOWED && race->allowed[i]; i++)
		if (race->allowed[i][0] != '?')
			KUNIT_EXPECT_TRUE_MSG(test, run.seen & BIT(i), "never happened: \"%s\"",
					      race->allowed[i]);
}

/* An outgoing call that is up. */
struct condis_vc *race_connected(struct fake *f)
{
	return fake_dial(f);
}

/* One that came in. */
struct condis_vc *race_incoming(struct fake *f)
{
	return fake_incoming(f);
}

/* An offer that the client thinks about. */
struct condis_vc *race_offered(struct fake *f)
{
	return fake_offer(f);
}

/* Only the family: its SAP is deregistered before. */
struct condis_vc *race_family(struct fake *f)
{
	condis_cl_deregister_sap(f->sap);
	f->sap = NULL;
	return NULL;
}

int race_close(struct fake *f, void *object)
{
	return fake_close(f, object);
}

int race_hang_up(struct fake *f, void *object)
{
	return condis_mcm_dispatch_incoming_close_call(object, Q850_NORMAL_CLEARING);
}

int race_halt(struct fake *f, void *object)
{
	f->adapter_up = false;
	condis_unregister_adapter(f->adapter);
	return 0;
}
