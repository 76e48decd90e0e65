// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The recipient of requests to make a call: who owns the name org.condis.Tapi on the session's
 * bus.
 *
 * The bus keeps those who want a name in a queue. Who hears that the name went to somebody else,
 * or that the user's priorities changed, looks who that is, and takes the name if it is before that
 * one in the user's list: so the name is at last with the first of the list that is there, else
 * with who registered first. A recipient that ends loses the name with its connection, however it
 * ends; the requests that it has not taken wait in the spool, and who has the name next is told.
 *
 * Each registration has a connection of its own, in the set of descriptors that the
 * application waits for. Lock order: recipient.registering, recipient.lock, app.lock.
 *
 * Who looks for a message does not wait for the bus: what has come from it is seen to, what is to
 * be asked is sent, and the answer is in the set of descriptors like all else. Only who registers
 * waits, once, and for him only others who register: the connection is his alone until it is made,
 * and who ends the registration meanwhile leaves it to him.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "assisted.h"

#define MODES (LINEREQUESTMODE_MAKECALL | LINEREQUESTMODE_MEDIACALL | LINEREQUESTMODE_DROP)

/* Of the bus's RequestName. */
#define NAME_ALLOW_REPLACEMENT	1U
#define NAME_REPLACE_EXISTING	2U
#define NAME_IS_OWNED		1U
#define NAME_WAS_OWNED		4U

/* Messages of the bus that are looked at before the application gets a turn. */
#define MESSAGES_AT_ONCE	256

/* The bus sends what it is asked for. */
#define MATCH_OWNER "type='signal',sender='org.freedesktop.DBus'," \
	"interface='org.freedesktop.DBus',member='NameOwnerChanged',arg0='" BUS_NAME "'"
#define MATCH_PRIORITIES "type='signal',interface='" BUS_INTERFACE "',path='" BUS_PATH "'," \
	"member='PrioritiesChanged'"

/**
 * struct recipient - an application's registration
 * @refs: one of app.recipient, one of each function that uses it
 * @app: whose it is, without a reference: who comes here has one
 * @registering: who registers, while he waits for the bus
 * @lock: all that follows; nobody waits who holds it
 * @is_dead: the application is no recipient any more
 * @modes: LINEREQUESTMODE_* that it registered
 * @instance: for each, by its bit: what comes back with LINE_REQUEST
 * @is_connecting: all that follows is his who registers, without the lock
 * @bus: while a request to make a call may come
 * @bus_id: of the session
 * @is_owner: has the name
 * @was_owner: had it when it last looked
 * @must_look: whose the name is, or who is before whom, may have changed
 * @question: what the bus was asked because of that and has not answered yet, or NULL
 * @known: requests that it was told of when the name came to it
 * @num_known: of them
 */
struct recipient {
	atomic_uint refs;
	struct app *app;
	pthread_mutex_t registering;
	pthread_mutex_t lock;
	bool is_dead;
	DWORD modes;
	DWORD instance[3];
	bool is_connecting;
	struct bus bus;
	char bus_id[BUS_ID_SIZE];
	bool is_owner;
	bool was_owner;
	bool must_look;
	sd_bus_slot *question;
	char known[SPOOL_MAX][SPOOL_NAME_SIZE];
	unsigned int num_known;
};

static unsigned int mode_index(DWORD mode)
{
	return mode == LINEREQUESTMODE_MAKECALL ? 0 : mode == LINEREQUESTMODE_MEDIACALL ? 1 : 2;
}

static void recipient_put(struct recipient *recipient)
{
	if (atomic_fetch_sub(&recipient->refs, 1) != 1)
		return;
	bus_close(&recipient->bus);
	pthread_mutex_destroy(&recipient->lock);
	pthread_mutex_destroy(&recipient->registering);
	free(recipient);
}

/* The application's, with a reference; @is_made: a new one if it has none. NULL: none. */
static struct recipient *recipient_get(struct app *app, bool is_made)
{
	struct recipient *recipient, *made = NULL;

