/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A small world for the suites: an exchange, two adapters on it, and a client on
 * each that writes down what it is told.
 *
 * The log is one line for both clients, for example
 *
 *   L:proceeding R:offer L:alerting R:connected L:made
 *
 * Without delays everything happens inside the call that caused it, so the order
 * is exact.
 */
#ifndef _VWAN_WORLD_H
#define _VWAN_WORLD_H

#include <kunit/test.h>
#include <linux/completion.h>
#include <condis/client.h>

#include "../../drivers/vwan/vwan.h"
#include "violations.h"

#define LEFT	0
#define RIGHT	1

#define LEFT_NUMBER	"100"
#define RIGHT_NUMBER	"200"

/**
 * struct side - one adapter and its client
 * @world: where it is
 * @letter: L or R
 * @adapter: the core's
 * @own: ours
 * @binding: of the client
 * @af: of the client
 * @sap: of the client
 * @listen: whether the client listens
 * @sap_params: where
 * @answer: what it answers to an offer
 * @refusal: cause of a refusal that is decided later
 * @silent: it does not acknowledge a hang-up
 * @vc: of the last call
 * @all: VCs
 * @vcs: how many there are
 * @received: packets received
 * @answers: how many more of them it answers with one, from inside its handler
 * @deepest: how deep its handler was inside those of others, and itself, on one CPU
 * @sent: packets that came back with 0
 * @unsent: and with an error
 * @unsent_status: the last error
 * @signalling: last OID_CO_SIGNALING_*
 * @line_states: LINE_STATE indications
 * @link_params: LINK_PARAMS indications
 * @errors: of FRAGMENT indications
 */
struct side {
	struct world *world;
	char letter;
	struct condis_adapter *adapter;
	struct vwan_adapter *own;
	struct condis_binding *binding;
	struct condis_af *af;
	struct condis_sap *sap;
	bool listen;
	struct condis_sap_params sap_params;
	int answer;
	u32 refusal;
	bool silent;
	struct condis_vc *vc;
	struct condis_vc *all[64];
	atomic_t vcs;
	struct sk_buff_head received;
	u32 answers;
	unsigned int deepest;
	atomic_t sent;
	atomic_t unsent;
	int unsent_status;
	u32 signalling;
	u32 line_states;
	u32 link_params;
	u32 errors;
};

/**
 * struct world - everything
 * @test: the case
 * @exchange: the exchange
 * @side: left and right
 * @lock: protects the log
 * @length: of the log
 * @log: what the clients were told
 * @violations: what the verifier may have to say
 */
struct world {
	struct kunit *test;
	struct vwan_exchange *exchange;
	struct side side[2];
	spinlock_t lock;	/* protects @length, @log, and each @all */
	size_t length;
	char log[1024];
	struct violations violations;
};

#define KNOB(_side, _name, _value)	\
	WRITE_ONCE((_side)->own->knob[CONDIS_VWAN_A_ADAPTER_##_name], _value)

u32 world_exchange_calls(struct vwan_exchange *exchange);
u64 world_exchange_late(struct vwan_exchange *exchange);
u64 world_exchange_made(struct vwan_exchange *exchange);
u32 world_exchange_numbers(struct vwan_exchange *exchange);
void world_exchange_down(struct vwan_exchange *exchange);

int world_init(struct kunit *test);
void world_exit(struct kunit *test);
void world_build(struct kunit *test, u32 lines);
void world_rebuild(struct world *world, unsigned int which, u32 lines);
void world_halt(struct world *world, unsigned int which);

void world_dial(struct world *world, unsigned int from, const char *number);
struct condis_vc *world_dial_and_tell(struct world *world, unsigned int from, const char *number,
				      struct completion *gone);
void world_close_all(struct world *world, unsigned int which);
void world_close(struct world *world, unsigned int which);
void world_decide(struct world *world, unsigned int which, int status, u32 cause);
void world_forget(struct world *world);
void world_expect(struct world *world, const char *log);
void world_expect_idle(struct world *world);
void world_connect(struct world *world);
bool world_send(struct world *world, unsigned int from, u32 number, unsigned int bytes);
bool world_wait_received(struct world *world, unsigned int which, unsigned int packets);
bool world_wait_sent(struct world *world, unsigned int which, unsigned int packets);

#endif /* _VWAN_WORLD_H */
