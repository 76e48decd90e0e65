// SPDX-License-Identifier: GPL-2.0
/*
 * The matrix of coming down: whatever happens, in whatever state.
 *
 * A row is what happens to the near application, a column is the state in which it
 * happens (common/scene.h). The table says what each end then hears, to the last
 * event, and what further commands answer. Each cell ends in bounded time, leaves
 * nothing, and the same names, numbers and lines can be dialled again at once.
 *
 * Two rows of such a matrix have suites of their own: the end of a pppd, pppd_end, and
 * that a module does not load, step by step, failures.
 */
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "common/internal.h"
#include "scene.h"

/**
 * struct cell - what is expected
 * @near: what the near application hears, with commas; NULL if its file is closed. The
 *	order is that of each handle's events, and of its replies. Wildcards are those of
 *	fnmatch(3)
 * @far: what the far one hears
 * @call: what commands on the near one's call answer, 0 if they still work
 * @line: what commands on its line answer
 * @why: why there is no such cell
 */
struct cell {
	const char *near;
	const char *far;
	int call;
	int line;
	const char *why;
};

#define NONE_SUCH(_why)			{ .why = (_why) }
/* Nothing is left to hear with. */
#define GONE(_far)			{ NULL, _far, 0, 0, NULL }
/* The handles still work. */
#define HEARS(_near, _far)		{ _near, _far, 0, 0, NULL }
/* The call's handle was given up, or both were. */
#define NO_CALL(_near, _far)		{ _near, _far, EBADF, 0, NULL }
#define NO_LINE(_near, _far)		{ _near, _far, EBADF, EBADF, NULL }
#define ENDED(_far)			{ "", _far, ESHUTDOWN, ESHUTDOWN, NULL }
/* They died from below. */
#define DEAD(_near, _far)		{ _near, _far, ENODEV, ENODEV, NULL }

/* All columns in which the call is up, but for the one that has a second call. */
#define UP(...)							\
	[IN_CONNECTED] = __VA_ARGS__, [IN_FLOWING] = __VA_ARGS__,	\
	[IN_READ] = __VA_ARGS__, [IN_DATA_READ] = __VA_ARGS__,		\
	[IN_POLL] = __VA_ARGS__, [IN_PASSED] = __VA_ARGS__,		\
	[IN_FORKED] = __VA_ARGS__

/* The end of a drop. */
#define IDLE1		"reply C1 DROP 0, C1 IDLE"
/* The second call, of IN_IOCTL: to a number that nobody has, or not made at all. */
#define TAIL		"reply C2 MAKE_CALL EADDRNOTAVAIL 1 BADADDRESS, C2 IDLE"
#define NO_TAIL		"reply C2 MAKE_CALL EHOSTDOWN 27 OUTOFORDER, C2 IDLE"
#define NORMAL		"C1 DISCONNECTED NORMAL 16"
#define ORDER		"C1 DISCONNECTED OUTOFORDER 27"
#define FORCED		ORDER ", C1 IDLE, L1 close"
#define LOST		"C1 DISCONNECTED *, C1 IDLE, L1 close"
#define CLEARED		"C1 DISCONNECTED TEMPFAILURE 41"
#define OUT		"L1 dev OUTOFSERVICE 1 opens * calls"
#define REMOVES		", remove 1 lines, remove 1 lines"
#define REJECT		"C1 DISCONNECTED REJECT 21"
#define NOT_MADE	"reply C1 MAKE_CALL ECANCELED 16 NORMAL"
#define NOT_ANSWERED	"reply C1 ANSWER ECANCELED"

#define NO_CALL_YET	NONE_SUCH("there is no call")

/* Of every way in which the near application itself lets go of its file. */
#define LET_GO(_cell)							\
	[IN_IDLE] = _cell(""), [IN_OFFERING] = _cell(NORMAL),		\
	[IN_DIALING] = _cell(""), [IN_RINGING] = _cell(NORMAL),		\
	[IN_ANSWERING] = _cell(NORMAL), UP(_cell(NORMAL)),		\
	[IN_DISCONNECTING] = _cell(""), [IN_CLOSING] = _cell(""),	\
	[IN_IOCTL] = _cell(NORMAL)

/*
 * Of every end from below. @_more is what each session hears besides, @_far what the
 * far call ends with, @_far_more what the far session hears besides.
 */