	if (is_made) {
		made = calloc(1, sizeof(*made));
		if (!made)
			return NULL;
		made->app = app;
		atomic_init(&made->refs, 1);
		pthread_mutex_init(&made->registering, NULL);
		pthread_mutex_init(&made->lock, NULL);
	}
	lock_take(&app->lock);
	/* Nobody would end it. */
	if (!app->recipient && !atomic_load(&app->object.is_dead)) {
		app->recipient = made;
		made = NULL;
	}
	recipient = app->recipient;
	if (recipient)
		atomic_fetch_add(&recipient->refs, 1);
	lock_give(&app->lock);
	if (made)
		recipient_put(made);
	return recipient;
}

/* LINE_REQUEST: there may be something to take. */
static void announce(struct recipient *recipient)
{
	struct message message = {
		.body = {
			.dwMessageID = LINE_REQUEST,
			.dwCallbackInstance = recipient->instance[0],
			.dwParam1 = LINEREQUESTMODE_MAKECALL,
		},
	};
	struct app *app = recipient->app;

	lock_take(&app->lock);
	if (!atomic_load(&app->object.is_dead))
		message_queue(app, &message);
	lock_give(&app->lock);
}

/* Was it there when the name came? Then it was announced with the others. */
static bool is_known(struct recipient *recipient, const char *name)
{
	unsigned int i;

	for (i = 0; i < recipient->num_known; i++) {
		if (strcmp(recipient->known[i], name))
			continue;
		/* The last one takes its place; it may be that itself. */
		memmove(recipient->known[i], recipient->known[--recipient->num_known],
			SPOOL_NAME_SIZE);
		return true;
	}
	return false;
}

/* All that waits, in one message; nobody says it again, so who cannot look says that it may be. */
static void announce_waiting(struct recipient *recipient)
{
	int spool = spool_open(recipient->bus_id), count = -1;

	if (spool >= 0) {
		count = spool_list(spool, recipient->known);
		close(spool);
	}
	recipient->num_known = count > 0 ? (unsigned int)count : 0;
	if (count)
		announce(recipient);
}

static void owner_changed(struct recipient *recipient, sd_bus_message *message)
{
	const char *name, *from, *to, *mine = NULL;

	if (sd_bus_message_read(message, "sss", &name, &from, &to) < 0 || strcmp(name, BUS_NAME))
		return;
	sd_bus_get_unique_name(recipient->bus.connection, &mine);
	recipient->is_owner = mine && !strcmp(to, mine);
	/* It may come back at once, and what waits by then was told to somebody else. */
	if (!recipient->is_owner)
		recipient->was_owner = false;
	recipient->must_look = true;
}

static int on_message(sd_bus_message *message, void *data, sd_bus_error *error)
{
	const char *sender = sd_bus_message_get_sender(message), *name;
	struct recipient *recipient = data;

	(void)error;
	if (sd_bus_message_is_signal(message, "org.freedesktop.DBus", "NameOwnerChanged") &&
	    sender && !strcmp(sender, "org.freedesktop.DBus")) {
		owner_changed(recipient, message);
	} else if (sd_bus_message_is_signal(message, BUS_INTERFACE, "PrioritiesChanged")) {
		recipient->must_look = true;
	} else if (sd_bus_message_is_method_call(message, BUS_INTERFACE, "RequestWaits")) {
		/*
		 * Who has the name no more need not know: the next one looks what waits. So will
		 * this one if the name has just come.
		 */
		if (sd_bus_message_read(message, "s", &name) >= 0 && recipient->is_owner &&
		    recipient->was_owner && !is_known(recipient, name))
			announce(recipient);
		return 1;
	}
	return 0;
}

static void disconnect(struct recipient *recipient)
{
	if (!recipient->bus.connection)
		return;
	/* It may have closed its descriptor itself; then it is in no set any more. */
	epoll_ctl(recipient->app->event, EPOLL_CTL_DEL, recipient->bus.fd, NULL);
	/* It holds the connection. */
	recipient->question = sd_bus_slot_unref(recipient->question);
	bus_close(&recipient->bus);
	recipient->is_owner = false;
	recipient->was_owner = false;
	recipient->num_known = 0;
}

/* The name's owner, of whom the bus has told, is after this one in the user's list, or in none. */
static bool is_before_owner(struct recipient *recipient, sd_bus_message *answer)
{
	DWORD mine = priority_of(recipient->app->module, 0, LINEREQUESTMODE_MAKECALL), other = 0;
	char module[NAME_MAX + 1];
	const char *owner;
	int spool;

	if (!mine || sd_bus_message_read(answer, "s", &owner) < 0)
		return false;
	spool = spool_open(recipient->bus_id);
	if (spool >= 0) {
		if (spool_registered(spool, owner, module))
			other = priority_of(module, 0, LINEREQUESTMODE_MAKECALL);
		close(spool);
	}
	return !other || mine < other;
}

