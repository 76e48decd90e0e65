/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the functions on calls have in common.
 */
#ifndef LIBTAPI_CALLS_H
#define LIBTAPI_CALLS_H

#include "internal.h"

/* call.c */

/*
 * A command about one call, whose structure begins with the call's handle or has it set. 0 or
 * errno.
 */
int call_ioctl(const struct call *call, unsigned long command, void *argument);
/* The same, 0 or LINEERR_*. */
LONG call_error(const struct call *call, unsigned long command, void *argument);

/* LINEERR_* for an errno, or 0 for none. */
static inline LONG result_of(enum operation operation, int number)
{
	return number ? error_of(operation, number) : 0;
}

/*
 * What follows call_kill(), for the one for whom it was true, without app.lock: the kernel's handle
 * is given back, if it is known, and the table's reference.
 */
void call_end(struct call *call);
/*
 * An argument is wrong, or the device cannot: @error, unless something is wrong that is told first:
 * the handle; not its owner, if @is_owner is needed; the state, if one of LINECALLFEATURE_* that
 * the kernel knows is needed.
 */
LONG call_refuse(const struct call *call, bool is_owner, DWORD feature, LONG error);

/* call_info.c */

/* dwAddressID: a call that was made from any address is made from the first. */
static inline DWORD call_address(__u32 address)
{
	return address == NDPROXY_ANY_ADDRESS ? 0 : address;
}

/* The mode of a state, as an application of that version knows it. */
DWORD call_mode(DWORD state, DWORD mode, DWORD version);

/*
 * LINECALLINFO.dwCallStates, and together LINEADDRESSCAPS.dwCallStates: what a call can be told to
 * be.
 */
#define CALL_STATES_OUTBOUND	(LINECALLSTATE_IDLE | LINECALLSTATE_PROCEEDING | \
				 LINECALLSTATE_RINGBACK | LINECALLSTATE_CONNECTED | \
				 LINECALLSTATE_DISCONNECTED)
#define CALL_STATES_INBOUND	(LINECALLSTATE_IDLE | LINECALLSTATE_OFFERING | \
				 LINECALLSTATE_ACCEPTED | LINECALLSTATE_CONNECTED | \
				 LINECALLSTATE_DISCONNECTED)

/* call_params.c */

/**
 * struct call_params - what a LINECALLPARAMS asks for
 * @bearer: one LINEBEARERMODE_*; 0: what fits
 * @media_mode: one LINEMEDIAMODE_*; 0: what the line has
 * @min_rate: bits per second, 0: any
 * @max_rate: bits per second, 0: any
 * @flags: LINECALLPARAMFLAGS_*
 * @address_mode: LINEADDRESSMODE_*; 0: no address was named
 * @address: with ADDRESSID
 * @origin: with DIALABLEADDR: the address as it is dialled
 * @calling: number to show instead of the address's own, or empty
 * @displayable: for people to read, or NULL; UTF-8, as the others
 * @called_party: name of the called one, or NULL
 * @comment: on the call, or NULL
 */
struct call_params {
	DWORD bearer;
	DWORD media_mode;
	DWORD min_rate;
	DWORD max_rate;
	DWORD flags;
	DWORD address_mode;
	DWORD address;
	char *origin;
	char calling[NDPROXY_NUMBER_SIZE];
	char *displayable;
	char *called_party;
	char *comment;
};

/*
 * Take a LINECALLPARAMS of an application of that version apart, which has validated nothing: 0,
 * and *@params is to be freed, or LINEERR_*. NULL stands for the default ones.
 */
LONG call_params_parse(const LINECALLPARAMS *from, DWORD version, bool is_wide,
		       struct call_params **params);
void call_params_free(struct call_params *params);

/* gather.c: all with app.lock held */

/* At most, of both timeouts: LINEDEVCAPS.dwGatherDigitsMaxTimeout. */
#define GATHER_MS_MAX	3600000

/* The kernel is to tell the digits that anybody here wants: 0 or errno. */
int digits_apply(const struct call *call);
/* A digit came. */
void gather_digit(struct call *call, char digit, DWORD mode, DWORD tick);
/* It is over, and told: one of LINEGATHERTERM_*; or only over. Nothing, if none are gathered. */
void gather_end(struct call *call, DWORD reason, DWORD tick);
void gather_forget(struct call *call);
/* Those that have waited long enough. */
void gathers_expire(struct app *app);

/* What a bearer is called for a call with such media. */
DWORD call_bearer(DWORD bearer, DWORD media_modes);

/* What a line carries a call over. */
#define DEVICE_BEARER_MODES	(LINEBEARERMODE_VOICE | LINEBEARERMODE_DATA)

/* All LINEMEDIAMODE_* of TAPI 2.2, whatever the lines have. */
#define ALL_MEDIA_MODES		0x0000fffe

#ifndef ARRAY_SIZE
#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))
#endif

static inline bool is_one_bit(DWORD bits)
{
	return bits && !(bits & (bits - 1));
}

#endif /* LIBTAPI_CALLS_H */