#define FROM_BELOW(_more, _far, _far_more)						\
	[IN_IDLE] = DEAD("L1 close" _more, _far_more),					\
	[IN_OFFERING] = DEAD(FORCED _more, _far _far_more),				\
	[IN_DIALING] = DEAD("reply C1 MAKE_CALL EHOSTDOWN 27 OUTOFORDER, "		\
			    "C1 IDLE, L1 close" _more, _far_more),			\
	[IN_RINGING] = DEAD(FORCED _more, _far _far_more),				\
	[IN_ANSWERING] = DEAD(NOT_ANSWERED ", " FORCED _more, _far _far_more),		\
	UP(DEAD(FORCED _more, _far _far_more)),						\
	[IN_DISCONNECTING] = DEAD("C1 IDLE, L1 close" _more, _far_more),		\
	[IN_CLOSING] = DEAD(IDLE1 ", L1 close" _more, _far_more),			\
	[IN_IOCTL] = DEAD(FORCED ", " NO_TAIL _more, _far _far_more)

/* Of what concerns no call that is there. */
#define UNHARMED(_more)									\
	[IN_IDLE] = HEARS(_more, ""), [IN_OFFERING] = HEARS(_more, ""),			\
	[IN_DIALING] = HEARS(_more, ""), [IN_RINGING] = HEARS(_more, ""),		\
	[IN_ANSWERING] = HEARS(_more, ""), UP(HEARS(_more, "")),			\
	[IN_DISCONNECTING] = HEARS(_more, "")