static void name_requested(struct recipient *recipient, sd_bus_message *answer)
{
	uint32_t result = 0;

	sd_bus_message_read(answer, "u", &result);
	if (result == NAME_IS_OWNED || result == NAME_WAS_OWNED)
		recipient->is_owner = true;
}

static int on_name(sd_bus_message *answer, void *data, sd_bus_error *error)
{
	struct recipient *recipient = data;

	(void)error;
	recipient->question = sd_bus_slot_unref(recipient->question);
	if (!sd_bus_message_is_method_error(answer, NULL))
		name_requested(recipient, answer);
	return 1;
}

static int on_owner(sd_bus_message *answer, void *data, sd_bus_error *error)
{
	struct recipient *recipient = data;

	(void)error;
	recipient->question = sd_bus_slot_unref(recipient->question);
	/* If nobody is the owner any more, the bus has told, or does so next. */
	if (!sd_bus_message_is_method_error(answer, NULL) && !recipient->is_owner &&
	    is_before_owner(recipient, answer) &&
	    bus_ask(&recipient->bus, &recipient->question, on_name, recipient, "RequestName",
		    "su", BUS_NAME, NAME_ALLOW_REPLACEMENT | NAME_REPLACE_EXISTING))
		recipient->must_look = true;
	return 1;
}

/* What is still to be asked is. What there was no memory for is asked at the next look. */
static void ask(struct recipient *recipient)
{
	/* What changes while the bus is asked is looked at when it has answered. */
	if (recipient->must_look && !recipient->question)
		recipient->must_look = !recipient->is_owner &&
			bus_ask(&recipient->bus, &recipient->question, on_owner, recipient,
				"GetNameOwner", "s", BUS_NAME);
}

/* What the messages of the bus changed. */
static void settle(struct recipient *recipient)
{
	ask(recipient);
	if (recipient->is_owner && !recipient->was_owner)
		announce_waiting(recipient);
	recipient->was_owner = recipient->is_owner;
}

static void process(struct recipient *recipient)
{
	int result = 1, count;

	if (recipient->is_connecting || !recipient->bus.connection)
		return;
	for (count = 0; result > 0 && count < MESSAGES_AT_ONCE; count++)
		result = sd_bus_process(recipient->bus.connection, NULL);
	settle(recipient);
	/* Without it nobody asks for anything; who registers again connects again. */
	if (result < 0 || sd_bus_is_open(recipient->bus.connection) <= 0)
		disconnect(recipient);
}

void recipient_process(struct app *app)
{
	struct recipient *recipient = recipient_get(app, false);

	if (!recipient)
		return;
	/* Whoever has the lock sees to what there is before it gives it back, or is told again. */
	if (!pthread_mutex_trylock(&recipient->lock)) {
		process(recipient);
		pthread_mutex_unlock(&recipient->lock);
	}
	recipient_put(recipient);
}

static bool is_on_bus(const char *unique_name, void *data)
{
	/* Who cannot be asked about is not forgotten. */
	return bus_has_owner(data, unique_name) != 0;
}

/* Others see by it which program this is. */
static int introduce(struct recipient *recipient)
{
	const char *mine;
	int spool, result;

	result = sd_bus_get_unique_name(recipient->bus.connection, &mine);
	if (result < 0)
		return result;
	spool = spool_open(recipient->bus_id);
	if (spool < 0)
		return -errno;
	spool_forget_gone(spool, is_on_bus, &recipient->bus);
	spool_register(spool, mine, recipient->app->module);
	close(spool);
	return 0;
}

/* As @introduce; a connection that is gone is forgotten by the next one that registers. */
static void leave(struct recipient *recipient)
{
	const char *mine;
	int spool;

	if (!recipient->bus.connection ||
	    sd_bus_get_unique_name(recipient->bus.connection, &mine) < 0)
		return;
	spool = spool_open(recipient->bus_id);
	if (spool < 0)
		return;
	spool_register(spool, mine, NULL);
	close(spool);
}

