// SPDX-License-Identifier: GPL-2.0
/*
 * Providers that do not keep to their side (T8): who never complete a request, complete it after
 * the end of its call, or twice, or who sit in it. ndproxy does none of that, so what the library
 * asks of it and reads of it goes through here: ioctl() and read() of this program are the
 * library's, too.
 */
#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tapi/client.h"

/* What is done with replies. */
enum replies {
	REPLIES_PASS,
	/* The next one is kept; */
	REPLIES_KEEP,
	/* and given, before all else that is read. */
	REPLIES_GIVE,
	/* The next one is given, and given again. */
	REPLIES_TWICE,
};

/**
 * struct provider - what is between the library and ndproxy
 * @lost: commands that are said to be accepted, and that ndproxy does not hear of; 0 ends them
 * @held: the command that does not return while this is set
 * @is_held: somebody is in it
 * @replies: what is done with replies; of the thread that reads
 * @kept: the reply that was
 * @is_kept: there is one
 */
static struct provider {
	unsigned long lost[4];
	atomic_ulong held;
	atomic_bool is_held;
	enum replies replies;
	struct ndproxy_event kept;
	bool is_kept;
} provider;

int ioctl(int fd, unsigned long command, ...)
{
	va_list arguments;
	void *argument;
	size_t i;

	va_start(arguments, command);
	argument = va_arg(arguments, void *);
	va_end(arguments);
	for (i = 0; i < ARRAY_SIZE(provider.lost); i++)
		if (provider.lost[i] && provider.lost[i] == command)
			return 0;
	while (command == atomic_load(&provider.held)) {
		atomic_store(&provider.is_held, true);
		usleep(1000);
	}
	return (int)syscall(SYS_ioctl, fd, command, argument);
}

ssize_t read(int fd, void *data, size_t size)
{
	struct ndproxy_event *event = data;
	ssize_t length;

	if (size == sizeof(*event) && provider.replies == REPLIES_GIVE && provider.is_kept) {
		*event = provider.kept;
		provider.is_kept = false;
		return sizeof(*event);
	}
	length = syscall(SYS_read, fd, data, size);
	if (size != sizeof(*event) || length != (ssize_t)size || event->type != LINE_REPLY)
		return length;
	if (provider.replies == REPLIES_PASS || provider.replies == REPLIES_GIVE)
		return length;
	provider.kept = *event;
	provider.is_kept = true;
	if (provider.replies == REPLIES_TWICE) {
		provider.replies = REPLIES_GIVE;
		return length;
	}
	provider.replies = REPLIES_PASS;
	return read(fd, data, size);
}

static int provider_setup(void **state)
{
	memset(&provider, 0, sizeof(provider));
	return tapi_setup(state);
}

static int provider_teardown(void **state)
{
	memset(&provider, 0, sizeof(provider));
	return tapi_teardown(state);
}

#define PROVIDER_TEST(function) \
	cmocka_unit_test_setup_teardown(function, provider_setup, provider_teardown)

static void lose(unsigned long first, unsigned long second, unsigned long third)
{
	provider.lost[0] = first;
	provider.lost[1] = second;
	provider.lost[2] = third;
}

/* Each request that is left when its line is closed from below fails, before all is over. */
static void line_goes(void **state)
{
	(void)state;
	tapi_offering();
	lose(NDPROXY_ACCEPT, NDPROXY_ANSWER, NDPROXY_DROP);
	play_on("callee: shows-lines",
		"callee: accept C1",
		"callee: answer C1",
		"callee: drop C1",
		"callee: hears-nothing",
		"world: pull b",
		"callee: hears C1 DISCONNECTED OUTOFORDER; C1 IDLE",
		"callee: hears reply C1 Accept OPERATIONFAILED; reply C1 Answer OPERATIONFAILED; "
		"reply C1 Drop OPERATIONFAILED; L1 CLOSE; REMOVE 1",
		"callee: hears-nothing",
		"callee: drop C1 = INVALCALLHANDLE",
		"caller: hears C1 DISCONNECTED OUTOFORDER",
		"caller: hears-nothing");
	lose(0, 0, 0);
	play_end(__FILE__, __LINE__);
}

/* Other lines' requests are not concerned: they wait on, and are forgotten with their own line. */
static void other_line_goes(void **state)
{
	(void)state;
	tapi_offering();
	lose(NDPROXY_ANSWER, 0, 0);
	play_on("callee: open a none",
		"callee: answer C1",
		"callee: hears-nothing");
	lose(0, 0, 0);
	play_on("world: pull a",
		"callee: hears-any C1 DISCONNECTED OUTOFORDER; L2 CLOSE",
		"callee: hears-nothing",
		"callee: close L1",
		"callee: hears-nothing",
		"caller: hears C1 DISCONNECTED OUTOFORDER; C1 IDLE; L1 CLOSE");
	play_end(__FILE__, __LINE__);
}

/* Neither a reply nor an IDLE: to close waits for nobody, and ends the call for the others. */
static void application_closes(void **state)
{
	long long start;

	(void)state;
	tapi_connected();
	lose(NDPROXY_DROP, 0, 0);
	start = now_ms();
	play_on("callee: drop C1",
		"callee: close L1");
	assert_in_range(now_ms() - start, 0, promptness());
	lose(0, 0, 0);
	play_on("callee: hears-nothing",
		"caller: hears C1 DISCONNECTED NORMAL",
		"caller: deallocate C1",
		"world: vcs 0");
	play_end(__FILE__, __LINE__);
}