static const struct cell table[ROWS][COLUMNS] = {
	[FILE_CLOSED] = { LET_GO(GONE) },
	[DROPPED] = {
		[IN_IDLE] = NO_CALL_YET,
		[IN_OFFERING] = HEARS(IDLE1, REJECT),
		[IN_DIALING] = HEARS(NOT_MADE ", " IDLE1, ""),
		[IN_RINGING] = HEARS(IDLE1, NORMAL),
		[IN_ANSWERING] = HEARS(NOT_ANSWERED ", " IDLE1, NORMAL),
		UP(HEARS(IDLE1, NORMAL)),
		[IN_DISCONNECTING] = HEARS(IDLE1, ""),
		/* The second one joins the first. */
		[IN_CLOSING] = HEARS("reply C1 DROP 0, reply C1 DROP 0, C1 IDLE", ""),
		[IN_IOCTL] = HEARS(IDLE1 ", " TAIL, NORMAL),
	},
	/* Replies that are owed come all the same. */
	[DEALLOCATED] = {
		[IN_IDLE] = NO_CALL_YET,
		[IN_OFFERING] = NO_CALL("", NORMAL),
		[IN_DIALING] = NO_CALL(NOT_MADE, ""),
		[IN_RINGING] = NO_CALL("", NORMAL),
		[IN_ANSWERING] = NO_CALL(NOT_ANSWERED, NORMAL),
		UP(NO_CALL("", NORMAL)),
		[IN_DISCONNECTING] = NO_CALL("", ""),
		[IN_CLOSING] = NO_CALL("reply C1 DROP 0", ""),
		[IN_IOCTL] = NO_CALL(TAIL, NORMAL),
	},
	[LINE_CLOSED] = {
		[IN_IDLE] = NO_LINE("", ""),
		[IN_OFFERING] = NO_LINE("", NORMAL),
		[IN_DIALING] = NO_LINE("", ""),
		[IN_RINGING] = NO_LINE("", NORMAL),
		[IN_ANSWERING] = NO_LINE("", NORMAL),
		UP(NO_LINE("", NORMAL)),
		[IN_DISCONNECTING] = NO_LINE("", ""),
		[IN_CLOSING] = NO_LINE("", ""),
		[IN_IOCTL] = NO_LINE("", NORMAL),
	},
	[SHUT_DOWN] = { LET_GO(ENDED) },
	[KILLED] = { LET_GO(GONE) },
	[UNBOUND] = {
		UNHARMED(""),
		/* Its timer goes on. */
		[IN_CLOSING] = HEARS(IDLE1, ""),
		[IN_IOCTL] = HEARS(TAIL, ""),
	},
	[SURPRISED] = { FROM_BELOW(", remove 1 lines", ORDER ", ", "remove 1 lines") },
	[REMOVED] = { FROM_BELOW(", remove 1 lines", NORMAL ", ", "remove 1 lines") },
	/* Both ends lose their adapter at once: which of the two says so first is open. */
	[UNLOADED] = {
		[IN_IDLE] = DEAD("L1 close" REMOVES, "L1 close" REMOVES),
		[IN_OFFERING] = DEAD(LOST REMOVES, LOST REMOVES),
		[IN_DIALING] = DEAD("reply C1 MAKE_CALL *, C1 IDLE, L1 close" REMOVES,
				    "L1 close" REMOVES),
		[IN_RINGING] = DEAD(LOST REMOVES, LOST REMOVES),
		[IN_ANSWERING] = DEAD(NOT_ANSWERED ", " LOST REMOVES, LOST REMOVES),
		UP(DEAD(LOST REMOVES, LOST REMOVES)),
		[IN_DISCONNECTING] = DEAD("C1 IDLE, L1 close" REMOVES, "L1 close" REMOVES),
		[IN_CLOSING] = DEAD(IDLE1 ", L1 close" REMOVES, "C1 IDLE, L1 close" REMOVES),
		[IN_IOCTL] = DEAD(LOST ", reply C2 MAKE_CALL *, C2 IDLE" REMOVES, LOST REMOVES),
	},
	[NETNS_ENDED] = { FROM_BELOW(", remove 1 lines", ORDER, "") },
	[OUT_OF_SERVICE] = {
		UNHARMED(OUT),
		[IN_CLOSING] = HEARS(OUT ", " IDLE1, ""),
		[IN_IOCTL] = HEARS(OUT ", reply C2 MAKE_CALL ENETDOWN 38 OUTOFORDER, C2 IDLE", ""),
	},
	[HUNG_UP] = {
		[IN_IDLE] = NO_CALL_YET,
		[IN_OFFERING] = HEARS(NORMAL, IDLE1),
		[IN_DIALING] = NONE_SUCH("the far end knows of no call"),
		[IN_RINGING] = HEARS(REJECT, IDLE1),
		[IN_ANSWERING] = HEARS(NOT_ANSWERED ", " NORMAL, IDLE1),
		UP(HEARS(NORMAL, IDLE1)),
		[IN_DISCONNECTING] = NONE_SUCH("it has hung up"),
		[IN_CLOSING] = HEARS(IDLE1, IDLE1),
		[IN_IOCTL] = HEARS(NORMAL ", " TAIL, IDLE1),
	},
	[RESET] = {
		UNHARMED(""),
		[IN_CLOSING] = HEARS(IDLE1, ""),
		[IN_IOCTL] = HEARS(TAIL, ""),
	},
	[RESET_CLEARS] = {
		[IN_IDLE] = HEARS("", ""),
		[IN_OFFERING] = HEARS(CLEARED, CLEARED),
		[IN_DIALING] = HEARS("reply C1 MAKE_CALL ECONNABORTED 41 TEMPFAILURE, C1 IDLE", ""),
		[IN_RINGING] = HEARS(CLEARED, CLEARED),
		[IN_ANSWERING] = HEARS(NOT_ANSWERED ", " CLEARED, CLEARED),
		UP(HEARS(CLEARED, CLEARED)),
		[IN_DISCONNECTING] = HEARS("", ""),
		[IN_CLOSING] = HEARS(IDLE1, ""),
		[IN_IOCTL] = HEARS(CLEARED ", " TAIL, CLEARED),
	},
	[LINES_CHANGED] = { FROM_BELOW(", REINIT", NORMAL ", ", "REINIT") },
};

/*
 * What was heard
 */

#define WORDS_MAX	48

/**
 * struct words - events, sorted by what they are about
 * @text: the events, each with its end
 * @event: each of them
 * @length: how many
 */
struct words {
	char text[8192];
	char *event[WORDS_MAX];
	size_t length;
};

/* Replies of one call are a sequence, and so are the events of a handle. */
static size_t key_length(const char *event)
{
	const char *end = strchr(event, ' ');

	if (end && !strncmp(event, "reply ", 6))
		end = strchr(end + 1, ' ');
	return end ? (size_t)(end - event) : strlen(event);
}

static bool is_before(const char *event, const char *other)
{
	size_t length = key_length(event), other_length = key_length(other);
	int order = strncmp(event, other, length < other_length ? length : other_length);

	return order < 0 || (!order && length < other_length);
}