/* Among those who want the name, and its owner if nobody else is. */
static int request_name(struct recipient *recipient)
{
	sd_bus_message *answer;
	int result;

	result = bus_call(&recipient->bus, "RequestName", &answer, "su", BUS_NAME,
			  NAME_ALLOW_REPLACEMENT);
	if (result)
		return result;
	name_requested(recipient, answer);
	sd_bus_message_unref(answer);
	return 0;
}

static int connect_to_bus(struct recipient *recipient)
{
	struct epoll_event event = { .events = EPOLLIN };
	struct bus *bus = &recipient->bus;
	int result;

	result = bus_open(bus);
	if (result)
		return result;
	event.data.fd = bus->fd;
	/* Known to the set from the beginning, so that disconnect() finds it there. */
	if (epoll_ctl(recipient->app->event, EPOLL_CTL_ADD, bus->fd, &event))
		result = -errno;
	if (!result)
		result = bus_session(bus, recipient->bus_id);
	if (!result)
		result = introduce(recipient);
	if (!result)
		result = sd_bus_add_filter(bus->connection, NULL, on_message, recipient);
	if (result >= 0)
		result = bus_call(bus, "AddMatch", NULL, "s", MATCH_OWNER);
	if (!result)
		result = bus_call(bus, "AddMatch", NULL, "s", MATCH_PRIORITIES);
	if (!result)
		result = request_name(recipient);
	if (result) {
		leave(recipient);
		disconnect(recipient);
		return result;
	}
	/* Somebody may have it who is after this one. */
	recipient->must_look = true;
	return 0;
}

/* Who has registered is asked from then on, if it is before the one who was asked until now. */
static void await_settled(struct recipient *recipient)
{
	int result = 0;

	ask(recipient);
	/* Also after the last word that came in time. */
	while (recipient->question && !result) {
		result = bus_wait(&recipient->bus);
		ask(recipient);
	}
}

/*
 * Let the lock go, and wait. Nothing is announced before it is held again: who heard of it would
 * find that nothing can be taken yet.
 */
static int connect_unlocked(struct recipient *recipient)
{
	int result;

	recipient->is_connecting = true;
	pthread_mutex_unlock(&recipient->lock);
	result = connect_to_bus(recipient);
	if (!result)
		await_settled(recipient);
	pthread_mutex_lock(&recipient->lock);
	recipient->is_connecting = false;
	return result;
}

static void disable(struct recipient *recipient, DWORD modes)
{
	recipient->modes &= ~modes;
	if (!(recipient->modes & LINEREQUESTMODE_MAKECALL) && !recipient->is_connecting) {
		leave(recipient);
		disconnect(recipient);
	}
}

static LONG enable(struct recipient *recipient, DWORD modes, DWORD instance)
{
	DWORD added = modes & ~recipient->modes, mode;
	int result = 0;

	if (recipient->is_dead)
		return LINEERR_INVALAPPHANDLE;
	/* A connection whose other end has gone is found out now. */
	process(recipient);
	recipient->modes |= modes;
	if ((modes & LINEREQUESTMODE_MAKECALL) && !recipient->bus.connection)
		result = connect_unlocked(recipient);
	/* It is of no use, or somebody has deregistered or shut down meanwhile. */
	disable(recipient, result ? added : 0);
	if (recipient->is_dead)
		return LINEERR_INVALAPPHANDLE;
	if (result)
		return result == -ENOMEM ? LINEERR_NOMEM : LINEERR_RESOURCEUNAVAIL;
	for (mode = 1; mode & MODES; mode <<= 1)
		if (modes & mode)
			recipient->instance[mode_index(mode)] = instance;
	process(recipient);
	return 0;
}

void recipient_end(struct recipient *recipient)
{
	pthread_mutex_lock(&recipient->lock);
	recipient->is_dead = true;
	disable(recipient, MODES);
	pthread_mutex_unlock(&recipient->lock);
	recipient_put(recipient);
}

