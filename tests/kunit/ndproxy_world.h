/* SPDX-License-Identifier: GPL-2.0 */
/*
 * NDPROXY between two fakes: applications that give commands as the dispatcher does, and
 * a call manager with a switch for what it says of each.
 */
#ifndef _NDPROXY_WORLD_H
#define _NDPROXY_WORLD_H

#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/fs.h>
#include <linux/workqueue.h>
#include <condis/cm.h>
#include <condis/miniport.h>

#include "../../drivers/ndproxy/commands.h"
#include "../../drivers/ndproxy/ndproxy.h"

#define WORLD_LINES	2
#define WORLD_CALLS	1024
#define WORLD_APPS	4

#define WORLD_MEDIA	(LINEMEDIAMODE_DIGITALDATA | LINEMEDIAMODE_DATAMODEM)

struct world;

/**
 * struct app - an application
 * @world: where
 * @session: its session
 * @text: the events that were read last
 * @line: line handle that the last LINE_* event named
 * @call: call handle that the last LINE_APPNEWCALL gave
 */
struct app {
	struct world *world;
	struct ndproxy_session *session;
	char text[512];
	u32 line;
	u32 call;
};

/**
 * struct world - an adapter and its call manager
 * @test: the running case
 * @adapter: the adapter
 * @is_up: it is registered
 * @af: NDPROXY's family
 * @register_status: the answer to a SAP
 * @register_pends: a SAP is answered by world_registered() only
 * @register_gate: who registers on line 0 waits in the handler for this, if it is not NULL
 * @deregister_pends: a SAP's end is answered by world_deregistered() only
 * @asked: a SAP is registered or deregistered, and is to be answered
 * @pending: that SAP
 * @listens: by line: its SAP is registered
 * @saps: by line
 * @create_status: the answer to a VC of NDPROXY's
 * @on_create: runs before that answer, or NULL
 * @in_create: what @on_create may want to know
 * @on_reset: runs while the adapter is reset, or NULL
 * @make_pends: a make-call is never answered; else it connects
 * @cause: of the offer that was decided last
 * @status: likewise
 * @decided: offers that were decided
 * @vc: the last that was made, not held
 * @digits_pend: what is asked of digits is answered by world_digits() only
 * @digits_inline: it is answered while it is asked (C1)
 * @digits_gate: who asks for digits waits in the handler for this, if it is not NULL
 * @digits_status: else the answer
 * @digits: what is to be answered
 * @digits_asked: how often something was asked of digits
 * @report_modes: LINEDIGITMODE_* that were asked for last
 */
struct world {
	struct kunit *test;
	struct condis_adapter *adapter;
	bool is_up;
	struct condis_af *af;
	int register_status;
	bool register_pends;
	struct completion *register_gate;
	bool deregister_pends;
	struct completion asked;
	struct condis_sap *pending;
	bool listens[WORLD_LINES];
	struct condis_sap *saps[WORLD_LINES];
	int create_status;
	void (*on_create)(struct world *world);
	struct app *in_create;
	void (*on_reset)(struct world *world);
	bool make_pends;
	u32 cause;
	int status;
	unsigned int decided;
	struct condis_vc *vc;
	bool digits_pend;
	bool digits_inline;
	struct completion *digits_gate;
	int digits_status;
	struct condis_oid_request *digits;
	unsigned int digits_asked;
	u32 report_modes;
	struct app apps[WORLD_APPS];
	unsigned int nr_apps;
	unsigned int timeouts[2];
};

struct world *world_new(struct kunit *test);
void world_down(struct world *world);
void world_exit(struct kunit *test);
void world_registered(struct world *world, int status);
void world_deregistered(struct world *world);
void world_digits(struct world *world, int status);
/* Offers a call; what NDPROXY decided at once is in @cause and @status. */
void world_offer(struct world *world, u32 line, u32 address, u32 media_modes);
/* The call manager asks for the end of the family. */
void world_notify(struct world *world);
struct ndproxy_binding *world_binding(struct world *world, struct app *app);

struct app *app_open(struct world *world);
void app_close(struct app *app);
/* A command as the dispatcher runs it; the copy to the caller fails with @copy. */
int app_do_copy(struct app *app, unsigned int cmd, void *arg, int copy);
int app_do(struct app *app, unsigned int cmd, void *arg);
/* 0 and app->line, or an errno. */
int app_open_line(struct app *app, u32 line, u32 privileges, u32 media_modes);
int app_make_call(struct app *app, u32 *call);
int app_handle(struct app *app, unsigned int cmd, u32 handle);
u32 app_used(struct app *app, enum ndproxy_limit limit);
/* Reads all events there are, as words. */
const char *app_read(struct app *app);
#define app_expect(_app, _words)					\
	do {								\
		struct app *__app = (_app);				\
									\
		KUNIT_EXPECT_STREQ(__app->world->test, app_read(__app), _words); \
	} while (0)
/* Takes what the session may still have of something; how much that was. */
unsigned int app_fill(struct app *app, enum condis_charge charge);
void app_give_back(struct app *app, enum condis_charge charge, unsigned int n);

#endif /* _NDPROXY_WORLD_H */