static void words_add(struct words *words, char *event)
{
	size_t at = words->length;

	/* It may come late to whoever began early. */
	if (!strncmp(event, "create ", 7))
		return;
	/* The line and its adapter are out of service: twice for who reads in between. */
	if (!strncmp(event, "L1 dev ", 7) && at && !strncmp(words->event[at - 1], event, 7))
		return;
	assert_true(words->length < WORDS_MAX);
	while (at && is_before(event, words->event[at - 1])) {
		words->event[at] = words->event[at - 1];
		at--;
	}
	words->event[at] = event;
	words->length++;
}

static void words_split(struct words *words, const char *text, const char *separators)
{
	char *next, *event;

	words->length = 0;
	snprintf(words->text, sizeof(words->text), "%s", text);
	for (event = strtok_r(words->text, separators, &next); event;
	     event = strtok_r(NULL, separators, &next)) {
		event += strspn(event, " ");
		if (*event)
			words_add(words, event);
	}
}

static bool words_equal(const struct words *words, const struct words *others)
{
	size_t i;

	if (words->length != others->length)
		return false;
	for (i = 0; i < words->length; i++)
		if (fnmatch(words->event[i], others->event[i], 0))
			return false;
	return true;
}

/* Exactly this, since so many bytes of its trace. */
static void check_hears(struct app *app, size_t since, const char *wanted)
{
	static struct words expected, got;

	words_split(&expected, wanted, ",");
	words_split(&got, app->trace + since, "\n");
	while (got.length < expected.length && *next_event(app, patience()))
		words_split(&got, app->trace + since, "\n");
	hear_all(app);
	words_split(&got, app->trace + since, "\n");
	if (!words_equal(&expected, &got))
		fail_msg("%s does not hear \"%s\"; it has heard:\n%s", app->name, wanted,
			 app->trace + since);
}

/*
 * What the handles and files of the near application are good for
 */

static bool is_call_over(const struct scene *scene, const struct cell *cell)
{
	if (scene->column == IN_DISCONNECTING || scene->column == IN_CLOSING)
		return true;
	return !cell->near || cell->call || strstr(cell->near, "C1 DISCONNECTED") ||
	       strstr(cell->near, "C1 IDLE");
}

/* The state is what was reported last. */
static void check_state(struct scene *scene, const char *heard)
{
	uint32_t expected = scene->state;

	if (strstr(heard, "C1 IDLE"))
		expected = LINECALLSTATE_IDLE;
	else if (strstr(heard, "C1 DISCONNECTED"))
		expected = LINECALLSTATE_DISCONNECTED;
	assert_int_equal(call_state(scene->near, scene->call), expected);
	if (expected == LINECALLSTATE_IDLE)
		refused(scene->near, condis_call_drop(scene->near->session, scene->call, 0, 1),
			EBADFD, "call");
}

static void check_call(struct scene *scene, const struct cell *cell)
{
	struct condis_session *session = scene->near->session;

	if (!scene->call)
		return;
	if (!cell->call) {
		check_state(scene, cell->near);
		return;
	}
	refused(scene->near, condis_call_drop(session, scene->call, 0, 1), cell->call, NULL);
	refused(scene->near, condis_call_open_data(session, scene->call, 0, NULL), cell->call,
		NULL);
	if (cell->call != ENODEV)
		return;
	/* What died below can still be closed, once. */
	call_deallocate(scene->near, scene->call);
	refused(scene->near, condis_call_deallocate(session, scene->call), EBADF, "handle");
}

static void check_line(struct scene *scene, const struct cell *cell)
{
	struct condis_session *session = scene->near->session;
	struct ndproxy_line_status status;

	if (!cell->line) {
		assert_int_equal(condis_line_status(session, scene->line, &status), 0);
		return;
	}
	refused(scene->near, condis_line_status(session, scene->line, &status), cell->line, NULL);
	if (cell->line != ENODEV)
		return;
	line_close(scene->near, scene->line);
	refused(scene->near, condis_line_close(session, scene->line), EBADF, "handle");
}

static void check_ended(struct scene *scene)
{
	struct ndproxy_event event;
	int fd = app_fd(scene->near);

	assert_int_equal(wait_fd(fd, POLLIN, 0) & POLLHUP, POLLHUP);
	assert_int_equal(read(fd, &event, sizeof(event)), 0);
}

