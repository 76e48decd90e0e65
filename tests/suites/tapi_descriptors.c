// SPDX-License-Identifier: GPL-2.0
/*
 * What programs do to the descriptors that the library waits on and writes to (D.9): they close
 * them early, and open something else by their numbers.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tapi/client.h"

/*
 * An application closes its port too early, and its number becomes another file's: nothing is
 * written there.
 */
static void port_is_closed_early(void **state)
{
	struct client *callee;
	int ends[2], port, other;
	char byte;

	(void)state;
	two_adapters("1");
	callee = client_begun("callee", V2_2, "port");
	client_do(callee, "open b owner");
	port = callee->port;
	other = callee->event;
	assert_int_equal(pipe2(ends, O_CLOEXEC | O_NONBLOCK), 0);
	assert_int_equal(dup3(ends[1], port, O_CLOEXEC), port);
	callee->port = -1;
	callee->event = -1;
	play_on("caller: open a none",
		"caller: call L1 200",
		"caller: hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK");
	/* It has its message at the port that it was given. */
	assert_true(wait_fd(other, POLLIN, patience()) & POLLIN);
	assert_int_equal(client_shutdown(callee), 0);
	assert_int_equal(read(ends[0], &byte, 1), -1);
	assert_int_equal(errno, EAGAIN);
	client_do(client_of("caller"), "hears C1 DISCONNECTED NORMAL");
	close(ends[0]);
	close(ends[1]);
	close(port);
	close(other);
	play_end(__FILE__, __LINE__);
}

/* What this thread has computed so far, ms. */
static long long computed_ms(void)
{
	struct timespec time;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
	return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

/* Whether a child of fork() has the descriptor. */
static bool child_has(int fd)
{
	pid_t pid = fork();
	int status;

	assert_true(pid >= 0);
	if (!pid)
		_exit(fcntl(fd, F_GETFD) < 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return !WEXITSTATUS(status);
}

/*
 * An application closes its event. Nobody spins; its messages come; and what has the event's
 * number from then on is the application's: nothing is added to it, and neither lineShutdown() nor
 * a child of fork() closes it.
 */
static void event_is_closed(const char *way)
{
	struct client *callee;
	long long computed;
	LINEMESSAGE message;
	int event, own;

	two_adapters("1");
	callee = client_begun("callee", V2_2, way);
	client_do(callee, "open b owner");
	client_do(callee, "hears-nothing");
	event = tapi_dispatch_fd(callee->app);
	assert_false(child_has(event));

	assert_int_equal(close(event), 0);
	computed = computed_ms();
	assert_false(client_receive(callee, &message, 500));
	assert_true(computed_ms() - computed < 100);

	own = epoll_create1(EPOLL_CLOEXEC);
	assert_true(own >= 0);
	if (own != event) {
		assert_int_equal(dup3(own, event, O_CLOEXEC), event);
		close(own);
	}
	play_on("caller: open a none",
		"caller: call L1 200",
		"caller: hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK",
		"callee: hears L1 new C1 owner at 0; C1 OFFERING ACTIVE owner",
		"callee: hears-nothing");
	assert_true(child_has(event));
	assert_int_equal(client_shutdown(callee), 0);
	client_do(client_of("caller"), "hears C1 DISCONNECTED *");
	/* It is there, and has nothing in it that could be readable. */
	assert_int_equal(wait_fd(event, POLLIN, 0), 0);
	assert_int_equal(close(event), 0);
	play_end(__FILE__, __LINE__);
}

static void event_is_closed_early(void **state)
{
	(void)state;
	event_is_closed("event");
}

static void dispatch_fd_is_closed_early(void **state)
{
	(void)state;
	event_is_closed("callback");
}

/*
 * The same, and the number is what the next application of the process opens: its own, which
 * the end of the first one leaves alone.
 */
static void number_is_another_applications(void **state)
{
	struct client *first, *second;

	(void)state;
	two_adapters("1");
	first = client_begun("first", V2_2, "event");
	assert_int_equal(close(first->event), 0);
	second = client_begun("second", V2_2, "event");
	client_do(second, "open b owner");
	client_do(second, "hears-nothing");
	assert_int_equal(client_shutdown(first), 0);
	play_on("caller: open a none",
		"caller: call L1 200",
		"caller: hears reply C1 MakeCall 0; C1 PROCEEDING; C1 RINGBACK");
	assert_true(wait_fd(second->event, POLLIN, patience()) & POLLIN);
	play_on("second: hears L1 new C1 owner at 0; C1 OFFERING ACTIVE owner",
		"second: drop C1",
		"second: hears-any reply C1 Drop 0; C1 IDLE",
		"caller: hears C1 DISCONNECTED *");
	play_end(__FILE__, __LINE__);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TAPI_TEST(port_is_closed_early),
		TAPI_TEST(event_is_closed_early),
		TAPI_TEST(dispatch_fd_is_closed_early),
		TAPI_TEST(number_is_another_applications),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