/* A reply after the end of its call's line says nothing; */
static void late_after_close(void **state)
{
	(void)state;
	tapi_connected();
	play_on("callee: hears-nothing");
	provider.replies = REPLIES_KEEP;
	play_on("callee: drop C1",
		"callee: hears C1 IDLE",
		"callee: hears-nothing",
		"callee: close L1");
	assert_true(provider.is_kept);
	provider.replies = REPLIES_GIVE;
	play_on("callee: hears-nothing");
	assert_false(provider.is_kept);
	client_do(client_of("caller"), "hears C1 DISCONNECTED NORMAL");
	play_end(__FILE__, __LINE__);
}

/* after the end of its call it is given from 2.0 on, and not before. */
static void late_after_deallocation(void **state)
{
	static const char *const begins[] = {
		"callee: begin 2.0 event", "callee: begin 1.4 event",
	};
	size_t i;

	(void)state;
	two_adapters("1");
	for (i = 0; i < ARRAY_SIZE(begins); i++) {
		play_on(begins[i],
			"callee: open b owner",
			"caller: open a none",
			"caller: call L1 200",
			"caller: hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK",
			i ? "callee: hears new C1 OFFERING ACTIVE owner" :
			"callee: hears L1 new C1 owner at 0; C1 OFFERING ACTIVE owner");
		provider.replies = REPLIES_KEEP;
		play_on("callee: drop C1",
			"callee: hears C1 IDLE",
			"callee: hears-nothing",
			"callee: deallocate C1");
		assert_true(provider.is_kept);
		provider.replies = REPLIES_GIVE;
		play_on(i ? "callee: hears-nothing" : "callee: hears reply C1 Drop 0",
			"callee: hears-nothing",
			"caller: hears C1 DISCONNECTED REJECT");
		assert_false(provider.is_kept);
		provider.replies = REPLIES_PASS;
		play_end(__FILE__, __LINE__);
	}
}

static void twice(void **state)
{
	(void)state;
	tapi_connected();
	play_on("callee: hears-nothing");
	provider.replies = REPLIES_TWICE;
	play_on("callee: drop C1",
		"callee: hears-any reply C1 Drop 0; C1 IDLE",
		"callee: hears-nothing",
		"caller: hears C1 DISCONNECTED NORMAL");
	assert_int_equal(provider.replies, REPLIES_GIVE);
	assert_false(provider.is_kept);
	play_end(__FILE__, __LINE__);
}

/**
 * struct asking - a thread that asks for something, and sits in it
 * @thread: the thread
 * @call: of which call
 * @result: what was answered
 */
struct asking {
	pthread_t thread;
	HCALL call;
	LONG result;
};

static void *answer(void *argument)
{
	struct asking *asking = argument;

	asking->result = lineAnswer(asking->call, NULL, 0);
	return NULL;
}

static void asking_start(struct asking *asking, HCALL call)
{
	asking->call = call;
	atomic_store(&provider.held, NDPROXY_ANSWER);
	assert_int_equal(pthread_create(&asking->thread, NULL, answer, asking), 0);
	while (!atomic_load(&provider.is_held))
		sched_yield();
}

static void asking_end(struct asking *asking)
{
	atomic_store(&provider.held, 0);
	assert_int_equal(pthread_join(asking->thread, NULL), 0);
}

/* The line goes while somebody sits in a request: that is answered, and so has not failed. */
static void line_goes_meanwhile(void **state)
{
	struct asking asking;
	struct client *callee;
	LINEMESSAGE message;

	(void)state;
	tapi_offering();
	callee = client_of("callee");
	client_do(callee, "hears-nothing");
	asking_start(&asking, client_call(callee, 1));
	adapter_surprise("b");
	play_on("callee: hears C1 DISCONNECTED OUTOFORDER; C1 IDLE");
	assert_true(client_receive(callee, &message, patience()));
	assert_int_equal(message.dwMessageID, LINE_REPLY);
	assert_true(message.dwParam2 == 0x80000048ULL);
	client_do(callee, "hears L1 CLOSE");
	asking_end(&asking);
	assert_true(asking.result > 0);
	assert_int_equal(asking.result, message.dwParam1);
	play_on("callee: hears-nothing",
		"caller: hears C1 DISCONNECTED OUTOFORDER");
	play_end(__FILE__, __LINE__);
}

/*
 * While somebody sits in a request, for however long, nobody else waits, in this application or in
 * another; nor does the end of the call, of the line, and of the application.
 */
static void others_meanwhile(void **state)
{
	struct asking asking;
	struct client *callee;
	long long start;

	(void)state;
	tapi_offering();
	callee = client_of("callee");
	client_do(callee, "hears-nothing");
	asking_start(&asking, client_call(callee, 1));
	start = now_ms();
	play_on("callee: state C1 OFFERING",
		"callee: counts C1 1+0",
		"callee: open b none",
		"callee: close L2",
		"caller: call L1 200",
		"caller: hears reply C2 MakeCall 0; C2 PROCEEDING; C2 RINGBACK",
		"callee: hears L1 new C2 owner at 0; C2 OFFERING ACTIVE owner",
		"callee: drop C2",
		"callee: hears-any reply C2 Drop 0; C2 IDLE",
		"caller: hears C2 DISCONNECTED REJECT",
		"callee: deallocate C1",
		"caller: hears C1 DISCONNECTED NORMAL",
		"callee: close L1",
		"callee: shutdown");
	assert_in_range(now_ms() - start, 0, promptness());
	asking_end(&asking);
	/* It was a request until its line was closed. */
	assert_true(asking.result > 0);
	play_end(__FILE__, __LINE__);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROVIDER_TEST(line_goes),
		PROVIDER_TEST(other_line_goes),
		PROVIDER_TEST(application_closes),
		PROVIDER_TEST(late_after_close),
		PROVIDER_TEST(late_after_deallocation),
		PROVIDER_TEST(twice),
		PROVIDER_TEST(line_goes_meanwhile),
		PROVIDER_TEST(others_meanwhile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