static LONG register_recipient(struct app *app, DWORD instance, DWORD modes, bool is_enabled)
{
	struct recipient *recipient = recipient_get(app, is_enabled);
	LONG result = 0;

	/* Nobody to deregister is no error. */
	if (!recipient)
		return !is_enabled ? 0 : atomic_load(&app->object.is_dead) ?
			LINEERR_INVALAPPHANDLE : LINEERR_NOMEM;
	if (is_enabled)
		pthread_mutex_lock(&recipient->registering);
	pthread_mutex_lock(&recipient->lock);
	if (is_enabled)
		result = enable(recipient, modes, instance);
	else
		disable(recipient, modes);
	pthread_mutex_unlock(&recipient->lock);
	if (is_enabled)
		pthread_mutex_unlock(&recipient->registering);
	recipient_put(recipient);
	return result;
}

TAPI_EXPORT LONG lineRegisterRequestRecipient(HLINEAPP handle, DWORD instance, DWORD modes,
					      DWORD is_enabled)
{
	struct app *app;
	LONG result;

	app = app_get(handle, &result);
	if (!app)
		return result;
	if (!modes || (modes & ~(DWORD)MODES))
		result = LINEERR_INVALREQUESTMODE;
	else
		result = register_recipient(app, instance, modes, is_enabled);
	app_put(app);
	return result;
}

static LONG take(struct recipient *recipient, DWORD mode, struct spool_request *request)
{
	LONG result = 0;
	int spool;

	if (!(recipient->modes & mode))
		return LINEERR_NOTREGISTERED;
	/* The name may be somebody else's since it was last looked at. */
	process(recipient);
	if (mode != LINEREQUESTMODE_MAKECALL || recipient->is_connecting || !recipient->is_owner)
		return LINEERR_NOREQUEST;
	spool = spool_open(recipient->bus_id);
	if (spool < 0)
		return error_of(OPERATION_REQUEST, errno);
	if (spool_take(spool, request))
		result = errno == ENOENT ? LINEERR_NOREQUEST : error_of(OPERATION_REQUEST, errno);
	close(spool);
	return result;
}

static LONG get_request(HLINEAPP handle, DWORD mode, const void *buffer,
			struct spool_request *request)
{
	struct recipient *recipient;
	struct app *app;
	LONG result;

	app = app_get(handle, &result);
	if (!app)
		return result;
	result = LINEERR_NOTREGISTERED;
	if (!buffer) {
		result = LINEERR_INVALPOINTER;
	} else if (!(mode & MODES) || (mode & (mode - 1))) {
		result = LINEERR_INVALREQUESTMODE;
	} else {
		recipient = recipient_get(app, false);
		if (recipient) {
			pthread_mutex_lock(&recipient->lock);
			result = take(recipient, mode, request);
			pthread_mutex_unlock(&recipient->lock);
			recipient_put(recipient);
		}
	}
	app_put(app);
	return result;
}

TAPI_EXPORT LONG lineGetRequestA(HLINEAPP app, DWORD mode, LPVOID buffer)
{
	struct linereqmakecall_tag *call = buffer;
	struct spool_request request;
	LONG result;

	result = get_request(app, mode, buffer, &request);
	if (result)
		return result;
	memset(call, 0, sizeof(*call));
	text_truncate(call->szDestAddress, request.address, sizeof(call->szDestAddress));
	text_truncate(call->szAppName, request.application, sizeof(call->szAppName));
	text_truncate(call->szCalledParty, request.party, sizeof(call->szCalledParty));
	text_truncate(call->szComment, request.comment, sizeof(call->szComment));
	return 0;
}

TAPI_EXPORT LONG lineGetRequestW(HLINEAPP app, DWORD mode, LPVOID buffer)
{
	struct linereqmakecallW_tag *call = buffer;
	struct spool_request request;
	LONG result;

	result = get_request(app, mode, buffer, &request);
	if (result)
		return result;
	memset(call, 0, sizeof(*call));
	wide_truncate(call->szDestAddress, request.address, ARRAY_SIZE(call->szDestAddress));
	wide_truncate(call->szAppName, request.application, ARRAY_SIZE(call->szAppName));
	wide_truncate(call->szCalledParty, request.party, ARRAY_SIZE(call->szCalledParty));
	wide_truncate(call->szComment, request.comment, ARRAY_SIZE(call->szComment));
	return 0;
}

TAPI_EXPORT LONG lineGetRequest(HLINEAPP app, DWORD mode, LPVOID buffer)
{
	return lineGetRequestA(app, mode, buffer);
}