/* What was queued, then the end of file; a hang-up; EPIPE for writes. */
static void check_data_over(int fd)
{
	long long end = now_ms() + patience();
	char packet[256];
	ssize_t length;

	while (!(wait_fd(fd, 0, 100) & POLLHUP))
		if (now_ms() > end)
			fail_msg("the data file does not hear of the end");
	do {
		length = read(fd, packet, sizeof(packet));
	} while (length > 0);
	assert_int_equal(length, 0);
	assert_int_equal(write(fd, "late", 4), -1);
	assert_int_equal(errno, EPIPE);
}

static void check_data_up(struct scene *scene)
{
	char packet[8];
	int packets;

	if (scene->column == IN_FLOWING) {
		packets = atomic_load(&scene->flows[3].packets);
		while (atomic_load(&scene->flows[3].packets) < packets + 5)
			poll(NULL, 0, 1);
		return;
	}
	assert_int_equal(write(scene->data, "still", 5), 5);
	assert_int_equal(wait_fd(scene->far_data, POLLIN, patience()) & POLLIN, POLLIN);
	assert_int_equal(read(scene->far_data, packet, sizeof(packet)), 5);
}

static void check_data(struct scene *scene, bool is_over)
{
	if (scene->far_data < 0)
		return;
	if (!is_over) {
		check_data_up(scene);
		return;
	}
	if (scene->reader) {
		assert_int_equal(reader_join(scene->reader), 0);
		scene->reader = NULL;
	}
	/* Threads see to the files that they have. */
	if (scene->column == IN_FLOWING)
		return;
	check_data_over(scene->far_data);
	if (scene->data >= 0)
		check_data_over(scene->data);
}

static void await_bits(atomic_uint *bits, uint32_t wanted, const char *what)
{
	long long end = now_ms() + patience();

	while ((atomic_load(bits) & wanted) != wanted) {
		if (now_ms() > end)
			fail_msg("%s: nobody is woken", what);
		poll(NULL, 0, 1);
	}
}

/* Who waits for both files by epoll, and for signals. */
static void check_watch(struct scene *scene, enum row row, const struct cell *cell)
{
	long long end = now_ms() + patience();

	if (!scene->watch.is_running)
		return;
	if (is_call_over(scene, cell))
		await_bits(&scene->watch.data, EPOLLIN | EPOLLHUP, "the data file");
	if (row == SHUT_DOWN)
		await_bits(&scene->watch.session, EPOLLHUP, "the session's end");
	if (!cell->near || (!*cell->near && row != SHUT_DOWN))
		return;
	await_bits(&scene->watch.session, EPOLLIN, "the session's file");
	while (!atomic_load(&scene_signals)) {
		if (now_ms() > end)
			fail_msg("no signal comes");
		poll(NULL, 0, 1);
	}
}

/*
 * Cells
 */

/* What happens does not happen as long as somebody else has the file. */
static void check_held(struct scene *scene, enum row row)
{
	bool is_last = row == FILE_CLOSED || (row == KILLED && scene->holder);

	if (!is_last || !scene_is_held(scene))
		return;
	assert_int_equal(count_sessions(), 2);
	check_hears(scene->far, scene->far_heard, "");
	assert_int_equal(call_state(scene->far, scene->far_call), LINECALLSTATE_CONNECTED);
	scene_let_go(scene);
}

/* The end of what is still up: as if the call had been dropped at once. */
static void end_call(struct scene *scene, const struct cell *cell)
{
	enum column column = scene->column == IN_IOCTL ? IN_CONNECTED : scene->column;
	const struct cell *dropped = &table[DROPPED][column];

	if (!scene->call || !cell->near || cell->call || strstr(cell->near, "C1 IDLE"))
		return;
	scene->near_heard = strlen(scene->near->trace);
	scene->far_heard = strlen(scene->far->trace);
	call_drop(scene->near, scene->call);
	if (strstr(cell->near, "C1 DISCONNECTED"))
		dropped = &table[DROPPED][IN_DISCONNECTING];
	check_hears(scene->near, scene->near_heard, dropped->near);
	check_hears(scene->far, scene->far_heard, dropped->far);
	check_state(scene, dropped->near);
	check_data(scene, true);
}

static void check_near(struct scene *scene, enum row row, const struct cell *cell)
{
	if (!cell->near)
		return;
	/* Before the events are read: there is nothing to wake for after that. */
	if (scene->watch.is_running && *cell->near)
		await_bits(&scene->watch.session, EPOLLIN, "the session's file");
	scene_collect(scene, *cell->near || row == SHUT_DOWN);
	check_hears(scene->near, scene->near_heard, cell->near);
	check_call(scene, cell);
	check_line(scene, cell);
	if (row == SHUT_DOWN)
		check_ended(scene);
}

