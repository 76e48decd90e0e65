/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Accounts: what a session of user space has, and may have at most.  The core
 * keeps them, so that one dump shows everything that is left, and who has it.
 */
#ifndef _CONDIS_ACCOUNT_H
#define _CONDIS_ACCOUNT_H

#include <linux/types.h>

/**
 * enum condis_charge - what is charged to a session
 * @CONDIS_CHARGE_LINE: open line handles
 * @CONDIS_CHARGE_CALL: call handles
 * @CONDIS_CHARGE_REQUEST: requests without a reply
 * @CONDIS_CHARGE_EVENT: events not read
 * @CONDIS_CHARGE_DATA: data files
 * @CONDIS_CHARGE_PACKET: packets queued for reading
 * @CONDIS_CHARGE_GIVEN: of the call handles, those that others handed over, not used yet
 * @CONDIS_NR_CHARGES: how many kinds there are
 */
enum condis_charge {
	CONDIS_CHARGE_LINE,
	CONDIS_CHARGE_CALL,
	CONDIS_CHARGE_REQUEST,
	CONDIS_CHARGE_EVENT,
	CONDIS_CHARGE_DATA,
	CONDIS_CHARGE_PACKET,
	CONDIS_CHARGE_GIVEN,
	CONDIS_NR_CHARGES
};

/* Bytes of a session's name, with its end. */
#define CONDIS_SESSION_NAME_SIZE	64

struct condis_account;
struct net;

struct condis_account *condis_account_create(struct net *net,
					     const u32 limits[CONDIS_NR_CHARGES]);
void condis_account_close(struct condis_account *account);
void condis_account_destroy(struct condis_account *account);
int condis_account_charge(struct condis_account *account, enum condis_charge charge);
void condis_account_uncharge(struct condis_account *account, enum condis_charge charge);
u32 condis_account_id(const struct condis_account *account);
int condis_account_set_name(struct condis_account *account, const char *name);
bool condis_account_is_called(struct condis_account *account, const char *name);

/* name.c */
bool condis_session_name_is_valid(const char *name);
void condis_session_name_of(char *name, const char *text);

#endif /* _CONDIS_ACCOUNT_H */