static void dial_again(void)
{
	struct pair pair = pair_connected();

	call_drop(pair.callee, pair.in);
	expect_in_any_order(pair.callee, "reply C1 DROP 0", "C1 IDLE");
	expect(pair.caller, "C1 DISCONNECTED NORMAL 16");
	app_close(pair.caller);
	app_close(pair.callee);
	wait_nothing_left();
}

/**
 * struct place - where in the table a cell is
 * @row: its row
 * @column: its column
 * @name: of the test
 */
struct place {
	enum row row;
	enum column column;
	char name[64];
};

static struct scene scene;
static bool is_world_up;
static bool is_passed;

static void cell_test(void **state)
{
	const struct place *place = *state;
	const struct cell *cell = &table[place->row][place->column];
	long long start;

	scene_begin(&scene, place->column, place->row == NETNS_ENDED);
	if (place->row == KILLED)
		scene_move(&scene);
	else
		scene_near_start(&scene);
	scene_far_start(&scene);

	start = now_ms();
	scene_happen(&scene, place->row);
	check_held(&scene, place->row);
	check_near(&scene, place->row, cell);
	check_hears(scene.far, scene.far_heard, cell->far);
	assert_in_range(now_ms() - start, 0, promptness());

	check_data(&scene, is_call_over(&scene, cell));
	check_watch(&scene, place->row, cell);
	end_call(&scene, cell);
	/* Nothing came after the end, for as long as all that took. */
	if (cell->near && !*cell->near && cell->call)
		check_hears(scene.near, scene.near_heard, cell->near);
	scene_end(&scene);
	wait_nothing_left();
	assert_in_range(now_ms() - start, 0, promptness());
	if (scene.column == IN_DIALING || scene.column == IN_ANSWERING ||
	    scene.column == IN_CLOSING || place->row == OUT_OF_SERVICE ||
	    place->row == RESET_CLEARS)
		scene_adapters_plain();
	dial_again();
	is_passed = true;
}

static int cell_setup(void **state)
{
	void *ignored = NULL;

	(void)state;
	is_passed = false;
	if (is_world_up) {
		watchdog_start();
		violations_begin();
		return 0;
	}
	space_setup(&ignored);
	scene_adapters();
	is_world_up = true;
	return 0;
}

/* The world is the next cell's, too, unless this one has left it broken. */
static int cell_teardown(void **state)
{
	void *ignored = NULL;

	(void)state;
	is_world_up = false;
	if (!is_passed) {
		scene_abort(&scene);
		return space_teardown(&ignored);
	}
	watchdog_stop();
	assert_int_equal(count(CONDIS_COUNTER_FORCED), 0);
	violations_end();
	is_world_up = true;
	return 0;
}

static int table_teardown(void **state)
{
	return is_world_up ? space_teardown(state) : 0;
}

static void every_cell_is_there(void **state)
{
	const struct cell *cell;
	unsigned int row, column;

	(void)state;
	for (row = 0; row < ROWS; row++) {
		for (column = 0; column < COLUMNS; column++) {
			cell = &table[row][column];
			if (!cell->far && !cell->why)
				fail_msg("%s in %s is not in the table", row_names[row],
					 column_names[column]);
		}
	}
}

int main(int argc, char **argv)
{
	static struct CMUnitTest tests[ROWS * COLUMNS + 1];
	static struct place places[ROWS * COLUMNS];
	struct place *place = places;
	unsigned int row, column;
	size_t length = 1;

	tests[0] = (struct CMUnitTest)cmocka_unit_test(every_cell_is_there);
	for (row = 0; row < ROWS; row++) {
		for (column = 0; column < COLUMNS; column++) {
			if (table[row][column].why || !table[row][column].far)
				continue;
			place->row = row;
			place->column = column;
			snprintf(place->name, sizeof(place->name), "%s_in_%s", row_names[row],
				 column_names[column]);
			/* By hand: some of them, by a part of their name. */
			if (argc > 1 && !strstr(place->name, argv[1]))
				continue;
			tests[length++] = (struct CMUnitTest) {
				.name = place->name,
				.test_func = cell_test,
				.setup_func = cell_setup,
				.teardown_func = cell_teardown,
				.initial_state = place,
			};
			place++;
		}
	}
	return _cmocka_run_group_tests("teardown", tests, length, NULL, table_teardown);
}
